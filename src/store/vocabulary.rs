//! The distinct words of one segment, sorted, so that a word is a number, a beginning is a range of
//! numbers, and the order of numbers is the order of the alphabet.

use std::ops::Range;

/// Number of a word in the vocabulary of its segment.
pub type WordId = u32;

/// See the module. Invariant: words ascend strictly; word `n` is the bytes `ends[n-1]..ends[n]` of
/// `text`. Four bytes a word above its letters.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    text: String,
    ends: Vec<u32>,
}

impl Vocabulary {
    /// Of words that ascend strictly.
    pub(super) fn of<'w>(sorted: impl Iterator<Item = &'w str>) -> Self {
        let mut made = Self::default();
        for word in sorted {
            made.text.push_str(word);
            made.ends
                .push(u32::try_from(made.text.len()).unwrap_or(u32::MAX));
        }
        made.text.shrink_to_fit();
        made.ends.shrink_to_fit();
        made
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The word of this number, folded.
    #[must_use]
    pub fn word(&self, id: WordId) -> &str {
        let at = id as usize;
        let start = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |&end| end as usize);
        let end = self.ends.get(at).map_or(start, |&end| end as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of a folded word.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<WordId> {
        let at = self.first_from(word);
        (self.word(at) == word && (at as usize) < self.len()).then_some(at)
    }

    /// The words that begin so, the word itself included.
    #[must_use]
    pub fn beginning(&self, with: &str) -> Range<WordId> {
        let start = self.first_from(with);
        let (mut low, mut high) = (start, self.len() as WordId);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.word(middle).starts_with(with) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        start..low
    }

    /// The first word that is not before `word`.
    fn first_from(&self, word: &str) -> WordId {
        let (mut low, mut high) = (0, self.len() as WordId);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.word(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn words_and_beginnings_are_found(
            words in prop::collection::btree_set("[abé]{1,4}", 0..40),
            asked in "[abé]{0,3}",
        ) {
            let words: BTreeSet<String> = words;
            let made = Vocabulary::of(words.iter().map(String::as_str));
            for (n, word) in words.iter().enumerate() {
                prop_assert_eq!(made.find(word), Some(n as u32));
                prop_assert_eq!(made.word(n as u32), word);
            }
            prop_assert_eq!(made.find(&asked).is_some(), words.contains(&asked));
            let begun: Vec<&str> = made.beginning(&asked).map(|id| made.word(id)).collect();
            let expected: Vec<&str> = words.iter().map(String::as_str).filter(|w| w.starts_with(&asked)).collect();
            prop_assert_eq!(begun, expected);
        }
    }
}
