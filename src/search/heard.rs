//! Who says most in one statement: for a row of a list, which is drawn while somebody waits. Looks at that statement
//! alone, where counting facets walks everybody who is known.

use crate::store::{DocNo, Identities, Packed, Snapshot, most_heard};

/// The names of those with the most quotes in a statement, three at the most; by identity where that is known. The same
/// as the first of [`facets`](super::facets) over this statement.
#[must_use]
pub fn heard<'s>(
    snapshot: &'s Snapshot,
    identities: Option<&'s Identities>,
    doc: DocNo,
) -> Vec<&'s str> {
    if let Some(told) = identities.and_then(|identities| identities.heard(doc)) {
        return told.into_iter().map(|identity| &*identity.name).collect();
    }
    let voices = snapshot.packed(doc).and_then(Packed::voices);
    let (Some(voices), Some(statement)) = (voices, snapshot.statement(doc)) else {
        return Vec::new();
    };
    let publisher = statement.source.as_ref().map(|s| s.value.as_str());
    let name = |speaker: usize| {
        let speakers = &voices.speakers;
        let identity = identities.and_then(|i| i.identity_of(doc, speaker, speakers, publisher));
        match identity {
            Some(identity) => Some(&*identity.name),
            None => speakers.get(speaker).map(|speaker| speaker.name),
        }
    };
    let spoken = voices.spoken();
    let named = spoken.filter_map(|(speaker, quotes)| {
        let name = name(speaker)?;
        Some((name, name, quotes))
    });
    most_heard(named.collect()).collect()
}
