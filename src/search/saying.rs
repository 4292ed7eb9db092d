//! `speaker:` and `target:` off the lists of a segment (`store::Said`): which statements they hold of. The same as
//! `evaluate` finds by reading each, where no second field must hold of the same quote or claim, and no second word of
//! the same target.

#[cfg(test)]
mod tests;

use super::asked::Asked;
use crate::query::{Field, Node, Query};
use crate::store::{DocNo, Identities, Said, Segment};

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
        let named = |words: &'q [String]| (words, identities.begun(words));
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
    fn asks(node: &Node) -> bool {
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks),
            Node::Not(inner) => asks(inner),
            Node::Field { field, .. } => matches!(field, Field::Speaker | Field::Target),
            Node::Text(_) | Node::Date(..) | Node::Has(..) => false,
        }
    }
    query.root.as_ref().is_some_and(asks)
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
pub struct Saying<'q> {
    said: &'q Said,
    start: DocNo,
    /// With what each value names; `None` where no speaker is asked for.
    identities: Option<(&'q Identities, &'q Named<'q>)>,
}

impl<'q> Saying<'q> {
    /// `None` where it is not known of all statements, or not asked; `start` is the first of the segment.
    #[must_use]
    pub fn of(segment: &'q Segment, start: DocNo, asked: &Asked<'q>) -> Option<Self> {
        asks_said(asked.query).then_some(())?;
        let said = segment.said()?;
        let identities = asked.identities;
        if identities.is_some_and(|identities| !said.is_known_to(identities, start)) {
            return None;
        }
        Some(Self {
            said,
            start,
            identities: identities.map(|identities| (identities, asked.named)),
        })
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
