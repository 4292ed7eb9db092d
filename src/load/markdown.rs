//! Markdown with front matter in YAML (`---`) or TOML (`+++`). The body is the source behind the
//! front matter, unaltered: spans are bytes of that.

use super::decode::decode;
use super::format::{Draft, Format, Reason, Sink, text_start};
use super::open::Source;
use super::record;
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// Front matter longer than this (bytes) is none.
const MAX_FRONT: usize = 64 << 10;
/// Lists and maps in front matter may nest this deep.
const MAX_DEPTH: usize = 16;

/// The format.
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        let start = text_start(head);
        matches!(extension, "md" | "markdown" | "mdown")
            || (extension.is_empty()
                && (start.starts_with(b"---\n") || start.starts_with(b"+++\n")))
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let decoded = decode(source.all()?, None)?;
        let (fields, body, wrong) = front_matter(&decoded.text);
        // What can be read is still worth reading, with the fault told.
        if let Some(reason) = wrong
            && sink.note("front matter".into(), reason).is_break()
        {
            return Ok(ControlFlow::Break(()));
        }
        let from = if body.len() == decoded.text.len() {
            "the whole file"
        } else {
            "the text behind the front matter"
        };
        let body = Some((body.to_owned(), from));
        let draft = record::draft(fields, body, &source.fields)?;
        Ok(sink.draft(Draft {
            charset: decoded.charset,
            charset_guessed: decoded.guessed,
            replacements: decoded.replacements,
            ..draft
        }))
    }
}

/// Fields, the text behind them, and what is wrong with the front matter.
type Split<'t> = (Map<String, Value>, &'t str, Option<Reason>);

fn front_matter(text: &str) -> Split<'_> {
    for (fence, read) in [
        (
            "---",
            yaml as fn(&str) -> Result<Map<String, Value>, Reason>,
        ),
        ("+++", toml),
    ] {
        let Some(rest) = text.strip_prefix(fence).and_then(after_line_end) else {
            continue;
        };
        let Some((front, body)) = until_fence(rest, fence) else {
            continue;
        };
        if front.len() <= MAX_FRONT {
            return match read(front) {
                Ok(fields) => (fields, body, None),
                Err(reason) => match plain_lines(front) {
                    fields if fields.is_empty() => (fields, text, Some(reason)),
                    fields => {
                        let remedy = "its lines of the form `key: value` were read";
                        (fields, body, Some(Reason { remedy, ..reason }))
                    }
                },
            };
        }
    }
    (Map::new(), text, None)
}

/// Keys and values that stand on lines of their own in front matter that is not well-formed: a value in
/// quotation marks or a folded one goes on over the lines behind it. The last of a key stands, as
/// generators of sites have it.
fn plain_lines(front: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut lines = front.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let is_key = !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        if !is_key {
            continue;
        }
        let mut value = value.trim().to_owned();
        if matches!(value.as_str(), ">" | ">-" | "|" | "|-") {
            value.clear();
            while let Some(more) = lines.next_if(|l| l.starts_with(' ') || l.trim().is_empty()) {
                value = format!("{value} {}", more.trim());
            }
        } else if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let mut inside = value.get(1..).unwrap_or("").to_owned();
            while !inside.ends_with(quote) {
                let Some(more) = lines.next() else { break };
                inside = format!("{inside} {}", more.trim());
            }
            value = inside.trim_end_matches(quote).to_owned();
        }
        let value = value.trim();
        if !value.is_empty() {
            fields.insert(key.to_owned(), Value::from(value));
        }
    }
    fields
}

fn after_line_end(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n")
        .or_else(|| text.strip_prefix('\n'))
}

/// What stands before a line that is the fence, and what behind it.
fn until_fence<'t>(text: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((text.get(..at)?, text.get(at + line.len()..)?));
        }
        at += line.len();
    }
    None
}

fn yaml(front: &str) -> Result<Map<String, Value>, Reason> {
    let bad = |what: String| Reason {
        what: format!("is not YAML: {what}"),
        remedy: "the whole file was read as text",
    };
    // A reference repeats what it refers to: a few lines of them make gigabytes.
    let refers = |line: &str| {
        line.trim_start()
            .trim_start_matches("- ")
            .split(": ")
            .any(|part| part.starts_with('*'))
    };
    if front.lines().any(refers) {
        return Err(bad("references (`*name`) are not read".into()));
    }
    let documents = Yaml::load_from_str(front).map_err(|error| bad(error.to_string()))?;
    match documents.first().map(|yaml| value(yaml, 0)) {
        Some(Value::Object(map)) => Ok(map),
        None | Some(Value::Null) => Ok(Map::new()),
        Some(_) => Err(bad("it is no list of `key: value`".into())),
    }
}

fn value(yaml: &Yaml<'_>, depth: usize) -> Value {
    if depth > MAX_DEPTH {
        return Value::Null;
    }
    match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(flag)) => Value::Bool(*flag),
        Yaml::Value(Scalar::Integer(number)) => Value::from(*number),
        Yaml::Value(Scalar::FloatingPoint(number)) => Value::from(number.into_inner()),
        Yaml::Value(Scalar::String(text)) => Value::from(text.as_ref()),
        Yaml::Representation(text, ..) => Value::from(text.as_ref()),
        Yaml::Sequence(list) => list.iter().map(|v| value(v, depth + 1)).collect(),
        Yaml::Mapping(map) => {
            let pairs = map.iter().filter_map(|(k, v)| match value(k, depth + 1) {
                Value::String(key) => Some((key, value(v, depth + 1))),
                _ => None,
            });
            Value::Object(pairs.collect())
        }
        Yaml::Tagged(_, inner) => value(inner, depth + 1),
        Yaml::Alias(_) | Yaml::BadValue => Value::Null,
    }
}

fn toml(front: &str) -> Result<Map<String, Value>, Reason> {
    let table: toml::Table = toml::from_str(front).map_err(|error| Reason {
        what: format!("is not TOML: {}", error.message()),
        remedy: "the whole file was read as text",
    })?;
    let pairs = table.into_iter();
    Ok(pairs.map(|(key, v)| (key, toml_value(v, 0))).collect())
}

/// By hand: serde writes a date as an object of its own.
fn toml_value(value: toml::Value, depth: usize) -> Value {
    match value {
        _ if depth > MAX_DEPTH => Value::Null,
        toml::Value::String(text) => Value::from(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::from(flag),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(list) => list.into_iter().map(|v| toml_value(v, depth + 1)).collect(),
        toml::Value::Table(table) => {
            let pairs = table.into_iter();
            Value::Object(
                pairs
                    .map(|(key, v)| (key, toml_value(v, depth + 1)))
                    .collect(),
            )
        }
    }
}
