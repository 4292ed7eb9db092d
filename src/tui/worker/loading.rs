//! The loading thread: statements become segments, segments go to the screen and to extraction.

use super::extracting::Queue;
use super::send;
use crate::error::{Fault, Severity};
use crate::load::{self, Event, Input, Options};
use crate::store::{Segment, Store};
use crate::tui::message::Msg;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

/// Starts loading; `stop` ends it, what is loaded stays.
///
/// # Errors
/// When the system gives no thread.
pub fn start(
    inputs: Vec<Input>,
    options: Options,
    stop: Arc<AtomicBool>,
    queue: Arc<Queue>,
    to: Sender<Msg>,
) -> std::io::Result<()> {
    let work = move || {
        let own = crate::config::own_aliases().unwrap_or_else(|error| {
            let fault = Fault {
                path: "aliases.txt".into(),
                place: String::new(),
                reason: error.to_string(),
                remedy: "the bundled names of speakers are used".into(),
                severity: Severity::Warning,
            };
            send(&to, Msg::Fault(fault));
            String::new()
        });
        let mut loader = Loader {
            store: Store::with_aliases(&own),
            queue,
            to,
        };
        load::load(&inputs, &options, &mut |event| {
            loader.take(event);
            if stop.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        loader.finish();
    };
    thread::Builder::new()
        .name("load".into())
        .spawn(work)
        .map(drop)
}

struct Loader {
    store: Store,
    queue: Arc<Queue>,
    to: Sender<Msg>,
}

impl Loader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Found { files, bytes } => send(&self.to, Msg::Found { files, bytes }),
            Event::Read(bytes) => send(&self.to, Msg::Read(bytes)),
            Event::Filled { .. } => {}
            Event::Fault(fault) => send(&self.to, Msg::Fault(fault)),
            Event::Statement(statement) => {
                let closed = self.store.add(*statement);
                self.hand_on(closed);
            }
        }
    }

    fn finish(&mut self) {
        let closed = self.store.seal();
        self.hand_on(closed);
        send(&self.to, Msg::Loaded);
        self.queue.loaded(&self.to);
    }

    fn hand_on(&mut self, closed: Vec<Arc<Segment>>) {
        for segment in closed {
            send(&self.to, Msg::Segment(Arc::clone(&segment)));
            self.queue.add(segment);
        }
    }
}
