//! What can be read off a clause before its act is decided: subject, verb group, words that speak for an act.
//!
//! Decides nothing.

use super::{fixed, threats, verbs, words as said};
use crate::extract::document::Document;
use crate::extract::lexicon::Classes;
use crate::extract::skeleton;
use crate::model::ClaimType;
use crate::text::tokens::Kind;
use std::ops::Range;

/// Whose doing a clause tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// No subject was found.
    #[default]
    Unknown,
    /// "I", "we".
    Own,
    /// "you".
    Addressee,
    /// "there".
    There,
    /// "it", "this", "that".
    It,
    /// A name, a person, a body, "he", "they".
    Other,
    /// A thing.
    Thing,
}

/// The signs of one clause.
#[derive(Debug, Default)]
pub struct Signs {
    /// Weight for each type, in the order of [`ClaimType::ALL`].
    weights: [i32; 12],
    pub critical: i32,
    pub supportive: i32,
    pub subject: Subject,
    /// The subject can be blamed: a person, a body, or what belongs to a named one.
    pub agent: bool,
    pub condition: bool,
    /// It hangs on what another does: "if they close", and not "if we succeed".
    pub dared: bool,
    /// What its subject will do hurts another: "will retaliate".
    pub strikes: bool,
    /// Its subject will do what may answer a wrong: "will respond".
    pub answers: bool,
    /// "will not hesitate".
    pub undeterred: bool,
    /// Its subject is "they", "he" or the like.
    pub pronoun: bool,
    /// The speaker tells what will come to pass: "we will see".
    pub beholds: bool,
    /// What is denied is that it is all: "not only".
    pub merely: bool,
    /// Its subject has asked for something, and still does: "has called for".
    pub asked: bool,
    /// Its verb group holds "will", "shall", "going to".
    pub will: bool,
    /// What the group tells of with "will" befalls its subject.
    pub befalls: bool,
    /// Its verb group holds "must", "should", "have to", or the clause bids.
    pub duty: bool,
    /// It may be otherwise.
    pub hedge: bool,
    /// Its verb group is negated, or its noun behind "there is".
    pub negated: bool,
    /// A form of "be" carries the clause.
    pub be: bool,
    /// A modal verb stands in the group.
    pub modal: bool,
    /// Past or perfect.
    pub past: bool,
    pub passive: bool,
    pub cause: bool,
    /// A word of value stands in the predicate of "be".
    pub valued: bool,
    /// The thought itself is denied: "do not want", "cannot accept".
    pub unwilling: bool,
    /// Denied flatly: "never", "did not".
    pub flat: bool,
    /// What is thought follows: "I think", "we believe". The first word of the thought.
    pub thought: Option<usize>,
    /// A verb of wanting, hoping or preferring carries the clause.
    pub wish: bool,
}

impl Signs {
    /// Weight for `kind`.
    pub fn of(&self, kind: ClaimType) -> i32 {
        self.weights.get(kind as usize).copied().unwrap_or(0)
    }

    /// Adds to the weight for `kind`.
    pub fn add(&mut self, kind: ClaimType, weight: i32) {
        if let Some(slot) = self.weights.get_mut(kind as usize) {
            *slot += weight;
        }
    }
}

/// Reads the signs of the clause in `words`.
pub fn signs(doc: &Document<'_>, words: &Range<usize>) -> Signs {
    let mut signs = Signs::default();
    let skeleton = skeleton::skeleton(doc, words);
    let verb = match &skeleton {
        Some(s) => {
            signs.subject = subject(doc, &s.subject);
            signs.pronoun = s.subject.len() == 1
                && doc
                    .word(s.subject.start)
                    .is_some_and(|w| w.is(Classes::PERSON_PRONOUN));
            let named = s.subject.clone().any(|i| {
                doc.word(i).is_some_and(|w| w.kind == Kind::Possessive)
                    && i > 0
                    && doc
                        .word(i - 1)
                        .is_some_and(|w| w.capital && !w.is(Classes::TIME))
                    || i > s.subject.start
                        && doc
                            .word(i)
                            .is_some_and(|w| w.capital && w.classes == Classes::default())
            });
            signs.agent =
                signs.subject == Subject::Other || signs.subject == Subject::Addressee || named;
            verbs::group(doc, s.verb, words.end, &mut signs);
            threats::group(doc, s.verb, words.end, &mut signs);
            Some(s.verb)
        }
        None => None,
    };
    if verbs::bids(doc, words, skeleton.is_some()) {
        signs.duty = true;
    }
    if signs.subject == Subject::There
        && let Some(v) = verb
    {
        signs.negated |=
            (v..words.end.min(v + 4)).any(|i| doc.reads_any(i, &["no", "nothing", "nobody"]));
    }
    for i in words.clone() {
        fixed::read(doc, words, i, verb, &mut signs);
        said::read(doc, words, i, verb, &mut signs);
    }
    signs
}

/// A lone plural that opens a sentence has its capital from there: "Catches will fall".
fn plural(doc: &Document<'_>, words: &Range<usize>) -> bool {
    let written = doc.written(words.start);
    let opens = words
        .start
        .checked_sub(1)
        .and_then(|b| doc.word(b))
        .is_none_or(|w| w.punctuation());
    words.len() == 1 && opens && written.ends_with('s') && !written.ends_with("ss")
}

/// Laws and works that have a name and do nothing of their own will, in small letters.
#[rustfmt::skip]
const NAMED_THINGS: [&str; 12] = [
    "act", "amendment", "bill", "bridge", "budget", "highway", "law", "legislation", "protocol", "river", "treaty", "volcano",
];

/// What has its name behind it: "Storm Lorenzo".
const STORMS: [&str; 4] = ["cyclone", "hurricane", "storm", "typhoon"];

/// "Storm Lorenzo", "the Clean Water Act": a name of a thing. "Law" alone may be a person's.
fn named_thing(doc: &Document<'_>, words: &Range<usize>) -> bool {
    let capital = |i: usize| doc.word(i).is_some_and(|w| w.capital);
    let last = words.end.saturating_sub(1);
    if last <= words.start || !capital(last) {
        return false;
    }
    let led = doc
        .word(words.start)
        .is_some_and(|w| w.is(Classes::DETERMINER.or(Classes::POSSESSIVE)));
    led && doc.reads_any(last, &NAMED_THINGS)
        || doc.reads_any(last - 1, &STORMS) && capital(last - 1)
}

pub(super) fn subject(doc: &Document<'_>, words: &Range<usize>) -> Subject {
    let first = doc.written(words.start);
    let plain = first.split(['\'', '’']).next().unwrap_or(first);
    let alone = words.len() <= 2;
    let is = |list: &[&str]| list.iter().any(|w| plain.eq_ignore_ascii_case(w));
    if is(&["i", "we"]) {
        return Subject::Own;
    }
    if alone && is(&["you"]) {
        return Subject::Addressee;
    }
    if is(&["there"]) {
        return Subject::There;
    }
    if alone && is(&["it", "this", "that", "what"]) {
        return Subject::It;
    }
    let person = words.clone().any(|i| {
        doc.word(i).is_some_and(|w| {
            (!w.is(Classes::DETERMINER) || words.len() == 1)
                && w.is(Classes::SUBJECT_PRONOUN
                    .or(Classes::PERSON_NOUN)
                    .or(Classes::OFFICE)
                    .or(Classes::COLLECTIVE)
                    .or(Classes::PLURAL_SOURCE))
                || (w.capital
                    && (i > words.start || w.classes == Classes::default() && !plural(doc, words)))
        })
    });
    if named_thing(doc, words) {
        return Subject::Thing;
    }
    let head_is_name = doc.word(words.end - 1).is_some_and(|w| w.capital);
    let thing_of = !head_is_name
        && words
            .clone()
            .any(|i| doc.word(i).is_some_and(|w| w.kind == Kind::Possessive));
    if person && !thing_of {
        Subject::Other
    } else {
        Subject::Thing
    }
}
