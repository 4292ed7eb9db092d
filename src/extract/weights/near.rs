//! Rows of weights of the features met most often, each at the one place that its hash gives.
//!
//! Layout, little endian: bits (u32, always [`BITS`]); for each of `2^bits` places a row of eight bytes: a fingerprint (u16) and
//! weights (one byte a label, 128 more than it is), all of nothing where it is empty. Of features that meet at a place the one met
//! most often has it, and the others are not here: so one read tells, of a memory small enough for the near caches, and most
//! features asked for need no other. An empty place bears the fingerprint of no feature that would be there.

use super::{MARK, MOST, Row, mark, written};
use std::iter::repeat_n;

/// Bytes of a row.
const LENGTH: usize = MARK + MOST;
/// There are `2^BITS` places, however few the rows: 128 kB, a quarter of the second cache of a small machine. That it is known beforehand spares
/// each look-up a quarter of its work.
const BITS: u32 = 14;
const PLACES: usize = 1 << BITS;

/// Rows over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Near<'b> {
    labels: usize,
    rows: &'b [[u8; LENGTH]; PLACES],
}

impl<'b> Near<'b> {
    /// Reads a table of so many labels; gives the bytes after it too.
    #[must_use]
    pub fn split(bytes: &'b [u8], labels: usize) -> Option<(Self, &'b [u8])> {
        let rest = bytes.strip_prefix(&BITS.to_le_bytes())?;
        let (rows, rest) = rest.split_at_checked(PLACES * LENGTH)?;
        let (rows, _) = rows.as_chunks().0.split_first_chunk()?;
        (labels <= MOST).then_some((Self { labels, rows }, rest))
    }

    /// How many labels a row has a weight for.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// What is at the place of this feature: a fingerprint in the lowest bytes, the weights above.
    #[inline]
    #[must_use]
    pub fn row(&self, hash: u64) -> u64 {
        let row = self.rows.get(place(hash));
        row.map_or(0, |r| u64::from_le_bytes(*r))
    }
}

/// The place of a feature.
#[inline]
fn place(hash: u64) -> usize {
    (hash >> (u64::BITS - BITS)) as usize
}

/// Writes a table from rows in the order of how often they are met; gives those without a place back.
#[must_use]
pub fn encode(labels: usize, rows: Vec<Row>) -> (Vec<u8>, Vec<Row>) {
    let mut meeting: Vec<Vec<u64>> = vec![Vec::new(); PLACES];
    for (hash, _) in &rows {
        meeting[place(*hash)].push(*hash);
    }
    // What is looked for here must not be taken for another.
    let owner = |at: usize| {
        let (first, others) = meeting[at].split_first()?;
        let told = others.iter().all(|o| mark(*o) != mark(*first));
        told.then_some(*first)
    };
    let mut places: Vec<Vec<u8>> = meeting
        .iter()
        .map(|hashes| {
            let free = (0..=u16::MAX).find(|m| hashes.iter().all(|h| mark(*h) != *m));
            written(free.unwrap_or(0), repeat_n(0, labels)).collect()
        })
        .collect();
    let mut others = Vec::new();
    for (hash, weights) in rows {
        let at = place(hash);
        if owner(at) == Some(hash) {
            places[at] = written(mark(hash), weights.into_iter()).collect();
        } else {
            others.push((hash, weights));
        }
    }
    let mut out = BITS.to_le_bytes().to_vec();
    for mut row in places {
        row.resize(LENGTH, 0);
        out.extend(row);
    }
    (out, others)
}
