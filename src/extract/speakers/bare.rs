//! The personal name in a run of capitalised words: what is left when titles, offices and what they are of are
//! taken off its front.
//!
//! Works on words and lists; must not compare one place of the text with another.

use super::people::Kinds;
use super::runs::line_break;
use crate::extract::document::{Document, Word, lower_into};
use crate::extract::lexicon::Classes;
use crate::text::fold::fold_into;
use crate::text::tokens::Kind;
use std::borrow::Cow;
use std::ops::Range;

/// A personal name in a run: the name itself and what led up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bare {
    /// The name, in words.
    pub name: Range<usize>,
    /// Titles before it, in words; may be empty.
    pub title: Range<usize>,
    /// Whether a title or a given name says that it is a person's.
    pub sure: bool,
}

/// `O'BRIEN` to `O'Brien`, `MCCARTHY` to `McCarthy`, `AL-SISI` to `Al-Sisi`; initials stay.
pub fn title_case(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic() || out == "Mc";
    }
    out
}

/// Lower case, apostrophes straight; most words are written so.
pub fn lower(written: &str) -> Cow<'_, str> {
    if written
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        return Cow::Borrowed(written);
    }
    let mut out = String::new();
    lower_into(written, &mut out);
    Cow::Owned(out)
}

/// A word of a name as names are compared: without case and accents, for one text writes both.
pub fn key(written: &str) -> String {
    let mut out = String::new();
    key_into(written, &mut out);
    out
}

/// The same in the room of another.
pub fn key_into(written: &str, out: &mut String) {
    out.clear();
    fold_into(written, out);
}

/// Words of a name as they are compared, without suffixes and marks.
pub fn words_of(doc: &Document<'_>, name: &Range<usize>) -> Vec<String> {
    let mut words: Vec<String> = name
        .clone()
        .filter(|&i| doc.word(i).is_some_and(|w| w.kind == Kind::Word))
        .map(|i| key(doc.written(i)))
        .collect();
    while words.len() > 1 && words.last().is_some_and(|w| is_suffix(w)) {
        words.pop();
    }
    words
}

/// `Jr.` and its like.
pub fn is_suffix(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    ["jr", "sr", "ii", "iii", "iv", "esq"]
        .iter()
        .any(|suffix| word.eq_ignore_ascii_case(suffix))
}

/// Whether a word before a name is a title, an office, or what an office is of.
fn leads(doc: &Document<'_>, at: usize) -> bool {
    let Some(word) = doc.word(at) else {
        return false;
    };
    let people = &doc.lexicon.people;
    // "Bill Clinton": a given name first of all.
    if word.capital && people.is_given_of(word.form) {
        return word.is(Classes::TITLE);
    }
    word.is(Classes::TITLE
        .or(Classes::OFFICE)
        .or(Classes::PERSON_NOUN)
        .or(Classes::COLLECTIVE))
        || people.kinds_of(word.form).any(
            Kinds::COURTESY
                .or(Kinds::ROLE)
                .or(Kinds::PORTFOLIO)
                .or(Kinds::ORGANISATION),
        )
        || people.state_of(word.form).is_some()
}

/// Whether a word is a person's title or office.
pub fn is_role(doc: &Document<'_>, at: usize) -> bool {
    let kinds = doc.lexicon.people.kinds_of(doc.form(at));
    kinds.any(Kinds::ROLE.or(Kinds::COURTESY))
        || doc.word(at).is_some_and(|w| {
            w.is(Classes::TITLE.or(Classes::PERSON_NOUN))
                || w.is(Classes::OFFICE)
                    && !w.is(Classes::COLLECTIVE)
                    && !kinds.any(Kinds::ORGANISATION)
        })
}

/// The personal name in a run of capitalised words, if it can be one.
pub fn bare_name(doc: &Document<'_>, run: &Range<usize>) -> Option<Bare> {
    let people = &doc.lexicon.people;
    // A headline writes all words alike: "Benjamin Netanyahu Statements to the Press".
    let mut end = run.end;
    while end > run.start + 1 && people.kinds_of(doc.form(end - 1)).any(Kinds::DOCUMENT) {
        end -= 1;
    }
    // "Jennifer Daskal of American University": the name ends before "of".
    if let Some(of) = (run.start + 2..end).find(|&i| doc.reads(i, "of"))
        && !is_role(doc, of - 1)
        && (run.start..of - 1).any(|i| people.is_given_of(doc.form(i)))
    {
        end = of;
    }
    let run = &(run.start..end);
    let mut last = run.end.checked_sub(1)?;
    while last > run.start && is_suffix(doc.written(last)) {
        last -= 1;
    }
    let mut cut = run.start;
    let mut of = false;
    for i in run.start..last {
        if doc.reads(i, "of") {
            of = cut == i;
            cut = if of { i + 1 } else { cut };
        } else if leads(doc, i) || of {
            cut = i + 1;
            of = false;
        }
    }
    if of || cut > last {
        return None;
    }
    // A given name further on is where the name begins ("Chairman-designate Adam Schiff").
    if !people.is_given_of(doc.form(cut)) {
        let given = (cut + 1..last).find(|&i| people.is_given_of(doc.form(i)));
        if let Some(given) = given
            && doc.written(cut).chars().count() > 2
            && doc
                .written(cut)
                .chars()
                .all(|c| c.is_alphabetic() || c == '-')
        {
            cut = given;
        }
    }
    let words = (cut..=last)
        .filter(|&i| doc.word(i).is_some_and(|w| w.capital))
        .count();
    let mut before = run.start;
    // Titles in small letters: "chairman Jerrold Nadler", "prime minister Lee".
    while before > 0 && run.start - before < 4 && !line_break(doc, before) && {
        let word = doc.word(before - 1);
        word.is_some_and(|w| !w.capital && w.kind == Kind::Word && w.quotation == 0)
            && (is_role(doc, before - 1)
                || people.kinds_of(doc.form(before - 1)).any(Kinds::PORTFOLIO)
                    && before < run.start)
    } {
        before -= 1;
    }
    let title = before..cut;
    let titled = title.clone().any(|i| is_role(doc, i));
    let given = words >= 2 && people.is_given_of(doc.form(cut));
    let thing = (cut..=last).any(|i| {
        let known = people.kinds_of(doc.form(i));
        let surname =
            words == 2 && given && (i == last && known == Kinds::ORGANISATION || i == cut);
        known.any(Kinds::ORGANISATION) && !surname
            || doc
                .word(i)
                .is_some_and(|w| w.is(Classes::COLLECTIVE.or(Classes::PLURAL_SOURCE)))
    });
    let role_alone = words == 1 && leads(doc, last);
    let acronym = words == 1
        && doc
            .written(cut)
            .chars()
            .all(|c| c.is_uppercase() || c == '.')
        && doc.written(cut).chars().count() <= 4;
    let fits = words <= 5 && !thing && !acronym;
    fits.then_some(Bare {
        name: cut..run.end,
        title,
        // "King said": an office, or the surname of somebody named in full.
        sure: (titled || given) && !role_alone,
    })
}

/// The office in a stretch of titles, without courtesy and without what comes before it.
pub fn office_words(doc: &Document<'_>, title: &Range<usize>) -> Option<Range<usize>> {
    let people = &doc.lexicon.people;
    let courtesy = |i: usize| people.kinds_of(doc.form(i)).any(Kinds::COURTESY);
    let mut start = title.clone().find(|&i| is_role(doc, i) && !courtesy(i))?;
    // "Foreign Minister", "Defence Secretary".
    while start > title.start && people.kinds_of(doc.form(start - 1)).any(Kinds::PORTFOLIO) {
        start -= 1;
    }
    Some(start..title.end)
}

pub fn office_text(doc: &Document<'_>, title: &Range<usize>) -> Option<String> {
    let range = office_words(doc, title)?;
    let words: Vec<Cow<'_, str>> = range
        .filter(|&i| {
            is_role(doc, i)
                || doc.reads(i, "of")
                || doc
                    .lexicon
                    .people
                    .kinds_of(doc.form(i))
                    .any(Kinds::PORTFOLIO)
        })
        .map(|i| lower(doc.written(i)))
        .collect();
    Some(words.join(" "))
}

/// The office told behind a name: "Nancy Pelosi, the Speaker of the House".
pub fn office_behind(doc: &Document<'_>, end: usize) -> Option<String> {
    if !doc.word(end).is_some_and(Word::is_comma) {
        return None;
    }
    let from = end + 1 + usize::from(doc.reads(end + 1, "the") || doc.reads(end + 1, "a"));
    let mut at = from;
    while at < from + 4 && is_role(doc, at) {
        at += 1;
    }
    (at > from).then(|| {
        (from..at)
            .map(|i| lower(doc.written(i)))
            .collect::<Vec<_>>()
            .join(" ")
    })
}
