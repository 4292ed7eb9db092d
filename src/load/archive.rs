//! Archives (zip, tar): each member is read in its turn as a file would be. Nothing is ever written
//! to disk; names of members are labels and no paths. An archive inside of an archive is refused.

use super::Options;
use super::format::Reason;
use super::open::{Parent, Ratio, Source, too_large};
use crate::error::{Fault, Severity};
use std::cell::Cell;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::rc::Rc;
use tar::{Archive, EntryType};
use zip::ZipArchive;

/// Members of one archive that are looked at.
const MOST_MEMBERS: usize = 200_000;

/// What kind of archive it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Members compressed one by one, with a list at the end.
    Zip,
    /// Members one behind the other.
    Tar,
}

/// The kind of a source with these first bytes; office documents are zip archives too, and no archives
/// of statements.
pub fn kind(extension: &str, head: &[u8]) -> Option<Kind> {
    let is_zip = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    if is_zip {
        return (extension == "zip" || (extension.is_empty() && !is_office(head)))
            .then_some(Kind::Zip);
    }
    let is_tar = head.get(257..262) == Some(b"ustar");
    (is_tar || (extension == "tar" && head.len() >= 512)).then_some(Kind::Tar)
}

/// True for the beginning of an office document.
pub fn is_office(head: &[u8]) -> bool {
    let first = head.get(..4096).unwrap_or(head);
    [
        "[Content_Types].xml",
        "mimetypeapplication/vnd",
        "mimetypeapplication/epub",
    ]
    .iter()
    .any(|name| memchr::memmem::find(first, name.as_bytes()).is_some())
}

/// What is done with one member, or with the reason why it is not read.
pub type Each<'e> = dyn FnMut(Result<Source<'_>, Fault>) -> ControlFlow<()> + 'e;

/// Reads all members.
///
/// # Errors
/// When the archive itself cannot be read.
pub fn read(
    kind: Kind,
    source: &mut Source<'_>,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<ControlFlow<()>, Reason> {
    match kind {
        Kind::Zip => read_zip(source, options, each),
        Kind::Tar => read_tar(source, options, each),
    }
}

fn read_zip(
    source: &mut Source<'_>,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<ControlFlow<()>, Reason> {
    let bytes = source.all().map_err(|reason| Reason {
        what: reason.what,
        remedy: "unpack it, and name the folder",
    })?;
    let members = Members::new(source, options, Rc::new(Cell::new(bytes.len() as u64)));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    for at in 0..archive.len() {
        let name = match archive.name_for_index(at) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("member {}", at + 1),
        };
        let label = members.label(&name);
        let going = match archive.by_index(at) {
            _ if at == MOST_MEMBERS => return Ok(each(Err(too_many(&label)))),
            Ok(member) if member.is_dir() || is_hidden(&name) => continue,
            Ok(member) if !member.is_file() => each(Err(skipped(&label, no_file()))),
            Ok(member) => each(members.open(&label, member)),
            Err(error) => each(Err(skipped(&label, unreadable(&error)))),
        };
        if going.is_break() {
            return Ok(going);
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn read_tar(
    source: &mut Source<'_>,
    options: &Options,
    each: &mut Each<'_>,
) -> Result<ControlFlow<()>, Reason> {
    // The stream is as long as its members: only the compression around it can make it grow.
    let members = Members::new(source, options, Rc::new(Cell::new(u64::MAX)));
    let mut archive = Archive::new(source.reader());
    let entries = archive.entries().map_err(|e| unreadable(&e))?;
    for (at, entry) in entries.enumerate() {
        let entry = match entry {
            Ok(entry) => entry,
            // Where the next member begins cannot be told.
            Err(error) if at == 0 => return Err(unreadable(&error)),
            Err(error) => {
                let label = members.label(&format!("member {}", at + 1));
                return Ok(each(Err(skipped(&label, unreadable(&error)))));
            }
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let label = members.label(&name);
        let kind = entry.header().entry_type();
        let going = match kind {
            _ if at == MOST_MEMBERS => return Ok(each(Err(too_many(&label)))),
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            EntryType::Regular | EntryType::Continuous if is_hidden(&name) => continue,
            EntryType::Regular | EntryType::Continuous => each(members.open(&label, entry)),
            _ => each(Err(skipped(&label, no_file()))),
        };
        if going.is_break() {
            return Ok(going);
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// What the members of one archive share.
struct Members<'o> {
    parent: Parent,
    options: &'o Options,
    read_in: Rc<Cell<u64>>,
    read_out: Rc<Cell<u64>>,
}

impl<'o> Members<'o> {
    fn new(source: &Source<'_>, options: &'o Options, read_in: Rc<Cell<u64>>) -> Self {
        Self {
            parent: source.parent(),
            options,
            read_in,
            read_out: Rc::default(),
        }
    }

    fn label(&self, name: &str) -> String {
        format!("{}/{name}", self.parent.label)
    }

    fn open<'m>(&self, label: &str, raw: impl Read + 'm) -> Result<Source<'m>, Fault> {
        let capped = Ratio {
            inner: raw,
            read_in: Rc::clone(&self.read_in),
            read_out: Rc::clone(&self.read_out),
            max: self.options.max_ratio,
        };
        self.parent.open(label, Box::new(capped), self.options)
    }
}

/// What finder programs put beside the files proper, and hidden files, are no statements.
fn is_hidden(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    parts.any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

fn unreadable(error: &dyn std::error::Error) -> Reason {
    Reason::new(format!("cannot be read from the archive: {error}"))
}

fn no_file() -> Reason {
    Reason::new("is a link or device in an archive, which is not followed")
}

fn too_many(label: &str) -> Fault {
    let what = format!("the archive has more than {MOST_MEMBERS} members: the rest was not read");
    skipped(label, Reason::new(what))
}

fn skipped(label: &str, reason: Reason) -> Fault {
    Fault {
        path: label.to_owned(),
        place: String::new(),
        reason: reason.what,
        remedy: reason.remedy.to_owned(),
        severity: Severity::Skipped,
    }
}

/// Members of a zip archive by name, each of at most `limit` bytes; `None` for one that is not there.
///
/// # Errors
/// When the archive cannot be read, or a member is larger.
pub fn named<const N: usize>(
    bytes: Vec<u8>,
    names: [&str; N],
    limit: u64,
) -> Result<[Option<Vec<u8>>; N], Reason> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let mut found = [const { None }; N];
    for (name, place) in names.iter().zip(&mut found) {
        let Ok(member) = archive.by_name(name) else {
            continue;
        };
        let mut out = Vec::new();
        let mut capped = member.take(limit + 1);
        capped.read_to_end(&mut out).map_err(|e| unreadable(&e))?;
        if out.len() as u64 > limit {
            return Err(too_large(limit));
        }
        *place = Some(out);
    }
    Ok(found)
}
