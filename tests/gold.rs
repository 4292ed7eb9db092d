//! Who said what in the hand-annotated documents of `tests/gold`, scored; what was reached may not be lost.
//!
//! `cargo test --test gold -- --nocapture` prints the figures by layout, `GOLD_MISSES=1` each miss as well.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use dictum::extract::Extractor;
use dictum::extract::record::Record;
use dictum::load::jsonl::line_to_statement;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A quote of either side, with what is compared.
struct Quote {
    kind: String,
    content: Vec<(u64, u64)>,
    speaker: Option<String>,
}

/// Counts over documents; a hit is a direct quote (or turn) of a named speaker found with that speaker.
#[derive(Clone, Copy, Default)]
struct Figures {
    documents: usize,
    layouts: usize,
    issuers: usize,
    gold: usize,
    predicted: usize,
    hits: usize,
    matched: usize,
    right: usize,
    merges: usize,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.layouts += other.layouts;
        self.issuers += other.issuers;
        self.gold += other.gold;
        self.predicted += other.predicted;
        self.hits += other.hits;
        self.matched += other.matched;
        self.right += other.right;
        self.merges += other.merges;
    }

    fn precision(self) -> f64 {
        self.hits as f64 / self.predicted.max(1) as f64
    }

    fn recall(self) -> f64 {
        self.hits as f64 / self.gold.max(1) as f64
    }

    fn accuracy(self) -> f64 {
        self.right as f64 / self.matched.max(1) as f64
    }

    fn print(self, name: &str) {
        println!(
            "{name:11} precision {:.3} ({}/{}) recall {:.3} ({}/{}) speaker {:.3} ({}/{}) layout {}/{} issuer {} merges {}",
            self.precision(),
            self.hits,
            self.predicted,
            self.recall(),
            self.hits,
            self.gold,
            self.accuracy(),
            self.right,
            self.matched,
            self.layouts,
            self.documents,
            self.issuers,
            self.merges
        );
    }
}

fn quotes(record: &Value) -> Vec<Quote> {
    let all = record["quotes"].as_array().unwrap();
    let spans = |q: &Value| {
        let spans = q["content"].as_array().unwrap().clone();
        spans
            .iter()
            .map(|s| (s[0].as_u64().unwrap(), s[1].as_u64().unwrap()))
            .collect()
    };
    all.iter()
        .map(|q| Quote {
            kind: q["kind"].as_str().unwrap().to_owned(),
            content: spans(q),
            speaker: q["speaker"].as_str().map(same_form),
        })
        .collect()
}

/// Case, white space and the form of apostrophes make no difference between names.
fn same_form(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").replace('’', "'").to_lowercase()
}

/// Code points in both over code points in either.
fn overlap(a: &Quote, b: &Quote) -> f64 {
    let length = |q: &Quote| q.content.iter().map(|(s, e)| e - s).sum::<u64>();
    let both: u64 = a
        .content
        .iter()
        .flat_map(|(s, e)| {
            let ends = b.content.iter();
            ends.map(move |(t, f)| e.min(f).saturating_sub(*s.max(t)))
        })
        .sum();
    both as f64 / (length(a) + length(b) - both).max(1) as f64
}

/// Pairs of (overlap, gold, found), each quote in one pair, the best first.
fn pairs(gold: &[Quote], found: &[Quote]) -> Vec<(f64, usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = gold
        .iter()
        .enumerate()
        .flat_map(|(g, a)| {
            let found = found.iter().enumerate();
            found.map(move |(f, b)| (overlap(a, b), g, f))
        })
        .filter(|(o, ..)| *o >= 0.5)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut golds, mut founds) = (BTreeSet::new(), BTreeSet::new());
    all.retain(|(_, g, f)| {
        let free = !golds.contains(g) && !founds.contains(f);
        if free {
            golds.insert(*g);
            founds.insert(*f);
        }
        free
    });
    all
}

fn score(name: &str, gold: &Value, found: &Value, text: &str) -> Figures {
    let (g, f) = (quotes(gold), quotes(found));
    let named = |q: &&Quote| q.kind == "direct" && q.speaker.is_some();
    let mut figures = Figures {
        documents: 1,
        layouts: usize::from(gold["layout"] == found["layout"]),
        issuers: usize::from(gold["issuer"].is_null() || gold["issuer"] == found["issuer"]),
        gold: g.iter().filter(named).count(),
        predicted: f.iter().filter(named).count(),
        ..Figures::default()
    };
    let tell = std::env::var_os("GOLD_MISSES").is_some();
    let mut given: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut hit = BTreeSet::new();
    for (overlap, g_at, f_at) in pairs(&g, &f) {
        let (a, b) = (&g[g_at], &f[f_at]);
        let same = a.speaker == b.speaker;
        if overlap >= 0.8 && named(&a) && named(&b) && same {
            figures.hits += 1;
            hit.insert(g_at);
        }
        if a.kind == "scare" {
            continue;
        }
        figures.matched += 1;
        figures.right += usize::from(same);
        if tell && !same {
            println!("{name}: {:?} is taken for {:?}", a.speaker, b.speaker);
        }
        if let (Some(theirs), Some(ours)) = (&a.speaker, &b.speaker) {
            given.entry(ours).or_default().insert(theirs);
        }
    }
    figures.merges = given.values().filter(|g| g.len() > 1).count();
    for (at, quote) in g.iter().enumerate().filter(|(_, q)| tell && named(q)) {
        if !hit.contains(&at) {
            let (start, end) = quote.content[0];
            let words: String = text
                .chars()
                .skip(start as usize)
                .take((end - start).min(60) as usize)
                .collect();
            println!("{name}: missed {:?}: {words}", quote.speaker);
        }
    }
    figures
}

fn extract(extractor: &Extractor, line: &Value) -> Value {
    let (id, statement) = line_to_statement(&line.to_string(), 1).unwrap();
    serde_json::to_value(Record::of(extractor, &id, &statement)).unwrap()
}

/// The figures by layout, and those of the seed statement, whose own gold has another convention of contents.
fn figures() -> BTreeMap<String, Figures> {
    let extractor = Extractor::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let mut out: BTreeMap<String, Figures> = BTreeMap::new();
    for path in files {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let text = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        let mut line = json!({"id": gold["id"], "text": text});
        for key in ["title", "date", "source"] {
            if !gold[key].is_null() {
                line[key] = gold[key].clone();
            }
        }
        let found = extract(&extractor, &line);
        let name = gold["id"].as_str().unwrap();
        let layout = gold["layout"].as_str().unwrap().to_owned();
        out.entry(layout)
            .or_default()
            .add(score(name, &gold, &found, &text));
    }
    out
}

#[test]
fn every_gold_span_lies_in_its_text() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let text = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        let length = text.chars().count() as u64;
        for quote in quotes(&gold) {
            assert!(!quote.content.is_empty(), "{}", path.display());
            for (start, end) in quote.content {
                assert!(start < end && end <= length, "{}: {start}", path.display());
            }
        }
    }
}

#[test]
fn speakers_of_the_gold_documents() {
    let by_layout = figures();
    let mut all = Figures::default();
    for (layout, figures) in &by_layout {
        figures.print(layout);
        all.add(*figures);
    }
    all.print("all");
    assert_eq!(all.layouts, 18, "every layout is right");
    assert_eq!(all.issuers, 18, "every issuer is right");
    assert!(all.precision() >= 0.98, "precision {:.3}", all.precision());
    assert!(all.recall() >= 0.93, "recall {:.3}", all.recall());
    assert!(all.accuracy() >= 0.98, "speakers {:.3}", all.accuracy());
    assert_eq!(all.merges, 0, "no two speakers are given one name");
    let transcripts = by_layout["transcript"];
    assert!(transcripts.precision() >= 0.99 && transcripts.recall() >= 0.99);
}

/// The statement every reader starts with: its spokesperson is one speaker, and speaks for a state.
#[test]
fn the_spokesperson_of_the_first_sample_is_one_speaker() {
    let text = include_str!("../assets/sample/00-mofcom-export-controls.txt");
    let found = extract(&Extractor::new(), &json!({"id": "seed", "text": text}));
    let mut speakers: BTreeMap<&str, usize> = BTreeMap::new();
    for quote in found["quotes"].as_array().unwrap() {
        if let Some(name) = quote["speaker"].as_str() {
            assert_eq!(quote["on_behalf_of"], "China", "{name}");
            *speakers.entry(name).or_default() += 1;
        }
    }
    let names: Vec<&str> = speakers.keys().copied().collect();
    assert_eq!(
        names,
        [
            "China's commerce ministry",
            "spokesperson for China's commerce ministry"
        ]
    );
}
