//! A line of text being typed: the query, a tag, a note, the filter of a popup.
//!
//! Pure: keys and pastes in, text and cursor out. Moves over what a reader sees as one character;
//! must not know what the line is for, nor draw it.

use crate::config::{Code, Key};
use crate::text::shown::{Glyph, glyphs};
use crate::text::{Shown, Span};
use unicode_segmentation::UnicodeSegmentation;

/// The longest line, in bytes; a longer paste is cut.
const LONGEST: usize = 4096;
/// Lines kept to be recalled.
const HISTORY: usize = 200;
/// What is said when something did not fit.
const CUT: &str = "cut at 4 kB";

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The text is another now.
    Changed,
    /// The text is as before; the cursor may have moved.
    Unchanged,
    /// The reader is done: take the text.
    Submit,
    /// The reader gave up.
    Cancel,
    /// Not a key of this line: it may mean something elsewhere.
    Ignored,
}

/// The part of the line that fits, and where the cursor stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// At most as wide as asked for.
    pub text: Shown,
    /// Column of the cursor, from 0; less than the width asked for.
    pub column: usize,
}

/// The line, its cursor and the lines entered before.
#[derive(Clone, Debug, Default)]
pub struct InputLine {
    text: String,
    /// In bytes, always on a character boundary.
    cursor: usize,
    history: Vec<String>,
    /// Which line of the history is shown, when one is.
    recalled: Option<usize>,
    /// What was typed before the history was entered.
    draft: String,
    note: Option<&'static str>,
}

impl InputLine {
    /// An empty line that can recall `history`, oldest first.
    #[must_use]
    pub fn with_history(history: Vec<String>) -> Self {
        Self {
            history,
            ..Self::default()
        }
    }

    /// The text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the next character goes, in bytes.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Lines entered before, oldest first.
    #[must_use]
    pub fn history(&self) -> &[String] {
        &self.history
    }

    /// What the reader should know about the last paste or key.
    #[must_use]
    pub fn note(&self) -> Option<&'static str> {
        self.note
    }

    /// Puts `text` in place of the line, cleaned and cut as a paste is; the cursor goes to its end.
    pub fn set_text(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.recalled = None;
        self.paste(text);
    }

    /// Empties the line; the history stays.
    pub fn clear(&mut self) {
        self.set_text("");
    }

    /// Puts the cursor before the character that holds byte `at`, or at the end.
    pub fn place_cursor(&mut self, at: usize) {
        self.cursor = self
            .text
            .grapheme_indices(true)
            .map(|(start, _)| start)
            .take_while(|start| *start <= at)
            .last()
            .filter(|_| at < self.text.len())
            .unwrap_or(self.text.len());
    }

    /// Does what a key does, in the way of readline.
    pub fn handle(&mut self, key: Key) -> Outcome {
        self.note = None;
        if let Some(c) = key.typed() {
            return self.insert(c.encode_utf8(&mut [0; 4]));
        }
        match (key.code, key.ctrl, key.alt) {
            (Code::Enter, false, false) => {
                self.remember();
                Outcome::Submit
            }
            (Code::Esc, false, false) => Outcome::Cancel,
            (Code::Left, false, false) | (Code::Char('b'), true, false) => {
                self.go(self.before_cursor())
            }
            (Code::Right, false, false) | (Code::Char('f'), true, false) => {
                self.go(self.after_cursor())
            }
            (Code::Home, _, _) | (Code::Char('a'), true, false) => self.go(0),
            (Code::End, _, _) | (Code::Char('e'), true, false) => self.go(self.text.len()),
            (Code::Left, true, false) | (Code::Left | Code::Char('b'), false, true) => {
                self.go(self.word_start())
            }
            (Code::Right, true, false) | (Code::Right | Code::Char('f'), false, true) => {
                self.go(self.word_end())
            }
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => {
                self.cut(self.before_cursor(), self.cursor)
            }
            (Code::Delete, false, false) | (Code::Char('d'), true, false) => {
                self.cut(self.cursor, self.after_cursor())
            }
            (Code::Char('w'), true, false) => self.cut(self.blank_start(), self.cursor),
            (Code::Backspace, _, _) => self.cut(self.word_start(), self.cursor),
            (Code::Char('d'), false, true) => self.cut(self.cursor, self.word_end()),
            (Code::Char('u'), true, false) => self.cut(0, self.cursor),
            (Code::Char('k'), true, false) => self.cut(self.cursor, self.text.len()),
            (Code::Up, false, false) if !self.history.is_empty() => self.older(),
            (Code::Down, false, false) if self.recalled.is_some() => self.newer(),
            _ => Outcome::Ignored,
        }
    }

    /// Puts pasted text at the cursor. Control characters and line breaks become spaces; what
    /// makes the line longer than 4 kB is cut, and [`InputLine::note`] says so.
    pub fn paste(&mut self, pasted: &str) -> Outcome {
        self.note = None;
        let mut clean = String::new();
        let mut rest = pasted.chars().peekable();
        while let Some(c) = rest.next() {
            // One look past the limit is enough to know that something is cut.
            if clean.len() > LONGEST {
                break;
            }
            if c == '\r' && rest.peek() == Some(&'\n') {
                continue;
            }
            let breaks = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
            clean.push(if breaks { ' ' } else { c });
        }
        self.insert(&clean)
    }

    /// The part of the line that fits `width` columns with the cursor in it.
    #[must_use]
    pub fn visible(&self, width: usize) -> View {
        if width == 0 {
            return View {
                text: Shown::default(),
                column: 0,
            };
        }
        let cursor_column: usize = glyphs(&self.text)
            .take_while(|glyph| glyph.source.begin() < self.cursor)
            .map(|glyph| cells(&glyph))
            .sum();
        // The window moves by half its width, so that text does not slide at every key.
        let page = (width / 2).max(1);
        let hidden = if cursor_column < width {
            0
        } else {
            (cursor_column + 1 - width).div_ceil(page) * page
        };
        let mut column = 0;
        let mut start = None;
        let mut span = Span::default();
        for glyph in glyphs(&self.text) {
            let next = column + cells(&glyph);
            if column >= hidden {
                let first = *start.get_or_insert((glyph.source.begin(), column));
                if next - first.1 > width {
                    break;
                }
                span = Span::new(first.0, glyph.source.finish());
            }
            column = next;
        }
        let first_column = start.map_or(column, |(_, first)| first);
        View {
            text: Shown::line(span.of(&self.text)),
            column: cursor_column.saturating_sub(first_column),
        }
    }

    fn insert(&mut self, text: &str) -> Outcome {
        let room = LONGEST.saturating_sub(self.text.len());
        let fits: usize = text
            .chars()
            .map(char::len_utf8)
            .scan(0, |used, bytes| {
                *used += bytes;
                Some(*used)
            })
            .take_while(|used| *used <= room)
            .last()
            .unwrap_or(0);
        if fits < text.len() {
            self.note = Some(CUT);
        }
        if fits == 0 {
            return Outcome::Unchanged;
        }
        self.text
            .insert_str(self.cursor, Span::new(0, fits).of(text));
        self.cursor += fits;
        self.recalled = None;
        Outcome::Changed
    }

    fn go(&mut self, to: usize) -> Outcome {
        self.cursor = to;
        Outcome::Unchanged
    }

    fn cut(&mut self, from: usize, to: usize) -> Outcome {
        if from >= to {
            return Outcome::Unchanged;
        }
        self.text.replace_range(from..to, "");
        self.cursor = from;
        self.recalled = None;
        Outcome::Changed
    }

    fn left(&self) -> &str {
        Span::new(0, self.cursor).of(&self.text)
    }

    fn right(&self) -> &str {
        Span::new(self.cursor, self.text.len()).of(&self.text)
    }

    fn before_cursor(&self) -> usize {
        let step = self.left().graphemes(true).next_back().map_or(0, str::len);
        self.cursor - step
    }

    fn after_cursor(&self) -> usize {
        let step = self.right().graphemes(true).next().map_or(0, str::len);
        self.cursor + step
    }

    /// Start of the word left of the cursor: letters and digits.
    fn word_start(&self) -> usize {
        self.left()
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .trim_end_matches(char::is_alphanumeric)
            .len()
    }

    /// End of the word right of the cursor.
    fn word_end(&self) -> usize {
        let rest = self
            .right()
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .trim_start_matches(char::is_alphanumeric);
        self.text.len() - rest.len()
    }

    /// Start of what stands left of the cursor without a blank, as `C-w` takes it.
    fn blank_start(&self) -> usize {
        self.left()
            .trim_end()
            .trim_end_matches(|c: char| !c.is_whitespace())
            .len()
    }

    fn remember(&mut self) {
        self.recalled = None;
        if self.text.trim().is_empty() || self.history.last() == Some(&self.text) {
            return;
        }
        self.history.push(self.text.clone());
        if self.history.len() > HISTORY {
            self.history.remove(0);
        }
    }

    fn older(&mut self) -> Outcome {
        let to = match self.recalled {
            None => {
                self.draft = self.text.clone();
                self.history.len().saturating_sub(1)
            }
            Some(0) => return Outcome::Unchanged,
            Some(at) => at - 1,
        };
        self.recall(to)
    }

    fn newer(&mut self) -> Outcome {
        self.recall(self.recalled.map_or(0, |at| at + 1))
    }

    /// Shows a line of the history; past its end, what was being typed.
    fn recall(&mut self, at: usize) -> Outcome {
        let line = self.history.get(at).cloned();
        let inside = line.is_some();
        let text = line.unwrap_or_else(|| self.draft.clone());
        self.set_text(&text);
        self.recalled = inside.then_some(at);
        Outcome::Changed
    }
}

/// Cells a glyph takes in a line, where a break is drawn as a space.
fn cells(glyph: &Glyph<'_>) -> usize {
    if glyph.is_break { 1 } else { glyph.width }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::key::parse_sequence;
    use proptest::prelude::*;

    fn press(line: &mut InputLine, keys: &str) -> Outcome {
        let mut last = Outcome::Ignored;
        for key in parse_sequence(keys).unwrap() {
            last = line.handle(key);
        }
        last
    }

    fn line(text: &str) -> InputLine {
        let mut line = InputLine::default();
        line.set_text(text);
        line
    }

    #[test]
    fn edits_as_readline_does() {
        for (start, keys, text, cursor) in [
            ("grain corridor", "C-w", "grain ", 6),
            ("speaker:smith", "C-w", "", 0),
            ("speaker:smith", "M-b", "speaker:smith", 8),
            ("speaker:smith", "M-Backspace", "speaker:", 8),
            ("a b", "C-a C-k", "", 0),
            ("a b", "Left C-u", "b", 0),
            ("a b", "Home Delete M-f C-d", " b", 2),
            ("cafe\u{301}", "Backspace", "caf", 3),
            ("👩‍👩‍👧x", "Left Left", "👩‍👩‍👧x", 0),
            ("ab", "C-a C-f X C-e Y", "aXbY", 4),
        ] {
            let mut line = line(start);
            press(&mut line, keys);
            assert_eq!(
                (line.text(), line.cursor()),
                (text, cursor),
                "{start} {keys}"
            );
        }
    }

    #[test]
    fn says_what_a_key_did() {
        let mut line = line("a");
        assert_eq!(press(&mut line, "b"), Outcome::Changed);
        assert_eq!(press(&mut line, "Left"), Outcome::Unchanged);
        assert_eq!(press(&mut line, "Home Backspace"), Outcome::Unchanged);
        assert_eq!(press(&mut line, "Tab"), Outcome::Ignored);
        assert_eq!(press(&mut line, "C-c"), Outcome::Ignored);
        assert_eq!(
            press(&mut line, "Up"),
            Outcome::Ignored,
            "nothing to recall"
        );
        assert_eq!(press(&mut line, "Esc"), Outcome::Cancel);
        assert_eq!(press(&mut line, "Enter"), Outcome::Submit);
    }

    #[test]
    fn recalls_lines_and_comes_back_to_the_draft() {
        let mut line = line("first");
        press(&mut line, "Enter");
        line.set_text("second");
        press(&mut line, "Enter Enter");
        assert_eq!(line.history(), ["first", "second"]);
        line.set_text("draft");
        press(&mut line, "Up");
        assert_eq!(line.text(), "second");
        press(&mut line, "Up Up Up");
        assert_eq!(line.text(), "first");
        press(&mut line, "Down Down");
        assert_eq!(line.text(), "draft");
        assert_eq!(press(&mut line, "Down"), Outcome::Ignored);
    }

    #[test]
    fn a_paste_is_cleaned_and_cut_with_a_note() {
        let mut line = InputLine::default();
        line.paste("a\r\nb\tc\u{1b}[31m\u{2028}d");
        assert_eq!(line.text(), "a b c [31m d");
        assert_eq!(line.note(), None);
        line.paste(&"é".repeat(1 << 20));
        assert!(line.text().len() <= LONGEST && line.text().len() > LONGEST - 2);
        assert!(line.note().is_some());
        press(&mut line, "Left");
        assert_eq!(line.note(), None);
    }

    #[test]
    fn a_long_line_scrolls_with_the_cursor() {
        let mut line = line("0123456789");
        let view = line.visible(6);
        assert_eq!((view.text.as_str(), view.column), ("6789", 4));
        press(&mut line, "Home");
        let view = line.visible(6);
        assert_eq!((view.text.as_str(), view.column), ("012345", 0));
    }

    #[test]
    fn a_click_puts_the_cursor_before_a_character() {
        let mut line = line("aé東");
        for (at, cursor) in [(0, 0), (1, 1), (2, 1), (3, 3), (5, 3), (6, 6), (99, 6)] {
            line.place_cursor(at);
            assert_eq!(line.cursor(), cursor, "{at}");
        }
    }

    proptest! {
        #[test]
        fn cursor_and_window_hold_whatever_is_pressed(
            start in "[a-c é東👩\u{200d}\u{301}\u{202e}\t]{0,40}",
            keys in prop::collection::vec(prop::sample::select(vec![
                "Left", "Right", "Home", "End", "Backspace", "Delete", "C-w", "C-u", "C-k", "M-b",
                "M-f", "M-d", "x", "é", "Space", "\u{301}", "Up", "Down", "Enter",
            ]), 0..30),
            width in 0usize..30,
        ) {
            let mut line = line(&start);
            for key in keys {
                press(&mut line, key);
                prop_assert!(line.text().is_char_boundary(line.cursor()));
                let view = line.visible(width);
                prop_assert!(view.text.width() <= width);
                prop_assert!(view.column < width.max(1));
            }
        }
    }
}
