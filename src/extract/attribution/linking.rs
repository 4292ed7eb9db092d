//! One sentence: its cues, each cue's source, and the order in which they are taken.

use super::{Linked, Run, subjects};
use crate::extract::contents;
use crate::extract::cues::{self, Cue, Shape};
use crate::extract::document::{Sentence, Word};
use crate::extract::lexicon::Classes;
use crate::extract::sources;
use std::ops::Range;

impl Run<'_, '_> {
    pub(super) fn sentence(&mut self, sentence: &Sentence) {
        let doc = self.doc;
        let cues = cues::find(doc, sentence);
        let end = sentence.words.end;
        let mut from = sentence.words.start;
        let mut subject: Option<Range<usize>> = None;
        let mut linked: Vec<Linked<'_, '_>> = Vec::new();
        for cue in &cues {
            linked.push(self.link(sentence, cue));
        }
        let mut skip_until = from;
        for n in 0..linked.len() {
            let Some(item) = linked.get(n) else { break };
            if item.cue.head < skip_until {
                continue;
            }
            // An attribution further on may take all this as its content: "... wants it, he said."
            let later = linked
                .iter()
                .skip(n)
                .find(|l| self.follows(sentence, l, from));
            if let Some(item) = later {
                let (next, found) = self.behind(sentence, item, from);
                if let Some(attribution) = found {
                    subject = item.source.clone().or(subject);
                    self.push(attribution, sentence);
                }
                skip_until = next;
                from = next;
                continue;
            }
            if let Some((attribution, next, source)) =
                self.ahead(sentence, item, &subject, from, end)
            {
                subject = source.or(subject);
                self.push(attribution, sentence);
                skip_until = skip_until.max(next);
            } else if item.cue.shape == Shape::Finite && item.source.is_some() && subject.is_none()
            {
                subject.clone_from(&item.source);
            }
        }
        self.leftovers(sentence, &subject);
    }

    pub(super) fn link<'c, 'l>(&self, sentence: &Sentence, cue: &'c Cue<'l>) -> Linked<'c, 'l> {
        let doc = self.doc;
        let from = sentence.words.start;
        let end = sentence.words.end;
        let none = Linked {
            cue,
            source: None,
            inverted: false,
        };
        match cue.shape {
            Shape::According => Linked {
                source: subjects::according_source(doc, cue.words.end, end),
                inverted: true,
                cue,
            },
            Shape::Finite => {
                let left = cue.words.start.checked_sub(1).filter(|l| *l >= from);
                let after_content = left.is_some_and(|l| {
                    doc.word(l)
                        .is_some_and(|w| w.is_comma() || w.quotation != 0 || doc.written(l) == "—")
                });
                let behind_marks =
                    left.is_some_and(|l| doc.word(l).is_some_and(|w| w.quotation != 0));
                if after_content
                    && cue.words.len() == 1
                    && contents::may_follow(cue, true)
                    && let Some(source) = sources::after(doc, cue.words.end, end)
                    && !doc.reads(source.start, "that")
                    && (behind_marks || subjects::closed_hard(doc, source.end, end))
                {
                    return Linked {
                        cue,
                        source: Some(source),
                        inverted: true,
                    };
                }
                Linked {
                    cue,
                    source: subjects::outside(doc, sources::before(doc, from, cue.words.start)),
                    inverted: false,
                }
            }
            Shape::Noun => Linked {
                cue,
                source: subjects::possessor(doc, from, cue.head),
                inverted: false,
            },
            Shape::Participle | Shape::Passive | Shape::Infinitive => none,
        }
    }

    /// Whether the content of `item` stands before it, from word `from` on.
    pub(super) fn follows(&self, sentence: &Sentence, item: &Linked<'_, '_>, from: usize) -> bool {
        let doc = self.doc;
        let Some(source) = &item.source else {
            return false;
        };
        if !matches!(item.cue.shape, Shape::Finite | Shape::According) {
            return false;
        }
        let begin = source.start.min(item.cue.words.start);
        let stop = source.end.max(item.cue.words.end);
        let Some(left) = begin.checked_sub(1).filter(|l| *l > from) else {
            return false;
        };
        let Some(word) = doc.word(left) else {
            return false;
        };
        let end = sentence.words.end;
        if word.quotation != 0 {
            let whole = doc.quotation(left).is_some_and(|r| {
                let inner = r.inner.of(doc.text).trim_end();
                item.inverted || inner.ends_with([',', '?', '!', '…', '—', '-', '.'])
            });
            return whole && contents::may_follow(item.cue, true);
        }
        if item.cue.shape == Shape::According && !word.punctuation() {
            return left - from >= 3;
        }
        if !(word.is_comma() || doc.written(left) == "—" || doc.written(left) == "--")
            || !contents::may_follow(item.cue, false)
        {
            return false;
        }
        if left < from + 3 && !subjects::closed_hard(doc, stop, end) {
            return false;
        }
        if item.cue.shape == Shape::According {
            return true;
        }
        let Some(next) = doc.word(stop).filter(|_| stop < end) else {
            return true;
        };
        if next.punctuation() && next.quotation == 0 {
            // "Speaking in Ohio, he said, “...”": what stands in front is the writer's.
            let quote_next = stop + 1 < end && doc.word(stop + 1).is_some_and(|w| w.quotation != 0);
            return next.first != b':' && !quote_next;
        }
        if next.quotation != 0 {
            return false;
        }
        let adjunct = next.is(Classes::PREPOSITION.or(Classes::TIME).or(Classes::WEEKDAY))
            || cues::is_adverb(doc, stop);
        let opens = (stop..end)
            .take(24)
            .take_while(|&i| !doc.word(i).is_some_and(Word::is_comma))
            .any(|i| {
                doc.reads(i, "that")
                    || doc.word(i).is_some_and(|w| {
                        w.quotation != 0
                            || w.first == b':'
                            || (i > stop && w.is(Classes::SUBJECT_PRONOUN))
                    })
            });
        adjunct && !opens && subjects::clause_like(doc, from, left)
    }
}
