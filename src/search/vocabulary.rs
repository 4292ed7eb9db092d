//! Which words of the vocabulary a typed word stands for: itself, longer words it begins, and -
//! when it occurs nowhere, or `~` asks for it - words spelt alike.

use crate::query::{Node, Query, Text, Word};
use crate::store::{Snapshot, WordIndex};
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

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

/// Corrections for every word of the query that needs them, over the whole snapshot, so that every
/// segment searches the same words.
#[must_use]
pub fn corrections(snapshot: &Snapshot, query: &Query) -> (Corrections, Vec<Correction>) {
    let indexes: Vec<Arc<_>> = snapshot
        .segments()
        .map(|(_, segment)| Arc::clone(segment))
        .collect();
    let indexes: Vec<&WordIndex> = indexes.iter().map(|segment| segment.index()).collect();
    let mut found = Corrections::new();
    let mut told = Vec::new();
    for text in texts(query) {
        for (at, word) in text.words.iter().enumerate() {
            let prefix = text.prefix && at + 1 == text.words.len();
            if found.contains_key(&word.folded)
                || !(text.fuzzy || needs_one(&indexes, word, prefix))
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
    let occurs = |index: &&WordIndex| {
        index.frequency(&word.folded) > 0 || (prefix && begins_a_word(index, &word.folded))
    };
    word.folded.chars().count() >= SHORTEST_CORRECTED
        && !word.folded.chars().any(|c| c.is_ascii_digit())
        && !indexes.iter().any(occurs)
}

fn begins_a_word(index: &WordIndex, beginning: &str) -> bool {
    [index.fields().body, index.fields().title]
        .into_iter()
        .any(|field| {
            index.searcher().segment_readers().iter().any(|reader| {
                let Ok(inverted) = reader.inverted_index(field) else {
                    return false;
                };
                let stream = inverted
                    .terms()
                    .range()
                    .ge(beginning.as_bytes())
                    .into_stream();
                stream.is_ok_and(|mut stream| {
                    stream.advance() && stream.key().starts_with(beginning.as_bytes())
                })
            })
        })
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

fn within(indexes: &[&WordIndex], word: &str, edits: u8) -> Vec<String> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for index in indexes {
        for field in [index.fields().body, index.fields().title] {
            let query = FuzzyTermQuery::new(Term::from_field_text(field, word), edits, true);
            for reader in index.searcher().segment_readers() {
                let (Ok(inverted), Ok(automaton)) =
                    (reader.inverted_index(field), query.automaton())
                else {
                    continue;
                };
                let Ok(mut stream) = inverted.terms().search(automaton).into_stream() else {
                    continue;
                };
                while stream.advance() {
                    if let Ok(near) = std::str::from_utf8(stream.key())
                        && near != word
                        && near.chars().next() == word.chars().next()
                    {
                        *found.entry(near.to_owned()).or_default() +=
                            u64::from(stream.value().doc_freq);
                    }
                }
            }
        }
    }
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(MAX_CORRECTIONS);
    found.into_iter().map(|(word, _)| word).collect()
}
