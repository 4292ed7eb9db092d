//! Which persons a source names: "House Speaker Nancy Pelosi", "the Vice President, Mike Pence", "X and Y".
//!
//! Takes a noun phrase apart at commas, prepositions, possessives and "and". Works on words alone; must not look
//! at who spoke before.

use super::bare::{bare_name, is_role, key};
use super::names::Names;
use super::people::Kinds;
use crate::extract::document::{Document, Word};
use crate::extract::lexicon::Classes;
use crate::text::tokens::Kind;
use std::ops::Range;

/// A person named in a source: as one of the document's, or by a name met only here.
#[derive(Clone, Debug)]
pub struct Named {
    /// Index into the persons of the document.
    pub person: Option<usize>,
    /// The name in the source, in words, titles included.
    pub words: Range<usize>,
    /// The name alone.
    pub name: Range<usize>,
}

/// The words of a source without the article or "the same" before it.
pub fn without_article(doc: &Document<'_>, range: &Range<usize>) -> Range<usize> {
    let mut start = range.start;
    while start + 1 < range.end
        && (doc.reads_any(start, &["the", "a", "an", "same", "this", "that"])
            || doc.word(start).is_some_and(Word::punctuation)
                && doc
                    .word(start)
                    .is_some_and(|w| w.first != b'@' && w.first != b'$')
            || doc
                .word(start)
                .is_some_and(|w| w.is(Classes::ADVERB) && !w.capital || w.is(Classes::WEEKDAY)))
    {
        start += 1;
    }
    start..range.end
}

/// Where the head of the phrase ends: at a comma, a bracket, a preposition, a relative pronoun.
pub fn head_end(doc: &Document<'_>, range: &Range<usize>) -> usize {
    (range.start + 1..range.end)
        .find(|&i| {
            doc.word(i).is_some_and(|w| {
                let small_of = doc.reads(i, "of")
                    && doc.word(i - 1).is_some_and(|p| p.capital)
                    && doc.word(i + 1).is_some_and(|n| n.capital)
                    && is_role(doc, i - 1);
                (w.is(Classes::PREPOSITION) && !w.capital && !small_of)
                    || w.is(Classes::RELATIVE)
                    || w.is(Classes::TIME) && !w.capital
                    || w.punctuation()
                        && !matches!(w.first, b'-' | b'.' | b'\'' | b'&')
                        && doc.written(i) != "’"
            })
        })
        .unwrap_or(range.end)
}

/// The person that the phrase names, if its head is one.
pub fn person_in(doc: &Document<'_>, names: &Names, range: &Range<usize>) -> Option<Named> {
    let range = without_article(doc, range);
    let stop = head_end(doc, &range);
    let start = (range.start..stop)
        .rev()
        .find(|&i| doc.word(i).is_some_and(|w| w.kind == Kind::Possessive))
        .map_or(range.start, |p| p + 1);
    if let Some(named) = name_at_end(doc, names, start, stop, false) {
        return Some(named);
    }
    if stop >= range.end {
        return None;
    }
    // Only an office: whose, an apposition or a name behind "to Germany" may tell.
    let office = stop > start && is_role(doc, stop - 1);
    if !office {
        return described_by_name(doc, names, &range, stop);
    }
    if doc.word(stop).is_some_and(|w| w.is(Classes::PREPOSITION)) {
        let next = (stop + 1..range.end)
            .find(|&i| doc.word(i).is_some_and(Word::is_comma))
            .unwrap_or(range.end);
        if let Some(named) = name_at_end(doc, names, stop + 1, next, true) {
            return Some(named);
        }
    }
    let comma = (stop..range.end).find(|&i| doc.word(i).is_some_and(Word::is_comma))?;
    let apposition = comma + 1..range.end;
    let end = head_end(doc, &apposition);
    let named = name_at_end(doc, names, comma + 1, end, false)?;
    if named.words.start == comma + 1 {
        return Some(named);
    }
    described_by_name(doc, names, &range, stop)
}

/// "A Republican, Mark Amodei", "the lead author, doctoral candidate Maninder Thind": the full name behind the comma at `stop`, if
/// what is described may be a person.
fn described_by_name(
    doc: &Document<'_>,
    names: &Names,
    range: &Range<usize>,
    stop: usize,
) -> Option<Named> {
    let head = doc.word(stop.checked_sub(1)?)?;
    let kinds = doc.lexicon.people.kinds_of(head.form);
    let thing = kinds.any(Kinds::DOCUMENT.or(Kinds::COURT_DOCUMENT));
    // "A Republican" is a person, "Republican" in a name is not.
    let one = range.start.checked_sub(1);
    let one = one.is_some_and(|i| doc.reads_any(i, &["a", "an", "another"]));
    let body = thing
        || kinds.any(Kinds::ORGANISATION) && !one
        || head.is(Classes::COLLECTIVE.or(Classes::PLURAL_SOURCE));
    if body || !doc.word(stop).is_some_and(Word::is_comma) {
        return None;
    }
    let end = head_end(doc, &(stop + 1..range.end));
    let named = name_at_end(doc, names, stop + 1, end, false)?;
    // That it is a person is told by a given name or by a title.
    let given = doc.lexicon.people.is_given_of(doc.form(named.name.start));
    let titled = named.words.start < named.name.start;
    let before = stop + 1..named.words.start;
    let lead = before.clone().all(|i| {
        let joins = Classes::DETERMINER
            .or(Classes::VERB)
            .or(Classes::CONJUNCTION)
            .or(Classes::PREPOSITION);
        doc.word(i)
            .is_some_and(|w| !w.capital && w.kind == Kind::Word && !w.is(joins))
            && !doc.reads(i, "including")
    });
    (named.name.len() >= 2 && (given || titled) && lead && before.len() <= 3).then_some(named)
}

/// Whether a source is nobody: "no member", "none of them", or a number or time alone ("on 11 May, 1953: ...", "Today's").
pub fn is_nobody(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let is = |i: usize, kind| doc.word(i).is_some_and(|w| w.kind == kind);
    let nobody = doc.reads_any(range.start, &["none", "nobody", "neither"])
        // "No 10" is a house.
        || doc.reads(range.start, "no") && !is(range.start + 1, Kind::Number);
    let time = range.clone().all(|i| {
        doc.word(i).is_some_and(|w| {
            // "Day" may be somebody's name.
            let told = !w.capital
                || doc.reads_any(
                    i,
                    &["today", "yesterday", "tomorrow", "tonight", "last", "this"],
                );
            is(i, Kind::Number)
                || is(i, Kind::Possessive)
                || w.punctuation()
                || w.is(Classes::WEEKDAY)
                || told && w.is(Classes::TIME)
        })
    });
    nobody || time
}

/// The name that the words up to `end` close with. `inside`: only one that a given name opens.
fn name_at_end(
    doc: &Document<'_>,
    names: &Names,
    start: usize,
    end: usize,
    inside: bool,
) -> Option<Named> {
    let last = end.checked_sub(1).filter(|l| *l >= start)?;
    if !doc
        .word(last)
        .is_some_and(|w| w.capital && w.kind == Kind::Word)
    {
        return None;
    }
    let mut begin = last;
    while begin > start {
        let word = doc.word(begin - 1)?;
        let small = !word.capital
            && matches!(
                doc.written(begin - 1),
                "of" | "de"
                    | "van"
                    | "von"
                    | "al"
                    | "bin"
                    | "del"
                    | "da"
                    | "la"
                    | "der"
                    | "el"
                    | "ibn"
                    | "dos"
            )
            && begin >= 2
            && begin - 1 > start;
        let dot = word.first == b'.' && begin - 1 > start;
        if !(word.capital && word.kind == Kind::Word || small || dot) {
            break;
        }
        begin -= 1;
    }
    let bare = bare_name(doc, &(begin..end))?;
    let words = bare.title.start.max(start)..end;
    let person = names.person_at(doc, &bare);
    if inside {
        let given = doc.lexicon.people.is_given_of(doc.form(bare.name.start));
        let opened = bare.name.start > begin && bare.name.len() >= 2 && given;
        return opened.then_some(Named {
            person,
            words,
            name: bare.name,
        });
    }
    // One capitalised word that no title explains and no full name: a place, an organisation, a first name.
    let person = person.or_else(|| {
        (bare.name.len() == 1 && !bare.sure)
            .then(|| names.by_given(&key(doc.written(bare.name.start))))
            .flatten()
    });
    (person.is_some() || bare.sure || bare.name.len() >= 2).then_some(Named {
        person,
        words,
        name: bare.name,
    })
}

/// The parts of a source that names several: split at "and" and the commas of a list; one part when it does not.
pub fn parts(doc: &Document<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let and = (range.start + 1..range.end.saturating_sub(1)).find(|&i| {
        doc.reads(i, "and")
            && doc
                .word(i)
                .is_some_and(|w| w.quotation == doc.word(range.start).map_or(0, |s| s.quotation))
            && !joins_roles(doc, range, i)
            && !is_within(doc, range, i)
    });
    let Some(and) = and else {
        return std::iter::once(range.clone()).collect();
    };
    let mut out = Vec::new();
    let mut at = range.start;
    let listed = doc.word(and - 1).is_some_and(Word::is_comma);
    for i in range.start..and {
        if listed && doc.word(i).is_some_and(Word::is_comma) {
            if i > at {
                out.push(at..i);
            }
            at = i + 1;
        }
    }
    if and > at {
        out.push(at..and);
    }
    out.push(and + 1..range.end);
    out
}

/// Whether "and" stands between two offices of one: "Chamber president and CEO", "President and CEO Dan Danner".
fn joins_roles(doc: &Document<'_>, range: &Range<usize>, and: usize) -> bool {
    if !is_role(doc, and - 1) || !is_role(doc, and + 1) {
        return false;
    }
    let comma = |i: &usize| doc.word(*i).is_some_and(Word::is_comma);
    let apart = (range.start..and).rev().find(comma);
    let first = apart.map_or(range.start, |c| c + 1)..and;
    let alone = (and + 1..range.end).all(|i| is_role(doc, i) || comma(&i));
    !is_determined(doc, &first) || apart.is_some() && alone
}

/// Whether "and" stands in brackets, or in the name of a body: "of the Bill and Melinda Gates Foundation".
fn is_within(doc: &Document<'_>, range: &Range<usize>, and: usize) -> bool {
    let first = |i: usize| doc.word(i).map_or(0, |w| w.first);
    let bracket = (range.start..and)
        .rev()
        .find(|&i| matches!(first(i), b'(' | b')'));
    if bracket.is_some_and(|b| first(b) == b'(') {
        return true;
    }
    let capital = |i: usize| doc.word(i).is_some_and(|w| w.capital);
    let start = (range.start..and).rev().find(|&i| !capital(i));
    let start = match start {
        Some(the) if doc.reads(the, "the") => the.checked_sub(1),
        start => start,
    };
    let of = start.is_some_and(|i| doc.reads_any(i, &["of", "for", "at", "from", "with"]));
    let last = (and + 1..range.end).take_while(|&i| capital(i)).last();
    of && capital(and - 1)
        && last.is_some_and(|i| {
            let kinds = doc.lexicon.people.kinds_of(doc.form(i));
            kinds.any(Kinds::ORGANISATION) || doc.word(i).is_some_and(|w| w.is(Classes::COLLECTIVE))
        })
}

/// Whether a part of a list is a source in its own right: a name, a determined or plural phrase.
pub fn stands_alone(doc: &Document<'_>, part: &Range<usize>) -> bool {
    is_determined(doc, part) || doc.word(part.start).is_some_and(|w| w.capital)
}

/// Whether a phrase opens with an article or is of several.
pub fn is_determined(doc: &Document<'_>, part: &Range<usize>) -> bool {
    let plural = (part.start..head_end(doc, part))
        .any(|i| doc.word(i).is_some_and(|w| w.is(Classes::PLURAL_SOURCE)));
    plural
        || doc
            .word(part.start)
            .is_some_and(|w| w.is(Classes::DETERMINER.or(Classes::POSSESSIVE)))
}
