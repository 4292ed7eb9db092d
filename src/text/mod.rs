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
