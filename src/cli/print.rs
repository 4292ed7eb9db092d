//! Where everything that is printed goes through: cleaned for a terminal, as it is for a pipe.

use super::args::{Common, When};
use crate::config::{ColourChoice, Environment};
use crate::error::{Error, Fault, Result, Severity};
use crate::text::Shown;
use crate::tui::terminal::columns;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// True when the reader at the other end of a pipe has gone: for us, success.
#[must_use]
pub fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Bytes written at once: what is below looks for the last end of a line in them, and most lines of a record are longer than a few
/// kilobytes.
const ROOM: usize = 1 << 16;

/// Standard output.
pub struct Out {
    to: BufWriter<StdoutLock<'static>>,
    /// Nothing printed may command it.
    is_terminal: bool,
    colour: bool,
    /// Cells already taken on the line under way.
    used: usize,
}

/// How a stretch of text is set off on a terminal that can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// An id, an offset.
    Faint,
    /// A hit, a name.
    Strong,
}

impl Out {
    /// Opens it.
    #[must_use]
    pub fn new(common: &Common) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let choice = match common.color {
            When::Auto => ColourChoice::Auto,
            When::Always => ColourChoice::Always,
            When::Never => ColourChoice::Never,
        };
        let colour = Environment::of_process().wants_colour(choice, is_terminal);
        Self {
            to: BufWriter::with_capacity(ROOM, io::stdout().lock()),
            is_terminal,
            colour,
            used: 0,
        }
    }

    /// Prints the rest of a line for people: a terminal gets as much as fits on it, a pipe all.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn rest_of_line(&mut self, text: &str) -> Result<()> {
        let shown = Shown::line(text);
        // Asked of a terminal only: where there is none, a program is started to guess.
        let columns = self.is_terminal.then(columns).flatten();
        // Under a few cells nothing can be read: let the terminal wrap it.
        let room = columns.map(|columns| columns.saturating_sub(self.used).max(20));
        match room {
            Some(room) => self.write(shown.cut(room).as_str())?,
            None => self.write(shown.as_str())?,
        }
        self.end_line()
    }

    /// Prints a line as data: a terminal gets it cleaned, a pipe as it is.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn line(&mut self, text: &str) -> Result<()> {
        if self.is_terminal {
            self.write(Shown::line(text).as_str())?;
        } else {
            self.write(text)?;
        }
        self.write("\n")
    }

    /// Prints a report: as data where a program is to read it, else as a line for people, whose words may come
    /// from a file, or be its name.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn report(&mut self, text: &str, as_data: bool) -> Result<()> {
        if as_data {
            return self.line(text);
        }
        self.text(text)?;
        self.end_line()
    }

    /// Prints untrusted text within a line for people: always cleaned, on one line.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn text(&mut self, text: &str) -> Result<()> {
        let shown = Shown::line(text);
        self.used += shown.width();
        self.write(shown.as_str())
    }

    /// The same, set off where colours are wanted.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn set_off(&mut self, text: &str, emphasis: Emphasis) -> Result<()> {
        if !self.colour {
            return self.text(text);
        }
        self.write(match emphasis {
            Emphasis::Faint => "\u{1b}[2m",
            Emphasis::Strong => "\u{1b}[1m",
        })?;
        self.text(text)?;
        self.write("\u{1b}[0m")
    }

    /// Ends a line.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn end_line(&mut self) -> Result<()> {
        self.used = 0;
        self.write("\n")
    }

    /// Writes out what is waiting.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn flush(&mut self) -> Result<()> {
        self.to.flush().map_err(failed)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.to.write_all(text.as_bytes()).map_err(failed)
    }
}

/// Raw access for exports: what is written is data, made elsewhere. On a terminal it is cleaned.
impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_terminal {
            let text = String::from_utf8_lossy(bytes);
            self.to.write_all(Shown::block(&text).as_str().as_bytes())?;
            return Ok(bytes.len());
        }
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn failed(source: io::Error) -> Error {
    Error::Io {
        what: "cannot write",
        path: "standard output".into(),
        source,
    }
}

/// Says on standard error what went wrong.
pub fn complain(text: &str) {
    // Nothing can be done when standard error is gone as well.
    drop(writeln!(io::stderr(), "dictum: {}", Shown::block(text)));
}

/// Standard error, and the log when one is asked for.
pub struct Notes {
    quiet: bool,
    verbose: bool,
    log: Option<File>,
    /// Files and records skipped.
    pub skipped: usize,
}

impl Notes {
    /// Opens the log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(common: &Common) -> Result<Self> {
        let open = |path: &std::path::PathBuf| {
            File::create(path).map_err(|source| Error::Io {
                what: "cannot write",
                path: path.clone(),
                source,
            })
        };
        let log = common.log.as_ref().map(open).transpose()?;
        Ok(Self {
            quiet: common.quiet,
            verbose: common.verbose,
            log,
            skipped: 0,
        })
    }

    /// Says something that is good to know.
    pub fn say(&mut self, text: &str) {
        let text = Shown::line(text);
        if !self.quiet {
            drop(writeln!(io::stderr(), "dictum: {text}"));
        }
        if let Some(log) = &mut self.log {
            drop(writeln!(log, "{text}"));
        }
    }

    /// Reports something skipped, or (when asked for) guessed.
    pub fn fault(&mut self, fault: &Fault) {
        match fault.severity {
            Severity::Skipped => {
                self.skipped += 1;
                self.say(&format!("skipped {fault}"));
            }
            Severity::Warning if self.verbose => self.say(&format!("note {fault}")),
            Severity::Warning => {
                if let Some(log) = &mut self.log {
                    drop(writeln!(log, "note {}", Shown::line(&fault.to_string())));
                }
            }
        }
    }
}
