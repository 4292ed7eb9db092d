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

/// Who says something, by segment.
pub struct Sayings<'q> {
    /// Of every segment, in their order: its first statement, and its lists.
    segments: Vec<(DocNo, &'q Said)>,
    /// Where a speaker is asked for.
    known: Option<Known<'q>>,
}

/// Who is whom, and for every value of a `speaker:` which of them it names, by number.
struct Known<'q> {
    identities: &'q Identities,
    named: Vec<(&'q [String], Vec<bool>)>,
}

impl<'q> Sayings<'q> {
    /// `None` where the query does not ask, or it is not known of all segments: what a statement is worth must not
    /// hang on which of them are done. `identities` where a speaker is asked for.
    #[must_use]
    pub fn of(
        snapshot: &'q Snapshot,
        query: &'q Query,
        identities: Option<&'q Identities>,
    ) -> Option<Self> {
        let leaves = query.leaves();
        leaves.iter().find(|node| asks_said(node))?;
        let said = |(start, segment): (DocNo, &'q Arc<Segment>)| {
            let said = segment.said()?;
            let is_known = identities.is_none_or(|known| said.is_known_to(known, start));
            is_known.then_some((start, said))
        };
        Some(Self {
            segments: snapshot.segments().map(said).collect::<Option<_>>()?,
            // The longest work, and last: it is for nothing where one of the lists is missing.
            known: identities.map(|identities| Known::of(&leaves, identities)),
        })
    }

    /// Of segment `number`.
    #[must_use]
    pub fn of_segment(&self, number: usize) -> Option<Saying<'_>> {
        let (start, said) = *self.segments.get(number)?;
        Some(Saying {
            said,
            start,
            known: self.known.as_ref(),
        })
    }
}

impl<'q> Known<'q> {
    fn of(leaves: &[&'q Node], identities: &'q Identities) -> Self {
        let speakers = leaves.iter().filter_map(|node| match node {
            Node::Field { field, values, .. } if *field == Field::Speaker => Some(values),
            _ => None,
        });
        let named = |words: &'q Vec<String>| {
            let all = identities.all().par_iter();
            let named = all.map(|identity| is_named(identity, words)).collect();
            (words.as_slice(), named)
        };
        Self {
            identities,
            named: speakers.flatten().map(named).collect(),
        }
    }

    fn named_by(&self, words: &[String]) -> &[bool] {
        let mut all = self.named.iter();
        all.find(|(asked, _)| *asked == words)
            .map_or(&[], |(_, named)| named)
    }
}

/// True for a field that asks who says something, or about whom.
fn asks_said(node: &Node) -> bool {
    matches!(node, Node::Field { field, .. } if matches!(field, Field::Speaker | Field::Target))
}

/// Who says something in one segment.
pub struct Saying<'s> {
    said: &'s Said,
    start: DocNo,
    known: Option<&'s Known<'s>>,
}

impl Saying<'_> {
    /// Calls `each` with the statements, some several times, in which one says something of whose names all `words` begin words.
    pub fn each_of(&self, words: &[String], mut each: impl FnMut(u32)) {
        self.said.each_naming(words, &mut each);
        if let Some(known) = self.known {
            let asked = known.named_by(words);
            self.said
                .each_spoken_by(known.identities, self.start, asked, each);
        }
    }

    /// Calls `each` with the statements, some several times, in which a claim is about what `word` begins a word of.
    pub fn each_about(&self, word: &str, each: impl FnMut(u32)) {
        self.said.each_targeting(word, each);
    }
}
