//! Writing a file whole or not at all: temporary file beside it, fsync, rename, fsync the folder.
//! Must not overwrite without consent, follow a symbolic link, or replace what is not a file.
//!
//! - A file that is replaced hands on its permissions; owner, access lists and further hard links
//!   are not handed on. A new file gets what the user's umask allows.
//! - A symbolic link at `path` is never followed and never replaced: a link that somebody planted
//!   must not send the text elsewhere, and one that the user made must not silently become a file.
//!   Without consent it counts as a file that is there; with it, the save is refused with words
//!   that ask for the file it points to. One that appears during the save is replaced, not followed.
//! - Folders, pipes and devices are refused: with enough rights a rename would replace `/dev/null`.
//! - A program killed in between leaves `.dictum-….tmp` beside the file, which is the old one.

mod disk;
mod name;

pub use name::suggested_name;

use crate::error::{Error, Result};
use disk::{Disk, Real, Writing};
use std::fs::{Metadata, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What may happen to a file that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// It stays.
    #[default]
    Keep,
    /// It may be replaced.
    Replace,
}

/// Writes `path` by `fill`; an existing file is replaced in one step, if that is consented to.
///
/// # Errors
/// [`Error::Exists`] when the file is there and must stay. [`Error::Io`] with `cannot save`: nothing
/// changed, the old file is whole. [`Error::Io`] with `saved, but…`: the new file is in place and
/// whole, but the folder could not be brought to disk, so that a power cut may bring the old one
/// back.
pub fn save(
    path: &Path,
    consent: Consent,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    save_on(&Real, path, consent, fill)
}

fn save_on(
    disk: &dyn Disk,
    path: &Path,
    consent: Consent,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let error = |what, source| Error::Io {
        what,
        path: path.to_owned(),
        source,
    };
    let failed = |source| error("cannot save", source);
    let permissions = match path.symlink_metadata() {
        Ok(_) if consent == Consent::Keep => return Err(Error::Exists(path.to_owned())),
        Ok(there) => Some(replaceable(&there).map_err(failed)?),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(failed(e)),
    };
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut temporary = disk.create(folder).map_err(failed)?;
    {
        let mut out = BufWriter::new(Writing {
            disk,
            file: temporary.as_file_mut(),
        });
        fill(&mut out).map_err(failed)?;
        out.flush().map_err(failed)?;
    }
    if let Some(permissions) = permissions {
        disk.set_permissions(temporary.as_file(), permissions)
            .map_err(failed)?;
    }
    disk.sync(temporary.as_file()).map_err(failed)?;
    disk.persist(temporary, path, consent).map_err(|e| {
        if consent == Consent::Keep && e.kind() == io::ErrorKind::AlreadyExists {
            Error::Exists(path.to_owned())
        } else {
            failed(e)
        }
    })?;
    disk.sync_folder(folder).map_err(|e| {
        error(
            "saved, but a power cut may undo it, as the folder could not be brought to disk:",
            e,
        )
    })
}

/// The permissions of a file that may be replaced; an error that says why it may not.
fn replaceable(there: &Metadata) -> io::Result<Permissions> {
    if there.is_symlink() {
        let why = "it is a symbolic link; name the file that it points to";
        return Err(io::Error::other(why));
    }
    if !there.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    Ok(there.permissions())
}

#[cfg(test)]
mod tests;
