//! Undo and redo as inverse changes, bounded. A step holds what it takes to go back and no more, so
//! that marking one passage among thousands costs one passage. Must not be the only copy of a
//! passage that is still in the collection.

use crate::model::Passage;
use std::collections::VecDeque;

/// Steps kept; the oldest are forgotten.
pub(super) const STEPS: usize = 200;

/// One change of a list of passages, ready to be made.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Puts the passage at an index.
    Insert(usize, Box<Passage>),
    /// Takes out the passage at an index.
    Remove(usize),
    /// Sets the note of the passage at an index.
    Note(usize, String),
    /// Sets the tags of the passage at an index.
    Tags(usize, Vec<String>),
    /// All of these, one after the other, as one step.
    All(Vec<Change>),
}

impl Change {
    /// Makes the change and gives its inverse; `None`, and no change, when the index is not there.
    fn make(self, passages: &mut Vec<Passage>) -> Option<Self> {
        match self {
            Self::Insert(at, passage) => {
                if at > passages.len() {
                    return None;
                }
                passages.insert(at, *passage);
                Some(Self::Remove(at))
            }
            Self::Remove(at) => {
                if at >= passages.len() {
                    return None;
                }
                Some(Self::Insert(at, Box::new(passages.remove(at))))
            }
            Self::Note(at, note) => {
                let before = std::mem::replace(&mut passages.get_mut(at)?.note, note);
                Some(Self::Note(at, before))
            }
            Self::Tags(at, tags) => {
                let before = std::mem::replace(&mut passages.get_mut(at)?.tags, tags);
                Some(Self::Tags(at, before))
            }
            Self::All(changes) => {
                let made = changes.into_iter().filter_map(|c| c.make(passages));
                let mut inverse: Vec<Self> = made.collect();
                inverse.reverse();
                (!inverse.is_empty()).then_some(Self::All(inverse))
            }
        }
    }
}

/// Changes that can be taken back, and made again.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    past: VecDeque<Change>,
    future: Vec<Change>,
}

impl History {
    /// Makes a new change: what had been taken back can then no longer be made again. False, and
    /// nothing forgotten, when it could not be made.
    pub(super) fn make(&mut self, change: Change, passages: &mut Vec<Passage>) -> bool {
        let Some(inverse) = change.make(passages) else {
            return false;
        };
        if self.past.len() == STEPS {
            self.past.pop_front();
        }
        self.past.push_back(inverse);
        self.future.clear();
        true
    }

    /// Takes back the last change.
    pub(super) fn undo(&mut self, passages: &mut Vec<Passage>) -> bool {
        let inverse = self.past.pop_back().and_then(|c| c.make(passages));
        inverse.map(|c| self.future.push(c)).is_some()
    }

    /// Makes again what was taken back last.
    pub(super) fn redo(&mut self, passages: &mut Vec<Passage>) -> bool {
        let inverse = self.future.pop().and_then(|c| c.make(passages));
        inverse.map(|c| self.past.push_back(c)).is_some()
    }
}
