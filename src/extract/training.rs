//! What `examples/train` needs of the library: texts cut and tagged as extraction does it, features as it
//! makes them. Nothing else may use it.

pub use super::attribution::{Attribution, Rules, Tagger};
pub use super::document::Document;
pub use super::lexicon::Lexicon;
pub use super::tagger::{chain, cues, find, hints, keep, roles, units};
