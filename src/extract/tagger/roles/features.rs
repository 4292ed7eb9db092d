//! The features by which a unit is given its role to a cue.
//!
//! Two parts: what no cue changes (`local`), and what one does (`Asked`), in groups that hang on so little that places share them.
//! Must not decide when which is asked.

use super::between::{Between, Counts};
use super::{Question, side};
use crate::extract::tagger::cues::{around, is_nominal, is_verb, kind, near, tag, tags_around};
use crate::extract::tagger::units::{Scene, Unit};
use crate::extract::weights::{feature, three, two};
use std::ops::Range;

/// First template of the features that no cue changes, and of those that one does.
const LOCAL: u32 = 200;
const CONDITIONAL: u32 = LOCAL + 50;

/// Groups of features that places around one cue share.
pub(super) const SHARED: usize = 2;
/// Groups that hang on so little of a cue that others share them too.
pub(super) const COMMON: usize = 8;

/// Of which of those groups a [key](Asked::common_keys) is.
pub(super) fn group_of(key: u64) -> usize {
    (key >> 60) as usize - 1
}

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

/// The features that depend on the side of the cue alone: the same for all cues on that side.
pub fn local(scene: &Scene, at: usize, side: usize, out: &mut Vec<u64>) {
    for (part, at) in around(at).into_iter().enumerate() {
        word(part, scene.unit(at), side, out);
    }
    tags(tags_around(scene, at), side, out);
    beside(scene, at, side, out);
}

/// Adds one of the [`PARTS`](crate::extract::weights::adjacent::PARTS) of local features, those that hang on nothing but the side and
/// [`Unit::word`].
pub(super) fn word(part: usize, u: &Unit, side: usize, out: &mut Vec<u64>) {
    let s = |x: u64| (side as u64) << 56 ^ x;
    let f = |template: u32, a: u64, b: u64| feature(LOCAL + template, a, b);
    match part {
        0 => out.extend([
            f(0, u.form, 0),
            f(1, s(u.form), 0),
            f(8, s(u.endings[0].into()), 0),
            f(9, s(u.endings[1].into()), 0),
        ]),
        1 => out.push(f(2, s(u.form), 0)),
        _ => out.push(f(3, s(u.form), 0)),
    }
    let cluster = u64::from(u.cluster);
    let t = 17 + 4 * part as u32;
    let part = part as u64;
    out.extend([
        f(t, s(u.group.into()), part),
        f(t + 1, s(cluster >> 6), part),
        f(t + 2, s(cluster >> 10), part),
        f(t + 3, s(u.classes.bits().into()), part),
    ]);
}

/// Adds a group of local features, those that hang on [parts of speech](tags_around) alone.
pub(super) fn tags(around: u64, side: usize, out: &mut Vec<u64>) {
    let s = |x: u64| (side as u64) << 56 ^ x;
    let f = |template: u32, a: u64, b: u64| feature(LOCAL + template, a, b);
    let [left, own, right] = [around >> 16, around >> 8 & 0xFF, around & 0xFF];
    out.extend([
        f(11, s(own), 0),
        f(12, s(left), own),
        f(13, s(own), right),
        f(14, s(around), 0),
    ]);
}

/// Adds the other local features.
pub(super) fn beside(scene: &Scene, at: usize, side: usize, out: &mut Vec<u64>) {
    let get = |offset: isize| scene.unit(at.wrapping_add_signed(offset));
    let (u, l1, l2, r1, r2) = (get(0), get(-1), get(-2), get(1), get(2));
    let s = |x: u64| (side as u64) << 56 ^ x;
    let f = |template: u32, a: u64, b: u64| feature(LOCAL + template, a, b);
    out.extend([
        f(4, s(l2.form), 0),
        f(5, s(r2.form), 0),
        f(10, s(u.shape.into()), two(l1.shape.into(), r1.shape.into())),
        f(15, s(three(tag(l2), tag(l1), tag(u))), 0),
        f(16, s(three(tag(u), tag(r1), tag(r2))), 0),
    ]);
    let f = |template: u32, a: u64, b: u64| feature(CONDITIONAL + template, s(a), b);
    let rest = scene.own.saturating_sub(at + 1).min(3) as u64;
    out.extend([
        f(30, u.quote.into(), l1.form),
        f(31, l1.quote.into(), two(tag(u), u.kind.into())),
        f(34, rest, two(u.shape.into(), l1.kind.into())),
    ]);
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
        let [before, behind] = [between.before(), between.of(scene.own)];
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
            beside,
            quotes: [
                before.quotes().min(2),
                behind.quotes().min(2),
                u64::from(scene.units.len() > scene.own),
            ],
            known: own.iter().any(|hint| *hint != 0),
        }
    }
}

/// A unit, seen from a cue.
pub(super) struct Asked<'q> {
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
    pub(super) fn new(q: &'q Question<'_>, at: usize, side: usize) -> Self {
        let beside = [at, at.wrapping_sub(1), at.wrapping_add(1)];
        let [u, l1, r1] = beside.map(|at| q.scene.unit(at));
        let (from, to) = if side == 0 {
            (at + 1, q.cue.start)
        } else {
            (q.cue.end, at)
        };
        let hint = |list: &[u8], at: usize| list.get(at).map_or(0, |h| u64::from(*h));
        Self {
            q,
            at,
            side: (side as u64) << 56,
            u,
            l1,
            r1,
            kinds: [u, l1, r1].map(|u| u.kind.into()),
            distance: to - from,
            between: q.between.of(at),
            other: beside.map(|at| u64::from(q.others.get(at).copied().unwrap_or(false))),
            own: beside.map(|at| match q.about.known {
                true => 8 + hint(q.own, at),
                false => 0,
            }),
            any: beside.map(|at| hint(q.any, at)),
        }
    }

    /// What the groups that places around the cue share hang on, besides the cue: kinds of unit; distance and kind. Keys of
    /// different groups differ.
    pub(super) fn keys(&self) -> [u64; SHARED] {
        let [ku, kl, _] = self.kinds;
        let quote = u64::from(self.u.quote) << 16;
        [
            1 << 60 | self.side | two(ku, kl) | quote,
            2 << 60 | self.side | two(near(self.distance), ku) | quote,
        ]
    }

    /// What each of the other groups hangs on, all of it: the same number for the same features. Keys of different groups differ: the
    /// highest four bits are the number of the group, from 1, and all that it hangs on is below the side.
    pub(super) fn common_keys(&self) -> [u64; COMMON] {
        let [ku, kl, kr] = self.kinds;
        let [[_, _, kb], [_, _, ka]] = self.q.about.beside;
        let (d, before, tag) = (near(self.distance), tag(self.l1), tag(self.u));
        let b = self.between;
        let other = self.others();
        let between = other << 18 | b.all();
        let rules = self.own.iter().chain(&self.any);
        let rules = rules.fold(0, |key, hint| key << 8 | *hint);
        let [own, own_left, _] = self.own;
        let beside = kb << 4 | ka;
        let [commas, quotes, cues] = [b.commas(), b.quotes(), b.cues()];
        let place = self.q.about.verb << 2 | self.at.min(3) as u64;
        let [quote, next] = [self.u.quote, self.r1.quote].map(u64::from);
        let key = |group: u64, of: u64| {
            debug_assert!(of < 1 << 56);
            group << 60 | self.side | of
        };
        [
            key(1, three(place, tag, beside)),
            key(2, between << 24 | three(beside, quote, ku << 4 | kl)),
            key(3, rules),
            key(4, two(three(d, tag, cues) << 16 | self.clause(), next)),
            key(5, three(d, kr, ku << 4 | kl)),
            key(6, two(three(own_left, own, self.any[0]), tag) << 4 | ku),
            key(7, three(own_left, own, beside) << 4 | d),
            key(
                8,
                three(three(commas, quotes, cues) << 3 | other, before, tag),
            ),
        ]
    }

    /// Whether a clause begins: a noun and behind it a verb.
    fn clause(&self) -> u64 {
        let [noun, verb] = [is_nominal(self.u.tag), is_verb(self.r1.tag)].map(u64::from);
        two(noun, verb)
    }

    /// A bit for each of the unit, the one before and the one behind where another cue is.
    fn others(&self) -> u64 {
        let [other, left, right] = self.other;
        other | left << 1 | right << 2
    }

    /// Adds the features that depend on the cue, group by group.
    pub(super) fn conditional(&self, out: &mut Vec<u64>) {
        for group in 0..SHARED {
            self.shared(group, out);
        }
        for group in 0..COMMON {
            self.common(group, out);
        }
    }

    /// Adds the features of a group that places around the cue share: they see no more of the place than its key does.
    pub(super) fn shared(&self, group: usize, out: &mut Vec<u64>) {
        let f = |template, a, b| feature(CONDITIONAL + template, self.side ^ a, b);
        let Self { q, u, .. } = self;
        let cue = &q.about;
        let d = near(self.distance);
        let [ku, kl, _] = self.kinds;
        let [[fb, tb, kb], [fa, ta, ka]] = cue.beside;
        let [left_quote, right_quote, beyond] = cue.quotes;
        let quote = u64::from(u.quote);
        let begins = two(u64::from(q.scene.heading), u64::from(q.scene.opens));
        // Of so near a distance there is one place on a side.
        let touching = if self.distance < 2 { u.form } else { 0 };
        match group {
            0 => out.extend([
                f(10, cue.form, ku),
                f(12, cue.verb, two(ku, kl)),
                f(17, cue.cluster, two(ku, kl)),
                f(18, fa, two(ku, kl)),
                f(20, fb, two(ku, kl)),
                f(25, two(left_quote, right_quote), two(quote, beyond)),
            ]),
            _ => out.extend([
                f(0, d, 0),
                f(11, cue.form, two(d.min(5), ku)),
                f(15, three(cue.act, cue.frames, 0), two(d, ku)),
                f(21, two(tb, ta), two(d, ku)),
                f(28, quote, two(d, ka << 4 | kb)),
                f(35, begins, two(ku, d)),
                f(14, cue.last, touching),
            ]),
        }
    }

    /// Adds the features of one of the other groups: they see nothing but what its key does.
    pub(super) fn common(&self, group: usize, out: &mut Vec<u64>) {
        let f = |template, a, b| feature(CONDITIONAL + template, self.side ^ a, b);
        let Self { q, u, l1, r1, .. } = self;
        let cue = &q.about;
        let d = near(self.distance);
        let [ku, kl, kr] = self.kinds;
        let b = self.between;
        let [commas, quotes, finite] = [b.commas(), b.quotes(), b.finite()];
        let [cues, breaks, opens] = [b.cues(), b.breaks(), b.opens()];
        let [[_, _, kb], [_, _, ka]] = cue.beside;
        let quote = u64::from(u.quote);
        let other = self.others();
        let [own, own_left, own_right] = self.own;
        let [any, any_left, any_right] = self.any;
        match group {
            0 => out.extend([
                f(13, cue.verb, tag(u)),
                f(23, two(kb, ka), two(self.at.min(2) as u64, tag(u))),
                f(33, self.at.min(3) as u64, two(tag(u), kb)),
            ]),
            // What stands between.
            1 => out.extend([
                f(5, three(commas, quotes, finite), cues << 8 | ku),
                f(7, two(finite, breaks), two(opens, ku)),
                f(9, three(opens, finite, commas), two(kl, ku)),
                f(22, two(kb, ka), three(commas, ku, kl)),
                f(29, quote, three(commas, cues, finite)),
                f(36, other, two(cues, ku)),
            ]),
            // The rules.
            2 => out.extend([
                f(39, own, 0),
                f(40, two(own_left, own), own_right),
                f(42, two(own, any), two(any_left, any_right)),
            ]),
            // Where the place is, seen from the cue.
            3 => out.extend([
                f(1, d, tag(u)),
                f(32, r1.quote.into(), two(tag(u), d)),
                f(47, self.clause(), two(d, cues)),
            ]),
            4 => out.push(f(3, d, three(ku, kl, kr))),
            // The rules again.
            5 => out.extend([
                f(41, two(own_left, own), two(tag(u), ku)),
                f(43, any, two(own, tag(u))),
            ]),
            6 => out.push(f(46, two(own_left, own), three(kb, ka, d))),
            _ => out.extend([
                f(6, three(commas, quotes, cues), two(tag(l1), tag(u))),
                f(37, other, three(tag(l1), tag(u), cues)),
            ]),
        }
    }
}
