//! What is loaded: immutable segments and their word index.
//!
//! The loader's statements are cut into segments; a segment never changes once made, except that
//! the extraction of each of its statements is filled in once, and then the lists of who says
//! something. A [`Snapshot`] is a cheap copy of the list of segments, so that searching and drawing
//! lock nothing while loading goes on.
//!
//! The word index is our own (see `index`, which says why). Must not search: that is `search`.

pub mod cache;
mod duplicates;
mod identity;
mod index;
mod names;
mod packed;
mod said;
mod segment;
mod vocabulary;

pub use cache::Cache;
pub use duplicates::{Duplicates, Same};
use identity::Cache as Gathering;
pub use identity::{Aliases, Gathered, Identities, Identity, most_heard};
pub use index::{MOST_COUNTED, MOST_STATEMENTS, Position, Posting, Row, RowWord, WordIndex};
pub use packed::{ClaimRow, Columns, Kinds, Packed, QuoteRow, SpeakerRow};
pub use said::Said;
pub use segment::Segment;
pub use vocabulary::{Vocabulary, WordId};

use crate::model::{Extraction, Statement};
use std::collections::VecDeque;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Position of a statement in the order of loading, counted from 0.
pub type DocNo = usize;

/// Statements of the first segments, small so that the first can be searched at once; later ones
/// are of the last size. A fixed series: how the input is cut must not depend on the clock.
const SEGMENT_SIZES: [usize; 4] = [64, 256, 1024, 4096];
const _: () = assert!(SEGMENT_SIZES[3] <= MOST_STATEMENTS);
/// Segments that are indexed while the next is read.
const INDEXED_AT_ONCE: usize = 2;
/// A segment is also closed at this many bytes of text, so that one holds bounded memory.
const SEGMENT_BYTES: usize = 16 << 20;

/// The growing store; one thread adds to it.
#[derive(Debug, Default)]
pub struct Store {
    snapshot: Snapshot,
    open: Vec<Statement>,
    /// The first of the kind of each open statement, where that is another.
    open_same_as: Vec<Option<DocNo>>,
    duplicates: Duplicates,
    open_bytes: usize,
    /// Segments that other threads index, in order.
    under_way: VecDeque<JoinHandle<Segment>>,
    /// Segments closed so far.
    closed: usize,
}

impl Store {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty store whose speakers are also known by `own`, the text of the user's alias file.
    #[must_use]
    pub fn with_aliases(own: &str) -> Self {
        let mut store = Self::default();
        store.snapshot.identity = Arc::new(Gathering::new(own));
        store
    }

    /// A store that holds `statements`, complete.
    #[must_use]
    pub fn of(statements: Vec<Statement>) -> Self {
        let mut store = Self::new();
        for statement in statements {
            store.add(statement);
        }
        store.seal();
        store
    }

    /// Adds a statement; gives the segments that have become ready meanwhile, in order.
    pub fn add(&mut self, statement: Statement) -> Vec<Arc<Segment>> {
        self.open_bytes += statement.body.len();
        let same = self.duplicates.next(&statement);
        self.open_same_as.push(same.map(|same| same.first));
        self.open.push(statement);
        let size = SEGMENT_SIZES.get(self.closed).or(SEGMENT_SIZES.last());
        if size.is_some_and(|size| self.open.len() >= *size) || self.open_bytes >= SEGMENT_BYTES {
            self.close();
        }
        let mut ready = Vec::new();
        // No more than the cores can take: what waits is held in memory.
        while self.under_way.len() > INDEXED_AT_ONCE
            || self.under_way.front().is_some_and(JoinHandle::is_finished)
        {
            ready.extend(self.next_ready());
        }
        ready
    }

    /// Closes the segment under way and waits for all of them, so that all that was added is in the
    /// next snapshot; gives those that have become ready.
    pub fn seal(&mut self) -> Vec<Arc<Segment>> {
        self.close();
        std::iter::from_fn(|| self.next_ready()).collect()
    }

    /// Hands the open statements to a thread that indexes them.
    fn close(&mut self) {
        if self.open.is_empty() {
            return;
        }
        self.open_bytes = 0;
        self.closed += 1;
        let statements = std::mem::take(&mut self.open);
        let same_as = std::mem::take(&mut self.open_same_as);
        self.under_way.push_back(std::thread::spawn(move || {
            Segment::new(statements).with_same_as(same_as)
        }));
    }

    /// Waits for the first of the segments under way.
    fn next_ready(&mut self) -> Option<Arc<Segment>> {
        let segment = match self.under_way.pop_front()?.join() {
            Ok(segment) => Arc::new(segment),
            // A panic there is one here: nothing is to be lost without a word.
            Err(panic) => std::panic::resume_unwind(panic),
        };
        self.snapshot.push(Arc::clone(&segment));
        Some(segment)
    }

    /// What is loaded now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot.clone()
    }
}

/// A list of segments at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    segments: Vec<Arc<Segment>>,
    /// Statements before each segment.
    starts: Vec<DocNo>,
    len: usize,
    /// Shared by all snapshots of a store.
    identity: Arc<Gathering>,
}

impl Snapshot {
    /// Adds a segment behind the others.
    pub fn push(&mut self, segment: Arc<Segment>) {
        self.starts.push(self.len);
        self.len += segment.statements().len();
        self.segments.push(segment);
    }

    /// Number of statements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when nothing is loaded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The segments with the number of their first statement.
    pub fn segments(&self) -> impl Iterator<Item = (DocNo, &Arc<Segment>)> {
        self.starts.iter().copied().zip(&self.segments)
    }

    /// Segment and position of a statement.
    #[must_use]
    pub fn locate(&self, doc: DocNo) -> Option<(&Arc<Segment>, usize)> {
        self.place(doc)
            .map(|(_, segment, inside)| (segment, inside))
    }

    /// Number of the segment, the segment, and position of a statement in it.
    #[must_use]
    pub fn place(&self, doc: DocNo) -> Option<(usize, &Arc<Segment>, usize)> {
        let at = self
            .starts
            .partition_point(|&start| start <= doc)
            .checked_sub(1)?;
        let inside = doc - self.starts.get(at)?;
        let segment = self.segments.get(at)?;
        (inside < segment.statements().len()).then_some((at, segment, inside))
    }

    /// A statement.
    #[must_use]
    pub fn statement(&self, doc: DocNo) -> Option<&Statement> {
        let (segment, at) = self.locate(doc)?;
        segment.statements().get(at)
    }

    /// The first statement of the kind of this one: itself, or an earlier one with the same words or
    /// nearly so.
    #[must_use]
    pub fn first_of(&self, doc: DocNo) -> DocNo {
        let same_as = self
            .locate(doc)
            .and_then(|(segment, at)| segment.same_as(at));
        same_as.unwrap_or(doc)
    }

    /// What was extracted from it, as it is kept; `None` while that is still to come.
    #[must_use]
    pub fn packed(&self, doc: DocNo) -> Option<&Packed> {
        let (segment, at) = self.locate(doc)?;
        segment.packed(at)
    }

    /// The same unpacked: for a statement that is read, not for a query over all of them.
    #[must_use]
    pub fn extraction(&self, doc: DocNo) -> Option<Extraction> {
        let (segment, at) = self.locate(doc)?;
        segment.extraction(at)
    }

    /// It is known what is said in it.
    #[must_use]
    pub fn is_extracted(&self, doc: DocNo) -> bool {
        self.packed(doc).is_some()
    }

    /// The statement of this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<DocNo> {
        self.segments().find_map(|(start, segment)| {
            segment
                .statements()
                .iter()
                .position(|s| &*s.id == id)
                .map(|at| start + at)
        })
    }

    /// Number of statements whose extraction is done.
    #[must_use]
    pub fn extracted(&self) -> usize {
        self.segments
            .iter()
            .map(|segment| segment.extracted())
            .sum()
    }

    /// Who is whom among the speakers extracted so far. Gathers them anew when much was extracted since the last
    /// time, so not for the thread that draws.
    #[must_use]
    pub fn identities(&self) -> Arc<Identities> {
        self.identity.get(self)
    }

    /// The same for an answer that is waited for: while statements are still extracted, as it was last gathered, if it
    /// was.
    #[must_use]
    pub fn identities_at_hand(&self) -> Arc<Identities> {
        let partly = self.extracted() < self.len();
        let last = partly.then(|| self.known_identities()).flatten();
        last.unwrap_or_else(|| self.identities())
    }

    /// The same as it was last gathered; `None` when it never was.
    #[must_use]
    pub fn known_identities(&self) -> Option<Arc<Identities>> {
        self.identity.last()
    }
}
