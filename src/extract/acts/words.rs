//! What the words of a clause tell of its act, by the lists of `acts.txt`.

use super::signs::Signs;
use super::threats;
use crate::extract::document::{Document, Word};
use crate::extract::lexicon::{Classes, Forms, Signal};
use crate::extract::phrases;
use crate::model::ClaimType;
use crate::text::tokens::Kind;
use std::ops::Range;

/// Reads the word `i` of the clause, whose verb group begins at `verb`.
pub(super) fn read(
    doc: &Document<'_>,
    words: &Range<usize>,
    i: usize,
    verb: Option<usize>,
    signs: &mut Signs,
) {
    let Some(word) = doc.word(i) else { return };
    let Some(entry) = word.entry else { return };
    // A name does nothing by its words: "the Violence Against Women Act", "International Institute for Justice".
    if word.capital && i > words.start {
        return;
    }
    for (signal, weight) in &entry.acts {
        let weight = i32::from(*weight);
        match signal {
            Signal::Critical => signs.critical += weight,
            Signal::Supportive => signs.supportive += weight,
            Signal::Type(kind) => {
                let told = *kind != ClaimType::Threat || threats::metes(doc, i, verb, signs);
                if told && counts(doc, words, i, verb, *kind, word, weight) {
                    signs.add(*kind, weight);
                }
                if *kind == ClaimType::Evaluation && predicated(doc, words, i) {
                    signs.valued = true;
                }
            }
        }
    }
}

/// Whether a word performs its act here: as a verb early in its clause and not as a noun or participle.
fn counts(
    doc: &Document<'_>,
    words: &Range<usize>,
    i: usize,
    verb: Option<usize>,
    kind: ClaimType,
    word: &Word<'_>,
    weight: i32,
) -> bool {
    // "can only be resolved by", "crimes committed by": what is done to something binds nobody.
    if kind == ClaimType::Commitment
        && (doc.reads_any(i, &["resolved", "determined", "committed"])
            && doc.reads_any(i + 1, &["by", "against"])
            || doc.reads(i, "resolved") && !binding(doc, i + 1))
    {
        return false;
    }
    // "the requested documents", "number one requested item": said of the noun behind.
    if kind == ClaimType::Demand && attributive(doc, words, i, word) {
        return false;
    }
    // "determined", "concerned": said of the subject, not before a noun.
    let noun = doc.reads_any(i, &["commitment", "position", "solidarity", "undertake"]);
    let adjective =
        matches!(kind, ClaimType::Commitment | ClaimType::Position) && weight == 2 && !noun;
    if adjective
        && (doc.written(i).ends_with("ed") || word.verb().is_none())
        && word.entry.is_some_and(|e| {
            e.verb
                .is_none_or(|(_, f)| f.any(Forms::PAST.or(Forms::PARTICIPLE)))
        })
        && !predicated(doc, words, i)
        && !verb.is_some_and(|v| (v..=phrases::group(doc, v, words.end)).contains(&i))
    {
        return false;
    }
    let Some((_, forms)) = word.verb() else {
        return true;
    };
    let performs = matches!(
        kind,
        ClaimType::Demand | ClaimType::Position | ClaimType::Declaration | ClaimType::Denial
    ) && weight >= 2;
    if kind == ClaimType::Evaluation && weight >= 2 && word.is(Classes::default()) {
        return false;
    }
    let noun = forms.any(Forms::BASE.or(Forms::THIRD))
        && i > words.start
        && doc.word(i - 1).is_some_and(|w| {
            w.is(Classes::DETERMINER
                .or(Classes::POSSESSIVE)
                .or(Classes::PREPOSITION))
                && !w.is(Classes::SUBJECT_PRONOUN)
                && !doc.reads(i - 1, "to")
        });
    let participle = forms.any(Forms::ING)
        && !(i > 0
            && doc.word(i - 1).is_some_and(|w| {
                w.is(Classes::BE.or(Classes::ADVERB)) || w.is(Classes::SUBJECT_PRONOUN)
            }));
    if !performs {
        return true;
    }
    // In the verb group, or joined to it: "We condemn and deplore".
    let reach = verb.map_or(words.start + 8, |v| phrases::group(doc, v, words.end) + 1);
    let joined = i > 0
        && doc
            .word(i - 1)
            .is_some_and(|w| w.is_comma() || doc.reads(i - 1, "and") || w.is(Classes::ADVERB))
        && !(reach.min(i)..i).any(|j| {
            doc.word(j).is_some_and(|w| {
                w.is(Classes::RELATIVE.or(Classes::SUBORDINATOR)) && !w.is(Classes::PREPOSITION)
            })
        });
    // "would like to thank", "want to urge".
    let wanted = i > 1 && doc.reads(i - 1, "to") && i <= reach + 4;
    !noun && !participle && (i <= reach || joined || wanted)
}

/// "to act", "not to renew", "that": what one is resolved to do.
fn binding(doc: &Document<'_>, at: usize) -> bool {
    doc.reads_any(at, &["to", "that"]) || doc.reads(at, "not") && doc.reads(at + 1, "to")
}

/// A participle between what opens a noun phrase and its noun.
fn attributive(doc: &Document<'_>, words: &Range<usize>, i: usize, word: &Word<'_>) -> bool {
    let participle = word
        .verb()
        .is_some_and(|(_, f)| f.any(Forms::PARTICIPLE) && !f.any(Forms::BASE));
    let opens = i > words.start
        && (doc.reads_any(i - 1, &["the", "a", "an", "most"])
            || i > words.start + 1 && doc.reads(i - 1, "one")
            || doc
                .word(i - 1)
                .is_some_and(|w| w.is(Classes::POSSESSIVE) || w.kind == Kind::Possessive));
    participle && opens && phrases::open(doc, i + 1)
}

/// A form of "be", or a pronoun that holds one: "it's", "they're".
fn is_be(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at).is_some_and(|w| w.is(Classes::BE))
        || phrases::contracted(doc, at).is_some_and(|end| {
            doc.written(at).get(end..).is_some_and(|t| {
                ["s", "re", "m"].iter().any(|e| t.ends_with(e)) && t.chars().count() <= 3
            })
        })
}

/// Whether the word stands in the predicate of "be" or of a verb like it.
fn predicated(doc: &Document<'_>, words: &Range<usize>, i: usize) -> bool {
    (words.start..i)
        .rev()
        .take(6)
        .take_while(|&j| {
            doc.word(j).is_some_and(|w| {
                !w.is_comma()
                    && !w.is(Classes::RELATIVE)
                    && (!w.is(Classes::PREPOSITION)
                        || doc.reads(j, "as")
                        || j > 0 && is_be(doc, j - 1))
            })
        })
        .any(|j| {
            is_be(doc, j)
                || doc.reads_any(
                    j,
                    &[
                        "be", "been", "seems", "remain", "remains", "remained", "stay", "becomes",
                        "became", "become", "as",
                    ],
                )
                || doc.written(j).ends_with("’m")
                || doc.written(j).ends_with("'re")
                || doc.written(j).ends_with("’re")
        })
        || i > 0 && doc.word(i - 1).is_some_and(|w| w.kind == Kind::Possessive)
}
