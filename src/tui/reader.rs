//! The open statement: its rows, cursor, selection, and which mark stands on which byte.
//!
//! Everything that grows with the length of the text (wrapping, marks, hits) is worked out once,
//! when the statement is opened or the width changes; a frame only looks at the rows it shows.
//! All places are bytes of the body, so that scrolling, resizing and new marks keep their place.

use super::marks::{Mark, marks};
use crate::model::{Extraction, PassageKind, Span};
use crate::search::{Hit, Item};
use crate::store::DocNo;
use crate::text::shown::glyphs;
use crate::text::wrap::Rows;
use std::collections::HashSet;
use std::sync::Arc;

/// The open statement.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Which statement.
    pub doc: DocNo,
    /// Its text.
    pub body: Arc<str>,
    /// Its rows at the present width.
    pub rows: Rows,
    /// First row shown.
    pub top: usize,
    /// Byte of the cursor, always at the start of a glyph.
    pub cursor: usize,
    /// The other end of the selection, when a stretch is being selected.
    pub anchor: Option<usize>,
    /// Places of the query's words, in order.
    pub hits: Vec<Hit>,
    /// The quotes or claims that the hits are, for a query without words; else empty.
    pub hit_items: Vec<Item>,
    /// The hit that `n` came to.
    pub hit: Option<usize>,
    /// Quotes and claims in order of their first byte.
    pub items: Vec<(Item, Span)>,
    /// The item that was gone to, with its span.
    current: Option<(Item, Span)>,
    /// What was extracted from the statement, unpacked when it was opened; `None` while that is to come.
    pub extraction: Option<Arc<Extraction>>,
    /// The items that the collection holds.
    pub kept: HashSet<Item>,
    /// Changes of mark: from this byte on. Ordered; the first is at 0.
    marks: Vec<(u32, Mark)>,
}

impl Reader {
    /// Opens a text at a width in cells.
    #[must_use]
    pub fn new(doc: DocNo, body: Arc<str>, width: usize) -> Self {
        let rows = Rows::new(&body, width);
        Self {
            doc,
            body,
            rows,
            top: 0,
            cursor: 0,
            anchor: None,
            hits: Vec::new(),
            hit_items: Vec::new(),
            hit: None,
            items: Vec::new(),
            current: None,
            extraction: None,
            kept: HashSet::new(),
            marks: vec![(0, Mark::default())],
        }
    }

    /// Wraps anew when the width changed; the byte at the top stays at the top unless the cursor
    /// would be lost by that.
    pub fn set_width(&mut self, width: usize, height: usize) {
        if self.rows.width() != width.max(1) {
            let at = self.rows.get(self.top).map_or(0, Span::begin);
            self.rows = Rows::new(&self.body, width);
            self.top = self.rows.row_of(at);
        }
        let row = self.cursor_row();
        self.top = self.top.clamp((row + 1).saturating_sub(height.max(1)), row);
        self.keep_in_range(height);
    }

    /// Takes in what was extracted, and which spans the collection holds.
    pub fn set_extraction(
        &mut self,
        extraction: Option<Arc<Extraction>>,
        threshold: f32,
        kept: &[(PassageKind, Vec<Span>)],
    ) {
        self.extraction = extraction;
        let extraction = self.extraction.as_deref();
        self.kept = extraction.map(|e| kept_items(e, kept)).unwrap_or_default();
        let kept: Vec<Span> = kept.iter().flat_map(|(_, spans)| spans).copied().collect();
        self.items = extraction.map(items).unwrap_or_default();
        self.marks = marks(&self.body, extraction, threshold, &kept);
    }

    /// The mark on byte `at`.
    #[must_use]
    pub fn mark_at(&self, at: usize) -> Mark {
        let n = self.marks.partition_point(|(from, _)| *from as usize <= at);
        n.checked_sub(1)
            .and_then(|n| self.marks.get(n))
            .map_or_else(Mark::default, |(_, mark)| *mark)
    }

    /// Bytes after `at` where the mark, a hit or the selection changes: the end of a run that is
    /// drawn alike, at most `end`.
    #[must_use]
    pub fn run_end(&self, at: usize, end: usize) -> usize {
        let mut run = end;
        let mut meet = |edge: usize| {
            if edge > at && edge < run {
                run = edge;
            }
        };
        let n = self.marks.partition_point(|(from, _)| *from as usize <= at);
        self.marks
            .get(n)
            .iter()
            .for_each(|(from, _)| meet(*from as usize));
        let n = self.hits.partition_point(|h| h.span.finish() <= at);
        for hit in self.hits.iter().skip(n).take(4) {
            meet(hit.span.begin());
            meet(hit.span.finish());
        }
        if let Some(selection) = self.selection() {
            meet(selection.begin());
            meet(selection.finish());
        }
        if let Some(span) = self.item_span() {
            meet(span.begin());
            meet(span.finish());
        }
        run
    }

    /// The hit on byte `at`.
    #[must_use]
    pub fn hit_at(&self, at: usize) -> Option<(usize, Hit)> {
        let n = self.hits.partition_point(|h| h.span.finish() <= at);
        self.hits
            .get(n)
            .filter(|h| h.span.holds(at))
            .map(|h| (n, *h))
    }

    /// The bytes selected, the glyph under the cursor included.
    #[must_use]
    pub fn selection(&self) -> Option<Span> {
        let anchor = self.anchor?;
        let (start, last) = (anchor.min(self.cursor), anchor.max(self.cursor));
        let width = glyphs(self.body.get(last..)?)
            .next()
            .map_or(0, |g| g.source.finish());
        Some(Span::new(start, last + width))
    }

    /// The item that was gone to.
    #[must_use]
    pub fn item(&self) -> Option<Item> {
        self.current.map(|(item, _)| item)
    }

    /// From the first to the last byte of the item that was gone to.
    #[must_use]
    pub fn item_span(&self) -> Option<Span> {
        self.current.map(|(_, span)| span)
    }

    /// Makes an item the one gone to; `None` leaves it.
    pub fn set_item(&mut self, item: Option<Item>) {
        let known = |wanted: Item| self.items.iter().find(|(i, _)| *i == wanted).copied();
        self.current = item.and_then(known);
    }

    /// Position of an item in the list of items.
    #[must_use]
    pub fn position_of(&self, item: Item) -> Option<usize> {
        self.items.iter().position(|(i, _)| *i == item)
    }

    /// The shortest item that holds byte `at`.
    #[must_use]
    pub fn item_at(&self, at: usize) -> Option<Item> {
        let holding = self.items.iter().filter(|(_, span)| span.holds(at));
        holding
            .min_by_key(|(_, span)| span.len())
            .map(|(item, _)| *item)
    }

    /// Row of the cursor.
    #[must_use]
    pub fn cursor_row(&self) -> usize {
        self.rows.row_of(self.cursor)
    }

    /// Puts the cursor on byte `at` and shows its row, centred when it was not shown.
    pub fn go_to(&mut self, at: usize, height: usize) {
        self.cursor = self.glyph_start(at);
        let row = self.cursor_row();
        if row < self.top || row >= self.top + height {
            self.top = row.saturating_sub(height / 3);
        }
        self.keep_in_range(height);
    }

    /// Moves the cursor by rows, the window following it.
    pub fn step_rows(&mut self, by: isize, height: usize) {
        let row = self.cursor_row();
        let column = self
            .cursor
            .saturating_sub(self.rows.get(row).map_or(0, Span::begin));
        let to = row
            .saturating_add_signed(by)
            .min(self.rows.len().saturating_sub(1));
        if let Some(span) = self.rows.get(to) {
            let last = span.finish().max(span.begin());
            let column = if self.anchor.is_some() { column } else { 0 };
            self.cursor = self.glyph_start((span.begin() + column).min(last));
        }
        self.top = self.top.clamp((to + 1).saturating_sub(height), to);
        self.keep_in_range(height);
    }

    /// Scrolls the window, the cursor staying in it.
    pub fn scroll(&mut self, by: isize, height: usize) {
        self.top = self.top.saturating_add_signed(by);
        self.keep_in_range(height);
        let row = self.cursor_row();
        let kept = row.clamp(
            self.top,
            (self.top + height).saturating_sub(1).max(self.top),
        );
        if kept != row
            && let Some(span) = self.rows.get(kept.min(self.rows.len().saturating_sub(1)))
        {
            self.cursor = span.begin();
        }
    }

    /// How far down the window is, in percent; 100 when the end is shown.
    #[must_use]
    pub fn percent(&self, height: usize) -> usize {
        let hidden = self.rows.len().saturating_sub(height);
        (self.top.min(hidden) * 100)
            .checked_div(hidden)
            .unwrap_or(100)
    }

    fn keep_in_range(&mut self, height: usize) {
        self.top = self.top.min(self.rows.len().saturating_sub(height.max(1)));
    }

    /// The start of the glyph that holds byte `at`.
    fn glyph_start(&self, at: usize) -> usize {
        let row = self.rows.get(self.rows.row_of(at)).unwrap_or_default();
        let Some(text) = self.body.get(row.begin()..) else {
            return 0;
        };
        let mut start = row.begin();
        for glyph in glyphs(text) {
            let here = row.begin() + glyph.source.begin();
            if here > at {
                break;
            }
            start = here;
        }
        start
    }
}

/// The quotes and claims that are among the passages kept.
fn kept_items(extraction: &Extraction, kept: &[(PassageKind, Vec<Span>)]) -> HashSet<Item> {
    let places: HashSet<(PassageKind, &[Span])> = kept
        .iter()
        .map(|(kind, spans)| (*kind, spans.as_slice()))
        .collect();
    let quotes = extraction.quotes.iter().enumerate();
    let quotes = quotes
        .filter(|(_, q)| places.contains(&(q.kind.into(), q.content.as_slice())))
        .map(|(n, _)| Item::Quote(n));
    let claims = extraction.claims.iter().enumerate();
    let claims = claims
        .filter(|(_, c)| places.contains(&(PassageKind::Claim, &[c.span][..])))
        .map(|(n, _)| Item::Claim(n));
    quotes.chain(claims).collect()
}

/// Quotes (scare quotes included) and claims, in order of their first byte, quotes first.
fn items(extraction: &Extraction) -> Vec<(Item, Span)> {
    let quotes = extraction
        .quotes
        .iter()
        .enumerate()
        .map(|(n, q)| (Item::Quote(n), q.extent()));
    let claims = extraction
        .claims
        .iter()
        .enumerate()
        .map(|(n, c)| (Item::Claim(n), c.span));
    let mut items: Vec<(Item, Span)> = quotes.chain(claims).collect();
    items.sort_by_key(|(item, span)| (span.start, *item));
    items
}
