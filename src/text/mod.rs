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

/// Whether a text is so already, as most are; of one that is not ASCII it is not said.
fn is_single_spaced(text: &str) -> bool {
    let mut blank = true;
    for byte in text.bytes() {
        let plain = byte.is_ascii_graphic();
        if !plain && (blank || byte != b' ') {
            return false;
        }
        blank = !plain;
    }
    !blank || text.is_empty()
}

/// How many words white space parts a text into.
#[must_use]
pub fn spaced_words(text: &str) -> usize {
    if !text.is_ascii() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_counted_as_white_space_parts_them(text in "[a-z \t\n\x0b\x0c\r\x1c\u{a0}é]{0,20}") {
            prop_assert_eq!(spaced_words(&text), text.split_whitespace().count());
        }
    }
}
