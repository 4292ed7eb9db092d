//! Lists that filter, a line to be typed, the question before quitting.

use super::paint::Painter;
use crate::config::Role;
use crate::text::{Shown, Span};
use crate::tui::chooser::Chooser;
use crate::tui::input_line::InputLine;
use crate::tui::layout::popup;
use crate::tui::popup::LineDialog;
use crate::tui::state::State;
use ratatui::layout::{Position, Rect};

/// Most columns a list takes.
const COLUMNS: u16 = 110;
/// Said while the rows of a list are counted.
const COUNTING: &str = "counting the results…";

/// A list; gives where the cursor of its filter stands.
pub fn chooser(state: &State, chooser: &Chooser, painter: &mut Painter<'_>) -> Option<Position> {
    let inside = painter.boxed(popup(state.size, COLUMNS, state.size.1), chooser.title);
    let cursor = typed(
        &chooser.filter,
        "> ",
        Rect {
            height: 1,
            ..inside
        },
        painter,
    );
    if chooser.list().is_some() {
        let count = format!("{}/{}", chooser.len(), chooser.all());
        painter.line_right(inside.x, inside.y, inside.right(), &count, Role::Dim);
    }
    let rows = Rect {
        y: inside.y + 1,
        height: inside.height.saturating_sub(1),
        ..inside
    };
    let said = match chooser.list() {
        None => COUNTING,
        Some(_) if chooser.all() == 0 => chooser.empty,
        Some(_) => "nothing matches",
    };
    if chooser.is_empty() {
        painter.line(rows.x, rows.y, rows.right(), said, Role::Dim);
    }
    let top = chooser.scroll.top;
    let shown: Vec<_> = (top..top + usize::from(rows.height))
        .map_while(|n| Some((n, chooser.row(n)?)))
        .collect();
    let leads = shown.iter().map(|(_, row)| Shown::line(&row.lead).width());
    let lead = u16::try_from(leads.max().unwrap_or(0).min(18)).unwrap_or(0);
    let pattern = chooser.pattern();
    for (line, (n, row)) in shown.iter().enumerate() {
        let y = rows.y + u16::try_from(line).unwrap_or(0);
        let selected = *n == chooser.scroll.selected;
        let x = painter.line(
            rows.x,
            y,
            rows.right(),
            if selected {
                painter.look().glyphs.cursor
            } else {
                " "
            },
            Role::Title,
        );
        painter.line(x, y, (x + lead).min(rows.right()), &row.lead, Role::HintKey);
        let text = (x + lead + u16::from(lead > 0) * 2).min(rows.right());
        let end = matched(
            &row.text,
            &row.spans(&pattern),
            text,
            y,
            rows.right(),
            painter,
        );
        painter.line(
            (end + 2).min(rows.right()),
            y,
            rows.right(),
            &row.detail,
            Role::Dim,
        );
        if selected {
            painter.wash(
                Rect {
                    y,
                    height: 1,
                    ..rows
                },
                Role::Cursor,
            );
        }
    }
    cursor
}

/// Text with the bytes that matched shown as hits.
fn matched(
    text: &str,
    spans: &[Span],
    x: u16,
    y: u16,
    right: u16,
    painter: &mut Painter<'_>,
) -> u16 {
    let (mut at, mut x) = (0, x);
    for span in spans {
        x = painter.line(
            x,
            y,
            right,
            Span::new(at, span.begin()).of(text),
            Role::Text,
        );
        x = painter.line(x, y, right, span.of(text), Role::Hit);
        at = span.finish();
    }
    painter.line(x, y, right, text.get(at..).unwrap_or(""), Role::Text)
}

/// A line being typed after a mark; gives where its cursor stands.
pub fn typed(
    line: &InputLine,
    mark: &str,
    area: Rect,
    painter: &mut Painter<'_>,
) -> Option<Position> {
    let x = painter.line(area.x, area.y, area.right(), mark, Role::HintKey);
    let view = line.visible(usize::from(area.right().saturating_sub(x)));
    let style = painter.style(Role::Text);
    painter.text(x, area.y, area.right(), &view.text, style);
    Some(Position::new(
        x + u16::try_from(view.column).unwrap_or(0),
        area.y,
    ))
}

/// A line for tags or a note.
pub fn line(state: &State, dialog: &LineDialog, painter: &mut Painter<'_>) -> Option<Position> {
    let inside = painter.boxed(popup(state.size, 80, 3), dialog.title);
    typed(&dialog.line, "", inside, painter)
}

/// Asked when something could not be saved.
pub fn confirm_quit(state: &State, painter: &mut Painter<'_>) {
    let inside = painter.boxed(popup(state.size, 52, 5), "Quit?");
    let lines = [
        "The collection could not be saved:",
        "quitting loses the last marks.",
        "y quits, any other key stays.",
    ];
    for (n, line) in (0u16..).zip(lines) {
        painter.line(inside.x, inside.y + n, inside.right(), line, Role::Warning);
    }
}
