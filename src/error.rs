//! The one error enum (what, where, what to do) and the report of something skipped.

use std::fmt;
use std::path::PathBuf;

/// An error that ends what the user asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{what} {}: {source}", path.display())]
    Io {
        /// What was tried: `cannot read`, `cannot save`.
        what: &'static str,
        /// On which path.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of the user's own (settings, collection) does not hold what it should.
    #[error("{}: {place}: {what}; {remedy}", path.display())]
    BadFile {
        /// Which file.
        path: PathBuf,
        /// Line or key.
        place: String,
        /// What is wrong there.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// A file that must not be overwritten without consent is there.
    #[error("{} is there already; give --force to replace it, or another name", .0.display())]
    Exists(PathBuf),
    /// The arguments do not make sense together.
    #[error("{0}")]
    Usage(String),
}

/// The result of what can end in an [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// How bad a [`Fault`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Loaded, but something about it should be known (replaced characters, a guess).
    Warning,
    /// Not loaded.
    Skipped,
}

/// One file or record that was skipped, or loaded with a reservation. The rest still loads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path as given or found; a label, to be cleaned before it is shown.
    pub path: String,
    /// Where in the file: `line 12`, `record 3`, `byte 77`; empty when the whole file is meant.
    pub place: String,
    /// What is wrong, in one clause.
    pub reason: String,
    /// What the user can do; empty when there is nothing to do.
    pub remedy: String,
    /// Skipped, or only a warning.
    pub severity: Severity,
}

impl fmt::Display for Fault {
    /// `PATH: PLACE: reason (remedy)`; the path and the reason are not cleaned for a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.reason)?;
        if !self.remedy.is_empty() {
            write!(f, " ({})", self.remedy)?;
        }
        Ok(())
    }
}
