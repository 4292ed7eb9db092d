//! What each action of the table does.

use super::{concordance, dialogs, export, hits, marks, narrow, reading, searching};
use crate::config::{Action, Code, Key};
use crate::query::Sort;
use crate::search::Item;
use crate::tui::message::Effect;
use crate::tui::popup::Popup;
use crate::tui::state::{Pane, State};

/// Runs an action `count` times.
pub fn run(state: &mut State, action: Action, count: usize, effects: &mut Vec<Effect>) {
    let by = count.cast_signed();
    match action {
        Action::NextRow => reading::step(state, by, effects),
        Action::PreviousRow => reading::step(state, -by, effects),
        Action::HalfPageDown => reading::page(state, by, 2, effects),
        Action::HalfPageUp => reading::page(state, -by, 2, effects),
        Action::PageDown => reading::page(state, by, 1, effects),
        Action::PageUp => reading::page(state, -by, 1, effects),
        Action::Top => reading::edge(state, false, effects),
        Action::Bottom => reading::edge(state, true, effects),
        Action::PaneLeft => beside(state, -1),
        Action::PaneRight => beside(state, 1),
        Action::NextPane => beside(state, 1),
        Action::PreviousPane => beside(state, -1),
        Action::Pane1 => focus(state, Pane::List),
        Action::Pane2 => focus(state, Pane::Reader),
        Action::Pane3 => focus(state, Pane::Claims),
        Action::Pane4 => focus(state, Pane::Facets),
        Action::Open => open(state, effects),
        Action::Back => back(state, effects),
        Action::NextQuote => reading::to_item(state, by, |item| matches!(item, Item::Quote(_))),
        Action::PreviousQuote => {
            reading::to_item(state, -by, |item| matches!(item, Item::Quote(_)))
        }
        Action::NextClaim => reading::to_item(state, by, |item| matches!(item, Item::Claim(_))),
        Action::PreviousClaim => {
            reading::to_item(state, -by, |item| matches!(item, Item::Claim(_)))
        }
        Action::Search => {
            state.search.editing = true;
            state.search.before = state.search.line.text().to_owned();
            state.search.line.handle(Key::plain(Code::End));
        }
        Action::NextHit => hits::to_hit(state, by, effects),
        Action::PreviousHit => hits::to_hit(state, -by, effects),
        Action::FuzzyJump => dialogs::open_jump(state, effects),
        Action::FilterSpeaker => narrow::open_speakers(state, effects),
        Action::FilterType => narrow::open_types(state, effects),
        Action::SortMenu => sort(state, effects),
        Action::ToggleFold => {
            state.search.fold = !state.search.fold;
            searching::ask(state, effects);
            state.tell(if state.search.fold {
                "statements that are the same are listed as one"
            } else {
                "every statement is listed by itself"
            });
        }
        Action::Concordance => concordance::open(state, effects),
        Action::LineSort | Action::Collocates => concordance::only_there(state),
        Action::Mark if state.focus == Pane::Facets && state.popup.is_none() => {
            narrow::take_facet(state, effects)
        }
        Action::Mark => marks::mark(state, effects),
        Action::MarkAll => marks::mark_all(state, effects),
        Action::Select => select(state),
        Action::SwapEnds => {
            if let Some(reader) = &mut state.reader
                && let Some(anchor) = reader.anchor.as_mut()
            {
                std::mem::swap(anchor, &mut reader.cursor);
            }
            reading::show_cursor(state);
        }
        Action::Tag => marks::open_tags(state, effects),
        Action::Note => marks::open_note(state, effects),
        Action::Undo => marks::undo(state, count, effects),
        Action::Redo => marks::redo(state, count, effects),
        Action::Basket => {
            state.popup = if matches!(state.popup, Some(Popup::Basket)) {
                None
            } else {
                Some(Popup::Basket)
            };
        }
        Action::Zoom => {
            state.zoom = !state.zoom;
            reading::refit(state);
        }
        Action::Measure => {
            state.measure = state.measure.next();
            reading::refit(state);
            state.tell(match state.measure {
                crate::config::Measure::Columns(columns) => {
                    format!("text wrapped at {columns} columns")
                }
                crate::config::Measure::Full => "text wrapped at the pane's width".to_owned(),
            });
        }
        Action::ToggleFacets => {
            state.show_facets = !state.show_facets;
            if state.show_facets {
                focus(state, Pane::Facets);
            } else if state.areas().pane(state.focus).is_none() {
                state.focus = Pane::List;
            }
            reading::refit(state);
        }
        Action::ToggleDim => toggle_dim(state),
        Action::ToggleMouse => {
            state.mouse = !state.mouse;
            effects.push(Effect::Mouse(state.mouse));
            state.tell(if state.mouse {
                "the mouse scrolls and selects here"
            } else {
                "the mouse is the terminal's again"
            });
        }
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Copy => marks::copy(state, effects),
        Action::CopyCitation => marks::copy_citation(state, effects),
        Action::Export => export::open(state),
        Action::Help => dialogs::open_help(state),
        Action::Palette => dialogs::open_palette(state),
        Action::Explain => dialogs::ask_why(state, effects),
        Action::LoadReport => dialogs::open_report(state),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Quit => quit(state, effects),
    }
}

/// Gives a pane the focus, showing it when it is not shown.
pub fn focus(state: &mut State, pane: Pane) {
    if pane == Pane::Facets {
        state.show_facets = true;
    } else if pane == Pane::Claims && state.areas().pane(Pane::Claims).is_none() {
        state.show_facets = false;
    }
    state.focus = pane;
    reading::refit(state);
}

/// The next pane to one side, of those that are shown (or could be, where only one is).
fn beside(state: &mut State, by: isize) {
    let areas = state.areas();
    let mut panes: Vec<Pane> = areas.panes.iter().map(|(pane, _)| *pane).collect();
    if panes.len() < 2 {
        panes = vec![Pane::List, Pane::Reader, Pane::Claims];
    }
    let here = panes.iter().position(|p| *p == state.focus).unwrap_or(0);
    let to = (here.cast_signed() + by)
        .rem_euclid(panes.len().cast_signed())
        .cast_unsigned();
    if let Some(pane) = panes.get(to) {
        state.focus = *pane;
        reading::refit(state);
    }
}

fn open(state: &mut State, effects: &mut Vec<Effect>) {
    match state.focus {
        Pane::List => {
            reading::open_selected(state, effects);
            focus(state, Pane::Reader);
        }
        Pane::Reader => reading::item_under_cursor(state),
        Pane::Claims => {
            reading::go_to_selected_item(state);
            focus(state, Pane::Reader);
        }
        Pane::Facets => narrow::take_facet(state, effects),
    }
}

/// One step back: selection, then zoom, then facets, then the load, then the query, then the list.
fn back(state: &mut State, effects: &mut Vec<Effect>) {
    if !state.pending.is_empty() || state.count.is_some() {
        state.pending.clear();
        state.count = None;
    } else if let Some(reader) = state.reader.as_mut().filter(|r| r.anchor.is_some()) {
        reader.anchor = None;
    } else if state.zoom {
        state.zoom = false;
        reading::refit(state);
    } else if state.show_facets {
        state.show_facets = false;
        if state.focus == Pane::Facets {
            state.focus = Pane::List;
        }
        reading::refit(state);
    } else if state.focus != Pane::List {
        focus(state, Pane::List);
    } else if !state.loading.done && !state.loading.stopped {
        state.loading.stopped = true;
        state.tell("loading stopped: what is loaded stays");
        effects.push(Effect::StopLoading);
    } else if !state.search.line.text().is_empty() {
        state.search.line.clear();
        searching::typed(state, effects);
    }
}

fn sort(state: &mut State, effects: &mut Vec<Effect>) {
    let now = state.query().sort.unwrap_or_default();
    if state.search.query.sort.is_some() {
        state.tell("the query says how to sort: change `sort:` there");
        return;
    }
    let at = Sort::ALL.iter().position(|s| *s == now).unwrap_or(0);
    state.search.sort = Sort::ALL
        .get((at + 1) % Sort::ALL.len())
        .copied()
        .unwrap_or_default();
    let label = state.search.sort.label();
    searching::ask(state, effects);
    state.tell(format!("sorted: {label}"));
}

fn select(state: &mut State) {
    if let Some(reader) = &mut state.reader {
        reader.anchor = if reader.anchor.is_some() {
            None
        } else {
            Some(reader.cursor)
        };
    }
}

fn toggle_dim(state: &mut State) {
    state.threshold = if state.threshold > 0.0 {
        0.0
    } else {
        state.chosen_threshold
    };
    reading::refresh_marks(state);
    state.tell(if state.threshold > 0.0 {
        format!(
            "quotes and claims below {:.0} % confidence are dimmed",
            state.threshold * 100.0
        )
    } else {
        "quotes and claims of any confidence are shown alike".to_owned()
    });
}

fn quit(state: &mut State, effects: &mut Vec<Effect>) {
    if state.collection.dirty() && !matches!(state.popup, Some(Popup::ConfirmQuit)) {
        // Saved after every change: dirty means that saving failed.
        state.popup = Some(Popup::ConfirmQuit);
    } else {
        effects.push(Effect::Quit);
    }
}
