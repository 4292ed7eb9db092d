//! A stretch of text as byte offsets. Must not know what the stretch means.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A half-open stretch `start..end` of some text, in **bytes** of its UTF-8 form.
///
/// Offsets are `u32`: the loader refuses a statement of 4 GiB or more long before that.
/// The text is not held here; [`Span::of`] reads it back.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. Offsets past 4 GiB saturate; `end < start` gives an empty span.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX).max(start);
        Self { start, end }
    }

    /// First byte as an index.
    #[must_use]
    pub fn begin(self) -> usize {
        self.start as usize
    }

    /// One past the last byte as an index.
    #[must_use]
    pub fn finish(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// The same as a standard range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.begin()..self.finish()
    }

    /// The words of `text` it covers; the empty string where it does not fit `text`
    /// (out of range, or not on a character boundary), so that a wrong span never panics.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// True when every byte of `other` is in `self`.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when `at` (bytes) lies inside.
    #[must_use]
    pub fn holds(self, at: usize) -> bool {
        self.begin() <= at && at < self.finish()
    }

    /// True when the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// `self` without white space at either end, in `text`.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Span {
        let words = self.of(text);
        let lead = words.len() - words.trim_start().len();
        Span::new(
            self.begin() + lead,
            self.begin() + lead + words.trim().len(),
        )
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}
