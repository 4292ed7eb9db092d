//! Quotes and the writer's own sentences to claims with all their fields.
//!
//! Here: whose words each stretch is. `own` finds the sentences that no quote holds, `making` cuts a stretch into
//! claims and fills them, `target` tells whom one is about, `wording` restates it. Types come from `acts`, speakers
//! with the quotes. Must not find quotes.

mod confidence;
mod making;
mod own;
mod target;
mod wording;

use super::acts::{self, Heard};
use super::clauses;
use super::document::Document;
use super::lexicon::Signal;
use crate::model::{Attributed, Claim, ClaimType, Layout, Quote, QuoteKind, Speaker, Statement};
use crate::text::Span;
use crate::text::sentences::sentences_in;
use making::Maker;

/// Fewest words of a claim.
const FEWEST: usize = 2;

/// Whose words a stretch is and how they got there.
struct Voice<'q> {
    claimant: &'q [Span],
    speaker: Option<&'q Speaker>,
    attribution: Attributed,
    cue: &'q [Span],
    quote: Option<&'q Quote>,
    chain: Vec<String>,
    signals: Vec<(Signal, i8)>,
}

impl Voice<'_> {
    /// How a clause of it is heard; what the reporting verb says of the act is said of the first clause.
    fn heard(&self, first: bool) -> Heard<'_> {
        let signals = if first { self.signals.as_slice() } else { &[] };
        heard(self.attribution, signals)
    }
}

/// How a clause is heard that got here so, with what the reporting verb says of the act.
fn heard(attribution: Attributed, signals: &[(Signal, i8)]) -> Heard<'_> {
    Heard {
        cue: signals,
        own_words: matches!(
            attribution,
            Attributed::Direct | Attributed::FirstPerson | Attributed::Mixed | Attributed::Question
        ),
    }
}

/// All claims of the document, ids 1.. in order of their first byte.
pub fn claims(
    doc: &Document<'_>,
    statement: &Statement,
    layout: Layout,
    quotes: &[Quote],
    issuer: Option<&Speaker>,
) -> Vec<Claim> {
    let said = statement.date.as_ref().and_then(|d| d.value.day());
    let mut maker = Maker::new(doc, said);
    let mut taken: Vec<Span> = Vec::new();
    for quote in quotes {
        if quote.kind == QuoteKind::Scare {
            continue;
        }
        let signals = cue_signals(doc, quote);
        if !reports(doc, quote, &signals, layout) {
            continue;
        }
        let attribution = match quote.kind {
            _ if layout == Layout::Transcript && quote.speaker.is_none() => Attributed::Question,
            QuoteKind::Direct => Attributed::Direct,
            QuoteKind::Mixed => Attributed::Mixed,
            _ => Attributed::Indirect,
        };
        let voice = Voice {
            claimant: source(quotes, quote),
            speaker: quote.speaker.as_ref(),
            attribution,
            cue: &quote.cue,
            quote: Some(quote),
            chain: chain(doc, quotes, quote),
            signals,
        };
        for span in &quote.content {
            for sentence in sentences_in(doc.text, *span) {
                maker.stretch(sentence, &voice);
            }
            taken.push(*span);
        }
        taken.extend(quote.cue.iter().copied());
        taken.extend(quote.source.iter().copied());
    }
    if layout != Layout::Transcript {
        own::claims(doc, layout, &taken, issuer, &mut maker);
    }
    let mut out = maker.done();
    out.sort_by_key(|c| (c.span.start, c.span.end));
    out.dedup_by_key(|c| c.span);
    for (n, claim) in out.iter_mut().enumerate() {
        claim.id = u32::try_from(n + 1).unwrap_or(u32::MAX);
    }
    out
}

/// The source of a quote; of one that goes on with another, that one's.
fn source<'q>(quotes: &'q [Quote], quote: &'q Quote) -> &'q [Span] {
    let mut now = quote;
    // Ids go down, so this ends.
    while now.source.is_empty() {
        let before = now
            .continues
            .and_then(|id| quotes.iter().find(|q| q.id == id));
        match before {
            Some(q) if q.id < now.id => now = q,
            _ => break,
        }
    }
    &now.source
}

/// Why a claim has its type; `quotes` are those that the claims were made of.
pub fn reasons(doc: &Document<'_>, quotes: &[Quote], claim: &Claim) -> acts::Reasons {
    let quote = quotes.iter().find(|q| Some(q.id) == claim.quote);
    // What the reporting verb says is said of the first clause.
    let first = quote.filter(|q| q.content.iter().any(|s| s.start == claim.span.start));
    let signals = first.map_or(Vec::new(), |q| cue_signals(doc, q));
    let words = clauses::words_in(doc, claim.span);
    acts::reasons(doc, &words, heard(claim.attribution, &signals))
}

/// Whether the quote, of which its cue says that much, is a report of speech: an attitude is told by the writer and is the writer's claim.
fn reports(doc: &Document<'_>, quote: &Quote, signals: &[(Signal, i8)], layout: Layout) -> bool {
    layout == Layout::Transcript
        || quote.kind != QuoteKind::Indirect
        || (quote.act == crate::model::Act::Speech
            && (!signals.is_empty()
                || quote.content.iter().any(|s| {
                    let words = clauses::trimmed(doc, clauses::words_in(doc, *s));
                    words.len() >= FEWEST && clauses::predicates(doc, &words)
                })))
}

/// Sources that passed this quote on: those of the quotes around it.
fn chain(doc: &Document<'_>, quotes: &[Quote], inner: &Quote) -> Vec<String> {
    let Some(first) = inner.content.first() else {
        return Vec::new();
    };
    let at = quotes.partition_point(|q| q.extent().start <= first.start);
    quotes
        .get(..at)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take(4)
        .filter(|q| {
            q.id != inner.id
                && q.content
                    .iter()
                    .any(|s| s.contains(*first) && s.len() > first.len())
        })
        .filter_map(|q| {
            q.speaker
                .as_ref()
                .map(|s| s.name.clone())
                .or_else(|| q.source.first().map(|s| s.of(doc.text).to_owned()))
        })
        .collect()
}

/// What the reporting verb itself says of the act: "urged", "pledged".
fn cue_signals(doc: &Document<'_>, quote: &Quote) -> Vec<(Signal, i8)> {
    let Some(cue) = quote.cue.first() else {
        return Vec::new();
    };
    let words = clauses::words_in(doc, *cue);
    // "called for a ceasefire", "has called on the parties".
    let calls = words.clone().any(|i| {
        doc.reads_any(i, &["call", "calls", "called", "calling"])
            && doc.reads_any(i + 1, &["for", "on", "upon"])
    });
    if calls {
        return vec![(Signal::Type(ClaimType::Demand), 3)];
    }
    words
        .filter_map(|i| doc.word(i))
        .filter_map(|w| w.entry)
        .flat_map(|e| e.acts.iter().copied())
        .filter(|(_, weight)| *weight >= 2)
        .collect()
}
