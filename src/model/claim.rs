//! Claims: the longest stretch within one sentence in which one claimant, under one reporting cue,
//! performs one speech act with propositional content.

use super::Speaker;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Defines a closed set of words: the enum, its list and its names in one place.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every value, in the order of its definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word used on screen, in queries and in JSON.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.name() == name)
            }
        }
    };
}

words! {
    /// What kind of speech act a claim is; where several fit, the first listed wins.
    ClaimType {
        /// Will do harm, usually under a condition.
        Threat = "threat",
        /// Binds itself: will, stands ready, pledges; also a promise not to act.
        Commitment = "commitment",
        /// Wants another to act or stop: urge, call on, must, should.
        Demand = "demand",
        /// Rejects what others put.
        Denial = "denial",
        /// Ascribes blameworthy conduct to a target.
        Accusation = "accusation",
        /// Done by saying: hereby designates.
        Declaration = "declaration",
        /// A future that the claimant does not control.
        Forecast = "forecast",
        /// X brings about Y, without blame.
        Causal = "causal",
        /// A checkable state of affairs.
        Fact = "fact",
        /// For or against: support, oppose, condemn, welcome.
        Position = "position",
        /// A value judgement.
        Evaluation = "evaluation",
        /// Thanks, condolence, apology.
        Expressive = "expressive",
    }
}

words! {
    /// Searle's classes of illocution.
    Illocution {
        /// Says how things are.
        Assertive = "assertive",
        /// Wants another to act.
        Directive = "directive",
        /// Binds the speaker.
        Commissive = "commissive",
        /// Shows a state of mind.
        Expressive = "expressive",
        /// Makes it so by saying it.
        Declaration = "declaration",
    }
}

words! {
    /// How a claim reached the page.
    Attributed {
        /// Wholly inside quotation marks.
        Direct = "direct",
        /// Partly inside.
        Mixed = "mixed",
        /// Reported without marks.
        Indirect = "indirect",
        /// The issuer speaks for itself.
        FirstPerson = "first-person",
        /// The writer of the text reports an act by its verb.
        Narrator = "narrator",
        /// Put in somebody's mouth by a question.
        Question = "question",
    }
}

words! {
    /// How much of a claim stands in quotation marks.
    InQuote {
        /// All of it.
        Full = "full",
        /// Some of it.
        Partial = "partial",
        /// None.
        None = "none",
    }
}

words! {
    /// Attitude towards the target.
    Stance {
        /// Against it.
        Critical = "critical",
        /// Neither.
        Neutral = "neutral",
        /// For it.
        Supportive = "supportive",
    }
}

words! {
    /// Whether the main predication is negated.
    Polarity {
        /// Not negated.
        Positive = "positive",
        /// Negated.
        Negative = "negative",
    }
}

words! {
    /// How it is put.
    Modality {
        /// Plainly.
        Asserted = "asserted",
        /// With reserve: may, might, apparently.
        Hedged = "hedged",
        /// Under a condition.
        Conditional = "conditional",
        /// As a duty: must, should.
        Obligation = "obligation",
        /// As a plan: will, intends to.
        Intention = "intention",
    }
}

words! {
    /// Whether a fact-checker can check it.
    Verifiable {
        /// By sources.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// Not at all.
        No = "no",
    }
}

words! {
    /// What else a claim holds.
    Facet {
        /// A number.
        Numeric = "numeric",
        /// A comparison.
        Comparison = "comparison",
        /// A cause.
        Causal = "causal",
        /// A time.
        Temporal = "temporal",
        /// A condition.
        Conditional = "conditional",
        /// A purpose.
        Purpose = "purpose",
        /// A law or treaty it rests on.
        LegalBasis = "legal-basis",
    }
}

/// A number in a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundNumber {
    /// Where.
    pub span: Span,
    /// Its value, scaled ("3 million" is 3 000 000).
    pub value: f64,
    /// `percent`, `USD`, `days`, a noun as written; empty when none.
    pub unit: String,
}

/// A date in a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDate {
    /// Where.
    pub span: Span,
    /// ISO 8601, partial allowed (`2025-10`), resolved against the dateline; `None` if it cannot be.
    pub iso: Option<String>,
}

/// One claim. Spans are bytes of the statement's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Position in the statement, counted from 1; printed as `c1`.
    pub id: u32,
    /// Without the outer reporting clause, outer quotation marks and closing punctuation.
    pub span: Span,
    /// What it does.
    pub kind: ClaimType,
    /// Searle's class.
    pub illocution: Illocution,
    /// Who makes it, as written; empty when it is the issuer in the first person.
    pub claimant: Vec<Span>,
    /// The claimant resolved; `on_behalf_of` is in it.
    pub speaker: Option<Speaker>,
    /// Sources between the claimant and the page, nearest to the page first.
    pub source_chain: Vec<String>,
    /// How it reached the page.
    pub attribution: Attributed,
    /// How much stands in marks.
    pub in_quote: InQuote,
    /// The reporting words; empty when there are none.
    pub cue: Vec<Span>,
    /// The quote (by id) that it lies in.
    pub quote: Option<u32>,
    /// Whom or what it is about, as written.
    pub target: Option<Span>,
    /// Towards the target.
    pub stance: Stance,
    /// Negated or not.
    pub polarity: Polarity,
    /// How it is put.
    pub modality: Modality,
    /// Sort key for fact-checkers.
    pub verifiable: Verifiable,
    /// What else it holds, in the order of [`Facet::ALL`].
    pub facets: Vec<Facet>,
    /// Numbers in it.
    pub numbers: Vec<FoundNumber>,
    /// Dates in it.
    pub dates: Vec<FoundDate>,
    /// Coordinated parts of the same type.
    pub atoms: Vec<Span>,
    /// The clause with pronouns resolved and nothing added.
    pub normalized: String,
    /// One to four noun phrases.
    pub topics: Vec<String>,
    /// Check-worthiness, a sort key: how likely it holds a claim that can be verified, 0..=1.
    pub worth: f32,
    /// How likely it is right: roughly here, and of this type; 0..=1.
    pub confidence: f32,
}
