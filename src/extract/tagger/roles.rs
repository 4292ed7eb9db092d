//! Second step: given one cue, who is its source and what is its content. Labels every unit of the cue's scene.
//!
//! One labelling a cue, as in semantic role labelling (Gildea and Jurafsky 2002), rather than one for the
//! whole sentence: so distance, side and what stands between are those to the cue in question, one source may
//! serve two cues, and what belongs together needs no linking afterwards.

mod between;
mod features;
mod scores;

use super::chain::NEVER;
use super::cues::kind;
use super::units::Scene;
pub use between::Between;
pub use features::{features, local};
pub use scores::Scores;
use std::ops::Range;

/// Outside; begin and inside of the source, of the content; the cue itself.
pub const LABELS: usize = 6;
/// As many numbers as are reckoned with at once.
pub const LANES: usize = 8;
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

/// What the features of a scene are asked about.
pub struct Question<'s> {
    pub scene: &'s Scene,
    /// Units of the cue.
    pub cue: Range<usize>,
    /// What the rules say of this cue; all 0 when they do not know it.
    own: &'s [u8],
    /// What the rules say of any cue.
    any: &'s [u8],
    /// Units of other possible cues.
    others: &'s [bool],
    between: &'s Between,
    about: features::Cue,
}

impl<'s> Question<'s> {
    /// Of the rules, `own` is what they say of this cue and `any` of any; `others` are the units of other possible cues, and
    /// `between` was counted for this cue with them.
    #[must_use]
    pub fn new(
        scene: &'s Scene,
        cue: Range<usize>,
        [own, any]: [&'s [u8]; 2],
        others: &'s [bool],
        between: &'s Between,
    ) -> Self {
        Self {
            about: features::Cue::new(scene, &cue, own, between),
            scene,
            cue,
            own,
            any,
            others,
            between,
        }
    }
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

/// How many sides a cue has.
const SIDES: usize = 3;

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

/// The scores of a place, where the label of the cue is for the cue alone.
#[must_use]
pub fn allowed(q: &Question<'_>, at: usize, mut scores: [f32; LABELS]) -> [f32; LABELS] {
    let in_cue = q.cue.contains(&at);
    for (label, score) in scores.iter_mut().enumerate() {
        if (label == usize::from(CUE)) != in_cue {
            *score += NEVER / 10.0;
        }
    }
    scores
}
