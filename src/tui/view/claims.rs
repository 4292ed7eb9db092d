//! Quotes and claims of the open statement, in the order of the text.
//!
//! ```text
//! > q4 direct   the spokesperson
//!   c5 demand   the US to promptly correct its wron…
//! ```

use super::paint::Painter;
use crate::config::Role;
use crate::model::{Claim, Extraction, Quote, QuoteKind, Statement};
use crate::search::Item;
use crate::tui::state::{Pane, State};
use ratatui::layout::Rect;

/// Cells for number and kind.
const LEAD: u16 = 16;

/// Draws the items that are shown.
pub fn draw(state: &State, area: Rect, painter: &mut Painter<'_>) {
    let Some((reader, statement, extraction)) = state.open() else {
        return;
    };
    let Some(extraction) = extraction else {
        painter.line(
            area.x + 1,
            area.y,
            area.right(),
            "being extracted…",
            Role::Dim,
        );
        return;
    };
    if reader.items.is_empty() {
        painter.line(
            area.x + 1,
            area.y,
            area.right(),
            "no quote or claim was found",
            Role::Dim,
        );
        return;
    }
    let shown = reader
        .items
        .iter()
        .enumerate()
        .skip(state.items.top)
        .take(usize::from(area.height));
    for (row, (n, (item, _))) in shown.enumerate() {
        let y = area.y + u16::try_from(row).unwrap_or(0);
        let line = Rect {
            y,
            height: 1,
            ..area
        };
        if n == state.items.selected {
            painter.line(
                line.x,
                y,
                line.right(),
                painter.look().glyphs.cursor,
                Role::Title,
            );
        }
        if reader.kept.contains(item) {
            let marked = painter.look().glyphs.marked;
            painter.line(line.x + 1, y, line.right(), marked, Role::Marked);
        }
        match item {
            Item::Quote(n) => quote(statement, extraction.quotes.get(*n), state, line, painter),
            Item::Claim(n) => claim(
                statement,
                extraction,
                extraction.claims.get(*n),
                state,
                line,
                painter,
            ),
        }
        if n == state.items.selected && state.focus == Pane::Claims && state.popup.is_none() {
            painter.wash(line, Role::Cursor);
        }
    }
}

fn quote(
    statement: &Statement,
    quote: Option<&Quote>,
    state: &State,
    line: Rect,
    painter: &mut Painter<'_>,
) {
    let Some(quote) = quote else { return };
    let role = match quote.kind {
        _ if quote.confidence < state.threshold => Role::Dim,
        QuoteKind::Direct => Role::QuoteDirect,
        QuoteKind::Mixed => Role::QuoteMixed,
        QuoteKind::Indirect => Role::QuoteIndirect,
        QuoteKind::Scare => Role::QuoteScare,
    };
    let text = row_start(
        line,
        painter,
        &format!("q{} {}", quote.id, quote.kind.name()),
        role,
    );
    let speaker = match (&quote.speaker, quote.kind) {
        (_, QuoteKind::Scare) => String::new(),
        (Some(speaker), _) => format!("{}: ", speaker.name),
        (None, _) => "no speaker found: ".to_owned(),
    };
    let words = statement.words_of(&quote.content);
    // Only what stands between the statement's own marks is shown between marks.
    let words = if quote.kind == QuoteKind::Direct {
        format!("\"{words}\"")
    } else {
        words
    };
    let x = painter.line(text, line.y, line.right(), &speaker, Role::Text);
    painter.line(x, line.y, line.right(), &words, role);
}

fn claim(
    statement: &Statement,
    extraction: &Extraction,
    claim: Option<&Claim>,
    state: &State,
    line: Rect,
    painter: &mut Painter<'_>,
) {
    let Some(claim) = claim else { return };
    let quoted = claim
        .quote
        .and_then(|id| extraction.quote(id))
        .is_some_and(|q| q.kind == QuoteKind::Direct);
    let role = if claim.confidence < state.threshold {
        Role::Dim
    } else {
        Role::Text
    };
    let text = row_start(
        line,
        painter,
        &format!("c{} {}", claim.id, claim.kind.name()),
        role,
    );
    let words = statement.words(claim.span);
    let words = if quoted {
        format!("\"{words}\"")
    } else {
        words.to_owned()
    };
    painter.line(text, line.y, line.right(), &words, role);
}

/// Number and kind in a column of their own; gives where the text begins.
fn row_start(line: Rect, painter: &mut Painter<'_>, lead: &str, role: Role) -> u16 {
    let text = (line.x + 1 + LEAD).min(line.x + 1 + line.width / 2);
    painter.line(line.x + 2, line.y, text.saturating_sub(1), lead, role);
    text
}
