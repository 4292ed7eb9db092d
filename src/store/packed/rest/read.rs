//! Reading the rest back, field by field in the order of `write`.

use super::{facets_of, has};
use crate::model::{Claim, Extraction, FoundDate, FoundNumber, Quote, Speaker};
use crate::store::packed::bytes::Reader;
use crate::store::packed::codes::{Code, unmixed};
use crate::store::packed::columns::Columns;
use crate::store::packed::restated;
use crate::text::{Span, single_spaced};

/// Reads what [`super::write`] wrote; `columns` are of the same extraction.
pub(in crate::store::packed) fn read(
    columns: &Columns<'_>,
    body: &str,
    mut bytes: Reader<'_>,
    mut noise: Reader<'_>,
) -> Option<Extraction> {
    let r = &mut bytes;
    let noise = &mut noise;
    let layout = Code::of(r.byte()?)?;
    let issuer = r.count_below(columns.speakers.len() + 1)?.checked_sub(1);
    let mut mentions = vec![None; columns.speakers.len()];
    let issuer = read_speaker(issuer, columns, &mut mentions, r)?;
    let mut quotes: Vec<Quote> = Vec::with_capacity(columns.quotes.len());
    for row in &columns.quotes {
        quotes.push(Quote {
            id: 0,
            kind: row.kind,
            act: row.act,
            content: columns.content(row).to_vec(),
            source: columns.source(row).to_vec(),
            cue: Vec::new(),
            speaker: read_speaker(row.speaker, columns, &mut mentions, r)?,
            continues: None,
            confidence: 0.0,
        });
    }
    let mut speakers = Vec::with_capacity(columns.claims.len());
    for row in &columns.claims {
        speakers.push(read_speaker(row.speaker, columns, &mut mentions, r)?);
    }
    for (quote, id) in quotes.iter_mut().zip(read_ids(columns.quotes.len(), r)?) {
        quote.id = id;
    }
    for quote in &mut quotes {
        quote.cue = r.list(quote.extent().start)?;
    }
    for quote in &mut quotes {
        quote.continues = match r.byte()? {
            0 => None,
            _ => Some(r.step(quote.id)?),
        };
    }
    let confidence = read_floats(quotes.len(), r, noise)?;
    for (quote, confidence) in quotes.iter_mut().zip(confidence) {
        quote.confidence = confidence;
    }

    let count = columns.claims.len();
    let ids = read_ids(count, r)?;
    let acts = r.bytes(count)?;
    let ways = r.bytes(count)?;
    let worth = read_floats(count, r, noise)?;
    let confidence = read_floats(count, r, noise)?;
    let flags = r.bytes(count)?;
    let sets = r.bytes(count)?;
    let topics: Vec<usize> = (0..count).map(|_| r.count()).collect::<Option<_>>()?;
    let mut claims: Vec<Claim> = Vec::with_capacity(count);
    for (n, (row, speaker)) in columns.claims.iter().zip(speakers).enumerate() {
        let (mut act, mut way) = (*acts.get(n)?, *ways.get(n)?);
        // The last written is the first read.
        let in_quote = unmixed(&mut act)?;
        let attribution = unmixed(&mut act)?;
        let verifiable = unmixed(&mut way)?;
        let modality = unmixed(&mut way)?;
        let polarity = unmixed(&mut way)?;
        let normalized = single_spaced(row.span.of(body));
        claims.push(Claim {
            id: *ids.get(n)?,
            span: row.span,
            kind: row.kind,
            illocution: Code::of(act)?,
            claimant: columns.claimant(row).to_vec(),
            speaker,
            source_chain: Vec::new(),
            attribution,
            in_quote,
            cue: Vec::new(),
            quote: row.quote,
            target: row.target,
            stance: Code::of(way)?,
            polarity,
            modality,
            verifiable,
            facets: facets_of(*sets.get(n)?),
            numbers: Vec::new(),
            dates: Vec::new(),
            atoms: Vec::new(),
            topics: read_topics(*topics.get(n)?, &normalized, r)?,
            normalized,
            worth: *worth.get(n)?,
            confidence: *confidence.get(n)?,
        });
    }
    let mut letters = Vec::new();
    for (claim, flags) in claims.iter_mut().zip(flags) {
        let has = |bit: u8| flags & bit != 0;
        let from = claim.span.start;
        claim.cue = if has(has::OTHER_CUE) {
            r.list(from)?
        } else {
            let quote = claim.quote.and_then(|id| (id as usize).checked_sub(1));
            let quote = quote.and_then(|at| quotes.get(at));
            quote.map_or_else(Vec::new, |q| q.cue.clone())
        };
        if has(has::ATOMS) {
            claim.atoms = r.list(from)?;
        }
        let numbers = if has(has::NUMBERS) { r.count()? } else { 0 };
        for _ in 0..numbers {
            claim.numbers.push(FoundNumber {
                span: r.span(from)?,
                value: read_number(r)?,
                unit: restated::read_letters(&mut letters, r)?.to_owned(),
            });
        }
        let dates = if has(has::DATES) { r.count()? } else { 0 };
        for _ in 0..dates {
            let span = r.span(from)?;
            let iso = match r.byte()? {
                0 => None,
                _ => Some(restated::read_letters(&mut letters, r)?.to_owned()),
            };
            claim.dates.push(FoundDate { span, iso });
        }
        let chain = if has(has::CHAIN) { r.count()? } else { 0 };
        for _ in 0..chain {
            let name = restated::read_letters(&mut letters, r)?.to_owned();
            claim.source_chain.push(name);
        }
        if has(has::ODD_FACETS) {
            let count = r.count()?;
            let codes = r.bytes(count)?.iter();
            claim.facets = codes.map(|&code| Code::of(code)).collect::<Option<_>>()?;
        }
        if has(has::RESTATED) {
            claim.normalized = restated::read(&claim.normalized, &mut letters, r)?;
        }
    }
    r.0.is_empty().then_some(Extraction {
        layout,
        issuer,
        quotes,
        claims,
    })
}

/// `None` inside for no speaker; `None` outside for bytes that are none of ours.
#[expect(clippy::option_option, reason = "the outer is the failure to read")]
fn read_speaker(
    number: Option<usize>,
    columns: &Columns<'_>,
    mentions: &mut [Option<Span>],
    r: &mut Reader<'_>,
) -> Option<Option<Speaker>> {
    let Some(number) = number else {
        return Some(None);
    };
    let last = mentions.get_mut(number)?;
    *last = match r.byte()? {
        0 => *last,
        1 => None,
        _ => Some(r.span(last.map_or(0, |span| span.start))?),
    };
    let row = columns.speakers.get(number)?;
    Some(Some(Speaker {
        name: row.name.to_owned(),
        mention: *last,
        how: row.how,
        on_behalf_of: row.on_behalf_of.map(str::to_owned),
    }))
}

fn read_ids(count: usize, r: &mut Reader<'_>) -> Option<Vec<u32>> {
    let counted = r.byte()? != 0;
    let ids = (1..).take(count);
    ids.map(|n| if counted { Some(n) } else { r.step(n) })
        .collect()
}

fn read_topics(count: usize, spaced: &str, r: &mut Reader<'_>) -> Option<Vec<String>> {
    let mut topics = Vec::with_capacity(count);
    for _ in 0..count {
        topics.push(match usize::try_from(r.number()?).ok()?.checked_sub(1) {
            None => r.text()?.to_owned(),
            Some(at) => {
                let length = usize::try_from(r.number()?).ok()?;
                spaced.get(at..at.checked_add(length)?)?.to_owned()
            }
        });
    }
    Some(topics)
}

fn read_number(r: &mut Reader<'_>) -> Option<f64> {
    match r.number()?.checked_sub(1) {
        Some(whole) => Some(whole as f64),
        None => Some(f64::from_le_bytes(r.bytes(8)?.try_into().ok()?)),
    }
}

fn read_floats(count: usize, r: &mut Reader<'_>, noise: &mut Reader<'_>) -> Option<Vec<f32>> {
    let (first, second) = (r.bytes(count)?, r.bytes(count)?);
    let low = noise.bytes(count.checked_mul(2)?)?.as_chunks::<2>().0;
    let all = first.iter().zip(second).zip(low);
    let floats = all.map(|((a, b), [c, d])| f32::from_be_bytes([*a, *b, *c, *d]));
    Some(floats.collect())
}
