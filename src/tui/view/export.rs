//! The export dialog with its preview.

use super::paint::Painter;
use super::popup::typed;
use crate::config::Role;
use crate::export::FORMATS;
use crate::tui::layout::popup;
use crate::tui::popup::{ExportDialog, ExportField, ExportStage, Scope};
use crate::tui::state::State;
use ratatui::layout::{Position, Rect};

/// Columns of the names of the fields.
const NAMES: u16 = 8;

/// Draws it; gives where the cursor of the file name stands.
pub fn draw(state: &State, dialog: &ExportDialog, painter: &mut Painter<'_>) -> Option<Position> {
    let inside = painter.boxed(popup(state.size, 100, state.size.1), "Export");
    let scope = Scope::ALL
        .get(dialog.scope)
        .map_or("", |scope| scope.label(state.search.query.root.is_some()));
    let count = dialog.count.map_or(String::new(), |n| format!(" ({n})"));
    let format = FORMATS
        .get(dialog.format)
        .map_or("", |format| format.label());
    let fields = [
        (ExportField::Scope, "what", format!("< {scope}{count} >")),
        (ExportField::Format, "as", format!("< {format} >")),
    ];
    for (n, (field, name, value)) in (0u16..inside.height).zip(fields) {
        let focused = dialog.field == field;
        painter.line(inside.x, inside.y + n, inside.right(), name, Role::HintKey);
        let line = Rect {
            x: inside.x + NAMES,
            y: inside.y + n,
            width: inside.width.saturating_sub(NAMES),
            height: 1,
        };
        let end = painter.line(line.x, line.y, line.right(), &value, Role::Text);
        if focused {
            painter.wash(
                Rect {
                    width: end - line.x,
                    ..line
                },
                Role::Cursor,
            );
        }
    }
    if inside.height < 3 {
        return None;
    }
    painter.line(inside.x, inside.y + 2, inside.right(), "to", Role::HintKey);
    let line = Rect {
        x: inside.x + NAMES,
        y: inside.y + 2,
        width: inside.width.saturating_sub(NAMES),
        height: 1,
    };
    let cursor = typed(&dialog.path, "", line, painter);
    if dialog.stage == ExportStage::Asking {
        let question = [
            "a file of that name is there:",
            "y replaces it, other keys do not",
        ];
        for (y, words) in (inside.y + 3..inside.bottom()).zip(question) {
            painter.line(inside.x, y, inside.right(), words, Role::Warning);
        }
        return None;
    }
    if inside.height > 4 {
        painter.line(inside.x, inside.y + 4, inside.right(), "preview", Role::Dim);
    }
    for (n, text) in (0u16..).zip(&dialog.preview) {
        let y = inside.y + 5 + n;
        if y >= inside.bottom() {
            break;
        }
        painter.line(inside.x, y, inside.right(), text, Role::Dim);
    }
    cursor.filter(|_| dialog.field == ExportField::Path)
}
