//! The collection on disk: JSON, saved whole or not at all, locked against a second instance.
//! Must never overwrite a file it could not read, nor lose marks because a folder is not there.
//!
//! `{"schema":1,"passages":[…]}`, a passage as in [`Passage`].
//!
//! # The lock
//! `NAME.lock` beside the file is locked as long as a [`CollectionFile`] lives, so that two
//! instances do not save over each other. The system frees it when a program ends in any way, so a
//! lock file left behind means nothing; it is never deleted, since another instance may just be
//! opening it. The lock is advice: another program can write to the collection, and on some network
//! file systems other machines do not see it. Who has no lock opens read-only, with a message: the
//! marks made then stay in memory.
//!
//! A symbolic link is resolved when the file is opened, so a collection kept elsewhere stays there,
//! and two ways to one file meet at one lock.

use super::Collection;
use crate::error::{Error, Result};
use crate::export::save::{Consent, save};
use crate::model::Passage;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

const SCHEMA: u64 = 1;
/// Bytes of a collection that are read; some hundred thousand passages.
const MOST_BYTES: u64 = 512 << 20;
const NOT_KEPT: &str = "marks made now stay in memory only";

/// Whether this instance may save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It holds the lock.
    ReadWrite,
    /// Another instance holds it, or the place cannot be written to.
    ReadOnly,
}

/// An open collection file; the lock lasts as long as this lives.
#[derive(Debug)]
pub struct CollectionFile {
    path: PathBuf,
    /// The lock, or why there is none.
    lock: std::result::Result<File, String>,
}

/// Read before the passages, which may have another shape in another schema.
#[derive(Deserialize)]
struct Head {
    schema: u64,
}

#[derive(Deserialize)]
struct Stored {
    passages: Vec<Passage>,
}

#[derive(Serialize)]
struct Storing<'c> {
    schema: u64,
    passages: &'c [Passage],
}

impl CollectionFile {
    /// Opens `path`; one that is not there yet is empty. The message, if any, is for the reader:
    /// opened read-only and why, or a file that could not be understood (or was made by a newer
    /// dictum) and was moved aside as `NAME.bad-N`. The folder is not made.
    ///
    /// # Errors
    /// [`Error::Io`] when the file is there but cannot be read; it stays as it is.
    pub fn open(path: &Path) -> Result<(Self, Collection, Option<String>)> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let lock = locked(&path);
        let mut messages = Vec::new();
        if let Err(why) = &lock {
            messages.push(format!(
                "the collection is read-only here: {why}; {NOT_KEPT}"
            ));
        }
        let mut file = Self { path, lock };
        let bytes = read(&file.path).map_err(|source| file.error("cannot read", source))?;
        let read = bytes.map_or_else(|| Ok(Vec::new()), |bytes| understood(&bytes));
        let passages = read.unwrap_or_else(|reason| {
            messages.push(file.without(&reason));
            Vec::new()
        });
        let message = (!messages.is_empty()).then(|| messages.join("; "));
        Ok((file, Collection::new(passages), message))
    }

    /// Whether it can be saved here.
    #[must_use]
    pub fn access(&self) -> Access {
        if self.lock.is_ok() {
            Access::ReadWrite
        } else {
            Access::ReadOnly
        }
    }

    /// Saves; on an error the passages in memory stay as they are, and changed. The file is the old
    /// one, unless the error says that it was saved.
    ///
    /// # Errors
    /// [`Error::Io`] when it is read-only or the system refuses.
    pub fn save(&self, collection: &mut Collection) -> Result<()> {
        if let Err(why) = &self.lock {
            return Err(self.error("cannot save", io::Error::other(why.clone())));
        }
        let storing = Storing {
            schema: SCHEMA,
            passages: &collection.passages,
        };
        save(&self.path, Consent::Replace, |out| {
            serde_json::to_writer_pretty(&mut *out, &storing)?;
            out.write_all(b"\n")
        })?;
        collection.dirty = false;
        Ok(())
    }

    /// Goes on without the content of a file that is not understood, and says where it is.
    fn without(&mut self, reason: &str) -> String {
        if self.access() == Access::ReadOnly {
            return format!("the collection could not be read ({reason}); it stays as it is");
        }
        match set_aside(&self.path) {
            Ok(aside) => format!(
                "the collection could not be read ({reason}); it is kept as {} and a new one begun",
                aside.display()
            ),
            Err(e) => {
                // Saving would overwrite it.
                self.lock = Err(format!("{} could not be moved aside", self.path.display()));
                format!(
                    "the collection could not be read ({reason}) nor moved aside ({e}); it stays \
                     as it is, read-only; {NOT_KEPT}"
                )
            }
        }
    }

    fn error(&self, what: &'static str, source: io::Error) -> Error {
        Error::Io {
            what,
            path: self.path.clone(),
            source,
        }
    }
}

/// The lock beside `path`, or in words why it cannot be had.
fn locked(path: &Path) -> std::result::Result<File, String> {
    if fs::metadata(path).is_ok_and(|m| m.permissions().readonly()) {
        return Err(format!("{} is write-protected", path.display()));
    }
    let name = beside(path, ".lock");
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&name)
        .map_err(|e| format!("cannot write {}: {e}", name.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err("another dictum has it open".to_owned()),
        Err(TryLockError::Error(e)) => Err(format!("cannot lock {}: {e}", name.display())),
    }
}

/// The bytes of the file; `None` when it is not there.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let there = match fs::metadata(path) {
        Ok(there) => there,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    // Reading a pipe would wait for ever.
    if !there.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        let why = format!("it is larger than {} MiB", MOST_BYTES >> 20);
        return Err(io::Error::other(why));
    }
    Ok(Some(bytes))
}

/// The passages, or in words why they cannot be had.
fn understood(bytes: &[u8]) -> std::result::Result<Vec<Passage>, String> {
    let head: Head = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    if head.schema > SCHEMA {
        return Err(format!("made by a newer dictum (schema {})", head.schema));
    }
    if head.schema < SCHEMA {
        return Err(format!("schema {} is not known", head.schema));
    }
    let stored: Stored = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    Ok(stored.passages)
}

/// Moves the file to the first free `.bad-N`. The name is claimed by an empty file first, so that
/// nothing is overwritten, also where a file system has no hard links.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    for n in 1..1000 {
        let aside = beside(path, &format!(".bad-{n}"));
        match OpenOptions::new().write(true).create_new(true).open(&aside) {
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(e) => return Err(e),
        }
        return match fs::rename(path, &aside) {
            Ok(()) => Ok(aside),
            Err(e) => {
                // The claim is empty and ours; one that stays behind does no harm.
                let _ = fs::remove_file(&aside);
                Err(e)
            }
        };
    }
    Err(io::Error::other("999 files were moved aside already"))
}

/// `path` with more at the end of its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
