//! Wrapping: a text and a width to rows of byte spans. Done once for each (text, width); scroll,
//! jump, highlight, selection and copy all use these rows. Must not style or draw.

use super::Span;
use super::shown::{TAB_STOP, glyphs};

/// The rows of one text at one width, top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Bytes of each row, without the line break or the white space where it was broken.
    rows: Vec<Span>,
    /// Cells a row may take.
    width: usize,
}

impl Rows {
    /// Wraps `text` to `width` cells (at least 1), breaking after white space and hyphens and
    /// between wide characters; a longer word is cut between characters. Greedy, one pass.
    #[must_use]
    pub fn new(text: &str, width: usize) -> Self {
        let width = width.max(1);
        let mut rows = Self {
            rows: Vec::with_capacity(text.len() / width.max(8) + 1),
            width,
        };
        let mut line_start = 0;
        for line in lines(text) {
            rows.wrap_line(text, line_start..line.start + line.len);
            line_start = line.start + line.len + line.break_len;
        }
        rows
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there is no row (an empty text has none).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The width they were made for, in cells.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Bytes of row `n`.
    #[must_use]
    pub fn get(&self, n: usize) -> Option<Span> {
        self.rows.get(n).copied()
    }

    /// The row that shows byte `at`: the last one that begins at or before it.
    #[must_use]
    pub fn row_of(&self, at: usize) -> usize {
        self.rows
            .partition_point(|row| row.begin() <= at)
            .saturating_sub(1)
    }

    fn wrap_line(&mut self, text: &str, line: std::ops::Range<usize>) {
        let mut start = line.start;
        let mut used = 0;
        // Where the row may be broken: end of what is drawn, start of the next row, cells up to there.
        let mut chance: Option<(usize, usize, usize)> = None;
        let mut was_space = false;
        let mut drawn_end = start;
        let source = text.get(line.clone()).unwrap_or("");
        for glyph in glyphs(source) {
            let at = line.start + glyph.source.begin();
            let end = line.start + glyph.source.finish();
            let width = if glyph.is_tab {
                TAB_STOP - used % TAB_STOP
            } else {
                glyph.width
            };
            let is_space =
                glyph.is_tab || matches!(glyph.drawn.as_ref(), " " | "\u{2003}" | "\u{3000}");
            if !is_space && (was_space || width == 2) && at > start {
                chance = Some((drawn_end, at, used));
            }
            if !is_space && used + width > self.width && at > start {
                let (row_end, next, cells) = chance.take().unwrap_or((at, at, used));
                self.rows.push(Span::new(start, row_end));
                start = next;
                used -= cells.min(used);
            }
            used += width;
            if !is_space {
                drawn_end = end;
            }
            if matches!(
                glyph.drawn.as_ref(),
                "-" | "\u{2010}" | "\u{2013}" | "\u{2014}"
            ) || width == 2
            {
                chance = Some((end, end, used));
            }
            was_space = is_space;
        }
        self.rows.push(Span::new(start, drawn_end.max(start)));
    }
}

struct Line {
    start: usize,
    len: usize,
    break_len: usize,
}

/// Lines of `text` by any line break the screen knows (see `shown`), in order.
fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut at = 0;
    let mut done = text.is_empty();
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let rest = text.get(at..)?;
        let found = rest.char_indices().find(|&(_, c)| is_break(c));
        let Some((len, c)) = found else {
            done = true;
            return Some(Line {
                start: at,
                len: rest.len(),
                break_len: 0,
            });
        };
        let break_len = if rest.get(len..).is_some_and(|r| r.starts_with("\r\n")) {
            2
        } else {
            c.len_utf8()
        };
        let line = Line {
            start: at,
            len,
            break_len,
        };
        at += len + break_len;
        done = at >= text.len();
        Some(line)
    })
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Shown;
    use proptest::prelude::*;

    fn wrapped(text: &str, width: usize) -> Vec<&str> {
        let rows = Rows::new(text, width);
        (0..rows.len())
            .map(|n| rows.get(n).unwrap().of(text))
            .collect()
    }

    #[test]
    fn rows_break_between_words() {
        assert_eq!(
            wrapped("the quick brown-fox jumps\n\nover  it", 10),
            ["the quick", "brown-fox", "jumps", "", "over  it"]
        );
        assert_eq!(wrapped("abcdefghijkl mn", 5), ["abcde", "fghij", "kl mn"]);
        assert_eq!(wrapped("東京都庁舎", 4), ["東京", "都庁", "舎"]);
        assert_eq!(wrapped(" date x", 20), [" date x"]);
    }

    proptest! {
        #[test]
        fn rows_fit_and_lose_nothing(text in "[a-z 東é\\-\n\t]{0,120}", width in 2usize..40) {
            let rows = Rows::new(&text, width);
            let mut at = 0;
            for n in 0..rows.len() {
                let span = rows.get(n).unwrap();
                let skipped = text.get(at..span.begin()).unwrap();
                prop_assert!(skipped.chars().all(char::is_whitespace), "lost {:?}", skipped);
                if !span.of(&text).contains('\t') {
                    prop_assert!(Shown::line(span.of(&text)).width() <= width);
                }
                prop_assert_eq!(rows.row_of(span.begin()) , n);
                at = span.finish();
            }
            prop_assert!(text.get(at..).unwrap().chars().all(char::is_whitespace));
        }
    }
}
