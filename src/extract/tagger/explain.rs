//! Why a sentence was read as it was: what each kind of feature weighed in each step.
//!
//! Runs nothing and decides nothing: asks the weights again, one feature at a time. The groups follow the order in
//! which `cues`, `roles` and `keep` list their features.

use super::find;
use super::keep::{self, Candidate};
use super::roles::{self, Between, Question};
use super::{LEAST, Learned, Ruled, Seen, attribution, cues};
use crate::extract::attribution::Reading;
use crate::extract::document::Document;
use crate::extract::weights::Weights;

/// Up to which feature, and what kind they are; of a kind that is listed twice the weights go together.
type Groups = &'static [(usize, &'static str)];

pub(super) const CUES: Groups = &[
    (3, "the word and those beside it"),
    (6, "kinds of word"),
    (7, "the lexicon of reporting words"),
    (8, "the word and those beside it"),
    (11, "kinds of word"),
    (12, "the word and those beside it"),
    (17, "kinds of word"),
    (21, "parts of speech"),
    (24, "the rules"),
    (25, "the word and those beside it"),
    (26, "the lexicon of reporting words"),
    (29, "parts of speech"),
    (32, "kinds of word"),
    (36, "where quotations stand"),
    (39, "what follows"),
    (42, "subject and verbs before"),
    (47, "reporting words near"),
    (49, "place in the sentence"),
    (50, "the rules"),
];
pub(super) const ROLES: Groups = &[
    (4, "the word and those beside it"),
    (8, "kinds of word"),
    (9, "the word and those beside it"),
    (13, "kinds of word"),
    (14, "the word and those beside it"),
    (18, "kinds of word"),
    (22, "parts of speech"),
    (25, "the word and those beside it"),
    (27, "parts of speech"),
    (29, "where quotations stand"),
    (30, "place in the sentence"),
    (33, "the cue"),
    (35, "what stands beside the cue"),
    (36, "where quotations stand"),
    (37, "distance to the cue"),
    (39, "the cue"),
    (40, "what stands beside the cue"),
    (41, "where quotations stand"),
    (42, "place in the sentence"),
    (44, "the cue"),
    (45, "what stands beside the cue"),
    (46, "place in the sentence"),
    (49, "what stands between"),
    (50, "what stands beside the cue"),
    (51, "where quotations stand"),
    (52, "other cues"),
    (55, "the rules"),
    (56, "distance to the cue"),
    (57, "where quotations stand"),
    (58, "parts of speech"),
    (59, "distance to the cue"),
    (62, "the rules"),
    (63, "what stands between"),
    (64, "other cues"),
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

/// All that was weighed in a sentence, the surest first.
pub(super) fn readings(
    learned: &Learned,
    doc: &Document<'_>,
    ruled: &[Ruled],
    seen: &Seen,
) -> Vec<Reading> {
    let kept = &seen.kept;
    let mut out: Vec<Reading> = Vec::new();
    for (i, (candidate, sure)) in seen.all.iter().zip(&seen.sure).enumerate() {
        let Some(attribution) = attribution(doc, &seen.scene, candidate, sure[1]) else {
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
            signs: signs(learned, ruled, seen, i, candidate),
        });
    }
    out.sort_by(|a, b| b.there.total_cmp(&a.there));
    out
}

fn signs(
    learned: &Learned,
    ruled: &[Ruled],
    seen: &Seen,
    index: usize,
    candidate: &Candidate,
) -> Vec<(&'static str, &'static str, f32)> {
    let mut out = Vec::new();
    let mut hashes = Vec::new();
    let scene = &seen.scene;
    cues::features(scene, &seen.any, candidate.cue.start, &mut hashes);
    let weights = learned.cues.weights();
    let (begin, outside) = (cues::BEGIN, cues::OUTSIDE);
    weigh::<{ cues::LABELS }>("cue", CUES, weights, &hashes, [begin, outside], &mut out);

    // The rules' reading of a cue is no other cue beside it: as when the roles were found.
    let found = seen.all.iter().filter(|c| !c.by_rule);
    let cues_found: Vec<_> = found.map(|c| c.cue.clone()).collect();
    let place = cues_found.iter().position(|c| *c == candidate.cue);
    let (mut own, mut others, mut between) = (Vec::new(), Vec::new(), Between::default());
    find::own(scene, ruled, &candidate.cue, &mut own);
    find::others(scene, &cues_found, place.unwrap_or(usize::MAX), &mut others);
    between.count(scene, &candidate.cue, &others);
    let rules = [&own[..], &seen.any];
    let q = Question::new(scene, candidate.cue.clone(), rules, &others, &between);
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
    keep::features(scene, &seen.all, index, &mut hashes);
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
        let known = out.iter_mut().skip(first).find(|sign| sign.1 == *name);
        match known {
            Some(sign) => sign.2 += weight,
            None => out.push((what, *name, weight)),
        }
        start = *end;
    }
    let mut mine = out.split_off(first);
    mine.retain(|sign| sign.2.abs() >= FAINT);
    mine.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    out.append(&mut mine);
}

#[cfg(test)]
mod tests {
    use super::super::{Place, Work};
    use super::*;
    use crate::extract::attribution::{Rules, Tagger};
    use crate::extract::lexicon::Lexicon;

    #[test]
    fn every_feature_is_in_a_group() {
        let lexicon = Lexicon::bundled();
        let learned = Learned::bundled().expect("bundled weights");
        let doc = Document::new("“We agree,” Ned Price said on Monday.", None, &lexicon);
        let mut work = Work::default();
        learned.look(&[Place::new(&doc, &[], 0)], &mut work);
        let seen = &work.seen[0];
        let mut hashes = Vec::new();
        cues::features(&seen.scene, &seen.any, 3, &mut hashes);
        assert_eq!(CUES.last().map(|g| g.0), Some(hashes.len()));
        hashes.clear();
        keep::features(&seen.scene, &seen.all, 0, &mut hashes);
        assert_eq!(KEEP.last().map(|g| g.0), Some(hashes.len()));
        hashes.clear();
        roles::local(&seen.scene, 0, 0, &mut hashes);
        assert!(ROLES.iter().any(|g| g.0 == hashes.len()));
        let between = Between::default();
        let q = Question::new(&seen.scene, 3..4, [&[], &[]], &[], &between);
        hashes.clear();
        roles::features(&q, 0, &mut hashes);
        assert_eq!(ROLES.last().map(|g| g.0), Some(hashes.len()));
    }

    #[test]
    fn what_is_made_is_the_surest_reading() {
        let lexicon = Lexicon::bundled();
        let learned = Learned::bundled().expect("bundled weights");
        let doc = Document::new("“We agree,” Ned Price said on Monday.", None, &lexicon);
        let readings = learned.readings(&doc, 0);
        let made = learned.attributions(vec![(&doc, Rules.find(&doc))]);
        let first = readings.first().expect("a reading");
        assert_eq!(first.refused, None);
        assert_eq!(made[0].first(), Some(&first.attribution));
        assert!(first.signs.iter().any(|(what, ..)| *what == "cue"));
    }
}
