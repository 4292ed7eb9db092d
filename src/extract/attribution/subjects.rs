//! Which words near a cue can be its source: subjects, possessors, the noun phrase of `according to`.

use crate::extract::document::{Document, Sentence, Word};
use crate::extract::lexicon::{Classes, Forms};
use crate::extract::sources;
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// Where ", who has said so," closes, when the source is a relative pronoun behind a comma.
pub(super) fn aside_end(
    doc: &Document<'_>,
    source: &Range<usize>,
    after: usize,
    end: usize,
) -> Option<usize> {
    let relative = source.len() == 1
        && doc
            .word(source.start)
            .is_some_and(|w| w.is(Classes::RELATIVE))
        && source.start > 0
        && doc.word(source.start - 1).is_some_and(Word::is_comma);
    if !relative {
        return None;
    }
    (after + 1..end).find(|&i| {
        doc.word(i)
            .is_some_and(|w| w.is_comma() && w.quotation == 0)
            && doc.word(i + 1).is_some_and(|w| w.quotation == 0)
    })
}

/// A source must not stand in somebody's marks.
pub(super) fn outside(doc: &Document<'_>, words: Option<Range<usize>>) -> Option<Range<usize>> {
    words.filter(|w| {
        w.end
            .checked_sub(1)
            .and_then(|l| doc.word(l))
            .is_some_and(|w| w.quotation == 0)
    })
}

pub(super) fn source_span(doc: &Document<'_>, words: &Range<usize>) -> Span {
    doc.span_of(words)
}

/// After "according to": the phrase, or through "a tweet by" to the name behind it.
pub(super) fn according_source(doc: &Document<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    sources::after(doc, at, end)
        .filter(|s| !norm(doc, s))
        .or_else(|| {
            let stop = sources::phrase_forward(doc, at, end);
            (stop > at && !norm(doc, &(at..stop))).then_some(at..stop)
        })
        .map(|first| {
            let by = (first.end..end.min(first.end + 5)).find(|&i| doc.reads(i, "by"));
            match by.and_then(|b| sources::after(doc, b + 1, end)) {
                Some(name) if doc.word(first.end).is_some_and(|w| !w.punctuation()) => {
                    first.start..name.end
                }
                _ => first,
            }
        })
}

/// "According to the law", "to plan": a rule that is followed and no source.
pub(super) fn norm(doc: &Document<'_>, words: &Range<usize>) -> bool {
    // The head stands before any preposition: "the law of the land".
    let last = (words.start + 1..words.end)
        .find(|&i| doc.word(i).is_some_and(|w| w.is(Classes::PREPOSITION)))
        .unwrap_or(words.end)
        .saturating_sub(1);
    doc.reads_any(
        last,
        &[
            "law",
            "laws",
            "rule",
            "rules",
            "plan",
            "schedule",
            "circumstances",
            "need",
            "needs",
            "principle",
            "principles",
            "regulations",
        ],
    )
}

/// Of "a tweet on Monday by X": X.
pub(super) fn according_head(doc: &Document<'_>, source: &Range<usize>) -> Range<usize> {
    match source.clone().find(|&i| doc.reads(i, "by")) {
        Some(by) if by + 1 < source.end => by + 1..source.end,
        _ => source.clone(),
    }
}

/// Who stands as a possessive before a noun: "Trump's claim", "his claim".
pub(super) fn possessor(doc: &Document<'_>, from: usize, noun: usize) -> Option<Range<usize>> {
    let mut at = noun.checked_sub(1)?;
    for _ in 0..4 {
        if at < from {
            return None;
        }
        let word = doc.word(at)?;
        if word.is(Classes::POSSESSIVE) && word.quotation == 0 {
            return Some(at..at + 1);
        }
        if word.kind == Kind::Possessive {
            let mut start = at;
            while start > from
                && doc.word(start - 1).is_some_and(|w| {
                    w.quotation == 0
                        && (w.capital
                            || w.is(Classes::TITLE
                                .or(Classes::OFFICE)
                                .or(Classes::PERSON_NOUN)
                                .or(Classes::DETERMINER)))
                })
            {
                start -= 1;
            }
            return (start < at).then_some(start..at);
        }
        if word.kind != Kind::Word
            || word.is(Classes::PREPOSITION
                .or(Classes::DETERMINER)
                .or(Classes::AUXILIARY))
        {
            return None;
        }
        at = at.checked_sub(1)?;
    }
    None
}

/// The subject of the sentence: what stands before its first verb.
pub(super) fn first_subject(
    doc: &Document<'_>,
    sentence: &Sentence,
    before: usize,
) -> Option<Range<usize>> {
    let start = sentence.words.start;
    (start + 1..before.min(sentence.words.end))
        .take(40)
        .find_map(|i| {
            let word = doc.word(i)?;
            let verb = word.quotation == 0
                && !word.capital
                && (word.is(Classes::AUXILIARY.or(Classes::VERB)) && word.kind == Kind::Word
                    || word
                        .verb()
                        .is_some_and(|(_, f)| f.any(Forms::PAST.or(Forms::THIRD)))
                    || (word.kind == Kind::Word
                        && word.classes == Classes::default()
                        && doc.written(i).ends_with("ed")));
            if !verb {
                return None;
            }
            outside(doc, sources::before(doc, start, i)).filter(|s| !doc.reads(s.start, "there"))
        })
}

/// Whether the attribution at the end of a clause is over at `at`.
pub(super) fn closed_hard(doc: &Document<'_>, at: usize, end: usize) -> bool {
    at >= end
        || doc
            .word(at)
            .is_some_and(|w| w.punctuation() && w.quotation == 0)
}

/// Whether the words hold something like a verb, so that they can be a content.
pub(super) fn clause_like(doc: &Document<'_>, from: usize, to: usize) -> bool {
    to - from >= 4
        && !doc
            .word(from)
            .is_some_and(|w| w.is(Classes::PREPOSITION) && !w.is(Classes::SUBORDINATOR))
        && (from..to).any(|i| {
            doc.word(i).is_some_and(|w| {
                w.quotation != 0
                    || w.is(Classes::AUXILIARY) && w.kind == Kind::Word
                    || w.verb()
                        .is_some_and(|(_, f)| f.any(Forms::PAST.or(Forms::THIRD)))
                    || doc.written(i).ends_with("ed")
            })
        })
}

/// A noun's content ends at the first pause.
pub(super) fn noun_content_end(doc: &Document<'_>, at: usize, end: usize) -> usize {
    (at..end)
        .find(|&i| {
            doc.word(i).is_some_and(|w| {
                w.quotation == 0 && w.punctuation() && matches!(w.first, b',' | b';' | b':')
            })
        })
        .unwrap_or(end)
}
