//! What stands over the panes: lists that filter as one types, a line to be typed, the export
//! dialog, the collection.

use super::input_line::InputLine;
use super::scroll::Scroll;
use crate::config::Action;
use crate::search::Fuzzy;
use crate::store::DocNo;
use crate::text::Span;
use crate::text::fold::fold;
use std::collections::HashSet;

/// Something over the panes.
#[derive(Debug)]
pub enum Popup {
    /// A list to choose from.
    List(Box<Chooser>),
    /// A line to type.
    Line(LineDialog),
    /// The export dialog.
    Export(ExportDialog),
    /// The collection.
    Basket,
    /// The concordance.
    Concordance,
    /// Quit although something is not saved?
    ConfirmQuit,
}

/// What a row of a list stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Run this.
    Run(Action),
    /// Open this statement.
    Open(DocNo),
    /// Add this to the query.
    Narrow(String),
    /// Nothing: it is only to be read.
    Read,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Shown on the left; matched by the filter.
    pub text: String,
    /// Shown dim on the right; matched too.
    pub detail: String,
    /// Shown before the text, as a heading of its own column (keys, counts).
    pub lead: String,
    /// What choosing it does.
    pub choice: Choice,
}

/// A row that passed the filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// Which row.
    pub row: usize,
    /// Bytes of its text that matched.
    pub spans: Vec<Span>,
}

/// A list that filters as one types.
#[derive(Debug)]
pub struct Chooser {
    /// Title.
    pub title: &'static str,
    /// Said when there are no rows at all.
    pub empty: &'static str,
    /// All rows.
    pub rows: Vec<Row>,
    /// The filter.
    pub filter: InputLine,
    /// Rows that pass, best first (in their own order without a filter).
    pub passed: Vec<Passed>,
    /// Cursor.
    pub scroll: Scroll,
    fuzzy: Fuzzy,
}

impl Chooser {
    /// A list of `rows`, unfiltered.
    #[must_use]
    pub fn new(title: &'static str, empty: &'static str, rows: Vec<Row>) -> Self {
        let mut chooser = Self {
            title,
            empty,
            rows,
            filter: InputLine::default(),
            passed: Vec::new(),
            scroll: Scroll::default(),
            fuzzy: Fuzzy::default(),
        };
        chooser.refilter();
        chooser
    }

    /// Filters anew after the filter changed; the cursor goes to the best row.
    pub fn refilter(&mut self) {
        let pattern = self.filter.text();
        let mut passed: Vec<(i64, Passed)> = Vec::new();
        for (row, entry) in self.rows.iter().enumerate() {
            // The text counts more than what stands beside it, and only its matches are shown.
            let whole = format!("{} {} {}", entry.text, entry.detail, entry.lead);
            let Some(hit) = self.fuzzy.find(pattern, &whole) else {
                continue;
            };
            let inside = Span::new(0, entry.text.len());
            let spans: Vec<Span> = hit
                .spans
                .into_iter()
                .filter(|s| inside.contains(*s))
                .collect();
            passed.push((
                hit.score + i64::from(!spans.is_empty()) * 8,
                Passed { row, spans },
            ));
        }
        if !pattern.trim().is_empty() {
            // Letters found here and there are worth showing only where nothing holds the words.
            let words = fold(pattern);
            let holds = |row: usize| {
                self.rows.get(row).is_some_and(|row| {
                    let whole = fold(&format!("{} {} {}", row.text, row.detail, row.lead));
                    words.split_whitespace().all(|word| whole.contains(word))
                })
            };
            let holding: HashSet<usize> = passed
                .iter()
                .map(|(_, p)| p.row)
                .filter(|row| holds(*row))
                .collect();
            if !holding.is_empty() {
                passed.retain(|(_, p)| holding.contains(&p.row));
            }
            passed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.row.cmp(&b.1.row)));
        }
        self.passed = passed.into_iter().map(|(_, p)| p).collect();
        self.scroll = Scroll::default();
    }

    /// What the row under the cursor stands for.
    #[must_use]
    pub fn chosen(&self) -> Option<&Choice> {
        let passed = self.passed.get(self.scroll.selected)?;
        self.rows.get(passed.row).map(|row| &row.choice)
    }
}

/// What a typed line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFor {
    /// Tags of a passage of the collection (its number), parted by spaces or commas.
    Tags(usize),
    /// A note on it.
    Note(usize),
}

/// A line to be typed.
#[derive(Debug)]
pub struct LineDialog {
    /// Title.
    pub title: &'static str,
    /// The line.
    pub line: InputLine,
    /// What for.
    pub purpose: LineFor,
    /// The collection was open and is shown again afterwards.
    pub from_basket: bool,
}

/// Which passages an export writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The collection.
    Collection,
    /// The passage under the cursor.
    Passage,
    /// Quotes of the open statement.
    StatementQuotes,
    /// Claims of the open statement.
    StatementClaims,
    /// Quotes of all results.
    ResultQuotes,
    /// Claims of all results.
    ResultClaims,
}

impl Scope {
    /// All, in the order of the dialog.
    pub const ALL: [Self; 6] = [
        Self::Collection,
        Self::Passage,
        Self::StatementQuotes,
        Self::StatementClaims,
        Self::ResultQuotes,
        Self::ResultClaims,
    ];

    /// What the dialog says; with a query, only what matches it by itself is meant.
    #[must_use]
    pub fn label(self, filtered: bool) -> &'static str {
        match (self, filtered) {
            (Self::Collection, _) => "the collection",
            (Self::Passage, _) => "the passage under the cursor",
            (Self::StatementQuotes, false) => "quotes of this statement",
            (Self::StatementQuotes, true) => "quotes of this statement that match",
            (Self::StatementClaims, false) => "claims of this statement",
            (Self::StatementClaims, true) => "claims of this statement that match",
            (Self::ResultQuotes, false) => "quotes of all results",
            (Self::ResultQuotes, true) => "quotes of all results that match",
            (Self::ResultClaims, false) => "claims of all results",
            (Self::ResultClaims, true) => "claims of all results that match",
        }
    }
}

/// A field of the export dialog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportField {
    /// Which passages.
    #[default]
    Scope,
    /// As what.
    Format,
    /// Where to.
    Path,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportStage {
    /// What, as what and where to are being chosen.
    #[default]
    Choosing,
    /// It is being written: a second Enter must not start it again.
    Writing,
    /// A file of that name is there: may it be replaced?
    Asking,
}

/// The export dialog.
#[derive(Debug)]
pub struct ExportDialog {
    /// Which passages, as a place in [`Scope::ALL`].
    pub scope: usize,
    /// Format, as a place in the table of formats.
    pub format: usize,
    /// Where to.
    pub path: InputLine,
    /// The name was typed by hand, so that changing the format leaves it alone.
    pub named: bool,
    /// The field in focus.
    pub field: ExportField,
    /// How far it is.
    pub stage: ExportStage,
    /// The first lines of what will be written, or why there is nothing.
    pub preview: Vec<String>,
    /// How many passages; `None` when that is known only after looking through all results.
    pub count: Option<usize>,
}
