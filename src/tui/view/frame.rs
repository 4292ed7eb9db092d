//! Titles of the panes and the lines between them.

use super::paint::Painter;
use crate::config::Role;
use crate::tui::layout::Areas;
use crate::tui::state::{Pane, State};
use ratatui::layout::Rect;

/// Draws them.
pub fn draw(state: &State, areas: &Areas, painter: &mut Painter<'_>) {
    let border = painter.look().glyphs.border;
    for line in &areas.lines {
        painter.fill(*line, border.vertical, Role::Border);
    }
    for (pane, area) in &areas.panes {
        let focused = *pane == state.focus && state.popup.is_none();
        let glyphs = if focused {
            painter.look().glyphs.border_focus
        } else {
            border
        };
        let role = if focused {
            Role::BorderFocus
        } else {
            Role::Border
        };
        painter.fill(Rect { height: 1, ..*area }, glyphs.horizontal, role);
        let right = area.right().saturating_sub(1);
        let detail = detail(state, *pane);
        let room = if detail.is_empty() {
            right
        } else {
            painter.line_right(area.x + 1, area.y, right, &format!(" {detail} "), role)
        };
        let marker = if focused {
            painter.look().glyphs.cursor
        } else {
            ""
        };
        let title = format!(" {marker}{} {} ", pane.number(), pane.title());
        let title_role = if focused { Role::Title } else { Role::Text };
        painter.line(area.x + 1, area.y, room, &title, title_role);
    }
    if let Some(tabs) = areas.tabs {
        draw_tabs(state, tabs, painter);
    }
}

/// What the title of a pane says on the right.
fn detail(state: &State, pane: Pane) -> String {
    match pane {
        Pane::List => state.query().sort.unwrap_or_default().label().to_owned(),
        Pane::Reader => state.reader.as_ref().map_or(String::new(), |reader| {
            format!("{} %", reader.percent(state.height(Pane::Reader)))
        }),
        Pane::Claims => match &state.reader {
            Some(reader) if reader.extraction.is_none() => "reading…".to_owned(),
            Some(reader) if !reader.items.is_empty() => {
                format!("{} of {}", state.items.selected + 1, reader.items.len())
            }
            _ => String::new(),
        },
        Pane::Facets => String::new(),
    }
}

/// Which panes there are, where only one is shown.
fn draw_tabs(state: &State, area: Rect, painter: &mut Painter<'_>) {
    let mut x = area.x;
    for pane in [Pane::List, Pane::Reader, Pane::Claims] {
        let short = match pane {
            Pane::List => "List",
            Pane::Reader => "Read",
            Pane::Claims | Pane::Facets => "Claims",
        };
        let here = pane == state.focus;
        let tab = if here {
            format!("[{} {short}] ", pane.number())
        } else {
            format!(" {} {short}  ", pane.number())
        };
        x = painter.line(
            x,
            area.y,
            area.right(),
            &tab,
            if here { Role::Title } else { Role::Text },
        );
    }
}
