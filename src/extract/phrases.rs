//! Noun phrases and verb groups, read off closed classes, endings and company, for want of a parser (chunks after
//! Abney 1991, "Parsing by chunks"). Must not know what a claim is.

use super::document::{Document, Word};
use super::lexicon::{Classes, Forms};
use crate::text::tokens::Kind;
use std::ops::Range;

/// Bytes of a word before an apostrophe that leads in a verb: the "we" of "we've". `None` for other words.
pub fn contracted(doc: &Document<'_>, at: usize) -> Option<usize> {
    let written = doc.written(at);
    let end = written.find(['\'', '’'])?;
    let pronoun = doc.word(at)?.is(Classes::SUBJECT_PRONOUN)
        || ["that", "there", "what", "here", "who"].iter().any(|w| {
            written
                .get(..end)
                .is_some_and(|p| p.eq_ignore_ascii_case(w))
        });
    (end > 0 && pronoun).then_some(end)
}

/// Whether the ending `'s` at `at` stands for "is" or "has": "Tunisia's been", "the cycle's likely".
fn ending_is_verb(doc: &Document<'_>, at: usize) -> bool {
    at > 0
        && (is(doc, at - 1, Classes::SUBJECT_PRONOUN)
            || doc.reads_any(at - 1, &["that", "there", "what", "here", "who"])
            || doc.reads(at + 1, "been")
            || is(doc, at + 1, Classes::DETERMINER.or(Classes::NEGATION))
            || is(doc, at + 1, Classes::ADVERB) && !is(doc, at + 1, Classes::TIME))
}

/// Whether the word has one of the classes.
pub fn is(doc: &Document<'_>, at: usize, classes: Classes) -> bool {
    doc.word(at).is_some_and(|w| w.is(classes))
}

/// A word of no closed class: a noun, an adjective, a verb.
pub fn open(doc: &Document<'_>, at: usize) -> bool {
    let closed = Classes::PREPOSITION
        .or(Classes::CONJUNCTION)
        .or(Classes::SUBORDINATOR)
        .or(Classes::AUXILIARY)
        .or(Classes::RELATIVE)
        .or(Classes::DETERMINER)
        .or(Classes::POSSESSIVE)
        .or(Classes::SUBJECT_PRONOUN)
        .or(Classes::OBJECT_PRONOUN)
        .or(Classes::NEGATION);
    doc.word(at)
        .is_some_and(|w| w.is_word() && (w.capital_inside(doc, at) || !w.is(closed)))
}

impl Word<'_> {
    /// Capital and not merely the first word of its sentence: "US", "May", "Will Smith".
    fn capital_inside(&self, doc: &Document<'_>, at: usize) -> bool {
        self.capital
            && !self.is(Classes::SUBJECT_PRONOUN)
            && at > 0
            && doc.word(at - 1).is_some_and(Word::is_word)
            && !self.is(Classes::DETERMINER.or(Classes::POSSESSIVE))
    }
}

/// Whether a noun phrase can begin here.
pub fn begins(doc: &Document<'_>, at: usize) -> bool {
    is(
        doc,
        at,
        Classes::DETERMINER
            .or(Classes::POSSESSIVE)
            .or(Classes::SUBJECT_PRONOUN)
            .or(Classes::OBJECT_PRONOUN),
    ) || open(doc, at)
}

/// Whether a determiner, a possessive, a pronoun or a name begins a phrase here, which no bare verb does.
pub fn begins_phrase(doc: &Document<'_>, at: usize) -> bool {
    is(
        doc,
        at,
        Classes::DETERMINER
            .or(Classes::POSSESSIVE)
            .or(Classes::SUBJECT_PRONOUN)
            .or(Classes::OBJECT_PRONOUN),
    ) || doc.word(at).is_some_and(|w| w.capital)
}

/// The end of the noun phrase that begins at `at`: pronoun, or determiners, adjectives and nouns with possessives
/// between; `at` where there is none. A name keeps its "of" ("Bank of England").
pub fn noun_phrase(doc: &Document<'_>, at: usize, end: usize) -> usize {
    if is(doc, at, Classes::PERSON_PRONOUN.or(Classes::OBJECT_PRONOUN))
        || (is(doc, at, Classes::SUBJECT_PRONOUN) && !is(doc, at, Classes::RELATIVE))
    {
        return at + 1;
    }
    let mut i = at;
    let mut heads = 0;
    while i < end {
        let Some(word) = doc.word(i) else { break };
        let lead = word.is(Classes::DETERMINER.or(Classes::POSSESSIVE));
        if word.kind == Kind::Possessive && heads > 0 {
            if ending_is_verb(doc, i) {
                break;
            }
            i += 1;
            continue;
        }
        if lead && heads == 0 {
            i += 1;
            continue;
        }
        // "recent and announced actions": adjectives joined before their noun.
        let joined = heads > 0
            && doc.reads(i, "and")
            && !doc.word(i - 1).is_some_and(|w| w.capital)
            && open(doc, i + 1)
            && open(doc, i + 2)
            && finite(doc, i + 2) != Finite::Sure
            && i + 2 < end;
        if joined {
            i += 1;
            continue;
        }
        let name_of = doc.reads(i, "of")
            && doc.word(i - 1).is_some_and(|w| w.capital)
            && doc.word(i + 1).is_some_and(|w| w.capital);
        if name_of && heads > 0 {
            i += 1;
            continue;
        }
        let degree = heads == 0 && word.is(Classes::ADVERB) && !word.is(Classes::PREPOSITION);
        if !(open(doc, i) || degree) || (heads > 0 && finite(doc, i) == Finite::Sure) {
            break;
        }
        heads += 1;
        i += 1;
    }
    while i > at
        && (is(doc, i - 1, Classes::PREPOSITION.or(Classes::ADVERB))
            && !doc.word(i - 1).is_some_and(|w| w.capital)
            || doc.word(i - 1).is_some_and(|w| w.kind == Kind::Possessive)
            || doc.reads(i - 1, "of"))
    {
        i -= 1;
    }
    if heads == 0 && !is(doc, at, Classes::DETERMINER) {
        at
    } else {
        i
    }
}

/// How surely a word is a finite verb.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Finite {
    Sure,
    Perhaps,
    No,
}

pub fn finite(doc: &Document<'_>, at: usize) -> Finite {
    let Some(word) = doc.word(at) else {
        return Finite::No;
    };
    if word.kind == Kind::Possessive {
        return if ending_is_verb(doc, at) {
            Finite::Sure
        } else {
            Finite::No
        };
    }
    if word.kind != Kind::Word || word.capital {
        return Finite::No;
    }
    let noun_place = at > 0
        && is(
            doc,
            at - 1,
            Classes::DETERMINER
                .or(Classes::POSSESSIVE)
                .or(Classes::PREPOSITION),
        )
        && !is(doc, at - 1, Classes::SUBJECT_PRONOUN)
        && !doc
            .word(at - 1)
            .is_some_and(|w| w.capital && w.is(Classes::PREPOSITION));
    if word.is(Classes::AUXILIARY)
        && !doc.reads(at, "be")
        && !doc.reads(at, "been")
        && !doc.reads(at, "being")
        && !doc.reads(at, "having")
    {
        return Finite::Sure;
    }
    if at > 0
        && doc
            .word(at - 1)
            .is_some_and(|w| w.is(Classes::SUBJECT_PRONOUN) && !w.is(Classes::RELATIVE))
        && open(doc, at)
    {
        return Finite::Sure;
    }
    if noun_place {
        return Finite::No;
    }
    if word.is(Classes::VERB) {
        return Finite::Sure;
    }
    let written = doc.written(at);
    if let Some((_, forms)) = word.verb() {
        if word.entry.is_some_and(|e| e.noun.is_some()) {
            return Finite::Perhaps;
        }
        if forms.any(Forms::PAST.or(Forms::THIRD)) && !forms.any(Forms::BASE) {
            // "controls", "opposed": a noun, a participle as well.
            return if written.ends_with("ed") || forms.any(Forms::THIRD) && !word.is(Classes::VERB)
            {
                Finite::Perhaps
            } else {
                Finite::Sure
            };
        }
    }
    let ending = written.len() > 3
        && (written.ends_with("ed")
            || (written.ends_with('s')
                && !written.ends_with("ss")
                && !written.ends_with("us")
                && !written.ends_with("ics")));
    if open(doc, at) && ending {
        Finite::Perhaps
    } else {
        Finite::No
    }
}
/// The last word of the verb group that begins at `verb`: auxiliaries, adverbs, and one verb.
pub fn group(doc: &Document<'_>, verb: usize, end: usize) -> usize {
    let mut i = verb;
    while i + 1 < end {
        let auxiliary = is(doc, i, Classes::AUXILIARY)
            || doc.word(i).is_some_and(|w| w.kind == Kind::Possessive)
            || contracted(doc, i).is_some();
        let adverb = is(doc, i, Classes::ADVERB.or(Classes::NEGATION))
            || doc.reads(i, "yet")
            || doc.written(i).ends_with("ly");
        if !(auxiliary || adverb) {
            break;
        }
        let next_goes_on = doc.reads(i + 1, "yet")
            || is(
                doc,
                i + 1,
                Classes::AUXILIARY.or(Classes::ADVERB).or(Classes::NEGATION),
            )
            || doc.written(i + 1).ends_with("ly")
            || open(doc, i + 1)
                && !doc
                    .word(i + 1)
                    .is_some_and(|w| w.capital || w.kind == Kind::Number);
        if !next_goes_on {
            break;
        }
        i += 1;
    }
    i
}

/// The noun phrase right behind `at`, over adverbs and the words of `over`.
pub fn phrase_behind(
    doc: &Document<'_>,
    at: usize,
    end: usize,
    over: &[&str],
) -> Option<Range<usize>> {
    let mut i = at;
    while i < end
        && (doc.reads_any(i, over)
            || doc.word(i).is_some_and(Word::punctuation)
                && doc.word(i).is_some_and(|w| {
                    !w.is_comma() && !matches!(w.first, b';' | b'.' | b':' | b'(')
                })
            || doc.written(i).ends_with("ly") && !doc.word(i).is_some_and(|w| w.capital))
    {
        i += 1;
    }
    if !begins(doc, i) || i >= end {
        return None;
    }
    let mut stop = noun_phrase(doc, i, end);
    // What it is of belongs to it: "a number of countries".
    if stop > i && doc.reads(stop, "of") {
        let of = noun_phrase(doc, stop + 1, end);
        if of > stop + 1 {
            stop = of;
        }
    }
    (stop > i).then_some(i..stop)
}

/// The noun phrase behind the first of `prepositions` in the words.
pub fn behind_preposition(
    doc: &Document<'_>,
    words: &Range<usize>,
    prepositions: &[&str],
) -> Option<Range<usize>> {
    words
        .clone()
        .filter(|&i| doc.reads_any(i, prepositions))
        .find_map(|i| phrase_behind(doc, i + 1, words.end, &[]))
}
