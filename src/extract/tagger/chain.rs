//! A linear-chain model: the best labelling of a sequence under weights of features and of neighbouring labels
//! (conditional random field; Lafferty, McCallum and Pereira 2001), and how probable it is.
//!
//! Knows labels as numbers. What labels mean and which features there are is the matter of `cues` and `roles`.

use crate::extract::weights::{Weights, feature};

/// Template of the features of two neighbouring labels.
const EDGE: u32 = 1;

/// The hash of the feature "label `before` stands in front of a place of class `class`".
#[must_use]
pub fn edge(class: usize, before: usize) -> u64 {
    feature(EDGE, class as u64, before as u64)
}

/// A model of `LABELS` labels; scores of neighbouring labels are read out of the weights once.
#[derive(Debug)]
pub struct Chain<'b, const LABELS: usize> {
    weights: Weights<'b>,
    /// `[class][before][label]`, as logarithms and as plain factors.
    edges: Vec<[[f32; LABELS]; LABELS]>,
    factors: Vec<[[f32; LABELS]; LABELS]>,
    scale: f32,
}

/// Room for one sequence after another.
#[derive(Debug)]
pub struct Lattice<const LABELS: usize> {
    /// Scores of labels, place by place.
    pub nodes: Vec<[f32; LABELS]>,
    /// Edge class of each place.
    classes: Vec<u8>,
    best: Vec<[f32; LABELS]>,
    from: Vec<[u8; LABELS]>,
    forward: Vec<[f32; LABELS]>,
    backward: Vec<[f32; LABELS]>,
    factors: Vec<[f32; LABELS]>,
    /// The best labels, after [`Chain::decode`].
    pub labels: Vec<u8>,
    /// Log of the sum over all labellings, after [`Chain::sums`].
    pub total: f32,
}

impl<const LABELS: usize> Default for Lattice<LABELS> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            classes: Vec::new(),
            best: Vec::new(),
            from: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
            factors: Vec::new(),
            labels: Vec::new(),
            total: 0.0,
        }
    }
}

/// A score that no path survives.
pub const NEVER: f32 = -1.0e6;

impl<const LABELS: usize> Lattice<LABELS> {
    /// Empties it.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.classes.clear();
    }

    /// Adds a place with these scores.
    pub fn push_scores(&mut self, class: u8, scores: [f32; LABELS]) {
        self.nodes.push(scores);
        self.classes.push(class);
    }

    /// How many places it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl<'b, const LABELS: usize> Chain<'b, LABELS> {
    /// `legal(before, label)` says which neighbours may be.
    #[must_use]
    pub fn new(weights: Weights<'b>, classes: usize, legal: fn(usize, usize) -> bool) -> Self {
        let scale = weights.scale();
        let mut edges = vec![[[NEVER; LABELS]; LABELS]; classes];
        for (class, table) in edges.iter_mut().enumerate() {
            for (before, row) in table.iter_mut().enumerate() {
                let scores = weights.sum::<LABELS>(&[edge(class, before)]);
                for (label, (slot, score)) in row.iter_mut().zip(scores).enumerate() {
                    if legal(before, label) {
                        *slot = score as f32 * scale;
                    }
                }
            }
        }
        let factors = edges.iter().map(|t| t.map(|r| r.map(f32::exp))).collect();
        Self {
            weights,
            edges,
            factors,
            scale,
        }
    }

    /// The weights of its features.
    #[must_use]
    pub fn weights(&self) -> &Weights<'b> {
        &self.weights
    }

    /// Scores in the model's own terms.
    #[inline]
    #[must_use]
    pub fn scaled(&self, scores: [i32; LABELS]) -> [f32; LABELS] {
        scores.map(|s| s as f32 * self.scale)
    }

    /// Finds the best labelling; its score.
    pub fn decode(&self, lattice: &mut Lattice<LABELS>) -> f32 {
        lattice.labels.clear();
        lattice.best.clear();
        lattice.from.clear();
        // The first place follows label 0, outside.
        let mut last = [NEVER; LABELS];
        if let Some(first) = last.first_mut() {
            *first = 0.0;
        }
        for (node, class) in lattice.nodes.iter().zip(&lattice.classes) {
            let Some(table) = self.edges.get(usize::from(*class)) else {
                break;
            };
            let (mut best, mut from) = ([f32::NEG_INFINITY; LABELS], [0u8; LABELS]);
            for (before, (path, row)) in last.iter().zip(table).enumerate() {
                for ((edge, top), way) in row.iter().zip(&mut best).zip(&mut from) {
                    let score = path + edge;
                    if score > *top {
                        *top = score;
                        *way = before as u8;
                    }
                }
            }
            for (top, score) in best.iter_mut().zip(node) {
                *top += score;
            }
            lattice.best.push(best);
            lattice.from.push(from);
            last = best;
        }
        if lattice.nodes.is_empty() {
            return 0.0;
        }
        let (mut label, score) =
            last.iter()
                .enumerate()
                .fold((0usize, f32::NEG_INFINITY), |top, (i, s)| {
                    if *s > top.1 { (i, *s) } else { top }
                });
        lattice.labels.resize(lattice.from.len(), 0);
        for (slot, from) in lattice.labels.iter_mut().zip(&lattice.from).rev() {
            *slot = label as u8;
            label = usize::from(from.get(label).copied().unwrap_or(0));
        }
        score
    }

    /// The score of the labels that `lattice` holds.
    #[must_use]
    pub fn score(&self, lattice: &Lattice<LABELS>) -> f32 {
        let mut before = 0;
        let mut sum = 0.0;
        for ((node, class), label) in lattice
            .nodes
            .iter()
            .zip(&lattice.classes)
            .zip(&lattice.labels)
        {
            let label = usize::from(*label);
            let table = self.edges.get(usize::from(*class));
            let edge = table.and_then(|t| t.get(before)?.get(label));
            sum += node.get(label).unwrap_or(&NEVER) + edge.unwrap_or(&NEVER);
            before = label;
        }
        sum
    }

    /// Forward and backward sums, for [`Chain::marginal`]. In plain factors, each place scaled to sum to 1:
    /// one exponential a label instead of one a pair of labels.
    pub fn sums(&self, lattice: &mut Lattice<LABELS>) {
        lattice.forward.clear();
        lattice.backward.clear();
        lattice.factors.clear();
        lattice.total = 0.0;
        let mut last = [0.0; LABELS];
        if let Some(first) = last.first_mut() {
            *first = 1.0;
        }
        for (node, class) in lattice.nodes.iter().zip(&lattice.classes) {
            let Some(table) = self.factors.get(usize::from(*class)) else {
                break;
            };
            let top = node.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let factor = node.map(|n| (n - top).exp());
            let mut here = [0.0; LABELS];
            for (path, row) in last.iter().zip(table) {
                for (sum, edge) in here.iter_mut().zip(row) {
                    *sum += path * edge;
                }
            }
            for (sum, f) in here.iter_mut().zip(factor) {
                *sum *= f;
            }
            let whole: f32 = here.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            here = here.map(|h| h / whole);
            lattice.total += top + whole.ln();
            lattice.forward.push(here);
            lattice.factors.push(factor);
            last = here;
        }
        let mut next = [1.0; LABELS];
        lattice.backward.push(next);
        for (factor, class) in lattice.factors.iter().zip(&lattice.classes).skip(1).rev() {
            let Some(table) = self.factors.get(usize::from(*class)) else {
                break;
            };
            let mut here = [0.0; LABELS];
            for (sum, row) in here.iter_mut().zip(table) {
                for ((edge, f), n) in row.iter().zip(factor).zip(next) {
                    *sum += edge * f * n;
                }
            }
            let whole: f32 = here.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            next = here.map(|h| h / whole);
            lattice.backward.push(next);
        }
        lattice.backward.reverse();
        for (f, b) in lattice.forward.iter_mut().zip(&lattice.backward) {
            for (x, y) in f.iter_mut().zip(b) {
                *x *= y;
            }
            let whole: f32 = f.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            *f = f.map(|x| x / whole);
        }
    }

    /// Probability of `label` at a place, after [`Chain::sums`].
    #[must_use]
    pub fn marginal(&self, lattice: &Lattice<LABELS>, at: usize, label: usize) -> f32 {
        lattice
            .forward
            .get(at)
            .and_then(|p| p.get(label))
            .copied()
            .unwrap_or(0.0)
    }
}
