//! Passages picked by the reader, with notes and tags; undo; kept on disk. Must not look at
//! statements: a passage owns its words.

mod file;
mod history;

pub use file::{Access, CollectionFile};

use crate::model::{Passage, PassageKind};
use history::{Change, History};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// What makes two passages the same: statement, kind, places. The words around them do not.
type Key = (String, PassageKind, Vec<(usize, usize)>);

fn key(passage: &Passage) -> Key {
    let places = passage.places.iter().map(|p| (p.start, p.end)).collect();
    (passage.statement.clone(), passage.kind, places)
}

/// The passages picked, in the order they were picked.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    passages: Vec<Passage>,
    history: History,
    dirty: bool,
}

impl Collection {
    /// A collection of these, with nothing to undo.
    #[must_use]
    pub fn new(passages: Vec<Passage>) -> Self {
        Self {
            passages,
            ..Self::default()
        }
    }

    /// Adds the passage, or takes it out when it is there; true when added.
    pub fn toggle(&mut self, passage: Passage) -> bool {
        if let Some(at) = self.position(&passage) {
            self.make(Change::Remove(at));
            return false;
        }
        self.make(Change::Insert(self.passages.len(), Box::new(passage)))
    }

    /// Adds those of the passages that are not there; takes them all out when all are there. One
    /// step to undo. How many were added or taken out, and true when added.
    pub fn toggle_all(&mut self, passages: Vec<Passage>) -> (usize, bool) {
        let mut there: HashMap<Key, usize> = HashMap::new();
        for (at, passage) in self.passages.iter().enumerate() {
            there.entry(key(passage)).or_insert(at);
        }
        let mut changes = Vec::new();
        for passage in &passages {
            let at = self.passages.len() + changes.len();
            if let Entry::Vacant(free) = there.entry(key(passage)) {
                free.insert(at);
                changes.push(Change::Insert(at, Box::new(passage.clone())));
            }
        }
        let added = !changes.is_empty();
        if !added {
            let mut at: Vec<usize> = passages
                .iter()
                .filter_map(|p| there.get(&key(p)).copied())
                .collect();
            // From the end, so that the numbers of those before stay true.
            at.sort_unstable_by(|a, b| b.cmp(a));
            at.dedup();
            changes = at.into_iter().map(Change::Remove).collect();
        }
        let count = changes.len();
        if count > 0 {
            self.make(Change::All(changes));
        }
        (count, added)
    }

    /// Adds those of the passages that are not there, as one step to undo; how many.
    pub fn add_all(&mut self, passages: Vec<Passage>) -> usize {
        let mut there: HashSet<Key> = self.passages.iter().map(key).collect();
        let mut changes = Vec::new();
        for passage in passages {
            if there.insert(key(&passage)) {
                let at = self.passages.len() + changes.len();
                changes.push(Change::Insert(at, Box::new(passage)));
            }
        }
        let count = changes.len();
        if count > 0 {
            self.make(Change::All(changes));
        }
        count
    }

    /// Takes out the passage at `index`.
    pub fn remove(&mut self, index: usize) -> Option<Passage> {
        let passage = self.passages.get(index).cloned()?;
        self.make(Change::Remove(index));
        Some(passage)
    }

    /// Sets the note at `index`; false when there is no such passage. The note it has already is no
    /// change.
    pub fn set_note(&mut self, index: usize, note: String) -> bool {
        match self.passages.get(index) {
            Some(p) if p.note == note => true,
            _ => self.make(Change::Note(index, note)),
        }
    }

    /// Sets the tags at `index`; false when there is no such passage. The tags it has already are
    /// no change.
    pub fn set_tags(&mut self, index: usize, tags: Vec<String>) -> bool {
        match self.passages.get(index) {
            Some(p) if p.tags == tags => true,
            _ => self.make(Change::Tags(index, tags)),
        }
    }

    /// Where the passage is: one of the same statement, kind and places.
    #[must_use]
    pub fn position(&self, passage: &Passage) -> Option<usize> {
        // The numbers first: they differ most often and cost least.
        self.passages.iter().position(|p| {
            p.places.len() == passage.places.len()
                && std::iter::zip(&p.places, &passage.places)
                    .all(|(a, b)| (a.start, a.end) == (b.start, b.end))
                && p.kind == passage.kind
                && p.statement == passage.statement
        })
    }

    /// The passages in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Passage> {
        self.passages.iter()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// True when there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// True when changed since it was last saved.
    #[must_use]
    pub fn dirty(&self) -> bool {
        self.dirty
    }

    /// Takes back the last change; false when there is none. The last 200 are kept.
    pub fn undo(&mut self) -> bool {
        let moved = self.history.undo(&mut self.passages);
        self.dirty |= moved;
        moved
    }

    /// Does again what was taken back; false when there is nothing.
    pub fn redo(&mut self) -> bool {
        let moved = self.history.redo(&mut self.passages);
        self.dirty |= moved;
        moved
    }

    fn make(&mut self, change: Change) -> bool {
        let made = self.history.make(change, &mut self.passages);
        self.dirty |= made;
        made
    }
}
