//! `update(state, message) -> effects`: the only place where the state changes.
//!
//! Pure: touches no disk, clock, thread or terminal, so that a list of messages is a test.

mod act;
mod choosing;
mod concordance;
mod dialogs;
mod export;
mod hits;
mod keys;
mod marks;
mod mouse;
mod narrow;
mod reading;
mod searching;
mod selecting;

pub use narrow::{FacetRow, facet_rows};

use super::message::{Effect, Msg};
use super::popup::ExportStage;
use super::state::State;
use crate::error::Severity;
use crate::search::needs_identities;

/// Takes one message in.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    state.changed = true;
    match msg {
        Msg::Begin(line) => searching::begin(state, &line, &mut effects),
        Msg::Key(key) => keys::pressed(state, key, &mut effects),
        Msg::Paste(text) => keys::pasted(state, &text, &mut effects),
        Msg::Wheel { column, row, rows } => mouse::wheel(state, column, row, rows, &mut effects),
        Msg::Click { column, row } => mouse::click(state, column, row, &mut effects),
        Msg::Resize { columns, rows } => {
            state.size = (columns, rows);
            reading::refit(state);
        }
        Msg::Tick => {
            state.changed = searching::refresh(state, &mut effects);
        }
        Msg::Redraw => effects.push(Effect::Redraw),
        Msg::Terminate => effects.extend([Effect::SaveCollection, Effect::Quit]),
        Msg::Found { files, bytes } => (state.loading.files, state.loading.bytes) = (files, bytes),
        Msg::Read(bytes) => state.loading.read += bytes,
        Msg::Segment(segment) => {
            let first = state.snapshot.is_empty();
            state.snapshot.push(segment);
            state.search.stale = true;
            if first {
                searching::refresh(state, &mut effects);
            }
        }
        Msg::Fault(fault) => {
            state.loading.skipped += usize::from(fault.severity == Severity::Skipped);
            state.loading.faults.push(fault);
        }
        Msg::Loaded => {
            state.loading.done = true;
            searching::refresh(state, &mut effects);
        }
        Msg::Extracted => {
            searching::extracted(state, &mut effects);
        }
        // The answer went by those gathered before.
        Msg::Identified => state.search.stale |= needs_identities(&state.search.query),
        Msg::Results {
            ticket,
            results,
            took,
        } => {
            searching::answered(state, ticket, results, took, &mut effects);
        }
        Msg::HitCount {
            ticket,
            hits,
            complete,
        } if ticket == state.search.ticket => {
            state.search.hits = (hits, complete);
        }
        Msg::Facets { ticket, facets } if ticket == state.search.ticket => {
            state.search.facets = facets;
        }
        Msg::HitCount { .. } | Msg::Facets { .. } => state.changed = false,
        Msg::Done { text, failed } => {
            if failed {
                export::stopped(state, ExportStage::Choosing);
                state.complain(text)
            } else {
                state.tell(text)
            }
        }
        Msg::Exported {
            count,
            path,
            left_out,
        } => export::written(state, count, &path, left_out.as_deref()),
        Msg::Explained(lines) => dialogs::open_why(state, &lines),
        Msg::Gathered { ticket, gathered } => concordance::gathered(state, ticket, gathered),
        Msg::Collocates { ticket, words } => concordance::collocates(state, ticket, words),
        Msg::Filtered { ticket, passed } => choosing::filtered(state, ticket, passed, &mut effects),
        Msg::Counted { ticket, rows } => choosing::counted(state, ticket, rows, &mut effects),
        Msg::AskReplace => export::stopped(state, ExportStage::Asking),
    }
    effects
}
