//! Narrowing the results by speaker, type, source or month: always by a term in the query line, so
//! that what is shown can be read there, edited and copied.

use super::{choosing, searching};
use crate::query::{Node, Query, parse, values_of};
use crate::text::{Span, single_spaced};
use crate::tui::counts::{Counted, quoted, term};
use crate::tui::message::Effect;
use crate::tui::state::State;

/// One row of the facets pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetRow {
    /// A heading.
    Head(&'static str),
    /// A value with its count and the term it stands for.
    Value {
        /// The value.
        value: String,
        /// How often.
        count: usize,
        /// The field it is a value of, as the query line names it.
        field: &'static str,
        /// The query asks for it.
        on: bool,
    },
}

/// Values of each facet shown in the pane.
const SHOWN: usize = 12;

/// The rows of the facets pane.
#[must_use]
pub fn facet_rows(state: &State) -> Vec<FacetRow> {
    let line = state.search.line.text();
    let facets = &state.search.facets;
    let groups = [
        ("speaker (quotes)", "speaker", facets.speakers.as_slice()),
        ("type (claims)", "type", facets.types.as_slice()),
        ("source", "source", facets.sources.as_slice()),
        ("month", "date", facets.months.as_slice()),
    ];
    let mut rows = Vec::new();
    for (head, field, values) in groups {
        if values.is_empty() {
            continue;
        }
        rows.push(FacetRow::Head(head));
        let asked = asked(line, field);
        for (value, count) in values.iter().take(SHOWN) {
            rows.push(FacetRow::Value {
                value: value.clone(),
                count: *count,
                field,
                on: asked.iter().any(|(_, values)| values.contains(value)),
            });
        }
    }
    rows
}

/// The facet under the cursor goes into the query, beside the values of its field that are there, or
/// out of it. A date takes one value: another goes in its place.
pub fn take_facet(state: &mut State, effects: &mut Vec<Effect>) {
    let rows = facet_rows(state);
    let Some(FacetRow::Value { field, value, .. }) = rows.get(state.facet.selected) else {
        return;
    };
    let line = state.search.line.text();
    let before = asked(line, field);
    let Some((span, values)) = before.first().filter(|_| *field != "date") else {
        return add(state, &term(field, value), effects);
    };
    let mut values = values.clone();
    if values.contains(value) {
        values.retain(|v| v != value);
    } else {
        values.push(value.clone());
    }
    let terms: Vec<String> = values.iter().map(|v| quoted(v)).collect();
    let term = match terms.is_empty() {
        true => String::new(),
        false => format!("{field}:{}", terms.join(",")),
    };
    let mut changed = line.to_owned();
    if line.get(span.range()).is_some() {
        changed.replace_range(span.range(), &term);
    }
    write(state, &changed, effects);
}

/// The top-level terms of a field in a line, with their values.
fn asked(line: &str, field: &str) -> Vec<(Span, Vec<String>)> {
    let Ok(query) = parse(line) else {
        return Vec::new();
    };
    let values = |span: Span| {
        let (name, values) = span.of(line).split_once(':')?;
        name.eq_ignore_ascii_case(field)
            .then(|| (span, values_of(values)))
    };
    top_level(&query)
        .iter()
        .filter_map(|node| match node {
            Node::Field { span, .. } | Node::Date(_, span) => values(*span),
            _ => None,
        })
        .collect()
}

fn top_level(query: &Query) -> &[Node] {
    match &query.root {
        Some(Node::And(nodes)) => nodes.as_slice(),
        Some(node) => std::slice::from_ref(node),
        None => &[],
    }
}

/// Makes this the query line, white space made single.
fn write(state: &mut State, line: &str, effects: &mut Vec<Effect>) {
    let mut line = single_spaced(line);
    if !line.is_empty() {
        line.push(' ');
    }
    state.search.line.set_text(&line);
    searching::typed(state, effects);
}

/// Puts a term into the query, or takes it out when it is there.
pub fn add(state: &mut State, term: &str, effects: &mut Vec<Effect>) {
    let line = state.search.line.text();
    let changed = if line.contains(term) {
        line.replacen(term, "", 1)
    } else {
        // Another value of a field that takes one at a time goes in its place.
        let kept = without_field(line, term.split(':').next().unwrap_or_default());
        format!("{kept} {term}")
    };
    write(state, &changed, effects);
}

/// The line without its top-level terms of a field.
fn without_field(line: &str, field: &str) -> String {
    let Ok(query) = parse(line) else {
        return line.to_owned();
    };
    let mut kept = line.to_owned();
    for node in top_level(&query).iter().rev() {
        if let Node::Field { span, .. } | Node::Date(_, span) = node
            && span.of(line).starts_with(field)
            && kept.get(span.range()).is_some()
        {
            kept.replace_range(span.range(), "");
        }
    }
    single_spaced(&kept)
}

/// Speakers of the results to choose from.
pub fn open_speakers(state: &mut State, effects: &mut Vec<Effect>) {
    let said = (
        "Only statements of",
        "no speaker found yet in these results",
    );
    choosing::open_counted(state, said, Counted::Speakers, effects);
}

/// Types of claim and kinds of quote to choose from.
pub fn open_types(state: &mut State, effects: &mut Vec<Effect>) {
    let said = ("Only statements with", "");
    choosing::open_counted(state, said, Counted::Types, effects);
}
