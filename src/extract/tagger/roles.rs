//! Second step: given one cue, who is its source and what is its content. Labels every unit of the cue's scene.
//!
//! One labelling a cue, as in semantic role labelling (Gildea and Jurafsky 2002), rather than one for the
//! whole sentence: so distance, side and what stands between are those to the cue in question, one source may
//! serve two cues, and what belongs together needs no linking afterwards.

use super::cues::{is_finite, is_nominal, is_verb, kind, near};
use super::units::{Scene, Unit};
use crate::extract::lexicon::Classes;
use crate::extract::weights::feature;
use std::ops::Range;

/// Outside; begin and inside of the source, of the content; the cue itself.
pub const LABELS: usize = 6;
pub const OUTSIDE: u8 = 0;
pub const SOURCE: u8 = 1;
pub const CONTENT: u8 = 3;
pub const CUE: u8 = 5;
/// Kinds of place for the weights of neighbouring labels.
pub const CLASSES: usize = 64;

pub fn legal(before: usize, label: usize) -> bool {
    match label {
        2 => before == 1 || before == 2,
        4 => before == 3 || before == 4,
        _ => true,
    }
}

/// A part broken by another role begins anew behind it.
pub fn begin_anew(labels: &mut [u8]) {
    let mut before = 0;
    for label in labels {
        if !legal(before, usize::from(*label)) {
            *label -= 1;
        }
        before = usize::from(*label);
    }
}

/// Sums over the units of a scene, so that what stands between two places is a difference.
#[derive(Debug, Default)]
pub struct Between {
    commas: Vec<u16>,
    quotes: Vec<u16>,
    finite: Vec<u16>,
    cues: Vec<u16>,
    breaks: Vec<u16>,
    opens: Vec<u16>,
}

impl Between {
    /// Counts over `scene`; `cues` holds the other cues' units.
    pub fn count(&mut self, scene: &Scene, cues: &[bool]) {
        for list in [
            &mut self.commas,
            &mut self.quotes,
            &mut self.finite,
            &mut self.cues,
            &mut self.breaks,
            &mut self.opens,
        ] {
            list.clear();
            list.push(0);
        }
        let add = |list: &mut Vec<u16>, yes: bool| {
            let last = list.last().copied().unwrap_or(0);
            list.push(last.saturating_add(u16::from(yes)));
        };
        for (n, u) in scene.units.iter().enumerate() {
            add(&mut self.commas, u.is_mark(b','));
            add(&mut self.quotes, u.is_quote());
            add(
                &mut self.finite,
                is_finite(u.tag) || u.is(Classes::AUXILIARY),
            );
            add(
                &mut self.cues,
                cues.get(n).copied().unwrap_or(false)
                    && !(n > 0 && cues.get(n - 1).copied().unwrap_or(false)),
            );
            add(
                &mut self.breaks,
                matches!(u.shape, b':' | b';' | b'-' | b'(' | b')' | 0xE2),
            );
            add(
                &mut self.opens,
                u.is(Classes::SUBORDINATOR
                    .or(Classes::RELATIVE)
                    .or(Classes::CONJUNCTION)),
            );
        }
    }

    fn sum(list: &[u16], from: usize, to: usize) -> u64 {
        let at = |i: usize| list.get(i).copied().unwrap_or(0);
        u64::from(at(to.max(from)).saturating_sub(at(from))).min(4)
    }
}

/// What the features of a scene are asked about.
pub struct Question<'s> {
    pub scene: &'s Scene,
    /// Units of the cue.
    pub cue: Range<usize>,
    /// What the rules say of this cue; all 0 when they do not know it.
    pub own: &'s [u8],
    /// What the rules say of any cue.
    pub any: &'s [u8],
    /// Units of other possible cues.
    pub others: &'s [bool],
    pub between: &'s Between,
}

/// Units before and behind a cue within which its roles are looked for. In the training corpus 2 in 1,000 reach further.
const REACH: [usize; 2] = [90, 120];

/// The units among which the roles of `cue` are looked for.
pub fn window(scene: &Scene, cue: &Range<usize>) -> Range<usize> {
    let [before, behind] = REACH;
    cue.start.saturating_sub(before)..(cue.end + behind).min(scene.units.len())
}

/// Edge class of a place.
pub fn class(q: &Question<'_>, at: usize) -> u8 {
    let coarse = |i: Option<usize>| -> u8 {
        match i {
            Some(i) if q.cue.contains(&i) => 5,
            Some(i) => match kind(q.scene.units.get(i)) {
                0 => 6,
                1 => 1,
                2 => 2,
                3 => 3,
                4 => 4,
                _ => 0,
            },
            None => 6,
        }
    };
    coarse(at.checked_sub(1)) * 8 + coarse(Some(at))
}

/// On which side of the cue a place is: 0 before it, 1 behind it in its own sentence, 2 further on; `None` in the cue.
pub fn side(q: &Question<'_>, at: usize) -> Option<usize> {
    if q.cue.contains(&at) {
        return None;
    }
    Some(match at {
        _ if at < q.cue.start => 0,
        _ if at < q.scene.own => 1,
        _ => 2,
    })
}

/// Adds the features of the unit at `at`.
pub fn features(q: &Question<'_>, at: usize, out: &mut Vec<u64>) {
    match side(q, at) {
        None => out.push(feature(LOCAL, 0, 0)),
        Some(side) => {
            local(q.scene, at, side, out);
            conditional(q, at, side, out);
        }
    }
}

/// First template of the features that no cue changes, and of those that one does.
const LOCAL: u32 = 200;
const CONDITIONAL: u32 = LOCAL + 50;

/// The features that depend on the side of the cue alone: the same for all cues on that side.
pub fn local(scene: &Scene, at: usize, side: usize, out: &mut Vec<u64>) {
    let get = |offset: isize| -> &Unit {
        at.checked_add_signed(offset)
            .and_then(|i| scene.units.get(i))
            .unwrap_or(&Unit::NONE)
    };
    let (u, l1, l2, r1, r2) = (get(0), get(-1), get(-2), get(1), get(2));
    let mut t = LOCAL;
    let mut f = |a: u64, b: u64| {
        out.push(feature(t, a, b));
        t += 1;
    };
    let s = |x: u64| (side as u64) << 56 ^ x;
    let tag = |u: &Unit| u64::from(u.tag);
    let two = |a: u64, b: u64| a << 8 | b;
    let three = |a: u64, b: u64, c: u64| a << 16 | b << 8 | c;
    f(u.form, 0);
    f(s(u.form), 0);
    f(s(l1.form), 0);
    f(s(r1.form), 0);
    f(s(l2.form), 0);
    f(s(r2.form), 0);
    f(s(l1.form), u.form);
    f(s(u.form), r1.form);
    f(s(u.endings[0]), 0);
    f(s(u.endings[1]), 0);
    f(s(u.shape.into()), two(l1.shape.into(), r1.shape.into()));
    f(s(tag(u)), 0);
    f(s(tag(l1)), tag(u));
    f(s(tag(u)), tag(r1));
    f(s(three(tag(l1), tag(u), tag(r1))), 0);
    f(s(three(tag(l2), tag(l1), tag(u))), 0);
    f(s(three(tag(u), tag(r1), tag(r2))), 0);
    for (n, x) in [(0u64, u), (1, l1), (2, r1)] {
        let c = u64::from(x.cluster);
        f(s(x.group.into()), n);
        f(s(c >> 6), n);
        f(s(c >> 10), n);
        f(s(x.classes.bits().into()), n);
    }
}

/// The features that depend on the cue.
pub fn conditional(q: &Question<'_>, at: usize, side: usize, out: &mut Vec<u64>) {
    let units = &q.scene.units;
    let get = |offset: isize| -> &Unit {
        at.checked_add_signed(offset)
            .and_then(|i| units.get(i))
            .unwrap_or(&Unit::NONE)
    };
    let (u, l1, r1) = (get(0), get(-1), get(1));
    let mut t = CONDITIONAL;
    let mut f = |a: u64, b: u64| {
        out.push(feature(t, a, b));
        t += 1;
    };
    let tag = |u: &Unit| u64::from(u.tag);
    let two = |a: u64, b: u64| a << 8 | b;
    let three = |a: u64, b: u64, c: u64| a << 16 | b << 8 | c;

    let left = side == 0;
    let (from, to) = if left {
        (at + 1, q.cue.start)
    } else {
        (q.cue.end, at)
    };
    let distance = to - from;
    let d = near(distance);
    let s = |x: u64| (side as u64) << 56 ^ x;
    let b = q.between;
    let commas = Between::sum(&b.commas, from, to);
    let quotes = Between::sum(&b.quotes, from, to);
    let finite = Between::sum(&b.finite, from, to);
    let cues = Between::sum(&b.cues, from, to);
    let breaks = Between::sum(&b.breaks, from, to);
    let opens = Between::sum(&b.opens, from, to);
    let first = units.get(q.cue.start).unwrap_or(&Unit::NONE);
    let last = q
        .cue
        .end
        .checked_sub(1)
        .and_then(|i| units.get(i))
        .unwrap_or(&Unit::NONE);
    let head = q
        .cue
        .clone()
        .filter_map(|i| units.get(i))
        .find(|u| u.verb != 0)
        .unwrap_or(first);
    let before = q.cue.start.checked_sub(1).and_then(|i| units.get(i));
    let after = units.get(q.cue.end);
    let (kb, ka, ku, kl, kr) = (
        u64::from(kind(before)),
        u64::from(kind(after)),
        u64::from(kind(Some(u))),
        u64::from(kind(units.get(at.wrapping_sub(1)))),
        u64::from(kind(units.get(at + 1))),
    );

    // Where the place is, seen from the cue.
    f(s(d), 0);
    f(s(d), tag(u));
    f(s(d), two(tag(l1), tag(u)));
    f(s(d), three(ku, kl, kr));
    f(s(d), three(kb, ka, ku));
    f(s(three(commas, quotes, finite)), cues << 8 | ku);
    f(s(three(commas, quotes, cues)), two(tag(l1), tag(u)));
    f(s(two(finite, breaks)), two(opens, ku));
    f(s(cues), u.form);
    f(s(three(opens, finite, commas)), two(kl, ku));
    // What the cue is.
    let cue_form = if q.cue.len() == 1 {
        head.form
    } else {
        first.form ^ last.form.rotate_left(7)
    };
    f(s(cue_form), ku);
    f(s(cue_form), two(d.min(5), ku));
    f(s(head.verb.into()), two(ku, kl));
    f(s(head.verb.into()), tag(u));
    f(s(last.form), if distance < 2 { u.form } else { 0 });
    f(s(three(head.act.into(), head.frames.into(), 0)), two(d, ku));
    f(
        s(three(
            first.tag.into(),
            last.tag.into(),
            q.cue.len().min(4) as u64,
        )),
        two(d, tag(u)),
    );
    f(s(u64::from(head.cluster) >> 6), two(ku, kl));
    // What stands beside the cue.
    let (fb, fa) = (before.map_or(0, |u| u.form), after.map_or(0, |u| u.form));
    let (tb, ta) = (before.map_or(0, tag), after.map_or(0, tag));
    f(s(fa), two(ku, kl));
    f(s(fa), two(d, tag(u)));
    f(s(fb), two(ku, kl));
    f(s(two(tb, ta)), two(d, ku));
    f(s(two(kb, ka)), three(commas, ku, kl));
    f(s(two(kb, ka)), two(at.min(2) as u64, tag(u)));
    f(s(two(kb, ka)), three(head.act.into(), kl, tag(u)));
    // Quotations.
    let left_quote = Between::sum(&b.quotes, 0, q.cue.start).min(2);
    let right_quote = Between::sum(&b.quotes, q.cue.end, q.scene.own).min(2);
    let beyond = u64::from(q.scene.units.len() > q.scene.own);
    f(s(two(left_quote, right_quote)), two(u.quote.into(), beyond));
    f(s(three(left_quote, right_quote, beyond)), two(ku, kl));
    f(
        s(three(left_quote, right_quote, beyond)),
        three(d, tag(u), kb),
    );
    f(s(u.quote.into()), two(d, ka << 4 | kb));
    f(s(u.quote.into()), three(commas, cues, finite));
    f(s(u.quote.into()), l1.form);
    f(s(l1.quote.into()), two(tag(u), ku));
    f(s(r1.quote.into()), two(tag(u), d));
    // Ends of the sentence.
    f(s(at.min(3) as u64), two(tag(u), kb));
    let rest = q.scene.own.saturating_sub(at + 1).min(3) as u64;
    f(s(rest), two(u.shape.into(), kl));
    f(
        s(two(u64::from(q.scene.heading), u64::from(q.scene.opens))),
        two(ku, d),
    );
    // Other cues.
    let other = |i: usize| u64::from(q.others.get(i).copied().unwrap_or(false));
    let o = other(at) | other(at.wrapping_sub(1)) << 1 | other(at + 1) << 2;
    f(s(o), two(cues, ku));
    f(s(o), three(tag(l1), tag(u), cues));
    f(s(cues), three(tag(u), kl, d));
    // The rules.
    let hint = |list: &[u8], offset: isize| -> u64 {
        at.checked_add_signed(offset)
            .and_then(|i| list.get(i))
            .map_or(0, |h| u64::from(*h))
    };
    let known = q.own.iter().any(|h| *h != 0);
    let own = if known { 8 + hint(q.own, 0) } else { 0 };
    let own_left = if known { 8 + hint(q.own, -1) } else { 0 };
    let own_right = if known { 8 + hint(q.own, 1) } else { 0 };
    let any = hint(q.any, 0);
    f(s(own), 0);
    f(s(two(own_left, own)), own_right);
    f(s(two(own_left, own)), two(tag(u), ku));
    f(s(two(own, any)), two(hint(q.any, -1), hint(q.any, 1)));
    f(s(any), two(own, tag(u)));
    f(s(two(own_left, own)), u.form);
    f(s(two(own, own_right)), r1.form);
    f(s(two(own_left, own)), three(kb, ka, d));
    let subject = units
        .iter()
        .take(at + 1)
        .rev()
        .take(1)
        .any(|u| is_nominal(u.tag));
    let verb = is_verb(r1.tag);
    f(s(two(u64::from(subject), u64::from(verb))), two(d, cues));
}
