//! The list of statements: two rows each.
//!
//! ```text
//! >*Title of the statement, cut at the e…
//!   2025-10-12  Source of it       3q 4c
//! ```

use super::paint::Painter;
use crate::config::Role;
use crate::model::Provenance;
use crate::text::wrap::Rows;
use crate::tui::state::{LIST_ROWS, Pane, State};
use ratatui::layout::Rect;

/// Draws the statements that are shown.
pub fn draw(state: &State, area: Rect, painter: &mut Painter<'_>) {
    if state.found().is_empty() {
        let why = if state.snapshot.is_empty() && !state.loading.done {
            "loading…"
        } else if state.snapshot.is_empty() {
            "nothing was loaded: ! says why"
        } else {
            "no statement matches"
        };
        painter.line(area.x + 1, area.y, area.right(), why, Role::Dim);
        let advice = state.search.results.advice.join("; ");
        let width = usize::from(area.width.saturating_sub(2));
        let rows = Rows::new(&advice, width);
        let shown = (0..rows.len()).filter_map(|n| rows.get(n));
        for (y, row) in (area.y + 1..area.bottom()).zip(shown) {
            painter.line(area.x + 1, y, area.right(), row.of(&advice), Role::Text);
        }
        return;
    }
    let shown = state
        .found()
        .iter()
        .enumerate()
        .skip(state.list.top)
        .take(state.list_height());
    for (row, (n, found)) in shown.enumerate() {
        let y = area.y + u16::try_from(row * LIST_ROWS).unwrap_or(0);
        statement(
            state,
            n,
            found.doc,
            Rect {
                y,
                height: 2,
                ..area
            },
            painter,
        );
    }
}

fn statement(state: &State, n: usize, doc: usize, area: Rect, painter: &mut Painter<'_>) {
    let Some(statement) = state.snapshot.statement(doc) else {
        return;
    };
    let glyphs = painter.look().glyphs;
    let selected = n == state.list.selected;
    let marked = state
        .collection
        .iter()
        .any(|p| p.statement == *statement.id);
    painter.line(
        area.x,
        area.y,
        area.right(),
        if selected { glyphs.cursor } else { " " },
        Role::Title,
    );
    painter.line(
        area.x + 1,
        area.y,
        area.right(),
        if marked { glyphs.marked } else { " " },
        Role::Marked,
    );
    let derived = statement.title.from == Provenance::Derived;
    let title = if statement.title.value.is_empty() {
        "(no title)"
    } else {
        &statement.title.value
    };
    painter.line(
        area.x + 2,
        area.y,
        area.right(),
        title,
        if derived { Role::Derived } else { Role::Text },
    );

    let y = area.y + 1;
    if area.height < 2 || y >= area.bottom() {
        return;
    }
    let counts = state
        .snapshot
        .packed(doc)
        .map_or_else(String::new, |packed| {
            let kinds = packed.kinds();
            format!("{}q {}c", kinds.attributed(), kinds.claimed())
        });
    let counts = match state.search.results.folded.get(&doc) {
        Some(same) => format!("x{} {counts}", same.len() + 1),
        None => counts,
    };
    let right = painter.line_right(area.x + 2, y, area.right(), &counts, Role::Dim);
    let badge = match &statement.hold {
        Some(hold) => hold.why.to_uppercase(),
        None if statement.excerpt => "EXCERPT".to_owned(),
        None => String::new(),
    };
    let right = if badge.is_empty() {
        right
    } else {
        let end = right.saturating_sub(1);
        painter.line_right(area.x + 2, y, end, &badge, Role::Warning)
    };
    let date = statement
        .date
        .as_ref()
        .map_or("no date", |d| d.value.day_text());
    let source = statement.source.as_ref().map_or("", |s| s.value.as_str());
    let right = right.saturating_sub(1);
    let x = painter.line(area.x + 2, y, right, date, Role::Dim);
    painter.line(x + 1, y, right, source, Role::Dim);
    if selected && state.focus == Pane::List && state.popup.is_none() {
        painter.wash(Rect { height: 1, ..area }, Role::Cursor);
    }
}
