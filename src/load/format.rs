//! What a format is, which one a file has, and what formats hand on.

use super::filled::Filled;
use super::open::Source;
use super::{csv, docx, feed, html, json, jsonl, mail, markdown, newsml, plain, sgml};
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
    /// Only an excerpt of the statement is there.
    pub excerpt: bool,
    /// Publication status, as given: `usable`, `stat:withheld`.
    pub status: Option<String>,
    /// Not to be published before this, as given.
    pub embargo: Option<String>,
    /// What filled which field.
    pub filled: Filled,
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
    fn read(&self, source: &mut Source<'_>, sink: &mut dyn Sink)
    -> Result<ControlFlow<()>, Reason>;
}

/// The formats, in the order they are asked; what none of them fits is plain text or refused.
static FORMATS: [&dyn Format; 12] = [
    &csv::Table { name: "csv" },
    &csv::Table { name: "tsv" },
    &docx::Docx,
    &feed::Feed,
    &newsml::News,
    &sgml::Reuters,
    &mail::Mail { name: "mail" },
    &mail::Mail { name: "mbox" },
    &html::Html,
    &jsonl::JsonLines,
    &json::Json,
    &markdown::Markdown,
];

/// Extensions of files that hold no text of ours, or that are not read yet: they are refused by name
/// rather than shown as garbage.
const NOT_READ: [(&[&str], &str); 3] = [
    (&["msg"], "mail of Outlook is not read"),
    (
        &["doc", "odt", "rtf", "pdf", "epub", "xlsx", "xls", "pptx"],
        "office documents other than .docx, and PDF, are not read",
    ),
    (
        &["7z", "rar", "xz", "qdpx"],
        "archives of this kind are not read",
    ),
];

/// First bytes of files that are no text, whatever their name.
const MAGIC: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF"),
    (
        b"PK\x03\x04",
        "an archive in an archive, or an office document",
    ),
    (b"\x1f\x8b", "compressed twice"),
    (b"\x28\xb5\x2f\xfd", "compressed twice"),
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
pub fn of(source: &mut Source<'_>) -> Result<&'static dyn Format, Reason> {
    let extension = source.extension();
    let head = source.head()?;
    if head.is_empty() {
        return Err(Reason::new("the file is empty"));
    }
    let magic = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    let mut found = FORMATS
        .iter()
        .filter(|format| format.fits(&extension, head));
    if let Some(format) = found
        .next()
        .filter(|f| magic.is_none() || f.name() == "docx")
    {
        return Ok(*format);
    }
    let convert = "convert it to text, JSON lines, Markdown or HTML";
    let named = || {
        let names = NOT_READ
            .iter()
            .find(|(n, _)| n.contains(&extension.as_str()));
        names.map(|(_, why)| (*why).to_owned())
    };
    let refused = named()
        .or_else(|| magic.map(|(_, what)| format!("it is {what}, which is not read")))
        .or_else(|| unknown_xml(&extension, head));
    match refused {
        Some(what) => Err(Reason {
            what,
            remedy: convert,
        }),
        None => Ok(&plain::Plain),
    }
}

/// XML that is none of the formats known is not shown as text full of tags.
fn unknown_xml(extension: &str, head: &[u8]) -> Option<String> {
    let declared = text_start(head).starts_with(b"<?xml");
    if !declared && !matches!(extension, "xml" | "opml") {
        return None;
    }
    Some(match super::xml::root_name(head) {
        Some(root) => format!("XML of a kind that is not known: its root is `{root}`"),
        None => "holds no XML element".to_owned(),
    })
}

/// The first bytes of text: without a byte order mark and white space.
pub fn text_start(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start()
}
