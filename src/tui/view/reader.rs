//! The open text: title, facts, and the rows with their marks.
//!
//! ```text
//!     Title of the statement (derived)
//!     2025-10-12 · BEIJING · source · narrative
//! > ▎ "China's export controls are not export bans,"
//!   ● said the spokesperson …
//! ```
//! In the gutter: cursor, hit, kind of quote. Nothing is told by colour alone.

use super::paint::{Painter, style};
use crate::config::{Glyphs, Role};
use crate::model::{QuoteKind, Span};
use crate::text::Shown;
use crate::text::shown::hidden_count;
use crate::tui::reader::Reader;
use crate::tui::state::{GUTTER, Pane, State};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws it.
pub fn draw(state: &State, area: Rect, painter: &mut Painter<'_>) {
    let Some((reader, ..)) = state.open() else {
        painter.line(
            area.x + GUTTER,
            area.y,
            area.right(),
            "nothing is open",
            Role::Dim,
        );
        return;
    };
    let head = draw_head(state, area, painter);
    let below = Rect {
        y: area.y + head,
        height: area.height - head,
        ..area
    };
    for line in 0..below.height {
        let row = reader.top + usize::from(line);
        let Some(span) = reader.rows.get(row) else {
            break;
        };
        let y = below.y + line;
        gutter(state, reader, row, span, below.x, y, painter);
        text(
            state,
            reader,
            span,
            Rect {
                x: below.x + GUTTER,
                y,
                height: 1,
                width: below.width.saturating_sub(GUTTER),
            },
            painter,
        );
    }
}

/// Title and facts; gives how many rows they take.
fn draw_head(state: &State, area: Rect, painter: &mut Painter<'_>) -> u16 {
    let head = state.head();
    let x = area.x + GUTTER;
    let mut y = area.y;
    for row in head.title.iter().chain(&head.facts) {
        if y >= area.bottom() {
            break;
        }
        let is_title = usize::from(y - area.y) < head.title.len();
        let role = if is_title { Role::Title } else { Role::Dim };
        let parts = row.strip_suffix(head.origin).filter(|_| is_title);
        let end = painter.line(x, y, area.right(), parts.unwrap_or(row), role);
        if parts.is_some() {
            painter.line(end, y, area.right(), head.origin, Role::Derived);
        }
        y += 1;
    }
    y - area.y
}

fn gutter(
    state: &State,
    reader: &Reader,
    row: usize,
    span: Span,
    x: u16,
    y: u16,
    painter: &mut Painter<'_>,
) {
    let glyphs = painter.look().glyphs;
    let here = row == reader.cursor_row() && state.focus == Pane::Reader;
    painter.line(
        x,
        y,
        x + 1,
        if here { glyphs.cursor } else { " " },
        Role::Title,
    );
    let has_hit = reader.hits.iter().skip(
        reader
            .hits
            .partition_point(|h| h.span.finish() <= span.begin()),
    );
    let hit = has_hit.take(1).any(|h| h.span.overlaps(span));
    painter.line(
        x + 1,
        y,
        x + 2,
        if hit { glyphs.hit } else { " " },
        Role::Hit,
    );
    let (kind, kept) = strongest(reader, span);
    if kept {
        painter.line(x + 1, y, x + 2, glyphs.marked, Role::Marked);
    }
    if let Some(kind) = kind {
        painter.line(
            x + 2,
            y,
            x + GUTTER,
            gutter_mark(glyphs, kind),
            role_of(kind),
        );
    }
}

/// The most exact kind of quote that stands in a row, and whether something of it is collected.
fn strongest(reader: &Reader, row: Span) -> (Option<QuoteKind>, bool) {
    let rank = |kind: &QuoteKind| {
        [
            QuoteKind::Direct,
            QuoteKind::Mixed,
            QuoteKind::Indirect,
            QuoteKind::Scare,
        ]
        .iter()
        .position(|k| k == kind)
    };
    let (mut at, mut best, mut kept) = (row.begin(), None, false);
    while at < row.finish() {
        let mark = reader.mark_at(at);
        kept |= mark.kept;
        best = best.into_iter().chain(mark.quote).min_by_key(rank);
        at = reader.run_end(at, row.finish());
    }
    (best, kept)
}

fn gutter_mark(glyphs: &Glyphs, kind: QuoteKind) -> &'static str {
    glyphs.gutter(kind)
}

fn role_of(kind: QuoteKind) -> Role {
    match kind {
        QuoteKind::Direct => Role::QuoteDirect,
        QuoteKind::Mixed => Role::QuoteMixed,
        QuoteKind::Indirect => Role::QuoteIndirect,
        QuoteKind::Scare => Role::QuoteScare,
    }
}

/// Draws the words of a row, one run of equal style after the other.
fn text(state: &State, reader: &Reader, row: Span, area: Rect, painter: &mut Painter<'_>) {
    let (mut at, mut x) = (row.begin(), area.x);
    while at < row.finish() && x < area.right() {
        let end = reader.run_end(at, row.finish());
        let shown = Shown::row(Span::new(at, end).of(&reader.body), usize::from(x - area.x));
        let style = run_style(state, reader, at, painter);
        x = painter.text(x, area.y, area.right(), &shown, style);
        at = end;
    }
    let cursor_here =
        reader.anchor.is_some() && state.focus == Pane::Reader && row.holds(reader.cursor);
    if cursor_here {
        let before = Shown::row(Span::new(row.begin(), reader.cursor).of(&reader.body), 0).width();
        let x = area
            .x
            .saturating_add(u16::try_from(before).unwrap_or(u16::MAX));
        if x < area.right() {
            painter.wash(
                Rect {
                    x,
                    width: 1,
                    ..area
                },
                Role::HitCurrent,
            );
        }
    }
}

/// Quote kind first, then claim, collection, the item gone to, hit, selection: later ones lie over
/// earlier ones.
fn run_style(state: &State, reader: &Reader, at: usize, painter: &Painter<'_>) -> Style {
    let theme = &painter.look().theme;
    let over = |base: Style, role: Role| base.patch(style(theme.style(role)));
    let mark = reader.mark_at(at);
    let mut out = style(theme.style(Role::Text));
    if let Some(kind) = mark.quote {
        out = over(out, role_of(kind));
        if mark.unsure {
            out = over(out, Role::Dim);
        }
    }
    if mark.claim && state.focus == Pane::Claims {
        out = over(out, Role::Claim);
    }
    if mark.kept {
        out = over(out, Role::Marked);
    }
    if reader.item_span().is_some_and(|span| span.holds(at)) {
        out = over(out, Role::ClaimCurrent);
    }
    if let Some((n, _)) = reader.hit_at(at) {
        out = over(
            out,
            if reader.hit == Some(n) {
                Role::HitCurrent
            } else {
                Role::Hit
            },
        );
    }
    if reader.selection().is_some_and(|span| span.holds(at)) {
        out = over(out, Role::Selection);
    }
    out
}

/// Hidden characters in the rows that are shown, for the status line.
pub fn hidden_shown(state: &State) -> usize {
    let Some(reader) = &state.reader else {
        return 0;
    };
    let last = reader.top + state.height(Pane::Reader);
    let first = reader.rows.get(reader.top).map_or(0, Span::begin);
    let end = reader
        .rows
        .get(last.min(reader.rows.len().saturating_sub(1)))
        .map_or(0, Span::finish);
    hidden_count(Span::new(first, end).of(&reader.body))
}
