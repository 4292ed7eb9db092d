//! What the verb group of a clause tells: time, will, duty, doubt, denial; and whether the clause bids.

use super::signs::Signs;
use crate::extract::document::{Document, Word};
use crate::extract::lexicon::{Classes, Forms};
use crate::extract::phrases;
use crate::text::tokens::Kind;
use std::ops::Range;

/// What happens to somebody, or is so, without their doing: with "will" it is foretold and not promised.
const BEFALLS: [&str; 24] = [
    "be", "become", "benefit", "decline", "die", "face", "fall", "feel", "find", "gain", "get",
    "grow", "happen", "have", "know", "lose", "need", "remain", "rise", "see", "succeed", "suffer",
    "survive", "win",
];

/// Reads the verb group that begins at `verb`.
pub(super) fn group(doc: &Document<'_>, verb: usize, end: usize, signs: &mut Signs) {
    let last = phrases::group(doc, verb, end);
    for i in verb..=last {
        let Some(word) = doc.word(i) else { break };
        if doc.reads_any(i, &["will", "shall", "won't", "won’t", "'ll", "’ll"]) {
            signs.will = true;
        }
        if doc.reads_any(i, &["must", "should", "ought", "shouldn't", "mustn't"])
            && !doc.reads(i + 1, "have")
        {
            signs.duty = true;
        }
        signs.befalls |= i > verb && signs.will && doc.reads_any(i, &BEFALLS);
        if doc.reads_any(i, &["may", "might"]) || doc.reads(i, "could") && !doc.reads(i + 1, "not")
        {
            signs.hedge = true;
        }
        signs.modal |= word.is(Classes::MODAL) && !word.capital;
        signs.negated |= word.is(Classes::NEGATION);
        signs.be |= word.is(Classes::BE);
        signs.flat |= doc.reads_any(i, &["never", "didn't", "didn’t"])
            || doc.reads(i, "did") && doc.reads(i + 1, "not");
        // The first of the group tells the time; what follows "be" or "have" is a participle.
        signs.past |= i == verb
            && (word.is(Classes::VERB)
                || word.is(Classes::HAVE) && last > verb
                || doc.reads_any(i, &["was", "were", "did", "didn't", "didn’t", "had"])
                || word
                    .verb()
                    .is_some_and(|(_, f)| f.any(Forms::PAST) && !f.any(Forms::BASE))
                || doc.written(i).ends_with("ed"));
    }
    if !signs.negated {
        signs.negated = doc.word(last + 1).is_some_and(|w| w.is(Classes::NEGATION))
            && signs.be
            && !doc.reads(last + 1, "without");
    }
    // "is not only", "isn't just": more than that is said.
    let denied = (verb..=last + 1)
        .rev()
        .find(|&i| doc.word(i).is_some_and(|w| w.is(Classes::NEGATION)));
    signs.merely = denied.is_some_and(|i| {
        doc.reads_any(
            i + 1,
            &["only", "just", "merely", "simply", "solely", "like"],
        ) && doc.word(i + 2).is_some_and(|w| w.is_word())
    });
    // "has called for", "have urged": what was asked for is still asked.
    let asks = doc.reads_any(
        last,
        &["urged", "demanded", "requested", "implored", "exhorted"],
    ) || doc.reads(last, "called") && doc.reads_any(last + 1, &["for", "on", "upon"]);
    if asks && doc.reads_any(verb, &["has", "have"]) && !signs.be && !signs.negated {
        signs.asked = true;
    }
    signs.beholds = signs.will && doc.reads(last, "see") && !doc.reads(last + 1, "to");
    let written = doc.written(last);
    signs.passive = signs.be && (written.ends_with("ed") || written.ends_with("en"));
    // "I never threaten": the adverb may stand before the verb that was found.
    if verb > 0 && doc.reads(verb - 1, "never") {
        signs.negated = true;
        signs.flat = true;
    }
    // "have to", "need to", "going to", "has got to".
    if (doc.reads_any(last, &["have", "has", "need", "needs", "got"])) && doc.reads(last + 1, "to")
    {
        signs.duty = !signs.negated;
    }
    if doc.reads(last, "going") && doc.reads(last + 1, "to") && signs.be && !signs.past {
        signs.will = true;
    }
    if doc.reads_any(
        last,
        &[
            "think",
            "believe",
            "know",
            "guess",
            "feel",
            "mean",
            "see",
            "suppose",
            "skeptical",
            "sure",
            "concerned",
            "anticipate",
            "hope",
            "believes",
            "thinks",
            "recognize",
            "recognizes",
            "knows",
            "recognise",
            "recognises",
        ],
    ) && last + 3 < end
    {
        let at = last + 1 + usize::from(doc.reads(last + 1, "that"));
        if phrases::begins(doc, at) || doc.reads(at, "there") {
            signs.thought = Some(at);
        }
    }
    signs.wish = doc.reads_any(
        last,
        &[
            "want", "wants", "hope", "hopes", "prefer", "wish", "like", "love", "hoped", "wanted",
        ],
    );
    signs.unwilling = signs.negated
        && (signs.wish
            || doc.reads_any(
                last,
                &[
                    "tolerate", "accept", "allow", "seek", "support", "agree", "stand", "ignore",
                    "permit",
                ],
            ));
    // "we'll", "it's", "they've": the auxiliary is part of the word.
    let tail = doc
        .written(verb)
        .split(['\'', '’'])
        .nth(1)
        .unwrap_or_default();
    if phrases::contracted(doc, verb).is_some()
        || doc.word(verb).is_some_and(|w| w.kind == Kind::Possessive)
    {
        signs.will |= tail == "ll";
        signs.past |= tail == "ve";
        let participle = last > verb
            && (doc.written(last).ends_with("ed")
                || doc.word(last).is_some_and(|w| w.is(Classes::VERB)));
        signs.be |= matches!(tail, "re" | "m") || tail == "s" && !participle;
        signs.negated |= doc.word(verb + 1).is_some_and(|w| w.is(Classes::NEGATION));
        if signs.be && doc.reads(last, "going") && doc.reads(last + 1, "to") {
            signs.will = true;
        }
    }
}

/// Whether the clause bids: "Let us", "Please", "Turn on these pumps".
pub(super) fn bids(doc: &Document<'_>, words: &Range<usize>, has_subject: bool) -> bool {
    let mut at = words.start;
    // Over a name that is called: "Madam Chairwoman, turn on".
    if let Some(comma) =
        (at..words.end.min(at + 4)).find(|&i| doc.word(i).is_some_and(Word::is_comma))
        && (at..comma).all(|i| doc.word(i).is_some_and(|w| w.capital))
    {
        at = comma + 1;
    }
    if doc.reads_any(at, &["let's", "let’s", "please"])
        || doc.reads(at, "let") && doc.reads(at + 1, "us")
    {
        return true;
    }
    let word = doc.word(at);
    // After a call any bare word may bid: "Madam Chairwoman, turn on".
    if at > words.start
        && word.is_some_and(|w| w.kind == Kind::Word && !w.capital)
        && phrases::open(doc, at)
        && doc.word(at + 1).is_some_and(|w| {
            w.is(Classes::PREPOSITION
                .or(Classes::DETERMINER)
                .or(Classes::POSSESSIVE)
                .or(Classes::OBJECT_PRONOUN))
        })
    {
        return true;
    }
    let base = word.is_some_and(|w| {
        w.kind == Kind::Word
            && !w.is(Classes::AUXILIARY
                .or(Classes::PREPOSITION)
                .or(Classes::RELATIVE)
                .or(Classes::SUBORDINATOR))
            && w.verb().is_some_and(|(_, f)| f.any(Forms::BASE))
            && w.entry.is_some_and(|e| e.noun.is_none())
    });
    let object = doc.word(at + 1).is_some_and(|w| {
        w.is(Classes::DETERMINER
            .or(Classes::POSSESSIVE)
            .or(Classes::OBJECT_PRONOUN)
            .or(Classes::PREPOSITION))
    });
    base && object && !has_subject
}
