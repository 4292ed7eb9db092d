//! The searching thread: the newest question wins, every stage asks whether there is a newer one.

use super::newest::Newest;
use super::send;
use crate::query::Query;
use crate::search::{FacetBy, Results, asks_items, facets, search, without_facet};
use crate::store::Snapshot;
use crate::tui::message::{Facets, Msg};
use std::sync::mpsc::Sender;
use std::time::Instant;

/// Values of each facet that are sent.
const FACET_VALUES: usize = 40;
/// Statements whose hits are counted between two reports.
const COUNTED_AT_ONCE: usize = 512;

/// A way to ask.
#[derive(Debug)]
pub struct Searcher(Newest<Job>);

#[derive(Debug)]
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
        Newest::start("search", move |job, stale| answer(&job, stale, &to)).map(Self)
    }

    /// Asks; whatever was asked before is given up.
    pub fn ask(&self, ticket: u64, query: Query, snapshot: Snapshot) {
        let job = Job {
            ticket,
            query,
            snapshot,
        };
        self.0.ask(ticket, job);
    }
}

fn answer(job: &Job, stale: &(dyn Fn() -> bool + Sync), to: &Sender<Msg>) {
    let begun = Instant::now();
    if let Some(results) = search(&job.snapshot, &job.query, stale) {
        let took = begun.elapsed();
        send(
            to,
            Msg::Results {
                ticket: job.ticket,
                results: results.clone(),
                took,
            },
        );
        count(job, &results, stale, to);
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
