//! The statements that one text of a query stands in: a word by its postings, a phrase off the row, and either by what
//! the letter before found. Must not know the other texts.

use super::{Match, Matcher};
use crate::query::Text;
use crate::search::rank::Counted;
use crate::search::scan::How;
use crate::search::typed::Kept;
use crate::search::vocabulary::Terms;
use crate::search::wanted::{Wanted, WantedWord};
use crate::store::{Position, Posting};
use std::ops::Range;
use std::sync::Arc;

/// Statements that are looked at together.
const BATCH: usize = 256;

impl Matcher<'_> {
    /// The statements it stands in, with what it is worth there.
    pub(super) fn text(&self, text: &Text) -> Vec<Match> {
        let mut texts = self.scanner.texts().iter().enumerate();
        let Some((number, wanted)) = texts.find(|(_, known)| known.text.span == text.span) else {
            return Vec::new();
        };
        let Some(memory) = &self.memory else {
            return self.found(number, wanted, None).0;
        };
        let (weight, zone) = (self.weights.of_text(number), self.query.zone);
        let mut before = memory.before.iter();
        let same = before
            .clone()
            .find(|kept| kept.is(text, memory.corrections, weight, zone));
        let kept = same.map_or_else(
            || {
                let begun = before.find(|kept| kept.begins(text, memory.corrections));
                let among = begun.map(|kept| kept.starts.as_slice());
                let found = self.found(number, wanted, among);
                Arc::new(Kept::of(text, memory.corrections, weight, zone, found))
            },
            Arc::clone,
        );
        let matches = kept.matches.clone();
        memory.now.borrow_mut().push(kept);
        matches
    }

    /// The statements that hold a text; for a phrase without gaps also where it begins, which is looked for only
    /// `among` these.
    fn found(
        &self,
        number: usize,
        wanted: &Wanted<'_>,
        among: Option<&[Position]>,
    ) -> (Vec<Match>, Vec<Position>) {
        match wanted.words.as_slice() {
            [one] => (self.word(number, one), Vec::new()),
            _ => self.phrase(number, wanted.text.slop == 0, among),
        }
    }

    fn word(&self, number: usize, word: &WantedWord<'_>) -> Vec<Match> {
        let mut counts = self.counts(&word.terms);
        if word.is_strict() {
            for batch in counts.chunks_mut(BATCH) {
                let starts = batch.iter().map(|(doc, _)| self.index.body(*doc).start);
                self.index.all().fetch(starts);
                for (doc, counted) in batch {
                    *counted = counted.only(|title| self.scanner.stands(number, *doc, title));
                }
            }
        }
        self.scores(number, counts)
    }

    /// How often each statement holds one of the words, however it is written.
    fn counts(&self, terms: &Terms) -> Vec<(u32, Counted)> {
        let index = self.index;
        let exact = terms.exact.map(|word| index.postings(word));
        let mut exact = exact.into_iter().flatten().peekable();
        if terms.longer.is_empty() && terms.alike.is_empty() {
            let counted = |posting: Posting| (posting.doc, Counted::exact(&posting));
            return exact.map(counted).collect();
        }
        let mut others = vec![Counted::default(); index.len()];
        let longer = index
            .postings_of_all(terms.longer.clone())
            .map(|posting| (How::Prefix, posting));
        let alike = terms
            .alike
            .iter()
            .flat_map(|&word| index.postings(word).map(|posting| (How::Alike, posting)));
        for (how, posting) in longer.chain(alike) {
            if let Some(counted) = others.get_mut(posting.doc as usize) {
                counted.add(how, posting.in_body > 0, posting.in_title);
            }
        }
        let mut counts = Vec::new();
        for (doc, mut counted) in (0..).zip(others) {
            if let Some(posting) = exact.next_if(|posting| posting.doc == doc) {
                counted.add_exact(&posting);
            }
            if !counted.is_none() {
                counts.push((doc, counted));
            }
        }
        counts
    }

    fn phrase(
        &self,
        number: usize,
        keep_starts: bool,
        among: Option<&[Position]>,
    ) -> (Vec<Match>, Vec<Position>) {
        let mut counts: Vec<(u32, Counted)> = Vec::new();
        let mut starts = Vec::new();
        let keep = keep_starts && self.memory.is_some();
        let each = |doc, title, words: Range<usize>, how| {
            if keep {
                let zone = self.index.title_or_body(doc, title);
                starts.push(zone.start + words.start as u32);
            }
            if counts.last().is_none_or(|(last, _)| *last != doc) {
                counts.push((doc, Counted::default()));
            }
            if let Some((_, counted)) = counts.last_mut() {
                counted.add(how, !title, title);
            }
        };
        self.scanner.each_among(number, among, each);
        (self.scores(number, counts), starts)
    }

    /// Without those where the text does not stand in the zone.
    fn scores(&self, number: usize, counts: Vec<(u32, Counted)>) -> Vec<Match> {
        let scored = |(doc, counted)| {
            let words = self.index.body(doc).len();
            let score = self.weights.score(number, counted, self.query.zone, words);
            (score > 0.0).then_some(Match { doc, score })
        };
        counts.into_iter().filter_map(scored).collect()
    }
}
