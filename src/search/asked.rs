//! What one segment answers to a query: the word index first, then what that leaves open. Must not know other segments.

use super::Found;
use super::evaluate::Judge;
use super::matching::{self, Matcher};
use super::needs::all_texts;
use super::rank::Weights;
use super::saying::Sayings;
use super::scan::Scanner;
use super::typed::KeptOfSegment;
use super::vocabulary::Corrections;
use crate::query::Query;
use crate::store::{DocNo, Identities, Segment};
use std::sync::Arc;

/// What is asked of every segment.
pub struct Asked<'q> {
    /// The query.
    pub query: &'q Query,
    /// What its words stand for.
    pub words: &'q Corrections,
    /// What its texts weigh.
    pub weights: &'q Weights,
    /// Who is whom, where speakers are asked for.
    pub identities: Option<&'q Identities>,
    /// Who says something, by segment, where that is asked and known of all.
    pub sayings: Option<Sayings<'q>>,
    /// Of a line that is typed: what was kept of the letter before.
    pub before: Option<&'q [KeptOfSegment]>,
    /// Asked often; once it says so there is no answer.
    pub stop: &'q (dyn Fn() -> bool + Sync),
}

impl Asked<'_> {
    /// The statements of segment `number`, the first of which is `start`, ascending, and what is kept of it.
    #[must_use]
    pub fn of_segment(
        &self,
        number: usize,
        start: DocNo,
        segment: &Arc<Segment>,
    ) -> Option<(Vec<Found>, KeptOfSegment)> {
        let (query, words, stop) = (self.query, self.words, self.stop);
        if stop() {
            return None;
        }
        let scored = !query.texts().is_empty();
        let scanner = Scanner::new(all_texts(query), words, segment).until(stop);
        let mut matcher = Matcher::new(query, &scanner, self.weights, segment, stop);
        if let Some(before) = self.before {
            let known = before.get(number);
            let known = known.filter(|before| Arc::ptr_eq(&before.segment, segment));
            matcher = matcher.after(known.map_or(&[], |known| &*known.texts), words);
        }
        let sayings = self.sayings.as_ref();
        if let Some(saying) = sayings.and_then(|sayings| sayings.of_segment(number)) {
            matcher = matcher.knowing(saying);
        }
        let matches = matcher.matches();
        if stop() {
            return None;
        }
        let found = |m: matching::Match| Found {
            doc: start + m.doc as usize,
            score: if scored { m.score } else { 0.0 },
        };
        let mut found: Vec<Found> = matches.into_iter().map(found).collect();
        if let Some(rest) = matcher.undecided() {
            let scanner = Scanner::new(all_texts(&rest), words, segment);
            let mut stopped = false;
            found.retain(|f| {
                stopped |= stop();
                !stopped
                    && Judge::new(&rest, &scanner, segment, f.doc - start)
                        .is_some_and(|judge| judge.knowing(self.identities, f.doc).holds())
            });
            if stopped {
                return None;
            }
        }
        let kept = KeptOfSegment {
            segment: Arc::clone(segment),
            texts: matcher.kept(),
        };
        Some((found, kept))
    }
}
