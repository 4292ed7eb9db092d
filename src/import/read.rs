//! The bytes of a file to annotations: W3C Web Annotations (one, a list, a page, a collection, one a line)
//! and what the Hypothesis service gives (`rows`, or its annotations as a list). What is no annotation is
//! reported with its place; the rest is read.

use crate::error::{Fault, Severity};
use crate::export::ANNOTATION_RECORD as RECORD;
use serde_json::{Map, Value};

/// One annotation as it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// Its place in the file and its id, for messages.
    pub label: String,
    /// What is annotated, in order.
    pub targets: Vec<Target>,
    /// What somebody wrote about it.
    pub note: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The passage it was exported from, without places.
    pub record: Option<Map<String, Value>>,
}

/// One stretch of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Address or name of the document.
    pub source: String,
    /// The words.
    pub exact: Option<String>,
    /// Words before.
    pub prefix: String,
    /// Words after.
    pub suffix: String,
    /// First and one past the last character.
    pub position: Option<(usize, usize)>,
    /// The position counts UTF-16 units, as browsers do, and not code points.
    pub in_utf16: bool,
}

/// Reads a file; `path` is named in the faults.
#[must_use]
pub fn read(path: &str, text: &str) -> (Vec<Annotation>, Vec<Fault>) {
    let mut reader = Reader {
        path,
        annotations: Vec::new(),
        faults: Vec::new(),
    };
    let text = text.trim_start_matches('\u{FEFF}');
    match serde_json::from_str::<Value>(text) {
        Ok(value) => reader.any(&value, "the file"),
        Err(whole) => {
            // Not one value: perhaps one a line.
            let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
            if lines < 2 {
                reader.fault("", &format!("no JSON: {whole}"));
            } else {
                for (at, line) in text.lines().enumerate() {
                    reader.line(at + 1, line);
                }
            }
        }
    }
    (reader.annotations, reader.faults)
}

struct Reader<'p> {
    path: &'p str,
    annotations: Vec<Annotation>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, place: &str, reason: &str) {
        self.faults.push(Fault {
            path: self.path.to_owned(),
            place: place.to_owned(),
            reason: reason.to_owned(),
            remedy: "give W3C Web Annotations or a Hypothesis export".to_owned(),
            severity: Severity::Skipped,
        });
    }

    fn line(&mut self, number: usize, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let place = format!("line {number}");
        match serde_json::from_str::<Value>(line) {
            Ok(value) => self.any(&value, &place),
            Err(error) => self.fault(&place, &format!("no JSON: {error}")),
        }
    }

    /// A wrapping or an annotation; the nesting is that of the formats, so no deeper than three.
    fn any(&mut self, value: &Value, place: &str) {
        match value {
            Value::Array(items) => self.items(items, place),
            Value::Object(fields) => {
                let list = ["items", "rows", "annotations"]
                    .iter()
                    .find_map(|key| fields.get(*key)?.as_array());
                match (list, fields.get("first")) {
                    (Some(items), _) => self.items(items, place),
                    (None, Some(Value::Object(page))) => {
                        let items = page.get("items").and_then(Value::as_array);
                        self.items(items.map_or(&[], Vec::as_slice), place);
                        if page.contains_key("next") {
                            self.fault(place, "its further pages are not in this file");
                        }
                    }
                    (None, Some(Value::String(page))) => {
                        let reason = format!("its first page is not in this file but at {page}");
                        self.fault(place, &reason);
                    }
                    _ => self.annotation(fields, place),
                }
            }
            _ => self.fault(place, "neither an annotation nor a list of them"),
        }
    }

    fn items(&mut self, items: &[Value], place: &str) {
        for (at, item) in items.iter().enumerate() {
            let place = match place {
                "the file" => format!("annotation {}", at + 1),
                place => format!("{place}, annotation {}", at + 1),
            };
            match item {
                Value::Object(fields) => self.annotation(fields, &place),
                _ => self.fault(&place, "no annotation"),
            }
        }
    }

    fn annotation(&mut self, fields: &Map<String, Value>, place: &str) {
        let Some(target) = fields.get("target") else {
            return self.fault(place, "no annotation: it has no `target`");
        };
        let id = fields.get("id").and_then(Value::as_str).unwrap_or_default();
        let mut annotation = Annotation {
            label: format!("{place} {id}").trim_end().to_owned(),
            record: fields.get(RECORD).and_then(Value::as_object).cloned(),
            ..Annotation::default()
        };
        // The service's annotations have no `type`, and its position selectors count as a browser does.
        let from_service = fields.contains_key("uri") && !fields.contains_key("body");
        if from_service {
            annotation.note = text(fields.get("text"));
            let tags = each(fields.get("tags")).filter_map(Value::as_str);
            annotation.tags = tags.map(str::to_owned).collect();
        } else {
            bodies(fields, &mut annotation);
        }
        let uri = text(fields.get("uri"));
        for one in each(Some(target)) {
            let mut read = read_target(one, from_service);
            if read.source.is_empty() {
                read.source.clone_from(&uri);
            }
            annotation.targets.push(read);
        }
        if annotation.targets.is_empty() {
            return self.fault(place, "its `target` is empty");
        }
        self.annotations.push(annotation);
    }
}

/// One value, or each of a list.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        None => [].iter(),
        Some(Value::Array(values)) => values.iter(),
        Some(one) => std::slice::from_ref(one).iter(),
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Notes and tags. The citation that an export describes a passage with is none.
fn bodies(fields: &Map<String, Value>, annotation: &mut Annotation) {
    let mut notes = vec![text(fields.get("bodyValue"))];
    for body in each(fields.get("body")) {
        let purpose = each(body.get("purpose")).find_map(Value::as_str);
        let value = body
            .as_str()
            .map_or_else(|| text(body.get("value")), str::to_owned);
        match purpose {
            Some("tagging") => annotation.tags.push(value),
            Some("describing") if annotation.record.is_some() => {}
            _ => notes.push(value),
        }
    }
    notes.retain(|note| !note.is_empty());
    annotation.note = notes.join("\n\n");
}

fn read_target(value: &Value, in_utf16: bool) -> Target {
    let mut target = Target {
        in_utf16,
        source: text(value.get("source").or_else(|| value.get("id"))),
        ..Target::default()
    };
    if let Some(iri) = value.as_str() {
        iri.clone_into(&mut target.source);
    } else if let Some(id) = value.get("source").and_then(|s| s.get("id")) {
        target.source = text(Some(id));
    }
    for selector in each(value.get("selector")) {
        let kinds: Vec<&str> = each(selector.get("type"))
            .filter_map(Value::as_str)
            .collect();
        let number = |key: &str| {
            let number = selector.get(key).and_then(Value::as_u64)?;
            usize::try_from(number).ok()
        };
        if kinds.contains(&"TextQuoteSelector") {
            target.exact = selector
                .get("exact")
                .and_then(Value::as_str)
                .map(str::to_owned);
            target.prefix = text(selector.get("prefix"));
            target.suffix = text(selector.get("suffix"));
        } else if kinds.contains(&"TextPositionSelector") {
            target.position = number("start").zip(number("end"));
        }
    }
    target
}
