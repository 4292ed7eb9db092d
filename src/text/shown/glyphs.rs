//! The characters that a reader sees, as they are drawn: each cluster as it is, or the mark for what it hides.
//!
//! Decides what may reach a terminal; [`Shown`](super::Shown) makes lines of it.

use crate::text::Span;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Mark for a control character of the C1 set (U+0080–U+009F).
pub const C1_MARK: char = '\u{FFFD}';
/// Mark for a character that turns the direction of text (bidi control).
pub const BIDI_MARK: char = '\u{21C4}';
/// Mark for a character that nobody sees (zero width, soft hyphen, byte order mark, tag).
pub const INVISIBLE_MARK: char = '\u{00B7}';
/// Combining marks kept on one base; more are counted as hidden and cut.
const MAX_MARKS: usize = 8;
/// A cluster wider than this (cells) is drawn as one U+FFFD; conjuncts of Indic scripts reach 3.
pub(super) const MAX_WIDTH: usize = 4;
/// A cluster longer than this (bytes) is drawn as one U+FFFD: no script needs it.
const MAX_CLUSTER: usize = 32;

/// One user-perceived character and how it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'t> {
    /// Its bytes in the source.
    pub source: Span,
    /// What is drawn; empty for a line break, one space for a tab (the caller expands it).
    pub drawn: Cow<'t, str>,
    /// Cells taken by `drawn`: 0 for a line break, 1 to 4 otherwise.
    pub width: usize,
    /// A line break: LF, CR LF, CR, NEL, VT, FF, U+2028 or U+2029.
    pub is_break: bool,
    /// A horizontal tab.
    pub is_tab: bool,
    /// True when the source held something hidden that `drawn` replaces by a mark.
    pub was_hidden: bool,
}

/// The glyphs of `text`, in order; their sources are contiguous and cover it.
pub fn glyphs(text: &str) -> impl Iterator<Item = Glyph<'_>> {
    clusters(text).map(|(at, cluster)| glyph(at, cluster))
}

/// Grapheme clusters with their first bytes. A printable character of ASCII before another of ASCII is one by itself,
/// which is nearly all of most texts: only the others are looked up.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let is_alone = match rest.as_bytes() {
            [b' '..=b'~'] => true,
            [b' '..=b'~', next, ..] => next.is_ascii(),
            _ => false,
        };
        let cluster = if is_alone {
            rest.get(..1)?
        } else {
            rest.graphemes(true).next()?
        };
        let from = at;
        at += cluster.len();
        Some((from, cluster))
    })
}

/// Number of hidden characters (controls, direction controls, invisibles, excess marks) in `text`.
#[must_use]
pub fn hidden_count(text: &str) -> usize {
    if text
        .bytes()
        .all(|b| (b' '..=b'~').contains(&b) || b == b'\n' || b == b'\t')
    {
        return 0;
    }
    glyphs(text).filter(|g| g.was_hidden).count()
}

fn glyph(at: usize, cluster: &str) -> Glyph<'_> {
    let source = Span::new(at, at + cluster.len());
    let plain = |drawn: Cow<'_, str>, width, was_hidden| Glyph {
        source,
        drawn: Cow::Owned(drawn.into_owned()),
        width,
        is_break: false,
        is_tab: false,
        was_hidden,
    };
    if let [byte @ b' '..=b'~'] = cluster.as_bytes() {
        debug_assert!(byte.is_ascii());
        return Glyph {
            source,
            drawn: Cow::Borrowed(cluster),
            width: 1,
            is_break: false,
            is_tab: false,
            was_hidden: false,
        };
    }
    match cluster {
        "\n" | "\r\n" | "\r" | "\u{85}" | "\u{0B}" | "\u{0C}" | "\u{2028}" | "\u{2029}" => Glyph {
            source,
            drawn: Cow::Borrowed(""),
            width: 0,
            is_break: true,
            is_tab: false,
            was_hidden: false,
        },
        "\t" => Glyph {
            source,
            drawn: Cow::Borrowed(" "),
            width: 1,
            is_break: false,
            is_tab: true,
            was_hidden: false,
        },
        _ if cluster.chars().all(is_clean) && is_real_cluster(cluster) => {
            let width = cluster.width();
            if width == 0 || width > MAX_WIDTH || cluster.len() > MAX_CLUSTER {
                plain(Cow::Borrowed("\u{FFFD}"), 1, true)
            } else {
                Glyph {
                    source,
                    drawn: Cow::Borrowed(cluster),
                    width,
                    is_break: false,
                    is_tab: false,
                    was_hidden: false,
                }
            }
        }
        _ => {
            let (drawn, width) = rebuilt(cluster);
            plain(Cow::Owned(drawn), width, true)
        }
    }
}

/// A cluster that is not clean, drawn with one mark for what it hides: its base (if it has one
/// that can be seen) with at most [`MAX_MARKS`] combining marks, or the mark alone.
fn rebuilt(cluster: &str) -> (String, usize) {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else {
        return (INVISIBLE_MARK.to_string(), 1);
    };
    if let Some(mark) = mark_for(first) {
        return (mark.to_string(), 1);
    }
    let width = first.width().unwrap_or(0);
    if width == 0 {
        return (INVISIBLE_MARK.to_string(), 1);
    }
    let mut drawn = String::from(first);
    drawn.extend(
        chars
            .filter(|&c| is_clean(c) && c.width() == Some(0) && !is_joiner(c))
            .take(MAX_MARKS),
    );
    if drawn.len() > MAX_CLUSTER || drawn.width() != width {
        drawn = String::from(first);
    }
    (drawn, width)
}

/// The mark drawn for a character that may not be drawn itself.
pub(super) fn mark_for(c: char) -> Option<char> {
    match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('\u{2421}'),
        '\u{80}'..='\u{9F}' => Some(C1_MARK),
        '\u{200E}'
        | '\u{200F}'
        | '\u{061C}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Some(BIDI_MARK),
        _ if is_invisible(c) => Some(INVISIBLE_MARK),
        _ => None,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

fn is_clean(c: char) -> bool {
    mark_for(c).is_none()
}

/// Joiners and variation selectors only between or after something seen; few enough marks.
fn is_real_cluster(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let starts_well = chars
        .next()
        .is_some_and(|c| !is_joiner(c) && c.width().unwrap_or(0) > 0);
    let marks = chars
        .filter(|&c| c.width() == Some(0) && !is_joiner(c))
        .count();
    starts_well && marks <= MAX_MARKS
}
