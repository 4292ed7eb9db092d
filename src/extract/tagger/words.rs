//! What the features that hang on one word alone sum to, word by word of a scene, kept from text to text.
//!
//! A word is asked for such features in several places: where it stands, and as the neighbour of others. Knows neither the
//! features nor the labels. For one table of weights, as its memo is.

use super::units::{Scene, Unit};
use crate::extract::weights::{Batch, Memo, Sums};

/// Sums of `PARTS` groups of features for each of `SIDES` ways to ask a word.
#[derive(Debug)]
pub struct Words<const PARTS: usize, const SIDES: usize> {
    memo: Memo<PARTS>,
    /// The number of the answer, unit by unit and last for what stands outside; none where it was not asked.
    answers: Vec<[Option<u32>; SIDES]>,
    /// What is wanted of this scene: units, with the sides.
    wanted: Vec<(usize, usize)>,
    /// For how many of those was asked.
    asked: usize,
}

impl<const PARTS: usize, const SIDES: usize> Default for Words<PARTS, SIDES> {
    fn default() -> Self {
        Self {
            memo: Memo::default(),
            answers: Vec::new(),
            wanted: Vec::new(),
            asked: 0,
        }
    }
}

impl<const PARTS: usize, const SIDES: usize> Words<PARTS, SIDES> {
    /// Begins with another scene.
    pub fn begin(&mut self, scene: &Scene) {
        self.memo.begin();
        self.wanted.clear();
        self.asked = 0;
        self.answers.clear();
        self.answers.resize(scene.units.len() + 1, [None; SIDES]);
    }

    /// Wants to know of a unit, on a side.
    #[inline]
    pub fn want(&mut self, scene: &Scene, at: usize, side: usize) {
        let at = at.min(scene.units.len());
        let answer = self.answers.get_mut(at).and_then(|a| a.get_mut(side));
        if let Some(answer @ None) = answer {
            *answer = Some(self.wanted.len() as u32);
            self.wanted.push((at, side));
        }
    }

    /// Asks for what is [wanted](Self::want). `features` lists the groups of features of a unit on a side, by their numbers. What
    /// is not known is added to the batch, and must be [learnt](Self::learn) from it.
    pub fn ask(
        &mut self,
        scene: &Scene,
        features: fn(usize, &Unit, usize, &mut Vec<u64>),
        batch: &mut Batch,
    ) {
        let wanted = &self.wanted;
        let keys = wanted.iter().skip(self.asked);
        let keys = keys.map(|(at, side)| scene.unit(*at).word ^ (*side as u64 + 1) << 62);
        self.memo.ask(keys, batch, |number, part, out| {
            if let Some((at, side)) = wanted.get(number as usize) {
                features(part, scene.unit(*at), *side, out);
            }
        });
        self.asked = wanted.len();
    }

    /// Takes what was unknown from the sums of the batch.
    pub fn learn(&mut self, sums: &[Sums]) {
        self.memo.learn(sums);
    }

    /// The sums of a group, for a unit that was asked for.
    #[inline]
    pub fn get(&self, at: usize, side: usize, part: usize) -> Sums {
        let outside = self.answers.len().saturating_sub(1);
        let answer = self
            .answers
            .get(at.min(outside))
            .and_then(|a| *a.get(side)?);
        answer.map_or_else(Sums::default, |number| self.memo.answer(number, part))
    }
}
