//! Writing the columns; the parent module says what they are and reads them.

use super::SpeakerRow;
use crate::model::{Extraction, Speaker};
use crate::store::packed::bytes::Writer;
use crate::store::packed::codes::{self, Code};
use crate::text::Span;
use std::collections::HashMap;

/// The distinct speakers of an extraction, by number.
#[derive(Debug, Default)]
pub(in crate::store::packed) struct Speakers<'e> {
    numbers: HashMap<SpeakerRow<'e>, usize>,
    rows: Vec<SpeakerRow<'e>>,
}

impl<'e> Speakers<'e> {
    /// Of quotes, then claims, then the issuer: so that the numbers of the first are small.
    pub fn of(extraction: &'e Extraction) -> Self {
        let mut speakers = Self::default();
        let quotes = extraction.quotes.iter().map(|q| &q.speaker);
        let claims = extraction.claims.iter().map(|c| &c.speaker);
        for speaker in quotes.chain(claims).chain([&extraction.issuer]).flatten() {
            let row = row(speaker);
            let next = speakers.rows.len();
            if *speakers.numbers.entry(row).or_insert(next) == next {
                speakers.rows.push(row);
            }
        }
        speakers
    }

    pub fn number(&self, speaker: Option<&Speaker>) -> Option<usize> {
        self.numbers.get(&row(speaker?)).copied()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

fn row(speaker: &Speaker) -> SpeakerRow<'_> {
    SpeakerRow {
        name: &speaker.name,
        on_behalf_of: speaker.on_behalf_of.as_deref(),
        how: speaker.how,
    }
}

/// Writes the columns of an extraction.
pub(in crate::store::packed) fn write(
    extraction: &Extraction,
    speakers: &Speakers<'_>,
    out: &mut Writer,
) {
    out.count(extraction.quotes.len());
    out.count(extraction.claims.len());
    for quote in &extraction.quotes {
        let mut byte = quote.kind.code() | quote.act.code() << codes::ACT;
        byte |= flag(codes::ONE_CONTENT, quote.content.len() == 1);
        byte |= flag(codes::ONE_SOURCE, quote.source.len() == 1);
        byte |= flag(codes::SPOKEN, quote.speaker.is_some());
        out.byte(byte);
    }
    let guessed: Vec<Guess<'_>> = guesses(extraction, speakers).collect();
    for (claim, guess) in extraction.claims.iter().zip(&guessed) {
        let mut byte = claim.kind.code();
        byte |= flag(codes::OTHER_QUOTE, claim.quote != guess.quote);
        byte |= flag(codes::OTHER_SPEAKER, guess.own_speaker != guess.speaker);
        byte |= flag(codes::OTHER_CLAIMANT, claim.claimant != guess.claimant);
        byte |= flag(codes::TARGET, claim.target.is_some());
        out.byte(byte);
    }
    out.count(speakers.len());
    for speaker in &speakers.rows {
        out.byte(speaker.how.code() << 1 | u8::from(speaker.on_behalf_of.is_some()));
        out.text(speaker.name);
        speaker.on_behalf_of.iter().for_each(|name| out.text(name));
    }
    let mut from = 0;
    for quote in &extraction.quotes {
        if let Some(speaker) = speakers.number(quote.speaker.as_ref()) {
            out.count(speaker);
        }
        if quote.content.len() != 1 {
            out.count(quote.content.len());
        }
        out.spans(from, &quote.content);
        from = quote.content.last().map_or(from, |span| span.end);
        if quote.source.len() != 1 {
            out.count(quote.source.len());
        }
        out.spans(from, &quote.source);
    }
    let mut from = 0;
    for (claim, guess) in extraction.claims.iter().zip(&guessed) {
        if claim.quote != guess.quote {
            out.number(claim.quote.map_or(0, |id| u64::from(id) + 1));
        }
        if guess.own_speaker != guess.speaker {
            out.count(guess.own_speaker.map_or(0, |n| n + 1));
        }
        out.span(from, claim.span);
        if claim.claimant != guess.claimant {
            out.count(claim.claimant.len());
            out.spans(claim.span.start, &claim.claimant);
        }
        if let Some(target) = claim.target {
            out.span(claim.span.start, target);
        }
        from = claim.span.end;
    }
}

fn flag(bit: u8, is: bool) -> u8 {
    if is { bit } else { 0 }
}

/// What a claim is thought to share: the quote of the claim before; the speaker of its quote, or else of the
/// claim before; the source of its quote, or none.
struct Guess<'e> {
    quote: Option<u32>,
    speaker: Option<usize>,
    own_speaker: Option<usize>,
    claimant: &'e [Span],
}

fn guesses<'e>(
    extraction: &'e Extraction,
    speakers: &Speakers<'_>,
) -> impl Iterator<Item = Guess<'e>> {
    let (mut before, mut spoken) = (None, None);
    extraction.claims.iter().map(move |claim| {
        let quote = claim.quote.and_then(|id| extraction.quote(id));
        if claim.quote.is_some() {
            spoken = quote.and_then(|q| speakers.number(q.speaker.as_ref()));
        }
        let own_speaker = speakers.number(claim.speaker.as_ref());
        Guess {
            quote: std::mem::replace(&mut before, claim.quote),
            speaker: std::mem::replace(&mut spoken, own_speaker),
            own_speaker,
            claimant: quote.map_or(&[], |q| &q.source),
        }
    })
}
