//! Finding the words that report: a verb with its auxiliaries, "according to", a noun such as "claim".
//!
//! Says which form each stands in; must not look for who or what is reported.

use super::document::{Document, Sentence};
use super::lexicon::{Classes, Forms, Reporting};
use crate::text::tokens::Kind;
use std::ops::Range;

/// The form of a cue decides where its source stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `X said`, `X has said`, `said X`.
    Finite,
    /// `adding that`: the source is that of the clause before.
    Participle,
    /// `according to X`.
    According,
    /// `X's claim that`.
    Noun,
    /// `X is expected to`, `X was told that`.
    Passive,
    /// `to say`.
    Infinitive,
}

/// One reporting word in a sentence.
#[derive(Clone, Debug)]
pub struct Cue<'l> {
    /// The verb with its auxiliaries and adverbs.
    pub words: Range<usize>,
    /// The verb or noun itself.
    pub head: usize,
    pub shape: Shape,
    pub reporting: &'l Reporting,
}

/// All cues of a sentence outside quotations, in order.
pub fn find<'l>(doc: &Document<'l>, sentence: &Sentence) -> Vec<Cue<'l>> {
    let mut out = Vec::new();
    for at in sentence.words.clone() {
        let Some(word) = doc.word(at) else { break };
        if word.quotation != 0 || word.kind != Kind::Word {
            continue;
        }
        if word.first.eq_ignore_ascii_case(&b'a')
            && doc.reads(at, "according")
            && doc.reads(at + 1, "to")
        {
            if let Some(reporting) = say(doc) {
                out.push(Cue {
                    words: at..at + 2,
                    head: at,
                    shape: Shape::According,
                    reporting,
                });
            }
            continue;
        }
        if let Some((index, forms)) = word.verb()
            && let Some(reporting) = doc.lexicon.reporting(index)
            && let Some((shape, start)) = verb_shape(doc, sentence, at, forms)
        {
            out.push(Cue {
                words: start..at + 1,
                head: at,
                shape,
                reporting,
            });
            continue;
        }
        if let Some(index) = word.entry.and_then(|e| e.noun)
            && let Some(reporting) = doc.lexicon.reporting(index)
            && !word.capital
        {
            out.push(Cue {
                words: at..at + 1,
                head: at,
                shape: Shape::Noun,
                reporting,
            });
        }
    }
    out
}

fn say<'l>(doc: &Document<'l>) -> Option<&'l Reporting> {
    let (index, _) = doc.lexicon.get("said")?.verb?;
    doc.lexicon.reporting(index)
}

/// How the verb at `at` is used, and where its group begins; `None` where it is no verb.
fn verb_shape(
    doc: &Document<'_>,
    sentence: &Sentence,
    at: usize,
    forms: Forms,
) -> Option<(Shape, usize)> {
    let from = sentence.words.start;
    let word = doc.word(at)?;
    if word.capital && at > from {
        return None;
    }
    // "The initial reports were": a form that is also a plural noun, with a verb of its own behind it;
    // "the voters' calls": behind a plural possessor.
    let plural_noun = forms.any(Forms::THIRD)
        && doc
            .word(at + 1)
            .is_some_and(|w| w.is(Classes::AUXILIARY) && w.kind == Kind::Word);
    let possessed = at > from
        && matches!(doc.written(at - 1), "'" | "’")
        && doc.word(at - 1).is_some_and(|w| w.quotation == 0);
    if plural_noun || possessed {
        return None;
    }
    let mut start = at;
    let (mut be, mut helped) = (false, false);
    while start > from {
        let before = doc.word(start - 1)?;
        if before.quotation != 0 || before.punctuation() {
            break;
        }
        let possessive = before.kind == Kind::Possessive;
        if before.is(Classes::AUXILIARY)
            && !possessive
            && !(before.is(Classes::MONTH) && before.capital)
        {
            be |= before.is(Classes::BE);
            helped |= before.is(Classes::MODAL.or(Classes::DO).or(Classes::HAVE));
        } else if possessive && forms.any(Forms::ING) {
            be = true;
        } else if !(before.is(Classes::NEGATION) || is_adverb(doc, start - 1))
            || before.is(Classes::DETERMINER)
        {
            break;
        }
        start -= 1;
    }
    let before = start
        .checked_sub(1)
        .filter(|b| *b >= from)
        .and_then(|b| doc.word(b));
    if before.is_some_and(|w| {
        (w.is(Classes::DETERMINER) && !w.is(Classes::RELATIVE) && !plural_pronoun(doc, start - 1)
            || w.is(Classes::POSSESSIVE)
            || w.kind == Kind::Possessive)
            && w.quotation == 0
    }) && !(be || helped)
    {
        return None;
    }
    if before.is_some_and(|_| doc.reads(start - 1, "to")) && forms.any(Forms::BASE) {
        return Some((Shape::Infinitive, start - 1));
    }
    if forms.any(Forms::ING) {
        return Some((if be { Shape::Finite } else { Shape::Participle }, start));
    }
    if be && forms.any(Forms::PARTICIPLE) {
        return Some((Shape::Passive, start));
    }
    if forms.any(Forms::BASE) && !forms.any(Forms::PAST) && !helped {
        // A base form needs a plural subject; a preposition or a capital before it makes it a noun.
        let subject = before?;
        let plural = subject.is(Classes::SUBJECT_PRONOUN
            .or(Classes::PLURAL_SOURCE)
            .or(Classes::RELATIVE))
            || (doc.written(start - 1).ends_with('s')
                && subject.kind == Kind::Word
                && !subject.is(Classes::PREPOSITION));
        if !plural || subject.is(Classes::PREPOSITION) && !subject.is(Classes::SUBJECT_PRONOUN) {
            return None;
        }
    }
    Some((Shape::Finite, start))
}

fn plural_pronoun(doc: &Document<'_>, at: usize) -> bool {
    doc.reads_any(
        at,
        &["many", "some", "most", "several", "few", "both", "all"],
    )
}

/// Adverbs by list or by ending.
pub fn is_adverb(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at).is_some_and(|w| {
        !w.capital
            && (w.is(Classes::ADVERB)
                || (w.kind == Kind::Word
                    && w.classes == Classes::default()
                    && doc.written(at).ends_with("ly")
                    && doc.written(at).len() > 4))
    })
}
