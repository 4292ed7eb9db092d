//! W3C Web Annotation: each passage an annotation whose targets are found by position (code points of
//! the statement's text) and, where the text has changed, by the words and those around them.
//!
//! In three wrappings: a collection with its one page, a page alone, and an annotation a line. The
//! standard's words say where the passage is and what the reader noted. All that it has no words for
//! stands in `passage`, which the second context declares, so that a reader of JSON-LD keeps it too
//! and `dictum import` gives the passage back as it was.

use super::{Format, Options, Passages, citation, identity};
use crate::model::{Passage, Place};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The context of the standard.
pub const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// The key under which the passage stands as a whole, without its places.
pub const RECORD: &str = "passage";

/// Annotations, wrapped.
pub(super) struct Annotations {
    name: &'static str,
    extension: &'static str,
    label: &'static str,
    wrapping: Wrapping,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrapping {
    Collection,
    Page,
    Lines,
}

/// An `AnnotationCollection` with its page.
pub(super) static COLLECTION: Annotations = Annotations {
    name: "annotations",
    extension: "jsonld",
    label: "Web Annotations, a collection",
    wrapping: Wrapping::Collection,
};
/// An `AnnotationPage`.
pub(super) static PAGE: Annotations = Annotations {
    name: "annotation-page",
    extension: "jsonld",
    label: "Web Annotations, a page",
    wrapping: Wrapping::Page,
};
/// An `Annotation` a line.
pub(super) static LINES: Annotations = Annotations {
    name: "annotation-lines",
    extension: "jsonl",
    label: "Web Annotations, one a line",
    wrapping: Wrapping::Lines,
};

impl Format for Annotations {
    fn name(&self) -> &'static str {
        self.name
    }
    fn extension(&self) -> &'static str {
        self.extension
    }
    fn label(&self) -> &'static str {
        self.label
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        _: &Options<'_>,
    ) -> io::Result<()> {
        let context = context();
        if self.wrapping == Wrapping::Lines {
            for passage in passages {
                let mut line = Map::new();
                line.insert("@context".into(), context.clone());
                line.extend(annotation(&passage));
                serde_json::to_writer(&mut *out, &line)?;
                out.write_all(b"\n")?;
            }
            return Ok(());
        }
        write!(out, "{{\"@context\":{context},")?;
        let collection = self.wrapping == Wrapping::Collection;
        if collection {
            out.write_all(b"\"type\":\"AnnotationCollection\",\"label\":\"Passages\",\"first\":{")?;
        }
        out.write_all(b"\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[")?;
        let mut total = 0usize;
        // Names of collection and page come from what is in them, so they stand behind it.
        let mut names = String::new();
        for passage in passages {
            out.write_all(if total == 0 { b"\n" } else { b",\n" })?;
            let item = annotation(&passage);
            names = identity::uuid(&format!(
                "{names}{}",
                item.get("id").unwrap_or(&Value::Null)
            ));
            serde_json::to_writer(&mut *out, &item)?;
            total += 1;
        }
        let page = identity::uuid(&format!("page {names}"));
        let whole = identity::uuid(&format!("collection {names}"));
        write!(out, "\n],\"id\":\"urn:uuid:{page}\"")?;
        if collection {
            write!(
                out,
                ",\"partOf\":\"urn:uuid:{whole}\"}},\"total\":{total},\"id\":\"urn:uuid:{whole}\",\
                 \"last\":\"urn:uuid:{page}\""
            )?;
        }
        out.write_all(b"}\n")
    }
}

fn context() -> Value {
    json!([
        CONTEXT,
        { "@version": 1.1, RECORD: { "@id": "urn:dictum:passage", "@type": "@json" } }
    ])
}

fn annotation(passage: &Passage) -> Map<String, Value> {
    let name = format!("{} {}", identity::place_id(passage), passage.text_sha256);
    let mut annotation = Map::new();
    let mut add = |key: &str, value: Value| annotation.insert(key.to_owned(), value);
    add("id", json!(format!("urn:uuid:{}", identity::uuid(&name))));
    add("type", json!("Annotation"));
    let motivation = if passage.note.is_empty() {
        "highlighting"
    } else {
        "commenting"
    };
    add("motivation", json!(motivation));
    add("body", bodies(passage));
    let targets: Vec<Value> = passage.places.iter().map(|p| target(passage, p)).collect();
    add("target", one_or_all(targets));
    add(
        "generator",
        json!({ "type": "Software", "name": concat!("dictum ", env!("CARGO_PKG_VERSION")) }),
    );
    add(RECORD, record(passage));
    annotation
}

/// The passage without what the standard says in its own words.
fn record(passage: &Passage) -> Value {
    let mut record = serde_json::to_value(passage).unwrap_or(Value::Null);
    if let Value::Object(fields) = &mut record {
        for key in ["places", "note", "tags"] {
            fields.remove(key);
        }
    }
    record
}

/// The citation, then what the reader wrote.
fn bodies(passage: &Passage) -> Value {
    let body = |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value });
    let mut bodies = vec![body("describing", &citation::plain(passage))];
    if !passage.note.is_empty() {
        bodies.push(body("commenting", &passage.note));
    }
    bodies.extend(passage.tags.iter().map(|tag| body("tagging", tag)));
    one_or_all(bodies)
}

fn target(passage: &Passage, place: &Place) -> Value {
    let mut quote = json!({ "type": "TextQuoteSelector", "exact": place.exact });
    for (key, words) in [("prefix", &place.prefix), ("suffix", &place.suffix)] {
        if !words.is_empty() {
            quote[key] = json!(words);
        }
    }
    json!({
        "type": "SpecificResource",
        "source": identity::iri(passage),
        "selector": [
            { "type": "TextPositionSelector", "start": place.start, "end": place.end },
            quote,
        ],
    })
}

/// A single value stands by itself, several in a list.
fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 {
        values.remove(0)
    } else {
        Value::Array(values)
    }
}
