//! The query line and its answers.

use super::{hits, reading};
use crate::query::parse;
use crate::search::{Results, needs_extraction};
use crate::tui::message::Effect;
use crate::tui::state::{Pane, State};
use std::time::Duration;

/// While statements are extracted, a question that waits for that is asked again when one in so many more is: every
/// moment at first, every second when there are thousands.
const GROWTH: usize = 32;

/// Begins with a query, as if it had been typed and kept.
pub fn begin(state: &mut State, line: &str, effects: &mut Vec<Effect>) {
    state.search.line.set_text(line);
    typed(state, effects);
    kept(state);
}

/// The line is kept as it is: says what is wrong with it, if something is.
pub fn kept(state: &mut State) {
    if let Some(fault) = &state.search.fault {
        let message = format!("the query is not understood: {}", fault.message);
        state.complain(message);
    } else if state.search.query.unclosed.is_some() {
        state.tell("a quotation or a bracket is not closed: it runs to the end of the line");
    } else if let Some(field) = state.search.query.valueless {
        let name = field.of(state.search.line.text()).to_owned();
        state.tell(format!("`{name}` has no value: it asks for nothing"));
    }
}

/// The line changed: search, if it is understood; a broken line keeps the last good results.
pub fn typed(state: &mut State, effects: &mut Vec<Effect>) {
    match parse(state.search.line.text()) {
        Ok(query) => {
            let same = query == state.search.query && state.search.fault.is_none();
            state.search.query = query;
            state.search.fault = None;
            if !same || state.search.answered == 0 {
                // A new question is read from its best answer on.
                state.list = Default::default();
                ask(state, effects);
            }
        }
        Err(fault) => state.search.fault = Some(fault),
    }
}

/// Asks for the answer to the present query.
pub fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    state.search.ticket += 1;
    state.search.stale = false;
    state.search.extracted = state.snapshot.extracted();
    effects.push(Effect::Search {
        ticket: state.search.ticket,
        query: state.query(),
        snapshot: state.snapshot.clone(),
    });
}

/// Asks again when more was loaded meanwhile and the last question is answered. True when the
/// screen changes by it.
pub fn refresh(state: &mut State, effects: &mut Vec<Effect>) -> bool {
    let waiting = state.search.answered != state.search.ticket;
    if state.search.stale && !waiting {
        ask(state, effects);
    }
    !state.loading.done || state.snapshot.extracted() < state.snapshot.len()
}

/// Some statements were extracted: the open one may be among them, and results that wait for quotes
/// and claims grow.
pub fn extracted(state: &mut State, _effects: &mut Vec<Effect>) {
    let open = state
        .reader
        .as_ref()
        .filter(|r| r.extraction.is_none())
        .map(|r| r.doc);
    if open.is_some_and(|doc| state.snapshot.packed(doc).is_some()) {
        reading::refresh_marks(state);
        let none = state.reader.as_ref().is_some_and(|r| r.hits.is_empty());
        reading::refresh_hits(state);
        let untouched = state.reader.as_ref().is_some_and(|r| r.cursor == 0);
        if none && untouched {
            // Its hits are quotes or claims, and were not known when it was opened.
            hits::come_to(state, 0);
        }
    }
    let facets_shown = state.areas().pane(Pane::Facets).is_some();
    let waits =
        facets_shown || (needs_extraction(&state.search.query) && state.search.results.pending > 0);
    let (before, now) = (state.search.extracted, state.snapshot.extracted());
    if waits && (now == state.snapshot.len() || now > before + before / GROWTH) {
        state.search.stale = true;
    }
    order_again_when_read(state);
}

/// Asks again once it is known what is said in the best matches: their order waits for that.
fn order_again_when_read(state: &mut State) {
    let (snapshot, unread) = (&state.snapshot, &state.search.results.unread);
    if !unread.is_empty() && unread.iter().all(|doc| snapshot.is_extracted(*doc)) {
        state.search.stale = true;
    }
}

/// Takes an answer in; a stale one is dropped.
pub fn answered(
    state: &mut State,
    ticket: u64,
    results: Results,
    took: Duration,
    effects: &mut Vec<Effect>,
) {
    if ticket != state.search.ticket {
        state.changed = false;
        return;
    }
    let again = state.search.answered != 0 && state.list != Default::default();
    state.search.answered = ticket;
    state.search.results = results;
    state.search.took_ms = took.as_millis();
    state.search.hits = (0, false);
    if !state.search.results.unread.is_empty() {
        effects.push(Effect::ExtractSoon(state.search.results.unread.clone()));
        order_again_when_read(state);
    }
    if again && state.reader.is_some() {
        // The same question over more statements: the reader stays where it is.
        follow_open(state);
        reading::refresh_hits(state);
        return;
    }
    state.list = Default::default();
    let open = state.reader.as_ref().map(|r| r.doc);
    if open.is_some() && open == state.selected_doc() {
        reading::refresh_hits(state);
        hits::come_to(state, 0);
    } else {
        reading::open_selected(state, effects);
    }
}

/// Puts the cursor of the list on the open statement, if it is among the results.
pub fn follow_open(state: &mut State) {
    let open = state.reader.as_ref().map(|r| r.doc);
    let at = state.found().iter().position(|f| Some(f.doc) == open);
    let (len, height) = (state.found().len(), state.list_height());
    match at {
        Some(at) => state.list.reveal(at, len, height),
        None => state.list.fit(len, height),
    }
}
