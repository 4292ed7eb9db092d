//! Who is said to have said it, as written: the noun phrase before or after a reporting verb.
//!
//! Works on words alone, within one sentence, with bounded look-around. Must not resolve pronouns
//! (`speakers` does).

use super::document::Document;
use super::lexicon::{Classes, Forms};
use crate::text::tokens::Kind;
use std::ops::Range;

/// Longest noun phrase followed, in words.
const LONGEST: usize = 28;

const STOPPERS: Classes = Classes::AUXILIARY.or(Classes::MODAL);

/// The subject that ends right before word `end`, within the sentence that begins at `from`.
pub fn before(doc: &Document<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let end = skip_time_back(doc, from, end);
    let last = end.checked_sub(1).filter(|l| *l >= from)?;
    let word = doc.word(last)?;
    if word.is(Classes::SUBJECT_PRONOUN) && !word.is(Classes::OBJECT_PRONOUN)
        || doc.reads(last, "it")
        || doc.reads(last, "you")
    {
        return Some(last..end);
    }
    if doc.reads(last, "which") {
        return Some(last..end);
    }
    if word.is_comma() {
        return before_comma(doc, from, last);
    }
    if word.first == b')' {
        let open = (from..last)
            .rev()
            .take(12)
            .find(|&i| doc.word(i).is_some_and(|w| w.first == b'('))?;
        let phrase = phrase_back(doc, from, open)?;
        return Some(phrase.start..end);
    }
    phrase_back(doc, from, end)
}

/// `NP, an apposition, said`: the comma at `comma` closes something that another comma opened.
fn before_comma(doc: &Document<'_>, from: usize, comma: usize) -> Option<Range<usize>> {
    let level = doc.word(comma)?.quotation;
    let open = (from..comma)
        .rev()
        .take(LONGEST)
        .take_while(|&i| {
            doc.word(i)
                .is_some_and(|w| w.quotation == level && !matches!(w.first, b';' | b':'))
        })
        .filter(|&i| doc.word(i).is_some_and(super::document::Word::is_comma))
        .find(|&i| {
            // Not the comma of a list or of a place ("Austin, Texas").
            doc.word(i + 1).is_some_and(|w| {
                !w.capital
                    || comma - i > 3
                    || w.is(Classes::TITLE)
                    || !doc.word(i - 1).is_some_and(|p| p.capital)
            })
        })?;
    let phrase = phrase_back(doc, from, open)?;
    let next = doc.word(open + 1)?;
    let aside = next.is(Classes::RELATIVE)
        || next.is(Classes::SUBORDINATOR)
        || (next.is(Classes::PREPOSITION) && !doc.reads(open + 1, "of"))
        || next.is(Classes::ADVERB)
        || next.verb().is_some_and(|(_, f)| f.any(Forms::ING));
    if aside {
        return Some(phrase);
    }
    // "43," and "R-Texas," belong to the name as much as "the party's leader," does.
    Some(phrase.start..comma)
}

/// Words between subject and verb that only tell the time: "on Sunday", "later Monday".
fn skip_time_back(doc: &Document<'_>, from: usize, end: usize) -> usize {
    let mut end = end;
    for _ in 0..4 {
        let Some(last) = end.checked_sub(1).filter(|l| *l > from) else {
            break;
        };
        let Some(word) = doc.word(last) else { break };
        if word.is(Classes::WEEKDAY) {
            end = last;
            if doc
                .word(last - 1)
                .is_some_and(|w| w.is(Classes::PREPOSITION))
                && last - 1 > from
            {
                end = last - 1;
            }
        } else if word.is(Classes::ADVERB) && !word.is(Classes::SUBJECT_PRONOUN) && !word.capital {
            end = last;
        } else {
            break;
        }
    }
    end
}

/// The noun phrase that ends before word `end`.
fn phrase_back(doc: &Document<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    let floor = from.max(end.saturating_sub(LONGEST));
    let mut seen_and = false;
    let level = end.checked_sub(1).and_then(|l| doc.word(l))?.quotation;
    while start > floor {
        let at = start - 1;
        let word = doc.word(at)?;
        if word.quotation != level {
            break;
        }
        if word.punctuation() {
            match word.first {
                b'-' | b'&' | b'$' | b'/' | b'\'' => {}
                b',' => {
                    let listed = seen_and
                        && doc.word(at + 1).is_some_and(|w| w.capital)
                        && at > floor
                        && doc.word(at - 1).is_some_and(|w| w.capital);
                    let suffix = doc.reads(at + 1, "jr.") || doc.reads(at + 1, "sr.");
                    if !listed && !suffix {
                        break;
                    }
                }
                b')' => {
                    let Some(open) = (floor..at)
                        .rev()
                        .find(|&i| doc.word(i).is_some_and(|w| w.first == b'('))
                    else {
                        break;
                    };
                    start = open;
                    continue;
                }
                // An apostrophe after a plural possessor.
                0xE2 if doc.written(at) == "’" => {}
                _ => break,
            }
        } else if word.kind == Kind::Possessive {
            // "Trump's" goes on; "Trump's" as "Trump is" cannot be told apart here.
        } else if word.is(Classes::CONJUNCTION) {
            let left = at
                .checked_sub(1)
                .filter(|l| *l >= floor)
                .and_then(|l| doc.word(l));
            let right = doc.word(at + 1);
            let both = left.is_some_and(|w| {
                w.capital || w.is(Classes::PERSON_NOUN.or(Classes::PLURAL_SOURCE))
            }) && right.is_some_and(|w| {
                w.capital
                    || w.is(Classes::POSSESSIVE
                        .or(Classes::PLURAL_SOURCE)
                        .or(Classes::PERSON_NOUN))
            }) || (doc.reads(at, "and")
                && left.is_some_and(|w| {
                    !w.capital && w.kind == Kind::Word && w.classes == Classes::default()
                })
                && inside_prepositional(doc, floor, at));
            if !(doc.reads(at, "and") && both) {
                break;
            }
            seen_and = true;
        } else if ends_phrase(doc, at, floor, end) {
            break;
        }
        start = at;
    }
    let start = strip_front(doc, start, end)?;
    noun_like(doc, start, end).then_some(start..end)
}

/// Whether the word at `at` cannot be part of the noun phrase after it: a conjunction, an auxiliary, a verb.
fn ends_phrase(doc: &Document<'_>, at: usize, floor: usize, end: usize) -> bool {
    let Some(word) = doc.word(at) else {
        return true;
    };
    let links = (word.is(Classes::SUBORDINATOR) && !word.is(Classes::PREPOSITION))
        || word.is(Classes::RELATIVE)
        || (word.is(STOPPERS) && word.kind != Kind::Possessive && !word.is(Classes::MONTH))
        || (word.is(Classes::SUBJECT_PRONOUN) && (!word.capital || at > floor));
    let verb = word
        .verb()
        .is_some_and(|(_, f)| f.any(Forms::PAST.or(Forms::THIRD)) && !f.any(Forms::BASE))
        && !word.capital
        && word.entry.is_none_or(|e| e.noun.is_none());
    // "officials briefed on the matter", "the reported plan": participles inside a phrase.
    let inside = at + 1 < end && doc.word(at + 1).is_some_and(|w| w.is(Classes::PREPOSITION))
        || at
            .checked_sub(1)
            .and_then(|l| doc.word(l))
            .is_some_and(|w| w.is(Classes::DETERMINER));
    // "wrote" is no participle, "joined the" has an object: both are the verb of another clause.
    let past_only = word
        .verb()
        .is_some_and(|(_, f)| f.any(Forms::PAST) && !f.any(Forms::PARTICIPLE.or(Forms::BASE)))
        && !word.capital;
    let with_object = !word.capital
        && word.kind == Kind::Word
        && doc.written(at).ends_with("ed")
        && at + 1 < end
        && doc
            .word(at + 1)
            .is_some_and(|w| w.is(Classes::DETERMINER.or(Classes::POSSESSIVE)) && !w.capital)
        && at > floor;
    links || past_only || with_object || (verb && !inside)
}

/// Whether the words before `at` (not below `floor`) lead to a preposition before any determiner ends the look.
fn inside_prepositional(doc: &Document<'_>, floor: usize, at: usize) -> bool {
    (floor..at).rev().take(4).any(|i| {
        doc.word(i)
            .is_some_and(|w| w.is(Classes::PREPOSITION) && !w.is(Classes::SUBORDINATOR))
    })
}

/// Drops what stands before the subject proper: conjunctions, adverbs, a fronted "On Monday", "In a speech".
fn strip_front(doc: &Document<'_>, start: usize, end: usize) -> Option<usize> {
    let mut start = start;
    while start < end {
        let word = doc.word(start)?;
        let determiner = word.is(Classes::DETERMINER.or(Classes::POSSESSIVE));
        if (word.is(Classes::CONJUNCTION) || word.is(Classes::ADVERB) || word.punctuation())
            && !determiner
            || (word.is(Classes::SUBORDINATOR) && !determiner && !word.is(Classes::PREPOSITION))
        {
            start += 1;
        } else if doc.reads(start, "with")
            && !(start + 1..end).any(|i| doc.word(i).is_some_and(|w| w.is(Classes::PREPOSITION)))
        {
            // "with officials saying".
            start += 1;
        } else if word.is(Classes::PREPOSITION) {
            // The last place where a noun phrase begins anew.
            return (start + 2..end).rev().find(|&i| begins_phrase(doc, i));
        } else {
            break;
        }
    }
    (start < end).then_some(start)
}

fn begins_phrase(doc: &Document<'_>, at: usize) -> bool {
    let (Some(word), Some(previous)) = (doc.word(at), doc.word(at - 1)) else {
        return false;
    };
    if previous.is(Classes::PREPOSITION
        .or(Classes::DETERMINER)
        .or(Classes::POSSESSIVE)
        .or(Classes::CONJUNCTION))
        || previous.punctuation()
        || previous.kind == Kind::Possessive
    {
        return false;
    }
    if !word.capital {
        return word.is(Classes::DETERMINER.or(Classes::POSSESSIVE));
    }
    !previous.capital
        || previous.is(Classes::WEEKDAY.or(Classes::MONTH))
        || (word.is(Classes::TITLE) && doc.written(at).ends_with('.'))
}

/// Whether the last word of the phrase can be a noun.
fn noun_like(doc: &Document<'_>, start: usize, end: usize) -> bool {
    let Some(last) = end.checked_sub(1).and_then(|l| doc.word(l)) else {
        return false;
    };
    let not = Classes::PREPOSITION
        .or(Classes::CONJUNCTION)
        .or(Classes::POSSESSIVE)
        .or(STOPPERS);
    if last.punctuation() && last.first != b')' && doc.written(end - 1) != "’"
        || last.kind == Kind::Possessive
    {
        return false;
    }
    if last.is(not) && !last.capital || last.kind == Kind::Number && end - start == 1 {
        return false;
    }
    if end - start == 1 && !last.capital {
        // A bare lower-case word: a plural, or a known word for people.
        return last.is(Classes::PLURAL_SOURCE)
            || (doc.written(start).ends_with('s')
                && !last.is(Classes::DETERMINER.or(Classes::ADVERB)))
            || matches!(
                doc.written(start),
                "some" | "many" | "others" | "few" | "people"
            );
    }
    (start..end).any(|i| {
        doc.word(i)
            .is_some_and(|w| w.kind == Kind::Word && w.first.is_ascii_alphabetic() || w.first > 127)
    })
}

/// The noun phrase that begins at word `at`, not past `end`: `said X, the Y of Z`.
pub fn after(doc: &Document<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let first = doc.word(at)?;
    if at >= end || first.quotation != 0 || (first.punctuation() && first.first != b'@') {
        return None;
    }
    if first.is(Classes::SUBJECT_PRONOUN) && !first.is(Classes::DETERMINER) && at < end {
        return Some(at..at + 1);
    }
    let stop = phrase_forward(doc, at, end);
    if stop == at {
        return None;
    }
    let starts_well = first.capital
        || first.is(Classes::DETERMINER.or(Classes::POSSESSIVE))
        || first.first == b'@'
        || first.is(Classes::PLURAL_SOURCE
            .or(Classes::PERSON_NOUN)
            .or(Classes::TITLE)
            .or(Classes::OFFICE))
        || first.kind == Kind::Word
            && first.classes == Classes::default()
            && first.verb().is_none();
    if !starts_well {
        return None;
    }
    // An apposition: ", the chairman of the committee".
    if doc.word(stop).is_some_and(super::document::Word::is_comma)
        && let Some(next) = doc.word(stop + 1)
        && stop + 1 < end
        && next.quotation == 0
    {
        let describes = (next.is(Classes::DETERMINER) && !next.is(Classes::SUBORDINATOR))
            || next.is(Classes::OFFICE
                .or(Classes::PERSON_NOUN)
                .or(Classes::TITLE)
                .or(Classes::POSSESSIVE))
            || next.kind == Kind::Number
            || next.capital && !next.is(Classes::WEEKDAY)
            || doc.reads(stop + 1, "who")
            || (next.kind == Kind::Word
                && next.classes == Classes::default()
                && next.verb().is_none()
                && !doc.written(stop + 1).ends_with("ing"));
        if describes {
            let close = (stop + 1..end.min(stop + LONGEST))
                .find(|&i| {
                    doc.word(i).is_some_and(|w| {
                        w.quotation != 0
                            || matches!(w.first, b',' | b';' | b'.' | b':' | b'(')
                                && w.punctuation()
                    })
                })
                .unwrap_or(end.min(stop + LONGEST));
            // With a verb of its own it is a clause and no apposition.
            let clause = !doc.reads(stop + 1, "who")
                && (stop + 1..close).any(|i| {
                    doc.word(i)
                        .is_some_and(|w| w.is(Classes::AUXILIARY) && w.kind == Kind::Word)
                })
                && !(stop + 1..close).any(|i| doc.word(i).is_some_and(|w| w.is(Classes::RELATIVE)));
            if !clause {
                return Some(at..close);
            }
        }
    }
    Some(at..stop)
}

/// Where the noun phrase that begins at `at` ends.
pub fn phrase_forward(doc: &Document<'_>, at: usize, end: usize) -> usize {
    let level = doc.word(at).map_or(0, |w| w.quotation);
    let mut i = at;
    let limit = end.min(at + LONGEST);
    while i < limit {
        let Some(word) = doc.word(i) else { break };
        if word.quotation != level {
            break;
        }
        if word.punctuation()
            && !matches!(word.first, b'-' | b'&' | b'@' | b'$' | b'\'' | b'/')
            && doc.written(i) != "’"
        {
            let suffix = word.is_comma() && (doc.reads(i + 1, "jr.") || doc.reads(i + 1, "sr."));
            let aside = word.first == b'(' && i > at;
            if suffix {
                i += 1;
                continue;
            }
            if aside
                && let Some(close) =
                    (i..limit.min(i + 8)).find(|&k| doc.word(k).is_some_and(|w| w.first == b')'))
            {
                i = close + 1;
                continue;
            }
            break;
        }
        if i > at {
            let joins = doc.reads(i, "of")
                || (doc.reads(i, "for")
                    || doc.reads(i, "at")
                    || doc.reads(i, "from")
                    || doc.reads(i, "with")
                    || doc.reads(i, "to")
                        && doc
                            .word(i - 1)
                            .is_some_and(|w| w.is(Classes::OFFICE.or(Classes::PERSON_NOUN))))
                || (doc.reads(i, "in")
                    && doc
                        .word(i + 1)
                        .is_some_and(|w| w.capital && !w.is(Classes::WEEKDAY.or(Classes::MONTH))))
                || doc.reads(i, "and")
                    && doc
                        .word(i + 1)
                        .is_some_and(|w| w.capital || w.is(Classes::POSSESSIVE))
                    && doc.word(i - 1).is_some_and(|w| w.capital);
            if !joins
                && (word.is(Classes::PREPOSITION
                    .or(Classes::CONJUNCTION)
                    .or(Classes::SUBORDINATOR)
                    .or(Classes::RELATIVE)
                    .or(Classes::SUBJECT_PRONOUN)
                    .or(STOPPERS)
                    .or(Classes::WEEKDAY))
                    && word.kind != Kind::Possessive
                    || (word.is(Classes::ADVERB.or(Classes::TIME)) && !word.capital)
                    || (doc.written(i).ends_with("ing") && word.verb().is_some()))
            {
                break;
            }
        }
        i += 1;
    }
    i
}
