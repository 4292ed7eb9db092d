//! Bytes to [`Statement`]s or [`Fault`]s.
//!
//! `walk` finds files, `open` reads them (regular files only, decompressed, within caps), `decode`
//! makes text of them, then one file per format makes records, and `finish` makes statements of
//! those: header, date, title, id. Must not extract, index or print.
//!
//! To add a format: one file with a `format::Format` and one row in its table.

mod aliases;
mod archive;
mod compression;
mod csv;
mod dateline;
mod dates;
mod decode;
mod docx;
mod feed;
mod filled;
mod finish;
mod format;
mod html;
mod json;
pub mod jsonl;
mod mail;
mod markdown;
mod memory;
mod newsml;
mod ninjs;
mod open;
mod plain;
mod record;
mod sample;
mod sgml;
mod title;
mod twice;
mod walk;
mod xml;

pub use aliases::FieldMap;
pub use sample::SAMPLE;

use crate::error::{Fault, Severity};
use crate::model::Statement;
use finish::Finisher;
use format::{Draft, Sink};
use open::Source;
use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

/// Bytes of one file between two tellings of how far it is.
const TOLD_AT_ONCE: u64 = 256 << 10;

/// Where statements are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input, read once to its end.
    Stdin,
    /// The bundled sample.
    Sample,
}

/// Limits, stated so that they can be met with a message and not with a death.
#[derive(Clone, Debug)]
pub struct Options {
    /// Largest text, in bytes after decompression: a whole file, or one line of JSON lines.
    pub max_text_bytes: u64,
    /// Largest ratio of decompressed to compressed bytes, once past 16 MiB.
    pub max_ratio: u64,
    /// Largest number of statements.
    pub max_statements: usize,
    /// Bytes of memory that all statements may take once they are held, indexed and extracted, by estimate.
    /// No limit for who lets go of each.
    pub max_memory: u64,
    /// Which keys mean what, before the table of aliases.
    pub fields: Arc<FieldMap>,
    /// Tell which key, element or header filled which field: [`Event::Filled`].
    pub explain: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_text_bytes: 256 << 20,
            max_ratio: 200,
            max_statements: 20_000_000,
            max_memory: u64::MAX,
            fields: Arc::default(),
            explain: false,
        }
    }
}

/// What loading tells, in the order of the input.
#[derive(Debug)]
pub enum Event {
    /// The walk found so much to read.
    Found {
        /// Files to read.
        files: usize,
        /// Their bytes on disk.
        bytes: u64,
    },
    /// What of the record behind the next statement filled which fields, and what was worked out; only
    /// when asked for.
    Filled {
        /// The file.
        path: String,
        /// `record 3`, `line 12`; empty when the file holds one.
        place: String,
        /// Field and what filled it, in the order they were looked up.
        keys: Vec<(&'static str, String)>,
    },
    /// A statement. Ids are unique.
    Statement(Box<Statement>),
    /// A file or record skipped, or loaded with a reservation.
    Fault(Fault),
    /// So many bytes on disk have been read since the last event of this kind.
    Read(u64),
}

/// Loads everything, handing each event to `each`, which stops the load by returning `Break`.
///
/// Files come in sorted order; an unreadable one is a [`Fault`] and the rest still loads.
pub fn load(inputs: &[Input], options: &Options, each: &mut dyn FnMut(Event) -> ControlFlow<()>) {
    let mut loading = Loading {
        options,
        each,
        finisher: Finisher::default(),
        loaded: 0,
        memory: 0,
        taken: Rc::default(),
        told: 0,
    };
    // A `Break` is only the way out: there is nothing to tell about it.
    let _ = loading.run(inputs);
}

struct Loading<'l> {
    options: &'l Options,
    each: &'l mut dyn FnMut(Event) -> ControlFlow<()>,
    finisher: Finisher,
    loaded: usize,
    /// Bytes that what is loaded takes.
    memory: u64,
    /// Bytes taken from the file under way, and how many of them were told.
    taken: Rc<Cell<u64>>,
    told: u64,
}

impl Loading<'_> {
    fn run(&mut self, inputs: &[Input]) -> ControlFlow<()> {
        let (files, faults) = walk::files(inputs);
        let bytes = files.iter().map(|file| file.bytes).sum();
        (self.each)(Event::Found {
            files: files.len(),
            bytes,
        })?;
        for fault in faults {
            (self.each)(Event::Fault(fault))?;
        }
        for file in files {
            self.told = 0;
            match Source::open(&file, self.options) {
                Ok(source) => {
                    self.taken = source.taken();
                    self.read(source)?;
                }
                Err(fault) => (self.each)(Event::Fault(fault))?,
            }
            // Also what was never read: it is done with.
            (self.each)(Event::Read(file.bytes.saturating_sub(self.told)))?;
        }
        ControlFlow::Continue(())
    }

    fn read(&mut self, mut source: Source<'_>) -> ControlFlow<()> {
        if let Some(kind) = archive_kind(&mut source) {
            let options = self.options;
            let label = source.label.clone();
            let read = archive::read(kind, &mut source, options, &mut |member| match member {
                Ok(member) => self.read(member),
                Err(fault) => (self.each)(Event::Fault(fault)),
            });
            return match read {
                Ok(going) => going,
                Err(reason) => self.skip(&label, String::new(), reason),
            };
        }
        let read = format::of(&mut source).and_then(|format| {
            self.finisher.begin(&source.label, format.name());
            format.read(&mut source, self)
        });
        match read {
            Ok(going) => going,
            Err(reason) => self.skip(&source.label, String::new(), reason),
        }
    }

    /// Tells how far a large file is read.
    fn tell_progress(&mut self) -> ControlFlow<()> {
        let new = self.taken.get().saturating_sub(self.told);
        if new < TOLD_AT_ONCE {
            return ControlFlow::Continue(());
        }
        self.told += new;
        (self.each)(Event::Read(new))
    }

    fn skip(&mut self, path: &str, place: String, reason: format::Reason) -> ControlFlow<()> {
        self.fault(path, place, reason, Severity::Skipped)
    }

    fn fault(
        &mut self,
        path: &str,
        place: String,
        reason: format::Reason,
        severity: Severity,
    ) -> ControlFlow<()> {
        let fault = Fault {
            path: path.to_owned(),
            place,
            reason: reason.what,
            remedy: reason.remedy.to_owned(),
            severity,
        };
        (self.each)(Event::Fault(fault))
    }
}

impl Loading<'_> {
    /// Ends the load where the memory allowed ends.
    fn full(&mut self, place: String) -> ControlFlow<()> {
        let what = format!(
            "the {} of memory allowed are taken by the {} statements before: this and all behind it was \
             not loaded",
            memory::told(self.options.max_memory),
            self.loaded
        );
        let remedy = "load less at once, or allow more with --max-memory";
        let path = self.finisher.path().to_owned();
        let _ = self.skip(&path, place, format::Reason { what, remedy });
        ControlFlow::Break(())
    }
}

/// The kind of an archive that is not itself inside of one.
fn archive_kind(source: &mut Source<'_>) -> Option<archive::Kind> {
    if source.is_inside() {
        return None;
    }
    let extension = source.extension();
    archive::kind(&extension, source.head().ok()?)
}

impl Sink for Loading<'_> {
    fn draft(&mut self, draft: Draft) -> ControlFlow<()> {
        if self.loaded == self.options.max_statements {
            let remedy = "load less at once";
            let what = format!(
                "the limit of {} statements is reached: the rest was not loaded",
                self.loaded
            );
            let path = self.finisher.path().to_owned();
            let _ = self.skip(&path, String::new(), format::Reason { what, remedy });
            return ControlFlow::Break(());
        }
        self.tell_progress()?;
        let filled = self.options.explain.then(|| draft.filled.clone());
        let record = draft.record;
        let (statement, faults) = self.finisher.finish(draft);
        if let Some(mut filled) = filled {
            if let Some(statement) = &statement {
                filled.worked_out(statement);
            }
            if !filled.is_empty() {
                (self.each)(Event::Filled {
                    path: self.finisher.path().to_owned(),
                    place: self.finisher.place(record),
                    keys: filled.into_pairs(),
                })?;
            }
        }
        for fault in faults {
            (self.each)(Event::Fault(fault))?;
        }
        match statement {
            Some(statement) => {
                self.memory = self.memory.saturating_add(memory::taken_by(&statement));
                if self.memory > self.options.max_memory {
                    let place = self.finisher.place(record);
                    return self.full(place);
                }
                self.loaded += 1;
                (self.each)(Event::Statement(Box::new(statement)))
            }
            None => ControlFlow::Continue(()),
        }
    }

    fn bad_record(&mut self, place: String, reason: format::Reason) -> ControlFlow<()> {
        let path = self.finisher.path().to_owned();
        self.skip(&path, place, reason)
    }

    fn note(&mut self, place: String, reason: format::Reason) -> ControlFlow<()> {
        let path = self.finisher.path().to_owned();
        self.fault(&path, place, reason, Severity::Warning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn one_large_file_was_at_nought_until_it_was_at_its_end() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.jsonl.gz");
        let file = std::fs::File::create(&path).unwrap();
        let mut out = flate2::write::GzEncoder::new(file, flate2::Compression::none());
        for n in 0..300 {
            let text = "word ".repeat(1000);
            writeln!(out, "{{\"id\":{n},\"text\":\"{text}\"}}").unwrap();
        }
        out.finish().unwrap();
        let (mut found, mut told, mut loaded_before) = (0, Vec::new(), 0);
        load(&[Input::Path(path)], &Options::default(), &mut |event| {
            match event {
                Event::Found { bytes, .. } => found = bytes,
                Event::Read(bytes) => told.push(bytes),
                Event::Statement(_) => loaded_before += usize::from(told.len() == 1),
                Event::Fault(fault) => panic!("{fault}"),
                Event::Filled { .. } => panic!("nobody asked"),
            }
            ControlFlow::Continue(())
        });
        assert!(told.len() > 3 && loaded_before > 0, "{told:?}");
        assert_eq!(told.iter().sum::<u64>(), found);
    }
}
