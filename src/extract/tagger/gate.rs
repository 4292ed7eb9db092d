//! Before the first step: which words could at all be of a cue. The rest need no closer look: a quarter of the words of
//! news, as measured on PolNeAR; a stricter limit or a richer model costs more cues than it saves time.
//!
//! A logistic model over a handful of features, set so low that it loses next to nothing (a cascade, after Viola and
//! Jones 2001). Decides nothing else.

use super::cues::kind;
use super::units::{Scene, Unit};
use crate::extract::weights::{Weights, feature};

/// No; yes.
pub const LABELS: usize = 2;
/// Log odds below which a word is kept out.
const LEAST: f32 = -4.5;

/// Adds the features of the unit at `at`.
pub fn features(scene: &Scene, hints: &[u8], at: usize, out: &mut Vec<u64>) {
    let get = |offset: isize| -> &Unit {
        at.checked_add_signed(offset)
            .and_then(|i| scene.units.get(i))
            .unwrap_or(&Unit::NONE)
    };
    let (u, l, r) = (get(0), get(-1), get(1));
    let hint = u64::from(hints.get(at).copied().unwrap_or(0));
    let tag = |u: &Unit| u64::from(u.tag);
    let two = |a: u64, b: u64| a << 8 | b;
    let mut t = 500u32;
    let mut f = |a: u64, b: u64| {
        out.push(feature(t, a, b));
        t += 1;
    };
    f(0, 0);
    f(u.form, 0);
    f(u.form, tag(r));
    f(l.form, u.form);
    f(u.form, r.form);
    f(two(tag(l), tag(u)), tag(r));
    f(u.verb.into(), two(tag(u), tag(r)));
    f(u.noun.into(), r.form);
    f(u.endings[1], tag(u));
    f(u64::from(u.cluster) >> 6, tag(u));
    f(hint, tag(u));
    f(two(kind(Some(l)).into(), kind(Some(r)).into()), tag(u));
}

/// Whether the unit at `at` deserves a look.
pub fn open(
    weights: &Weights<'_>,
    scene: &Scene,
    hints: &[u8],
    at: usize,
    hashes: &mut Vec<u64>,
) -> bool {
    hashes.clear();
    features(scene, hints, at, hashes);
    let [no, yes] = weights.sum::<LABELS>(hashes);
    (yes - no) as f32 * weights.scale() > LEAST
}
