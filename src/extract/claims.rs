//! Quotes and the writer's own sentences to claims with all their fields.
//!
//! Cuts by `clauses`, types by `acts`; speakers come with the quotes. Must not find quotes.

use super::acts::{self, Act};
use super::clauses;
use super::document::Document;
use super::lexicon::{Classes, Forms, Signal};
use super::{dates, facets, numbers, sources};
use crate::model::{
    Attributed, Claim, ClaimType, InQuote, Layout, Quote, QuoteKind, Speaker, Statement,
};
use crate::text::Span;
use crate::text::sentences::sentences_in;
use std::ops::Range;

/// Fewest words of a claim.
const FEWEST: usize = 3;

/// Whose words a stretch is and how they got there.
struct Voice<'q> {
    claimant: Vec<Span>,
    speaker: Option<Speaker>,
    attribution: Attributed,
    cue: Vec<Span>,
    quote: Option<&'q Quote>,
    chain: Vec<String>,
    signals: Vec<(Signal, i8)>,
    confidence: f32,
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
    let mut maker = Maker {
        doc,
        said,
        out: Vec::new(),
    };
    let mut taken: Vec<Span> = Vec::new();
    for quote in quotes {
        if quote.kind == QuoteKind::Scare || !reports(doc, quote, layout) {
            continue;
        }
        let attribution = match quote.kind {
            _ if layout == Layout::Transcript && quote.speaker.is_none() => Attributed::Question,
            QuoteKind::Direct => Attributed::Direct,
            QuoteKind::Mixed => Attributed::Mixed,
            _ => Attributed::Indirect,
        };
        let voice = Voice {
            claimant: quote.source.clone(),
            speaker: quote.speaker.clone(),
            attribution,
            cue: quote.cue.clone(),
            quote: Some(quote),
            chain: chain(doc, quotes, quote),
            signals: cue_signals(doc, quote),
            confidence: quote.confidence,
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
        own_words(doc, layout, &taken, issuer, &mut maker);
    }
    let mut out = maker.out;
    out.sort_by_key(|c| (c.span.start, c.span.end));
    out.dedup_by_key(|c| c.span);
    for (n, claim) in out.iter_mut().enumerate() {
        claim.id = u32::try_from(n + 1).unwrap_or(u32::MAX);
    }
    out
}

/// Whether the quote is a report of speech: an attitude is told by the writer and is the writer's claim.
fn reports(doc: &Document<'_>, quote: &Quote, layout: Layout) -> bool {
    layout == Layout::Transcript
        || quote.kind != QuoteKind::Indirect
        || (quote.act == crate::model::Act::Speech
            && (!cue_signals(doc, quote).is_empty()
                || quote.content.iter().any(|s| {
                    let words = clauses::trimmed(doc, clauses::words_in(doc, *s));
                    words.len() >= FEWEST && clauses::predicates(doc, &words)
                })))
}

/// The sentences that no quote holds: the writer's in a narrative, the issuer's in one voice.
fn own_words(
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
        let own = sentence
            .words
            .clone()
            .find(|&i| doc.word(i).is_some_and(|w| w.quotation == 0) && is_first_person(doc, i))
            .and_then(|i| doc.word(i))
            .map(|w| w.span);
        let claimant = own.or(first_we).filter(|_| layout == Layout::OneVoice);
        let voice = Voice {
            claimant: claimant.into_iter().collect(),
            speaker: issuer.cloned(),
            attribution: if layout == Layout::OneVoice {
                Attributed::FirstPerson
            } else {
                Attributed::Narrator
            },
            cue: Vec::new(),
            quote: None,
            chain: Vec::new(),
            signals: Vec::new(),
            confidence: if layout == Layout::OneVoice { 0.8 } else { 0.6 },
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
        .find(|&i| doc.word(i).is_some_and(super::document::Word::is_comma))?;
    let part = words.start..comma;
    (part.len() >= 6 && clauses::finite_clause(doc, part.start, part.end) && words.end - comma <= 3)
        .then(|| doc.span_of(&part))
}

fn is_first_person(doc: &Document<'_>, i: usize) -> bool {
    matches!(
        doc.written(i),
        "I" | "We"
            | "we"
            | "I'm"
            | "I’m"
            | "we're"
            | "we’re"
            | "We're"
            | "We’re"
            | "we've"
            | "we’ve"
            | "We've"
            | "We’ve"
            | "I've"
            | "I’ve"
            | "I'll"
            | "I’ll"
            | "we'll"
            | "we’ll"
            | "We'll"
            | "We’ll"
    )
}

fn first_person(doc: &Document<'_>) -> Option<Span> {
    (0..doc.words.len())
        .find(|&i| doc.word(i).is_some_and(|w| w.quotation == 0) && is_first_person(doc, i))
        .and_then(|i| doc.word(i))
        .map(|w| w.span)
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
    clauses::words_in(doc, *cue)
        .filter_map(|i| doc.word(i))
        .filter_map(|w| w.entry)
        .flat_map(|e| e.acts.iter().copied())
        .filter(|(_, weight)| *weight >= 2)
        .collect()
}

struct Maker<'d, 't> {
    doc: &'d Document<'t>,
    said: Option<jiff::civil::Date>,
    out: Vec<Claim>,
}

impl Maker<'_, '_> {
    /// The claims of one sentence of one voice.
    fn stretch(&mut self, span: Span, voice: &Voice<'_>) {
        let doc = self.doc;
        let words = clauses::words_in(doc, span);
        let question = span
            .of(doc.text)
            .trim_end_matches(['"', '”', '’', '\''])
            .ends_with('?');
        if question
            || (words.len() < 7
                && voice.signals.is_empty()
                && !clauses::predicates(doc, &words)
                && !performs(doc, &words))
            || words
                .clone()
                .filter(|&i| doc.word(i).is_some_and(super::document::Word::is_word))
                .count()
                < FEWEST
        {
            return;
        }
        let narrator = voice.attribution == Attributed::Narrator;
        let mut begin = words.start;
        let mut parts: Vec<(Range<usize>, Act)> = Vec::new();
        if !narrator {
            for (end, next) in clauses::seams(doc, &words) {
                if end <= begin {
                    continue;
                }
                let left = acts::read(doc, &(begin..end), &voice.signals);
                let right = acts::read(doc, &(next..words.end), &[]);
                let differ = left.kind != right.kind
                    || left.modality != right.modality
                    || quoted_share(doc, &(begin..end)) != quoted_share(doc, &(next..words.end));
                if differ && end - begin >= FEWEST && words.end - next >= FEWEST {
                    parts.push((begin..end, left));
                    begin = next;
                }
            }
        }
        let signals: &[(Signal, i8)] = if begin == words.start {
            &voice.signals
        } else {
            &[]
        };
        parts.push((
            begin..words.end,
            acts::read(doc, &(begin..words.end), signals),
        ));
        for (range, act) in parts {
            self.claim(range, act, voice);
        }
    }

    fn claim(&mut self, words: Range<usize>, act: Act, voice: &Voice<'_>) {
        let doc = self.doc;
        let words = clauses::trimmed(doc, words);
        let span = doc.span_of(&words);
        if span.is_empty() || words.len() < FEWEST {
            return;
        }
        // What the writer tells is told as fact; only what it values or wants shows in its words.
        let kind = if voice.attribution == Attributed::Narrator {
            ClaimType::Fact
        } else {
            act.kind
        };
        // The patterns are dear; most claims hold nothing that they could find.
        let worth = |classes: Classes| {
            words.clone().any(|i| {
                doc.word(i)
                    .is_some_and(|w| w.is(classes) || w.kind == crate::text::tokens::Kind::Number)
            })
        };
        let found_dates = if worth(Classes::MONTH.or(Classes::WEEKDAY).or(Classes::TIME)) {
            dates::dates(doc.text, span, self.said)
        } else {
            Vec::new()
        };
        let found_numbers = if span.of(doc.text).bytes().any(|b| b.is_ascii_digit()) {
            numbers::numbers(doc.text, span, &found_dates)
        } else {
            Vec::new()
        };
        let in_quote = match (voice.attribution, quoted_share(doc, &words)) {
            (Attributed::Direct, _) | (_, 2) => InQuote::Full,
            (_, 1) => InQuote::Partial,
            _ => InQuote::None,
        };
        let attribution = match (voice.attribution, in_quote) {
            (Attributed::Mixed, InQuote::None) => Attributed::Indirect,
            (Attributed::Mixed, InQuote::Full) => Attributed::Direct,
            (a, _) => a,
        };
        let facets = facets::facets(span.of(doc.text), kind, &found_numbers, &found_dates);
        let figures = !found_numbers.is_empty();
        self.out.push(Claim {
            id: 0,
            span,
            kind,
            illocution: acts::illocution(kind),
            claimant: voice.claimant.clone(),
            speaker: voice.speaker.clone(),
            source_chain: voice.chain.clone(),
            attribution,
            in_quote,
            cue: voice.cue.clone(),
            quote: voice.quote.map(|q| q.id),
            target: target(doc, &words, kind),
            stance: act.stance,
            polarity: act.polarity,
            modality: act.modality,
            verifiable: acts::verifiable(kind, figures),
            facets,
            numbers: found_numbers,
            dates: found_dates,
            atoms: clauses::atoms(doc, &words),
            normalized: normalized(doc, &words, voice),
            topics: topics(doc, &words),
            confidence: voice.confidence * if kind == ClaimType::Fact { 0.8 } else { 0.9 },
        });
    }
}

/// Whether a word of the stretch performs an act by itself: "thank you", "condolences to".
fn performs(doc: &Document<'_>, words: &Range<usize>) -> bool {
    words.clone().any(|i| {
        doc.word(i).and_then(|w| w.entry).is_some_and(|e| {
            e.acts.iter().any(|(s, n)| {
                matches!(s, Signal::Type(t) if *t != ClaimType::Evaluation) && *n >= 2
            })
        })
    })
}

/// 0: no word in marks, 1: some, 2: all.
fn quoted_share(doc: &Document<'_>, words: &Range<usize>) -> u8 {
    let (mut inside, mut all) = (0usize, 0usize);
    for word in words
        .clone()
        .filter_map(|i| doc.word(i))
        .filter(|w| w.is_word())
    {
        all += 1;
        inside += usize::from(word.quotation != 0);
    }
    if inside == 0 {
        0
    } else if inside == all {
        2
    } else {
        1
    }
}

/// Whom or what the claim is about: who is asked, what is opposed, else the subject.
fn target(doc: &Document<'_>, words: &Range<usize>, kind: ClaimType) -> Option<Span> {
    let object = |at: usize| {
        let end = sources::phrase_forward(doc, at, words.end);
        (end > at).then(|| doc.span_of(&(at..end)))
    };
    if matches!(kind, ClaimType::Demand | ClaimType::Position) {
        let verb = words.clone().take(24).find(|&i| {
            doc.word(i).is_some_and(|w| {
                w.entry.is_some_and(|e| {
                    e.acts
                        .iter()
                        .any(|(s, n)| matches!(s, Signal::Type(t) if *t == kind) && *n >= 2)
                })
            }) || (kind == ClaimType::Demand && (doc.reads(i, "call") || doc.reads(i, "calls")))
        });
        if let Some(v) = verb {
            let over = usize::from(
                ["on", "upon", "for", "by", "to", "with"]
                    .iter()
                    .any(|p| doc.reads(v + 1, p)),
            );
            if let Some(found) = object(v + 1 + over) {
                return Some(found);
            }
        }
        if kind == ClaimType::Demand && verb.is_none() {
            return object(words.start);
        }
    }
    subject(doc, words).or_else(|| object(words.start))
}

/// The subject of the clause: the phrase before its first verb.
fn subject(doc: &Document<'_>, words: &Range<usize>) -> Option<Span> {
    (words.start + 1..words.end).take(30).find_map(|i| {
        let verb = doc.word(i).is_some_and(|w| {
            !w.capital
                && (w.is(Classes::AUXILIARY)
                    || w.verb()
                        .is_some_and(|(_, f)| f.any(Forms::PAST.or(Forms::THIRD)))
                    || (w.classes == Classes::default()
                        && (doc.written(i).ends_with("ed") || doc.written(i).ends_with('s'))))
        });
        if !verb {
            return None;
        }
        sources::before(doc, words.start, i).map(|r| doc.span_of(&r))
    })
}

/// The clause with the claimant's own pronouns resolved: "we" is who speaks.
fn normalized(doc: &Document<'_>, words: &Range<usize>, voice: &Voice<'_>) -> String {
    let span = doc.span_of(words);
    let name = voice
        .speaker
        .as_ref()
        .map(|s| s.on_behalf_of.as_deref().unwrap_or(&s.name))
        .filter(|n| !n.is_empty());
    let Some(name) = name.filter(|_| {
        matches!(
            voice.attribution,
            Attributed::Direct | Attributed::FirstPerson | Attributed::Mixed
        )
    }) else {
        return single_spaced(span.of(doc.text));
    };
    let mut out = String::new();
    let mut at = span.begin();
    for i in words.clone() {
        let Some(word) = doc.word(i) else { break };
        let replacement = match doc.written(i) {
            "we" | "We" | "us" => Some(name.to_owned()),
            "our" | "Our" => Some(format!("{name}'s")),
            _ => None,
        };
        if let Some(new) = replacement {
            out.push_str(Span::new(at, word.span.begin()).of(doc.text));
            out.push_str(&new);
            at = word.span.finish();
        }
    }
    out.push_str(Span::new(at, span.finish()).of(doc.text));
    single_spaced(&out)
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One to four noun phrases, the longest first to come: names and runs of plain words.
fn topics(doc: &Document<'_>, words: &Range<usize>) -> Vec<String> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    let mut i = words.start;
    while i < words.end && found.len() < 24 {
        let start = i;
        while i < words.end && plain(doc, i) {
            i += 1;
        }
        if i == start {
            i += 1;
            continue;
        }
        let end = i;
        let span = doc.span_of(&(start..end));
        let text = single_spaced(span.of(doc.text));
        if end - start <= 5 && text.len() >= 4 {
            let weight =
                (end - start).min(3) * 2 + usize::from(doc.word(start).is_some_and(|w| w.capital));
            if !found.iter().any(|(_, _, t)| t.eq_ignore_ascii_case(&text)) {
                found.push((weight, start, text));
            }
        }
    }
    found.sort_by_key(|(weight, at, _)| (std::cmp::Reverse(*weight), *at));
    found.truncate(4);
    found.sort_by_key(|(_, at, _)| *at);
    found.into_iter().map(|(_, _, t)| t).collect()
}

/// A word that can be part of a noun phrase.
fn plain(doc: &Document<'_>, i: usize) -> bool {
    doc.word(i).is_some_and(|w| {
        w.kind == crate::text::tokens::Kind::Word
            && !w.is(Classes::DETERMINER
                .or(Classes::PREPOSITION)
                .or(Classes::CONJUNCTION)
                .or(Classes::SUBORDINATOR)
                .or(Classes::AUXILIARY)
                .or(Classes::ADVERB)
                .or(Classes::POSSESSIVE)
                .or(Classes::PERSON_PRONOUN)
                .or(Classes::NEGATION)
                .or(Classes::RELATIVE)
                .or(Classes::SUBJECT_PRONOUN)
                .or(Classes::TIME))
            && (w.capital || w.verb().is_none())
            && !doc.written(i).ends_with("ly")
            && (w.capital || !(doc.written(i).ends_with("ing") || doc.written(i).ends_with("ed")))
    })
}
