//! An extraction as JSON, the form that `dictum extract` prints: one object a statement, offsets in Unicode
//! code points, half open, into the body. `schema` counts changes of this form.
//!
//! Written straight from what was extracted, with no tree of values between: that took a fifth of the time of
//! an extraction.

use super::{Choice, Extractor, VERSION};
use crate::model::{Claim, Extraction, Provenance, Quote, Resolved, Speaker, Statement};
use crate::text::{PointIndex, Span};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;

/// Version of the form.
pub const SCHEMA: u32 = 1;

/// The whole record of a statement, to be serialised.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    /// Given back as it came.
    pub id: &'a Value,
    /// Whose body the extraction was made of.
    pub statement: &'a Statement,
    /// What was extracted.
    pub extraction: Extraction,
    /// Why the layout was chosen.
    pub layout: Choice,
}

impl<'a> Record<'a> {
    /// Extracts `statement`.
    #[must_use]
    pub fn of(extractor: &Extractor, id: &'a Value, statement: &'a Statement) -> Self {
        let (extraction, layout) = extractor.extract_with_reason(statement);
        Self {
            id,
            statement,
            extraction,
            layout,
        }
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            statement,
            extraction,
            ..
        } = self;
        let text: &str = &statement.body;
        let index = &PointIndex::new(text);
        let edge = &Edge { index, text };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("extractor", &VERSION)?;
        map.serialize_entry("id", self.id)?;
        map.serialize_entry("text", text)?;
        let title = Some(&statement.title).filter(|t| !t.value.is_empty());
        let stated = [
            ("title", title),
            ("place", statement.place.as_ref()),
            ("source", statement.source.as_ref()),
            ("author", statement.author.as_ref()),
        ];
        for (key, value) in stated {
            if let Some(value) = value {
                map.serialize_entry(key, &value.value)?;
            }
        }
        for (key, value) in [("url", &statement.url), ("lang", &statement.lang)] {
            if let Some(value) = value {
                map.serialize_entry(key, value)?;
            }
        }
        if let Some(date) = &statement.date {
            map.serialize_entry("date", date.value.as_str())?;
        }
        if let Some(header) = statement.header {
            map.serialize_entry("header", &edge.points(header))?;
        }
        map.serialize_entry("layout", extraction.layout.name())?;
        map.serialize_entry("layout_reason", &self.layout.reason)?;
        if let Some(issuer) = &extraction.issuer {
            map.serialize_entry("issuer", &issuer.name)?;
        }
        map.serialize_entry("quotes", &Each(edge, &extraction.quotes, QuoteRecord::new))?;
        map.serialize_entry("claims", &Each(edge, &extraction.claims, ClaimRecord::new))?;
        // Where the facts came from.
        for (key, from) in [
            ("title_from", title.map(|t| t.from)),
            ("date_from", statement.date.as_ref().map(|d| d.from)),
            ("place_from", statement.place.as_ref().map(|p| p.from)),
            ("source_from", statement.source.as_ref().map(|s| s.from)),
        ] {
            if let Some(from) = from {
                map.serialize_entry::<_, Provenance>(key, &from)?;
            }
        }
        map.end()
    }
}

/// The text and what counts its code points.
struct Edge<'t> {
    index: &'t PointIndex<'t>,
    text: &'t str,
}

/// Start and end in code points.
type Points = [usize; 2];

impl<'t> Edge<'t> {
    fn points(&self, span: Span) -> Points {
        [span.begin(), span.finish()].map(|at| self.index.points(at))
    }

    fn piece(&self, span: Span) -> Piece<'t> {
        let [start, end] = self.points(span);
        Piece {
            start,
            end,
            text: span.of(self.text),
        }
    }

    fn words(&self, spans: &[Span]) -> Option<Cow<'t, str>> {
        match spans {
            [] => None,
            [one] => Some(Cow::Borrowed(one.of(self.text))),
            many => {
                let words: Vec<&str> = many.iter().map(|s| s.of(self.text)).collect();
                Some(Cow::Owned(words.join(" ")))
            }
        }
    }
}

/// A list, each item written in the form that the function gives it.
struct Each<'a, T, F>(&'a Edge<'a>, &'a [T], F);

impl<'a, T, R: Serialize, F: Fn(&'a Edge<'a>, &'a T) -> R> Serialize for Each<'a, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(edge, items, form) = self;
        serializer.collect_seq(items.iter().map(|item| form(edge, item)))
    }
}

/// Spans in code points.
struct Spans<'a>(&'a Edge<'a>, &'a [Span]);

impl Serialize for Spans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(edge, spans) = self;
        serializer.collect_seq(spans.iter().map(|span| edge.points(*span)))
    }
}

/// `q1`, `c1`.
struct Numbered(char, u32);

impl Serialize for Numbered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{}", self.0, self.1))
    }
}

fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

#[derive(Serialize)]
struct QuoteRecord<'a> {
    id: Numbered,
    kind: &'a str,
    act: &'a str,
    content: Spans<'a>,
    source: Spans<'a>,
    cue: Spans<'a>,
    speaker: Option<&'a str>,
    speaker_mention: Option<Points>,
    resolved: Option<Resolved>,
    on_behalf_of: Option<&'a str>,
    continues: Option<Numbered>,
    confidence: f64,
}

impl<'a> QuoteRecord<'a> {
    fn new(edge: &'a Edge<'a>, q: &'a Quote) -> Self {
        let speaker = q.speaker.as_ref();
        Self {
            id: Numbered('q', q.id),
            kind: q.kind.name(),
            act: q.act.name(),
            content: Spans(edge, &q.content),
            source: Spans(edge, &q.source),
            cue: Spans(edge, &q.cue),
            speaker: speaker.map(|s| &*s.name),
            speaker_mention: speaker.and_then(|s| s.mention).map(|m| edge.points(m)),
            resolved: speaker.map(|s| s.how),
            on_behalf_of: speaker.and_then(on_behalf_of),
            continues: q.continues.map(|id| Numbered('q', id)),
            confidence: rounded(q.confidence),
        }
    }
}

fn on_behalf_of(speaker: &Speaker) -> Option<&str> {
    speaker.on_behalf_of.as_deref()
}

/// A stretch of the text with its words.
#[derive(Serialize)]
struct Piece<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct NumberRecord<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    value: f64,
    unit: &'a str,
}

#[derive(Serialize)]
struct DateRecord<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    iso: Option<&'a str>,
}

#[derive(Serialize)]
struct AtomRecord<'a> {
    #[serde(flatten)]
    piece: Piece<'a>,
    r#type: &'a str,
}

#[derive(Serialize)]
struct ClaimRecord<'a> {
    id: Numbered,
    start: usize,
    end: usize,
    r#type: &'a str,
    illocution: &'a str,
    claimant: Spans<'a>,
    claimant_resolved: Option<&'a str>,
    resolved: Option<Resolved>,
    on_behalf_of: Option<&'a str>,
    source_chain: &'a [String],
    attribution: &'a str,
    in_quote: &'a str,
    cue: Option<Cow<'a, str>>,
    cue_spans: Spans<'a>,
    quote: Option<Numbered>,
    target: Option<&'a str>,
    target_span: Option<Points>,
    stance: &'a str,
    polarity: &'a str,
    modality: &'a str,
    verifiable: &'a str,
    facets: Vec<&'a str>,
    numbers: Vec<NumberRecord<'a>>,
    dates: Vec<DateRecord<'a>>,
    atoms: Vec<AtomRecord<'a>>,
    normalized: &'a str,
    topics: &'a [String],
    check_worthiness: f64,
    confidence: f64,
}

impl<'a> ClaimRecord<'a> {
    fn new(edge: &'a Edge<'a>, c: &'a Claim) -> Self {
        let speaker = c.speaker.as_ref();
        let [start, end] = edge.points(c.span);
        let kind = c.kind.name();
        let numbers = c.numbers.iter().map(|n| NumberRecord {
            piece: edge.piece(n.span),
            value: n.value,
            unit: &n.unit,
        });
        let dates = c.dates.iter().map(|d| DateRecord {
            piece: edge.piece(d.span),
            iso: d.iso.as_deref(),
        });
        let atoms = c.atoms.iter().map(|a| AtomRecord {
            piece: edge.piece(*a),
            r#type: kind,
        });
        Self {
            id: Numbered('c', c.id),
            start,
            end,
            r#type: kind,
            illocution: c.illocution.name(),
            claimant: Spans(edge, &c.claimant),
            claimant_resolved: speaker.map(|s| &*s.name),
            resolved: speaker.map(|s| s.how),
            on_behalf_of: speaker.and_then(on_behalf_of),
            source_chain: &c.source_chain,
            attribution: c.attribution.name(),
            in_quote: c.in_quote.name(),
            cue: edge.words(&c.cue),
            cue_spans: Spans(edge, &c.cue),
            quote: c.quote.map(|id| Numbered('q', id)),
            target: c.target.map(|t| t.of(edge.text)),
            target_span: c.target.map(|t| edge.points(t)),
            stance: c.stance.name(),
            polarity: c.polarity.name(),
            modality: c.modality.name(),
            verifiable: c.verifiable.name(),
            facets: c.facets.iter().map(|f| f.name()).collect(),
            numbers: numbers.collect(),
            dates: dates.collect(),
            atoms: atoms.collect(),
            normalized: &c.normalized,
            topics: &c.topics,
            check_worthiness: rounded(c.worth),
            confidence: rounded(c.confidence),
        }
    }
}
