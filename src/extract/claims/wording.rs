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
        .as_ref()
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
    let mut out = String::new();
    let mut at = span.begin();
    for i in words.clone() {
        let Some(word) = doc.word(i) else { break };
        let replacement = match doc.written(i) {
            "we" | "We" | "us" => Some(name.to_owned()),
            "our" | "Our" => Some(format!("{name}'s")),
            _ => None,
        };
        if let Some(new) = replacement {
            out.push_str(Span::new(at, word.span.begin()).of(doc.text));
            out.push_str(&new);
            at = word.span.finish();
        }
    }
    out.push_str(Span::new(at, span.finish()).of(doc.text));
    single_spaced(&out)
}

/// One to four noun phrases, the longest first to come: names and runs of plain words.
pub(super) fn topics(doc: &Document<'_>, words: &Range<usize>) -> Vec<String> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
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
        let text = single_spaced(span.of(doc.text));
        if end - start <= 5 && text.len() >= 4 {
            let weight =
                (end - start).min(3) * 2 + usize::from(doc.word(start).is_some_and(|w| w.capital));
            if !found.iter().any(|(_, _, t)| t.eq_ignore_ascii_case(&text)) {
                found.push((weight, start, text));
            }
        }
    }
    found.sort_by_key(|(weight, at, _)| (std::cmp::Reverse(*weight), *at));
    found.truncate(4);
    found.sort_by_key(|(_, at, _)| *at);
    found.into_iter().map(|(_, _, t)| t).collect()
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
