//! The skeleton of a clause: where its subject and its main verb stand.
//!
//! A clause that does not fit has no skeleton. Fronted phrases, asides in commas and relative clauses are stepped over.
//! Must not know what a claim is.

use super::document::{Document, Word};
use super::lexicon::Classes;
use super::phrases::{Finite, begins, contracted, finite, group, is, open};
use crate::text::tokens::Kind;
use std::ops::Range;

/// How far a main verb is looked for.
const REACH: usize = 60;
/// Longest phrase in commas between a subject and its verb.
const ASIDE: usize = 24;

/// Subject and main verb of a clause, as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skeleton {
    pub subject: Range<usize>,
    /// The first word of the verb group.
    pub verb: usize,
}

/// Subject and main verb of the clause in `words`, whose fronted phrases are stepped over.
pub fn skeleton(doc: &Document<'_>, words: &Range<usize>) -> Option<Skeleton> {
    let mut start = opening(doc, words);
    // "In the end, X did": the clause begins behind a comma after which a noun phrase and its verb come.
    if is(doc, start, Classes::PREPOSITION.or(Classes::SUBORDINATOR))
        && !is(doc, start, Classes::SUBJECT_PRONOUN.or(Classes::DETERMINER))
        || doc.written(start).ends_with("ing")
    {
        let behind = (start..words.end.min(start + REACH)).find_map(|i| {
            let next = opening(doc, &(i + 1..words.end));
            (pause(doc, i)
                && begins(doc, next)
                && (!is(doc, next, Classes::RELATIVE) || is(doc, next + 1, Classes::AUXILIARY)))
            .then(|| main(doc, next, words.end))
            .flatten()
        });
        if behind.is_some() {
            return behind;
        }
        start = opening(doc, &(start + 1..words.end));
    }
    // "Absent action, we have": a pronoun behind the first pause, and no verb before it.
    let first = (start + 1..words.end.min(start + 12)).find(|&i| pause(doc, i));
    if let Some(p) = first
        && is(doc, p + 1, Classes::SUBJECT_PRONOUN)
        && !is(doc, p + 1, Classes::RELATIVE)
        && (start..p).all(|i| finite(doc, i) == Finite::No)
        && !is(doc, start, Classes::SUBJECT_PRONOUN)
    {
        return main(doc, p + 1, words.end);
    }
    main(doc, start, words.end)
}

/// Whether the words hold a clause that could stand alone: a subject and a finite verb that no subordinating word or
/// preposition leads in.
pub fn stands(doc: &Document<'_>, words: &Range<usize>) -> bool {
    let start = opening(doc, words);
    let fronted = is(doc, start, Classes::PREPOSITION.or(Classes::SUBORDINATOR))
        && !is(doc, start, Classes::SUBJECT_PRONOUN.or(Classes::DETERMINER));
    skeleton(doc, words).is_some_and(|s| {
        !doc.reads(s.verb, "to") && (!fronted || (start..s.subject.start).any(|i| pause(doc, i)))
    })
}

/// Steps over marks, conjunctions, adverbs and words of time that open a clause.
fn opening(doc: &Document<'_>, words: &Range<usize>) -> usize {
    let mut at = words.start;
    while at < words.end {
        let Some(word) = doc.word(at) else { break };
        let time = word.is(Classes::TIME.or(Classes::WEEKDAY))
            && (!word.is(Classes::DETERMINER) || is(doc, at + 1, Classes::TIME));
        let owns = doc.word(at + 1).is_some_and(|w| w.kind == Kind::Possessive);
        let skipped = !owns
            && (word.punctuation()
                || word.is(Classes::CONJUNCTION)
                || (word.is(Classes::ADVERB)
                    && !word.is(Classes::DETERMINER
                        .or(Classes::PREPOSITION)
                        .or(Classes::SUBORDINATOR)))
                || time
                    && !doc
                        .word(at + 1)
                        .is_some_and(|w| w.kind == Kind::Possessive || w.is(Classes::AUXILIARY))
                || (doc.written(at).ends_with("ly")
                    && doc.word(at + 1).is_some_and(Word::is_comma))
                || called(doc, at));
        if !skipped {
            break;
        }
        at += 1;
    }
    at
}

/// A word that opens speech or calls somebody, with a comma behind it: "Well,", "Look,", "George,".
fn called(doc: &Document<'_>, at: usize) -> bool {
    let comma = doc.word(at + 1).is_some_and(Word::is_comma);
    // The comma is asked for first, for it is seldom there.
    let speech = doc.reads(at, "particularly")
        || comma
            && doc.reads_any(
                at,
                &[
                    "well",
                    "look",
                    "so",
                    "okay",
                    "yes",
                    "no",
                    "first",
                    "second",
                    "third",
                    "furthermore",
                    "hopefully",
                ],
            );
    // "Madam Chairwoman, this is": up to three capitals and a comma, then a pronoun.
    let name = (at + 1..at + 4)
        .find(|&i| doc.word(i).is_some_and(Word::is_comma))
        .is_some_and(|c| {
            (at..c).all(|i| {
                doc.word(i)
                    .is_some_and(|w| w.capital && w.kind == Kind::Word)
            }) && (is(doc, c + 1, Classes::SUBJECT_PRONOUN.or(Classes::AUXILIARY))
                || doc.reads(c + 1, "this") && is(doc, c + 2, Classes::AUXILIARY))
        });
    let aside = doc.reads(at, "i") && doc.reads(at + 1, "mean")
        || doc.reads(at, "you") && doc.reads(at + 1, "know")
        || comma && (doc.reads(at, "mean") || doc.reads(at, "know"));
    speech || name || aside
}

/// A comma, or a dash between blanks.
fn pause(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at).is_some_and(Word::is_comma) || matches!(doc.written(at), "–" | "—")
}

fn main(doc: &Document<'_>, start: usize, end: usize) -> Option<Skeleton> {
    // "encourage all parties": a bare verb and its object have no subject.
    let bare = doc
        .word(start)
        .is_some_and(|w| !w.capital && w.classes == Classes::default() && w.is_word())
        && is(doc, start + 1, Classes::DETERMINER.or(Classes::POSSESSIVE))
        && !doc.written(start).ends_with("ly");
    if bare {
        return None;
    }
    if contracted(doc, start).is_some() && start < end {
        return Some(Skeleton {
            subject: start..start + 1,
            verb: start,
        });
    }
    let mut i = start + 1;
    let mut subject_end = None;
    let mut perhaps: Option<usize> = None;
    let mut infinitive: Option<usize> = None;
    let mut faint: Option<usize> = None;
    let limit = end.min(start + REACH);
    while i < limit {
        let word = doc.word(i)?;
        if word.is_comma()
            || matches!(word.first, b'(')
            || doc.written(i) == "–"
            || doc.written(i) == "—"
        {
            if perhaps.is_some() {
                break;
            }
            subject_end.get_or_insert(i);
            // An aside in commas, or the end of the search.
            let close = (i + 1..limit.min(i + ASIDE)).find(|&j| {
                doc.word(j).is_some_and(|w| w.is_comma() || w.first == b')')
                    || matches!(doc.written(j), "–" | "—")
            });
            match close {
                Some(j) => {
                    i = j + 1;
                    // A list of subjects goes on: "A, B, and C are".
                    continue;
                }
                None => {
                    i += 1;
                    continue;
                }
            }
        }
        if word.punctuation() && matches!(word.first, b';' | b':' | b'.') {
            break;
        }
        let relative = word.is(Classes::RELATIVE)
            || is(doc, i, Classes::SUBORDINATOR) && !is(doc, i, Classes::PREPOSITION);
        if relative && perhaps.is_some() {
            break;
        }
        let pronoun = word.is(Classes::SUBJECT_PRONOUN)
            && i > start + 1
            && !is(doc, i - 1, Classes::PREPOSITION.or(Classes::CONJUNCTION))
            && !doc.word(i - 1).is_some_and(Word::punctuation);
        if pronoun || relative && word.is(Classes::RELATIVE) {
            // Over the verb of the relative clause.
            subject_end.get_or_insert(i);
            let from = if contracted(doc, i).is_some() {
                i
            } else {
                i + 1
            };
            let inner =
                (from..limit).find(|&j| j == from && from == i || finite(doc, j) != Finite::No);
            let Some(inner) = inner else { break };
            i = group(doc, inner, limit) + 1;
            continue;
        }
        // "X to do Y" has no finite verb: the infinitive carries it.
        let bare = open(doc, i + 1) || doc.reads_any(i + 1, &["be", "do", "have"]);
        if doc.reads(i, "to") && bare && !doc.word(i + 1).is_some_and(|w| w.capital) {
            infinitive.get_or_insert(i);
        }
        if infinitive == Some(i) {
            i += 2;
            continue;
        }
        match finite(doc, i) {
            Finite::Sure => {
                let from_perhaps = perhaps.filter(|_| {
                    is(doc, i, Classes::AUXILIARY) && is(doc, i - 1, Classes::SUBJECT_PRONOUN)
                });
                let verb = from_perhaps.unwrap_or(i);
                let end = subject_end.unwrap_or(match perhaps {
                    // "prisons designated today were": the participle belongs to the subject, but not to its name.
                    Some(p) if from_perhaps.is_none() && doc.written(p).ends_with("ed") => p,
                    _ => verb,
                });
                return made(doc, start, end, verb);
            }
            // A plural before a preposition is hardly a verb: "contributions to", "risks of".
            Finite::Perhaps if perhaps.is_none() && takes_object(doc, i) => perhaps = Some(i),
            Finite::Perhaps if doc.word(i + 1).is_some_and(Word::is_word) => {
                faint.get_or_insert(i);
            }
            _ => {}
        }
        if perhaps.is_some_and(|p| i > p + 8) {
            break;
        }
        i += 1;
    }
    let perhaps = perhaps.or(faint);
    if perhaps.is_none()
        && let Some(n) = infinitive
    {
        subject_end = Some(subject_end.unwrap_or(n).min(n));
    }
    let verb = match (perhaps, infinitive) {
        (Some(p), Some(n)) => p.min(n),
        (p, n) => p.or(n)?,
    };
    made(doc, start, subject_end.unwrap_or(verb).min(verb), verb)
}

/// Whether what follows can be a verb's: an object, a clause, an adverb; after a participle anything can.
fn takes_object(doc: &Document<'_>, at: usize) -> bool {
    let next = at + 1;
    if doc.reads(next, "to") && open(doc, next + 1) && !doc.written(at).ends_with("ed") {
        return doc.word(at).is_some_and(|w| w.verb().is_some());
    }
    doc.written(at).ends_with("ed")
        || !(is(
            doc,
            next,
            Classes::PREPOSITION
                .or(Classes::AUXILIARY)
                .or(Classes::CONJUNCTION),
        ) && !is(doc, next, Classes::DETERMINER.or(Classes::SUBJECT_PRONOUN))
            || doc
                .word(next)
                .is_none_or(|w| w.punctuation() || w.kind == Kind::Possessive))
}

/// The subject without adverbs at its end and what "including" leads in.
fn made(doc: &Document<'_>, start: usize, end: usize, verb: usize) -> Option<Skeleton> {
    let mut end = (start..end)
        .skip(1)
        .find(|&i| {
            doc.reads(i, "including")
                || doc.reads(i, "like")
                || is(doc, i, Classes::PREPOSITION)
                    && is(
                        doc,
                        i + 1,
                        Classes::WEEKDAY.or(Classes::MONTH).or(Classes::TIME),
                    )
        })
        .unwrap_or(end);
    while end > start + 1
        && (is(doc, end - 1, Classes::ADVERB)
            || doc.written(end - 1).ends_with("ly")
            || doc
                .word(end - 1)
                .is_some_and(|w| w.punctuation() || w.kind == Kind::Possessive))
    {
        end -= 1;
    }
    (end > start && (begins(doc, start) || doc.reads(start, "there"))).then_some(Skeleton {
        subject: start..end,
        verb,
    })
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;

    /// Subject and verb as written.
    fn parts(text: &str) -> Option<(String, String)> {
        let lexicon = Lexicon::bundled();
        let doc = Document::new(text, None, &lexicon);
        let found = skeleton(&doc, &(0..doc.words.len()))?;
        Some((
            doc.span_of(&found.subject).of(text).to_owned(),
            doc.written(found.verb).to_owned(),
        ))
    }

    #[test]
    fn subjects_end_where_the_verb_begins() {
        for (text, subject, verb) in [
            ("The airline is privately owned.", "The airline", "is"),
            (
                "The airline transports weapons across the border.",
                "The airline",
                "transports",
            ),
            (
                "Federal courts are relying on fees.",
                "Federal courts",
                "are",
            ),
            (
                "In March, the president called for a plan.",
                "the president",
                "called",
            ),
            (
                "The bank, as a large lender, employs many people.",
                "The bank",
                "employs",
            ),
            (
                "Last year the minister withdrew the bill.",
                "the minister",
                "withdrew",
            ),
            (
                "The ban on the airline is not part of a plan.",
                "The ban on the airline",
                "is",
            ),
            (
                "Many of the prisons designated today were known.",
                "Many of the prisons",
                "were",
            ),
            (
                "They\u{2019}re in charge.",
                "They\u{2019}re",
                "They\u{2019}re",
            ),
            ("Well, first, George, it was critical.", "it", "was"),
            (
                "The committee obstinately refuses to hear it.",
                "The committee",
                "refuses",
            ),
            (
                "Today\u{2019}s ceremony provides an essential reminder that violence is wrong.",
                "Today\u{2019}s ceremony",
                "provides",
            ),
            (
                "The neighbours to properly manage differences",
                "The neighbours",
                "to",
            ),
            (
                "Tunisia\u{2019}s been a strong example.",
                "Tunisia",
                "\u{2019}s",
            ),
        ] {
            assert_eq!(
                parts(text),
                Some((subject.to_owned(), verb.to_owned())),
                "{text}"
            );
        }
        assert_eq!(parts("encourage all parties to remain calm"), None);
    }
}
