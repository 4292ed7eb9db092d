//! Fuzzy matching on short fields: title, speaker, source, tag, command. The only file that knows
//! the `fuzzy-matcher` crate.
//!
//! Measured: a subsequence match finds almost any word in a long text, so it must never be used on
//! bodies or quotes. Both sides are folded first (the crate folds ASCII case alone), the pattern is
//! split at spaces and all parts must match (the crate wants them in order), and its character
//! positions are mapped back to bytes of the field.

use crate::text::Span;
use crate::text::fold::{Folded, fold};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// A field longer than this (bytes) is matched on its beginning only.
const LONGEST_FIELD: usize = 240;

/// A matcher; make one, use it for many fields.
#[derive(Default)]
pub struct Fuzzy {
    skim: SkimMatcherV2,
}

impl std::fmt::Debug for Fuzzy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fuzzy")
    }
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
    /// Matches every part of `pattern` in `field`; `None` when one does not match. An empty pattern
    /// matches everything with score 0.
    #[must_use]
    pub fn find(&self, pattern: &str, field: &str) -> Option<FuzzyHit> {
        let mut cut = field.len().min(LONGEST_FIELD);
        while !field.is_char_boundary(cut) {
            cut -= 1;
        }
        let folded = Folded::new(field.get(..cut)?);
        let mut hit = FuzzyHit {
            score: 0,
            spans: Vec::new(),
        };
        for part in fold(pattern).split_whitespace() {
            let (score, chars) = self.skim.fuzzy_indices(&folded.text, part)?;
            hit.score += score;
            hit.spans
                .extend(chars.into_iter().filter_map(|n| folded.source_of_char(n)));
        }
        hit.spans.sort_unstable();
        hit.spans.dedup();
        hit.spans = joined(&hit.spans);
        Some(hit)
    }
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
        let fuzzy = Fuzzy::default();
        let field = "Pedro Sánchez on Winter Energy Aid";
        let words = |pattern: &str| -> Option<Vec<String>> {
            let hit = fuzzy.find(pattern, field)?;
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
