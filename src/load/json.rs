//! JSON: one object, an array, or an object that holds an array of records.

use super::decode::decode;
use super::format::{Draft, Format, Reason, Sink, text_start};
use super::open::Source;
use super::record;
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// Keys of a wrapper that holds the records.
const LISTS: [&str; 9] = [
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

    fn read(&self, source: &mut Source, sink: &mut dyn Sink) -> Result<ControlFlow<()>, Reason> {
        let decoded = decode(source.all()?, None)?;
        let text = decoded.text.trim_start_matches('\u{FEFF}');
        let value: Value = serde_json::from_str(text).map_err(|error| Reason {
            what: format!("is not JSON: {error}"),
            remedy: "check it with a JSON validator; records a line each are named .jsonl",
        })?;
        let records = match value {
            Value::Array(records) => records,
            Value::Object(map) => match records_of(map) {
                Ok(records) => records,
                Err(record) => vec![Value::Object(record)],
            },
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
                Value::Object(map) => record::draft(map, None),
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

/// The records of a wrapper; the object itself when it is a record.
fn records_of(mut map: Map<String, Value>) -> Result<Vec<Value>, Map<String, Value>> {
    let list = LISTS.iter().find(|key| {
        map.get(**key)
            .is_some_and(|v| v.as_array().is_some_and(|a| a.iter().all(Value::is_object)))
    });
    match list.and_then(|key| map.shift_remove(*key)) {
        Some(Value::Array(records)) => Ok(records),
        _ => Err(map),
    }
}
