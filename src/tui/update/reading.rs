//! Opening statements and moving about in them and in the lists.

use super::{concordance, hits, searching};
use crate::model::{PassageKind, Span};
use crate::search::Item;
use crate::store::DocNo;
use crate::tui::message::Effect;
use crate::tui::popup::Popup;
use crate::tui::reader::Reader;
use crate::tui::state::{LIST_ROWS, Pane, State};
use std::sync::Arc;

/// Brings rows, windows and cursors in order after the size or the panes changed.
pub fn refit(state: &mut State) {
    let (width, height) = (state.text_width(), state.height(Pane::Reader));
    if let Some(reader) = &mut state.reader {
        reader.set_width(width, height);
    }
    let (found, list) = (state.found().len(), state.list_height());
    state.list.fit(found, list);
    let items = state.reader.as_ref().map_or(0, |r| r.items.len());
    let height = state.height(Pane::Claims);
    state.items.fit(items, height);
}

/// Opens the statement under the cursor of the list, unless it is open.
pub fn open_selected(state: &mut State, effects: &mut Vec<Effect>) {
    match state.selected_doc() {
        Some(doc) if state.reader.as_ref().is_none_or(|r| r.doc != doc) => {
            open(state, doc, effects)
        }
        Some(_) => {}
        None => state.reader = None,
    }
}

/// Opens a statement at its first hit.
pub fn open(state: &mut State, doc: DocNo, effects: &mut Vec<Effect>) {
    let Some(statement) = state.snapshot.statement(doc) else {
        return;
    };
    let reader = Reader::new(doc, Arc::clone(&statement.body), state.text_width());
    state.reader = Some(reader);
    state.items = Default::default();
    refresh_marks(state);
    refresh_hits(state);
    hits::come_to(state, 0);
    if state.snapshot.packed(doc).is_none() {
        effects.push(Effect::Extract(doc));
    }
}

/// Works out the places of the query's words in the open statement anew.
pub fn refresh_hits(state: &mut State) {
    let query = state.query();
    let Some(doc) = state.reader.as_ref().map(|r| r.doc) else {
        return;
    };
    let results = &state.search.results;
    let items = results.item_hits(&state.snapshot, &query, doc);
    let (hit_items, mut hits): (Vec<_>, Vec<_>) = items.into_iter().unzip();
    if hits.is_empty() {
        hits = results.hits(&state.snapshot, &query, doc);
    }
    if let Some(reader) = &mut state.reader {
        reader.hit = reader.hit.filter(|n| *n < hits.len());
        reader.hits = hits;
        reader.hit_items = hit_items;
    }
}

/// Takes in extraction, threshold and collection anew for the open statement.
pub fn refresh_marks(state: &mut State) {
    let Some(reader) = &mut state.reader else {
        return;
    };
    let Some(statement) = state.snapshot.statement(reader.doc) else {
        return;
    };
    let index = crate::text::PointIndex::new(&statement.body);
    let here = state
        .collection
        .iter()
        .filter(|p| p.statement == *statement.id);
    let kept: Vec<(PassageKind, Vec<Span>)> = here
        .map(|passage| {
            let places = passage.places.iter();
            let spans = places.map(|p| Span::new(index.byte(p.start), index.byte(p.end)));
            (passage.kind, spans.collect())
        })
        .collect();
    // Unpacked once, when it is opened or has just been extracted.
    let known = reader.extraction.take();
    let extraction = known.or_else(|| Some(Arc::new(state.snapshot.extraction(reader.doc)?)));
    reader.set_extraction(extraction, state.threshold, &kept);
}

/// Moves the cursor of whatever has the focus by rows.
pub fn step(state: &mut State, by: isize, effects: &mut Vec<Effect>) {
    let height = state.height(Pane::Reader);
    match (&state.popup, state.focus) {
        (Some(Popup::Basket), _) => {
            let len = state.collection.len();
            state.basket.step(by, len);
        }
        (Some(Popup::Concordance), _) => concordance::step(state, by),
        (Some(_), _) => {}
        (None, Pane::List) => list_by(state, by, false, effects),
        (None, Pane::Reader) => {
            if let Some(reader) = &mut state.reader {
                reader.step_rows(by, height);
            }
            item_under_it(state);
        }
        (None, Pane::Claims) => {
            let len = state.reader.as_ref().map_or(0, |r| r.items.len());
            state.items.step(by, len);
            go_to_selected_item(state);
        }
        (None, Pane::Facets) => {
            let len = super::narrow::facet_rows(state).len();
            state.facet.step(by, len);
        }
    }
    refit(state);
}

/// Moves by pages, or by `1/part` of them.
pub fn page(state: &mut State, by: isize, part: usize, effects: &mut Vec<Effect>) {
    let rows = match (&state.popup, state.focus) {
        (None, Pane::List) => state.list_height(),
        (None, pane) => state.height(pane),
        (Some(Popup::Concordance), _) => crate::tui::concordance::height(state.size),
        (Some(_), _) => usize::from(state.size.1) / 2,
    };
    let rows = (rows / part)
        .saturating_sub(usize::from(part == 1))
        .max(1)
        .cast_signed();
    if state.popup.is_none() && state.focus == Pane::Reader {
        let height = state.height(Pane::Reader);
        if let Some(reader) = state.reader.as_mut().filter(|r| r.anchor.is_none()) {
            reader.scroll(by * rows, height);
        }
    }
    step(state, by * rows, effects);
}

/// Goes to the first or the last row.
pub fn edge(state: &mut State, last: bool, effects: &mut Vec<Effect>) {
    let far = isize::MAX / 2;
    step(state, if last { far } else { -far }, effects);
}

/// Moves the cursor of the list by statements, or by pages of them, and opens what it comes to.
pub fn list_by(state: &mut State, by: isize, pages: bool, effects: &mut Vec<Effect>) {
    let height = state.list_height();
    let by = if pages { by * height.cast_signed() } else { by };
    let len = state.found().len();
    state.list.step(by, len);
    state.list.fit(len, height);
    open_selected(state, effects);
}

/// Rows of the list to statements: what was clicked.
pub fn select_list_row(state: &mut State, row: usize, effects: &mut Vec<Effect>) {
    let to = state.list.top + row / LIST_ROWS;
    if to < state.found().len() {
        state.list.selected = to;
        open_selected(state, effects);
    }
}

/// Goes `by` quotes or claims on from the cursor.
pub fn to_item(state: &mut State, by: isize, wanted: impl Fn(Item) -> bool) {
    let height = state.height(Pane::Reader);
    let Some(reader) = &mut state.reader else {
        return;
    };
    let of_kind: Vec<(Item, Span)> = reader
        .items
        .iter()
        .filter(|(i, _)| wanted(*i))
        .copied()
        .collect();
    if of_kind.is_empty() {
        let told = if reader.extraction.is_some() {
            "nothing of this kind was found here"
        } else {
            "not extracted yet"
        };
        state.tell(told);
        return;
    }
    let current = reader
        .item()
        .and_then(|item| of_kind.iter().position(|(i, _)| *i == item));
    let before = of_kind.partition_point(|(_, span)| span.begin() < reader.cursor);
    let to = match current {
        Some(n) => n.cast_signed() + by,
        None if by > 0 => before.cast_signed() + by - 1,
        None => before.cast_signed() + by,
    };
    let last = of_kind.len() - 1;
    let to = to.clamp(0, last.cast_signed()).cast_unsigned();
    if current == Some(to) {
        state.tell(if by > 0 {
            "this is the last one here"
        } else {
            "this is the first one here"
        });
        return;
    }
    if let Some((item, span)) = of_kind.get(to) {
        reader.set_item(Some(*item));
        reader.go_to(span.begin(), height);
        let row = reader.position_of(*item).unwrap_or(0);
        let (len, height) = (reader.items.len(), state.height(Pane::Claims));
        state.items.reveal(row, len, height);
    }
}

/// Shows the item under the cursor of the claims pane in the text.
pub fn go_to_selected_item(state: &mut State) {
    let height = state.height(Pane::Reader);
    let selected = state.items.selected;
    if let Some(reader) = &mut state.reader
        && let Some((item, span)) = reader.items.get(selected).copied()
    {
        reader.set_item(Some(item));
        reader.go_to(span.begin(), height);
    }
}

/// Selects the item under the cursor of the text in the claims pane.
pub fn item_under_cursor(state: &mut State) {
    item_under_it(state);
    if state.reader.as_ref().is_some_and(|r| r.item().is_none()) {
        state.tell("no quote or claim stands here");
    }
}

/// The item that the text's cursor is in becomes the current one.
fn item_under_it(state: &mut State) {
    if let Some(reader) = &mut state.reader {
        reader.set_item(reader.item_at(reader.cursor));
    }
    hits::follow(state);
}

/// Shows the row of the text's cursor.
pub fn show_cursor(state: &mut State) {
    let height = state.height(Pane::Reader);
    if let Some(reader) = &mut state.reader {
        reader.go_to(reader.cursor, height);
    }
}

/// Selects a statement in the list, clearing the query when it is not among the results.
pub fn jump_to(state: &mut State, doc: DocNo, effects: &mut Vec<Effect>) {
    if !state.found().iter().any(|f| f.doc == doc) {
        state.search.line.clear();
        searching::typed(state, effects);
    }
    open(state, doc, effects);
    searching::follow_open(state);
}
