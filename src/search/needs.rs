//! What a query asks for, told from its parts alone: which texts, and whether quotes, claims or identities are needed to answer.
//!
//! Looks at no statement.

use crate::model::{ClaimType, QuoteKind};
use crate::query::{Field, Has, Node, Query, Text};

/// Every text of the query: first those that must or may occur (as [`Query::texts`] gives them, so
/// that their numbers agree), then those that must not.
#[must_use]
pub fn all_texts(query: &Query) -> Vec<&Text> {
    let mut texts = query.texts();
    if let Some(root) = &query.root {
        collect_negated(root, false, &mut texts);
    }
    texts
}

fn collect_negated<'q>(node: &'q Node, negated: bool, out: &mut Vec<&'q Text>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|n| collect_negated(n, negated, out))
        }
        Node::Not(inner) => collect_negated(inner, true, out),
        Node::Text(text) if negated => out.push(text),
        _ => {}
    }
}

/// True when the answer needs quotes and claims.
#[must_use]
pub fn needs_extraction(query: &Query) -> bool {
    let needs = |node: &Node| {
        asks_item(node) || matches!(node, Node::Has(Has::Quote | Has::Claim | Has::Speaker, _))
    };
    query.zone.is_item() || query.leaves().into_iter().any(needs)
}

/// True when the query asks for quotes or claims by what they are: such places can be gone to.
#[must_use]
pub fn asks_items(query: &Query) -> bool {
    fn asks(node: &Node) -> bool {
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks),
            Node::Field { field, values, .. } => of_items(*field, values),
            Node::Not(_) | Node::Has(..) | Node::Text(_) | Node::Date(..) => false,
        }
    }
    query.root.as_ref().is_some_and(asks)
}

/// True when the answer depends on who is whom.
#[must_use]
pub fn needs_identities(query: &Query) -> bool {
    let asks = |node: &Node| matches!(node, Node::Field { field, .. } if *field == Field::Speaker);
    query.leaves().into_iter().any(asks)
}

/// True for a field that is asked of a quote or a claim and not of the statement.
#[must_use]
pub fn asks_item(node: &Node) -> bool {
    matches!(node, Node::Field { field, values, .. } if of_items(*field, values))
}

/// True for such a field, by its name and what is asked of it: a type may be one of a claim or of a quote, or of the statement.
pub fn of_items(field: Field, values: &[Vec<String>]) -> bool {
    match field {
        Field::Speaker | Field::Target => true,
        Field::Type => values.iter().flatten().any(|name| is_item_type(name)),
        _ => false,
    }
}

fn is_item_type(name: &str) -> bool {
    ClaimType::from_name(name).is_some() || QuoteKind::ALL.iter().any(|k| k.name() == name)
}

/// True when the query asks for marks that distance, which are shown to nobody who does not.
pub fn asks_for_scare(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks_for_scare),
        Node::Field {
            field: Field::Type,
            values,
            ..
        } => values
            .iter()
            .flatten()
            .any(|v| v == QuoteKind::Scare.name()),
        _ => false,
    }
}
