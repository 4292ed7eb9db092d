//! Where the words of a query stand in a statement: the exact spans that are highlighted, counted and
//! jumped to. How one text stands in one title or body is `wanted`'s.

use super::vocabulary::Corrections;
use super::wanted::{Wanted, ZoneOf};
use crate::query::Text;
use crate::store::{Position, Segment};
use crate::text::Span;
use std::iter::Peekable;
use std::ops::{ControlFlow, Range};

/// Places of a word that are looked at together.
const BATCH: usize = 256;

/// How a hit matches what was typed. Better ways first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The word itself (all words of a phrase).
    Exact,
    /// A longer word that begins with it.
    Prefix,
    /// A word spelt alike: shown as such.
    Alike,
}

/// One place where a text of the query stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the searched text.
    pub span: Span,
    /// How it matches.
    pub how: How,
    /// Which text of the query, counted as the scanner was given them.
    pub text: usize,
}

/// The texts of a query, ready to be looked for in one segment.
pub struct Scanner<'q> {
    segment: &'q Segment,
    texts: Vec<Wanted<'q>>,
    stop: &'q (dyn Fn() -> bool + Sync),
}

impl<'q> Scanner<'q> {
    /// Looks the words of `texts` up; `corrections` as `vocabulary` found them.
    #[must_use]
    pub fn new(texts: Vec<&'q Text>, corrections: &Corrections, segment: &'q Segment) -> Self {
        let wanted = |text| Wanted::new(text, corrections, segment.index());
        Self {
            segment,
            texts: texts.into_iter().map(wanted).collect(),
            stop: &|| false,
        }
    }

    /// The same, that looks no further through the segment once `stop` says so: what comes out is worth nothing then.
    #[must_use]
    pub fn until(self, stop: &'q (dyn Fn() -> bool + Sync)) -> Self {
        Self { stop, ..self }
    }

    /// The texts, in the order they were given.
    #[must_use]
    pub fn texts(&self) -> &[Wanted<'q>] {
        &self.texts
    }

    /// All hits in the title or the body of a statement, in order of their first byte. Time linear in
    /// its words.
    #[must_use]
    pub fn scan(&self, doc: u32, title: bool) -> Vec<Hit> {
        let mut hits = Vec::new();
        let Some(zone) = self.zone(doc, title) else {
            return hits;
        };
        for (text, wanted) in self.texts.iter().enumerate() {
            let mut rarest = wanted.rarest_in(&zone).into_iter();
            wanted.each_in(&zone, &mut rarest, |words, how| {
                hits.extend(zone.span(words).map(|span| Hit { span, how, text }));
                ControlFlow::Continue(())
            });
        }
        hits.sort_by_key(|hit: &Hit| (hit.span.start, hit.span.end, hit.text));
        hits.dedup_by_key(|hit| (hit.span, hit.text));
        hits
    }

    /// Text `number` stands in the title or the body of a statement.
    #[must_use]
    pub fn stands(&self, number: usize, doc: u32, title: bool) -> bool {
        let mut stands = false;
        self.each_place(number, doc, title, |_, _, _| {
            stands = true;
            ControlFlow::Break(())
        });
        stands
    }

    /// The first places in the body of a statement where text `number` stands, at most so many.
    #[must_use]
    pub fn first_places(&self, number: usize, doc: u32, most: usize) -> Vec<(Span, How)> {
        let mut places = Vec::new();
        self.each_place(number, doc, false, |zone, words, how| {
            places.extend(zone.span(words).map(|span| (span, how)));
            if places.len() < most {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        places
    }

    /// Calls `each` with the words of a title or body that make up text `number`, and how they do, until
    /// that says to stop.
    fn each_place(
        &self,
        number: usize,
        doc: u32,
        title: bool,
        mut each: impl FnMut(&ZoneOf<'_>, Range<usize>, How) -> ControlFlow<()>,
    ) {
        let (Some(wanted), Some(zone)) = (self.texts.get(number), self.zone(doc, title)) else {
            return;
        };
        if let [word] = wanted.words.as_slice() {
            // Read no further than asked: nearly always the first place will do.
            let rows = zone.row();
            word.terms
                .each_in(rows, !word.is_strict(), |at, _| match word.at(&zone, at) {
                    Some(how) => each(&zone, at..at + 1, how),
                    None => ControlFlow::Continue(()),
                });
        } else {
            let mut rarest = wanted.rarest_in(&zone).into_iter();
            wanted.each_in(&zone, &mut rarest, |words, how| each(&zone, words, how));
        }
    }

    /// Calls `each(statement, in its title, words of that title or body, how)` for every place in the
    /// segment where text `number` stands; statements ascend.
    pub fn each_in_segment(&self, number: usize, each: impl FnMut(u32, bool, Range<usize>, How)) {
        self.each_among(number, None, each);
    }

    /// The same, where it is known `among` which positions, ascending, a text without gaps can begin.
    pub fn each_among(
        &self,
        number: usize,
        among: Option<&[Position]>,
        mut each: impl FnMut(u32, bool, Range<usize>, How),
    ) {
        let index = self.segment.index();
        let Some(wanted) = self.texts.get(number) else {
            return;
        };
        let mut words = wanted.words.iter();
        if words.any(|word| word.terms.frequency(index) == 0) {
            return;
        }
        let mut in_zone = |doc, zone: &ZoneOf<'_>, rarest: &mut dyn Iterator<Item = usize>| {
            wanted.each_in(zone, rarest, |words, how| {
                each(doc, zone.is_title, words, how);
                ControlFlow::Continue(())
            });
        };
        let row = index.all();
        if let Some(among) = among {
            // What began at the end of the last body may have no room for a longer text.
            let rarest = among
                .iter()
                .map(|start| start + narrow(wanted.rarest))
                .take_while(|at| *at < narrow(index.words()));
            self.each_at(rarest.peekable(), &mut in_zone);
            return;
        }
        let Some(word) = wanted.words.get(wanted.rarest).and_then(|w| w.terms.only()) else {
            // Several words at once: their positions would have to be merged.
            for doc in (0..narrow(index.len())).take_while(|_| !(self.stop)()) {
                for zone in [true, false]
                    .into_iter()
                    .filter_map(|title| self.zone(doc, title))
                {
                    in_zone(doc, &zone, &mut wanted.rarest_in(&zone).into_iter());
                }
            }
            return;
        };
        let mut all = index.positions(word);
        let batches = std::iter::from_fn(|| {
            if (self.stop)() {
                return None;
            }
            let mut places = Vec::with_capacity(BATCH);
            places.extend(all.by_ref().take(BATCH));
            row.fetch(places.iter().copied());
            let any = !places.is_empty();
            places.retain(|at| wanted.may_stand(row, *at as usize));
            any.then_some(places)
        });
        self.each_at(batches.flatten().peekable(), &mut in_zone);
    }

    /// Calls `in_zone(statement, its title or body, places there)` for ascending positions of the row.
    fn each_at(
        &self,
        mut positions: Peekable<impl Iterator<Item = Position>>,
        in_zone: &mut impl FnMut(u32, &ZoneOf<'_>, &mut dyn Iterator<Item = usize>),
    ) {
        let mut zone = 0;
        while let Some(&first) = positions.peek() {
            let (doc, title, range) = self.segment.index().zone_of(first, &mut zone);
            if !range.contains(&first) {
                return;
            }
            let here = std::iter::from_fn(|| positions.next_if(|at| *at < range.end));
            if let Some(zone) = self.zone(doc, title) {
                in_zone(doc, &zone, &mut here.map(|at| (at - range.start) as usize));
            }
            // What was not asked for is behind.
            while positions.next_if(|at| *at < range.end).is_some() {}
        }
    }

    /// How many hits [`scan`](Self::scan) gives for the bodies of those statements of the segment that `asked`
    /// is true of.
    #[must_use]
    pub fn count(&self, asked: impl Fn(u32) -> bool) -> usize {
        let mut count = 0;
        for (number, wanted) in self.texts.iter().enumerate() {
            // With gaps the same words may be met by several ways.
            let mut met: Vec<(u32, Range<usize>)> = Vec::new();
            self.each_in_segment(number, |doc, title, words, _| {
                if title || !asked(doc) {
                    return;
                }
                if wanted.text.slop == 0 {
                    count += 1;
                } else {
                    met.push((doc, words));
                }
            });
            met.sort_unstable_by_key(|(doc, words)| (*doc, words.start, words.end));
            met.dedup();
            count += met.len();
        }
        count
    }

    fn zone(&self, doc: u32, is_title: bool) -> Option<ZoneOf<'_>> {
        let index = self.segment.index();
        Some(ZoneOf {
            index,
            positions: index.title_or_body(doc, is_title),
            statement: self.segment.statements().get(doc as usize)?,
            is_title,
        })
    }
}

/// Words are counted in 32 bits, which a segment never fills.
fn narrow(words: usize) -> u32 {
    u32::try_from(words).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Statement;
    use crate::query::parse;

    fn found(line: &str, body: &str) -> Vec<String> {
        let query = parse(line).unwrap();
        let none = Corrections::new();
        let segment = Segment::new(vec![Statement::new("a", body)]);
        let hits = Scanner::new(query.texts(), &none, &segment).scan(0, false);
        hits.iter().map(|h| h.span.of(body).to_owned()).collect()
    }

    #[test]
    fn words_and_phrases_are_found_where_they_stand() {
        let body = "Grain corridors: the grain corridor, and the Grain-Corridor deal.";
        assert_eq!(found("corridor ", body), ["corridor", "Corridor"]);
        assert_eq!(found("corrid", body), ["corridors", "corridor", "Corridor"]);
        assert_eq!(
            found("\"grain corridor\"", body),
            ["grain corridor", "Grain-Corridor"]
        );
        assert_eq!(
            found("\"grain cor", body),
            ["Grain corridors", "grain corridor", "Grain-Corridor"]
        );
        assert_eq!(found("\"grain deal\"~1", body), ["Grain-Corridor deal"]);
        assert_eq!(found("\"corridor grain\"", body), Vec::<String>::new());
    }

    #[test]
    fn a_phrase_that_begins_twice_is_found_once_it_holds() {
        assert_eq!(found("\"a a b\"", "a a a b"), ["a a b"]);
        assert_eq!(found("\"no no\"", "no no no"), ["no no", "no no"]);
    }

    #[test]
    fn capitals_and_accents_count_when_typed() {
        let body = "Polish polish Sánchez Sanchez U.S. us";
        assert_eq!(found("Polish ", body), ["Polish"]);
        assert_eq!(found("polish ", body), ["Polish", "polish"]);
        assert_eq!(found("sanchez ", body), ["Sánchez", "Sanchez"]);
        assert_eq!(found("sánchez ", body), ["Sánchez"]);
        assert_eq!(found("US ", body), ["U.S"]);
    }
}
