//! What is attributed: where a content begins after its cue, and where it ends.
//!
//! Works on words within one sentence. Must not look for speakers.

use super::cues::{Cue, Shape, is_adverb};
use super::document::Document;
use super::lexicon::{Classes, Forms, Frames};
use super::sources;
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// A content found after its cue.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its words.
    pub words: Range<usize>,
    /// Words between verb and content that belong to the cue ("out", "about").
    pub cue_end: usize,
    /// A clause or a quotation, rather than a bare noun phrase.
    pub clause: bool,
}

/// The content that follows `cue`, which must end before word `end`.
pub fn after(doc: &Document<'_>, cue: &Cue<'_>, from: usize, end: usize) -> Option<Found> {
    let frames = cue.reporting.frames;
    let at = from;
    let word = doc.word(at).filter(|_| at < end)?;
    let speech_clause = frames.any(Frames::CLAUSE.or(Frames::THAT).or(Frames::OBJECT));
    let clause = |begin: usize, cue_end: usize| {
        let words = begin..clause_end(doc, begin, end);
        (words.len() > 1 || doc.word(begin).is_some_and(|w| w.quotation != 0)).then_some(Found {
            words,
            cue_end,
            clause: true,
        })
    };
    let noun = |begin: usize, cue_end: usize| {
        let words = begin..phrase_end(doc, begin, end);
        (!words.is_empty()).then_some(Found {
            words,
            cue_end,
            clause: false,
        })
    };
    if word.quotation != 0 {
        return frames
            .any(
                Frames::QUOTE
                    .or(Frames::CLAUSE)
                    .or(Frames::NP)
                    .or(Frames::OBJECT),
            )
            .then(|| clause(at, at))?;
    }
    if word.first == b':' || (word.is_comma() && doc.word(at + 1).is_some_and(|w| w.quotation != 0))
    {
        return frames
            .any(Frames::QUOTE.or(Frames::CLAUSE).or(Frames::OBJECT))
            .then(|| clause(at + 1, at))?;
    }
    // "alleged, by way of example, it had": over the aside.
    if word.is_comma()
        && frames.any(Frames::CLAUSE)
        && let Some(close) = (at + 2..end.min(at + 9))
            .find(|&i| doc.word(i).is_some_and(super::document::Word::is_comma))
        && doc
            .word(at + 1)
            .is_some_and(|w| w.is(Classes::PREPOSITION.or(Classes::ADVERB)))
        && (begins_clause(doc, close + 1, end) || doc.reads(close + 1, "that"))
    {
        return clause(close + 1, at);
    }
    if doc.reads(at, "that") && speech_clause | frames.any(Frames::INF) {
        return clause(at, at);
    }
    if frames.any(Frames::OBJECT) && !word.punctuation() {
        return after_addressee(doc, at, end)
            .and_then(|begin| clause(begin, at))
            .or_else(|| {
                let lead = (at..end.min(at + 9)).find(|&i| leads(doc, cue, i))?;
                noun(lead + 1, at)
            });
    }
    if frames.any(Frames::WH) && word.is(Classes::SUBORDINATOR) && is_wh(doc, at) {
        return clause(at, at);
    }
    if doc.reads(at, "to")
        && frames.any(Frames::INF)
        && doc.word(at + 1).is_some_and(|w| !w.punctuation())
    {
        return Some(Found {
            words: at..clause_end(doc, at, end),
            cue_end: at,
            clause: true,
        });
    }
    if leads(doc, cue, at) {
        if doc
            .word(at + 1)
            .is_some_and(|w| w.punctuation() && w.quotation == 0)
        {
            return None;
        }
        return if frames.any(Frames::OBJ_INF) {
            clause(at + 1, at + 1)
        } else {
            noun(at + 1, at + 1)
        };
    }
    if speech_clause
        && word.is(Classes::PREPOSITION)
        && let Some(that) = (at + 1..end.min(at + 16))
            .take_while(|&i| doc.word(i).is_some_and(|w| !w.punctuation()))
            .find(|&i| doc.reads(i, "that"))
    {
        return clause(that, at);
    }
    if frames.any(Frames::CLAUSE) && begins_clause(doc, at, end) {
        return clause(at, at);
    }
    if frames.any(Frames::OBJ_INF) && begins_noun(doc, at) {
        return clause(at, at);
    }
    if frames.any(Frames::NP) && begins_noun(doc, at) {
        return noun(at, at);
    }
    // What stands between verb and content: a time, "in a statement", "to reporters".
    if speech_clause && !word.punctuation() {
        let adjunct = word.is(Classes::PREPOSITION.or(Classes::TIME).or(Classes::WEEKDAY))
            || is_adverb(doc, at);
        if adjunct {
            let lead = skip_adjunct(doc, at, end)?;
            return clause(lead, at);
        }
    }
    None
}

/// The word after an addressee: "told [reporters on Monday] that ..." gives the "that".
fn after_addressee(doc: &Document<'_>, at: usize, end: usize) -> Option<usize> {
    let first = doc.word(at)?;
    let stop = if first.is(Classes::OBJECT_PRONOUN) {
        at + 1
    } else {
        sources::phrase_forward(doc, at, end)
    };
    let next = doc.word(stop).filter(|_| stop < end)?;
    if doc.reads(stop, "that") || next.quotation != 0 || is_wh(doc, stop) {
        return Some(stop);
    }
    if next.is_comma() && doc.word(stop + 1).is_some_and(|w| w.quotation != 0) || next.first == b':'
    {
        return Some(stop + 1);
    }
    if next.is(Classes::SUBJECT_PRONOUN) || next.is(Classes::DETERMINER) && stop > at {
        return Some(stop);
    }
    if next.is(Classes::PREPOSITION.or(Classes::TIME).or(Classes::WEEKDAY)) || is_adverb(doc, stop)
    {
        return skip_adjunct(doc, stop, end);
    }
    if doc.reads(stop, "to") {
        return None;
    }
    None
}

/// Goes over "in a statement on Monday" to the "that", the quotation or the clause behind it.
fn skip_adjunct(doc: &Document<'_>, at: usize, end: usize) -> Option<usize> {
    let mut i = at;
    let mut only_time = true;
    while i < end.min(at + 22) {
        let word = doc.word(i)?;
        if doc.reads(i, "that") && i > at || word.quotation != 0 {
            return Some(i);
        }
        if word.first == b':' && word.punctuation() {
            return Some(i + 1);
        }
        if word.is_comma() && doc.word(i + 1).is_some_and(|w| w.quotation != 0) {
            return Some(i + 1);
        }
        if word.punctuation() {
            return None;
        }
        if i > at && word.is(Classes::SUBJECT_PRONOUN) && !word.is(Classes::RELATIVE) {
            return Some(i);
        }
        let time = word.is(Classes::TIME.or(Classes::WEEKDAY).or(Classes::MONTH))
            || is_adverb(doc, i)
            || word.kind == Kind::Number
            || (doc.reads(i, "on") && doc.word(i + 1).is_some_and(|w| w.is(Classes::WEEKDAY)));
        if !time && only_time && i > at {
            return begins_clause(doc, i, end).then_some(i);
        }
        only_time &= time;
        i += 1;
    }
    None
}

/// Whether the word is a preposition that leads to the content of this verb.
fn leads(doc: &Document<'_>, cue: &Cue<'_>, at: usize) -> bool {
    cue.reporting.prepositions.iter().any(|p| doc.reads(at, p))
}

fn is_wh(doc: &Document<'_>, at: usize) -> bool {
    doc.reads_any(at, &["whether", "what", "how", "why", "where", "if", "who"])
}

fn begins_noun(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at).is_some_and(|w| {
        w.quotation != 0
            || w.capital
            || w.kind == Kind::Number
            || w.is(Classes::DETERMINER
                .or(Classes::POSSESSIVE)
                .or(Classes::OBJECT_PRONOUN))
            || (w.kind == Kind::Word && w.classes == Classes::default() && !is_adverb(doc, at))
            || w.is(Classes::PERSON_NOUN
                .or(Classes::PLURAL_SOURCE)
                .or(Classes::COLLECTIVE))
    })
}

/// Whether a clause without "that" can begin here: a subject with a verb after it.
fn begins_clause(doc: &Document<'_>, at: usize, end: usize) -> bool {
    let Some(word) = doc.word(at) else {
        return false;
    };
    if word.punctuation() {
        return false;
    }
    if word.is(Classes::SUBJECT_PRONOUN) && !word.is(Classes::RELATIVE) || doc.reads(at, "there") {
        return true;
    }
    let opens = word.capital
        || word.is(Classes::DETERMINER.or(Classes::POSSESSIVE))
        || word.kind == Kind::Number
        || (word.kind == Kind::Word
            && !word.is(Classes::PREPOSITION
                .or(Classes::ADVERB)
                .or(Classes::CONJUNCTION)))
        || doc.reads(at, "if")
        || doc.reads(at, "when")
        || doc.reads(at, "for")
        || doc.reads(at, "in");
    opens
        && (at + 1..end.min(at + 25)).any(|i| {
            doc.word(i).is_some_and(|w| {
                w.is(Classes::AUXILIARY) && w.kind == Kind::Word
                    || w.verb()
                        .is_some_and(|(_, f)| f.any(Forms::PAST.or(Forms::THIRD).or(Forms::BASE)))
                    || (w.kind == Kind::Word
                        && !w.capital
                        && w.classes == Classes::default()
                        && (doc.written(i).ends_with("ed") || doc.written(i).ends_with('s')))
            })
        })
}

/// Where a clause content ends: the sentence's end, a semicolon, ", adding", ", according to".
fn clause_end(doc: &Document<'_>, begin: usize, end: usize) -> usize {
    let mut i = begin;
    while i < end {
        let Some(word) = doc.word(i) else { break };
        if word.quotation == 0 && word.punctuation() && i > begin {
            if word.first == b';' {
                return i;
            }
            if word.is_comma() && breaks_clause(doc, i + 1) {
                return i;
            }
        }
        i += 1;
    }
    trim_end(doc, begin, end)
}

/// Whether what follows a comma goes on with the narrator rather than with the content.
fn breaks_clause(doc: &Document<'_>, at: usize) -> bool {
    let Some(word) = doc.word(at) else {
        return false;
    };
    if word.quotation != 0 {
        return false;
    }
    if doc.reads(at, "according")
        || doc.reads(at, "while")
            && doc
                .word(at + 1)
                .is_some_and(|w| w.verb().is_some_and(|(_, f)| f.any(Forms::ING)))
    {
        return true;
    }
    word.verb().is_some_and(|(index, f)| {
        f.any(Forms::ING)
            && doc.lexicon.reporting(index).is_some_and(|r| {
                r.frames
                    .any(Frames::CLAUSE.or(Frames::QUOTE).or(Frames::OBJECT))
                    && r.act == crate::model::Act::Speech
            })
    })
}

/// Where a noun-phrase content ends: any punctuation that does not join a list, a new clause.
fn phrase_end(doc: &Document<'_>, begin: usize, end: usize) -> usize {
    let mut i = begin;
    while i < end {
        let Some(word) = doc.word(i) else { break };
        if word.quotation == 0 && i > begin {
            let pause = word.punctuation() && matches!(word.first, b';' | b':' | b'(')
                || word.span.len() == 3 && doc.written(i) == "—"
                || word.punctuation() && doc.written(i) == "--";
            if pause {
                return i;
            }
            if word.is_comma() && !joins_list(doc, i, end) {
                return i;
            }
            if word.is(Classes::SUBORDINATOR)
                && (doc.reads(i, "while")
                    || doc.reads(i, "when")
                    || doc.reads(i, "because")
                    || doc.reads(i, "after")
                    || doc.reads(i, "before")
                    || doc.reads(i, "although")
                    || doc.reads(i, "though"))
            {
                return i;
            }
            if word.is(Classes::CONJUNCTION)
                && doc.word(i + 1).is_some_and(|w| {
                    w.verb().is_some_and(|(_, f)| {
                        f.any(Forms::PAST.or(Forms::THIRD)) && !f.any(Forms::BASE)
                    }) && !w.capital
                        && takes_object(doc, i + 2)
                        || w.is(Classes::AUXILIARY)
                        || w.is(Classes::SUBJECT_PRONOUN) && !w.is(Classes::RELATIVE)
                })
            {
                return i;
            }
        }
        i += 1;
    }
    trim_end(doc, begin, end)
}

/// Whether what stands here shows that the word before it is a verb and no adjective.
fn takes_object(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at).is_some_and(|w| {
        w.quotation != 0
            || w.capital
            || w.is(Classes::DETERMINER
                .or(Classes::POSSESSIVE)
                .or(Classes::PREPOSITION)
                .or(Classes::OBJECT_PRONOUN)
                .or(Classes::SUBORDINATOR))
    })
}

/// Whether the comma stands in a list: a later "and" or "or" before the next clause mark.
fn joins_list(doc: &Document<'_>, comma: usize, end: usize) -> bool {
    let Some(next) = doc.word(comma + 1) else {
        return false;
    };
    if next.quotation != 0 {
        return true;
    }
    if next.is(Classes::SUBORDINATOR
        .or(Classes::RELATIVE)
        .or(Classes::SUBJECT_PRONOUN)
        .or(Classes::PREPOSITION)
        .or(Classes::AUXILIARY))
        || next.verb().is_some_and(|(_, f)| f.any(Forms::ING))
        || doc.written(comma + 1).ends_with("ing")
        || is_adverb(doc, comma + 1)
    {
        return false;
    }
    if next.is(Classes::CONJUNCTION) {
        return (doc.reads(comma + 1, "and") || doc.reads(comma + 1, "or"))
            && begins_noun(doc, comma + 2);
    }
    (comma + 1..end.min(comma + 8)).any(|i| {
        (doc.reads(i, "and") || doc.reads(i, "or")) && doc.word(i).is_some_and(|w| w.quotation == 0)
    })
}

/// Leaves off what ends the sentence, unless it stands in marks.
pub fn trim_end(doc: &Document<'_>, begin: usize, end: usize) -> usize {
    let mut end = end;
    while end > begin
        && doc.word(end - 1).is_some_and(|w| {
            w.punctuation() && w.quotation == 0 && !matches!(w.first, b')' | b'%' | b'\'' | b'$')
        })
    {
        end -= 1;
    }
    end
}

/// The spans of a content given by words: between the marks where all of it is quoted, else as it stands.
pub fn spans(doc: &Document<'_>, words: &Range<usize>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    // “A” and “B”: the "and" is the reporter's.
    let joins = |i: usize| {
        let marked = |at: Option<usize>| {
            at.and_then(|at| doc.word(at))
                .is_some_and(|w| w.quotation != 0)
        };
        doc.reads(i, "and") && i > words.start && marked(i.checked_sub(1)) && marked(Some(i + 1))
    };
    let quoted = words
        .clone()
        .all(|i| doc.word(i).is_none_or(|w| w.quotation != 0 || !w.is_word()) || joins(i));
    if quoted {
        let mut last = 0;
        for i in words.clone() {
            let Some(word) = doc.word(i) else { break };
            if word.quotation != 0 && word.quotation != last {
                last = word.quotation;
                if let Some(region) = doc.quotation(i) {
                    let inner = region.inner.trimmed(doc.text);
                    if !inner.is_empty() {
                        out.push(inner);
                    }
                }
            }
        }
        return out;
    }
    let begin = words
        .clone()
        .find(|&i| doc.word(i).is_some_and(|w| w.is_word() || w.quotation != 0))
        .unwrap_or(words.start);
    let span = doc.span_of(&(begin..trim_end(doc, begin, words.end)));
    if !span.is_empty() {
        out.push(span);
    }
    out
}

/// True for cues whose content may stand before them.
pub fn may_follow(cue: &Cue<'_>, quoted: bool) -> bool {
    cue.shape == Shape::According
        || cue.reporting.frames.any(if quoted {
            Frames::QUOTE.or(Frames::AFTER)
        } else {
            Frames::AFTER
        })
}
