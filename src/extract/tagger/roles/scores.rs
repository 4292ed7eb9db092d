//! The scores of all places around a cue. What several places share is asked once: the features that no cue changes for all
//! cues on a side, those that hang on little besides the cue for all places where that is the same, those that hang on little of the
//! cue too for all cues of all texts. The sums are those of asking each place for all its [`features`](super::features).

use super::features::{Asked, COMMON, SHARED, beside, features, group_of, tags, word};
use super::{LABELS, Question, SIDES, side};
use crate::extract::tagger::cues::tags_around;
use crate::extract::tagger::units::Scene;
use crate::extract::weights::adjacent::MARGIN;
use crate::extract::weights::{Added, Adjacent, Batch, Sums, Weights, spread};
use std::ops::Range;

/// The key of a place of the cue itself, which has nothing in common with others.
const OF_CUE: u64 = u64::MAX;

/// Numbers of sums by what a group of features hangs on. A key whose place was taken by another is asked for again.
#[derive(Debug, Default)]
struct Shared {
    /// Of which turn, under which key, which number.
    kept: Vec<(u32, u64, u32)>,
    turn: u32,
}

impl Shared {
    const PLACES: usize = 1 << 8;

    /// Forgets all: what was kept is of another turn.
    fn clear(&mut self) {
        self.turn = self.turn.wrapping_add(1);
        if self.turn == 0 || self.kept.is_empty() {
            self.kept.clear();
            self.kept.resize(Self::PLACES, (0, 0, 0));
            self.turn = 1;
        }
    }

    /// The number that is kept under a key, or else what `new` gives.
    #[inline]
    fn get(&mut self, key: u64, new: impl FnOnce() -> u32) -> u32 {
        match self.kept.get_mut(spread(key, Self::PLACES)) {
            Some((turn, known, number)) if *turn == self.turn && *known == key => *number,
            Some(kept) => {
                *kept = (self.turn, key, new());
                kept.2
            }
            None => new(),
        }
    }
}

/// Room for one scene after another.
#[derive(Debug, Default)]
pub struct Scores {
    batch: Batch,
    words: Adjacent,
    tags: Added<1>,
    /// Sums of what depends on the side of the cue alone, unit by unit: the same for all cues of a scene.
    locals: Vec<[Option<Sums>; SIDES]>,
    /// Units, with the side, for which that is asked.
    unasked: Vec<(usize, usize)>,
    /// What of that hangs on words, row by row of units that stand on one side, each between [margins](MARGIN).
    of_words: Vec<Sums>,
    shared: Shared,
    /// Four fifths are known by so many places, with a quarter of them two thirds.
    common: Added<COMMON, { 1 << 15 }>,
    /// Of each place, the numbers of the sums that are added to it.
    parts: Vec<[u32; SHARED]>,
    /// Of each place, what it has in common with those of other cues.
    keys: Vec<[u64; COMMON]>,
    sums: Vec<Sums>,
}

impl Scores {
    /// Begins with another scene.
    pub fn begin(&mut self, scene: &Scene) {
        self.locals.clear();
        self.locals.resize(scene.units.len(), [None; SIDES]);
    }

    /// The sums of each place of a window.
    pub fn around(
        &mut self,
        weights: &Weights<'_>,
        q: &Question<'_>,
        window: Range<usize>,
    ) -> &[Sums] {
        self.ask_locals(weights, q, window.clone());
        self.shared.clear();
        self.parts.clear();
        self.keys.clear();
        self.sums.clear();
        let batch = &mut self.batch;
        // The first of the batch is of nothing, for where there is no other.
        batch.place(|_| ());
        for at in window.clone() {
            let mut numbers = [0; SHARED];
            let Some(side) = side(q, at) else {
                numbers[0] = batch.places();
                batch.place(|out| features(q, at, out));
                self.sums.push(Sums::default());
                self.parts.push(numbers);
                self.keys.push([OF_CUE; _]);
                continue;
            };
            let asker = Asked::new(q, at, side);
            for (group, (number, key)) in numbers.iter_mut().zip(asker.keys()).enumerate() {
                *number = self.shared.get(key, || {
                    let number = batch.places();
                    batch.place(|out| asker.shared(group, out));
                    number
                });
            }
            let local = self.locals.get(at).and_then(|l| *l.get(side)?);
            self.sums.push(local.unwrap_or_default());
            self.parts.push(numbers);
            self.keys.push(asker.common_keys());
        }
        let (keys, sums) = (self.keys.iter().copied(), self.sums.as_mut_slice());
        let mut last: Option<(usize, Asked<'_>)> = None;
        self.common.ask(keys, sums, batch, |place, key, out| {
            if last.as_ref().is_none_or(|(of, _)| *of != place) {
                let at = window.start + place;
                last = side(q, at).map(|side| (place, Asked::new(q, at, side)));
            }
            if let Some((_, asker)) = &last {
                asker.common(group_of(key), out);
            }
        });
        let found = batch.sums::<LABELS>(weights);
        self.common.learn(found, sums);
        for (sums, numbers) in sums.iter_mut().zip(&self.parts) {
            for number in numbers {
                *sums += found.get(*number as usize).copied().unwrap_or_default();
            }
        }
        &self.sums
    }

    /// Asks for what no cue changes, where no cue before did.
    fn ask_locals(&mut self, weights: &Weights<'_>, q: &Question<'_>, window: Range<usize>) {
        self.unasked.clear();
        for at in window {
            if let Some(side) = side(q, at)
                && let Some(None) = self.locals.get(at).and_then(|local| local.get(side))
            {
                self.batch.place(|out| beside(q.scene, at, side, out));
                self.unasked.push((at, side));
            }
        }
        self.sums.clear();
        self.sums.resize(self.unasked.len(), Sums::default());
        let keys = self.unasked.iter().map(|(at, side)| {
            let side = *side as u64 + 1;
            [side << 24 | tags_around(q.scene, *at)]
        });
        let sums = self.sums.as_mut_slice();
        self.tags.ask(keys, sums, &mut self.batch, |_, key, out| {
            tags(key & 0xFF_FFFF, (key >> 24) as usize - 1, out);
        });
        self.of_words.clear();
        let rows = || {
            let beside = |a: &(usize, usize), b: &(usize, usize)| a.1 == b.1 && a.0 + 1 == b.0;
            self.unasked.chunk_by(beside)
        };
        for row in rows() {
            let &[(first, side), ..] = row else { continue };
            let from = self.of_words.len();
            let to = from + row.len() + 2 * MARGIN;
            self.of_words.resize(to, Sums::default());
            let unit = |number: usize| q.scene.unit((first + number).wrapping_sub(1));
            let keys = (0..row.len() + 2).map(|number| unit(number).word ^ (side as u64 + 1) << 62);
            let (sums, batch) = (self.of_words.as_mut_slice(), &mut self.batch);
            self.words
                .ask(keys, from, sums, batch, |number, part, out| {
                    word(part, unit(number), side, out);
                });
        }
        let found = self.batch.sums::<LABELS>(weights);
        self.words.learn(found, &mut self.of_words);
        self.tags.learn(found, &mut self.sums);
        let mut of_words = self.of_words.as_slice();
        let mut others = self.sums.iter().zip(found);
        for row in rows() {
            let (here, behind) = of_words.split_at(row.len() + 2 * MARGIN);
            of_words = behind;
            let here = here.iter().skip(MARGIN);
            for (((at, side), word), (tags, beside)) in row.iter().zip(here).zip(others.by_ref()) {
                let mut sums = *word;
                sums += *tags;
                sums += *beside;
                if let Some(local) = self.locals.get_mut(*at).and_then(|l| l.get_mut(*side)) {
                    *local = Some(sums);
                }
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
        let long = include_str!("../../../../assets/sample/01-g7-taiwan-strait-2022-08-03.txt");
        for text in [text, long] {
            adds_up(text);
        }
    }

    fn adds_up(text: &str) {
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
                between.count(&scene, &(cue..cue + 1), &others);
                let q = Question::new(&scene, cue..cue + 1, [&own, &any], &others, &between);
                let window = window(&scene, &q.cue);
                let one_by_one = window.clone().map(|at| {
                    let mut hashes = Vec::new();
                    features(&q, at, &mut hashes);
                    weights.sum::<LABELS>(&hashes)
                });
                let one_by_one: Vec<[i32; LABELS]> = one_by_one.collect();
                let together = scores.around(&weights, &q, window);
                let together: Vec<[i32; LABELS]> = together.iter().map(|s| s.scores()).collect();
                assert_eq!(together, one_by_one, "cue {cue} of sentence {sentence}");
            }
        }
    }
}
