//! The weights of a linear model, as they lie in the binary: feature hash → one small integer a label.
//!
//! Knows neither what a feature means nor what a label is for. Nothing is unpacked: the bytes are read where
//! they are, so a model is ready at once. Made by `examples/train`, which writes with [`encode`].
//!
//! Layout, little endian: `DTW3`, labels (u32), rows (u32), buckets (u32), scale (f32), the bias of each label (i32); for
//! each bucket where its rows begin (u32), a seed (u16) and how many they are (u16); each row: a fingerprint (u16)
//! and its weights (one `i8` a label). A feature belongs to bucket `upper half of its hash × buckets / 2³²`, and there
//! to the row that `slot` names: the seed is chosen so that no two rows meet ("hash, displace", Belazzougui et al.
//! 2009). So a feature costs two reads and no search, whether it is known or not.

/// Bytes before the biases.
const HEADER: usize = 20;
/// Features looked up together: so many that their reads overlap, so few that the room for them is near.
const BATCH: usize = 64;
/// Rows in a bucket, on average.
const CROWD: usize = 3;

/// A table of weights over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'b> {
    labels: usize,
    buckets: u64,
    scale: f32,
    biases: &'b [u8],
    heads: &'b [[u8; 8]],
    rows: &'b [u8],
}

impl<'b> Weights<'b> {
    /// Reads the header; `None` where the bytes are not a table.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let number = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at + 4)?.try_into().ok() };
        if bytes.get(..4)? != b"DTW3" {
            return None;
        }
        let labels = u32::from_le_bytes(number(4)?) as usize;
        let rows = u32::from_le_bytes(number(8)?) as usize;
        let buckets = u32::from_le_bytes(number(12)?) as usize;
        let scale = f32::from_le_bytes(number(16)?);
        let (biases, rest) = bytes
            .get(HEADER..)?
            .split_at_checked(labels.checked_mul(4)?)?;
        let (heads, rows_of) = rest.split_at_checked(buckets.checked_mul(8)?)?;
        let fits = buckets > 0 && Some(rows_of.len()) == rows.checked_mul(labels + MARK);
        fits.then_some(Self {
            labels,
            buckets: buckets as u64,
            scale,
            biases,
            heads: heads.as_chunks().0,
            rows: rows_of,
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

    /// The weights of these features, summed label by label; unknown ones have none. First where each would be, then which
    /// are there, then their weights: no read waits for another or for a branch, so that their ways to memory overlap.
    #[must_use]
    pub fn sum<const LABELS: usize>(&self, hashes: &[u64]) -> [i32; LABELS] {
        let mut scores = [0i32; LABELS];
        for batch in hashes.chunks(BATCH) {
            let mut heads = [0u64; BATCH];
            for (head, hash) in heads.iter_mut().zip(batch) {
                *head = self.head(*hash);
            }
            let mut places = [0usize; BATCH];
            for ((place, head), hash) in places.iter_mut().zip(heads).zip(batch) {
                *place = self.place_of(head, *hash);
            }
            let mut marks = [[0u8; MARK]; BATCH];
            for (mark, place) in marks.iter_mut().zip(places).take(batch.len()) {
                *mark = self
                    .rows
                    .get(place..)
                    .and_then(|r| r.first_chunk())
                    .copied()
                    .unwrap_or_default();
            }
            let mut known = [0usize; BATCH];
            let mut count = 0;
            for ((place, mark), hash) in places.iter().zip(marks).zip(batch) {
                if let Some(slot) = known.get_mut(count) {
                    *slot = *place + MARK;
                }
                count += usize::from(mark == (*hash as u16).to_le_bytes());
            }
            for row in known.iter().take(count) {
                let row = self
                    .rows
                    .get(*row..)
                    .and_then(|r| r.first_chunk::<LABELS>());
                for (score, weight) in scores.iter_mut().zip(row.into_iter().flatten()) {
                    *score += i32::from(i8::from_le_bytes([*weight]));
                }
            }
        }
        scores
    }

    /// The head of the bucket of this feature.
    #[inline]
    fn head(&self, hash: u64) -> u64 {
        let head = self.heads.get(place(hash, self.buckets));
        head.map_or(0, |h| u64::from_le_bytes(*h))
    }

    /// Where among the rows the one of this feature begins, if it is known.
    #[inline]
    fn place_of(&self, head: u64, hash: u64) -> usize {
        let (start, seed, rows) = (head as u32, (head >> 32) as u16, (head >> 48) as u32);
        (start + slot(hash as u16, seed, rows)) as usize * (self.labels + MARK)
    }
}

/// Bytes of a fingerprint.
const MARK: usize = 2;

/// Which of a bucket's `rows` a fingerprint belongs to.
#[inline]
fn slot(mark: u16, seed: u16, rows: u32) -> u32 {
    let mut h = (u32::from(mark) | u32::from(seed) << 16).wrapping_mul(0x9E37_79B1);
    h ^= h >> 15;
    h = h.wrapping_mul(0x85EB_CA77) >> 16;
    (h * rows) >> 16
}

/// The first seed under which `marks` all have slots of their own.
fn seed(marks: &[u16]) -> Option<u16> {
    (0..=u16::MAX).find(|seed| {
        let mut taken = 0u64;
        marks.iter().all(|mark| {
            let bit = 1 << slot(*mark, *seed, marks.len() as u32);
            let free = taken & bit == 0;
            taken |= bit;
            free
        })
    })
}

#[inline]
fn place(hash: u64, buckets: u64) -> usize {
    (((hash >> 32) * buckets) >> 32) as usize
}

/// Writes a table: `weights` holds feature hashes with one value a label (in the model's terms); values are
/// rounded to multiples of `scale`, and rows that become zero are left out. Of two features of one bucket with one
/// fingerprint (one pair in a hundred thousand) the second is left out.
#[must_use]
pub fn encode(labels: usize, scale: f32, biases: &[f32], weights: &[(u64, Vec<f32>)]) -> Vec<u8> {
    let round = |w: f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
    let mut kept: Vec<(u64, Vec<i8>)> = weights
        .iter()
        .map(|(hash, row)| (*hash, row.iter().map(|w| round(*w)).collect::<Vec<i8>>()))
        .filter(|(_, row)| row.iter().any(|w| *w != 0))
        .collect();
    // By bucket and fingerprint.
    let mut buckets = kept.len() / CROWD + 1;
    loop {
        let bucket = |hash: u64| place(hash, buckets as u64);
        kept.sort_by_key(|(hash, _)| (bucket(*hash), *hash as u16));
        kept.dedup_by_key(|(hash, _)| (bucket(*hash), *hash as u16));
        if let Some(bytes) = lay_out(labels, scale, biases, &kept, buckets) {
            return bytes;
        }
        buckets += buckets / 8 + 1;
    }
}

/// `None` where a bucket is too full to find a seed for it.
fn lay_out(
    labels: usize,
    scale: f32,
    biases: &[f32],
    kept: &[(u64, Vec<i8>)],
    buckets: usize,
) -> Option<Vec<u8>> {
    let mut out = b"DTW3".to_vec();
    for number in [labels, kept.len(), buckets] {
        out.extend((number as u32).to_le_bytes());
    }
    out.extend(scale.to_le_bytes());
    for label in 0..labels {
        let bias = biases.get(label).copied().unwrap_or(0.0);
        out.extend(((bias / scale).round() as i32).to_le_bytes());
    }
    let mut rows: Vec<u8> = Vec::with_capacity(kept.len() * (labels + MARK));
    let mut rest = kept;
    for bucket in 0..buckets {
        let size = rest.partition_point(|(hash, _)| place(*hash, buckets as u64) == bucket);
        let (mine, others) = rest.split_at(size);
        rest = others;
        let marks: Vec<u16> = mine.iter().map(|(hash, _)| *hash as u16).collect();
        let seed = seed(&marks)?;
        out.extend(((kept.len() - rest.len() - size) as u32).to_le_bytes());
        out.extend(seed.to_le_bytes());
        out.extend((size as u16).to_le_bytes());
        let mut order: Vec<&(u64, Vec<i8>)> = mine.iter().collect();
        order.sort_by_key(|(hash, _)| slot(*hash as u16, seed, size as u32));
        for (hash, row) in order {
            rows.extend((*hash as u16).to_le_bytes());
            rows.extend(row.iter().flat_map(|w| w.to_le_bytes()));
        }
    }
    out.extend(rows);
    Some(out)
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

    fn known(weights: &Weights<'_>, hash: u64) -> bool {
        let place = weights.place_of(weights.head(hash), hash);
        let mark = weights.rows.get(place..).and_then(|r| r.first_chunk());
        mark == Some(&(hash as u16).to_le_bytes())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in proptest::collection::btree_map(0u64..u64::MAX, -3.0f32..3.0, 1..200)) {
            let rows: Vec<(u64, Vec<f32>)> = rows.into_iter().map(|(k, w)| (feature(1, k, 0), vec![w, -w])).collect();
            let bytes = encode(2, 0.05, &[1.0, 0.0], &rows);
            let weights = Weights::new(&bytes).expect("a table");
            prop_assert_eq!(weights.bias(0), 20);
            let all: Vec<u64> = rows.iter().map(|r| r.0).filter(|h| known(&weights, *h)).collect();
            for (hash, row) in &rows {
                // Two features of one bucket that share a mark cannot be told apart: once in some ten thousand.
                let twins = all.iter().filter(|k| place(**k, weights.buckets) == place(*hash, weights.buckets) && **k as u16 == *hash as u16);
                if twins.count() > 1 || !known(&weights, *hash) {
                    prop_assert!(known(&weights, *hash) || row.iter().all(|w| w.abs() <= 0.026));
                    continue;
                }
                let read = weights.sum::<2>(&[*hash]).map(|s| s as f32 * weights.scale());
                let zero = row.iter().all(|w| w.abs() <= 0.026);
                prop_assert!(zero || (read[0] - row[0]).abs() <= 0.026 && (read[1] - row[1]).abs() <= 0.026);
            }
        }
    }

    #[test]
    fn other_bytes_are_no_table() {
        assert!(Weights::new(b"").is_none());
        assert!(Weights::new(b"DTW3\x02\0\0\0\x01\0\0\0\0\0\0\0").is_none());
        let whole = encode(1, 0.1, &[], &[(7, vec![1.0])]);
        assert!(Weights::new(&whole[..whole.len() - 1]).is_none());
    }
}
