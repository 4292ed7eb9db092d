//! Opens what is to be read: regular files only, read and not mapped, decompressed, within caps.

use super::Options;
use super::aliases::FieldMap;
use super::compression::Compression;
use super::format::Reason;
use super::walk::{Found, Place};
use crate::error::{Fault, Severity};
use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;

/// Bytes looked at to tell a format.
const HEAD: usize = 64 << 10;
/// The ratio of decompressed to compressed bytes is watched from here on.
const RATIO_FROM: u64 = 16 << 20;

/// An open source of bytes.
pub struct Source<'s> {
    /// How it is called.
    pub label: String,
    /// Which keys of its records mean what, where the user says so.
    pub fields: Arc<FieldMap>,
    /// What filled which field is asked for: some formats must look for that.
    pub explain: bool,
    bytes: BufReader<Box<dyn Read + 's>>,
    limit: u64,
    compression: Option<Compression>,
    /// Bytes taken from the disk so far.
    taken: Rc<Cell<u64>>,
    /// It stands in an archive.
    inside: bool,
}

impl<'s> Source<'s> {
    /// Opens it.
    ///
    /// # Errors
    /// When it cannot be opened, or is no regular file.
    pub fn open(found: &Found, options: &Options) -> Result<Source<'static>, Fault> {
        let taken = Rc::new(Cell::new(0));
        let raw: Box<dyn Read> = match &found.place {
            Place::Stdin => Box::new(io::stdin().lock()),
            Place::Bundled(bytes) => Box::new(*bytes),
            Place::File(path) => match open_regular(path) {
                Ok(file) => Box::new(file),
                Err(reason) => return Err(fault(&found.label, reason)),
            },
        };
        let counted = Counted {
            inner: raw,
            count: Rc::clone(&taken),
        };
        Source::new(
            &found.label,
            Box::new(counted),
            options,
            &options.fields,
            taken,
        )
    }

    /// What the members of this archive take over from it.
    pub fn parent(&self) -> Parent {
        Parent {
            label: self.label.clone(),
            fields: Arc::clone(&self.fields),
            taken: Rc::clone(&self.taken),
        }
    }

    fn new(
        label: &str,
        raw: Box<dyn Read + 's>,
        options: &Options,
        fields: &Arc<FieldMap>,
        taken: Rc<Cell<u64>>,
    ) -> Result<Self, Fault> {
        let cannot = |e: io::Error| fault(label, Reason::new(format!("cannot be read: {e}")));
        let mut bytes = BufReader::with_capacity(HEAD, raw);
        let compression = Compression::of(fill(&mut bytes).map_err(cannot)?);
        if let Some(kind) = compression {
            let read_in = Rc::new(Cell::new(0));
            let counted = Counted {
                inner: bytes,
                count: Rc::clone(&read_in),
            };
            let capped = Ratio {
                inner: kind.decoder(counted).map_err(cannot)?,
                read_in,
                read_out: Rc::default(),
                max: options.max_ratio,
            };
            bytes = BufReader::with_capacity(HEAD, Box::new(capped));
        }
        Ok(Self {
            label: label.to_owned(),
            fields: Arc::clone(fields),
            explain: options.explain,
            bytes,
            limit: options.max_text_bytes,
            compression,
            taken,
            inside: false,
        })
    }

    /// True for a member of an archive.
    pub fn is_inside(&self) -> bool {
        self.inside
    }

    /// The bytes as a stream; the caller keeps the cap of [`Source::limit`].
    pub fn reader(&mut self) -> &mut BufReader<Box<dyn Read + 's>> {
        &mut self.bytes
    }

    /// Largest text, in bytes.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Counts the bytes taken from the disk, before any decompression, while the source is read.
    pub fn taken(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.taken)
    }

    /// The first bytes.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn head(&mut self) -> Result<&[u8], Reason> {
        fill(&mut self.bytes).map_err(unreadable)
    }

    /// Extension in lower case, without that of the compression; empty when there is none.
    pub fn extension(&self) -> String {
        let name = self
            .label
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or("")
            .to_lowercase();
        let name = self
            .compression
            .map_or_else(|| name.clone(), |kind| kind.without_ending(&name));
        name.rsplit_once('.')
            .map_or(String::new(), |(_, extension)| extension.to_owned())
    }

    /// All of it.
    ///
    /// # Errors
    /// When it cannot be read, or is larger than the cap.
    pub fn all(&mut self) -> Result<Vec<u8>, Reason> {
        let mut out = Vec::new();
        let limit = self.limit;
        (&mut self.bytes)
            .take(limit + 1)
            .read_to_end(&mut out)
            .map_err(unreadable)?;
        if out.len() as u64 > limit {
            return Err(too_large(limit));
        }
        Ok(out)
    }

    /// The next line without its line end, into `line`; false at the end. A line above the cap is
    /// passed over and given as an error; the next call goes on behind it.
    ///
    /// # Errors
    /// When the source cannot be read any further, or this line is too long.
    pub fn line(&mut self, line: &mut Vec<u8>) -> Result<bool, LineFault> {
        line.clear();
        let limit = self.limit;
        let read = (&mut self.bytes)
            .take(limit + 1)
            .read_until(b'\n', line)
            .map_err(|e| LineFault::End(unreadable(e)))?;
        if read as u64 > limit {
            skip_line(&mut self.bytes).map_err(|e| LineFault::End(unreadable(e)))?;
            return Err(LineFault::Line(too_large(limit)));
        }
        if line.ends_with(b"\n") {
            line.pop();
            if line.ends_with(b"\r") {
                line.pop();
            }
        }
        Ok(read > 0)
    }
}

/// An archive, as far as its members need it.
pub struct Parent {
    /// How the archive is called.
    pub label: String,
    fields: Arc<FieldMap>,
    taken: Rc<Cell<u64>>,
}

impl Parent {
    /// A member, read from `raw`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open<'m>(
        &self,
        label: &str,
        raw: Box<dyn Read + 'm>,
        options: &Options,
    ) -> Result<Source<'m>, Fault> {
        let mut source = Source::new(label, raw, options, &self.fields, Rc::clone(&self.taken))?;
        source.inside = true;
        Ok(source)
    }
}

/// What may go wrong with a line.
pub enum LineFault {
    /// This line only.
    Line(Reason),
    /// All that follows.
    End(Reason),
}

/// Fills the buffer with as much of the beginning as one read gives, trying again when interrupted.
fn fill<'b>(bytes: &'b mut BufReader<Box<dyn Read + '_>>) -> io::Result<&'b [u8]> {
    loop {
        match bytes.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(bytes.buffer())
}

fn skip_line(bytes: &mut impl BufRead) -> io::Result<()> {
    loop {
        let (used, found) = match bytes.fill_buf()? {
            [] => return Ok(()),
            buffer => match memchr::memchr(b'\n', buffer) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), false),
            },
        };
        bytes.consume(used);
        if found {
            return Ok(());
        }
    }
}

/// Opens without waiting for a pipe's other end, then makes sure that it is a regular file: a device
/// or a pipe may never end.
fn open_regular(path: &std::path::Path) -> Result<File, Reason> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_CLOEXEC | libc::O_NOCTTY);
    }
    let cannot = |error: io::Error| Reason {
        what: format!("cannot be opened: {error}"),
        remedy: "check its permissions",
    };
    let file = options.open(path).map_err(cannot)?;
    let meta = file.metadata().map_err(cannot)?;
    if !meta.is_file() {
        return Err(Reason::new(
            "is no regular file (a pipe, device, socket or folder)",
        ));
    }
    Ok(file)
}

fn unreadable(error: io::Error) -> Reason {
    Reason::new(format!("cannot be read: {error}"))
}

/// What is said of a text above the cap.
pub fn too_large(limit: u64) -> Reason {
    Reason {
        what: format!("is larger than {} MiB of text", limit >> 20),
        remedy: "split it, or turn it into JSON lines",
    }
}

fn fault(label: &str, reason: Reason) -> Fault {
    Fault {
        path: label.to_owned(),
        place: String::new(),
        reason: reason.what,
        remedy: reason.remedy.to_owned(),
        severity: Severity::Skipped,
    }
}

struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// Ends a stream that grows out of all proportion to what it is made of.
pub struct Ratio<R> {
    /// What is read from.
    pub inner: R,
    /// Bytes that went in so far.
    pub read_in: Rc<Cell<u64>>,
    /// Bytes that came out so far; the members of one archive share it.
    pub read_out: Rc<Cell<u64>>,
    /// The largest ratio allowed.
    pub max: u64,
}

impl<R: Read> Read for Ratio<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let out = self.read_out.get() + read as u64;
        self.read_out.set(out);
        if out > RATIO_FROM && out / self.read_in.get().max(1) > self.max {
            return Err(io::Error::other(format!(
                "it grows more than {} times when decompressed",
                self.max
            )));
        }
        Ok(read)
    }
}
