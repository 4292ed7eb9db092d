//! Who says something in the statements of one segment, and about whom: made once all of them are extracted, so that
//! a field is answered off lists and no statement is read. Tells of whole statements; what must hold of one and the
//! same quote or claim is told by its columns.

use super::names::Names;
use super::{Columns, DocNo, Identities, Packed};
use crate::model::Statement;
use crate::text::words::for_each_word;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::Range;

/// See the module. For 141 MB of text with 820,000 claims some 10 MB, half of it the names of speakers.
#[derive(Debug, Default)]
pub struct Said {
    /// Names of speakers, and sources and claimants as written.
    speakers: Holders,
    /// Words of the targets of claims: whole targets are nearly all different, and took thrice the room of all else.
    targets: Holders,
    spoken: Vec<Spoken>,
}

/// A speaker of a quote or claim.
#[derive(Debug)]
struct Spoken {
    doc: u32,
    /// In the columns of the statement.
    number: u32,
    /// How many speakers those have.
    of: u32,
}

impl Said {
    /// Of all statements of a segment; `None` while one is not extracted.
    pub(super) fn of<'s>(
        statements: impl Iterator<Item = (&'s Statement, Option<&'s Packed>)>,
    ) -> Option<Self> {
        let (mut speakers, mut targets) = (Gathered::default(), Gathered::default());
        let mut said = Self::default();
        for (doc, (statement, packed)) in (0..).zip(statements) {
            let columns = packed?.columns().unwrap_or_default();
            let sources = columns.quotes.iter().map(|quote| columns.source(quote));
            let claimants = columns.claims.iter().map(|claim| columns.claimant(claim));
            for spans in sources.chain(claimants) {
                match spans {
                    [] => speakers.add(doc, ""),
                    [span] => speakers.add(doc, statement.words(*span)),
                    _ => speakers.add_parts(doc, &statement.words_of(spans)),
                }
            }
            let about = columns.claims.iter().filter_map(|claim| claim.target);
            about.for_each(|target| targets.add_words(doc, statement.words(target)));
            for number in spoken(&columns) {
                if let Some(speaker) = columns.speaker(Some(number)) {
                    speakers.add(doc, speaker.name);
                }
                said.spoken.push(Spoken {
                    doc,
                    number: number as u32,
                    of: columns.speakers.len() as u32,
                });
            }
        }
        said.speakers = speakers.finish();
        said.targets = targets.finish();
        said.spoken.shrink_to_fit();
        Some(said)
    }

    /// Calls `each` with the statements, some several times, in which the folded `word` begins a word of what a claim is
    /// about.
    pub fn each_targeting(&self, word: &str, each: impl FnMut(u32)) {
        self.targets.each(&[word], each);
    }

    /// Calls `each` with the statements, some several times, in which a quote or claim is of one of whose name, as
    /// written or as known there, all `words` begin words.
    pub fn each_naming(&self, words: &[String], each: impl FnMut(u32)) {
        self.speakers.each(words, each);
    }

    /// Calls `each` with the statements, some several times, in which a quote or claim is of one of the identities of
    /// which `is_asked` tells by number; `start` is the first statement of the segment.
    pub fn each_spoken_by(
        &self,
        identities: &Identities,
        start: DocNo,
        is_asked: &[bool],
        mut each: impl FnMut(u32),
    ) {
        for spoken in &self.spoken {
            let identity = spoken.told(identities, start).flatten();
            if identity.and_then(|number| is_asked.get(number)) == Some(&true) {
                each(spoken.doc);
            }
        }
    }

    /// These identities were gathered after all of this segment was extracted.
    #[must_use]
    pub fn is_known_to(&self, identities: &Identities, start: DocNo) -> bool {
        let mut all = self.spoken.iter();
        all.all(|spoken| spoken.told(identities, start).is_some())
    }
}

impl Spoken {
    fn told(&self, identities: &Identities, start: DocNo) -> Option<Option<usize>> {
        let doc = start + self.doc as usize;
        identities.told(doc, self.number as usize, self.of as usize)
    }
}

/// The numbers of the speakers of quotes and claims, each once. Columns have others: who only issues the statement.
fn spoken(columns: &Columns<'_>) -> BTreeSet<usize> {
    let quotes = columns.quotes.iter().filter_map(|quote| quote.speaker);
    let claims = columns.claims.iter().filter_map(|claim| claim.speaker);
    quotes.chain(claims).collect()
}

/// Names with the statements that hold them.
#[derive(Debug, Default)]
struct Holders {
    names: Names,
    /// Statements of name `n`: `starts[n]..starts[n + 1]` of `docs`.
    starts: Vec<u32>,
    docs: Vec<u16>,
}

impl Holders {
    fn each(&self, words: &[impl Display], mut each: impl FnMut(u32)) {
        self.names.each_begun(words, |name| {
            let docs = self.docs.get(self.range(name)).unwrap_or_default();
            docs.iter().for_each(|doc| each(u32::from(*doc)));
        });
    }

    fn range(&self, name: usize) -> Range<usize> {
        let at = |n: usize| self.starts.get(n).map_or(0, |start| *start as usize);
        at(name)..at(name + 1)
    }
}

/// The same while they are gathered.
#[derive(Debug, Default)]
struct Gathered<'s> {
    /// By how they are written: the same one is folded once.
    numbers: HashMap<Cow<'s, str>, u32>,
    names: Names,
    /// The statement that held each name last.
    last: Vec<u32>,
    /// Name and statement, in order of the statements.
    held: Vec<(u32, u32)>,
}

impl<'s> Gathered<'s> {
    /// Statements ascend.
    fn add(&mut self, doc: u32, name: &'s str) {
        let number = self.numbers.get(name).copied().unwrap_or_else(|| {
            self.names.push(name);
            self.next(Some(name.into()))
        });
        self.hold(number, doc);
    }

    /// Every word by itself.
    fn add_words(&mut self, doc: u32, text: &str) {
        for_each_word(text, |word, _| {
            let number = self.numbers.get(word).copied().unwrap_or_else(|| {
                self.names.push_word(word);
                self.next(Some(word.to_owned().into()))
            });
            self.hold(number, doc);
        });
    }

    /// The same of one that stands in parts: too seldom to look for another.
    fn add_parts(&mut self, doc: u32, name: &str) {
        self.names.push(name);
        let number = self.next(None);
        self.hold(number, doc);
    }

    /// The number of the name that was added last, by which it is known if it is to be met again.
    fn next(&mut self, name: Option<Cow<'s, str>>) -> u32 {
        let number = self.last.len() as u32;
        self.last.push(u32::MAX);
        self.numbers.extend(name.map(|name| (name, number)));
        number
    }

    fn hold(&mut self, number: u32, doc: u32) {
        if let Some(last) = self.last.get_mut(number as usize)
            && std::mem::replace(last, doc) != doc
        {
            self.held.push((number, doc));
        }
    }

    fn finish(self) -> Holders {
        let mut holders = Holders {
            names: self.names,
            starts: vec![0; self.last.len() + 1],
            docs: vec![0; self.held.len()],
        };
        holders.names.shrink();
        // How many before each, then where the next of each goes: sorted by counting.
        for (name, _) in &self.held {
            if let Some(count) = holders.starts.get_mut(*name as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut holders.starts {
            sum += *start;
            *start = sum;
        }
        let mut next = holders.starts.clone();
        for (name, doc) in self.held {
            if let Some(at) = next.get_mut(name as usize) {
                if let Some(place) = holders.docs.get_mut(*at as usize) {
                    // A segment has no more statements than two bytes count.
                    *place = doc as u16;
                }
                *at += 1;
            }
        }
        holders
    }
}
