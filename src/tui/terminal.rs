//! Takes the terminal over and gives it back as it was: after the end, a panic, a signal, a stop.
//!
//! Knows nothing of what is drawn. What was changed is remembered in the process as a whole,
//! because a panic hook and a signal thread must be able to undo it without the browser's help.

use crate::error::{Error, Result};
use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// True while the terminal is ours.
static ACTIVE: AtomicBool = AtomicBool::new(false);
/// True while the mouse is reported to us, or is to be again after a stop.
static MOUSE: AtomicBool = AtomicBool::new(false);
/// What panicking workers said while the screen was up.
static WORKER_PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// Messages kept of those; more would say nothing new.
const MOST_PANICS: usize = 16;

/// Who gets the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The browser.
    Ours,
    /// The terminal, for its own selection.
    Terminals,
}

/// Holds the terminal; giving it up, by whatever way, puts the terminal back.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Raw mode, alternate screen, bracketed paste, no cursor, and the mouse if it is wanted.
    ///
    /// # Errors
    /// When the terminal refuses; it is as before then.
    pub fn enter(mouse: Mouse) -> io::Result<Self> {
        MOUSE.store(mouse == Mouse::Ours, Ordering::SeqCst);
        // Made first, so that a failure half way is undone when it is dropped.
        let guard = Self(());
        take_over()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Nobody is left to be told of a failure here.
        let _ = restore();
    }
}

/// Says why the browser cannot be shown here, if it cannot.
///
/// # Errors
/// When standard output is not a terminal, or one that knows no cursor movement.
pub fn check() -> Result<()> {
    if !io::stdout().is_terminal() {
        return Err(Error::Usage(
            "standard output is not a terminal; `dictum search` prints to a file or a pipe"
                .to_owned(),
        ));
    }
    if cfg!(unix) && std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb") {
        return Err(Error::Usage(
            "TERM names no terminal that can show the browser; `dictum search` needs none"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Columns of the terminal, if there is one that says so.
#[must_use]
pub fn columns() -> Option<usize> {
    let (columns, _) = crossterm::terminal::size().ok()?;
    Some(usize::from(columns)).filter(|columns| *columns > 0)
}

/// True while the terminal is ours. Ask before drawing a frame: after a signal it may not be.
#[must_use]
pub fn is_active() -> bool {
    ACTIVE.load(Ordering::SeqCst)
}

/// Gives the terminal back as it was. May be called at any time, from any thread, any number of
/// times.
///
/// # Errors
/// When the terminal cannot be written to; all else has been tried all the same.
pub fn restore() -> io::Result<()> {
    if !ACTIVE.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let written = write_leave(&mut io::stdout().lock());
    disable_raw_mode().and(written)
}

/// Takes the terminal again after [`restore`], as when an editor has run. Everything must be
/// drawn afresh.
///
/// # Errors
/// When the terminal refuses.
pub fn resume() -> io::Result<()> {
    if is_active() {
        return Ok(());
    }
    take_over()
}

/// Gives the mouse to the browser or back to the terminal.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn set_mouse(mouse: Mouse) -> io::Result<()> {
    MOUSE.store(mouse == Mouse::Ours, Ordering::SeqCst);
    if !is_active() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    match mouse {
        Mouse::Ours => queue!(out, EnableMouseCapture)?,
        Mouse::Terminals => queue!(out, DisableMouseCapture)?,
    }
    out.flush()
}

/// Has a panic of the calling thread, which is the browser's, put the terminal back before its
/// message is printed. A panic of any other thread leaves the screen alone: its message is kept
/// for [`worker_panics`], because printed now it would only damage the screen.
pub fn install_panic_hook() {
    let browser = std::thread::current().id();
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == browser || !is_active() {
            let _ = restore();
            previous(panic);
        } else if let Ok(mut kept) = WORKER_PANICS.try_lock()
            && kept.len() < MOST_PANICS
        {
            kept.push(panic.to_string());
        }
    }));
}

/// What panicking workers said since this was last asked; not cleaned for a terminal.
#[must_use]
pub fn worker_panics() -> Vec<String> {
    WORKER_PANICS
        .lock()
        .map(|mut kept| std::mem::take(&mut *kept))
        .unwrap_or_default()
}

fn take_over() -> io::Result<()> {
    enable_raw_mode()?;
    ACTIVE.store(true, Ordering::SeqCst);
    let mouse = if MOUSE.load(Ordering::SeqCst) {
        Mouse::Ours
    } else {
        Mouse::Terminals
    };
    write_enter(&mut io::stdout().lock(), mouse)
}

fn write_enter(out: &mut impl Write, mouse: Mouse) -> io::Result<()> {
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
    if mouse == Mouse::Ours {
        queue!(out, EnableMouseCapture)?;
    }
    out.flush()
}

/// Undoes all that [`write_enter`] and [`set_mouse`] may have done, whether they did or not.
fn write_leave(out: &mut impl Write) -> io::Result<()> {
    queue!(
        out,
        DisableMouseCapture,
        DisableBracketedPaste,
        ResetColor,
        LeaveAlternateScreen,
        Show
    )?;
    out.flush()
}

/// What a signal asks of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Save what is not saved, drop the [`Guard`] and exit with this code, at once: the process
    /// is ended half a second after the signal whether or not this was done.
    End {
        /// 128 and the number of the signal.
        code: i32,
    },
    /// The program goes on after a stop: read the size again and draw everything afresh.
    Continued,
}

/// Starts the thread that waits for signals. `send` hands them to the browser and must not block.
///
/// # Errors
/// When the system refuses the handlers or the thread.
#[cfg(unix)]
pub fn watch_signals(send: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    unix::watch(send)
}

/// Does nothing: this system has no such signals, and its console puts itself back.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn watch_signals(send: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    drop(send);
    Ok(())
}

/// Stops the program as `C-z` does in a shell; the signal thread puts the terminal back first.
///
/// # Errors
/// When the system refuses.
pub fn suspend() -> io::Result<()> {
    #[cfg(unix)]
    unix::stop()?;
    Ok(())
}

#[cfg(unix)]
mod unix {
    //! The signal thread.

    use super::{Signal, is_active, restore, take_over};
    use crossterm::terminal::disable_raw_mode;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level;
    use std::io;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::thread;
    use std::time::{Duration, Instant};

    /// True between a stop by us and going on.
    static STOPPED: AtomicBool = AtomicBool::new(false);
    /// How long the browser may take to put the terminal back itself.
    const GRACE: Duration = Duration::from_millis(300);
    /// How long putting it back may take when the browser hangs, or its last steps when not.
    const LAST: Duration = Duration::from_millis(120);

    pub(super) fn watch(send: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
        let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for signal in signals.forever() {
                    match signal {
                        SIGTSTP => pause(),
                        SIGCONT => go_on(&send),
                        _ => end(signal, &send),
                    }
                }
            })?;
        Ok(())
    }

    pub(super) fn stop() -> io::Result<()> {
        low_level::raise(SIGTSTP)
    }

    fn pause() {
        STOPPED.store(is_active(), Ordering::SeqCst);
        // A terminal that cannot be restored is no reason not to stop.
        let _ = restore();
        let _ = low_level::emulate_default_handler(SIGTSTP);
    }

    fn go_on(send: &impl Fn(Signal)) {
        let ours = STOPPED.swap(false, Ordering::SeqCst) || is_active();
        if ours {
            // Stopped by a signal nobody can catch, the shell has changed the modes behind us.
            let _ = disable_raw_mode();
            let _ = take_over();
        }
        send(Signal::Continued);
    }

    /// Has the browser save and leave; leaves without it when it hangs.
    fn end(signal: i32, send: &impl Fn(Signal)) {
        let code = 128 + signal;
        send(Signal::End { code });
        let deadline = Instant::now() + GRACE;
        while is_active() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        let (done, finished) = mpsc::channel::<()>();
        if is_active() {
            // In a thread of its own: the browser may hang while it holds standard output.
            let _ = thread::Builder::new().spawn(move || {
                let _ = restore();
                drop(done);
            });
            let _ = finished.recv_timeout(LAST);
        } else {
            // The browser is on its way out and ends the process itself.
            thread::sleep(LAST);
        }
        low_level::exit(code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn bytes(write: impl Fn(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    #[cfg(unix)]
    fn leaving_takes_back_every_mode_that_entering_sets() {
        let entered = bytes(|out| write_enter(out, Mouse::Ours));
        let left = bytes(write_leave);
        let modes: Vec<&str> = entered
            .split("\u{1b}[?")
            .filter_map(|part| part.strip_suffix('h'))
            .collect();
        assert!(modes.contains(&"1049") && modes.contains(&"2004") && modes.contains(&"1000"));
        for mode in modes {
            assert!(left.contains(&format!("\u{1b}[?{mode}l")), "{mode}");
        }
        assert!(entered.contains("\u{1b}[?25l") && left.contains("\u{1b}[?25h"));
    }

    #[test]
    #[cfg(unix)]
    fn the_mouse_is_left_alone_when_it_is_not_wanted() {
        assert!(!bytes(|out| write_enter(out, Mouse::Terminals)).contains("?1000"));
    }

    #[test]
    fn restoring_what_was_never_taken_does_nothing() {
        assert!(!is_active());
        restore().unwrap();
        restore().unwrap();
        set_mouse(Mouse::Terminals).unwrap();
        assert!(!is_active());
    }
}
