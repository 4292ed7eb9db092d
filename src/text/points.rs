//! Byte offsets to Unicode code points and back, for the edge of the program (JSON, annotations).
//! Inside, everything counts bytes; must not be used to index a string.

/// Bytes between two checkpoints: 4 bytes of memory for each. Fewer than 256, see [`starts`].
const STRIDE: usize = 128;

/// Turns byte offsets of one text into code-point offsets in constant time for ASCII text and
/// in at most 128 steps otherwise.
#[derive(Debug)]
pub struct PointIndex<'t> {
    text: &'t str,
    /// Code points before byte `STRIDE * i`; empty when the text is ASCII.
    before: Vec<u32>,
}

impl<'t> PointIndex<'t> {
    /// Counts `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0u32;
            for (chunk, bytes) in text.as_bytes().chunks(STRIDE).enumerate() {
                debug_assert_eq!(before.len(), chunk);
                before.push(count);
                count += starts(bytes);
            }
            before.push(count);
        }
        Self { text, before }
    }

    /// Code points before byte `at`; `at` past the end counts the whole text.
    #[must_use]
    pub fn points(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.before.is_empty() {
            return at;
        }
        let chunk = at / STRIDE;
        let rest = self.text.as_bytes().get(chunk * STRIDE..at).unwrap_or(&[]);
        (self.before.get(chunk).copied().unwrap_or(0) + starts(rest)) as usize
    }

    /// The byte offset of code point `point`; a point past the end gives the length of the text.
    #[must_use]
    pub fn byte(&self, point: usize) -> usize {
        if self.before.is_empty() {
            return point.min(self.text.len());
        }
        let chunk = self
            .before
            .partition_point(|&n| (n as usize) <= point)
            .saturating_sub(1);
        let mut left = point - self.before.get(chunk).copied().unwrap_or(0) as usize;
        let from = chunk * STRIDE;
        for (offset, &byte) in self.text.as_bytes().iter().enumerate().skip(from) {
            if is_start(byte) {
                if left == 0 {
                    return offset;
                }
                left -= 1;
            }
        }
        self.text.len()
    }
}

/// True for a byte that begins a code point.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// Code points that begin in at most [`STRIDE`] bytes. The sum of so few fits a byte, which lets many be added at once.
fn starts(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .map(|&b| u8::from(is_start(b)))
        .fold(0u8, u8::wrapping_add)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_boundary_maps_there_and_back(text in "\\PC{0,80}", repeat in 1usize..80) {
            let text = text.repeat(repeat);
            let index = PointIndex::new(&text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.points(byte), point);
                prop_assert_eq!(index.byte(point), byte);
            }
            prop_assert_eq!(index.points(text.len()), text.chars().count());
            prop_assert_eq!(index.byte(text.chars().count()), text.len());
        }
    }
}
