//! Fuzzy matching on short fields: title, speaker, source, tag, command. The only file that knows
//! the `fuzzy-matcher` crate; `align` gives its scores for long lists.
//!
//! Measured: a subsequence match finds almost any word in a long text, so it must never be used on
//! bodies or quotes. Both sides are folded first (the crate folds ASCII case alone), the pattern is
//! split at spaces and all parts must match (the crate wants them in order), and its character
//! positions are mapped back to bytes of the field.

use super::align::Aligner;
use crate::text::Span;
use crate::text::fold::{Folded, fold};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memchr;
use memchr::memmem::Finder;

/// A field longer than this (bytes) is matched on its beginning only.
const LONGEST_FIELD: usize = 240;

/// A pattern, folded and cut into its parts; make one, use it for many fields.
#[derive(Clone, Debug)]
pub struct Fuzzy {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    text: String,
    letters: Vec<char>,
    finder: Finder<'static>,
}

/// A field that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FuzzyHit {
    /// Higher is better; comparable only under one pattern.
    pub score: i64,
    /// Bytes of the field that matched, in order, not touching.
    pub spans: Vec<Span>,
}

impl Fuzzy {
    /// A pattern as it is typed.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        let part = |text: &str| Part {
            text: text.to_owned(),
            letters: text.chars().collect(),
            finder: Finder::new(text).into_owned(),
        };
        let parts = fold(pattern).split_whitespace().map(part).collect();
        Self { parts }
    }

    /// Matches every part in `field`; `None` when one does not match. An empty pattern matches
    /// everything with score 0.
    #[must_use]
    pub fn find(&self, field: &str) -> Option<FuzzyHit> {
        let folded = Folded::new(beginning(field));
        let mut hit = FuzzyHit {
            score: 0,
            spans: Vec::new(),
        };
        for part in &self.parts {
            // A matcher of its own: what one keeps of a match raises the scores of the next, so that they would hang on the
            // order of looking; told to keep nothing, it panics (0.3.7).
            let skim = SkimMatcherV2::default();
            let (score, chars) = skim.fuzzy_indices(&folded.text, &part.text)?;
            hit.score += score;
            hit.spans
                .extend(chars.into_iter().filter_map(|n| folded.source_of_char(n)));
        }
        hit.spans.sort_unstable();
        hit.spans.dedup();
        hit.spans = joined(&hit.spans);
        Some(hit)
    }

    /// The score of a folded field, with the number of the first letter that matched.
    pub(super) fn score(&self, aligner: &mut Aligner, folded: &str) -> Option<(i64, usize)> {
        aligner.take(folded);
        let (mut score, mut first) = (0, usize::MAX);
        for part in &self.parts {
            score += i64::from(aligner.score(&part.letters)?);
            first = aligner.places().first().map_or(first, |n| first.min(*n));
        }
        Some((score, first))
    }

    /// The letters of every part stand in order in a folded field.
    pub(super) fn passes(&self, folded: &str) -> bool {
        self.parts.iter().all(|part| part.is_within(folded))
    }

    /// A folded field holds every part as it is typed.
    pub(super) fn is_held(&self, folded: &str) -> bool {
        let held = |part: &Part| part.finder.find(folded.as_bytes()).is_some();
        self.parts.iter().all(held)
    }

    /// The same parts in the same order.
    pub(super) fn is(&self, other: &Self) -> bool {
        let mut both = self.parts.iter().zip(&other.parts);
        self.parts.len() == other.parts.len() && both.all(|(own, other)| own.text == other.text)
    }

    /// Whatever passes passed `other` too.
    pub(super) fn narrows(&self, other: &Self) -> bool {
        let within = |part: &Part| self.parts.iter().any(|own| part.is_within(&own.text));
        other.parts.iter().all(within)
    }
}

impl Part {
    fn is_within(&self, folded: &str) -> bool {
        if self.text.is_ascii() {
            // No byte of another letter is one of these.
            let mut rest = folded.as_bytes();
            return self.text.bytes().all(|byte| {
                let behind = memchr(byte, rest).and_then(|at| rest.get(at + 1..));
                rest = behind.unwrap_or_default();
                behind.is_some()
            });
        }
        let mut rest = folded.chars();
        self.text.chars().all(|letter| rest.any(|c| c == letter))
    }
}

/// What of a field is matched.
pub(super) fn beginning(field: &str) -> &str {
    let cut = field.floor_char_boundary(LONGEST_FIELD);
    field.get(..cut).unwrap_or_default()
}

/// Spans that touch become one.
fn joined(spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(*span),
            _ => out.push(*span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_order_do_not_matter() {
        let field = "Pedro Sánchez on Winter Energy Aid";
        let words = |pattern: &str| -> Option<Vec<String>> {
            let hit = Fuzzy::new(pattern).find(field)?;
            Some(hit.spans.iter().map(|s| s.of(field).to_owned()).collect())
        };
        assert_eq!(words("sanchez"), Some(vec!["Sánchez".to_owned()]));
        assert_eq!(
            words("aid winter"),
            Some(vec!["Winter".to_owned(), "Aid".to_owned()])
        );
        assert_eq!(words(""), Some(vec![]));
        assert_eq!(words("zzqx"), None);
    }
}
