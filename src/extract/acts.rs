//! What a clause does: its type, illocution, polarity, modality, stance.
//!
//! The signs come from `signs`; the first type in the order of [`ClaimType`] that they carry wins. Speech acts after
//! Searle 1976; that a performative needs the speaker as its subject, in the present, is Austin's.

mod fixed;
mod reasons;
mod signs;
mod threats;
mod verbs;
mod words;

use super::document::Document;
use super::lexicon::Signal;
use crate::model::{ClaimType, Illocution, Modality, Polarity, Stance, Verifiable};
pub use reasons::{Reasons, reasons};
use signs::{Signs, Subject};
use std::ops::Range;

/// What was read from a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub kind: ClaimType,
    pub polarity: Polarity,
    pub modality: Modality,
    pub stance: Stance,
}

/// How the clause was heard.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard<'s> {
    /// What the reporting verb itself says of the act: "urged".
    pub cue: &'s [(Signal, i8)],
    /// In the speaker's own words, so that "we" and the body they speak for are the claimant.
    pub own_words: bool,
}

/// Reads the clause `words`.
pub fn read(doc: &Document<'_>, words: &Range<usize>, heard: Heard<'_>) -> Act {
    let signs = gathered(doc, words, heard);
    let kind = decide(&signs, heard);
    Act {
        kind,
        polarity: if signs.negated {
            Polarity::Negative
        } else {
            Polarity::Positive
        },
        modality: modality(kind, &signs),
        stance: stance(kind, &signs),
    }
}

/// The signs of the clause, or of the thought in it, with what the reporting verb adds.
fn gathered(doc: &Document<'_>, words: &Range<usize>, heard: Heard<'_>) -> Signs {
    let mut signs = signs::signs(doc, words);
    // "I think that X": what is thought is what is claimed.
    let thinks = match signs.subject {
        Subject::Own => true,
        Subject::Other => heard.own_words,
        _ => false,
    };
    if let Some(at) = signs
        .thought
        .filter(|_| thinks && !signs.negated && !signs.past)
    {
        let mut inner = signs::signs(doc, &(at..words.end));
        // "I hope they will": nobody binds anybody.
        let wished = signs.wish && inner.subject != Subject::Own;
        if inner.subject != Subject::Unknown && !wished {
            inner.valued |= signs.subject == Subject::Own && signs.of(ClaimType::Position) == 0;
            inner.hedge |= signs.hedge;
            inner.condition |= signs.condition;
            inner.dared |= signs.dared;
            signs = inner;
        }
    }
    for (signal, weight) in heard.cue {
        if let Signal::Type(kind) = signal {
            signs.add(*kind, i32::from(*weight) * 3);
        }
    }
    signs
}

fn decide(s: &Signs, heard: Heard<'_>) -> ClaimType {
    let of = |kind| s.of(kind);
    let cued = |kind: ClaimType| {
        heard
            .cue
            .iter()
            .any(|(signal, n)| *signal == Signal::Type(kind) && *n >= 2)
    };
    let own = s.subject == Subject::Own;
    // A performative is in the present and the speaker's own, or its body's: "We urge", "China opposes".
    let performs = own || s.subject == Subject::Unknown || s.subject == Subject::Other && !s.past;
    let harm = s.critical + of(ClaimType::Accusation);
    let asked =
        s.duty || s.asked || of(ClaimType::Demand) >= 2 && (performs || cued(ClaimType::Demand));
    let side = own || s.subject == Subject::Other && !s.pronoun;
    let hurts = s.strikes || s.answers && harm >= 1;
    if s.dared && s.will && (!s.negated || s.undeterred) && !asked && side && hurts
        || of(ClaimType::Threat) >= 2
    {
        return ClaimType::Threat;
    }
    let body_will = s.subject == Subject::Other && heard.own_words && !s.negated && !s.befalls;
    let binds = cued(ClaimType::Commitment)
        || of(ClaimType::Commitment) >= 2 && (performs || s.subject == Subject::Thing)
        || s.will && !s.hedge && (own && !s.beholds || s.passive && !s.dared || body_will);
    if binds && (!asked || s.will) {
        return ClaimType::Commitment;
    }
    if asked || s.subject == Subject::Unknown && of(ClaimType::Demand) >= 2 {
        return ClaimType::Demand;
    }
    if cued(ClaimType::Denial) {
        return ClaimType::Denial;
    }
    let denies = s.negated
        && !s.merely
        && !s.modal
        && !s.will
        && !s.valued
        && !s.hedge
        && s.subject != Subject::There;
    if denies && !s.unwilling && (s.be && !own && !s.passive || own && s.flat) {
        return ClaimType::Denial;
    }
    if of(ClaimType::Expressive) >= 2 && of(ClaimType::Accusation) < 4 {
        return ClaimType::Expressive;
    }
    let stated = s.subject == Subject::Thing && s.be && !s.past;
    let takes = of(ClaimType::Position) >= 2
        && (performs || stated || s.be && own || cued(ClaimType::Position));
    let afraid = own && s.negated && s.be && !s.past && !s.will && !s.valued;
    if takes
        || afraid
        || (own || s.subject == Subject::Other && !heard.own_words) && (s.unwilling || s.wish)
    {
        return ClaimType::Position;
    }
    if s.subject == Subject::There && s.negated && of(ClaimType::Evaluation) >= 2 {
        return ClaimType::Evaluation;
    }
    // What another did that the speaker is against.
    let against = of(ClaimType::Position) >= 2
        && s.critical > s.supportive
        && s.past
        && s.subject == Subject::Other
        && heard.own_words;
    // Who is blamed acts: of a thing more must be said.
    let enough = if s.agent { 2 } else { 4 };
    if !own && (of(ClaimType::Accusation) >= enough || against) {
        return ClaimType::Accusation;
    }
    if of(ClaimType::Declaration) >= 3 {
        return ClaimType::Declaration;
    }
    if s.will || of(ClaimType::Forecast) >= 2 {
        return ClaimType::Forecast;
    }
    if s.cause || of(ClaimType::Causal) >= 2 {
        return ClaimType::Causal;
    }
    if s.valued || cued(ClaimType::Evaluation) {
        return ClaimType::Evaluation;
    }
    ClaimType::Fact
}

fn modality(kind: ClaimType, s: &Signs) -> Modality {
    if s.condition {
        Modality::Conditional
    } else if kind == ClaimType::Demand {
        Modality::Obligation
    } else if kind == ClaimType::Threat
        || kind == ClaimType::Commitment && (s.will || s.be || s.of(ClaimType::Commitment) != 2)
    {
        Modality::Intention
    } else if s.hedge {
        Modality::Hedged
    } else {
        Modality::Asserted
    }
}

fn stance(kind: ClaimType, s: &Signs) -> Stance {
    match kind {
        ClaimType::Threat | ClaimType::Accusation => Stance::Critical,
        _ if s.critical > s.supportive => Stance::Critical,
        _ if s.supportive > s.critical => Stance::Supportive,
        _ => Stance::Neutral,
    }
}

/// Searle's class of a type.
pub fn illocution(kind: ClaimType) -> Illocution {
    match kind {
        ClaimType::Threat | ClaimType::Commitment => Illocution::Commissive,
        ClaimType::Demand => Illocution::Directive,
        ClaimType::Position | ClaimType::Expressive => Illocution::Expressive,
        ClaimType::Declaration => Illocution::Declaration,
        _ => Illocution::Assertive,
    }
}

/// Whether a fact-checker can check a claim of this type; figures make more of it checkable.
pub fn verifiable(kind: ClaimType, figures: bool) -> Verifiable {
    match kind {
        ClaimType::Fact => Verifiable::Yes,
        ClaimType::Accusation | ClaimType::Causal | ClaimType::Denial => Verifiable::Partly,
        ClaimType::Forecast | ClaimType::Evaluation if figures => Verifiable::Partly,
        _ => Verifiable::No,
    }
}
