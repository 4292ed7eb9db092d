//! Quotes: attribution relations of source, cue and content, and who the source is.

use super::Claim;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// How much of a content stands inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// Every word.
    Direct,
    /// Some words.
    Mixed,
    /// None: a paraphrase, never shown or exported as anybody's words.
    Indirect,
    /// A marked term that nobody is said to have said (title, nickname, irony). Not a quote.
    Scare,
}

impl QuoteKind {
    /// All kinds, in the order they are listed to a reader.
    pub const ALL: [Self; 4] = [Self::Direct, Self::Mixed, Self::Indirect, Self::Scare];

    /// The word used on screen, in queries and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::Scare => "scare",
        }
    }
}

/// What the cue reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Saying: say, tell, announce, according to.
    Speech,
    /// Thinking or wanting: believe, want, support, seem.
    Attitude,
}

impl Act {
    /// The word used in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Attitude => "attitude",
        }
    }
}

/// How a speaker was resolved, so that a reader can judge it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolved {
    /// The source as written already names the speaker.
    AsWritten,
    /// A pronoun, traced to a mention before (or just after) it.
    Pronoun,
    /// A description ("the spokesperson"), a last name or a short form, traced to the full mention.
    Description,
    /// The name of the turn in a transcript, or its entry in the list of participants.
    Turn,
    /// The issuer of a one-voice statement.
    Issuer,
}

/// Who a source is, as far as the statement tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Canonical name inside the statement.
    pub name: String,
    /// Where the name stands in the body, when it stands there at all.
    pub mention: Option<Span>,
    /// How it was found.
    pub how: Resolved,
    /// For whom they speak (spokesperson → ministry → state), nearest first.
    pub on_behalf_of: Option<String>,
}

/// One attribution: somebody is said to have said (or thought) something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Position in the statement, counted from 1; printed as `q1`.
    pub id: u32,
    /// Direct, mixed, indirect or scare.
    pub kind: QuoteKind,
    /// Speech or attitude.
    pub act: Act,
    /// What is attributed, in order. For a direct quote what stands between the marks.
    /// Never empty.
    pub content: Vec<Span>,
    /// Who, as written; empty when nobody is named.
    pub source: Vec<Span>,
    /// The words that report; empty when there are none (a turn, an issuer).
    pub cue: Vec<Span>,
    /// The source resolved; `None` says that no speaker was found.
    pub speaker: Option<Speaker>,
    /// The quote (by id) that this one continues, broken by its attribution or a paragraph.
    pub continues: Option<u32>,
    /// 0..=1. How sure the extractor is that this attribution holds.
    pub confidence: f32,
}

impl Quote {
    /// From the first to the last byte of its content.
    #[must_use]
    pub fn extent(&self) -> Span {
        let first = self.content.first().copied().unwrap_or_default();
        self.content.iter().fold(first, |all, s| all.cover(*s))
    }
}

/// How a statement is laid out, which decides where speakers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// News prose with quotations and reporting verbs: the speaker comes from the cue.
    Narrative,
    /// `NAME:` turns or `Q:`/`A:`: the speaker comes from the turn.
    Transcript,
    /// The whole text is the issuer's.
    OneVoice,
}

impl Layout {
    /// The word used on screen and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Narrative => "narrative",
            Self::Transcript => "transcript",
            Self::OneVoice => "one-voice",
        }
    }
}

/// All that was extracted from one statement. Quotes and claims are in order of their first byte.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The layout that was chosen.
    pub layout: Layout,
    /// Whose text the statement is, as far as it or its record tells.
    pub issuer: Option<Speaker>,
    /// Quotes, ids 1.. in order.
    pub quotes: Vec<Quote>,
    /// Claims, ids 1.. in order.
    pub claims: Vec<Claim>,
}

impl Extraction {
    /// The quote with this id.
    #[must_use]
    pub fn quote(&self, id: u32) -> Option<&Quote> {
        self.quotes.get((id as usize).checked_sub(1)?)
    }

    /// Quotes that somebody is said to have said: all but scare quotes.
    pub fn attributed(&self) -> impl Iterator<Item = &Quote> {
        self.quotes.iter().filter(|q| q.kind != QuoteKind::Scare)
    }
}
