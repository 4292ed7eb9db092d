//! A text of several words with gaps allowed between: as much of it as has been met in a row of words.

use super::scan::How;
use crate::query::Text;
use std::ops::Range;

/// One text of a query, and as much of it as has been met so far in a row of words.
#[derive(Debug)]
pub struct Phrase<'q> {
    text: &'q Text,
    partial: Vec<Partial>,
}

/// A phrase whose first words have been met.
#[derive(Clone, Copy, Debug)]
struct Partial {
    /// Words met.
    met: usize,
    /// Position of the last of them.
    last: usize,
    /// Words skipped between them.
    skipped: usize,
    start: usize,
    how: How,
}

impl<'q> Phrase<'q> {
    /// Nothing met yet.
    #[must_use]
    pub fn new(text: &'q Text) -> Self {
        Self {
            text,
            partial: Vec::new(),
        }
    }

    /// Word `w` of the text stands at `position`; calls `whole` with the positions of each place that
    /// this makes whole. Positions ascend.
    pub fn meet(
        &mut self,
        w: usize,
        how: How,
        position: usize,
        mut whole: impl FnMut(Range<usize>, How),
    ) {
        let (words, slop) = (self.text.words.len(), self.text.slop);
        if words == 1 {
            whole(position..position + 1, how);
            return;
        }
        // What can no longer be completed goes, so that the list stays as short as the slop.
        self.partial.retain(|p| position - p.last <= slop + 1);
        if w == 0 {
            self.partial.push(Partial {
                met: 1,
                last: position,
                skipped: 0,
                start: position,
                how,
            });
            return;
        }
        // What grows is put behind, and has been met at this position: it does not grow again.
        for at in 0..self.partial.len() {
            let Some(&p) = self.partial.get(at) else {
                break;
            };
            if p.met != w || p.last >= position {
                continue;
            }
            let skipped = p.skipped + (position - p.last - 1);
            if skipped > slop {
                continue;
            }
            let how = p.how.max(how);
            if w + 1 == words {
                whole(p.start..position + 1, how);
            } else {
                self.partial.push(Partial {
                    met: w + 1,
                    last: position,
                    skipped,
                    how,
                    ..p
                });
            }
        }
    }
}
