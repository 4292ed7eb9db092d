//! Marking passages, notes, tags, undo, copying.

use super::{dialogs, reading};
use crate::config::Key;
use crate::export::{citation_of_statement, cited, passage_with_citation};
use crate::model::{Citable, Passage, PassageKind};
use crate::query::Zone;
use crate::search::Item;
use crate::tui::input_line::{InputLine, Outcome};
use crate::tui::message::Effect;
use crate::tui::popup::{LineDialog, LineFor, Popup};
use crate::tui::state::{Pane, State};

/// The passage under the cursor: the selection; else the quote or claim gone to; else the hit gone
/// to; else, in the text, the quote or claim round the cursor. `None` with nothing of these there.
#[must_use]
pub fn passage(state: &State) -> Option<Passage> {
    if matches!(state.popup, Some(Popup::Basket)) {
        return state.collection.iter().nth(state.basket.selected).cloned();
    }
    let (reader, statement, extraction) = state.open()?;
    if let Some(span) = reader.selection() {
        return Some(Citable::new(statement).span(extraction, PassageKind::Selection, span));
    }
    let item = match state.focus {
        Pane::Claims => reader
            .items
            .get(state.items.selected)
            .map(|(item, _)| *item),
        _ => reader.item(),
    };
    if let Some(passage) = item.and_then(|item| of_item(state, item)) {
        return Some(passage);
    }
    if let Some(hit) = reader.hit.and_then(|n| reader.hits.get(n)) {
        return Some(Citable::new(statement).span(extraction, PassageKind::Hit, hit.span));
    }
    // In the list the cursor is on a statement: what stands at the top of its text was not meant.
    if state.focus == Pane::List {
        return None;
    }
    of_item(state, reader.item_at(reader.cursor)?)
}

fn of_item(state: &State, item: Item) -> Option<Passage> {
    let (_, statement, extraction) = state.open()?;
    let extraction = extraction?;
    let citable = Citable::new(statement);
    Some(match item {
        Item::Quote(n) => citable.quote(extraction.quotes.get(n)?),
        Item::Claim(n) => citable.claim(extraction, extraction.claims.get(n)?),
    })
}

/// Marks the passage under the cursor, or takes its mark off.
pub fn mark(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(passage) = passage(state) else {
        let (next, select) = (
            state.key_of(crate::config::Action::NextQuote),
            state.key_of(crate::config::Action::Select),
        );
        state.tell(format!(
            "nothing to mark here: go to a quote with {next}, or select text with {select}"
        ));
        return;
    };
    let added = state.collection.toggle(passage);
    if let Some(reader) = &mut state.reader {
        reader.anchor = None;
    }
    state.tell(format!(
        "{}: {} marked",
        if added { "marked" } else { "mark taken off" },
        state.collection.len()
    ));
    changed(state, effects);
}

/// Marks every quote (claim, for `in:claim`) that matches the query in the results, or takes all
/// those marks off when all are there. Without a query, which would be everything that is loaded:
/// every quote of the open statement.
pub fn mark_all(state: &mut State, effects: &mut Vec<Effect>) {
    let here = state.search.query.root.is_none();
    let passages = if here {
        of_open(state)
    } else {
        of_results(state)
    };
    if passages.is_empty() {
        state.tell(if here {
            "no quote was found in this statement"
        } else {
            "no quote of these results matches by itself"
        });
        return;
    }
    let (count, added) = state.collection.toggle_all(passages);
    let what = if added { "added" } else { "taken off" };
    let of = if here {
        "this statement"
    } else {
        "the results"
    };
    state.tell(format!(
        "{count} marks of {of} {what}: {} marked",
        state.collection.len()
    ));
    changed(state, effects);
}

fn of_open(state: &State) -> Vec<Passage> {
    let Some((_, statement, Some(extraction))) = state.open() else {
        return Vec::new();
    };
    let citable = Citable::new(statement);
    extraction.attributed().map(|q| citable.quote(q)).collect()
}

fn of_results(state: &State) -> Vec<Passage> {
    let query = state.query();
    let zone = if query.zone == Zone::Claim {
        Zone::Claim
    } else {
        Zone::Quote
    };
    let results = &state.search.results;
    results.passages(&state.snapshot, &query, zone).collect()
}

/// After any change of the collection: show it and keep it.
fn changed(state: &mut State, effects: &mut Vec<Effect>) {
    let len = state.collection.len();
    state.basket.fit(len, usize::from(state.size.1));
    reading::refresh_marks(state);
    effects.push(Effect::SaveCollection);
}

/// Takes the passage under the cursor of the collection out of it.
pub fn drop_from_basket(state: &mut State, effects: &mut Vec<Effect>) {
    if state.collection.remove(state.basket.selected).is_some() {
        state.tell(format!(
            "taken out ({} brings it back)",
            state.key_of(crate::config::Action::Undo)
        ));
        changed(state, effects);
    }
}

/// Undoes changes of the collection.
pub fn undo(state: &mut State, count: usize, effects: &mut Vec<Effect>) {
    let done = (0..count).take_while(|_| state.collection.undo()).count();
    state.tell(if done > 0 {
        format!("undone: {} marked", state.collection.len())
    } else {
        "nothing to undo".into()
    });
    changed(state, effects);
}

/// Redoes them.
pub fn redo(state: &mut State, count: usize, effects: &mut Vec<Effect>) {
    let done = (0..count).take_while(|_| state.collection.redo()).count();
    state.tell(if done > 0 {
        format!("redone: {} marked", state.collection.len())
    } else {
        "nothing to redo".into()
    });
    changed(state, effects);
}

/// Opens the line for tags of the passage under the cursor, which is marked if it was not.
pub fn open_tags(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(n) = kept(state, effects) {
        let tags = state
            .collection
            .iter()
            .nth(n)
            .map(|p| p.tags.join(" "))
            .unwrap_or_default();
        open_line(state, "Tags, parted by spaces", LineFor::Tags(n), &tags);
    }
}

/// Opens the line for a note on it.
pub fn open_note(state: &mut State, effects: &mut Vec<Effect>) {
    if let Some(n) = kept(state, effects) {
        let note = state
            .collection
            .iter()
            .nth(n)
            .map(|p| p.note.clone())
            .unwrap_or_default();
        open_line(state, "Note", LineFor::Note(n), &note);
    }
}

/// Number in the collection of the passage under the cursor.
fn kept(state: &mut State, effects: &mut Vec<Effect>) -> Option<usize> {
    let Some(passage) = passage(state) else {
        mark(state, effects); // says that nothing is here
        return None;
    };
    if state.collection.position(&passage).is_none() {
        state.collection.toggle(passage.clone());
        changed(state, effects);
    }
    state.collection.position(&passage)
}

fn open_line(state: &mut State, title: &'static str, purpose: LineFor, text: &str) {
    let from_basket = matches!(state.popup, Some(Popup::Basket));
    let mut line = InputLine::default();
    line.set_text(text);
    state.popup = Some(Popup::Line(LineDialog {
        title,
        line,
        purpose,
        from_basket,
    }));
}

/// A key while a line is typed.
pub fn in_line(state: &mut State, mut dialog: LineDialog, key: Key, effects: &mut Vec<Effect>) {
    match dialog.line.handle(key) {
        Outcome::Submit => {
            let text = dialog.line.text().trim().to_owned();
            let n = dialogs::line_number(dialog.purpose);
            let kept = match dialog.purpose {
                LineFor::Note(_) => state.collection.set_note(n, text),
                LineFor::Tags(_) => {
                    let tags = text
                        .split([' ', ','])
                        .filter(|t| !t.is_empty())
                        .map(str::to_owned);
                    state.collection.set_tags(n, tags.collect())
                }
            };
            state.tell(if kept {
                "kept in the collection"
            } else {
                "the passage is gone"
            });
            changed(state, effects);
        }
        Outcome::Cancel => {}
        Outcome::Changed | Outcome::Unchanged | Outcome::Ignored => {
            state.popup = Some(Popup::Line(dialog));
            return;
        }
    }
    state.popup = dialog.from_basket.then_some(Popup::Basket);
}

/// Opens the statement of the passage under the cursor of the collection, at its place.
pub fn show_passage(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(passage) = state.collection.iter().nth(state.basket.selected).cloned() else {
        return;
    };
    let Some(doc) = state.snapshot.find(&passage.statement) else {
        state.complain(format!("the statement {} is not loaded", passage.statement));
        return;
    };
    reading::jump_to(state, doc, effects);
    let height = state.height(Pane::Reader);
    if let Some(reader) = &mut state.reader
        && let Some(place) = passage.places.first()
    {
        let at = crate::text::PointIndex::new(&reader.body).byte(place.start);
        reader.go_to(at, height);
    }
    super::act::focus(state, Pane::Reader);
}

/// Copies the passage under the cursor with its citation.
pub fn copy(state: &mut State, effects: &mut Vec<Effect>) {
    match passage(state) {
        Some(passage) => effects.push(Effect::Copy {
            text: passage_with_citation(&passage, &state.style),
            what: "passage and citation",
        }),
        None => {
            let (next, cite) = (
                state.key_of(crate::config::Action::NextQuote),
                state.key_of(crate::config::Action::CopyCitation),
            );
            state.tell(format!(
                "no passage here: {next} goes to a quote, {cite} cites the statement"
            ));
        }
    }
}

/// Copies its citation alone; of the whole statement when no passage is under the cursor.
pub fn copy_citation(state: &mut State, effects: &mut Vec<Effect>) {
    match passage(state) {
        Some(passage) => effects.push(Effect::Copy {
            text: cited(&passage, &state.style),
            what: "citation",
        }),
        None => match state.open() {
            Some((_, statement, _)) => effects.push(Effect::Copy {
                text: citation_of_statement(statement, &state.style),
                what: "citation of the statement",
            }),
            None => state.tell("nothing to cite here"),
        },
    }
}
