//! Exports read back, and hostile text that must stay text.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use dictum::collection::{Access, Collection, CollectionFile};
use dictum::error::Error;
use dictum::export::{Options, Style, by_name, citation, passage_with_citation, save};
use dictum::model::{Passage, PassageKind, Provenance, Span, Stated, Statement};
use proptest::prelude::*;
use std::borrow::Cow;

fn passage(words: &str, kind: PassageKind) -> Passage {
    Passage::new(
        &Statement::new("s1", words),
        kind,
        &[Span::new(0, words.len())],
    )
}

fn written(format: &str, passage: &Passage, raw_cells: bool) -> String {
    let mut out = Vec::new();
    by_name(format)
        .unwrap()
        .write(
            &mut std::iter::once(Cow::Borrowed(passage)),
            &mut out,
            &Options {
                raw_cells,
                ..Options::default()
            },
        )
        .unwrap();
    String::from_utf8(out).unwrap()
}

fn first_cell(text: &str, delimiter: u8) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    row.get(0).unwrap().to_owned()
}

#[test]
fn formulas_are_defused() {
    for words in [
        "=HYPERLINK(\"x\")",
        "+1",
        "-1",
        "@a",
        "\ta",
        "\na",
        "\ra",
        "＝1",
        " =1",
        "\"=1",
        "'=1",
    ] {
        let p = passage(words, PassageKind::Hit);
        assert_eq!(
            first_cell(&written("csv", &p, false), b','),
            format!("'{words}")
        );
        assert_eq!(first_cell(&written("csv", &p, true), b','), words);
    }
}

#[test]
fn html_is_escaped_and_only_the_web_is_linked() {
    let mut p = passage("<script>&\"'", PassageKind::Direct);
    p.url = Some("javascript:alert(1)".to_owned());
    let page = written("html", &p, false);
    assert!(!page.contains("<script") && !page.contains("href="));
}

#[test]
fn a_paraphrase_is_called_one_and_has_no_marks() {
    let shown = passage_with_citation(
        &passage("it is so\nagain", PassageKind::Indirect),
        &Style::default(),
    );
    assert_eq!(
        shown,
        "[paraphrase] it is so\nagain\n— No speaker found, paraphrased in an untitled statement, n.d. \
         [source not named; no date; no place; no URL] s1#0-14."
    );
}

#[test]
fn a_citation_reads_as_a_sentence_and_marks_what_is_derived() {
    let mut p = passage("We act.", PassageKind::Direct);
    p.speaker = Some("Wang Wentao".into());
    p.source_as_written = Some("he".into());
    p.title = Stated::new("On trade".into(), Provenance::Derived);
    p.date = Some(Stated::new("2025-10-12".into(), Provenance::Dateline));
    p.place = Some(Stated::new("BEIJING".into(), Provenance::Dateline));
    p.url = Some("https://example.org/a".into());
    assert_eq!(
        citation(&p),
        "Wang Wentao [in the text: he], quoted in “On Trade,” BEIJING, October 12, 2025, \
         https://example.org/a. [source not named; dateline BEIJING; title derived; date from the \
         dateline] s1#0-7."
    );
}

#[test]
fn nothing_is_overwritten_without_consent_and_a_failed_save_keeps_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    save::save(&path, save::Consent::Keep, |o| o.write_all(b"old")).unwrap();
    assert!(matches!(
        save::save(&path, save::Consent::Keep, |_| Ok(())),
        Err(Error::Exists(_))
    ));
    let failing = save::save(&path, save::Consent::Replace, |o| {
        o.write_all(b"new")?;
        Err(std::io::Error::other("full"))
    });
    assert!(failing.is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
}

#[test]
fn a_collection_is_locked_kept_and_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.json");
    std::fs::write(&path, "{").unwrap();
    let (file, mut marks, message) = CollectionFile::open(&path).unwrap();
    assert!(message.is_some() && folder.path().join("c.json.bad-1").exists());
    assert!(marks.toggle(passage("a", PassageKind::Hit)) && marks.undo() && marks.redo());
    file.save(&mut marks).unwrap();
    let (second, read, _) = CollectionFile::open(&path).unwrap();
    assert_eq!(second.access(), Access::ReadOnly);
    assert!(read.iter().eq(marks.iter()) && !Collection::default().dirty());
}

proptest! {
    #[test]
    fn words_come_back(words in "(?s).{1,60}") {
        let p = passage(&words, PassageKind::Selection);
        let line: Passage = serde_json::from_str(&written("jsonl", &p, false)).unwrap();
        prop_assert_eq!(&line, &p);
        for (name, delimiter) in [("csv", b','), ("tsv", b'\t')] {
            prop_assert_eq!(first_cell(&written(name, &p, true), delimiter), words.as_str());
        }
        let markdown = written("md", &p, false);
        prop_assert_eq!(read_markdown(&markdown), squeezed(&format!("[passage] {words}")));
    }
}

#[test]
fn suggested_names_are_safe() {
    for title in [
        "",
        "../../etc",
        "CON",
        "-rf",
        ".x",
        "東京",
        &"a b".repeat(99),
    ] {
        let name = save::suggested_name(title, "csv", 2);
        assert!(
            name.len() <= 120 && !name.starts_with(['.', '-']) && !name.contains('/'),
            "{name}"
        );
        assert!(
            !name.starts_with("CON") && name.ends_with("-2.csv"),
            "{name}"
        );
    }
}

/// The text of the first paragraph of the only blockquote; panics where text became markup.
fn read_markdown(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
    let mut text = String::new();
    let (mut depth, mut paragraphs) = (0, 0);
    // Smart punctuation rewrites marks by design: a reader who wants exact words leaves it off.
    let extensions = Extensions::all() - Extensions::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(markdown, extensions) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_)) => depth -= 1,
            _ if depth == 0 => {}
            Event::Start(Tag::Paragraph) => paragraphs += 1,
            Event::End(TagEnd::Paragraph) => text.push('\n'),
            Event::Text(piece) => text.push_str(&piece),
            Event::SoftBreak => text.push(' '),
            other => panic!("text became markup: {other:?} in {markdown:?}"),
        }
    }
    assert!(paragraphs >= 2, "{markdown}");
    let (words, _citation) = text.trim_end().rsplit_once('\n').unwrap();
    squeezed(words)
}

fn squeezed(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn hostile_text_never_becomes_markup() {
    for words in [
        "# heading\n## two",
        "text\n===",
        "text\n---",
        "- a\n* b\n+ c",
        "1. one\n2) two",
        "a) one\n(1) two",
        "[a](http://b.c) ![x](y)",
        "<b>bold</b> <script>",
        "`code` ``x``",
        "~~gone~~ ^up^",
        "| a | b |\n|---|---|",
        "> quote\n>> deeper",
        "http://example.org www.example.org a@b.org",
        "*a* _b_ __c__",
        "&amp; &#65; \\\\",
        "    indented",
        "line  \nbreak",
        "[^1]: note",
        "term\n: definition",
        "- [ ] task",
        "$x$ and $5 to $6",
        "ends with \\",
        "+++\nx\n+++",
        "---\nx: y\n---",
        "\u{1b}[31m",
        "{#id .class}",
        ":smile: [[wiki]]",
    ] {
        let p = passage(words, PassageKind::Selection);
        assert_eq!(
            read_markdown(&written("md", &p, false)),
            squeezed(&format!("[passage] {words}")),
            "{words:?}"
        );
    }
}

#[test]
fn every_format_ends_its_last_line() {
    for format in dictum::export::FORMATS.iter().filter(|f| !f.is_binary()) {
        let text = written(format.name(), &passage("words", PassageKind::Direct), false);
        assert!(text.ends_with('\n'), "{}", format.name());
    }
}

#[test]
fn json_is_one_object_that_reads_back() {
    let p = passage("words", PassageKind::Direct);
    let value: serde_json::Value = serde_json::from_str(&written("json", &p, false)).unwrap();
    assert_eq!(value["schema"], 1);
    let read: Passage = serde_json::from_value(value["passages"][0].clone()).unwrap();
    assert_eq!(read, p);
}

proptest! {
    #[test]
    fn offsets_are_code_points_of_the_body(body in "(?s)[a-zé東👩\u{301}\r\n \u{200d}]{1,80}", from in 0usize..80, len in 1usize..40) {
        let points: Vec<usize> = body.char_indices().map(|(at, _)| at).chain([body.len()]).collect();
        let from = from.min(points.len() - 2);
        let to = (from + len).min(points.len() - 1);
        let statement = Statement::new("s", &body);
        let p = Passage::new(&statement, PassageKind::Selection, &[Span::new(points[from], points[to])]);
        let line: Passage = serde_json::from_str(&written("jsonl", &p, false)).unwrap();
        let place = &line.places[0];
        let at_offsets: String = body.chars().skip(place.start).take(place.end - place.start).collect();
        prop_assert_eq!(&at_offsets, &place.exact);
        let round: String = body.chars().skip(place.start - place.prefix.chars().count()).take(place.prefix.chars().count()).collect();
        prop_assert_eq!(&round, &place.prefix);
    }
}

#[test]
fn an_office_stays_whole_and_nothing_is_made_up() {
    let mut p = passage("We {act} 100% on \\x -- ''now''.", PassageKind::Direct);
    p.source = Some(Stated::given("Ministry of Commerce".into()));
    let ris = written("ris", &p, false);
    assert!(ris.contains("AU  - Ministry of Commerce,\n"), "{ris}");
    assert!(!ris.contains("PY  -") && !ris.contains("UR  -"), "{ris}");
    let bib = written("biblatex", &p, false);
    assert!(bib.contains("author = {{Ministry of Commerce}}"), "{bib}");
    assert!(
        bib.contains("\\{act\\} 100\\% on \\textbackslash{}x -{}-"),
        "{bib}"
    );
    assert!(!bib.contains("date =") && !bib.contains("title ="), "{bib}");
    let csl: serde_json::Value = serde_json::from_str(&written("csl", &p, false)).unwrap();
    assert_eq!(csl[0]["author"][0]["literal"], "Ministry of Commerce");
    assert!(csl[0].get("issued").is_none() && csl[0].get("title").is_none());
    assert!(
        citation(&p).contains("Ministry of Commerce, n.d. ["),
        "{}",
        citation(&p)
    );
}

#[test]
fn formats_with_whole_texts_refuse_a_text_that_is_missing_or_has_changed() {
    use dictum::export::Texts;
    use std::sync::Arc;
    struct Other;
    impl Texts for Other {
        fn body(&self, _: &str) -> Option<Arc<str>> {
            Some("another text".into())
        }
    }
    let p = passage("words", PassageKind::Direct);
    for name in ["brat", "qdpx"] {
        for (texts, said) in [
            (None, "is not loaded"),
            (Some(&Other as &dyn Texts), "dictum import"),
        ] {
            let options = Options {
                texts,
                ..Options::default()
            };
            let error = by_name(name)
                .unwrap()
                .write(
                    &mut std::iter::once(Cow::Borrowed(&p)),
                    &mut Vec::new(),
                    &options,
                )
                .unwrap_err();
            assert!(error.to_string().contains(said), "{error}");
        }
    }
}
