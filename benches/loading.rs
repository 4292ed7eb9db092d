//! From bytes to a store that can be searched: how fast, and which part of it costs what.
//!
//! `DICTUM_BENCH_CORPUS=… cargo bench --bench loading`. Prints megabytes of text a second, and each
//! part's as a ratio to one pass of `serde_json` over the same text in the same run; and how many bytes the index takes.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod corpus;

use dictum::load::{Event, Input, Options, load};
use dictum::store::{Snapshot, Store, WordIndex};
use dictum::text::{sentences, words};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

fn main() {
    println!("over {}", corpus::name());
    println!(
        "{:>8} {:<34} {:>8} {:>14}",
        "MB", "part", "MB/s", "x serde_json"
    );
    for size in [10_000, 100_000, 1_000_000] {
        let statements = corpus::statements(size);
        let mut file = tempfile::Builder::new()
            .suffix(".jsonl")
            .tempfile()
            .unwrap();
        corpus::write(&statements, &mut file).unwrap();
        let bytes: usize = statements.iter().map(|s| s.body.len()).sum();
        let lines = std::fs::read_to_string(file.path()).unwrap();
        let plain = timed(|| {
            for line in lines.lines() {
                std::hint::black_box(serde_json::from_str::<serde_json::Value>(line).unwrap());
            }
        });
        let print = |part: &str, time: Duration| {
            println!(
                "{:>8.1} {part:<34} {:>8.1} {:>14.2}",
                bytes as f64 / 1e6,
                bytes as f64 / 1e6 / time.as_secs_f64(),
                time.as_secs_f64() / plain.as_secs_f64()
            );
        };
        print("serde_json alone", plain);
        print(
            "reading to statements",
            timed(|| drop(corpus::loaded(Input::Path(file.path().into())))),
        );
        print(
            "cutting words (part of the index)",
            timed(|| {
                let mut count = 0usize;
                for s in &statements {
                    words::for_each_word(&s.body, |_, _| count += 1);
                }
                std::hint::black_box(count);
            }),
        );
        print(
            "cutting sentences (on demand)",
            timed(|| {
                for s in &statements {
                    std::hint::black_box(sentences::sentences(&s.body).len());
                }
            }),
        );
        print(
            "word index, one thread",
            timed(|| drop(WordIndex::build(&statements))),
        );
        let mut snapshot = Snapshot::default();
        print(
            "all: a file to a searchable store",
            timed(|| snapshot = searchable(Input::Path(file.path().into()))),
        );
        let index: usize = snapshot.segments().map(|(_, s)| s.index().bytes()).sum();
        let passages: usize = statements.iter().map(corpus::passages).sum();
        println!(
            "{:>8.1} {:<34} {:>8.2} a byte of text, {:.0} a passage",
            bytes as f64 / 1e6,
            "bytes of the index",
            index as f64 / bytes as f64,
            index as f64 / passages as f64
        );
        drop(snapshot);
        let folder = tempfile::tempdir().unwrap();
        for (n, statement) in statements.iter().enumerate() {
            let path = folder.path().join(format!("{n:06}.txt"));
            std::fs::write(path, statement.body.as_bytes()).unwrap();
        }
        print(
            "all: a folder of plain texts",
            timed(|| drop(searchable(Input::Path(folder.path().into())))),
        );
    }
}

/// All that is loaded from there, searchable.
fn searchable(input: Input) -> Snapshot {
    let mut store = Store::new();
    let mut add = |event| {
        if let Event::Statement(statement) = event {
            drop(store.add(*statement));
        }
        ControlFlow::Continue(())
    };
    load(&[input], &Options::default(), &mut add);
    store.seal();
    store.snapshot()
}

fn timed(work: impl FnOnce()) -> Duration {
    let before = Instant::now();
    work();
    before.elapsed()
}
