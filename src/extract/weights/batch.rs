//! Features of several places, looked up together.
//!
//! Most of the time of a tagger went into waiting for rows of memory that is far away, and what decides that a read is needed, or
//! how many are, held up the next ones. So all features of a batch go through one step after another: among the frequent ones;
//! where the others would be; what is there. In none of the steps does a read wait for another.

use super::{MOST_ROWS, Sums, Weights, mark};

/// Places with their features, and room for looking them up.
#[derive(Debug, Default)]
pub struct Batch {
    hashes: Vec<u64>,
    /// Where the features of each place end.
    ends: Vec<usize>,
    sums: Vec<Sums>,
    /// Room for features that are not among the frequent, place by place.
    others: Vec<u64>,
    /// Where those of each place end.
    other_ends: Vec<usize>,
    /// Room for the slots where they may be, each with the place and the mark of the feature.
    slots: Vec<(u32, u32, u16)>,
    /// What is there.
    rows: Vec<u64>,
}

impl Batch {
    /// How many places it has: the number of the next.
    #[inline]
    #[must_use]
    pub fn places(&self) -> u32 {
        self.ends.len() as u32
    }

    /// Adds a place with the features that `features` lists, [`MOST_ROWS`] at the most.
    #[inline]
    pub fn place(&mut self, features: impl FnOnce(&mut Vec<u64>)) {
        features(&mut self.hashes);
        self.ends.push(self.hashes.len());
    }

    /// What the weights of each place sum to, by their numbers, until the next place is added: see [`Weights::sum`]. Empties the
    /// batch. `LABELS` must be as many as the weights have.
    pub fn sums<const LABELS: usize>(&mut self, weights: &Weights<'_>) -> &[Sums] {
        debug_assert_eq!(LABELS, weights.labels());
        self.look_near(weights);
        let known = self.find_slots(weights);
        let slots = self.slots.get(..known).unwrap_or_default();
        self.rows.clear();
        let row = |(slot, ..): &(u32, u32, u16)| weights.far.row::<LABELS>(*slot as usize);
        self.rows.extend(slots.iter().map(row));
        let sums = self.sums.as_mut_slice();
        for (row, (_, place, mark)) in self.rows.iter().zip(slots) {
            if let Some(sums) = sums.get_mut(*place as usize) {
                let found = sums.add(*row, *mark);
                sums.count(found.into());
            }
        }
        sums
    }

    /// Looks among the frequent, and gathers what is not there. Each feature is written down, and written over by the next where it
    /// was found, so that no branch is guessed wrong.
    fn look_near(&mut self, weights: &Weights<'_>) {
        self.sums.clear();
        self.other_ends.clear();
        grow(&mut self.others, self.hashes.len());
        let others = self.others.as_mut_slice();
        let (mut start, mut unknown) = (0, 0);
        for end in self.ends.drain(..) {
            let hashes = self.hashes.get(start..end).unwrap_or_default();
            debug_assert!(hashes.len() <= MOST_ROWS);
            let mut sums = Sums::default();
            let known_before = start - unknown;
            for hash in hashes {
                if let Some(other) = others.get_mut(unknown) {
                    *other = *hash;
                }
                let found = sums.add(weights.near.row(*hash), mark(*hash));
                unknown += usize::from(!found);
            }
            sums.count((end - unknown - known_before) as u16);
            self.sums.push(sums);
            self.other_ends.push(unknown);
            start = end;
        }
        self.hashes.clear();
    }

    /// Finds where the others would be, and leaves out those that cannot be there, again without a branch; how many are left.
    fn find_slots(&mut self, weights: &Weights<'_>) -> usize {
        let unknown = self.other_ends.last().copied().unwrap_or_default();
        grow(&mut self.slots, unknown);
        let slots = self.slots.as_mut_slice();
        let (mut start, mut known) = (0, 0);
        for (place, end) in (0..).zip(&self.other_ends) {
            for hash in self.others.get(start..*end).unwrap_or_default() {
                let (at, may_be) = weights.far.slot(*hash);
                if let Some(slot) = slots.get_mut(known) {
                    *slot = (at as u32, place, mark(*hash));
                }
                known += usize::from(may_be);
            }
            start = *end;
        }
        known
    }
}

/// Makes room for so many, which are to be written over.
pub(super) fn grow<T: Default + Clone>(room: &mut Vec<T>, length: usize) {
    if room.len() < length {
        room.resize(length, T::default());
    }
}
