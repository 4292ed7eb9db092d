//! What stands over the panes: lists that filter as one types, a line to be typed, the export
//! dialog, the collection.

use super::chooser::Chooser;
use super::input_line::InputLine;

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
