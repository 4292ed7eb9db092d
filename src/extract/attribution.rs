//! Who is said to have said what: source, cue and content, by rules.
//!
//! [`Tagger`] is what a learned tagger implements too. Finds attributions in narrative prose; turns and
//! one-voice texts are not its matter, nor is resolving who a source is.

mod ahead;
mod behind;
mod leftovers;
mod linking;
mod subjects;

use super::cues::Cue;
use super::document::{Document, Sentence};
use crate::model::Act;
use crate::text::Span;
use std::ops::Range;

/// One attribution, spans in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// As written; empty when nobody is named.
    pub source: Vec<Span>,
    /// Empty when there is none.
    pub cue: Vec<Span>,
    /// Never empty; between the marks where all of it is quoted.
    pub content: Vec<Span>,
    pub act: Act,
    /// 0..=1.
    pub confidence: f32,
    /// Index of the attribution this one goes on with.
    pub continues: Option<usize>,
}

/// A document, and the attributions that [`Rules`] found in it.
pub type ByRule<'d, 't> = (&'d Document<'t>, Vec<Attribution>);

/// Finds the attributions of documents.
pub trait Tagger: Send + Sync + std::fmt::Debug {
    /// All attributions of each document, in any order: the same whatever the other documents.
    fn attributions(&self, docs: Vec<ByRule<'_, '_>>) -> Vec<Vec<Attribution>>;

    /// Every reading of a sentence that was weighed, the surest first; empty where nothing is weighed.
    fn readings(&self, _doc: &Document<'_>, _sentence: usize) -> Vec<Reading> {
        Vec::new()
    }
}

/// An attribution that was weighed, and what weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it would be.
    pub attribution: Attribution,
    /// Its roles are those of the rules, where the weights would have others.
    pub by_rule: bool,
    /// The rules know its cue.
    pub ruled: bool,
    /// Probability that somebody is said to have said something here; that of source and content is the attribution's.
    pub there: f32,
    /// Probabilities of the cue, the source and the content by themselves.
    pub parts: [f32; 3],
    /// Whether it was made; if not, why.
    pub refused: Option<&'static str>,
    /// What spoke for it and against it, in log odds, the strongest first: of which decision, which kind of sign.
    pub signs: Vec<(&'static str, &'static str, f32)>,
}

/// The tagger that needs no weights.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules;

impl Tagger for Rules {
    fn attributions(&self, docs: Vec<ByRule<'_, '_>>) -> Vec<Vec<Attribution>> {
        docs.into_iter().map(|(_, by_rule)| by_rule).collect()
    }
}

impl Rules {
    /// What the rules find, in any order.
    #[must_use]
    pub fn find(self, doc: &Document<'_>) -> Vec<Attribution> {
        let mut run = Run {
            doc,
            out: Vec::new(),
            covered: vec![false; doc.outermost.len()],
            last_quote: None,
            colon_source: None,
        };
        for sentence in &doc.sentences {
            run.sentence(sentence);
        }
        run.out
    }
}

/// Leaves out what is attributed to "we" or "I" without marks, and the indexes of `continues` true.
pub fn without_first_person(doc: &Document<'_>, attributions: &mut Vec<Attribution>) {
    let own = |a: &Attribution| {
        let first = a.source.first().map(|s| {
            s.of(doc.text)
                .split_whitespace()
                .next()
                .unwrap_or("")
                .to_lowercase()
        });
        matches!(first.as_deref(), Some("i" | "we" | "our" | "my" | "us"))
    };
    let keep: Vec<bool> = attributions.iter().map(|a| !own(a)).collect();
    let place: Vec<usize> = keep
        .iter()
        .scan(0usize, |next, k| {
            let at = *next;
            *next += usize::from(*k);
            Some(at)
        })
        .collect();
    let mut flags = keep.iter();
    attributions.retain(|_| flags.next().copied().unwrap_or(true));
    for a in attributions.iter_mut() {
        a.continues = a
            .continues
            .filter(|c| keep.get(*c).copied().unwrap_or(false))
            .and_then(|c| place.get(c).copied());
    }
}

struct Run<'d, 't> {
    doc: &'d Document<'t>,
    out: Vec<Attribution>,
    /// Which of `doc.outermost` are in a content.
    covered: Vec<bool>,
    /// The last attribution that holds a quotation, and the sentence it stands in.
    last_quote: Option<(usize, usize)>,
    /// Who the last sentence left with a colon at its end.
    colon_source: Option<(Option<Span>, usize)>,
}

/// A cue with where its source stands.
struct Linked<'c, 'l> {
    cue: &'c Cue<'l>,
    source: Option<Range<usize>>,
    inverted: bool,
}

impl Run<'_, '_> {
    pub(super) fn push(&mut self, attribution: Attribution, sentence: &Sentence) {
        self.out.push(attribution);
        let quoted = self.out.last().is_some_and(|a| {
            a.content.iter().any(|s| {
                let at = self.doc.word_at(s.begin());
                self.doc.word(at).is_some_and(|w| w.quotation != 0)
            })
        });
        let holds = quoted
            || sentence
                .words
                .clone()
                .any(|i| self.doc.word(i).is_some_and(|w| w.quotation != 0));
        if holds {
            self.last_quote = Some((self.out.len() - 1, sentence.paragraph));
        }
    }

    pub(super) fn cover(&mut self, words: Range<usize>) {
        for i in words {
            if let Some(word) = self.doc.word(i)
                && let Some(index) = (word.quotation as usize).checked_sub(1)
                && let Some(flag) = self.covered.get_mut(index)
            {
                *flag = true;
            }
        }
    }
}
