//! Counts by speaker, source, month and type, and filters by them, over stores of growing size, once
//! everything is extracted.
//!
//! `DICTUM_BENCH_CORPUS=… cargo bench --bench facets`. Prints times as ratios to one `memchr` pass over the
//! same bodies in the same run. What is extracted is kept in the target folder, so that only the first run
//! takes the minutes that this needs.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod corpus;

use dictum::extract::{Extractor, VERSION};
use dictum::query::parse;
use dictum::search::{FacetBy, facets, search};
use dictum::store::{Cache, Snapshot, Store};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Counted over everything, and over what these find.
const OVER: [&str; 3] = ["", "china", "type:demand"];
/// Values that the browser shows of each.
const MOST: usize = 40;
/// Answered without a word index.
const FILTERS: [&str; 8] = [
    "speaker:price type:demand",
    "speaker:biden",
    "speaker:b",
    "-speaker:the health",
    "type:demand",
    "target:china",
    "has:quote",
    "in:claim china",
];

fn main() {
    println!("over {}", corpus::name());
    for size in corpus::sizes().take(3) {
        let statements = corpus::statements(size);
        let passages: usize = statements.iter().map(corpus::passages).sum();
        let snapshot = Store::of(statements).snapshot();
        extract(&snapshot);
        let bodies = (0..snapshot.len()).filter_map(|doc| Some(&*snapshot.statement(doc)?.body));
        let memchr = median(|| {
            for body in bodies.clone() {
                std::hint::black_box(memchr::memchr(0xff, body.as_bytes()));
            }
        });
        let packed = (0..snapshot.len()).filter_map(|doc| snapshot.packed(doc));
        let kept: usize = packed.clone().map(|packed| packed.bytes().len()).sum();
        let claims: usize = packed.map(|packed| packed.kinds().claimed()).sum();
        let text: usize = bodies.map(str::len).sum();
        println!(
            "{passages} passages, {} statements, {claims} claims, {:.1} MB; extractions take {:.3} of the text; \
             a memchr pass {:.2} ms",
            snapshot.len(),
            text as f64 / 1e6,
            kept as f64 / text as f64,
            memchr.as_secs_f64() * 1e3
        );
        let tell = |what: &str, took: Duration| {
            let ratio = took.as_secs_f64() / memchr.as_secs_f64();
            println!(
                "  {:>8.2} ms {ratio:>7.2}  {what}",
                took.as_secs_f64() * 1e3
            );
        };
        let before = Instant::now();
        std::hint::black_box(snapshot.identities());
        tell("who is whom, once", before.elapsed());
        let before = Instant::now();
        for (_, segment) in snapshot.segments() {
            segment.list_said();
            assert!(segment.said().is_some(), "all is extracted");
        }
        tell("who says something, once, on one thread", before.elapsed());
        for line in OVER {
            let results = search(&snapshot, &parse(line).unwrap(), &|| false).unwrap();
            for (name, by) in FacetBy::ALL {
                let docs = || results.found.iter().map(|found| found.doc);
                let took = median(|| {
                    std::hint::black_box(facets(&snapshot, docs(), by, MOST));
                });
                tell(&format!("by {name}, over `{line}`"), took);
            }
        }
        for line in FILTERS {
            let query = parse(line).unwrap();
            let took = median(|| {
                std::hint::black_box(search(&snapshot, &query, &|| false));
            });
            tell(&format!("`{line}`"), took);
        }
        let mut unpacked: Vec<Duration> = (0..snapshot.len())
            .step_by(snapshot.len().div_ceil(2000))
            .map(|doc| {
                let before = Instant::now();
                std::hint::black_box(snapshot.extraction(doc));
                before.elapsed()
            })
            .collect();
        unpacked.sort();
        tell("unpacking one, median", unpacked[unpacked.len() / 2]);
        tell("unpacking one, slowest", unpacked[unpacked.len() - 1]);
    }
}

/// Of five.
fn median(mut work: impl FnMut()) -> Duration {
    let mut taken: Vec<Duration> = (0..5)
        .map(|_| {
            let before = Instant::now();
            work();
            before.elapsed()
        })
        .collect();
    taken.sort();
    taken[2]
}

/// From what an earlier run kept, as far as that goes.
fn extract(snapshot: &Snapshot) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let name = corpus::path().unwrap_or_else(|| "the sample".into());
    let name = format!("{}, {} statements", name.display(), snapshot.len());
    let cache = Cache::open(&folder, [Path::new(&name)].into_iter(), VERSION);
    let extractor = Extractor::new();
    for (_, segment) in snapshot.segments() {
        (0..segment.statements().len())
            .into_par_iter()
            .for_each(|at| Cache::fill(Some(&cache), segment, [at], &extractor));
    }
    cache.save(snapshot).unwrap();
}
