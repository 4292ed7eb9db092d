//! The steps of a save that a system may refuse, as a trait, so that a test can make each of them
//! fail. Must hold no rule of its own about what may be saved.

use super::Consent;
use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Everything a save asks of the system, in the order it is asked for.
pub(super) trait Disk {
    /// Makes an empty temporary file in the folder.
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile>;
    /// Writes some of the bytes; how many.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;
    /// Flushes what the writer holds back.
    fn flush(&self, file: &mut File) -> io::Result<()>;
    /// Gives the file the permissions of the one it replaces.
    fn set_permissions(&self, file: &File, permissions: Permissions) -> io::Result<()>;
    /// Brings the file's content to disk.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Gives the file its name, in one step.
    fn persist(&self, file: NamedTempFile, path: &Path, consent: Consent) -> io::Result<()>;
    /// Brings the name to disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The real disk.
pub(super) struct Real;

impl Disk for Real {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".dictum-").suffix(".tmp");
        #[cfg(unix)]
        {
            // As any new file, not hidden from others as a temporary one would be; umask applies.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(Permissions::from_mode(0o666));
        }
        // What it says names the temporary file, which nobody asked for.
        builder.tempfile_in(folder).map_err(|error| {
            let text = error.to_string();
            let cause = text.split(" at path ").next().unwrap_or(&text);
            io::Error::new(error.kind(), cause.to_owned())
        })
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn flush(&self, file: &mut File) -> io::Result<()> {
        file.flush()
    }

    fn set_permissions(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        file.set_permissions(permissions)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn persist(&self, file: NamedTempFile, path: &Path, consent: Consent) -> io::Result<()> {
        let kept = match consent {
            Consent::Replace => file.persist(path),
            Consent::Keep => file.persist_noclobber(path),
        };
        kept.map(drop).map_err(|e| e.error)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
        match File::open(folder).and_then(|f| f.sync_all()) {
            // Some file systems do not offer this step, and a folder may be writable but not
            // readable. Nothing failed then that another try could mend.
            Err(e) if matches!(e.kind(), InvalidInput | PermissionDenied | Unsupported) => Ok(()),
            done => done,
        }
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Writes to a file by way of a [`Disk`].
pub(super) struct Writing<'a> {
    /// By which way.
    pub(super) disk: &'a dyn Disk,
    /// To which file.
    pub(super) file: &'a mut File,
}

impl Write for Writing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(self.file, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.disk.flush(self.file)
    }
}
