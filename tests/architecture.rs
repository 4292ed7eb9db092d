//! The rules of the source tree: who may use whom, where a crate may appear, what every file has.
//!
//! Each rule is a function from sources to findings, so that a second test can show it a bad file
//! and see that it is found.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice
)]

#[path = "architecture/source.rs"]
mod source;

use source::Source;
use std::fs;
use std::path::Path;

/// The order of dependence: a module may use those of a lower level.
const LEVELS: &[(&str, u8)] = &[
    ("error", 0),
    ("text", 1),
    ("model", 2),
    ("load", 3),
    ("extract", 3),
    ("query", 3),
    ("store", 4),
    ("search", 5),
    ("collection", 6),
    ("export", 6),
    ("import", 7),
    ("config", 7),
    ("cli", 8),
    ("tui", 8),
    ("lib", 9),
    ("main", 9),
];

/// Uses on one level that are allowed: from, to (the beginning of a path), and why.
const NEIGHBOURS: &[(&str, &str, &str)] = &[
    (
        "collection",
        "export::save",
        "one way of writing a file old or new, never half",
    ),
    ("cli", "tui", "the browser is what the bare command runs"),
];

/// Where a crate may appear: the places (beginnings of a path), and in how many files of each.
const CRATES: &[(&str, &[(&str, usize)])] = &[
    // The screen.
    ("ratatui", &[("src/tui/", usize::MAX)]),
    ("crossterm", &[("src/tui/", usize::MAX)]),
    ("rustix", &[("src/tui/worker/mod.rs", 1)]),
    ("signal_hook", &[("src/tui/", 1)]),
    // Search.
    ("fuzzy_matcher", &[("src/search/fuzzy.rs", 1)]),
    (
        "hashbrown",
        &[
            ("src/store/", 2),
            ("src/search/", 2),
            ("src/extract/speakers/", 2),
        ],
    ),
    ("levenshtein_automata", &[("src/search/vocabulary.rs", 1)]),
    ("postcard", &[("src/store/cache.rs", 1)]),
    // Parsers of untrusted bytes, each in one file.
    ("saphyr", &[("src/load/", 1)]),
    ("pulldown_cmark", &[("src/load/", 1)]),
    ("dom_smoothie", &[("src/load/", 1)]),
    ("dom_query", &[("src/load/html.rs", 1)]),
    ("quick_xml", &[("src/load/xml.rs", 1)]),
    ("mail_parser", &[("src/load/mail.rs", 1)]),
    ("tar", &[("src/load/archive.rs", 1)]),
    (
        "zstd",
        &[("src/load/compression.rs", 1), ("src/store/packed.rs", 1)],
    ),
    ("bzip2", &[("src/load/compression.rs", 1)]),
    ("flate2", &[("src/load/", 1)]),
    ("encoding_rs", &[("src/load/", 1)]),
    ("chardetng", &[("src/load/", 1)]),
    ("ignore", &[("src/load/", 1)]),
    ("csv", &[("src/load/", 1), ("src/export/", 1)]),
    ("toml", &[("src/load/", 1), ("src/config/", usize::MAX)]),
    // The edges of the program.
    ("tempfile", &[("src/export/", 1), ("src/store/cache.rs", 1)]),
    ("zip", &[("src/load/", 1), ("src/export/archive.rs", 1)]),
    ("hayagriva", &[("src/export/style.rs", 1)]),
    ("etcetera", &[("src/config/", 1)]),
    ("clap", &[("src/cli/", usize::MAX), ("src/main.rs", 1)]),
    ("clap_complete", &[("src/cli/", usize::MAX)]),
    ("clap_mangen", &[("src/cli/", 1)]),
    ("indicatif", &[("src/cli/", 1)]),
    ("anyhow", &[("src/cli/", usize::MAX), ("src/main.rs", 1)]),
];

/// Macros that write to the standard streams.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];
/// Where they may be called.
const PRINTERS: &[&str] = &["src/cli/", "src/main.rs"];
/// A file longer than this (lines) has more than one purpose.
const MOST_LINES: usize = 600;

fn level(module: &str) -> Option<u8> {
    let found = LEVELS.iter().find(|(name, _)| *name == module);
    found.map(|(_, level)| *level)
}

fn order(source: &Source) -> Vec<String> {
    let from = source.top_module();
    let Some(own) = level(from) else {
        return vec![format!(
            "{}: the module `{from}` is not in the order of dependence",
            source.path
        )];
    };
    let mut findings = Vec::new();
    for path in source.crate_paths() {
        let Some(to) = path.segments.first() else {
            continue;
        };
        // Anything else under the root is no module: a macro, a constant.
        let Some(other) = level(to) else { continue };
        let written = path.segments.join("::");
        let is_allowed = NEIGHBOURS.iter().any(|(user, used, _)| {
            let inside = written.strip_prefix(*used);
            *user == from && inside.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        });
        if to != from && other >= own && !is_allowed {
            findings.push(format!(
                "{}:{}: `{from}` must not use `{written}`",
                source.path, path.line
            ));
        }
    }
    findings
}

fn crates(sources: &[Source]) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, places) in CRATES {
        let mut users = vec![Vec::new(); places.len()];
        for source in sources {
            let lines = source.uses_of_crate(name);
            let Some(line) = lines.first() else { continue };
            match places.iter().position(|(p, _)| source.path.starts_with(*p)) {
                Some(place) => users[place].push(source.path.as_str()),
                None => findings.push(format!(
                    "{}:{line}: `{name}` does not belong here",
                    source.path
                )),
            }
        }
        for ((place, most), users) in places.iter().zip(users) {
            if users.len() > *most {
                findings.push(format!(
                    "`{name}` may be in {most} file of {place}, and is in {}",
                    users.join(", ")
                ));
            }
        }
    }
    findings
}

fn printing(source: &Source) -> Vec<String> {
    if PRINTERS.iter().any(|p| source.path.starts_with(*p)) {
        return Vec::new();
    }
    let calls = PRINTING.iter().flat_map(|name| {
        let lines = source.calls_of_macro(name);
        lines.into_iter().map(move |line| (name, line))
    });
    calls
        .map(|(name, line)| format!("{}:{line}: `{name}!` outside src/cli", source.path))
        .collect()
}

fn opening(source: &Source) -> Vec<String> {
    let first = source.text.lines().find(|line| !line.trim().is_empty());
    let words = first.and_then(|line| line.strip_prefix("//!"));
    if words.is_some_and(|words| !words.trim().is_empty()) {
        Vec::new()
    } else {
        vec![format!(
            "{}:1: does not open with `//!` saying what it is for",
            source.path
        )]
    }
}

fn length(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if lines > MOST_LINES {
        vec![format!(
            "{}: {lines} lines, more than {MOST_LINES}",
            source.path
        )]
    } else {
        Vec::new()
    }
}

/// Every Rust file under `src/`, in order of path.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut out = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let inner = path.strip_prefix(root).unwrap();
                let name = inner.to_str().unwrap().replace('\\', "/");
                out.push(Source::new(&name, &fs::read_to_string(&path).unwrap()));
            }
        }
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(out.len() > 20, "the source tree was not found");
    out
}

fn assert_none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

fn in_each(rule: fn(&Source) -> Vec<String>) -> Vec<String> {
    sources().iter().flat_map(rule).collect()
}

#[test]
fn modules_use_only_what_is_below_them() {
    assert_none(&in_each(order));
}

#[test]
fn crates_stay_in_their_files() {
    assert_none(&crates(&sources()));
}

#[test]
fn only_the_command_line_prints() {
    assert_none(&in_each(printing));
}

#[test]
fn every_file_says_what_it_is_for() {
    assert_none(&in_each(opening));
}

#[test]
fn no_file_is_long() {
    assert_none(&in_each(length));
}

// The rules themselves: each must find a bad file, and leave its good twin alone.

fn broken(rule: fn(&Source) -> Vec<String>, path: &str, text: &str) -> usize {
    rule(&Source::new(path, text)).len()
}

#[test]
fn the_order_rule_finds_every_way_of_reaching_up() {
    for text in [
        "use crate::search::search;",
        "use crate::{text::Span, tui};",
        "use crate::{\n    model::{Quote, Claim},\n    cli::{print},\n};",
        "fn f() { crate::store::Store::of(v); }",
        "pub use crate::export;",
        "pub(crate) use crate::export::save as keep;",
        "use super::super::search::search;",
        "use super::super::{search, text};",
        "#[cfg(test)]\nmod tests {\n    use crate::tui::run;\n}",
        "#[cfg(test)]\nmod tests {\n    use super::super::super::tui::run;\n}",
        "let c = '\"'; use crate::store::Store; let d = '\"';",
        "let c = '\\''; use crate::store::Store;",
        "fn f<'a>(x: &'a str) { crate::search::search(x) }",
        "use crate::extract::Extractor;",
    ] {
        assert_eq!(broken(order, "src/load/walk.rs", text), 1, "{text}");
    }
    for text in [
        "use crate::{error::Error, text::Span, model::*};",
        "// use crate::search::search;",
        "/* use crate::tui; /* nested */ use crate::cli; */",
        "//! [`crate::tui`] draws this.",
        "let s = \"use crate::tui::run;\";",
        "let s = r#\"a \" crate::tui::run\"#;",
        "let s = br\"crate::tui::run\";",
        "use crate::load::decode::decode;",
        "use super::search;",
        "#[cfg(test)]\nmod tests {\n    use super::super::search;\n}",
        "pub(crate) fn tui() {}",
    ] {
        assert_eq!(broken(order, "src/load/walk.rs", text), 0, "{text}");
    }
}

#[test]
fn the_order_rule_knows_neighbours_and_new_modules() {
    let save = "use crate::export::save;";
    assert_eq!(broken(order, "src/collection/mod.rs", save), 0);
    let deeper = "use crate::export::save::write;";
    assert_eq!(broken(order, "src/collection/mod.rs", deeper), 0);
    let other = "use crate::export::save_all;";
    assert_eq!(broken(order, "src/collection/mod.rs", other), 1);
    assert_eq!(
        broken(order, "src/cli/browse.rs", "use crate::tui::run;"),
        0
    );
    assert_eq!(broken(order, "src/tui/mod.rs", "use crate::cli::print;"), 1);
    assert_eq!(
        broken(order, "src/query/mod.rs", "use crate::load::load;"),
        1
    );
    assert_eq!(
        broken(order, "src/query/mod.rs", "use crate::model::Quote;"),
        0
    );
    assert_eq!(broken(order, "src/error.rs", "use crate::text::Span;"), 1);
    assert_eq!(broken(order, "src/helpers/mod.rs", ""), 1);
}

#[test]
fn the_crate_rule_finds_a_crate_out_of_place_or_in_two_files() {
    let found = |files: &[(&str, &str)]| {
        let files: Vec<Source> = files.iter().map(|(p, t)| Source::new(p, t)).collect();
        crates(&files).len()
    };
    for text in [
        "use crossterm::event::Event;",
        "fn f() { crossterm::terminal::size(); }",
        "use ::crossterm::event;",
        "extern crate crossterm;",
        "use crossterm as term;",
    ] {
        assert_eq!(found(&[("src/config/key.rs", text)]), 1, "{text}");
        assert_eq!(found(&[("src/tui/mod.rs", text)]), 0, "{text}");
    }
    let fuzzy = "use fuzzy_matcher::FuzzyMatcher;";
    assert_eq!(found(&[("src/search/mod.rs", fuzzy)]), 1);
    assert_eq!(found(&[("src/search/fuzzy.rs", fuzzy)]), 0);

    let reads = "fn f() { csv::Reader::from_reader(r); }";
    assert_eq!(
        found(&[("src/load/csv.rs", reads), ("src/export/csv.rs", reads)]),
        0
    );
    assert_eq!(
        found(&[("src/load/csv.rs", reads), ("src/load/mod.rs", reads)]),
        1
    );
    // A module of ours may bear the name of the crate it hides.
    for ours in [
        "mod csv;\nfn f() { csv::read(r); }",
        "use super::csv;\nfn f() { csv::read(r); }",
        "use super::{csv, json};\nfn f() { csv::read(r); }",
        "fn f() { super::csv::read(r); }",
    ] {
        assert_eq!(found(&[("src/cli/export.rs", ours)]), 0, "{ours}");
    }
    let in_tests = "#[cfg(test)]\nmod tests {\n    use flate2::write::GzEncoder;\n}";
    assert_eq!(found(&[("src/extract/mod.rs", in_tests)]), 0);
}

#[test]
fn the_printing_rule_finds_prints_outside_the_command_line() {
    for text in [
        "println!(\"x\");",
        "fn f() { eprintln ! (\"x\") }",
        "dbg!(x);",
    ] {
        assert_eq!(broken(printing, "src/load/mod.rs", text), 1, "{text}");
        assert_eq!(broken(printing, "src/cli/print.rs", text), 0, "{text}");
        assert_eq!(broken(printing, "src/main.rs", text), 0, "{text}");
    }
    let quiet = "// println!(\"x\")\nlet s = \"println!\"; writeln!(out)";
    assert_eq!(broken(printing, "src/load/mod.rs", quiet), 0);
    let in_tests = "#[cfg(test)]\nmod tests {\n    fn f() { println!(\"x\"); }\n}";
    assert_eq!(broken(printing, "src/load/mod.rs", in_tests), 0);
    // An attribute on one item is no test module: what follows it still counts.
    let after = "#[cfg(test)]\nuse x::y;\nfn f() { println!(\"x\"); }";
    assert_eq!(broken(printing, "src/load/mod.rs", after), 1);
}

#[test]
fn the_opening_and_length_rules_find_bad_files() {
    assert_eq!(
        broken(opening, "src/load/mod.rs", "//! Bytes to statements.\n"),
        0
    );
    assert_eq!(broken(opening, "src/load/mod.rs", "//!\nuse x;\n"), 1);
    assert_eq!(broken(opening, "src/load/mod.rs", "// Bytes.\nuse x;\n"), 1);
    assert_eq!(broken(opening, "src/load/mod.rs", ""), 1);
    assert_eq!(
        broken(length, "src/load/mod.rs", &"\n".repeat(MOST_LINES)),
        0
    );
    assert_eq!(
        broken(length, "src/load/mod.rs", &"\n".repeat(MOST_LINES + 1)),
        1
    );
}
