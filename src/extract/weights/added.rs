//! Sums that were asked for before, from text to text, added to what they are a part of as they are read.
//!
//! Whether it is kept changes nothing but the time. What is kept is for one table of weights, and does not know which.

use super::{Batch, Sums, batch::grow, spread};

/// Sums of groups of features, `KEYS` of them to a place, by key. So many keys have room: of those that would have the same, the one
/// met last. 24 bytes a key, so 0.2 to 0.8 MB, once anything is asked for.
#[derive(Debug, Default)]
pub struct Added<const KEYS: usize, const ROOM: usize = { 1 << 13 }> {
    kept: Vec<(u64, Sums)>,
    /// What has to be looked up: key, number of the place, number of its sums in the batch. Only the first `unknown` are of what was
    /// asked for last; the rest is room.
    asked: Vec<(u64, u32, u32)>,
    unknown: usize,
}

impl<const KEYS: usize, const ROOM: usize> Added<KEYS, ROOM> {
    /// Adds to each of `sums` what is known of its keys, none of which is 0. What is not is added to the batch and must be
    /// [learnt](Self::learn) from it: for the number of a place and a key, `features` lists the group of features that hangs on
    /// nothing but the key.
    ///
    /// What is kept is read in a row, whatever comes of it, so that no read waits for another.
    #[inline]
    pub fn ask(
        &mut self,
        keys: impl ExactSizeIterator<Item = [u64; KEYS]>,
        sums: &mut [Sums],
        batch: &mut Batch,
        mut features: impl FnMut(usize, u64, &mut Vec<u64>),
    ) {
        debug_assert_eq!(self.unknown, 0, "asked, and not learnt");
        grow(&mut self.kept, ROOM);
        grow(&mut self.asked, KEYS * keys.len());
        let (kept, asked) = (self.kept.as_slice(), self.asked.as_mut_slice());
        let mut unknown = 0;
        for ((keys, sums), place) in keys.zip(sums).zip(0..) {
            for key in keys {
                debug_assert_ne!(key, 0, "known to be of nothing");
                let (known, sum) = kept.get(spread(key, ROOM)).copied().unwrap_or_default();
                // Without a branch, which would be guessed wrong: each is written down, and written over where it is known.
                if let Some(asked) = asked.get_mut(unknown) {
                    *asked = (key, place, 0);
                }
                unknown += usize::from(known != key);
                sums.add_if(known == key, sum);
            }
        }
        self.unknown = unknown;
        for (key, place, first) in asked.iter_mut().take(unknown) {
            *first = batch.places();
            batch.place(|out| features(*place as usize, *key, out));
        }
    }

    /// Keeps what was unknown, and adds it too.
    pub fn learn(&mut self, found: &[Sums], sums: &mut [Sums]) {
        for (key, place, first) in self.asked.iter().take(self.unknown) {
            let found = found.get(*first as usize).copied().unwrap_or_default();
            if let Some(kept) = self.kept.get_mut(spread(*key, ROOM)) {
                *kept = (*key, found);
            }
            if let Some(sums) = sums.get_mut(*place as usize) {
                *sums += found;
            }
        }
        self.unknown = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Weights;
    use super::super::tests::{forty, one_of_forty};
    use super::*;

    #[test]
    fn what_is_added_is_that_of_the_weights_whether_it_is_kept_or_not() {
        let bytes = forty();
        let weights = Weights::new(&bytes).expect("a table");
        let (mut added, mut batch) = (Added::<2, 64>::default(), Batch::default());
        for round in 0..3u64 {
            // More keys than there is room for, some of them twice.
            let keys = (1..61u32)
                .map(u64::from)
                .map(|n| [(n - n % 3 + round + 1) << 20, (n + 7) << 20 | 1]);
            let feature = |key: u64| one_of_forty(key >> 20);
            let mut sums = vec![Sums::default(); 60];
            added.ask(keys.clone(), &mut sums, &mut batch, |_, key, out| {
                out.push(feature(key));
            });
            added.learn(batch.sums::<1>(&weights), &mut sums);
            for (keys, sums) in keys.zip(sums) {
                assert_eq!(sums.scores(), weights.sum::<1>(&keys.map(feature)));
            }
        }
    }
}
