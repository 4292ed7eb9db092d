//! Who is said to have said what, by trained weights over what the rules found.
//!
//! Three steps, one file each: `cues` (which words report), `roles` (for each, who and what), `keep` (how sure,
//! and which of them stay). All read a sentence as `units`; `hints` brings in the rules, `chain` labels
//! sequences, `find` runs the steps. Quotations that no cue claims stay with the rules.

pub mod chain;
pub mod cues;
pub mod find;
pub mod hints;
pub mod keep;
pub mod roles;
pub mod units;

use super::attribution::{Attribution, Rules, Tagger};
use super::contents;
use super::document::Document;
use super::weights::Weights;
use crate::model::Act;
use crate::text::Span;
use chain::Chain;
use find::Room;
use units::Scene;
pub use units::Sense;

/// Below this probability an attribution is not made.
const LEAST: f32 = 0.4;

/// The trained tagger.
#[derive(Debug)]
pub struct Learned {
    sense: Sense<'static>,
    cues: Chain<'static, { cues::LABELS }>,
    roles: Chain<'static, { roles::LABELS }>,
    keep: Weights<'static>,
}

impl Learned {
    /// The models that come with the program; `None` when they are not whole.
    #[must_use]
    pub fn bundled() -> Option<Self> {
        Some(Self {
            sense: Sense::bundled()?,
            cues: Chain::new(
                Weights::new(include_bytes!("../../../assets/models/cues.bin"))?,
                cues::CLASSES,
                cues::legal,
            ),
            roles: Chain::new(
                Weights::new(include_bytes!("../../../assets/models/roles.bin"))?,
                roles::CLASSES,
                roles::legal,
            ),
            keep: Weights::new(include_bytes!("../../../assets/models/keep.bin"))?,
        })
    }
}

impl Tagger for Learned {
    fn attributions(&self, doc: &Document<'_>) -> Vec<Attribution> {
        let by_rule = Rules.attributions(doc);
        let ruled = hints::ruled(doc, &by_rule);
        let mut out: Vec<Attribution> = Vec::new();
        let (mut scene, mut room, mut any) = (Scene::default(), Room::default(), Vec::new());
        let (mut next, mut hashes) = (0, Vec::new());
        for (n, sentence) in doc.sentences.iter().enumerate() {
            let first = next;
            while ruled
                .get(next)
                .is_some_and(|r| r.place() < sentence.words.end)
            {
                next += 1;
            }
            let mine = ruled.get(first..next).unwrap_or(&[]);
            scene.cut(doc, &self.sense, n);
            any.clear();
            any.resize(scene.units.len(), 0);
            for r in mine {
                hints::lay(&scene, r, &mut any);
            }
            let mut all = find::cues(&self.cues, &mut room, &scene, &any);
            find::roles(&self.roles, &mut room, &scene, &any, mine, &mut all);
            let sure: Vec<[f32; 2]> = (0..all.len())
                .map(|i| keep::probability(&self.keep, &scene, &all, i, &mut hashes))
                .collect();
            for i in keep::choose(&all, &sure, LEAST) {
                let Some(c) = all.get(i) else { continue };
                let words = |r: &std::ops::Range<usize>| doc.span_of(&scene.words(r));
                let content: Vec<Span> = c
                    .content
                    .iter()
                    .flat_map(|r| contents::spans(doc, &scene.words(r)))
                    .collect();
                if content.is_empty() {
                    continue;
                }
                let speech = c
                    .cue
                    .clone()
                    .filter_map(|u| scene.units.get(u))
                    .any(|u| u.act != 1);
                out.push(Attribution {
                    source: c.source.iter().map(words).collect(),
                    cue: vec![words(&c.cue)],
                    content,
                    act: if speech { Act::Speech } else { Act::Attitude },
                    confidence: sure.get(i).map_or(0.0, |p| p[1]),
                    continues: None,
                });
            }
        }
        with_unclaimed(doc, by_rule, out)
    }
}

/// Adds what the rules found in marks where nothing else was made of the quotation.
fn with_unclaimed(
    doc: &Document<'_>,
    by_rule: Vec<Attribution>,
    mut out: Vec<Attribution>,
) -> Vec<Attribution> {
    // Which attribution each quotation went to.
    let mut owner: Vec<Option<usize>> = vec![None; doc.outermost.len()];
    let regions = |doc: &Document<'_>, content: &[Span]| -> Vec<usize> {
        let mut list: Vec<usize> = Vec::new();
        for span in content {
            let mut at = doc.word_at(span.begin());
            while let Some(word) = doc.word(at).filter(|w| w.span.begin() < span.finish()) {
                if let Some(region) = (word.quotation as usize).checked_sub(1)
                    && list.last() != Some(&region)
                {
                    list.push(region);
                }
                at += 1;
            }
        }
        list
    };
    for (n, a) in out.iter().enumerate() {
        for region in regions(doc, &a.content) {
            if let Some(slot) = owner.get_mut(region) {
                *slot = Some(n);
            }
        }
    }
    let mut place: Vec<Option<usize>> = Vec::with_capacity(by_rule.len());
    for mut a in by_rule {
        let quotations = regions(doc, &a.content);
        let taken = quotations
            .iter()
            .find_map(|r| owner.get(*r).copied().flatten());
        if taken.is_some() || quotations.is_empty() {
            place.push(taken);
            continue;
        }
        a.continues = a.continues.and_then(|c| place.get(c).copied().flatten());
        for region in quotations {
            if let Some(slot) = owner.get_mut(region) {
                *slot = Some(out.len());
            }
        }
        place.push(Some(out.len()));
        out.push(a);
    }
    out
}
