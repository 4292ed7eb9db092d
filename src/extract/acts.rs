//! What a clause does: its type, illocution, polarity, modality, stance.
//!
//! Weighs the words of `acts.txt` and a few grammatical signs; the first type in the order of
//! [`ClaimType`] that its signs carry wins.

use super::document::Document;
use super::lexicon::{Classes, Forms, Signal};
use crate::model::{ClaimType, Illocution, Modality, Polarity, Stance, Verifiable};
use std::ops::Range;

/// What was read from a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    pub kind: ClaimType,
    pub polarity: Polarity,
    pub modality: Modality,
    pub stance: Stance,
}

/// Signs of a clause.
#[derive(Debug, Default)]
struct Signs {
    weight: [i32; 12],
    critical: i32,
    supportive: i32,
    condition: bool,
    will: Option<usize>,
    hedge: bool,
    negated: bool,
    negated_be: bool,
    there_is: bool,
    first_person: bool,
    first_person_wants: bool,
    passive_will: bool,
    cause: bool,
}

/// Reads the clause `words`; `cue` is the reporting verb's own signals ("urged").
pub fn read(doc: &Document<'_>, words: &Range<usize>, cue: &[(Signal, i8)]) -> Act {
    let mut signs = Signs::default();
    for i in words.clone() {
        sign(doc, words, i, &mut signs);
    }
    for (signal, weight) in cue {
        if let Signal::Type(kind) = signal {
            add(&mut signs.weight, *kind, i32::from(*weight) * 3);
        }
    }
    let kind = decide(&signs);
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

fn add(weights: &mut [i32; 12], kind: ClaimType, weight: i32) {
    if let Some(slot) = ClaimType::ALL
        .iter()
        .position(|k| *k == kind)
        .and_then(|p| weights.get_mut(p))
    {
        *slot += weight;
    }
}

fn of(signs: &Signs, kind: ClaimType) -> i32 {
    ClaimType::ALL
        .iter()
        .position(|k| *k == kind)
        .and_then(|p| signs.weight.get(p))
        .copied()
        .unwrap_or(0)
}

fn sign(doc: &Document<'_>, words: &Range<usize>, i: usize, signs: &mut Signs) {
    let Some(word) = doc.word(i) else { return };
    let Some(entry) = word.entry else { return };
    let next_reads = |w: &str| doc.reads(i + 1, w);
    if doc.reads(i, "if") || doc.reads(i, "unless") {
        signs.condition = true;
    }
    if word.is(Classes::MODAL) && !word.is(Classes::MONTH) {
        if ["will", "shall", "we'll", "i'll"]
            .iter()
            .any(|m| doc.reads(i, m))
            && signs.will.is_none()
        {
            signs.will = Some(i);
            signs.passive_will = doc.word(i + 1).is_some_and(|w| w.is(Classes::BE))
                && doc.written(i + 2).ends_with("ed");
        }
        if ["may", "might", "could"].iter().any(|m| doc.reads(i, m)) {
            signs.hedge = true;
        }
    }
    if [
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
    ]
    .iter()
    .any(|h| doc.reads(i, h))
    {
        signs.hedge = true;
    }
    if ["we", "i", "we'll", "i'll"].iter().any(|p| doc.reads(i, p)) {
        signs.first_person = true;
        signs.first_person_wants |= i < words.start + 3;
    }
    let early = i < words.start + 18;
    if word.is(Classes::NEGATION) && early && !doc.reads(i, "without") && !signs.condition {
        let after_aux =
            i > words.start && doc.word(i - 1).is_some_and(|w| w.is(Classes::AUXILIARY));
        let itself_aux = word.is(Classes::AUXILIARY);
        let infinitive = next_reads("to");
        if (after_aux
            || itself_aux
            || doc.reads(i, "never")
            || doc.reads(i, "nobody")
            || doc.reads(i, "nothing")
            || doc.reads(i, "no") && signs.there_is)
            && !infinitive
        {
            signs.negated = true;
            signs.negated_be |= after_aux || itself_aux;
        }
    }
    if doc.reads(i, "there") && doc.word(i + 1).is_some_and(|w| w.is(Classes::BE)) {
        signs.there_is = true;
    }
    if doc.reads(i, "because")
        || doc.reads(i, "due") && next_reads("to")
        || doc.reads(i, "thanks") && next_reads("to")
        || doc.reads(i, "result") && next_reads("of")
        || doc.reads(i, "reasons")
            && i > words.start + 1
            && (doc.reads(i - 1, "for") || doc.reads(i - 2, "for"))
        || doc.reads(i, "led") && next_reads("to")
    {
        signs.cause = true;
    }
    if doc.reads(i, "need") && (next_reads("to")) && !doc.reads(i.saturating_sub(1), "no") {
        add(&mut signs.weight, ClaimType::Demand, 2);
    }
    if doc.reads(i, "call") && (next_reads("on") || next_reads("for") || next_reads("upon"))
        || doc.reads(i, "calls") && (next_reads("on") || next_reads("for"))
    {
        add(&mut signs.weight, ClaimType::Demand, 3);
    }
    if doc.reads(i, "stands") && next_reads("ready")
        || doc.reads(i, "stand") && (next_reads("ready") || next_reads("with") || next_reads("by"))
    {
        add(&mut signs.weight, ClaimType::Commitment, 3);
    }
    for (signal, weight) in &entry.acts {
        let weight = i32::from(*weight);
        match signal {
            Signal::Critical => signs.critical += weight,
            Signal::Supportive => signs.supportive += weight,
            Signal::Type(kind) => {
                // A performative speaks early in its clause, and as a verb: "We urge", "China opposes".
                let performative = matches!(
                    kind,
                    ClaimType::Demand | ClaimType::Position | ClaimType::Expressive
                ) && entry.verb.is_some()
                    && weight >= 2;
                let noun_use = entry
                    .verb
                    .is_some_and(|(_, f)| f.any(Forms::BASE.or(Forms::THIRD)))
                    && i > words.start
                    && doc.word(i - 1).is_some_and(|w| {
                        w.is(Classes::DETERMINER
                            .or(Classes::POSSESSIVE)
                            .or(Classes::PREPOSITION))
                            && !w.is(Classes::SUBJECT_PRONOUN)
                    });
                let participle = entry.verb.is_some_and(|(_, f)| f.any(Forms::ING));
                if performative
                    && *kind != ClaimType::Expressive
                    && (noun_use || participle || i > words.start + 30)
                {
                    continue;
                }
                add(&mut signs.weight, *kind, weight);
            }
        }
    }
}

fn decide(s: &Signs) -> ClaimType {
    let will = s.will.is_some();
    let harm = s.critical + of(s, ClaimType::Accusation);
    if s.condition
        && will
        && (harm >= 1 || s.weight.iter().sum::<i32>() == 0)
        && of(s, ClaimType::Demand) < 3
    {
        return ClaimType::Threat;
    }
    let binds = of(s, ClaimType::Commitment) >= 2
        || (will && (s.first_person_wants || s.passive_will) && !s.hedge);
    if binds && of(s, ClaimType::Demand) < 3 {
        return ClaimType::Commitment;
    }
    if of(s, ClaimType::Demand) >= 2 {
        return ClaimType::Demand;
    }
    let evaluative = of(s, ClaimType::Evaluation) >= 2;
    if s.negated_be && !s.there_is && !evaluative && !s.first_person && !will && !s.hedge {
        return ClaimType::Denial;
    }
    if of(s, ClaimType::Expressive) >= 2 && of(s, ClaimType::Accusation) < 4 {
        return ClaimType::Expressive;
    }
    if of(s, ClaimType::Position) >= 2 {
        return ClaimType::Position;
    }
    if s.there_is && s.negated && evaluative {
        return ClaimType::Evaluation;
    }
    if of(s, ClaimType::Accusation) >= 2 {
        return ClaimType::Accusation;
    }
    if of(s, ClaimType::Declaration) >= 3 {
        return ClaimType::Declaration;
    }
    if will || of(s, ClaimType::Forecast) >= 2 {
        return ClaimType::Forecast;
    }
    if s.cause || of(s, ClaimType::Causal) >= 2 {
        return ClaimType::Causal;
    }
    if s.first_person_wants && s.negated {
        return ClaimType::Position;
    }
    if evaluative {
        return ClaimType::Evaluation;
    }
    ClaimType::Fact
}

fn modality(kind: ClaimType, s: &Signs) -> Modality {
    if s.condition {
        Modality::Conditional
    } else if kind == ClaimType::Demand {
        Modality::Obligation
    } else if kind == ClaimType::Commitment
        && (s.will.is_some() || of(s, ClaimType::Commitment) >= 2)
        || kind == ClaimType::Threat
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
