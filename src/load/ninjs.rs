//! ninjs, the IPTC's news in JSON, versions 1 to 3: a record of it as a record of plain keys.
//! Whatever of it has no plain key stays as it is.

use serde_json::{Map, Value};

/// True for a record in ninjs: it says so, or has keys that nothing else has.
pub fn is_ninjs(record: &Map<String, Value>) -> bool {
    let says = |key: &str| {
        let standard = record.get(key).and_then(|s| s.get("name"));
        standard.and_then(Value::as_str) == Some("ninjs")
    };
    let has = |key: &str| record.contains_key(key);
    let version = has("versioncreated") || has("versionCreated");
    let own = [
        "body_text",
        "body_xhtml",
        "bodies",
        "headlines",
        "pubstatus",
        "pubStatus",
    ];
    says("standard") || says("$standard") || (has("uri") && (version || own.iter().any(|k| has(k))))
}

/// The record with its lists of headlines and bodies made plain; and whether it holds a description
/// only.
pub fn plain(mut record: Map<String, Value>) -> (Map<String, Value>, bool) {
    if let Some(headline) = record.get("headlines").and_then(|h| of_role(h, "main")) {
        record.insert("headline".into(), headline);
        record.shift_remove("headlines");
    }
    if let Some(bodies) = record.shift_remove("bodies") {
        let plain = of_type(&bodies, |t| t == "text/plain");
        let html = of_type(&bodies, |t| t.contains("html") || t.contains("nitf"));
        match (plain, html) {
            (Some(text), _) => record.insert("body_text".into(), text),
            (None, Some(text)) => record.insert("body_html".into(), text),
            (None, None) => match of_role(&bodies, "main") {
                Some(text) => record.insert("body_text".into(), text),
                None => record.insert("bodies".into(), bodies),
            },
        };
    }
    for key in ["organisation", "organisations"] {
        if !record.contains_key("source") {
            let issuer = record.get(key).and_then(issuer);
            if let Some(issuer) = issuer {
                record.insert("source".into(), issuer);
            }
        }
    }
    if !["source", "provider"]
        .iter()
        .any(|k| record.contains_key(*k))
    {
        let names = [
            "infosources",
            "infoSources",
            "copyrightholder",
            "copyrightHolder",
        ];
        if let Some(name) = names.iter().find_map(|key| record.get(*key)).cloned() {
            record.insert("source".into(), name);
        }
    }
    // `subject` is a list of topics here, and never a headline.
    for key in ["subject", "subjects"] {
        if let Some(subjects) = record.shift_remove(key) {
            record.insert("topics".into(), subjects);
        }
    }
    let body = ["body_text", "body_html", "body_xhtml"];
    let has_body = body.iter().any(|key| record.get(*key).is_some_and(is_text));
    if has_body {
        return (record, false);
    }
    let description = record
        .get("descriptions")
        .and_then(|d| of_type(d, |t| t == "text/plain").or_else(|| of_role(d, "text")))
        .or_else(|| record.get("description_text").cloned());
    match description {
        Some(text) => {
            record.insert("body_text".into(), text);
            (record, true)
        }
        None => (record, false),
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// The value with this role in a list, else the first.
fn of_role(list: &Value, role: &str) -> Option<Value> {
    let list = list.as_array()?;
    let with_role = list
        .iter()
        .find(|v| v.get("role").and_then(Value::as_str) == Some(role));
    let value = with_role.or_else(|| list.first())?;
    value.get("value").filter(|v| is_text(v)).cloned()
}

/// The first value of a content type; that is spelt in two ways.
fn of_type(list: &Value, fits: impl Fn(&str) -> bool) -> Option<Value> {
    let found = list.as_array()?.iter().find(|item| {
        let kind = item.get("contentType").or_else(|| item.get("contenttype"));
        kind.and_then(Value::as_str).is_some_and(&fits)
    });
    found?.get("value").filter(|v| is_text(v)).cloned()
}

/// The organisation that is said to have issued it; those only mentioned are none.
fn issuer(organisations: &Value) -> Option<Value> {
    let list = organisations.as_array()?;
    let issuer = list.iter().find(|o| {
        let rel = o.get("rel").and_then(Value::as_str);
        matches!(rel, Some("source" | "issuer" | "publisher" | "creator"))
    });
    issuer?.get("name").cloned()
}
