//! Attributions, turns and marked terms to [`Quote`]s: kind, order, ids.
//!
//! Must not resolve speakers (`speakers` does) nor look for claims.

use super::attribution::Attribution;
use super::document::Document;
use super::turns::Turn;
use crate::model::{Act, Quote, QuoteKind};
use crate::text::Span;

/// Quotes of narrative attributions, with marked terms that nobody is said to have said.
pub fn narrative(doc: &Document<'_>, attributions: Vec<Attribution>) -> Vec<Quote> {
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&i| {
        attributions
            .get(i)
            .map(|a| (first_byte(&a.content), a.content.len()))
    });
    let mut place = vec![0usize; order.len()];
    for (rank, &i) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(i) {
            *slot = rank;
        }
    }
    let mut taken = vec![false; doc.outermost.len()];
    let mut slots: Vec<Option<Attribution>> = attributions.into_iter().map(Some).collect();
    let mut quotes: Vec<(Quote, Option<usize>)> = Vec::new();
    for &i in &order {
        let Some(a) = slots.get_mut(i).and_then(Option::take) else {
            continue;
        };
        let kind = kind(doc, &a.content, &mut taken);
        let continues = a.continues.and_then(|c| place.get(c).copied());
        let mut content = a.content;
        content.sort();
        content.dedup();
        quotes.push((
            Quote {
                id: 0,
                kind,
                act: a.act,
                content,
                source: a.source,
                cue: a.cue,
                speaker: None,
                continues: None,
                confidence: a.confidence,
            },
            continues,
        ));
    }
    let marker: Vec<Option<usize>> = quotes.iter().map(|(_, c)| *c).collect();
    let mut out: Vec<(usize, Quote)> = quotes.into_iter().map(|(q, _)| q).enumerate().collect();
    for (region, taken) in doc.outermost.iter().zip(&taken) {
        let inner = region.inner.trimmed(doc.text);
        if !taken && !inner.is_empty() {
            out.push((usize::MAX, scare(inner)));
        }
    }
    number(out, &marker)
}

/// Sorts by first byte, gives ids from 1 and turns ranks of `continues` into ids.
fn number(mut ranked: Vec<(usize, Quote)>, continues: &[Option<usize>]) -> Vec<Quote> {
    ranked.sort_by_key(|(rank, q)| (first_byte(&q.content), *rank));
    let mut ids = vec![0u32; continues.len()];
    for (n, (rank, quote)) in ranked.iter_mut().enumerate() {
        quote.id = u32::try_from(n + 1).unwrap_or(u32::MAX);
        if let Some(id) = ids.get_mut(*rank) {
            *id = quote.id;
        }
    }
    for (rank, quote) in &mut ranked {
        quote.continues = continues
            .get(*rank)
            .copied()
            .flatten()
            .and_then(|c| ids.get(c))
            .copied()
            .filter(|id| *id != 0 && *id < quote.id);
    }
    ranked.into_iter().map(|(_, q)| q).collect()
}

fn scare(inner: Span) -> Quote {
    Quote {
        id: 0,
        kind: QuoteKind::Scare,
        act: Act::Speech,
        content: vec![inner],
        source: Vec::new(),
        cue: Vec::new(),
        speaker: None,
        continues: None,
        confidence: 0.5,
    }
}

fn first_byte(spans: &[Span]) -> u32 {
    spans.iter().map(|s| s.start).min().unwrap_or(0)
}

/// Direct, mixed or indirect, by how many words of the content stand in marks. Notes the quotations used.
fn kind(doc: &Document<'_>, content: &[Span], taken: &mut [bool]) -> QuoteKind {
    let (mut quoted, mut all) = (0usize, 0usize);
    for span in content {
        let mut at = doc.word_at(span.begin());
        while let Some(word) = doc.word(at).filter(|w| w.span.begin() < span.finish()) {
            if word.is_word() {
                all += 1;
                quoted += usize::from(word.quotation != 0);
            }
            if let Some(flag) = (word.quotation as usize)
                .checked_sub(1)
                .and_then(|i| taken.get_mut(i))
            {
                *flag = true;
            }
            at += 1;
        }
    }
    match quoted {
        0 => QuoteKind::Indirect,
        n if n == all => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

/// One quote a turn: what stands under a name in a transcript is that person's words, so it is direct
/// though no marks stand round it.
pub fn of_turns(turns: &[Turn]) -> Vec<Quote> {
    let mut out = Vec::new();
    for turn in turns.iter().filter(|t| !t.content.is_empty()) {
        out.push(Quote {
            id: u32::try_from(out.len() + 1).unwrap_or(u32::MAX),
            kind: QuoteKind::Direct,
            act: Act::Speech,
            content: turn.content.clone(),
            source: vec![turn.label],
            cue: Vec::new(),
            speaker: None,
            continues: None,
            confidence: 0.95,
        });
    }
    out
}
