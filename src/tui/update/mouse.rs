//! The wheel scrolls the pane under the pointer; a click focuses it and goes to the row.

use super::{act, choosing, reading};
use crate::tui::message::Effect;
use crate::tui::popup::Popup;
use crate::tui::state::{Pane, State};

/// The wheel was turned.
pub fn wheel(state: &mut State, column: u16, row: u16, rows: i32, effects: &mut Vec<Effect>) {
    let by = rows as isize;
    match &mut state.popup {
        Some(Popup::List(_)) => return choosing::wheel(state, by),
        Some(Popup::Concordance) => return reading::step(state, by, effects),
        Some(Popup::Basket) => return reading::step(state, by.signum(), effects),
        Some(_) => return,
        None => {}
    }
    let height = state.height(Pane::Reader);
    match state.areas().pane_at(column, row) {
        Some(Pane::List) => reading::list_by(state, by.signum(), false, effects),
        Some(Pane::Reader) => {
            if let Some(reader) = &mut state.reader {
                reader.scroll(by, height);
            }
        }
        Some(Pane::Claims) => {
            let len = state.reader.as_ref().map_or(0, |r| r.items.len());
            let height = state.height(Pane::Claims);
            state.items.step(by.signum(), len);
            state.items.fit(len, height);
            reading::go_to_selected_item(state);
        }
        Some(Pane::Facets) => {
            let len = super::narrow::facet_rows(state).len();
            state.facet.step(by.signum(), len);
        }
        None => {}
    }
}

/// A cell was clicked.
pub fn click(state: &mut State, column: u16, row: u16, effects: &mut Vec<Effect>) {
    if state.popup.is_some() {
        return;
    }
    state.search.editing = false;
    let areas = state.areas();
    if row == areas.query.y {
        return act::run(state, crate::config::Action::Search, 1, effects);
    }
    let Some(pane) = areas.pane_at(column, row) else {
        return;
    };
    act::focus(state, pane);
    let Some(body) = areas.body(pane).filter(|body| row >= body.y) else {
        return;
    };
    let line = usize::from(row - body.y);
    match pane {
        Pane::List => reading::select_list_row(state, line, effects),
        Pane::Reader => {
            let head = state.head().rows();
            if let Some(reader) = &mut state.reader
                && let Some(span) = line
                    .checked_sub(head)
                    .and_then(|n| reader.rows.get(reader.top + n))
            {
                reader.cursor = span.begin();
                reading::item_under_cursor(state);
                state.notice = None;
            }
        }
        Pane::Claims => {
            state.items.selected = state.items.top + line;
            reading::refit(state);
            reading::go_to_selected_item(state);
        }
        Pane::Facets => {
            state.facet.selected = state.facet.top + line;
            super::narrow::take_facet(state, effects);
        }
    }
}
