//! Where formats that carry whole texts find them: in what is loaded, by the id of the statement.

use crate::store::{DocNo, Snapshot};
use std::collections::HashMap;
use std::sync::Arc;

/// Finds the whole text of a statement, which a passage does not hold.
pub trait Texts {
    /// The body of the statement with this id, when it is loaded.
    fn body(&self, statement: &str) -> Option<Arc<str>>;
}

/// The texts of what is loaded, found by id in constant time.
pub struct LoadedTexts<'s> {
    snapshot: &'s Snapshot,
    docs: HashMap<Arc<str>, DocNo>,
}

impl<'s> LoadedTexts<'s> {
    /// Looks through the snapshot once.
    #[must_use]
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let docs = snapshot.segments().flat_map(|(start, segment)| {
            let statements = segment.statements().iter().enumerate();
            statements.map(move |(at, s)| (Arc::clone(&s.id), start + at))
        });
        Self {
            docs: docs.collect(),
            snapshot,
        }
    }

    /// Where the statement with this id is.
    #[must_use]
    pub fn doc(&self, statement: &str) -> Option<DocNo> {
        self.docs.get(statement).copied()
    }
}

impl Texts for LoadedTexts<'_> {
    fn body(&self, statement: &str) -> Option<Arc<str>> {
        let statement = self.snapshot.statement(self.doc(statement)?)?;
        Some(Arc::clone(&statement.body))
    }
}
