//! Popups: opening them, and what keys do in them.

use super::{act, choosing, concordance, export, marks};
use crate::config::reference::keys_table;
use crate::config::{Action, Context, Key, Match};
use crate::error::Severity;
use crate::extract::explain::Line;
use crate::text::wrap;
use crate::tui::message::Effect;
use crate::tui::popup::{LineFor, Popup};
use crate::tui::rows::{Choice, Row, Rows, Statements};
use crate::tui::state::{Pane, State};

/// A key while a popup is open.
pub fn pressed(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    match state.popup.take() {
        Some(Popup::List(chooser)) => choosing::pressed(state, chooser, key, effects),
        Some(Popup::Line(dialog)) => marks::in_line(state, dialog, key, effects),
        Some(Popup::Export(dialog)) => export::in_dialog(state, dialog, key, effects),
        Some(Popup::Basket) => in_basket(state, key, effects),
        Some(Popup::Concordance) => concordance::pressed(state, key, effects),
        Some(Popup::ConfirmQuit) if key.typed() == Some('y') => effects.push(Effect::Quit),
        Some(Popup::ConfirmQuit) | None => {}
    }
}

/// What the keys pressed so far mean in a popup that has keys of its own in the key table; `None` while
/// they may go on, and where they mean nothing.
pub(super) fn action_in(state: &mut State, context: Context, key: Key) -> Option<Action> {
    state.pending.push(key);
    let action = match state.look.keys.find(context, &state.pending) {
        Match::Prefix(_) => return None,
        Match::Action(action) => Some(action),
        Match::None => None,
    };
    state.pending.clear();
    action
}

/// The collection: its own keys come from the key table.
fn in_basket(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    state.popup = Some(Popup::Basket);
    let Some(action) = action_in(state, Context::Basket, key) else {
        return;
    };
    match action {
        Action::Back | Action::Basket => state.popup = None,
        Action::Open => {
            state.popup = None;
            marks::show_passage(state, effects);
        }
        Action::Mark => marks::drop_from_basket(state, effects),
        Action::Search | Action::FuzzyJump | Action::Pane1 | Action::Pane2 | Action::Pane3 => {
            state.popup = None;
            act::run(state, action, 1, effects);
        }
        action => act::run(state, action, 1, effects),
    }
}

/// Every key, this pane's first.
pub fn open_help(state: &mut State) {
    let context = state.context();
    let table = keys_table(&state.look.keys);
    let (here, elsewhere): (Vec<_>, Vec<_>) = table
        .into_iter()
        .partition(|row| row.action.works_in(context));
    let rows = here.into_iter().chain(elsewhere).map(|row| Row {
        text: row.description.to_owned(),
        detail: row.action.name().to_owned(),
        lead: row.keys.join(" "),
        choice: Choice::Run(row.action),
    });
    let rows = Rows::Made(rows.collect());
    choosing::open(state, ("Keys: type to filter, Enter runs", ""), rows);
}

/// Every command by name.
pub fn open_palette(state: &mut State) {
    let rows = Action::ALL.iter().map(|action| Row {
        text: action.name().replace('-', " "),
        detail: action.description().to_owned(),
        lead: state.look.keys.hint_for(*action).unwrap_or_default(),
        choice: Choice::Run(*action),
    });
    let rows = Rows::Made(rows.collect());
    choosing::open(state, ("Commands", ""), rows);
}

/// Statements by a few letters of title, speaker or source.
pub fn open_jump(state: &mut State, effects: &mut Vec<Effect>) {
    let rows = Rows::Statements(Statements::of(&state.snapshot));
    choosing::open_long(state, ("Jump to", "nothing is loaded"), rows, effects);
}

/// Columns of an explanation: what the list leaves beside its frame and cursor.
const EXPLAINED: usize = 104;

/// Asks why the place under the cursor was read as it was.
pub fn ask_why(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(reader) = &state.reader else { return };
    let item = reader
        .items
        .get(state.items.selected)
        .filter(|_| state.focus == Pane::Claims);
    effects.push(Effect::Explain {
        snapshot: state.snapshot.clone(),
        doc: reader.doc,
        at: item.map_or(reader.cursor, |(_, span)| span.begin()),
    });
}

/// Shows the answer, wrapped, what belongs together indented.
pub fn open_why(state: &mut State, lines: &[Line]) {
    let columns = EXPLAINED.min(usize::from(state.size.0).saturating_sub(6));
    let mut rows = Vec::new();
    for line in lines {
        let indent = "  ".repeat(line.depth.into());
        let wrapped = wrap::Rows::new(&line.text, columns.saturating_sub(indent.len() + 2));
        for n in 0..wrapped.len() {
            let part = wrapped.get(n).map_or("", |span| span.of(&line.text));
            let hang = if n == 0 { "" } else { "  " };
            rows.push(Row {
                text: format!("{indent}{hang}{part}"),
                detail: String::new(),
                lead: String::new(),
                choice: Choice::Read,
            });
        }
    }
    let said = ("Why it was read so", "nothing to say");
    choosing::open(state, said, Rows::Made(rows));
}

/// What was skipped or guessed while loading.
pub fn open_report(state: &mut State) {
    let rows = state.loading.faults.iter().map(|fault| Row {
        text: fault.to_string(),
        detail: String::new(),
        lead: match fault.severity {
            Severity::Skipped => "skipped".to_owned(),
            Severity::Warning => "note".to_owned(),
        },
        choice: Choice::Read,
    });
    let rows = Rows::Made(rows.collect());
    let title = "Skipped or guessed while loading";
    choosing::open(state, (title, "everything was loaded as it is"), rows);
}

/// Tells which passage a line is typed for.
#[must_use]
pub fn line_number(purpose: LineFor) -> usize {
    match purpose {
        LineFor::Tags(n) | LineFor::Note(n) => n,
    }
}
