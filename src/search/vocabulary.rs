//! Which words of the vocabulary a typed word stands for: itself, longer words it begins, and -
//! when it occurs nowhere, or `~` asks for it - words spelt alike.

use super::scan::How;
use crate::query::{Node, Query, Text, Word};
use crate::store::{Row, Snapshot, WordId, WordIndex};
use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

/// A word this short is never corrected: almost any other is one edit away.
const SHORTEST_CORRECTED: usize = 4;
/// From this many letters two edits are allowed.
const TWO_EDITS_FROM: usize = 8;
/// Words a slip may stand for, most frequent first.
const MAX_CORRECTIONS: usize = 12;

/// A word that was typed with a slip and what was searched instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// Words of the vocabulary, folded, most frequent first.
    pub used: Vec<String>,
}

/// For each corrected word (folded): what it stands for.
pub type Corrections = BTreeMap<String, Vec<String>>;

/// What one typed word stands for in one segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The word itself.
    pub exact: Option<WordId>,
    /// Longer words that begin with it; empty unless it may be a beginning.
    pub longer: Range<WordId>,
    /// Words spelt alike.
    pub alike: Vec<WordId>,
    /// The word itself and the longer ones: those stand right behind it in the vocabulary.
    begun: Range<WordId>,
}

impl Terms {
    /// Looks the word up; `prefix` when it may be the beginning of a longer one.
    #[must_use]
    pub fn of(word: &str, prefix: bool, corrections: &Corrections, index: &WordIndex) -> Self {
        let vocabulary = index.vocabulary();
        let exact = vocabulary.find(word);
        let begun = match (prefix, exact) {
            (true, _) => vocabulary.beginning(word),
            (false, Some(word)) => word..word + 1,
            (false, None) => 0..0,
        };
        let alike = corrections.get(word).into_iter().flatten();
        Self {
            exact,
            longer: begun.start + u32::from(exact.is_some())..begun.end,
            alike: alike.filter_map(|word| vocabulary.find(word)).collect(),
            begun,
        }
    }

    /// The one word it stands for; `None` when there are others or none.
    #[must_use]
    pub fn only(&self) -> Option<WordId> {
        self.exact
            .filter(|_| self.longer.is_empty() && self.alike.is_empty())
    }

    /// False where none of the words it stands for is in the stretch, or, unless `plain`, in small letters alone;
    /// what is true may be so by mistake.
    #[must_use]
    #[inline]
    pub fn may_stand_in(&self, stretch: Row<'_>, plain: bool) -> bool {
        !self.alike.is_empty() || stretch.may_hold(&self.begun, plain)
    }

    /// The same of the one place `at` of the row.
    #[must_use]
    #[inline]
    pub fn may_stand_at(&self, row: Row<'_>, at: usize, plain: bool) -> bool {
        !self.alike.is_empty() || row.may_hold_at(at, &self.begun, plain)
    }

    /// False when no word is one of both.
    #[must_use]
    pub fn shares(&self, other: &Self) -> bool {
        let (a, b) = (&self.begun, &other.begun);
        let begun = a.start < b.end && b.start < a.end;
        // Words spelt alike are not looked through: there may be one.
        begun || !self.alike.is_empty() || !other.alike.is_empty()
    }

    /// How the word of this number matches.
    #[must_use]
    #[inline]
    pub fn how(&self, word: WordId) -> Option<How> {
        if self.begins(word) {
            let itself = self.exact == Some(word);
            Some(if itself { How::Exact } else { How::Prefix })
        } else if !self.alike.is_empty() && self.alike.contains(&word) {
            Some(How::Alike)
        } else {
            None
        }
    }

    #[inline]
    fn begins(&self, word: WordId) -> bool {
        word.wrapping_sub(self.begun.start) < self.begun.end - self.begun.start
    }

    /// Calls `each` with the places in `row` of the words it stands for, ascending, until that says to
    /// stop. Most stretches of a row hold none, and are passed over several words at once; unless `plain`, so
    /// are many that hold them in small letters alone.
    pub fn each_in(
        &self,
        row: Row<'_>,
        plain: bool,
        mut each: impl FnMut(usize, How) -> ControlFlow<()>,
    ) {
        const STRETCH: usize = 64;
        for from in (0..row.len()).step_by(STRETCH) {
            let stretch = row.part(from..row.len().min(from + STRETCH));
            if self.may_stand_in(stretch, plain) {
                for (at, word) in stretch.iter().enumerate() {
                    if let Some(how) = self.how(word.id())
                        && each(from + at, how).is_break()
                    {
                        return;
                    }
                }
            }
        }
    }

    /// Entries in the postings of all of them.
    #[must_use]
    pub fn frequency(&self, index: &WordIndex) -> usize {
        let alike = self.alike.iter().map(|&word| index.frequency(word));
        self.exact.map_or(0, |word| index.frequency(word))
            + index.frequency_of_all(self.longer.clone())
            + alike.sum::<usize>()
    }
}

/// Corrections for every word of the query that needs them, over the whole snapshot, so that every
/// segment searches the same words.
#[must_use]
pub fn corrections(snapshot: &Snapshot, query: &Query) -> (Corrections, Vec<Correction>) {
    let indexes: Vec<&WordIndex> = snapshot.segments().map(|(_, s)| s.index()).collect();
    let mut found = Corrections::new();
    let mut told = Vec::new();
    for text in texts(query) {
        for (at, word) in text.words.iter().enumerate() {
            let prefix = text.prefix && at + 1 == text.words.len();
            if found.contains_key(&word.folded)
                || !(text.fuzzy || !query.as_typed && needs_one(&indexes, word, prefix))
            {
                continue;
            }
            let used = spelt_alike(&indexes, &word.folded);
            if !used.is_empty() {
                told.push(Correction {
                    typed: word.typed.clone(),
                    used: used.clone(),
                });
                found.insert(word.folded.clone(), used);
            }
        }
    }
    (found, told)
}

/// All texts, those that must not occur left out: a slip there should not exclude more.
fn texts(query: &Query) -> Vec<&Text> {
    match &query.root {
        Some(Node::Not(_)) | None => Vec::new(),
        Some(_) => query.texts(),
    }
}

/// True when the word, and any longer word if it may be a beginning, occurs nowhere. A word that
/// was typed with a capital is as typed on purpose only if it occurs.
fn needs_one(indexes: &[&WordIndex], word: &Word, prefix: bool) -> bool {
    let none = Corrections::new();
    edits_allowed(&word.folded).is_some()
        && !indexes
            .iter()
            .any(|index| Terms::of(&word.folded, prefix, &none, index).frequency(index) > 0)
}

/// How many edits a slip in this word may take; `None` when it is never corrected.
pub fn edits_allowed(word: &str) -> Option<usize> {
    let letters = word.chars().count();
    let corrected = letters >= SHORTEST_CORRECTED && !word.chars().any(|c| c.is_ascii_digit());
    corrected.then_some(if letters >= TWO_EDITS_FROM { 2 } else { 1 })
}

/// Words one edit away (two for long words, if none is one away), most frequent first, then by name.
fn spelt_alike(indexes: &[&WordIndex], word: &str) -> Vec<String> {
    let most = if word.chars().count() >= TWO_EDITS_FROM {
        2
    } else {
        1
    };
    (1..=most)
        .map(|edits| within(indexes, word, edits))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// Words with the same first letter that so many edits make of `word`; two letters that changed
/// places are one.
fn within(indexes: &[&WordIndex], word: &str, edits: u8) -> Vec<String> {
    static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    let builder = if edits == 1 { &ONE } else { &TWO };
    let automaton = builder
        .get_or_init(|| LevenshteinAutomatonBuilder::new(edits, true))
        .build_dfa(word);
    let first: String = word.chars().take(1).collect();
    let longest = word.len() + 4 * usize::from(edits);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for index in indexes {
        let vocabulary = index.vocabulary();
        for id in vocabulary.beginning(&first) {
            let near = vocabulary.word(id);
            if near.len() <= longest
                && near != word
                && matches!(automaton.eval(near), Distance::Exact(_))
            {
                *found.entry(near).or_default() += index.frequency(id);
            }
        }
    }
    let mut found: Vec<(&str, usize)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    found.truncate(MAX_CORRECTIONS);
    found.into_iter().map(|(word, _)| word.to_owned()).collect()
}
