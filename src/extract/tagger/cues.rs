//! First step: which words report. Labels every word outside quotations as outside, begin or inside of a cue.
//!
//! Features after the quotation taggers of Pareti (2015) and of the PolNeAR work (Newell et al. 2018): words and
//! their classes around the place, the reporting verbs of the lexicon, how far the next quotation is, what a
//! clause may follow; and what the rules found.

use super::units::{Scene, Unit};
use crate::extract::tag::Tag;
use crate::extract::weights::adjacent::PARTS;
use crate::extract::weights::{feature, three, two};

/// Outside, begin, inside.
pub const LABELS: usize = 3;
/// As many numbers as are reckoned with at once.
pub const LANES: usize = 4;
pub const OUTSIDE: u8 = 0;
pub const BEGIN: u8 = 1;
pub const INSIDE: u8 = 2;
/// Kinds of place for the weights of neighbouring labels.
pub const CLASSES: usize = 8;

pub fn legal(before: usize, label: usize) -> bool {
    label != INSIDE as usize || before != OUTSIDE as usize
}

/// Coarse kind of a unit.
#[inline]
pub fn kind(unit: Option<&Unit>) -> u8 {
    unit.map_or(0, |u| u.kind)
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

/// 1 + part of speech, for features.
#[inline]
pub fn tag(unit: &Unit) -> u64 {
    unit.tag.into()
}

/// Adds all features of the unit at `at`.
pub fn features(scene: &Scene, hints: &[u8], at: usize, out: &mut Vec<u64>) {
    for (part, at) in around(at).into_iter().enumerate() {
        word(part, scene.unit(at), out);
    }
    for setting in settings(scene, hints, at) {
        beside(setting, out);
    }
    others(scene, hints, at, out);
}

/// Of which word each of the [`PARTS`] is: the one at `at`, the one before, the one behind.
pub fn around(at: usize) -> [usize; PARTS] {
    [at, at.wrapping_sub(1), at.wrapping_add(1)]
}

/// Adds one of the [`PARTS`] of the first features, those that hang on nothing but [`Unit::word`].
pub fn word(part: usize, u: &Unit, out: &mut Vec<u64>) {
    let cluster = u64::from(u.cluster);
    let classes = u.classes.bits().into();
    match part {
        0 => out.extend([
            feature(10, u.form, 0),
            feature(17, u.endings[0].into(), 0),
            feature(18, u.endings[1].into(), 0),
            feature(37, cluster >> 6, 0),
            feature(38, cluster >> 10, 0),
            feature(40, classes, 0),
            feature(20, u.verb.into(), u.forms.bits().into()),
        ]),
        1 => out.extend([
            feature(11, u.form, 0),
            feature(41, u.group.into(), 1),
            feature(43, cluster >> 10, 1),
            feature(45, classes, 1),
        ]),
        _ => out.extend([
            feature(12, u.form, 0),
            feature(46, u.group.into(), 2),
            feature(47, cluster >> 6, 2),
            feature(50, classes, 2),
        ]),
    }
}

/// The parts of speech of the word at `at` and of those beside it, [`three`] in one.
pub fn tags_around(scene: &Scene, at: usize) -> u64 {
    let of = |at| tag(scene.unit(at));
    three(of(at.wrapping_sub(1)), of(at), of(at.wrapping_add(1)))
}

/// Groups of the first features that hang on little besides, so that many places share them.
pub const SETTINGS: usize = 3;

/// What each of these groups hangs on: what the rules say of the words around and their [parts of speech](tags_around); roughly the
/// cluster of the word two before, and of the word two behind. The highest eight bits are the number of the group, from 1.
pub fn settings(scene: &Scene, hints: &[u8], at: usize) -> [u64; SETTINGS] {
    let of = |at: usize| hints.get(at).map_or(0, |h| u64::from(*h));
    let hints = three(of(at.wrapping_sub(1)), of(at), of(at.wrapping_add(1)));
    let cluster = |at| u64::from(scene.unit(at).cluster) >> 6;
    [
        1 << 56 | hints << 32 | tags_around(scene, at),
        2 << 56 | cluster(at.wrapping_sub(2)),
        3 << 56 | cluster(at.wrapping_add(2)),
    ]
}

/// Adds a group of the first features, those that hang on one of the [settings] alone.
pub fn beside(setting: u64, out: &mut Vec<u64>) {
    let of = setting & 0xFF_FFFF_FFFF_FFFF;
    match setting >> 56 {
        1 => {
            let (hints, tags) = (of >> 32, of & 0xFF_FFFF);
            let (hint, tag) = (hints >> 8 & 0xFF, tags >> 8 & 0xFF);
            out.extend([
                feature(28, tag, 0),
                feature(29, tags >> 8, 0),
                feature(30, tags & 0xFFFF, 0),
                feature(31, tags, 0),
                feature(80, hint, 0),
                feature(81, hints >> 8, hints & 0xFF),
                feature(84, hint, tag),
            ]);
        }
        2 => out.push(feature(51, of, 3)),
        _ => out.push(feature(53, of, 4)),
    }
}

/// Adds all the others.
pub fn others(scene: &Scene, hints: &[u8], at: usize, out: &mut Vec<u64>) {
    let get = |offset: isize| scene.unit(at.wrapping_add_signed(offset));
    let (u, l1, l2, r1, r2, r3) = (get(0), get(-1), get(-2), get(1), get(2), get(3));
    let hint = hints.get(at).map_or(0, |h| u64::from(*h));
    out.extend([
        feature(16, u.form, r1.form),
        feature(27, two(u.act.into(), u.frames.into()), r1.kind.into()),
        feature(32, two(two(tag(l2), tag(l1)), tag(u)), 0),
        feature(34, two(two(tag(r1), tag(r2)), tag(r3)), u.tag.into()),
        feature(35, u.form, tag(r1)),
        feature(44, u64::from(l1.cluster) >> 12, two(1, tag(l1))),
        feature(52, u64::from(l2.cluster) >> 12, two(3, tag(l2))),
        feature(55, u.group.into(), r1.group.into()),
    ]);
    // The next and the last quotation of the scene, and what stands between.
    let some = if scene.quoted { &scene.units[..] } else { &[] };
    let before = some.iter().take(at).rev().position(Unit::is_quote);
    let after = some.iter().skip(at + 1).position(Unit::is_quote);
    let last = before
        .and_then(|d| scene.units.get(at - 1 - d))
        .map_or(0, |u| u.quote);
    let next = after
        .and_then(|d| scene.units.get(at + 1 + d))
        .map_or(0, |u| u.quote);
    out.extend([
        feature(57, before.map_or(15, near), two(last.into(), u.act.into())),
        feature(58, after.map_or(15, near), two(next.into(), u.act.into())),
        feature(
            60,
            u.verb.into(),
            two(before.map_or(15, near), after.map_or(15, near)),
        ),
        feature(
            61,
            u.form,
            two(
                before.map_or(15, |d| d.min(4) as u64),
                after.map_or(15, |d| d.min(4) as u64),
            ),
        ),
    ]);
    // What may follow a reporting word: "that", "to", a clause with its own verb.
    let that = scene.units.iter().skip(at + 1).take(5).position(|u| {
        u.shape == 1
            && u.end - u.first == 1
            && u.classes
                .any(crate::extract::lexicon::Classes::SUBORDINATOR)
    });
    out.extend([
        feature(62, that.map_or(9, |d| d as u64), u.act.into()),
        feature(63, that.map_or(9, |d| d as u64), u.form),
    ]);
    let clause = scene
        .units
        .iter()
        .skip(at + 1)
        .take(10)
        .position(|u| is_finite(u.tag) || u.is(crate::extract::lexicon::Classes::AUXILIARY));
    out.extend([feature(
        64,
        clause.map_or(15, near),
        two(tag(u), u.act.into()),
    )]);
    let verb = scene
        .units
        .iter()
        .take(at)
        .rev()
        .take(8)
        .position(|u| is_verb(u.tag));
    out.extend([feature(66, verb.map_or(15, near), tag(u))]);
    // The subject, as the nearest noun or pronoun to the left.
    let subject = scene
        .units
        .iter()
        .take(at)
        .rev()
        .take(8)
        .find(|u| is_nominal(u.tag));
    out.extend([
        feature(
            68,
            subject.map_or(0, |s| u64::from(s.cluster) >> 6),
            u.act.into(),
        ),
        feature(69, subject.map_or(0, |s| u64::from(s.tag)), u.verb.into()),
    ]);
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
    out.extend([
        feature(70, behind.map_or(0, |b| b.form), two(back, tag(u))),
        feature(71, behind.map_or(0, |b| b.form), u.form),
        feature(
            72,
            behind.map_or(0, |b| u64::from(b.act)),
            two(back, two(tag(u), tag(r1))),
        ),
        feature(73, back, two(u.form, 0) ^ u64::from(r1.shape)),
    ]);
    let lead = scene
        .units
        .iter()
        .skip(at + 1)
        .take(4)
        .position(|u| u.verb != 0);
    let ahead = lead.and_then(|d| scene.units.get(at + 1 + d));
    let lead = lead.map_or(9, |d| d as u64);
    out.extend([
        feature(75, ahead.map_or(0, |a| u64::from(a.act)), two(lead, u.form)),
        feature(77, near(at), two(u64::from(scene.heading), u.act.into())),
        feature(79, u.form, u64::from(scene.heading)),
        // The rules.
        feature(83, hint, u64::from(u.cluster) >> 6),
    ]);
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

/// Scores of a place that the first features keep out.
pub const PLAINLY_OUTSIDE: [f32; LABELS] = [0.0, -12.0, -12.0];

/// Edge class of a place.
pub fn class(scene: &Scene, at: usize) -> u8 {
    kind(scene.units.get(at))
}
