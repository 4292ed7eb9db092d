//! What `examples/train` needs of the library, and nothing else: the same eyes the taggers have at work.
//!
//! No part of the program may use this module.

pub use super::attribution::{Attribution, Rules, Tagger};
pub use super::clusters::{Clusters, encode as encode_clusters};
pub use super::document::Document;
pub use super::lexicon::Lexicon;
pub use super::lookup::key;
pub use super::pos::{
    CERTAIN, GUESSED, History, Look, Pos, Sight, Window, advance, best, encode_dictionary,
    encode_weights, entry, features,
};
pub use super::tag::{LEARNED, Tag};
pub use super::tagger::{Sense, chain, cues, find, hints, keep, roles, units};
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// Cuts texts as extraction does.
#[derive(Debug)]
pub struct Cutter {
    lexicon: Lexicon,
}

impl Default for Cutter {
    fn default() -> Self {
        Self {
            lexicon: Lexicon::bundled(),
        }
    }
}

impl Cutter {
    /// The cuts of `text`.
    #[must_use]
    pub fn cut<'t>(&'t self, text: &'t str) -> Cut<'t> {
        Cut(Document::new(text, None, &self.lexicon))
    }
}

/// A text that was cut into sentences and words.
#[derive(Debug)]
pub struct Cut<'t>(Document<'t>);

impl Cut<'_> {
    /// The words of each sentence, by number.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        self.0.sentences.iter().map(|s| s.words.clone())
    }

    /// The bytes of a word.
    #[must_use]
    pub fn span(&self, word: usize) -> Span {
        self.0.word(word).map(|w| w.span).unwrap_or_default()
    }

    /// What kind of token a word is.
    #[must_use]
    pub fn kind(&self, word: usize) -> Kind {
        self.0.word(word).map_or(Kind::Punctuation, |w| w.kind)
    }

    /// Whether a word begins with a capital, and whether every word would where it stands.
    #[must_use]
    pub fn capital(&self, sentence: &Range<usize>, word: usize) -> (bool, bool) {
        let capital = self.0.word(word).is_some_and(|w| w.capital);
        (capital, super::pos::starts(&self.0, sentence, word))
    }

    /// What the part-of-speech tagger sees of a word of `sentence`; of one outside too.
    #[must_use]
    pub fn look(&self, sight: &Sight<'_>, sentence: &Range<usize>, word: usize) -> Look {
        sight.look(&self.0, sentence, word)
    }

    /// The tags of the words of a sentence, in place of what `out` held.
    pub fn tag(&self, pos: &Pos<'_>, sentence: Range<usize>, out: &mut Vec<Tag>) {
        out.clear();
        pos.tag(&self.0, sentence, |_| true, |_, tag| out.push(tag));
    }
}
