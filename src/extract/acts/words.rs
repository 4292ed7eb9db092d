//! What the words of a clause tell of its act, by the lists of `acts.txt` and a few fixed turns.

use super::signs::Signs;
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
    if doc.reads_any(i, &["if", "unless"]) {
        signs.condition = true;
    }
    let main = i < words.start + 12
        && !words.clone().take_while(|&j| j < i).any(|j| {
            doc.word(j).is_some_and(|w| w.is(Classes::PREPOSITION))
                && j + 4 > i
                && !doc.reads(j, "to")
        });
    if main
        && !(doc.reads(i, "risks")
            && i > 0
            && doc.word(i - 1).is_some_and(|w| {
                w.is(Classes::DETERMINER
                    .or(Classes::POSSESSIVE)
                    .or(Classes::PREPOSITION))
            }))
        && doc.reads_any(
            i,
            &[
                "possible",
                "possibly",
                "alleged",
                "allegedly",
                "reportedly",
                "apparently",
                "perhaps",
                "risks",
                "seems",
                "appears",
                "suggests",
                "likely",
                "probably",
                "skeptical",
                "maybe",
            ],
        )
    {
        signs.hedge = true;
    }
    if doc.reads(i, "because")
        || doc.reads_any(
            i,
            &[
                "due",
                "thanks",
                "contributed",
                "contributes",
                "led",
                "leads",
            ],
        ) && doc.reads(i + 1, "to")
        || doc.reads(i, "result") && doc.reads_any(i + 1, &["of", "in"])
        || doc.reads_any(i, &["results", "resulted"]) && doc.reads(i + 1, "in")
        || doc.reads(i, "reasons")
            && i > words.start + 1
            && (doc.reads(i - 1, "for") || doc.reads(i - 2, "for"))
    {
        signs.cause = true;
    }
    if doc.reads_any(i, &["call", "calls", "calling"])
        && doc.reads_any(i + 1, &["on", "upon", "for"])
        || doc.reads_any(i, &["ask", "asks", "asking"])
            && (i + 2..words.end.min(i + 9)).any(|j| doc.reads(j, "to"))
        || doc.reads_any(i, &["cannot", "can't", "can’t", "won't", "won’t", "not"])
            && doc.reads_any(i + 1, &["tolerate", "accept", "allow", "permit"])
        || doc.reads(i, "time")
            && doc.reads_any(i + 1, &["to", "for"])
            && i > words.start
            && doc
                .word(i - 1)
                .is_some_and(|w| w.is(Classes::BE) || doc.reads(i - 1, "high"))
    {
        signs.add(ClaimType::Demand, 3);
    }
    // "refused to", "failed to", "chose not to": what another did not do.
    if doc.reads_any(
        i,
        &[
            "refuse",
            "refuses",
            "refused",
            "fail",
            "fails",
            "failed",
            "neglected",
        ],
    ) && doc.reads(i + 1, "to")
        || doc.reads_any(i, &["chose", "choose", "chooses"]) && doc.reads(i + 1, "not")
        || doc.reads_any(i, &["little", "no"])
            && doc.reads_any(
                i + 1,
                &[
                    "commitment",
                    "respect",
                    "regard",
                    "concern",
                    "interest",
                    "intention",
                ],
            )
    {
        signs.add(ClaimType::Accusation, 2);
    }
    // "look forward to", "best wishes to".
    if doc.reads_any(i, &["look", "looks", "looking"])
        && doc.reads(i + 1, "forward")
        && doc.reads_any(i + 2, &["to", "for"])
        || doc.reads(i, "best") && doc.reads(i + 1, "wishes")
    {
        signs.add(ClaimType::Expressive, 3);
    }
    // "It is imperative that".
    if doc.reads_any(i, &["imperative", "incumbent"])
        && doc.reads_any(i + 1, &["that", "to", "on", "upon"])
    {
        signs.add(ClaimType::Demand, 3);
    }
    let early = verb.is_none_or(|v| i <= phrases::group(doc, v, words.end) + 1);
    if early && doc.reads_any(i, &["stand", "stands"]) {
        if doc.reads(i + 1, "ready") {
            signs.add(ClaimType::Commitment, 3);
        } else if doc.reads_any(i + 1, &["with", "by", "firmly", "together", "against"]) {
            signs.add(ClaimType::Position, 3);
        }
    }
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
                if counts(doc, words, i, verb, *kind, word, weight) {
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
