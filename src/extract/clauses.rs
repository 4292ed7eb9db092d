//! Cutting a content into the clauses that can be claims.
//!
//! Finds where a clause could be parted from the next; whether it is, depends on what each does
//! (`acts`). Must not know who speaks.

use super::document::Document;
use super::lexicon::{Classes, Forms};
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// Words of the body from byte to byte.
pub fn words_in(doc: &Document<'_>, span: Span) -> Range<usize> {
    let [begin, end] = [span.begin(), span.finish()].map(|at| doc.word_at(at));
    begin..end.max(begin)
}

/// The places where `words` could be parted: (end of the left part, begin of the right part).
pub fn seams(doc: &Document<'_>, words: &Range<usize>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut i = words.start + 2;
    while i + 2 < words.end {
        let Some(word) = doc.word(i) else { break };
        if word.first == b';' && word.punctuation() {
            let next =
                i + 1 + usize::from(doc.word(i + 1).is_some_and(|w| w.is(Classes::CONJUNCTION)));
            if finite_clause(doc, next, words.end) || performs(doc, next, words.end) {
                out.push((i, next));
            }
        } else if word.is_comma()
            && (doc.reads(i + 1, "and") || doc.reads(i + 1, "but") || doc.reads(i + 1, "so"))
            && (finite_clause(doc, i + 2, words.end) || performs(doc, i + 2, words.end))
            && !lists(doc, words.start, i)
        {
            out.push((i, i + 2));
            i += 1;
        } else if (doc.reads(i, "and") || doc.reads(i, "but"))
            && (subject_pronoun(doc, i + 1) && finite_clause(doc, i + 1, words.end)
                || performs(doc, i + 1, words.end)
                || word_before_closes_quote(doc, i) && finite_clause(doc, i + 1, words.end))
        {
            out.push((i, i + 1));
        }
        i += 1;
    }
    out
}

/// Whether the comma at `at` closes a member of a list: a bare noun phrase stands between it and the comma before.
fn lists(doc: &Document<'_>, from: usize, at: usize) -> bool {
    let before = (from..at)
        .rev()
        .find(|&i| doc.word(i).is_some_and(super::document::Word::is_comma));
    before.is_some_and(|b| super::phrases::noun_phrase(doc, b + 1, at) == at)
}

fn word_before_closes_quote(doc: &Document<'_>, at: usize) -> bool {
    at > 0
        && doc.word(at - 1).is_some_and(|w| w.quotation != 0)
        && doc.word(at).is_some_and(|w| w.quotation == 0)
}

fn subject_pronoun(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at)
        .is_some_and(|w| w.is(Classes::SUBJECT_PRONOUN) && !w.is(Classes::RELATIVE))
}

/// Whether a subject and a finite verb follow.
pub fn finite_clause(doc: &Document<'_>, at: usize, end: usize) -> bool {
    super::skeleton::skeleton(doc, &(at..end)).is_some_and(|s| {
        let near = s.subject.start <= at + 8 && s.verb < at + 24;
        // "and other countries have": a clause; "and is still": a second verb of the same subject.
        let second = doc.word(at).is_some_and(|w| w.is(Classes::AUXILIARY))
            && super::phrases::contracted(doc, at).is_none()
            || doc.word(at).is_some_and(|w| {
                w.verb().is_some() && !w.capital && !w.is(Classes::SUBJECT_PRONOUN)
            });
        let first = doc
            .word(at)
            .is_some_and(|w| w.is(Classes::RELATIVE) && !w.is(Classes::DETERMINER));
        near && !second && !first && !doc.reads(s.verb, "to") && !doc.reads(at, "to")
    })
}

/// Whether the words hold a predicate at all and are not a bare noun phrase.
pub fn predicates(doc: &Document<'_>, words: &Range<usize>) -> bool {
    words.clone().any(|i| {
        main_verb(doc, i)
            || doc.word(i).is_some_and(|w| {
                w.kind == Kind::Word
                    && !w.capital
                    && i > words.start
                    && (doc.word(i - 1).is_some_and(|p| {
                        p.is(Classes::SUBJECT_PRONOUN) && !p.is(Classes::RELATIVE)
                    }) || w
                        .verb()
                        .is_some_and(|(_, f)| f.any(Forms::THIRD.or(Forms::PAST)))
                        || (w.classes == Classes::default()
                            && doc.written(i).ends_with('s')
                            && doc
                                .word(i - 1)
                                .is_some_and(|p| p.capital || p.is(Classes::SUBJECT_PRONOUN))))
            })
    })
}

/// An auxiliary, or a past or third-person form.
fn main_verb(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at).is_some_and(|w| {
        w.kind == Kind::Word
            && !w.capital
            && (w.is(Classes::AUXILIARY.or(Classes::VERB))
                || w.verb().is_some_and(|(_, f)| {
                    f.any(Forms::PAST.or(Forms::THIRD)) && !f.any(Forms::BASE)
                })
                || (w.classes == Classes::default() && doc.written(at).ends_with("ed")))
    })
}

/// Whether a bare verb that performs an act stands here: "and [we] encourage all parties".
pub fn performs(doc: &Document<'_>, at: usize, end: usize) -> bool {
    at < end
        && doc.word(at).is_some_and(|w| {
            !w.capital
                && w.verb().is_some_and(|(_, f)| f.any(Forms::BASE))
                && w.entry.is_some_and(|e| {
                    e.acts.iter().any(|(s, weight)| {
                        matches!(s, super::lexicon::Signal::Type(_)) && *weight >= 2
                    })
                })
        })
        && !at.checked_sub(1).is_some_and(|b| {
            doc.reads(b, "to") || doc.word(b).is_some_and(|w| w.is(Classes::POSSESSIVE))
        })
}

/// The words without a leading "that", conjunction or mark and without closing punctuation.
pub fn trimmed(doc: &Document<'_>, words: Range<usize>) -> Range<usize> {
    let (mut begin, mut end) = (words.start, words.end);
    while begin < end
        && doc.word(begin).is_some_and(|w| {
            (w.punctuation() && !matches!(w.first, b'$' | b'(' | b'[' | b'#' | b'@'))
                || (doc.reads(begin, "that")
                    && doc
                        .word(begin + 1)
                        .is_some_and(|n| !n.is(Classes::AUXILIARY))
                    && begin + 1 < end
                    && super::skeleton::skeleton(doc, &(begin..end))
                        .is_none_or(|s| s.subject != (begin..begin + 1)))
        })
    {
        begin += 1;
    }
    while end > begin
        && doc
            .word(end - 1)
            .is_some_and(|w| w.punctuation() && !matches!(w.first, b')' | b'%' | b']' | b'$'))
    {
        end -= 1;
    }
    begin..end
}

/// Coordinated parts: what follows the first verb of a list of verbs of the same form.
pub fn atoms(doc: &Document<'_>, words: &Range<usize>) -> Vec<Span> {
    // "has been A-ing x, B-ing y, and C-ing z"; "to A x, B y, and C z".
    let ing = |i: usize| {
        doc.word(i).is_some_and(|w| {
            w.kind == Kind::Word
                && !w.capital
                && doc.written(i).len() > 4
                && doc.written(i).ends_with("ing")
        })
    };
    let after_break = |i: usize| {
        i > words.start
            && (doc
                .word(i - 1)
                .is_some_and(|w| w.is_comma() || doc.reads(i - 1, "and") || doc.reads(i - 1, "or")))
    };
    let starts: Vec<usize> = {
        let first = words.clone().find(|&i| {
            ing(i) && i > words.start && doc.word(i - 1).is_some_and(|w| w.is(Classes::BE))
        });
        match first {
            Some(f) => std::iter::once(f)
                .chain((f + 1..words.end).filter(|&i| ing(i) && after_break(i)))
                .collect(),
            None => {
                let to = words.clone().find(|&i| {
                    doc.reads(i, "to")
                        && doc.word(i + 1).is_some_and(|w| {
                            w.kind == Kind::Word
                                && !w.capital
                                && !w.is(Classes::DETERMINER.or(Classes::POSSESSIVE))
                        })
                });
                match to {
                    Some(t) => std::iter::once(t + 1)
                        .chain((t + 2..words.end).filter(|&i| {
                            after_break(i)
                                && doc
                                    .word(i)
                                    .is_some_and(|w| w.kind == Kind::Word && !w.capital)
                                && verb_like(doc, i)
                        }))
                        .collect(),
                    None => Vec::new(),
                }
            }
        }
    };
    if starts.len() < 2 {
        return Vec::new();
    }
    starts
        .iter()
        .enumerate()
        .filter_map(|(n, &s)| {
            let mut e = starts.get(n + 1).copied().unwrap_or(words.end);
            while e > s
                && doc.word(e - 1).is_some_and(|w| {
                    w.punctuation() || doc.reads(e - 1, "and") || doc.reads(e - 1, "or")
                })
            {
                e -= 1;
            }
            let span = doc.span_of(&(s..e));
            (!span.is_empty()).then_some(span)
        })
        .collect()
}

/// A bare verb by its company: a determiner, a possessive, "to" or a preposition follows.
fn verb_like(doc: &Document<'_>, at: usize) -> bool {
    let known = doc
        .word(at)
        .is_some_and(|w| w.verb().is_some_and(|(_, f)| f.any(Forms::BASE)));
    let open = doc
        .word(at)
        .is_some_and(|w| w.classes == Classes::default() || w.is(Classes::ADVERB));
    let object = doc.word(at + 1).is_some_and(|w| {
        w.is(Classes::DETERMINER.or(Classes::POSSESSIVE))
            || doc.reads(at + 1, "to")
            || w.verb().is_some()
    });
    known || open && object
}
