//! Logistic regression and maximum entropy over sparse features, by AdaGrad with weights that shrink.
//!
//! Deterministic: the order of the examples comes from a seed. Several runs are added into one model, which stays
//! linear. An example's score is divided by the root of the number of its features, as in `extract::sentence`.

use std::collections::HashMap;

/// A sentence: its features, what share of each label is right, and how much it counts.
pub struct Example {
    /// Numbers of its features.
    pub features: Vec<u32>,
    /// One share a label; for a single label the chance of yes.
    pub target: Vec<f32>,
    /// How much it counts.
    pub weight: f32,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Labels; 1 makes a logistic regression.
    pub labels: usize,
    /// Passes over the examples.
    pub epochs: usize,
    /// First step.
    pub rate: f32,
    /// Pull towards zero, a step.
    pub shrink: f32,
    /// Scale features by how well they part yes from no (naive Bayes log ratios), to this power.
    pub ratio: f32,
    /// Runs with other orders and samples, added.
    pub runs: u64,
}

/// Biases, and the weights of each feature.
#[derive(Clone)]
pub struct Model {
    /// One a label.
    pub biases: Vec<f32>,
    /// `labels` weights a feature.
    pub weights: Vec<f32>,
}

/// Numbers for feature hashes; those seen fewer than `least` times have none.
pub struct Numbers {
    known: HashMap<u64, u32>,
    /// The hash of each number.
    pub hashes: Vec<u64>,
    /// How often it was met.
    pub counts: Vec<u32>,
}

impl Numbers {
    /// Counts over all sentences.
    pub fn new<'f>(sentences: impl Iterator<Item = &'f [u64]>, least: u32) -> Self {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for hash in sentences.flatten() {
            *counts.entry(*hash).or_default() += 1;
        }
        let mut met: Vec<(u64, u32)> = counts.into_iter().filter(|(_, n)| *n >= least).collect();
        met.sort_unstable();
        let (hashes, counts): (Vec<u64>, Vec<u32>) = met.into_iter().unzip();
        let known = hashes.iter().zip(0u32..).map(|(h, n)| (*h, n)).collect();
        Self {
            known,
            hashes,
            counts,
        }
    }

    /// The numbers of the known ones, and how many there were in all.
    pub fn of(&self, features: &[u64]) -> Vec<u32> {
        features
            .iter()
            .filter_map(|h| self.known.get(h).copied())
            .collect()
    }
}

/// Trains on `examples`, whose features are numbered below `features`.
pub fn fit(examples: &[&Example], features: usize, settings: &Settings) -> Model {
    let scales = scales(examples, features, settings);
    let mut sum = Model {
        biases: vec![0.0; settings.labels],
        weights: vec![0.0; features * settings.labels],
    };
    for run in 0..settings.runs {
        let model = once(examples, features, &scales, settings, run + 1);
        for (a, b) in sum.biases.iter_mut().zip(&model.biases) {
            *a += b / settings.runs as f32;
        }
        for (a, b) in sum.weights.iter_mut().zip(&model.weights) {
            *a += b / settings.runs as f32;
        }
    }
    for (row, scale) in sum.weights.chunks_mut(settings.labels).zip(&scales) {
        row.iter_mut().for_each(|w| *w *= scale);
    }
    sum
}

/// Naive Bayes log ratios of the features, by size; for several labels the largest of one against the rest.
fn scales(examples: &[&Example], features: usize, settings: &Settings) -> Vec<f32> {
    if settings.ratio == 0.0 {
        return vec![1.0; features];
    }
    let labels = settings.labels;
    let mut yes = vec![0.5f32; features * labels];
    let mut all = vec![1.0f32; features];
    let (mut total_yes, mut total) = (vec![1.0f32; labels], 2.0f32);
    for e in examples {
        total += e.weight;
        for (t, share) in total_yes.iter_mut().zip(&e.target) {
            *t += e.weight * share;
        }
        for f in &e.features {
            all[*f as usize] += e.weight;
            for (l, share) in e.target.iter().enumerate() {
                yes[*f as usize * labels + l] += e.weight * share;
            }
        }
    }
    (0..features)
        .map(|f| {
            let largest = (0..labels)
                .map(|l| {
                    let y = yes[f * labels + l];
                    let n = (all[f] - y).max(0.1);
                    ((y / total_yes[l]) / (n / (total - total_yes[l])))
                        .ln()
                        .abs()
                })
                .fold(0.0f32, f32::max);
            largest.powf(settings.ratio).clamp(0.05, 3.0)
        })
        .collect()
}

fn once(
    examples: &[&Example],
    features: usize,
    scales: &[f32],
    settings: &Settings,
    seed: u64,
) -> Model {
    let labels = settings.labels;
    let mut model = Model {
        biases: vec![0.0; labels],
        weights: vec![0.0; features * labels],
    };
    let mut average = model.clone();
    let mut squares = vec![1e-2f32; features * labels];
    let mut bias_squares = vec![1e-2f32; labels];
    let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut averaged = 0.0;
    for epoch in 0..settings.epochs {
        for i in (1..order.len()).rev() {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (random >> 33) as usize % (i + 1));
        }
        for &at in &order {
            let e = examples[at];
            let norm = 1.0 / (e.features.len().max(1) as f32).sqrt();
            let mut scores = model.biases.clone();
            for f in &e.features {
                let x = norm * scales[*f as usize];
                let row = &model.weights[*f as usize * labels..][..labels];
                scores.iter_mut().zip(row).for_each(|(s, w)| *s += w * x);
            }
            let chances = chances(&scores);
            for l in 0..labels {
                let error = (chances[l] - e.target[l]) * e.weight;
                bias_squares[l] += error * error;
                model.biases[l] -= settings.rate * error / bias_squares[l].sqrt();
                for f in &e.features {
                    let slot = *f as usize * labels + l;
                    let slope = error * norm * scales[*f as usize]
                        + settings.shrink * e.weight * model.weights[slot];
                    squares[slot] += slope * slope;
                    model.weights[slot] -= settings.rate * slope / squares[slot].sqrt();
                }
            }
        }
        // The later half of the passes is averaged.
        if 2 * (epoch + 1) > settings.epochs {
            averaged += 1.0;
            for (a, b) in average.weights.iter_mut().zip(&model.weights) {
                *a += b;
            }
            for (a, b) in average.biases.iter_mut().zip(&model.biases) {
                *a += b;
            }
        }
    }
    average.weights.iter_mut().for_each(|w| *w /= averaged);
    average.biases.iter_mut().for_each(|w| *w /= averaged);
    average
}

/// The chance of each label: of yes where there is one.
pub fn chances(scores: &[f32]) -> Vec<f32> {
    if let [one] = scores {
        return vec![1.0 / (1.0 + (-one).exp())];
    }
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let exps: Vec<f32> = scores.iter().map(|s| (s - highest).exp()).collect();
    let sum: f32 = exps.iter().sum();
    exps.iter().map(|e| e / sum).collect()
}

impl Model {
    /// The scores of an example.
    pub fn scores(&self, features: &[u32]) -> Vec<f32> {
        let labels = self.biases.len();
        let norm = 1.0 / (features.len().max(1) as f32).sqrt();
        let mut out = self.biases.clone();
        for f in features {
            let row = &self.weights[*f as usize * labels..][..labels];
            out.iter_mut().zip(row).for_each(|(s, w)| *s += w * norm);
        }
        out
    }
}
