//! The collection: passages with speaker, kind, date, tags and notes.

use super::paint::Painter;
use crate::config::Role;
use crate::model::Passage;
use crate::tui::layout::popup;
use crate::tui::state::State;
use ratatui::layout::Rect;

/// Rows of one passage.
const ROWS: usize = 2;

/// Draws it.
pub fn draw(state: &State, painter: &mut Painter<'_>) {
    let len = state.collection.len();
    let title = format!("Collection: {len} passages");
    let inside = painter.boxed(
        popup(state.size, 120, state.size.1.saturating_sub(2)),
        &title,
    );
    if len == 0 {
        let mark = state.key_of(crate::config::Action::Mark);
        let empty = format!(
            "nothing is marked yet: {mark} marks the quote, claim, hit or selection under the cursor"
        );
        painter.line(inside.x, inside.y, inside.right(), &empty, Role::Dim);
        return;
    }
    let height = (usize::from(inside.height) / ROWS).max(1);
    let top = (state.basket.selected + 1).saturating_sub(height);
    for (row, (n, passage)) in state
        .collection
        .iter()
        .enumerate()
        .skip(top)
        .take(height)
        .enumerate()
    {
        let y = inside.y + u16::try_from(row * ROWS).unwrap_or(0);
        entry(
            passage,
            n == state.basket.selected,
            Rect {
                y,
                height: 2,
                ..inside
            },
            painter,
        );
    }
}

fn entry(passage: &Passage, selected: bool, area: Rect, painter: &mut Painter<'_>) {
    let glyphs = painter.look().glyphs;
    painter.line(
        area.x,
        area.y,
        area.right(),
        if selected { glyphs.cursor } else { " " },
        Role::Title,
    );
    let kind = passage.claim_type.as_deref().unwrap_or(passage.kind.name());
    let x = painter.line(
        area.x + 2,
        area.y,
        area.right(),
        &format!("{kind:<10} "),
        Role::HintKey,
    );
    let exact = passage.exact();
    let words = if passage.is_verbatim_speech() {
        format!("\"{exact}\"")
    } else {
        exact
    };
    painter.line(
        x,
        area.y,
        area.right(),
        &words,
        if passage.is_verbatim_speech() {
            Role::QuoteDirect
        } else {
            Role::Text
        },
    );
    let mut facts = vec![
        passage
            .speaker
            .clone()
            .unwrap_or_else(|| "no speaker found".to_owned()),
    ];
    facts.extend(passage.date.as_ref().map(|d| d.value.clone()));
    facts.push(passage.title.value.clone());
    facts.extend((!passage.tags.is_empty()).then(|| format!("#{}", passage.tags.join(" #"))));
    facts.extend((!passage.note.is_empty()).then(|| format!("note: {}", passage.note)));
    let facts = facts.join(&format!(" {} ", glyphs.separator));
    painter.line(area.x + 2, area.y + 1, area.right(), &facts, Role::Dim);
    if selected {
        painter.wash(Rect { height: 1, ..area }, Role::Cursor);
    }
}
