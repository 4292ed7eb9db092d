//! Words as search sees them: the same cut for the text, the index and the query, so that what is
//! typed is what is found. Not the tokens of extraction, which keep punctuation (`tokens`).

use super::{Span, fold::fold_into};
use unicode_segmentation::UnicodeSegmentation;

/// Calls `each(folded word, its bytes in text)` for every word of `text`, in order.
///
/// Cut by Unicode word boundaries (UAX 29), then: a possessive `'s` is left off (`China's` is found
/// by `china`), dots inside an acronym are dropped (`U.S.` is found by `us`), case and accents are
/// folded. The word handed over is only valid during the call: no allocation a word.
pub fn for_each_word(text: &str, mut each: impl FnMut(&str, Span)) {
    let mut folded = String::new();
    for (at, word) in text.unicode_word_indices() {
        for (offset, part) in split_underscores(word) {
            let part = without_possessive(part);
            folded.clear();
            fold_into(part, &mut folded);
            if is_acronym(&folded) {
                folded.retain(|c| c != '.');
            }
            if !folded.is_empty() {
                each(&folded, Span::new(at + offset, at + offset + part.len()));
            }
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

/// UAX 29 joins words over `_`; a reader of `trade_talks` looks for `talks`.
fn split_underscores(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = word.as_ptr() as usize;
    word.split('_')
        .filter(|p| !p.is_empty())
        .map(move |p| (p.as_ptr() as usize - base, p))
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
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|s| word.strip_suffix(s))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

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
