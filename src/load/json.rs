//! JSON: one object, an array, or an object that holds an array of records.

use super::aliases::FieldMap;
use super::decode::decode;
use super::format::{Draft, Format, Reason, Sink, text_start};
use super::open::Source;
use super::record;
use super::twice;
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// Keys of a wrapper that holds the records.
const LISTS: [&str; 11] = [
    "@graph",
    "itemListElement",
    "articles",
    "items",
    "documents",
    "docs",
    "statements",
    "results",
    "records",
    "data",
    "entries",
];

/// The format.
pub struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        let known = ["txt", "md", "markdown", "html", "htm"].contains(&extension);
        extension == "json" || (!known && matches!(text_start(head).first(), Some(b'{' | b'[')))
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let decoded = decode(source.all()?, None)?;
        let text = decoded.text.trim_start_matches('\u{FEFF}');
        let (value, twice) = twice::read(text).map_err(|error| Reason {
            what: format!("is not JSON: {error}"),
            remedy: "check it with a JSON validator; records a line each are named .jsonl",
        })?;
        if let Some(reason) = twice
            && sink.note(String::new(), reason).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        let (mut feed, mut site) = (false, None);
        let records = match value {
            Value::Array(records) => records,
            Value::Object(map) => {
                feed = map
                    .get("version")
                    .and_then(Value::as_str)
                    .is_some_and(is_json_feed);
                site = feed.then(|| map.get("title").cloned()).flatten();
                match records_of(map) {
                    Ok(records) => records,
                    Err(record) => vec![Value::Object(record)],
                }
            }
            _ => {
                return Err(Reason::new(
                    "is JSON, but neither an object nor a list of them",
                ));
            }
        };
        let single = records.len() == 1;
        for (n, value) in (1..).zip(records) {
            let place = if single {
                String::new()
            } else {
                format!("record {n}")
            };
            let read = match value {
                Value::Object(map) if feed => feed_item(map, site.as_ref(), &source.fields),
                Value::Object(map) => record::draft(map, None, &source.fields),
                _ => Err(Reason::new("is not an object")),
            };
            let going = match read {
                Ok(draft) => sink.draft(Draft {
                    record: (!single).then_some(n),
                    charset: decoded.charset,
                    charset_guessed: decoded.guessed,
                    replacements: decoded.replacements,
                    ..draft
                }),
                Err(reason) => sink.bad_record(place, reason),
            };
            if going.is_break() {
                return Ok(going);
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn is_json_feed(version: &str) -> bool {
    version.contains("jsonfeed.org/version/")
}

/// An entry of a JSON Feed: its source is the feed's; where it has only a summary it is an excerpt.
fn feed_item(
    mut item: Map<String, Value>,
    site: Option<&Value>,
    fields: &FieldMap,
) -> Result<Draft, Reason> {
    let of_site = site.filter(|_| !item.contains_key("source"));
    if let Some(site) = of_site {
        item.insert("source".into(), site.clone());
    }
    let full = ["content_text", "content_html"];
    let excerpt = !full.iter().any(|key| item.contains_key(*key));
    if excerpt && let Some(summary) = item.shift_remove("summary") {
        item.insert("content_text".into(), summary);
    }
    let mut draft = record::draft(item, None, fields)?;
    if of_site.is_some() {
        draft.filled.told_as("source", "title of the feed");
    }
    if excerpt {
        draft.filled.told_as("content_text", "summary");
    }
    Ok(Draft { excerpt, ..draft })
}

/// The records of a JSON-LD graph: what is no article or speech in it (organisations, persons, the
/// page) only describes those. A member refers to another by its `@id`: its name is put there.
fn of_graph(mut nodes: Vec<Value>) -> Vec<Value> {
    // A list of items wraps each.
    for node in &mut nodes {
        if let Some(item) = node.get_mut("item").filter(|i| i.is_object()) {
            *node = item.take();
        }
    }
    let name = |node: &Value| {
        let id = node.get("@id")?.as_str()?.to_owned();
        Some((id, node.get("name")?.as_str()?.to_owned()))
    };
    let names: std::collections::HashMap<String, String> = nodes.iter().filter_map(name).collect();
    let has_text = |node: &Value| {
        ["articleBody", "text", "body"]
            .iter()
            .any(|k| node.get(*k).is_some())
    };
    if nodes.iter().any(has_text) {
        nodes.retain(has_text);
    }
    for node in &mut nodes {
        for key in ["author", "publisher", "creator", "sourceOrganization"] {
            let reference = node.get(key).and_then(|v| v.get("@id")?.as_str());
            if let Some(name) = reference.and_then(|id| names.get(id)) {
                node[key] = Value::from(name.as_str());
            }
        }
    }
    nodes
}

/// The records of a wrapper; the object itself when it is a record.
fn records_of(mut map: Map<String, Value>) -> Result<Vec<Value>, Map<String, Value>> {
    let list = LISTS.iter().find(|key| {
        map.get(**key)
            .is_some_and(|v| v.as_array().is_some_and(|a| a.iter().all(Value::is_object)))
    });
    let is_graph = list.is_some_and(|key| LISTS.iter().take(2).any(|k| k == key));
    match list.and_then(|key| map.shift_remove(*key)) {
        Some(Value::Array(records)) if is_graph => Ok(of_graph(records)),
        Some(Value::Array(records)) => Ok(records),
        _ => Err(map),
    }
}
