//! (snapshot, query) to results: which statements, in which order, with the exact places.
//!
//! The word index gives candidates and scores (`matching`, `rank`); what it cannot decide is
//! evaluated on the statement itself (`evaluate`), and the places of the words come from one pass
//! over the text (`scan`). The browser and the command line both come through here, so that the
//! same query gives the same results. Must not draw, print or load.

mod advice;
mod again;
mod align;
mod alone;
mod asked;
mod beginnings;
mod boosts;
mod concordance;
mod count;
mod evaluate;
mod facets;
mod filter;
mod fold;
mod fuzzy;
mod heard;
mod matching;
mod needs;
mod phrase;
mod rank;
mod saying;
mod scan;
mod typed;
mod vocabulary;
mod wanted;

pub use advice::unknown_type;
pub use alone::may_match;
use asked::Asked;
pub use concordance::{
    Collocate, Concordance, Context, Line, LineSort, collocates, concordance, context, speaker_of,
};
pub use evaluate::Item;
pub use facets::{FacetBy, facets, without_facet};
pub use filter::{Filter, FilterRow};
pub use fuzzy::{Fuzzy, FuzzyHit};
pub use heard::heard;
pub use needs::{asks_items, needs_extraction, needs_identities};
pub use scan::{Hit, How};
pub use typed::Typed;
pub use vocabulary::Correction;

use crate::model::{Citable, Passage};
use crate::query::{Query, Sort, Zone};
use crate::store::{DocNo, Segment, Snapshot};
use evaluate::Judge;
use fold::{Folded, fold};
use needs::all_texts;
use rank::Weights;
use rayon::prelude::*;
use saying::Sayings;
use scan::Scanner;
use std::cmp::Ordering;
use std::sync::Arc;
use typed::KeptOfSegment;
use vocabulary::Corrections;

/// A statement that matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Which.
    pub doc: DocNo,
    /// Higher is better; 0 when the query has no words.
    pub score: f32,
}

/// The answer to one query over one snapshot.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Statements in the order asked for.
    pub found: Vec<Found>,
    /// Words that were searched under another spelling.
    pub corrections: Vec<Correction>,
    /// Statements not yet extracted that might match once they are; 0 when the answer is complete.
    pub pending: usize,
    /// Of the best matches, those that are not extracted yet. While there are any, what is said in
    /// statements moves none of them: the order waits until it can be fair to all.
    pub unread: Vec<DocNo>,
    /// When nothing was found: what may help, a line each.
    pub advice: Vec<String>,
    /// With folding: the statements behind each of `found` that are the same, in their order.
    pub folded: Folded,
    words: Corrections,
    /// The query as it was answered, where words of its fields were read as others.
    read_as: Option<Query>,
}

/// Searches. `stop` is asked often; when it says so the answer is `None`. Where nothing is found,
/// slips in fields are looked for, and what may help is said.
#[must_use]
pub fn search(
    snapshot: &Snapshot,
    query: &Query,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Results> {
    answered(snapshot, query, None, stop).map(|(results, _)| results)
}

/// The same, and what to keep for the next letter; nothing is kept unless `before` is given.
fn answered(
    snapshot: &Snapshot,
    query: &Query,
    before: Option<&[KeptOfSegment]>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<(Results, Vec<KeptOfSegment>)> {
    let (results, kept) = answer(snapshot, query, before, stop)?;
    if !results.found.is_empty() || snapshot.is_empty() || query.as_typed {
        return Some((results, kept));
    }
    Some((otherwise(snapshot, query, results, stop)?, kept))
}

/// Where nothing was found: slips in fields, and advice.
fn otherwise(
    snapshot: &Snapshot,
    query: &Query,
    mut results: Results,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Results> {
    let answer = |query: &Query| answer(snapshot, query, None, stop).map(|(results, _)| results);
    if let Some((read_as, told)) = advice::with_fields_corrected(snapshot, query) {
        let mut corrected = answer(&read_as)?;
        if !corrected.found.is_empty() {
            corrected.corrections.extend(told);
            corrected.read_as = Some(read_as);
            return Some(corrected);
        }
    }
    if let Some(relaxed) = advice::without_capitals(query) {
        let other = answer(&relaxed)?;
        if !other.found.is_empty() {
            results.advice.push(format!(
                "a capital or an accent is searched as typed: {} without",
                other.found.len()
            ));
        }
    }
    let unknown = unknown_type(snapshot, query);
    results.advice.extend(unknown.map(|fault| fault.message));
    Some(results)
}

/// The answer to the query as it stands.
fn answer(
    snapshot: &Snapshot,
    query: &Query,
    before: Option<&[KeptOfSegment]>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<(Results, Vec<KeptOfSegment>)> {
    let (words, corrections) = vocabulary::corrections(snapshot, query);
    let weights = Weights::of(snapshot, &all_texts(query), &words);
    // Before the pool is entered: a thread of it that waits for a gathering does no work.
    let identities = needs_identities(query).then(|| snapshot.identities_at_hand());
    let asked = Asked {
        query,
        words: &words,
        weights: &weights,
        identities: identities.as_deref(),
        sayings: Sayings::of(snapshot, query, identities.as_deref()),
        before,
        stop,
    };
    // One way into the pool for all steps: each would wait to be woken.
    let (mut found, unread, kept) = rayon::scope(|_| in_order(snapshot, &asked))?;
    let folded = if query.fold {
        fold(snapshot, &mut found)
    } else {
        Folded::new()
    };
    let pending = if needs_extraction(query) {
        snapshot.len() - snapshot.extracted()
    } else {
        0
    };
    let results = Results {
        found,
        corrections,
        pending,
        unread,
        folded,
        words,
        ..Results::default()
    };
    Some((results, kept))
}

/// All that match, in the order asked for; those of the best that are not extracted yet; and what is kept.
fn in_order(
    snapshot: &Snapshot,
    asked: &Asked<'_>,
) -> Option<(Vec<Found>, Vec<DocNo>, Vec<KeptOfSegment>)> {
    let segments: Vec<(DocNo, &Arc<Segment>)> = snapshot.segments().collect();
    let parts: Option<Vec<(Vec<Found>, KeptOfSegment)>> = segments
        .into_par_iter()
        .enumerate()
        .map(|(number, (start, segment))| asked.of_segment(number, start, segment))
        .collect();
    let (found, kept): (Vec<Vec<Found>>, Vec<KeptOfSegment>) = parts?.into_iter().unzip();
    let mut found = found.concat();
    order(snapshot, asked.query, &mut found);
    let mut unread = Vec::new();
    if asked.query.sort.unwrap_or_default() == Sort::Relevance {
        unread = again::weigh(snapshot, asked, &mut found);
    }
    (!(asked.stop)()).then_some((found, unread, kept))
}

/// Best match first, then in the order of loading. Scores are never negative, so their bits are in
/// their order: one number to compare, which tells where a million statements match.
fn best_first(found: &Found) -> (u32, DocNo) {
    (!found.score.to_bits(), found.doc)
}

fn order(snapshot: &Snapshot, query: &Query, found: &mut [Found]) {
    if query.sort.unwrap_or_default() == Sort::Relevance {
        found.par_sort_unstable_by_key(best_first);
        return;
    }
    let date = |f: &Found| {
        snapshot
            .statement(f.doc)
            .and_then(|s| s.date.as_ref())
            .map(|d| d.value.as_str())
    };
    let title = |f: &Found| snapshot.statement(f.doc).map(|s| s.title.value.as_str());
    let source = |f: &Found| {
        snapshot
            .statement(f.doc)
            .and_then(|s| s.source.as_ref())
            .map(|s| s.value.as_str())
    };
    found.sort_by(|a, b| {
        let asked = match query.sort.unwrap_or_default() {
            Sort::Relevance => Ordering::Equal,
            Sort::Oldest => missing_last(date(a), date(b), Ordering::is_lt),
            Sort::Newest => missing_last(date(a), date(b), Ordering::is_gt),
            Sort::Title => missing_last(title(a), title(b), Ordering::is_lt),
            Sort::Source => missing_last(source(a), source(b), Ordering::is_lt),
        };
        asked.then_with(|| best_first(a).cmp(&best_first(b)))
    });
}

/// Orders two keys so that `first` holds of them; one that is missing comes last either way.
fn missing_last<T: Ord>(a: Option<T>, b: Option<T>, first: fn(Ordering) -> bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => match a.cmp(&b) {
            Ordering::Equal => Ordering::Equal,
            unequal if first(unequal) => Ordering::Less,
            _ => Ordering::Greater,
        },
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

impl Results {
    /// Folds what was found, as a query that asks for it does: for a caller that narrows it first.
    pub fn fold(&mut self, snapshot: &Snapshot) {
        self.folded = fold(snapshot, &mut self.found);
    }

    /// The places of the query's words in the body of a statement, in order; for a query without
    /// words that asks for quotes or claims, the places of those. One pass over its text.
    #[must_use]
    pub fn hits(&self, snapshot: &Snapshot, query: &Query, doc: DocNo) -> Vec<Hit> {
        let wanted = query.texts().len();
        if wanted == 0 && asks_items(query) {
            let hits = self.item_hits(snapshot, query, doc);
            return hits.into_iter().map(|(_, hit)| hit).collect();
        }
        self.judged(snapshot, query, doc, |judge| judge.hits(wanted))
            .unwrap_or_default()
    }

    /// The quotes, or else the claims, that a query without words asks for, each with its place;
    /// nothing for a query with words.
    #[must_use]
    pub fn item_hits(&self, snapshot: &Snapshot, query: &Query, doc: DocNo) -> Vec<(Item, Hit)> {
        if !query.texts().is_empty() || !asks_items(query) {
            return Vec::new();
        }
        self.judged(snapshot, query, doc, |judge| judge.item_hits())
            .unwrap_or_default()
    }

    /// The quotes ([`Zone::Quote`]) or claims ([`Zone::Claim`]) of a statement that match by
    /// themselves, in order.
    #[must_use]
    pub fn items(&self, snapshot: &Snapshot, query: &Query, doc: DocNo, zone: Zone) -> Vec<Item> {
        self.judged(snapshot, query, doc, |judge| judge.items(zone).collect())
            .unwrap_or_default()
    }

    /// The same items as passages, over all results in their order. Statements that are not extracted
    /// yet give none.
    pub fn passages<'a>(
        &'a self,
        snapshot: &'a Snapshot,
        query: &'a Query,
        zone: Zone,
    ) -> impl Iterator<Item = Passage> + 'a {
        self.found.iter().flat_map(move |found| {
            let items = self.items(snapshot, query, found.doc, zone);
            let any = !items.is_empty();
            let extraction = any.then(|| snapshot.extraction(found.doc)).flatten();
            let statement = any.then(|| snapshot.statement(found.doc)).flatten();
            let citable = statement.map(Citable::new);
            items.into_iter().filter_map(move |item| {
                let (citable, extraction) = (citable.as_ref()?, extraction.as_ref()?);
                Some(match item {
                    Item::Quote(n) => citable.quote(extraction.quotes.get(n)?),
                    Item::Claim(n) => citable.claim(extraction, extraction.claims.get(n)?),
                })
            })
        })
    }

    fn judged<T>(
        &self,
        snapshot: &Snapshot,
        query: &Query,
        doc: DocNo,
        ask: impl FnOnce(&Judge<'_>) -> T,
    ) -> Option<T> {
        let read_as = self.read_as.as_ref().map(|read_as| Query {
            zone: query.zone,
            ..read_as.clone()
        });
        let query = read_as.as_ref().unwrap_or(query);
        let (segment, at) = snapshot.locate(doc)?;
        let scanner = Scanner::new(all_texts(query), &self.words, segment);
        let identities = needs_identities(query)
            .then(|| snapshot.known_identities())
            .flatten();
        let judge = Judge::new(query, &scanner, segment, at)?.knowing(identities.as_deref(), doc);
        Some(ask(&judge))
    }
}
