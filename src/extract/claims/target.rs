//! Whom or what a claim is about.
//!
//! Told by the type: who is asked, what is supported or opposed, who is blamed, with or for whom something will be
//! done; else the subject. Behind "there is" and "it is" the phrase that they stand for; behind "I think" the subject
//! of what is thought; where the claimant speaks of its own doing, what is done.

use crate::extract::document::Document;
use crate::extract::lexicon::{Classes, Signal};
use crate::extract::phrases;
use crate::extract::skeleton::{self, Skeleton};
use crate::model::ClaimType;
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// The target of the claim in `words`.
pub(super) fn target(doc: &Document<'_>, words: &Range<usize>, kind: ClaimType) -> Option<Span> {
    let found = match kind {
        ClaimType::Demand => asked(doc, words),
        ClaimType::Position | ClaimType::Expressive => faced(doc, words, kind),
        ClaimType::Threat => warned(doc, words),
        _ => None,
    }
    .or_else(|| about(doc, words, kind, 0))
    .or_else(|| phrases::phrase_behind(doc, words.start, words.end, &["in", "for", "to", "of"]))?;
    let span = doc.span_of(&found);
    // "they're": the pronoun alone.
    let last = found.end.checked_sub(1)?;
    let cut = phrases::contracted(doc, last).map_or(0, |end| doc.written(last).len() - end);
    Some(Span::new(span.begin(), span.finish() - cut))
}

/// Words of the stretch that speak for `kind` with at least weight 2, with those of the verb "call" for a demand.
fn signal(doc: &Document<'_>, words: &Range<usize>, kind: ClaimType) -> Option<usize> {
    words.clone().take(40).find(|&i| {
        doc.word(i).and_then(|w| w.entry).is_some_and(|e| {
            e.acts
                .iter()
                .any(|(s, n)| *s == Signal::Type(kind) && *n >= 2)
        }) || kind == ClaimType::Demand
            && doc.reads_any(
                i,
                &[
                    "call", "calls", "calling", "called", "ask", "asks", "asking", "need", "want",
                    "wants",
                ],
            )
    })
}

/// Who is asked: behind the verb of asking; the subject of "must"; who is addressed by name.
fn asked(doc: &Document<'_>, words: &Range<usize>) -> Option<Range<usize>> {
    let verb = signal(doc, words, ClaimType::Demand)?;
    if doc.word(verb)?.is(Classes::AUXILIARY) || doc.reads(verb, "ought") {
        return about(doc, words, ClaimType::Demand, 0);
    }
    let found = phrases::phrase_behind(
        doc,
        verb + 1,
        words.end,
        &["on", "upon", "for", "to", "that"],
    )?;
    Some(found)
}

/// What is faced: behind the verb or adjective that supports, opposes, thanks or regrets.
fn faced(doc: &Document<'_>, words: &Range<usize>, kind: ClaimType) -> Option<Range<usize>> {
    let word = signal(doc, words, kind)?;
    let over = [
        "to", "by", "about", "for", "of", "with", "at", "on", "the", "against", "toward",
        "towards", "again", "go", "out", "that", "you", "is", "are", "goes", "also",
    ];
    let plain: Vec<&str> = over.iter().copied().filter(|w| *w != "the").collect();
    let found = phrases::phrase_behind(doc, word + 1, words.end, &plain)?;
    // "concerned by actions by X": who acts.
    if doc.reads(found.end, "by") {
        return phrases::behind_preposition(
            doc,
            &(found.end..words.end.min(found.end + 12)),
            &["by"],
        )
        .or(Some(found));
    }
    // A clause follows: "troubled that X has been": its subject.
    if let Some(inner) = skeleton::skeleton(doc, &(found.start..words.end))
        && inner.subject.start == found.start
        && !doc.reads(inner.verb, "to")
    {
        return Some(inner.subject);
    }
    Some(found)
}

/// Who is warned: the subject of the condition, else of the clause.
fn warned(doc: &Document<'_>, words: &Range<usize>) -> Option<Range<usize>> {
    let condition = words
        .clone()
        .find(|&i| doc.reads(i, "if") || doc.reads(i, "unless"))?;
    let inner = skeleton::skeleton(doc, &(condition + 1..words.end))?;
    (!own(doc, &inner.subject)).then_some(inner.subject)
}

/// The claimant's own: "I", "we".
fn own(doc: &Document<'_>, subject: &Range<usize>) -> bool {
    let first = doc.written(subject.start);
    subject.len() == 1
        && (first.split(['\'', '’']).next())
            .is_some_and(|p| ["i", "we"].iter().any(|own| own.eq_ignore_ascii_case(p)))
}

fn about(
    doc: &Document<'_>,
    words: &Range<usize>,
    kind: ClaimType,
    depth: u8,
) -> Option<Range<usize>> {
    let clause = skeleton::skeleton(doc, words)?;
    let Skeleton { subject, verb } = clause;
    let last = phrases::group(doc, verb, words.end);
    if doc.reads(subject.start, "there") {
        let noun = phrases::phrase_behind(
            doc,
            verb + 1,
            words.end,
            &["be", "been", "have", "not", "no", "any", "will"],
        )?;
        let party = phrases::behind_preposition(
            doc,
            &(noun.end..words.end),
            &["in", "for", "to", "on", "against", "between"],
        );
        let near = party.filter(|p| p.start <= noun.end + 1);
        return near.or(Some(noun));
    }
    if subject.len() == 1 && doc.reads(subject.start, "it") {
        let rest = last + 1..words.end;
        let complement = rest
            .clone()
            .take(6)
            .find(|&i| doc.reads(i, "for") || doc.reads(i, "that"));
        if let Some(at) = complement
            && doc.word(verb)?.is(Classes::BE)
        {
            if doc.reads(at, "for") {
                let found = phrases::phrase_behind(doc, at + 1, words.end, &[])?;
                let stop = (found.end..words.end.min(found.end + 8)).find(|&i| doc.reads(i, "to"));
                return Some(found.start..stop.unwrap_or(found.end));
            }
            if depth < 2 {
                return about(doc, &(at + 1..words.end), kind, depth + 1);
            }
        }
    }
    let body = kind == ClaimType::Commitment && doc.word(subject.start)?.capital;
    if own(doc, &subject) || contracted(doc, &subject) || body {
        return done(doc, words, kind, &subject, verb, last, depth);
    }
    let passive = doc.word(verb)?.is(Classes::BE) && doc.written(last).ends_with("ed");
    if passive && kind == ClaimType::Accusation {
        let by = phrases::behind_preposition(doc, &(last + 1..words.end), &["by"]);
        if by.is_some() {
            return by;
        }
    }
    if kind == ClaimType::Accusation {
        return Some(doer(doc, &subject));
    }
    Some(subject)
}

fn contracted(doc: &Document<'_>, subject: &Range<usize>) -> bool {
    own(doc, &(subject.start..subject.start + 1)) && subject.len() <= 2
}

/// What the claimant speaks of when the subject is itself: the subject of the clause that is thought, the object,
/// or the party behind a preposition.
fn done(
    doc: &Document<'_>,
    words: &Range<usize>,
    kind: ClaimType,
    subject: &Range<usize>,
    verb: usize,
    last: usize,
    depth: u8,
) -> Option<Range<usize>> {
    let rest = last + 1..words.end;
    let that = rest.clone().take(4).find(|&i| doc.reads(i, "that"));
    if depth < 2
        && let Some(at) = that.or_else(|| {
            (phrases::begins(doc, rest.start)
                && skeleton::skeleton(doc, &rest).is_some_and(|s| {
                    s.subject.start == rest.start && s.subject.end < rest.start + 8
                }))
            .then_some(rest.start.checked_sub(1)?)
        })
    {
        let inner = about(doc, &(at + 1..words.end), kind, depth + 1);
        if inner.is_some() {
            return inner;
        }
    }
    let _ = verb;
    if kind == ClaimType::Commitment {
        let party = phrases::behind_preposition(doc, &rest, &["with", "across"]);
        if party.is_some() {
            return party;
        }
    }
    // Over "to" and a verb: "committed to keeping our border".
    let mut at = rest.start;
    while at < rest.end {
        let infinitive = doc.reads(at, "to")
            && doc.word(at + 1).is_some_and(|w| {
                w.kind == Kind::Word && !w.capital && !phrases::begins_phrase(doc, at + 1)
            });
        let verbal = doc.written(at).ends_with("ing");
        if infinitive {
            at += 2;
        } else if verbal
            || doc
                .word(at)
                .is_some_and(|w| w.is(Classes::ADVERB) && !w.is(Classes::DETERMINER))
        {
            at += 1;
        } else {
            break;
        }
    }
    phrases::phrase_behind(
        doc,
        at,
        words.end,
        &["to", "with", "for", "on", "about", "of", "in", "at", "by"],
    )
    .or_else(|| Some(subject.clone()))
}

/// Who acts, in a subject that names what is done: "X's response", "the X actions".
fn doer(doc: &Document<'_>, subject: &Range<usize>) -> Range<usize> {
    let possessive = subject
        .clone()
        .find(|&i| doc.word(i).is_some_and(|w| w.kind == Kind::Possessive));
    if let Some(at) = possessive {
        return subject.start..at;
    }
    let last = subject.end - 1;
    let deed = doc
        .word(last)
        .is_some_and(|w| !w.capital && w.classes == Classes::default());
    let name = (subject.start..last)
        .rev()
        .take_while(|&i| {
            doc.word(i)
                .is_some_and(|w| w.capital && w.classes == Classes::default())
        })
        .last();
    match name {
        Some(at)
            if deed
                && at > subject.start
                && doc.word(at - 1).is_some_and(|w| w.is(Classes::DETERMINER)) =>
        {
            subject.start..last
        }
        _ => subject.clone(),
    }
}
