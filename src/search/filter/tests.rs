//! The filter against a plain one, which looks at every row for each pattern.

use super::*;
use crate::text::Span;
use crate::text::fold::fold;
use proptest::prelude::*;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};

const NEVER: &(dyn Fn() -> bool + Sync) = &|| false;

/// The rules as they read: every row is matched with its places; words held whole go before letters here and there.
fn plainly(rows: &[FilterRow], pattern: &str) -> Vec<u32> {
    let fuzzy = Fuzzy::new(pattern);
    let mut passed = Vec::new();
    for (n, row) in (0..).zip(rows) {
        let Some(hit) = fuzzy.find(&row.whole) else {
            continue;
        };
        let inside = Span::new(0, row.text);
        let in_text = hit.spans.iter().any(|span| inside.contains(*span));
        passed.push((hit.score + i64::from(in_text) * 8, n));
    }
    let words = fold(pattern);
    let holds = |n: u32| {
        let whole = fold(&rows[n as usize].whole);
        words.split_whitespace().all(|word| whole.contains(word))
    };
    let holding: HashSet<u32> = passed
        .iter()
        .map(|(_, n)| *n)
        .filter(|n| holds(*n))
        .collect();
    if !holding.is_empty() {
        passed.retain(|(_, n)| holding.contains(n));
    }
    passed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    passed.into_iter().map(|(_, n)| n).collect()
}

fn row(text: &str, beside: &str) -> FilterRow {
    FilterRow {
        whole: format!("{text} {beside}"),
        text: text.len(),
    }
}

/// The pattern after each key: letters, and `<` for one that is taken back.
fn typed(keys: &str) -> impl Iterator<Item = String> {
    let mut pattern = String::new();
    keys.chars().map(move |key| {
        match key {
            '<' => drop(pattern.pop()),
            key => pattern.push(key),
        }
        pattern.clone()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn typed_on_and_taken_back_it_passes_what_a_plain_filter_passes(
        texts in proptest::collection::vec(("[abÉß .]{0,9}", "[abe .1]{0,9}"), 1..30),
        long in 0usize..300,
        times in 1usize..80,
        keys in "[abés .<]{1,12}",
    ) {
        let mut rows: Vec<FilterRow> = texts.iter().map(|(t, b)| row(t, b)).collect();
        // One that is matched on its beginning only, within its text or behind it.
        rows.push(row("b", &format!("{}ébe", "a".repeat(long))));
        rows.push(row(&format!("{}És", "b".repeat(long)), "ab"));
        // Enough of them that several threads take part.
        let rows: Vec<FilterRow> = rows.iter().cycle().take(rows.len() * times).cloned().collect();
        let mut filter = Filter::default();
        filter.read(rows.len(), &|n| rows[n].clone(), NEVER).unwrap();
        for pattern in typed(&keys) {
            prop_assert_eq!(filter.passing(&pattern, NEVER).unwrap(), plainly(&rows, &pattern), "{}", pattern);
        }
    }
}

#[test]
fn what_was_stopped_goes_on_where_it_was() {
    let asked = AtomicUsize::new(0);
    let rows = 3 * ROUND * CHUNK;
    let read = |n: usize| {
        asked.fetch_add(1, Ordering::Relaxed);
        row(&format!("row {n}"), "")
    };
    let mut filter = Filter::default();
    let enough = || asked.load(Ordering::Relaxed) > 0;
    assert!(filter.read(rows, &read, &enough).is_none());
    assert_eq!(asked.load(Ordering::Relaxed), ROUND * CHUNK);
    filter.read(rows, &read, NEVER).unwrap();
    filter.read(rows, &read, NEVER).unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), rows, "each row once");
    assert_eq!(filter.passing("row", &|| true), None);
    let last = format!("row {}", rows - 1);
    assert_eq!(filter.passing(&last, NEVER), Some(vec![rows as u32 - 1]));
}
