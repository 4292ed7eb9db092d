//! The features by which a unit is given its role to a cue.
//!
//! Two parts: what no cue changes (`local`, asked once for all cues of a side), and what one does (`Asked::conditional`). Must
//! not decide when which is asked.

use super::{Between, Counts, Question, side};
use crate::extract::tagger::cues::{is_nominal, is_verb, kind, near, tag};
use crate::extract::tagger::units::{Scene, Unit};
use crate::extract::weights::{feature, three, two};
use std::ops::Range;

/// First template of the features that no cue changes, and of those that one does.
const LOCAL: u32 = 200;
const CONDITIONAL: u32 = LOCAL + 50;

/// Adds the features of the unit at `at`.
pub fn features(q: &Question<'_>, at: usize, out: &mut Vec<u64>) {
    match side(q, at) {
        None => out.push(feature(LOCAL, 0, 0)),
        Some(side) => {
            local(q.scene, at, side, out);
            Asked::new(q, at, side).conditional(out);
        }
    }
}

fn unit(scene: &Scene, at: Option<usize>) -> &Unit {
    at.and_then(|i| scene.units.get(i)).unwrap_or(&Unit::NONE)
}

/// The features that depend on the side of the cue alone: the same for all cues on that side.
pub fn local(scene: &Scene, at: usize, side: usize, out: &mut Vec<u64>) {
    let get = |offset: isize| unit(scene, at.checked_add_signed(offset));
    let (u, l1, l2, r1, r2) = (get(0), get(-1), get(-2), get(1), get(2));
    let s = |x: u64| (side as u64) << 56 ^ x;
    let f = |template: u32, a: u64, b: u64| feature(LOCAL + template, a, b);
    out.extend([
        f(0, u.form, 0),
        f(1, s(u.form), 0),
        f(2, s(l1.form), 0),
        f(3, s(r1.form), 0),
        f(4, s(l2.form), 0),
        f(5, s(r2.form), 0),
        f(6, s(l1.form), u.form),
        f(7, s(u.form), r1.form),
        f(8, s(u.endings[0]), 0),
        f(9, s(u.endings[1]), 0),
        f(10, s(u.shape.into()), two(l1.shape.into(), r1.shape.into())),
        f(11, s(tag(u)), 0),
        f(12, s(tag(l1)), tag(u)),
        f(13, s(tag(u)), tag(r1)),
        f(14, s(three(tag(l1), tag(u), tag(r1))), 0),
        f(15, s(three(tag(l2), tag(l1), tag(u))), 0),
        f(16, s(three(tag(u), tag(r1), tag(r2))), 0),
    ]);
    for (n, x) in [(0u32, u), (1, l1), (2, r1)] {
        let c = u64::from(x.cluster);
        let t = 17 + 4 * n;
        let n = u64::from(n);
        out.extend([
            f(t, s(x.group.into()), n),
            f(t + 1, s(c >> 6), n),
            f(t + 2, s(c >> 10), n),
            f(t + 3, s(x.classes.bits().into()), n),
        ]);
    }
}

/// What the features see of a cue, the same for all places.
pub(super) struct Cue {
    form: u64,
    verb: u64,
    act: u64,
    frames: u64,
    cluster: u64,
    /// Form of its last word.
    last: u64,
    /// Parts of speech of its first and last word, and how many it has.
    tags: u64,
    /// Of the unit before it and of the one behind: form, part of speech, kind.
    beside: [[u64; 3]; 2],
    /// Quotations before it, behind it, and whether there are some beyond the sentence.
    quotes: [u64; 3],
    /// The rules know it.
    known: bool,
}

impl Cue {
    pub(super) fn new(scene: &Scene, cue: &Range<usize>, own: &[u8], between: &Between) -> Self {
        let units = scene.units.get(cue.clone()).unwrap_or_default();
        let first = units.first().unwrap_or(&Unit::NONE);
        let last = units.last().unwrap_or(&Unit::NONE);
        let head = units.iter().find(|u| u.verb != 0).unwrap_or(first);
        let beside = [cue.start.checked_sub(1), Some(cue.end)].map(|at| {
            let there = at.and_then(|i| scene.units.get(i));
            let (form, tag) = there.map_or((0, 0), |u| (u.form, tag(u)));
            [form, tag, kind(there).into()]
        });
        let quotes = |from, to| u64::from(between.stands(from, to).quotes.min(2));
        Self {
            form: if cue.len() == 1 {
                head.form
            } else {
                first.form ^ last.form.rotate_left(7)
            },
            verb: head.verb.into(),
            act: head.act.into(),
            frames: head.frames.into(),
            cluster: u64::from(head.cluster) >> 6,
            last: last.form,
            tags: three(tag(first), tag(last), cue.len().min(4) as u64),
            beside,
            quotes: [
                quotes(0, cue.start),
                quotes(cue.end, scene.own),
                u64::from(scene.units.len() > scene.own),
            ],
            known: own.iter().any(|hint| *hint != 0),
        }
    }
}

/// A unit, seen from a cue.
pub struct Asked<'q> {
    q: &'q Question<'q>,
    at: usize,
    side: u64,
    u: &'q Unit,
    l1: &'q Unit,
    r1: &'q Unit,
    /// Kinds of the unit, of the one before, of the one behind.
    kinds: [u64; 3],
    distance: usize,
    between: Counts,
    /// Of the unit, of the one before, of the one behind: whether another cue is there, what the rules say of this cue and of any.
    other: [u64; 3],
    own: [u64; 3],
    any: [u64; 3],
}

impl<'q> Asked<'q> {
    /// The unit at `at`, which is on that [`side`] of the cue.
    #[must_use]
    pub fn new(q: &'q Question<'_>, at: usize, side: usize) -> Self {
        let units = &q.scene.units;
        let beside = [Some(at), at.checked_sub(1), at.checked_add(1)];
        let there = beside.map(|at| at.and_then(|i| units.get(i)));
        let [u, l1, r1] = there.map(|u| u.unwrap_or(&Unit::NONE));
        let (from, to) = if side == 0 {
            (at + 1, q.cue.start)
        } else {
            (q.cue.end, at)
        };
        let hint = |list: &[u8], at: Option<usize>| {
            at.and_then(|i| list.get(i)).map_or(0, |h| u64::from(*h))
        };
        Self {
            q,
            at,
            side: (side as u64) << 56,
            u,
            l1,
            r1,
            kinds: there.map(|u| kind(u).into()),
            distance: to - from,
            between: q.between.stands(from, to),
            other: beside.map(|at| {
                let there = at.and_then(|i| q.others.get(i));
                u64::from(there.copied().unwrap_or(false))
            }),
            own: beside.map(|at| match q.about.known {
                true => 8 + hint(q.own, at),
                false => 0,
            }),
            any: beside.map(|at| hint(q.any, at)),
        }
    }

    /// Adds the features that depend on the cue.
    pub fn conditional(&self, out: &mut Vec<u64>) {
        let f = |template, a, b| feature(CONDITIONAL + template, self.side ^ a, b);
        let Self { q, u, l1, r1, .. } = self;
        let cue = &q.about;
        let d = near(self.distance);
        let [ku, kl, kr] = self.kinds;
        let b = &self.between;
        let [commas, quotes, finite] = [b.commas, b.quotes, b.finite].map(u64::from);
        let [cues, breaks, opens] = [b.cues, b.breaks, b.opens].map(u64::from);
        let [[fb, tb, kb], [fa, ta, ka]] = cue.beside;
        let touching = if self.distance < 2 { u.form } else { 0 };
        let [left_quote, right_quote, beyond] = cue.quotes;
        let quote = u64::from(u.quote);
        let rest = q.scene.own.saturating_sub(self.at + 1).min(3) as u64;
        let begins = two(u64::from(q.scene.heading), u64::from(q.scene.opens));
        let [other, other_left, other_right] = self.other;
        let other = other | other_left << 1 | other_right << 2;
        let [own, own_left, own_right] = self.own;
        let [any, any_left, any_right] = self.any;
        let clause = two(u64::from(is_nominal(u.tag)), u64::from(is_verb(r1.tag)));
        out.extend([
            // Where the place is, seen from the cue.
            f(0, d, 0),
            f(1, d, tag(u)),
            f(2, d, two(tag(l1), tag(u))),
            f(3, d, three(ku, kl, kr)),
            f(4, d, three(kb, ka, ku)),
            // What stands between.
            f(5, three(commas, quotes, finite), cues << 8 | ku),
            f(6, three(commas, quotes, cues), two(tag(l1), tag(u))),
            f(7, two(finite, breaks), two(opens, ku)),
            f(8, cues, u.form),
            f(9, three(opens, finite, commas), two(kl, ku)),
            // What the cue is.
            f(10, cue.form, ku),
            f(11, cue.form, two(d.min(5), ku)),
            f(12, cue.verb, two(ku, kl)),
            f(13, cue.verb, tag(u)),
            f(14, cue.last, touching),
            f(15, three(cue.act, cue.frames, 0), two(d, ku)),
            f(16, cue.tags, two(d, tag(u))),
            f(17, cue.cluster, two(ku, kl)),
            // What stands beside the cue.
            f(18, fa, two(ku, kl)),
            f(19, fa, two(d, tag(u))),
            f(20, fb, two(ku, kl)),
            f(21, two(tb, ta), two(d, ku)),
            f(22, two(kb, ka), three(commas, ku, kl)),
            f(23, two(kb, ka), two(self.at.min(2) as u64, tag(u))),
            f(24, two(kb, ka), three(cue.act, kl, tag(u))),
            // Quotations.
            f(25, two(left_quote, right_quote), two(quote, beyond)),
            f(26, three(left_quote, right_quote, beyond), two(ku, kl)),
            f(
                27,
                three(left_quote, right_quote, beyond),
                three(d, tag(u), kb),
            ),
            f(28, quote, two(d, ka << 4 | kb)),
            f(29, quote, three(commas, cues, finite)),
            f(30, quote, l1.form),
            f(31, l1.quote.into(), two(tag(u), ku)),
            f(32, r1.quote.into(), two(tag(u), d)),
            // Ends of the sentence.
            f(33, self.at.min(3) as u64, two(tag(u), kb)),
            f(34, rest, two(u.shape.into(), kl)),
            f(35, begins, two(ku, d)),
            // Other cues.
            f(36, other, two(cues, ku)),
            f(37, other, three(tag(l1), tag(u), cues)),
            f(38, cues, three(tag(u), kl, d)),
            // The rules.
            f(39, own, 0),
            f(40, two(own_left, own), own_right),
            f(41, two(own_left, own), two(tag(u), ku)),
            f(42, two(own, any), two(any_left, any_right)),
            f(43, any, two(own, tag(u))),
            f(44, two(own_left, own), u.form),
            f(45, two(own, own_right), r1.form),
            f(46, two(own_left, own), three(kb, ka, d)),
            f(47, clause, two(d, cues)),
        ]);
    }
}
