//! What else a claim holds: a number, a cause, a condition, a law it rests on.
//!
//! Told by the phrases of `facets.txt` in one pass over the claim, and by the numbers and dates already found.

use crate::model::{ClaimType, Facet, FoundDate, FoundNumber};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::LazyLock;

struct Phrases {
    finder: Option<AhoCorasick>,
    /// The facet of each pattern.
    facets: Vec<Facet>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    let mut facets = Vec::new();
    for (head, line) in super::lexicon::sectioned(include_str!("../../assets/lexicon/facets.txt")) {
        if let Some(facet) = Facet::from_name(head) {
            phrases.push(line);
            facets.push(facet);
        }
    }
    Phrases {
        finder: AhoCorasick::builder()
            .ascii_case_insensitive(true)
            // Some fifty short phrases: a step a byte, for less than a megabyte.
            .kind(Some(AhoCorasickKind::DFA))
            .build(phrases)
            .ok(),
        facets,
    }
});

/// The facets of a claim, in the order of [`Facet::ALL`].
pub fn facets(
    text: &str,
    kind: ClaimType,
    numbers: &[FoundNumber],
    dates: &[FoundDate],
) -> Vec<Facet> {
    let mut found = Vec::new();
    let mut add = |facet: Facet| {
        if !found.contains(&facet) {
            found.push(facet);
        }
    };
    if !numbers.is_empty() {
        add(Facet::Numeric);
    }
    if !dates.is_empty() {
        add(Facet::Temporal);
    }
    if kind == ClaimType::Causal {
        add(Facet::Causal);
    }
    if let Some(finder) = &PHRASES.finder {
        for hit in finder.find_overlapping_iter(text) {
            let before = text.get(..hit.start()).and_then(|t| t.chars().next_back());
            let after = text.get(hit.end()..).and_then(|t| t.chars().next());
            let whole = !before.is_some_and(char::is_alphanumeric)
                && !after.is_some_and(char::is_alphanumeric);
            if whole && let Some(facet) = PHRASES.facets.get(hit.pattern().as_usize()) {
                add(*facet);
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words() {
        let of = |text: &str| facets(text, ClaimType::Fact, &[], &[]);
        assert_eq!(
            of("If the law fails, more than half leave because of it"),
            [
                Facet::Comparison,
                Facet::Causal,
                Facet::Conditional,
                Facet::LegalBasis
            ]
        );
        assert_eq!(of("The lawn is life"), []);
    }

    #[test]
    fn every_section_is_a_facet() {
        let file = include_str!("../../assets/lexicon/facets.txt");
        for (head, _) in super::super::lexicon::sectioned(file) {
            assert!(Facet::from_name(head).is_some(), "{head}");
        }
    }
}
