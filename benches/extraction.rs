//! Extraction: how fast, and that it grows with the length of a statement and no faster.
//!
//! `cargo bench --bench extraction`. Prints bytes a second on one core for whole statements of growing length, and two
//! ratios of the same run: the cost of a byte in the longest against one in the shortest (1 is linear), and the
//! cost of extraction against one pass of Unicode sentence segmentation over the same text. How often memory is asked
//! for stands beside it, for each word of the text, and how much is held at most, for each of its bytes. Then, short statements
//! together against one by one; last, the ratio of long to short for texts made to hold everybody up.
#![allow(clippy::print_stdout, clippy::string_slice)]

#[path = "../tests/extraction/hostile.rs"]
mod hostile;

use dictum::extract::Extractor;
use dictum::model::Statement;
use dictum::text::words::for_each_word;
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

/// Each length is measured until this much time was spent, and at least three times.
const ENOUGH: Duration = Duration::from_millis(1500);

fn main() {
    let prose = prose();
    let extractor = Extractor::new();
    println!(
        "{:<28} {:>10} {:>12} {:>16} {:>20} {:>18}",
        "statement",
        "MB/s",
        "ns a byte",
        "x segmentation",
        "allocations a word",
        "bytes held a byte"
    );
    let mut costs = Vec::new();
    for (name, length, paragraphs) in [
        ("10 kB", 10_000, true),
        ("100 kB", 100_000, true),
        ("1 MB", 1_000_000, true),
        ("200 kB, one paragraph", 200_000, false),
    ] {
        let text = text_of(&prose, length, paragraphs);
        let statement = Statement::new("bench", &text);
        let cost = cost(text.len(), || {
            std::hint::black_box(extractor.extract(&statement));
        });
        let segmentation = self::cost(text.len(), || {
            std::hint::black_box(text.unicode_sentences().count());
        });
        let memory = allocation_counter::measure(|| {
            std::hint::black_box(extractor.extract(&statement));
        });
        let mut words = 0;
        for_each_word(&text, |_, _| words += 1);
        println!(
            "{name:<28} {:>10.2} {cost:>12.1} {:>16.1} {:>20.2} {:>18.1}",
            1000.0 / cost,
            cost / segmentation,
            memory.count_total as f64 / f64::from(words),
            memory.bytes_max as f64 / text.len() as f64
        );
        costs.push(cost);
    }
    if let [short, _, long, paragraph] = costs.as_slice() {
        println!(
            "a byte of 1 MB costs {:.2} of one of 10 kB; of one long paragraph {:.2}",
            long / short,
            paragraph / short
        );
    }
    together(&prose, &extractor);
    for part in hostile::PARTS {
        let cost = |length: usize| {
            let text = part.repeat(length / part.len());
            let statement = Statement::new("bench", &text);
            cost(text.len(), || {
                std::hint::black_box(extractor.extract(&statement));
            })
        };
        let (short, long) = (cost(20_000), cost(200_000));
        println!(
            "nothing but {part:?}: a byte of 200 kB costs {:.2} of one of 20 kB",
            long / short
        );
    }
}

/// Short statements extracted together against the same one by one.
fn together(prose: &str, extractor: &Extractor) {
    const SHORT: usize = 4000;
    let text = text_of(prose, 50 * SHORT, true);
    let mut statements = Vec::new();
    let mut short = String::new();
    for line in text.lines() {
        short.push_str(line);
        short.push('\n');
        if short.len() >= SHORT {
            statements.push(Statement::new("bench", &std::mem::take(&mut short)));
        }
    }
    let all: Vec<&Statement> = statements.iter().collect();
    let bytes = all.iter().map(|s| s.body.len()).sum();
    let one_by_one = cost(bytes, || {
        for statement in &all {
            std::hint::black_box(extractor.extract(statement));
        }
    });
    let together = cost(bytes, || {
        std::hint::black_box(extractor.extract_all(&all));
    });
    println!(
        "{} statements of {SHORT} bytes: {:.2} MB/s one by one, {:.2} together; a byte together costs {:.2} of one by one",
        all.len(),
        1000.0 / one_by_one,
        1000.0 / together,
        together / one_by_one
    );
}

/// News prose of the bundled sample, one report after the other.
fn prose() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.to_string_lossy();
            name.contains("wikinews") && !name.ends_with(".jsonl")
        })
        .collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect();
    assert!(!texts.is_empty(), "no news in {folder}");
    texts.join("\n\n")
}

/// `length` bytes of `prose`, repeated; with its paragraphs or as one.
fn text_of(prose: &str, length: usize, paragraphs: bool) -> String {
    let mut text = String::with_capacity(length + prose.len());
    while text.len() < length {
        text.push_str(prose);
        text.push_str("\n\n");
    }
    let mut end = length;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    if paragraphs {
        text
    } else {
        text.replace('\n', " ")
    }
}

/// Nanoseconds a byte: the fastest of several runs.
fn cost(bytes: usize, mut run: impl FnMut()) -> f64 {
    let (start, mut best, mut runs) = (Instant::now(), Duration::MAX, 0);
    while runs < 3 || start.elapsed() < ENOUGH {
        let before = Instant::now();
        run();
        best = best.min(before.elapsed());
        runs += 1;
    }
    best.as_nanos() as f64 / bytes as f64
}
