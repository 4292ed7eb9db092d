//! What one of several ways to write something finds at the beginnings of words, with its named groups, each asked for by its name
//! many times.
//!
//! Knows no way. Many ways, looked for at each byte, have the engine build thousands of states, one for each mixture of ways begun at
//! different bytes; tried where a word begins, and nowhere else, they have a few hundred, and most words end them at their second
//! letter. They are so many patterns and not one of so many parts: so the fast engine tells which it was and where it ends, and the one
//! that finds groups has that way alone to go. The library looks a name up in a map for each question; a way has a handful of groups.

use crate::text::Span;
use regex_automata::meta::{Config, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, PatternID};

/// Ways to write something, the one meant before others first.
#[derive(Debug)]
pub struct Ways(Regex);

impl Ways {
    /// `None` where one is no pattern. Blanks in them are for the reader alone (`(?x)`).
    #[must_use]
    pub fn new(ways: &[String]) -> Option<Self> {
        let ways: Vec<String> = ways.iter().map(|way| format!("(?x){way}")).collect();
        // Nothing is looked for further on, so what would find it soon is not made.
        let config = Config::new().auto_prefilter(false);
        let regex = Regex::builder().configure(config).build_many(&ways);
        regex.ok().map(Self)
    }
}

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

/// What `ways` find in `text` where words begin and may be `meant`, one behind the other: the byte where each begins, from which its
/// groups count. `meant` is asked with the text from the word on.
pub fn at_words<'w, 'h>(
    ways: &'w Ways,
    text: &'h str,
    meant: impl Fn(&str) -> bool,
) -> impl Iterator<Item = (usize, Groups<'w, 'h>)> {
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
            let found = room.get_or_insert_with(|| ways.0.create_captures());
            let here = Input::new(rest).anchored(Anchored::Yes);
            ways.0.search_captures(&here, found);
            if let Some(way) = found.pattern() {
                let groups = Groups::of(ways, way, rest, found);
                next = at + groups.whole.len().max(1);
                return Some((at, groups));
            }
        }
        None
    })
}

/// A match, which begins where the text did, and the groups that took part in it.
#[derive(Debug)]
pub struct Groups<'w, 'h> {
    whole: &'h str,
    named: Vec<(&'w str, Span)>,
}

impl<'w, 'h> Groups<'w, 'h> {
    /// Those of a match of one of the ways in `text`.
    fn of(ways: &'w Ways, way: PatternID, text: &'h str, found: &Captures) -> Self {
        let place = |group| found.get_group(group).map(|s| Span::new(s.start, s.end));
        let names = ways.0.group_info().pattern_names(way).enumerate();
        Self {
            whole: place(0).unwrap_or_default().of(text),
            named: names
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
