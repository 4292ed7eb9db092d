//! Third step: how sure an attribution is, judged as a whole; what contradicts a surer one is left out.
//!
//! A logistic model over what the first two steps said of their own certainty, over the shape of the whole
//! (which kind of source, how much content, in marks or not), the agreement with the rules, and the rivals in
//! the same sentence. Its output is the probability that source and content are right.

use super::cues::kind;
use super::units::{Scene, Unit};
use crate::extract::lexicon::Classes;
use crate::extract::weights::{Sums, Weights, feature, three, two};
use std::ops::Range;

/// An attribution that may be one, in units of its scene.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    pub cue: Range<usize>,
    pub source: Vec<Range<usize>>,
    pub content: Vec<Range<usize>>,
    /// Probability that the cue begins where it does, and the least along it.
    pub cue_sure: [f32; 2],
    /// Probability of the whole labelling of roles, and of each part's begin and end (the least of them).
    pub roles_sure: f32,
    pub source_sure: f32,
    pub content_sure: f32,
    /// What the rules say of this cue: 0 nothing, else 1 + how sure in tenths.
    pub ruled: u8,
    /// The rules found the same content; the same source.
    pub same: [bool; 2],
    /// Its roles are those of the rules, where the weights would have others.
    pub by_rule: bool,
    /// A reading of the rules that is a quotation and nothing else, with its source, where the weights would add words
    /// without marks or leave out the source.
    pub plain: bool,
}

impl Candidate {
    /// One of which nothing is known, in the room of this one.
    pub fn emptied(mut self) -> Self {
        self.source.clear();
        self.content.clear();
        Self {
            source: self.source,
            content: self.content,
            ..Self::default()
        }
    }
}

/// Probability in a handful of steps, finer towards the ends.
fn step(p: f32) -> u64 {
    let odds = (p.clamp(1e-4, 1.0 - 1e-4) / (1.0 - p.clamp(1e-4, 1.0 - 1e-4))).ln();
    ((odds * 2.0).round() as i64 + 20).clamp(0, 40) as u64
}

fn coarse(p: f32) -> u64 {
    step(p) / 4
}

fn size(n: usize) -> u64 {
    match n {
        0..=4 => n as u64,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=35 => 8,
        _ => 9,
    }
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether two candidates share their cue or a unit of content, or one's cue lies in the other's content.
pub fn clash(a: &Candidate, b: &Candidate) -> bool {
    let over = |x: &Candidate, y: &Candidate| {
        x.content
            .iter()
            .any(|c| touches(c, &y.cue) || y.content.iter().any(|d| touches(c, d)))
    };
    touches(&a.cue, &b.cue) || over(a, b) || over(b, a)
}

/// Adds the features of the candidate at `index`.
pub fn features(scene: &Scene, all: &[Candidate], index: usize, out: &mut Vec<u64>) {
    let Some(c) = all.get(index) else { return };
    let mut t = 400u32;
    let mut f = |a: u64, b: u64| {
        out.push(feature(t, a, b));
        t += 1;
    };
    let unit = |i: usize| scene.units.get(i);
    let tag = |u: Option<&Unit>| u.map_or(0, |u| u64::from(u.tag));
    let shape = |u: Option<&Unit>| u.map_or(0, |u| u64::from(u.shape));
    let head = c
        .cue
        .clone()
        .filter_map(unit)
        .find(|u| u.verb != 0)
        .or(unit(c.cue.start));
    let (verb, act, form) =
        head.map_or((0, 0, 0), |h| (u64::from(h.verb), u64::from(h.act), h.form));
    let cluster = head.map_or(0, |h| u64::from(h.cluster));
    let quotes: usize = c
        .content
        .iter()
        .flat_map(Clone::clone)
        .filter(|i| unit(*i).is_some_and(Unit::is_quote))
        .count();
    let words: usize = c
        .content
        .iter()
        .map(|r| {
            let w = scene.words(r);
            w.len()
        })
        .sum();
    let bare: usize = c
        .content
        .iter()
        .flat_map(Clone::clone)
        .filter(|i| unit(*i).is_some_and(Unit::is_word))
        .count();
    let kind_of = match (quotes, bare) {
        (0, _) => 0u64,
        (_, 0) => 1,
        _ => 2,
    };
    let source = c.source.first();
    let first_source = source.and_then(|s| unit(s.start));
    let last_source = source.and_then(|s| s.end.checked_sub(1)).and_then(unit);
    let source_kind = match (source, first_source) {
        (None, _) | (_, None) => 0u64,
        (Some(_), Some(u)) if u.is(Classes::SUBJECT_PRONOUN) => 1,
        (Some(_), Some(u)) if u.shape == 2 && !u.is(Classes::DETERMINER) => 2,
        _ => 3,
    };
    let first = c.content.first().cloned().unwrap_or(0..0);
    let last = c.content.last().cloned().unwrap_or(0..0);
    let place = if c.content.is_empty() {
        0u64
    } else if first.start >= c.cue.end {
        1
    } else if last.end <= c.cue.start {
        2
    } else {
        3
    };

    f(0, 0);
    f(step(c.cue_sure[0]), 0);
    f(step(c.cue_sure[1]), 0);
    f(step(c.roles_sure), 0);
    f(step(c.source_sure), source_kind);
    f(step(c.content_sure), 0);
    f(coarse(c.cue_sure[0]), two(coarse(c.roles_sure), act));
    f(coarse(c.cue_sure[1]), two(coarse(c.content_sure), kind_of));
    f(coarse(c.content_sure), two(coarse(c.source_sure), kind_of));
    f(step(c.cue_sure[0]), act);
    f(step(c.roles_sure), kind_of);
    f(step(c.content_sure), two(kind_of, place));
    f(verb, act);
    f(verb, coarse(c.cue_sure[0]));
    f(form, 0);
    f(head.map_or(0, |h| h.group.into()), 0);
    f(cluster >> 6, kind_of);
    f(cluster >> 6, coarse(c.cue_sure[0]));
    f(three(c.cue.len().min(4) as u64, act, kind_of), place);
    f(
        three(
            tag(unit(c.cue.start)),
            tag(c.cue.end.checked_sub(1).and_then(unit)),
            c.cue.len().min(4) as u64,
        ),
        kind_of,
    );
    f(size(words), kind_of);
    f(size(words), two(act, place));
    f(
        two(c.content.len().min(3) as u64, quotes.min(3) as u64),
        place,
    );
    f(source_kind, act);
    f(
        three(source_kind, place, kind_of),
        source.map_or(0, |s| size(s.len())),
    );
    f(
        three(
            tag(first_source),
            tag(last_source),
            source.map_or(0, |s| s.len().min(5) as u64),
        ),
        0,
    );
    f(last_source.map_or(0, |u| u.form), 0);
    f(last_source.map_or(0, |u| u64::from(u.group)), 0);
    f(
        two(tag(unit(first.start)), tag(unit(first.start + 1))),
        place,
    );
    f(unit(first.start).map_or(0, |u| u.form), place);
    f(
        two(
            tag(last.end.checked_sub(1).and_then(unit)),
            shape(unit(last.end)),
        ),
        place,
    );
    f(
        kind(unit(last.end)).into(),
        two(
            kind(first.start.checked_sub(1).and_then(unit)).into(),
            place,
        ),
    );
    let begins = u64::from(first.start == 0) | u64::from(last.end + 1 >= scene.own) << 1;
    f(begins, two(place, kind_of));
    f(u64::from(scene.heading), act);
    f(u64::from(scene.heading), kind_of);
    // The rules.
    let same = u64::from(c.same[0]) | u64::from(c.same[1]) << 1;
    f(c.ruled.into(), same);
    f(c.ruled.into(), two(same, coarse(c.cue_sure[0])));
    f(same, two(coarse(c.content_sure), act));
    f(same, two(coarse(c.source_sure), source_kind));
    f(same, verb);
    let by = u64::from(c.by_rule) << 2 | same;
    f(by, step(c.roles_sure));
    f(by, two(step(c.content_sure), kind_of));
    f(by, two(step(c.source_sure), source_kind));
    f(by, two(c.ruled.into(), kind_of));
    f(by, three(act, kind_of, place));
    f(by, verb);
    // Rivals.
    let mut rivals = [0f32; 3];
    for (n, o) in all.iter().enumerate() {
        if n == index || o.cue == c.cue {
            continue;
        }
        if o.content.iter().any(|r| touches(r, &c.cue)) {
            rivals[0] = rivals[0].max(o.cue_sure[0]);
        }
        if c.content.iter().any(|r| touches(r, &o.cue)) {
            rivals[1] = rivals[1].max(o.cue_sure[0]);
        }
        if o.content
            .iter()
            .any(|r| c.content.iter().any(|s| touches(r, s)))
        {
            rivals[2] = rivals[2].max(o.cue_sure[0]);
        }
    }
    for (n, r) in rivals.iter().enumerate() {
        let r = if *r == 0.0 { 99 } else { step(*r) };
        f(r, n as u64);
        f(r, two(coarse(c.cue_sure[0]), act));
        f(r, two(kind_of, place));
    }
    f(all.len().min(6) as u64, act);
}

/// By how much the rules' reading of a cue must be likelier than that of the weights (chosen on dev).
const MARGIN: f32 = 0.2;

/// Wrong; right as to its cue or the half of its content; right.
pub const LABELS: usize = 3;
pub const WRONG: u8 = 0;
pub const RIGHT: u8 = 2;

/// Probability that a candidate is there at all, and that its source and content are right, by the sums of its features.
pub fn probability(weights: &Weights<'_>, sums: Sums) -> [f32; 2] {
    let scores = sums.scores::<LABELS>().map(|s| s as f32 * weights.scale());
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let [wrong, partly, right] = scores.map(|s| (s - top).exp());
    let whole = wrong + partly + right;
    [(partly + right) / whole, right / whole]
}

/// Which candidates stay, in the order of their cues: those most likely right first, none that clashes with a surer one,
/// none less probable than `least`.
pub fn choose(all: &[Candidate], sure: &[[f32; 2]], least: f32, kept: &mut Vec<usize>) {
    kept.clear();
    kept.extend((0..all.len()).filter(|i| sure.get(*i).is_some_and(|p| p[0] >= least)));
    kept.sort_by(|a, b| {
        // The weights' reading of a cue goes before that of the rules, unless that is much more likely; marks, and who
        // stands beside them, the rules read better.
        let p = |i: &usize| {
            let margin = match all.get(*i) {
                Some(c) if c.plain => -MARGIN,
                Some(c) if c.by_rule => MARGIN,
                _ => 0.0,
            };
            sure.get(*i).map_or(0.0, |p| p[1]) - margin
        };
        p(b).total_cmp(&p(a)).then(a.cmp(b))
    });
    // Those that stay move to the front.
    let mut count = 0;
    for n in 0..kept.len() {
        let candidate = kept.get(n).and_then(|i| all.get(*i));
        let surer = || kept.iter().take(count).filter_map(|k| all.get(*k));
        if candidate.is_some_and(|c| !c.content.is_empty() && surer().all(|k| !clash(k, c))) {
            kept.swap(count, n);
            count += 1;
        }
    }
    kept.truncate(count);
    kept.sort_unstable_by_key(|i| all.get(*i).map(|c| c.cue.start));
}
