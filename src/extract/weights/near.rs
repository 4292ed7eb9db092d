//! Rows of weights of the features met most often, each at the one place that its hash gives.
//!
//! Layout, little endian: bits (u32); for each of `2^bits` places a row of eight bytes: a fingerprint (u16) and weights (one
//! byte a label, 128 more than it is), all of nothing where it is empty. Of features that meet at a place the one met most often
//! has it, and the others are not here: so one read tells, of a memory small enough for the near caches, and most features
//! asked for need no other. An empty place bears the fingerprint of no feature that would be there.

use super::{MARK, MOST, Row, mark, written};
use std::iter::repeat_n;

/// Bytes of a row.
const LENGTH: usize = MARK + MOST;

/// Rows over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Near<'b> {
    labels: usize,
    bits: u32,
    rows: &'b [[u8; LENGTH]],
}

impl<'b> Near<'b> {
    /// Reads a table of so many labels; gives the bytes after it too.
    #[must_use]
    pub fn split(bytes: &'b [u8], labels: usize) -> Option<(Self, &'b [u8])> {
        let (bits, rest) = bytes.split_first_chunk()?;
        let bits = u32::from_le_bytes(*bits);
        let places = (1..32).contains(&bits).then(|| 1usize << bits)?;
        let (rows, rest) = rest.split_at_checked(places.checked_mul(LENGTH)?)?;
        let table = Self {
            labels,
            bits,
            rows: rows.as_chunks().0,
        };
        (labels <= MOST).then_some((table, rest))
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
        let row = self.rows.get(place(hash, self.bits));
        row.map_or(0, |r| u64::from_le_bytes(*r))
    }
}

/// The place of a feature among `2^bits`.
#[inline]
fn place(hash: u64, bits: u32) -> usize {
    (hash >> (u64::BITS - bits)) as usize
}

/// Writes a table of `2^bits` places from rows in the order of how often they are met; gives those without a place back.
#[must_use]
pub fn encode(labels: usize, bits: u32, rows: Vec<Row>) -> (Vec<u8>, Vec<Row>) {
    let mut meeting: Vec<Vec<u64>> = vec![Vec::new(); 1 << bits];
    for (hash, _) in &rows {
        meeting[place(*hash, bits)].push(*hash);
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
        let at = place(hash, bits);
        if owner(at) == Some(hash) {
            places[at] = written(mark(hash), weights.into_iter()).collect();
        } else {
            others.push((hash, weights));
        }
    }
    let mut out = bits.to_le_bytes().to_vec();
    for mut row in places {
        row.resize(LENGTH, 0);
        out.extend(row);
    }
    (out, others)
}
