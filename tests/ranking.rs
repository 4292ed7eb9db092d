//! The set and the order of results against a plain reading of the texts: every statement is scored by
//! the formulas of `search::rank` with no index, over random statements and queries.
#![allow(missing_docs, clippy::unwrap_used, clippy::string_slice)]

use dictum::model::{Stated, Statement};
use dictum::query::parse;
use dictum::search::search;
use dictum::store::Store;
use dictum::text::words::words;
use proptest::prelude::*;
use std::collections::BTreeSet;

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

/// What a statement is worth; `None` when it does not match.
fn score(asked: &[Asked], read: &[Read], doc: usize, nearness: bool) -> Option<f64> {
    let statements = read.len() as f64;
    let all: usize = read.iter().map(|r| r.title.len() + r.body.len()).sum();
    let average = (all as f64 / statements).max(1.0);
    let holding = |fits: &dyn Fn(&str) -> bool| -> f64 {
        let vocabulary: BTreeSet<(usize, &String)> = read
            .iter()
            .enumerate()
            .flat_map(|(n, r)| r.title.iter().chain(&r.body).map(move |word| (n, word)))
            .filter(|(_, word)| fits(word))
            .collect();
        (vocabulary.len() as f64).min(statements)
    };
    let this = &read[doc];
    let saturated = |count: f64, length: f64| count * 2.2 / (count + 1.2 * length);
    let (mut total, mut weights) = (0.0, 0.0);
    for text in asked {
        let weight: f64 = (0..text.words.len())
            .map(|n| {
                let held = holding(&|word| text.how(n, word) > 0);
                (1.0 + (statements - held + 0.5) / (held + 0.5)).ln()
            })
            .sum();
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn results_are_those_of_a_plain_reading_in_its_order(
        texts in prop::collection::vec(("[abc]{1,3}( [abc]{1,3}){0,3}", "[abc]{1,3}( [abcd]{1,3}){0,40}"), 1..90),
        asked in asked(),
    ) {
        let statements: Vec<Statement> = texts.iter().enumerate().map(|(n, (title, body))| {
            let mut statement = Statement::new(&n.to_string(), body);
            statement.title = Stated::given(title.clone());
            statement
        }).collect();
        let read: Vec<Read> = texts.iter().map(|(title, body)| Read {
            title: plain(title),
            body: plain(body),
        }).collect();
        let line: Vec<String> = asked.iter().map(|text| match text.words.as_slice() {
            [word] => word.clone(),
            words => format!("\"{}\"", words.join(" ")),
        }).collect();
        let query = parse(&line.join(" ")).unwrap();
        let snapshot = Store::of(statements).snapshot();
        let results = search(&snapshot, &query, &|| false).unwrap();
        let found: Vec<usize> = results.found.iter().map(|f| f.doc).collect();
        let expected: BTreeSet<usize> = (0..read.len()).filter(|&doc| score(&asked, &read, doc, true).is_some()).collect();
        prop_assert_eq!(&found.iter().copied().collect::<BTreeSet<_>>(), &expected);
        prop_assert_eq!(found.len(), expected.len());
        let scores: Vec<f64> = found.iter().map(|&doc| score(&asked, &read, doc, true).unwrap()).collect();
        for (found, score) in results.found.iter().zip(&scores) {
            prop_assert!((f64::from(found.score) - score).abs() < 1e-3 * score.max(1.0), "{} for {score}", found.score);
        }
        for (n, pair) in scores.windows(2).enumerate() {
            let tied = (pair[0] - pair[1]).abs() < 1e-4;
            prop_assert!(tied || pair[0] > pair[1], "{scores:?}");
            let same = results.found[n].score == results.found[n + 1].score;
            prop_assert!(!same || found[n] < found[n + 1]);
        }
    }
}
