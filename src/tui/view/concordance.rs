//! The concordance: one place a line, the keys below one another in one column; or the words that
//! stand near them.
//!
//! ```text
//!  …nation of strategic ambiguity on Taiwan was not intended to si…  2022-05-23  Karine Jean-P…
//! ```

use super::paint::Painter;
use crate::config::{Action, Role};
use crate::search::{self, Collocate, Line, context, speaker_of};
use crate::text::{Shown, Span};
use crate::tui::concordance::{Concordance, NEAR, area, heading, height};
use crate::tui::state::State;
use ratatui::layout::Rect;

/// Cells inside the frame from which the day is shown, the speaker, the source.
const WITH_DATE: u16 = 64;
const WITH_SPEAKER: u16 = 96;
const WITH_SOURCE: u16 = 150;
/// Cells of those, with the gap before them.
const DATE: u16 = 12;
const NAME: u16 = 24;
/// Bytes of text that are looked at for one cell: a word without an end is not read to its end.
const BYTES_A_CELL: usize = 16;

/// The columns of a row of lines.
#[derive(Clone, Copy)]
struct Columns {
    /// First column of what stands left of the key.
    left: u16,
    /// First column of the key.
    key: u16,
    /// Where the words end.
    end: u16,
    date: Option<u16>,
    speaker: Option<u16>,
    source: Option<u16>,
    /// Where all ends.
    right: u16,
}

impl Columns {
    fn of(area: Rect) -> Self {
        let mut end = area.right();
        let mut column = |from: u16, cells: u16| {
            (area.width >= from).then(|| {
                end -= cells;
                end + 2
            })
        };
        let source = column(WITH_SOURCE, NAME);
        let speaker = column(WITH_SPEAKER, NAME);
        let date = column(WITH_DATE, DATE);
        let left = (area.x + 1).min(end);
        Self {
            left,
            // A little more is read of what follows than of what goes before.
            key: left + (end - left) * 9 / 20,
            end,
            date,
            speaker,
            source,
            right: area.right(),
        }
    }
}

/// Draws it.
pub fn draw(state: &State, painter: &mut Painter<'_>) {
    let Some(screen) = &state.concordance else {
        return;
    };
    let inside = painter.boxed(
        area(state.size),
        &title(screen, painter.look().glyphs.separator),
    );
    let heads = heading(inside.height);
    let rows = Rect {
        y: inside.y + heads,
        height: inside.height.saturating_sub(heads),
        ..inside
    };
    if heads > 0 {
        head(
            state,
            screen,
            Rect {
                height: 1,
                ..inside
            },
            painter,
        );
    }
    if let Some(words) = empty(screen) {
        painter.line(rows.x, rows.y, rows.right(), words, Role::Dim);
        return;
    }
    let cursor = screen.cursor();
    let shown = cursor.top..(cursor.top + height(state.size)).min(screen.len());
    for (y, n) in (rows.y..rows.bottom()).zip(shown) {
        let row = Rect {
            y,
            height: 1,
            ..rows
        };
        if screen.table {
            if let Some(word) = screen.near.as_ref().and_then(|near| near.get(n)) {
                near(word, row, painter);
            }
        } else if let Some(found) = screen.gathered.lines.get(n) {
            line(state, found, row, painter);
        }
        if n == cursor.selected {
            let glyph = painter.look().glyphs.cursor;
            painter.line(row.x, y, row.x + 1, glyph, Role::Title);
            painter.wash(row, Role::Cursor);
        }
    }
}

fn title(screen: &Concordance, separator: &str) -> String {
    let asked = &screen.asked;
    if !screen.is_answered() {
        return format!("gathering… {separator} {asked}");
    }
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let lines = plural(screen.gathered.lines.len(), "line");
    let statements = plural(screen.gathered.statements, "statement");
    format!("{lines} in {statements} {separator} {asked}")
}

/// What stands where there is no row.
fn empty(screen: &Concordance) -> Option<&'static str> {
    if !screen.is_empty() {
        return None;
    }
    Some(
        if screen.answered == 0 || (screen.table && screen.near.is_none()) {
            "gathering…"
        } else if screen.table {
            "no word stands near"
        } else {
            "no text has these words (titles do not count)"
        },
    )
}

/// The order, what is not in yet, and the names of the columns.
fn head(state: &State, screen: &Concordance, area: Rect, painter: &mut Painter<'_>) {
    if screen.table {
        let within = format!("    near     total  logDice  word, {NEAR} to either side");
        painter.line(area.x + 1, area.y, area.right(), &within, Role::Dim);
        return;
    }
    let columns = Columns::of(area);
    let again = state.key_of(Action::Concordance);
    let behind = if !screen.is_answered() {
        String::new()
    } else if screen.over != state.snapshot.len() {
        format!("more was loaded: {again} gathers again")
    } else if screen.gathered.unread > 0 {
        format!(
            "{} not read yet: {again} gathers again",
            screen.gathered.unread
        )
    } else {
        String::new()
    };
    let order = format!("by {}  ", screen.sort.name());
    let x = painter.line(columns.left, area.y, columns.end, &order, Role::Dim);
    painter.line(x, area.y, columns.end, &behind, Role::Warning);
    for (column, name) in [
        (columns.date, "day"),
        (columns.speaker, "said by"),
        (columns.source, "source"),
    ] {
        if let Some(x) = column {
            painter.line(x, area.y, columns.right, name, Role::Dim);
        }
    }
}

fn line(state: &State, found: &Line, area: Rect, painter: &mut Painter<'_>) {
    let columns = Columns::of(area);
    let (before, after) = (columns.key - columns.left, columns.end - columns.key);
    // A word takes a cell and the blank behind it, at the least.
    let window = usize::from(before.max(after)) / 2 + 1;
    let (Some(places), Some(statement)) = (
        context(&state.snapshot, found, window),
        state.snapshot.statement(found.doc),
    ) else {
        return;
    };
    let search::Context { left, key, right } = places;
    let room = usize::from(before);
    let left = last_bytes(statement.words(left), room * BYTES_A_CELL);
    let left = Shown::line(&spaced(left)).cut_front(room);
    let x = columns.key - u16::try_from(left.width()).unwrap_or(before).min(before);
    let style = painter.style(Role::Text);
    painter.text(x, area.y, columns.key, &left, style);
    let room = usize::from(after) * BYTES_A_CELL;
    let words = |span: Span| spaced(first_bytes(statement.words(span), room));
    let x = painter.line(columns.key, area.y, columns.end, &words(key), Role::Hit);
    painter.line(x, area.y, columns.end, &words(right), Role::Text);

    if let Some(x) = columns.date {
        let date = statement.date.as_ref();
        let day = date.map_or("no date", |d| d.value.day_text());
        painter.line(x, area.y, x + DATE - 2, day, Role::Dim);
    }
    if let Some(x) = columns.speaker {
        let read = state.snapshot.packed(found.doc).is_some();
        let (name, role) = match speaker_of(&state.snapshot, found) {
            Some(name) => (name, Role::Text),
            None if read => ("no speaker found", Role::Dim),
            None => ("not read yet", Role::Dim),
        };
        painter.line(x, area.y, x + NAME - 2, name, role);
    }
    if let Some(x) = columns.source {
        let source = statement.source.as_ref();
        let source = source.map_or("no source", |s| s.value.as_str());
        painter.line(x, area.y, x + NAME - 2, source, Role::Dim);
    }
}

fn near(word: &Collocate, area: Rect, painter: &mut Painter<'_>) {
    let counts = format!("{:>8} {:>9} {:>8.2}  ", word.near, word.total, word.score);
    let x = painter.line(area.x + 1, area.y, area.right(), &counts, Role::Dim);
    painter.line(x, area.y, area.right(), &word.word, Role::Text);
}

/// White space as one blank, that at the ends too: the key follows what is before it as it does in
/// the text.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

fn first_bytes(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

fn last_bytes(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    text.get(text.ceil_char_boundary(from)..).unwrap_or(text)
}
