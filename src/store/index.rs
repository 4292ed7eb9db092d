//! The word index of one segment: which statements hold a word, and which word stands at each
//! position. Built once, never changed. Must not know what a query is.
//!
//! Words are cut by `text::words`, as the query's are, and numbered by the segment's
//! [`Vocabulary`]. The words of all statements form one row: the title of the first, its body, the
//! title of the second… Of that row three things are kept:
//!
//! - **postings**, by word: the statements that hold it, ascending, with how often (3 bytes each), and
//!   the positions at which it stands, ascending, each as the distance from the one before (seven
//!   bits a byte, the last byte of a number marked: 1 to 2 bytes each);
//! - **the row itself**: the number of the word at each position and how it is written there (3 bytes
//!   a word, see `row`), so that phrases, nearness, capitals and concordances are read off without touching the
//!   text;
//! - **places**: the byte at which every 16th word begins (a quarter of a byte a word), so that a
//!   position leads back to the text.
//!
//! Why our own and not `tantivy`, which was here before: it is as fast where a passage is a document
//! and the best hundred are all that is wanted (`benches/engines/`), and builds as fast. But it has no
//! row, so that capitals, phrases with an open end or with gaps, and concordances had to be read off
//! the texts: keystrokes of 200 to 2,500 ms at a million passages, where none of ours takes one pass
//! over their bytes (`benches/keystrokes.rs`; the figures are in `benches/README.md`).

mod build;
mod row;

pub use row::Row;

use super::vocabulary::{Vocabulary, WordId};
use crate::model::Statement;
use crate::text::words::nth_word;
use crate::text::{Form, Span};
use build::{Builder, narrow};
use row::Words;
use std::ops::Range;

/// Position of a word in the row of its segment.
pub type Position = u32;

/// One word of the row: which it is, and how it is written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowWord(u32);

impl RowWord {
    const FORM: u32 = 30;

    #[inline]
    fn new(id: WordId, form: Form) -> Self {
        Self(id | form.bits() << Self::FORM)
    }

    /// Which word.
    #[must_use]
    #[inline]
    pub fn id(self) -> WordId {
        self.0 & !(3 << Self::FORM)
    }

    /// How it is written.
    #[must_use]
    #[inline]
    pub fn form(self) -> Form {
        Form::from_bits(self.0 >> Self::FORM)
    }
}

/// Words between two places that are kept.
const STRIDE: usize = 16;
/// The bit of a count that says that the title holds the word.
const IN_TITLE: u8 = 0x80;
/// Marks the last byte of a step.
const LAST: u8 = 0x80;
/// Statements of one index: their numbers take two bytes.
pub const MOST_STATEMENTS: usize = 1 << 16;
/// A body is said to hold a word at most so often.
pub const MOST_COUNTED: u8 = 0x7f;

/// One entry of the postings of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Position of the statement in its segment.
    pub doc: u32,
    /// How often its body holds the word; [`MOST_COUNTED`] stands for that or more.
    pub in_body: u8,
    /// Its title holds it.
    pub in_title: bool,
}

/// Word index of one segment; see the module.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct WordIndex {
    vocabulary: Vocabulary,
    /// Postings of word `n`: `starts[n]..starts[n + 1]` of `docs` and `counts`.
    starts: Vec<u32>,
    docs: Vec<u16>,
    counts: Vec<u8>,
    /// Positions of word `n`: `steps_at[n]..steps_at[n + 1]` of `steps`.
    steps_at: Vec<u32>,
    steps: Vec<u8>,
    /// The row.
    row: Words,
    /// Title of statement `n`: positions `zones[2n]..zones[2n + 1]`; its body: to `zones[2n + 2]`.
    zones: Vec<Position>,
    /// Byte, in its own title or body, of the word at position `STRIDE * n`.
    places: Vec<u32>,
}

impl WordIndex {
    /// Indexes `statements`; number `n` is `statements[n]`. No more than [`MOST_STATEMENTS`]: those behind
    /// are not found.
    #[must_use]
    pub fn build(statements: &[Statement]) -> Self {
        debug_assert!(
            statements.len() <= MOST_STATEMENTS,
            "segments are cut far below"
        );
        let bytes = |s: &Statement| s.title.value.len() + s.body.len();
        let mut builder = Builder::with_room(statements.iter().map(bytes).sum());
        for statement in statements {
            builder.zone(&statement.title.value);
            builder.zone(&statement.body);
        }
        builder.finish()
    }

    /// Its words.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Number of statements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.zones.len() / 2
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Words in all titles and bodies.
    #[must_use]
    pub fn words(&self) -> usize {
        self.row.all().len()
    }

    /// Statements that hold the word.
    #[must_use]
    pub fn frequency(&self, word: WordId) -> usize {
        self.entries(word).len()
    }

    /// Statements that hold a word of a range, one that holds several counted for each.
    #[must_use]
    pub fn frequency_of_all(&self, words: Range<WordId>) -> usize {
        let at = |word: WordId| self.starts.get(word as usize).copied().unwrap_or(0) as usize;
        at(words.end).saturating_sub(at(words.start))
    }

    /// The statements that hold the word, ascending.
    pub fn postings(&self, word: WordId) -> impl Iterator<Item = Posting> + '_ {
        self.postings_of_all(word..word + 1)
    }

    /// The postings of every word of a range, one word after the other.
    pub fn postings_of_all(&self, words: Range<WordId>) -> impl Iterator<Item = Posting> + '_ {
        let entries = self.entries(words.start).start..self.entries(words.end).start;
        let docs = self.docs.get(entries.clone()).unwrap_or_default();
        let counts = self.counts.get(entries).unwrap_or_default();
        docs.iter().zip(counts).map(|(&doc, &count)| Posting {
            doc: u32::from(doc),
            in_body: count & MOST_COUNTED,
            in_title: count & IN_TITLE != 0,
        })
    }

    /// The positions at which the word stands, ascending.
    pub fn positions(&self, word: WordId) -> impl Iterator<Item = Position> + '_ {
        let at = |n: usize| self.steps_at.get(n).copied().unwrap_or(0) as usize;
        let steps = at(word as usize)..at(word as usize + 1).max(at(word as usize));
        let mut bytes = self.steps.get(steps).unwrap_or_default().iter();
        let mut position = 0;
        std::iter::from_fn(move || {
            let (mut step, mut shift) = (0, 0);
            loop {
                let byte = *bytes.next()?;
                step |= u32::from(byte & 0x7f) << shift;
                if byte & LAST != 0 {
                    break;
                }
                shift += 7;
            }
            position += step;
            Some(position)
        })
    }

    /// How often the word stands in all titles and bodies.
    #[must_use]
    pub fn occurrences(&self, word: WordId) -> usize {
        let at = |n: usize| self.steps_at.get(n).copied().unwrap_or(0) as usize;
        let steps = self.steps.get(at(word as usize)..at(word as usize + 1));
        let lasts = steps.unwrap_or_default().iter();
        lasts.filter(|&&byte| byte & LAST != 0).count()
    }

    /// The statement at whose title or body a position stands, `true` for the title, and all positions
    /// of that; looked for from zone `from` on, the number of which is moved there.
    #[must_use]
    pub fn zone_of(&self, position: Position, from: &mut usize) -> (u32, bool, Range<Position>) {
        while self.zone(*from).end <= position && *from + 1 < self.zones.len() {
            *from += 1;
        }
        (narrow(*from / 2), from.is_multiple_of(2), self.zone(*from))
    }

    fn entries(&self, word: WordId) -> Range<usize> {
        let at = |n: usize| {
            let last = self.starts.last().copied().unwrap_or(0);
            self.starts.get(n).copied().unwrap_or(last) as usize
        };
        at(word as usize)..at(word as usize + 1)
    }

    /// Positions of the title of a statement.
    #[must_use]
    pub fn title(&self, doc: u32) -> Range<Position> {
        self.title_or_body(doc, true)
    }

    /// Positions of the body of a statement.
    #[must_use]
    pub fn body(&self, doc: u32) -> Range<Position> {
        self.title_or_body(doc, false)
    }

    /// Positions of the title or of the body of a statement.
    #[must_use]
    pub fn title_or_body(&self, doc: u32, is_title: bool) -> Range<Position> {
        self.zone(2 * doc as usize + usize::from(!is_title))
    }

    fn zone(&self, n: usize) -> Range<Position> {
        let at = |n: usize| self.zones.get(n).copied().unwrap_or(0);
        at(n)..at(n + 1)
    }

    /// All its words.
    #[must_use]
    #[inline]
    pub fn all(&self) -> Row<'_> {
        self.row.all()
    }

    /// The words at these positions.
    #[must_use]
    #[inline]
    pub fn row(&self, positions: Range<Position>) -> Row<'_> {
        let places = positions.start as usize..positions.end as usize;
        self.row.all().part(places)
    }

    /// The word at a position.
    #[must_use]
    #[inline]
    pub fn word_at(&self, position: Position) -> Option<RowWord> {
        self.row.all().get(position as usize)
    }

    /// The bytes of the word at `position` in `text`, the title or body whose positions are `zone`.
    #[must_use]
    pub fn place(&self, zone: Range<Position>, position: Position, text: &str) -> Option<Span> {
        if !zone.contains(&position) {
            return None;
        }
        let (known, from) = self.known_before(&zone, position);
        // Cut as the whole text was: a word's own beginning is a boundary either way.
        let span = nth_word(text.get(from..)?, (position - known) as usize)?;
        Some(Span::new(from + span.begin(), from + span.finish()))
    }

    /// The nearest position at or before `position` whose byte is known, and that byte.
    fn known_before(&self, zone: &Range<Position>, position: Position) -> (Position, usize) {
        let kept = position / STRIDE as u32;
        let known = kept * STRIDE as u32;
        match self.places.get(kept as usize) {
            Some(&byte) if known >= zone.start => (known, byte as usize),
            _ => (zone.start, 0),
        }
    }

    /// Bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let starts = self.starts.len() + self.steps_at.len();
        4 * (starts + self.zones.len() + self.places.len())
            + 2 * self.docs.len()
            + self.row.bytes()
            + self.counts.len()
            + self.steps.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stated;
    use crate::text::words::words;
    use proptest::prelude::*;

    fn statements(texts: &[(String, String)]) -> Vec<Statement> {
        let made = texts.iter().enumerate().map(|(n, (title, body))| {
            let mut statement = Statement::new(&n.to_string(), body);
            statement.title = Stated::given(title.clone());
            statement
        });
        made.collect()
    }

    proptest! {
        /// Row, postings and places against a plain reading of the texts.
        #[test]
        fn an_index_tells_what_stands_where(
            texts in prop::collection::vec(("[ab ]{0,6}", "([a-d]{1,3}[ .,’_é\\n-]{1,2}|\\PC){0,40}"), 0..6),
        ) {
            let statements = statements(&texts);
            let index = WordIndex::build(&statements);
            prop_assert_eq!(index.len(), statements.len());
            for (doc, statement) in statements.iter().enumerate() {
                let doc = doc as u32;
                for (zone, text) in [(index.title(doc), &*statement.title.value), (index.body(doc), &*statement.body)] {
                    let expected = words(text);
                    let row: Vec<&str> = index.row(zone.clone()).iter().map(|w| index.vocabulary().word(w.id())).collect();
                    prop_assert_eq!(row, expected.iter().map(|(w, _)| w.as_str()).collect::<Vec<_>>());
                    for (n, (_, span)) in expected.iter().enumerate() {
                        let position = zone.start + n as u32;
                        prop_assert_eq!(index.place(zone.clone(), position, text), Some(*span));
                    }
                }
            }
            for id in 0..index.vocabulary().len() as u32 {
                let word = index.vocabulary().word(id);
                let count = |text: &str| words(text).iter().filter(|(w, _)| w == word).count();
                let expected: Vec<Posting> = statements.iter().enumerate().map(|(doc, s)| Posting {
                    doc: doc as u32,
                    in_body: count(&s.body) as u8,
                    in_title: count(&s.title.value) > 0,
                }).filter(|p| p.in_body > 0 || p.in_title).collect();
                prop_assert_eq!(index.postings(id).collect::<Vec<_>>(), expected);
                let row = index.row(0..index.words() as u32).iter();
                let stands: Vec<u32> = (0..).zip(row).filter(|(_, w)| w.id() == id).map(|(at, _)| at).collect();
                prop_assert_eq!(index.positions(id).collect::<Vec<_>>(), stands.clone());
                let mut from = 0;
                for position in stands {
                    let (doc, title, zone) = index.zone_of(position, &mut from);
                    prop_assert_eq!(&zone, &if title { index.title(doc) } else { index.body(doc) });
                    prop_assert!(zone.contains(&position));
                }
            }
        }
    }
}
