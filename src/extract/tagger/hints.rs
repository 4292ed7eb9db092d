//! What the rules found, laid out beside the units of a scene, as features for the trained steps.
//!
//! The rules are right where they speak and often silent; the weights learn how far to trust them.

use super::units::Scene;
use crate::extract::attribution::Attribution;
use crate::extract::document::Document;
use crate::text::Span;
use std::ops::Range;

/// An attribution of the rules, in words of the document.
#[derive(Clone, Debug)]
pub struct Ruled {
    pub cue: Range<usize>,
    pub source: Range<usize>,
    pub content: Vec<Range<usize>>,
    /// What the rules gave as confidence, in tenths.
    pub sure: u8,
}

impl Ruled {
    /// The word that tells in which sentence it stands: its cue's first, else its content's.
    pub fn place(&self) -> usize {
        if self.cue.is_empty() {
            self.content.first().map_or(0, |c| c.start)
        } else {
            self.cue.start
        }
    }
}

/// Nothing, or the begin or inside of a role, as the rules have it.
pub const SOURCE: u8 = 1;
pub const CUE: u8 = 3;
pub const CONTENT: u8 = 5;

/// All attributions of the rules, in order of their cues, and those without a cue.
pub fn ruled(doc: &Document<'_>, attributions: &[Attribution]) -> Vec<Ruled> {
    let words = |span: &Span| doc.touched(*span);
    let mut out: Vec<Ruled> = attributions
        .iter()
        .map(|a| Ruled {
            cue: a.cue.first().map_or(0..0, words),
            source: a.source.first().map_or(0..0, words),
            content: a.content.iter().map(words).collect(),
            sure: (a.confidence * 10.0).round() as u8,
        })
        .collect();
    out.sort_by_key(Ruled::place);
    out
}

/// Those of `ruled` that stand in the sentence of these words; `ruled` is in order.
pub fn of_sentence<'r>(ruled: &'r [Ruled], words: &Range<usize>) -> &'r [Ruled] {
    let first = ruled.partition_point(|r| r.place() < words.start);
    let end = ruled.partition_point(|r| r.place() < words.end);
    ruled.get(first..end).unwrap_or(&[])
}

/// Lays one attribution over the units of the scene, where it touches them.
pub fn lay(scene: &Scene, ruled: &Ruled, out: &mut [u8]) {
    let mut put = |words: &Range<usize>, role: u8| {
        if words.is_empty() {
            return;
        }
        let range = scene.range(words);
        for (n, slot) in out
            .iter_mut()
            .enumerate()
            .skip(range.start)
            .take(range.len())
        {
            *slot = role + u8::from(n > range.start);
        }
    };
    for part in &ruled.content {
        put(part, CONTENT);
    }
    put(&ruled.source, SOURCE);
    put(&ruled.cue, CUE);
}
