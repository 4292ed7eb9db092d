//! The browser: event → message → `update(state)` → effects; `view` reads only.
//!
//! `ratatui` and `crossterm` appear under this module alone. Threads (input, loading, extraction,
//! search, export) send messages over one channel; this module receives, updates, carries effects
//! out and draws, once for all messages that are waiting.

pub mod chooser;
pub mod concordance;
pub mod counts;
mod effects;
pub mod head;
pub mod input_line;
mod keyboard;
pub mod layout;
pub mod marks;
pub mod message;
pub mod popup;
pub mod reader;
pub mod rows;
pub mod scroll;
pub mod state;
pub mod terminal;
pub mod update;
pub mod view;
mod worker;

use crate::collection::{Access, Collection, CollectionFile};
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::load::{Input, Options as LoadOptions};
use crate::store::Cache;
use crossterm::event::{self, Event, MouseButton, MouseEventKind};
use crossterm::execute;
use crossterm::terminal::{Clear, ClearType};
use effects::Hands;
use message::{Effect, Msg};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use state::{Look, State};
use std::io::{self, BufWriter, Stdout};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use terminal::{Guard, Mouse, Signal};

/// Rows that one notch of the wheel scrolls.
const WHEEL_ROWS: i32 = 3;
/// How often the screen follows what is loaded and extracted.
const TICK: Duration = Duration::from_millis(120);
/// How long the signal of a terminal that hangs up is waited for once it has failed.
const HANG_UP: Duration = Duration::from_millis(200);
/// Bytes of a frame that are written at once: standard output itself passes a thousand on at a time, and each wakes the
/// terminal.
const FRAME: usize = 64 << 10;
/// Messages taken in before a frame is drawn.
const DRAIN: usize = 4096;

/// What the browser is started with.
#[derive(Debug)]
pub struct Start {
    /// What to load.
    pub inputs: Vec<Input>,
    /// How.
    pub load: LoadOptions,
    /// What was extracted from it before, and where new extractions are kept.
    pub cache: Option<Cache>,
    /// The user's settings.
    pub settings: Settings,
    /// How things look.
    pub look: Look,
    /// The query to begin with.
    pub query: String,
    /// Where the collection is kept; `None` keeps it in memory.
    pub collection: Option<PathBuf>,
    /// See [`State::panic_on`].
    pub panic_on: Option<char>,
}

/// Runs the browser until the reader quits; gives the exit code a signal asked for, if one did.
///
/// # Errors
/// When there is no terminal, or it cannot be written to.
pub fn run(start: Start) -> Result<Option<i32>> {
    terminal::check()?;
    let (to, messages) = channel();
    if !start.query.is_empty() {
        // Before anything is loaded, so that nothing else is shown first.
        worker::send(&to, Msg::Begin(start.query));
    }
    let (file, collection, told) = open_collection(start.collection.as_deref());
    let failed = |source| Error::Io {
        what: "cannot use",
        path: "the terminal".into(),
        source,
    };
    let mouse = if start.settings.mouse {
        Mouse::Ours
    } else {
        Mouse::Terminals
    };
    let hands =
        Hands::new(start.inputs, start.load, start.cache, file, to.clone()).map_err(failed)?;
    terminal::install_panic_hook();
    let guard = Guard::enter(mouse).map_err(failed)?;
    let signals = to.clone();
    let (ended, exit_code) = channel();
    let watch = move |signal| match signal {
        Signal::End { code } => {
            let _ = ended.send(code);
            worker::send(&signals, Msg::Terminate);
        }
        Signal::Continued => worker::send(&signals, Msg::Redraw),
    };
    terminal::watch_signals(watch).map_err(failed)?;
    read_input(to).map_err(failed)?;

    let size = crossterm::terminal::size().map_err(failed)?;
    let mut state = State::new(size, start.look, &start.settings, collection);
    state.panic_on = start.panic_on;
    if let Some(told) = told {
        state.complain(told);
    }
    let mut browser = Browser {
        state,
        hands,
        screen: screen(size).map_err(failed)?,
    };
    let ended = browser.run(&messages);
    drop(guard);
    if ended.is_err() {
        // Dropped, it would complain on standard error, which is gone when the terminal is, and
        // that would be a panic.
        std::mem::forget(browser.screen);
    }
    // A terminal that hangs up fails first and sends its signal a moment later.
    let patience = if ended.is_err() {
        HANG_UP
    } else {
        Duration::ZERO
    };
    match (exit_code.recv_timeout(patience).ok(), ended) {
        (None, Err(source)) => Err(failed(source)),
        (code, _) => Ok(code),
    }
}

/// A collection that cannot be opened does not keep the browser from opening.
fn open_collection(
    path: Option<&std::path::Path>,
) -> (Option<CollectionFile>, Collection, Option<String>) {
    let Some(path) = path else {
        return (None, Collection::default(), None);
    };
    match CollectionFile::open(path) {
        Ok((file, collection, told)) => (
            Some(file).filter(|f| f.access() == Access::ReadWrite),
            collection,
            told,
        ),
        Err(error) => (
            None,
            Collection::default(),
            Some(format!("marks are not kept: {error}")),
        ),
    }
}

type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// A screen of this size, empty. Its size is fixed: ratatui's own following of the size asks the
/// terminal where its cursor is, and waits for seconds when the answer does not come.
fn screen((columns, rows): (u16, u16)) -> io::Result<Screen> {
    execute!(io::stdout(), Clear(ClearType::All))?;
    let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
    Terminal::with_options(
        CrosstermBackend::new(BufWriter::with_capacity(FRAME, io::stdout())),
        TerminalOptions { viewport },
    )
}

struct Browser {
    state: State,
    hands: Hands,
    screen: Screen,
}

impl Browser {
    fn run(&mut self, messages: &Receiver<Msg>) -> io::Result<()> {
        self.draw()?;
        let mut going = true;
        let mut ticked = Instant::now();
        while going {
            let first = match messages.recv_timeout(TICK.saturating_sub(ticked.elapsed())) {
                Ok(msg) => Some(msg),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            let mut changed = false;
            let mut wanted = Vec::new();
            let waiting = messages.try_iter().take(DRAIN);
            let mut waiting: Vec<Msg> = first.into_iter().chain(waiting).collect();
            // However many messages come: while statements are extracted it is never quiet.
            if ticked.elapsed() >= TICK {
                waiting.push(Msg::Tick);
                ticked = Instant::now();
            }
            for msg in waiting {
                wanted.extend(update::update(&mut self.state, msg));
                changed |= self.state.changed;
            }
            for effect in wanted.extract_if(.., |effect| {
                !matches!(effect, Effect::SaveCollection | Effect::Quit)
            }) {
                self.hands
                    .carry_out(effect, &mut self.state, &mut self.screen)?;
                changed = true;
            }
            if changed {
                self.draw()?;
            }
            // A slow disk must not hold up the frame.
            for effect in wanted {
                going &= !matches!(effect, Effect::Quit);
                self.hands
                    .carry_out(effect, &mut self.state, &mut self.screen)?;
            }
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        if !terminal::is_active() {
            return Ok(());
        }
        let (columns, rows) = self.state.size;
        if *self.screen.current_buffer_mut().area() != Rect::new(0, 0, columns, rows) {
            self.screen = screen(self.state.size)?;
        }
        let state = &self.state;
        self.screen.draw(|frame| {
            let cursor = view::view(state, frame.buffer_mut());
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        Ok(())
    }
}

/// Starts the thread that reads keys, mouse, pastes and sizes.
fn read_input(to: Sender<Msg>) -> io::Result<()> {
    let read = move || {
        while let Ok(event) = event::read() {
            let msg = match event {
                Event::Key(key) => keyboard::key(&key).map(Msg::Key),
                Event::Paste(text) => Some(Msg::Paste(text)),
                Event::Resize(columns, rows) => Some(Msg::Resize { columns, rows }),
                Event::Mouse(mouse) => match mouse.kind {
                    MouseEventKind::ScrollDown => Some(Msg::Wheel {
                        column: mouse.column,
                        row: mouse.row,
                        rows: WHEEL_ROWS,
                    }),
                    MouseEventKind::ScrollUp => Some(Msg::Wheel {
                        column: mouse.column,
                        row: mouse.row,
                        rows: -WHEEL_ROWS,
                    }),
                    MouseEventKind::Down(MouseButton::Left) => Some(Msg::Click {
                        column: mouse.column,
                        row: mouse.row,
                    }),
                    _ => None,
                },
                Event::FocusGained | Event::FocusLost => None,
            };
            if let Some(msg) = msg
                && to.send(msg).is_err()
            {
                break;
            }
        }
    };
    thread::Builder::new()
        .name("input".into())
        .spawn(read)
        .map(drop)
}
