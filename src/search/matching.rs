//! The statements of one segment that a query's words leave, with scores: read off the word index and the lists of who
//! says something, the text is hardly touched. What neither decides (other fields, one quote that holds all words) is
//! left to `evaluate`, which gets a superset. Must not read quotes and claims.

mod lists;
mod texts;

use super::beginnings::begin_words;
use super::evaluate::stated;
use super::needs::asks_item;
use super::rank::Weights;
use super::saying::Saying;
use super::scan::Scanner;
use super::typed::Kept;
use super::vocabulary::Corrections;
use crate::query::{Field, Node, Query};
use crate::store::{Segment, WordIndex};
use hashbrown::HashMap;
use lists::{difference, intersection, union};
use std::cell::RefCell;
use std::sync::Arc;

/// A statement of the segment that matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Its position in the segment.
    pub doc: u32,
    /// Higher is better.
    pub score: f32,
}

/// A query, about to be answered for one segment.
pub struct Matcher<'q> {
    query: &'q Query,
    segment: &'q Segment,
    index: &'q WordIndex,
    weights: &'q Weights,
    scanner: &'q Scanner<'q>,
    stop: &'q (dyn Fn() -> bool + Sync),
    memory: Option<Memory<'q>>,
    saying: Option<Saying<'q>>,
}

/// Of a line that is typed.
struct Memory<'q> {
    corrections: &'q Corrections,
    /// What was found of the texts of the line before.
    before: &'q [Arc<Kept>],
    /// The same of this line.
    now: RefCell<Vec<Arc<Kept>>>,
}

impl<'q> Matcher<'q> {
    /// `scanner` must have been made of [`all_texts`](super::needs::all_texts) and the segment. Once `stop`
    /// says so, what comes out is worth nothing.
    #[must_use]
    pub fn new(
        query: &'q Query,
        scanner: &'q Scanner<'q>,
        weights: &'q Weights,
        segment: &'q Segment,
        stop: &'q (dyn Fn() -> bool + Sync),
    ) -> Self {
        Self {
            query,
            segment,
            index: segment.index(),
            weights,
            scanner,
            stop,
            memory: None,
            saying: None,
        }
    }

    /// The same, that knows what the search before found in this segment, and keeps what it finds.
    #[must_use]
    pub fn after(self, before: &'q [Arc<Kept>], corrections: &'q Corrections) -> Self {
        let memory = Memory {
            corrections,
            before,
            now: RefCell::default(),
        };
        Self {
            memory: Some(memory),
            ..self
        }
    }

    /// The same, that knows who says something in the segment.
    #[must_use]
    pub fn knowing(self, saying: Saying<'q>) -> Self {
        Self {
            saying: Some(saying),
            ..self
        }
    }

    /// The statements, ascending.
    #[must_use]
    pub fn matches(&self) -> Vec<Match> {
        let root = self.query.root.as_ref();
        root.and_then(|root| self.node(root))
            .unwrap_or_else(|| self.all())
    }

    /// What was found of each text, for the search after this one.
    #[must_use]
    pub fn kept(self) -> Vec<Arc<Kept>> {
        self.memory
            .map(|memory| memory.now.into_inner())
            .unwrap_or_default()
    }

    fn all(&self) -> Vec<Match> {
        let docs = 0..u32::try_from(self.index.len()).unwrap_or(u32::MAX);
        docs.map(|doc| Match { doc, score: 0.0 }).collect()
    }

    /// `None` where the index cannot narrow anything down.
    fn node(&self, node: &Node) -> Option<Vec<Match>> {
        match node {
            Node::Text(text) => Some(self.text(text)),
            Node::And(nodes) => self.and(nodes),
            Node::Or(nodes) => {
                let mut all = Vec::new();
                for node in nodes {
                    all = union(&all, &self.node(node)?);
                }
                Some(all)
            }
            Node::Not(_) => self.and(std::slice::from_ref(node)),
            Node::Field {
                field: Field::Title,
                values,
                ..
            } => Some(self.titled(values)),
            Node::Field {
                field: field @ (Field::Source | Field::Place),
                values,
                ..
            } => Some(self.stated(*field, values)),
            Node::Field { field, values, .. } => self.holding(*field, values),
            Node::Date(..) | Node::Has(..) => None,
        }
    }

    /// The statements where the field of one quote or claim holds all words of a value; for a target of several words a
    /// superset: they may be of several targets.
    fn holding(&self, field: Field, values: &[Vec<String>]) -> Option<Vec<Match>> {
        let saying = self.saying.as_ref()?;
        match field {
            Field::Speaker => Some(self.marked(|mark| {
                for words in values {
                    saying.each_of(words, &mut *mark);
                }
            })),
            Field::Target => {
                Some(self.with_words(values, |word, mark| saying.each_about(word, mark)))
            }
            _ => None,
        }
    }

    /// The statements that are marked, ascending, each once.
    fn marked(&self, mark: impl FnOnce(&mut dyn FnMut(u32))) -> Vec<Match> {
        let mut marked = vec![false; self.index.len()];
        mark(&mut |doc| {
            if let Some(marked) = marked.get_mut(doc as usize) {
                *marked = true;
            }
        });
        let all = self.all().into_iter().zip(marked);
        all.filter_map(|(m, marked)| marked.then_some(m)).collect()
    }

    /// The statements of which a field holds all words of one of these. There are few sources and many statements:
    /// each value is read once.
    fn stated(&self, field: Field, values: &[Vec<String>]) -> Vec<Match> {
        let mut known: HashMap<&str, bool> = HashMap::new();
        let statements = (0..).zip(self.segment.statements());
        let holds = |(doc, statement)| {
            let value = stated(field, statement)?;
            let holds = *known
                .entry(value)
                .or_insert_with(|| values.iter().any(|words| begin_words(words, value)));
            holds.then_some(Match { doc, score: 0.0 })
        };
        statements.filter_map(holds).collect()
    }

    /// The statements in whose titles words begin with all words of one of these.
    fn titled(&self, values: &[Vec<String>]) -> Vec<Match> {
        self.with_words(values, |word, mark| {
            let begun = self.index.vocabulary().beginning(word);
            let postings = self.index.postings_of_all(begun).filter(|p| p.in_title);
            postings.for_each(|posting| mark(posting.doc));
        })
    }

    /// The statements that `of` marks for all words of one of these.
    fn with_words(
        &self,
        values: &[Vec<String>],
        of: impl Fn(&str, &mut dyn FnMut(u32)),
    ) -> Vec<Match> {
        let of_all = |words: &Vec<String>| {
            let each = words.iter().map(|word| self.marked(|mark| of(word, mark)));
            each.reduce(|left, next| intersection(&left, &next))
                .unwrap_or_else(|| self.all())
        };
        let each = values.iter().map(of_all);
        each.reduce(|all, next| union(&all, &next))
            .unwrap_or_default()
    }

    fn and(&self, nodes: &[Node]) -> Option<Vec<Match>> {
        let mut left: Option<Vec<Match>> = None;
        for node in nodes {
            if matches!(node, Node::Not(_)) {
                continue;
            }
            if (self.stop)() {
                return None;
            }
            if let Some(found) = self.node(node) {
                left = Some(match left {
                    Some(left) => intersection(&left, &found),
                    None => found,
                });
            }
        }
        for node in nodes {
            // A superset must not be taken away; nor may one quote's words go for all quotes'.
            if let Node::Not(inner) = node
                && !self.query.zone.is_item()
                && self.decides(inner)
                && let Some(found) = self.node(inner)
            {
                let all = left.unwrap_or_else(|| self.all());
                left = Some(difference(all, &found));
            }
        }
        left
    }

    /// True when the index or the lists decide this node, so that its complement is right too.
    fn decides(&self, node: &Node) -> bool {
        match node {
            Node::Text(_) => true,
            Node::And(nodes) => nodes.iter().all(|n| self.decides(n)) && !ask_one_item(nodes),
            Node::Or(nodes) => nodes.iter().all(|n| self.decides(n)),
            Node::Not(inner) => self.decides(inner),
            Node::Field { field, values, .. } => match field {
                Field::Title | Field::Source | Field::Place => true,
                Field::Speaker => self.saying.is_some(),
                Field::Target => {
                    self.saying.is_some() && values.iter().all(|words| words.len() == 1)
                }
                _ => false,
            },
            Node::Date(..) | Node::Has(..) => false,
        }
    }

    /// What is left to be evaluated of the query: what of it is not decided, or all of it where the words must stand in
    /// one quote or claim. `None` when nothing is left.
    #[must_use]
    pub fn undecided(&self) -> Option<Query> {
        let root = self.query.root.as_ref()?;
        if self.query.zone.is_item() {
            return Some(self.query.clone());
        }
        let root = match root {
            node if self.decides(node) => return None,
            Node::And(nodes) => {
                let one = ask_one_item(nodes);
                let is_left = |n: &&Node| !self.decides(n) || (one && asks_item(n));
                let left = nodes.iter().filter(is_left);
                Node::And(left.cloned().collect())
            }
            node => node.clone(),
        };
        Some(Query {
            root: Some(root),
            ..self.query.clone()
        })
    }
}

/// True for nodes of which several must hold of one and the same quote or claim: that is told by none alone.
fn ask_one_item(nodes: &[Node]) -> bool {
    nodes.iter().filter(|node| asks_item(node)).count() > 1
}
