//! The content that comes before its cue: `A, X said`, `"A," X said, "B"`.

use super::{Attribution, Linked, Run, subjects};
use crate::extract::contents;
use crate::extract::cues::{self, Shape};
use crate::extract::document::{Sentence, Word};
use crate::extract::lexicon::{Classes, Forms};
use std::ops::Range;

impl Run<'_, '_> {
    /// The attribution whose content stands before its cue; and the word from which the rest is free.
    pub(super) fn behind(
        &mut self,
        sentence: &Sentence,
        item: &Linked<'_, '_>,
        from: usize,
    ) -> (usize, Option<Attribution>) {
        let doc = self.doc;
        let end = sentence.words.end;
        let Some(source) = item.source.clone() else {
            return (item.cue.words.end, None);
        };
        let begin = source.start.min(item.cue.words.start);
        let stop = source.end.max(item.cue.words.end);
        let mut from = from;
        while from < begin
            && doc
                .word(from)
                .is_some_and(|w| w.punctuation() && w.quotation == 0)
        {
            from += 1;
        }
        // "As for the rest, “...,” he said": the words in front are the writer's.
        if doc.word(from).is_some_and(|w| {
            w.quotation == 0 && (w.is(Classes::PREPOSITION) || doc.written(from).ends_with("ing"))
        }) && let Some(mark) =
            (from + 1..begin).find(|&i| doc.word(i).is_some_and(|w| w.quotation != 0))
            && doc.word(mark - 1).is_some_and(Word::is_comma)
        {
            from = mark;
        }
        // "But", "And" before a quotation belong to the writer.
        if doc.word(from).is_some_and(|w| w.is(Classes::CONJUNCTION))
            && doc.word(from + 1).is_some_and(|w| w.quotation != 0)
        {
            from += 1;
        }
        let mut content = contents::spans(
            doc,
            &(from..begin.saturating_sub(1).max(from)
                + usize::from(doc.word(begin - 1).is_some_and(|w| w.quotation != 0))),
        );
        self.cover(from..begin);
        let mut next = stop;
        let quoted = doc.word(begin - 1).is_some_and(|w| w.quotation != 0);
        if let Some(rest) = self.second_part(stop, end, quoted) {
            self.cover(rest.clone());
            content.extend(contents::spans(doc, &rest));
            next = rest.end;
        }
        if content.is_empty() {
            return (stop, None);
        }
        let source = if item.cue.shape == Shape::According {
            subjects::according_head(doc, &source)
        } else {
            source
        };
        let attribution = Attribution {
            source: vec![subjects::source_span(doc, &source)],
            cue: vec![doc.span_of(&item.cue.words)],
            content,
            act: item.cue.reporting.act,
            confidence: if quoted { 0.95 } else { 0.85 },
            continues: None,
        };
        (next, Some(attribution))
    }

    /// The second part of `A, X said, B`.
    pub(super) fn second_part(
        &self,
        stop: usize,
        end: usize,
        quoted: bool,
    ) -> Option<Range<usize>> {
        let doc = self.doc;
        // The first comma, colon or mark after the attribution, over an adjunct at most.
        let at = (stop..end.min(stop + 16)).find(|&i| {
            doc.word(i).is_some_and(|w| {
                w.quotation != 0
                    || (w.punctuation() && matches!(w.first, b',' | b':' | b';' | b'.'))
            })
        })?;
        let word = doc.word(at)?;
        if word.quotation != 0 {
            return (quoted && at <= stop + 1).then(|| at..contents::trim_end(doc, at, end));
        }
        let next = doc.word(at + 1).filter(|_| at + 1 < end)?;
        if next.quotation != 0 {
            return Some(at + 1..self.quoted_run(at + 1, end));
        }
        if quoted || at != stop || word.first != b',' {
            return None;
        }
        let narrator = next.is(Classes::PREPOSITION) && !next.is(Classes::SUBORDINATOR)
            || next.is(Classes::RELATIVE)
            || next.is(Classes::CONJUNCTION) && !doc.reads(at + 1, "and")
            || next.is(Classes::SUBORDINATOR)
            || next.verb().is_some_and(|(_, f)| f.any(Forms::ING))
            || doc.written(at + 1).ends_with("ing")
            || cues::is_adverb(doc, at + 1);
        let closes = contents::trim_end(doc, at + 1, end);
        (!narrator && closes > at + 1).then_some(at + 1..closes)
    }

    /// From a quotation's first word to where the text leaves quotations for the writer's own clause.
    pub(super) fn quoted_run(&self, at: usize, end: usize) -> usize {
        let doc = self.doc;
        let mut i = at;
        while i < end {
            let Some(word) = doc.word(i) else { break };
            if word.quotation == 0
                && word.is_comma()
                && doc.word(i + 1).is_none_or(|w| w.quotation == 0)
            {
                return i;
            }
            i += 1;
        }
        contents::trim_end(doc, at, end)
    }
}
