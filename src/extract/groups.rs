//! The named groups of a match, each asked for by its name many times.
//!
//! Knows no pattern. The library looks a name up in a map for each question; a match here has a handful of groups that took part, of
//! some fifty.

use regex::{Captures, Match, Regex};

/// The groups that took part in a match.
#[derive(Debug)]
pub struct Groups<'p, 'h>(Vec<(&'p str, Match<'h>)>);

impl<'p, 'h> Groups<'p, 'h> {
    /// Those of a match of `pattern`.
    pub fn of(pattern: &'p Regex, found: &Captures<'h>) -> Self {
        let named = pattern.capture_names().zip(found.iter());
        Self(
            named
                .filter_map(|(name, part)| Some((name?, part?)))
                .collect(),
        )
    }

    /// Where a group was found.
    pub fn get(&self, name: &str) -> Option<Match<'h>> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, part)| *part)
    }

    /// What a group reads.
    pub fn text(&self, name: &str) -> Option<&'h str> {
        self.get(name).map(|part| part.as_str())
    }

    /// Whether a group took part.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}
