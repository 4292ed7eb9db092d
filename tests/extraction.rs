//! Extraction: hard cases in marked-up text, promises about spans, the statement every reader starts with.
#![allow(missing_docs, clippy::string_slice, clippy::unwrap_used)]

#[path = "extraction/hostile.rs"]
mod hostile;

use dictum::extract::Extractor;
use dictum::extract::record::Record;
use dictum::model::{Extraction, IsoDate, Layout, QuoteKind, Span, Stated, Statement};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

/// One marked-up case, taken apart.
#[derive(Default)]
struct Case {
    name: String,
    text: String,
    known_wrong: bool,
    quotes: BTreeMap<u32, Expected>,
}

#[derive(Default)]
struct Expected {
    kind: String,
    content: Vec<String>,
    source: Vec<String>,
    cue: Vec<String>,
    speaker: Option<String>,
}

fn cases(file: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut bodies: Vec<String> = Vec::new();
    for line in file.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            out.push(Case {
                name: name.to_owned(),
                ..Case::default()
            });
            bodies.push(String::new());
        } else if let Some(speaker) = line.strip_prefix("> ") {
            let (number, name) = speaker.split_once(' ').unwrap();
            let case = out.last_mut().unwrap();
            case.quotes
                .entry(number.parse().unwrap())
                .or_default()
                .speaker = Some(name.to_owned());
        } else if line.starts_with("! ") {
            out.last_mut().unwrap().known_wrong = true;
        } else if let Some(body) = bodies.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    for (case, body) in out.iter_mut().zip(bodies) {
        markup(body.trim(), case);
    }
    out
}

/// Strips `[d1 ...]` from `body` into the case's text and expectations.
fn markup(body: &str, case: &mut Case) {
    let mut rest = body;
    while let Some(open) = rest.find('[') {
        case.text.push_str(&rest[..open]);
        let close = open + rest[open..].find(']').unwrap();
        let (tag, words) = rest[open + 1..close].split_once(' ').unwrap();
        case.text.push_str(words);
        for number in tag[1..].split(',') {
            let quote = case.quotes.entry(number.parse().unwrap()).or_default();
            match &tag[..1] {
                "s" => quote.source.push(words.to_owned()),
                "c" => quote.cue.push(words.to_owned()),
                kind => {
                    quote.kind = match kind {
                        "d" => "direct",
                        "m" => "mixed",
                        "i" => "indirect",
                        _ => "scare",
                    }
                    .to_owned();
                    quote.content.push(words.to_owned());
                }
            }
        }
        rest = &rest[close + 1..];
    }
    case.text.push_str(rest);
}

fn words(text: &str, spans: &[Span]) -> Vec<String> {
    spans.iter().map(|s| s.of(text).to_owned()).collect()
}

#[test]
fn hard_cases_of_quotation() {
    let mut wrong = Vec::new();
    let all = cases(include_str!("fixtures/quotes.txt"));
    assert!(all.len() >= 15);
    for case in &all {
        let before = wrong.len();
        let statement = Statement::new("case", &case.text);
        let found = EXTRACTOR.extract(&statement);
        let mut left: Vec<_> = found.quotes.iter().collect();
        for (number, expected) in &case.quotes {
            let place = left.iter().position(|q| {
                let close = |found: &[Span], wanted: &[String]| words(&case.text, found) == wanted;
                q.kind.name() == expected.kind
                    && close(&q.content, &expected.content)
                    && close(&q.source, &expected.source)
                    && close(&q.cue, &expected.cue)
            });
            let Some(place) = place else {
                wrong.push(format!("{}: quote {number} not found", case.name));
                continue;
            };
            let quote = left.remove(place);
            if let Some(name) = &expected.speaker {
                let resolved = quote.speaker.as_ref().map_or("-", |s| s.name.as_str());
                if resolved != name {
                    wrong.push(format!("{}: speaker of {number} is {resolved}", case.name));
                }
            }
        }
        for extra in left {
            wrong.push(format!(
                "{}: also found {} {:?} by {:?} cue {:?}",
                case.name,
                extra.kind.name(),
                words(&case.text, &extra.content),
                words(&case.text, &extra.source),
                words(&case.text, &extra.cue),
            ));
        }
        if case.known_wrong {
            let still = wrong.len() > before;
            wrong.truncate(before);
            if !still {
                wrong.push(format!("{}: right now, take its `!` away", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn claims_have_their_type_polarity_and_modality() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for block in include_str!("fixtures/claims.txt").split("\n\n") {
        let (expected, text): (Vec<&str>, Vec<&str>) = block
            .lines()
            .filter(|l| !l.starts_with('#'))
            .partition(|l| l.starts_with("> "));
        let text = text.join("\n");
        if text.trim().is_empty() {
            continue;
        }
        seen += 1;
        // "We met." twice makes it one voice; it is left out below.
        let body = format!("We met. We met. {text}\n");
        let found: Vec<String> = EXTRACTOR
            .extract(&Statement::new("case", &body))
            .claims
            .iter()
            .filter(|c| c.span.of(&body) != "We met")
            .map(|c| {
                format!(
                    "> {} {} {}: {}",
                    c.kind.name(),
                    c.polarity.name(),
                    c.modality.name(),
                    c.span.of(&body)
                )
            })
            .collect();
        if found != expected {
            wrong.push(format!("{expected:#?}\nfound {found:#?}"));
        }
    }
    assert!(seen > 12);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The bundled statement 00, with the header a loader would set.
fn first_statement() -> Statement {
    let text = include_str!("../assets/sample/00-mofcom-export-controls.txt");
    let mut statement = Statement::new("00", text);
    statement.date = IsoDate::new("2025-10-12").map(Stated::given);
    statement.header = text.find("-- ").map(|at| Span::new(0, at + 3));
    statement
}

#[test]
fn the_first_statement_has_its_direct_quotes_speakers_and_claims() {
    let statement = first_statement();
    let found = EXTRACTOR.extract(&statement);
    assert_eq!(found.layout, Layout::Narrative);
    let direct: Vec<_> = found
        .quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Direct)
        .flat_map(|q| q.content.iter().map(move |s| (*s, q)))
        .map(|(s, q)| (statement.words(s), q))
        .collect();
    let marked: Vec<&str> = statement.body.split('"').skip(1).step_by(2).collect();
    assert_eq!(direct.iter().map(|(w, _)| *w).collect::<Vec<_>>(), marked);
    assert_eq!(marked.len(), 4);
    for (_, quote) in &direct {
        let speaker = quote.speaker.as_ref().unwrap();
        assert_eq!(speaker.name, "spokesperson for China's commerce ministry");
        assert_eq!(speaker.on_behalf_of.as_deref(), Some("China"));
    }
    assert!((14..=18).contains(&found.claims.len()));
    let header = statement.header.unwrap();
    assert!(found.claims.iter().all(|c| !c.span.overlaps(header)));
}

#[test]
fn turns_of_a_transcript_are_their_speakers() {
    let text = "Ned Price, Department Spokesperson\n\n2:08 p.m. EDT\n\nMR PRICE: Good afternoon.\n\nThe talks went well.\n\nQUESTION: Did they?\n\nMR PRICE: They did.\n\n(The briefing was concluded.)\n";
    let found = EXTRACTOR.extract(&Statement::new("t", text));
    assert_eq!(found.layout, Layout::Transcript);
    let turns: Vec<_> = found
        .quotes
        .iter()
        .map(|q| {
            (
                q.speaker.as_ref().map(|s| s.name.as_str()),
                words(text, &q.content),
            )
        })
        .collect();
    let own = |w: &[&str]| w.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        turns,
        [
            (
                Some("Ned Price"),
                own(&["Good afternoon.", "The talks went well."])
            ),
            (None, own(&["Did they?"])),
            (Some("Ned Price"), own(&["They did."])),
        ]
    );
}

#[test]
fn the_first_person_is_the_issuer() {
    let text = "We welcome the accord. We urge both sides to open the road, and we will send aid to the valley. Our thanks go to the mediators.";
    let mut statement = Statement::new("t", text);
    statement.source = Some(Stated::given("Ministry of Roads".to_owned()));
    let found = EXTRACTOR.extract(&statement);
    assert_eq!(found.layout, Layout::OneVoice);
    assert_eq!(found.quotes, []);
    let types: Vec<_> = found.claims.iter().map(|c| c.kind.name()).collect();
    assert_eq!(types, ["position", "demand", "commitment", "expressive"]);
    for claim in &found.claims {
        assert_eq!(claim.speaker.as_ref().unwrap().name, "Ministry of Roads");
    }
}

#[test]
fn the_record_counts_code_points() {
    let text = "« Ça va — où ? » “Où est-ce ?” demanda. “It is over,” Zoë said.";
    let statement = Statement::new("é", text);
    let id = "é".into();
    let record = Record::of(&EXTRACTOR, &id, &statement);
    let value = serde_json::to_value(record).unwrap();
    let points: Vec<char> = text.chars().collect();
    let last = value["quotes"].as_array().unwrap().last().unwrap();
    let span: Vec<usize> = serde_json::from_value(last["content"][0].clone()).unwrap();
    let words: String = points[span[0]..span[1]].iter().collect();
    assert_eq!(words, "It is over,");
    assert_eq!(last["speaker"], "Zoë");
}

/// What must hold of any extraction of any text.
fn promises(statement: &Statement, found: &Extraction) -> Result<(), TestCaseError> {
    let body = &statement.body;
    let sound = |span: Span| body.get(span.range()).is_some_and(|w| !w.is_empty());
    let mut last = 0;
    for (n, quote) in found.quotes.iter().enumerate() {
        prop_assert_eq!(quote.id as usize, n + 1);
        prop_assert!(!quote.content.is_empty());
        for span in quote.content.iter().chain(&quote.source).chain(&quote.cue) {
            prop_assert!(sound(*span), "{:?}", span);
        }
        prop_assert!(quote.content.windows(2).all(|w| w[0].end <= w[1].start));
        prop_assert!(quote.extent().start >= last);
        last = quote.extent().start;
        prop_assert!((0.0..=1.0).contains(&quote.confidence));
        prop_assert!(quote.continues.is_none_or(|c| c < quote.id && c > 0));
        if let Some(mention) = quote.speaker.as_ref().and_then(|s| s.mention) {
            prop_assert!(sound(mention));
        }
        if quote.kind == QuoteKind::Direct && found.layout != Layout::Transcript {
            for span in &quote.content {
                let before = body[..span.begin()].trim_end();
                prop_assert!(
                    before.ends_with([
                        '"', '“', '”', '\'', '’', '‘', '`', '«', '»', '„', '‟', '「', '『', '‚',
                        '‹'
                    ]),
                    "{:?} in {:?}",
                    span.of(body),
                    body
                );
            }
        }
    }
    let mut last = 0;
    for (n, claim) in found.claims.iter().enumerate() {
        prop_assert_eq!(claim.id as usize, n + 1);
        prop_assert!(sound(claim.span) && claim.span.start >= last);
        last = claim.span.start;
        let parts = claim.claimant.iter().chain(&claim.cue).chain(&claim.target);
        prop_assert!(parts.into_iter().all(|s| sound(*s)));
        for inner in claim
            .numbers
            .iter()
            .map(|n| n.span)
            .chain(claim.dates.iter().map(|d| d.span))
            .chain(claim.atoms.iter().copied())
        {
            prop_assert!(sound(inner) && claim.span.contains(inner));
        }
        prop_assert!(claim.quote.is_none_or(|q| found.quote(q).is_some()));
    }
    Ok(())
}

#[test]
fn promises_hold_for_the_bundled_texts() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        if let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) {
            let statement = Statement::new("s", &text);
            promises(&statement, &EXTRACTOR.extract(&statement)).unwrap();
            seen += 1;
        }
    }
    assert!(seen > 15);
}

#[test]
fn statements_extracted_together_give_what_each_gives_alone() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let texts = std::fs::read_dir(folder).unwrap();
    let texts = texts.filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok());
    let mut statements: Vec<Statement> = texts.map(|text| Statement::new("s", &text)).collect();
    statements.insert(1, Statement::new("empty", ""));
    // One by itself more than are taken together, one turn after the other in another.
    statements.insert(
        3,
        Statement::new("long", &"She said that it holds. ".repeat(4000)),
    );
    statements.push(Statement::new(
        "turns",
        "MR. PRICE: We agree.\n\nQUESTION: On what?\n\nMR. PRICE: On that.\n\nQUESTION: And now?",
    ));
    let bytes: usize = statements.iter().map(|s| s.body.len()).sum();
    assert!(bytes > 2 * dictum::extract::BYTES_TOGETHER);
    let all: Vec<&Statement> = statements.iter().collect();
    let together = EXTRACTOR.extract_all(&all);
    let layouts: BTreeSet<&str> = together.iter().map(|(e, _)| e.layout.name()).collect();
    assert_eq!(layouts.len(), 3, "{layouts:?}");
    let alone: Vec<_> = all
        .iter()
        .map(|s| EXTRACTOR.extract_with_reason(s))
        .collect();
    assert_eq!(together, alone);
    assert_eq!(EXTRACTOR.extract_all(&[]), []);
}

#[test]
fn memory_is_asked_for_by_the_quote_and_not_by_the_word() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let (mut words, mut asked) = (0u64, 0u64);
    for entry in std::fs::read_dir(folder).unwrap() {
        let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) else {
            continue;
        };
        let statement = Statement::new("s", &text);
        // The patterns make themselves ready over the first texts.
        drop(EXTRACTOR.extract(&statement));
        let memory = allocation_counter::measure(|| drop(EXTRACTOR.extract(&statement)));
        asked += memory.count_total;
        dictum::text::words::for_each_word(&text, |_, _| words += 1);
    }
    println!("{asked} times for {words} words");
    assert!(asked < words * 3 / 2, "{asked} times for {words} words");
}

/// Of no text a step begins again and again. How long each takes is told by `benches/extraction.rs`.
#[test]
fn long_and_hostile_texts_come_to_an_end() {
    let sentence = "\"It holds,\" said Ms. Okafor, adding that the others would agree; and they, he said (again) ";
    let text = sentence.repeat(2300);
    assert!(text.len() > 200_000);
    let found = EXTRACTOR.extract(&Statement::new("long", &text));
    assert!(!found.quotes.is_empty());
    for part in hostile::PARTS {
        let text = part.repeat(200_000 / part.len());
        let found = EXTRACTOR.extract(&Statement::new("long", &text));
        assert!(found.quotes.len() <= text.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn promises_hold_for_any_text(text in "\\PC{0,200}") {
        let statement = Statement::new("p", &text);
        promises(&statement, &EXTRACTOR.extract(&statement))?;
    }

    #[test]
    fn promises_hold_for_text_that_looks_like_news(parts in proptest::collection::vec(prop::sample::select(vec![
        "\"", "“", "”", "'", "''", "‘", "’", "«", "»", ", ", ". ", "\n\n", "\n", " said ", "Ms. Okafor", " the minister ", " that ", "it rained", "according to ",
        " who ", "adding", " urged ", "MR PRICE: ", "Q: ", " and ", ": ", "; ", "China's ", "(", ")", "「", "」", "é", "\u{202e}", " on Monday ", " 100 percent ", "We ", "?", "!",
    ]), 0..40)) {
        let text: String = parts.concat();
        let statement = Statement::new("p", &text);
        let found = EXTRACTOR.extract(&statement);
        promises(&statement, &found)?;
        prop_assert_eq!(EXTRACTOR.extract(&statement), found);
    }
}

#[test]
fn a_long_speech_that_is_mostly_about_the_world_was_read_as_a_report() {
    let world = "The dispute over the border has lasted for years, and the talks brought the parties no nearer \
                 to peace. The Security Council declared that the talks had failed. "
        .repeat(8);
    let layout = |spoken: usize| {
        let paragraph = |n: usize| {
            format!(
                "{}{world}\n\n",
                if n < spoken { "We deplore it. " } else { "" }
            )
        };
        let text: String = (0..16).map(paragraph).collect();
        EXTRACTOR.extract(&Statement::new("x", &text)).layout
    };
    assert_eq!(layout(16), Layout::OneVoice);
    // A slip of a writer, or what is left of a quotation.
    assert_eq!(layout(4), Layout::Narrative);
}

#[test]
fn the_credit_of_a_picture_was_a_speaker() {
    let text = "The group played in Berlin on Monday.\n\nImage: Nicholas Moreau.\n\nThe mayor, Anna Schmidt, said, \
                \"We are glad that they came to our city.\"\n\nPhoto: Jane Roe.\n\nImage: C. Suthorn.";
    let found = EXTRACTOR.extract(&Statement::new("picture", text));
    let speakers: Vec<_> = found.attributed().map(|q| q.speaker.as_ref()).collect();
    let names: Vec<_> = speakers.into_iter().flatten().map(|s| &*s.name).collect();
    assert_eq!(names, ["Anna Schmidt"]);
}
