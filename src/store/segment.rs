//! One immutable segment: statements, their word index, and a place for each extraction that is
//! filled once, packed; and once all are, for the lists of who says something.

use super::{DocNo, Packed, Said, WordIndex};
use crate::extract::Extractor;
use crate::model::{Extraction, Statement};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// See the module.
#[derive(Debug)]
pub struct Segment {
    statements: Box<[Statement]>,
    extractions: Box<[OnceLock<Packed>]>,
    extracted: AtomicUsize,
    index: WordIndex,
    /// Who says something in them, once that is known of all.
    said: OnceLock<Said>,
    /// The first of the kind of each statement, where that is another.
    same_as: Box<[Option<DocNo>]>,
}

impl Segment {
    /// Indexes `statements`.
    #[must_use]
    pub fn new(statements: Vec<Statement>) -> Self {
        let index = WordIndex::build(&statements);
        let extractions = statements.iter().map(|_| OnceLock::new()).collect();
        Self {
            statements: statements.into(),
            extractions,
            extracted: AtomicUsize::new(0),
            index,
            said: OnceLock::new(),
            same_as: Box::default(),
        }
    }

    /// The same segment, knowing which earlier statement each of its own is the same as.
    #[must_use]
    pub fn with_same_as(mut self, same_as: Vec<Option<DocNo>>) -> Self {
        self.same_as = same_as.into();
        self
    }

    /// The number of the earlier statement that statement `at` is the same as, if there is one.
    #[must_use]
    pub fn same_as(&self, at: usize) -> Option<DocNo> {
        self.same_as.get(at).copied().flatten()
    }

    /// Its statements, in order of loading.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Its words.
    #[must_use]
    pub fn index(&self) -> &WordIndex {
        &self.index
    }

    /// What was extracted from statement `at`, as it is kept, if that is done.
    #[must_use]
    pub fn packed(&self, at: usize) -> Option<&Packed> {
        self.extractions.get(at)?.get()
    }

    /// The same unpacked: for a statement that is read, not for a query over all of them.
    #[must_use]
    pub fn extraction(&self, at: usize) -> Option<Extraction> {
        self.packed(at)?.unpack(&self.statements.get(at)?.body)
    }

    /// Who says something in its statements, and about whom; `None` before that was [listed](Self::list_said).
    #[must_use]
    pub fn said(&self) -> Option<&Said> {
        self.said.get()
    }

    /// Lists who says something, once all statements are extracted. It takes longer than to answer one question by
    /// reading: for whoever will ask many.
    pub fn list_said(&self) {
        if self.said.get().is_none() && self.extracted() == self.statements.len() {
            let extracted = self.extractions.iter().map(OnceLock::get);
            if let Some(said) = Said::of(self.statements.iter().zip(extracted)) {
                // Two threads may race: both have made the same.
                let _ = self.said.set(said);
            }
        }
    }

    /// Extracts statement `at` unless that is done; two threads may race, one result stays.
    pub fn extract(&self, at: usize, extractor: &Extractor) {
        self.extract_all([at], extractor);
    }

    /// The same of some statements, which takes less time than one by one. None has its own before all have, so nothing is half done
    /// where extraction ends in a panic.
    pub fn extract_all(&self, at: impl IntoIterator<Item = usize>, extractor: &Extractor) {
        let undone = at.into_iter().filter(|at| self.packed(*at).is_none());
        let undone = undone.filter_map(|at| Some((at, self.statements.get(at)?)));
        let (at, statements): (Vec<usize>, Vec<&Statement>) = undone.unzip();
        let extracted = extractor.extract_all(&statements);
        for (at, (extraction, _)) in at.into_iter().zip(extracted) {
            self.put(at, extraction);
        }
    }

    /// Takes an extraction that stands in for one that could not be made; unless there is one.
    pub fn put(&self, at: usize, extraction: Extraction) {
        if let Some(statement) = self.statements.get(at) {
            self.put_packed(at, Packed::new(&extraction, &statement.body));
        }
    }

    /// Takes one that was made before from the same text; unless there is one.
    pub fn put_packed(&self, at: usize, extraction: Packed) {
        if self
            .extractions
            .get(at)
            .is_some_and(|cell| cell.set(extraction).is_ok())
        {
            self.extracted.fetch_add(1, Ordering::Release);
        }
    }

    /// Number of statements whose extraction is done.
    #[must_use]
    pub fn extracted(&self) -> usize {
        self.extracted.load(Ordering::Acquire)
    }
}
