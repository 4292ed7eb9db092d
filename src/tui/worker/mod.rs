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

/// What the reader asks for goes before what nobody asked for yet: this thread takes what the others leave, from 0
/// (all it can get) to 19 (what nobody wants).
fn give_way(niceness: i32) {
    // Elsewhere a priority is the whole process's. Where it is refused all is as before.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(niceness);
    #[cfg(not(target_os = "linux"))]
    let _ = niceness;
}

/// Sends a message; the browser may be gone, and then nobody needs it.
pub fn send(to: &Sender<Msg>, msg: Msg) {
    drop(to.send(msg));
}
