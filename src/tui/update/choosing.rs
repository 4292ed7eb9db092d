//! Lists that filter as one types: keys in them, and the answers of the thread that filters and counts for them.
//!
//! While an answer is awaited, letters go to the filter as ever; what moves or chooses is held, for it means the rows
//! that are to come.

use super::{act, keys, narrow, reading};
use crate::config::{Code, Key};
use crate::store::DocNo;
use crate::tui::chooser::{AT_ONCE, Chooser};
use crate::tui::counts::{Counted, count};
use crate::tui::input_line::Outcome;
use crate::tui::message::{CountJob, Effect, FilterJob};
use crate::tui::popup::Popup;
use crate::tui::rows::{Choice, Rows};
use crate::tui::state::{Pane, State};

/// Rows of the screen that a list does not have.
const AROUND: usize = 7;

/// What a list says of itself: its title, and what stands in place of rows where there are none.
type Said = (&'static str, &'static str);

/// Shows a list of these rows.
pub fn open(state: &mut State, said: Said, rows: Rows) {
    state.popup = Some(Popup::List(Box::new(Chooser::new(said, rows))));
}

/// Shows a list that may be long: its rows are read for the first letter while nobody has typed it.
pub fn open_long(state: &mut State, said: Said, rows: Rows, effects: &mut Vec<Effect>) {
    let mut chooser = Chooser::new(said, rows);
    ask(state, &mut chooser, effects);
    state.popup = Some(Popup::List(Box::new(chooser)));
}

/// Shows a list of what is counted over the results: at once where they are few.
pub fn open_counted(state: &mut State, said: Said, counted: Counted, effects: &mut Vec<Effect>) {
    let docs = state.found().iter().map(|found| found.doc);
    if docs.len() <= AT_ONCE {
        if let Some(rows) = count(&state.snapshot, docs, counted, &|| false) {
            open(state, said, rows);
        }
        return;
    }
    let docs: Vec<DocNo> = docs.collect();
    let mut chooser = Chooser::counting(said);
    let ticket = asked(state, &mut chooser);
    effects.push(Effect::Count(Box::new(CountJob {
        ticket,
        snapshot: state.snapshot.clone(),
        docs,
        counted,
    })));
    state.popup = Some(Popup::List(Box::new(chooser)));
}

/// A key in a list: what types a character goes to the filter; the rest moves, chooses or closes.
pub fn pressed(state: &mut State, mut chooser: Box<Chooser>, key: Key, effects: &mut Vec<Effect>) {
    if key.code == Code::Esc {
        return;
    }
    if chooser.awaited.is_some() && (chosen(&chooser) || chooses(key) || moves(state, key) != 0) {
        chooser.held.push(key);
    } else if chooses(key) {
        match chooser.chosen() {
            Some(Choice::Read) | None => {}
            Some(choice) => return choose(state, choice, effects),
        }
    } else {
        let by = moves(state, key);
        if by != 0 {
            chooser.scroll.step(by, chooser.len());
        } else if chooser.filter.handle(key) == Outcome::Changed {
            refilter(state, &mut chooser, effects);
        }
        fit(state, &mut chooser);
    }
    state.popup = Some(Popup::List(chooser));
}

/// Text is pasted into the filter of a list.
pub fn pasted(state: &mut State, mut chooser: Box<Chooser>, text: &str, effects: &mut Vec<Effect>) {
    if !chosen(&chooser) {
        chooser.filter.paste(text);
        refilter(state, &mut chooser, effects);
    }
    state.popup = Some(Popup::List(chooser));
}

/// Takes the rows that pass; an answer that is not awaited any more is dropped.
pub fn filtered(state: &mut State, ticket: u64, passed: Vec<u32>, effects: &mut Vec<Effect>) {
    if let Some(mut chooser) = awaiting(state, ticket) {
        chooser.show(Some(passed));
        answered(state, chooser, effects);
    }
}

/// Takes the rows that were counted, likewise; what was typed meanwhile filters them.
pub fn counted(state: &mut State, ticket: u64, rows: Rows, effects: &mut Vec<Effect>) {
    if let Some(mut chooser) = awaiting(state, ticket) {
        chooser.fill(rows);
        ask(state, &mut chooser, effects);
        answered(state, chooser, effects);
    }
}

/// The list that waits for this answer, taken off the screen.
fn awaiting(state: &mut State, ticket: u64) -> Option<Box<Chooser>> {
    match state.popup.take() {
        Some(Popup::List(mut chooser)) if chooser.awaited == Some(ticket) => {
            chooser.awaited = None;
            Some(chooser)
        }
        other => {
            state.popup = other;
            state.changed = false;
            None
        }
    }
}

/// Shows a list again; what was held for its answer is pressed now.
fn answered(state: &mut State, mut chooser: Box<Chooser>, effects: &mut Vec<Effect>) {
    fit(state, &mut chooser);
    let held = match chooser.awaited {
        Some(_) => Vec::new(),
        None => std::mem::take(&mut chooser.held),
    };
    state.popup = Some(Popup::List(chooser));
    for key in held {
        keys::pressed(state, key, effects);
    }
}

/// The filter changed: what was to move in the rows before it means nothing any more.
fn refilter(state: &mut State, chooser: &mut Chooser, effects: &mut Vec<Effect>) {
    chooser.held.clear();
    if chooser.list().is_some() {
        ask(state, chooser, effects);
    }
}

/// Filters anew, or asks for it. The rows before stay until the answer is there.
fn ask(state: &mut State, chooser: &mut Chooser, effects: &mut Vec<Effect>) {
    let Some(list) = chooser.list().cloned() else {
        return;
    };
    let pattern = chooser.filter.text().trim().to_owned();
    let (blank, short) = (pattern.is_empty(), chooser.all() <= AT_ONCE);
    let ticket = asked(state, chooser);
    if blank || short {
        chooser.awaited = None;
        let passing = || list.passing(&pattern, &|| false);
        chooser.show(if blank { None } else { passing() });
    }
    if !short {
        effects.push(Effect::Filter(FilterJob {
            ticket,
            list,
            pattern,
        }));
    }
}

/// The number of a question that a list asks now.
fn asked(state: &mut State, chooser: &mut Chooser) -> u64 {
    state.listed += 1;
    chooser.awaited = Some(state.listed);
    state.listed
}

/// Enter was pressed for the answer to come: whatever follows comes after it.
fn chosen(chooser: &Chooser) -> bool {
    chooser.held.iter().any(|key| chooses(*key))
}

fn chooses(key: Key) -> bool {
    key.code == Code::Enter
}

/// Rows that a key moves the cursor by.
fn moves(state: &State, key: Key) -> isize {
    let page = usize::from(state.size.1 / 2).max(1).cast_signed();
    match key.code {
        Code::Down => 1,
        Code::Up => -1,
        Code::Char('n') if key.ctrl => 1,
        Code::Char('p') if key.ctrl => -1,
        Code::PageDown => page,
        Code::PageUp => -page,
        _ => 0,
    }
}

/// The wheel was turned over a list.
pub fn wheel(state: &mut State, by: isize) {
    let height = height(state);
    if let Some(Popup::List(chooser)) = &mut state.popup {
        chooser.scroll.step(by, chooser.len());
        chooser.scroll.fit(chooser.len(), height);
    }
}

fn fit(state: &State, chooser: &mut Chooser) {
    chooser.scroll.fit(chooser.len(), height(state));
}

fn height(state: &State) -> usize {
    usize::from(state.size.1).saturating_sub(AROUND)
}

fn choose(state: &mut State, choice: Choice, effects: &mut Vec<Effect>) {
    match choice {
        Choice::Run(action) => act::run(state, action, 1, effects),
        Choice::Open(doc) => {
            reading::jump_to(state, doc, effects);
            act::focus(state, Pane::Reader);
        }
        Choice::Narrow(term) => narrow::add(state, &term, effects),
        Choice::Read => {}
    }
}
