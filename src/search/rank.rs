//! What a match is worth. The same for every cut of the input into segments: the statistics are of
//! the whole snapshot.
//!
//! First BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) over body and
//! title, where the title counts thrice, and where a longer word that begins with what was typed
//! counts less than the word itself, one spelt alike less still. Then the best [`NEARNESS_OF`] by
//! that are weighed again by how near together the words stand, and in which order; and of those the
//! best [`BOOSTS_OF`] by whether the words are said: in a quote, in a claim, by the one they name.
//! The weights of that were chosen on half of the judged queries of `tests/relevance/`.

use super::scan::How;
use super::vocabulary::{Corrections, Terms};
use crate::query::{Text, Zone};
use crate::store::{MOST_COUNTED, Posting, Row, Snapshot, WordIndex};
use std::ops::ControlFlow;

/// A word in the title tells more of what a statement is about than one in its body.
const TITLE_BOOST: f32 = 3.0;
/// Occurrences that a longer word with the typed beginning stands for, however often it occurs.
const PREFIX: f32 = 0.4;
/// The same of a word spelt alike.
const ALIKE: f32 = 0.2;
/// BM25: how soon more occurrences add little, and how much a long text is held against it.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What words that stand side by side in the order typed add, in units of their own weight.
const NEARNESS: f32 = 1.5;
/// The share of it that is left when they stand in another order.
const OUT_OF_ORDER: f32 = 0.7;
/// What a text adds that is said: BM25 once more over contents of quotes, and over claims, where the
/// length of the statement is not held against it.
const QUOTED: f32 = 0.25;
const CLAIMED: f32 = 0.5;
/// What a text adds that names somebody who says something, in units of its own weight.
const SPEAKS: f32 = 0.2;
/// Words are near within so many.
const NEAR: usize = 24;
/// Statements that are weighed again by nearness: enough for many screens of results.
pub const NEARNESS_OF: usize = 128;
/// Statements that are weighed again by what is said in them: a screen or two, for each is read again.
pub const BOOSTS_OF: usize = 32;

/// How often, and how, one text stands in one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    exact: u8,
    longer: bool,
    alike: bool,
    title: Option<How>,
}

impl Counted {
    /// A word that stands there itself.
    #[must_use]
    pub fn exact(posting: &Posting) -> Self {
        let mut counted = Self::default();
        counted.add_exact(posting);
        counted
    }

    /// Adds the word itself.
    pub fn add_exact(&mut self, posting: &Posting) {
        self.exact = posting.in_body;
        if posting.in_title {
            self.title = Some(How::Exact);
        }
    }

    /// Adds one occurrence (of the word itself) or the fact that there are any.
    pub fn add(&mut self, how: How, body: bool, title: bool) {
        if title {
            self.title = Some(self.title.map_or(how, |known| known.min(how)));
        }
        if body {
            match how {
                How::Exact => self.exact = (self.exact + 1).min(MOST_COUNTED),
                How::Prefix => self.longer = true,
                How::Alike => self.alike = true,
            }
        }
    }

    /// True when it stands nowhere.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    fn in_body(&self) -> f32 {
        match (self.exact, self.longer, self.alike) {
            (0, true, _) => PREFIX,
            (0, false, true) => ALIKE,
            (0, false, false) => 0.0,
            (count, ..) => f32::from(count),
        }
    }

    /// The same without what does not stand as it should: `stands` is asked of the title (`true`) and of the body, where
    /// there is something.
    #[must_use]
    pub fn only(self, stands: impl Fn(bool) -> bool) -> Self {
        let kept = if self.in_body() > 0.0 && stands(false) {
            self
        } else {
            Self::default()
        };
        Self {
            title: self.title.filter(|_| stands(true)),
            ..kept
        }
    }

    fn in_title(&self) -> f32 {
        worth(self.title)
    }
}

/// Occurrences that one that stands there, or is not there, counts for.
fn worth(how: Option<How>) -> f32 {
    match how {
        Some(How::Exact) => 1.0,
        Some(How::Prefix) => PREFIX,
        Some(How::Alike) => ALIKE,
        None => 0.0,
    }
}

/// How one text of a query stands in what is said in a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Boost {
    /// How often in contents of quotes.
    pub quoted: Counted,
    /// How often in claims.
    pub claimed: Counted,
    /// How it names somebody who says something there, if it does.
    pub speaks: Option<How>,
}

/// What all scores of one text are made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    text: f32,
    average: f32,
}

/// What the texts of a query weigh in a snapshot.
#[derive(Debug)]
pub struct Weights {
    /// By text, in the order of `all_texts`: the sum of its words' inverse document frequencies.
    texts: Vec<f32>,
    /// Words of a body, on average.
    average: f32,
}

impl Weights {
    /// Looks every word up in every segment.
    #[must_use]
    pub fn of(snapshot: &Snapshot, texts: &[&Text], corrections: &Corrections) -> Self {
        let indexes: Vec<&WordIndex> = snapshot.segments().map(|(_, s)| s.index()).collect();
        let statements = snapshot.len() as f32;
        let words: usize = indexes.iter().map(|index| index.words()).sum();
        let weight = |word: &str, prefix: bool| {
            let held = indexes
                .iter()
                .map(|index| Terms::of(word, prefix, corrections, index).frequency(index))
                .sum::<usize>()
                .min(snapshot.len()) as f32;
            (1.0 + (statements - held + 0.5) / (held + 0.5)).ln()
        };
        let text = |text: &&Text| {
            let last = text.words.len().saturating_sub(1);
            let words = text.words.iter().enumerate();
            words
                .map(|(at, word)| weight(&word.folded, text.prefix && at == last))
                .sum()
        };
        Self {
            texts: texts.iter().map(text).collect(),
            average: (words as f32 / statements.max(1.0)).max(1.0),
        }
    }

    /// What the scores of one text are made of: where two agree, so do the scores.
    #[must_use]
    pub fn of_text(&self, text: usize) -> Weight {
        Weight {
            text: self.texts.get(text).copied().unwrap_or(0.0),
            average: self.average,
        }
    }

    /// What one text is worth in a statement whose body has so many words; 0 when it does not stand
    /// in the zone.
    #[must_use]
    pub fn score(&self, text: usize, counted: Counted, zone: Zone, words: usize) -> f32 {
        let weight = self.texts.get(text).copied().unwrap_or(0.0);
        let length = 1.0 - B + B * words as f32 / self.average;
        let body = saturated(counted.in_body(), length);
        let title = TITLE_BOOST * saturated(counted.in_title(), 1.0);
        weight
            * match zone {
                Zone::Anywhere => body + title,
                Zone::Title => title,
                Zone::Body | Zone::Quote | Zone::Claim => body,
            }
    }

    /// What is added to a statement by what is said in it: the boosts of the texts, in their order.
    #[must_use]
    pub fn said(&self, boosts: &[Boost]) -> f32 {
        let said = self.texts.iter().zip(boosts).map(|(weight, boost)| {
            let quoted = QUOTED * saturated(boost.quoted.in_body(), 1.0);
            let claimed = CLAIMED * saturated(boost.claimed.in_body(), 1.0);
            weight * (quoted + claimed + SPEAKS * worth(boost.speaks))
        });
        said.sum()
    }

    /// What nearness adds to a statement whose body's words are `row`: much when all words of the
    /// query stand together in the order typed, nothing when they are more than [`NEAR`] words apart.
    #[must_use]
    pub fn nearness(&self, sought: &Sought<'_>, row: Row<'_>, wanted: usize) -> f32 {
        let Some((window, in_order)) = sought.closest(row) else {
            return 0.0;
        };
        let weight: f32 = self.texts.iter().take(wanted).sum();
        let order = if in_order { 1.0 } else { OUT_OF_ORDER };
        NEARNESS * weight * order * sought.terms.len() as f32 / window as f32
    }
}

fn saturated(occurrences: f32, length: f32) -> f32 {
    occurrences * (K1 + 1.0) / (occurrences + K1 * length)
}

/// The words of all texts of a query in one segment, to be found near together.
pub struct Sought<'t> {
    terms: Vec<&'t Terms>,
    rarest: usize,
    /// In so few words they may all stand.
    fewest: usize,
}

impl<'t> Sought<'t> {
    /// The words that `terms` stand for in the segment of `index`.
    #[must_use]
    pub fn of(terms: Vec<&'t Terms>, index: &WordIndex) -> Self {
        let frequency = |at: &usize| terms.get(*at).map(|t| t.frequency(index));
        let rarest = (0..terms.len()).min_by_key(frequency).unwrap_or(0);
        // One word may stand for two of them: all of `"a a" b` is in `a b`.
        let mut pairs = (1..terms.len()).flat_map(|n| terms.iter().zip(terms.iter().skip(n)));
        let shares = pairs.any(|(a, b)| a.shares(b));
        let fewest = if shares { 1 } else { terms.len() };
        Self {
            terms,
            rarest,
            fewest,
        }
    }

    /// The fewest words of `row` that hold one of each of its terms, at most [`NEAR`], and whether they
    /// stand in that order; of two as short the first one in order, else the first.
    fn closest(&self, row: Row<'_>) -> Option<(usize, bool)> {
        let terms = &self.terms;
        let mut best: Option<(usize, bool)> = None;
        let mut last: Vec<Option<usize>> = vec![None; terms.len()];
        // Whatever holds all of them holds the rarest. What was read for the place of it before is not
        // read again.
        let mut read = 0;
        terms.get(self.rarest)?.each_in(row, true, |at, _| {
            let until = (at + NEAR).min(row.len());
            let from = read.max((at + 1).saturating_sub(NEAR));
            for (near, word) in (from..until).zip(row.part(from..until).iter()) {
                let mut met = false;
                for (terms, last) in terms.iter().zip(&mut last) {
                    if terms.how(word.id()).is_some() {
                        *last = Some(near);
                        met = true;
                    }
                }
                if !met {
                    continue;
                }
                let first = last.iter().copied().min().flatten();
                let Some(first) = first.filter(|first| near - first < NEAR) else {
                    continue;
                };
                let found = (near - first + 1, last.is_sorted());
                if best.is_none_or(|best| (found.0, !found.1) < (best.0, !best.1)) {
                    best = Some(found);
                }
            }
            read = until;
            match best {
                Some((window, true)) if window == self.fewest => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        });
        best
    }
}
