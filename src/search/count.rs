//! How many places of the query's words there are in all results together: what is told beside them. The same
//! number as adding up [`Results::hits`], read off the word index where that alone decides.

use super::scan::Scanner;
use super::{Found, Results};
use crate::query::{Query, Zone};
use crate::store::{DocNo, Segment, Snapshot};
use rayon::prelude::*;

/// Statements judged between two reports.
const REPORTED: usize = 1024;

impl Results {
    /// Counts the hits of all results; tells how many there are so far where that takes long. `stop` is asked often;
    /// when it says so the answer is `None`.
    pub fn count_hits(
        &self,
        snapshot: &Snapshot,
        query: &Query,
        stop: &(dyn Fn() -> bool + Sync),
        mut tell: impl FnMut(usize),
    ) -> Option<usize> {
        if !query.texts().is_empty() && !query.zone.is_item() {
            return self.count_in_bodies(snapshot, query, stop);
        }
        let mut hits = 0;
        for part in self.found.chunks(REPORTED) {
            let of = |found: &Found| (!stop()).then(|| self.hits(snapshot, query, found.doc).len());
            hits += part.par_iter().map(of).sum::<Option<usize>>()?;
            tell(hits);
        }
        Some(hits)
    }

    /// Wherever the words stand in a body that was found, they count.
    fn count_in_bodies(
        &self,
        snapshot: &Snapshot,
        query: &Query,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<usize> {
        if query.zone == Zone::Title {
            return Some(0);
        }
        let mut docs: Vec<DocNo> = self.found.iter().map(|found| found.doc).collect();
        docs.sort_unstable();
        let segments: Vec<(DocNo, &Segment)> = snapshot
            .segments()
            .map(|(start, segment)| (start, &**segment))
            .collect();
        let count = |(start, segment): (DocNo, &Segment)| {
            let end = start + segment.statements().len();
            let from = docs.partition_point(|&doc| doc < start);
            let until = docs.partition_point(|&doc| doc < end);
            let mut found = vec![false; segment.statements().len()];
            for doc in docs.get(from..until).unwrap_or_default() {
                if let Some(found) = found.get_mut(doc - start) {
                    *found = true;
                }
            }
            let scanner = Scanner::new(query.texts(), &self.words, segment).until(stop);
            let hits = scanner.count(|doc| found.get(doc as usize) == Some(&true));
            (!stop()).then_some(hits)
        };
        segments.into_par_iter().map(count).sum()
    }
}
