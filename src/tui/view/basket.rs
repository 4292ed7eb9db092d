//! The collection: passages with speaker, kind, date, tags and notes.

use super::paint::Painter;
use crate::config::Role;
use crate::model::Passage;
use crate::tui::layout::popup;
use crate::tui::state::State;
use ratatui::layout::Rect;

/// Draws it.
pub fn draw(state: &State, painter: &mut Painter<'_>) {
    let len = state.collection.len();
    let title = format!("Collection: {len} passages");
    let inside = painter.boxed(popup(state.size, 120, state.size.1), &title);
    if len == 0 {
        let mark = state.key_of(crate::config::Action::Mark);
        let empty = format!(
            "nothing is marked yet: {mark} marks the quote, claim, hit or selection under the cursor"
        );
        painter.line(inside.x, inside.y, inside.right(), &empty, Role::Dim);
        return;
    }
    let mut y = inside.y;
    let top = top(state, usize::from(inside.height));
    for (n, passage) in state.collection.iter().enumerate().skip(top) {
        let rows = u16::try_from(rows(passage)).unwrap_or(0);
        if y + rows > inside.bottom() && n > top {
            break;
        }
        let height = rows.min(inside.bottom() - y);
        entry(
            passage,
            n == state.basket.selected,
            Rect {
                y,
                height,
                ..inside
            },
            painter,
        );
        y += rows;
    }
}

/// Rows of a passage: its words, its facts, and what the reader wrote on it, if anything.
fn rows(passage: &Passage) -> usize {
    2 + usize::from(!passage.tags.is_empty() || !passage.note.is_empty())
}

/// The first passage shown, so that the one under the cursor is shown whole.
fn top(state: &State, height: usize) -> usize {
    let last = state.basket.selected;
    let mut used = 0;
    let before = state.collection.iter().take(last + 1).rev();
    let fitting = before.take_while(|passage| {
        used += rows(passage);
        used <= height
    });
    (last + 1).saturating_sub(fitting.count().max(1))
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
    let facts = facts.join(&format!(" {} ", glyphs.separator));
    if area.height > 1 {
        painter.line(area.x + 2, area.y + 1, area.right(), &facts, Role::Dim);
    }
    if area.height > 2 {
        let tags = passage.tags.iter().map(|tag| format!("#{tag}"));
        let note = (!passage.note.is_empty()).then(|| format!("note: {}", passage.note));
        let own: Vec<String> = tags.chain(note).collect();
        painter.line(
            area.x + 4,
            area.y + 2,
            area.right(),
            &own.join("  "),
            Role::Text,
        );
    }
    if selected {
        painter.wash(Rect { height: 1, ..area }, Role::Cursor);
    }
}
