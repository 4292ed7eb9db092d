//! From a key to the last byte of the screen it asks for, in a pseudo-terminal: over stores of growing size, on a
//! statement of 200 kB, and while quotes and claims are still extracted.
//!
//! `DICTUM_BENCH_CORPUS=… cargo bench --bench screen`. The limit is a frame of a terminal, 16 ms: times are told as
//! shares of it. A redraw has ended when nothing came for 35 ms (12 while statements are extracted); what is counted
//! behind an answer comes later, and is not part of it, nor is what was drawn in the row of the status alone while
//! statements are extracted: how many are. Extractions are kept in the target folder, so that only the first run takes the minutes they need.
#![cfg(unix)]
#![allow(
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    missing_docs
)]

mod corpus;
#[path = "../tests/terminal/session.rs"]
mod session;

use dictum::model::{Stated, Statement};
use dictum::query::parse;
use session::{Place, Redraw, Session};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// A frame of a terminal.
const FRAME: Duration = Duration::from_millis(16);
/// Nothing came for so long: the redraw has ended.
const QUIET: Duration = Duration::from_millis(35);
/// The same while statements are extracted: what is said in the best matches orders them anew, a few times a second.
const QUIET_BUSY: Duration = Duration::from_millis(12);
/// Where it is told, from 1, how many statements are extracted.
const STATUS: u16 = SIZE.0 - 1;
/// An archive may take so long to be extracted.
const PATIENCE: Duration = Duration::from_mins(20);
/// Rows and columns, and what they are changed to.
const SIZE: (u16, u16) = (50, 200);
const OTHER_SIZES: [(u16, u16); 6] = [(24, 80), (60, 200), (40, 120), (12, 60), (50, 160), SIZE];
/// Typed letter by letter: frequent words, a slip, a phrase with gaps, fields, a capital.
const QUERIES: [&str; 8] = [
    "united nations security council",
    "export contrl",
    "a new era of peace",
    "\"peace and security\"~3 africa",
    "source:congress health",
    "title:budget",
    "Taiwan strait",
    "\"we will not\"",
];
/// How they are typed, by the pause between letters. Forty milliseconds behind an answer, facets and hits are being counted: that is
/// given up.
const LETTERS: [(&str, Duration); 2] = [
    ("a letter of a query", Duration::ZERO),
    ("the same, over the counting", Duration::from_millis(40)),
];
/// The same while statements are extracted.
const EXTRACTING: &str = "a letter, while extracting";
/// Keys of each kind that are timed, and how often.
const LIST: [(&str, &[&str], usize); 3] = [
    ("list, a row down", &["j"], 40),
    ("list, half a page", &["C-d"], 10),
    ("list, end and beginning", &["G", "g"], 5),
];
const READER: [(&str, &[&str], usize); 4] = [
    ("text, a row down", &["j"], 40),
    ("text, a page", &["PGDN"], 20),
    ("text, the next quote", &["]"], 20),
    ("text, end and beginning", &["G", "g"], 5),
];

/// Lists over the panes: opened, filtered letter by letter, letters taken back, closed.
const LISTS: [(&str, &[&str], usize); 2] = [
    (
        "jump: open, letters, taken back",
        &["f", "l", "e", "e", "BACKSPACE", "BACKSPACE", "x", "ESC"],
        5,
    ),
    (
        "types: open, letters, taken back",
        &["g t", "d", "e", "BACKSPACE", "ESC"],
        5,
    ),
];

fn main() {
    println!("over {}", corpus::name());
    println!(
        "{:<34} {:>5} {:>9} {:>9} {:>9} {:>9}   of a frame: p50, p99, max",
        "", "keys", "first ms", "p50 ms", "p99 ms", "max ms"
    );
    for size in corpus::sizes().take(3) {
        let statements = corpus::statements(size);
        let passages: usize = statements.iter().map(corpus::passages).sum();
        println!("{passages} passages, {} statements", statements.len());
        let path = written(&format!("screen {size}.jsonl"), &statements);
        let first = beginning(&statements[0]);
        drop(statements);
        extracted(&path, &first);
        if corpus::sizes().take(3).last() == Some(size) {
            extracting(&path, &first);
            again(&path, &first);
        }
    }
    let long = long_statement(200_000);
    println!("one statement of {} kB", long.body.len() / 1000);
    let first = beginning(&long);
    let path = written("screen long.jsonl", &[long]);
    let (_place, mut session) = opened(&path, &first, &[]);
    settle(&session);
    session.redraw(|s| s.keys("ENTER"), QUIET, None);
    keys(&mut session, &READER, None);
    sizes_of(&mut session);
}

/// A store with all that is said in it.
fn extracted(path: &Path, first: &str) {
    let (_place, mut session) = opened(path, first, &[]);
    settle(&session);
    keys(&mut session, &LIST, None);
    session.redraw(|s| s.keys("ENTER"), QUIET, None);
    keys(&mut session, &READER, None);
    session.redraw(|s| s.keys("ESC"), QUIET, None);
    keys(&mut session, &LISTS, None);
    speakers(&mut session);
    for (name, pause) in LETTERS {
        tell(name, typed(&mut session, pause, None));
    }
    sizes_of(&mut session);
    settle(&session);
    let before = session.raw().len();
    thread::sleep(Duration::from_secs(1));
    assert_eq!(session.raw().len(), before, "drawn while nothing changed");
}

/// Letters once more, by a program that was started anew each time. What is slow each time is slow by its nature; once of
/// several times, the machine was elsewhere.
fn again(path: &Path, first: &str) {
    const TIMES: usize = 5;
    let mut runs: BTreeMap<&str, Vec<(Redraw, String)>> = BTreeMap::new();
    for _ in 0..TIMES {
        let (_place, mut session) = opened(path, first, &[]);
        settle(&session);
        let [(jump, keys, times), ..] = LISTS;
        let taken = timed(&mut session, keys, times, None);
        runs.entry(jump).or_default().extend(taken);
        for (name, pause) in LETTERS {
            let taken = typed(&mut session, pause, None);
            runs.entry(name).or_default().extend(taken);
        }
        drop(session);
        let (_place, mut session) = busy(path, first);
        let taken = typed(&mut session, 2 * QUIET, Some(STATUS));
        runs.entry(EXTRACTING).or_default().extend(taken);
    }
    println!("{TIMES} starts, each key of each turn by its median:");
    for (name, taken) in runs {
        let mut by_key: BTreeMap<String, Vec<(Redraw, String)>> = BTreeMap::new();
        for redraw in taken {
            by_key.entry(redraw.1.clone()).or_default().push(redraw);
        }
        let medians = by_key.into_values().map(|mut times| {
            times.sort_by_key(|(redraw, _)| redraw.last);
            times.swap_remove(times.len() / 2)
        });
        tell(name, medians.collect());
    }
}

/// The same while both cores extract: what is drawn for progress meanwhile counts too.
fn extracting(path: &Path, first: &str) {
    let (_place, mut session) = busy(path, first);
    keys(
        &mut session,
        &[("list, while extracting", &["j"], 40)],
        Some(STATUS),
    );
    let letters = typed(&mut session, 2 * QUIET, Some(STATUS));
    tell(EXTRACTING, letters);
}

/// A browser whose threads extract.
fn busy(path: &Path, first: &str) -> (Place, Session) {
    let opened = opened(path, first, &["--no-cache"]);
    // Loading takes three seconds, extraction minutes.
    thread::sleep(Duration::from_secs(6));
    opened
}

/// Starts the browser; tells when its first byte and the first statement were there.
fn opened(path: &Path, first: &str, args: &[&str]) -> (Place, Session) {
    let place = Place::new();
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screen cache");
    let all = [&["browse", path.to_str().unwrap()], args].concat();
    let (rows, cols) = SIZE;
    let begun = Instant::now();
    let cache = [("XDG_CACHE_HOME", cache.to_str().unwrap())];
    let session = Session::start(&place, &all, rows, cols, &cache);
    let mut byte = None;
    while !session.screen().contains(first) {
        assert!(begun.elapsed() < PATIENCE, "{}", session.screen());
        if byte.is_none() && !session.raw().is_empty() {
            byte = Some(begun.elapsed());
        }
        thread::sleep(Duration::from_millis(1));
    }
    println!(
        "  {:<32} {:>5.1} ms to the first byte, {:.1} ms to the first statement",
        "start",
        ms(byte.unwrap_or_default()),
        ms(begun.elapsed())
    );
    (place, session)
}

/// The first words that the browser shows of a statement.
fn beginning(statement: &Statement) -> String {
    let title = &*statement.title.value;
    let text = if title.is_empty() {
        &*statement.body
    } else {
        title
    };
    let words: Vec<&str> = text.split_whitespace().take(3).collect();
    words.join(" ")
}

/// Waits until all is loaded, extracted and drawn.
fn settle(session: &Session) {
    session.wait_until("an end of loading", PATIENCE, |session| {
        session.quiet() > Duration::from_secs(2)
    });
}

fn quiet(but: Option<u16>) -> Duration {
    but.map_or(QUIET, |_| QUIET_BUSY)
}

fn keys(session: &mut Session, kinds: &[(&str, &[&str], usize)], but: Option<u16>) {
    for (name, keys, times) in kinds {
        tell(name, timed(session, keys, *times, but));
    }
}

/// Presses the keys so many times; what each took, and in which turn.
fn timed(
    session: &mut Session,
    keys: &[&str],
    times: usize,
    but: Option<u16>,
) -> Vec<(Redraw, String)> {
    let turns = (1..=times).flat_map(|turn| keys.iter().map(move |key| (turn, *key)));
    let redraws = turns.filter_map(|(turn, key)| {
        // `g` waits for a second one.
        let key = if key == "g" { "g g" } else { key };
        let redraw = session.redraw(|s| s.keys(key), quiet(but), but)?;
        Some((redraw, format!("{key}, turn {turn}")))
    });
    redraws.collect()
}

/// Types the queries, with `pause` and the end of the redraw between letters; what each letter took, with what was typed by
/// then. `but`: see [`Session::redraw`].
fn typed(session: &mut Session, pause: Duration, but: Option<u16>) -> Vec<(Redraw, String)> {
    let mut taken = Vec::new();
    for query in QUERIES {
        session.redraw(|s| s.keys("/"), QUIET, Some(STATUS));
        for (at, letter) in query.char_indices() {
            thread::sleep(pause);
            let redraw = session.redraw(|s| s.type_text(&letter.to_string()), quiet(but), but);
            // A letter that asks nothing new waits for nothing: what comes then was counted behind the answer before.
            let redraw = redraw.filter(|_| parse(&query[..at]) != parse(&query[..=at]));
            taken.extend(redraw.map(|redraw| (redraw, query[..=at].to_owned())));
        }
        // Back to all statements; a quiet screen does not come while extracting.
        for _ in 0..2 {
            session.keys("ESC");
            thread::sleep(10 * QUIET);
        }
    }
    taken
}

/// Letters over the list of speakers, once they are counted.
fn speakers(session: &mut Session) {
    session.keys("g s");
    settle(session);
    keys(
        session,
        &[(
            "speakers: letters, taken back",
            &["l", "e", "e", "BACKSPACE", "BACKSPACE", "BACKSPACE"],
            5,
        )],
        None,
    );
    session.redraw(|s| s.keys("ESC"), QUIET, None);
}

fn sizes_of(session: &mut Session) {
    let taken = OTHER_SIZES.into_iter().cycle().take(24);
    let taken = taken.filter_map(|(rows, cols)| {
        let redraw = session.redraw(|s| s.resize(rows, cols), QUIET, None)?;
        Some((redraw, format!("{cols}x{rows}")))
    });
    tell("another size", taken.collect());
}

/// What redraws took, with what asked for each.
fn tell(name: &str, mut taken: Vec<(Redraw, String)>) {
    assert!(!taken.is_empty(), "{name}: nothing was drawn");
    taken.sort_by_key(|(redraw, _)| redraw.first);
    let first = taken[taken.len() / 2].0.first;
    taken.sort_by_key(|(redraw, _)| redraw.last);
    let at = |share: f64| {
        taken[((taken.len() - 1) as f64 * share).round() as usize]
            .0
            .last
    };
    let of = |time: Duration| time.as_secs_f64() / FRAME.as_secs_f64();
    let (p50, p99, most) = (at(0.5), at(0.99), at(1.0));
    println!(
        "  {name:<32} {:>5} {:>9.1} {:>9.1} {:>9.1} {:>9.1}   {:.2} {:.2} {:.2}, `{}`",
        taken.len(),
        ms(first),
        ms(p50),
        ms(p99),
        ms(most),
        of(p50),
        of(p99),
        of(most),
        taken[taken.len() - 1].1
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A file of the target folder that holds these.
fn written(name: &str, statements: &[Statement]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut file = BufWriter::new(File::create(&path).unwrap());
    corpus::write(statements, &mut file).unwrap();
    path
}

/// The bodies of many, one behind the other, as one statement of so many bytes.
fn long_statement(bytes: usize) -> Statement {
    let mut body = String::new();
    for statement in corpus::statements(100_000) {
        if body.len() >= bytes {
            break;
        }
        body.push_str(&statement.body);
        body.push_str("\n\n");
    }
    let mut statement = Statement::new("long", &body);
    statement.title = Stated::given("One long statement".to_owned());
    statement
}
