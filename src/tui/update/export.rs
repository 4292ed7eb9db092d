//! The export dialog: what, as what, where to, with a preview of the first lines.

use super::marks;
use crate::config::{Code, Key};
use crate::export::{self, Consent};
use crate::model::{Citable, Passage};
use crate::query::Zone;
use crate::search::Item;
use crate::tui::input_line::{InputLine, Outcome};
use crate::tui::message::{Effect, ExportJob, ExportScope};
use crate::tui::popup::{ExportDialog, ExportField, ExportStage, Popup, Scope};
use crate::tui::state::State;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Passages the preview is made of.
const PREVIEWED: usize = 2;
/// Lines of the preview.
const PREVIEW_LINES: usize = 40;

/// Opens the dialog: on the collection when there is one, else on the first that holds anything.
pub fn open(state: &mut State) {
    let first = [
        Scope::Collection,
        Scope::StatementQuotes,
        Scope::StatementClaims,
    ];
    let scope = first
        .into_iter()
        .find(|scope| !passages(state, *scope).is_empty())
        .unwrap_or(Scope::StatementQuotes);
    let mut dialog = ExportDialog {
        scope: Scope::ALL.iter().position(|s| *s == scope).unwrap_or(0),
        format: 0,
        path: InputLine::default(),
        named: false,
        field: ExportField::Scope,
        stage: ExportStage::Choosing,
        preview: Vec::new(),
        count: None,
    };
    refresh(state, &mut dialog);
    state.popup = Some(Popup::Export(dialog));
}

/// A key in the dialog.
pub fn in_dialog(state: &mut State, mut dialog: ExportDialog, key: Key, effects: &mut Vec<Effect>) {
    let fields = [ExportField::Scope, ExportField::Format, ExportField::Path];
    let at = fields.iter().position(|f| *f == dialog.field).unwrap_or(0);
    let turn = |by: isize, len: usize, now: usize| {
        (now.cast_signed() + by)
            .rem_euclid(len.cast_signed())
            .cast_unsigned()
    };
    if dialog.stage == ExportStage::Asking {
        // Not Enter, which began the export and may be pressed twice.
        dialog.stage = ExportStage::Choosing;
        if key.typed() == Some('y') {
            start(state, &mut dialog, Consent::Replace, effects);
        } else {
            state.tell("nothing was written");
        }
        state.popup = Some(Popup::Export(dialog));
        return;
    }
    match key.code {
        Code::Esc => return,
        Code::Enter => {
            if dialog.stage == ExportStage::Choosing {
                start(state, &mut dialog, Consent::Keep, effects);
            }
            state.popup = Some(Popup::Export(dialog));
            return;
        }
        Code::Tab | Code::Down if !key.shift => {
            dialog.field = fields.get((at + 1) % 3).copied().unwrap_or_default()
        }
        Code::Tab | Code::Up => {
            dialog.field = fields.get((at + 2) % 3).copied().unwrap_or_default()
        }
        _ if dialog.field == ExportField::Path => {
            dialog.named |= dialog.path.handle(key) == Outcome::Changed;
        }
        Code::Left | Code::Right | Code::Char(' ' | 'h' | 'l') => {
            let by = if matches!(key.code, Code::Left | Code::Char('h')) {
                -1
            } else {
                1
            };
            match dialog.field {
                ExportField::Scope => dialog.scope = turn(by, Scope::ALL.len(), dialog.scope),
                ExportField::Format => {
                    dialog.format = turn(by, export::FORMATS.len(), dialog.format)
                }
                ExportField::Path => {}
            }
            refresh(state, &mut dialog);
        }
        _ => {}
    }
    state.popup = Some(Popup::Export(dialog));
}

/// Starts the export, unless something is missing.
fn start(
    state: &mut State,
    dialog: &mut ExportDialog,
    consent: Consent,
    effects: &mut Vec<Effect>,
) {
    let Some(format) = export::FORMATS.get(dialog.format) else {
        return;
    };
    let path = dialog.path.text().trim();
    if path.is_empty() {
        state.complain("give the file a name");
        return;
    }
    let Some(scope) = scope(state, dialog) else {
        state.complain("there is nothing to export");
        return;
    };
    effects.push(Effect::Export(Box::new(ExportJob {
        scope,
        format: format.name(),
        path: PathBuf::from(path),
        consent,
        query: state.query(),
        results: state.search.results.clone(),
        snapshot: state.snapshot.clone(),
        style: state.style.clone(),
    })));
    dialog.stage = ExportStage::Writing;
}

/// The export ended well: the dialog has done its work. What the file lacks is told as what went wrong
/// is, so that nobody takes it for the whole.
pub fn written(state: &mut State, count: usize, path: &Path, left_out: Option<&str>) {
    if matches!(state.popup, Some(Popup::Export(_))) {
        state.popup = None;
    }
    let path = path.display();
    match left_out {
        None => state.tell(format!("exported {count} passages to {path}")),
        // The name last: it may be long.
        Some(told) => state.complain(format!("exported {count} passages, {told}; to {path}")),
    }
}

/// The export ended without a file, because it failed or because one is there: back in the dialog.
pub fn stopped(state: &mut State, stage: ExportStage) {
    if let Some(Popup::Export(dialog)) = &mut state.popup {
        dialog.stage = stage;
    } else if stage == ExportStage::Asking {
        state.complain("a file of that name is there: nothing was written");
    }
}

/// What would be written; `None` when that is nothing.
fn scope(state: &State, dialog: &ExportDialog) -> Option<ExportScope> {
    match Scope::ALL.get(dialog.scope)? {
        Scope::ResultQuotes => Some(ExportScope::Quotes),
        Scope::ResultClaims => Some(ExportScope::Claims),
        scope => {
            let passages = passages(state, *scope);
            (!passages.is_empty()).then_some(ExportScope::Passages(passages))
        }
    }
}

fn passages(state: &State, scope: Scope) -> Vec<Passage> {
    let open = state
        .open()
        .and_then(|(_, statement, extraction)| Some((statement, extraction?)));
    match (scope, open) {
        (Scope::Collection, _) => state.collection.iter().cloned().collect(),
        (Scope::Passage, _) => marks::passage(state).into_iter().collect(),
        (Scope::StatementQuotes, Some((statement, extraction))) => {
            let citable = Citable::new(statement);
            of_statement(state, Zone::Quote, |item| match item {
                Item::Quote(n) => Some(citable.quote(extraction.quotes.get(n)?)),
                Item::Claim(_) => None,
            })
        }
        (Scope::StatementClaims, Some((statement, extraction))) => {
            let citable = Citable::new(statement);
            of_statement(state, Zone::Claim, |item| match item {
                Item::Claim(n) => Some(citable.claim(extraction, extraction.claims.get(n)?)),
                Item::Quote(_) => None,
            })
        }
        _ => Vec::new(),
    }
}

/// The quotes or claims of the open statement that match the query by themselves: what is exported
/// is filtered as what is shown.
fn of_statement(
    state: &State,
    zone: Zone,
    passage: impl Fn(Item) -> Option<Passage>,
) -> Vec<Passage> {
    let Some(doc) = state.reader.as_ref().map(|r| r.doc) else {
        return Vec::new();
    };
    let query = state.query();
    let items = state
        .search
        .results
        .items(&state.snapshot, &query, doc, zone);
    items.into_iter().filter_map(passage).collect()
}

/// The first passages of the results, enough for a preview, however many results there are.
fn first_of_results(state: &State, zone: Zone) -> Vec<Passage> {
    let query = state.query();
    state
        .search
        .results
        .passages(&state.snapshot, &query, zone)
        .take(PREVIEWED)
        .collect()
}

/// Makes name and preview anew.
fn refresh(state: &State, dialog: &mut ExportDialog) {
    let Some(format) = export::FORMATS.get(dialog.format) else {
        return;
    };
    if !dialog.named {
        let title = state
            .open()
            .map_or("dictum", |(_, statement, _)| statement.title.value.as_str());
        let title = match Scope::ALL.get(dialog.scope) {
            Some(Scope::Collection) => "collection",
            Some(Scope::ResultQuotes) => "quotes",
            Some(Scope::ResultClaims) => "claims",
            _ => title,
        };
        dialog
            .path
            .set_text(&export::save::suggested_name(title, format.extension(), 1));
    }
    let (first, count) = match Scope::ALL.get(dialog.scope) {
        Some(Scope::ResultQuotes) => (first_of_results(state, Zone::Quote), None),
        Some(Scope::ResultClaims) => (first_of_results(state, Zone::Claim), None),
        Some(scope) => {
            let mut all = passages(state, *scope);
            let count = all.len();
            all.truncate(PREVIEWED);
            (all, Some(count))
        }
        None => (Vec::new(), Some(0)),
    };
    dialog.count = count;
    if format.is_binary() {
        dialog.preview = vec![format!("{}: no text to show here", format.label())];
        return;
    }
    let mut bytes = Vec::new();
    let options = export::Options {
        style: state.style.clone(),
        ..export::Options::default()
    };
    let written = format.write(&mut first.iter().map(Cow::Borrowed), &mut bytes, &options);
    dialog.preview = match written {
        Ok(()) if !first.is_empty() => String::from_utf8_lossy(&bytes)
            .lines()
            .take(PREVIEW_LINES)
            .map(str::to_owned)
            .collect(),
        Ok(()) => vec!["nothing to export here".to_owned()],
        Err(reason) => vec![reason.to_string()],
    };
}
