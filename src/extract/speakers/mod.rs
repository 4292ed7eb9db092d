//! Who a source is: pronouns, "the spokesperson", last names traced inside the document.
//!
//! Sources are resolved in the order they are written, each with what was resolved before it. `bare` and `names` find the
//! persons of the document, `phrase` those a source names, `pronouns` and `descriptions` trace what names nobody,
//! `behalf` tells for whom a source speaks; `inherited` gives a quotation without a source the speaker before
//! it; `labels` names the turns of a transcript, `issuer` the one whose text
//! it is. Takes what is written; knows no person. Where nothing fits, the source stays as written.

mod bare;
mod behalf;
mod delegate;
mod descriptions;
mod inherited;
mod issuer;
mod labels;
mod names;
pub mod people;
mod phrase;
mod pronouns;
mod runs;
mod same;
#[cfg(test)]
mod tests;

pub use delegate::principal;
pub use inherited::inherit;
pub use issuer::{issuer, on_top};
pub use labels::Labels;
pub use names::Names;

use super::clauses::words_in;
use super::document::Document;
use super::lexicon::Classes;
use crate::model::{Resolved, Speaker};
use crate::text::{Span, single_spaced};
use std::ops::Range;

/// Longest source that is looked into, in bytes.
const LONGEST: usize = 400;
/// So many sources back are looked at.
const FARTHEST: usize = 400;

/// What a resolved source stands for, which decides the pronouns that may stand for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// One of the document's persons, by index, or a person described.
    Person(Option<usize>),
    /// A body, a state, a document.
    Body,
    /// Several.
    Several,
}

/// A source that was resolved.
#[derive(Clone, Debug)]
struct Earlier {
    source: Span,
    speaker: Speaker,
    sort: Sort,
}

/// What has been resolved so far, nearest last.
#[derive(Debug, Default)]
pub struct Memory {
    said: Vec<Earlier>,
}

impl Memory {
    /// Those before byte `at`, nearest first.
    fn before(&self, at: usize) -> impl Iterator<Item = &Earlier> {
        self.said
            .iter()
            .rev()
            .take(FARTHEST)
            .filter(move |e| e.source.begin() < at)
    }
}

/// Everything a resolution may look at.
struct Scene<'a, 't> {
    doc: &'a Document<'t>,
    names: &'a Names,
    memory: &'a Memory,
    issuer: Option<&'a Speaker>,
}

/// Resolves a source as written; `issuer` is whom "we" stands for.
pub fn resolve(
    doc: &Document<'_>,
    names: &Names,
    memory: &mut Memory,
    source: &[Span],
    issuer: Option<&Speaker>,
) -> Option<Speaker> {
    let first = source.first().copied()?;
    let scene = Scene {
        doc,
        names,
        memory,
        issuer,
    };
    let (speaker, sort) = scene.by_form(first)?;
    memory.said.push(Earlier {
        source: first,
        speaker: speaker.clone(),
        sort,
    });
    Some(speaker)
}

impl Scene<'_, '_> {
    fn by_form(&self, span: Span) -> Option<(Speaker, Sort)> {
        let written = bare::lower(span.of(self.doc.text));
        match written.trim() {
            "he" | "she" | "his" | "her" | "him" => return self.he_or_she(span, &written),
            "they" | "their" | "them" => return self.they(span),
            "it" | "its" => return self.it(span),
            "i" | "we" | "my" | "our" => {
                let issuer = self.issuer?.clone();
                let how = Resolved::Issuer;
                return Some((Speaker { how, ..issuer }, Sort::Person(None)));
            }
            "who" | "which" | "whom" => {
                let antecedent = words_in(self.doc, self.antecedent(span)?);
                if self.has_clause(&antecedent) {
                    return None;
                }
                let document = antecedent.clone().next_back().is_some_and(|i| {
                    let kinds = self.doc.lexicon.people.kinds_of(self.doc.form(i));
                    kinds.any(people::Kinds::DOCUMENT)
                });
                // "X released a statement which read": X.
                let issuer = document
                    .then(|| self.subject(self.sentence_of(antecedent.start), antecedent.start))
                    .flatten();
                let (speaker, sort) = self.phrase(&issuer.unwrap_or(antecedent))?;
                let how = Resolved::Pronoun;
                return Some((Speaker { how, ..speaker }, sort));
            }
            _ => {}
        }
        if matches!(written.trim(), "the following" | "following") {
            // "X delivered the following remarks": X.
            let at = self.doc.word_at(span.begin());
            let from = self.doc.sentences.get(self.sentence_of(at))?.words.start;
            let mention = self.names.mentions_in(&(from..at)).first()?;
            return self.one(&mention.words);
        }
        if span.len() > LONGEST {
            return None;
        }
        let words = words_in(self.doc, span);
        if phrase::is_nobody(self.doc, &words) {
            return None;
        }
        self.phrase(&self.whole(words))
    }

    /// A source that is the second half of "X and Y", or of "X of A and contributor to B", with its first half.
    fn whole(&self, range: Range<usize>) -> Range<usize> {
        let doc = self.doc;
        let Some(and) = range.start.checked_sub(1).filter(|&i| doc.reads(i, "and")) else {
            return range;
        };
        let from = doc
            .sentences
            .get(self.sentence_of(range.start))
            .map_or(range.start, |s| s.words.start.max(and.saturating_sub(16)));
        let Some(mention) = self.names.mentions_in(&(from..and)).last() else {
            return range;
        };
        // "X in the Morning writer and performer Y": Y.
        if mention.words.end < and && phrase::person_in(doc, self.names, &range).is_some() {
            return range;
        }
        let clause = (mention.words.end..and).any(|i| {
            doc.word(i).is_some_and(|w| {
                w.is_comma()
                    || w.quotation != 0
                    || w.is(Classes::AUXILIARY.or(Classes::VERB))
                    || !w.capital && w.verb().is_some()
            })
        });
        let first = doc.word(range.start);
        let noun = first.is_some_and(|w| !w.capital && !w.is(Classes::DETERMINER));
        let joined = mention.words.end == and || noun;
        if clause || !joined {
            return range;
        }
        mention.words.start..range.end
    }

    /// Resolves a noun phrase, of one source or several.
    fn phrase(&self, range: &Range<usize>) -> Option<(Speaker, Sort)> {
        if range.is_empty() {
            return None;
        }
        let parts = phrase::parts(self.doc, range);
        if let [first, .., last] = parts.as_slice() {
            let definite = self.doc.reads(range.start, "the");
            let named: Vec<_> = parts.iter().map(|p| self.person(p, definite)).collect();
            let opened = named.first().is_some_and(Option::is_some);
            let closed = named.last().is_some_and(Option::is_some);
            let simple = phrase::head_end(self.doc, first) == first.end
                && phrase::is_determined(self.doc, first);
            let all = named.iter().all(Option::is_some);
            if all || opened && phrase::stands_alone(self.doc, last) || closed && simple {
                let shown: Vec<String> = parts
                    .iter()
                    .zip(named)
                    .map(|(part, named)| named.unwrap_or_else(|| self.plain(part)))
                    .collect();
                let name = listed(&shown);
                return Some((
                    self.speaker(name, range, Resolved::AsWritten),
                    Sort::Several,
                ));
            }
            if opened {
                return self.one(first);
            }
        }
        self.one(range)
    }

    /// The person that a part of a list names; with a definite article before the list, by office too.
    fn person(&self, part: &Range<usize>, definite: bool) -> Option<String> {
        if let Some(named) = phrase::person_in(self.doc, self.names, part) {
            return Some(self.shown(&named));
        }
        let bare = phrase::without_article(self.doc, part);
        let (holder, _) = definite.then(|| self.holder(&bare)).flatten()?;
        Some(holder.name)
    }

    /// Resolves a noun phrase of one source.
    fn one(&self, range: &Range<usize>) -> Option<(Speaker, Sort)> {
        let doc = self.doc;
        if let Some(author) = self.author(range) {
            let (speaker, sort) = self.one(&author)?;
            let how = Resolved::Description;
            return Some((Speaker { how, ..speaker }, sort));
        }
        let on_behalf_of = self.behalf(range);
        if let Some(named) = phrase::person_in(doc, self.names, range) {
            let name = self.shown(&named);
            let written = doc.span_of(range).of(doc.text);
            let as_written =
                written.contains(&name) || bare::lower(written).contains(&*bare::lower(&name));
            let how = if as_written {
                Resolved::AsWritten
            } else {
                Resolved::Description
            };
            let own = doc.span_of(&named.name);
            let mention = match named.person.and_then(|p| self.names.people.get(p)) {
                Some(person) if how == Resolved::Description => person.span,
                _ => own,
            };
            let speaker = Speaker {
                on_behalf_of: on_behalf_of.filter(|other| *other != name),
                name,
                mention: Some(mention),
                how,
            };
            return Some((speaker, Sort::Person(named.person)));
        }
        let (mut speaker, sort) = self.described(range);
        if speaker.on_behalf_of.is_none() {
            speaker.on_behalf_of = on_behalf_of;
        }
        (!speaker.name.is_empty()).then_some((speaker, sort))
    }

    /// "A tweet on Monday by X": whoever follows "by", when a person is named there and a document before it.
    fn author(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        let by = range.clone().find(|&i| doc.reads(i, "by"))?;
        let document = (range.start..by).any(|i| {
            let kinds = doc.lexicon.people.kinds_of(doc.form(i));
            kinds.any(people::Kinds::DOCUMENT)
        });
        let author = by + 1..range.end;
        (document && phrase::person_in(doc, self.names, &author).is_some()).then_some(author)
    }

    /// The name that a person of a source is given: the fullest of the document.
    fn shown(&self, named: &phrase::Named) -> String {
        match named.person.and_then(|p| self.names.people.get(p)) {
            Some(person) => person.name.clone(),
            None if named.name.len() >= 2 => self.names.display(self.doc, &named.name),
            None => self.names.display(self.doc, &self.with_office(named)),
        }
    }

    /// A surname alone with the office before it, without courtesy.
    fn with_office(&self, named: &phrase::Named) -> Range<usize> {
        let title = named.words.start..named.name.start;
        let start = bare::office_words(self.doc, &title).map_or(named.name.start, |o| o.start);
        start..named.name.end
    }

    /// A phrase as it stands, without article and brackets.
    fn plain(&self, range: &Range<usize>) -> String {
        let range = phrase::without_article(self.doc, range);
        let written = self.doc.span_of(&range).of(self.doc.text);
        let mut out = String::with_capacity(written.len());
        let mut depth = 0usize;
        for c in written.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' if depth > 0 => depth -= 1,
                _ if depth == 0 => out.push(c),
                _ => {}
            }
        }
        let kept = if out.trim().is_empty() { written } else { &out };
        self.names.normal_case(self.doc, &clean(kept))
    }

    fn speaker(&self, name: String, range: &Range<usize>, how: Resolved) -> Speaker {
        Speaker {
            name,
            mention: Some(self.doc.span_of(range)),
            how,
            on_behalf_of: None,
        }
    }

    /// Whether the phrase is several people or bodies.
    fn is_plural(&self, range: &Range<usize>) -> bool {
        let end = phrase::head_end(self.doc, range);
        (range.start..end).any(|i| {
            self.doc
                .word(i)
                .is_some_and(|w| w.is(Classes::PLURAL_SOURCE))
        })
    }
}

/// `A`, `A and B`, `A, B and C`.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, [one])) => format!("{one} and {last}"),
        Some((last, more)) => format!("{}, and {last}", more.join(", ")),
        None => String::new(),
    }
}

/// White space made single, marks at the ends off.
fn clean(name: &str) -> String {
    single_spaced(name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '_' | '"' | '“' | '”')
    }))
}
