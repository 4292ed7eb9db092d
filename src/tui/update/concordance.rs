//! The concordance: asking for it, keys in it, answers to it.

use super::dialogs::action_in;
use super::{act, hits, reading};
use crate::config::{Action, Context, Key};
use crate::query::{Query, parse};
use crate::search::{Collocate, LineSort, context};
use crate::text::fold::fold;
use crate::text::{Span, single_spaced};
use crate::tui::concordance::{Concordance, height};
use crate::tui::message::{Effect, GatherJob, Gathered};
use crate::tui::popup::Popup;
use crate::tui::state::{Pane, State};

/// Words of a selection that are looked for; a longer one stands nowhere twice.
const MOST_SELECTED: usize = 12;

/// Opens the concordance of what is asked for now: as it was left, when it is still true.
pub fn open(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(fault) = &state.search.fault {
        let message = format!("the query is not understood: {}", fault.message);
        return state.complain(message);
    }
    let Some((asked, query)) = wanted(state) else {
        let (search, select) = (state.key_of(Action::Search), state.key_of(Action::Select));
        return state.tell(format!(
            "a concordance is made of words: {search} searches some, {select} selects some in the text"
        ));
    };
    state.popup = Some(Popup::Concordance);
    let before = state.concordance.take();
    let (sort, ticket) = before
        .as_ref()
        .map_or((LineSort::default(), 0), |b| (b.sort, b.ticket));
    let same = before.filter(|b| b.query == query && !b.is_behind(&state.snapshot));
    if let Some(mut same) = same {
        same.step(0, height(state.size));
        state.concordance = Some(same);
    } else {
        let fresh = Concordance::new(asked, query, sort, ticket);
        state.concordance = Some(Box::new(fresh));
        gather(state, effects);
    }
}

/// The query if it has words; else the words selected, in the statements that the query finds.
fn wanted(state: &State) -> Option<(String, Query)> {
    let line = single_spaced(state.search.line.text());
    if !state.search.query.texts().is_empty() {
        return Some((line, state.search.query.clone()));
    }
    let (reader, statement, _) = state.open()?;
    // Folded, a word is found however it is written; marks would be read as the query's own.
    let letters = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let selected = whole_words(&statement.body, reader.selection()?);
    let selected = fold(statement.words(selected));
    let selected: String = selected.chars().map(letters).collect();
    let words: Vec<&str> = selected.split_whitespace().take(MOST_SELECTED).collect();
    let line = single_spaced(&format!("{line} \"{}\"", words.join(" ")));
    let query = parse(&line).ok()?;
    (!query.texts().is_empty()).then_some((line, query))
}

/// A selection with the rest of the words that it begins and ends in.
fn whole_words(body: &str, selected: Span) -> Span {
    let letters = |c: &char| c.is_alphanumeric();
    let before = body.get(..selected.begin()).unwrap_or_default();
    let behind = body.get(selected.finish()..).unwrap_or_default();
    let len = |chars: &mut dyn Iterator<Item = char>| chars.map(char::len_utf8).sum::<usize>();
    Span::new(
        selected.begin() - len(&mut before.chars().rev().take_while(letters)),
        selected.finish() + len(&mut behind.chars().take_while(letters)),
    )
}

/// Asks for the lines in the present order, and for the words near when they are not known.
fn gather(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(screen) = &mut state.concordance else {
        return;
    };
    screen.ticket += 1;
    screen.over = state.snapshot.len();
    effects.push(Effect::Gather(Box::new(GatherJob {
        ticket: screen.ticket,
        query: screen.query.clone(),
        snapshot: state.snapshot.clone(),
        sort: screen.sort,
        collocates: screen.near.is_none(),
    })));
}

/// Takes lines in; those of an older question are dropped.
pub fn gathered(state: &mut State, ticket: u64, gathered: Gathered) {
    let height = height(state.size);
    match &mut state.concordance {
        Some(screen) if screen.ticket == ticket => {
            screen.answered = ticket;
            screen.gathered = gathered;
            screen.step(0, height);
        }
        _ => state.changed = false,
    }
}

/// Takes the words near in, likewise.
pub fn collocates(state: &mut State, ticket: u64, words: Vec<Collocate>) {
    match &mut state.concordance {
        Some(screen) if screen.ticket == ticket => screen.near = Some(words),
        _ => state.changed = false,
    }
}

/// A key while it is shown: its own keys come from the key table.
pub fn pressed(state: &mut State, key: Key, effects: &mut Vec<Effect>) {
    state.popup = Some(Popup::Concordance);
    let Some(action) = action_in(state, Context::Concordance, key) else {
        return;
    };
    match action {
        // `C-c` does not come here: it quits from anywhere.
        Action::Back | Action::Quit => state.popup = None,
        Action::Open => show_line(state, effects),
        Action::LineSort => next_sort(state, effects),
        Action::Collocates | Action::NextPane | Action::PreviousPane => {
            if let Some(screen) = &mut state.concordance {
                screen.table = !screen.table;
            }
            step(state, 0);
        }
        Action::Concordance => {
            if let Some(screen) = &mut state.concordance {
                screen.near = None;
            }
            gather(state, effects);
        }
        action => act::run(state, action, 1, effects),
    }
}

/// Moves the cursor by rows.
pub fn step(state: &mut State, by: isize) {
    let height = height(state.size);
    if let Some(screen) = &mut state.concordance {
        screen.step(by, height);
    }
}

/// An action that means nothing elsewhere was chosen by its name.
pub fn only_there(state: &mut State) {
    let key = state.key_of(Action::Concordance);
    state.tell(format!("that is for the concordance: {key} opens it"));
}

fn next_sort(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(screen) = &mut state.concordance else {
        return;
    };
    let at = LineSort::ALL.iter().position(|(_, s)| *s == screen.sort);
    let next = at.map_or(0, |at| (at + 1) % LineSort::ALL.len());
    screen.sort = LineSort::ALL.get(next).map_or(screen.sort, |(_, s)| *s);
    // Another order is read from its beginning on.
    screen.scroll = Default::default();
    screen.table = false;
    gather(state, effects);
}

/// Opens the statement of the line under the cursor at its key.
fn show_line(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(screen) = &state.concordance else {
        return;
    };
    if screen.table {
        let key = state.key_of(Action::Collocates);
        return state.tell(format!("{key} goes back to the lines"));
    }
    let line = screen.gathered.lines.get(screen.scroll.selected).copied();
    let key = line.and_then(|line| Some((line.doc, context(&state.snapshot, &line, 0)?.key)));
    let Some((doc, key)) = key else { return };
    state.popup = None;
    reading::jump_to(state, doc, effects);
    act::focus(state, Pane::Reader);
    come_to(state, key);
}

/// Puts the cursor on the hit that holds `key`; where it is none, the key is selected, so that it
/// is seen, and so that its concordance can be come back to.
fn come_to(state: &mut State, key: Span) {
    let height = state.height(Pane::Reader);
    let Some(reader) = &mut state.reader else {
        return;
    };
    match reader.hits.iter().position(|hit| hit.span.contains(key)) {
        Some(n) => hits::come_to(state, n),
        None => {
            reader.go_to(key.finish().saturating_sub(1), height);
            reader.anchor = Some(key.begin());
            hits::follow(state);
        }
    }
}
