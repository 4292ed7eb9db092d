//! What a format is, which one a file has, and what formats hand on.

use super::open::Source;
use super::{html, json, jsonl, markdown, plain};
use crate::model::{IsoDate, Stated};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Why something was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What is wrong, in one clause.
    pub what: String,
    /// What can be done; empty when nothing can.
    pub remedy: &'static str,
}

impl Reason {
    /// A reason with nothing to be done about it.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: "",
        }
    }
}

/// A record as a format read it; `finish` makes a statement of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The id the record gives itself.
    pub id: Option<String>,
    /// The text.
    pub body: String,
    /// As the fields say.
    pub title: Option<String>,
    /// As the fields say.
    pub date: Option<IsoDate>,
    /// A date that was given but could not be read.
    pub odd_date: Option<String>,
    /// As the fields say.
    pub place: Option<String>,
    /// As the fields say.
    pub source: Option<Stated<String>>,
    /// As the fields say.
    pub author: Option<String>,
    /// As the fields say.
    pub url: Option<String>,
    /// As the fields say.
    pub lang: Option<String>,
    /// As the fields say.
    pub kind: Option<String>,
    /// As the fields say.
    pub tags: Vec<String>,
    /// Everything else.
    pub extra: BTreeMap<String, String>,
    /// Number of the record in its file, from 1.
    pub record: Option<usize>,
    /// Character set it was decoded from.
    pub charset: &'static str,
    /// That was guessed.
    pub charset_guessed: bool,
    /// Characters that could not be decoded.
    pub replacements: usize,
}

/// Takes what a format reads.
pub trait Sink {
    /// A record.
    fn draft(&mut self, draft: Draft) -> ControlFlow<()>;
    /// A record that cannot be read; the next ones may.
    fn bad_record(&mut self, place: String, reason: Reason) -> ControlFlow<()>;
    /// Something that should be known of a record that is read all the same.
    fn note(&mut self, place: String, reason: Reason) -> ControlFlow<()>;
}

/// One way statements are kept in a file.
pub trait Format: Sync {
    /// Its name: what `Origin::format` says.
    fn name(&self) -> &'static str;
    /// True when a file of this extension (lower case, without the compression's), or with these
    /// first bytes, is of this format.
    fn fits(&self, extension: &str, head: &[u8]) -> bool;
    /// Hands every record to `sink`; `Break` from it is handed on.
    ///
    /// # Errors
    /// When the file as a whole cannot be read.
    fn read(&self, source: &mut Source, sink: &mut dyn Sink) -> Result<ControlFlow<()>, Reason>;
}

/// The formats, in the order they are asked; the last fits any text.
static FORMATS: [&dyn Format; 5] = [
    &html::Html,
    &jsonl::JsonLines,
    &json::Json,
    &markdown::Markdown,
    &plain::Plain,
];

/// Extensions of files that hold no text of ours, or that are not read yet: they are refused by name
/// rather than shown as garbage.
const NOT_READ: [(&[&str], &str); 5] = [
    (&["csv", "tsv"], "tables (CSV, TSV) are not read yet"),
    (
        &["xml", "rss", "atom", "nitf", "newsml", "sgm", "sgml"],
        "XML and SGML (feeds, NewsML, NITF) are not read yet",
    ),
    (&["eml", "mbox", "msg"], "mail is not read yet"),
    (
        &["docx", "doc", "odt", "rtf", "pdf", "epub", "xlsx", "pptx"],
        "office documents and PDF are not read",
    ),
    (
        &["zip", "tar", "tgz", "7z", "rar", "zst", "bz2", "xz", "qdpx"],
        "archives of this kind are not read yet",
    ),
];

/// First bytes of files that are no text, whatever their name.
const MAGIC: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
];

/// The format of a source.
///
/// # Errors
/// When it is of a kind that is not read.
pub fn of(source: &mut Source) -> Result<&'static dyn Format, Reason> {
    let extension = source.extension();
    let head = source.head()?;
    if head.is_empty() {
        return Err(Reason::new("the file is empty"));
    }
    let convert = "convert it to text, JSON lines, Markdown or HTML";
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Reason {
            what: format!("it is {what}, which is not read"),
            remedy: convert,
        });
    }
    if let Some((_, why)) = NOT_READ
        .iter()
        .find(|(names, _)| names.contains(&extension.as_str()))
    {
        return Err(Reason {
            what: (*why).to_owned(),
            remedy: convert,
        });
    }
    let found = FORMATS
        .iter()
        .copied()
        .find(|format| format.fits(&extension, head));
    found.ok_or_else(|| Reason::new("no format fits this file"))
}

/// The first bytes of text: without a byte order mark and white space.
pub fn text_start(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start()
}
