//! JSON lines: one record a line, read as a stream. A bad line is reported by its number; the rest
//! loads.

use super::aliases::FieldMap;
use super::decode::decode;
use super::format::{Draft, Format, Reason, Sink, text_start};
use super::open::{LineFault, Source};
use super::record;
use super::twice;
use crate::error::{Fault, Severity};
use crate::load::finish::Finisher;
use crate::model::Statement;
use serde_json::{Map, Value};
use std::ops::ControlFlow;
use std::sync::Arc;

/// The format.
pub struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        match extension {
            "jsonl" | "ndjson" | "jsonlines" => true,
            "txt" | "md" | "markdown" | "html" | "htm" => false,
            // An object that ends on its own line, followed by another.
            _ => {
                let start = text_start(head);
                let end = memchr::memchr(b'\n', start);
                let (first, rest) = end.map_or((start, &[][..]), |at| start.split_at(at));
                first.starts_with(b"{")
                    && rest.trim_ascii_start().starts_with(b"{")
                    && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()
            }
        }
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        if is_wide(source.head()?) {
            return wide(source, sink);
        }
        let fields = Arc::clone(&source.fields);
        let mut line = Vec::new();
        for number in 1.. {
            match source.line(&mut line) {
                Ok(false) => break,
                Ok(true) => {
                    if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                        line.drain(..3);
                    }
                    if take(&line, number, &fields, sink).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Err(LineFault::Line(reason)) => {
                    if sink.bad_record(place(number), reason).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Err(LineFault::End(reason)) => return Ok(sink.bad_record(place(number), reason)),
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// UTF-16 or UTF-32, where a line cannot be cut at a byte.
fn is_wide(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || head.starts_with(b"\0\0\xfe\xff")
}

fn wide(source: &mut Source<'_>, sink: &mut dyn Sink) -> Result<ControlFlow<()>, Reason> {
    let decoded = decode(source.all()?, None)?;
    for (number, line) in (1..).zip(decoded.text.lines()) {
        let going = take(line.as_bytes(), number, &source.fields, sink);
        if going.is_break() {
            return Ok(going);
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn take(line: &[u8], number: usize, fields: &FieldMap, sink: &mut dyn Sink) -> ControlFlow<()> {
    if line.trim_ascii().is_empty() {
        return ControlFlow::Continue(());
    }
    match read_line(line, fields) {
        Ok((draft, twice)) => {
            if let Some(reason) = twice {
                sink.note(place(number), reason)?;
            }
            sink.draft(Draft {
                record: Some(number),
                ..draft
            })
        }
        Err(reason) => sink.bad_record(place(number), reason),
    }
}

/// The record, and what is to be told of its keys.
fn read_line(line: &[u8], fields: &FieldMap) -> Result<(Draft, Option<Reason>), Reason> {
    if let Ok(text) = std::str::from_utf8(line) {
        let (map, twice) = object(text)?;
        let draft = record::draft(map, None, fields)?;
        let draft = Draft {
            charset: "UTF-8",
            ..draft
        };
        return Ok((draft, twice));
    }
    let decoded = decode(line.to_vec(), None)?;
    let (map, twice) = object(&decoded.text)?;
    let draft = record::draft(map, None, fields)?;
    let draft = Draft {
        charset: decoded.charset,
        charset_guessed: decoded.guessed,
        replacements: decoded.replacements,
        ..draft
    };
    Ok((draft, twice))
}

fn object(line: &str) -> Result<(Map<String, Value>, Option<Reason>), Reason> {
    if line.trim().is_empty() {
        return Err(Reason::new("is empty"));
    }
    match twice::read(line) {
        Ok((Value::Object(map), twice)) => Ok((map, twice)),
        Ok(_) => Err(Reason::new("is not an object")),
        Err(error) => Err(Reason {
            // serde counts lines of its own: here it is always the first.
            what: format!("is not JSON: {} (column {})", cause(&error), error.column()),
            remedy: if error.is_eof() {
                "the line is cut off"
            } else {
                ""
            },
        }),
    }
}

/// What serde says, without its line and column.
fn cause(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or("").to_owned()
}

fn place(number: usize) -> String {
    format!("line {number}")
}

/// One line of JSON as a statement with its text as given, for a filter that answers line by line:
/// nothing depends on the lines before. `number` counts lines from 1. The id is given back as it
/// stands in the line (a number stays a number); a line without one is answered as `stdin#number`.
///
/// # Errors
/// A [`Fault`] whose place is the line.
pub fn line_to_statement(line: &str, number: usize) -> Result<(Value, Statement), Fault> {
    line_by(line, number, &FieldMap::default())
}

/// The same, with what the user says about keys.
///
/// # Errors
/// As [`line_to_statement`].
pub fn line_by(line: &str, number: usize, fields: &FieldMap) -> Result<(Value, Statement), Fault> {
    let skipped = |reason: Reason| Fault {
        path: "-".into(),
        place: place(number),
        reason: reason.what,
        remedy: reason.remedy.to_owned(),
        severity: Severity::Skipped,
    };
    let line = line.strip_prefix('\u{FEFF}').unwrap_or(line);
    let (map, _) = object(line).map_err(skipped)?;
    let id = map.get("id").filter(|id| !id.is_null()).cloned();
    let draft = record::draft(map, None, fields).map_err(skipped)?;
    let mut finisher = Finisher::default();
    finisher.begin("-", "jsonl");
    let (statement, _) = finisher.finish(Draft {
        record: Some(number),
        ..draft
    });
    let statement = statement.ok_or_else(|| skipped(Reason::new("holds no text")))?;
    let id = id.unwrap_or_else(|| Value::from(&*statement.id));
    Ok((id, statement))
}
