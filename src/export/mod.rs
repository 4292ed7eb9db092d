//! Passages written out, one file per format. Writes what it is given, in the order given; must
//! not alter the words of a passage nor invent what is not known of it.

pub mod citation;
mod html;
mod json;
mod jsonl;
mod markdown;
pub mod save;
mod table;
mod text;

pub use citation::{citation, citation_of_statement, passage_with_citation};
pub use jsonl::Line as JsonLine;
pub use save::Consent;

use crate::model::Passage;
use std::io::{self, Write};

/// What a reader may choose about an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Leave spreadsheet cells as they are, even those a spreadsheet would run.
    pub raw_cells: bool,
}

/// One way of writing passages out.
pub trait Format: Sync {
    /// Name on the command line.
    fn name(&self) -> &'static str;
    /// Extension of its files, without the dot.
    fn extension(&self) -> &'static str;
    /// Name for people.
    fn label(&self) -> &'static str;
    /// Writes the passages one after the other, holding one at a time.
    ///
    /// # Errors
    /// What the writer says.
    fn write(
        &self,
        passages: &mut dyn Iterator<Item = &Passage>,
        out: &mut dyn Write,
        options: &Options,
    ) -> io::Result<()>;
}

/// Every format; adding one takes a file and a row here.
pub static FORMATS: &[&dyn Format] = &[
    &markdown::Markdown,
    &text::Text,
    &json::Json,
    &jsonl::JsonLines,
    &table::CSV,
    &table::TSV,
    &html::Html,
];

/// The format of this name (`md`, `csv`…).
#[must_use]
pub fn by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|f| f.name() == name)
}
