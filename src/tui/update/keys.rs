//! Where a key goes: to the line being typed, the popup, the selection, or the key table.

use super::{act, choosing, dialogs, reading, searching, selecting};
use crate::config::{Action, Code, Key, Match};
use crate::tui::input_line::Outcome;
use crate::tui::message::Effect;
use crate::tui::popup::Popup;
use crate::tui::state::{Pane, State};

/// A number before a key is cut here: no list needs more.
const MOST_TIMES: usize = 99_999;

/// Takes a key in.
#[expect(
    clippy::panic,
    reason = "the hidden switch that tests the way back from a panic"
)]
pub fn pressed(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    if state.panic_on.is_some() && state.panic_on == key.typed() {
        panic!("asked to panic by a test");
    }
    state.notice = None;
    if key == Key::ctrl('c') {
        act::run(state, Action::Quit, 1, effects);
    } else if state.popup.is_some() {
        dialogs::pressed(state, key, effects);
    } else if state.search.editing {
        typed_query(state, key, effects);
    } else if !selecting(state, key) && !counted(state, key) {
        bound(state, key, effects);
    }
}

/// Takes a paste in: it goes into whatever line is being typed, and nowhere else.
pub fn pasted(state: &mut State, text: &str, effects: &mut Vec<Effect>) {
    if let Some(Popup::List(chooser)) = state.popup.take_if(|p| matches!(p, Popup::List(_))) {
        choosing::pasted(state, chooser, text, effects);
    } else if let Some(popup) = &mut state.popup {
        match popup {
            Popup::Line(dialog) => drop(dialog.line.paste(text)),
            Popup::Export(dialog) => drop(dialog.path.paste(text)),
            Popup::List(_) | Popup::Basket | Popup::Concordance | Popup::ConfirmQuit => {}
        }
    } else if state.search.editing {
        state.search.line.paste(text);
        if let Some(note) = state.search.line.note() {
            state.tell(note);
        }
        searching::typed(state, effects);
    } else {
        state.tell(format!(
            "press {} first to paste into the query",
            state.key_of(Action::Search)
        ));
    }
}

/// Keys while the query is typed: results follow; `Enter` keeps it, `Esc` brings the old one back.
fn typed_query(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    match state.search.line.handle(key) {
        Outcome::Changed => searching::typed(state, effects),
        Outcome::Submit => {
            state.search.editing = false;
            searching::typed(state, effects);
            searching::kept(state);
        }
        Outcome::Cancel => {
            state.search.editing = false;
            let before = std::mem::take(&mut state.search.before);
            state.search.line.set_text(&before);
            searching::typed(state, effects);
        }
        Outcome::Unchanged => {}
        Outcome::Ignored => match key.code {
            // The results can be looked over without leaving the line.
            Code::PageDown => reading::list_by(state, 1, true, effects),
            Code::PageUp => reading::list_by(state, -1, true, effects),
            Code::Tab => state.search.editing = false,
            _ => {}
        },
    }
}

/// Keys that move the end of a selection. True when the key was one.
fn selecting(state: &mut State, key: Key) -> bool {
    let height = state.height(Pane::Reader);
    let times = state.count.unwrap_or(1).cast_signed();
    let Some(reader) = state.reader.as_mut().filter(|r| r.anchor.is_some()) else {
        return false;
    };
    if state.focus != Pane::Reader || key.ctrl || key.alt {
        return false;
    }
    match key.code {
        Code::Char('h') | Code::Left => selecting::step_glyphs(reader, -times, height),
        Code::Char('l') | Code::Right => selecting::step_glyphs(reader, times, height),
        Code::Char('w') => selecting::step_words(reader, times, height),
        Code::Char('b') => selecting::step_words(reader, -times, height),
        Code::Char('0') if state.count.is_none() => selecting::row_edge(reader, false),
        Code::Char('$') => selecting::row_edge(reader, true),
        _ => return false,
    }
    state.count = None;
    true
}

/// Digits of a number before a key. `1` to `4` are panes, so that a number begins with 5 to 9; any
/// digit may follow. True when the key was one.
fn counted(state: &mut State, key: Key) -> bool {
    let Some(digit) = key.digit().filter(|_| state.pending.is_empty()) else {
        return false;
    };
    let begins = state.count.is_some() || digit > 4;
    if begins {
        let so_far = state.count.unwrap_or(0);
        state.count = Some((so_far * 10 + digit as usize).min(MOST_TIMES));
    }
    begins
}

fn bound(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    state.pending.push(key);
    match state.look.keys.find(state.context(), &state.pending) {
        Match::Action(action) => {
            state.pending.clear();
            let count = state
                .count
                .take()
                .filter(|_| action.takes_count())
                .unwrap_or(1);
            act::run(state, action, count, effects);
        }
        Match::Prefix(_) => {}
        Match::None => {
            state.pending.clear();
            state.count = None;
        }
    }
}
