//! The thread that gathers concordances: first the lines, then the words that stand near.

use super::newest::Newest;
use super::send;
use crate::search::{LineSort, collocates, concordance, needs_extraction};
use crate::tui::concordance::NEAR;
use crate::tui::message::{GatherJob, Gathered, Msg};
use std::collections::HashSet;
use std::sync::mpsc::Sender;

/// A way to ask.
#[derive(Debug)]
pub struct Gatherer(Newest<GatherJob>);

impl Gatherer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(to: Sender<Msg>) -> std::io::Result<Self> {
        let work = move |job: GatherJob, stale: &(dyn Fn() -> bool + Sync)| {
            gather(&job, stale, &mut |msg| send(&to, msg));
        };
        Newest::start("concordance", work).map(Self)
    }

    /// Asks; whatever was asked before is given up.
    pub fn ask(&self, job: GatherJob) {
        self.0.ask(job.ticket, job);
    }
}

/// Gathers the lines, and the words near when they are wanted; each is told when it is known.
pub fn gather(job: &GatherJob, stale: &(dyn Fn() -> bool + Sync), tell: &mut dyn FnMut(Msg)) {
    let ticket = job.ticket;
    // Counted before: what is read meanwhile may or may not be in.
    let unread = job.snapshot.len() - job.snapshot.extracted();
    let Some(found) = concordance(&job.snapshot, &job.query, job.sort, stale) else {
        return;
    };
    let docs: HashSet<_> = found.lines.iter().map(|line| line.doc).collect();
    let asked = needs_extraction(&job.query) || job.sort == LineSort::Speaker;
    let gathered = Gathered {
        lines: found.lines.clone(),
        statements: docs.len(),
        unread: if asked { unread } else { 0 },
    };
    tell(Msg::Gathered { ticket, gathered });
    if job.collocates && !stale() {
        let words = collocates(&job.snapshot, &found.lines, NEAR);
        tell(Msg::Collocates { ticket, words });
    }
}
