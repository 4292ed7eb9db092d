//! The first of the results, weighed again by what their words alone do not tell: how near together they
//! stand, and whether they are said. What is looked at is capped, so that a keystroke costs no more
//! where a million statements match.

use super::asked::Asked;
use super::boosts::boosts;
use super::rank::{BOOSTS_OF, Boost, NEARNESS_OF, Sought};
use super::scan::Scanner;
use super::{Found, best_first};
use crate::query::Zone;
use crate::store::{DocNo, Snapshot};
use rayon::prelude::*;

/// Weighs the first of `found`, best first, again and puts them in order. Gives those of the best that
/// are not extracted yet: then what is said has moved none. Once `stop` says so, nothing more is looked at.
#[must_use]
pub fn weigh(snapshot: &Snapshot, asked: &Asked<'_>, found: &mut [Found]) -> Vec<DocNo> {
    let texts = asked.query.texts();
    if texts.is_empty() || asked.query.zone == Zone::Title {
        return Vec::new();
    }
    // By segment, in their order.
    let scanners: Vec<Scanner<'_>> = snapshot
        .segments()
        .map(|(_, segment)| Scanner::new(texts.clone(), asked.words, segment))
        .collect();
    if texts.iter().map(|text| text.words.len()).sum::<usize>() > 1 {
        let first = found.len().min(NEARNESS_OF);
        if let Some(first) = found.get_mut(..first) {
            weigh_nearness(snapshot, &scanners, asked, texts.len(), first);
        }
    }
    let first = found.len().min(BOOSTS_OF);
    match found.get_mut(..first) {
        Some(first) => weigh_said(snapshot, &scanners, asked, first),
        None => Vec::new(),
    }
}

/// How near together the words of all texts stand.
fn weigh_nearness(
    snapshot: &Snapshot,
    scanners: &[Scanner<'_>],
    asked: &Asked<'_>,
    texts: usize,
    first: &mut [Found],
) {
    // Of each segment.
    let sought: Vec<Sought<'_>> = scanners
        .iter()
        .zip(snapshot.segments())
        .map(|(scanner, (_, segment))| {
            let words = scanner.texts().iter().flat_map(|text| &text.words);
            Sought::of(words.map(|word| &word.terms).collect(), segment.index())
        })
        .collect();
    first.par_iter_mut().for_each(|found| {
        if (asked.stop)() {
            return;
        }
        let Some((n, segment, at)) = snapshot.place(found.doc) else {
            return;
        };
        let Some(sought) = sought.get(n) else {
            return;
        };
        let index = segment.index();
        let row = index.row(index.body(at as u32));
        found.score += asked.weights.nearness(sought, row, texts);
    });
    first.sort_unstable_by_key(best_first);
}

/// Whether the texts are said. Only when that is known of all of `first`: else one would be put before
/// another because it was extracted sooner.
fn weigh_said(
    snapshot: &Snapshot,
    scanners: &[Scanner<'_>],
    asked: &Asked<'_>,
    first: &mut [Found],
) -> Vec<DocNo> {
    let unread: Vec<DocNo> = first
        .iter()
        .map(|found| found.doc)
        .filter(|doc| !snapshot.is_extracted(*doc))
        .collect();
    if !unread.is_empty() {
        return unread;
    }
    first.par_iter_mut().for_each(|found| {
        if (asked.stop)() {
            return;
        }
        let place = snapshot.place(found.doc);
        let boosts: Option<Vec<Boost>> = place.and_then(|(n, segment, at)| {
            let scanner = scanners.get(n)?;
            boosts(scanner, asked.words, segment, at)
        });
        found.score += asked.weights.said(&boosts.unwrap_or_default());
    });
    first.sort_unstable_by_key(best_first);
    unread
}
