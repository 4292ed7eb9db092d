//! Making a word index: the statements are read once, word by word; then the words are numbered by the
//! alphabet, and postings and positions are written down from the row.

use super::{IN_TITLE, LAST, MOST_COUNTED, Position, RowWord, STRIDE, WordIndex, Words};
use crate::store::vocabulary::{Vocabulary, WordId};
use crate::text::Form;
use crate::text::words::for_each_word;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// Words of the statements read so far, numbered in the order they were met.
#[derive(Default)]
pub(super) struct Builder {
    /// The words met, end to end.
    letters: String,
    ends: Vec<u32>,
    numbers: HashTable<WordId>,
    hasher: DefaultHashBuilder,
    row: Words,
    zones: Vec<Position>,
    places: Vec<u32>,
}

/// Bytes of text there is room for a word for: in English a word and the blank behind it take six. Where there are more
/// words their room grows; where there are fewer, what is left of it was never touched and is given back.
const WORD: usize = 5;

impl Builder {
    /// With room for the words of so many bytes of text.
    pub(super) fn with_room(bytes: usize) -> Self {
        let words = bytes / WORD;
        Self {
            row: Words::with_room(words),
            places: Vec::with_capacity(words / STRIDE),
            ..Self::default()
        }
    }

    /// Adds a title or a body.
    pub(super) fn zone(&mut self, text: &str) {
        self.zones.push(narrow(self.row.all().len()));
        for_each_word(text, |word, span| {
            if self.row.all().len().is_multiple_of(STRIDE) {
                self.places.push(span.start);
            }
            let number = number(
                word,
                &mut self.numbers,
                &self.hasher,
                &mut self.letters,
                &mut self.ends,
            );
            let form = Form::of(span.of(text));
            self.row.push(RowWord::new(number, form));
        });
    }

    /// The index of all that was added.
    pub(super) fn finish(mut self) -> WordIndex {
        self.zones.push(narrow(self.row.all().len()));
        let word = |n: WordId| of(&self.letters, &self.ends, n);
        let mut sorted: Vec<WordId> = (0..narrow(self.ends.len())).collect();
        sorted.sort_unstable_by(|&a, &b| word(a).cmp(word(b)));
        let vocabulary = Vocabulary::of(sorted.iter().map(|&n| word(n)));
        let mut rank = vec![0; sorted.len()];
        for (place, &n) in sorted.iter().enumerate() {
            if let Some(rank) = rank.get_mut(n as usize) {
                *rank = narrow(place);
            }
        }
        self.row.renumber(&rank);
        let mut index = WordIndex {
            vocabulary,
            row: self.row,
            zones: self.zones,
            places: self.places,
            ..WordIndex::default()
        };
        index.places.shrink_to_fit();
        index.post();
        index.step();
        index
    }
}

impl WordIndex {
    /// Makes the postings of the row: one pass to count, one to fill.
    fn post(&mut self) {
        const NONE: u32 = u32::MAX;
        let words = self.vocabulary.len();
        let zones = |index: &Self| {
            let docs = 0..narrow(index.len());
            docs.flat_map(|doc| [(doc, true), (doc, false)])
        };
        let mut starts = vec![0u32; words + 1];
        let mut last = vec![NONE; words];
        for (doc, title) in zones(self) {
            let zone = if title {
                self.title(doc)
            } else {
                self.body(doc)
            };
            for word in self.row(zone).iter() {
                let word = word.id();
                if let (Some(last), Some(start)) = (
                    last.get_mut(word as usize),
                    starts.get_mut(word as usize + 1),
                ) && *last != doc
                {
                    *last = doc;
                    *start += 1;
                }
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let (mut docs, mut counts) = (vec![0u16; total as usize], vec![0u8; total as usize]);
        let mut next = starts.clone();
        last.fill(NONE);
        for (doc, title) in zones(self) {
            let zone = if title {
                self.title(doc)
            } else {
                self.body(doc)
            };
            for word in self.row(zone).iter() {
                let word = word.id();
                let (Some(last), Some(next)) =
                    (last.get_mut(word as usize), next.get_mut(word as usize))
                else {
                    continue;
                };
                if *last != doc {
                    *last = doc;
                    if let Some(entry) = docs.get_mut(*next as usize) {
                        *entry = doc as u16;
                    }
                    *next += 1;
                }
                if let Some(count) = counts.get_mut(*next as usize - 1) {
                    if title {
                        *count |= IN_TITLE;
                    } else if *count & MOST_COUNTED < MOST_COUNTED {
                        *count += 1;
                    }
                }
            }
        }
        (self.starts, self.docs, self.counts) = (starts, docs, counts);
    }
}

impl WordIndex {
    /// Writes down the positions of every word: one pass for the room, one to fill it.
    fn step(&mut self) {
        let words = self.vocabulary.len();
        let mut starts = vec![0u32; words + 1];
        let mut last = vec![0u32; words];
        for (position, word) in (0u32..).zip(self.row.all().iter()) {
            let word = word.id() as usize;
            if let (Some(last), Some(start)) = (last.get_mut(word), starts.get_mut(word + 1)) {
                *start += bytes_of(position - *last);
                *last = position;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut steps = vec![0u8; total as usize];
        let mut next = starts.clone();
        last.fill(0);
        for (position, word) in (0u32..).zip(self.row.all().iter()) {
            let word = word.id() as usize;
            let (Some(last), Some(next)) = (last.get_mut(word), next.get_mut(word)) else {
                continue;
            };
            let mut step = position - *last;
            *last = position;
            let count = bytes_of(step);
            let room = *next as usize..(*next + count) as usize;
            for byte in steps.get_mut(room).unwrap_or_default() {
                *byte = (step & 0x7f) as u8;
                step >>= 7;
            }
            *next += count;
            if let Some(byte) = steps.get_mut(*next as usize - 1) {
                *byte |= LAST;
            }
        }
        (self.steps_at, self.steps) = (starts, steps);
    }
}

/// Bytes that a step takes.
fn bytes_of(step: u32) -> u32 {
    (32 - step.leading_zeros()).div_ceil(7).max(1)
}

/// The number of a word; a new one for a new word.
fn number(
    word: &str,
    numbers: &mut HashTable<WordId>,
    hasher: &DefaultHashBuilder,
    letters: &mut String,
    ends: &mut Vec<u32>,
) -> WordId {
    let hash = hasher.hash_one(word);
    if let Some(&known) = numbers.find(hash, |&n| of(letters, ends, n) == word) {
        return known;
    }
    let new = narrow(ends.len());
    letters.push_str(word);
    ends.push(narrow(letters.len()));
    numbers.insert_unique(hash, new, |&n| hasher.hash_one(of(letters, ends, n)));
    new
}

/// Word `n` of words that stand end to end.
fn of<'l>(letters: &'l str, ends: &[u32], n: WordId) -> &'l str {
    let at = n as usize;
    let start = at.checked_sub(1).and_then(|before| ends.get(before));
    let end = ends.get(at).copied().unwrap_or(0) as usize;
    letters
        .get(start.map_or(0, |&start| start as usize)..end)
        .unwrap_or_default()
}

/// Segments are cut far below 4 GiB of text.
pub(super) fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
