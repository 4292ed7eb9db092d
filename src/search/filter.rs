//! A list that is filtered as one types: which of its rows pass a pattern, the best first.
//!
//! The rows are folded once, and while the pattern grows only those that passed before are looked at. A list of a
//! hundred thousand rows is looked through by all threads of the pool; a short one where it is asked for, so that
//! it can be asked for by the thread that draws. The order is that of looking at every row anew.

use super::align::Aligner;
use super::fuzzy::{Fuzzy, beginning};
use crate::text::fold::fold_into;
use rayon::prelude::*;
use std::cmp::Reverse;

/// Rows that are folded and kept together.
const CHUNK: usize = 256;
/// Chunks a thread folds at a time at least, and rows it looks at. Where there are not twice as many, no other takes part.
const CHUNKS_A_THREAD: usize = 4;
const ROWS_A_THREAD: usize = 512;
/// Chunks that are folded between two looks at whether that is still wanted.
const ROUND: usize = 8;
/// Patterns whose rows are kept, for the next letter and for one that is taken back.
const KEPT: usize = 16;
/// What it counts that the text of a row matches and not only what stands beside it.
const IN_TEXT: i64 = 8;

/// One row as it is matched.
#[derive(Clone, Debug, Default)]
pub struct FilterRow {
    /// Its text and what stands beside that.
    pub whole: String,
    /// Bytes of the text, which stands first.
    pub text: usize,
}

/// The rows of one list, folded, and what passed the patterns before.
#[derive(Debug, Default)]
pub struct Filter {
    chunks: Vec<Chunk>,
    kept: Vec<Kept>,
}

/// A pattern that was asked for, and its answer.
#[derive(Debug)]
struct Kept {
    pattern: Fuzzy,
    /// Rows that pass it, in their own order, whether or not they are worth showing.
    passed: Vec<u32>,
    /// Those that are shown, best first.
    best: Vec<u32>,
}

#[derive(Debug, Default)]
struct Chunk {
    folded: String,
    fields: Vec<Field>,
}

/// One row in the folded text of its chunk.
#[derive(Debug)]
struct Field {
    start: usize,
    /// To here it is matched.
    cut: usize,
    /// To here words are looked for.
    end: usize,
    /// Letters of its text, of those that are matched.
    text: usize,
}

impl Filter {
    /// Folds the rows of a list of so many, as far as that is not done: for the patterns to come. `None` when it was
    /// stopped; what was folded stays.
    pub fn read(
        &mut self,
        rows: usize,
        row: &(dyn Fn(usize) -> FilterRow + Sync),
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<()> {
        let chunks = rows.div_ceil(CHUNK);
        while self.chunks.len() < chunks {
            if stop() {
                return None;
            }
            let round = self.chunks.len()..chunks.min(self.chunks.len() + ROUND);
            let chunk = |n: usize| Chunk::of((n * CHUNK..rows.min((n + 1) * CHUNK)).map(row));
            let round = round.into_par_iter().with_min_len(CHUNKS_A_THREAD);
            self.chunks.par_extend(round.map(chunk));
        }
        Some(())
    }

    /// Numbers of the rows, of those that are read, which pass `pattern`: the best first, of equals the first. Every
    /// part of it must stand in a row, letter by letter; where rows hold the parts as they are typed, only those pass.
    /// `None` when it was stopped.
    pub fn passing(&mut self, pattern: &str, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<u32>> {
        let pattern = Fuzzy::new(pattern);
        let other = |kept: &mut Kept| !pattern.narrows(&kept.pattern);
        while self.kept.pop_if(other).is_some() {}
        let all: Vec<u32>;
        let among = match self.kept.last() {
            // A letter was taken back.
            Some(kept) if kept.pattern.is(&pattern) => return Some(kept.best.clone()),
            Some(kept) => &kept.passed,
            None => {
                all = (0..u32::try_from(self.rows()).ok()?).collect();
                &all
            }
        };
        let looked_at = |row: &u32| {
            let (field, whole) = self.field(*row).filter(|_| !stop())?;
            let matched = whole.get(..field.cut - field.start)?;
            let passes = pattern.passes(matched);
            passes.then(|| (*row, pattern.is_held(whole)))
        };
        let among = among.par_iter().with_min_len(ROWS_A_THREAD);
        let passed: Vec<(u32, bool)> = among.filter_map(looked_at).collect();
        let any_held = passed.iter().any(|(_, held)| *held);
        let scored = |aligner: &mut Aligner, (row, held): &(u32, bool)| {
            // Letters found here and there are worth showing only where nothing holds the words.
            let wanted = !stop() && (*held || !any_held);
            let (field, whole) = self.field(*row).filter(|_| wanted)?;
            let matched = whole.get(..field.cut - field.start)?;
            let (score, first) = pattern.score(aligner, matched)?;
            let in_text = i64::from(first < field.text) * IN_TEXT;
            Some((Reverse(score + in_text), *row))
        };
        let to_score = passed.par_iter().with_min_len(ROWS_A_THREAD);
        let mut scored: Vec<(Reverse<i64>, u32)> = to_score
            .map_init(Aligner::default, scored)
            .flatten_iter()
            .collect();
        scored.par_sort_unstable();
        if stop() {
            return None;
        }
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        let best: Vec<u32> = scored.into_iter().map(|(_, row)| row).collect();
        self.kept.push(Kept {
            pattern,
            passed: passed.into_iter().map(|(row, _)| row).collect(),
            best: best.clone(),
        });
        Some(best)
    }

    /// Rows that are read.
    fn rows(&self) -> usize {
        let last = self.chunks.last().map_or(0, |chunk| chunk.fields.len());
        self.chunks.len().saturating_sub(1) * CHUNK + last
    }

    /// A row, and all of it folded.
    fn field(&self, row: u32) -> Option<(&Field, &str)> {
        let row = row as usize;
        let chunk = self.chunks.get(row / CHUNK)?;
        let field = chunk.fields.get(row % CHUNK)?;
        Some((field, chunk.folded.get(field.start..field.end)?))
    }
}

impl Chunk {
    fn of(rows: impl Iterator<Item = FilterRow>) -> Self {
        let mut chunk = Self::default();
        for FilterRow { whole, text } in rows {
            let folded = &mut chunk.folded;
            let start = folded.len();
            let (matched, text) = (
                beginning(&whole),
                beginning(whole.get(..text).unwrap_or("")),
            );
            fold_into(text, folded);
            let letters = folded.get(start..).map_or(0, |text| text.chars().count());
            fold_into(matched.get(text.len()..).unwrap_or_default(), folded);
            let cut = folded.len();
            fold_into(whole.get(matched.len()..).unwrap_or_default(), folded);
            chunk.fields.push(Field {
                start,
                cut,
                end: folded.len(),
                text: letters,
            });
        }
        chunk.folded.shrink_to_fit();
        chunk
    }
}

#[cfg(test)]
mod tests;
