//! The content that follows its cue: `X said that A`, `according to X, A`.

use super::{Attribution, Linked, Run, subjects};
use crate::extract::contents;
use crate::extract::cues::Shape;
use crate::extract::document::{Sentence, Word};
use crate::extract::lexicon::{Classes, Frames};
use crate::extract::sources;
use crate::model::Act;
use std::ops::Range;

impl Run<'_, '_> {
    /// The attribution whose content stands after its cue, the word where it ends, and its source.
    pub(super) fn ahead(
        &mut self,
        sentence: &Sentence,
        item: &Linked<'_, '_>,
        subject: &Option<Range<usize>>,
        from: usize,
        end: usize,
    ) -> Option<(Attribution, usize, Option<Range<usize>>)> {
        let doc = self.doc;
        let cue = item.cue;
        let frames = cue.reporting.frames;
        let start = sentence.words.start;
        let mut confidence: f32 = 0.8;
        let mut after = cue.words.end;
        let source = match cue.shape {
            Shape::According => {
                let source = item.source.clone()?;
                // "According to X, content."
                let comma = source.end;
                if cue.words.start > from + 1 || !doc.word(comma).is_some_and(Word::is_comma) {
                    return None;
                }
                let words = comma + 1..contents::trim_end(doc, comma + 1, end);
                let content = contents::spans(doc, &words);
                if content.is_empty() {
                    return None;
                }
                self.cover(words);
                let attribution = Attribution {
                    source: vec![subjects::source_span(
                        doc,
                        &subjects::according_head(doc, &source),
                    )],
                    cue: vec![doc.span_of(&cue.words)],
                    content,
                    act: Act::Speech,
                    confidence: 0.85,
                    continues: None,
                };
                return Some((attribution, end, Some(source)));
            }
            Shape::Finite => {
                let direct = item.source.clone().filter(|_| !item.inverted);
                match direct {
                    Some(source) => Some(source),
                    None => {
                        confidence = 0.6;
                        let left = cue.words.start.checked_sub(1).filter(|l| *l >= start)?;
                        let coordinated = doc
                            .word(left)
                            .is_some_and(|w| w.is(Classes::CONJUNCTION) || w.is_comma());
                        if !coordinated {
                            return None;
                        }
                        subject
                            .clone()
                            .or_else(|| subjects::first_subject(doc, sentence, cue.words.start))
                    }
                }
            }
            Shape::Participle => {
                let left = cue.words.start.checked_sub(1).filter(|l| *l >= start);
                let comma = left.is_none_or(|l| {
                    doc.word(l).is_some_and(|w| {
                        w.is_comma()
                            || w.is(Classes::CONJUNCTION)
                            || w.quotation != 0
                            || doc.reads(l, "while")
                            || doc.reads(l, "by")
                            || doc.reads(l, "before")
                            || doc.reads(l, "after")
                            || doc.reads(l, "in")
                    })
                });
                confidence = 0.7;
                if comma {
                    subject
                        .clone()
                        .or_else(|| subjects::first_subject(doc, sentence, cue.words.start))
                } else if frames.any(Frames::CLAUSE.or(Frames::QUOTE))
                    && doc.word(after).is_some_and(|_| true)
                {
                    subjects::outside(doc, sources::before(doc, start, cue.words.start))
                } else {
                    return None;
                }
            }
            Shape::Noun => {
                let that = doc.reads(after, "that") && frames.any(Frames::THAT);
                let to = doc.reads(after, "to") && frames.any(Frames::TO);
                if !(that || to) {
                    return None;
                }
                let source = item.source.clone()?;
                confidence = 0.5;
                let words = after
                    ..contents::trim_end(doc, after, subjects::noun_content_end(doc, after, end));
                let content = contents::spans(doc, &words);
                if content.is_empty() {
                    return None;
                }
                self.cover(words.clone());
                let attribution = Attribution {
                    source: vec![subjects::source_span(doc, &source)],
                    cue: vec![doc.span_of(&cue.words)],
                    content,
                    act: cue.reporting.act,
                    confidence,
                    continues: None,
                };
                return Some((attribution, words.end, None));
            }
            Shape::Passive | Shape::Infinitive => return None,
        };
        // Particles of the verb: "pointed out that", "went on to say", "called for".
        if doc.word(after).is_some_and(|w| !w.punctuation())
            && (doc.reads(after, "out")
                || doc.reads(after, "on")
                    && frames.any(Frames::QUOTE)
                    && doc.word(after + 1).is_some_and(|w| w.punctuation()))
        {
            after += 1;
        }
        let source = source?;
        let end = match subjects::aside_end(doc, &source, after, end) {
            Some(comma) => comma,
            None => end,
        };
        let found = contents::after(doc, cue, after, end)?;
        let content = contents::spans(doc, &found.words);
        if content.is_empty() {
            return None;
        }
        if !found.clause {
            confidence -= 0.1;
        }
        self.cover(found.words.clone());
        let attribution = Attribution {
            source: vec![subjects::source_span(doc, &source)],
            cue: vec![doc.span_of(&(cue.words.start..found.cue_end.max(cue.words.end)))],
            content,
            act: cue.reporting.act,
            confidence,
            continues: None,
        };
        Some((attribution, found.words.end, Some(source)))
    }
}
