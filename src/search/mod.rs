//! (snapshot, query) to results: which statements, in which order, with the exact places.
//!
//! The engine's postings give candidates and scores (`candidates`); what it cannot decide is
//! evaluated on the statement itself (`evaluate`), and the places of the words come from one pass
//! over the text (`scan`). The browser and the command line both come through here, so that the
//! same query gives the same results. Must not draw, print or load.

mod advice;
mod candidates;
mod evaluate;
mod facets;
mod fuzzy;
mod scan;
mod vocabulary;

pub use advice::unknown_type;
use evaluate::needs_identities;
pub use evaluate::{Item, asks_items, needs_extraction};
pub use facets::{FacetBy, facets, without_facet};
pub use fuzzy::{Fuzzy, FuzzyHit};
pub use scan::{Hit, How};
pub use vocabulary::Correction;

use crate::error::{Error, Result};
use crate::model::Passage;
use crate::query::{Query, Sort, Zone};
use crate::store::{DocNo, Identities, Segment, Snapshot, Statistics};
use evaluate::{Judge, all_texts};
use rayon::prelude::*;
use scan::Scanner;
use std::cmp::Ordering;
use std::sync::Arc;
use tantivy::query::EnableScoring;
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
    /// When nothing was found: what may help, a line each.
    pub advice: Vec<String>,
    words: Corrections,
    /// The query as it was answered, where words of its fields were read as others.
    read_as: Option<Query>,
}

/// Searches. `stop` is asked often; when it says so the answer is `None`. Where nothing is found,
/// slips in fields are looked for, and what may help is said.
///
/// # Errors
/// [`Error::Index`] when the engine fails.
pub fn search(
    snapshot: &Snapshot,
    query: &Query,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Results>> {
    let Some(mut results) = answer(snapshot, query, stop)? else {
        return Ok(None);
    };
    if !results.found.is_empty() || snapshot.is_empty() {
        return Ok(Some(results));
    }
    if let Some((read_as, told)) = advice::with_fields_corrected(snapshot, query) {
        let Some(mut corrected) = answer(snapshot, &read_as, stop)? else {
            return Ok(None);
        };
        if !corrected.found.is_empty() {
            corrected.corrections.extend(told);
            corrected.read_as = Some(read_as);
            return Ok(Some(corrected));
        }
    }
    if let Some(relaxed) = advice::without_capitals(query) {
        let Some(other) = answer(snapshot, &relaxed, stop)? else {
            return Ok(None);
        };
        if !other.found.is_empty() {
            results.advice.push(format!(
                "a capital or an accent is searched as typed: {} without",
                other.found.len()
            ));
        }
    }
    let unknown = unknown_type(snapshot, query);
    results.advice.extend(unknown.map(|fault| fault.message));
    Ok(Some(results))
}

/// The answer to the query as it stands.
fn answer(
    snapshot: &Snapshot,
    query: &Query,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Results>> {
    let (words, corrections) = vocabulary::corrections(snapshot, query);
    let statistics = Statistics(
        snapshot
            .segments()
            .map(|(_, segment)| segment.index())
            .collect(),
    );
    let segments: Vec<(DocNo, &Arc<Segment>)> = snapshot.segments().collect();
    let identities = needs_identities(query).then(|| snapshot.identities());
    let identities = identities.as_deref();
    let parts: Vec<Result<Option<Vec<Found>>>> = segments
        .into_par_iter()
        .map(|(start, segment)| {
            search_segment(start, segment, query, &words, &statistics, identities, stop)
        })
        .collect();
    let mut found = Vec::new();
    for part in parts {
        match part? {
            Some(part) => found.extend(part),
            None => return Ok(None),
        }
    }
    order(snapshot, query, &mut found);
    let pending = if needs_extraction(query) {
        snapshot.len() - snapshot.extracted()
    } else {
        0
    };
    Ok(Some(Results {
        found,
        corrections,
        pending,
        words,
        ..Results::default()
    }))
}

fn search_segment(
    start: DocNo,
    segment: &Segment,
    query: &Query,
    words: &Corrections,
    statistics: &Statistics<'_>,
    identities: Option<&Identities>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Vec<Found>>> {
    if stop() {
        return Ok(None);
    }
    let scored = !query.texts().is_empty();
    let searcher = segment.index().searcher();
    let engine_query = candidates::engine_query(query, words, segment.index());
    let scoring = EnableScoring::enabled_from_statistics_provider(statistics, searcher);
    let failed = |e: tantivy::TantivyError| Error::Index(e.to_string());
    let weight = engine_query.weight(scoring).map_err(failed)?;
    let mut found = Vec::new();
    for reader in searcher.segment_readers() {
        let mut each = |doc: u32, score: f32| {
            found.push(Found {
                doc: start + doc as usize,
                score: if scored { score } else { 0.0 },
            });
        };
        weight.for_each(reader, &mut each).map_err(failed)?;
    }
    let decided = !query.zone.is_item() && query.root.as_ref().is_none_or(candidates::decides);
    if !decided {
        let scanner = Scanner::new(all_texts(query), words);
        let mut stopped = false;
        found.retain(|f| {
            stopped |= stop();
            let at = f.doc - start;
            !stopped
                && segment.statements().get(at).is_some_and(|statement| {
                    Judge::new(query, &scanner, statement, segment.extraction(at))
                        .knowing(identities)
                        .holds()
                })
        });
        if stopped {
            return Ok(None);
        }
    }
    Ok(Some(found))
}

fn order(snapshot: &Snapshot, query: &Query, found: &mut [Found]) {
    let by_score = |a: &Found, b: &Found| b.score.total_cmp(&a.score);
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
        asked.then_with(|| by_score(a, b)).then(a.doc.cmp(&b.doc))
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
            items.into_iter().filter_map(move |item| {
                let statement = snapshot.statement(found.doc)?;
                let extraction = snapshot.extraction(found.doc)?;
                Some(match item {
                    Item::Quote(n) => Passage::of_quote(statement, extraction.quotes.get(n)?),
                    Item::Claim(n) => {
                        Passage::of_claim(statement, extraction, extraction.claims.get(n)?)
                    }
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
        let scanner = Scanner::new(all_texts(query), &self.words);
        let statement = snapshot.statement(doc)?;
        let identities = needs_identities(query)
            .then(|| snapshot.known_identities())
            .flatten();
        let judge = Judge::new(query, &scanner, statement, snapshot.extraction(doc))
            .knowing(identities.as_deref());
        Some(ask(&judge))
    }
}
