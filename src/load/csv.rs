//! Tables (CSV, TSV): one record a row, keys in the first row. The delimiter is told from the first
//! row. Rows are read as a stream; one whose number of cells is not that of the first row is reported
//! by its number, and not loaded when it has too many: its text is cut somewhere.

use super::decode::decode;
use super::format::{Draft, Format, Reason, Sink};
use super::open::{Source, too_large};
use super::record;
use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

/// Delimiters that are known; the one that cuts the first row into most cells is taken.
const DELIMITERS: [u8; 4] = *b",\t;|";
/// A table of more columns than this is none of statements.
const MOST_COLUMNS: usize = 10_000;

/// The format; `tsv` in its name only.
pub struct Table {
    /// `csv` or `tsv`.
    pub name: &'static str,
}

impl Format for Table {
    fn name(&self) -> &'static str {
        self.name
    }

    fn fits(&self, extension: &str, _head: &[u8]) -> bool {
        extension == self.name || (self.name == "tsv" && extension == "tab")
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let head = source.head()?;
        // A character set that is not told byte by byte is decoded as a whole.
        let streamed = memchr::memchr(0, head).is_none() && !starts_wide(head) && is_utf8(head);
        let delimiter = delimiter(head, if self.name == "tsv" { b'\t' } else { b',' });
        if streamed {
            let fields = std::sync::Arc::clone(&source.fields);
            let limit = source.limit();
            let rows = Rows {
                delimiter,
                limit,
                charset: "UTF-8",
                charset_guessed: false,
                replacements: 0,
            };
            return rows.read(source.reader(), &fields, sink);
        }
        let decoded = decode(source.all()?, None)?;
        let rows = Rows {
            delimiter: self::delimiter(decoded.text.as_bytes(), delimiter),
            limit: source.limit(),
            charset: decoded.charset,
            charset_guessed: decoded.guessed,
            replacements: decoded.replacements,
        };
        rows.read(&mut decoded.text.as_bytes(), &source.fields, sink)
    }
}

fn starts_wide(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff")
}

/// True for UTF-8, a character cut off at the end included.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// The delimiter of the first row; `usual` where no other cuts it into more cells.
fn delimiter(head: &[u8], usual: u8) -> u8 {
    let count = |delimiter: u8| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(head);
        let mut row = ByteRecord::new();
        match reader.read_byte_record(&mut row) {
            Ok(true) => row.len(),
            _ => 0,
        }
    };
    let mut best = (count(usual), usual);
    for delimiter in DELIMITERS {
        let cells = count(delimiter);
        if cells > best.0 {
            best = (cells, delimiter);
        }
    }
    best.1
}

/// How rows are read.
struct Rows {
    delimiter: u8,
    limit: u64,
    charset: &'static str,
    charset_guessed: bool,
    replacements: usize,
}

impl Rows {
    fn read(
        &self,
        bytes: &mut dyn Read,
        fields: &super::FieldMap,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let taken = Rc::new(Cell::new(0));
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(PerRow {
                inner: bytes,
                taken: Rc::clone(&taken),
                limit: self.limit,
            });
        let mut row = ByteRecord::new();
        let failed = |error: csv::Error| Reason::new(format!("cannot be read: {error}"));
        if !reader.read_byte_record(&mut row).map_err(failed)? {
            return Err(Reason::new("the table is empty"));
        }
        let keys = keys(&row)?;
        let mut guessed = false;
        for number in 1.. {
            taken.set(0);
            let place = || format!("row {number}");
            match reader.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => break,
                // What is wrong is a row without an end, or the stream: no row can be told behind it.
                Err(error) => return Ok(sink.bad_record(place(), failed(error))),
            }
            if row.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let cells = row.len();
            let going = if cells > keys.len() {
                sink.bad_record(place(), ragged(cells, keys.len()))
            } else {
                let noted = if cells < keys.len() {
                    let what = format!("has {cells} cells where the first row has {}", keys.len());
                    sink.note(place(), Reason::new(what))
                } else {
                    ControlFlow::Continue(())
                };
                if noted.is_break() {
                    return Ok(noted);
                }
                match self.draft(&keys, &row, fields) {
                    Ok(draft) => {
                        let draft = Draft {
                            record: Some(number),
                            // Said once a table, not once a row.
                            charset_guessed: draft.charset_guessed && !guessed,
                            replacements: if guessed { 0 } else { draft.replacements },
                            ..draft
                        };
                        guessed |= self.charset_guessed || self.replacements > 0;
                        sink.draft(draft)
                    }
                    Err(reason) => sink.bad_record(place(), reason),
                }
            };
            if going.is_break() {
                return Ok(going);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn draft(
        &self,
        keys: &[String],
        row: &ByteRecord,
        fields: &super::FieldMap,
    ) -> Result<Draft, Reason> {
        let mut lost = 0;
        let cell = |bytes: &[u8], lost: &mut usize| {
            let text = String::from_utf8_lossy(bytes);
            if let std::borrow::Cow::Owned(text) = &text {
                *lost += text.matches('\u{FFFD}').count();
            }
            Value::from(text.into_owned())
        };
        let record: Map<String, Value> = keys
            .iter()
            .zip(row)
            .map(|(key, bytes)| (key.clone(), cell(bytes, &mut lost)))
            .collect();
        let draft = record::draft(record, None, fields)?;
        Ok(Draft {
            charset: self.charset,
            charset_guessed: self.charset_guessed,
            replacements: self.replacements + lost,
            ..draft
        })
    }
}

/// The keys of the first row; a cell without one is called by its number.
fn keys(row: &ByteRecord) -> Result<Vec<String>, Reason> {
    if row.len() > MOST_COLUMNS {
        return Err(Reason::new(format!(
            "has {} columns, more than {MOST_COLUMNS}",
            row.len()
        )));
    }
    let mut keys: Vec<String> = Vec::with_capacity(row.len());
    for (n, cell) in (1..).zip(row) {
        let key = String::from_utf8_lossy(cell);
        let key = key.trim_start_matches('\u{FEFF}').trim();
        keys.push(if key.is_empty() || keys.iter().any(|k| k == key) {
            format!("column {n}")
        } else {
            key.to_owned()
        });
    }
    Ok(keys)
}

fn ragged(cells: usize, keys: usize) -> Reason {
    Reason {
        what: format!("has {cells} cells where the first row has {keys}: its text may be cut off"),
        remedy: "put cells that hold the delimiter between quotation marks",
    }
}

/// Ends a row that does not end: a quotation mark that nothing closes takes in all that follows.
struct PerRow<'r> {
    inner: &'r mut dyn Read,
    taken: Rc<Cell<u64>>,
    limit: u64,
}

impl Read for PerRow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken.get() > self.limit {
            return Err(io::Error::other(too_large(self.limit).what));
        }
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}
