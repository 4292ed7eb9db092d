//! One record of fields (JSON, a row of a table, front matter) to a draft, by the table of aliases and
//! what the user says about keys.

use super::aliases::{FieldMap, Ours, folded, keys_of};
use super::dates::{epoch_date, written_date};
use super::filled::Filled;
use super::format::{Draft, Reason};
use super::html;
use super::ninjs;
use crate::model::{IsoDate, Stated};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Keys whose value in an object stands for the object.
const NAMES_IN_OBJECTS: [&str; 7] = ["name", "value", "title", "@id", "id", "text", "#text"];

/// A draft of the fields of `record`. `body` is the text where the format has it outside the fields,
/// with where that is.
///
/// # Errors
/// When no known key holds text: the keys that are there are named.
pub fn draft(
    record: Map<String, Value>,
    body: Option<(String, &str)>,
    fields: &FieldMap,
) -> Result<Draft, Reason> {
    let (record, excerpt) = if ninjs::is_ninjs(&record) {
        ninjs::plain(record)
    } else {
        (record, false)
    };
    let mut taken = Taken {
        record,
        fields,
        filled: Filled::default(),
        spelt: None,
    };
    let body = match body {
        Some((body, from)) => {
            taken.filled.note(Ours::Body, from);
            body
        }
        None => match (taken.raw_text(Ours::Body), taken.raw_text(Ours::HtmlBody)) {
            // Feeds turned into JSON keep their HTML under any key.
            (Some(text), _) if is_html(&text) => html::text_of(&text).unwrap_or(text),
            (Some(text), _) => text,
            (None, Some(page)) => html::text_of(&page)?,
            (None, None) => return Err(no_text(&taken.record)),
        },
    };
    let mut draft = Draft {
        body,
        ..Draft::default()
    };
    draft.id = taken.text(Ours::Id);
    draft.title = taken.text(Ours::Title);
    draft.source = taken.text(Ours::Source).map(Stated::given);
    draft.author = taken.text(Ours::Author);
    draft.url = taken.text(Ours::Url);
    draft.lang = taken.text(Ours::Lang);
    draft.place = taken.text(Ours::Place);
    draft.kind = taken.text(Ours::Kind);
    draft.tags = taken.list(Ours::Tags);
    if let Some(value) = taken.value(Ours::Date) {
        draft.date = date(&value);
        draft.odd_date = if draft.date.is_none() {
            as_text(&value)
        } else {
            None
        };
    }
    draft.excerpt = excerpt;
    let rest = taken.record.into_iter();
    draft.extra = rest
        .filter_map(|(key, value)| Some((key, as_text(&value).or_else(|| json(&value))?)))
        .collect();
    let mut filled = taken.filled;
    let mut of_extra = |ours: Ours, keys: [&str; 2]| {
        let mut found = draft.extra.iter();
        let (key, value) = found.find(|(key, _)| keys.contains(&folded(key).as_str()))?;
        filled.take(ours, key, Some(value.clone()))
    };
    draft.status = of_extra(Ours::Status, ["pubstatus", "publicationstatus"]);
    draft.embargo = of_extra(Ours::Embargo, ["embargoed", "embargo"]);
    draft.filled = filled;
    Ok(draft)
}

fn no_text(record: &Map<String, Value>) -> Reason {
    let empty = keys_of(Ours::Body)
        .iter()
        .chain(keys_of(Ours::HtmlBody))
        .find(|key| record.get(**key).is_some_and(is_empty));
    if let Some(key) = empty {
        return Reason::new(format!("its `{key}` is empty"));
    }
    let keys: Vec<&str> = record.keys().take(12).map(String::as_str).collect();
    Reason {
        what: format!(
            "has no text under any known key; its keys are: {}",
            keys.join(", ")
        ),
        remedy: "say which holds the text: --map body=KEY",
    }
}

/// A record of which fields are taken.
struct Taken<'f> {
    record: Map<String, Value>,
    fields: &'f FieldMap,
    filled: Filled,
    /// The keys as they are compared when none stands exactly so → as they stand; made when needed.
    spelt: Option<HashMap<String, String>>,
}

impl Taken<'_> {
    /// The first value that `fits`, taken out of the record: by the paths the user gave, then by the
    /// keys of the table, then by those in other spelling (`Published At`).
    fn take(&mut self, ours: Ours, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        for path in self.fields.paths_of(ours) {
            if let Some(value) = at_path(&self.record, path).filter(|v| fits(v)) {
                let value = value.clone();
                self.record.shift_remove(path);
                self.filled.note(ours, path);
                return Some(value);
            }
        }
        let good = |key: &str| self.record.get(key).is_some_and(&fits);
        let exact = keys_of(ours).iter().find(|key| good(key));
        let key = match exact {
            Some(key) => (*key).to_owned(),
            None => {
                let keys = self.record.keys();
                let spelt = self
                    .spelt
                    .get_or_insert_with(|| keys.rev().map(|k| (folded(k), k.clone())).collect());
                let mut wanted = keys_of(ours).iter().map(|key| folded(key));
                wanted.find_map(|wanted| spelt.get(&wanted).filter(|key| good(key)).cloned())?
            }
        };
        let value = self.record.shift_remove(&key)?;
        self.filled.note(ours, key);
        Some(value)
    }

    fn value(&mut self, ours: Ours) -> Option<Value> {
        self.take(ours, |value| !is_empty(value))
    }

    fn text(&mut self, ours: Ours) -> Option<String> {
        let value = self.take(ours, has_text)?;
        as_text(&value).map(|text| text.trim().to_owned())
    }

    /// Text exactly as given.
    fn raw_text(&mut self, ours: Ours) -> Option<String> {
        match self.take(ours, has_text)? {
            Value::String(text) => Some(text),
            value => as_text(&value),
        }
    }

    fn list(&mut self, ours: Ours) -> Vec<String> {
        match self.value(ours) {
            Some(Value::Array(values)) => values.iter().filter_map(as_text).collect(),
            Some(Value::String(text)) => text
                .split([',', ';'])
                .map(|t| t.trim().to_owned())
                .filter(|t| !t.is_empty())
                .collect(),
            Some(value) => as_text(&value).into_iter().collect(),
            None => Vec::new(),
        }
    }
}

/// What stands at a path of keys and positions; a key may itself hold dots.
fn at_path<'r>(record: &'r Map<String, Value>, path: &str) -> Option<&'r Value> {
    if let Some(value) = record.get(path) {
        return Some(value);
    }
    let mut parts = path.split('.');
    let first = record.get(parts.next()?)?;
    parts.try_fold(first, |value, part| match value {
        Value::Object(map) => map.get(part),
        Value::Array(list) => list.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// True for text in HTML: it closes blocks, or breaks its lines with tags.
fn is_html(text: &str) -> bool {
    let block = ["</p>", "</div>", "</li>", "</h2>", "</article>"];
    let is_block = text.trim_start().starts_with('<') && block.iter().any(|tag| text.contains(tag));
    is_block
        || text.contains("</p>")
        || ["<br>", "<br/>", "<br />"].iter().any(|b| text.contains(b))
}

fn has_text(value: &Value) -> bool {
    as_text(value).is_some_and(|text| !text.trim().is_empty())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Text of a value: a string, a number, the name in an object, the members of a list.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Object(map) => NAMES_IN_OBJECTS.iter().find_map(|key| match map.get(*key) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        }),
        Value::Array(values) => {
            let parts: Vec<String> = values
                .iter()
                .filter(|v| !v.is_array())
                .filter_map(as_text)
                .collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
        Value::Null => None,
    }
}

fn json(value: &Value) -> Option<String> {
    (!value.is_null()).then(|| value.to_string())
}

fn date(value: &Value) -> Option<IsoDate> {
    match value {
        // A number of four digits is a year, a larger one a count of seconds or milliseconds.
        Value::Number(number) => match number.as_f64()? {
            year @ 1000.0..=9999.0 => IsoDate::new(&format!("{year:.0}")),
            seconds => epoch_date(seconds),
        },
        value => written_date(as_text(value)?.trim()),
    }
}
