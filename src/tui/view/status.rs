//! The query line on top, the status line and the hints at the foot.

use super::paint::Painter;
use super::reader::hidden_shown;
use crate::config::{Action, Role};
use crate::search::{asks_items, needs_extraction};
use crate::text::Shown;
use crate::tui::layout::Areas;
use crate::tui::popup::{ExportStage, Popup};
use crate::tui::state::State;
use ratatui::layout::{Position, Rect};

/// The query and what it found; gives where the cursor stands.
pub fn query_line(state: &State, areas: &Areas, painter: &mut Painter<'_>) -> Option<Position> {
    let area = areas.query;
    let found = found(state, usize::from(area.width));
    let (counts, slash) = match state.search.fault {
        Some(_) => (Role::Error, Role::Error),
        None => (Role::Status, Role::HintKey),
    };
    let right = painter.line_right(
        area.x + area.width / 3,
        area.y,
        area.right(),
        &found,
        counts,
    );
    let x = painter.line(area.x, area.y, right, "/ ", slash);
    let room = usize::from(right.saturating_sub(x + 1));
    if !state.search.editing && state.search.line.text().is_empty() {
        painter.line(
            x,
            area.y,
            right.saturating_sub(1),
            "search: words, \"a phrase\", speaker: type: date:",
            Role::Dim,
        );
        return None;
    }
    let view = state.search.line.visible(room);
    let style = painter.style(Role::Text);
    painter.text(x, area.y, right, &view.text, style);
    if let Some(fault) = &state.search.fault
        && view.text.as_str().len() == state.search.line.text().len()
    {
        // The whole line is shown as it is: the fault is marked where it stands.
        let before = Shown::line(
            state
                .search
                .line
                .text()
                .get(..fault.span.begin())
                .unwrap_or(""),
        )
        .width();
        let width = Shown::line(fault.span.of(state.search.line.text()))
            .width()
            .max(1);
        let from = x.saturating_add(u16::try_from(before).unwrap_or(u16::MAX));
        let end = from
            .saturating_add(u16::try_from(width).unwrap_or(u16::MAX))
            .min(right);
        painter.wash(
            Rect::new(from.min(right), area.y, end.saturating_sub(from), 1),
            Role::Error,
        );
    }
    Some(Position::new(
        x + u16::try_from(view.column).unwrap_or(0),
        area.y,
    ))
}

/// Counts, most important first where space is short.
fn found(state: &State, width: usize) -> String {
    let (found, all) = (state.found().len(), state.snapshot.len());
    // What is listed answers the last line that was understood, which must not look like an answer to this one.
    if state.search.fault.is_some() {
        return match width {
            0..60 => format!("before: {found}/{all}"),
            _ => format!("not understood; before: {found} of {all}"),
        };
    }
    if width < 60 {
        return format!("{found}/{all}");
    }
    let mut text = format!("{found} of {all} statements");
    let (hits, complete) = state.search.hits;
    let query = state.query();
    if !query.texts().is_empty() || asks_items(&query) {
        text = format!("{text}, {hits}{} hits", if complete { "" } else { "+" });
    }
    if needs_extraction(&state.search.query) && state.search.results.pending > 0 {
        text = format!("{text}, {} not read yet", state.search.results.pending);
    }
    if width >= 100 && state.search.answered > 0 {
        text = format!("{text}, {} ms", state.search.took_ms);
    }
    text
}

/// What is going on.
pub fn status_line(state: &State, areas: &Areas, painter: &mut Painter<'_>) {
    let area = areas.status;
    painter.wash(area, Role::Status);
    let right = painter.line_right(
        area.x + area.width / 2,
        area.y,
        area.right(),
        &loading(state),
        Role::Dim,
    );
    let right = right.saturating_sub(1);
    let fault = state.search.fault.as_ref();
    let typed = fault.filter(|_| state.search.editing);
    let (text, role) = match (typed, &state.notice, fault) {
        (Some(fault), _, _) | (None, None, Some(fault)) => (fault.message.clone(), Role::Error),
        (None, Some(notice), _) if notice.failed => (notice.text.clone(), Role::Error),
        (None, Some(notice), _) => (notice.text.clone(), Role::Status),
        (None, None, None) => (place(state), Role::Status),
    };
    painter.line(area.x, area.y, right, &text, role);
}

/// Where the reader is, what is marked, and what should be known of the results.
fn place(state: &State) -> String {
    let mut parts = Vec::new();
    if let Some(count) = state.count {
        parts.push(format!("{count}…"));
    }
    if state.reader.as_ref().is_some_and(|r| r.anchor.is_some()) {
        let (mark, swap) = (state.key_of(Action::Mark), state.key_of(Action::SwapEnds));
        parts.push(format!(
            "SELECT  h l w b 0 $ move, {swap} other end, {mark} marks, Esc drops"
        ));
    }
    if !state.found().is_empty() {
        parts.push(format!(
            "{}/{}",
            state.list.selected + 1,
            state.found().len()
        ));
    }
    if let Some(reader) = state.reader.as_ref().filter(|r| !r.hits.is_empty()) {
        let at = reader.hit.map_or("-".to_owned(), |n| (n + 1).to_string());
        parts.push(format!("hit {at}/{} here", reader.hits.len()));
    }
    if !state.collection.is_empty() {
        parts.push(format!("{} marked", state.collection.len()));
    }
    for correction in &state.search.results.corrections {
        parts.push(format!(
            "{} ~ {}",
            correction.typed,
            correction.used.join(", ")
        ));
    }
    parts.extend(state.search.results.advice.iter().cloned());
    let hidden = hidden_shown(state);
    if hidden > 0 {
        parts.push(format!("{hidden} hidden characters shown as marks"));
    }
    parts.join("  ")
}

/// How far loading and extraction are, and what was skipped.
fn loading(state: &State) -> String {
    let loading = &state.loading;
    let mut parts = Vec::new();
    if !loading.done {
        let percent = loading
            .read
            .saturating_mul(100)
            .checked_div(loading.bytes)
            .unwrap_or(0)
            .min(100);
        let files = if loading.files == 1 {
            "1 file".to_owned()
        } else {
            format!("{} files", loading.files)
        };
        parts.push(format!("loading {percent} % of {files}"));
    } else if loading.stopped {
        parts.push("loading was stopped".to_owned());
    }
    let (done, all) = (state.snapshot.extracted(), state.snapshot.len());
    if done < all {
        parts.push(format!("read {done}/{all}"));
    }
    let skipped = loading.skipped;
    if skipped > 0 {
        parts.push(format!(
            "{skipped} skipped ({} says why)",
            state.key_of(Action::LoadReport)
        ));
    } else if !loading.faults.is_empty() {
        parts.push(format!(
            "{} notes ({})",
            loading.faults.len(),
            state.key_of(Action::LoadReport)
        ));
    }
    parts.join("  ")
}

/// Keys that work here, from the live key table; whole hints drop from the right.
pub fn hint_line(state: &State, areas: &Areas, painter: &mut Painter<'_>) {
    let area = areas.hints;
    let hints = hints(state);
    let mut fit = Vec::new();
    let mut used = 1;
    for (keys, label) in hints {
        let width = Shown::line(&keys).width() + Shown::line(&label).width() + 3;
        if used + width > usize::from(area.width) + 2 {
            break;
        }
        used += width;
        fit.push((keys, label));
    }
    let mut x = area.x + 1;
    for (keys, label) in fit {
        x = painter.line(x, area.y, area.right(), &keys, Role::HintKey);
        x = painter.line(x + 1, area.y, area.right(), &label, Role::HintText) + 2;
    }
}

/// What the collection's own keys do, where that differs from what they do elsewhere.
const IN_BASKET: [(Action, &str); 9] = [
    (Action::Back, "close"),
    (Action::Open, "show in text"),
    (Action::Mark, "take out"),
    (Action::Note, "note"),
    (Action::Tag, "tag"),
    (Action::Undo, "undo"),
    (Action::Copy, "copy"),
    (Action::Export, "export"),
    (Action::NextRow, "move"),
];

/// The same for the concordance.
const IN_CONCORDANCE: [(Action, &str); 6] = [
    (Action::Back, "close"),
    (Action::Open, "show in text"),
    (Action::LineSort, "sort"),
    (Action::Collocates, "words near"),
    (Action::NextRow, "move"),
    (Action::Concordance, "gather again"),
];

/// Keys and labels, most important first.
fn hints(state: &State) -> Vec<(String, String)> {
    let fixed = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(k, l)| ((*k).to_owned(), (*l).to_owned()))
            .collect()
    };
    let keys = &state.look.keys;
    match &state.popup {
        Some(Popup::List(_)) => {
            return fixed(&[
                ("Enter", "choose"),
                ("Esc", "close"),
                ("Up Down", "move"),
                ("type", "to filter"),
            ]);
        }
        Some(Popup::Line(_)) => return fixed(&[("Enter", "keep"), ("Esc", "leave as it was")]),
        Some(Popup::Export(dialog)) if dialog.stage == ExportStage::Asking => {
            return fixed(&[("y", "replace the file"), ("Esc", "leave it")]);
        }
        Some(Popup::Export(_)) => {
            return fixed(&[
                ("Enter", "export"),
                ("Esc", "close"),
                ("Tab", "next field"),
                ("Left Right", "change"),
            ]);
        }
        Some(Popup::ConfirmQuit) => return fixed(&[("y", "quit"), ("Esc", "stay")]),
        _ if state.search.editing => {
            return fixed(&[
                ("Enter", "keep"),
                ("Esc", "back to the old query"),
                ("Up", "earlier queries"),
                ("PgDn", "look on"),
            ]);
        }
        _ => {}
    }
    if !state.pending.is_empty()
        && let crate::config::Match::Prefix(rest) = keys.find(state.context(), &state.pending)
    {
        let shown = |(next, action): (Vec<crate::config::Key>, Action)| {
            (
                crate::config::key::print_sequence(&next),
                action.name().replace('-', " "),
            )
        };
        return rest.into_iter().map(shown).collect();
    }
    let own: Option<&[(Action, &str)]> = match state.popup {
        Some(Popup::Basket) => Some(&IN_BASKET),
        Some(Popup::Concordance) => Some(&IN_CONCORDANCE),
        _ => None,
    };
    if let Some(own) = own {
        let hint =
            |(action, label): &(Action, &str)| Some((keys.hint_for(*action)?, (*label).to_owned()));
        return own.iter().filter_map(hint).collect();
    }
    let hinted = Action::hinted(state.context());
    let hint = |(action, hint): (Action, crate::config::Hint)| {
        let first = keys.hint_for(action)?;
        let pair = hint.pair.and_then(|pair| keys.hint_for(pair));
        let shown = pair.map_or(first.clone(), |pair| format!("{first}/{pair}"));
        Some((shown, hint.label.to_owned()))
    };
    hinted.into_iter().filter_map(hint).collect()
}
