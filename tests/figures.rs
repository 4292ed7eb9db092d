//! Numbers with units, and dates against the day of the statement, on documents whose every figure was written out by
//! hand (`fixtures/figures/expected.txt`).
#![allow(clippy::expect_used, clippy::print_stdout)]

use dictum::extract::{dates, numbers};
use dictum::text::Span;
use dictum::text::sentences::{paragraphs, sentences_in};
use std::path::Path;

/// Kind, words, value, unit.
type Figure = (String, String, String, String);

/// All figures of a text, found sentence by sentence.
fn found(text: &str, day: &str) -> Vec<Figure> {
    let said = day.parse().ok();
    let mut out = Vec::new();
    let all = paragraphs(text);
    for sentence in all.into_iter().flat_map(|p| sentences_in(text, p)) {
        let mut here: Vec<(Span, Figure)> = Vec::new();
        let days = dates(text, sentence, said);
        for n in numbers(text, sentence, &days) {
            let value = format!("{}", (n.value * 1e4).round() / 1e4);
            let words = n.span.of(text).to_owned();
            here.push((n.span, ("number".to_owned(), words, value, n.unit)));
        }
        for d in days {
            let words = d.span.of(text).to_owned();
            let value = d.iso.unwrap_or_default();
            here.push((d.span, ("date".to_owned(), words, value, String::new())));
        }
        here.sort_by_key(|(span, _)| *span);
        out.extend(here.into_iter().map(|(_, f)| f));
    }
    out
}

/// The documents of the fixture: file, day, figures.
fn expected() -> Vec<(String, String, Vec<Figure>)> {
    let mut out: Vec<(String, String, Vec<Figure>)> = Vec::new();
    for line in include_str!("fixtures/figures/expected.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let (file, day) = head.split_once(' ').expect("a file and a day");
            out.push((file.to_owned(), day.to_owned(), Vec::new()));
            continue;
        }
        let mut parts = line.split(" | ").map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        let figure = (next(), next(), next(), next());
        out.last_mut().expect("a document").2.push(figure);
    }
    out
}

#[test]
fn every_figure_of_seven_documents_is_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut right, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for (file, day, figures) in expected() {
        let here = root.join("tests/fixtures/figures").join(&file);
        let path = if here.exists() {
            here
        } else {
            root.join("assets/sample").join(&file)
        };
        let text = std::fs::read_to_string(&path).expect("a document");
        let mut left = found(&text, &day);
        for figure in figures {
            all += 1;
            match left.iter().position(|f| *f == figure) {
                Some(at) => {
                    left.remove(at);
                    right += 1;
                }
                None => wrong.push(format!("{file}: missed {figure:?}")),
            }
        }
        // What is found and is none counts as well.
        all += left.len();
        wrong.extend(left.iter().map(|f| format!("{file}: invented {f:?}")));
    }
    println!("{right} of {all}\n{}", wrong.join("\n"));
    assert!(
        f64::from(right) >= 0.95 * all as f64,
        "{right} of {all}: {wrong:#?}"
    );
}
