//! What tells a threat: harm that the speaker's side will do to another, mostly for what that one does.
//!
//! Must not take for one what comes of a thing: "the consequences of the war", "if we succeed, we will see".

use super::signs::{Signs, Subject, subject};
use crate::extract::document::{Document, Word};
use crate::extract::lexicon::Classes;
use crate::extract::{phrases, skeleton};
use std::ops::Range;

/// What hurts whom it is done to.
#[rustfmt::skip]
const STRIKES: [&str; 18] = [
    "arrest", "attack", "bomb", "crush", "destroy", "expel", "hit", "impose", "kill", "prosecute", "punish", "retaliate", "sanction",
    "strike", "sue", "target", "veto", "eliminate",
];

/// What answers a wrong, and may answer anything else.
#[rustfmt::skip]
const ANSWERS: [&str; 12] = [
    "act", "block", "fight", "oppose", "respond", "shut", "stop", "suspend", "cut", "withdraw", "end", "withhold",
];

/// How one answers a wrong: "respond forcefully", "corresponding measures".
#[rustfmt::skip]
const FORCE: [&str; 12] = [
    "accordingly", "against", "corresponding", "countermeasures", "decisive", "decisively", "force", "forceful", "forcefully",
    "reciprocal", "resolute", "retaliatory",
];

/// So many words from the verb group on, what will be done is told.
const REACH: usize = 14;

/// Reads what the verb group at `verb`, and what hangs on it, says will be done.
pub(super) fn group(doc: &Document<'_>, verb: usize, end: usize, signs: &mut Signs) {
    if !signs.will {
        return;
    }
    let end = end.min(verb + REACH);
    for i in verb + 1..end {
        if doc.reads_any(i, &["if", "unless"]) {
            break;
        }
        // "we will respond", "be forced to act", "will not hesitate to strike"; no noun.
        let done = (i.saturating_sub(3).max(verb)..i)
            .rev()
            .take_while(|&j| {
                j + 1 == i
                    || phrases::is(doc, j + 1, Classes::ADVERB.or(Classes::NEGATION))
                    || doc.written(j + 1).ends_with("ly")
            })
            .any(|j| will(doc, j) || doc.reads(j, "to"));
        if !done {
            continue;
        }
        signs.strikes |= doc.reads_any(i, &STRIKES);
        signs.undeterred |= doc.reads(i, "hesitate");
        let forced = || (i + 1..end.min(i + 5)).any(|j| doc.reads_any(j, &FORCE));
        signs.answers |= doc.reads_any(i, &ANSWERS)
            || doc.reads_any(i, &["take", "adopt"])
                && (i + 1..end.min(i + 6))
                    .any(|j| doc.reads_any(j, &["measures", "action", "actions", "steps"]));
        signs.strikes |= doc.reads_any(i, &["act", "respond", "take", "adopt"]) && forced();
    }
}

/// "will", "shall", "we'll".
fn will(doc: &Document<'_>, at: usize) -> bool {
    doc.reads_any(at, &["will", "shall"]) || {
        let written = doc.written(at);
        written.ends_with("'ll") || written.ends_with("’ll")
    }
}

/// Behind these "if" asks and makes no condition.
#[rustfmt::skip]
const ASKS: [&str; 14] = [
    "ask", "asked", "asking", "asks", "check", "confirm", "decide", "determine", "doubt", "know", "learn", "see", "wonder", "wondering",
];

/// Whether the "if" or "unless" at `i` opens a condition: "we'll see if we can" asks.
pub(super) fn conditions(doc: &Document<'_>, i: usize) -> bool {
    i == 0 || !doc.reads_any(i - 1, &ASKS)
}

/// Whether the condition behind the word at `i` is what another does.
pub(super) fn dared(doc: &Document<'_>, words: &Range<usize>, i: usize) -> bool {
    let end = (i + 1..words.end.min(i + REACH * 2))
        .find(|&j| doc.word(j).is_some_and(Word::is_comma))
        .unwrap_or(words.end);
    skeleton::skeleton(doc, &(i + 1..end)).is_some_and(|s| {
        !matches!(
            subject(doc, &s.subject),
            Subject::Own | Subject::There | Subject::Unknown
        )
    })
}

/// Whether what the word at `i` names will be meted out: "there will be consequences", "they will face reprisals", "or bear the
/// consequences"; not "the consequences of inflation".
pub(super) fn metes(doc: &Document<'_>, i: usize, verb: Option<usize>, signs: &Signs) -> bool {
    let Some(verb) = verb.filter(|_| !signs.negated) else {
        return false;
    };
    let told = (verb.max(i.saturating_sub(6))..i)
        .rev()
        .find(|&j| doc.reads_any(j, &METED));
    let Some(told) = told else {
        return false;
    };
    let is = |list: &[&str]| doc.reads_any(told, list);
    let suffered = is(&["bear", "face", "suffer"]);
    if suffered && doc.reads(told - 1, "or") && (is(&["face"]) || !of_thing(doc, i)) {
        return true;
    }
    let reserved = (verb..told).any(|j| doc.reads_any(j, &["reserve", "reserves"]));
    if !(signs.will || reserved) || told > verb + 8 || of_thing(doc, i) {
        return false;
    }
    let other = matches!(signs.subject, Subject::Addressee | Subject::It) || signs.pronoun;
    match () {
        () if is(&["face"]) => signs.dared || other || signs.subject == Subject::Other,
        // Whoever does wrong, and not all the world.
        () if suffered => signs.dared && other,
        () if is(&["be"]) => signs.subject == Subject::There,
        () if is(&["with"]) => (verb..told).any(|j| doc.reads_any(j, &["meet", "met", "respond"])),
        () => {
            matches!(signs.subject, Subject::Own | Subject::Other) && !doc.reads(i, "consequences")
        }
    }
}

/// What is done with consequences and countermeasures.
const METED: [&str; 9] = [
    "adopt", "be", "bear", "face", "impose", "launch", "suffer", "take", "with",
];

/// Behind the word at `i` stands what they are of: "of inflation", "for development", but not "for those who".
fn of_thing(doc: &Document<'_>, i: usize) -> bool {
    let whom = Classes::OBJECT_PRONOUN.or(Classes::PERSON_NOUN);
    let person = phrases::is(doc, i + 2, whom)
        || doc.reads_any(i + 2, &["any", "anyone", "those", "whoever"])
        || doc.word(i + 2).is_some_and(|w| w.capital);
    doc.reads(i + 1, "of") || doc.reads(i + 1, "for") && !person
}
