//! The weights of a linear model, as they lie in the binary: feature hash → one small integer a label.
//!
//! Knows neither what a feature means nor what a label is for. Nothing is unpacked: the bytes are read where
//! they are, so a model is ready at once. Made by `examples/train`, which writes with [`encode`].
//!
//! Layout, little endian: `DTW7`, labels (u32, at most six), scale (f32), the bias of each label (i32), and two
//! tables: of the features met most often (`near`), then of the others (`table`). A text asks for the few thousand most frequent
//! features three times of four, and most of its time went into waiting for them, each alone in a line of memory: together
//! they stay in the caches.

mod added;
pub mod adjacent;
mod batch;
mod near;
mod sums;
mod table;

pub use added::Added;
pub use adjacent::Adjacent;
pub use batch::Batch;
pub use sums::{MOST_ROWS, Sums};

use near::Near;
use std::cmp::Reverse;
use table::Table;

/// Bytes before the biases.
const HEADER: usize = 12;
/// Bytes of a fingerprint.
const MARK: usize = 2;
/// Most labels of a table: a row is read as eight bytes.
const MOST: usize = 8 - MARK;

/// A table of weights over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'b> {
    scale: f32,
    biases: &'b [u8],
    near: Near<'b>,
    far: Table<'b>,
}

impl<'b> Weights<'b> {
    /// Reads the header; `None` where the bytes are not a table.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let number = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at + 4)?.try_into().ok() };
        if bytes.get(..4)? != b"DTW7" {
            return None;
        }
        let labels = u32::from_le_bytes(number(4)?) as usize;
        let scale = f32::from_le_bytes(number(8)?);
        let (biases, rest) = bytes
            .get(HEADER..)?
            .split_at_checked(labels.checked_mul(4)?)?;
        let (near, rest) = Near::split(rest, labels)?;
        let (far, rest) = Table::split(rest, labels)?;
        rest.is_empty().then_some(Self {
            scale,
            biases,
            near,
            far,
        })
    }

    /// How many labels a row has a weight for.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.near.labels()
    }

    /// What a unit of score is worth in the model's own terms (log odds for the models trained here).
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The bias of `label`, in units of score.
    #[must_use]
    pub fn bias(&self, label: usize) -> i32 {
        self.biases
            .get(4 * label..4 * label + 4)
            .and_then(|b| b.try_into().ok())
            .map_or(0, i32::from_le_bytes)
    }

    /// The weights of these features, summed label by label; unknown ones have none. `LABELS` must be as many as the table
    /// has, or the sums mean nothing. For many places there is [`Batch`].
    #[must_use]
    pub fn sum<const LABELS: usize>(&self, hashes: &[u64]) -> [i32; LABELS] {
        debug_assert_eq!(LABELS, self.labels());
        let mut scores = [0; LABELS];
        for part in hashes.chunks(MOST_ROWS) {
            let mut sums = Sums::default();
            for hash in part {
                let mut found = sums.add(self.near.row(*hash), mark(*hash));
                if !found && let (slot, true) = self.far.slot(*hash) {
                    found = sums.add(self.far.row::<LABELS>(slot), mark(*hash));
                }
                sums.count(found.into());
            }
            sums.onto(&mut scores);
        }
        scores
    }
}

/// A feature as it is trained: its hash, how often it was met, one weight a label in the model's terms.
pub type Trained = (u64, u32, Vec<f32>);
/// A feature as it is written: its hash, one weight a label.
type Row = (u64, Vec<i8>);

/// The bytes of a row: its mark, and its weights as [`Sums`] adds them.
fn written(mark: u16, weights: impl Iterator<Item = i8>) -> impl Iterator<Item = u8> {
    let weights = weights.map(|w| w.to_le_bytes()[0].wrapping_add(sums::NOTHING));
    mark.to_le_bytes().into_iter().chain(weights)
}

/// Writes the weights: values are rounded to multiples of `scale`, and rows that become zero are left out.
#[must_use]
pub fn encode(labels: usize, scale: f32, biases: &[f32], weights: &[Trained]) -> Vec<u8> {
    let round = |w: &f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
    let mut order: Vec<&Trained> = weights.iter().collect();
    order.sort_by_key(|(hash, count, _)| (Reverse(*count), *hash));
    let rows = order.into_iter().map(|(hash, _, row)| {
        let row: Vec<i8> = row.iter().map(round).collect();
        (*hash, row)
    });
    let rows = rows.filter(|(_, row)| row.iter().any(|w| *w != 0));
    let rows: Vec<Row> = rows.collect();
    let (near, far) = near::encode(labels, rows);
    let mut out = b"DTW7".to_vec();
    out.extend((labels as u32).to_le_bytes());
    out.extend(scale.to_le_bytes());
    for label in 0..labels {
        let bias = biases.get(label).copied().unwrap_or(0.0);
        out.extend(((bias / scale).round() as i32).to_le_bytes());
    }
    out.extend(near);
    out.extend(table::encode(labels, &far));
    out
}

/// The hash of a feature: which template, and two values.
#[inline]
#[must_use]
pub fn feature(template: u32, a: u64, b: u64) -> u64 {
    let mut h =
        a ^ b.rotate_left(32).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (u64::from(template) << 17);
    h = h.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    h ^= h >> 32;
    h = h.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    h ^ (h >> 29)
}

/// Two values as one of those of [`feature`]: told apart where the second is below 256.
#[inline]
#[must_use]
pub fn two(a: u64, b: u64) -> u64 {
    a << 8 | b
}

/// The same of three.
#[inline]
#[must_use]
pub fn three(a: u64, b: u64, c: u64) -> u64 {
    two(two(a, b), c)
}

/// What is kept of a hash to tell it from others.
#[inline]
#[must_use]
pub fn mark(hash: u64) -> u16 {
    hash as u16
}

/// Which of so many places a hash belongs to, by its upper half.
#[inline]
#[must_use]
pub fn place(hash: u64, places: usize) -> usize {
    (((hash >> 32) * places as u64) >> 32) as usize
}

/// The same of a key any bits of which may differ.
#[inline]
#[must_use]
pub fn spread(key: u64, places: usize) -> usize {
    place(key.wrapping_mul(0x9E37_79B9_7F4A_7C15), places)
}

/// The hash of a word's bytes (FNV-1a), for use as a value of [`feature`].
#[inline]
#[must_use]
pub fn value(bytes: &[u8]) -> u64 {
    value_of_bytes(bytes.iter().copied())
}

/// The same of bytes that lie nowhere.
#[inline]
#[must_use]
pub fn value_of_bytes(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The same of characters that are written nowhere.
#[must_use]
pub fn value_of(characters: impl Iterator<Item = char>) -> u64 {
    value_of_bytes(characters.flat_map(|c| {
        let mut room = [0; 4];
        let length = c.encode_utf8(&mut room).len();
        room.into_iter().take(length)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in proptest::collection::btree_map(0u64..u64::MAX, (0u32..99, -3.0f32..3.0), 1..200)) {
            // So few places among the frequent that some are far.
            let crowded = |hash: u64| hash & !(0x7F << 50);
            let rows: Vec<Trained> = rows.into_iter().map(|(k, (n, w))| (crowded(feature(1, k, 0)), n, vec![w, -w])).collect();
            let bytes = encode(2, 0.05, &[1.0, 0.0], &rows);
            let weights = Weights::new(&bytes).expect("a table");
            prop_assert_eq!(weights.bias(0), 20);
            for (hash, _, row) in &rows {
                let read = weights.sum::<2>(&[*hash]).map(|s| s as f32 * weights.scale());
                let right = (read[0] - row[0]).abs() <= 0.026 && (read[1] - row[1]).abs() <= 0.026;
                // Two features of one bucket that share a mark cannot be told apart: once in some ten thousand.
                let twins = rows.iter().filter(|r| r.0 as u16 == *hash as u16).count();
                prop_assert!(right || twins > 1, "{} {row:?} {read:?}", hash);
            }
            let all: Vec<u64> = rows.iter().map(|r| r.0).collect();
            let mut sum = [0; 2];
            for hash in &all {
                for (s, more) in sum.iter_mut().zip(weights.sum::<2>(&[*hash])) {
                    *s += more;
                }
            }
            prop_assert_eq!(weights.sum::<2>(&all), sum);
            // Places of different lengths, one of none.
            let mut batch = Batch::default();
            for round in 0..2 {
                let places: Vec<&[u64]> = all.chunks(70 - round).chain([&[][..]]).collect();
                places.iter().for_each(|place| batch.place(|out| out.extend_from_slice(place)));
                let together: Vec<[i32; 2]> = batch.sums::<2>(&weights).iter().map(|s| s.scores()).collect();
                let one_by_one: Vec<[i32; 2]> = places.iter().map(|p| weights.sum::<2>(p)).collect();
                prop_assert_eq!(together, one_by_one);
            }
        }
    }

    /// A table of forty features of one label, each of another weight: [`one_of_forty`].
    pub fn forty() -> Vec<u8> {
        let rows: Vec<Trained> = (0..40)
            .map(|n| (one_of_forty(n), 1, vec![(n + 1) as f32 / 40.0]))
            .collect();
        encode(1, 1.0 / 40.0, &[], &rows)
    }

    /// The feature that stands for a number.
    pub fn one_of_forty(n: u64) -> u64 {
        (n % 40 + 1) << 40 | (n % 40 + 1)
    }

    #[test]
    fn other_bytes_are_no_table() {
        assert!(Weights::new(b"").is_none());
        assert!(Weights::new(b"DTW7\x02\0\0\0\0\0\0\0\0\0\0\0\x0E\0\0\0").is_none());
        let whole = encode(1, 0.1, &[], &[(7, 1, vec![1.0])]);
        assert!(Weights::new(&whole).is_some());
        assert!(Weights::new(&whole[..whole.len() - 1]).is_none());
    }
}
