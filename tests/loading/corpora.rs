//! The shared collections file by file, against a table made by reading the same files with other means
//! (Python's `xml.etree`, `email`, `csv`, `json` and `html.parser`; the news formats by eye).
//!
//! Columns of `corpora.tsv`: file, statements, records refused, then of the first statement: title, date,
//! source, first and last words, number of words, layout. `?` is not compared, `-` is nothing.

use super::load_path;
use dictum::extract::Extractor;
use dictum::model::{Provenance, Statement};
use std::collections::HashMap;
use std::path::PathBuf;

const TABLE: &str = include_str!("corpora.tsv");

/// The folder of the collections, unless it is not there: then that is said.
fn corpora() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let folder = std::env::var_os("DICTUM_CORPORA").map_or_else(beside, PathBuf::from);
    if folder.join("manifest.json").is_file() {
        return Some(folder);
    }
    println!("skipped: no collections at {}", folder.display());
    None
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn joined(words: &[&str]) -> String {
    if words.is_empty() {
        "-".into()
    } else {
        words.join(" ")
    }
}

/// What the statement is in the columns behind the counts. Of what was derived the table knows nothing.
fn columns(statement: Option<&Statement>) -> [String; 5] {
    let none = || "-".to_owned();
    let Some(statement) = statement else {
        return [none(), none(), none(), none(), none()];
    };
    let all = words(&statement.body);
    let title = match statement.title.from {
        Provenance::Given => joined(&words(&statement.title.value)),
        _ => none(),
    };
    let given = |from: Provenance, value: String| {
        if from == Provenance::Given {
            value
        } else {
            none()
        }
    };
    [
        title,
        statement
            .date
            .as_ref()
            .map_or_else(none, |d| given(d.from, d.value.to_string())),
        statement
            .source
            .as_ref()
            .map_or_else(none, |s| given(s.from, joined(&words(&s.value)))),
        joined(&all[..all.len().min(3)]),
        joined(&all[all.len().saturating_sub(3)..]),
    ]
}

#[test]
fn every_file_of_the_collections_gives_what_the_table_says() {
    let Some(folder) = corpora() else { return };
    let extractor = Extractor::new();
    let mut wrong = Vec::new();
    let mut files = 0;
    for line in TABLE.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, count, refused, first @ .., number, layout] = &cells[..] else {
            panic!("a row of too few cells: {line}")
        };
        files += 1;
        let (statements, faults) = load_path(&folder.join(file));
        let skipped = faults.iter().filter(|f| !is_note(f)).count();
        let mut see = |what: &str, expected: &str, found: &str| {
            // Dates: the table keeps only the day where Markdown has more.
            let fits = expected == "?"
                || expected == found
                || (what == "date" && expected.len() == 10 && found.starts_with(expected));
            if !fits {
                wrong.push(format!(
                    "{file}: {what}: expected `{expected}`, found `{found}`"
                ));
            }
        };
        see("statements", count, &statements.len().to_string());
        see("refused", refused, &skipped.to_string());
        let names = ["title", "date", "source", "first words", "last words"];
        for ((name, expected), found) in names.iter().zip(first).zip(columns(statements.first())) {
            see(name, expected, &found);
        }
        let Some(statement) = statements.first() else {
            continue;
        };
        if let Ok(expected) = number.parse::<f64>() {
            let found = f64::from(u32::try_from(words(&statement.body).len()).unwrap());
            if (found - expected).abs() > (expected * 0.02).max(1.0) {
                see("number of words", number, &found.to_string());
            }
        }
        if *layout != "?" {
            see("layout", layout, extractor.extract(statement).layout.name());
        }
    }
    assert_eq!(files, 218, "the table holds every file");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Reservations about what was loaded; the rest is what was skipped.
fn is_note(fault: &str) -> bool {
    [
        "was guessed",
        "is taken",
        "could not be decoded",
        "no form that is known",
        "front matter",
    ]
    .iter()
    .any(|note| fault.contains(note))
}

#[test]
fn the_main_text_of_real_pages_is_found() {
    let Some(folder) = corpora() else { return };
    let references = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/html");
    let mut worst = Vec::new();
    for entry in std::fs::read_dir(references).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let Some(name) = name.strip_prefix("ref-") else {
            continue;
        };
        let reference = std::fs::read_to_string(&path).unwrap();
        let (statements, faults) = load_path(&folder.join(format!("html/{name}.html")));
        let statement = statements
            .first()
            .unwrap_or_else(|| panic!("{name}: {faults:?}"));
        let f1 = f1(&statement.body, &reference);
        println!("{name}: {f1:.3}");
        worst.push((f1, name.to_owned()));
    }
    assert_eq!(worst.len(), 6);
    assert!(worst.iter().all(|(f1, _)| *f1 >= 0.90), "{worst:?}");
}

/// F1 of the words of two texts, each word as often as it occurs.
fn f1(found: &str, reference: &str) -> f64 {
    let bag = |text: &str| {
        let mut bag: HashMap<String, u32> = HashMap::new();
        let parts = text.split(|c: char| !c.is_alphanumeric());
        for word in parts.filter(|w| !w.is_empty()) {
            *bag.entry(word.to_lowercase()).or_default() += 1;
        }
        bag
    };
    let (found, reference) = (bag(found), bag(reference));
    let size = |bag: &HashMap<String, u32>| f64::from(bag.values().sum::<u32>());
    let shared = found
        .iter()
        .map(|(word, n)| (*n).min(reference.get(word).copied().unwrap_or(0)))
        .sum::<u32>();
    2.0 * f64::from(shared) / (size(&found) + size(&reference))
}

#[test]
fn files_in_other_character_sets_equal_their_originals() {
    let Some(folder) = corpora() else { return };
    let body = |file: &str| {
        let (mut statements, faults) = load_path(&folder.join(file));
        assert_eq!(statements.len(), 1, "{file}: {faults:?}");
        statements.remove(0).body
    };
    let pairs = [
        ("fomc-utf16le.txt", "fomc/20010821.txt"),
        ("fomc-utf16be-nobom.txt", "fomc/20020813.txt"),
        (
            "statement-cp1252.html",
            "state-dept/html/department-press-briefing-august-10-2021.html",
        ),
        (
            "release-cp1252.txt",
            "congress/txt/2001-01-03-congresswoman-barbara-lee-re-elected-as-regional-whip.txt",
        ),
        (
            "release-utf8-bom.txt",
            "congress/txt/2001-01-17-congresswoman-barbara-lee-opposes-nomination-of-senator-john.txt",
        ),
        (
            "release-mac.txt",
            "congress/txt/2002-03-20-representative-barbara-lee-passes-amendment-to-fund-afghanis.txt",
        ),
    ];
    for (other, original) in pairs {
        let decoded = body(&format!("encodings/{other}"));
        assert_eq!(decoded, body(original), "{other}");
    }
    // These two were made of one record each: title and text of a Chinese report, a Japanese row.
    let whole = body("encodings/zh-report-gb18030.txt");
    let (reports, _) = load_path(&folder.join("zh/government-work-reports.jsonl"));
    let as_written = |s: &Statement| format!("{}\n\n{}", s.title.value.trim(), s.body.trim());
    assert!(
        reports.iter().any(|s| as_written(s) == whole.trim()),
        "no report is the GB18030 file"
    );
    let row = body("encodings/ja-sjis.txt");
    let (rows, _) = load_path(&folder.join("wikinews/wikinews-ja.tsv"));
    assert!(
        rows.iter().any(|s| row.contains(s.body.trim())),
        "no row of the table is in the Shift_JIS file"
    );
}
