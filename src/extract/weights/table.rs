//! Rows of weights by feature hash, where each is found in one read of a large memory.
//!
//! Layout, little endian: slots (u32), buckets (u32); for each bucket a seed (u8) and a filter (u8); for each slot a row: a
//! fingerprint (u16) and weights (one byte a label, 128 more than it is), all of nothing where it is empty; [`MOST`] bytes of
//! nothing, so that eight bytes can be read of any row. A feature belongs to bucket `upper half of its hash × buckets / 2³²`, and
//! with the seed of that to a slot of the whole table. Seeds are chosen, bucket by bucket from the fullest on, so that no two rows
//! meet ("compress, hash, displace", Belazzougui et al. 2009). So a feature costs two reads and no search; the first is of a table
//! small enough for the near caches. The filter has one bit of eight set for each row of the bucket: of four features that are not
//! known three cost no second read, which nearly always goes to far memory.

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
    buckets: &'b [[u8; 2]],
    rows: &'b [u8],
}

impl<'b> Table<'b> {
    /// Reads a table of so many labels; gives the bytes after it too.
    #[must_use]
    pub fn split(bytes: &'b [u8], labels: usize) -> Option<(Self, &'b [u8])> {
        let (slots, rest) = bytes.split_first_chunk()?;
        let (buckets, rest) = rest.split_first_chunk()?;
        let [slots, buckets] = [*slots, *buckets].map(|n| u32::from_le_bytes(n) as usize);
        let (buckets, rest) = rest.split_at_checked(buckets.checked_mul(2)?)?;
        let length = slots.checked_mul(MARK + labels)?;
        let (rows, rest) = rest.split_at_checked(length.checked_add(MOST)?)?;
        let buckets = buckets.as_chunks().0;
        let table = Self {
            slots,
            buckets,
            rows,
        };
        (labels <= MOST).then_some((table, rest))
    }

    /// In which slot the row of this feature would be, and whether it can be there.
    #[inline]
    #[must_use]
    pub fn slot(&self, hash: u64) -> (usize, bool) {
        let bucket = place(hash, self.buckets.len());
        let [seed, filter] = self.buckets.get(bucket).copied().unwrap_or_default();
        (slot(hash, seed, self.slots), filter & sieve(hash) != 0)
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

/// The bit of a filter that a feature sets, by what neither its place nor its mark is made of.
#[inline]
fn sieve(hash: u64) -> u8 {
    1 << (hash >> u16::BITS & 7)
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
    for (seed, crowd) in seeds.iter().zip(&crowds) {
        let filter = crowd.iter().fold(0, |set, row| set | sieve(rows[*row].0));
        out.extend([*seed, filter]);
    }
    for row in taken {
        match row.map(|row| &rows[row]) {
            Some((hash, weights)) => out.extend(written(mark(*hash), weights.iter().copied())),
            None => out.extend(written(0, repeat_n(0, labels))),
        }
    }
    out.extend([0; MOST]);
    Some(out)
}
