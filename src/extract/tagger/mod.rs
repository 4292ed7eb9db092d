//! Who is said to have said what, by trained weights over what the rules found.
//!
//! Three steps, one file each: `cues` (which words report; `gate` spares it most words), `roles` (for each, who and what), `keep` (how sure,
//! and which of them stay). All read a sentence as `units`; `hints` brings in the rules, whose reading of a cue stands
//! beside that of the weights; `chain` labels sequences, `find` runs the steps, `explain` tells why they came out as
//! they did. Quotations that no cue claims stay with the rules.

pub mod chain;
pub mod cues;
mod explain;
pub mod find;
pub mod gate;
pub mod hints;
pub mod keep;
pub mod roles;
pub mod units;

use super::attribution::{Attribution, Reading, Rules, Tagger};
use super::contents;
use super::document::Document;
use super::weights::Weights;
use crate::model::Act;
use crate::text::Span;
use chain::Chain;
use find::Room;
use hints::Ruled;
use keep::Candidate;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use units::Scene;
pub use units::Sense;

/// Below this probability an attribution is not made.
const LEAST: f32 = 0.4;

/// The trained tagger.
#[derive(Debug)]
pub struct Learned {
    sense: Sense<'static>,
    gate: Weights<'static>,
    cues: Chain<'static, { cues::LABELS }>,
    roles: Chain<'static, { roles::LABELS }>,
    keep: Weights<'static>,
    /// Room that no thread is working in.
    spare: Mutex<Vec<Work>>,
}

impl Learned {
    /// The models that come with the program; `None` when they are not whole.
    #[must_use]
    pub fn bundled() -> Option<Self> {
        Some(Self {
            sense: Sense::bundled()?,
            gate: Weights::new(include_bytes!("../../../assets/models/gate.bin"))?,
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
            spare: Mutex::default(),
        })
    }
}

/// Room for one sentence after another, and what was made of the last.
#[derive(Debug, Default)]
struct Work {
    scene: Scene,
    room: Room,
    any: Vec<u8>,
    hashes: Vec<u64>,
    all: Vec<Candidate>,
    /// Of each candidate: the probability that it is there at all, and that it is right.
    sure: Vec<[f32; 2]>,
    /// Those that stay.
    kept: Vec<usize>,
}

impl Learned {
    /// Runs the steps over a sentence; `ruled` are the attributions of the rules in it.
    fn look(&self, doc: &Document<'_>, sentence: usize, ruled: &[Ruled], work: &mut Work) {
        let Work {
            scene,
            room,
            any,
            hashes,
            all,
            sure,
            kept,
        } = work;
        scene.cut(doc, &self.sense, sentence);
        any.clear();
        any.resize(scene.units.len(), 0);
        for r in ruled {
            hints::lay(scene, r, any);
        }
        find::cues(&self.gate, &self.cues, room, scene, any, ruled, all);
        find::roles(&self.roles, room, scene, any, ruled, all);
        sure.clear();
        sure.extend((0..all.len()).map(|i| keep::probability(&self.keep, scene, all, i, hashes)));
        keep::choose(all, sure, LEAST, kept);
    }
}

/// A candidate as an attribution; `None` where it has no content.
fn attribution(
    doc: &Document<'_>,
    scene: &Scene,
    c: &Candidate,
    confidence: f32,
) -> Option<Attribution> {
    let words = |r: &Range<usize>| doc.span_of(&scene.words(r));
    let content: Vec<Span> = c
        .content
        .iter()
        .flat_map(|r| contents::spans(doc, &scene.words(r)))
        .collect();
    let speech = c
        .cue
        .clone()
        .filter_map(|u| scene.units.get(u))
        .any(|u| u.act != 1);
    (!content.is_empty()).then(|| Attribution {
        source: c.source.iter().map(words).collect(),
        cue: vec![words(&c.cue)],
        content,
        act: if speech { Act::Speech } else { Act::Attitude },
        confidence,
        continues: None,
    })
}

impl Tagger for Learned {
    fn attributions(&self, doc: &Document<'_>, by_rule: Vec<Attribution>) -> Vec<Attribution> {
        let ruled = hints::ruled(doc, &by_rule);
        let mut out: Vec<Attribution> = Vec::new();
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let mut work = spare().pop().unwrap_or_default();
        for (n, sentence) in doc.sentences.iter().enumerate() {
            let mine = hints::of_sentence(&ruled, &sentence.words);
            self.look(doc, n, mine, &mut work);
            for &i in &work.kept {
                let sure = work.sure.get(i).map_or(0.0, |p| p[1]);
                let candidate = work.all.get(i);
                if let Some(a) = candidate.and_then(|c| attribution(doc, &work.scene, c, sure)) {
                    by_paragraph(doc, a, &mut out);
                }
            }
        }
        spare().push(work);
        with_unclaimed(doc, by_rule, out)
    }

    fn readings(&self, doc: &Document<'_>, sentence: usize) -> Vec<Reading> {
        let Some(words) = doc.sentences.get(sentence).map(|s| &s.words) else {
            return Vec::new();
        };
        let ruled = hints::ruled(doc, &Rules.find(doc));
        let mine = hints::of_sentence(&ruled, words);
        let mut work = Work::default();
        self.look(doc, sentence, mine, &mut work);
        explain::readings(self, doc, mine, &work)
    }
}

/// Adds an attribution; what its content holds of later paragraphs goes on with it, paragraph by paragraph.
fn by_paragraph(doc: &Document<'_>, mut a: Attribution, out: &mut Vec<Attribution>) {
    let of = |s: &Span| {
        doc.paragraphs
            .partition_point(|p| p.span.finish() <= s.begin())
    };
    let first = a.content.iter().map(of).min().unwrap_or(0);
    let at_cue = a.cue.first().map_or(first, of).max(first);
    let mut later: Vec<Span> = Vec::new();
    let mut here = Vec::new();
    for span in a.content {
        if of(&span) > at_cue && !here.is_empty() || of(&span) > at_cue + 1 {
            later.push(span);
        } else {
            here.push(span);
        }
    }
    a.content = here;
    let (act, confidence) = (a.act, a.confidence);
    out.push(a);
    for span in later {
        let continues = Some(out.len() - 1);
        out.push(Attribution {
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![span],
            act,
            confidence,
            continues,
        });
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
