//! What stands between a cue and each unit of its scene, in kinds that matter to who said what: how many of each, up to four.
//!
//! Counted from the cue outward, all kinds in one number. Knows no feature.

use crate::extract::lexicon::Classes;
use crate::extract::tagger::cues::is_finite;
use crate::extract::tagger::units::{Scene, Unit};
use std::ops::Range;

/// Numbers up to four of six kinds of units, three bits a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts(u32);

/// One of a kind, as it is added.
const OPENS: u32 = 1;
const BREAKS: u32 = 1 << 3;
const CUES: u32 = 1 << 6;
const FINITE: u32 = 1 << 9;
const QUOTES: u32 = 1 << 12;
const COMMAS: u32 = 1 << 15;

impl Counts {
    /// With one more of some kinds.
    #[inline]
    fn and(self, kinds: u32) -> Self {
        let sum = self.0 + kinds;
        // Where there would be five there are four.
        let five = sum >> 2 & sum & (OPENS | BREAKS | CUES | FINITE | QUOTES | COMMAS);
        Self(sum - five)
    }

    #[inline]
    fn of(self, kind: u32) -> u64 {
        ((self.0 / kind) & 7).into()
    }

    /// Units that open a clause.
    pub(super) fn opens(self) -> u64 {
        self.of(OPENS)
    }
    /// Colons, semicolons, dashes, brackets.
    pub(super) fn breaks(self) -> u64 {
        self.of(BREAKS)
    }
    /// Other cues.
    pub(super) fn cues(self) -> u64 {
        self.of(CUES)
    }
    /// Finite verbs and auxiliaries.
    pub(super) fn finite(self) -> u64 {
        self.of(FINITE)
    }
    /// Quotations.
    pub(super) fn quotes(self) -> u64 {
        self.of(QUOTES)
    }
    pub(super) fn commas(self) -> u64 {
        self.of(COMMAS)
    }

    /// All of them, in 18 bits.
    #[inline]
    pub(super) fn all(self) -> u64 {
        self.0.into()
    }
}

/// Room for what stands between one cue after another and the units of its scene.
#[derive(Debug, Default)]
pub struct Between {
    /// Unit by unit, and last of what is behind all.
    of: Vec<Counts>,
    /// All that stands before the cue.
    before: Counts,
}

impl Between {
    /// Counts over `scene` from `cue` outward; `others` holds the units of other cues.
    pub fn count(&mut self, scene: &Scene, cue: &Range<usize>, others: &[bool]) {
        let other = |at: usize| others.get(at).copied().unwrap_or(false);
        let kinds = |at: usize, unit: &Unit| {
            let begins = other(at) && !at.checked_sub(1).is_some_and(other);
            kinds(unit) + if begins { CUES } else { 0 }
        };
        self.of.clear();
        self.of.resize(scene.units.len() + 1, Counts::default());
        let places = self.of.iter_mut().zip(&scene.units).enumerate();
        let mut now = Counts::default();
        for (at, (place, unit)) in places.take(cue.start).rev() {
            *place = now;
            now = now.and(kinds(at, unit));
        }
        self.before = now;
        now = Counts::default();
        let behind = scene.units.iter().enumerate().skip(cue.end);
        for ((at, unit), place) in behind.zip(self.of.iter_mut().skip(cue.end)) {
            *place = now;
            now = now.and(kinds(at, unit));
        }
        if let Some(last) = self.of.last_mut() {
            *last = now;
        }
    }

    /// What stands between the cue and a unit outside it; for one past the last, all behind the cue.
    #[inline]
    pub(super) fn of(&self, at: usize) -> Counts {
        self.of.get(at).copied().unwrap_or_default()
    }

    /// All that stands before the cue.
    pub(super) fn before(&self) -> Counts {
        self.before
    }
}

/// The kinds of a unit, one of each that it is of.
#[inline]
fn kinds(unit: &Unit) -> u32 {
    let one = |of: bool, kind: u32| if of { kind } else { 0 };
    let finite = is_finite(unit.tag) || unit.is(Classes::AUXILIARY);
    let breaks = matches!(unit.shape, b':' | b';' | b'-' | b'(' | b')' | 0xE2);
    let opens = unit.is(Classes::SUBORDINATOR
        .or(Classes::RELATIVE)
        .or(Classes::CONJUNCTION));
    one(unit.is_mark(b','), COMMAS)
        + one(unit.is_quote(), QUOTES)
        + one(finite, FINITE)
        + one(breaks, BREAKS)
        + one(opens, OPENS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::document::Document;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::tagger::units::Sense;

    #[test]
    fn what_stands_between_is_counted_up_to_four() {
        let text = "He said, in a (long; very long) note, of five parts, or six, or seven, that \u{201c}all\u{201d} was well, \
            and that she, when asked, had told him: they agreed.";
        let (lexicon, sense) = (Lexicon::bundled(), Sense::bundled().unwrap());
        let doc = Document::new(text, None, &lexicon);
        let (mut scene, mut between) = (Scene::default(), Between::default());
        scene.cut(&doc, &sense, 0);
        let units = scene.units.len();
        let others: Vec<bool> = (0..units).map(|n| n % 7 < 2).collect();
        let count = |units: Range<usize>, of: &dyn Fn(usize) -> bool| -> u64 {
            units.filter(|at| of(*at)).count().min(4) as u64
        };
        let mut most = 0;
        for cue in [0..1, 1..2, units / 2..units / 2 + 2, units - 1..units] {
            between.count(&scene, &cue, &others);
            let is = |kind: u32| {
                let units = &scene.units;
                move |at: usize| kinds(&units[at]) & kind != 0
            };
            let begins = |at: usize| others[at] && (at == 0 || !others[at - 1]);
            for at in (0..=units).filter(|at| !cue.contains(at)) {
                let parted = if at < cue.start {
                    at + 1..cue.start
                } else {
                    cue.end..at
                };
                let counts = between.of(at);
                assert_eq!(counts.commas(), count(parted.clone(), &is(COMMAS)));
                assert_eq!(counts.quotes(), count(parted.clone(), &is(QUOTES)));
                assert_eq!(counts.finite(), count(parted.clone(), &is(FINITE)));
                assert_eq!(counts.breaks(), count(parted.clone(), &is(BREAKS)));
                assert_eq!(counts.opens(), count(parted.clone(), &is(OPENS)));
                assert_eq!(counts.cues(), count(parted.clone(), &begins));
                most = most.max(counts.commas());
            }
            assert_eq!(between.before().commas(), count(0..cue.start, &is(COMMAS)));
        }
        assert_eq!(most, 4);
    }
}
