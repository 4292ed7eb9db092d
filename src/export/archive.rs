//! A zip archive written to a stream, for the formats that are one (DOCX, QDPX), and one of several
//! files (brat). The same passages give the same bytes: no clock, no names of the machine.

use std::io::{self, Write};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// An archive under way; what is not finished cannot be opened.
pub struct Archive<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
}

impl<W: Write> Archive<W> {
    /// Begins one.
    pub fn new(out: W) -> Self {
        Self {
            zip: ZipWriter::new_stream(out),
        }
    }

    /// Begins a file; what is written next is its content. `name` must be safe: no `..`, no leading `/`.
    ///
    /// # Errors
    /// What the writer says, or a name that is there already.
    pub fn file(&mut self, name: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        Ok(self.zip.start_file(name, options)?)
    }

    /// Writes the list of files, without which it is no archive.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(self) -> io::Result<()> {
        self.zip.finish()?;
        Ok(())
    }
}

impl<W: Write> Write for Archive<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.zip.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// Text as XML may hold it: escaped, and U+FFFD for the characters that no XML may hold. A carriage return
/// is written by its number, since a reader of XML would make a line feed of it.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
