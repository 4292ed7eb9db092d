//! Words as search sees them: the same cut for the text, the index and the query, so that what is
//! typed is what is found. Not the tokens of extraction, which keep punctuation (`tokens`).

use super::{Span, fold::fold_into};
use std::ops::ControlFlow;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Calls `each(folded word, its bytes in text)` for every word of `text`, in order.
///
/// Cut by Unicode word boundaries (UAX 29), then: a possessive `'s` is left off (`China's` is found
/// by `china`), dots inside an acronym are dropped (`U.S.` is found by `us`), case and accents are
/// folded. The word handed over is only valid during the call: no allocation a word.
pub fn for_each_word(text: &str, mut each: impl FnMut(&str, Span)) {
    for_words_until(text, |word, span| {
        each(word, span);
        ControlFlow::Continue(())
    });
}

/// The bytes of the `n`th word, counted from 0; reads the text no further.
#[must_use]
pub fn nth_word(text: &str, n: usize) -> Option<Span> {
    let (mut left, mut found) = (n, None);
    for_words_until(text, |_, span| {
        if left == 0 {
            found = Some(span);
            return ControlFlow::Break(());
        }
        left -= 1;
        ControlFlow::Continue(())
    });
    found
}

/// The same until `each` says to stop; what is behind is not read.
pub fn for_words_until(text: &str, mut each: impl FnMut(&str, Span) -> ControlFlow<()>) {
    let mut folded = String::new();
    let mut flow = ControlFlow::Continue(());
    let mut hand_over = |word: &str, at: usize, plain: bool, flow: &mut ControlFlow<()>| {
        if plain && flow.is_continue() {
            folded.clear();
            fold_into(word, &mut folded);
            *flow = each(&folded, Span::new(at, at + word.len()));
            return;
        }
        for (offset, part) in split_underscores(word) {
            if flow.is_break() {
                return;
            }
            let part = without_possessive(part);
            folded.clear();
            fold_into(part, &mut folded);
            if is_acronym(&folded) {
                folded.retain(|c| c != '.');
            }
            if !folded.is_empty() {
                let span = Span::new(at + offset, at + offset + part.len());
                *flow = each(&folded, span);
            }
        }
    };
    // No word crosses white space of ASCII, so each stretch between is cut by itself: nearly all are
    // ASCII, where the boundaries are a few comparisons of bytes.
    let mut from = 0;
    for stretch in text.as_bytes().split(u8::is_ascii_whitespace) {
        let (at, ascii) = (from, stretch.is_ascii());
        from += stretch.len() + 1;
        let Some(stretch) = text.get(at..at + stretch.len()) else {
            continue;
        };
        if ascii {
            for_each_ascii_word(stretch, |word, offset, plain| {
                hand_over(word, at + offset, plain, &mut flow);
            });
        } else {
            for (offset, word) in stretch.unicode_word_indices() {
                hand_over(word, at + offset, false, &mut flow);
            }
        }
        if flow.is_break() {
            return;
        }
    }
}

/// UAX 29 for ASCII without white space: letters, digits and `_` hold together; `.`, `:` and `'`
/// between two letters, `.`, `,`, `;` and `'` between two digits do too. What has no letter or
/// digit is no word. Tells of each word whether it is letters and digits alone, as nearly all are.
fn for_each_ascii_word(text: &str, mut each: impl FnMut(&str, usize, bool)) {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
    let holds = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut i = 0;
    while i < bytes.len() {
        if !holds(at(i)) {
            i += 1;
            continue;
        }
        let start = i;
        let (mut worded, mut plain) = (false, true);
        loop {
            while holds(at(i)) {
                let letter = at(i) != b'_';
                worded |= letter;
                plain &= letter;
                i += 1;
            }
            let (before, after) = (at(i - 1), at(i + 1));
            let joins = match at(i) {
                b'.' | b'\'' => {
                    (before.is_ascii_alphabetic() && after.is_ascii_alphabetic())
                        || (before.is_ascii_digit() && after.is_ascii_digit())
                }
                b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
                b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
                _ => false,
            };
            if !joins {
                break;
            }
            plain = false;
            i += 1;
        }
        if worded && let Some(word) = text.get(start..i) {
            each(word, start, plain);
        }
    }
}

/// The words of `text` with their bytes, collected; for short texts such as a query.
#[must_use]
pub fn words(text: &str) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    for_each_word(text, |word, span| out.push((word.to_owned(), span)));
    out
}

/// UAX 29 joins words over `_`; a reader of `trade_talks` looks for `talks`. Cut only before a letter
/// or digit that stands for itself, so that each part begins where a word could begin by itself.
fn split_underscores(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let begins = |at: &usize| {
        let mut rest = word.get(at + 1..).unwrap_or_default().chars();
        rest.next()
            .is_some_and(|c| c.is_alphanumeric() && !is_combining_mark(c))
    };
    let mut cuts = memchr::memchr_iter(b'_', word.as_bytes()).filter(begins);
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let cut = cuts.next();
        next = cut.map(|at| at + 1);
        Some((start, word.get(start..cut.unwrap_or(word.len()))?))
    })
    .filter_map(|(start, part)| {
        let part = part.trim_end_matches('_');
        (!part.is_empty()).then_some((start, part))
    })
}

/// `u.s`, `u.s.a`: single letters parted by dots; not `3.5`, not `example.org`.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_none_or(char::is_alphabetic) && letters.next().is_none()
        })
}

fn without_possessive(word: &str) -> &str {
    if !word.ends_with(['s', 'S']) {
        return word;
    }
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|s| word.strip_suffix(s))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same words by the library alone, over the text as a whole.
    fn plainly(text: &str) -> Vec<(String, Span)> {
        let mut out = Vec::new();
        for (at, word) in text.unicode_word_indices() {
            // White space with an accent on it is a word to the library: to nobody else.
            if word.starts_with(|c: char| c.is_ascii_whitespace()) {
                continue;
            }
            for (offset, part) in split_underscores(word) {
                let part = without_possessive(part);
                let mut folded = crate::text::fold::fold(part);
                if is_acronym(&folded) {
                    folded.retain(|c| c != '.');
                }
                if !folded.is_empty() {
                    let from = at + offset;
                    out.push((folded, Span::new(from, from + part.len())));
                }
            }
        }
        out
    }

    proptest! {
        #[test]
        fn the_short_way_cuts_as_unicode_does(text in "([a-cA-Z0-9_.:;,'\"’é\u{301}\u{200d}東か \\n\\t-]|\\PC){0,40}") {
            prop_assert_eq!(words(&text), plainly(&text));
        }
    }

    #[test]
    fn words_are_cut_as_a_reader_types_them() {
        let text = "China’s U.S.-led “trade_talks”, 3.5 percent";
        let found: Vec<_> = words(text)
            .into_iter()
            .map(|(w, s)| (w, s.of(text).to_owned()))
            .collect();
        let expected = [
            ("china", "China"),
            ("us", "U.S"),
            ("led", "led"),
            ("trade", "trade"),
            ("talks", "talks"),
            ("3.5", "3.5"),
            ("percent", "percent"),
        ];
        assert_eq!(found, expected.map(|(w, s)| (w.to_owned(), s.to_owned())));
    }
}
