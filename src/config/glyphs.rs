//! The characters the screen is drawn with: thin lines, or ASCII where a terminal has no other.
//!
//! Every glyph takes one cell, a gutter mark [`GUTTER_CELLS`]; both sets tell the same states apart.

use crate::model::QuoteKind;

/// Width of the gutter left of the text, in cells.
pub const GUTTER_CELLS: usize = 2;

/// The lines of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// Top and bottom.
    pub horizontal: &'static str,
    /// Left and right.
    pub vertical: &'static str,
    /// Corner at the top left.
    pub top_left: &'static str,
    /// Corner at the top right.
    pub top_right: &'static str,
    /// Corner at the bottom left.
    pub bottom_left: &'static str,
    /// Corner at the bottom right.
    pub bottom_right: &'static str,
}

/// One set of glyphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Box of a pane.
    pub border: Border,
    /// Box of the pane in focus.
    pub border_focus: Border,
    /// Before the row under the cursor.
    pub cursor: &'static str,
    /// Before a marked row.
    pub marked: &'static str,
    /// Where text was cut.
    pub ellipsis: &'static str,
    /// Between two things in one line.
    pub separator: &'static str,
    /// The part of the scroll bar that is shown.
    pub scroll_thumb: &'static str,
    /// The rest of the scroll bar.
    pub scroll_track: &'static str,
    /// One unit of a bar that shows a count.
    pub bar: &'static str,
    /// A ticked facet value.
    pub ticked: &'static str,
    /// A facet value that is not ticked.
    pub unticked: &'static str,
    /// In the gutter of a row with a hit, so that a hit shows without its style.
    pub hit: &'static str,
    gutter: [&'static str; 4],
}

impl Glyphs {
    /// Thin lines, from fonts every terminal of today has.
    pub const UNICODE: Self = Self {
        border: Border {
            horizontal: "─",
            vertical: "│",
            top_left: "┌",
            top_right: "┐",
            bottom_left: "└",
            bottom_right: "┘",
        },
        border_focus: Border {
            horizontal: "━",
            vertical: "┃",
            top_left: "┏",
            top_right: "┓",
            bottom_left: "┗",
            bottom_right: "┛",
        },
        cursor: ">",
        marked: "*",
        ellipsis: "…",
        separator: "│",
        scroll_thumb: "█",
        scroll_track: "│",
        bar: "▪",
        ticked: "☑",
        unticked: "☐",
        hit: "•",
        gutter: ["▎ ", "╎ ", "┊ ", "  "],
    };

    /// ASCII alone.
    pub const ASCII: Self = Self {
        border: Border {
            horizontal: "-",
            vertical: "|",
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
        },
        border_focus: Border {
            horizontal: "=",
            vertical: "|",
            top_left: "#",
            top_right: "#",
            bottom_left: "#",
            bottom_right: "#",
        },
        cursor: ">",
        marked: "*",
        ellipsis: "~",
        separator: "|",
        scroll_thumb: "#",
        scroll_track: "|",
        bar: "=",
        ticked: "x",
        unticked: "-",
        hit: "*",
        gutter: ["||", "|:", "::", "  "],
    };

    /// The set to draw with.
    #[must_use]
    pub fn choose(ascii: bool) -> &'static Self {
        if ascii { &Self::ASCII } else { &Self::UNICODE }
    }

    /// The mark in the gutter of a row that holds a quote of this kind; blanks for a scare quote,
    /// which is nobody's words.
    #[must_use]
    pub fn gutter(&self, kind: QuoteKind) -> &'static str {
        let [direct, mixed, indirect, scare] = self.gutter;
        match kind {
            QuoteKind::Direct => direct,
            QuoteKind::Mixed => mixed,
            QuoteKind::Indirect => indirect,
            QuoteKind::Scare => scare,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn both_sets_fit_their_cells_and_tell_quotes_apart() {
        for set in [Glyphs::UNICODE, Glyphs::ASCII] {
            let mut seen = HashSet::new();
            for kind in QuoteKind::ALL {
                assert_eq!(set.gutter(kind).width(), GUTTER_CELLS);
                assert!(seen.insert(set.gutter(kind)), "{kind:?}");
            }
            for glyph in [
                set.cursor,
                set.marked,
                set.ellipsis,
                set.separator,
                set.scroll_thumb,
                set.scroll_track,
                set.bar,
                set.ticked,
                set.unticked,
                set.hit,
            ] {
                assert_eq!(glyph.width(), 1, "{glyph}");
            }
            assert_ne!(set.border, set.border_focus);
            assert_ne!(set.ticked, set.unticked);
        }
        assert!(format!("{:?}", Glyphs::ASCII).is_ascii());
    }
}
