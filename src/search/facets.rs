//! Counts by a field over a set of statements: who speaks how often, which sources, months, types.
//!
//! Speakers are counted by identity, as [`Snapshot::identities`] last gathered them; before that by name.

use crate::model::{ClaimType, QuoteKind};
use crate::query::{Field, Node, Query};
use crate::store::{DocNo, Packed, Snapshot};
use hashbrown::HashMap;

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

/// The `most` most frequent values with their counts over `docs`, most frequent first, then by name. Statements that
/// are not extracted yet, or have no value, count nowhere.
pub fn facets(
    snapshot: &Snapshot,
    docs: impl Iterator<Item = DocNo>,
    by: FacetBy,
    most: usize,
) -> Vec<(String, usize)> {
    let identities = (by == FacetBy::Speaker)
        .then(|| snapshot.known_identities())
        .flatten();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut add = |value, count| *counts.entry(value).or_default() += count;
    let (mut claims, mut quotes) = (Tally::default(), Tally::default());
    // By identity: a name that is in many statements is looked up in none.
    let mut spoken = vec![0; identities.as_ref().map_or(0, |i| i.all().len())];
    for doc in docs {
        let Some(statement) = snapshot.statement(doc) else {
            continue;
        };
        let packed = snapshot.packed(doc);
        let publisher = statement.source.as_ref().map(|s| s.value.as_str());
        match by {
            FacetBy::Source => publisher.into_iter().for_each(|source| add(source, 1)),
            FacetBy::Month => {
                let month = statement.date.as_ref().and_then(|d| d.value.month());
                month.into_iter().for_each(|month| add(month, 1));
            }
            FacetBy::Kind => statement.kind.iter().for_each(|kind| add(kind, 1)),
            FacetBy::ClaimType => {
                let kinds = packed.map(Packed::kinds).unwrap_or_default();
                kinds.claims().for_each(|kind| claims.count(kind as usize));
            }
            FacetBy::QuoteKind => {
                let kinds = packed.map(Packed::kinds).unwrap_or_default();
                kinds.quotes().for_each(|kind| quotes.count(kind as usize));
            }
            FacetBy::Speaker => {
                let Some(voices) = packed.and_then(Packed::voices) else {
                    continue;
                };
                let speakers = &voices.speakers;
                for (speaker, quotes) in voices.spoken() {
                    let identities = identities.as_ref();
                    let known =
                        identities.and_then(|i| i.number_of(doc, speaker, speakers, publisher));
                    match known.and_then(|number| spoken.get_mut(number)) {
                        Some(count) => *count += quotes,
                        None => speakers
                            .get(speaker)
                            .into_iter()
                            .for_each(|speaker| add(speaker.name, quotes)),
                    }
                }
            }
        }
    }
    let groups = identities.iter().flat_map(|i| i.all());
    // Most of them say nothing in these statements.
    groups
        .zip(spoken)
        .filter(|(_, count)| *count > 0)
        .for_each(|(identity, count)| add(&identity.name, count));
    let types = ClaimType::ALL.iter().map(|kind| kind.name());
    types
        .zip(claims.0)
        .for_each(|(kind, count)| add(kind, count));
    let kinds = QuoteKind::ALL.iter().map(|kind| kind.name());
    kinds
        .zip(quotes.0)
        .for_each(|(kind, count)| add(kind, count));
    let mut counts: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| *n > 0).collect();
    let most_frequent = |a: &(&str, usize), b: &(&str, usize)| b.1.cmp(&a.1).then(a.0.cmp(b.0));
    if counts.len() > most {
        // Of a hundred thousand names a reader sees forty: the others are neither ordered nor copied.
        counts.select_nth_unstable_by(most, most_frequent);
        counts.truncate(most);
    }
    counts.sort_unstable_by(most_frequent);
    counts.into_iter().map(|(v, n)| (v.to_owned(), n)).collect()
}

/// Counts by the number of a kind: there are a million claims to count, and a dozen kinds.
#[derive(Default)]
struct Tally([usize; 16]);

impl Tally {
    fn count(&mut self, kind: usize) {
        if let Some(count) = self.0.get_mut(kind) {
            *count += 1;
        }
    }
}
