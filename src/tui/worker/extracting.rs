//! Extraction in the background, on every core: what is open first, then in the order of loading.

use super::{give_way, send};
use crate::error::{Fault, Severity};
use crate::extract::Extractor;
use crate::model::{Extraction, Layout};
use crate::store::{Cache, DocNo, Segment, Snapshot};
use crate::tui::message::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Statements a thread takes at a time.
const BATCH: usize = 8;
/// Extraction takes what everything else leaves.
const LAST: i32 = 19;
/// How often the screen hears of progress.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// What is to be extracted.
#[derive(Debug)]
pub struct Queue {
    waiting: Mutex<Waiting>,
    more: Condvar,
    /// Extractions of an earlier run, and where those of this one are kept.
    cache: Option<Cache>,
}

#[derive(Debug, Default)]
struct Waiting {
    snapshot: Snapshot,
    urgent: Vec<DocNo>,
    /// The best matches of the present question, the best last: what is said in them orders them.
    soon: Vec<DocNo>,
    next: DocNo,
    /// Nothing more will come.
    loaded: bool,
    /// What is extracted is kept, or is not to be.
    settled: bool,
}

impl Queue {
    /// Nothing to do yet.
    #[must_use]
    pub fn new(cache: Option<Cache>) -> Self {
        Self {
            waiting: Mutex::default(),
            more: Condvar::new(),
            cache,
        }
    }

    /// All that will come has come.
    pub fn loaded(&self, to: &Sender<Msg>) {
        self.lock().loaded = true;
        self.keep_when_complete(to);
    }

    /// Keeps what is extracted once that is all of it.
    fn keep_when_complete(&self, to: &Sender<Msg>) {
        let snapshot = {
            let mut waiting = self.lock();
            let snapshot = &waiting.snapshot;
            let complete = waiting.loaded && snapshot.extracted() == snapshot.len();
            if !complete || std::mem::replace(&mut waiting.settled, true) {
                return;
            }
            waiting.snapshot.clone()
        };
        if let Some(cache) = &self.cache
            && let Err(error) = cache.save(&snapshot)
        {
            send(
                to,
                Msg::Fault(Fault {
                    path: "cache".into(),
                    place: String::new(),
                    reason: error.to_string(),
                    remedy: "the next start extracts anew".into(),
                    severity: Severity::Warning,
                }),
            );
        }
    }

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

    /// Takes these statements before all but those in a hurry, the first first; whatever was wanted
    /// soon before is not any more.
    pub fn soon(&self, mut docs: Vec<DocNo>) {
        docs.reverse();
        self.lock().soon = docs;
        self.more.notify_all();
    }

    /// The next statements; waits until there are some.
    fn take(&self) -> Vec<(Arc<Segment>, usize)> {
        let mut waiting = self.lock();
        loop {
            let docs: Vec<DocNo> = match waiting.urgent.pop() {
                Some(doc) => vec![doc],
                None if !waiting.soon.is_empty() => {
                    let left = waiting.soon.len().saturating_sub(BATCH);
                    waiting.soon.split_off(left)
                }
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
            give_way(LAST);
            let mut reported = Instant::now();
            loop {
                let batch = queue.take();
                let urgent = batch.len() == 1;
                let mut all_done = false;
                for part in batch.chunk_by(|(a, _), (b, _)| Arc::ptr_eq(a, b)) {
                    let Some((segment, _)) = part.first() else {
                        continue;
                    };
                    let at: Vec<usize> = part.iter().map(|(_, at)| *at).collect();
                    extract(segment, &at, &extractor, &queue, &to);
                    all_done = segment.extracted() == segment.statements().len();
                }
                if urgent || all_done || reported.elapsed() > REPORT_EVERY {
                    send(&to, Msg::Extracted);
                    reported = Instant::now();
                }
                if all_done {
                    queue.keep_when_complete(&to);
                }
            }
        };
        thread::Builder::new()
            .name(format!("extract {n}"))
            .spawn(work)?;
    }
    Ok(())
}

/// Extracts some statements. One that makes the extractor panic is reported; the others go on, one by one.
fn extract(
    segment: &Segment,
    all: &[usize],
    extractor: &Extractor,
    queue: &Queue,
    to: &Sender<Msg>,
) {
    let fill = |at: &[usize]| {
        let at = at.iter().copied();
        let fill = || Cache::fill(queue.cache.as_ref(), segment, at, extractor);
        catch_unwind(AssertUnwindSafe(fill))
    };
    if fill(all).is_ok() {
        return;
    }
    if let [one] = all {
        return give_up(segment, *one, queue, to);
    }
    for &at in all {
        if fill(&[at]).is_err() {
            give_up(segment, at, queue, to);
        }
    }
}

fn give_up(segment: &Segment, at: usize, queue: &Queue, to: &Sender<Msg>) {
    // What stands in for it is not to be kept.
    queue.lock().settled = true;
    segment.put(
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
