//! Why a place of a statement was read as it was: layout, attribution, speaker, claims, and what came second.
//!
//! Looks at the steps again and tells; must not decide anything. The same statement and place give the same
//! lines, whatever the machine. Offsets in the lines are Unicode code points, as in every output.

use super::attribution::Reading;
use super::claims;
use super::document::Document;
use super::{Extractor, record};
use crate::model::{Claim, Extraction, Layout, Quote, QuoteKind, Resolved, Statement};
use crate::text::{PointIndex, Span, single_spaced};
use serde_json::{Value, json};

/// Signs told of each decision.
const SIGNS: usize = 4;
/// Readings told of a sentence.
const READINGS: usize = 4;

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 0: a heading; deeper lines say more of the one above.
    pub depth: u8,
    /// Without a line break.
    pub text: String,
}

/// Explains one statement, place by place.
#[derive(Debug)]
pub struct Explainer<'s> {
    extractor: &'s Extractor,
    statement: &'s Statement,
    points: PointIndex<'s>,
    extraction: Extraction,
    layout_reason: &'static str,
    lines: Vec<Line>,
}

impl<'s> Explainer<'s> {
    /// Extracts the statement anew.
    #[must_use]
    pub fn new(extractor: &'s Extractor, statement: &'s Statement) -> Self {
        let (extraction, choice) = extractor.extract_with_reason(statement);
        Self {
            extractor,
            statement,
            points: PointIndex::new(&statement.body),
            extraction,
            layout_reason: choice.reason,
            lines: Vec::new(),
        }
    }

    /// Why the place at byte `at` was read as it was.
    #[must_use]
    pub fn lines(mut self, at: usize) -> Vec<Line> {
        let doc = Document::new(
            &self.statement.body,
            self.statement.header,
            &self.extractor.lexicon,
        );
        let sentence = doc.sentence_at(at);
        let span = doc
            .sentences
            .get(sentence)
            .map_or(Span::default(), |s| s.span);
        self.say(
            0,
            format!(
                "place {}, in: {}",
                self.points.points(at),
                single_spaced(span.of(doc.text))
            ),
        );
        self.layout();

        let here = |spans: &[Span]| spans.iter().any(|s| s.holds(at));
        let quotes: Vec<Quote> = self.extraction.quotes.clone();
        let found: Vec<&Quote> = quotes
            .iter()
            .filter(|q| here(&q.content) || here(&q.source) || here(&q.cue))
            .collect();
        for quote in &found {
            self.quote(quote);
        }
        if self.extraction.layout == Layout::Transcript {
            self.say(
                0,
                "in a transcript whoever a paragraph names speaks until the next name".to_owned(),
            );
        } else {
            // What is said of a quotation may stand in the next sentence.
            let said = found.iter().flat_map(|q| q.cue.first());
            let mut where_said: Vec<usize> = said.map(|c| doc.sentence_at(c.begin())).collect();
            where_said.push(sentence);
            where_said.sort_unstable();
            where_said.dedup();
            let mut readings: Vec<Reading> = where_said
                .into_iter()
                .flat_map(|n| self.extractor.tagger.readings(&doc, n))
                .collect();
            readings.sort_by(|a, b| {
                (a.refused.is_some(), b.there)
                    .partial_cmp(&(b.refused.is_some(), a.there))
                    .unwrap_or(std::cmp::Ordering::Equal)
            });
            self.readings(&readings);
        }
        let claims: Vec<Claim> = self
            .extraction
            .claims
            .iter()
            .filter(|c| c.span.holds(at))
            .cloned()
            .collect();
        for claim in &claims {
            self.claim(&doc, &quotes, claim);
        }
        if claims.is_empty() {
            self.say(0, "no claim holds this place".to_owned());
        }
        self.lines
    }

    fn say(&mut self, depth: u8, text: String) {
        self.lines.push(Line { depth, text });
    }

    /// The words with their places; `none` where there are none.
    fn written(&self, spans: &[Span]) -> String {
        if spans.is_empty() {
            return "none".to_owned();
        }
        let list: Vec<String> = spans
            .iter()
            .map(|s| {
                let (from, to) = (
                    self.points.points(s.begin()),
                    self.points.points(s.finish()),
                );
                format!(
                    "\"{}\" [{from}, {to})",
                    single_spaced(s.of(&self.statement.body))
                )
            })
            .collect();
        list.join(" + ")
    }

    fn layout(&mut self) {
        self.say(0, format!("layout: {}", self.extraction.layout.name()));
        self.say(1, format!("because {}", self.layout_reason));
        if let Some(issuer) = &self.extraction.issuer {
            self.say(1, format!("whose text it is: {}", issuer.name));
        }
    }

    fn quote(&mut self, quote: &Quote) {
        if quote.kind == QuoteKind::Scare {
            self.say(
                0,
                format!(
                    "q{}: a marked term; nobody is said to have said it",
                    quote.id
                ),
            );
            return;
        }
        let sure = (quote.confidence * 100.0).round();
        self.say(
            0,
            format!(
                "q{}: {} quote, right with a chance of {sure} %",
                quote.id,
                quote.kind.name()
            ),
        );
        for (what, spans) in [
            ("source", &quote.source),
            ("cue", &quote.cue),
            ("content", &quote.content),
        ] {
            let written = self.written(spans);
            self.say(1, format!("{what}: {written}"));
        }
        self.kind(quote);
        self.speaker(quote);
    }

    fn kind(&mut self, quote: &Quote) {
        let why = match quote.kind {
            _ if self.extraction.layout == Layout::Transcript => {
                "the words under a name are that person's own"
            }
            QuoteKind::Direct => "every word of the content stands in quotation marks",
            QuoteKind::Mixed => "some words of the content stand in quotation marks",
            _ => "no word of the content stands in quotation marks: a paraphrase",
        };
        self.say(1, format!("{} because {why}", quote.kind.name()));
    }

    /// From the source as written to the speaker, mention by mention.
    fn speaker(&mut self, quote: &Quote) {
        let Some(speaker) = &quote.speaker else {
            let why = if quote.source.is_empty() {
                "no source is written"
            } else {
                "the source names nobody that the text tells"
            };
            self.say(1, format!("speaker: none, since {why}"));
            return;
        };
        let name = speaker.name.clone();
        self.say(1, format!("speaker: {name}"));
        let mut seen: Vec<Span> = quote.source.clone();
        let mut now = speaker.clone();
        for _ in 0..6 {
            let how = match now.how {
                Resolved::AsWritten => "the source as written names the speaker",
                Resolved::Pronoun => "a pronoun, traced to",
                Resolved::Description => "a description or a short name, traced to",
                Resolved::Turn => "the name that opens the turn, as it stands at",
                Resolved::Issuer => "the issuer speaks",
            };
            let Some(mention) = now.mention.filter(|m| !seen.iter().any(|s| s.contains(*m))) else {
                self.say(2, how.to_owned());
                break;
            };
            let written = self.written(&[mention]);
            self.say(2, format!("{how} {written}"));
            seen.push(mention);
            // The mention may be the source of an earlier quote, which was traced in its turn.
            let next = self
                .extraction
                .quotes
                .iter()
                .find(|q| q.id != quote.id && q.source.iter().any(|s| s.contains(mention)));
            match next.and_then(|q| q.speaker.clone()) {
                Some(speaker) if speaker.mention != Some(mention) => now = speaker,
                _ => break,
            }
        }
        if let Some(behalf) = speaker.on_behalf_of.clone() {
            self.say(2, format!("speaks for {behalf}"));
        }
    }

    fn readings(&mut self, readings: &[Reading]) {
        if readings.is_empty() {
            self.say(0, "no word here was taken for one that reports".to_owned());
        }
        for (n, reading) in readings.iter().take(READINGS).enumerate() {
            let chance = |p: f32| (p * 100.0).round();
            let a = &reading.attribution;
            let what = match reading.refused {
                None => "made of it".to_owned(),
                Some(why) => format!(
                    "{}, not made: {why}",
                    if n == 1 {
                        "second choice"
                    } else {
                        "other choice"
                    }
                ),
            };
            let cue = self.written(&a.cue);
            self.say(0, format!("attribution by the cue {cue}: {what}"));
            let source = self.written(&a.source);
            let content = self.written(&a.content);
            self.say(1, format!("source: {source}"));
            self.say(1, format!("content: {content}"));
            self.say(
                1,
                format!(
                    "a chance of {} % that somebody reports here, {} % that source and content are right",
                    chance(reading.there),
                    chance(a.confidence)
                ),
            );
            let [cue, source, content] = reading.parts.map(chance);
            self.say(
                1,
                format!("by itself: cue {cue} %, source {source} %, content {content} %"),
            );
            let rules = match (reading.ruled, reading.by_rule) {
                (_, true) => "the reading of the rules",
                (true, false) => "the rules know the cue; the weights read it so",
                (false, false) => "no rule knows the cue; the weights found it",
            };
            self.say(1, rules.to_owned());
            for decision in ["cue", "source", "content", "whole"] {
                let told: Vec<String> = reading
                    .signs
                    .iter()
                    .filter(|(of, ..)| *of == decision)
                    .take(SIGNS)
                    .map(|(_, sign, weight)| format!("{sign} {weight:+.1}"))
                    .collect();
                if !told.is_empty() {
                    self.say(2, format!("{decision}: {}", told.join("; ")));
                }
            }
        }
        if readings.len() > READINGS {
            self.say(
                0,
                format!("{} more readings were weighed", readings.len() - READINGS),
            );
        }
    }

    fn claim(&mut self, doc: &Document<'_>, quotes: &[Quote], claim: &Claim) {
        let span = self.written(&[claim.span]);
        self.say(0, format!("c{}: {}: {span}", claim.id, claim.kind.name()));
        let reasons = claims::reasons(doc, quotes, claim);
        self.say(1, format!("because {}", reasons.signs.join("; ")));
        self.say(1, format!("second choice: {}", reasons.second.name()));
    }
}

/// The lines as JSON: an array of objects with `depth` and `text`.
#[must_use]
pub fn to_json(id: &Value, at: usize, lines: &[Line]) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|l| json!({ "depth": l.depth, "text": l.text }))
        .collect();
    json!({ "schema": record::SCHEMA, "id": id, "at": at, "lines": lines })
}
