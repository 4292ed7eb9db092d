//! The weights of a linear model, as they lie in the binary: feature hash → one small integer a label.
//!
//! Knows neither what a feature means nor what a label is for. Nothing is unpacked: the bytes are read where
//! they are, so a model is ready at once. Made by `examples/train`, which writes with [`encode`].
//!
//! Layout, little endian: `DTW2`, labels (u32), rows (u32), buckets (u32), scale (f32), the bias of each label (i32); where
//! each bucket begins and one more (u32); the fingerprint of each row (u16); the weights of each row (one `i8` a label).
//! A feature belongs to bucket `upper half of its hash × buckets / 2³²`. Most features that a text asks for have no
//! row; those cost a look at the fingerprints of four rows that lie together, and never touch the weights.

/// Bytes before the biases.
const HEADER: usize = 20;
/// Rows in a bucket, on average.
const CROWD: usize = 4;

/// A table of weights over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'b> {
    labels: usize,
    buckets: u64,
    scale: f32,
    biases: &'b [u8],
    starts: &'b [[u8; 4]],
    marks: &'b [[u8; 2]],
    rows: &'b [u8],
}

impl<'b> Weights<'b> {
    /// Reads the header; `None` where the bytes are not a table.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let number = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at + 4)?.try_into().ok() };
        if bytes.get(..4)? != b"DTW2" {
            return None;
        }
        let labels = u32::from_le_bytes(number(4)?) as usize;
        let rows = u32::from_le_bytes(number(8)?) as usize;
        let buckets = u32::from_le_bytes(number(12)?) as usize;
        let scale = f32::from_le_bytes(number(16)?);
        let (biases, rest) = bytes
            .get(HEADER..)?
            .split_at_checked(labels.checked_mul(4)?)?;
        let (starts, rest) = rest.split_at_checked((buckets + 1).checked_mul(4)?)?;
        let (marks, weights) = rest.split_at_checked(rows.checked_mul(2)?)?;
        let fits = buckets > 0 && Some(weights.len()) == rows.checked_mul(labels);
        fits.then_some(Self {
            labels,
            buckets: buckets as u64,
            scale,
            biases,
            starts: starts.as_chunks().0,
            marks: marks.as_chunks().0,
            rows: weights,
        })
    }

    /// How many labels a row has a weight for.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
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

    /// Adds the weights of the feature `hash` to `scores`, one place a label; nothing for an unknown one.
    #[inline]
    pub fn add(&self, hash: u64, scores: &mut [i32]) {
        if let Some(row) = self.row(hash) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += i32::from(i8::from_le_bytes([*weight]));
            }
        }
    }

    /// The same for a number of labels known beforehand, and many features at once.
    #[inline]
    #[must_use]
    pub fn sum<const LABELS: usize>(&self, hashes: &[u64]) -> [i32; LABELS] {
        let mut scores = [0i32; LABELS];
        for hash in hashes {
            if let Some(row) = self.row(*hash).and_then(|r| r.first_chunk::<LABELS>()) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(i8::from_le_bytes([*weight]));
                }
            }
        }
        scores
    }

    #[inline]
    fn row(&self, hash: u64) -> Option<&'b [u8]> {
        let bucket = place(hash, self.buckets);
        let start = u32::from_le_bytes(*self.starts.get(bucket)?) as usize;
        let end = u32::from_le_bytes(*self.starts.get(bucket + 1)?) as usize;
        let wanted = (hash as u16).to_le_bytes();
        let at = start
            + self
                .marks
                .get(start..end)?
                .iter()
                .position(|m| *m == wanted)?;
        self.rows.get(at * self.labels..(at + 1) * self.labels)
    }
}

#[inline]
fn place(hash: u64, buckets: u64) -> usize {
    (((hash >> 32) * buckets) >> 32) as usize
}

/// Writes a table: `weights` holds feature hashes with one value a label (in the model's terms); values are
/// rounded to multiples of `scale`, and rows that become zero are left out.
#[must_use]
pub fn encode(labels: usize, scale: f32, biases: &[f32], weights: &[(u64, Vec<f32>)]) -> Vec<u8> {
    let round = |w: f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
    let mut kept: Vec<(u64, Vec<i8>)> = weights
        .iter()
        .map(|(hash, row)| (*hash, row.iter().map(|w| round(*w)).collect::<Vec<i8>>()))
        .filter(|(_, row)| row.iter().any(|w| *w != 0))
        .collect();
    kept.sort_unstable_by_key(|(hash, _)| *hash);
    let buckets = kept.len() / CROWD + 1;
    let mut out = b"DTW2".to_vec();
    for number in [labels, kept.len(), buckets] {
        out.extend((number as u32).to_le_bytes());
    }
    out.extend(scale.to_le_bytes());
    for label in 0..labels {
        let bias = biases.get(label).copied().unwrap_or(0.0);
        out.extend(((bias / scale).round() as i32).to_le_bytes());
    }
    for bucket in 0..=buckets {
        let start = kept.partition_point(|(hash, _)| place(*hash, buckets as u64) < bucket);
        out.extend((start as u32).to_le_bytes());
    }
    for (hash, _) in &kept {
        out.extend((*hash as u16).to_le_bytes());
    }
    for (_, row) in &kept {
        out.extend(row.iter().flat_map(|w| w.to_le_bytes()));
    }
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

/// The hash of a word's bytes (FNV-1a), for use as a value of [`feature`].
#[inline]
#[must_use]
pub fn value(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |h, b| {
        (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in proptest::collection::btree_map(0u64..u64::MAX, -3.0f32..3.0, 1..200)) {
            let rows: Vec<(u64, Vec<f32>)> = rows.into_iter().map(|(k, w)| (feature(1, k, 0), vec![w, -w])).collect();
            let bytes = encode(2, 0.05, &[1.0, 0.0], &rows);
            let weights = Weights::new(&bytes).expect("a table");
            prop_assert_eq!(weights.bias(0), 20);
            let known: Vec<u64> = rows.iter().map(|r| r.0).filter(|h| weights.row(*h).is_some()).collect();
            for (hash, row) in &rows {
                // Two features of one bucket that share a mark cannot be told apart: once in some ten thousand.
                let twins = known.iter().filter(|k| place(**k, weights.buckets) == place(*hash, weights.buckets) && **k as u16 == *hash as u16);
                if twins.count() > 1 || weights.row(*hash).is_none() {
                    prop_assert!(weights.row(*hash).is_some() || row.iter().all(|w| w.abs() <= 0.026));
                    continue;
                }
                let mut scores = [0, 0];
                weights.add(*hash, &mut scores);
                let read = scores.map(|s| s as f32 * weights.scale());
                let zero = row.iter().all(|w| w.abs() <= 0.026);
                prop_assert!(zero || (read[0] - row[0]).abs() <= 0.026 && (read[1] - row[1]).abs() <= 0.026);
            }
        }
    }

    #[test]
    fn other_bytes_are_no_table() {
        assert!(Weights::new(b"").is_none());
        assert!(Weights::new(b"DTW2\x02\0\0\0\x01\0\0\0\0\0\0\0").is_none());
        let whole = encode(1, 0.1, &[], &[(7, vec![1.0])]);
        assert!(Weights::new(&whole[..whole.len() - 1]).is_none());
    }
}
