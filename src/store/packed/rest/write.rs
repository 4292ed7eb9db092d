//! Writing the rest; the parent module says what it is.

use super::{has, set_of};
use crate::model::{Claim, Extraction};
use crate::store::packed::bytes::Writer;
use crate::store::packed::codes::{Code, mixed};
use crate::store::packed::columns::Speakers;
use crate::store::packed::restated::{self, Letters};
use crate::text::{Span, single_spaced};

/// Whole numbers up to here are written as such; an `f64` holds each of them exactly.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Writes the rest of an extraction from `body`: to `out` what packs well, to `noise` what does not.
pub(in crate::store::packed) fn write(
    extraction: &Extraction,
    speakers: &Speakers<'_>,
    body: &str,
    out: &mut Writer,
    noise: &mut Writer,
) {
    let (quotes, claims) = (&extraction.quotes, &extraction.claims);
    out.byte(extraction.layout.code());
    let issuer = speakers.number(extraction.issuer.as_ref());
    out.count(issuer.map_or(0, |n| n + 1));
    write_mentions(extraction, speakers, out);

    write_ids(quotes.iter().map(|q| q.id), out);
    for quote in quotes {
        out.list(quote.extent().start, &quote.cue);
    }
    for quote in quotes {
        match quote.continues {
            None => out.byte(0),
            Some(id) => {
                out.byte(1);
                out.step(quote.id, id);
            }
        }
    }
    write_floats(quotes.iter().map(|q| q.confidence), out, noise);

    write_ids(claims.iter().map(|c| c.id), out);
    for c in claims {
        out.byte(mixed(&[
            c.illocution.digit(),
            c.attribution.digit(),
            c.in_quote.digit(),
        ]));
    }
    for c in claims {
        out.byte(mixed(&[
            c.stance.digit(),
            c.polarity.digit(),
            c.modality.digit(),
            c.verifiable.digit(),
        ]));
    }
    write_floats(claims.iter().map(|c| c.worth), out, noise);
    write_floats(claims.iter().map(|c| c.confidence), out, noise);

    let spaced: Vec<String> = claims
        .iter()
        .map(|c| single_spaced(c.span.of(body)))
        .collect();
    let cue_of = |claim: &Claim| -> &[Span] {
        let quote = claim.quote.and_then(|id| extraction.quote(id));
        quote.map_or(&[], |q| &q.cue)
    };
    for (claim, spaced) in claims.iter().zip(&spaced) {
        let flag = |bit: u8, is: bool| if is { bit } else { 0 };
        out.byte(
            flag(has::OTHER_CUE, claim.cue != cue_of(claim))
                | flag(has::ATOMS, !claim.atoms.is_empty())
                | flag(has::NUMBERS, !claim.numbers.is_empty())
                | flag(has::DATES, !claim.dates.is_empty())
                | flag(has::CHAIN, !claim.source_chain.is_empty())
                | flag(has::RESTATED, claim.normalized != *spaced)
                | flag(has::ODD_FACETS, set_of(&claim.facets).is_none()),
        );
    }
    for claim in claims {
        out.byte(set_of(&claim.facets).unwrap_or_default());
    }
    claims.iter().for_each(|c| out.count(c.topics.len()));
    for (claim, spaced) in claims.iter().zip(&spaced) {
        for topic in &claim.topics {
            // Where it stands in the claim, and how long; else 0, and it is written out.
            match spaced.find(topic.as_str()) {
                Some(at) => {
                    out.count(at + 1);
                    out.count(topic.len());
                }
                None => {
                    out.count(0);
                    out.text(topic);
                }
            }
        }
    }
    let mut letters = Letters::default();
    for (claim, spaced) in claims.iter().zip(&spaced) {
        let from = claim.span.start;
        if claim.cue != cue_of(claim) {
            out.list(from, &claim.cue);
        }
        if !claim.atoms.is_empty() {
            out.list(from, &claim.atoms);
        }
        if !claim.numbers.is_empty() {
            out.count(claim.numbers.len());
        }
        for number in &claim.numbers {
            out.span(from, number.span);
            write_number(number.value, out);
            letters.write(&number.unit, out);
        }
        if !claim.dates.is_empty() {
            out.count(claim.dates.len());
        }
        for date in &claim.dates {
            out.span(from, date.span);
            out.byte(u8::from(date.iso.is_some()));
            date.iso.iter().for_each(|iso| letters.write(iso, out));
        }
        if !claim.source_chain.is_empty() {
            out.count(claim.source_chain.len());
        }
        for name in &claim.source_chain {
            letters.write(name, out);
        }
        if set_of(&claim.facets).is_none() {
            out.count(claim.facets.len());
            claim.facets.iter().for_each(|f| out.byte(f.code()));
        }
        if claim.normalized != *spaced {
            restated::write(spaced, &claim.normalized, &mut letters, out);
        }
    }
}

/// The places of the names of all speakers: 0 for the same as when it spoke last, 1 for none.
fn write_mentions(extraction: &Extraction, speakers: &Speakers<'_>, out: &mut Writer) {
    let mut mentions = vec![None; speakers.len()];
    let quoted = extraction.quotes.iter().map(|q| &q.speaker);
    let claimed = extraction.claims.iter().map(|c| &c.speaker);
    let all = std::iter::once(&extraction.issuer)
        .chain(quoted)
        .chain(claimed);
    for speaker in all.flatten() {
        let number = speakers.number(Some(speaker));
        let Some(last) = number.and_then(|n| mentions.get_mut(n)) else {
            continue;
        };
        match speaker.mention {
            same if same == *last => out.byte(0),
            None => out.byte(1),
            Some(span) => {
                out.byte(2);
                out.span(last.map_or(0, |span: Span| span.start), span);
            }
        }
        *last = speaker.mention;
    }
}

/// 1 when they are 1, 2, 3…; else 0 and the ways from there.
fn write_ids(ids: impl Iterator<Item = u32> + Clone, out: &mut Writer) {
    let counted = (1..).zip(ids.clone()).all(|(n, id): (u32, u32)| n == id);
    out.byte(u8::from(counted));
    if !counted {
        (1..).zip(ids).for_each(|(n, id)| out.step(n, id));
    }
}

/// Whole numbers as such, others bit by bit.
fn write_number(value: f64, out: &mut Writer) {
    let whole = value.trunc() == value && (0.0..MOST_WHOLE).contains(&value);
    if whole && value.is_sign_positive() {
        out.number((value as u64) + 1);
    } else {
        out.byte(0);
        out.0.extend_from_slice(&value.to_le_bytes());
    }
}

/// Signs and exponents are alike, the lower half is as good as random.
fn write_floats(values: impl Iterator<Item = f32> + Clone, out: &mut Writer, noise: &mut Writer) {
    let bytes = values.map(f32::to_be_bytes);
    out.0.extend(bytes.clone().map(|[first, ..]| first));
    out.0.extend(bytes.clone().map(|[_, second, ..]| second));
    noise
        .0
        .extend(bytes.flat_map(|[_, _, third, fourth]| [third, fourth]));
}
