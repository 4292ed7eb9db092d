//! The searching thread: the newest question wins, every stage asks whether there is a newer one.

use super::send;
use crate::query::Query;
use crate::search::{FacetBy, Results, asks_items, facets, search, without_facet};
use crate::store::Snapshot;
use crate::tui::message::{Facets, Msg};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

/// Values of each facet that are sent.
const FACET_VALUES: usize = 40;
/// Statements whose hits are counted between two reports.
const COUNTED_AT_ONCE: usize = 512;

/// A way to ask.
#[derive(Debug)]
pub struct Searcher {
    newest: Arc<AtomicU64>,
    jobs: Sender<Job>,
}

struct Job {
    ticket: u64,
    query: Query,
    snapshot: Snapshot,
}

impl Searcher {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(to: Sender<Msg>) -> std::io::Result<Self> {
        let newest = Arc::new(AtomicU64::new(0));
        let (jobs, asked) = channel();
        let current = Arc::clone(&newest);
        thread::Builder::new()
            .name("search".into())
            .spawn(move || work(&asked, &current, &to))?;
        Ok(Self { newest, jobs })
    }

    /// Asks; whatever was asked before is given up.
    pub fn ask(&self, ticket: u64, query: Query, snapshot: Snapshot) {
        self.newest.store(ticket, Ordering::Release);
        drop(self.jobs.send(Job {
            ticket,
            query,
            snapshot,
        }));
    }
}

fn work(asked: &Receiver<Job>, newest: &AtomicU64, to: &Sender<Msg>) {
    while let Ok(job) = asked.recv() {
        let stale = || newest.load(Ordering::Acquire) != job.ticket;
        if stale() {
            continue;
        }
        let begun = Instant::now();
        if let Some(results) = search(&job.snapshot, &job.query, &stale) {
            let took = begun.elapsed();
            send(
                to,
                Msg::Results {
                    ticket: job.ticket,
                    results: results.clone(),
                    took,
                },
            );
            count(&job, &results, &stale, to);
        }
    }
}

/// Counts facets and hits behind the answer, until there is a newer question.
fn count(job: &Job, results: &Results, stale: &(dyn Fn() -> bool + Sync), to: &Sender<Msg>) {
    let ticket = job.ticket;
    // Gathered here and not where the screen is drawn.
    let _ = job.snapshot.identities();
    let by = |by: FacetBy| {
        // A value that is asked for does not hide the others of its field.
        let wider =
            without_facet(&job.query, by).and_then(|query| search(&job.snapshot, &query, stale));
        let found = &wider.as_ref().unwrap_or(results).found;
        let mut counts = facets(&job.snapshot, found.iter().map(|f| f.doc), by);
        counts.truncate(FACET_VALUES);
        counts
    };
    let facets = Facets {
        speakers: by(FacetBy::Speaker),
        types: by(FacetBy::ClaimType),
        sources: by(FacetBy::Source),
        months: by(FacetBy::Month),
    };
    send(to, Msg::Facets { ticket, facets });
    if job.query.texts().is_empty() && !asks_items(&job.query) {
        return;
    }
    let mut hits = 0;
    for part in results.found.chunks(COUNTED_AT_ONCE) {
        for found in part {
            if stale() {
                return;
            }
            hits += results.hits(&job.snapshot, &job.query, found.doc).len();
        }
        send(
            to,
            Msg::HitCount {
                ticket,
                hits,
                complete: false,
            },
        );
    }
    send(
        to,
        Msg::HitCount {
            ticket,
            hits,
            complete: true,
        },
    );
}
