//! The command line as a process: what it prints, where, and with which exit code.
#![allow(missing_docs, clippy::unwrap_used, clippy::string_slice)]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;

/// The program with no home folder and no colours asked for.
fn dictum(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dictum"));
    command
        .env_clear()
        .env("DICTUM_NO_CACHE", "1")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args);
    command
}

fn output(args: &[&str]) -> String {
    let out = dictum(args).assert().success().get_output().stdout.clone();
    String::from_utf8(out).unwrap()
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Characters `start..end` of `text`.
fn points(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap(), end.as_u64().unwrap());
    text.chars()
        .skip(usize::try_from(start).unwrap())
        .take(usize::try_from(end - start).unwrap())
        .collect()
}

const SAMPLE: &str = "assets/sample";
const SEED: &str = "assets/sample/00-mofcom-export-controls.txt";

#[test]
fn search_prints_a_hit_a_line_with_its_offset() {
    let seed = fs::read_to_string(SEED).unwrap();
    let printed = output(&["search", "in:quote \"export controls\"", SEED]);
    assert_eq!(printed.lines().count(), 2);
    for line in printed.lines() {
        let (id, rest) = line.split_once(':').unwrap();
        let (offset, _) = rest.split_once(':').unwrap();
        assert_eq!(id, "00-mofcom-export-controls");
        let at: usize = offset.parse().unwrap();
        let words: String = seed.chars().skip(at).take(15).collect();
        assert_eq!(words, "export controls");
    }
}

#[test]
fn search_as_json_carries_code_points() {
    let found = json_lines(&output(&["search", "--json", "Taiwan", SAMPLE]));
    assert!(!found.is_empty());
    for statement in found {
        assert_eq!(statement["schema"], 1);
        for hit in statement["hits"].as_array().unwrap() {
            assert!(hit["exact"].as_str().unwrap().contains("Taiwan"));
        }
    }
    let seed = fs::read_to_string(SEED).unwrap();
    let found = json_lines(&output(&["search", "--json", "Madrid", SEED]));
    let hit = &found[0]["hits"][0];
    assert_eq!(points(&seed, &hit["start"], &hit["end"]), "Madrid");
}

#[test]
fn counts_ids_and_limits() {
    let count: usize = output(&["search", "--count", "China", SAMPLE])
        .trim()
        .parse()
        .unwrap();
    let ids = output(&["search", "--ids", "China", SAMPLE]);
    assert_eq!(ids.lines().count(), count);
    assert_eq!(
        output(&["search", "--ids", "--limit", "2", "China", SAMPLE])
            .lines()
            .count(),
        2
    );
    let all = output(&["search", "--ids", "", SAMPLE]);
    assert!(ids.lines().all(|id| all.lines().any(|other| other == id)));
    let in_title = output(&["search", "--ids", "--in", "title", "taiwan", SAMPLE]);
    assert_eq!(in_title.trim(), "01-g7-taiwan-strait-2022-08-03");
}

#[test]
fn the_same_query_gives_the_same_as_the_library() {
    use dictum::load::{Event, Input, Options, load};
    let mut statements = Vec::new();
    load(
        &[Input::Path(SAMPLE.into())],
        &Options::default(),
        &mut |event| {
            if let Event::Statement(statement) = event {
                statements.push(*statement);
            }
            std::ops::ControlFlow::Continue(())
        },
    );
    let snapshot = dictum::store::Store::of(statements).snapshot();
    let extractor = dictum::extract::Extractor::new();
    for line in [
        "China tariff",
        "\"United States\" -china",
        "budget | sanctions",
        "title:statement sort:-date",
    ] {
        let query = dictum::query::parse(line).unwrap();
        let asked = || dictum::search::search(&snapshot, &query, &|| false).unwrap();
        for doc in asked().unread {
            let (segment, at) = snapshot.locate(doc).unwrap();
            segment.extract(at, &extractor);
        }
        let results = asked();
        let ids: Vec<String> = results
            .found
            .iter()
            .map(|f| snapshot.statement(f.doc).unwrap().id.to_string())
            .collect();
        assert!(!ids.is_empty(), "{line}");
        let printed = output(&["search", "--ids", line, SAMPLE]);
        assert_eq!(printed.lines().collect::<Vec<_>>(), ids, "{line}");
    }
}

#[test]
fn exit_codes_are_as_documented() {
    dictum(&["search", "zzyzxqua", SAMPLE])
        .assert()
        .code(1)
        .stdout(is_empty());
    dictum(&["quotes", "speaker:nobodyatall", SAMPLE])
        .assert()
        .code(1);
    dictum(&["search", "speeker:x", SAMPLE])
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("\nspeeker:x\n^^^^^^^^\n").and(contains("did you mean `speaker`")));
    dictum(&["search"]).assert().code(2);
    dictum(&["nonsense-path-that-is-not-there", "--help"])
        .assert()
        .code(0);
    dictum(&["check", "no/such/file"])
        .assert()
        .code(3)
        .stdout(contains("no/such/file"));
    dictum(&["search", "China", SEED, "no/such/file"])
        .assert()
        .code(0)
        .stderr(contains("skipped no/such/file"));
    dictum(&["search", "--strict", "China", SEED, "no/such/file"])
        .assert()
        .code(3);
    dictum(&["--version"])
        .assert()
        .success()
        .stdout(contains("dictum"));
}

#[test]
fn a_closed_pipe_is_success() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_dictum"))
        .args(["extract", SAMPLE])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn without_a_terminal_the_browser_refuses() {
    dictum(&[SAMPLE])
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("dictum search"));
}

#[test]
fn claims_of_one_type_against_one_target() {
    let found = output(&["claims", "type:demand target:us date:2025", SAMPLE]);
    assert_eq!(found.lines().count(), 1);
    assert!(
        found.contains("demand, spokesperson for China's commerce ministry: China urges the US"),
        "{found}"
    );
    dictum(&["claims", "type:demand target:us date:2024", SAMPLE])
        .assert()
        .code(1);
}

#[test]
fn quotes_as_json_are_exact_and_a_paraphrase_has_no_marks() {
    let seed = fs::read_to_string(SEED).unwrap();
    for quote in json_lines(&output(&["quotes", "--json", SEED])) {
        for place in quote["places"].as_array().unwrap() {
            assert_eq!(
                points(&seed, &place["start"], &place["end"]),
                place["exact"].as_str().unwrap()
            );
        }
    }
    let direct = output(&["quotes", "--kind", "direct", SEED]);
    assert!(
        direct
            .lines()
            .all(|line| line.contains("quoted, ") && line.contains(": \"")),
        "{direct}"
    );
    let indirect = output(&["quotes", "--kind", "indirect", SEED]);
    assert!(indirect.lines().count() > 3);
    assert!(
        indirect
            .lines()
            .all(|line| line.contains("paraphrased, ") && !line.contains(": \"")),
        "{indirect}"
    );
    let sure = output(&["quotes", "--confidence", "0.9", SEED])
        .lines()
        .count();
    assert!(sure < output(&["quotes", SEED]).lines().count());
}

#[test]
fn extract_answers_line_by_line() {
    let input = "{\"id\":7,\"text\":\"\\\"We act,\\\" said Ann Lee.\\r\\n\"}\nnot json\n{\"id\":\"b\",\"text\":\"Zoë 👩‍👩‍👧 \\u001b[31m said \\\"no\\\".\"}\n{\"id\":[1]}\n";
    let out = dictum(&["extract", "--format", "jsonl"])
        .write_stdin(input)
        .assert()
        .success();
    let lines = json_lines(std::str::from_utf8(&out.get_output().stdout).unwrap());
    assert_eq!(lines.len(), 4);
    assert_eq!(
        (&lines[0]["id"], lines[0]["text"].as_str().unwrap()),
        (&Value::from(7), "\"We act,\" said Ann Lee.\r\n")
    );
    assert_eq!(lines[0]["quotes"][0]["kind"], "direct");
    assert_eq!(
        lines[0]["quotes"][0]["content"],
        serde_json::json!([[1, 8]])
    );
    assert!(
        lines[1]["id"].is_null()
            && lines[1]["error"]
                .as_str()
                .unwrap()
                .starts_with("is not JSON")
    );
    assert_eq!(lines[2]["text"], "Zoë 👩‍👩‍👧 \u{1b}[31m said \"no\".");
    assert_eq!(lines[3]["id"], serde_json::json!([1]));
    assert!(lines[3]["error"].is_string());
}

#[test]
fn a_line_on_standard_input_waited_for_the_last() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_dictum"))
        .arg("extract")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = child.stdin.take().unwrap();
    let answers = BufReader::new(child.stdout.take().unwrap());
    let (to, from) = std::sync::mpsc::channel();
    std::thread::spawn(move || answers.lines().try_for_each(|line| to.send(line.unwrap())));
    for id in 0..3 {
        writeln!(questions, "{{\"id\":{id},\"text\":\"He said no.\"}}").unwrap();
        // Were it held back, it would never come.
        let answer = from.recv_timeout(Duration::from_secs(60)).unwrap();
        assert_eq!(json_lines(&answer)[0]["id"], id);
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_filters_give_the_same_whatever_the_split_and_the_home() {
    let mut lines: Vec<String> = (0..20)
        .map(|n| {
            format!("{{\"id\":{n},\"text\":\"China said on Monday it will act {n} times.\"}}\n")
        })
        .collect();
    // What depended on the number of a line: errors, and names for want of an id.
    lines.insert(3, "{\"id\":\"cut\",\"te\n".to_owned());
    lines.insert(9, "{\"text\":\"He said that China acts.\"}\n".to_owned());
    lines.insert(15, "{\"id\":\"empty\",\"text\":\"\"}\n".to_owned());
    let folder = TempDir::new().unwrap();
    let locked = folder.path().join("locked");
    fs::write(&locked, "a file, where a home folder should be").unwrap();
    for (filter, answers) in [
        (&["extract"][..], 23),
        (&["search", "--filter", "act"][..], 23),
        (&["search", "--filter", "China -times in:quote"][..], 3),
        (&["search", "--filter", "akt"][..], 2),
    ] {
        let run = |part: &[String], home: Option<&std::path::Path>| {
            let mut command = dictum(filter);
            command.env_clear();
            if let Some(home) = home {
                command.env("HOME", home);
            }
            let done = command.write_stdin(part.concat()).output().unwrap();
            assert!(done.status.success(), "{filter:?}: {done:?}");
            done.stdout
        };
        let whole = run(&lines, None);
        assert_eq!(
            whole.split(|b| *b == b'\n').count() - 1,
            answers,
            "{}",
            String::from_utf8_lossy(&whole)
        );
        assert_eq!(run(&lines, Some(&locked)), whole, "{filter:?}");
        for cut in [4, 10, 16] {
            let (first, second) = lines.split_at(cut);
            assert_eq!(
                [run(first, None), run(second, None)].concat(),
                whole,
                "{filter:?} cut at {cut}"
            );
        }
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing was written"
    );
}

#[test]
fn every_format_is_written_and_no_file_is_replaced_unasked() {
    let folder = TempDir::new().unwrap();
    for format in dictum::export::FORMATS {
        // Some share an extension, which then means the first of them.
        let name = format.name();
        let path = folder.path().join(format!("{name}.{}", format.extension()));
        let path = path.to_str().unwrap();
        let to = ["--format", name, SEED, "-o", path];
        dictum(&[&["export"], &to[..]].concat())
            .assert()
            .success()
            .stdout(is_empty());
        let written = fs::read(path).unwrap();
        if format.is_binary() {
            assert!(written.starts_with(b"PK"), "{name}");
        } else {
            let text = String::from_utf8(written.clone()).unwrap();
            assert!(
                text.contains("export controls are not export bans"),
                "{name}"
            );
        }
        dictum(&[&["export"], &to[..]].concat())
            .assert()
            .code(2)
            .stderr(contains("--force"));
        dictum(&[&["export", "--force", "--limit", "1"], &to[..]].concat())
            .assert()
            .success();
        let one = fs::read(path).unwrap();
        assert!(one.len() < written.len(), "{name}");
        let printed = dictum(&["export", "--format", name, "--limit", "1", SEED])
            .output()
            .unwrap();
        assert!(printed.stdout == one, "{name}");
    }
    for (file, begins) in [
        ("a.md", "> "),
        ("a.csl.json", "["),
        ("a.json", "{\"schema\""),
        ("a.bib", "@"),
    ] {
        let path = folder.path().join(file);
        let path = path.to_str().unwrap();
        dictum(&["export", SEED, "-o", path]).assert().success();
        assert!(
            fs::read_to_string(path).unwrap().starts_with(begins),
            "{file}"
        );
    }
    let none = folder.path().join("none.md");
    dictum(&["export", "zzyzxqua", SEED, "-o", none.to_str().unwrap()])
        .assert()
        .code(1);
    assert!(!none.exists());
    dictum(&["export", "--format", "wordperfect", SEED])
        .assert()
        .code(2)
        .stderr(contains("md, txt, json"));
}

#[test]
fn export_takes_ids_in_their_order_and_names_those_that_are_not_there() {
    let folder = TempDir::new().unwrap();
    let at = folder.path().join("a.jsonl");
    let lines: String = (1..=4)
        .map(|n| format!("{{\"id\":\"s{n}\",\"text\":\"She said: \\\"We act {n} times.\\\"\"}}\n"))
        .collect();
    fs::write(&at, lines).unwrap();
    let out = dictum(&[
        "export",
        "--ids",
        "-",
        "--format",
        "csl",
        at.to_str().unwrap(),
    ])
    .write_stdin("s3\nnone\r\n\ns1\ns3\n")
    .output()
    .unwrap();
    let items: Vec<serde_json::Value> = serde_json::from_slice(&out.stdout).unwrap();
    let ids: Vec<&str> = items
        .iter()
        .map(|i| i["custom"]["statement"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["s3", "s1"]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("no statement has the id none"));
    dictum(&["export", "--ids", "-", at.to_str().unwrap()])
        .write_stdin("none\n")
        .assert()
        .code(1)
        .stdout(is_empty());
}

#[test]
fn a_style_is_taken_by_name_or_file_and_an_unknown_one_is_refused() {
    let first = |style: &str| {
        let text = output(&[
            "export", "--format", "txt", "--limit", "1", "--style", style, SEED,
        ]);
        text.lines().nth(1).unwrap().to_owned()
    };
    assert!(
        first("apa").contains("(2025, October 12)"),
        "{}",
        first("apa")
    );
    assert!(first("mla").contains("12 Oct. 2025"), "{}", first("mla"));
    let folder = TempDir::new().unwrap();
    let own = folder.path().join("own.csl");
    let style = r#"<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
        <info><title>Own</title><id>own</id><updated>2025-01-01T00:00:00+00:00</updated></info>
        <citation><layout><group delimiter=" / "><text variable="title"/><date variable="issued" form="text" date-parts="year"/></group></layout></citation></style>"#;
    fs::write(&own, style).unwrap();
    assert!(
        first(own.to_str().unwrap()).contains(" / 2025. ["),
        "{}",
        first(own.to_str().unwrap())
    );
    fs::write(&own, "no style").unwrap();
    for (style, said) in [
        ("no-such-style", "chicago-notes"),
        (own.to_str().unwrap(), "CSL 1.0"),
    ] {
        dictum(&["export", "--style", style, SEED])
            .assert()
            .code(2)
            .stderr(contains(said));
    }
}

#[test]
fn check_names_the_bad_line_and_loads_the_rest() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(
        &path,
        "{\"id\":1,\"text\":\"One.\"}\n{\"id\":2,\"te\n{\"id\":3,\"text\":\"Three.\"}\n",
    )
    .unwrap();
    dictum(&["check", path.to_str().unwrap()])
        .assert()
        .code(3)
        .stdout(
            contains("line 2").and(contains("2 statements loaded, 1 files or records skipped")),
        );
    let lines = dictum(&["check", "--json", path.to_str().unwrap()])
        .assert()
        .code(3);
    let lines = json_lines(std::str::from_utf8(&lines.get_output().stdout).unwrap());
    assert_eq!(lines.last().unwrap()["loaded"], 2);
    dictum(&["check", SAMPLE]).assert().success();
}

#[test]
fn what_is_said_can_be_more_or_less_or_logged() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("log");
    dictum(&["search", "-q", "China", SEED, "no/such/file"])
        .assert()
        .success()
        .stderr(is_empty());
    dictum(&[
        "search",
        "--log",
        log.to_str().unwrap(),
        "China",
        SEED,
        "no/such/file",
    ])
    .assert()
    .success();
    assert!(fs::read_to_string(log).unwrap().contains("no/such/file"));
    dictum(&["search", "delegatoin", SAMPLE])
        .assert()
        .stderr(contains("searched delegation"));
}

#[test]
fn colours_only_where_asked_and_standard_error_is_clean() {
    assert!(!output(&["search", "China", SEED]).contains('\u{1b}'));
    assert!(
        output(&["search", "--color", "always", "China", SEED]).contains("\u{1b}[1mChina\u{1b}[0m")
    );
    let folder = TempDir::new().unwrap();
    let evil = folder.path().join("\u{1b}]0;x\u{7}.txt");
    fs::write(&evil, b"\x00\x01binary").unwrap();
    let run = dictum(&["search", "China", SEED, evil.to_str().unwrap()])
        .assert()
        .success();
    assert!(!run.get_output().stderr.contains(&0x1b));
}

#[test]
fn show_facets_and_standard_input() {
    let shown = output(&["show", "00-mofcom-export-controls", SEED]);
    assert!(
        shown.contains("(derived)")
            && shown.contains('▎')
            && shown.lines().all(|l| l.chars().count() <= 110)
    );
    dictum(&["show", "nobody", SEED]).assert().code(1);
    let facets = output(&["facets", "--by", "type", "--json", SEED]);
    assert!(
        json_lines(&facets)
            .iter()
            .any(|line| line["value"] == "demand" && line["count"] == 2),
        "{facets}"
    );
    dictum(&["facets", "--by", "colour", SEED])
        .assert()
        .code(2)
        .stderr(contains("one of speaker, source"));
    dictum(&["search", "--ids", "act", "-"])
        .write_stdin("We act.")
        .assert()
        .success()
        .stdout("stdin\n");
}

#[test]
fn a_speaker_is_counted_and_found_under_any_name() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("three.jsonl");
    let lines = [
        r#"{"id": "a", "text": "The ministry is quiet. \"We act,\" MOFCOM said."}"#,
        r#"{"id": "b", "text": "\"We wait,\" China's commerce ministry said on Monday."}"#,
        r#"{"id": "c", "text": "\"We left,\" Ann Porter said. \"We stay,\" India's commerce ministry said."}"#,
    ];
    fs::write(&file, lines.join("\n")).unwrap();
    let path = file.to_str().unwrap();
    let ids = output(&["search", "--ids", "speaker:mofcom", path]);
    assert_eq!(ids, "a\nb\n");
    let counts = |own: &str| {
        let home = TempDir::new().unwrap();
        let settings = home.path().join("dictum");
        fs::create_dir(&settings).unwrap();
        fs::write(settings.join("aliases.txt"), own).unwrap();
        let out = dictum(&["facets", "--by", "speaker", "--json", "", path])
            .env("HOME", home.path())
            .env("XDG_CONFIG_HOME", home.path())
            .assert()
            .success();
        let printed = String::from_utf8(out.get_output().stdout.clone()).unwrap();
        json_lines(&printed)
            .iter()
            .map(|l| format!("{} {}", l["count"], l["value"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        counts(""),
        [
            "2 Ministry of Commerce of China",
            "1 Ann Porter",
            "1 India's commerce ministry"
        ]
    );
    let own = counts("# mine\nThe Porter | Ann Porter | India's commerce ministry\n");
    assert_eq!(own, ["2 Ministry of Commerce of China", "2 The Porter"]);
}

#[test]
fn reference_pages_name_every_command_and_key() {
    let man = output(&["man"]);
    for command in [
        "search",
        "quotes",
        "claims",
        "show",
        "extract",
        "export",
        "check",
        "facets",
        "keys",
        "completions",
    ] {
        assert!(man.contains(command), "{command}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(output(&["completions", shell]).contains("dictum"));
    }
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, rest) = readme.split_once("<!-- keys -->\n").unwrap();
    let (table, _) = rest.split_once("<!-- /keys -->").unwrap();
    assert_eq!(
        table.trim(),
        output(&["keys", "--format", "markdown"]).trim(),
        "the README's key table is stale"
    );
    assert_eq!(
        json_lines(&output(&["keys", "--format", "json"])).len(),
        dictum::config::Action::ALL.len()
    );
}

#[test]
fn what_could_not_be_loaded_looked_like_what_was_not_found() {
    for args in [
        &["search", "tariff", "no/such/file"][..],
        &["quotes", "tariff", "no/such/file"],
        &["show", "x", "no/such/file"],
        &["extract", "no/such/file"],
        &["export", "tariff", "no/such/file"],
    ] {
        dictum(args)
            .assert()
            .code(2)
            .stdout(is_empty())
            .stderr(contains("nothing could be loaded"));
    }
    let folder = TempDir::new().unwrap();
    let empty = folder.path().to_str().unwrap();
    dictum(&["search", "tariff", empty]).assert().code(1);
}

#[test]
fn a_type_that_is_none_found_nothing_and_said_nothing() {
    dictum(&["quotes", "--kind", "direkt", SEED])
        .assert()
        .code(2)
        .stderr(contains("did you mean `direct`"));
    dictum(&["quotes", "--kind", "demand", SEED])
        .assert()
        .code(2)
        .stderr(contains("dictum claims --kind demand"));
    for command in ["search", "claims", "facets"] {
        dictum(&[command, "china type:nosuch", SEED])
            .assert()
            .code(2)
            .stderr(contains("\n      ^^^^^^^^^^^\n").and(contains("no type `nosuch`")));
    }
    // A kind of document is known by the documents loaded.
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(
        &path,
        "{\"id\":1,\"text\":\"One.\",\"type\":\"Press Release\"}\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(output(&["search", "--count", "type:release", path]), "1\n");
}

#[test]
fn strict_did_not_reach_the_filter_on_standard_input() {
    let lines = "{\"id\":1,\"text\":\"One.\"}\nno json\n";
    for (strict, code) in [
        (&["extract", "-"][..], 0),
        (&["extract", "--strict", "-"], 3),
    ] {
        dictum(strict).write_stdin(lines).assert().code(code);
    }
}

#[test]
fn a_blank_line_in_gave_no_line_out() {
    let lines = "{\"id\":1,\"text\":\"One.\"}\n\n{\"id\":3,\"text\":\"Three.\"}\n";
    let out = dictum(&["extract"]).write_stdin(lines).assert().success();
    let out = json_lines(std::str::from_utf8(&out.get_output().stdout).unwrap());
    assert_eq!(out.len(), 3);
    assert_eq!(out[1]["error"], "is empty");
}

#[test]
fn a_flag_before_the_command_made_paths_of_it() {
    let plain = output(&["search", "--count", "China", SAMPLE]);
    assert_eq!(output(&["-q", "search", "--count", "China", SAMPLE]), plain);
    assert_eq!(
        output(&["--color", "never", "search", "China", SAMPLE, "--count"]),
        plain
    );
    dictum(&["--ascii", "search", "China", SAMPLE])
        .assert()
        .code(2)
        .stderr(contains("--ascii"));
}

#[test]
fn a_command_with_a_slip_opened_an_empty_browser() {
    dictum(&["serch", "China", SAMPLE])
        .assert()
        .code(2)
        .stderr(contains("did you mean `dictum search`?"));
    dictum(&["nosuchcmd"])
        .assert()
        .code(2)
        .stderr(contains("no file, folder or command `nosuchcmd`"));
}

#[test]
fn a_query_for_a_type_prints_the_places_that_match() {
    let found = output(&["search", "type:demand", SEED]);
    assert_eq!(found.lines().count(), 2, "{found}");
    assert!(found.contains("China urges the US"), "{found}");
}

#[test]
fn capitals_hid_what_there_is_without_a_word() {
    dictum(&["search", "SANCTIONS", SAMPLE])
        .assert()
        .code(1)
        .stderr(contains("a capital or an accent is searched as typed: "));
}

#[test]
fn a_slip_in_a_field_found_nothing() {
    for (slip, right) in [
        ("title:statment", "title:statement"),
        ("speaker:blinkn", "speaker:blinken"),
        ("place:beijign", "place:beijing"),
    ] {
        let run = dictum(&["search", "--ids", slip, SAMPLE])
            .assert()
            .success()
            .stderr(contains("occurs nowhere: searched "));
        let found = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert_eq!(found, output(&["search", "--ids", right, SAMPLE]));
    }
}

/// What `extract` says of one file with this name and content.
fn extracted(name: &str, content: &str) -> Value {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    json_lines(&output(&["extract", path.to_str().unwrap()])).remove(0)
}

#[test]
fn a_date_of_toml_was_dropped_without_a_word() {
    let toml = extracted("a.md", "+++\ndate = 2020-01-02\n+++\nWe met.\n");
    assert_eq!(toml["date"], "2020-01-02");
    let toml = extracted("a.md", "+++\ndate = 2020-01-02T03:04:05Z\n+++\nWe met.\n");
    assert_eq!(toml["date"], "2020-01-02T03:04:05Z");
    let yaml = extracted(
        "a.md",
        "---\ndate: 2013-09-03 9:56:06 -0400\n---\nWe met.\n",
    );
    assert_eq!(yaml["date"], "2013-09-03T09:56:06-0400");
}

#[test]
fn an_empty_text_was_said_not_to_be_there() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(
        &path,
        "{\"id\":1,\"text\":\"\"}\n{\"id\":2,\"words\":\"x\"}\n",
    )
    .unwrap();
    dictum(&["check", path.to_str().unwrap()])
        .assert()
        .code(3)
        .stdout(
            contains("line 1: its `text` is empty")
                .and(contains("line 2: has no text under any known key")),
        );
}

#[test]
fn a_file_that_was_read_was_counted_as_skipped() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "---\ntitle: \"a\" b\n---\nWe met.\n").unwrap();
    dictum(&["check", path.to_str().unwrap()])
        .assert()
        .success()
        .stdout(
            contains("note: ")
                .and(contains("(its lines of the form `key: value` were read)"))
                .and(contains("1 statements loaded, 0 files or records skipped")),
        );
}

#[test]
fn extract_did_not_say_what_was_derived() {
    let derived = extracted("talks-2021-05-06.txt", "We met today. All agreed.\n");
    assert_eq!(
        (&derived["title"], &derived["title_from"]),
        (&Value::from("We met today."), &Value::from("derived"))
    );
    assert_eq!(
        (&derived["date"], &derived["date_from"]),
        (&Value::from("2021-05-06"), &Value::from("file-name"))
    );
    let given = extracted("a.jsonl", "{\"title\":\"T\",\"text\":\"We met.\"}\n");
    assert_eq!(given["title_from"], "given");
    assert!(given.get("date_from").is_none());
    let shown = output(&[
        "show",
        "--format",
        "json",
        "00-mofcom-export-controls",
        SEED,
    ]);
    assert_eq!(json_lines(&shown)[0]["date_from"], "dateline");
}

#[test]
fn an_office_stood_for_the_title_and_no_date_for_the_one_in_the_name() {
    let page = "<p>Office of the Spokesperson</p>\n<p>2:00 p.m.</p>\n<p>The two met today.</p>\n";
    let page = extracted("press-briefing-with-ministers-august-10-2021.html", page);
    assert_eq!(
        page["title"],
        "Press briefing with ministers august 10 2021"
    );
    assert_eq!(page["title_from"], "file-name");
    assert_eq!(page["date"], "2021-08-10");
}

#[test]
fn the_words_around_a_hit_were_cut_inside_words() {
    let found = output(&["search", "--context", "12", "Madrid", SEED]);
    let (_, words) = found.trim_end().split_once(": ").unwrap();
    let seed = fs::read_to_string(SEED).unwrap();
    let at = seed.find(words).unwrap();
    let beside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    assert!(beside(seed[..at].chars().next_back()), "{found}");
    assert!(beside(seed[at + words.len()..].chars().next()), "{found}");
}

#[test]
fn lines_of_json_did_not_say_their_schema() {
    let quotes = output(&["quotes", "--json", SEED]);
    let lines = output(&["export", "--format", "jsonl", SEED]);
    for line in json_lines(&quotes).iter().chain(&json_lines(&lines)) {
        assert_eq!(line["schema"], 1);
        assert!(line["places"].is_array());
    }
    assert_eq!(
        output(&["keys", "--json"]),
        output(&["keys", "--format", "json"])
    );
}

#[test]
fn a_query_that_begins_with_a_dash_was_taken_for_a_flag() {
    let without = output(&["search", "-type:demand", "--count", SAMPLE]);
    assert_eq!(
        without,
        output(&["search", "--count", "--", "-type:demand", SAMPLE])
    );
    dictum(&["search", "--cuont", "China", SAMPLE])
        .assert()
        .code(2)
        .stderr(contains("no flag `--cuont`"));
    dictum(&["search", "-q", "China", SEED, "no/such/file"])
        .assert()
        .success()
        .stderr(is_empty());
}

#[test]
fn what_is_not_closed_or_not_read_was_taken_without_a_word() {
    for (query, caret) in [
        ("china \"export con", "\n      ^"),
        ("(china tariff", "\n^\n"),
        ("china /ex.*t/", "\n      ^^^^^^^\n"),
    ] {
        dictum(&["search", query, SEED])
            .assert()
            .code(2)
            .stderr(contains(caret));
    }
}

#[test]
fn an_error_of_an_export_named_the_temporary_file() {
    dictum(&["export", SEED, "-o", "/no-such-folder/quotes.md"])
        .assert()
        .code(2)
        .stderr(contains("/no-such-folder/quotes.md").and(contains(".tmp").not()));
}

#[test]
fn explain_says_why_and_says_it_alike_each_time() {
    let seed = fs::read_to_string(SEED).unwrap();
    let at = seed[..seed.find("are not export bans").unwrap()]
        .chars()
        .count()
        .to_string();
    let told = output(&["explain", SEED, "--at", &at]);
    for part in [
        "layout: narrative",
        "direct quote",
        "cue: \"said\"",
        "speaker: spokesperson for China's commerce ministry",
        "made of it",
        "denial",
        "second choice",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert_eq!(
        told,
        output(&["--threads", "1", "explain", SEED, "--at", &at])
    );
    let json = json_lines(&output(&["explain", SEED, "--at", &at, "--json"]));
    let lines: Vec<&str> = json[0]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["text"].as_str().unwrap())
        .collect();
    assert_eq!(lines.len(), told.lines().count());
    assert!(
        told.lines()
            .zip(lines)
            .all(|(line, text)| line.trim_start() == text)
    );
}

#[test]
fn explain_names_what_it_cannot_place() {
    dictum(&["explain", SEED, "--at", "999999"])
        .assert()
        .code(2)
        .stderr(contains("characters, counted from 0"));
    dictum(&["explain", SAMPLE, "--at", "5"])
        .assert()
        .code(2)
        .stderr(contains("name one with --id"));
}

/// What was extracted is kept, found again, found damaged, and deleted; the answers are the same.
#[test]
fn extractions_are_kept_between_runs_and_give_the_same_answers() {
    let home = TempDir::new().unwrap();
    let folder = TempDir::new().unwrap();
    let text = "WASHINGTON, May 3, 2021 -- “We will not yield,” said Ms. Ann Lee, a spokeswoman. She urged Beijing to act.";
    fs::write(folder.path().join("a.txt"), text).unwrap();
    fs::write(
        folder.path().join("b.txt"),
        "The ministry denied the report on Friday.",
    )
    .unwrap();
    let path = folder.path().to_str().unwrap();
    let run = |args: &[&str]| {
        let mut command = dictum(args);
        command
            .env_remove("DICTUM_NO_CACHE")
            .env("HOME", home.path())
            .env("XDG_CACHE_HOME", home.path());
        let out = command.assert().success().get_output().clone();
        (
            String::from_utf8(out.stdout).unwrap(),
            String::from_utf8(out.stderr).unwrap(),
        )
    };
    let kept = home.path().join("dictum");
    let plain = run(&["claims", "--json", "--no-cache", path]);
    assert!(plain.0.contains("urged") && !kept.exists());
    assert_eq!(run(&["claims", "--json", path]), plain);
    assert_eq!(run(&["claims", "--json", path]), plain);
    assert_eq!(run(&["cache", "path"]).0.trim(), kept.to_str().unwrap());
    let info = run(&["cache", "info"]).0;
    assert!(info.contains("archives  1"), "{info}");
    // A file that changes costs only itself, and its old claims are gone.
    fs::write(
        folder.path().join("b.txt"),
        "The ministry urged restraint on Friday.",
    )
    .unwrap();
    let changed = run(&["claims", "--json", path]).0;
    assert!(changed.contains("restraint") && !changed.contains("denied"));
    let file = fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    fs::write(&file, "damaged ".repeat(40)).unwrap();
    let (again, said) = run(&["claims", "--json", path]);
    assert_eq!(again, changed);
    assert!(said.contains("damaged or not ours"), "{said}");
    assert_eq!(run(&["claims", "--json", path]), (changed, String::new()));
    assert_eq!(run(&["cache", "clear"]).0, "deleted 1\n");
    assert!(run(&["cache", "info"]).0.contains("archives  0"));
}

#[test]
fn the_same_release_on_two_sites_is_one_when_folded() {
    let folder = TempDir::new().unwrap();
    let release = fs::read_to_string(SEED).unwrap();
    fs::write(folder.path().join("a.txt"), &release).unwrap();
    let corrected = release.replacen("commerce", "trade", 1);
    fs::write(
        folder.path().join("b.txt"),
        format!("{corrected}\n\nShare this.\n"),
    )
    .unwrap();
    fs::write(folder.path().join("c.txt"), "Madrid hosted other talks.\n").unwrap();
    let path = folder.path().to_str().unwrap();
    let ids = |args: &[&str]| {
        let all = [&["search", "--ids", "Madrid", path], args].concat();
        output(&all).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let mut each = ids(&[]);
    each.sort();
    assert_eq!(each, ["a", "b", "c"]);
    let folded = ids(&["--fold"]);
    assert_eq!(folded.len(), 2);
    assert!(folded.contains(&"c".to_owned()));
    let printed = output(&["search", "--fold", "Madrid", path]);
    assert!(printed.contains("the same in 1 more: "), "{printed}");
    let found = json_lines(&output(&["search", "--fold", "--json", "Madrid", path]));
    let same: Vec<&Value> = found.iter().filter_map(|f| f["same"].get(0)).collect();
    assert_eq!(same.len(), 1);
}

/// A release, the same in capitals, a corrected version of it, and a text of its own.
fn four_of_which_two_differ() -> TempDir {
    let folder = TempDir::new().unwrap();
    let release = fs::read_to_string(SEED).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("a.txt", &release);
    write("b.txt", &release.replace("consultation", "CONSULTATION"));
    write("c.txt", &release.replacen("commerce", "trade", 1));
    write(
        "d.txt",
        "\u{201c}We want other talks,\u{201d} the minister said in Madrid.\n",
    );
    folder
}

#[test]
fn fold_was_known_to_search_alone_and_works_wherever_statements_are_listed_or_counted() {
    let folder = four_of_which_two_differ();
    let path = folder.path().to_str().unwrap();
    let told = contains("2 statements folded").count(1);
    for args in [
        &["search", "Madrid"][..],
        &["search", "--count", "Madrid"],
        &["quotes"],
        &["claims"],
        &["facets"],
        &["kwic", "Madrid"],
        &["export", "--what", "hits", "Madrid"],
        &["extract"],
    ] {
        let plain = dictum(&[args, &[path]].concat()).assert().success();
        let plain = plain.stderr(contains("folded").not()).get_output().clone();
        let folded = dictum(&[args, &["--fold", path]].concat())
            .assert()
            .success();
        let folded = folded.stderr(told.clone()).get_output().clone();
        assert_ne!(plain.stdout, folded.stdout, "{args:?}");
        let quiet = dictum(&[args, &["--fold", "--quiet", path]].concat())
            .assert()
            .stderr(is_empty());
        assert_eq!(quiet.get_output().stdout, folded.stdout, "{args:?}");
    }
    let ids = |args: &[&str]| {
        let lines = json_lines(&output(&[args, &["--json", path]].concat()));
        let ids = lines.iter().map(|line| {
            let id = line.get("statement").or(line.get("id"));
            id.unwrap().as_str().unwrap().to_owned()
        });
        ids.collect::<std::collections::BTreeSet<_>>()
    };
    for args in [&["quotes"][..], &["kwic", "Madrid"]] {
        assert_eq!(ids(args).len(), 4, "{args:?}");
        let folded = ids(&[args, &["--fold"]].concat());
        assert!(folded.len() == 2 && folded.contains("d"), "{folded:?}");
    }
}

#[test]
fn one_of_a_list_was_folded_behind_one_that_is_not_of_it() {
    let folder = four_of_which_two_differ();
    let path = folder.path().to_str().unwrap();
    let list = folder.path().join("list.ids");
    fs::write(&list, "c\nb\n").unwrap();
    let list = list.to_str().unwrap();
    let files = ["a", "b", "c", "d"].map(|n| format!("{path}/{n}.txt"));
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let args = [
        &["export", "--format", "jsonl", "--fold", "--ids", list],
        &files[..],
    ];
    let out = dictum(&args.concat()).assert().success();
    let out = out
        .stderr(contains("1 statements folded"))
        .get_output()
        .clone();
    let lines = json_lines(&String::from_utf8(out.stdout).unwrap());
    assert!(!lines.is_empty() && lines.iter().all(|line| line["statement"] == "c"));
}

#[test]
fn what_answers_line_by_line_or_keeps_a_collection_folds_nothing_and_says_so() {
    dictum(&["extract", "--fold"])
        .write_stdin("")
        .assert()
        .code(2)
        .stderr(contains("line by line"));
    dictum(&["search", "--filter", "--fold", "x"])
        .assert()
        .code(2)
        .stderr(contains("cannot be used with"));
    dictum(&["export", "--basket", "none.jsonl", "--fold"])
        .assert()
        .code(2)
        .stderr(contains("as it is"));
}

#[test]
fn check_wrote_the_escapes_of_a_name_and_of_a_date_as_they_stand() {
    let folder = TempDir::new().unwrap();
    let record = r#"{"text":"We refuse.","date":"2021\u001b[2J"}"#;
    fs::write(folder.path().join("a\u{1b}[2J\u{7}.json"), record).unwrap();
    fs::write(folder.path().join("b\u{1b}[2J\u{7}.json"), "{").unwrap();
    for args in [&["check"][..], &["check", "--explain"]] {
        let args = [args, &[folder.path().to_str().unwrap()]].concat();
        let out = dictum(&args).assert().code(3).get_output().stdout.clone();
        let controls = out.iter().filter(|b| b.is_ascii_control() && **b != b'\n');
        assert_eq!(controls.count(), 0, "{}", String::from_utf8_lossy(&out));
        assert!(String::from_utf8_lossy(&out).contains("no form that is known"));
    }
}

#[test]
fn the_filter_dropped_lines_in_which_another_word_of_the_query_was_spelt_alike() {
    let input =
        "{\"id\":1,\"text\":\"The corridor opened.\"}\n{\"id\":2,\"text\":\"The winter came.\"}\n";
    for (query, ids) in [
        // `corridors` stands nowhere and is like a word of the first: that says nothing of `opened`.
        ("opened | corridors ", &[1][..]),
        ("~coridor", &[1]),
        ("coridor ", &[]),
        ("winter", &[2]),
    ] {
        let run = dictum(&["search", "--filter", query])
            .write_stdin(input)
            .assert();
        let out = run.success().get_output().stdout.clone();
        let found = json_lines(std::str::from_utf8(&out).unwrap());
        let found: Vec<i64> = found.iter().map(|l| l["id"].as_i64().unwrap()).collect();
        assert_eq!(found, ids, "{query}");
    }
}

#[test]
fn check_counts_what_is_the_same() {
    let folder = four_of_which_two_differ();
    let path = folder.path().to_str().unwrap();
    let told = "2 of them are the same as an earlier one (1 word for word, 1 nearly), in 1 groups";
    assert!(output(&["check", path]).contains(told));
    let lines = json_lines(&output(&["check", "--json", path]));
    let same = &lines.last().unwrap()["same"];
    assert_eq!(
        *same,
        serde_json::json!({ "exact": 1, "near": 1, "groups": 1 })
    );
    assert!(!output(&["check", SEED]).contains("the same as"));
}

#[test]
fn what_is_held_back_has_a_badge_and_is_exported_with_force_only() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.jsonl");
    let line = |id: &str, more: &str| {
        format!(
            "{{\"id\":\"{id}\",\"text\":\"\\u201cWe refuse,\\u201d the minister said.\",\"title\":\"T\"{more}}}\n"
        )
    };
    let held = line("held", ",\"embargoed\":\"2099-01-01T00:00:00Z\"");
    let free = line("free", ",\"pubstatus\":\"usable\"");
    let path_text = path.to_str().unwrap().to_owned();
    let export = |args: &[&str]| dictum(&[&["export", &path_text], args].concat());
    fs::write(&path, format!("{held}{free}")).unwrap();
    export(&["--format", "jsonl"])
        .assert()
        .success()
        .stdout(contains("\"free\"").and(contains("\"held\"").not()))
        .stderr(contains("1 passages left out").and(contains("held (embargoed until 2099-01-01")));
    export(&["--format", "jsonl", "--force"])
        .assert()
        .success()
        .stdout(contains("\"free\"").and(contains("\"held\"")));
    dictum(&["show", "held", &path_text])
        .assert()
        .success()
        .stdout(contains("EMBARGOED UNTIL 2099-01-01"));
    // Nothing else is there: an error, and no file.
    fs::write(&path, held).unwrap();
    let out = folder.path().join("out.md");
    export(&["-o", out.to_str().unwrap()])
        .assert()
        .code(2)
        .stderr(contains("--force exports them all the same"));
    assert!(!out.exists());
}

#[test]
fn the_keys_of_an_archive_are_named_and_told() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.json");
    fs::write(&path, r#"{"speech":{"words":"We refuse."},"Headline":"T"}"#).unwrap();
    let path = path.to_str().unwrap();
    dictum(&["check", path])
        .assert()
        .code(3)
        .stdout(contains("--map body=KEY"));
    dictum(&["check", "--explain", "--map", "body=speech.words", path])
        .assert()
        .success()
        .stdout(contains("body ← speech.words, title ← Headline"));
    dictum(&["check", "--map", "speech=words", path])
        .assert()
        .code(2)
        .stderr(contains("no field `speech`"));
}

/// What does not fit the memory allowed is said with file, place and remedy; what does stays usable.
#[test]
fn loading_stops_at_the_memory_allowed_and_says_so() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("many.jsonl");
    let text = "The ministry urged restraint on Friday. ".repeat(10);
    let lines: Vec<String> = (1..=9)
        .map(|n| format!("{{\"id\":\"s{n}\",\"text\":\"{text}\"}}"))
        .collect();
    fs::write(&path, lines.join("\n")).unwrap();
    let path = path.to_str().unwrap();
    let few = ["search", "--ids", "--max-memory", "10K", "restraint", path];
    let said = "many.jsonl: line 4: the 10 KiB of memory allowed are taken by the 3 statements before: this \
                and all behind it was not loaded (load less at once, or allow more with --max-memory)";
    dictum(&few)
        .assert()
        .success()
        .stdout("s1\ns2\ns3\n")
        .stderr(contains("skipped").and(contains(said)));
    dictum(&[&few[..], &["--strict"]].concat()).assert().code(3);
    // By the environment; also where extraction is asked for.
    dictum(&["search", "--count", "type:demand", path])
        .env("DICTUM_MAX_MEMORY", "10k")
        .assert()
        .success()
        .stdout("3\n");
    dictum(&["search", "--max-memory", "1K", "restraint", path])
        .assert()
        .code(2)
        .stderr(contains("nothing could be loaded"));
    dictum(&["search", "--max-memory", "much", "restraint", path])
        .assert()
        .code(2)
        .stderr(contains("no size"));
    // Who lets go of each statement has no such limit.
    dictum(&["check", "--max-memory", "1K", path])
        .assert()
        .success()
        .stdout(contains("9 statements loaded, 0 files or records skipped"));
    assert_eq!(output(&["search", "--count", "restraint", path]), "9\n");
}

#[test]
fn settings_named_and_not_there_were_passed_over() {
    dictum(&["search", "tariff", SAMPLE, "--config", "no/such/file"])
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("no/such/file"));
}

#[test]
fn a_confidence_past_one_found_nothing() {
    dictum(&["quotes", SAMPLE, "--confidence", "7"])
        .assert()
        .code(2)
        .stderr(contains("from 0 to 1"));
}

/// To guess the width of a terminal that is not there, a program was started for each line.
#[cfg(unix)]
#[test]
fn each_line_into_a_file_started_a_program() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let (guess, asked) = (folder.path().join("tput"), folder.path().join("asked"));
    fs::write(
        &guess,
        format!("#!/bin/sh\n: > {}\necho 80\n", asked.display()),
    )
    .unwrap();
    fs::set_permissions(&guess, fs::Permissions::from_mode(0o755)).unwrap();
    dictum(&["quotes", SEED])
        .env("PATH", folder.path())
        .assert()
        .success();
    assert!(!asked.exists());
}

#[test]
fn a_field_without_a_value_asked_for_everything() {
    for line in ["type:", "tariff speaker: in:quote", "date:\"\""] {
        dictum(&["search", line, SAMPLE])
            .assert()
            .code(2)
            .stdout(is_empty())
            .stderr(contains("this field has no value"));
    }
}
