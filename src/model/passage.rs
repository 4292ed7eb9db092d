//! A passage: any stretch a reader picked, with all that is needed to cite it.

use super::{Citable, Hold, QuoteKind, Span, Stated, Statement};
use serde::{Deserialize, Serialize};

/// What a passage is, which decides how it may be shown: only `Direct` goes into quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// A direct quote.
    Direct,
    /// A partly marked quote.
    Mixed,
    /// A paraphrase.
    Indirect,
    /// A term in marks that nobody is said to have said.
    Scare,
    /// A claim.
    Claim,
    /// A search hit.
    Hit,
    /// A range selected by hand.
    Selection,
}

impl PassageKind {
    /// The word used on screen and in exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::Scare => "scare",
            Self::Claim => "claim",
            Self::Hit => "hit",
            Self::Selection => "selection",
        }
    }
}

impl From<QuoteKind> for PassageKind {
    fn from(kind: QuoteKind) -> Self {
        match kind {
            QuoteKind::Direct => Self::Direct,
            QuoteKind::Mixed => Self::Mixed,
            QuoteKind::Indirect => Self::Indirect,
            QuoteKind::Scare => Self::Scare,
        }
    }
}

/// One contiguous stretch of a passage, anchored as the W3C Web Annotation model does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First code point in the body.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The exact words, unaltered.
    pub exact: String,
    /// Up to 32 code points before, whole words.
    pub prefix: String,
    /// Up to 32 code points after, whole words.
    pub suffix: String,
}

/// A passage with its citation. It owns its words, so it outlives the statement it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Id of the statement.
    pub statement: String,
    /// What it is.
    pub kind: PassageKind,
    /// Its stretches, in order; more than one where a quote is split by its attribution.
    pub places: Vec<Place>,
    /// The speaker resolved; `None` is shown as "no speaker found".
    pub speaker: Option<String>,
    /// For whom they speak.
    pub on_behalf_of: Option<String>,
    /// The source as written, when it differs.
    pub source_as_written: Option<String>,
    /// The reporting words.
    pub cue: Option<String>,
    /// The type of the claim (`demand`, …), when it is one.
    pub claim_type: Option<String>,
    /// Confidence of the extractor, 0..=1; `None` for what a person picked.
    pub confidence: Option<f32>,
    /// Title of the statement.
    pub title: Stated<String>,
    /// Issuer or outlet of the statement.
    pub source: Option<Stated<String>>,
    /// Author as stated.
    pub author: Option<Stated<String>>,
    /// Date of the statement, ISO 8601.
    pub date: Option<Stated<String>>,
    /// Place of the dateline.
    pub place: Option<Stated<String>>,
    /// Address of the statement.
    pub url: Option<String>,
    /// Language tag of the statement, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Kind of document, as given: `remarks`, `press release`…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
    /// Path it was loaded from (a label).
    pub path: String,
    /// SHA-256 of the body, lower-case hex: tells whether the text is still the one cited.
    pub text_sha256: String,
    /// What keeps its statement from being published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// The reader's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The reader's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

impl Passage {
    /// A passage of `spans` (bytes, in order, not empty) of `statement`. What is known of it by extraction is filled in by a
    /// [`Citable`].
    #[must_use]
    pub fn new(statement: &Statement, kind: PassageKind, spans: &[Span]) -> Self {
        Citable::new(statement).passage(kind, spans)
    }

    /// The exact words of all places, joined by ` … ` where something stands between.
    #[must_use]
    pub fn exact(&self) -> String {
        let parts: Vec<&str> = self.places.iter().map(|p| p.exact.as_str()).collect();
        parts.join(" … ")
    }

    /// True when its words may stand in quotation marks: they are somebody's exact words, or the
    /// document's own words picked by hand.
    #[must_use]
    pub fn is_verbatim_speech(&self) -> bool {
        self.kind == PassageKind::Direct
    }
}

/// SHA-256 of a text in lower-case hex.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
