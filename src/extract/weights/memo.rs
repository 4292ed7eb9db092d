//! Sums that were asked for before, from text to text, by what their features hang on.
//!
//! A third of what a text is asked for hangs on a word alone, and was asked of the text before. What is kept is what would be read out of the weights again: whether it is kept changes nothing but the time. A memo
//! is for one table of weights, and does not know which.

use super::{Batch, Sums, spread};

/// So many keys have a place.
const PLACES: usize = 1 << 13;

/// Sums of `PARTS` groups of features, by key: of keys that would have the same place, the one met last. 16 bytes a group and 8 a
/// key, so half a megabyte or more, once anything is kept.
#[derive(Debug)]
pub struct Memo<const PARTS: usize> {
    /// Empty until something is kept.
    kept: Vec<(u64, [Sums; PARTS])>,
    /// The keys that were asked for last.
    asked: Vec<u64>,
    /// What stood at the places of those: the answers, once what was unknown is learnt.
    answers: Vec<(u64, [Sums; PARTS])>,
    /// What has to be looked up: key, number of the answer, number of its first part in the batch.
    unknown: Vec<(u64, u32, u32)>,
}

impl<const PARTS: usize> Default for Memo<PARTS> {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            asked: Vec::new(),
            answers: Vec::new(),
            unknown: Vec::new(),
        }
    }
}

impl<const PARTS: usize> Memo<PARTS> {
    /// Forgets the answers, and nothing of what is kept.
    pub fn begin(&mut self) {
        debug_assert!(self.unknown.is_empty(), "asked, and not learnt");
        self.asked.clear();
        self.answers.clear();
    }

    /// Asks for some keys, none of them 0: their answers are numbered in their order, on from those before, from 0. What is not
    /// known is added to the batch and must be [learnt](Self::learn) from it: for the number of an answer, `features` lists one group
    /// after another of features that hang on nothing but its key.
    ///
    /// What is kept is read in a row, whatever comes of it, so that no read waits for another.
    #[inline]
    pub fn ask(
        &mut self,
        keys: impl Iterator<Item = u64>,
        batch: &mut Batch,
        mut features: impl FnMut(u32, usize, &mut Vec<u64>),
    ) {
        let before = self.asked.len();
        self.asked.extend(keys);
        let asked = self.asked.get(before..).unwrap_or_default();
        let kept = self.kept.as_slice();
        let there = |key: &u64| kept.get(spread(*key, PLACES)).copied();
        let none = (0, [Sums::default(); PARTS]);
        self.answers
            .extend(asked.iter().map(|key| there(key).unwrap_or(none)));
        let read = self.answers.get(before..).unwrap_or_default();
        // Gathered without a branch, which would be guessed wrong: each is written down, and written over where it is known.
        let first = self.unknown.len();
        self.unknown.resize(first + asked.len(), (0, 0, 0));
        let mut end = first;
        for (number, (key, (known, _))) in (before as u32..).zip(asked.iter().zip(read)) {
            if let Some(unknown) = self.unknown.get_mut(end) {
                *unknown = (*key, number, 0);
            }
            end += usize::from(known != key);
        }
        self.unknown.truncate(end);
        for (_, number, places) in self.unknown.iter_mut().skip(first) {
            *places = batch.places();
            for part in 0..PARTS {
                batch.place(|out| features(*number, part, out));
            }
        }
    }

    /// Takes what was unknown from the sums of the batch.
    pub fn learn(&mut self, sums: &[Sums]) {
        if !self.unknown.is_empty() && self.kept.is_empty() {
            self.kept.resize(PLACES, (0, [Sums::default(); _]));
        }
        for (key, number, first) in self.unknown.drain(..) {
            let found = sums.get(first as usize..).and_then(|s| s.first_chunk());
            let answer = self.answers.get_mut(number as usize);
            let kept = self.kept.get_mut(spread(key, PLACES));
            if let (Some(found), Some(answer), Some(kept)) = (found, answer, kept) {
                *answer = (key, *found);
                *kept = (key, *found);
            }
        }
    }

    /// A group of sums of an answer.
    #[inline]
    #[must_use]
    pub fn answer(&self, number: u32, part: usize) -> Sums {
        let answer = self.answers.get(number as usize);
        answer
            .and_then(|(_, a)| a.get(part))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Weights;
    use super::super::tests::{forty, one_of_forty};
    use super::*;

    #[test]
    fn an_answer_is_that_of_the_weights_whether_it_is_kept_or_not() {
        let bytes = forty();
        let weights = Weights::new(&bytes).expect("a table");
        let (mut memo, mut batch) = (Memo::<2>::default(), Batch::default());
        for round in 0..3u64 {
            memo.begin();
            // More keys than there are places, some of them twice.
            let keys = || (1..=2 * PLACES as u64).map(|n| (n - n % 3 + round + 1) << 20);
            let all: Vec<u64> = keys().collect();
            memo.ask(keys(), &mut batch, |number, part, out| {
                out.push(one_of_forty((all[number as usize] >> 20) + part as u64));
            });
            memo.learn(batch.sums::<1>(&weights));
            for (number, key) in (0..).zip(keys()) {
                for part in 0..2 {
                    let sum = weights.sum::<1>(&[one_of_forty((key >> 20) + part as u64)]);
                    assert_eq!(memo.answer(number, part).scores(), sum);
                }
            }
        }
    }
}
