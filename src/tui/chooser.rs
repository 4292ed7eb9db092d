//! A list that filters as one types. A short one is filtered where the key is taken in; a long one by a thread beside
//! the screen, and what is pressed before its answer is kept for that. Must make no more rows than are drawn.

use super::input_line::InputLine;
use super::rows::{Choice, Row, Rows};
use super::scroll::Scroll;
use crate::config::Key;
use crate::search::{Filter, Fuzzy};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

/// So many rows are filtered, and so many statements are counted, where the key is taken in: within a few
/// milliseconds. More are left to a thread.
pub const AT_ONCE: usize = 500;

/// Rows, and their filter. Shared with the thread that filters them.
#[derive(Debug)]
pub struct List {
    rows: Rows,
    filter: Mutex<Filter>,
}

impl List {
    /// Numbers of the rows that pass `pattern`, best first; `None` when it was stopped. What it finds out of the rows
    /// is kept for the next pattern.
    pub fn passing(&self, pattern: &str, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<u32>> {
        let mut filter = self.filter.lock().unwrap_or_else(PoisonError::into_inner);
        self.read(&mut filter, stop)?;
        filter.passing(pattern, stop)
    }

    /// Reads the rows ahead of the first pattern; `None` when it was stopped.
    pub fn read_ahead(&self, stop: &(dyn Fn() -> bool + Sync)) -> Option<()> {
        let mut filter = self.filter.lock().unwrap_or_else(PoisonError::into_inner);
        self.read(&mut filter, stop)
    }

    fn read(&self, filter: &mut Filter, stop: &(dyn Fn() -> bool + Sync)) -> Option<()> {
        let row = |n| {
            let row = self.rows.row(n);
            row.map(|row| row.matched()).unwrap_or_default()
        };
        filter.read(self.rows.len(), &row, stop)
    }
}

/// See the module.
#[derive(Debug)]
pub struct Chooser {
    /// Title.
    pub title: &'static str,
    /// Said when there are no rows at all.
    pub empty: &'static str,
    /// The filter.
    pub filter: InputLine,
    /// Cursor, in the rows that pass.
    pub scroll: Scroll,
    /// The question that it waits for the answer to.
    pub awaited: Option<u64>,
    /// Keys pressed since, which mean what is to come.
    pub held: Vec<Key>,
    /// `None` while they are still to be counted.
    list: Option<Arc<List>>,
    /// Numbers of the rows that pass, best first; `None` for all in their own order.
    passed: Option<Vec<u32>>,
}

impl Chooser {
    /// A list of `rows`, unfiltered.
    #[must_use]
    pub fn new(said: (&'static str, &'static str), rows: Rows) -> Self {
        let mut chooser = Self::counting(said);
        chooser.fill(rows);
        chooser
    }

    /// A list whose rows are still to be counted.
    #[must_use]
    pub fn counting((title, empty): (&'static str, &'static str)) -> Self {
        Self {
            title,
            empty,
            filter: InputLine::default(),
            scroll: Scroll::default(),
            awaited: None,
            held: Vec::new(),
            list: None,
            passed: None,
        }
    }

    /// Takes its rows, unfiltered.
    pub fn fill(&mut self, rows: Rows) {
        let filter = Mutex::default();
        self.list = Some(Arc::new(List { rows, filter }));
    }

    /// Its rows; `None` while they are counted.
    #[must_use]
    pub fn list(&self) -> Option<&Arc<List>> {
        self.list.as_ref()
    }

    /// All rows.
    #[must_use]
    pub fn all(&self) -> usize {
        self.list.as_ref().map_or(0, |list| list.rows.len())
    }

    /// Rows that pass.
    #[must_use]
    pub fn len(&self) -> usize {
        self.passed.as_ref().map_or_else(|| self.all(), Vec::len)
    }

    /// True when no row passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shows these rows, `None` for all; the cursor goes to the best.
    pub fn show(&mut self, passed: Option<Vec<u32>>) {
        self.passed = passed;
        self.scroll = Scroll::default();
    }

    /// Of the rows that pass, the one of this number.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<Cow<'_, Row>> {
        let number = match &self.passed {
            Some(passed) => *passed.get(number)? as usize,
            None => number,
        };
        self.list.as_ref()?.rows.row(number)
    }

    /// What rows are matched with.
    #[must_use]
    pub fn pattern(&self) -> Fuzzy {
        Fuzzy::new(self.filter.text())
    }

    /// What the row under the cursor stands for.
    #[must_use]
    pub fn chosen(&self) -> Option<Choice> {
        self.row(self.scroll.selected).map(|row| row.choice.clone())
    }
}
