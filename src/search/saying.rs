//! `speaker:` and `target:` off the lists of a segment (`store::Said`): which statements they hold of. The same as
//! `evaluate` finds by reading each, where no second field must hold of the same quote or claim, and no second word of
//! the same target.

#[cfg(test)]
mod tests;

use super::evaluate::is_named;
use crate::query::{Field, Node, Query};
use crate::store::{DocNo, Identities, Said, Segment, Snapshot};
use rayon::prelude::*;
use std::sync::Arc;

/// Of every value of a `speaker:` in a query: which identities it names, by number.
#[derive(Debug, Default)]
pub struct Named<'q>(Vec<(&'q [String], Vec<bool>)>);

impl<'q> Named<'q> {
    /// Looks the names up.
    #[must_use]
    pub fn of(query: &'q Query, identities: &Identities) -> Self {
        let mut values = Vec::new();
        if let Some(root) = &query.root {
            gather(root, &mut values);
        }
        let named = |words: &'q [String]| {
            let all = identities.all().par_iter();
            (
                words,
                all.map(|identity| is_named(identity, words)).collect(),
            )
        };
        Self(values.into_iter().map(named).collect())
    }

    fn by(&self, words: &[String]) -> &[bool] {
        let mut all = self.0.iter();
        all.find(|(asked, _)| *asked == words)
            .map_or(&[], |(_, named)| named)
    }
}

/// True for a query that asks who says something, or about whom.
fn asks_said(query: &Query) -> bool {
    query.any(&|node| {
        matches!(
            node,
            Node::Field {
                field: Field::Speaker | Field::Target,
                ..
            }
        )
    })
}

fn gather<'q>(node: &'q Node, values: &mut Vec<&'q [String]>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| gather(node, values)),
        Node::Not(inner) => gather(inner, values),
        Node::Field {
            field: Field::Speaker,
            values: asked,
            ..
        } => values.extend(asked.iter().map(Vec::as_slice)),
        Node::Field { .. } | Node::Text(_) | Node::Date(..) | Node::Has(..) => {}
    }
}

/// Who says something in one segment.
#[derive(Clone, Copy)]
pub struct Saying<'q> {
    said: &'q Said,
    start: DocNo,
    /// With what each value names; `None` where no speaker is asked for.
    identities: Option<(&'q Identities, &'q Named<'q>)>,
}

impl<'q> Saying<'q> {
    /// Of every segment, in their order; `None` where the query does not ask, or it is not known of all: what a
    /// statement is worth must not hang on which segments are done. `identities` where a speaker is asked for.
    #[must_use]
    pub fn all(
        snapshot: &'q Snapshot,
        query: &Query,
        identities: Option<(&'q Identities, &'q Named<'q>)>,
    ) -> Option<Vec<Self>> {
        asks_said(query).then_some(())?;
        let of = |(start, segment): (DocNo, &'q Arc<Segment>)| {
            let said = segment.said()?;
            let is_known = identities.is_none_or(|(known, _)| said.is_known_to(known, start));
            is_known.then_some(Self {
                said,
                start,
                identities,
            })
        };
        snapshot.segments().map(of).collect()
    }

    /// Calls `each` with the statements, some several times, in which one says something of whose names all `words` begin words.
    pub fn each_of(&self, words: &[String], mut each: impl FnMut(u32)) {
        self.said.each_naming(words, &mut each);
        if let Some((identities, named)) = self.identities {
            let asked = named.by(words);
            self.said
                .each_spoken_by(identities, self.start, asked, each);
        }
    }

    /// Calls `each` with the statements, some several times, in which a claim is about what `word` begins a word of.
    pub fn each_about(&self, word: &str, each: impl FnMut(u32)) {
        self.said.each_targeting(word, each);
    }
}
