//! First step: which words report. Labels every word outside quotations as outside, begin or inside of a cue.
//!
//! Features after the quotation taggers of Pareti (2015) and of the PolNeAR work (Newell et al. 2018): words and
//! their classes around the place, the reporting verbs of the lexicon, how far the next quotation is, what a
//! clause may follow; and what the rules found.

use super::units::{Scene, Unit};
use crate::extract::tag::Tag;
use crate::extract::weights::feature;

/// Outside, begin, inside.
pub const LABELS: usize = 3;
pub const OUTSIDE: u8 = 0;
pub const BEGIN: u8 = 1;
pub const INSIDE: u8 = 2;
/// Kinds of place for the weights of neighbouring labels.
pub const CLASSES: usize = 8;

pub fn legal(before: usize, label: usize) -> bool {
    label != INSIDE as usize || before != OUTSIDE as usize
}

/// Coarse kind of a unit.
pub fn kind(unit: Option<&Unit>) -> u8 {
    match unit {
        None => 0,
        Some(u) if u.is_quote() => 1,
        Some(u) if u.is_mark(b',') => 2,
        Some(u) if u.is_mark(b':') => 3,
        Some(u) if u.shape >= 16 => 4,
        Some(u) if u.verb != 0 || u.noun != 0 => 5,
        Some(u) if u.shape == 1 => 6,
        Some(_) => 7,
    }
}

pub fn near(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=15 => 7,
        16..=25 => 8,
        _ => 9,
    }
}

/// Adds the features of the unit at `at`.
pub fn features(scene: &Scene, hints: &[u8], at: usize, out: &mut Vec<u64>) {
    let get = |offset: isize| -> &Unit {
        at.checked_add_signed(offset)
            .and_then(|i| scene.units.get(i))
            .unwrap_or(&Unit::NONE)
    };
    let (u, l1, l2, r1, r2, r3) = (get(0), get(-1), get(-2), get(1), get(2), get(3));
    let mut t = 10u32;
    let mut f = |a: u64, b: u64| {
        out.push(feature(t, a, b));
        t += 1;
    };
    let tag = |u: &Unit| u64::from(u.tag);
    let two = |a: u64, b: u64| a << 8 | b;
    f(u.form, 0);
    f(l1.form, 0);
    f(r1.form, 0);
    f(l2.form, 0);
    f(r2.form, 0);
    f(l1.form, u.form);
    f(u.form, r1.form);
    f(u.endings[0], 0);
    f(u.endings[1], 0);
    f(
        u.shape.into(),
        u64::from(l1.shape) << 8 | u64::from(r1.shape),
    );
    f(u.verb.into(), u.forms.bits().into());
    f(u.verb.into(), r1.form);
    f(u.verb.into(), tag(r1));
    f(u.verb.into(), l1.form);
    f(u.verb.into(), two(tag(l1), tag(r1)));
    f(u.noun.into(), r1.form);
    f(u.noun.into(), l1.form);
    f(
        two(u.act.into(), u.frames.into()),
        kind(scene.units.get(at + 1)).into(),
    );
    f(tag(u), 0);
    f(two(tag(l1), tag(u)), 0);
    f(two(tag(u), tag(r1)), 0);
    f(two(two(tag(l1), tag(u)), tag(r1)), 0);
    f(two(two(tag(l2), tag(l1)), tag(u)), 0);
    f(two(two(tag(u), tag(r1)), tag(r2)), 0);
    f(two(two(tag(r1), tag(r2)), tag(r3)), u.tag.into());
    f(u.form, tag(r1));
    for (n, x) in [(0u64, u), (1, l1), (2, r1)] {
        let c = u64::from(x.cluster);
        f(x.group.into(), n);
        f(c >> 6, n);
        f(c >> 10, n);
        f(c >> 12, two(n, tag(x)));
        f(x.classes.bits().into(), n);
    }
    for (n, x) in [(3, l2), (4, r2)] {
        let c = u64::from(x.cluster);
        f(c >> 6, n);
        f(c >> 12, two(n, tag(x)));
    }
    f(u.group.into(), r1.group.into());
    f(u64::from(u.cluster) >> 6, two(tag(l1), tag(r1)));
    // The next and the last quotation of the scene, and what stands between.
    let before = scene.units.iter().take(at).rev().position(Unit::is_quote);
    let after = scene.units.iter().skip(at + 1).position(Unit::is_quote);
    let last = before
        .and_then(|d| scene.units.get(at - 1 - d))
        .map_or(0, |u| u.quote);
    let next = after
        .and_then(|d| scene.units.get(at + 1 + d))
        .map_or(0, |u| u.quote);
    f(before.map_or(15, near), two(last.into(), u.act.into()));
    f(after.map_or(15, near), two(next.into(), u.act.into()));
    f(before.map_or(15, near), after.map_or(15, near));
    f(
        u.verb.into(),
        two(before.map_or(15, near), after.map_or(15, near)),
    );
    f(
        u.form,
        two(
            before.map_or(15, |d| d.min(4) as u64),
            after.map_or(15, |d| d.min(4) as u64),
        ),
    );
    // What may follow a reporting word: "that", "to", a clause with its own verb.
    let that = scene.units.iter().skip(at + 1).take(5).position(|u| {
        u.shape == 1
            && u.end - u.first == 1
            && u.classes
                .any(crate::extract::lexicon::Classes::SUBORDINATOR)
    });
    f(that.map_or(9, |d| d as u64), u.act.into());
    f(that.map_or(9, |d| d as u64), u.form);
    let clause = scene
        .units
        .iter()
        .skip(at + 1)
        .take(10)
        .position(|u| is_finite(u.tag) || u.is(crate::extract::lexicon::Classes::AUXILIARY));
    f(clause.map_or(15, near), two(tag(u), u.act.into()));
    f(clause.map_or(15, near), u.verb.into());
    let verb = scene
        .units
        .iter()
        .take(at)
        .rev()
        .take(8)
        .position(|u| is_verb(u.tag));
    f(verb.map_or(15, near), tag(u));
    // The subject, as the nearest noun or pronoun to the left.
    let subject = scene
        .units
        .iter()
        .take(at)
        .rev()
        .take(8)
        .find(|u| is_nominal(u.tag));
    f(subject.map_or(0, |s| s.form), tag(u));
    f(
        subject.map_or(0, |s| u64::from(s.cluster) >> 6),
        u.act.into(),
    );
    f(subject.map_or(0, |s| u64::from(s.tag)), u.verb.into());
    // The reporting word that this one may go on with, or lead to: "said [in a statement]", "[has been] urging".
    let back = scene
        .units
        .iter()
        .take(at)
        .rev()
        .take(5)
        .position(|u| u.verb != 0 || u.noun != 0);
    let behind = back.and_then(|d| scene.units.get(at - 1 - d));
    let back = back.map_or(9, |d| d as u64);
    f(behind.map_or(0, |b| b.form), two(back, tag(u)));
    f(behind.map_or(0, |b| b.form), u.form);
    f(
        behind.map_or(0, |b| u64::from(b.act)),
        two(back, two(tag(u), tag(r1))),
    );
    f(back, two(u.form, 0) ^ u64::from(r1.shape));
    let lead = scene
        .units
        .iter()
        .skip(at + 1)
        .take(4)
        .position(|u| u.verb != 0);
    let ahead = lead.and_then(|d| scene.units.get(at + 1 + d));
    let lead = lead.map_or(9, |d| d as u64);
    f(ahead.map_or(0, |a| u64::from(a.verb)), two(lead, tag(u)));
    f(ahead.map_or(0, |a| u64::from(a.act)), two(lead, u.form));
    f(l1.form ^ r1.form.rotate_left(9), u.form);
    f(near(at), two(u64::from(scene.heading), u.act.into()));
    f(
        near(scene.own.saturating_sub(at)),
        two(u64::from(scene.heading), u.act.into()),
    );
    f(u.form, u64::from(scene.heading));
    // The rules.
    let hint = |offset: isize| -> u64 {
        at.checked_add_signed(offset)
            .and_then(|i| hints.get(i))
            .map_or(0, |h| u64::from(*h))
    };
    f(hint(0), 0);
    f(two(hint(-1), hint(0)), hint(1));
    f(hint(0), u.form);
    f(hint(0), u64::from(u.cluster) >> 6);
    f(hint(0), tag(u));
    f(hint(1), two(u.act.into(), tag(u)));
    f(two(hint(-1), hint(-2)), tag(u));
}

/// Whether a part of speech is a finite verb; see `pos`.
pub fn is_finite(tag: u8) -> bool {
    [Tag::Vbd, Tag::Vbz, Tag::Vbp, Tag::Md]
        .iter()
        .any(|t| tag == 1 + *t as u8)
}
pub fn is_verb(tag: u8) -> bool {
    tag > Tag::Vb as u8 && tag <= 1 + Tag::Vbz as u8
}
pub fn is_nominal(tag: u8) -> bool {
    (tag > Tag::Nn as u8 && tag <= 1 + Tag::Nnps as u8) || tag == 1 + Tag::Prp as u8
}

/// Scores of a place that the gate keeps out.
pub const PLAINLY_OUTSIDE: [f32; LABELS] = [0.0, -12.0, -12.0];

/// Edge class of a place.
pub fn class(scene: &Scene, at: usize) -> u8 {
    kind(scene.units.get(at))
}
