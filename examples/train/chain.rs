//! Trains a linear-chain model (`dictum::extract::tagger::chain`) by log loss with AdaGrad.

use dictum::extract::training::chain::{NEVER, edge};
use dictum::extract::weights::{Trained, encode};
use rayon::prelude::*;
use std::collections::HashMap;

/// Sequences with hashed features.
#[derive(Default)]
pub struct Data {
    /// Features of all places, one after another.
    features: Vec<u64>,
    /// Where the features of each place end.
    ends: Vec<u32>,
    classes: Vec<u8>,
    gold: Vec<u8>,
    /// Where the places of each sequence end.
    sequences: Vec<u32>,
}

impl Data {
    pub fn place(&mut self, class: u8, gold: u8, features: impl FnOnce(&mut Vec<u64>)) {
        features(&mut self.features);
        self.ends.push(self.features.len() as u32);
        self.classes.push(class);
        self.gold.push(gold);
    }
    pub fn end(&mut self) {
        self.sequences.push(self.ends.len() as u32);
    }
    pub fn places(&self) -> usize {
        self.ends.len()
    }
}

pub struct Settings {
    pub labels: usize,
    pub classes: usize,
    pub legal: fn(usize, usize) -> bool,
    pub epochs: usize,
    pub rate: f32,
    /// A feature seen less often is left out.
    pub least: u32,
    /// Strength of the L1 penalty.
    pub sparse: f32,
    pub scale: f32,
    /// How many orders of the sequences to take the mean over.
    pub orders: u64,
}

/// Trains over several orders of the sequences, takes the mean and encodes it.
pub fn train(data: &Data, set: &Settings) -> Vec<u8> {
    let mut runs: Vec<Vec<Trained>> = (0..set.orders)
        .into_par_iter()
        .map(|order| run(data, set, order))
        .collect();
    let mut mean = runs.pop().unwrap_or_default();
    for run in &runs {
        for ((_, _, sum), (_, _, more)) in mean.iter_mut().zip(run) {
            for (s, m) in sum.iter_mut().zip(more) {
                *s += m;
            }
        }
    }
    for (_, _, row) in &mut mean {
        for w in row {
            *w /= set.orders as f32;
        }
    }
    let bytes = encode(set.labels, set.scale, &[], &mean);
    println!("  {} features, {} bytes", mean.len(), bytes.len());
    bytes
}

/// Weights of all features, in the same order for every run.
fn run(data: &Data, set: &Settings, order: u64) -> Vec<Trained> {
    let l = set.labels;
    let mut count: HashMap<u64, u32> = HashMap::with_capacity(data.features.len() / 8);
    for f in &data.features {
        *count.entry(*f).or_default() += 1;
    }
    let mut names: Vec<u64> = count
        .iter()
        .filter(|(_, n)| **n >= set.least)
        .map(|(f, _)| *f)
        .collect();
    names.sort_unstable();
    let index: HashMap<u64, u32> = names
        .iter()
        .enumerate()
        .map(|(i, f)| (*f, i as u32))
        .collect();
    let counts: Vec<u32> = names.iter().map(|f| count[f]).collect();
    drop(count);
    let (mut rows, mut ends) = (
        Vec::with_capacity(data.features.len()),
        Vec::with_capacity(data.ends.len()),
    );
    let mut start = 0usize;
    for end in &data.ends {
        rows.extend(
            data.features[start..*end as usize]
                .iter()
                .filter_map(|f| index.get(f).copied()),
        );
        ends.push(rows.len());
        start = *end as usize;
    }
    drop(index);
    let mut weights = vec![0f32; names.len() * l];
    let mut squares = vec![0f32; names.len() * l];
    let mut edges = vec![0f32; set.classes * l * l];
    let mut edge_squares = vec![0f32; set.classes * l * l];
    // Dual averaging keeps exact zeros: see Xiao (2010); sums of gradients and the step they were seen at.
    let mut sums = vec![0f32; names.len() * l];
    let mut random = 0x2545_F491_4F6C_DD1Du64.wrapping_mul(2 * order + 1);
    let mut order: Vec<usize> = (0..data.sequences.len()).collect();
    let mut nodes: Vec<f32> = Vec::new();
    let (mut forward, mut backward): (Vec<f32>, Vec<f32>) = (Vec::new(), Vec::new());
    let mut step = 0f32;
    let steps = (set.epochs * data.sequences.len()) as f32;
    for epoch in 0..set.epochs {
        for i in (1..order.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            order.swap(i, (random % (i as u64 + 1)) as usize);
        }
        let mut loss = 0f64;
        for &s in &order {
            step += 1.0;
            let first = if s == 0 {
                0
            } else {
                data.sequences[s - 1] as usize
            };
            let last = data.sequences[s] as usize;
            let n = last - first;
            if n == 0 {
                continue;
            }
            nodes.clear();
            nodes.resize(n * l, 0.0);
            for p in 0..n {
                let at = first + p;
                let from = if at == 0 { 0 } else { ends[at - 1] };
                let node = &mut nodes[p * l..(p + 1) * l];
                for r in &rows[from..ends[at]] {
                    let w = &weights[*r as usize * l..*r as usize * l + l];
                    for (x, y) in node.iter_mut().zip(w) {
                        *x += y;
                    }
                }
            }
            let edge_of = |class: u8, before: usize, label: usize, edges: &[f32]| {
                if (set.legal)(before, label) {
                    edges[(class as usize * l + before) * l + label]
                } else {
                    NEVER
                }
            };
            forward.clear();
            forward.resize(n * l, 0.0);
            backward.clear();
            backward.resize(n * l, 0.0);
            let mut terms = vec![0f32; l];
            for p in 0..n {
                let c = data.classes[first + p];
                for y in 0..l {
                    let sum = if p == 0 {
                        edge_of(c, 0, y, &edges)
                    } else {
                        for (b, t) in terms.iter_mut().enumerate() {
                            *t = forward[(p - 1) * l + b] + edge_of(c, b, y, &edges);
                        }
                        log_sum(&terms)
                    };
                    forward[p * l + y] = sum + nodes[p * l + y];
                }
            }
            for p in (0..n - 1).rev() {
                let c = data.classes[first + p + 1];
                for y in 0..l {
                    for (b, t) in terms.iter_mut().enumerate() {
                        *t = edge_of(c, y, b, &edges)
                            + nodes[(p + 1) * l + b]
                            + backward[(p + 1) * l + b];
                    }
                    backward[p * l + y] = log_sum(&terms);
                }
            }
            let total = log_sum(&forward[(n - 1) * l..]);
            let gold = &data.gold[first..last];
            let mut score = 0f32;
            for p in 0..n {
                let y = gold[p] as usize;
                score += nodes[p * l + y]
                    + edge_of(
                        data.classes[first + p],
                        if p == 0 { 0 } else { gold[p - 1] as usize },
                        y,
                        &edges,
                    );
            }
            loss += f64::from(total - score);
            // Gradients.
            for p in 0..n {
                let at = first + p;
                let from = if at == 0 { 0 } else { ends[at - 1] };
                for y in 0..l {
                    let m = (forward[p * l + y] + backward[p * l + y] - total).exp();
                    let g = m - f32::from(u8::from(gold[p] as usize == y));
                    if g.abs() < 1e-4 {
                        continue;
                    }
                    for r in &rows[from..ends[at]] {
                        let k = *r as usize * l + y;
                        squares[k] += g * g;
                        sums[k] += g;
                        let pull = sums[k].abs() - set.sparse * step / steps;
                        weights[k] = if pull <= 0.0 {
                            0.0
                        } else {
                            -sums[k].signum() * set.rate * pull / (squares[k] + 1.0).sqrt()
                        };
                    }
                }
                let c = data.classes[at];
                for b in 0..l {
                    if p == 0 && b != 0 {
                        continue;
                    }
                    for y in 0..l {
                        if !(set.legal)(b, y) {
                            continue;
                        }
                        let k = (c as usize * l + b) * l + y;
                        let m = if p == 0 {
                            (forward[y] + backward[y] - total).exp()
                        } else {
                            (forward[(p - 1) * l + b]
                                + edges[k]
                                + nodes[p * l + y]
                                + backward[p * l + y]
                                - total)
                                .exp()
                        };
                        let before = if p == 0 { 0 } else { gold[p - 1] as usize };
                        let g = m - f32::from(u8::from(before == b && gold[p] as usize == y));
                        if g.abs() < 1e-5 {
                            continue;
                        }
                        edge_squares[k] += g * g;
                        edges[k] -= set.rate * g / (edge_squares[k].sqrt() + 1e-6);
                    }
                }
            }
        }
        println!(
            "  epoch {} loss {:.4} a place",
            epoch + 1,
            loss / data.places() as f64
        );
    }
    let mut rows_out: Vec<Trained> = names
        .iter()
        .enumerate()
        .map(|(i, f)| (*f, counts[i], weights[i * l..(i + 1) * l].to_vec()))
        .collect();
    for c in 0..set.classes {
        for b in 0..l {
            rows_out.push((
                edge(c, b),
                // Looked up once, when the chain is made.
                0,
                edges[(c * l + b) * l..(c * l + b + 1) * l].to_vec(),
            ));
        }
    }
    rows_out
}

fn log_sum(values: &[f32]) -> f32 {
    let top = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    top + values.iter().map(|v| (v - top).exp()).sum::<f32>().ln()
}
