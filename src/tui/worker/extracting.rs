//! Extraction in the background, on every core: what is open first, then in the order of loading.

use super::send;
use crate::error::{Fault, Severity};
use crate::extract::Extractor;
use crate::model::{Extraction, Layout};
use crate::store::{DocNo, Segment, Snapshot};
use crate::tui::message::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Statements a thread takes at a time.
const BATCH: usize = 8;
/// How often the screen hears of progress.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// What is to be extracted.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    snapshot: Snapshot,
    urgent: Vec<DocNo>,
    next: DocNo,
}

impl Queue {
    /// Adds a segment behind the others.
    pub fn add(&self, segment: Arc<Segment>) {
        self.lock().snapshot.push(segment);
        self.more.notify_all();
    }

    /// Takes this statement before all others.
    pub fn hurry(&self, doc: DocNo) {
        self.lock().urgent.push(doc);
        self.more.notify_all();
    }

    /// The next statements; waits until there are some.
    fn take(&self) -> Vec<(Arc<Segment>, usize)> {
        let mut waiting = self.lock();
        loop {
            let docs: Vec<DocNo> = match waiting.urgent.pop() {
                Some(doc) => vec![doc],
                None => {
                    let end = (waiting.next + BATCH).min(waiting.snapshot.len());
                    let docs = (waiting.next..end).collect();
                    waiting.next = end;
                    docs
                }
            };
            if !docs.is_empty() {
                let located = docs
                    .into_iter()
                    .filter_map(|doc| waiting.snapshot.locate(doc));
                return located
                    .map(|(segment, at)| (Arc::clone(segment), at))
                    .collect();
            }
            waiting = self
                .more
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts one thread a core.
///
/// # Errors
/// When the system gives no thread.
pub fn start(queue: &Arc<Queue>, to: &Sender<Msg>) -> std::io::Result<()> {
    let extractor = Arc::new(Extractor::new());
    let threads = thread::available_parallelism().map_or(1, usize::from);
    for n in 0..threads {
        let (queue, to, extractor) = (Arc::clone(queue), to.clone(), Arc::clone(&extractor));
        let work = move || {
            let mut reported = Instant::now();
            loop {
                let batch = queue.take();
                let urgent = batch.len() == 1;
                let mut all_done = false;
                for (segment, at) in batch {
                    extract(&segment, at, &extractor, &to);
                    all_done = segment.extracted() == segment.statements().len();
                }
                if urgent || all_done || reported.elapsed() > REPORT_EVERY {
                    send(&to, Msg::Extracted);
                    reported = Instant::now();
                }
            }
        };
        thread::Builder::new()
            .name(format!("extract {n}"))
            .spawn(work)?;
    }
    Ok(())
}

/// A statement that makes the extractor panic is reported; the others go on.
fn extract(segment: &Segment, at: usize, extractor: &Extractor, to: &Sender<Msg>) {
    if catch_unwind(AssertUnwindSafe(|| {
        segment.extract(at, extractor).is_some()
    }))
    .is_err()
    {
        segment.give_up(
            at,
            Extraction {
                layout: Layout::Narrative,
                issuer: None,
                quotes: Vec::new(),
                claims: Vec::new(),
            },
        );
        let statement = segment.statements().get(at);
        let path = statement.map_or(String::new(), |s| s.origin.path.clone());
        send(
            to,
            Msg::Fault(Fault {
                path,
                place: statement.map_or(String::new(), |s| s.id.to_string()),
                reason: "quotes and claims could not be extracted: an error of this program".into(),
                remedy: "its text can be read and searched; please report it".into(),
                severity: Severity::Warning,
            }),
        );
    }
}
