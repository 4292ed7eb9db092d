//! CSL-JSON: an item a passage for citation processors and reference managers. The statement is what
//! is cited; the words and their place stand in `custom`, and in `note` for people.

use super::json::list;
use super::{Format, Options, Passages, identity, reference};
use crate::model::Passage;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// CSL-JSON.
pub(super) struct CslJson;

impl Format for CslJson {
    fn name(&self) -> &'static str {
        "csl"
    }
    fn extension(&self) -> &'static str {
        "csl.json"
    }
    fn label(&self) -> &'static str {
        "CSL-JSON"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        _: &Options<'_>,
    ) -> io::Result<()> {
        out.write_all(b"[")?;
        list(passages, out, |passage| item(&passage))?;
        out.write_all(b"\n]\n")
    }
}

fn item(passage: &Passage) -> Map<String, Value> {
    let id = identity::place_id(passage);
    let mut item = reference::Reference::of(passage).csl(&id);
    item.insert("note".into(), json!(reference::note(passage)));
    if !passage.tags.is_empty() {
        item.insert("keyword".into(), json!(passage.tags.join(", ")));
    }
    let places: Vec<Value> = passage
        .places
        .iter()
        .map(|p| json!({ "start": p.start, "end": p.end, "exact": p.exact }))
        .collect();
    let custom = json!({
        "statement": passage.statement,
        "text_sha256": passage.text_sha256,
        "kind": passage.kind.name(),
        "claim_type": passage.claim_type,
        "speaker": passage.speaker,
        "places": places,
        "derived": reference::derived(passage),
    });
    item.insert("custom".into(), custom);
    item
}
