//! Scores quotes and claims of one document: one-to-one greedy matches by overlap of spans, then fields.
//! `strict`: the span matches, and type and claimant are right. A field is right when it equals the gold's value or
//! one of its stated alternatives; optional gold items neither help nor hurt.

use serde_json::{Value, json};

const QUOTE_FIELDS: [&str; 4] = ["kind", "speaker", "speaker_resolved", "cue"];
const CLAIM_FIELDS: [&str; 7] = [
    "kind", "type", "claimant", "target", "polarity", "modality", "in_quote",
];
const OVERLAP: f64 = 0.5;

/// Figures of quotes, of direct quotes alone, and of claims.
pub struct Score {
    parts: Vec<(&'static str, Part)>,
}

struct Part {
    gold: usize,
    predicted: usize,
    exact: usize,
    matched: usize,
    fields: Vec<(&'static str, f64)>,
    strict: Option<usize>,
}

/// Scores a record against a gold document.
pub fn score(gold: &Value, record: &Value) -> Score {
    let text: Vec<char> = record["text"]
        .as_str()
        .unwrap_or_default()
        .chars()
        .collect();
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let quotes: Vec<Value> = list(&record["quotes"])
        .iter()
        .flat_map(|q| pieces(q, &text))
        .collect();
    let claims: Vec<Value> = list(&record["claims"])
        .into_iter()
        .map(|mut c| {
            c["claimant"] = words(&c["claimant"], &text).map_or(Value::Null, Value::String);
            c
        })
        .collect();
    let direct = |v: &[Value]| -> Vec<Value> {
        v.iter()
            .filter(|q| q["kind"] == "direct")
            .cloned()
            .collect()
    };
    let (gold_quotes, gold_claims) = (list(&gold["quotes"]), list(&gold["claims"]));
    Score {
        parts: vec![
            ("quotes", part(&gold_quotes, &quotes, &QUOTE_FIELDS, false)),
            (
                "direct quotes",
                part(
                    &direct(&gold_quotes),
                    &direct(&quotes),
                    &QUOTE_FIELDS,
                    false,
                ),
            ),
            ("claims", part(&gold_claims, &claims, &CLAIM_FIELDS, true)),
        ],
    }
}

/// One entry a content span.
fn pieces(quote: &Value, text: &[char]) -> Vec<Value> {
    let speaker = words(&quote["source"], text).unwrap_or_default();
    let cue = words(&quote["cue"], text).unwrap_or_default();
    let spans = quote["content"].as_array().cloned().unwrap_or_default();
    spans
        .iter()
        .map(|s| json!({"start": s[0], "end": s[1], "kind": quote["kind"], "speaker": speaker, "speaker_resolved": quote["speaker"], "cue": cue}))
        .collect()
}

fn words(spans: &Value, text: &[char]) -> Option<String> {
    let parts: Vec<String> = spans
        .as_array()?
        .iter()
        .filter_map(|s| {
            let at = |v: &Value| usize::try_from(v.as_u64()?).ok();
            Some(text.get(at(&s[0])?..at(&s[1])?)?.iter().collect())
        })
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn bounds(v: &Value) -> (i64, i64) {
    (
        v["start"].as_i64().unwrap_or(0),
        v["end"].as_i64().unwrap_or(0),
    )
}

fn overlap(a: (i64, i64), b: (i64, i64)) -> f64 {
    let shared = (a.1.min(b.1) - a.0.max(b.0)).max(0);
    let all = (a.1 - a.0) + (b.1 - b.0) - shared;
    if all > 0 {
        shared as f64 / all as f64
    } else {
        0.0
    }
}

/// Greedy one-to-one pairs, best overlap first.
fn matches(gold: &[&Value], found: &[&Value]) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = gold
        .iter()
        .enumerate()
        .flat_map(|(i, g)| {
            found
                .iter()
                .enumerate()
                .map(move |(j, p)| (overlap(bounds(g), bounds(p)), i, j))
        })
        .filter(|(s, ..)| *s >= OVERLAP)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in all {
        if !out.iter().any(|(x, y)| *x == i || *y == j) {
            out.push((i, j));
        }
    }
    out
}

fn part(gold: &[Value], found: &[Value], fields: &[&'static str], claims: bool) -> Part {
    let is_optional = |v: &&Value| v["optional"] == true;
    let needed: Vec<&Value> = gold.iter().filter(|v| !is_optional(v)).collect();
    let optional: Vec<&Value> = gold.iter().filter(is_optional).collect();
    let all: Vec<&Value> = found.iter().collect();
    let pairs = matches(&needed, &all);
    let rest: Vec<&Value> = all
        .iter()
        .enumerate()
        .filter(|(j, _)| !pairs.iter().any(|p| p.1 == *j))
        .map(|(_, v)| *v)
        .collect();
    let forgiven = matches(&optional, &rest).len();
    let matched: Vec<(&Value, &Value)> = pairs.iter().map(|(i, j)| (needed[*i], all[*j])).collect();
    let shares = fields
        .iter()
        .filter_map(|f| {
            let judged: Vec<_> = matched
                .iter()
                .filter(|(g, _)| g.get(*f).is_some())
                .collect();
            let right = judged.iter().filter(|(g, p)| right(g, p, f)).count();
            (!judged.is_empty()).then(|| (*f, right as f64 / judged.len() as f64))
        })
        .collect();
    Part {
        gold: needed.len(),
        predicted: found.len() - forgiven,
        exact: matched
            .iter()
            .filter(|(g, p)| bounds(g) == bounds(p))
            .count(),
        matched: matched.len(),
        fields: shares,
        strict: claims.then(|| {
            matched
                .iter()
                .filter(|(g, p)| right(g, p, "type") && right(g, p, "claimant"))
                .count()
        }),
    }
}

fn right(gold: &Value, found: &Value, field: &str) -> bool {
    let given = plain(&found[field]);
    let others = gold[format!("{field}_alt").as_str()]
        .as_array()
        .cloned()
        .unwrap_or_default();
    given == plain(&gold[field]) || others.iter().any(|o| plain(o) == given)
}

/// Lower case, straight apostrophes, single blanks; nothing for null.
fn plain(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    text.to_lowercase()
        .replace('’', "'")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

impl Score {
    /// Of the claims: how many the gold has, how many were found, how many of those are strictly right.
    pub fn claims(&self) -> (usize, usize, usize) {
        let claims = self.parts.iter().find_map(|(_, p)| Some((p, p.strict?)));
        claims.map_or((0, 0, 0), |(p, strict)| (p.gold, p.predicted, strict))
    }

    /// Prints all figures.
    pub fn print(&self) {
        for (name, part) in &self.parts {
            println!("{name}: gold {}, predicted {}", part.gold, part.predicted);
            let f1 = |hits: usize| {
                let n = part.gold + part.predicted;
                if n > 0 && hits > 0 {
                    2.0 * hits as f64 / n as f64
                } else {
                    0.0
                }
            };
            println!(
                "  exact   f1 {:.4} ({} of {})",
                f1(part.exact),
                part.exact,
                part.gold
            );
            println!(
                "  overlap f1 {:.4} ({} of {})",
                f1(part.matched),
                part.matched,
                part.gold
            );
            if let Some(strict) = part.strict {
                println!("  strict  f1 {:.4}", f1(strict));
            }
            for (field, share) in &part.fields {
                println!("  {field}: {share:.4}");
            }
        }
    }
}
