//! Claims of nine documents annotated by hand (`tests/gold/claims/`), scored as `examples/evaluate` scores them: what
//! was reached must not be lost. The rules were read against these documents, so this is no measure of new text.
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

#[test]
fn claims_of_the_gold_documents() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let extractor = Extractor::new();
    let mut paths: Vec<_> = std::fs::read_dir(gold.join("claims"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    paths.sort();
    assert_eq!(paths.len(), 9);
    let (mut wanted, mut found, mut right) = (0, 0, 0);
    for path in &paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(gold.join(name).with_extension("txt")).unwrap();
        let document: Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut line = json!({ "id": name, "text": text });
        if let Some(date) = document["dateline"]["date"].as_str() {
            line["date"] = date.into();
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
    assert!(strict >= 0.69, "strict F1 {strict:.3}");
}
