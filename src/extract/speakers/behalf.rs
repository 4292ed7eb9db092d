//! For whom a source speaks: a spokesperson for an office, an office for its state.
//!
//! Read off the source as written, with what was resolved before for "the ministry". Must not guess a state
//! from a person.

use super::Scene;
use super::bare::lower;
use super::phrase::{head_end, person_in, without_article};
use crate::extract::document::Word;
use crate::extract::lexicon::Classes;
use crate::text::tokens::Kind;
use std::ops::Range;

impl Scene<'_, '_> {
    /// The principal named in the source, nearest first; of a ministry known before, its state.
    pub(super) fn behalf(&self, range: &Range<usize>) -> Option<String> {
        let doc = self.doc;
        let bare = without_article(doc, range);
        self.possessor(&bare)
            .or_else(|| self.represented(&bare))
            .or_else(|| {
                let words = bare.clone().take(12);
                let spokes = words
                    .clone()
                    .find(|&i| speaks_for(&lower(doc.written(i))))?;
                (spokes > bare.start)
                    .then(|| self.office_before(&(bare.start..spokes)))
                    .flatten()
            })
            .or_else(|| self.state_before(&bare))
    }

    /// "China's commerce ministry": China; "Merkel's spokesperson": Angela Merkel.
    fn possessor(&self, bare: &Range<usize>) -> Option<String> {
        let doc = self.doc;
        let p = bare
            .clone()
            .find(|&i| doc.word(i).is_some_and(|w| w.kind == Kind::Possessive))?;
        let office = (p + 1..bare.end).take(5).any(|i| {
            doc.word(i)
                .is_some_and(|w| w.is(Classes::OFFICE.or(Classes::COLLECTIVE)))
        });
        let comma = |&i: &usize| doc.word(i).is_some_and(Word::is_comma);
        let from = (bare.start..p).rev().find(comma);
        let from = from.map_or(bare.start, |c| c + 1);
        // "X of the UK's crime agency": the UK, not X; but "Color of Change's director".
        let apart = |&i: &usize| {
            let capital = i > from && doc.word(i - 1).is_some_and(|w| w.capital);
            let name = capital
                && doc.reads(i, "of")
                && !doc.reads(i + 1, "the")
                && person_in(doc, self.names, &(from..i)).is_none();
            doc.word(i).is_some_and(|w| w.is(Classes::PREPOSITION)) && !name
        };
        let start = (from..p).rev().find(apart).map_or(from, |i| i + 1);
        let owner = start + usize::from(doc.reads(start, "the"))..p;
        let proper = !owner.is_empty() && doc.word(p - 1).is_some_and(|w| w.capital);
        if !office || !proper {
            return None;
        }
        let plain = self.plain(&owner);
        if let Some(state) = doc.lexicon.people.state(&plain) {
            return Some(state.to_owned());
        }
        Some(match person_in(doc, self.names, &owner) {
            Some(named) => self.shown(&named),
            None => plain,
        })
    }

    /// "a spokesperson for the ministry": what the ministry is known to speak for, else the ministry.
    fn represented(&self, bare: &Range<usize>) -> Option<String> {
        let doc = self.doc;
        let the = bare
            .clone()
            .find(|&i| (doc.reads(i, "for") || doc.reads(i, "of")) && i + 1 < bare.end)?;
        let spokes = (bare.start..the).any(|i| {
            let word = lower(doc.written(i));
            speaks_for(&word)
                || doc.reads(the, "for")
                    && doc.word(i).is_some_and(|w| {
                        w.is(Classes::OFFICE.or(Classes::PERSON_NOUN)) && !w.capital
                    })
        });
        let last = doc.word(the - 1)?;
        if !spokes || last.punctuation() {
            return None;
        }
        let rest = the + 1..bare.end;
        let end = head_end(doc, &rest).max(the + 2).min(bare.end);
        let end = (end..bare.end)
            .take_while(|&i| {
                doc.reads(i, "of")
                    || i > end && doc.reads(i - 1, "of")
                    || doc.word(i).is_some_and(|w| w.capital)
            })
            .last()
            .map_or(end, |i| i + 1);
        let phrase = the + 1..end;
        let (principal, _) = match person_in(doc, self.names, &phrase) {
            Some(named) => return Some(self.shown(&named)),
            None => self.described(&phrase),
        };
        Some(principal.on_behalf_of.unwrap_or(principal.name))
    }

    /// "State Department spokesperson": the State Department; "German government spokesman": the government.
    fn office_before(&self, words: &Range<usize>) -> Option<String> {
        let doc = self.doc;
        let mut start = words.start;
        while start < words.end
            && matches!(
                &*lower(doc.written(start)),
                "former" | "chief" | "deputy" | "acting" | "senior"
            )
        {
            start += 1;
        }
        let kept = start..words.end;
        let capital = kept.clone().any(|i| doc.word(i).is_some_and(|w| w.capital));
        let noun = doc.word(kept.end.checked_sub(1)?)?;
        if kept.is_empty() || !capital || noun.punctuation() {
            return None;
        }
        let plain = self.plain(&kept);
        Some(match doc.lexicon.people.state(&plain) {
            Some(state) => state.to_owned(),
            None => match person_in(doc, self.names, &kept) {
                Some(named) => self.shown(&named),
                None => plain,
            },
        })
    }

    /// "German Chancellor", "US Secretary of State", "President of Ukraine": the state.
    fn state_before(&self, bare: &Range<usize>) -> Option<String> {
        let doc = self.doc;
        let people = &doc.lexicon.people;
        let office = |i: usize| represents(&lower(doc.written(i)));
        let front = bare.clone().take(4).find_map(|i| {
            let two = doc.span_of(&(i..i + 2)).of(doc.text);
            let (state, next) = match people.state(two) {
                Some(state) => (state, i + 2),
                None => (people.state(doc.written(i))?, i + 1),
            };
            (next..bare.end.min(next + 4)).any(office).then_some(state)
        });
        let state = front.or_else(|| {
            let of = bare.clone().take(5).find(|&i| doc.reads(i, "of"))?;
            let first = represents(&lower(doc.written(of.checked_sub(1)?)));
            let two = doc.span_of(&(of + 1..of + 3)).of(doc.text);
            first
                .then(|| {
                    people
                        .state(two)
                        .or_else(|| people.state(doc.written(of + 1)))
                })
                .flatten()
        })?;
        Some(state.to_owned())
    }
}

/// Whether an office speaks for its state: no lawmaker and no court does.
fn represents(word: &str) -> bool {
    speaks_for(word)
        || matches!(
            word,
            "president"
                | "minister"
                | "ministry"
                | "premier"
                | "chancellor"
                | "secretary"
                | "ambassador"
                | "government"
                | "embassy"
                | "king"
                | "queen"
                | "emir"
                | "sultan"
                | "consul"
                | "diplomat"
        )
}

/// Whether a noun says that its holder speaks for somebody else.
fn speaks_for(word: &str) -> bool {
    word.starts_with("spokes")
        || matches!(
            word,
            "representative" | "envoy" | "delegate" | "lawyer" | "attorney"
        )
}
