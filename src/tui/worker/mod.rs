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
use std::cell::Cell;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

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

/// How long a thread that gives way keeps its core from others at most, as long as it asks.
const TURN: Duration = Duration::from_micros(200);

/// Lets others have the core now and then. A priority alone does not do that at once: who is woken waits for the next tick
/// of the clock, 4 ms, where the one that runs has not had its share yet.
fn let_others() {
    thread_local! {
        static SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
    }
    let now = Instant::now();
    let turn_is_over = |since: Instant| now.duration_since(since) >= TURN;
    if SINCE.get().is_none_or(turn_is_over) {
        thread::yield_now();
        SINCE.set(Some(now));
    }
}

/// Sends a message; the browser may be gone, and then nobody needs it.
pub fn send(to: &Sender<Msg>, msg: Msg) {
    drop(to.send(msg));
}
