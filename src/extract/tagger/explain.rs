//! Why a sentence was read as it was: what each kind of feature weighed in each step.
//!
//! Runs nothing and decides nothing: asks the weights again, one feature at a time. The groups follow the order in
//! which `cues`, `roles` and `keep` list their features.

use super::find;
use super::keep::{self, Candidate};
use super::roles::{self, Between, Question};
use super::{LEAST, Learned, Ruled, Work, attribution, cues};
use crate::extract::attribution::Reading;
use crate::extract::document::Document;
use crate::extract::weights::Weights;

/// Up to which feature, and what kind they are.
type Groups = &'static [(usize, &'static str)];

pub(super) const CUES: Groups = &[
    (10, "the word and those beside it"),
    (18, "the lexicon of reporting words"),
    (26, "parts of speech"),
    (47, "kinds of word"),
    (52, "where quotations stand"),
    (56, "what follows"),
    (60, "subject and verbs before"),
    (67, "reporting words near"),
    (70, "place in the sentence"),
    (77, "the rules"),
];
pub(super) const ROLES: Groups = &[
    (11, "the word and those beside it"),
    (17, "parts of speech"),
    (29, "kinds of word"),
    (34, "distance to the cue"),
    (39, "what stands between"),
    (47, "the cue"),
    (54, "what stands beside the cue"),
    (62, "where quotations stand"),
    (65, "place in the sentence"),
    (68, "other cues"),
    (77, "the rules"),
];
pub(super) const KEEP: Groups = &[
    (1, "how often it is so at all"),
    (12, "how sure the steps before were"),
    (20, "the cue"),
    (23, "how much is said"),
    (28, "what kind of source"),
    (33, "where the content ends"),
    (35, "a heading or not"),
    (46, "the rules"),
    (56, "others in the sentence"),
];
/// What weighs less is not told.
const FAINT: f32 = 0.05;

/// All that was weighed in the scene of `work`, the surest first.
pub(super) fn readings(
    learned: &Learned,
    doc: &Document<'_>,
    ruled: &[Ruled],
    work: &Work,
) -> Vec<Reading> {
    let kept = &work.kept;
    let mut out: Vec<Reading> = Vec::new();
    for (i, (candidate, sure)) in work.all.iter().zip(&work.sure).enumerate() {
        let Some(attribution) = attribution(doc, &work.scene, candidate, sure[1]) else {
            continue;
        };
        let refused = match kept.contains(&i) {
            true => None,
            false if sure[0] < LEAST => Some("not likely enough"),
            false => Some("a surer one stands in its place"),
        };
        out.push(Reading {
            attribution,
            by_rule: candidate.by_rule,
            ruled: candidate.ruled > 0,
            there: sure[0],
            parts: [
                candidate.cue_sure[0],
                candidate.source_sure,
                candidate.content_sure,
            ],
            refused,
            signs: signs(learned, ruled, work, i, candidate),
        });
    }
    out.sort_by(|a, b| b.there.total_cmp(&a.there));
    out
}

fn signs(
    learned: &Learned,
    ruled: &[Ruled],
    work: &Work,
    index: usize,
    candidate: &Candidate,
) -> Vec<(&'static str, &'static str, f32)> {
    let mut out = Vec::new();
    let mut hashes = Vec::new();
    let scene = &work.scene;
    cues::features(scene, &work.any, candidate.cue.start, &mut hashes);
    let weights = learned.cues.weights();
    let (begin, outside) = (cues::BEGIN, cues::OUTSIDE);
    weigh::<{ cues::LABELS }>("cue", CUES, weights, &hashes, [begin, outside], &mut out);

    // The rules' reading of a cue is no other cue beside it: as when the roles were found.
    let found = work.all.iter().filter(|c| !c.by_rule);
    let cues_found: Vec<_> = found.map(|c| c.cue.clone()).collect();
    let place = cues_found.iter().position(|c| *c == candidate.cue);
    let (mut own, mut others, mut between) = (Vec::new(), Vec::new(), Between::default());
    find::own(scene, ruled, &candidate.cue, &mut own);
    find::others(scene, &cues_found, place.unwrap_or(usize::MAX), &mut others);
    between.count(scene, &others);
    let q = Question {
        scene,
        cue: candidate.cue.clone(),
        own: &own,
        any: &work.any,
        others: &others,
        between: &between,
    };
    let weights = learned.roles.weights();
    for (what, parts, label) in [
        ("source", &candidate.source, roles::SOURCE),
        ("content", &candidate.content, roles::CONTENT),
    ] {
        if let Some(part) = parts.first() {
            hashes.clear();
            roles::features(&q, part.start, &mut hashes);
            let against = [label, roles::OUTSIDE];
            weigh::<{ roles::LABELS }>(what, ROLES, weights, &hashes, against, &mut out);
        }
    }
    hashes.clear();
    keep::features(scene, &work.all, index, &mut hashes);
    let verdicts = [keep::RIGHT, keep::WRONG];
    weigh::<{ keep::LABELS }>("whole", KEEP, &learned.keep, &hashes, verdicts, &mut out);
    out
}

/// By how much each group of features speaks for the first label and against the second.
fn weigh<const LABELS: usize>(
    what: &'static str,
    groups: Groups,
    weights: &Weights<'_>,
    hashes: &[u64],
    [for_it, against]: [u8; 2],
    out: &mut Vec<(&'static str, &'static str, f32)>,
) {
    let first = out.len();
    let mut start = 0;
    for (end, name) in groups {
        let scores = weights.sum::<LABELS>(hashes.get(start..*end).unwrap_or(&[]));
        let of = |label: u8| scores.get(usize::from(label)).copied().unwrap_or(0);
        let weight = (of(for_it) - of(against)) as f32 * weights.scale();
        if weight.abs() >= FAINT {
            out.push((what, *name, weight));
        }
        start = *end;
    }
    if let Some(mine) = out.get_mut(first..) {
        mine.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::attribution::{Rules, Tagger};
    use crate::extract::lexicon::Lexicon;

    #[test]
    fn every_feature_is_in_a_group() {
        let lexicon = Lexicon::bundled();
        let learned = Learned::bundled().expect("bundled weights");
        let doc = Document::new("“We agree,” Ned Price said on Monday.", None, &lexicon);
        let mut work = Work::default();
        learned.look(&doc, 0, &[], &mut work);
        let mut hashes = Vec::new();
        cues::features(&work.scene, &work.any, 3, &mut hashes);
        assert_eq!(CUES.last().map(|g| g.0), Some(hashes.len()));
        hashes.clear();
        keep::features(&work.scene, &work.all, 0, &mut hashes);
        assert_eq!(KEEP.last().map(|g| g.0), Some(hashes.len()));
        hashes.clear();
        roles::local(&work.scene, 0, 0, &mut hashes);
        assert_eq!(ROLES.get(2).map(|g| g.0), Some(hashes.len()));
        let between = Between::default();
        let q = Question {
            scene: &work.scene,
            cue: 3..4,
            own: &[],
            any: &[],
            others: &[],
            between: &between,
        };
        roles::conditional(&q, 0, 0, &mut hashes);
        assert_eq!(ROLES.last().map(|g| g.0), Some(hashes.len()));
    }

    #[test]
    fn what_is_made_is_the_surest_reading() {
        let lexicon = Lexicon::bundled();
        let learned = Learned::bundled().expect("bundled weights");
        let doc = Document::new("“We agree,” Ned Price said on Monday.", None, &lexicon);
        let readings = learned.readings(&doc, 0);
        let made = learned.attributions(&doc, Rules.find(&doc));
        let first = readings.first().expect("a reading");
        assert_eq!(first.refused, None);
        assert_eq!(made.first(), Some(&first.attribution));
        assert!(first.signs.iter().any(|(what, ..)| *what == "cue"));
    }
}
