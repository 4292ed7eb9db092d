//! The scores of all places around a cue. What several places share is asked once: the features that no cue changes for all
//! cues on a side, those that hang on little besides the cue for all places where that is the same. The sums are those of
//! asking each place for all its [`features`](super::features).

use super::features::{Asked, SHARED, features, local};
use super::{LABELS, Question, side};
use crate::extract::tagger::units::Scene;
use crate::extract::weights::{Batch, Weights, place};
use std::ops::Range;

type Row = [i32; LABELS];

/// Numbers of scores by what a group of features hangs on. A key whose place was taken by another is asked for again.
#[derive(Debug)]
struct Shared([(u64, u32); Self::PLACES]);

impl Shared {
    const PLACES: usize = 1 << 9;
    /// No group has this key.
    const NONE: (u64, u32) = (0, 0);

    fn clear(&mut self) {
        self.0.fill(Self::NONE);
    }

    /// The number that is kept under a key, or else what `new` gives.
    #[inline]
    fn get(&mut self, key: u64, new: impl FnOnce() -> u32) -> u32 {
        let at = place(key.wrapping_mul(0x9E37_79B9_7F4A_7C15), Self::PLACES);
        match self.0.get_mut(at) {
            Some((known, number)) if *known == key => *number,
            Some(kept) => {
                *kept = (key, new());
                kept.1
            }
            None => new(),
        }
    }
}

impl Default for Shared {
    fn default() -> Self {
        Self([Self::NONE; Self::PLACES])
    }
}

/// Room for one scene after another.
#[derive(Debug, Default)]
pub struct Scores {
    batch: Batch,
    /// Scores of what depends on the side of the cue alone, unit by unit: the same for all cues of a scene.
    locals: Vec<[Option<Row>; 3]>,
    /// Units, with the side, for which that is asked.
    unasked: Vec<(usize, usize)>,
    shared: Shared,
    /// Of each place, the numbers of the scores that are added up, and its side; in the cue the first number is all.
    parts: Vec<([u32; SHARED + 1], Option<usize>)>,
    scores: Vec<Row>,
}

impl Scores {
    /// Begins with another scene.
    pub fn begin(&mut self, scene: &Scene) {
        self.locals.clear();
        self.locals.resize(scene.units.len(), [None; 3]);
    }

    /// The scores of each place of a window, in units of the weights.
    pub fn around(
        &mut self,
        weights: &Weights<'_>,
        q: &Question<'_>,
        window: Range<usize>,
    ) -> impl Iterator<Item = Row> {
        self.ask_locals(weights, q, window.clone());
        self.shared.clear();
        self.parts.clear();
        let mut asked = 0;
        let mut next = || {
            asked += 1;
            asked - 1
        };
        for at in window.clone() {
            let Some(side) = side(q, at) else {
                self.batch.place(|out| features(q, at, out));
                self.parts.push(([next(); SHARED + 1], None));
                continue;
            };
            let asker = Asked::new(q, at, side);
            let mut numbers = [0; SHARED + 1];
            for (group, (number, key)) in numbers.iter_mut().zip(asker.keys()).enumerate() {
                *number = self.shared.get(key, || {
                    self.batch.place(|out| asker.shared(group, out));
                    next()
                });
            }
            self.batch.place(|out| asker.own(out));
            numbers[SHARED] = next();
            self.parts.push((numbers, Some(side)));
        }
        self.scores.clear();
        self.scores.extend(self.batch.scores(weights));
        window.zip(&self.parts).map(|(at, (numbers, side))| {
            let mut sum = Row::default();
            let local = side.and_then(|side| *self.locals.get(at)?.get(side)?);
            let numbers = match side {
                Some(_) => &numbers[..],
                None => &numbers[..1],
            };
            let parts = numbers.iter().filter_map(|n| self.scores.get(*n as usize));
            for part in parts.chain(&local) {
                for (sum, more) in sum.iter_mut().zip(part) {
                    *sum += more;
                }
            }
            sum
        })
    }

    /// Asks for what no cue changes, where no cue before did.
    fn ask_locals(&mut self, weights: &Weights<'_>, q: &Question<'_>, window: Range<usize>) {
        self.unasked.clear();
        for at in window {
            if let Some(side) = side(q, at)
                && let Some(None) = self.locals.get(at).and_then(|local| local.get(side))
            {
                self.batch.place(|out| local(q.scene, at, side, out));
                self.unasked.push((at, side));
            }
        }
        let scores = self.batch.scores(weights);
        for ((at, side), scores) in self.unasked.iter().zip(scores) {
            if let Some(local) = self.locals.get_mut(*at).and_then(|l| l.get_mut(*side)) {
                *local = Some(scores);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::document::Document;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::tagger::roles::{Between, window};
    use crate::extract::tagger::units::Sense;

    #[test]
    fn what_is_shared_adds_up_to_what_each_place_asks_for() {
        let text = "On Monday, the minister, Ann Lee, told the council that talks, \u{201c}if any,\u{201d} may begin. \
            \u{201c}We agree,\u{201d} Ned Price said: he denied it, she added.";
        let (lexicon, sense) = (Lexicon::bundled(), Sense::bundled().unwrap());
        let weights = Weights::new(include_bytes!("../../../../assets/models/roles.bin")).unwrap();
        let doc = Document::new(text, None, &lexicon);
        let (mut scene, mut scores) = (Scene::default(), Scores::default());
        for sentence in 0..doc.sentences.len() {
            scene.cut(&doc, &sense, sentence);
            scores.begin(&scene);
            let units = scene.units.len();
            let hint = |n: usize| (n % 7) as u8;
            let own: Vec<u8> = (0..units).map(|n| hint(n / 2)).collect();
            let any: Vec<u8> = (0..units).map(|n| hint(n / 3)).collect();
            for cue in 0..scene.own {
                let others: Vec<bool> = (0..units).map(|n| n != cue && n % 5 == 0).collect();
                let mut between = Between::default();
                between.count(&scene, &others);
                let q = Question::new(&scene, cue..cue + 1, [&own, &any], &others, &between);
                let window = window(&scene, &q.cue);
                let one_by_one = window.clone().map(|at| {
                    let mut hashes = Vec::new();
                    features(&q, at, &mut hashes);
                    weights.sum::<LABELS>(&hashes)
                });
                let one_by_one: Vec<Row> = one_by_one.collect();
                let together: Vec<Row> = scores.around(&weights, &q, window).collect();
                assert_eq!(together, one_by_one, "cue {cue} of sentence {sentence}");
            }
        }
    }
}
