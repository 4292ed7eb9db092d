//! The personal names of a document: where they stand, which belong to one person, what office goes with them.
//!
//! Two runs are one person when surname and given names agree; a surname alone is a
//! person's only when no other person of the document bears it. Must not decide who said anything.

use super::bare::{
    Bare, bare_name, key_into, office_behind, office_text, office_words, title_case, words_of,
};
use super::people::{Gender, Kinds};
use super::runs::{acronyms, runs};
use super::same::{agree, one};
use crate::extract::document::Document;
use crate::extract::lexicon::ByForm;
use crate::extract::weights::{value, value_of, value_of_bytes};
use crate::text::Span;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::ops::Range;

/// So many persons of one surname are told apart; a text with more is no text.
const MOST_OF_ONE_SURNAME: usize = 64;
/// How many mentions back a surname that several bear is looked for.
const MENTIONS_BACK: usize = 200;

/// A person of the document.
#[derive(Clone, Debug)]
pub struct Person {
    /// The fullest name, without titles; for a surname alone with its office.
    pub name: String,
    /// Where that stands.
    pub span: Span,
    /// The words of the fullest name, lower case, without suffixes.
    pub words: Vec<String>,
    pub gender: Option<Gender>,
    /// Offices named with it, lower case: "prime minister".
    pub offices: Vec<String>,
    /// Whether a title or a given name says that it is a person at all.
    pub sure: bool,
    /// How often the person is named.
    pub count: usize,
}

/// One place where a person is named.
#[derive(Clone, Debug)]
pub struct Mention {
    pub words: Range<usize>,
    pub person: usize,
}

/// The persons of a document and their mentions in order.
#[derive(Debug, Default)]
pub struct Names {
    pub people: Vec<Person>,
    pub mentions: Vec<Mention>,
    by_surname: HashMap<String, Vec<usize>>,
    by_given: HashMap<String, Vec<usize>>,
    /// By words between the first and the last: "Rosselló" in "Ricardo Rosselló Nevares".
    by_inner: HashMap<String, Vec<usize>>,
    /// Words with small letters, by the hash of their upper case: where each is first written so.
    cased: ByForm<usize>,
    /// The person named most with an office, by the office.
    holders: HashMap<String, usize>,
    /// Acronyms with the name they stand for, given in brackets behind it.
    acronyms: HashMap<String, Range<usize>>,
    /// All runs of capitalised words.
    pub runs: Vec<Range<usize>>,
}

impl Names {
    /// Gathers the names of `doc`.
    pub fn new(doc: &Document<'_>) -> Self {
        let mut names = Self {
            runs: runs(doc),
            ..Self::default()
        };
        for run in &names.runs {
            for at in run.clone() {
                let written = doc.written(at);
                if written.len() > 2 && written.chars().any(char::is_lowercase) {
                    let upper = match written.is_ascii() {
                        true => value_of_bytes(written.bytes().map(|b| b.to_ascii_uppercase())),
                        false => value_of(written.chars().flat_map(char::to_uppercase)),
                    };
                    names.cased.entry(upper).or_insert(at);
                }
            }
        }
        names.acronyms = acronyms(doc, &names.runs);
        let bare: Vec<Bare> = names
            .runs
            .iter()
            .filter_map(|r| bare_name(doc, r))
            .collect();
        let full = |b: &&Bare| b.name.len() >= 2;
        for found in bare.iter().filter(full).filter(|b| b.sure) {
            names.add_full(doc, found);
        }
        // Two capitalised words that nothing explains: a person's when the second stands alone elsewhere.
        let mut room = String::new();
        let mut singles: ByForm<()> = ByForm::default();
        for found in bare.iter().filter(|b| b.name.len() == 1) {
            key_into(doc.written(found.name.start), &mut room);
            singles.insert(value(room.as_bytes()), ());
        }
        for found in bare.iter().filter(full).filter(|b| !b.sure) {
            let words = words_of(doc, &found.name);
            let alone = words
                .last()
                .is_some_and(|w| singles.contains_key(&value(w.as_bytes())));
            if found.name.len() <= 3 && (alone || names.find(&words).is_some()) {
                names.add_full(doc, found);
            }
        }
        for found in bare.iter().filter(|b| b.name.len() == 1) {
            names.add_single(doc, found, &mut room);
        }
        names.mentions.sort_by_key(|m| m.words.start);
        names.find_holders();
        names
    }

    /// "secretary of state" is held by who is named so most, and "secretary" alone too.
    fn find_holders(&mut self) {
        for (index, person) in self.people.iter().enumerate() {
            for office in &person.offices {
                let short = office.split(" of ").next().unwrap_or(office);
                for key in [office.as_str(), short] {
                    let named = |i: &usize| self.people.get(*i).map_or(0, |p| p.count);
                    if self
                        .holders
                        .get(key)
                        .is_none_or(|h| named(h) < person.count)
                    {
                        self.holders.insert(key.to_owned(), index);
                    }
                }
            }
        }
    }

    /// The person named with `office` (lower case), of several the one named most.
    pub fn holder(&self, office: &str) -> Option<usize> {
        self.holders.get(office).copied()
    }

    /// The mentions within a range of words.
    pub fn mentions_in(&self, words: &Range<usize>) -> &[Mention] {
        let from = self
            .mentions
            .partition_point(|m| m.words.start < words.start);
        let to = self.mentions.partition_point(|m| m.words.start < words.end);
        self.mentions.get(from..to).unwrap_or_default()
    }

    fn add_full(&mut self, doc: &Document<'_>, found: &Bare) {
        let words = words_of(doc, &found.name);
        let index = self.find(&words).unwrap_or_else(|| {
            let index = self.people.len();
            self.people.push(Person {
                name: self.display(doc, &found.name),
                span: doc.span_of(&found.name),
                gender: None,
                words: words.clone(),
                offices: Vec::new(),
                sure: found.sure,
                count: 0,
            });
            if let Some(surname) = words.last() {
                self.by_surname
                    .entry(surname.clone())
                    .or_default()
                    .push(index);
            }
            for inner in words.get(1..words.len() - 1).unwrap_or_default() {
                self.by_inner.entry(inner.clone()).or_default().push(index);
            }
            if let Some(given) = words.first() {
                self.by_given.entry(given.clone()).or_default().push(index);
            }
            index
        });
        let fuller = self
            .people
            .get(index)
            .is_some_and(|person| words.len() > person.words.len());
        if fuller {
            let name = self.display(doc, &found.name);
            if let Some(person) = self.people.get_mut(index) {
                person.name = name;
                person.span = doc.span_of(&found.name);
                person.words = words;
            }
        }
        self.note(doc, index, found);
    }

    fn add_single(&mut self, doc: &Document<'_>, found: &Bare, room: &mut String) {
        key_into(doc.written(found.name.start), room);
        let written = room.as_str();
        let borne = self.by_surname.contains_key(written);
        let index = match self.single(doc, written) {
            Some(one) => one,
            None if found.sure && !borne => {
                let index = self.people.len();
                let office = office_words(doc, &found.title);
                let shown = office.map_or(found.name.clone(), |o| o.start..found.name.end);
                self.people.push(Person {
                    name: self.display(doc, &shown),
                    span: doc.span_of(&shown),
                    gender: None,
                    words: vec![written.to_owned()],
                    offices: Vec::new(),
                    sure: found.sure,
                    count: 0,
                });
                self.by_surname
                    .entry(written.to_owned())
                    .or_default()
                    .push(index);
                index
            }
            // Two of one surname: the title or the nearest before tells, at the place where it matters.
            None => return,
        };
        if let Some(person) = self.people.get(index)
            && person.words.len() == 1
            && person.offices.is_empty()
            && let Some(office) = office_words(doc, &found.title)
        {
            let shown = office.start..found.name.end;
            let name = self.display(doc, &shown);
            if let Some(person) = self.people.get_mut(index) {
                person.name = name;
                person.span = doc.span_of(&shown);
            }
        }
        self.note(doc, index, found);
    }

    /// Counts a mention and keeps what it tells of its person.
    fn note(&mut self, doc: &Document<'_>, index: usize, found: &Bare) {
        let Some(person) = self.people.get_mut(index) else {
            return;
        };
        person.count += 1;
        person.sure |= found.sure;
        let people = &doc.lexicon.people;
        for at in found.title.clone() {
            let kinds = people.kinds_of(doc.form(at));
            if kinds.any(Kinds::MALE) {
                person.gender = Some(Gender::Male);
            } else if kinds.any(Kinds::FEMALE) {
                person.gender = Some(Gender::Female);
            }
        }
        if person.gender.is_none() && person.words.len() > 1 {
            person.gender = person.words.first().and_then(|w| people.gender(w));
        }
        let mut offices: Vec<String> = Vec::new();
        offices.extend(office_text(doc, &found.title));
        offices.extend(office_behind(doc, found.name.end));
        for office in offices {
            if !person.offices.contains(&office) {
                person.offices.push(office);
            }
        }
        self.mentions.push(Mention {
            words: found.name.clone(),
            person: index,
        });
    }

    /// The one person whose name agrees with `words` (lower case).
    pub fn find(&self, words: &[String]) -> Option<usize> {
        let surname = words.last()?;
        let mut fitting = self
            .by_surname
            .get(surname)?
            .iter()
            .take(MOST_OF_ONE_SURNAME)
            .copied()
            .filter(|&i| self.people.get(i).is_some_and(|p| agree(&p.words, words)));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// The person named at the name range `words`, by full name or by a surname that only one bears, or, of
    /// several, the one last named before.
    pub fn person_at(&self, doc: &Document<'_>, bare: &Bare) -> Option<usize> {
        let name = &bare.name;
        let words = words_of(doc, name);
        if let Some(found) = self.find(&words) {
            return Some(found);
        }
        if let [word] = words.as_slice()
            && let Some(found) = self.single(doc, word)
        {
            return Some(found);
        }
        if let [word] = words.as_slice() {
            if let Some(told) = self.told_by_title(doc, word, &bare.title) {
                return Some(told);
            }
            let before = self
                .mentions
                .partition_point(|m| m.words.start < name.start);
            return self
                .mentions
                .get(..before)?
                .iter()
                .rev()
                .take(MENTIONS_BACK)
                .find(|m| {
                    let person = self.people.get(m.person);
                    person.and_then(|p| p.words.last()) == Some(word)
                })
                .map(|m| m.person);
        }
        None
    }

    /// Of several of one surname the only one with that office, or the gender of "Mrs.".
    fn told_by_title(
        &self,
        doc: &Document<'_>,
        surname: &str,
        title: &Range<usize>,
    ) -> Option<usize> {
        let all = self.by_surname.get(surname)?;
        let bearers = all.get(..MOST_OF_ONE_SURNAME).unwrap_or(all);
        let kinds = |i: usize| doc.lexicon.people.kinds_of(doc.form(i));
        let office = office_text(doc, title);
        let female = title.clone().any(|i| kinds(i).any(Kinds::FEMALE));
        let male = title.clone().any(|i| kinds(i).any(Kinds::MALE));
        let fits = |i: &&usize| {
            self.people.get(**i).is_some_and(|p| {
                office.as_ref().is_some_and(|o| p.offices.contains(o))
                    || female && p.gender == Some(Gender::Female)
                    || male && p.gender == Some(Gender::Male)
            })
        };
        let mut fitting = bearers.iter().filter(fits);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(*first)
    }

    /// The one person whom one word names: a surname, the first of two surnames, a surname that comes first.
    pub fn single(&self, doc: &Document<'_>, word: &str) -> Option<usize> {
        if let Some(bearers) = self.by_surname.get(word) {
            return one(bearers);
        }
        if doc.lexicon.people.is_given(word) {
            return None;
        }
        let inner = self.by_inner.get(word).and_then(|p| one(p));
        inner.or_else(|| self.by_given(word))
    }

    /// The person whose given name alone is `word`, when there is only one.
    pub fn by_given(&self, word: &str) -> Option<usize> {
        self.by_given.get(word).and_then(|p| one(p))
    }

    /// What an acronym stands for.
    pub fn acronym(&self, written: &str) -> Option<&Range<usize>> {
        self.acronyms.get(written)
    }

    /// The words of a range as a name is shown: capitals made normal, white space single.
    pub fn display(&self, doc: &Document<'_>, words: &Range<usize>) -> String {
        let span = doc.span_of(words);
        self.normal_case(doc, span.of(doc.text))
    }

    /// `MCCONNELL` as it is written elsewhere in the text, else as names are.
    pub fn normal_case(&self, doc: &Document<'_>, written: &str) -> String {
        let shouted = !written.chars().any(char::is_lowercase)
            && written.split_whitespace().nth(1).is_some()
            && written.chars().any(char::is_uppercase)
            && written.chars().filter(|c| c.is_alphabetic()).count() > 3;
        if !shouted {
            return super::clean(written);
        }
        let words: Vec<Cow<'_, str>> = written
            .split_whitespace()
            .map(|w| match self.cased.get(&value(w.as_bytes())) {
                Some(at) => Cow::Borrowed(doc.written(*at)),
                None => Cow::Owned(title_case(w)),
            })
            .collect();
        super::clean(&words.join(" "))
    }
}
