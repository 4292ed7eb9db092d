//! Counts of results to choose from, each with the term it puts into the query: speakers, or types of claim, kinds of
//! quote and of document. Pure: where the results are many a thread asks, where they are few the key itself.

use super::rows::{Choice, Row, Rows};
use crate::model::{ClaimType, QuoteKind};
use crate::search::{FacetBy, facets};
use crate::store::{DocNo, Snapshot};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Who speaks, by quotes.
    Speakers,
    /// Types of claim and kinds of quote, by claims and quotes, and kinds of document.
    Types,
}

/// The rows of a list; `None` when it was stopped.
pub fn count(
    snapshot: &Snapshot,
    docs: impl Iterator<Item = DocNo> + Clone,
    counted: Counted,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Rows> {
    let by = |by| {
        let counts = facets(
            snapshot,
            docs.clone().take_while(|_| !stop()),
            by,
            usize::MAX,
        );
        (!stop()).then_some(counts)
    };
    match counted {
        Counted::Speakers => Some(Rows::Speakers(by(FacetBy::Speaker)?.into_iter().collect())),
        Counted::Types => {
            let (claims, quotes) = (by(FacetBy::ClaimType)?, by(FacetBy::QuoteKind)?);
            let claims = ClaimType::ALL
                .iter()
                .map(|t| of(&claims, t.name(), "claim"));
            let quotes = QuoteKind::ALL
                .iter()
                .map(|k| of(&quotes, k.name(), "quote"));
            let kinds = by(FacetBy::Kind)?;
            let kinds = kinds.iter().map(|(name, n)| row(name, *n, "document"));
            Some(Rows::Made(claims.chain(quotes).chain(kinds).collect()))
        }
    }
}

/// The row of a type, which has one also where there is none of it.
fn of(counts: &[(String, usize)], name: &str, what: &str) -> Row {
    let count = counts.iter().find(|(counted, _)| counted == name);
    row(name, count.map_or(0, |(_, count)| *count), what)
}

fn row(name: &str, count: usize, what: &str) -> Row {
    Row {
        text: name.to_owned(),
        detail: what.to_owned(),
        lead: count.to_string(),
        choice: Choice::Narrow(term("type", name)),
    }
}

/// A value of a field as it stands in the query line.
#[must_use]
pub fn term(field: &str, value: &str) -> String {
    format!("{field}:{}", quoted(value))
}

/// A value as it is typed: in quotation marks where it needs them.
#[must_use]
pub fn quoted(value: &str) -> String {
    let plain = value
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.'));
    if plain {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('"', " "))
    }
}
