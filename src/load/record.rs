//! One record of fields (JSON, front matter) to a draft, by the table of aliases.

use super::aliases::{Ours, keys_of};
use super::dates::{epoch_date, written_date};
use super::format::{Draft, Reason};
use super::html;
use crate::model::{IsoDate, Stated};
use serde_json::{Map, Value};

/// Keys whose value in an object stands for the object.
const NAMES_IN_OBJECTS: [&str; 7] = ["name", "value", "title", "@id", "id", "text", "#text"];

/// A draft of the fields of `record`. `body` is the text where the format has it outside the fields.
///
/// # Errors
/// When no known key holds text: the keys that are there are named.
pub fn draft(mut record: Map<String, Value>, body: Option<String>) -> Result<Draft, Reason> {
    let mut taken = Taken {
        record: &mut record,
    };
    let body = match body {
        Some(body) => body,
        None => match (taken.raw_text(Ours::Body), taken.raw_text(Ours::HtmlBody)) {
            (Some(text), _) => text,
            (None, Some(page)) => html::text_of(&page)?,
            (None, None) => return Err(no_text(&record)),
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
    draft.extra = record
        .into_iter()
        .filter_map(|(key, value)| Some((key, as_text(&value).or_else(|| json(&value))?)))
        .collect();
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
        remedy: "the text must stand under `text`, `body` or `content`",
    }
}

struct Taken<'r> {
    record: &'r mut Map<String, Value>,
}

impl Taken<'_> {
    /// The first value that is not empty, taken out of the record.
    fn value(&mut self, ours: Ours) -> Option<Value> {
        let key = keys_of(ours)
            .iter()
            .find(|key| self.record.get(**key).is_some_and(|v| !is_empty(v)))?;
        self.record.shift_remove(*key)
    }

    fn text(&mut self, ours: Ours) -> Option<String> {
        let key = keys_of(ours).iter().find(|key| {
            self.record
                .get(**key)
                .is_some_and(|v| as_text(v).is_some_and(|t| !t.trim().is_empty()))
        })?;
        let value = self.record.shift_remove(*key)?;
        as_text(&value).map(|text| text.trim().to_owned())
    }

    /// Text exactly as given.
    fn raw_text(&mut self, ours: Ours) -> Option<String> {
        let key = keys_of(ours).iter().find(|key| {
            self.record
                .get(**key)
                .is_some_and(|v| as_text(v).is_some_and(|t| !t.trim().is_empty()))
        })?;
        match self.record.shift_remove(*key)? {
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
