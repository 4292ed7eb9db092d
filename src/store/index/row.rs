//! The row of words of a segment, three bytes a word: sixteen bits of its number in one list, six more and how
//! it is written in a second, so that a stretch of either is compared at once. A segment of more than four
//! million distinct words, which no language has, takes a third list.

use super::{RowWord, WordId};
use crate::text::Form;
use std::ops::Range;

/// Bits of a number in the first and in the second list.
const LOW: u32 = 16;
const HIGH: u32 = 6;
/// The bits of a word in small letters.
const PLAIN: u8 = Form::Plain.bits() as u8;

/// A row, as it is held; and while it is written, for beside it a second form of it would take as much again.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Words {
    low: Vec<u16>,
    high: Vec<u8>,
    /// Empty unless a number needs it.
    wide: Vec<u8>,
}

impl Words {
    /// An empty row with room for so many words.
    pub fn with_room(words: usize) -> Self {
        Self {
            low: Vec::with_capacity(words),
            high: Vec::with_capacity(words),
            wide: Vec::new(),
        }
    }

    /// Adds a word behind the others.
    pub fn push(&mut self, word: RowWord) {
        let top = top(word);
        if top > 0 || !self.wide.is_empty() {
            // Those before it had none.
            self.wide.resize(self.low.len(), 0);
            self.wide.push(top);
        }
        self.low.push(word.id() as u16);
        self.high.push(high(word));
    }

    /// Gives each word the number that `numbers` has at the place of its own, and back the room that no word took.
    pub fn renumber(&mut self, numbers: &[WordId]) {
        let mut wide = self.wide.iter_mut();
        for (low, middle) in self.low.iter_mut().zip(&mut self.high) {
            let wide = wide.next();
            let old = word(*low, *middle, wide.as_deref().copied().unwrap_or(0));
            let id = numbers.get(old.id() as usize).copied().unwrap_or(0);
            let new = RowWord::new(id, old.form());
            (*low, *middle) = (new.id() as u16, high(new));
            if let Some(wide) = wide {
                *wide = top(new);
            }
        }
        self.low.shrink_to_fit();
        self.high.shrink_to_fit();
        self.wide.shrink_to_fit();
    }

    #[inline]
    pub fn all(&self) -> Row<'_> {
        Row {
            low: &self.low,
            high: &self.high,
            wide: &self.wide,
        }
    }

    pub fn bytes(&self) -> usize {
        2 * self.low.len() + self.high.len() + self.wide.len()
    }
}

fn high(word: RowWord) -> u8 {
    let high = (word.id() >> LOW) as u8 & ((1 << HIGH) - 1);
    high | (word.form().bits() << HIGH) as u8
}

fn top(word: RowWord) -> u8 {
    (word.id() >> (LOW + HIGH)) as u8
}

/// A stretch of a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'i> {
    low: &'i [u16],
    high: &'i [u8],
    wide: &'i [u8],
}

impl<'i> Row<'i> {
    /// Number of words.
    #[must_use]
    #[inline]
    pub fn len(self) -> usize {
        self.low.len()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.low.is_empty()
    }

    /// The word at a place.
    #[must_use]
    #[inline]
    pub fn get(self, at: usize) -> Option<RowWord> {
        let wide = self.wide.get(at).copied().unwrap_or(0);
        Some(word(*self.low.get(at)?, *self.high.get(at)?, wide))
    }

    /// The words at these places; none when they are not all there.
    #[must_use]
    #[inline]
    pub fn part(self, places: Range<usize>) -> Self {
        Self {
            low: self.low.get(places.clone()).unwrap_or_default(),
            high: self.high.get(places.clone()).unwrap_or_default(),
            wide: self.wide.get(places).unwrap_or_default(),
        }
    }

    /// Reads what stands at these places for nothing but to have it near: what lies far off in memory then
    /// comes at once and not one by one, as it would where each is decided before the next.
    pub fn fetch(self, places: impl Iterator<Item = u32>) {
        let low = |at| self.low.get(at as usize).copied().unwrap_or(0);
        std::hint::black_box(places.map(low).fold(0, |sum, low| sum ^ low));
    }

    /// Its words in order.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = RowWord> + 'i {
        let words = self.low.iter().zip(self.high).enumerate();
        words.map(move |(at, (low, high))| {
            let wide = self.wide.get(at).copied().unwrap_or(0);
            word(*low, *high, wide)
        })
    }

    /// False when the number of no word is one of `asked`; what is true may be so by mistake, for sixteen bits
    /// of the numbers are compared. Unless `plain`, words in small letters are passed over. Looks at all of them,
    /// without an early end: so a short stretch is done with vectors.
    #[must_use]
    #[inline]
    pub fn may_hold(self, asked: &Range<WordId>, plain: bool) -> bool {
        let Some(fits) = fits(asked) else {
            return true;
        };
        if plain {
            self.low.iter().fold(false, |any, low| any | fits(*low))
        } else {
            let words = self.low.iter().zip(self.high);
            words.fold(false, |any, (low, high)| {
                any | (fits(*low) & is_marked(*high))
            })
        }
    }

    /// The same of the one word at a place.
    #[must_use]
    #[inline]
    pub fn may_hold_at(self, at: usize, asked: &Range<WordId>, plain: bool) -> bool {
        let Some(low) = self.low.get(at) else {
            return false;
        };
        let fits = fits(asked).is_none_or(|fits| fits(*low));
        fits && (plain || self.high.get(at).is_some_and(|high| is_marked(*high)))
    }
}

/// Tells whether the low half of a number may be that of one of `asked`; `None` where any may.
#[inline]
fn fits(asked: &Range<WordId>) -> Option<impl Fn(u16) -> bool + use<>> {
    let start = asked.start as u16;
    let count = u16::try_from(asked.end.saturating_sub(asked.start)).ok()?;
    // Where a number is inside of the range, so is its low half inside of the low halves.
    Some(move |low: u16| low.wrapping_sub(start) < count)
}

/// Not written in small letters alone.
#[inline]
fn is_marked(high: u8) -> bool {
    high >> HIGH != PLAIN
}

#[inline]
fn number(low: u16, high: u8) -> WordId {
    u32::from(low) | u32::from(high & ((1 << HIGH) - 1)) << LOW
}

#[inline]
fn word(low: u16, high: u8, wide: u8) -> RowWord {
    let id = number(low, high) | u32::from(wide) << (LOW + HIGH);
    RowWord::new(id, Form::from_bits(u32::from(high) >> HIGH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_row_holds_its_words_however_high_their_numbers(
            ids in prop::collection::vec(prop_oneof![0..9u32, 0..1u32 << 18, 0..1u32 << 30], 0..70),
            asked in 0..9u32,
        ) {
            let form = |id: u32| Form::from_bits(id % 4);
            let words: Vec<RowWord> = ids.iter().map(|&id| RowWord::new(id, form(id))).collect();
            let mut held = Words::with_room(3);
            words.iter().for_each(|word| held.push(*word));
            prop_assert_eq!(held.all().iter().collect::<Vec<_>>(), words.clone());
            let half = words.len() / 2;
            prop_assert_eq!(held.all().part(0..half).iter().collect::<Vec<_>>(), words[..half].to_vec());
            for plain in [true, false] {
                let counts = |w: &RowWord| plain || w.form() != Form::Plain;
                let fits = |w: &RowWord| counts(w) && w.id() as u16 == asked as u16;
                prop_assert_eq!(held.all().may_hold(&(asked..asked + 1), plain), words.iter().any(fits));
                let stands = words.iter().any(|w| counts(w) && w.id() == asked);
                prop_assert!(held.all().may_hold(&(asked..asked + 70_000), plain) || !stands);
                for at in 0..=words.len() {
                    let one = held.all().part(at..(at + 1).min(words.len())).may_hold(&(asked..asked + 1), plain);
                    prop_assert_eq!(held.all().may_hold_at(at, &(asked..asked + 1), plain), one);
                }
            }
            prop_assert_eq!(held.all().get(half), words.get(half).copied());
        }

        #[test]
        fn words_are_numbered_anew_where_they_stand(ids in prop::collection::vec(0..9u32, 0..70)) {
            let mut held = Words::default();
            ids.iter().for_each(|&id| held.push(RowWord::new(id, Form::from_bits(id % 4))));
            held.renumber(&[8, 7, 6, 5, 4, 3, 2, 1, 0]);
            let expected = ids.iter().map(|&id| RowWord::new(8 - id, Form::from_bits(id % 4)));
            prop_assert_eq!(held.all().iter().collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }
}
