//! The set and the order of results against a plain reading of the texts: every statement is scored by
//! the formulas of `search::rank` with no index, over random statements and queries, and over random
//! quotes, claims and speakers of them.
#![allow(missing_docs, clippy::unwrap_used, clippy::string_slice)]

use dictum::extract::Extractor;
use dictum::model::{Extraction, QuoteKind, Resolved, Span, Speaker, Stated, Statement};
use dictum::query::parse;
use dictum::search::{Typed, search};
use dictum::store::{Snapshot, Store};
use dictum::text::words::words;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// One text of a query: its words; the last may be a beginning.
#[derive(Clone, Debug)]
struct Asked {
    words: Vec<String>,
    prefix: bool,
}

struct Read {
    title: Vec<String>,
    body: Vec<String>,
}

fn plain(text: &str) -> Vec<String> {
    words(text).into_iter().map(|(word, _)| word).collect()
}

impl Asked {
    /// 2 for the word itself, 1 for a longer one, 0 for another.
    fn how(&self, n: usize, word: &str) -> u8 {
        let wanted = &self.words[n];
        let longer = self.prefix && n + 1 == self.words.len() && word.starts_with(wanted.as_str());
        if word == wanted { 2 } else { u8::from(longer) }
    }

    /// Occurrences of the words themselves, and whether there are others.
    fn count(&self, row: &[String]) -> (f64, bool) {
        let (mut exact, mut longer) = (0.0, false);
        for place in row.windows(self.words.len()) {
            let worst = (0..place.len()).map(|n| self.how(n, &place[n])).min();
            match worst {
                Some(2) => exact += 1.0,
                Some(1) => longer = true,
                _ => {}
            }
        }
        (exact, longer)
    }
}

/// What a text weighs: the rarer its words, the more.
fn weight(text: &Asked, read: &[Read]) -> f64 {
    let statements = read.len() as f64;
    let holding = |fits: &dyn Fn(&str) -> bool| -> f64 {
        let vocabulary: BTreeSet<(usize, &String)> = read
            .iter()
            .enumerate()
            .flat_map(|(n, r)| r.title.iter().chain(&r.body).map(move |word| (n, word)))
            .filter(|(_, word)| fits(word))
            .collect();
        (vocabulary.len() as f64).min(statements)
    };
    let words = (0..text.words.len()).map(|n| {
        let held = holding(&|word| text.how(n, word) > 0);
        (1.0 + (statements - held + 0.5) / (held + 0.5)).ln()
    });
    words.sum()
}

fn saturated(count: f64, length: f64) -> f64 {
    count * 2.2 / (count + 1.2 * length)
}

/// What a statement is worth; `None` when it does not match.
fn score(asked: &[Asked], read: &[Read], doc: usize, nearness: bool) -> Option<f64> {
    let all: usize = read.iter().map(|r| r.title.len() + r.body.len()).sum();
    let average = (all as f64 / read.len() as f64).max(1.0);
    let this = &read[doc];
    let (mut total, mut weights) = (0.0, 0.0);
    for text in asked {
        let weight = weight(text, read);
        weights += weight;
        let (exact, longer) = text.count(&this.body);
        let body = if exact > 0.0 {
            exact
        } else if longer {
            0.4
        } else {
            0.0
        };
        let (exact, longer) = text.count(&this.title);
        let title = if exact > 0.0 {
            1.0
        } else if longer {
            0.4
        } else {
            0.0
        };
        if body + title == 0.0 {
            return None;
        }
        let length = 0.25 + 0.75 * this.body.len() as f64 / average;
        total += weight * (saturated(body, length) + 3.0 * saturated(title, 1.0));
    }
    let terms: Vec<(&Asked, usize)> = asked
        .iter()
        .flat_map(|text| (0..text.words.len()).map(move |n| (text, n)))
        .collect();
    if nearness && terms.len() > 1 {
        let windows = (0..this.body.len()).filter_map(|end| {
            let last: Option<Vec<usize>> = terms
                .iter()
                .map(|(text, n)| (0..=end).rev().find(|&at| text.how(*n, &this.body[at]) > 0))
                .collect();
            let last = last?;
            let first = *last.iter().min()?;
            let met = terms
                .iter()
                .any(|(text, n)| text.how(*n, &this.body[end]) > 0);
            (met && end - first < 24).then(|| (end - first + 1, !last.is_sorted()))
        });
        if let Some((window, out_of_order)) = windows.min() {
            let order = if out_of_order { 0.7 } else { 1.0 };
            total += 1.5 * weights * order * terms.len() as f64 / window as f64;
        }
    }
    Some(total)
}

/// What is said in a statement: quotes by their first and last word (which of them are nobody's), claims
/// likewise, and who is quoted or claims.
#[derive(Clone, Debug, Default)]
struct Said {
    quotes: Vec<(usize, usize, bool)>,
    claims: Vec<(usize, usize)>,
    speakers: Vec<String>,
}

impl Said {
    /// What it adds.
    fn adds(&self, asked: &[Asked], read: &[Read], doc: usize) -> f64 {
        let row = &read[doc].body;
        let quotes: Vec<(usize, usize)> = self
            .quotes
            .iter()
            .filter(|(.., scare)| !scare)
            .map(|(first, last, _)| (*first, *last))
            .collect();
        let texts = asked.iter().map(|text| {
            let places = row.windows(text.words.len()).enumerate();
            let places: Vec<(usize, u8)> = places
                .map(|(at, place)| {
                    let hows = (0..place.len()).map(|n| text.how(n, &place[n]));
                    (at, hows.min().unwrap())
                })
                .filter(|(_, how)| *how > 0)
                .take(12)
                .collect();
            let inside = |spans: &[(usize, usize)]| -> f64 {
                let inside = places.iter().filter(|(at, _)| {
                    let last = at + text.words.len() - 1;
                    spans.iter().any(|span| span.0 <= *at && last <= span.1)
                });
                let exact = inside.clone().filter(|(_, how)| *how == 2).count();
                match (exact, inside.count()) {
                    (0, 0) => 0.0,
                    (0, _) => 0.4,
                    (exact, _) => exact as f64,
                }
            };
            // All quotes are of all speakers, so that a single one that counts is enough.
            let said = !quotes.is_empty() || !self.claims.is_empty();
            let names: Vec<String> = self.speakers.iter().flat_map(|name| plain(name)).collect();
            let named = (0..text.words.len()).map(|n| {
                let hows = names.iter().map(|name| text.how(n, name));
                hows.max().unwrap_or(0)
            });
            let speaks = match named.min() {
                Some(2) if said => 1.0,
                Some(1) if said => 0.4,
                _ => 0.0,
            };
            let quoted = 0.25 * saturated(inside(&quotes), 1.0);
            let claimed = 0.5 * saturated(inside(&self.claims), 1.0);
            weight(text, read) * (quoted + claimed + 0.2 * speaks)
        });
        texts.sum()
    }

    /// The same as it would have been extracted from `body`, whose words are parted by single spaces.
    fn extraction(&self, body: &str) -> Extraction {
        let mut starts = vec![0];
        starts.extend(body.match_indices(' ').map(|(at, _)| at + 1));
        let span = |first: usize, last: usize| {
            let end = starts.get(last + 1).map_or(body.len(), |next| next - 1);
            Span::new(starts[first], end)
        };
        let mut extraction = PATTERN.clone();
        let (quote, claim) = (extraction.quotes[0].clone(), extraction.claims[0].clone());
        extraction.quotes.clear();
        extraction.claims.clear();
        let speakers: Vec<Option<Speaker>> = if self.speakers.is_empty() {
            vec![None]
        } else {
            let speaker = |name: &String| Speaker {
                name: name.clone(),
                mention: None,
                how: Resolved::AsWritten,
                on_behalf_of: None,
            };
            self.speakers
                .iter()
                .map(|name| Some(speaker(name)))
                .collect()
        };
        for speaker in speakers {
            for (first, last, scare) in &self.quotes {
                let mut quote = quote.clone();
                quote.content = vec![span(*first, *last)];
                quote.kind = if *scare {
                    QuoteKind::Scare
                } else {
                    QuoteKind::Direct
                };
                quote.speaker = speaker.clone();
                extraction.quotes.push(quote);
            }
            for (first, last) in &self.claims {
                let mut claim = claim.clone();
                claim.span = span(*first, *last);
                claim.speaker = speaker.clone();
                extraction.claims.push(claim);
            }
        }
        extraction
    }
}

/// A quote and a claim, to make others of.
static PATTERN: LazyLock<Extraction> = LazyLock::new(|| {
    let pattern = Statement::new("p", "\"Prices rose by a tenth,\" the minister said.");
    Extractor::new().extract(&pattern)
});

/// Words by number, some of which a body of few words has not.
fn said() -> impl Strategy<Value = Said> {
    let stretch = || (0..41_usize, 0..9_usize);
    let quotes = prop::collection::vec((stretch(), prop::bool::weighted(0.2)), 0..4);
    let claims = prop::collection::vec(stretch(), 0..4);
    let speakers = prop::collection::vec("[abc]{1,3}( [abc]{1,3})?", 0..3);
    (quotes, claims, speakers).prop_map(|(quotes, claims, speakers)| Said {
        quotes: quotes
            .into_iter()
            .map(|((at, more), scare)| (at, at + more, scare))
            .collect(),
        claims: claims
            .into_iter()
            .map(|(at, more)| (at, at + more))
            .collect(),
        speakers,
    })
}

/// Words of at most three letters, so that none is taken for a slip.
fn asked() -> impl Strategy<Value = Vec<Asked>> {
    let text = prop::collection::vec("[abc]{1,3}", 1..3);
    prop::collection::vec(text, 1..4).prop_map(|texts| {
        let last = texts.len() - 1;
        let asked = texts.into_iter().enumerate().map(|(n, words)| Asked {
            // Only the last word of the line may be a beginning, and only when it stands alone.
            prefix: n == last && words.len() == 1,
            words,
        });
        asked.collect()
    })
}

fn line(asked: &[Asked]) -> String {
    let line: Vec<String> = asked
        .iter()
        .map(|text| match text.words.as_slice() {
            [word] => word.clone(),
            words => format!("\"{}\"", words.join(" ")),
        })
        .collect();
    line.join(" ")
}

fn loaded(texts: &[(String, String)]) -> (Snapshot, Vec<Read>) {
    let statements = texts.iter().enumerate().map(|(n, (title, body))| {
        let mut statement = Statement::new(&n.to_string(), body);
        statement.title = Stated::given(title.clone());
        statement
    });
    let read = texts.iter().map(|(title, body)| Read {
        title: plain(title),
        body: plain(body),
    });
    (Store::of(statements.collect()).snapshot(), read.collect())
}

/// The results are the statements that are worth something, by what they are worth.
fn holds(
    snapshot: &Snapshot,
    line: &str,
    worth: impl Fn(usize) -> Option<f64>,
) -> Result<(), TestCaseError> {
    let results = search(snapshot, &parse(line).unwrap(), &|| false).unwrap();
    let found: Vec<usize> = results.found.iter().map(|f| f.doc).collect();
    let expected: BTreeSet<usize> = (0..snapshot.len())
        .filter(|&doc| worth(doc).is_some())
        .collect();
    prop_assert_eq!(&found.iter().copied().collect::<BTreeSet<_>>(), &expected);
    prop_assert_eq!(found.len(), expected.len());
    let scores: Vec<f64> = found.iter().map(|&doc| worth(doc).unwrap()).collect();
    for (found, score) in results.found.iter().zip(&scores) {
        let near = (f64::from(found.score) - score).abs() < 1e-3 * score.max(1.0);
        prop_assert!(near, "{} for {score}", found.score);
    }
    for (n, pair) in scores.windows(2).enumerate() {
        let tied = (pair[0] - pair[1]).abs() < 1e-4;
        prop_assert!(tied || pair[0] > pair[1], "{scores:?}");
        let same = results.found[n].score == results.found[n + 1].score;
        prop_assert!(!same || found[n] < found[n + 1]);
    }
    Ok(())
}

fn text() -> impl Strategy<Value = (String, String)> {
    (
        "[abc]{1,3}( [abc]{1,3}){0,3}",
        "[abc]{1,3}( [abcd]{1,3}){0,40}",
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn results_are_those_of_a_plain_reading_in_its_order(
        texts in prop::collection::vec(text(), 1..90),
        asked in asked(),
    ) {
        let (snapshot, read) = loaded(&texts);
        holds(&snapshot, &line(&asked), |doc| score(&asked, &read, doc, true))?;
    }

    #[test]
    fn what_is_said_puts_statements_forward(
        texts in prop::collection::vec((text(), said()), 1..32),
        asked in asked(),
    ) {
        let (texts, mut said): (Vec<_>, Vec<_>) = texts.into_iter().unzip();
        let (snapshot, read) = loaded(&texts);
        for (said, read) in said.iter_mut().zip(&read) {
            let words = read.body.len();
            said.quotes.retain(|(_, last, _)| *last < words);
            said.claims.retain(|(_, last)| *last < words);
        }
        let line = line(&asked);
        let plainly: Vec<Option<f64>> = (0..snapshot.len())
            .map(|doc| score(&asked, &read, doc, true))
            .collect();
        let put = |doc: usize| {
            let (segment, at) = snapshot.locate(doc).unwrap();
            segment.put(at, said[doc].extraction(&texts[doc].1));
        };
        let missing = plainly.iter().position(Option::is_some);
        (0..snapshot.len()).filter(|doc| Some(*doc) != missing).for_each(put);
        // While what is said in one is not known, none is put forward.
        let results = search(&snapshot, &parse(&line).unwrap(), &|| false).unwrap();
        prop_assert_eq!(results.unread, missing.into_iter().collect::<Vec<_>>());
        holds(&snapshot, &line, |doc| plainly[doc])?;
        missing.into_iter().for_each(put);
        holds(&snapshot, &line, |doc| Some(plainly[doc]? + said[doc].adds(&asked, &read, doc)))?;
    }
}

/// A line as it is typed, with words put in and taken back: every state of it.
fn typed() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        "[abc]{1,4}",
        "[ABC][abc]{0,2}",
        "\"[abc]{1,2}( [abcA]{1,3}){1,3}",
        "\"[abc]{1,2}( [abcA]{1,3}){1,3}\"(~2)?",
        "-[abc]{1,2}",
        "~abcd",
        "in:title",
    ];
    let pieces = prop::collection::vec((text, 0..3_usize), 1..5);
    pieces.prop_map(|pieces| {
        let (mut line, mut lines) = (String::new(), Vec::new());
        for (piece, back) in pieces {
            for letter in piece.chars() {
                line.push(letter);
                lines.push(line.clone());
            }
            if back == 2 {
                // Another line at once, as out of the history.
                line = piece.trim_start_matches('"').to_owned();
                lines.push(line.clone());
            }
            for _ in 0..back.min(line.len() - 1) {
                line.pop();
                lines.push(line.clone());
            }
            line.push(' ');
            lines.push(line.clone());
        }
        lines
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    /// Also where statements come in meanwhile, and where a letter is given up.
    #[test]
    fn a_line_that_is_typed_finds_what_it_finds_at_once(
        texts in prop::collection::vec(text(), 2..90),
        lines in typed(),
        late in 0..40_usize,
        given_up in 0..10_usize,
    ) {
        let (less, _) = loaded(&texts[..texts.len() / 2]);
        let (mut more, _) = loaded(&texts[texts.len() / 2..]);
        let mut all = less.clone();
        more.segments().for_each(|(_, segment)| all.push(segment.clone()));
        more = all;
        let mut typed = Typed::default();
        for (n, line) in lines.iter().enumerate() {
            let Ok(query) = parse(line) else { continue };
            let snapshot = if n < late { &less } else { &more };
            if n == given_up {
                prop_assert!(typed.search(snapshot, &query, &|| true).is_none());
                continue;
            }
            let found = typed.search(snapshot, &query, &|| false).unwrap().found;
            let expected = search(snapshot, &query, &|| false).unwrap().found;
            prop_assert_eq!(found, expected, "{}", line);
        }
    }
}

#[test]
fn a_word_that_stands_for_two_of_the_query_is_near_itself() {
    // The nearest stand behind the reach of the first place that is looked at.
    let body = format!("a a c b {}a b", "c ".repeat(24));
    let texts = [("t".to_owned(), body)];
    let (snapshot, read) = loaded(&texts);
    let asked = [
        Asked {
            words: vec!["a".to_owned(), "a".to_owned()],
            prefix: false,
        },
        Asked {
            words: vec!["b".to_owned()],
            prefix: true,
        },
    ];
    holds(&snapshot, &line(&asked), |doc| {
        score(&asked, &read, doc, true)
    })
    .unwrap();
}

#[test]
fn a_phrase_that_ends_the_last_statement_can_be_typed_on() {
    let texts = ["a b c", "a b"].map(|body| ("t".to_owned(), body.to_owned()));
    let (snapshot, _) = loaded(&texts);
    let mut typed = Typed::default();
    let mut found = |line| {
        let results = typed.search(&snapshot, &parse(line).unwrap(), &|| false);
        results.unwrap().found.len()
    };
    assert_eq!([found("\"a b "), found("\"a b c")], [2, 1]);
}

#[test]
fn a_line_out_of_the_history_is_not_taken_for_one_with_the_same_corrections() {
    let texts =
        ["abcd", "abef", "abcf abef", "abcd abcf"].map(|body| ("t".to_owned(), body.to_owned()));
    let (snapshot, _) = loaded(&texts);
    let mut typed = Typed::default();
    for line in [
        "~abcd \"abcd abef\"",
        "~abef \"abcd abef\"",
        "~abcd | ~abef",
    ] {
        let query = parse(line).unwrap();
        let found = typed.search(&snapshot, &query, &|| false).unwrap().found;
        assert_eq!(
            found,
            search(&snapshot, &query, &|| false).unwrap().found,
            "{line}"
        );
    }
}

/// As many statements, of which those named have a quote that holds the word.
fn all_alike(statements: usize, quoted: &[usize]) -> Snapshot {
    let texts = vec![("abc".to_owned(), "aa bb cc".to_owned()); statements];
    let (snapshot, _) = loaded(&texts);
    for (doc, (_, body)) in texts.iter().enumerate() {
        let mut said = Said::default();
        if quoted.contains(&doc) {
            said.quotes.push((0, 1, false));
        }
        let (segment, at) = snapshot.locate(doc).unwrap();
        segment.put(at, said.extraction(body));
    }
    snapshot
}

#[test]
fn only_the_best_matches_are_looked_at_for_what_is_said() {
    let snapshot = all_alike(80, &[3, 31, 32, 79]);
    let results = search(&snapshot, &parse("bb").unwrap(), &|| false).unwrap();
    let found: Vec<usize> = results.found.iter().map(|f| f.doc).collect();
    assert_eq!(found[..5], [3, 31, 0, 1, 2]);
    assert_eq!(found[31..34], [30, 32, 33]);
    assert_eq!(found[79], 79);
    assert!(results.unread.is_empty());
}
