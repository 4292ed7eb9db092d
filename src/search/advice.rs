//! What may help when a query finds nothing: types that are none, capitals that nothing has, words
//! of a short field written with a slip. Must not change what a query finds that finds something.

use super::fuzzy::Fuzzy;
use super::vocabulary::{Correction, edits_allowed};
use crate::model::{ClaimType, QuoteKind};
use crate::query::{Field, Node, ParseError, Query};
use crate::store::{Packed, Snapshot};
use crate::text::fold::fold;
use crate::text::words::for_each_word;
use std::collections::{BTreeMap, BTreeSet};

/// Words that one slip may stand for.
const MAX_ALIKE: usize = 8;

/// The first `type:` of the query that is no type of claim, no kind of quote, and no kind of any
/// document in the snapshot, with the known name that is nearest.
#[must_use]
pub fn unknown_type(snapshot: &Snapshot, query: &Query) -> Option<ParseError> {
    let mut asked = Vec::new();
    types(query.root.as_ref()?, &mut asked);
    let names = || {
        let claims = ClaimType::ALL.iter().map(|kind| kind.name());
        claims.chain(QuoteKind::ALL.iter().map(|kind| kind.name()))
    };
    asked.retain(|(name, _)| !names().any(|known| known == *name));
    if asked.is_empty() {
        return None;
    }
    let kinds: BTreeSet<String> = (0..snapshot.len())
        .filter_map(|doc| Some(fold(snapshot.statement(doc)?.kind.as_deref()?)))
        .collect();
    asked.retain(|(name, _)| !kinds.iter().any(|kind| kind.contains(*name)));
    let (name, span) = asked.first()?;
    let all = names().chain(kinds.iter().map(String::as_str).take(20));
    let near = all
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .min()
        .filter(|(edits, known)| *edits <= 2 || known.starts_with(*name))
        .map_or(String::new(), |(_, known)| {
            format!("; did you mean `{known}`?")
        });
    let known: Vec<&str> = names().collect();
    Some(ParseError {
        message: format!(
            "no type `{name}` of claim, quote or document: {}{near}",
            known.join(", ")
        ),
        span: *span,
    })
}

fn types<'q>(node: &'q Node, out: &mut Vec<(&'q str, crate::text::Span)>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|n| types(n, out)),
        Node::Not(inner) => types(inner, out),
        Node::Field {
            field: Field::Type,
            values,
            span,
        } => out.extend(values.iter().flatten().map(|name| (name.as_str(), *span))),
        _ => {}
    }
}

/// The query with capitals and accents as if they had not been typed; `None` when it has none.
#[must_use]
pub fn without_capitals(query: &Query) -> Option<Query> {
    fn relax(node: &mut Node, changed: &mut bool) {
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter_mut().for_each(|n| relax(n, changed)),
            Node::Text(text) => {
                for word in &mut text.words {
                    *changed |= word.case || word.accent;
                    (word.case, word.accent) = (false, false);
                }
            }
            _ => {}
        }
    }
    let mut query = query.clone();
    let mut changed = false;
    if let Some(root) = &mut query.root {
        relax(root, &mut changed);
    }
    changed.then_some(query)
}

/// The query with the words of its fields that nothing has replaced by words of those fields that
/// are spelt alike; `None` when there are none.
#[must_use]
pub fn with_fields_corrected(
    snapshot: &Snapshot,
    query: &Query,
) -> Option<(Query, Vec<Correction>)> {
    let mut query = query.clone();
    let mut told = Vec::new();
    correct(snapshot, query.root.as_mut()?, &mut told);
    (!told.is_empty()).then_some((query, told))
}

fn correct(snapshot: &Snapshot, node: &mut Node, told: &mut Vec<Correction>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter_mut().for_each(|n| correct(snapshot, n, told))
        }
        Node::Field { field, values, .. } if !matches!(field, Field::Type | Field::Lang) => {
            let known = words_of(snapshot, *field);
            let before = std::mem::take(values);
            for value in before {
                values.extend(alternatives(&known, value, told));
            }
        }
        _ => {}
    }
}

/// The value itself, or the value with its first slip replaced by each word it may stand for.
fn alternatives(
    known: &BTreeMap<String, usize>,
    value: Vec<String>,
    told: &mut Vec<Correction>,
) -> Vec<Vec<String>> {
    let begins = |word: &str| {
        known
            .range(word.to_owned()..)
            .next()
            .is_some_and(|(next, _)| next.starts_with(word))
    };
    let Some(at) = value.iter().position(|word| !begins(word)) else {
        return vec![value];
    };
    let typed = value.get(at).cloned().unwrap_or_default();
    let used = alike(known, &typed);
    if used.is_empty() {
        return vec![value];
    }
    told.push(Correction {
        typed,
        used: used.clone(),
    });
    let with = |word: String| {
        let mut value = value.clone();
        value.splice(at..=at, [word]);
        value
    };
    used.into_iter().map(with).collect()
}

/// Words within the edits that a slip is allowed, else words that the letters typed abbreviate; most
/// frequent first.
fn alike(known: &BTreeMap<String, usize>, typed: &str) -> Vec<String> {
    let Some(most) = edits_allowed(typed) else {
        return Vec::new();
    };
    let same_start = |word: &str| word.chars().next() == typed.chars().next();
    let fuzzy = Fuzzy::new(typed);
    let mut found: Vec<(usize, &String)> = Vec::new();
    for edits in 1..=most + 1 {
        let fits = |word: &str| {
            if edits <= most {
                strsim::osa_distance(typed, word) <= edits
            } else {
                word.len() <= typed.len() * 2 && fuzzy.find(word).is_some()
            }
        };
        let fitting = known
            .iter()
            .filter(|(word, _)| same_start(word) && fits(word));
        found.extend(fitting.map(|(word, count)| (*count, word)));
        if !found.is_empty() {
            break;
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.truncate(MAX_ALIKE);
    found.into_iter().map(|(_, word)| word.clone()).collect()
}

/// Every word that stands in a field, folded, with how often.
fn words_of(snapshot: &Snapshot, field: Field) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let mut count = |text: &str| {
        for_each_word(text, |word, _| {
            *words.entry(word.to_owned()).or_insert(0) += 1
        });
    };
    for doc in 0..snapshot.len() {
        let Some(statement) = snapshot.statement(doc) else {
            continue;
        };
        let packed = snapshot.packed(doc);
        match field {
            Field::Title => count(&statement.title.value),
            Field::Source => statement.source.iter().for_each(|s| count(&s.value)),
            Field::Place => statement.place.iter().for_each(|p| count(&p.value)),
            Field::Tag => statement.tags.iter().for_each(|tag| count(tag)),
            Field::Speaker => {
                let Some(columns) = packed.and_then(Packed::quotes) else {
                    continue;
                };
                for quote in &columns.quotes {
                    let speaker = columns.speaker(quote.speaker);
                    speaker.iter().for_each(|s| count(s.name));
                    count(&statement.words_of(columns.source(quote)));
                }
            }
            Field::Target => {
                let Some(columns) = packed.and_then(Packed::columns) else {
                    continue;
                };
                let targets = columns.claims.iter().filter_map(|c| c.target);
                targets.for_each(|target| count(statement.words(target)));
            }
            Field::Type | Field::Lang => {}
        }
    }
    words
}
