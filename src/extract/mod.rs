//! A statement to its layout, quotes, speakers and claims.
//!
//! Pure: depends on the statement and the lexicons alone; no clock, no global state, no I/O.
//!
//! The steps, one file each: `document` cuts the text (with `marks`), `turns` reads a transcript's labels, a
//! tagger behind `attribution` finds who said what (`cues`, `sources`, `contents`), `layout` chooses one of
//! three, `quotes` and `speakers` make quotes of it, `claims` (with `clauses`, `phrases`, `skeleton`, `acts`, `numbers`,
//! `dates`, `facets`, and `worth` and `searle` over the features of `sentence`) claims. `tagger` is the
//! learned one, over the rules; `pos` (with `tag`) and `clusters`, read through `lookup`, are what it sees of a word;
//! `steps` takes statements through all of them; `training` opens all to `examples/train`.

mod acts;
#[expect(
    missing_docs,
    reason = "reached from outside by `examples/train` alone"
)]
mod attribution;
mod claims;
mod clauses;
mod clusters;
mod contents;
mod cues;
mod dates;
#[expect(
    missing_docs,
    reason = "reached from outside by `examples/train` alone"
)]
mod document;
pub mod explain;
mod facets;
mod groups;
mod layout;
mod lexicon;
mod lookup;
mod marks;
mod numbers;
mod phrases;
mod pos;
mod quotes;
pub mod record;
pub mod searle;
mod sentence;
mod skeleton;
mod sources;
mod speakers;
mod steps;
mod tag;
#[expect(
    missing_docs,
    reason = "reached from outside by `examples/train` alone"
)]
mod tagger;
pub mod training;
mod turns;
pub mod weights;
mod worth;

use crate::model::{Extraction, Statement};
use attribution::Tagger;
pub use dates::dates;
pub use layout::Choice;
pub(crate) use lexicon::{Classes, Lexicon};
pub use numbers::numbers;
pub(crate) use speakers::people::Kinds;
pub use steps::{BYTES_TOGETHER, so_many, taken};
use tagger::Learned;

/// Changes whenever the same text would give another extraction: part of the cache's key.
pub const VERSION: u32 = 18;

/// Holds the compiled lexicons. Build once, share between threads.
#[derive(Debug)]
pub struct Extractor {
    lexicon: lexicon::Lexicon,
    tagger: Box<dyn Tagger>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// Compiles the bundled lexicons.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lexicon: lexicon::Lexicon::bundled(),
            tagger: match Learned::bundled() {
                Some(learned) => Box::new(learned),
                None => Box::new(attribution::Rules),
            },
        }
    }

    /// All quotes and claims of `statement`.
    #[must_use]
    pub fn extract(&self, statement: &Statement) -> Extraction {
        self.extract_with_reason(statement).0
    }

    /// The same, with the layout that was chosen and why.
    #[must_use]
    pub fn extract_with_reason(&self, statement: &Statement) -> (Extraction, Choice) {
        steps::one(&self.lexicon, &*self.tagger, statement)
    }

    /// The same of each of some statements, in their order: what one by one would give, in less time where they are short. Besides what
    /// is returned, memory is bounded by [`BYTES_TOGETHER`] and the longest of them.
    #[must_use]
    pub fn extract_all(&self, statements: &[&Statement]) -> Vec<(Extraction, Choice)> {
        steps::all(&self.lexicon, &*self.tagger, statements)
    }
}
