//! From a keystroke to its results: every beginning of twenty queries, each asked once, over stores
//! of growing size.
//!
//! `DICTUM_BENCH_CORPUS=… cargo bench --bench keystrokes`. Prints times as ratios to one `memchr`
//! pass over the same bodies in the same run, and beside them what `fzf` and `rg` take for the last
//! keystroke of each query over the same text, one passage a line, where they are installed. The
//! work is unequal: theirs loads the file each time, ours is loaded and indexed; theirs is a list of
//! lines, ours a ranked list of statements. The order takes account of what is said: every sentence is
//! made a claim and every third a quote, more than there are in any real text. Last, how soon the work on a
//! question that is given up ends.
#![allow(
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    missing_docs
)]

mod corpus;

use dictum::extract::Extractor;
use dictum::model::{Extraction, Statement};
use dictum::query::parse;
use dictum::search::search;
use dictum::store::{Snapshot, Store};
use dictum::text::sentences;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// As people type them: slips, phrases, fields, one-letter words, names, the end of a word open.
const QUERIES: [&str; 20] = [
    "sanctions on russia",
    "export contrl",
    "rare earth",
    "not afraid",
    "climate change paris agreement",
    "\"human rights council\"",
    "nuclear tests treaty",
    "united nations security council",
    "tarif 100 percent",
    "minister s statement",
    "immigration reform -border",
    "\"we will not\"",
    "source:congress health care",
    "date:2019 impeachment",
    "title:budget",
    "ceasefire | truce israel",
    "federal reserve interst rates",
    "Taiwan strait",
    "a new era of peace",
    "\"peace and security\"~3 africa",
];

fn main() {
    println!("over {}", corpus::name());
    println!(
        "{:>9} {:>10} {:>8} {:>10} {:>6} {:>6} {:>6} {:>6}  slowest",
        "passages", "statements", "MB", "memchr ms", "p50", "p90", "p99", "max"
    );
    let mut million = None;
    for size in corpus::sizes() {
        let mut statements = corpus::statements(size.min(1_000_000));
        for copy in 1..size.div_ceil(1_000_000) {
            let again: Vec<Statement> = corpus::statements(1_000_000);
            statements.extend(again.into_iter().map(|mut s| {
                s.id = format!("{copy}/{}", s.id).into();
                s
            }));
        }
        let passages: usize = statements.iter().map(corpus::passages).sum();
        let snapshot = Store::of(statements).snapshot();
        say(&snapshot);
        let memchr = memchr_pass(&snapshot);
        // The 5 M are held against a pass over the 1 M, as the promise is.
        let unit = if size > 1_000_000 {
            million.unwrap_or(memchr)
        } else {
            memchr
        };
        if size == 1_000_000 {
            million = Some(memchr);
        }
        let mut taken = keystrokes(&snapshot);
        taken.sort();
        let at = |share: f64| part(&taken, share).0;
        let ratio = |time: Duration| time.as_secs_f64() / unit.as_secs_f64();
        println!(
            "{passages:>9} {:>10} {:>8.1} {:>10.2} {:>6.2} {:>6.2} {:>6.2} {:>6.2}  {}",
            snapshot.len(),
            bytes(&snapshot) as f64 / 1e6,
            memchr.as_secs_f64() * 1e3,
            ratio(at(0.5)),
            ratio(at(0.9)),
            ratio(at(0.99)),
            ratio(at(1.0)),
            taken
                .iter()
                .rev()
                .take(4)
                .map(|(time, line)| format!("`{line}` {:.1} ms", time.as_secs_f64() * 1e3))
                .collect::<Vec<_>>()
                .join(", "),
        );
        if size >= 1_000_000 {
            cancelled(&snapshot);
        }
        if size == 1_000_000 {
            peers(&snapshot);
        }
    }
}

/// Gives every statement quotes and claims: extraction itself would take minutes.
fn say(snapshot: &Snapshot) {
    let pattern = Statement::new("", "\"Prices rose by a tenth,\" the minister said.");
    let pattern = Extractor::new().extract(&pattern);
    for (_, segment) in snapshot.segments() {
        for (at, statement) in segment.statements().iter().enumerate() {
            let sentences = sentences::sentences(&statement.body);
            let quote = |span| {
                let mut quote = pattern.quotes[0].clone();
                quote.content = vec![span];
                quote
            };
            let claim = |span| {
                let mut claim = pattern.claims[0].clone();
                claim.span = span;
                claim
            };
            let extraction = Extraction {
                quotes: sentences.iter().copied().step_by(3).map(quote).collect(),
                claims: sentences.iter().copied().map(claim).collect(),
                ..pattern.clone()
            };
            segment.put(at, extraction);
        }
    }
}

/// Each beginning of each query, once.
fn keystrokes(snapshot: &Snapshot) -> Vec<(Duration, &'static str)> {
    let mut taken = Vec::new();
    for query in QUERIES {
        for (end, letter) in query.char_indices() {
            let line = &query[..end + letter.len_utf8()];
            let Ok(parsed) = parse(line) else { continue };
            let before = Instant::now();
            std::hint::black_box(search(snapshot, &parsed, &|| false));
            taken.push((before.elapsed(), line));
        }
    }
    taken
}

/// From the moment a question is given up to the end of its work, at many moments of each query.
fn cancelled(snapshot: &Snapshot) {
    let mut taken: Vec<Duration> = Vec::new();
    for query in QUERIES {
        let query = parse(query).unwrap();
        for after in (0..24).map(|n| Duration::from_micros(250 * n)) {
            let stop = AtomicBool::new(false);
            let (ended, cut_short) = thread::scope(|scope| {
                let stop = &stop;
                let query = &query;
                let search = scope.spawn(move || {
                    let results = search(snapshot, query, &|| stop.load(Ordering::Relaxed));
                    (Instant::now(), results.is_none())
                });
                thread::sleep(after);
                let given_up = Instant::now();
                stop.store(true, Ordering::Relaxed);
                let (ended, cut_short) = search.join().unwrap();
                (ended.saturating_duration_since(given_up), cut_short)
            });
            // What came to its end by itself says nothing, unless it took its time.
            if cut_short || !ended.is_zero() {
                taken.push(ended);
            }
        }
    }
    taken.sort();
    let [p50, p99, most] = [0.5, 0.99, 1.0].map(|share| part(&taken, share).as_secs_f64() * 1e3);
    println!(
        "{:>9} given up {} times: the work ends after {p50:.2} ms, p99 {p99:.2}, at most {most:.2}",
        "",
        taken.len(),
    );
}

/// What this share of a sorted list is no more than.
fn part<T: Copy>(sorted: &[T], share: f64) -> T {
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

fn bytes(snapshot: &Snapshot) -> usize {
    bodies(snapshot).map(str::len).sum()
}

fn bodies(snapshot: &Snapshot) -> impl Iterator<Item = &str> {
    (0..snapshot.len()).filter_map(|doc| Some(&*snapshot.statement(doc)?.body))
}

/// One pass over all bodies for a byte that none holds; the median of five.
fn memchr_pass(snapshot: &Snapshot) -> Duration {
    let mut taken: Vec<Duration> = (0..5)
        .map(|_| {
            let before = Instant::now();
            for body in bodies(snapshot) {
                std::hint::black_box(memchr::memchr(0xff, body.as_bytes()));
            }
            before.elapsed()
        })
        .collect();
    taken.sort();
    taken[2]
}

/// What `fzf` and `rg` take for whole queries, one passage a line.
fn peers(snapshot: &Snapshot) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for body in bodies(snapshot) {
        for sentence in sentences::sentences(body) {
            let line = sentence.of(body).replace(['\n', '\r'], " ");
            writeln!(file, "{line}").unwrap();
        }
    }
    file.flush().unwrap();
    let words = ["sanction", "export contrl", "rare earth", "not afraid"];
    let mut ours = Vec::new();
    let (mut fzf, mut rg) = (Vec::new(), Vec::new());
    for line in words {
        let query = parse(line).unwrap();
        let before = Instant::now();
        std::hint::black_box(search(snapshot, &query, &|| false));
        ours.push(before.elapsed());
        let run = |name: &str, arguments: &[&str]| {
            let before = Instant::now();
            let status = Command::new(name)
                .args(arguments)
                .stdin(file.reopen().unwrap())
                .stdout(Stdio::null())
                .status();
            status.is_ok().then(|| before.elapsed())
        };
        fzf.extend(run("fzf", &["--filter", line]));
        rg.extend(run("rg", &["-i", "-F", "-c", line]));
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times.get(times.len() / 2).copied()
    };
    let own = median(&mut ours).unwrap();
    for (name, times) in [("fzf --filter", &mut fzf), ("rg -i -F -c", &mut rg)] {
        match median(times) {
            Some(theirs) => println!(
                "          {name}: median {:.0} ms a query; ours {:.2} ms, 1/{:.0} of it",
                theirs.as_secs_f64() * 1e3,
                own.as_secs_f64() * 1e3,
                theirs.as_secs_f64() / own.as_secs_f64()
            ),
            None => println!("          {name}: not installed, skipped"),
        }
    }
}
