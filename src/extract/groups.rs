//! What a pattern finds at the beginnings of words, with its named groups, each asked for by its name many times.
//!
//! Knows no pattern. A pattern of many ways, looked for at each byte, has the engine build thousands of states, one for each mixture
//! of ways begun at different bytes; tried where a word begins, and nowhere else, it has a few hundred, and most words end it at
//! their second letter. The library looks a name up in a map for each question; a match here has a handful of groups that took
//! part, of some fifty.

use crate::text::Span;
use regex::{CaptureLocations, Regex};

/// Where a word begins (letters and figures of ASCII), or a character of other scripts, as signs of money are, by its first byte.
fn begins(bytes: &[u8], at: usize) -> bool {
    let wordy = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    match bytes.get(at) {
        Some(b'$' | 0xC2 | 0xE2) => true,
        Some(here) if wordy(here) => at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|b| !wordy(b)),
        _ => false,
    }
}

/// What `pattern`, which must begin with `^`, finds in `text` where words begin and may be `meant`, one behind the other: the byte
/// where each begins, from which its groups count. `meant` is asked with the text from the word on.
pub fn at_words<'p, 'h>(
    pattern: &'p Regex,
    text: &'h str,
    meant: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (usize, Groups<'p, 'h>)> {
    let mut next = 0;
    // Room for groups, which a text without a word that is meant needs none of.
    let mut room = None;
    std::iter::from_fn(move || {
        while next < text.len() {
            let at = next;
            next += 1;
            if !begins(text.as_bytes(), at) {
                continue;
            }
            let rest = text.get(at..)?;
            if !meant(rest) {
                continue;
            }
            let places = room.get_or_insert_with(|| pattern.capture_locations());
            if let Some(found) = pattern.captures_read(places, rest) {
                next = at + found.len().max(1);
                return Some((at, Groups::of(pattern, rest, places)));
            }
        }
        None
    })
}

/// A match, which begins where the text did, and the groups that took part in it.
#[derive(Debug)]
pub struct Groups<'p, 'h> {
    whole: &'h str,
    named: Vec<(&'p str, Span)>,
}

impl<'p, 'h> Groups<'p, 'h> {
    /// Those of a match of `pattern` in `text`.
    fn of(pattern: &'p Regex, text: &'h str, places: &CaptureLocations) -> Self {
        let place = |group| places.get(group).map(|(from, to)| Span::new(from, to));
        let named = pattern.capture_names().enumerate();
        Self {
            whole: place(0).unwrap_or_default().of(text),
            named: named
                .filter_map(|(group, name)| Some((name?, place(group)?)))
                .collect(),
        }
    }

    /// What the whole match reads.
    pub fn whole(&self) -> &'h str {
        self.whole
    }

    /// Where in the match a group was found.
    pub fn get(&self, name: &str) -> Option<Span> {
        let found = self.named.iter().find(|(known, _)| *known == name);
        found.map(|(_, part)| *part)
    }

    /// What a group reads.
    pub fn text(&self, name: &str) -> Option<&'h str> {
        self.get(name).map(|part| part.of(self.whole))
    }

    /// Whether a group took part.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}
