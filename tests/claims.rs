//! Claims of documents annotated by hand, scored as `examples/evaluate` scores them: what was reached must not be
//! lost. The rules were read against all of these documents, so this is no measure of new text; what they gave
//! when they first saw each set is told in `tests/gold/README.md`.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::string_slice
)]

#[path = "../examples/evaluate/claims.rs"]
mod claims;

use dictum::extract::Extractor;
use dictum::extract::record::Record;
use dictum::load::jsonl::line_to_statement;
use serde_json::{Value, json};
use std::path::Path;

/// Strict F1 over the annotations `NAME.json` of one folder, the texts `NAME.txt` of which are in another.
fn strict(annotations: &str, texts: &str, documents: usize) -> f64 {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let extractor = Extractor::new();
    let mut paths: Vec<_> = std::fs::read_dir(gold.join(annotations))
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    assert_eq!(paths.len(), documents);
    let (mut wanted, mut found, mut right) = (0, 0, 0);
    for path in &paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = gold.join(texts).join(name).with_extension("txt");
        let text = std::fs::read_to_string(text).unwrap();
        let document: Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut line = json!({ "id": name, "text": text });
        for (key, value) in [
            ("date", &document["dateline"]["date"]),
            ("title", &document["title"]),
            ("source", &document["source"]),
        ] {
            if value.is_string() {
                line[key] = value.clone();
            }
        }
        let (id, statement) = line_to_statement(&line.to_string(), 1).unwrap();
        let record = Record::of(&extractor, &id, &statement);
        let mut found_here = serde_json::to_value(record).unwrap();
        // Of long transcripts the beginning is annotated.
        let until = document["until"].as_u64().unwrap_or(u64::MAX);
        let all = found_here["claims"].as_array_mut().unwrap();
        all.retain(|c| c["start"].as_u64().unwrap() < until);
        let (g, p, s) = claims::score(&document, &found_here).claims();
        println!("{name}: gold {g}, found {p}, strictly right {s}");
        wanted += g;
        found += p;
        right += s;
    }
    let strict = 2.0 * right as f64 / (wanted + found) as f64;
    println!("all: strict F1 {strict:.3}");
    strict
}

#[test]
fn claims_of_the_gold_documents() {
    let strict = strict("claims", "", 9);
    assert!(strict >= 0.69, "strict F1 {strict:.3}");
}

#[test]
fn claims_of_documents_annotated_after_the_rules_were_written() {
    let strict = strict("unseen", "unseen", 18);
    assert!(strict >= 0.73, "strict F1 {strict:.3}");
}
