//! Searching a small store: exactness against a plain reading of the texts, slips, fields, orders.
#![allow(missing_docs, clippy::string_slice, clippy::unwrap_used)]

use dictum::model::{IsoDate, Stated, Statement};
use dictum::query::parse;
use dictum::search::{How, LineSort, Results, collocates, concordance, context, search};
use dictum::store::{Snapshot, Store};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

fn statement(id: &str, title: &str, body: &str) -> Statement {
    let mut statement = Statement::new(id, body);
    statement.title = Stated::given(title.to_owned());
    statement
}

fn sample() -> Snapshot {
    let texts = [
        (
            "a",
            "Energy security",
            "The grain corridor stays open. No new tariffs, she said.",
        ),
        (
            "b",
            "Tariffs on steel",
            "A tariff of 100 percent. The corridor was closed in winter.",
        ),
        (
            "c",
            "Remarks",
            "Señor Sánchez met the U.S. delegation; the winter was cold.",
        ),
    ];
    let statements = texts
        .iter()
        .map(|(id, title, body)| statement(id, title, body))
        .collect();
    Store::of(statements).snapshot()
}

fn run(snapshot: &Snapshot, line: &str) -> Results {
    search(snapshot, &parse(line).unwrap(), &|| false).unwrap()
}

fn ids(snapshot: &Snapshot, line: &str) -> String {
    let results = run(snapshot, line);
    let ids = results
        .found
        .iter()
        .filter_map(|f| snapshot.statement(f.doc));
    ids.map(|s| s.id.to_string()).collect::<Vec<_>>().join(" ")
}

fn sorted_ids(snapshot: &Snapshot, line: &str) -> String {
    let found = ids(snapshot, line);
    let mut ids: Vec<&str> = found.split(' ').collect();
    ids.sort_unstable();
    ids.join(" ")
}

#[test]
fn words_are_anded_and_the_last_is_a_prefix() {
    let s = sample();
    assert_eq!(ids(&s, "corridor winter"), "b");
    assert_eq!(ids(&s, "corridor win"), "b");
    assert_eq!(ids(&s, "corridor win "), "");
    assert_eq!(ids(&s, ""), "a b c");
    assert_eq!(ids(&s, "corridor -winter"), "a");
    assert_eq!(ids(&s, "-winter"), "a");
    assert_eq!(sorted_ids(&s, "cold | grain "), "a c");
}

#[test]
fn phrases_fields_and_zones() {
    let s = sample();
    assert_eq!(ids(&s, "\"grain corridor\""), "a");
    assert_eq!(ids(&s, "\"corridor grain\""), "");
    assert_eq!(ids(&s, "title:tariffs"), "b");
    assert_eq!(ids(&s, "title:sec"), "a");
    assert_eq!(ids(&s, "title:\"ste tar\""), "b");
    assert_eq!(ids(&s, "title:sec,rem"), "a c");
    assert_eq!(ids(&s, "-title:sec"), "b c");
    assert_eq!(ids(&s, "winter -title:remarks"), "b");
    assert_eq!(sorted_ids(&s, "delegation | title:sec"), "a c");
    assert_eq!(ids(&s, "in:title tariffs"), "b");
    assert_eq!(ids(&s, "in:body steel"), "");
    assert_eq!(ids(&s, "sanchez"), "c");
    assert_eq!(ids(&s, "US"), "c");
    assert_eq!(ids(&s, "us-delegation"), "c");
}

#[test]
fn the_title_weighs_more_than_the_body() {
    assert_eq!(ids(&sample(), "tariffs "), "b a");
}

#[test]
fn a_slip_is_corrected_and_labelled_and_nonsense_finds_nothing() {
    let s = sample();
    let results = run(&s, "delegatoin ");
    assert_eq!(results.corrections.len(), 1);
    assert_eq!(results.corrections[0].used, ["delegation"]);
    let query = parse("delegatoin ").unwrap();
    let hits = results.hits(&s, &query, 2);
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].how, How::Alike);
    assert_eq!(hits[0].span.of(&s.statement(2).unwrap().body), "delegation");
    for absent in ["taiwan", "nuclear ", "zzqx", "sanction"] {
        assert_eq!(ids(&s, absent), "", "{absent}");
    }
    assert_eq!(
        sorted_ids(&s, "tarif"),
        "a b",
        "the beginning of a word is no slip"
    );
}

#[test]
fn orders_put_what_is_missing_last() {
    let dated = |id: &str, date: Option<&str>| {
        let mut s = statement(id, id, "same words");
        s.date = date.map(|d| Stated::given(IsoDate::new(d).unwrap()));
        s
    };
    let list = vec![
        dated("x", Some("2025-01-02")),
        dated("y", None),
        dated("z", Some("2026")),
    ];
    let s = Store::of(list).snapshot();
    assert_eq!(ids(&s, "words sort:-date"), "z x y");
    assert_eq!(ids(&s, "words sort:date"), "x z y");
    assert_eq!(ids(&s, "date:2025"), "x");
    assert_eq!(ids(&s, "words sort:title"), "x y z");
}

#[test]
fn a_stopped_search_gives_nothing() {
    let query = parse("winter").unwrap();
    assert!(search(&sample(), &query, &|| true).is_none());
}

#[test]
fn scores_do_not_depend_on_how_the_input_was_cut() {
    // 64 statements fill the first segment: the rest stands in others.
    let text = |n: usize| {
        if n.is_multiple_of(7) {
            "winter aid"
        } else {
            "summer aid for all"
        }
    };
    let many: Vec<Statement> = (0..700)
        .map(|n| statement(&n.to_string(), "t", text(n)))
        .collect();
    let s = Store::of(many).snapshot();
    assert!(s.segments().count() > 2);
    let results = run(&s, "winter ");
    assert_eq!(results.found.len(), 100);
    let pairs = results.found.windows(2);
    assert!(
        pairs
            .into_iter()
            .all(|w| w[0].score == w[1].score && w[0].doc < w[1].doc)
    );
}

/// What a query of plain words means, read off the texts one by one.
fn brute(bodies: &[String], must: &[&str], not: &[&str], prefix: Option<&str>) -> Vec<usize> {
    let has = |body: &str, word: &str| body.split(' ').any(|w| w == word);
    let begins = |body: &str, word: &str| body.split(' ').any(|w| w.starts_with(word));
    (0..bodies.len())
        .filter(|&n| must.iter().all(|w| has(&bodies[n], w)))
        .filter(|&n| not.iter().all(|w| !has(&bodies[n], w)))
        .filter(|&n| prefix.is_none_or(|p| begins(&bodies[n], p)))
        .collect()
}

/// The ends of all places of `wanted` in `row` with no more than `slop` words between them, each once.
fn gapped(wanted: &[(&str, bool)], slop: usize, row: &[String]) -> BTreeSet<(usize, usize)> {
    // Places of the beginning of the text: first word, last word, words between.
    let mut begun: Vec<(usize, usize, usize)> = Vec::new();
    for (n, (word, prefix)) in wanted.iter().enumerate() {
        // What is typed with a capital stands for itself with a capital.
        let fits = |stands: &String| {
            let (typed, small) = (stands.as_str(), stands.to_lowercase());
            let stands = if word.starts_with('A') { typed } else { &small };
            stands == *word || *prefix && stands.starts_with(word)
        };
        let stands = || (0..row.len()).filter(|&at| fits(&row[at]));
        begun = if n == 0 {
            stands().map(|at| (at, at, 0)).collect()
        } else {
            let grown = begun.iter().flat_map(|&(first, last, between)| {
                let behind = stands().filter(move |&at| at > last);
                behind.map(move |at| (first, at, between + at - last - 1))
            });
            grown.filter(|&(.., between)| between <= slop).collect()
        };
    }
    begun
        .into_iter()
        .map(|(first, last, _)| (first, last))
        .collect()
}

proptest! {
    /// Phrases with gaps and capitals stand where a plain reading finds them, and are counted as often.
    #[test]
    fn phrases_with_gaps_stand_where_a_plain_reading_finds_them(
        bodies in proptest::collection::vec("(a|ab|Ab|b|c|d)( (a|ab|Ab|b|c|d)){0,40}", 1..6),
        wanted in proptest::collection::vec(proptest::sample::select(vec!["a", "ab", "Ab", "b", "c"]), 1..4),
        open in any::<bool>(),
        slop in 0..4usize,
    ) {
        let statements = bodies.iter().enumerate().map(|(n, body)| statement(&n.to_string(), "T", body));
        let snapshot = Store::of(statements.collect()).snapshot();
        // An open end is a beginning; a phrase with gaps is always closed, so that no beginning is meant there.
        let line = match slop {
            0 if open => format!("\"{}", wanted.join(" ")),
            0 => format!("\"{}\"", wanted.join(" ")),
            _ => format!("\"{}\"~{slop}", wanted.join(" ")),
        };
        let query = parse(&line).unwrap();
        let results = run(&snapshot, &line);
        let last = wanted.len() - 1;
        let asked: Vec<(&str, bool)> = wanted.iter().enumerate().map(|(n, word)| (*word, open && slop == 0 && n == last)).collect();
        let mut all = 0;
        for (doc, body) in bodies.iter().enumerate() {
            let row: Vec<String> = body.split(' ').map(str::to_owned).collect();
            let starts: Vec<usize> = std::iter::once(0).chain(body.match_indices(' ').map(|(at, _)| at + 1)).collect();
            let expected: Vec<(usize, usize)> = gapped(&asked, slop, &row)
                .into_iter()
                .map(|(first, last)| (starts[first], starts[last] + row[last].len()))
                .collect();
            prop_assert_eq!(results.found.iter().any(|f| f.doc == doc), !expected.is_empty(), "{}", line);
            if !expected.is_empty() {
                let hits = results.hits(&snapshot, &query, doc);
                let hits: Vec<(usize, usize)> = hits.iter().map(|h| (h.span.begin(), h.span.finish())).collect();
                all += hits.len();
                prop_assert_eq!(hits, expected, "{}", line);
            }
        }
        prop_assert_eq!(results.count_hits(&snapshot, &query, &|| false, |_| {}), Some(all));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn results_equal_a_plain_reading(
        bodies in proptest::collection::vec("(ab|abc|bc|bcd|ca|cab)( (ab|abc|bc|bcd|ca|cab)){0,5}", 1..12),
        must in proptest::sample::subsequence(vec!["ab", "bc", "ca"], 0..=2),
        not in proptest::sample::subsequence(vec!["abc", "cab"], 0..=1),
        prefix in proptest::option::of(proptest::sample::select(vec!["a", "b", "bc", "ca"])),
    ) {
        let each = bodies.iter().enumerate();
        let statements = each.map(|(n, b)| statement(&n.to_string(), "", b)).collect();
        let s = Store::of(statements).snapshot();
        let mut line: Vec<String> = must.iter().map(|w| (*w).to_owned()).collect();
        line.extend(not.iter().map(|w| format!("-{w}")));
        line.push(prefix.unwrap_or("").to_owned());
        let line = line.join(" ");
        let mut found: Vec<usize> = run(&s, &line).found.iter().map(|f| f.doc).collect();
        found.sort_unstable();
        prop_assert_eq!(found, brute(&bodies, &must, &not, prefix), "{:?}", line);
    }
}

#[test]
fn a_facet_taken_hid_the_others_of_its_field() {
    use dictum::search::{FacetBy, without_facet};
    let without = |line: &str, by| {
        let query = parse(line).unwrap();
        without_facet(&query, by).map(|query| query.root)
    };
    assert_eq!(without("speaker:a", FacetBy::Speaker), Some(None));
    assert_eq!(without("speaker:a", FacetBy::ClaimType), None);
    assert_eq!(without("corridor", FacetBy::Speaker), None);
    let snapshot = sample();
    let query = dictum::query::Query {
        root: without("corridor source:x", FacetBy::Source).unwrap(),
        ..parse("").unwrap()
    };
    let found = search(&snapshot, &query, &|| false).unwrap();
    assert_eq!(found.found.len(), 2);
}

/// Lines of a concordance as `left|key|right`.
fn lines(snapshot: &Snapshot, line: &str, sort: LineSort, window: usize) -> Vec<String> {
    let query = parse(line).unwrap();
    let found = concordance(snapshot, &query, sort, &|| false).unwrap();
    let shown = |line: &dictum::search::Line| {
        let statement = snapshot.statement(line.doc).unwrap();
        let at = context(snapshot, line, window).unwrap();
        let words = |span: dictum::text::Span| span.of(&statement.body).trim().to_owned();
        format!("{}|{}|{}", words(at.left), words(at.key), words(at.right))
    };
    found.lines.iter().map(shown).collect()
}

#[test]
fn a_concordance_shows_every_place_with_the_words_around_it() {
    let s = sample();
    assert_eq!(
        lines(&s, "corridor ", LineSort::Text, 2),
        [
            "The grain|corridor|stays open",
            "percent. The|corridor|was closed"
        ]
    );
    assert_eq!(
        lines(&s, "\"the winter\"", LineSort::Text, 1),
        ["delegation;|the winter|was"]
    );
    // Neither a title nor a statement that the rest of the query leaves out.
    assert_eq!(
        lines(&s, "tariffs ", LineSort::Text, 1),
        ["new|tariffs|, she"]
    );
    assert!(lines(&s, "corridor title:remarks", LineSort::Text, 1).is_empty());
}

/// The key's neighbours, over several segments, in the order asked for.
#[test]
fn a_concordance_is_in_the_order_of_its_contexts() {
    let texts = (0..400).map(|n| {
        let (left, right) = (n * 7 % 13, n * 5 % 11);
        statement(&n.to_string(), "t", &format!("w{left:02} key v{right:02}."))
    });
    let s = Store::of(texts.collect()).snapshot();
    for (sort, at) in [(LineSort::Left(1), 0), (LineSort::Right(1), 2)] {
        let found = lines(&s, "key ", sort, 1);
        assert_eq!(found.len(), 400);
        let words: Vec<&str> = found
            .iter()
            .map(|l| l.split('|').nth(at).unwrap())
            .collect();
        assert!(words.is_sorted(), "{sort:?}: {words:?}");
    }
}

#[test]
fn collocates_are_counted_within_the_window() {
    let s = Store::of(vec![
        statement("a", "t", "heavy rain fell. heavy rain again. rain"),
        statement("b", "t", "a heavy load; no rain here"),
    ])
    .snapshot();
    let query = parse("rain ").unwrap();
    let found = concordance(&s, &query, LineSort::Text, &|| false).unwrap();
    let near = collocates(&s, &found.lines, 1);
    let of = |word: &str| {
        near.iter()
            .find(|c| c.word == word)
            .map(|c| (c.near, c.total))
    };
    assert_eq!(of("heavy"), Some((2, 3)));
    assert_eq!(of("again"), Some((1, 1)), "between two keys, and near once");
    assert_eq!(of("load"), None);
    let dice = near.iter().find(|c| c.word == "heavy").unwrap().score;
    assert!((dice - (14.0 + (2.0 * 2.0 / (4.0 + 3.0_f64)).log2())).abs() < 1e-9);
    assert!(near.windows(2).all(|pair| pair[0].score >= pair[1].score));
}

#[test]
fn an_answer_waits_for_no_gathering_of_names_until_all_is_extracted() {
    let said = "\"We will talk,\" said Ned Price.";
    let statements = ["a", "b", "c"].map(|id| statement(id, "", said));
    let snapshot = Store::of(statements.to_vec()).snapshot();
    let extractor = dictum::extract::Extractor::new();
    let (_, segment) = snapshot.segments().next().unwrap();
    segment.extract(0, &extractor);
    // Nothing was gathered yet: somebody has to.
    let first = snapshot.identities_at_hand();
    assert_eq!(first.all().len(), 1);
    segment.extract(1, &extractor);
    assert!(Arc::ptr_eq(&first, &snapshot.identities_at_hand()));
    let second = snapshot.identities();
    assert!(!Arc::ptr_eq(&first, &second));
    assert!(Arc::ptr_eq(&second, &snapshot.identities_at_hand()));
    segment.extract(2, &extractor);
    assert!(!Arc::ptr_eq(&second, &snapshot.identities_at_hand()));
}
