//! The claim restated: pronouns of the claimant resolved, and the noun phrases it speaks of.

use super::Voice;
use crate::extract::document::Document;
use crate::extract::lexicon::Classes;
use crate::model::Attributed;
use crate::text::{Span, single_spaced};
use std::ops::Range;

/// The clause with the claimant's own pronouns resolved: "we" is who speaks.
pub(super) fn normalized(doc: &Document<'_>, words: &Range<usize>, voice: &Voice<'_>) -> String {
    let span = doc.span_of(words);
    let name = voice
        .speaker
        .map(|s| s.on_behalf_of.as_deref().unwrap_or(&s.name))
        .filter(|n| !n.is_empty());
    let Some(name) = name.filter(|_| {
        matches!(
            voice.attribution,
            Attributed::Direct | Attributed::FirstPerson | Attributed::Mixed
        )
    }) else {
        return single_spaced(span.of(doc.text));
    };
    let mut out = String::with_capacity(span.len() + name.len());
    let mut at = span.begin();
    for i in words.clone() {
        let Some(word) = doc.word(i) else { break };
        let ending = match doc.written(i) {
            "we" | "We" | "us" => "",
            "our" | "Our" => "'s",
            _ => continue,
        };
        out.push_str(Span::new(at, word.span.begin()).of(doc.text));
        out.push_str(name);
        out.push_str(ending);
        at = word.span.finish();
    }
    out.push_str(Span::new(at, span.finish()).of(doc.text));
    single_spaced(&out)
}

/// A noun phrase that may be a topic.
#[derive(Debug)]
pub(super) struct Topic {
    weight: usize,
    span: Span,
}

/// One to four noun phrases, the longest first to come: names and runs of plain words. `found` is room for those that
/// they are chosen from.
pub(super) fn topics(
    doc: &Document<'_>,
    words: &Range<usize>,
    found: &mut Vec<Topic>,
) -> Vec<String> {
    found.clear();
    let mut i = words.start;
    while i < words.end && found.len() < 24 {
        let start = i;
        while i < words.end && plain(doc, i) {
            i += 1;
        }
        if i == start {
            i += 1;
            continue;
        }
        let end = i;
        let span = doc.span_of(&(start..end));
        let text = span.of(doc.text);
        if end - start <= 5 && has_four(text) {
            let weight =
                (end - start).min(3) * 2 + usize::from(doc.word(start).is_some_and(|w| w.capital));
            if !found.iter().any(|t| same(t.span.of(doc.text), text)) {
                found.push(Topic { weight, span });
            }
        }
    }
    found.sort_by_key(|t| (std::cmp::Reverse(t.weight), t.span.start));
    found.truncate(4);
    found.sort_by_key(|t| t.span.start);
    let words = |t: &Topic| single_spaced(t.span.of(doc.text));
    found.iter().map(words).collect()
}

/// Whether a text has four bytes or more once its white space is single.
fn has_four(text: &str) -> bool {
    let first = text.as_bytes().first_chunk::<4>();
    let words = text.split_whitespace().map(|w| w.len() + 1);
    first.is_some_and(|four| four.iter().all(u8::is_ascii_graphic)) || words.sum::<usize>() > 4
}

/// Whether two texts have the same words, whatever their case and what white space parts them.
fn same(a: &str, b: &str) -> bool {
    // Both begin with a word, and most with another.
    let first = |text: &str| text.bytes().next().map(|b| b.to_ascii_lowercase());
    if first(a) != first(b) {
        return false;
    }
    let (mut a, mut b) = (a.split_whitespace(), b.split_whitespace());
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x.eq_ignore_ascii_case(y) => {}
            _ => return false,
        }
    }
}

/// A word that can be part of a noun phrase.
fn plain(doc: &Document<'_>, i: usize) -> bool {
    doc.word(i).is_some_and(|w| {
        w.kind == crate::text::tokens::Kind::Word
            && !w.is(Classes::DETERMINER
                .or(Classes::PREPOSITION)
                .or(Classes::CONJUNCTION)
                .or(Classes::SUBORDINATOR)
                .or(Classes::AUXILIARY)
                .or(Classes::ADVERB)
                .or(Classes::POSSESSIVE)
                .or(Classes::PERSON_PRONOUN)
                .or(Classes::NEGATION)
                .or(Classes::RELATIVE)
                .or(Classes::SUBJECT_PRONOUN)
                .or(Classes::TIME))
            && (w.capital || w.verb().is_none())
            && !doc.written(i).ends_with("ly")
            && (w.capital || !(doc.written(i).ends_with("ing") || doc.written(i).ends_with("ed")))
    })
}
