//! The concordance as it is on the screen: what was asked, its lines once they are gathered, their
//! order, the words near, and the cursors. Lines are read off the statements when they are drawn.

use super::layout::popup;
use super::message::Gathered;
use super::scroll::Scroll;
use crate::query::Query;
use crate::search::{Collocate, LineSort};
use crate::store::Snapshot;
use ratatui::layout::Rect;

/// Words on either side of a key that are counted as near it, as `dictum kwic` does by itself.
pub const NEAR: usize = 8;
/// Rows inside the frame from which one is spent on the names of the columns.
const HEADED: u16 = 4;

/// See the module.
#[derive(Debug)]
pub struct Concordance {
    /// What was asked, as it is written.
    pub asked: String,
    /// The same, understood.
    pub query: Query,
    /// The order of the lines.
    pub sort: LineSort,
    /// The newest question.
    pub ticket: u64,
    /// The question of `gathered`; 0 when none is answered.
    pub answered: u64,
    /// The lines.
    pub gathered: Gathered,
    /// Statements that were loaded when it was asked.
    pub over: usize,
    /// The words near, once they are counted.
    pub near: Option<Vec<Collocate>>,
    /// They are shown, and not the lines.
    pub table: bool,
    /// Cursor in the lines.
    pub scroll: Scroll,
    /// Cursor in the words near.
    pub near_scroll: Scroll,
}

impl Concordance {
    /// Nothing is gathered yet.
    #[must_use]
    pub fn new(asked: String, query: Query, sort: LineSort, ticket: u64) -> Self {
        Self {
            asked,
            query,
            sort,
            ticket,
            answered: 0,
            gathered: Gathered::default(),
            over: 0,
            near: None,
            table: false,
            scroll: Scroll::default(),
            near_scroll: Scroll::default(),
        }
    }

    /// The newest question is answered.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.answered == self.ticket
    }

    /// Gathered again there may be more.
    #[must_use]
    pub fn is_behind(&self, snapshot: &Snapshot) -> bool {
        self.over != snapshot.len() || self.gathered.unread > 0
    }

    /// Rows of what is shown.
    #[must_use]
    pub fn len(&self) -> usize {
        if self.table {
            self.near.as_ref().map_or(0, Vec::len)
        } else {
            self.gathered.lines.len()
        }
    }

    /// No row is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cursor in what is shown.
    #[must_use]
    pub fn cursor(&self) -> Scroll {
        if self.table {
            self.near_scroll
        } else {
            self.scroll
        }
    }

    /// Moves the cursor in what is shown by `rows`, the window of `height` rows following it.
    pub fn step(&mut self, rows: isize, height: usize) {
        let len = self.len();
        let scroll = if self.table {
            &mut self.near_scroll
        } else {
            &mut self.scroll
        };
        scroll.step(rows, len);
        scroll.fit(len, height);
    }
}

/// Where it stands on a screen of this size: everywhere but on query, status and hints.
#[must_use]
pub fn area(size: (u16, u16)) -> Rect {
    Rect {
        x: 0,
        width: size.0,
        ..popup(size, size.0, size.1)
    }
}

/// Rows for the names of the columns in a frame with so many rows inside.
#[must_use]
pub fn heading(rows: u16) -> u16 {
    u16::from(rows >= HEADED)
}

/// Lines that a screen of this size shows (at least 1).
#[must_use]
pub fn height(size: (u16, u16)) -> usize {
    let inside = area(size).height.saturating_sub(2);
    usize::from(inside.saturating_sub(heading(inside))).max(1)
}
