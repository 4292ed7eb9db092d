//! What is seen of a word before the model decides: what the dictionary says it may be, its cluster, and how it is written.
//!
//! Knows no neighbour but for whether a word stands first.

use crate::extract::clusters::{Cluster, Clusters};
use crate::extract::document::{Document, Word};
use crate::extract::lookup::{Begun, Lookup, encode as encode_lookup};
use crate::extract::tag::Tag;
use crate::extract::weights::feature;
use crate::text::tokens::Kind;
use std::ops::Range;

/// In a class: the word was seen often enough that it will bear no other tag.
pub const CERTAIN: u32 = 1 << 31;
/// In a class: its tags are those that the tagger itself gave the word in other text.
pub const GUESSED: u32 = 1 << 28;
/// Before the first word of a sentence and after the last.
pub(super) const OUTSIDE: Look = Look {
    class: 1 << 30,
    cluster: None,
    suffix: 0,
    shape: 0,
    given: Some(Tag::Mark),
};
/// A quotation mark, and a word that is not to be tagged.
pub(super) const QUOTED: Look = Look {
    class: 1 << 29 | Tag::Quote as u32,
    given: Some(Tag::Quote),
    ..OUTSIDE
};

/// What the tagger sees of a word.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Tags the dictionary gives it; 0: unknown.
    pub(super) class: u32,
    pub(super) cluster: Option<Cluster>,
    /// Its last four bytes, in lower case; nothing where its tag is given.
    pub(super) suffix: u32,
    /// How it is written; the same.
    pub(super) shape: u8,
    /// Its tag, where that needs no model.
    given: Option<Tag>,
}

impl Look {
    /// Its tag, where that needs no model.
    #[must_use]
    pub fn given(&self) -> Option<Tag> {
        self.given
    }

    /// Its cluster; `None` for a mark too, whose cluster is not looked up.
    #[inline]
    #[must_use]
    pub fn cluster(&self) -> Option<Cluster> {
        self.cluster
    }

    /// Whether the word may bear `tag`.
    #[inline]
    #[must_use]
    pub fn allows(&self, tag: usize) -> bool {
        self.class & CERTAIN == 0 || self.class >> tag & 1 == 1
    }
}

/// A look that has begun: the key of the word, and what stands first where it would be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Begin {
    key: u64,
    class: Begun,
    cluster: Begun,
}

/// What the tagger knows of words before the model: dictionary and clusters.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'b> {
    classes: &'b [[u8; 4]],
    words: Lookup<'b>,
    clusters: Clusters<'b>,
}

impl<'b> Sight<'b> {
    /// Reads the dictionary; gives the bytes after it too.
    #[must_use]
    pub fn split(bytes: &'b [u8], clusters: Clusters<'b>) -> Option<(Self, &'b [u8])> {
        let (count, rest) = bytes.strip_prefix(b"DTP2")?.split_first_chunk::<4>()?;
        let length = (u32::from_le_bytes(*count) as usize).checked_mul(4)?;
        let (classes, rest) = rest.split_at_checked(length)?;
        let (words, rest) = Lookup::split(rest)?;
        let sight = Self {
            classes: classes.as_chunks().0,
            words,
            clusters,
        };
        Some((sight, rest))
    }

    /// Begins to look for a word in the dictionary and among the clusters.
    #[inline]
    pub(super) fn begin(&self, doc: &Document<'_>, word: &Word<'_>) -> Begin {
        if word.punctuation() {
            return Begin::default();
        }
        let key = doc.key(word);
        Begin {
            key,
            class: self.words.begin(entry(key, word.capital)),
            cluster: self.clusters.begin(key),
        }
    }

    /// The look of the word at `at`; `words` is its sentence.
    #[must_use]
    pub fn look(&self, doc: &Document<'_>, words: &Range<usize>, at: usize) -> Look {
        let begin = doc.word(at).map(|word| self.begin(doc, word));
        self.go_on(doc, words, at, begin.unwrap_or_default())
    }

    /// The same, where the look has begun.
    pub(super) fn go_on(
        &self,
        doc: &Document<'_>,
        words: &Range<usize>,
        at: usize,
        begin: Begin,
    ) -> Look {
        let Some(word) = doc.word(at).filter(|_| words.contains(&at)) else {
            return OUTSIDE;
        };
        let written = doc.written(at);
        if word.kind == Kind::Punctuation {
            let tag = Tag::of_mark(written);
            return Look {
                class: 1 << 29 | tag as u32,
                given: Some(tag),
                ..OUTSIDE
            };
        }
        let first = starts(doc, words, at);
        let class = self.class_of(begin, word.capital, first);
        let number = word.kind == Kind::Number
            && written
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        let class = if number {
            1 << Tag::Cd as u32 | CERTAIN
        } else {
            class
        };
        let tags = class & !CERTAIN;
        let known = class & CERTAIN != 0 && tags.is_power_of_two();
        let given = known.then(|| Tag::from_index(tags.trailing_zeros() as usize));
        let (suffix, shape) = match given {
            Some(_) => (0, 0),
            None => (suffix(written), shape(word, written, first)),
        };
        Look {
            class,
            cluster: self.clusters.go_on(begin.key, begin.cluster),
            suffix,
            shape,
            given,
        }
    }

    /// A capital tells a name from a word, but not where every word would have one.
    fn class_of(&self, begin: Begin, capital: bool, first: bool) -> u32 {
        let of = |number: Option<u16>| {
            let class = self.classes.get(usize::from(number?));
            class.map(|c| u32::from_le_bytes(*c))
        };
        let written = of(self.words.go_on(entry(begin.key, capital), begin.class));
        match (capital, first) {
            (false, _) => written,
            // In a heading any word has one, so that even a word never seen as a name may be one.
            (true, false) => written.map(|class| class | 1 << Tag::Nnp as u32),
            (true, true) => match (of(self.words.get(entry(begin.key, false))), written) {
                (Some(a), Some(b)) => Some((a | b) & !CERTAIN | (a & b & CERTAIN)),
                (a, b) => a.or(b),
            },
        }
        .unwrap_or(0)
    }
}

/// Under what the dictionary keeps a word: its key, and whether it is written with a capital.
#[inline]
#[must_use]
pub fn entry(key: u64, capital: bool) -> u64 {
    if capital { feature(1, key, 0) } else { key }
}

/// Whether a word begins a sentence, a quotation, or what follows a colon.
#[must_use]
pub fn starts(doc: &Document<'_>, words: &Range<usize>, at: usize) -> bool {
    at == words.start
        || at
            .checked_sub(1)
            .and_then(|b| doc.word(b))
            .is_some_and(|w| {
                w.punctuation()
                    && !matches!(
                        w.first,
                        b',' | b'-' | b'\'' | b'/' | b'&' | b'%' | b'$' | b';'
                    )
            })
}

fn suffix(written: &str) -> u32 {
    let bytes = written.as_bytes();
    let last = bytes.last_chunk::<4>().copied().unwrap_or_else(|| {
        let mut short = [b'_'; 4];
        for (place, byte) in short.iter_mut().rev().zip(bytes.iter().rev()) {
            *place = *byte;
        }
        short
    });
    u32::from_le_bytes(last.map(|b| b.to_ascii_lowercase()))
}

fn shape(word: &Word<'_>, written: &str, first: bool) -> u8 {
    let bytes = written.as_bytes();
    let second = bytes.get(1).is_some_and(u8::is_ascii_uppercase);
    let capitals = second
        && bytes
            .last()
            .is_some_and(|b| b.is_ascii_uppercase() || *b == b'.');
    u8::from(word.capital)
        | u8::from(capitals) << 1
        | u8::from(bytes.contains(&b'-')) << 2
        | u8::from(word.kind == Kind::Number) << 3
        | u8::from(bytes.contains(&b'.')) << 4
        | u8::from(first) << 5
        | u8::from(word.kind == Kind::Possessive) << 6
}

/// Writes the dictionary: the tags of each class, and the class of each [`entry`].
#[must_use]
pub fn encode_dictionary(classes: &[u32], words: &[(u64, u16)]) -> Vec<u8> {
    let mut out = b"DTP2".to_vec();
    out.extend((classes.len() as u32).to_le_bytes());
    out.extend(classes.iter().flat_map(|c| c.to_le_bytes()));
    out.extend(encode_lookup(words));
    out
}
