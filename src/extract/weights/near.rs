//! Rows of weights of the features met most often, each at the one place that its hash gives.
//!
//! Layout, little endian: bits (u32); for each of `2^bits` places a row: a fingerprint (u16, not 0) and weights (one `i8` a
//! label), all 0 where it is empty; [`MOST`] bytes of nothing, so that eight bytes can be read of any row. Of features that
//! meet at a place the one met most often has it, and the others are not here: so one read tells, of a memory small enough
//! for the near caches, and most features asked for need no other.

use super::{MARK, MOST, Row, mark, place, row};

/// Rows over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Near<'b> {
    labels: usize,
    places: usize,
    rows: &'b [u8],
}

impl<'b> Near<'b> {
    /// Reads a table of so many labels; gives the bytes after it too.
    #[must_use]
    pub fn split(bytes: &'b [u8], labels: usize) -> Option<(Self, &'b [u8])> {
        let (bits, rest) = bytes.split_first_chunk()?;
        let bits = u32::from_le_bytes(*bits);
        let places = (1..32).contains(&bits).then(|| 1usize << bits)?;
        let length = places.checked_mul(MARK + labels)?;
        let (rows, rest) = rest.split_at_checked(length.checked_add(MOST)?)?;
        let table = Self {
            labels,
            places,
            rows,
        };
        (labels <= MOST).then_some((table, rest))
    }

    /// How many labels a row has a weight for.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// What is at the place of this feature: a fingerprint in the lowest bytes, the weights above. `LABELS` must be as many
    /// as the table has.
    #[inline]
    #[must_use]
    pub fn row<const LABELS: usize>(&self, hash: u64) -> u64 {
        row::<LABELS>(self.rows, place(hash, self.places))
    }
}

/// Writes a table of `2^bits` places from rows in the order of how often they are met; gives those without a place back.
#[must_use]
pub fn encode(labels: usize, bits: u32, rows: Vec<Row>) -> (Vec<u8>, Vec<Row>) {
    let places = 1 << bits;
    let mut owners: Vec<Option<u64>> = vec![None; places];
    for (hash, _) in &rows {
        owners[place(*hash, places)].get_or_insert(*hash);
    }
    // What is looked for here must not be taken for another.
    for (hash, _) in &rows {
        let owner = &mut owners[place(*hash, places)];
        if owner.is_some_and(|o| o != *hash && mark(o) == mark(*hash)) {
            *owner = None;
        }
    }
    let length = MARK + labels;
    let mut out = bits.to_le_bytes().to_vec();
    let first = out.len();
    out.resize(first + (length << bits) + MOST, 0);
    let mut others = Vec::new();
    for (hash, weights) in rows {
        let place = place(hash, places);
        if owners[place] != Some(hash) {
            others.push((hash, weights));
            continue;
        }
        let row = out.iter_mut().skip(first + place * length);
        let weights = weights.iter().flat_map(|w| w.to_le_bytes());
        for (byte, new) in row.zip(mark(hash).to_le_bytes().into_iter().chain(weights)) {
            *byte = new;
        }
    }
    (out, others)
}
