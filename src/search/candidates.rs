//! The query as the engine understands it: a superset of the answer, with scores. What the engine
//! cannot decide (fields, one quote holding all words, capitals) is left to `evaluate`.

use super::vocabulary::Corrections;
use crate::query::{Node, Query, Text, Zone};
use crate::store::{Fields, WordIndex};
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur,
    PhraseQuery, Query as EngineQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// A word in the title tells more of what a statement is about than one in its body.
const TITLE_BOOST: f32 = 3.0;
/// What a longer word with the typed beginning counts, against about 1 to 10 for the word itself.
const PREFIX_SCORE: f32 = 0.3;
/// What a word spelt alike counts.
const ALIKE_BOOST: f32 = 0.2;

/// The engine's query for one segment.
#[must_use]
pub fn engine_query(
    query: &Query,
    corrections: &Corrections,
    index: &WordIndex,
) -> Box<dyn EngineQuery> {
    let builder = Builder {
        corrections,
        fields: index.fields(),
        zone: query.zone,
    };
    query
        .root
        .as_ref()
        .and_then(|root| builder.node(root))
        .unwrap_or_else(|| Box::new(AllQuery))
}

struct Builder<'q> {
    corrections: &'q Corrections,
    fields: Fields,
    zone: Zone,
}

impl Builder<'_> {
    /// `None` where the engine cannot narrow anything down.
    fn node(&self, node: &Node) -> Option<Box<dyn EngineQuery>> {
        match node {
            Node::Text(text) => Some(self.text(text)),
            Node::And(nodes) => {
                let parts: Vec<_> = nodes.iter().filter_map(|n| self.clause(n)).collect();
                let narrows = parts.iter().any(|(occur, _)| *occur == Occur::Must);
                match parts.is_empty() {
                    true => None,
                    false if narrows => Some(Box::new(BooleanQuery::new(parts))),
                    false => Some(all_but(parts)),
                }
            }
            Node::Or(nodes) => {
                let parts: Option<Vec<_>> = nodes.iter().map(|n| self.node(n)).collect();
                parts.map(any)
            }
            Node::Not(_) => self.clause(node).map(|clause| all_but(vec![clause])),
            Node::Field { .. } | Node::Date(..) | Node::Has(..) => None,
        }
    }

    fn clause(&self, node: &Node) -> Option<(Occur, Box<dyn EngineQuery>)> {
        match node {
            Node::Not(inner) if self.zone.is_item() || !decides(inner) => None,
            Node::Not(inner) => self.node(inner).map(|query| (Occur::MustNot, query)),
            node => self.node(node).map(|query| (Occur::Must, query)),
        }
    }

    fn text(&self, text: &Text) -> Box<dyn EngineQuery> {
        let fields: &[(Field, f32)] = match self.zone {
            Zone::Anywhere => &[(self.fields.body, 1.0), (self.fields.title, TITLE_BOOST)],
            Zone::Title => &[(self.fields.title, TITLE_BOOST)],
            Zone::Body | Zone::Quote | Zone::Claim => &[(self.fields.body, 1.0)],
        };
        any(fields
            .iter()
            .map(|&(field, boost)| -> Box<dyn EngineQuery> {
                Box::new(BoostQuery::new(self.text_in(text, field), boost))
            })
            .collect())
    }

    fn text_in(&self, text: &Text, field: Field) -> Box<dyn EngineQuery> {
        let corrected = text
            .words
            .iter()
            .any(|w| self.corrections.contains_key(&w.folded));
        if text.words.len() > 1 && text.slop == 0 && !text.prefix && !corrected {
            let terms = text
                .words
                .iter()
                .map(|w| Term::from_field_text(field, &w.folded))
                .collect();
            return Box::new(PhraseQuery::new(terms));
        }
        let last = text.words.len() - 1;
        let words = text.words.iter().enumerate();
        let parts: Vec<(Occur, Box<dyn EngineQuery>)> = words
            .map(|(at, word)| {
                (
                    Occur::Must,
                    self.word(&word.folded, text.prefix && at == last, field),
                )
            })
            .collect();
        Box::new(BooleanQuery::new(parts))
    }

    fn word(&self, word: &str, prefix: bool, field: Field) -> Box<dyn EngineQuery> {
        let term = |word: &str| Term::from_field_text(field, word);
        let exact = |word: &str| -> Box<dyn EngineQuery> {
            Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
        };
        let mut parts = vec![exact(word)];
        if prefix {
            let longer = FuzzyTermQuery::new_prefix(term(word), 0, true);
            parts.push(Box::new(ConstScoreQuery::new(
                Box::new(longer),
                PREFIX_SCORE,
            )));
        }
        for alike in self.corrections.get(word).into_iter().flatten() {
            parts.push(Box::new(BoostQuery::new(exact(alike), ALIKE_BOOST)));
        }
        any(parts)
    }
}

/// True when the engine alone decides this node, so that its complement is right too.
pub fn decides(node: &Node) -> bool {
    match node {
        Node::Text(text) => {
            let folded_only = text.words.iter().all(|w| !w.case && !w.accent);
            let exact_phrase =
                text.words.len() == 1 || (text.slop == 0 && !text.prefix && !text.fuzzy);
            folded_only && exact_phrase
        }
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(decides),
        Node::Not(inner) => decides(inner),
        Node::Field { .. } | Node::Date(..) | Node::Has(..) => false,
    }
}

fn any(mut parts: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::union(parts)),
    }
}

fn all_but(mut parts: Vec<(Occur, Box<dyn EngineQuery>)>) -> Box<dyn EngineQuery> {
    parts.push((Occur::Must, Box::new(AllQuery)));
    Box::new(BooleanQuery::new(parts))
}
