//! What the browser is told ([`Msg`]) and what it asks to be done ([`Effect`]).

use super::chooser::List;
use super::counts::{Counted, count};
use super::rows::Rows;
use crate::config::Key;
use crate::error::Fault;
use crate::export::{Consent, Style};
use crate::extract::explain::Line;
use crate::model::Passage;
use crate::query::Query;
use crate::search::{self, Collocate, LineSort, Results};
use crate::store::{DocNo, Segment, Snapshot};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[expect(missing_docs, reason = "a variant's line says what its fields are")]
/// Something happened. The only way anything reaches the state.
#[derive(Debug)]
pub enum Msg {
    /// The query to begin with.
    Begin(String),
    /// A key was pressed.
    Key(Key),
    /// Text was pasted (bracketed).
    Paste(String),
    /// The wheel was turned over a cell: rows down (negative: up).
    Wheel { column: u16, row: u16, rows: i32 },
    /// A cell was clicked.
    Click { column: u16, row: u16 },
    /// The terminal has this size now.
    Resize { columns: u16, rows: u16 },
    /// Some time has passed: fold in what was loaded meanwhile.
    Tick,
    /// The screen must be drawn afresh (after a suspension).
    Redraw,
    /// The process was asked to end.
    Terminate,

    /// The walk found so many files.
    Found { files: usize, bytes: u64 },
    /// So many more bytes were read.
    Read(u64),
    /// A segment is ready to be searched.
    Segment(Arc<Segment>),
    /// Something was skipped or guessed.
    Fault(Fault),
    /// Loading ended, by itself or stopped.
    Loaded,
    /// Some extractions are done.
    Extracted,
    /// Who is whom was gathered anew.
    Identified,

    /// A search is answered. A stale ticket is dropped.
    Results {
        ticket: u64,
        results: Results,
        took: Duration,
    },
    /// Hits counted so far; `complete` when all are.
    HitCount {
        ticket: u64,
        hits: usize,
        complete: bool,
    },
    /// Counts for the facets of the current results.
    Facets { ticket: u64, facets: Facets },
    /// An export, a copy or a save ended: what to tell, and whether it went wrong.
    Done { text: String, failed: bool },
    /// An export wrote so many passages to this file; what was left out, and why, if anything was.
    Exported {
        /// Passages written.
        count: usize,
        /// The file.
        path: PathBuf,
        /// What may not be published.
        left_out: Option<String>,
    },
    /// An export met a file of that name.
    AskReplace,
    /// Why a place was read as it was.
    Explained(Vec<Line>),
    /// A concordance is gathered. A stale ticket is dropped.
    Gathered { ticket: u64, gathered: Gathered },
    /// The words that stand near its keys.
    Collocates { ticket: u64, words: Vec<Collocate> },
    /// The rows of a list that pass its filter, best first. A stale ticket is dropped.
    Filtered { ticket: u64, passed: Vec<u32> },
    /// The rows of a list are counted. A stale ticket is dropped.
    Counted { ticket: u64, rows: Rows },
}

/// The lines of a concordance.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// In the order asked for.
    pub lines: Vec<search::Line>,
    /// In how many statements they stand.
    pub statements: usize,
    /// Statements whose quotes and claims were asked for and are not extracted yet.
    pub unread: usize,
}

/// Counts of the current results, most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Quotes by resolved speaker.
    pub speakers: Vec<(String, usize)>,
    /// Claims by type.
    pub types: Vec<(String, usize)>,
    /// Statements by source.
    pub sources: Vec<(String, usize)>,
    /// Statements by month.
    pub months: Vec<(String, usize)>,
}

#[expect(missing_docs, reason = "a variant's line says what its fields are")]
/// Something to be done outside the state.
#[derive(Debug)]
pub enum Effect {
    /// Answer this query; an older search is given up.
    Search {
        ticket: u64,
        query: Query,
        snapshot: Snapshot,
    },
    /// Extract this statement before the others.
    Extract(DocNo),
    /// Extract these soon, in place of those that were wanted soon before.
    ExtractSoon(Vec<DocNo>),
    /// Stop loading; what is loaded stays.
    StopLoading,
    /// Put text on the clipboard.
    Copy { text: String, what: &'static str },
    /// Keep the collection on disk.
    SaveCollection,
    /// Write passages to a file.
    Export(Box<ExportJob>),
    /// Say why the place at this byte of a statement was read as it was.
    Explain {
        snapshot: Snapshot,
        doc: DocNo,
        at: usize,
    },
    /// Gather a concordance; an older one is given up.
    Gather(Box<GatherJob>),
    /// Filter a long list; what a list asked for before is given up.
    Filter(FilterJob),
    /// Count the rows of a list, likewise.
    Count(Box<CountJob>),
    /// Switch mouse reports on or off.
    Mouse(bool),
    /// Clear the terminal and draw all.
    Redraw,
    /// Hand the terminal back and stop, until continued.
    Suspend,
    /// End.
    Quit,
}

/// A concordance to be gathered.
#[derive(Clone, Debug)]
pub struct GatherJob {
    /// Which answer belongs to it.
    pub ticket: u64,
    /// The words, and which statements.
    pub query: Query,
    /// What is loaded.
    pub snapshot: Snapshot,
    /// The order of the lines.
    pub sort: LineSort,
    /// The words near are wanted too.
    pub collocates: bool,
}

/// A list to be filtered.
#[derive(Clone, Debug)]
pub struct FilterJob {
    /// Which answer belongs to it.
    pub ticket: u64,
    /// The list.
    pub list: Arc<List>,
    /// What is typed; nothing yet where its rows are only to be read for the first letter.
    pub pattern: String,
}

impl FilterJob {
    /// The answer; `None` when it was stopped, or none is wanted.
    pub fn answer(&self, stop: &(dyn Fn() -> bool + Sync)) -> Option<Msg> {
        let ticket = self.ticket;
        if self.pattern.is_empty() {
            self.list.read_ahead(stop)?;
            return None;
        }
        let passed = self.list.passing(&self.pattern, stop)?;
        Some(Msg::Filtered { ticket, passed })
    }
}

/// Rows of a list to be counted.
#[derive(Clone, Debug)]
pub struct CountJob {
    /// Which answer belongs to it.
    pub ticket: u64,
    /// What is loaded.
    pub snapshot: Snapshot,
    /// The results.
    pub docs: Vec<DocNo>,
    /// What is counted.
    pub counted: Counted,
}

impl CountJob {
    /// The answer; `None` when it was stopped.
    pub fn answer(&self, stop: &(dyn Fn() -> bool + Sync)) -> Option<Msg> {
        let ticket = self.ticket;
        let docs = self.docs.iter().copied();
        let rows = count(&self.snapshot, docs, self.counted, stop)?;
        Some(Msg::Counted { ticket, rows })
    }
}

/// What an export writes.
#[derive(Clone, Debug)]
pub enum ExportScope {
    /// These passages, in this order.
    Passages(Vec<Passage>),
    /// Every quote of the results, as they are listed, that matches the query by itself.
    Quotes,
    /// Every claim likewise.
    Claims,
}

/// One export.
#[derive(Clone, Debug)]
pub struct ExportJob {
    /// What is written.
    pub scope: ExportScope,
    /// Name of the format.
    pub format: &'static str,
    /// Where to.
    pub path: PathBuf,
    /// What may happen to a file that is there.
    pub consent: Consent,
    /// The query whose results are meant.
    pub query: Query,
    /// Its results.
    pub results: Results,
    /// What they speak of.
    pub snapshot: Snapshot,
    /// How citations are written.
    pub style: Style,
}
