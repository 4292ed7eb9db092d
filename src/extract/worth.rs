//! How likely a sentence holds a claim that can be verified: the check-worthiness of a claim, a sort key.
//!
//! A logistic regression over the features of `sentence`; what it was trained on, and how well it does, is in
//! `assets/models/README.md`. Must not decide what is a claim.

use super::Extractor;
use super::sentence;
use super::weights::{Batch, Weights};
use std::sync::LazyLock;

static MODEL: LazyLock<Option<Weights<'static>>> =
    LazyLock::new(|| Weights::new(include_bytes!("../../assets/models/worth.bin")));

/// 0..=1 for the features of a sentence; 0.5 where there is no model. `batch` is room.
pub(super) fn worth(features: &[u64], batch: &mut Batch) -> f32 {
    let [score] = MODEL
        .as_ref()
        .map_or([0.0], |model| sentence::scores(model, features, batch));
    1.0 / (1.0 + (-score).exp())
}

impl Extractor {
    /// How likely `sentence`, standing alone, holds a claim that can be verified: 0..=1.
    #[must_use]
    pub fn worth(&self, sentence: &str) -> f32 {
        worth(
            &self.sentence_features(sentence, false),
            &mut Batch::default(),
        )
    }
}
