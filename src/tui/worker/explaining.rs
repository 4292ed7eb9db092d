//! Why a place was read as it was, found out beside the screen: the statement is extracted once more for it.

use super::{send, spawn};
use crate::extract::Extractor;
use crate::extract::explain::Explainer;
use crate::store::{DocNo, Snapshot};
use crate::tui::message::Msg;
use std::sync::mpsc::Sender;

/// Finds out about the byte `at` of a statement; the browser hears it.
pub fn start(snapshot: Snapshot, doc: DocNo, at: usize, to: Sender<Msg>) {
    spawn("explain", to, move |to| {
        if let Some(statement) = snapshot.statement(doc) {
            let extractor = Extractor::new();
            let lines = Explainer::new(&extractor, statement).lines(at);
            send(to, Msg::Explained(lines));
        }
    });
}
