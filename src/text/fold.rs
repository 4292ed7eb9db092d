//! Folding: what the eye takes for the same is made the same (case, accents, quotation marks,
//! dashes), so that search finds it. For comparison only: folded text is never shown or cited.

use super::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folded text with the way back to the source.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The folded characters.
    pub text: String,
    /// For each `char` of `text`: where in the source it came from.
    sources: Vec<Span>,
}

impl Folded {
    /// Folds `source`, keeping for each folded character the source bytes it stands for.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(source.len()),
            sources: Vec::new(),
        };
        for (at, c) in source.char_indices() {
            let before = folded.text.len();
            fold_char(c, &mut folded.text);
            let made = folded.text.get(before..).map_or(0, |s| s.chars().count());
            let from = Span::new(at, at + c.len_utf8());
            if made == 0 {
                // A dropped accent belongs to the letter before it.
                if let Some(last) = folded.sources.last_mut() {
                    *last = last.cover(from);
                }
            }
            folded.sources.extend(std::iter::repeat_n(from, made));
        }
        folded
    }

    /// Source bytes of the `n`th folded character (counted in `char`s, not bytes).
    #[must_use]
    pub fn source_of_char(&self, n: usize) -> Option<Span> {
        self.sources.get(n).copied()
    }
}

/// Appends the folded form of `source` to `out`.
pub fn fold_into(source: &str, out: &mut String) {
    if source.is_ascii() {
        let before = out.len();
        out.push_str(source);
        if let Some(added) = out.get_mut(before..) {
            added.make_ascii_lowercase();
        }
    } else {
        source.chars().for_each(|c| fold_char(c, out));
    }
}

/// The folded form of `source`.
#[must_use]
pub fn fold(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    fold_into(source, &mut out);
    out
}

/// `source` without accents but with its case, for a query that asks for a capital.
#[must_use]
pub fn without_accents(source: &str) -> String {
    source.nfkd().filter(|&c| !is_combining_mark(c)).collect()
}

/// True when `source` holds something that folding would lose besides case: an accent the reader
/// typed on purpose.
#[must_use]
pub fn has_accent(source: &str) -> bool {
    !source.is_ascii() && source.nfd().any(is_combining_mark)
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for d in c.nfkd().filter(|&d| !is_combining_mark(d)) {
        fold_plain(d, out);
    }
}

/// Folds a character that has no accent any more.
fn fold_plain(c: char, out: &mut String) {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{02BC}' => out.push('\''),
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' => out.push('"'),
        '\u{2010}'..='\u{2015}' => out.push('-'),
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' => out.push('d'),
        'ı' => out.push('i'),
        _ => out.extend(c.to_lowercase().filter(|&l| !is_combining_mark(l))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_marks_fold() {
        assert_eq!(
            fold("Sánchez’s “Übung” İstanbul–Łódź"),
            "sanchez's \"ubung\" istanbul-lodz"
        );
    }

    proptest! {
        #[test]
        fn every_folded_char_knows_its_source(text in "\\PC{0,60}") {
            let folded = Folded::new(&text);
            prop_assert_eq!(&folded.text, &fold(&text));
            for n in 0..folded.text.chars().count() {
                let span = folded.source_of_char(n).unwrap();
                prop_assert!(!span.of(&text).is_empty());
            }
        }
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
