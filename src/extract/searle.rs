//! Which of Searle's acts a sentence performs: says how things are, directs, binds the speaker, shows a state
//! of mind, or asks.
//!
//! A maximum-entropy model over the features of `sentence`; what it was trained on, and how well it does, is in
//! `assets/models/README.md`. Declarations are too rare in its data to be learned: `acts` tells them.

use super::Extractor;
use super::sentence::Scorer;
use super::weights::Weights;
use std::sync::LazyLock;

static MODEL: LazyLock<Option<Weights<'static>>> =
    LazyLock::new(|| Weights::new(include_bytes!("../../assets/models/acts.bin")));

/// The model's classes, in the order of its labels.
pub const CLASSES: [&str; 5] = [
    "assertive",
    "commissive",
    "directive",
    "expressive",
    "interrogative",
];

/// The probability of each class of [`CLASSES`] for the features of a sentence.
fn probabilities(features: &[u64]) -> [f32; 5] {
    let mut scorer = Scorer::default();
    scorer.ask(features);
    let scores = MODEL.as_ref().and_then(|model| scorer.scores(model).next());
    let scores: [f32; 5] = scores.unwrap_or_default();
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let exps = scores.map(|s| (s - highest).exp());
    let sum: f32 = exps.iter().sum();
    exps.map(|e| e / sum)
}

impl Extractor {
    /// The most likely class of [`CLASSES`] for `sentence`, standing alone, and its probability.
    #[must_use]
    pub fn speech_act(&self, sentence: &str) -> (&'static str, f32) {
        let all = probabilities(&self.sentence_features(sentence, true));
        CLASSES
            .iter()
            .zip(all)
            .fold(("assertive", 0.0), |best, (name, p)| {
                if p > best.1 { (name, p) } else { best }
            })
    }
}
