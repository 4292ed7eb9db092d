//! The words around a stretch of text, cut between words. Must not alter what it cuts from.

use super::Span;

/// The text from byte `from` up to `at`, without the rest of a word that `from` cuts through. Where
/// nothing but that word stands there (or the script has no spaces) it is kept.
#[must_use]
pub fn before(text: &str, from: usize, at: usize) -> Span {
    let span = Span::new(from, at);
    let inside = span.of(text);
    let head = text.get(..from).unwrap_or("");
    let cut = word_at_end(head) && inside.starts_with(char::is_alphanumeric);
    let skipped = if cut {
        inside.find(char::is_whitespace).unwrap_or(0)
    } else {
        0
    };
    let rest = inside.get(skipped..).unwrap_or("").trim_start();
    if rest.is_empty() {
        return span;
    }
    Span::new(at - rest.len(), at)
}

/// The text from byte `at` up to `to`, without the beginning of a word that `to` cuts through.
#[must_use]
pub fn after(text: &str, at: usize, to: usize) -> Span {
    let span = Span::new(at, to);
    let inside = span.of(text);
    let tail = text.get(to..).unwrap_or("");
    let kept = if word_at_end(inside) && tail.starts_with(char::is_alphanumeric) {
        inside.rfind(char::is_whitespace).unwrap_or(inside.len())
    } else {
        inside.len()
    };
    let rest = inside.get(..kept).unwrap_or("").trim_end();
    if rest.is_empty() {
        return span;
    }
    Span::new(at, at + rest.len())
}

fn word_at_end(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_words_around_a_passage_were_cut_inside_words() {
        let text = "China's commerce ministry on Sunday defended the measures taken";
        assert_eq!(before(text, 11, 29).of(text), "ministry on ");
        assert_eq!(before(text, 9, 29).of(text), "ministry on ");
        assert_eq!(before(text, 8, 29).of(text), "commerce ministry on ");
        assert_eq!(after(text, 35, 60).of(text), " defended the measures");
        assert_eq!(
            after(text, 35, text.len()).of(text),
            " defended the measures taken"
        );
        // A word longer than what is looked at, and a script without spaces, are cut as they are.
        assert_eq!(before("abcdefgh", 3, 8).of("abcdefgh"), "defgh");
        assert_eq!(
            after("中国商务部发言人", 6, 15).of("中国商务部发言人"),
            "商务部"
        );
    }

    proptest! {
        #[test]
        fn what_is_kept_touches_the_passage(text in "[a é中\n.]{0,40}", a in 0usize..60, b in 0usize..60) {
            let bound = |n: usize| (0..=n.min(text.len())).rev().find(|n| text.is_char_boundary(*n)).unwrap();
            let (from, to) = (bound(a.min(b)), bound(a.max(b)));
            let (front, back) = (before(&text, from, to), after(&text, from, to));
            prop_assert!(front.finish() == to && front.begin() >= from);
            prop_assert!(back.begin() == from && back.finish() <= to);
        }
    }
}
