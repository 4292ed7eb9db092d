//! Who says most in one statement: for a row of a list, which is drawn while somebody waits. Looks at that statement
//! alone, where counting facets walks everybody who is known.

use crate::store::{DocNo, Identities, Packed, Snapshot};
use std::cmp::Reverse;

/// The names of those with the most quotes in a statement, `most` of them at the most; by identity where that is known.
/// The same as the first of [`facets`](super::facets) over this statement.
#[must_use]
pub fn heard<'s>(
    snapshot: &'s Snapshot,
    identities: Option<&'s Identities>,
    doc: DocNo,
    most: usize,
) -> Vec<&'s str> {
    let columns = snapshot.packed(doc).and_then(Packed::quotes);
    let (Some(columns), Some(statement)) = (columns, snapshot.statement(doc)) else {
        return Vec::new();
    };
    let publisher = statement.source.as_ref().map(|s| s.value.as_str());
    let name = |speaker: usize| {
        let identity = identities.and_then(|i| i.identity_of(doc, speaker, &columns, publisher));
        match identity {
            Some(identity) => Some(&*identity.name),
            None => columns.speaker(Some(speaker)).map(|s| s.name),
        }
    };
    let spoken = columns.spoken();
    let mut counts: Vec<(&str, usize)> = spoken
        .filter_map(|(speaker, quotes)| Some((name(speaker)?, quotes)))
        .collect();
    counts.sort_unstable();
    counts.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    counts.sort_by_key(|(_, quotes)| Reverse(*quotes));
    counts.truncate(most);
    counts.into_iter().map(|(name, _)| name).collect()
}
