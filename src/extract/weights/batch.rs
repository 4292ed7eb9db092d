//! Features of several places, looked up together.
//!
//! Most of the time of a tagger went into waiting for rows of memory that is far away, and what decides that a read is needed, or
//! how many are, held up the next ones. So all features of a batch go through one step after another: among the frequent ones;
//! where the others would be; what is there. In none of the steps does a read wait for another.

use super::{MOST_FEATURES, Sums, Weights, mark};

/// Features looked up among the frequent before the others of them are gathered: a bit each.
const PART: usize = u64::BITS as usize;

/// Places with their features, and room for looking them up.
#[derive(Debug, Default)]
pub struct Batch {
    hashes: Vec<u64>,
    /// Where the features of each place end.
    ends: Vec<usize>,
    sums: Vec<Sums>,
    /// Features that are not among the frequent, with their places.
    others: Vec<(u64, u32)>,
    /// Slots where they may be, each with the place and the mark of the feature.
    slots: Vec<(u32, u32, u16)>,
}

impl Batch {
    /// Adds a place with the features that `features` lists: 256 at the most.
    #[inline]
    pub fn place(&mut self, features: impl FnOnce(&mut Vec<u64>)) {
        features(&mut self.hashes);
        self.ends.push(self.hashes.len());
    }

    /// The scores of the places, in the order in which they were added: see [`Weights::sum`]. Empties the batch.
    pub fn scores<const LABELS: usize>(
        &mut self,
        weights: &Weights<'_>,
    ) -> impl Iterator<Item = [i32; LABELS]> {
        debug_assert_eq!(LABELS, weights.labels());
        self.look_near(weights);
        self.find_slots(weights);
        let sums = self.sums.as_mut_slice();
        for (slot, place, mark) in &self.slots {
            let row = weights.far.row::<LABELS>(*slot as usize);
            if let Some(sums) = sums.get_mut(*place as usize) {
                sums.rows += u32::from(sums.add(row, *mark));
            }
        }
        self.sums.iter().map(|sums| {
            let mut scores = [0; LABELS];
            sums.onto(&mut scores);
            scores
        })
    }

    /// Looks among the frequent, and gathers what is not there.
    fn look_near(&mut self, weights: &Weights<'_>) {
        self.sums.clear();
        self.others.clear();
        let mut start = 0;
        for (place, end) in (0..).zip(self.ends.drain(..)) {
            let hashes = self.hashes.get(start..end).unwrap_or_default();
            debug_assert!(hashes.len() <= MOST_FEATURES);
            let mut sums = Sums::default();
            for part in hashes.chunks(PART) {
                // A bit for each feature, the last one lowest: set where it is not among the frequent.
                let mut others = 0u64;
                for hash in part {
                    let found = sums.add(weights.near.row(*hash), mark(*hash));
                    others = others << 1 | u64::from(!found);
                }
                sums.rows += part.len() as u32 - others.count_ones();
                while others != 0 {
                    let last = part.iter().nth_back(others.trailing_zeros() as usize);
                    self.others.extend(last.map(|hash| (*hash, place)));
                    others &= others - 1;
                }
            }
            self.sums.push(sums);
            start = end;
        }
        self.hashes.clear();
    }

    /// Finds where the others would be, and leaves out those that cannot be there: without a branch, which would be guessed wrong.
    fn find_slots(&mut self, weights: &Weights<'_>) {
        self.slots.resize(self.others.len(), (0, 0, 0));
        let slots = self.slots.as_mut_slice();
        let mut known = 0;
        for (hash, place) in &self.others {
            let (at, may_be) = weights.far.slot(*hash);
            if let Some(slot) = slots.get_mut(known) {
                *slot = (at as u32, *place, mark(*hash));
            }
            known += usize::from(may_be);
        }
        self.slots.truncate(known);
    }
}
