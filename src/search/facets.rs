//! Counts by a field over a set of statements: who speaks how often, which sources, months, types.
//!
//! Speakers are counted by identity, as [`Snapshot::identities`] last gathered them; before that by name.

use crate::model::QuoteKind;
use crate::query::{Field, Node, Query};
use crate::store::{DocNo, Snapshot};
use std::collections::HashMap;

/// What to count by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FacetBy {
    /// Resolved speakers: quotes each.
    Speaker,
    /// Sources: statements each.
    Source,
    /// Months: statements each.
    Month,
    /// Claim types: claims each.
    ClaimType,
    /// Quote kinds: quotes each.
    QuoteKind,
    /// Kinds of document: statements each.
    Kind,
}

impl FacetBy {
    /// All, with the name used on the command line.
    pub const ALL: [(&'static str, Self); 6] = [
        ("speaker", Self::Speaker),
        ("source", Self::Source),
        ("month", Self::Month),
        ("type", Self::ClaimType),
        ("quote", Self::QuoteKind),
        ("kind", Self::Kind),
    ];
}

/// The query without its top-level terms that a facet writes, so that its other values can be counted
/// and taken beside those; `None` when it holds none.
#[must_use]
pub fn without_facet(query: &Query, by: FacetBy) -> Option<Query> {
    let field = match by {
        FacetBy::Speaker => Field::Speaker,
        FacetBy::Source => Field::Source,
        FacetBy::ClaimType | FacetBy::QuoteKind | FacetBy::Kind => Field::Type,
        FacetBy::Month => return None,
    };
    let is_of = |node: &Node| matches!(node, Node::Field { field: f, .. } if *f == field);
    let root = match query.root.as_ref()? {
        Node::And(nodes) if nodes.iter().any(is_of) => {
            let kept: Vec<Node> = nodes.iter().filter(|n| !is_of(n)).cloned().collect();
            (!kept.is_empty()).then_some(Node::And(kept))
        }
        node if is_of(node) => None,
        _ => return None,
    };
    Some(Query {
        root,
        ..query.clone()
    })
}

/// Values with their counts over `docs`, most frequent first, then by name. Statements that are not
/// extracted yet, or have no value, count nowhere.
pub fn facets(
    snapshot: &Snapshot,
    docs: impl Iterator<Item = DocNo>,
    by: FacetBy,
) -> Vec<(String, usize)> {
    let identities = (by == FacetBy::Speaker)
        .then(|| snapshot.known_identities())
        .flatten();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for doc in docs {
        let Some(statement) = snapshot.statement(doc) else {
            continue;
        };
        match by {
            FacetBy::Source => {
                if let Some(source) = &statement.source {
                    *counts.entry(&source.value).or_default() += 1;
                }
            }
            FacetBy::Month => {
                if let Some(month) = statement.date.as_ref().and_then(|d| d.value.month()) {
                    *counts.entry(month).or_default() += 1;
                }
            }
            FacetBy::Kind => {
                if let Some(kind) = &statement.kind {
                    *counts.entry(kind).or_default() += 1;
                }
            }
            FacetBy::Speaker | FacetBy::ClaimType | FacetBy::QuoteKind => {
                let Some(extraction) = snapshot.extraction(doc) else {
                    continue;
                };
                match by {
                    FacetBy::ClaimType => {
                        for claim in &extraction.claims {
                            *counts.entry(claim.kind.name()).or_default() += 1;
                        }
                    }
                    FacetBy::QuoteKind => {
                        for quote in &extraction.quotes {
                            *counts.entry(quote.kind.name()).or_default() += 1;
                        }
                    }
                    _ => {
                        let quotes = extraction
                            .quotes
                            .iter()
                            .filter(|q| q.kind != QuoteKind::Scare);
                        let publisher = statement.source.as_ref().map(|s| s.value.as_str());
                        for speaker in quotes.filter_map(|q| q.speaker.as_ref()) {
                            let identity =
                                identities.as_ref().and_then(|i| i.of(speaker, publisher));
                            let name = identity.map_or(speaker.name.as_str(), |i| &i.name);
                            *counts.entry(name).or_default() += 1;
                        }
                    }
                }
            }
        }
    }
    let mut counts: Vec<(String, usize)> =
        counts.into_iter().map(|(v, n)| (v.to_owned(), n)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}
