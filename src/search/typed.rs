//! A line that is typed, searched letter by letter: what the search before found of a text of the line is not looked
//! for again, and a phrase that is typed on is looked for only where it stood. The results are those of a search that
//! knows nothing of the ones before. Must not keep more than the last line's texts.

use super::matching::Match;
use super::rank::Weight;
use super::vocabulary::Corrections;
use super::{Results, answered};
use crate::query::{Query, Text, Word, Zone};
use crate::store::{Position, Segment, Snapshot};
use std::sync::Arc;

/// The searches of somebody who types.
#[derive(Debug, Default)]
pub struct Typed {
    /// By segment, in the order of the snapshot.
    kept: Vec<KeptOfSegment>,
}

impl Typed {
    /// As [`search`](super::search), sooner.
    #[must_use]
    pub fn search(
        &mut self,
        snapshot: &Snapshot,
        query: &Query,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Results> {
        let (results, kept) = answered(snapshot, query, Some(&self.kept), stop)?;
        self.kept = kept;
        Some(results)
    }
}

/// What is kept of one segment.
#[derive(Clone, Debug)]
pub struct KeptOfSegment {
    /// Held, so that no other is ever taken for it.
    pub segment: Arc<Segment>,
    /// The texts of the line.
    pub texts: Vec<Arc<Kept>>,
}

/// One text of a line in one segment.
#[derive(Debug)]
pub struct Kept {
    /// The statements it stands in.
    pub matches: Vec<Match>,
    /// Where a phrase without gaps begins in the row of the segment, ascending; empty for other texts.
    pub starts: Vec<Position>,
    words: Vec<Word>,
    slop: usize,
    prefix: bool,
    /// Which of its words stand for others, and for which; such a text is not typed on.
    corrected: Vec<(usize, Vec<String>)>,
    /// What the scores of its matches are made of.
    weight: Weight,
    zone: Zone,
}

impl Kept {
    /// Keeps what was found of `text`.
    #[must_use]
    pub fn of(
        text: &Text,
        corrections: &Corrections,
        weight: Weight,
        zone: Zone,
        (matches, starts): (Vec<Match>, Vec<Position>),
    ) -> Self {
        Self {
            matches,
            starts,
            words: text.words.clone(),
            slop: text.slop,
            prefix: text.prefix,
            corrected: corrected(text, corrections),
            weight,
            zone,
        }
    }

    /// The same text, that weighs the same: its matches are these.
    #[must_use]
    pub fn is(&self, text: &Text, corrections: &Corrections, weight: Weight, zone: Zone) -> bool {
        self.words == text.words
            && (self.slop, self.prefix) == (text.slop, text.prefix)
            && (self.weight, self.zone) == (weight, zone)
            && self.corrected == corrected(text, corrections)
    }

    /// This phrase begins `text`, and neither has gaps: wherever that stands, this stands at the same place.
    #[must_use]
    pub fn begins(&self, text: &Text, corrections: &Corrections) -> bool {
        let Some((last, first)) = self.words.split_last() else {
            return false;
        };
        let ends_open = text.prefix && text.words.len() == self.words.len();
        let begins = |word: &Word| {
            let is_longer = self.prefix
                && word.typed.starts_with(&last.typed)
                && word.folded.starts_with(&last.folded);
            is_longer || (word == last && !ends_open)
        };
        (self.slop, text.slop) == (0, 0)
            && !first.is_empty()
            && text.words.starts_with(first)
            && text.words.get(first.len()).is_some_and(begins)
            && self.corrected.is_empty()
            && corrected(text, corrections).is_empty()
    }
}

/// The words of a text that stand for others beside themselves, by number, with those.
fn corrected(text: &Text, corrections: &Corrections) -> Vec<(usize, Vec<String>)> {
    let words = text.words.iter().enumerate();
    words
        .filter_map(|(at, word)| Some((at, corrections.get(&word.folded)?.clone())))
        .collect()
}
