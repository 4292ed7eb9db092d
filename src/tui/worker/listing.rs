//! The thread behind lists to choose from: counts their rows and filters them where they are many.

use super::newest::Newest;
use super::send;
use crate::tui::message::{CountJob, FilterJob, Msg};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

/// From asking for the list to reading all its rows for the first letter: it is drawn meanwhile.
const PAUSE: Duration = Duration::from_millis(6);
/// How soon a letter ends the pause.
const NAP: Duration = Duration::from_millis(2);

/// A way to ask.
#[derive(Debug)]
pub struct Lister(Newest<Job>);

#[derive(Debug)]
enum Job {
    Filter(FilterJob),
    Count(Box<CountJob>),
}

impl Lister {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(to: Sender<Msg>) -> std::io::Result<Self> {
        let work = move |job: Job, stale: &(dyn Fn() -> bool + Sync)| {
            let answer = match job {
                Job::Filter(job) => {
                    if job.pattern.is_empty() {
                        pause(stale);
                    }
                    job.answer(stale)
                }
                Job::Count(job) => job.answer(stale),
            };
            if let Some(answer) = answer {
                send(&to, answer);
            }
        };
        Newest::start("list", work).map(Self)
    }

    /// Has a list filtered; whatever was asked before is given up.
    pub fn filter(&self, job: FilterJob) {
        self.0.ask(job.ticket, Job::Filter(job));
    }

    /// Has the rows of a list counted, likewise.
    pub fn count(&self, job: Box<CountJob>) {
        self.0.ask(job.ticket, Job::Count(job));
    }
}

fn pause(stale: &(dyn Fn() -> bool + Sync)) {
    let begun = Instant::now();
    while begun.elapsed() < PAUSE && !stale() {
        thread::sleep(NAP);
    }
}
