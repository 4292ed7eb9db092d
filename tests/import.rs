//! Annotations that come back: every passage is found again, as it was, or is said to be lost.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::string_slice)]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::Path;

fn dictum(folder: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let out = Command::cargo_bin("dictum")
        .unwrap()
        .args(args)
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(out.stdout), text(out.stderr), out.status.code())
}

fn passages(path: &Path) -> Vec<Value> {
    let kept: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    kept["passages"].as_array().unwrap().clone()
}

#[test]
fn the_sample_exported_in_each_wrapping_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (lines, ..) = dictum(at, &["export", "--format", "jsonl", "-q"]);
    let exported: Vec<Value> = lines
        .lines()
        .map(|line| {
            let mut passage: Value = serde_json::from_str(line).unwrap();
            passage.as_object_mut().unwrap().remove("schema");
            passage
        })
        .collect();
    assert!(exported.len() > 100);
    for format in ["annotations", "annotation-page", "annotation-lines"] {
        let (annotations, ..) = dictum(at, &["export", "--format", format, "-q"]);
        std::fs::write(at.join("a.json"), annotations).unwrap();
        let basket = format!("{format}-basket.json");
        let (report, said, code) = dictum(at, &["import", "a.json", "--basket", &basket]);
        assert_eq!(code, Some(0), "{said}");
        assert!(
            report
                .lines()
                .all(|line| line.contains(": by position, 1.00: ")),
            "{report}"
        );
        let back = passages(&at.join(&basket));
        assert_eq!(back.len(), exported.len(), "{format}: {said}");
        for (a, b) in back.iter().zip(&exported) {
            assert_eq!(a, b, "{format}");
        }
    }
}

#[test]
fn in_an_edited_statement_each_is_found_anew_or_said_to_be_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let first = "The minister spoke in Paris. \"We will not accept any further tariffs,\" she said. \"That is all,\" she added. \"Trade must be free and fair for all nations,\" she told reporters.";
    std::fs::write(at.join("s.txt"), first).unwrap();
    let (annotations, ..) = dictum(at, &["export", "--format", "annotations", "-q", "s.txt"]);
    std::fs::write(at.join("a.jsonld"), annotations).unwrap();
    // A sentence before, one quotation edited, one gone.
    let second = "PARIS, Monday. The minister spoke in Paris. \"We will not accept any more tariffs,\" she said. \"Trade must be free and fair for all nations,\" she told reporters.";
    std::fs::write(at.join("s.txt"), second).unwrap();
    let (report, said, _) = dictum(at, &["import", "a.jsonld", "s.txt", "--basket", "b.json"]);
    let line = |words: &str| {
        report
            .lines()
            .find(|l| l.contains(words))
            .unwrap_or_else(|| panic!("{words}: {report}{said}"))
    };
    assert!(line("Trade must be free").contains("by quote, 0.9"));
    assert!(line("any more tariffs").contains("by alike, 0."));
    assert!(line("That is all").contains("not found"));
    assert!(said.contains("1 not found"), "{said}");
    let kept = passages(&at.join("b.json"));
    let edited = kept
        .iter()
        .find(|p| {
            p["places"][0]["exact"]
                .as_str()
                .unwrap()
                .contains("more tariffs")
        })
        .unwrap();
    assert!(
        edited["note"]
            .as_str()
            .unwrap()
            .contains("any further tariffs")
    );
    for passage in &kept {
        let place = &passage["places"][0];
        let (start, end) = (
            place["start"].as_u64().unwrap(),
            place["end"].as_u64().unwrap(),
        );
        let there: String = second
            .chars()
            .skip(start as usize)
            .take((end - start) as usize)
            .collect();
        assert_eq!(place["exact"], json!(there));
    }
    // Again: nothing is there twice.
    let (_, said, _) = dictum(at, &["import", "a.jsonld", "s.txt", "--basket", "b.json"]);
    assert!(said.contains(" 0 new in the collection"), "{said}");
}

#[test]
fn a_hypothesis_export_counts_utf16_and_is_found_by_address() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let body = "👩 and 👨 met. \"We agreed on nothing,\" the envoy said.";
    let record = json!({ "id": "x1", "text": body, "url": "https://www.example.org/a/" });
    let other = json!({ "id": "x2", "text": "Another text.", "url": "https://example.org/b" });
    std::fs::write(at.join("s.jsonl"), format!("{record}\n{other}\n")).unwrap();
    let exact = "We agreed on nothing";
    let start = body
        .find(exact)
        .map(|byte| body[..byte].encode_utf16().count())
        .unwrap();
    let rows = json!({ "total": 2, "rows": [
        { "id": "h1", "user": "acct:a@b", "uri": "http://example.org/a#top", "text": "a note", "tags": ["trade"],
          "target": [{ "source": "http://example.org/a", "selector": [
            { "type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 0, "endOffset": 1 },
            { "type": "TextPositionSelector", "start": start, "end": start + exact.len() },
            { "type": "TextQuoteSelector", "exact": exact, "prefix": "met. \"", "suffix": ",\"" }] }] },
        { "id": "h2", "uri": "https://example.org/a", "text": "a page note", "target": [{ "source": "https://example.org/a" }] }
    ]});
    std::fs::write(at.join("h.json"), rows.to_string()).unwrap();
    let (report, said, _) = dictum(at, &["import", "h.json", "s.jsonl", "--basket", "b.json"]);
    assert!(
        report.contains("x1:14: by position, 1.00: We agreed on nothing"),
        "{report}{said}"
    );
    assert!(
        report.contains("not found: annotation 2 h2: it selects no text"),
        "{report}"
    );
    let kept = passages(&at.join("b.json"));
    assert_eq!(kept[0]["note"], "a note");
    assert_eq!(kept[0]["tags"], json!(["trade"]));
}

#[test]
fn what_is_no_annotation_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("s.txt"), "She said: \"Enough of that.\"").unwrap();
    let good = json!({ "type": "Annotation", "target": { "source": "s", "selector": { "type": "TextQuoteSelector", "exact": "Enough of that." } } });
    std::fs::write(
        at.join("a.jsonl"),
        format!("{good}\n{{\"type\":\"Annotation\"}}\nno json\n[1]\n"),
    )
    .unwrap();
    let (report, said, code) = dictum(at, &["import", "a.jsonl", "s.txt", "--dry-run"]);
    assert!(
        report.contains("by quote") && code == Some(0),
        "{report}{said}"
    );
    for place in [
        "line 2: no annotation: it has no `target`",
        "line 3: no JSON",
        "line 4, annotation 1: no annotation",
    ] {
        assert!(said.contains(place), "{place}: {said}");
    }
    std::fs::write(at.join("b.json"), "\"text\"").unwrap();
    let (_, said, code) = dictum(at, &["import", "b.json", "s.txt", "--dry-run"]);
    assert!(said.contains("neither an annotation nor a list"), "{said}");
    assert_eq!(code, Some(1));
}
