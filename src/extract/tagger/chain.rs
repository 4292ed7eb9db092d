//! A linear-chain model: the best labelling of a sequence under weights of features and of neighbouring labels
//! (conditional random field; Lafferty, McCallum and Pereira 2001), and how probable it is.
//!
//! Knows labels as numbers. What labels mean and which features there are is the matter of `cues` and `roles`.

use crate::extract::weights::{Sums, Weights, feature};

/// Template of the features of two neighbouring labels.
const EDGE: u32 = 1;

/// The hash of the feature "label `before` stands in front of a place of class `class`".
#[must_use]
pub fn edge(class: usize, before: usize) -> u64 {
    feature(EDGE, class as u64, before as u64)
}

/// A model of `LABELS` labels; scores of neighbouring labels are read out of the weights once. What is reckoned with has a number for
/// each label and some that stand for none, `LANES` in all, so that it fills whole registers.
#[derive(Debug)]
pub struct Chain<'b, const LABELS: usize, const LANES: usize> {
    weights: Weights<'b>,
    /// `[class][before][label]`, as logarithms.
    edges: Vec<[[f32; LANES]; LABELS]>,
    /// The same as plain factors.
    factors: Vec<[[f32; LANES]; LABELS]>,
    /// These by `[class][label][before]`.
    turned: Vec<[[f32; LANES]; LABELS]>,
    scale: f32,
}

/// Room for one sequence after another.
#[derive(Debug)]
pub struct Lattice<const LABELS: usize, const LANES: usize> {
    /// Scores of labels, place by place.
    pub nodes: Vec<[f32; LABELS]>,
    /// Edge class of each place.
    classes: Vec<u8>,
    /// The score of the best way to each label, before the first place and behind each.
    best: Vec<[f32; LANES]>,
    forward: Vec<[f32; LANES]>,
    backward: Vec<[f32; LANES]>,
    factors: Vec<[f32; LANES]>,
    /// The best labels, after [`Chain::decode`].
    pub labels: Vec<u8>,
    /// Of each place the highest score and what the others sum to beside it, after [`Chain::sums`].
    scales: Vec<[f32; 2]>,
}

impl<const LABELS: usize, const LANES: usize> Default for Lattice<LABELS, LANES> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            classes: Vec::new(),
            best: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
            factors: Vec::new(),
            labels: Vec::new(),
            scales: Vec::new(),
        }
    }
}

/// A score that no path survives.
pub const NEVER: f32 = -1.0e6;

impl<const LABELS: usize, const LANES: usize> Lattice<LABELS, LANES> {
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

    /// Log of the sum over all labellings, after [`Chain::sums`].
    #[must_use]
    pub fn total(&self) -> f32 {
        // One logarithm for a few: so many factors above the least number cannot come to nothing.
        let few = self.scales.chunks(4).map(|few| {
            let tops: f32 = few.iter().map(|[top, _]| top).sum();
            let wholes: f64 = few.iter().map(|[_, whole]| f64::from(*whole)).product();
            tops + wholes.ln() as f32
        });
        few.sum()
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

impl<'b, const LABELS: usize, const LANES: usize> Chain<'b, LABELS, LANES> {
    /// `legal(before, label)` says which neighbours may be.
    #[must_use]
    pub fn new(weights: Weights<'b>, classes: usize, legal: fn(usize, usize) -> bool) -> Self {
        const { assert!(LABELS <= LANES) };
        let scale = weights.scale();
        let mut edges = vec![[[NEVER; _]; LABELS]; classes];
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
        let factors: Vec<[[f32; LANES]; LABELS]> =
            edges.iter().map(|t| t.map(|r| r.map(f32::exp))).collect();
        let turned = |table: &[[f32; LANES]; LABELS]| {
            std::array::from_fn(|label| {
                let column = table.map(|row| row[label]);
                lanes(&column, 0.0)
            })
        };
        Self {
            weights,
            turned: factors.iter().map(turned).collect(),
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
    pub fn scaled(&self, sums: Sums) -> [f32; LABELS] {
        sums.scores().map(|s| s as f32 * self.scale)
    }

    /// Finds the best labelling; its score.
    pub fn decode(&self, lattice: &mut Lattice<LABELS, LANES>) -> f32 {
        let mut last = first(0.0, NEVER);
        lattice.best.clear();
        lattice.best.push(last);
        for (node, class) in lattice.nodes.iter().zip(&lattice.classes) {
            let Some(table) = self.edges.get(usize::from(*class)) else {
                break;
            };
            let mut best = [f32::NEG_INFINITY; _];
            for (path, row) in last.iter().zip(table) {
                for (top, edge) in best.iter_mut().zip(row) {
                    let score = path + edge;
                    *top = if score > *top { score } else { *top };
                }
            }
            for (top, score) in best.iter_mut().zip(node) {
                *top += score;
            }
            lattice.best.push(best);
            last = best;
        }
        lattice.labels.clear();
        lattice.labels.resize(lattice.best.len() - 1, 0);
        let (mut label, score) = highest(last.iter().take(LABELS).copied());
        // The labels are found again from the end, each by what reached the one behind it.
        let places = lattice.labels.iter_mut().zip(&lattice.classes);
        for ((slot, class), before) in places.zip(&lattice.best).rev() {
            *slot = label as u8;
            let table = self.edges.get(usize::from(*class));
            let rows = table.into_iter().flatten();
            let edges = rows.map(|row| row.get(label).unwrap_or(&NEVER));
            label = highest(before.iter().zip(edges).map(|(path, edge)| path + edge)).0;
        }
        score
    }

    /// The score of the labels that `lattice` holds.
    #[must_use]
    pub fn score(&self, lattice: &Lattice<LABELS, LANES>) -> f32 {
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
    pub fn sums(&self, lattice: &mut Lattice<LABELS, LANES>) {
        lattice.forward.clear();
        lattice.backward.clear();
        lattice.factors.clear();
        lattice.scales.clear();
        let mut last = first(1.0, 0.0);
        for (node, class) in lattice.nodes.iter().zip(&lattice.classes) {
            let Some(table) = self.factors.get(usize::from(*class)) else {
                break;
            };
            let top = node.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let factor = exps(lanes(&node.map(|n| n - top), NEVER));
            let mut here = [0.0; _];
            for (path, row) in last.iter().zip(table) {
                for (sum, edge) in here.iter_mut().zip(row) {
                    *sum += path * edge;
                }
            }
            for (sum, f) in here.iter_mut().zip(factor) {
                *sum *= f;
            }
            let whole = self.whole(&here);
            here = here.map(|h| h / whole);
            lattice.scales.push([top, whole]);
            lattice.forward.push(here);
            lattice.factors.push(factor);
            last = here;
        }
        let mut next = lanes(&[1.0; LABELS], 0.0);
        lattice.backward.push(next);
        for (factor, class) in lattice.factors.iter().zip(&lattice.classes).skip(1).rev() {
            let Some(table) = self.turned.get(usize::from(*class)) else {
                break;
            };
            let mut here = [0.0; _];
            for ((row, f), n) in table.iter().zip(factor).zip(next) {
                for (sum, edge) in here.iter_mut().zip(row) {
                    *sum += edge * f * n;
                }
            }
            let whole = self.whole(&here);
            next = here.map(|h| h / whole);
            lattice.backward.push(next);
        }
        let backward = lattice.backward.iter().rev();
        for (f, b) in lattice.forward.iter_mut().zip(backward) {
            for (x, y) in f.iter_mut().zip(b) {
                *x *= y;
            }
            let whole = self.whole(f);
            *f = f.map(|x| x / whole);
        }
    }

    /// The sum over all labels, above zero.
    #[inline]
    fn whole(&self, of: &[f32; LANES]) -> f32 {
        let sum: f32 = of.iter().take(LABELS).sum();
        sum.max(f32::MIN_POSITIVE)
    }

    /// Probability of `label` at a place, after [`Chain::sums`].
    #[must_use]
    pub fn marginal(&self, lattice: &Lattice<LABELS, LANES>, at: usize, label: usize) -> f32 {
        lattice
            .forward
            .get(at)
            .and_then(|p| p.get(label))
            .copied()
            .unwrap_or(0.0)
    }
}

/// What stands before the first place: label 0, outside.
fn first<const LANES: usize>(sure: f32, never: f32) -> [f32; LANES] {
    lanes(&[sure], never)
}

/// The numbers of labels, and `none` where there is none.
#[inline]
fn lanes<const LABELS: usize, const LANES: usize>(of: &[f32; LABELS], none: f32) -> [f32; LANES] {
    let mut out = [none; _];
    for (lane, n) in out.iter_mut().zip(of) {
        *lane = *n;
    }
    out
}

/// The first of the highest scores, with its label.
#[inline]
fn highest(scores: impl Iterator<Item = f32>) -> (usize, f32) {
    let higher = |top: (usize, f32), (label, s)| if s > top.1 { (label, s) } else { top };
    scores.enumerate().fold((0, f32::NEG_INFINITY), higher)
}

/// The exponentials of numbers none of which is above zero, all at once where the machine can: a polynomial within half a power
/// of two (the method of `expf` in Cephes, Moshier 1992), right to seven digits. The library has it one by one.
#[inline]
fn exps<const LANES: usize>(of: [f32; LANES]) -> [f32; LANES] {
    /// One and a half times 2²³: what is added to it has no room for a fraction.
    const WHOLE: f32 = 12_582_912.0;
    /// ln 2 in two parts, the first so short that it can be taken away many times without an error.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    const TERMS: [f32; 6] = [
        1.987_569_2e-4,
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ];
    /// The exponential of less is no normal number.
    const LEAST: f32 = -87.0;
    of.map(|x| {
        let whole = x.max(LEAST) * std::f32::consts::LOG2_E + WHOLE;
        let power = whole.to_bits().wrapping_sub(WHOLE.to_bits());
        let whole = whole - WHOLE;
        let rest = x.max(LEAST) - whole * LN_2[0] - whole * LN_2[1];
        let sum = TERMS.iter().fold(0.0, |sum, term| sum * rest + term);
        let near = sum * rest * rest + rest + 1.0;
        let exp = near * f32::from_bits(power.wrapping_add(127) << 23);
        if x < LEAST { 0.0 } else { exp }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_those_of_the_library() {
        for n in 0..=870_000 {
            let x = -(n as f32) / 10_000.0;
            let [exp, one, none, never] = exps([x, 0.0, -104.0, NEVER]);
            assert!(
                (exp / x.exp() - 1.0).abs() < 3e-7,
                "{x}: {exp}, {}",
                x.exp()
            );
            assert_eq!([one, none, never], [1.0, 0.0, 0.0]);
        }
    }
}
