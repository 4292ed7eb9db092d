//! Lists against a reading of each statement, over drawn quotes and claims.

use super::*;
use crate::extract::Extractor;
use crate::model::{Extraction, QuoteKind, Resolved, Span, Speaker, Stated, Statement};
use crate::query::parse;
use crate::search::evaluate::Judge;
use crate::search::needs::all_texts;
use crate::search::scan::Scanner;
use crate::search::search;
use crate::search::vocabulary::Corrections;
use crate::store::{Snapshot, Store};
use proptest::prelude::*;
use std::sync::LazyLock;

/// One quote and one claim, to be changed.
static PATTERN: LazyLock<Extraction> = LazyLock::new(|| {
    let statement = Statement::new("", "\"Prices rose by a tenth,\" the minister said.");
    Extractor::new().extract(&statement)
});

/// A quote or a claim: where its source and target begin and end in a body, as shares of it; who.
type Drawn = (bool, Vec<(u8, u8)>, Option<(u8, u8)>, Option<&'static str>);

fn drawn() -> impl Strategy<Value = Drawn> {
    let place = || (any::<u8>(), any::<u8>());
    let names = prop::sample::select(vec![
        "Joe Biden",
        "Mr. Biden",
        "Biden",
        "Ned Price",
        "Price",
        "MOFCOM",
        "We",
        "U.S. Treasury",
    ]);
    let places = prop::collection::vec(place(), 0..3);
    (
        any::<bool>(),
        places,
        prop::option::of(place()),
        prop::option::of(names),
    )
}

fn body() -> impl Strategy<Value = String> {
    let words = vec![
        "Joe",
        "Biden",
        "the",
        "President",
        "Ned",
        "Price",
        "China's",
        "U.S.",
        "O'Biden",
        "said:We",
        "10\u{202f}000",
        "ﷺ",
        "Biden-Price",
        "ministry",
        "Séoul",
    ];
    prop::collection::vec(prop::sample::select(words), 1..12).prop_map(|words| words.join(" "))
}

fn extraction(body: &str, drawn: &[Drawn]) -> Extraction {
    let at = |share: u8| body.floor_char_boundary(usize::from(share) * body.len() / 255);
    let span = |(a, b): (u8, u8)| Span::new(at(a.min(b)), at(a.max(b)));
    let mut out = PATTERN.clone();
    let (quote, claim) = (out.quotes.remove(0), out.claims.remove(0));
    out.claims.clear();
    for (is_quote, places, target, name) in drawn {
        let written: Vec<Span> = places.iter().copied().map(span).collect();
        let speaker = name.map(|name| Speaker {
            name: name.to_owned(),
            mention: None,
            how: Resolved::AsWritten,
            on_behalf_of: None,
        });
        if *is_quote {
            let mut quote = quote.clone();
            quote.content = vec![Span::new(0, body.len())];
            (quote.source, quote.cue, quote.speaker) = (written, Vec::new(), speaker);
            quote.id = out.quotes.len() as u32 + 1;
            if target.is_some() {
                quote.kind = QuoteKind::Scare;
            }
            out.quotes.push(quote);
        } else {
            let mut claim = claim.clone();
            claim.span = Span::new(0, body.len());
            (claim.claimant, claim.speaker, claim.target) = (written, speaker, target.map(span));
            // Of the quote before it, if there is one: whose source may then be its claimant.
            claim.quote = out.quotes.last().map(|quote| quote.id);
            claim.cue.clear();
            (claim.numbers, claim.dates, claim.atoms) = Default::default();
            out.claims.push(claim);
        }
    }
    out
}

/// By the lists, where they are there.
fn found(snapshot: &Snapshot, query: &Query) -> Vec<DocNo> {
    let results = search(snapshot, query, &|| false).unwrap();
    let mut docs: Vec<DocNo> = results.found.iter().map(|found| found.doc).collect();
    docs.sort_unstable();
    docs
}

/// Read statement by statement.
fn judged(snapshot: &Snapshot, query: &Query) -> Vec<DocNo> {
    let identities = snapshot.identities_at_hand();
    let mut found = Vec::new();
    for (start, segment) in snapshot.segments() {
        let words = Corrections::new();
        let scanner = Scanner::new(all_texts(query), &words, segment);
        for at in 0..segment.statements().len() {
            let judge = Judge::new(query, &scanner, segment, at).unwrap();
            if judge.knowing(Some(&identities), start + at).holds() {
                found.push(start + at);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    /// Before all is extracted, and after.
    #[test]
    fn lists_tell_what_a_reading_of_each_statement_tells(
        statements in prop::collection::vec((body(), prop::collection::vec(drawn(), 0..5), any::<bool>()), 1..100),
        field in prop::sample::select(vec!["speaker", "target"]),
        value in prop::sample::select(vec![
            "b", "biden", "joe", "\"joe biden\"", "\"biden mr\"", "\"the biden\",we", "p", "price,we", "us", "obiden", "o'b", "we", "china",
            "ministry", "seoul", "séo", "000", "10", "the",
        ]),
        line in prop::sample::select(vec![
            "FIELD", "-FIELD", "FIELD | ministry", "FIELD price", "FIELD -ministry", "FIELD type:demand",
            "speaker:biden target:b", "-(speaker:biden target:b)", "(speaker:p | target:b) the", "in:claim FIELD the",
            "FIELD FIELD", "FIELD date:2020", "has:quote FIELD",
        ]),
    ) {
        let made = statements.iter().enumerate().map(|(n, (body, _, published))| {
            let mut statement = Statement::new(&n.to_string(), body);
            statement.source = published.then(|| Stated::given("state.gov".to_owned()));
            statement
        });
        let snapshot = Store::of(made.collect()).snapshot();
        let line = line.replace("FIELD", &format!("{field}:{value}"));
        let query = parse(&line).unwrap();
        let query = Query { as_typed: true, ..query };
        for (doc, (body, drawn, _)) in statements.iter().enumerate() {
            if doc == statements.len() / 2 || doc + 1 == statements.len() {
                prop_assert_eq!(found(&snapshot, &query), judged(&snapshot, &query), "{}", line);
            }
            let (segment, at) = snapshot.locate(doc).unwrap();
            segment.put(at, extraction(body, drawn));
            segment.list_said();
        }
        prop_assert!(snapshot.segments().all(|(_, segment)| segment.said().is_some()));
        prop_assert_eq!(found(&snapshot, &query), judged(&snapshot, &query), "{}", line);
    }
}
