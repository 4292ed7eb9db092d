//! Threads beside the screen: loading, extracting, searching, explaining, exporting. Each talks to the browser
//! over one channel of messages and shares nothing else with it.

pub mod explaining;
pub mod exporting;
pub mod extracting;
pub mod loading;
pub mod searching;

use super::message::Msg;
use std::sync::mpsc::Sender;

/// Sends a message; the browser may be gone, and then nobody needs it.
pub fn send(to: &Sender<Msg>, msg: Msg) {
    drop(to.send(msg));
}
