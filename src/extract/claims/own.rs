//! The sentences that no quote holds: the writer's in a narrative, the issuer's where one voice speaks.

use super::making::Maker;
use super::{Voice, clauses};
use crate::extract::document::{Document, Word};
use crate::extract::{phrases, skeleton};
use crate::model::{Attributed, Layout, Speaker};
use crate::text::Span;

/// The sentences that no quote holds: the writer's in a narrative, the issuer's in one voice.
pub(super) fn claims(
    doc: &Document<'_>,
    layout: Layout,
    taken: &[Span],
    issuer: Option<&Speaker>,
    maker: &mut Maker<'_, '_>,
) {
    let mut taken: Vec<Span> = taken.to_vec();
    taken.sort();
    let first_we = (layout == Layout::OneVoice)
        .then(|| first_person(doc))
        .flatten();
    let mut next = 0;
    for sentence in &doc.sentences {
        let heading = doc
            .paragraphs
            .get(sentence.paragraph)
            .is_some_and(|p| p.heading);
        let text = sentence.span.of(doc.text);
        if heading
            || text.trim_end_matches(['"', '”']).ends_with(['?', ':'])
            || sentence.words.start < doc.start
        {
            continue;
        }
        while taken
            .get(next)
            .is_some_and(|s| s.finish() <= sentence.span.begin())
        {
            next += 1;
        }
        // A sentence that an attribution fills is told already.
        let covered: usize = taken
            .get(next..)
            .unwrap_or(&[])
            .iter()
            .take_while(|s| s.begin() < sentence.span.finish())
            .map(|s| {
                s.len()
                    .min(sentence.span.finish().saturating_sub(s.begin()))
            })
            .sum();
        let left = remainder(sentence.span, taken.get(next..).unwrap_or(&[]), text, doc);
        let stretch = match (covered, left) {
            (0, _) => Some(sentence.span),
            (_, left) => left,
        };
        let Some(stretch) = stretch else { continue };
        let voice = Voice {
            claimant: first_we.as_slice(),
            speaker: issuer,
            attribution: if layout == Layout::OneVoice {
                Attributed::FirstPerson
            } else {
                Attributed::Narrator
            },
            cue: &[],
            quote: None,
            chain: Vec::new(),
            signals: Vec::new(),
        };
        maker.stretch(stretch, &voice);
    }
}

/// What is left of a sentence before its first attribution, when that is a clause of its own:
/// "Germany banned the airline, with officials saying ...".
fn remainder(sentence: Span, taken: &[Span], text: &str, doc: &Document<'_>) -> Option<Span> {
    let _ = text;
    let first = taken
        .iter()
        .take_while(|s| s.begin() < sentence.finish())
        .map(|s| s.begin())
        .min()?;
    let words = clauses::words_in(doc, Span::new(sentence.begin(), first));
    let comma = words
        .clone()
        .rev()
        .find(|&i| doc.word(i).is_some_and(Word::is_comma))?;
    let part = words.start..comma;
    (part.len() >= 6 && skeleton::stands(doc, &part) && words.end - comma <= 3)
        .then(|| doc.span_of(&part))
}

/// The first "I" of the document outside quotations, else the first "we": how the issuer calls itself.
fn first_person(doc: &Document<'_>) -> Option<Span> {
    let find = |pronoun: &str| {
        (0..doc.words.len()).find_map(|i| {
            let word = doc.word(i).filter(|w| w.quotation == 0)?;
            let written = doc.written(i);
            let length = phrases::contracted(doc, i).unwrap_or(written.len());
            let alone = written
                .get(..length)
                .is_some_and(|w| w.eq_ignore_ascii_case(pronoun));
            let initial = doc.word(i + 1).is_some_and(|w| w.first == b'.');
            (alone && !initial).then(|| Span::new(word.span.begin(), word.span.begin() + length))
        })
    };
    find("i").or_else(|| find("we"))
}
