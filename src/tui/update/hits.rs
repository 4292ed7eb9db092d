//! Going from hit to hit, across statements.

use super::reading::open_selected;
use crate::search::asks_items;
use crate::tui::message::Effect;
use crate::tui::state::{Pane, State};

/// Goes `by` hits on, into the next or previous statement with a hit when this one has no more.
pub fn to_hit(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let query = state.query();
    if query.texts().is_empty() && !asks_items(&query) {
        state.tell(format!(
            "no words to go to: {} searches",
            state.key_of(crate::config::Action::Search)
        ));
        return;
    }
    for _ in 0..by.unsigned_abs() {
        if !one_hit(state, by > 0, effects) {
            state.tell(if by > 0 {
                "this is the last hit"
            } else {
                "this is the first hit"
            });
            return;
        }
    }
}

fn one_hit(state: &mut State, forward: bool, effects: &mut Vec<Effect>) -> bool {
    if let Some(reader) = &state.reader {
        let next = match (reader.hit, forward) {
            (Some(n), true) => Some(n + 1),
            (Some(n), false) => n.checked_sub(1),
            (None, true) => Some(
                reader
                    .hits
                    .partition_point(|h| h.span.begin() < reader.cursor),
            ),
            (None, false) => reader
                .hits
                .partition_point(|h| h.span.begin() < reader.cursor)
                .checked_sub(1),
        };
        if let Some(n) = next.filter(|n| *n < reader.hits.len()) {
            come_to(state, n);
            return true;
        }
    }
    // Statements whose title alone matched have no place to go to in the text.
    let here = state.list.selected;
    let len = state.found().len();
    let mut rest: Box<dyn Iterator<Item = usize>> = if forward {
        Box::new(here + 1..len)
    } else {
        Box::new((0..here).rev())
    };
    let query = state.query();
    let with_hit = rest.find(|&n| {
        let doc = state.found().get(n).map(|f| f.doc);
        doc.is_some_and(|doc| {
            !state
                .search
                .results
                .hits(&state.snapshot, &query, doc)
                .is_empty()
        })
    });
    drop(rest);
    let Some(to) = with_hit else { return false };
    state.list.selected = to;
    let (len, list) = (state.found().len(), state.list_height());
    state.list.fit(len, list);
    open_selected(state, effects);
    let last = state
        .reader
        .as_ref()
        .and_then(|r| r.hits.len().checked_sub(1));
    if let Some(last) = last.filter(|_| !forward) {
        come_to(state, last);
    }
    true
}

/// Puts the cursor on a hit of the open statement; the claims pane follows. Where the hits are
/// quotes or claims themselves, the one come to is the one that is marked, copied and noted.
pub fn come_to(state: &mut State, n: usize) {
    let height = state.height(Pane::Reader);
    let Some(reader) = &mut state.reader else {
        return;
    };
    let Some(span) = reader.hits.get(n).map(|hit| hit.span) else {
        return;
    };
    reader.hit = Some(n);
    reader.go_to(span.begin(), height);
    reader.set_item(reader.hit_items.get(n).copied());
    follow(state);
}

/// Shows the row of the claims pane that belongs to the place of the cursor: the quote or claim
/// there, else the last one before it.
pub fn follow(state: &mut State) {
    let height = state.height(Pane::Claims);
    let Some(reader) = &state.reader else {
        return;
    };
    let here = reader.item().or_else(|| reader.item_at(reader.cursor));
    let row = here
        .and_then(|item| reader.position_of(item))
        .unwrap_or_else(|| {
            let before = reader
                .items
                .partition_point(|(_, span)| span.begin() <= reader.cursor);
            before.saturating_sub(1)
        });
    state.items.reveal(row, reader.items.len(), height);
}
