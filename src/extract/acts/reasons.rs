//! Why a clause was given its type: the signs that were read, and the type it would have had without them.
//!
//! Decides nothing.

use super::signs::{Signs, Subject};
use super::{Heard, decide, gathered};
use crate::extract::document::Document;
use crate::extract::lexicon::Signal;
use crate::model::ClaimType;
use std::ops::Range;

/// What spoke for a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons {
    /// Each a short phrase.
    pub signs: Vec<String>,
    /// The type without what spoke for the one that was chosen.
    pub second: ClaimType,
}

/// The signs of the clause `words`.
pub fn reasons(doc: &Document<'_>, words: &Range<usize>, heard: Heard<'_>) -> Reasons {
    let mut signs = gathered(doc, words, heard);
    let kind = decide(&signs, heard);
    let mut told = told(&signs);
    for (signal, _) in heard.cue {
        if let Signal::Type(kind) = signal {
            told.push(format!("the reporting verb speaks for {}", kind.name()));
        }
    }
    signs.add(kind, -signs.of(kind));
    let cue: Vec<(Signal, i8)> = heard
        .cue
        .iter()
        .filter(|(signal, _)| *signal != Signal::Type(kind))
        .copied()
        .collect();
    let second = decide(&signs, Heard { cue: &cue, ..heard });
    let strongest = ClaimType::ALL
        .iter()
        .copied()
        .filter(|k| *k != kind && signs.of(*k) > 0)
        .max_by_key(|k| signs.of(*k));
    Reasons {
        signs: told,
        second: if second == kind {
            strongest.unwrap_or(ClaimType::Fact)
        } else {
            second
        },
    }
}

fn told(s: &Signs) -> Vec<String> {
    let mut out: Vec<String> = ClaimType::ALL
        .iter()
        .copied()
        .filter(|kind| s.of(*kind) > 0)
        .map(|kind| format!("words speak for {} ({})", kind.name(), s.of(kind)))
        .collect();
    out.push(
        match s.subject {
            Subject::Unknown => "no subject found",
            Subject::Own => "its subject is the speaker",
            Subject::Addressee => "its subject is whom it addresses",
            Subject::There => "it says that something is there",
            Subject::It => "its subject is \"it\" or \"this\"",
            Subject::Other => "its subject is a person or a body",
            Subject::Thing => "its subject is a thing",
        }
        .to_owned(),
    );
    let flags = [
        (s.condition, "a condition"),
        (s.will, "\"will\""),
        (s.duty, "a duty: \"must\", \"should\""),
        (s.hedge, "it may be otherwise"),
        (s.negated, "negated"),
        (s.past, "in the past"),
        (s.passive, "in the passive"),
        (s.cause, "a cause"),
        (s.valued, "a word of value"),
        (s.unwilling, "the will to it is denied"),
        (s.wish, "a wish"),
    ];
    out.extend(
        flags
            .into_iter()
            .filter(|(yes, _)| *yes)
            .map(|(_, name)| name.to_owned()),
    );
    out
}
