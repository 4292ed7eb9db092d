//! Pure functions over text: spans, words, sentences, folding, wrapping, cleaning for a terminal.
//!
//! Knows nothing of statements, files or screens; every function depends on its arguments alone.

pub mod around;
pub mod fold;
mod form;
mod points;
pub mod sentences;
pub mod shown;
mod span;
pub mod tokens;
pub mod words;
pub mod wrap;

pub use form::Form;
pub use points::PointIndex;
pub use shown::Shown;
pub use span::Span;

/// White space made single, line breaks too, and none at the ends.
#[must_use]
pub fn single_spaced(text: &str) -> String {
    if is_single_spaced(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a text is so already, as most are; of one with wide blanks it is not said.
fn is_single_spaced(text: &str) -> bool {
    if has_wide_blank(text) {
        return false;
    }
    let plain = |byte: &u8| *byte > b' ' && *byte != 0x7F;
    let bytes = text.as_bytes();
    // All pairs are looked at, whatever the first ones are: so the machine can do many at once.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let odd = pairs.fold(false, |odd, (a, b)| {
        odd | !(plain(b) | (*b == b' ') & plain(a))
    });
    let ends = [bytes.first(), bytes.last()];
    !odd && ends.into_iter().flatten().all(plain)
}

/// How many words white space parts a text into.
#[must_use]
pub fn spaced_words(text: &str) -> usize {
    if has_wide_blank(text) {
        return text.split_whitespace().count();
    }
    let mut blank = true;
    let mut words = 0;
    for byte in text.bytes() {
        let before = blank;
        // As white space has it; of ASCII the language has none that counts a vertical tab.
        blank = matches!(byte, b' ' | b'\t'..=b'\r');
        words += usize::from(before && !blank);
    }
    words
}

/// Whether it holds white space beyond ASCII.
fn has_wide_blank(text: &str) -> bool {
    // The first bytes of all such; most characters that share one, as curly marks do, are none.
    let may_begin = |byte: &u8| matches!(byte, 0xC2 | 0xE1..=0xE3);
    let is_blank = |at: usize| {
        let first = text.get(at..).and_then(|rest| rest.chars().next());
        first.is_some_and(char::is_whitespace)
    };
    let mut bytes = text.bytes().enumerate();
    !text.is_ascii() && bytes.any(|(at, byte)| may_begin(&byte) && is_blank(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_counted_as_white_space_parts_them(text in "[a-z \t\n\x0b\x0c\r\x1c\u{85}\u{a0}\u{1680}\u{2003}\u{202f}\u{3000}é’あ]{0,20}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(spaced_words(&text), words.len());
            prop_assert_eq!(single_spaced(&text), words.join(" "));
            prop_assert_eq!(single_spaced(&words.join(" ")), words.join(" "));
        }
    }
}
