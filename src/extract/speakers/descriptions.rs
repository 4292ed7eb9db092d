//! Sources that name no person: "the spokesperson", "the president", "the ruling", "the ministry", an acronym.
//!
//! A definite description stands for what was described so before; a document speaks for its author; an
//! office for the one who is named with it. What fits nothing keeps its words, without the article.

use super::bare::{is_role, lower};
use super::people::Kinds;
use super::phrase::{head_end, person_in, without_article};
use super::{Scene, Sort};
use crate::extract::document::Word;
use crate::extract::lexicon::Classes;
use crate::model::{Resolved, Speaker};
use crate::text::Span;
use crate::text::tokens::Kind;
use std::borrow::Cow;
use std::ops::Range;

/// How many runs of capitalised words before a description are looked at.
const RUNS_BACK: usize = 80;
/// What is done with a document by whoever it is of.
#[rustfmt::skip]
const WROTE: [&str; 10] = [
    "wrote", "written", "writing", "issued", "released", "published", "posted", "tweeted", "sent", "filed",
];
/// So many mentions of a person are looked at for a state.
const MENTIONS: usize = 40;
/// A state so many words from a name may be that of the person.
const BESIDE: usize = 5;

/// Bodies that are named in full first and then by this word, besides the collectives of the lexicon.
const BODIES: [&str; 20] = [
    "court",
    "tribunal",
    "senate",
    "parliament",
    "assembly",
    "congress",
    "university",
    "institute",
    "bank",
    "fund",
    "union",
    "federation",
    "alliance",
    "coalition",
    "caucus",
    "authority",
    "foundation",
    "corporation",
    "navy",
    "army",
];

impl Scene<'_, '_> {
    /// Resolves a phrase that names no person.
    pub(super) fn described(&self, range: &Range<usize>) -> (Speaker, Sort) {
        let doc = self.doc;
        let definite = matches!(&*lower(doc.written(range.start)), "the" | "this" | "that");
        let bare = without_article(doc, range);
        let end = head_end(doc, &bare);
        let head = end - 1;
        let word = lower(doc.written(head));
        let kinds = doc.lexicon.people.kinds(&word);
        let small = doc.word(head).is_some_and(|w| !w.capital);
        if small
            && kinds.any(Kinds::DOCUMENT.or(Kinds::COURT_DOCUMENT))
            && let Some(found) = self.author_of(&bare, head, definite)
        {
            return found;
        }
        if let Some(found) = self.acronym(&bare) {
            return found;
        }
        if definite {
            if small && let Some(found) = self.described_before(range, &word) {
                return found;
            }
            if let Some(found) = self.holder(&(bare.start..end))
                && !self.is_of_another(found.1, &(end..bare.end))
            {
                return found;
            }
            if small && let Some(found) = self.body_before(range, &word) {
                return found;
            }
        }
        let stop = (bare.start..bare.end)
            .find(|&i| {
                doc.word(i)
                    .is_some_and(|w| w.is_comma() || w.is(Classes::RELATIVE) && !w.capital)
            })
            .filter(|&i| i > bare.start)
            .unwrap_or(bare.end);
        let kept = bare.start..stop;
        let sort = if self.is_plural(&kept) {
            Sort::Several
        } else if is_role(doc, head) {
            Sort::Person(None)
        } else {
            Sort::Body
        };
        let name = self.expanded(&kept).unwrap_or_else(|| self.plain(&kept));
        (self.speaker(name, &kept, Resolved::AsWritten), sort)
    }

    /// Who a document is by: its possessor, the name before it, the court, the last who spoke.
    fn author_of(
        &self,
        bare: &Range<usize>,
        head: usize,
        definite: bool,
    ) -> Option<(Speaker, Sort)> {
        let doc = self.doc;
        let possessor = (bare.start..head)
            .rev()
            .find(|&i| doc.word(i).is_some_and(|w| w.kind == Kind::Possessive));
        if let Some(p) = possessor.filter(|p| *p > bare.start) {
            let owner = bare.start..p;
            let proper = doc.word(p - 1).is_some_and(|w| w.capital);
            return proper.then(|| self.one(&owner)).flatten().map(traced);
        }
        let named = (bare.start..head)
            .all(|i| doc.word(i).is_some_and(|w| w.capital || doc.reads(i, "of")));
        let state = doc
            .lexicon
            .people
            .state(doc.span_of(&(bare.start..head)).of(doc.text));
        if let Some(state) = state {
            // "the Turkish statement".
            let range = bare.start..head;
            let speaker = self.speaker(state.to_owned(), &range, Resolved::Description);
            return Some((speaker, Sort::Body));
        }
        if head > bare.start && named {
            return self.one(&(bare.start..head)).map(traced);
        }
        let by = doc.reads(head + 1, "by") || doc.reads(head + 1, "from");
        if by && head + 2 < bare.end && doc.word(bare.end - 1).is_some_and(|w| w.capital) {
            return self.one(&(head + 2..bare.end)).map(traced);
        }
        if !definite || head + 1 < bare.end && !doc.word(head + 1).is_some_and(Word::is_comma) {
            return None;
        }
        let word = lower(doc.written(head));
        if doc.lexicon.people.kinds(&word).any(Kinds::COURT_DOCUMENT) {
            return ["court", "tribunal"]
                .iter()
                .find_map(|body| self.body_before(bare, body));
        }
        let at = doc.word(bare.start)?.span.begin();
        let here = self.sentence_of(bare.start);
        self.memory
            .before(at)
            .next()
            .filter(|e| here <= 2 + self.sentence_of(doc.word_at(e.source.begin())))
            .filter(|e| e.sort != Sort::Several)
            .filter(|e| self.tells_of_document(e.source, &word))
            .map(|e| traced((e.speaker.clone(), e.sort)))
    }

    /// Whether the sentence of a source tells that it wrote something, or has the document of that name: what another said is
    /// no word of "the report".
    fn tells_of_document(&self, source: Span, document: &str) -> bool {
        let doc = self.doc;
        let sentence = self.sentence_of(doc.word_at(source.begin()));
        let words = doc.sentences.get(sentence).map(|s| s.words.clone());
        words
            .unwrap_or_default()
            .any(|i| doc.reads(i, document) || doc.reads_any(i, &WROTE))
    }

    /// `ECJ` where the text has "European Court of Justice (ECJ)".
    fn acronym(&self, bare: &Range<usize>) -> Option<(Speaker, Sort)> {
        let full = self.names.acronym(self.doc.written(bare.start))?;
        (bare.len() == 1).then(|| {
            let speaker = self.speaker(self.plain(full), full, Resolved::Description);
            (speaker, Sort::Body)
        })
    }

    /// What was a source before and was described with the same noun.
    fn described_before(&self, range: &Range<usize>, head: &str) -> Option<(Speaker, Sort)> {
        let doc = self.doc;
        let at = doc.word(range.start)?.span.begin();
        let known = doc.lexicon.get(head).is_some_and(|e| {
            e.classes.any(
                Classes::OFFICE
                    .or(Classes::PERSON_NOUN)
                    .or(Classes::COLLECTIVE)
                    .or(Classes::PLURAL_SOURCE),
            )
        });
        let own = self.state_in(range);
        if !known {
            return None;
        }
        self.memory
            .before(at)
            .take(RUNS_BACK)
            .find(|e| {
                let words = crate::extract::clauses::words_in(doc, e.source);
                let other = self.state_in(&words);
                // "the government" is no "government account".
                let described = match e.sort {
                    Sort::Person(_) => words.clone().any(|i| doc.reads(i, head)),
                    Sort::Body | Sort::Several => {
                        let bare = without_article(doc, &words);
                        doc.reads(head_end(doc, &bare) - 1, head)
                    }
                };
                described && (own.is_none() || other.is_none() || own == other)
            })
            .map(|e| traced((e.speaker.clone(), e.sort)))
    }

    /// "the prime minister": the person who is named with that office; of several the one named most.
    pub(super) fn holder(&self, bare: &Range<usize>) -> Option<(Speaker, Sort)> {
        let doc = self.doc;
        let office: Vec<Cow<'_, str>> = bare
            .clone()
            .filter(|&i| {
                is_role(doc, i)
                    || doc
                        .lexicon
                        .people
                        .kinds_of(doc.form(i))
                        .any(Kinds::PORTFOLIO)
                    || doc.reads(i, "of")
            })
            .map(|i| lower(doc.written(i)))
            .collect();
        let people = &doc.lexicon.people;
        let strange = bare.clone().any(|i| {
            let form = doc.form(i);
            people.state_of(form).is_none()
                && !people.kinds_of(form).any(Kinds::ORGANISATION)
                && !office.contains(&lower(doc.written(i)))
        });
        if strange || office.is_empty() {
            return None;
        }
        let office = office.join(" ");
        let index = self.names.holder(&office)?;
        if let Some(state) = self.state_in(bare)
            && !self.is_of(index, state)
        {
            return None;
        }
        let person = self.names.people.get(index)?;
        let speaker = Speaker {
            name: person.name.clone(),
            mention: Some(person.span),
            how: Resolved::Description,
            on_behalf_of: None,
        };
        Some((speaker, Sort::Person(Some(index))))
    }

    /// Whether what stands behind an office ("of the French Republic") tells of a state that is not its holder's.
    fn is_of_another(&self, holder: Sort, behind: &Range<usize>) -> bool {
        let of = self.doc.reads(behind.start, "of") && behind.len() > 1;
        let words = behind.start + 1..behind.end.min(behind.start + 4);
        let state = of.then(|| self.state_in(&words)).flatten();
        match (holder, state) {
            (Sort::Person(Some(person)), Some(state)) => !self.is_of(person, state),
            _ => false,
        }
    }

    /// The state that is named in a phrase.
    fn state_in(&self, words: &Range<usize>) -> Option<&'static str> {
        let people = &self.doc.lexicon.people;
        words
            .clone()
            .find_map(|i| people.state_of(self.doc.form(i)))
    }

    /// Whether that state stands beside a mention of the person: "the president of France" is no president known without a
    /// state, nor one of another.
    fn is_of(&self, person: usize, state: &str) -> bool {
        let mentions = self.names.mentions.iter().filter(|m| m.person == person);
        mentions.take(MENTIONS).any(|m| {
            let mut around = m.words.start.saturating_sub(BESIDE)..m.words.end + BESIDE;
            around.any(|i| self.state_in(&(i..i + 1)) == Some(state))
        })
    }

    /// "the court": the body before whose name holds that word.
    fn body_before(&self, range: &Range<usize>, head: &str) -> Option<(Speaker, Sort)> {
        let doc = self.doc;
        let collective = doc
            .lexicon
            .get(head)
            .is_some_and(|e| e.classes.any(Classes::COLLECTIVE))
            || BODIES.contains(&head);
        if !collective {
            return None;
        }
        let last = self.names.runs.partition_point(|r| r.start < range.start);
        let run = self
            .names
            .runs
            .get(..last)?
            .iter()
            .rev()
            .take(RUNS_BACK)
            .filter(|r| r.len() >= 2 && person_in(doc, self.names, r).is_none())
            .filter(|r| {
                let named = |i: usize| doc.reads(i, head);
                named(r.end - 1) || (r.start..r.end).any(|i| named(i) && doc.reads(i + 1, "of"))
            })
            // Of the nearest with that word the fullest.
            .max_by_key(|r| r.len())?;
        let run = without_article(doc, run);
        let speaker = self.speaker(self.plain(&run), &run, Resolved::Description);
        Some((speaker, Sort::Body))
    }

    /// "spokesperson for the ministry", with the ministry's full name in place of "the ministry".
    fn expanded(&self, kept: &Range<usize>) -> Option<String> {
        let doc = self.doc;
        let the = (kept.start + 1..kept.end).find(|&i| doc.reads(i, "the") && i + 1 < kept.end)?;
        let inner = the..kept.end;
        let end = head_end(doc, &(the + 1..kept.end));
        if doc.word(end - 1).is_some_and(|w| w.capital) {
            return None;
        }
        let head = lower(doc.written(end - 1));
        let (full, _) = self
            .described_before(&inner, &head)
            .or_else(|| self.body_before(&inner, &head))?;
        let front = doc.span_of(&(kept.start..the)).of(doc.text);
        let back = doc.span_of(&(end..kept.end)).of(doc.text);
        Some(super::clean(&format!("{front} {} {back}", full.name)))
    }
}

fn traced((speaker, sort): (Speaker, Sort)) -> (Speaker, Sort) {
    let how = Resolved::Description;
    (Speaker { how, ..speaker }, sort)
}
