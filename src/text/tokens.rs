//! Tokens for extraction: words, numbers and punctuation with their bytes.
//!
//! Every character that is not white space belongs to exactly one token. A possessive `'s` is a token of
//! its own, dots stay with acronyms (`U.S.`), titles and other abbreviations (`Mr.`). Not the words of
//! search, which drop punctuation (`words`).

use super::Span;
use super::sentences::is_abbreviation;

/// Characters that take no room and part words nowhere.
const ZERO_SPACE: char = '\u{200b}';
const BOM: char = '\u{feff}';

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, perhaps with digits, hyphens, inner dots and apostrophes.
    Word,
    /// Begins with a digit.
    Number,
    /// The possessive ending `'s`.
    Possessive,
    /// Anything else: one character, or two that make one quotation mark.
    Punctuation,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// Calls `each` for every token of `within`, in order.
pub fn for_each_token(text: &str, within: Span, mut each: impl FnMut(Token)) {
    let base = within.begin();
    let part = within.of(text);
    let mut put = |start: usize, end: usize, kind| {
        each(Token {
            span: Span::new(base + start, base + end),
            kind,
        });
    };
    let mut at = 0;
    while let Some(c) = char_at(part, at) {
        let start = at;
        at += c.len_utf8();
        if c.is_whitespace() || c == ZERO_SPACE || c == BOM {
            continue;
        }
        if !is_wordy(c) {
            if matches!(c, '`' | '\'') && char_at(part, at) == Some(c) {
                at += 1;
            }
            put(start, at, Kind::Punctuation);
            continue;
        }
        let mut previous = c;
        loop {
            if previous.is_ascii() {
                // Most characters, which need no more than this.
                let run = plain_run(part, at);
                previous = run.chars().next_back().unwrap_or(previous);
                at += run.len();
            }
            let Some(next) = char_at(part, at) else { break };
            let behind = at + next.len_utf8();
            let goes_on = match is_wordy(next) {
                true => joins_script(previous, next),
                false => inner(previous, next, char_at(part, behind)),
            };
            if !goes_on {
                break;
            }
            at = behind;
            previous = next;
        }
        let word = |end: usize| part.get(start..end).unwrap_or("");
        if char_at(part, at) == Some('.') && takes_dot(word(at)) {
            at += 1;
        }
        let kind = if c.is_numeric() {
            Kind::Number
        } else {
            Kind::Word
        };
        match possessive(word(at)) {
            Some(stem) if stem > 0 => {
                put(start, start + stem, kind);
                put(start + stem, at, Kind::Possessive);
            }
            _ => put(start, at, kind),
        }
    }
}

/// The character at a byte of a text, most of which are ASCII.
#[inline]
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// The letters and figures of ASCII that stand in a row at a byte of a text.
#[inline]
fn plain_run(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.bytes().position(|b| !b.is_ascii_alphanumeric());
    rest.get(..length.unwrap_or(rest.len())).unwrap_or_default()
}

/// All tokens of a short text.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    for_each_token(text, Span::new(0, text.len()), |t| out.push(t));
    out
}

fn is_wordy(c: char) -> bool {
    // An underscore is emphasis in Markdown far more often than part of a word.
    c.is_alphanumeric()
}

/// True for scripts written without blanks between words, where one character is one token.
#[must_use]
pub fn is_ideographic(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

fn joins_script(a: char, b: char) -> bool {
    !is_ideographic(a) && !is_ideographic(b)
}

/// Whether `c` between `before` and `after` belongs to the word.
fn inner(before: char, c: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    if !is_wordy(before) || !is_wordy(after) || is_ideographic(after) {
        return false;
    }
    match c {
        '\'' | '’' | '-' | '‑' | '\u{ad}' => true,
        '.' => {
            (before.is_numeric() && after.is_numeric())
                || (before.is_alphabetic() && after.is_alphabetic())
        }
        ',' => before.is_numeric() && after.is_numeric(),
        _ => false,
    }
}

/// Acronyms (`U.S`), single capitals (`J`) and known abbreviations keep their full stop.
fn takes_dot(word: &str) -> bool {
    if word.contains('.') {
        return word.split('.').all(|p| p.chars().count() <= 2);
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => only.is_uppercase() && only != 'I',
        _ => is_abbreviation(word),
    }
}

/// Bytes of the stem when `word` ends in a possessive.
fn possessive(word: &str) -> Option<usize> {
    if !word.ends_with(['s', 'S']) {
        return None;
    }
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|s| word.strip_suffix(s))
        .map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            cut("China’s U.S.-led plan, “1,000.5 p.m.” isn't Mr. Li's."),
            [
                "China", "’s", "U.S.", "-", "led", "plan", ",", "“", "1,000.5", "p.m.", "”",
                "isn't", "Mr.", "Li", "'s", "."
            ]
        );
        assert_eq!(cut("''A'' ``b''"), ["''", "A", "''", "``", "b", "''"]);
        assert_eq!(cut("the U.S. said"), ["the", "U.S.", "said"]);
        assert_eq!(cut("商务部 said"), ["商", "务", "部", "said"]);
    }

    proptest! {
        #[test]
        fn all_but_white_space_is_in_exactly_one_token(text in "\\PC{0,60}") {
            let mut at = 0;
            for token in tokens(&text) {
                let between = text.get(at..token.span.begin()).unwrap();
                let blank = between.chars().all(|c| c.is_whitespace() || c == ZERO_SPACE || c == BOM);
                prop_assert!(blank);
                prop_assert!(!token.span.is_empty());
                at = token.span.finish();
            }
        }
    }
}
