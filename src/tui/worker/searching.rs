//! The searching threads: the newest question wins, every stage asks whether there is a newer one. One answers;
//! what takes longer than a frame, counting facets and hits, is another's, so that no letter waits for it.

use super::newest::Newest;
use super::{give_way, send};
use crate::query::Query;
use crate::search::{FacetBy, Results, Typed, asks_items, facets, search, without_facet};
use crate::store::Snapshot;
use crate::tui::message::{Facets, Msg};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

/// Values of each facet that are sent.
const FACET_VALUES: usize = 40;

/// From an answer to the counting behind it: while somebody types on, the next letter voids it.
const PAUSE: Duration = Duration::from_millis(60);

/// How far counting gives way: to letters and what is drawn, but not to extraction, or who is whom would never be
/// gathered beside it.
const BEHIND: i32 = 10;

/// A way to ask.
#[derive(Debug)]
pub struct Searcher {
    answer: Newest<Job>,
    count: Arc<Newest<(Job, Results)>>,
}

#[derive(Debug)]
struct Job {
    ticket: u64,
    query: Query,
    snapshot: Snapshot,
}

impl Searcher {
    /// Starts the threads: one answers, the other counts what was answered.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(to: Sender<Msg>) -> std::io::Result<Self> {
        let tell = to.clone();
        // Threads of its own: on those that answer, it would be in the way of what is typed and drawn meanwhile.
        let behind = ThreadPoolBuilder::new()
            .thread_name(|n| format!("count {n}"))
            .start_handler(|_| give_way(BEHIND))
            .build()
            .map_err(std::io::Error::other)?;
        let count = Newest::start_behind("count", BEHIND, move |(job, results), stale| {
            count(&job, &results, &behind, stale, &tell);
            list_said(&job.snapshot, stale);
        })?;
        let count = Arc::new(count);
        let counted = Arc::clone(&count);
        let mut typed = Typed::default();
        let answer = Newest::start("search", move |job: Job, stale| {
            if let Some(results) = answer(&job, &mut typed, stale, &to) {
                counted.ask(job.ticket, (job, results));
            }
        })?;
        Ok(Self { answer, count })
    }

    /// Asks; whatever was asked before is given up.
    pub fn ask(&self, ticket: u64, query: Query, snapshot: Snapshot) {
        let job = Job {
            ticket,
            query,
            snapshot,
        };
        self.count.expect(ticket);
        self.answer.ask(ticket, job);
    }
}

fn answer(
    job: &Job,
    typed: &mut Typed,
    stale: &(dyn Fn() -> bool + Sync),
    to: &Sender<Msg>,
) -> Option<Results> {
    let begun = Instant::now();
    let results = typed.search(&job.snapshot, &job.query, stale)?;
    let took = begun.elapsed();
    send(
        to,
        Msg::Results {
            ticket: job.ticket,
            results: results.clone(),
            took,
        },
    );
    Some(results)
}

/// Once all is extracted, lists who says something, for the questions to come. Behind the counting, for which the same
/// thread gathers who is whom: what memory that gave back is used again.
fn list_said(snapshot: &Snapshot, stale: &(dyn Fn() -> bool + Sync)) {
    if snapshot.extracted() == snapshot.len() {
        let segments = snapshot.segments().take_while(|_| !stale());
        segments.for_each(|(_, segment)| segment.list_said());
    }
}

/// Counts facets and hits behind the answer, until there is a newer question.
fn count(
    job: &Job,
    results: &Results,
    behind: &ThreadPool,
    stale: &(dyn Fn() -> bool + Sync),
    to: &Sender<Msg>,
) {
    let ticket = job.ticket;
    thread::sleep(PAUSE);
    if stale() {
        return;
    }
    // Gathered here and not where the screen is drawn. What was known before is not held meanwhile: two at once take
    // twice the memory.
    let before = job.snapshot.known_identities();
    let before = before.map(|known| Arc::downgrade(&known));
    let now = job.snapshot.identities();
    if before.is_some_and(|before| before.as_ptr() != Arc::as_ptr(&now)) {
        send(to, Msg::Identified);
    }
    let by = |by: FacetBy| {
        // A value that is asked for does not hide the others of its field.
        let wider = without_facet(&job.query, by)
            .and_then(|query| behind.install(|| search(&job.snapshot, &query, stale)));
        let found = &wider.as_ref().unwrap_or(results).found;
        let docs = found.iter().take_while(|_| !stale());
        facets(&job.snapshot, docs.map(|f| f.doc), by, FACET_VALUES)
    };
    let facets = Facets {
        speakers: by(FacetBy::Speaker),
        types: by(FacetBy::ClaimType),
        sources: by(FacetBy::Source),
        months: by(FacetBy::Month),
    };
    if stale() {
        return;
    }
    send(to, Msg::Facets { ticket, facets });
    if job.query.texts().is_empty() && !asks_items(&job.query) {
        return;
    }
    let told = |hits, complete| Msg::HitCount {
        ticket,
        hits,
        complete,
    };
    let so_far = |hits| send(to, told(hits, false));
    let counted = behind.install(|| results.count_hits(&job.snapshot, &job.query, stale, so_far));
    if let Some(hits) = counted {
        send(to, told(hits, true));
    }
}
