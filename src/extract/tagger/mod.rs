//! Who is said to have said what, by trained weights over what the rules found.
//!
//! Three steps, one file each: `cues` (which words report), `roles` (for each, who and what), `keep` (how sure,
//! and which of them stay). All read a sentence as `units`; `hints` brings in the rules, whose reading of a cue stands
//! beside that of the weights; `chain` labels sequences, `find` runs the steps, `explain` tells why they came out as
//! they did. Quotations that no cue claims stay with the rules.

pub mod chain;
pub mod cues;
mod explain;
pub mod find;
pub mod hints;
pub mod keep;
pub mod roles;
pub mod units;

use super::attribution::{Attribution, ByRule, Reading, Rules, Tagger};
use super::contents;
use super::document::Document;
use super::turns::is_field;
use super::weights::{Batch, Weights};
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
const LEAST: f32 = 0.42;

/// The trained tagger.
#[derive(Debug)]
pub struct Learned {
    sense: Sense<'static>,
    cues: Chain<'static, { cues::LABELS }, { cues::LANES }>,
    roles: Chain<'static, { roles::LABELS }, { roles::LANES }>,
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

/// Sentences taken through a step together: the weights of a step stay in the caches for so many, and a long text takes no more
/// room than these.
const SENTENCES_TOGETHER: usize = 512;

/// Room for some sentences after others, and what was made of the last.
#[derive(Debug, Default)]
struct Work {
    room: Room,
    batch: Batch,
    seen: Vec<Seen>,
}

/// What is made of a sentence.
#[derive(Debug, Default)]
struct Seen {
    scene: Scene,
    /// What the rules say of any attribution, unit by unit.
    any: Vec<u8>,
    all: Vec<Candidate>,
    /// Of each candidate: the probability that it is there at all, and that it is right.
    sure: Vec<[f32; 2]>,
    /// Those that stay.
    kept: Vec<usize>,
}

/// A sentence to be looked at.
#[derive(Clone, Copy)]
struct Place<'d, 't> {
    doc: &'d Document<'t>,
    sentence: usize,
    /// The attributions of the rules that have to do with it.
    ruled: &'d [Ruled],
}

impl<'d, 't> Place<'d, 't> {
    /// Of a document of which the rules found these attributions.
    fn new(doc: &'d Document<'t>, ruled: &'d [Ruled], sentence: usize) -> Self {
        let words = doc.sentences.get(sentence).map(|s| &s.words);
        Self {
            doc,
            sentence,
            ruled: words.map_or(&[], |words| hints::of_sentence(ruled, words)),
        }
    }
}

impl Learned {
    /// Runs the steps over some sentences, each over all of them before the next.
    fn look(&self, places: &[Place<'_, '_>], work: &mut Work) {
        let Work { room, batch, seen } = work;
        if seen.len() < places.len() {
            seen.resize_with(places.len(), Seen::default);
        }
        let seen = seen.get_mut(..places.len()).unwrap_or_default();
        for (place, s) in places.iter().zip(&mut *seen) {
            s.scene.cut(place.doc, &self.sense, place.sentence);
            s.any.clear();
            s.any.resize(s.scene.units.len(), 0);
            for r in place.ruled {
                hints::lay(&s.scene, r, &mut s.any);
            }
        }
        for (place, s) in places.iter().zip(&mut *seen) {
            find::cues(&self.cues, room, &s.scene, &s.any, place.ruled, &mut s.all);
        }
        for (place, s) in places.iter().zip(&mut *seen) {
            find::roles(&self.roles, room, &s.scene, &s.any, place.ruled, &mut s.all);
        }
        for s in &*seen {
            for i in 0..s.all.len() {
                batch.place(|out| keep::features(&s.scene, &s.all, i, out));
            }
        }
        let mut sums = batch.sums::<{ keep::LABELS }>(&self.keep).iter();
        for s in seen {
            s.sure.clear();
            let sums = sums.by_ref().take(s.all.len());
            s.sure
                .extend(sums.map(|sums| keep::probability(&self.keep, *sums)));
            keep::choose(&s.all, &s.sure, LEAST, &mut s.kept);
        }
    }
}

/// A candidate as an attribution; `None` where it has no content, and where its source is a label.
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
    let source: Vec<Span> = c.source.iter().map(words).collect();
    let label = matches!(source.as_slice(), [one] if is_field(doc, *one));
    (!content.is_empty() && !label).then(|| Attribution {
        source,
        cue: vec![words(&c.cue)],
        content,
        act: if speech { Act::Speech } else { Act::Attitude },
        confidence,
        continues: None,
    })
}

impl Tagger for Learned {
    fn attributions(&self, docs: Vec<ByRule<'_, '_>>) -> Vec<Vec<Attribution>> {
        let ruled: Vec<Vec<Ruled>> = docs
            .iter()
            .map(|(doc, by_rule)| hints::ruled(doc, by_rule))
            .collect();
        let mut found: Vec<Vec<Attribution>> = vec![Vec::new(); docs.len()];
        let places = docs.iter().zip(&ruled).enumerate();
        let places = places.flat_map(|(n, ((doc, _), ruled))| {
            let sentences = 0..doc.sentences.len();
            sentences.map(move |sentence| (n, Place::new(doc, ruled, sentence)))
        });
        let (of, places): (Vec<usize>, Vec<Place<'_, '_>>) = places.unzip();
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let mut work = spare().pop().unwrap_or_default();
        for (of, places) in of
            .chunks(SENTENCES_TOGETHER)
            .zip(places.chunks(SENTENCES_TOGETHER))
        {
            self.look(places, &mut work);
            for ((n, place), seen) in of.iter().zip(places).zip(&work.seen) {
                for &i in &seen.kept {
                    let sure = seen.sure.get(i).map_or(0.0, |p| p[1]);
                    let candidate = seen.all.get(i);
                    let made = candidate.and_then(|c| attribution(place.doc, &seen.scene, c, sure));
                    if let (Some(a), Some(found)) = (made, found.get_mut(*n)) {
                        by_paragraph(place.doc, a, found);
                    }
                }
            }
        }
        spare().push(work);
        docs.into_iter()
            .zip(found)
            .map(|((doc, by_rule), found)| with_unclaimed(doc, by_rule, found))
            .collect()
    }

    fn readings(&self, doc: &Document<'_>, sentence: usize) -> Vec<Reading> {
        if doc.sentences.get(sentence).is_none() {
            return Vec::new();
        }
        let ruled = hints::ruled(doc, &Rules.find(doc));
        let place = Place::new(doc, &ruled, sentence);
        let mut work = Work::default();
        self.look(&[place], &mut work);
        work.seen.first().map_or_else(Vec::new, |seen| {
            explain::readings(self, doc, place.ruled, seen)
        })
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
