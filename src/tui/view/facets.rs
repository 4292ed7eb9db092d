//! Counts of the results by speaker, type, source and month, with bars; Enter puts a value into the
//! query line.

use super::paint::Painter;
use crate::config::Role;
use crate::tui::state::{Pane, State};
use crate::tui::update::{FacetRow, facet_rows};
use ratatui::layout::Rect;

/// Cells of the longest bar.
const BAR: usize = 6;

/// Draws the rows that are shown.
pub fn draw(state: &State, area: Rect, painter: &mut Painter<'_>) {
    let rows = facet_rows(state);
    if rows.is_empty() {
        painter.line(
            area.x + 1,
            area.y,
            area.right(),
            "nothing counted yet",
            Role::Dim,
        );
        return;
    }
    let glyphs = painter.look().glyphs;
    let height = usize::from(area.height);
    let top = (state.facet.selected + 1).saturating_sub(height);
    let mut most = 1;
    for (n, row) in rows.iter().enumerate().take(top + height) {
        // Bars are compared within one facet; its first value is its largest.
        if let FacetRow::Value { count, .. } = row {
            let first = n > 0 && matches!(rows.get(n - 1), Some(FacetRow::Head(_)));
            most = if first { (*count).max(1) } else { most };
        }
        let Some(line) = n.checked_sub(top) else {
            continue;
        };
        let y = area.y + u16::try_from(line).unwrap_or(0);
        let selected = n == state.facet.selected && state.focus == Pane::Facets;
        match row {
            FacetRow::Head(head) => {
                painter.line(area.x + 1, y, area.right(), head, Role::Title);
            }
            FacetRow::Value {
                value, count, on, ..
            } => {
                let bar = glyphs.bar.repeat((count * BAR).div_ceil(most).min(BAR));
                let right = painter.line_right(
                    area.x,
                    y,
                    area.right(),
                    &format!(" {count:>4}"),
                    Role::Text,
                );
                painter.line(right.saturating_sub(6), y, right, &bar, Role::FacetBar);
                let tick = if *on { glyphs.ticked } else { glyphs.unticked };
                let x = painter.line(area.x + 1, y, right, &format!("{tick} "), Role::Text);
                painter.line(x, y, right.saturating_sub(7), value, Role::Text);
            }
        }
        if selected {
            painter.line(area.x, y, area.x + 1, glyphs.cursor, Role::Title);
            painter.wash(
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                Role::Cursor,
            );
        }
    }
}
