//! Rows of weights by feature hash, where each is found in one read of a large memory.
//!
//! Layout, little endian: slots (u32), buckets (u32); a seed (u8) for each bucket; for each slot a row: a fingerprint (u16) and
//! weights (one byte a label, 128 more than it is), all of nothing where it is empty; [`MOST`] bytes of nothing, so that eight
//! bytes can be read of any row. A feature belongs to bucket `upper half of its hash × buckets / 2³²`, and with the seed of
//! that to a slot of the whole table. Seeds are chosen, bucket by bucket from the fullest on, so that no two rows meet ("compress, hash,
//! displace", Belazzougui et al. 2009). So a feature costs two reads and no search, whether it is known or not; and the first
//! is of a table small enough for the near caches.

use super::{MARK, MOST, Row, mark, place, written};
use std::iter::repeat_n;

/// Rows in a bucket, on average: more, and a byte would not hold the seeds.
const CROWD: usize = 2;
/// Slots for so many rows are one more than those: room to choose from until the last.
const FULL: usize = 7;

/// Rows over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Table<'b> {
    slots: usize,
    seeds: &'b [u8],
    rows: &'b [u8],
}

impl<'b> Table<'b> {
    /// Reads a table of so many labels; gives the bytes after it too.
    #[must_use]
    pub fn split(bytes: &'b [u8], labels: usize) -> Option<(Self, &'b [u8])> {
        let (slots, rest) = bytes.split_first_chunk()?;
        let (buckets, rest) = rest.split_first_chunk()?;
        let [slots, buckets] = [*slots, *buckets].map(|n| u32::from_le_bytes(n) as usize);
        let (seeds, rest) = rest.split_at_checked(buckets)?;
        let length = slots.checked_mul(MARK + labels)?;
        let (rows, rest) = rest.split_at_checked(length.checked_add(MOST)?)?;
        let table = Self { slots, seeds, rows };
        (labels <= MOST).then_some((table, rest))
    }

    /// In which slot the row of this feature would be.
    #[inline]
    #[must_use]
    pub fn slot(&self, hash: u64) -> usize {
        let bucket = place(hash, self.seeds.len());
        let seed = self.seeds.get(bucket).copied().unwrap_or(0);
        slot(hash, seed, self.slots)
    }

    /// What is in a slot: a fingerprint in the lowest bytes, the weights above. `LABELS` must be as many as the table has.
    #[inline]
    #[must_use]
    pub fn row<const LABELS: usize>(&self, slot: usize) -> u64 {
        const { assert!(LABELS <= MOST) };
        // Rows of eight bytes need one check where others need two.
        let row = if LABELS == MOST {
            self.rows.as_chunks().0.get(slot)
        } else {
            let rest = self.rows.get(slot * (MARK + LABELS)..);
            rest.and_then(|r| r.first_chunk())
        };
        row.map_or(0, |r| u64::from_le_bytes(*r))
    }
}

#[inline]
fn slot(hash: u64, seed: u8, slots: usize) -> usize {
    let mixed = hash ^ u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    place(mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93), slots)
}

/// Writes a table of these rows; their hashes must differ.
#[must_use]
pub fn encode(labels: usize, rows: &[Row]) -> Vec<u8> {
    let (mut slots, mut buckets) = (rows.len() + rows.len() / FULL + 1, rows.len() / CROWD + 1);
    loop {
        if let Some(bytes) = lay_out(labels, rows, slots, buckets) {
            return bytes;
        }
        slots += slots / 16 + 1;
        buckets += buckets / 16 + 1;
    }
}

/// `None` where no seed is right for a bucket.
fn lay_out(labels: usize, rows: &[Row], slots: usize, buckets: usize) -> Option<Vec<u8>> {
    let mut crowds: Vec<Vec<usize>> = vec![Vec::new(); buckets];
    for (row, (hash, _)) in rows.iter().enumerate() {
        crowds[place(*hash, buckets)].push(row);
    }
    let mut order: Vec<usize> = (0..buckets).collect();
    order.sort_by_key(|bucket| std::cmp::Reverse(crowds[*bucket].len()));
    let mut seeds = vec![0u8; buckets];
    let mut taken: Vec<Option<usize>> = vec![None; slots];
    for bucket in order {
        let crowd = &crowds[bucket];
        let places = |seed: u8| {
            let place = |row: &usize| slot(rows[*row].0, seed, slots);
            crowd.iter().map(place).collect::<Vec<usize>>()
        };
        let free = |places: &[usize]| {
            let own = |(n, place): (usize, &usize)| {
                taken[*place].is_none() && !places[..n].contains(place)
            };
            places.iter().enumerate().all(own)
        };
        let mut tried = (0..=u8::MAX).map(|seed| (seed, places(seed)));
        let (seed, places) = tried.find(|(_, places)| free(places))?;
        seeds[bucket] = seed;
        for (row, place) in crowd.iter().zip(places) {
            taken[place] = Some(*row);
        }
    }
    let mut out = Vec::new();
    for number in [slots, buckets] {
        out.extend((number as u32).to_le_bytes());
    }
    out.extend(seeds);
    for row in taken {
        match row.map(|row| &rows[row]) {
            Some((hash, weights)) => out.extend(written(mark(*hash), weights.iter().copied())),
            None => out.extend(written(0, repeat_n(0, labels))),
        }
    }
    out.extend([0; MOST]);
    Some(out)
}
