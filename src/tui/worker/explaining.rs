//! Why a place was read as it was, found out beside the screen: the statement is extracted once more for it.

use super::send;
use crate::extract::Extractor;
use crate::extract::explain::Explainer;
use crate::store::{DocNo, Snapshot};
use crate::tui::message::Msg;
use std::sync::mpsc::Sender;
use std::thread;

/// Finds out about the byte `at` of a statement; the browser hears it.
pub fn start(snapshot: Snapshot, doc: DocNo, at: usize, to: Sender<Msg>) {
    let failed = to.clone();
    let work = move || {
        if let Some(statement) = snapshot.statement(doc) {
            let extractor = Extractor::new();
            send(
                &to,
                Msg::Explained(Explainer::new(&extractor, statement).lines(at)),
            );
        }
    };
    if let Err(error) = thread::Builder::new().name("explain".into()).spawn(work) {
        send(
            &failed,
            Msg::Done {
                text: format!("cannot explain: {error}"),
                failed: true,
            },
        );
    }
}
