//! Threads beside the screen: loading, extracting, searching, gathering, listing, explaining, exporting. Each talks to the browser
//! over one channel of messages and shares nothing else with it.

pub mod explaining;
pub mod exporting;
pub mod extracting;
pub mod gathering;
pub mod listing;
pub mod loading;
mod newest;
pub mod searching;

use super::message::Msg;
use std::sync::mpsc::Sender;
use std::thread;

/// Runs `work` on a thread of this name; that the system gives none is told.
fn spawn(name: &str, to: Sender<Msg>, work: impl FnOnce(&Sender<Msg>) + Send + 'static) {
    let failed = to.clone();
    let spawned = thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || work(&to));
    if let Err(error) = spawned {
        send(
            &failed,
            Msg::Done {
                text: format!("cannot {name}: {error}"),
                failed: true,
            },
        );
    }
}

/// Sends a message; the browser may be gone, and then nobody needs it.
pub fn send(to: &Sender<Msg>, msg: Msg) {
    drop(to.send(msg));
}
