//! The one sanitiser: untrusted text becomes [`Shown`] before it reaches a terminal cell or line.
//!
//! Works after decoding (JSON, HTML, character set), never before. Nothing is deleted: what is
//! hidden or would command the terminal is replaced, one visible mark for one character, so that
//! the reader sees that something was there and spans stay true. The statement itself is not
//! changed; export writes the text as it is.

mod glyphs;

use glyphs::clusters;
pub use glyphs::{BIDI_MARK, C1_MARK, Glyph, INVISIBLE_MARK, glyphs, hidden_count};
use std::fmt;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns between two tab stops.
pub const TAB_STOP: usize = 4;
/// Text that may be drawn or printed: it holds no control character except line feed (and that
/// only when made by [`Shown::block`]), no direction control and nothing invisible.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shown(String);

impl Shown {
    /// One line: line breaks and tabs become one space.
    #[must_use]
    pub fn line(source: &str) -> Self {
        let mut out = String::with_capacity(source.len());
        for piece in pieces(source) {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Glyph(glyph) if glyph.is_break || glyph.is_tab => out.push(' '),
                Piece::Glyph(glyph) => out.push_str(&glyph.drawn),
            }
        }
        Self(out)
    }

    /// Several lines: line feeds stay, CR LF becomes line feed, tabs become spaces.
    #[must_use]
    pub fn block(source: &str) -> Self {
        let mut out = String::with_capacity(source.len());
        for piece in pieces(source) {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Glyph(glyph) if glyph.is_break => out.push('\n'),
                Piece::Glyph(glyph) if glyph.is_tab => out.push_str("    "),
                Piece::Glyph(glyph) => out.push_str(&glyph.drawn),
            }
        }
        Self(out)
    }

    /// A stretch of a row of wrapped text that begins at column `column` (cells): tabs reach to the
    /// next tab stop, line breaks are left out.
    #[must_use]
    pub fn row(source: &str, column: usize) -> Self {
        let mut out = String::with_capacity(source.len());
        let mut at = column;
        for piece in pieces(source) {
            at += match piece {
                Piece::Plain(text) => {
                    out.push_str(text);
                    text.len()
                }
                Piece::Glyph(glyph) if glyph.is_tab => {
                    let width = TAB_STOP - at % TAB_STOP;
                    out.extend(std::iter::repeat_n(' ', width));
                    width
                }
                Piece::Glyph(glyph) => {
                    out.push_str(&glyph.drawn);
                    glyph.width
                }
            };
        }
        Self(out)
    }

    /// The clean text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Width in terminal cells.
    #[must_use]
    pub fn width(&self) -> usize {
        if plain(&self.0) == self.0.len() {
            self.0.len()
        } else {
            self.0.width()
        }
    }

    /// Cut to at most `cells` columns; a cut ends in `…` (which counts).
    #[must_use]
    pub fn cut(&self, cells: usize) -> Self {
        if self.width() <= cells {
            return self.clone();
        }
        // As far as each byte takes a cell, there is nothing to measure.
        let mut used = plain(&self.0).min(cells.saturating_sub(1));
        let (begin, rest) = self.0.split_at(used);
        let mut out = String::from(begin);
        for (_, cluster) in clusters(rest) {
            let width = cluster.width();
            if used + width + 1 > cells {
                break;
            }
            used += width;
            out.push_str(cluster);
        }
        if cells > 0 {
            out.push('…');
        }
        Self(out)
    }

    /// Its end, of at most `cells` columns; a cut begins in `…` (which counts).
    #[must_use]
    pub fn cut_front(&self, cells: usize) -> Self {
        if self.width() <= cells {
            return self.clone();
        }
        let mut from = self.0.len();
        let mut used = 0;
        for (at, cluster) in self.0.grapheme_indices(true).rev() {
            let width = cluster.width();
            if used + width + 1 > cells {
                break;
            }
            used += width;
            from = at;
        }
        let mark = if cells > 0 { "…" } else { "" };
        Self(format!("{mark}{}", self.0.get(from..).unwrap_or_default()))
    }

    /// Every character outside ASCII replaced for a terminal that cannot draw it:
    /// quotation marks, dashes and ellipses by their ASCII cousins, the rest by `?`.
    #[must_use]
    pub fn to_ascii(&self) -> Self {
        if self.0.is_ascii() {
            return self.clone();
        }
        let mut out = String::with_capacity(self.0.len());
        for (_, cluster) in clusters(&self.0) {
            match cluster {
                _ if cluster.is_ascii() => out.push_str(cluster),
                "‘" | "’" | "‚" | "‛" => out.push('\''),
                "“" | "”" | "„" | "‟" | "«" | "»" => out.push('"'),
                "‐" | "‑" | "‒" | "–" | "—" | "―" => out.push('-'),
                "\u{a0}" | "\u{202f}" => out.push(' '),
                "…" => out.push('~'),
                _ => out.extend(std::iter::repeat_n('?', cluster.width())),
            }
        }
        Self(out)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A stretch of text as it is drawn.
enum Piece<'t> {
    /// Printable ASCII: a glyph and a cell a byte.
    Plain(&'t str),
    /// Another.
    Glyph(Glyph<'t>),
}

/// The text in order. Its glyphs do not say where they are from.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, behind) = match plain(rest) {
            0 => {
                let glyph = glyphs(rest).next()?;
                let behind = rest.get(glyph.source.finish()..)?;
                (Piece::Glyph(glyph), behind)
            }
            length => {
                let (text, behind) = rest.split_at(length);
                (Piece::Plain(text), behind)
            }
        };
        rest = behind;
        Some(piece)
    })
}

/// Bytes of printable ASCII at the beginning that are a grapheme cluster each.
fn plain(text: &str) -> usize {
    let bytes = text.as_bytes();
    let printable = bytes.iter().take_while(|b| matches!(b, b' '..=b'~'));
    let length = printable.count();
    // What stands behind may belong to the letter before it.
    let joins = bytes.get(length).is_some_and(|next| !next.is_ascii());
    length - usize::from(joins && length > 0)
}

#[cfg(test)]
mod tests {
    use super::glyphs::{MAX_WIDTH, mark_for};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_commands_the_terminal_becomes_a_mark() {
        let evil = "a\u{1b}]0;x\u{7}b\u{9b}31mc\u{202e}d\u{200b}e\r\nf\tg";
        assert_eq!(Shown::line(evil).as_str(), "a␛]0;x␇b\u{FFFD}31mc⇄d·e f g");
        assert_eq!(Shown::block("a\r\nb\tc").as_str(), "a\nb    c");
    }

    #[test]
    fn honest_clusters_stay_whole() {
        for text in ["é", "👩‍👩‍👧", "🇫🇷", "می‌خواهم", "क्षि", "각", "❤️"]
        {
            assert_eq!(Shown::line(text).as_str(), text, "{text:?}");
        }
    }

    #[test]
    fn piles_of_marks_are_cut() {
        let zalgo = format!("a{}", "\u{301}".repeat(200));
        assert!(Shown::line(&zalgo).as_str().chars().count() <= 9);
        assert_eq!(hidden_count(&zalgo), 1);
    }

    #[test]
    fn ascii_form_keeps_quotes_readable() {
        assert_eq!(
            Shown::line("“Non” — 東").to_ascii().as_str(),
            "\"Non\" - ??"
        );
    }

    #[test]
    fn the_end_is_kept_where_the_front_is_cut() {
        let words = Shown::line("東京 was told");
        assert_eq!(words.cut_front(13), words);
        assert_eq!(words.cut_front(12).as_str(), "…京 was told");
        assert_eq!(
            words.cut_front(11).as_str(),
            "… was told",
            "no half of a wide one"
        );
        assert_eq!(words.cut_front(1).as_str(), "…");
        assert_eq!(words.cut_front(0).as_str(), "");
    }

    proptest! {
        #[test]
        fn a_cut_fits_and_is_an_end(text in "\\PC{0,40}", cells in 0usize..30) {
            let whole = Shown::line(&text);
            let cut = whole.cut_front(cells);
            prop_assert!(cut.width() <= cells);
            prop_assert!(whole.as_str().ends_with(cut.as_str().trim_start_matches('…')));
        }
        #[test]
        fn what_is_plain_is_drawn_as_glyph_by_glyph(text in "([ -~]{0,9}|[\n\t\r\u{301}\u{200d}é“東👩\u{1b}]){0,9}", cells in 0usize..30) {
            let (mut line, mut row, mut at) = (String::new(), String::new(), 3);
            for glyph in glyphs(&text) {
                let width = if glyph.is_tab { TAB_STOP - at % TAB_STOP } else { glyph.width };
                let blanks = " ".repeat(width);
                row.push_str(if glyph.is_tab { &blanks } else { &glyph.drawn });
                line.push_str(if glyph.is_tab || glyph.is_break { " " } else { &glyph.drawn });
                at += width;
            }
            let shown = Shown::line(&text);
            prop_assert_eq!(Shown::row(&text, 3), Shown(row));
            prop_assert_eq!(shown.as_str(), &line);
            prop_assert_eq!(shown.width(), line.width());
            let cut = shown.cut(cells);
            let kept = cut.as_str().strip_suffix('…').unwrap_or(cut.as_str());
            prop_assert!(cut.width() <= cells && line.starts_with(kept));
            let next = line.get(kept.len()..).and_then(|rest| clusters(rest).next());
            let fits = next.is_some_and(|(_, next)| kept.width() + next.width() < cells);
            prop_assert!(cut == shown || !fits, "{:?} has room for more", cut);
        }
        #[test]
        fn output_holds_no_control_and_is_idempotent(text in "[\\x00-\\x{2fff}\\x{E0000}-\\x{E01FF}\\x{FE00}-\\x{FFFD}]{0,60}") {
            let once = Shown::line(&text);
            prop_assert!(once.as_str().chars().all(|c| mark_for(c).is_none()), "{once:?}");
            prop_assert_eq!(Shown::line(once.as_str()), once.clone());
            prop_assert!(once.to_ascii().as_str().is_ascii());
        }
        #[test]
        fn clusters_are_those_of_unicode(text in "([ -~\\r\\n\\t]|e\u{301}|🇩🇪🇫|👩\u{200d}👩|\u{600}|\\PC){0,40}") {
            let short: Vec<_> = clusters(&text).collect();
            prop_assert_eq!(short, text.grapheme_indices(true).collect::<Vec<_>>());
        }
        #[test]
        fn glyphs_cover_the_text(text in "\\PC{0,60}") {
            let mut at = 0;
            for glyph in glyphs(&text) {
                prop_assert_eq!(glyph.source.begin(), at);
                prop_assert_eq!(glyph.drawn.width(), glyph.width);
                prop_assert!(glyph.width <= MAX_WIDTH);
                at = glyph.source.finish();
            }
            prop_assert_eq!(at, text.len());
        }
        #[test]
        fn a_cut_fits(text in "\\PC{0,60}", cells in 0usize..40) {
            prop_assert!(Shown::line(&text).cut(cells).width() <= cells);
        }
    }
}
