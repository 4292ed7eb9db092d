//! An extraction as JSON, the form that `dictum extract` prints: one object a statement, offsets in Unicode
//! code points, half open, into the body. `schema` counts changes of this form.

use super::{Choice, VERSION};
use crate::model::{Claim, Extraction, Quote, Speaker, Statement};
use crate::text::{PointIndex, Span};
use serde_json::{Map, Value, json};

/// Version of the form.
pub const SCHEMA: u32 = 1;

/// The whole record of a statement. `id` and `text` are given back as they came; `text` must be the
/// statement's body.
#[must_use]
pub fn to_json(
    id: &Value,
    statement: &Statement,
    extraction: &Extraction,
    layout: Option<Choice>,
) -> Value {
    let text: &str = &statement.body;
    let index = PointIndex::new(text);
    let edge = Edge {
        index: &index,
        text,
    };
    let mut out = Map::new();
    out.insert("schema".into(), json!(SCHEMA));
    out.insert("extractor".into(), json!(VERSION));
    out.insert("id".into(), id.clone());
    out.insert("text".into(), json!(text));
    for (key, value) in [
        (
            "title",
            Some(&statement.title.value).filter(|t| !t.is_empty()),
        ),
        ("place", statement.place.as_ref().map(|p| &p.value)),
        ("source", statement.source.as_ref().map(|p| &p.value)),
        ("author", statement.author.as_ref().map(|p| &p.value)),
        ("url", statement.url.as_ref()),
        ("lang", statement.lang.as_ref()),
    ] {
        if let Some(value) = value {
            out.insert(key.into(), json!(value));
        }
    }
    if let Some(date) = &statement.date {
        out.insert("date".into(), json!(date.value.as_str()));
    }
    if let Some(header) = statement.header {
        out.insert("header".into(), edge.span(header));
    }
    out.insert("layout".into(), json!(extraction.layout.name()));
    if let Some(choice) = layout {
        out.insert("layout_reason".into(), json!(choice.reason));
    }
    if let Some(issuer) = &extraction.issuer {
        out.insert("issuer".into(), json!(issuer.name));
    }
    let quotes: Vec<Value> = extraction.quotes.iter().map(|q| quote(&edge, q)).collect();
    let claims: Vec<Value> = extraction.claims.iter().map(|c| claim(&edge, c)).collect();
    out.insert("quotes".into(), Value::Array(quotes));
    out.insert("claims".into(), Value::Array(claims));
    Value::Object(out)
}

struct Edge<'t> {
    index: &'t PointIndex<'t>,
    text: &'t str,
}

impl Edge<'_> {
    fn span(&self, span: Span) -> Value {
        json!([
            self.index.points(span.begin()),
            self.index.points(span.finish())
        ])
    }

    fn spans(&self, spans: &[Span]) -> Value {
        Value::Array(spans.iter().map(|s| self.span(*s)).collect())
    }

    fn words(&self, spans: &[Span]) -> Value {
        if spans.is_empty() {
            return Value::Null;
        }
        json!(
            spans
                .iter()
                .map(|s| s.of(self.text))
                .collect::<Vec<_>>()
                .join(" ")
        )
    }
}

fn rounded(confidence: f32) -> Value {
    json!((f64::from(confidence) * 100.0).round() / 100.0)
}

fn resolution(speaker: Option<&Speaker>) -> Value {
    match speaker {
        Some(s) => serde_json::to_value(s.how).unwrap_or(Value::Null),
        None => Value::Null,
    }
}

fn quote(edge: &Edge<'_>, q: &Quote) -> Value {
    let speaker = q.speaker.as_ref();
    json!({
        "id": format!("q{}", q.id),
        "kind": q.kind.name(),
        "act": q.act.name(),
        "content": edge.spans(&q.content),
        "source": edge.spans(&q.source),
        "cue": edge.spans(&q.cue),
        "speaker": speaker.map(|s| &s.name),
        "speaker_mention": speaker.and_then(|s| s.mention).map(|m| edge.span(m)),
        "resolved": resolution(speaker),
        "on_behalf_of": speaker.and_then(|s| s.on_behalf_of.as_ref()),
        "continues": q.continues.map(|id| format!("q{id}")),
        "confidence": rounded(q.confidence),
    })
}

fn claim(edge: &Edge<'_>, c: &Claim) -> Value {
    let speaker = c.speaker.as_ref();
    let piece = |span: Span| {
        json!({
            "start": edge.index.points(span.begin()),
            "end": edge.index.points(span.finish()),
            "text": span.of(edge.text),
        })
    };
    let numbers: Vec<Value> = c
        .numbers
        .iter()
        .map(|n| {
            let mut v = piece(n.span);
            v["value"] = json!(n.value);
            v["unit"] = json!(n.unit);
            v
        })
        .collect();
    let dates: Vec<Value> = c
        .dates
        .iter()
        .map(|d| {
            let mut v = piece(d.span);
            v["iso"] = json!(d.iso);
            v
        })
        .collect();
    let atoms: Vec<Value> = c
        .atoms
        .iter()
        .map(|a| {
            let mut v = piece(*a);
            v["type"] = json!(c.kind.name());
            v
        })
        .collect();
    json!({
        "id": format!("c{}", c.id),
        "start": edge.index.points(c.span.begin()),
        "end": edge.index.points(c.span.finish()),
        "type": c.kind.name(),
        "illocution": c.illocution.name(),
        "claimant": edge.spans(&c.claimant),
        "claimant_resolved": speaker.map(|s| &s.name),
        "resolved": resolution(speaker),
        "on_behalf_of": speaker.and_then(|s| s.on_behalf_of.as_ref()),
        "source_chain": c.source_chain,
        "attribution": c.attribution.name(),
        "in_quote": c.in_quote.name(),
        "cue": edge.words(&c.cue),
        "cue_spans": edge.spans(&c.cue),
        "quote": c.quote.map(|id| format!("q{id}")),
        "target": c.target.map(|t| t.of(edge.text)),
        "target_span": c.target.map(|t| edge.span(t)),
        "stance": c.stance.name(),
        "polarity": c.polarity.name(),
        "modality": c.modality.name(),
        "verifiable": c.verifiable.name(),
        "facets": c.facets.iter().map(|f| f.name()).collect::<Vec<_>>(),
        "numbers": numbers,
        "dates": dates,
        "atoms": atoms,
        "normalized": c.normalized,
        "topics": c.topics,
        "check_worthiness": rounded(c.worth),
        "confidence": rounded(c.confidence),
    })
}
