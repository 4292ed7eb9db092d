//! Folding of results: of statements that are the same, the best placed stands for all.

use super::Found;
use crate::store::{DocNo, Snapshot};
use std::collections::HashMap;

/// The statements that stand behind another of the results.
pub type Folded = HashMap<DocNo, Vec<DocNo>>;

/// Keeps the first of each group; gives those behind each, in their order.
pub fn fold(snapshot: &Snapshot, found: &mut Vec<Found>) -> Folded {
    let mut stands: HashMap<DocNo, DocNo> = HashMap::new();
    let mut folded = Folded::new();
    found.retain(|f| {
        let first = snapshot.first_of(f.doc);
        let shown = *stands.entry(first).or_insert(f.doc);
        if shown != f.doc {
            folded.entry(shown).or_default().push(f.doc);
        }
        shown == f.doc
    });
    folded
}
