//! Carries effects out: the only place where the browser touches disk, clipboard, threads and the
//! modes of the terminal.

use super::Screen;
use super::message::{Effect, Msg};
use super::state::State;
use super::terminal::{self, Mouse};
use super::worker::extracting::{self, Queue};
use super::worker::gathering::Gatherer;
use super::worker::listing::Lister;
use super::worker::searching::Searcher;
use super::worker::{explaining, exporting, loading};
use crate::collection::CollectionFile;
use crate::load::{Input, Options};
use crate::store::Cache;
use crate::text::shown::hidden_count;
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

/// Terminals drop an OSC 52 sequence that is longer; a copy that silently fails is worse than none.
const MOST_COPIED: usize = 74_000;

/// The workers and what they need.
pub struct Hands {
    stop_loading: Arc<AtomicBool>,
    queue: Arc<Queue>,
    searcher: Searcher,
    gatherer: Gatherer,
    lister: Lister,
    collection: Option<CollectionFile>,
    to: Sender<Msg>,
}

impl Hands {
    /// Starts all workers.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn new(
        inputs: Vec<Input>,
        options: Options,
        cache: Option<Cache>,
        collection: Option<CollectionFile>,
        to: Sender<Msg>,
    ) -> io::Result<Self> {
        let queue = Arc::new(Queue::new(cache));
        let stop_loading = Arc::new(AtomicBool::new(false));
        extracting::start(&queue, &to)?;
        let searcher = Searcher::start(to.clone())?;
        let gatherer = Gatherer::start(to.clone())?;
        let lister = Lister::start(to.clone())?;
        loading::start(
            inputs,
            options,
            Arc::clone(&stop_loading),
            Arc::clone(&queue),
            to.clone(),
        )?;
        Ok(Self {
            stop_loading,
            queue,
            searcher,
            gatherer,
            lister,
            collection,
            to,
        })
    }

    /// Carries one effect out.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn carry_out(
        &mut self,
        effect: Effect,
        state: &mut State,
        screen: &mut Screen,
    ) -> io::Result<()> {
        match effect {
            Effect::Search {
                ticket,
                query,
                snapshot,
            } => self.searcher.ask(ticket, query, snapshot),
            Effect::Extract(doc) => self.queue.hurry(doc),
            Effect::ExtractSoon(docs) => self.queue.soon(docs),
            Effect::StopLoading => self.stop_loading.store(true, Ordering::Relaxed),
            Effect::Copy { text, what } => copy(&text, what, state)?,
            Effect::SaveCollection => self.save(state),
            Effect::Export(job) => exporting::start(*job, self.to.clone()),
            Effect::Explain { snapshot, doc, at } => {
                explaining::start(snapshot, doc, at, self.to.clone());
            }
            Effect::Gather(job) => self.gatherer.ask(*job),
            Effect::Filter(job) => self.lister.filter(job),
            Effect::Count(job) => self.lister.count(job),
            Effect::Mouse(ours) => {
                terminal::set_mouse(if ours { Mouse::Ours } else { Mouse::Terminals })?
            }
            Effect::Redraw => {
                state.size = crossterm::terminal::size()?;
                *screen = super::screen(state.size)?;
            }
            Effect::Suspend => terminal::suspend()?,
            Effect::Quit => {}
        }
        Ok(())
    }

    fn save(&mut self, state: &mut State) {
        let Some(file) = &self.collection else { return };
        if !state.collection.dirty() {
            return;
        }
        if let Err(error) = file.save(&mut state.collection) {
            super::worker::send(
                &self.to,
                Msg::Done {
                    text: error.to_string(),
                    failed: true,
                },
            );
        }
    }
}

/// Puts text on the clipboard by OSC 52, which works over ssh too; the terminal may still refuse,
/// and does not say so.
fn copy(text: &str, what: &str, state: &mut State) -> io::Result<()> {
    let clean = crate::text::Shown::block(text);
    if clean.as_str().len() > MOST_COPIED {
        state.complain("too long for the clipboard: export it instead");
        return Ok(());
    }
    execute!(
        io::stdout(),
        CopyToClipboard::to_clipboard_from(clean.as_str())
    )?;
    let hidden = hidden_count(text);
    let marks = if hidden > 0 {
        format!("; {hidden} hidden characters became marks")
    } else {
        String::new()
    };
    state.tell(format!("{what} sent to the terminal's clipboard{marks}"));
    Ok(())
}
