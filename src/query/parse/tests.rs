//! What the language reads as, and what it refuses.

use super::*;
use crate::query::{Has, Sort};
use proptest::prelude::*;

/// The tree in a short notation, to read tests at a glance.
fn show(node: &Node) -> String {
    let list = |nodes: &[Node], by: &str| {
        let parts: Vec<String> = nodes.iter().map(show).collect();
        format!("({})", parts.join(by))
    };
    match node {
        Node::And(nodes) => list(nodes, " & "),
        Node::Or(nodes) => list(nodes, " | "),
        Node::Not(node) => format!("!{}", show(node)),
        Node::Text(text) => {
            let words: Vec<&str> = text.words.iter().map(|w| w.folded.as_str()).collect();
            let slop = if text.slop > 0 {
                format!("~{}", text.slop)
            } else {
                String::new()
            };
            let star = if text.prefix { "*" } else { "" };
            let tilde = if text.fuzzy { "~" } else { "" };
            format!("{tilde}{}{slop}{star}", words.join("_"))
        }
        Node::Field { field, values, .. } => format!("{field:?}:{values:?}"),
        Node::Date(range, _) => format!("{:?}..{:?}", range.from, range.to),
        Node::Has(has, _) => format!("has {has:?}"),
    }
}

fn tree(line: &str) -> String {
    parse(line)
        .unwrap()
        .root
        .as_ref()
        .map_or("everything".into(), show)
}

#[test]
fn the_language_reads_as_documented() {
    assert_eq!(tree("corridor winter"), "(corridor & winter*)");
    assert_eq!(tree("corridor winter "), "(corridor & winter)");
    assert_eq!(tree("\"grain corridor\" -ban"), "(grain_corridor & !ban)");
    assert_eq!(tree("\"grain cor"), "grain_cor*");
    assert_eq!(tree("\"a b\"~5"), "a_b~5");
    assert_eq!(tree("a | b c"), "((a | b) & c*)");
    assert_eq!(tree("(a b) | c"), "((a & b) | c*)");
    assert_eq!(tree("US-China U.S."), "(us_china & us*)");
    assert_eq!(tree("~coridor"), "~coridor*");
    assert_eq!(
        tree("speaker:\"Ned Price\",blinken"),
        "Speaker:[[\"ned\", \"price\"], [\"blinken\"]]"
    );
    assert_eq!(tree("-speaker:price x"), "(!Speaker:[[\"price\"]] & x*)");
    assert_eq!(
        tree("date:2025-10.. x "),
        "(Some(\"2025-10-01\")..None & x)"
    );
    assert_eq!(tree(""), "everything");
    assert_eq!(tree("speaker:"), "everything");
    assert_eq!(tree("https://example.org/a"), "https_example.org_a*");
    let query = parse("in:quote sort:-date has:claim").unwrap();
    assert_eq!((query.zone, query.sort), (Zone::Quote, Some(Sort::Newest)));
    assert!(matches!(query.root, Some(Node::Has(Has::Claim, _))));
}

#[test]
fn capitals_and_accents_count_when_typed() {
    let query = parse("Sánchez us").unwrap();
    let words: Vec<_> = query
        .texts()
        .iter()
        .map(|t| (t.words[0].case, t.words[0].accent))
        .collect();
    assert_eq!(words, [(true, true), (false, false)]);
}

#[test]
fn faults_name_their_place() {
    let fault = |line: &str| {
        let error = parse(line).unwrap_err();
        format!("{}: {}", error.span.of(line), error.message)
    };
    assert_eq!(
        fault("a speeker:x"),
        "speeker:: no field `speeker:`; did you mean `speaker:`?".replace("speaker:`", "speaker`")
    );
    assert_eq!(
        fault("in:qoute x"),
        "qoute: `qoute` is not one of quote, claim, title, body; did you mean `quote`?"
    );
    assert_eq!(
        fault("date:soon"),
        "soon: `soon` is not a date: write 2026, 2026-10 or 2026-10-31"
    );
    assert_eq!(fault("| a"), "|: `|` needs something before it");
    assert_eq!(fault("a )"), "): this `)` closes nothing");
    assert_eq!(
        fault("-in:quote a"),
        "-in:quote: `in:` and `sort:` cannot be negated"
    );
    assert_eq!(
        fault("a /gr.in/"),
        "/gr.in/: regular expressions are not read: write words, \"a phrase\" or `~word`"
    );
    let error = parse("a speeker:x").unwrap_err();
    assert!(error.with_caret("a speeker:x").contains("\n  ^^^^^^^^\n"));
}

#[test]
fn what_is_not_closed_was_not_known() {
    let open = |line: &str| {
        parse(line)
            .unwrap()
            .unclosed
            .map(|span| span.of(line).len())
    };
    for line in ["a \"grain cor", "(a b", "speaker:\"ned", "“grain"] {
        assert!(open(line).is_some_and(|len| len > 0), "{line}");
    }
    for line in ["\"grain\"", "(a b)", "speaker:\"ned\",x", "/usr/lib", ""] {
        assert_eq!(open(line), None, "{line}");
    }
}

proptest! {
    #[test]
    fn any_line_parses_or_fails_inside_itself(line in "[a-zé:\"“”|()\\-~ 0-9.,]{0,40}|\\PC{0,40}") {
        match parse(&line) {
            Ok(query) => for text in query.texts() {
                prop_assert!(!text.words.is_empty());
                prop_assert!(!text.span.of(&line).is_empty());
            },
            Err(error) => prop_assert!(error.span.finish() <= line.len() && !error.message.is_empty()),
        }
    }
}
