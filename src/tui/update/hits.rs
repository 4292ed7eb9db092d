//! Going from hit to hit, across statements.

use super::reading::open_selected;
use crate::tui::message::Effect;
use crate::tui::state::{Pane, State};

/// Goes `by` hits on, into the next or previous statement with a hit when this one has no more.
pub fn to_hit(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    if state.query().texts().is_empty() {
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
    let height = state.height(Pane::Reader);
    if let Some(reader) = &mut state.reader {
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
        if let Some((n, hit)) = next.and_then(|n| Some((n, reader.hits.get(n)?))) {
            let at = hit.span.begin();
            reader.hit = Some(n);
            reader.go_to(at, height);
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
    if let Some(reader) = &mut state.reader
        && !forward
        && let Some((n, hit)) = reader.hits.iter().enumerate().next_back()
    {
        let at = hit.span.begin();
        reader.hit = Some(n);
        reader.go_to(at, height);
    }
    true
}
