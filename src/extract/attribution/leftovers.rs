//! Quotations that no cue took: they go on with the one before, or stand alone.

use super::{Attribution, Run, subjects};
use crate::extract::document::Sentence;
use crate::model::Act;
use crate::text::{Span, spaced_words};
use std::ops::Range;

impl Run<'_, '_> {
    /// Quotations of the sentence that no cue took: they go on with the one before, or stand alone.
    pub(super) fn leftovers(&mut self, sentence: &Sentence, subject: &Option<Range<usize>>) {
        let doc = self.doc;
        let words = sentence.words.clone();
        let all_quoted = words
            .clone()
            .all(|i| doc.word(i).is_none_or(|w| w.quotation != 0 || !w.is_word()));
        let mut last = 0;
        for i in words.clone() {
            let Some(index) = doc
                .word(i)
                .map(|w| w.quotation)
                .filter(|q| *q != 0 && *q != last)
            else {
                continue;
            };
            last = index;
            let region_index = index as usize - 1;
            if self.covered.get(region_index).copied().unwrap_or(true) {
                continue;
            }
            let Some(region) = doc.outermost.get(region_index) else {
                continue;
            };
            let inner = region.inner.trimmed(doc.text);
            if inner.is_empty() {
                continue;
            }
            let length = spaced_words(inner.of(doc.text));
            let after_colon = i > words.start
                && doc
                    .word(i - 1)
                    .is_some_and(|w| w.first == b':' && w.quotation == 0);
            if all_quoted {
                let taken_by = self.quoted_sentence(sentence, inner);
                self.last_quote = Some((taken_by, sentence.paragraph));
            } else if length >= 6
                || (length >= 3 && after_colon)
                || (length >= 3
                    && inner.of(doc.text).ends_with([',', '.', '!', '?'])
                    && region.close.is_some()
                    && i == words.start)
            {
                let named = subject
                    .clone()
                    .or_else(|| subjects::first_subject(doc, sentence, i).filter(|_| after_colon));
                let source = named.map(|s| subjects::source_span(doc, &s));
                self.out.push(Attribution {
                    source: source.into_iter().collect(),
                    cue: Vec::new(),
                    content: vec![inner],
                    act: Act::Speech,
                    confidence: 0.4,
                    continues: None,
                });
            } else {
                continue;
            }
            if let Some(flag) = self.covered.get_mut(region_index) {
                *flag = true;
            }
        }
        let colon = words
            .end
            .checked_sub(1)
            .and_then(|l| doc.word(l))
            .is_some_and(|w| w.first == b':' && w.quotation == 0);
        if colon {
            let source = subject
                .clone()
                .or_else(|| subjects::first_subject(doc, sentence, words.end))
                .map(|s| subjects::source_span(doc, &s));
            self.colon_source = Some((source, sentence.paragraph));
        }
    }

    /// A sentence that is nothing but a quotation. Gives the index of the attribution that took it.
    pub(super) fn quoted_sentence(&mut self, sentence: &Sentence, inner: Span) -> usize {
        let introduced = self
            .colon_source
            .take()
            .filter(|(_, p)| *p + 1 >= sentence.paragraph);
        let (source, confidence, continues) = match (introduced, self.last_quote) {
            (Some((source, _)), _) => (source.into_iter().collect(), 0.8, None),
            (None, Some((index, paragraph))) if paragraph == sentence.paragraph => {
                if let Some(last) = self.out.get_mut(index) {
                    last.content.push(inner);
                }
                return index;
            }
            (None, Some((index, paragraph))) if paragraph + 1 == sentence.paragraph => {
                let source = self.out.get(index).map(|a| a.source.clone());
                (source.unwrap_or_default(), 0.7, Some(index))
            }
            _ => (Vec::new(), 0.4, None),
        };
        self.out.push(Attribution {
            source,
            cue: Vec::new(),
            content: vec![inner],
            act: Act::Speech,
            confidence,
            continues,
        });
        self.out.len() - 1
    }
}
