//! The rows of lists to choose from: made beforehand where there are few, else each when it is drawn, chosen or
//! matched, so that a list opens at once however long it is. Must not count or search.

use super::counts::term;
use crate::config::Action;
use crate::search::{FilterRow, Fuzzy, heard};
use crate::store::{DocNo, Identities, Snapshot};
use crate::text::Span;
use std::borrow::Cow;
use std::sync::Arc;

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

impl Row {
    /// As it is matched. The text counts more than what stands beside it.
    #[must_use]
    pub fn matched(&self) -> FilterRow {
        FilterRow {
            whole: format!("{} {} {}", self.text, self.detail, self.lead),
            text: self.text.len(),
        }
    }

    /// Bytes of its text that match `pattern`.
    #[must_use]
    pub fn spans(&self, pattern: &Fuzzy) -> Vec<Span> {
        let hit = pattern.find(&self.matched().whole);
        let mut spans = hit.map(|hit| hit.spans).unwrap_or_default();
        let inside = Span::new(0, self.text.len());
        spans.retain(|span| inside.contains(*span));
        spans
    }
}

/// All rows of a list.
#[derive(Debug)]
pub enum Rows {
    /// Made beforehand.
    Made(Vec<Row>),
    /// All statements.
    Statements(Statements),
    /// Speakers with their quotes.
    Speakers(Speakers),
}

impl Rows {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Made(rows) => rows.len(),
            Self::Statements(statements) => statements.snapshot.len(),
            Self::Speakers(speakers) => speakers.said.len(),
        }
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row of this number.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<Cow<'_, Row>> {
        match self {
            Self::Made(rows) => rows.get(number).map(Cow::Borrowed),
            Self::Statements(statements) => statements.row(number).map(Cow::Owned),
            Self::Speakers(speakers) => speakers.row(number).map(Cow::Owned),
        }
    }
}

/// Statements by title, with who says most in them, source and day.
#[derive(Debug)]
pub struct Statements {
    snapshot: Snapshot,
    /// Held, so that the rows say the same as long as they are shown.
    identities: Option<Arc<Identities>>,
}

impl Statements {
    /// All that is loaded.
    #[must_use]
    pub fn of(snapshot: &Snapshot) -> Self {
        Self {
            snapshot: snapshot.clone(),
            identities: snapshot.known_identities(),
        }
    }

    fn row(&self, doc: DocNo) -> Option<Row> {
        let statement = self.snapshot.statement(doc)?;
        let mut detail = heard(&self.snapshot, self.identities.as_deref(), doc);
        detail.extend(statement.source.as_ref().map(|s| s.value.as_str()));
        let date = statement.date.as_ref();
        Some(Row {
            text: statement.title.value.clone(),
            detail: detail.join(", "),
            lead: date.map_or(String::new(), |d| d.value.day_text().to_owned()),
            choice: Choice::Open(doc),
        })
    }
}

/// Names with how many quotes are theirs, in the order given; as one text, for there may be a hundred thousand.
#[derive(Debug, Default)]
pub struct Speakers {
    names: String,
    /// Where each name ends, and how many quotes are its own.
    said: Vec<(usize, usize)>,
}

impl Speakers {
    fn row(&self, number: usize) -> Option<Row> {
        let (end, quotes) = self.said.get(number)?;
        let before = number.checked_sub(1).and_then(|n| self.said.get(n));
        let start = before.map_or(0, |(end, _)| *end);
        let name = self.names.get(start..*end)?;
        Some(Row {
            text: name.to_owned(),
            detail: String::new(),
            lead: quotes.to_string(),
            choice: Choice::Narrow(term("speaker", name)),
        })
    }
}

impl FromIterator<(String, usize)> for Speakers {
    fn from_iter<I: IntoIterator<Item = (String, usize)>>(counts: I) -> Self {
        let mut speakers = Self::default();
        for (name, quotes) in counts {
            speakers.names.push_str(&name);
            speakers.said.push((speakers.names.len(), quotes));
        }
        speakers
    }
}
