//! Passages written out, one file per format. Writes what it is given, in the order given; must
//! not alter the words of a passage nor invent what is not known of it.

mod annotation;
mod archive;
mod biblatex;
mod brat;
pub mod citation;
mod csl;
mod docx;
mod html;
mod identity;
mod json;
mod jsonl;
mod linked;
mod markdown;
mod qdpx;
mod reference;
mod report;
mod ris;
pub mod save;
mod style;
mod table;
mod text;
mod texts;

pub use annotation::{CONTEXT as ANNOTATION_CONTEXT, RECORD as ANNOTATION_RECORD};
pub use citation::{citation, citation_of_statement, cited, passage_with_citation};
pub use jsonl::Line as JsonLine;
pub use save::Consent;
pub use style::{DEFAULT as DEFAULT_STYLE, Style};
pub use texts::{LoadedTexts, Texts};

use crate::model::Passage;
use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

/// What a reader may choose about an export, and what some formats need beside the passages.
#[derive(Clone, Default)]
pub struct Options<'t> {
    /// Leave spreadsheet cells as they are, even those a spreadsheet would run.
    pub raw_cells: bool,
    /// How citations are written.
    pub style: Style,
    /// Where formats that carry whole texts find them.
    pub texts: Option<&'t dyn Texts>,
}

impl Options<'_> {
    /// The text that this passage stands in, as it was when the passage was made.
    ///
    /// # Errors
    /// When it is not loaded, or has changed since.
    fn text_of(&self, passage: &Passage) -> io::Result<Arc<str>> {
        let id = &passage.statement;
        let body = self.texts.and_then(|texts| texts.body(id)).ok_or_else(|| {
            io::Error::other(format!(
                "this format carries whole texts, and that of {id} is not loaded; name its file"
            ))
        })?;
        if crate::model::fingerprint(&body) == passage.text_sha256 {
            return Ok(body);
        }
        Err(io::Error::other(format!(
            "the text of {id} is not the one that the passage was picked from; find the passage \
             again with `dictum import`"
        )))
    }
}

/// The passages to be written, one after the other.
pub type Passages<'p, 'i> = &'i mut dyn Iterator<Item = Cow<'p, Passage>>;

/// One way of writing passages out.
pub trait Format: Sync {
    /// Name on the command line.
    fn name(&self) -> &'static str;
    /// Extension of its files, without the dot.
    fn extension(&self) -> &'static str;
    /// Name for people.
    fn label(&self) -> &'static str;
    /// True when what is written is not text, so that a terminal must not get it.
    fn is_binary(&self) -> bool {
        false
    }
    /// Writes the passages one after the other, holding one at a time where the format allows.
    ///
    /// # Errors
    /// What the writer says; for a format that carries whole texts, that one is missing.
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        options: &Options<'_>,
    ) -> io::Result<()>;
}

/// Every format; adding one takes a file and a row here. Where two share an extension, the first is
/// what a file of that name is written as.
pub static FORMATS: &[&dyn Format] = &[
    &markdown::Markdown,
    &text::Text,
    &json::Json,
    &jsonl::JsonLines,
    &table::CSV,
    &table::TSV,
    &html::Html,
    &report::Report,
    &docx::Docx,
    &annotation::COLLECTION,
    &annotation::PAGE,
    &annotation::LINES,
    &csl::CslJson,
    &ris::Ris,
    &biblatex::BibLatex,
    &linked::Linked,
    &qdpx::Qdpx,
    &brat::Brat,
];

/// The format of this name (`md`, `csv`…).
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|f| f.name() == name)
}

/// The format of this name, else the first whose files have this extension.
#[must_use]
pub fn by_name_or_extension(name: &str) -> Option<&'static dyn Format> {
    let by_extension = || FORMATS.iter().copied().find(|f| f.extension() == name);
    by_name(name).or_else(by_extension)
}
