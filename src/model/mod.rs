//! Plain data that every other part speaks of: statements, quotes, claims, speakers, passages.
//!
//! No behaviour beyond reading one's own fields; no I/O; no parsing of text.

mod citable;
mod claim;
mod hold;
mod passage;
mod quote;
mod statement;

pub use crate::text::Span;
pub use citable::Citable;
pub use claim::{
    Attributed, Claim, ClaimType, Facet, FoundDate, FoundNumber, Illocution, InQuote, Modality,
    Polarity, Stance, Verifiable,
};
pub use hold::{Hold, Withheld};
pub use passage::{Passage, PassageKind, Place, fingerprint};
pub use quote::{Act, Extraction, Layout, Quote, QuoteKind, Resolved, Speaker};
pub use statement::{IsoDate, Origin, Provenance, Stated, Statement};
