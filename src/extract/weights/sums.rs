//! Weights of many rows, summed.

use super::MARK;
use std::ops::AddAssign;

/// Most rows that go into one sum, whether one by one or as sums of others: so it fits 16 bits.
pub const MOST_ROWS: usize = 256;
/// What a weight of nothing is written as.
pub const NOTHING: u8 = 128;
/// Every other byte of a row's weights.
const EVEN: u64 = 0x00FF_00FF_00FF_0000;

/// Sums of weights, as these are written: four at a time, in 16 bits each, of the even bytes of rows and of the odd ones. The lowest
/// 16 bits of `even`, where rows have their mark, count the rows, and those of `odd` are of nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    even: u64,
    odd: u64,
}

impl Sums {
    /// Adds the weights of a row if it is that of the feature with this mark; whether it is. Whoever adds rows counts them.
    #[inline]
    pub fn add(&mut self, row: u64, mark: u16) -> bool {
        let same = row as u16 == mark;
        let weights = if same { row } else { 0 };
        self.even += weights & EVEN;
        self.odd += weights >> 8 & EVEN;
        same
    }

    /// Adds other sums where that is wanted, without a branch.
    #[inline]
    pub fn add_if(&mut self, wanted: bool, other: Self) {
        let mask = u64::from(wanted).wrapping_neg();
        self.even += other.even & mask;
        self.odd += other.odd & mask;
    }

    /// Counts rows that were added.
    #[inline]
    pub fn count(&mut self, rows: u16) {
        self.even += u64::from(rows);
    }

    /// The sums, label by label, in units of the weights.
    #[inline]
    #[must_use]
    pub fn scores<const LABELS: usize>(self) -> [i32; LABELS] {
        let mut scores = [0; LABELS];
        self.onto(&mut scores);
        scores
    }

    /// Adds the sums to scores that may be of more rows than go into one sum.
    #[inline]
    pub fn onto<const LABELS: usize>(self, scores: &mut [i32; LABELS]) {
        let rows = i32::from(self.even as u16);
        for (label, score) in scores.iter_mut().enumerate() {
            let byte = MARK + label;
            let lanes = [self.even, self.odd][byte % 2];
            let sum = (lanes >> (8 * (byte & !1))) as u16;
            *score += i32::from(sum) - i32::from(NOTHING) * rows;
        }
    }
}

impl AddAssign for Sums {
    /// Adds other sums: of [`MOST_ROWS`] rows in all, at the most.
    #[inline]
    fn add_assign(&mut self, other: Self) {
        self.even += other.even;
        self.odd += other.odd;
    }
}
