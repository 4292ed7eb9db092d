//! Sums of what hangs on one word alone, kept from text to text, added where the word stands and beside it.
//!
//! A third of what a text is asked for hangs on a word alone: some of it where the word stands, some where it is the neighbour of
//! another. Whether it is kept changes nothing but the time. What is kept is for one table of weights, and does not know which.

use super::{Batch, Sums, batch::grow, spread};

/// Groups of features of a word: for its own place, for that of the next word, for that of the word before.
pub const PARTS: usize = 3;
/// So many sums before the first place and behind the last mean nothing: words beside them are strewn there.
pub const MARGIN: usize = 2;

/// So many keys have room.
const ROOM: usize = 1 << 13;
/// The parts in the order of the places that they are added to.
const IN_ORDER: [usize; PARTS] = [2, 0, 1];

/// Sums of the [`PARTS`] of words, by key: of keys that would have the same room, the one met last. Half a megabyte, once anything is
/// asked for.
#[derive(Debug, Default)]
pub struct Adjacent {
    kept: Vec<(u64, [Sums; PARTS])>,
    /// What has to be looked up: key, first of the three sums that it is added to, number of its first part in the batch. Only the first
    /// `unknown` are of what was asked for last; the rest is room.
    asked: Vec<(u64, u32, u32)>,
    unknown: usize,
}

impl Adjacent {
    /// Adds what is known of some words in a row to `sums`, from number `from` on. The first word stands before the first place and the
    /// last behind the last, so that there are two words, and twice the [`MARGIN`] of sums, more than places. What is not known is added
    /// to the batch and must be [learnt](Self::learn) from it: for the number of a key, none of which is 0, and of a part, `features`
    /// lists the group of features that hangs on nothing but that.
    ///
    /// What is kept is read in a row, whatever comes of it, so that no read waits for another.
    #[inline]
    pub fn ask(
        &mut self,
        keys: impl ExactSizeIterator<Item = u64>,
        from: usize,
        sums: &mut [Sums],
        batch: &mut Batch,
        mut features: impl FnMut(usize, usize, &mut Vec<u64>),
    ) {
        grow(&mut self.kept, ROOM);
        grow(&mut self.asked, self.unknown + keys.len());
        let (kept, asked) = (self.kept.as_slice(), self.asked.as_mut_slice());
        let before = self.unknown;
        let mut unknown = before;
        for (key, at) in keys.zip(from..) {
            debug_assert_ne!(key, 0, "known to be of nothing");
            let Some((known, parts)) = kept.get(spread(key, ROOM)) else {
                break;
            };
            // Without a branch, which would be guessed wrong: each is written down, and written over where it is known.
            if let Some(asked) = asked.get_mut(unknown) {
                *asked = (key, at as u32, 0);
            }
            unknown += usize::from(*known != key);
            for (sum, part) in three(sums, at).zip(IN_ORDER) {
                sum.add_if(*known == key, parts[part]);
            }
        }
        self.unknown = unknown;
        for (_, at, first) in asked.get_mut(before..unknown).unwrap_or_default() {
            *first = batch.places();
            for part in 0..PARTS {
                batch.place(|out| features(*at as usize - from, part, out));
            }
        }
    }

    /// Keeps what was unknown, and adds it too.
    pub fn learn(&mut self, found: &[Sums], sums: &mut [Sums]) {
        for (key, at, first) in self.asked.iter().take(self.unknown) {
            let found = found.get(*first as usize..).and_then(|s| s.first_chunk());
            let found = found.copied().unwrap_or_default();
            if let Some(kept) = self.kept.get_mut(spread(*key, ROOM)) {
                *kept = (*key, found);
            }
            for (sum, part) in three(sums, *at as usize).zip(IN_ORDER) {
                *sum += found[part];
            }
        }
        self.unknown = 0;
    }
}

/// The sums that the parts of a word are added to.
#[inline]
fn three(sums: &mut [Sums], at: usize) -> impl Iterator<Item = &mut Sums> {
    let three = sums.get_mut(at..at + PARTS);
    three.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::super::Weights;
    use super::super::tests::{forty, one_of_forty};
    use super::*;

    #[test]
    fn what_is_strewn_is_that_of_the_weights_whether_it_is_kept_or_not() {
        let bytes = forty();
        let weights = Weights::new(&bytes).expect("a table");
        let (mut adjacent, mut batch) = (Adjacent::default(), Batch::default());
        let part = |key: u64, part: usize| one_of_forty((key >> 20) + part as u64);
        for round in 0..3u64 {
            // More words than there is room for, some of them twice, in two rows.
            let all: Vec<u64> = (1..=ROOM as u64 + 9)
                .map(|n| (n - n % 3 + round + 1) << 20)
                .collect();
            let rows = [all.as_slice(), all.get(5..80).unwrap()];
            let mut sums = Vec::new();
            for row in rows {
                let from = sums.len();
                sums.resize(from + row.len() - 2 + 2 * MARGIN, Sums::default());
                let keys = row.iter().copied();
                adjacent.ask(keys, from, &mut sums, &mut batch, |number, of, out| {
                    out.push(part(row[number], of));
                });
            }
            adjacent.learn(batch.sums::<1>(&weights), &mut sums);
            let mut from = 0;
            for row in rows {
                for (place, words) in row.windows(3).enumerate() {
                    let hashes = [part(words[1], 0), part(words[0], 1), part(words[2], 2)];
                    let sum = sums[from + MARGIN + place].scores();
                    assert_eq!(sum, weights.sum::<1>(&hashes));
                }
                from += row.len() - 2 + 2 * MARGIN;
            }
        }
    }
}
