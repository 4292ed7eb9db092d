//! A thread that answers questions of one kind: the newest wins, and what was asked before it is
//! given up.

use super::{give_way, let_others};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// A way to ask such a thread.
#[derive(Debug)]
pub struct Newest<J> {
    ticket: Arc<AtomicU64>,
    jobs: Sender<(u64, J)>,
}

impl<J: Send + 'static> Newest<J> {
    /// Starts a thread of this name. `work` is told how to ask whether there is a newer question.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        name: &str,
        work: impl FnMut(J, &(dyn Fn() -> bool + Sync)) + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::start_behind(name, 0, work)
    }

    /// The same for questions that nobody waits for: see [`give_way`].
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start_behind(
        name: &str,
        niceness: i32,
        mut work: impl FnMut(J, &(dyn Fn() -> bool + Sync)) + Send + 'static,
    ) -> std::io::Result<Self> {
        let ticket = Arc::new(AtomicU64::new(0));
        let (jobs, asked) = channel::<(u64, J)>();
        let newest = Arc::clone(&ticket);
        let answer = move || {
            give_way(niceness);
            while let Ok((ticket, job)) = asked.recv() {
                let stale = || {
                    if niceness > 0 {
                        let_others();
                    }
                    newest.load(Ordering::Acquire) != ticket
                };
                if !stale() {
                    work(job, &stale);
                }
            }
        };
        thread::Builder::new().name(name.into()).spawn(answer)?;
        Ok(Self { ticket, jobs })
    }

    /// Asks; whatever was asked before is given up. Tickets ascend.
    pub fn ask(&self, ticket: u64, job: J) {
        self.expect(ticket);
        drop(self.jobs.send((ticket, job)));
    }

    /// Gives up what was asked before: this question is still to come.
    pub fn expect(&self, ticket: u64) {
        // Never back: a job that is handed on by a slower thread may come behind the question that voids it.
        self.ticket.fetch_max(ticket, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_newer_question_stops_the_one_that_is_worked_on() {
        let (told, heard) = channel();
        let work = move |job: &'static str, stale: &(dyn Fn() -> bool + Sync)| {
            told.send((job, stale())).unwrap();
            while job == "endless" && !stale() {
                thread::yield_now();
            }
        };
        let patience = Duration::from_secs(20);
        let newest = Newest::start("test", work).unwrap();
        newest.ask(1, "endless");
        assert_eq!(heard.recv_timeout(patience), Ok(("endless", false)));
        newest.ask(2, "answer");
        assert_eq!(heard.recv_timeout(patience), Ok(("answer", false)));
        newest.ask(3, "endless");
        assert_eq!(heard.recv_timeout(patience), Ok(("endless", false)));
        newest.expect(5);
        newest.ask(4, "void when it comes");
        newest.ask(5, "answer");
        assert_eq!(heard.recv_timeout(patience), Ok(("answer", false)));
    }
}
