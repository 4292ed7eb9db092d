//! What fixed turns tell of the act of a clause: "call on", "refused to", "look forward to".
//!
//! A turn is known by one word, and few words are of any: so each is looked up once, and only what it may be of is tried.

use super::signs::{Signs, Subject};
use super::threats;
use crate::extract::document::Document;
use crate::extract::lexicon::{ByForm, Classes};
use crate::extract::phrases;
use crate::extract::weights::value;
use crate::model::ClaimType;
use std::ops::Range;
use std::sync::LazyLock;

/// The turn that a word may be of.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Condition,
    Hedge,
    Because,
    Due,
    Result,
    Results,
    Reasons,
    Call,
    Ask,
    Not,
    Time,
    Refuse,
    Choose,
    Little,
    Look,
    Best,
    Imperative,
    Stand,
    Miss,
}

/// Words in lower case, apostrophes straight.
const WORDS: [(Turn, &[&str]); 19] = [
    (Turn::Condition, &["if", "unless"]),
    (
        Turn::Hedge,
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
    ),
    (Turn::Because, &["because"]),
    (
        Turn::Due,
        &[
            "due",
            "thanks",
            "contributed",
            "contributes",
            "led",
            "leads",
        ],
    ),
    (Turn::Result, &["result"]),
    (Turn::Results, &["results", "resulted"]),
    (Turn::Reasons, &["reasons"]),
    (Turn::Call, &["call", "calls", "calling"]),
    (Turn::Ask, &["ask", "asks", "asking"]),
    (Turn::Not, &["cannot", "can't", "won't", "not"]),
    (Turn::Time, &["time"]),
    (
        Turn::Refuse,
        &[
            "refuse",
            "refuses",
            "refused",
            "fail",
            "fails",
            "failed",
            "neglected",
        ],
    ),
    (Turn::Choose, &["chose", "choose", "chooses"]),
    (Turn::Little, &["little", "no"]),
    (Turn::Look, &["look", "looks", "looking"]),
    (Turn::Best, &["best"]),
    (Turn::Imperative, &["imperative", "incumbent"]),
    (Turn::Stand, &["stand", "stands"]),
    (Turn::Miss, &["miss"]),
];

static TURNS: LazyLock<ByForm<Turn>> = LazyLock::new(|| {
    let words = WORDS
        .iter()
        .flat_map(|(turn, words)| words.iter().map(|word| (value(word.as_bytes()), *turn)));
    words.collect()
});

/// Adds to `signs` what the word at `i` tells, with the words beside it; `verb` is the finite verb of the clause.
pub(super) fn read(
    doc: &Document<'_>,
    words: &Range<usize>,
    i: usize,
    verb: Option<usize>,
    signs: &mut Signs,
) {
    let Some(turn) = TURNS.get(&doc.form(i)) else {
        return;
    };
    let next = |list: &[&str]| doc.reads_any(i + 1, list);
    match turn {
        Turn::Condition if threats::conditions(doc, i) => {
            signs.condition = true;
            signs.dared |= threats::dared(doc, words, i);
        }
        Turn::Hedge => signs.hedge |= in_front(doc, words, i) && !counted(doc, i),
        Turn::Because => signs.cause = true,
        Turn::Due => signs.cause |= next(&["to"]),
        Turn::Result => signs.cause |= next(&["of", "in"]),
        Turn::Results => signs.cause |= next(&["in"]),
        Turn::Reasons => {
            let given = i > words.start + 1 && (doc.reads(i - 1, "for") || doc.reads(i - 2, "for"));
            signs.cause |= given;
        }
        Turn::Call if next(&["on", "upon", "for"]) && !named(doc, i) => {
            signs.add(ClaimType::Demand, 3);
        }
        Turn::Ask if (i + 2..words.end.min(i + 9)).any(|j| doc.reads(j, "to")) => {
            signs.add(ClaimType::Demand, 3);
        }
        Turn::Not if next(&["tolerate", "accept", "allow", "permit"]) => {
            signs.add(ClaimType::Demand, 3);
        }
        // "It is time to", "it is high time for".
        Turn::Time if next(&["to", "for"]) && i > words.start => {
            let before = doc.word(i - 1);
            if before.is_some_and(|w| w.is(Classes::BE) || doc.reads(i - 1, "high")) {
                signs.add(ClaimType::Demand, 3);
            }
        }
        // "refused to", "failed to", "chose not to": what another did not do.
        Turn::Refuse if next(&["to"]) => signs.add(ClaimType::Accusation, 2),
        Turn::Choose if next(&["not"]) => signs.add(ClaimType::Accusation, 2),
        Turn::Little
            if next(&[
                "commitment",
                "respect",
                "regard",
                "concern",
                "interest",
                "intention",
            ]) =>
        {
            signs.add(ClaimType::Accusation, 2);
        }
        // "look forward to", "best wishes to".
        Turn::Look if next(&["forward"]) && doc.reads_any(i + 2, &["to", "for"]) => {
            signs.add(ClaimType::Expressive, 3);
        }
        Turn::Best if next(&["wishes"]) => signs.add(ClaimType::Expressive, 3),
        // "I will miss her": what is felt, and no promise.
        Turn::Miss
            if signs.subject == Subject::Own
                && doc.word(i + 1).is_some_and(|w| {
                    w.is(Classes::OBJECT_PRONOUN.or(Classes::POSSESSIVE)) || w.capital
                }) =>
        {
            signs.beholds |= signs.will;
            signs.add(ClaimType::Expressive, 3);
        }
        // "It is imperative that".
        Turn::Imperative if next(&["that", "to", "on", "upon"]) => {
            signs.add(ClaimType::Demand, 3);
        }
        Turn::Stand if verb.is_none_or(|v| i <= phrases::group(doc, v, words.end) + 1) => {
            if next(&["ready"]) {
                signs.add(ClaimType::Commitment, 3);
            } else if next(&["with", "by", "firmly", "together", "against"]) {
                signs.add(ClaimType::Position, 3);
            }
        }
        _ => {}
    }
}

/// "the calls": a noun, and nobody's call here.
fn named(doc: &Document<'_>, i: usize) -> bool {
    doc.reads(i, "calls")
        && i > 0
        && doc
            .word(i - 1)
            .is_some_and(|w| w.is(Classes::DETERMINER.or(Classes::POSSESSIVE)))
}

/// Among the first words of a clause, and not behind a preposition.
fn in_front(doc: &Document<'_>, words: &Range<usize>, i: usize) -> bool {
    let behind_preposition = (words.start.max(i.saturating_sub(3))..i)
        .any(|j| doc.word(j).is_some_and(|w| w.is(Classes::PREPOSITION)) && !doc.reads(j, "to"));
    i < words.start + 12 && !behind_preposition
}

/// "the risks": a noun.
fn counted(doc: &Document<'_>, i: usize) -> bool {
    doc.reads(i, "risks")
        && i > 0
        && doc.word(i - 1).is_some_and(|w| {
            w.is(Classes::DETERMINER
                .or(Classes::POSSESSIVE)
                .or(Classes::PREPOSITION))
        })
}
