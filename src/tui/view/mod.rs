//! Draws the state. Reads only; touches no more rows than are shown.

mod basket;
mod claims;
mod concordance;
mod export;
mod facets;
mod frame;
mod list;
mod paint;
mod popup;
mod reader;
mod status;

use super::layout::Areas;
use super::popup::Popup;
use super::state::{Pane, State};
use crate::config::Role;
use paint::Painter;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws everything into `buffer`; gives where the cursor of the terminal stands, if it is shown.
pub fn view(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let areas = state.areas();
    let mut painter = Painter::new(buffer, &state.look);
    if areas.too_small {
        let words = if state.size.0 < 18 {
            "too small"
        } else {
            "terminal too small"
        };
        painter.line(0, 0, state.size.0, words, Role::Warning);
        return None;
    }
    let cursor = status::query_line(state, &areas, &mut painter);
    frame::draw(state, &areas, &mut painter);
    panes(state, &areas, &mut painter);
    status::status_line(state, &areas, &mut painter);
    status::hint_line(state, &areas, &mut painter);
    match &state.popup {
        None => cursor.filter(|_| state.search.editing),
        Some(Popup::List(chooser)) => popup::chooser(state, chooser, &mut painter),
        Some(Popup::Line(dialog)) => popup::line(state, dialog, &mut painter),
        Some(Popup::Export(dialog)) => export::draw(state, dialog, &mut painter),
        Some(Popup::Basket) => {
            basket::draw(state, &mut painter);
            None
        }
        Some(Popup::Concordance) => {
            concordance::draw(state, &mut painter);
            None
        }
        Some(Popup::ConfirmQuit) => {
            popup::confirm_quit(state, &mut painter);
            None
        }
    }
}

fn panes(state: &State, areas: &Areas, painter: &mut Painter<'_>) {
    for (pane, _) in &areas.panes {
        let Some(body) = areas.body(*pane) else {
            continue;
        };
        match pane {
            Pane::List => list::draw(state, body, painter),
            Pane::Reader => reader::draw(state, body, painter),
            Pane::Claims => claims::draw(state, body, painter),
            Pane::Facets => facets::draw(state, body, painter),
        }
    }
}
