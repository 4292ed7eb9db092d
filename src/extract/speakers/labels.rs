//! Who speaks in a turn: a label joined to the full name that the document gives, else the label itself.
//!
//! Looks at the list of participants on top, the title, and introductions ("I will turn it over to ..."). Joins by
//! surname, and only when one name fits; must not join a label to somebody merely spoken of.

use super::bare::{self, lower, words_of};
use super::names::{self, Names};
use super::people::{Gender, Kinds};
use super::same::agree;
use crate::extract::document::Document;
use crate::extract::turns::Turn;
use crate::model::{Resolved, Speaker};
use crate::text::Span;
use std::collections::HashMap;

/// So many names of a list or an introduction are looked at.
const MENTIONS: usize = 400;

/// The names of the labels of one document.
#[derive(Debug)]
pub struct Labels {
    by_label: HashMap<String, Option<(String, Option<Span>)>>,
}

impl Labels {
    /// Names every label of `turns`; `title` is the statement's.
    pub fn new(doc: &Document<'_>, names: &Names, turns: &[Turn], title: &str) -> Self {
        let titled = Document::new(title, None, doc.lexicon);
        let in_title = Names::new(&titled);
        let mut by_label: HashMap<String, Option<(String, Option<Span>)>> = HashMap::new();
        for (index, turn) in turns.iter().enumerate() {
            let label = turn.label.of(doc.text);
            if by_label.contains_key(label) {
                continue;
            }
            let named = if turn.anonymous(doc.text) {
                None
            } else {
                Some(
                    full_name(doc, names, turns, index, &in_title)
                        .unwrap_or_else(|| (own_name(doc, names, label), Some(turn.label))),
                )
            };
            by_label.insert(label.to_owned(), named.filter(|(name, _)| !name.is_empty()));
        }
        Self { by_label }
    }

    /// Who speaks under `label`; nobody known for `QUESTION:`.
    pub fn speaker(&self, label: &str) -> Option<Speaker> {
        let (name, mention) = self.by_label.get(label)?.as_ref()?;
        Some(Speaker {
            name: name.clone(),
            mention: *mention,
            how: Resolved::Turn,
            on_behalf_of: None,
        })
    }
}

/// A label as a name: without what follows a comma or a bracket, without courtesy, in normal capitals.
fn own_name(doc: &Document<'_>, names: &Names, label: &str) -> String {
    let bare = label.split(['(', ',', '[']).next().unwrap_or(label).trim();
    let mut words: Vec<&str> = bare.split_whitespace().collect();
    while words.len() > 1
        && words.first().is_some_and(|w| {
            let word = lower(w);
            word == "the" || doc.lexicon.people.kinds(&word).any(Kinds::COURTESY)
        })
    {
        words.remove(0);
    }
    let written = words.join(" ");
    if written.chars().any(char::is_lowercase) {
        return super::clean(&written);
    }
    let cased = names.normal_case(doc, &written);
    if cased == written {
        // Too short to be taken for shouting elsewhere; as a label it is.
        return words
            .iter()
            .map(|w| bare::title_case(w))
            .collect::<Vec<_>>()
            .join(" ");
    }
    cased
}

/// The words of the name in a label (lower case), and what its title tells.
fn label_words(doc: &Document<'_>, label: Span) -> (Vec<String>, Option<Gender>) {
    let bare = label
        .of(doc.text)
        .split(['(', ',', '['])
        .next()
        .unwrap_or("");
    let people = &doc.lexicon.people;
    let mut gender = None;
    let mut words: Vec<String> = Vec::new();
    for word in bare.split_whitespace().map(lower) {
        let kinds = people.kinds(&word);
        if kinds.any(Kinds::MALE) {
            gender = Some(Gender::Male);
        } else if kinds.any(Kinds::FEMALE) {
            gender = Some(Gender::Female);
        }
        let at = doc.lexicon.get(&word).is_some_and(|e| {
            e.classes.any(
                crate::extract::lexicon::Classes::TITLE
                    .or(crate::extract::lexicon::Classes::OFFICE),
            )
        });
        if !(at
            || kinds.any(Kinds::COURTESY.or(Kinds::ROLE).or(Kinds::PORTFOLIO))
            || word == "of"
            || word == "the")
        {
            words.push(bare::key(&word));
        }
    }
    while words.len() > 1 && words.last().is_some_and(|w| bare::is_suffix(w)) {
        words.pop();
    }
    (words, gender)
}

fn full_name(
    doc: &Document<'_>,
    names: &Names,
    turns: &[Turn],
    index: usize,
    in_title: &Names,
) -> Option<(String, Option<Span>)> {
    let turn = turns.get(index)?;
    let (words, gender) = label_words(doc, turn.label);
    if words.is_empty() {
        return office_holder(doc, names, turns, turn.label, in_title);
    }
    let first = doc.paragraphs.get(turns.first()?.paragraph)?.words.start;
    let fits = |person: usize| {
        names.people.get(person).is_some_and(|p| {
            p.words.len() > words.len()
                && agree(&p.words, &words)
                && (gender.is_none() || p.gender.is_none() || p.gender == gender)
        })
    };
    // On top, before anybody speaks: the list of participants.
    let on_top = names
        .mentions
        .iter()
        .take(MENTIONS)
        .take_while(|m| m.words.start < first);
    if let Some(found) = only(on_top.map(|m| m.person).filter(|p| fits(*p))) {
        return names
            .people
            .get(found)
            .map(|p| (p.name.clone(), Some(p.span)));
    }
    // A line on top that no given name explains: "Wang Yi, Foreign Minister".
    if let Some(found) = listed(doc, turns, &words) {
        return Some(found);
    }
    let title = in_title
        .people
        .iter()
        .enumerate()
        .filter(|(_, p)| p.words.len() > words.len() && agree(&p.words, &words))
        .map(|(i, _)| i);
    if let Some(found) = only(title) {
        return in_title.people.get(found).map(|p| (p.name.clone(), None));
    }
    // Introduced by the first speaker, or by the one right before.
    let introducing = [
        turns.first(),
        index.checked_sub(1).and_then(|i| turns.get(i)),
    ];
    let introduced = introducing.into_iter().flatten().flat_map(|t| {
        t.content.iter().flat_map(|c| {
            let range = crate::extract::clauses::words_in(doc, *c);
            let from = names
                .mentions
                .partition_point(|m| m.words.start < range.start);
            names
                .mentions
                .get(from..)
                .unwrap_or_default()
                .iter()
                .take(MENTIONS)
                .take_while(move |m| m.words.start < range.end)
        })
    });
    let before = doc.word_at(turn.label.begin());
    let found = only(
        introduced
            .filter(|m| m.words.start < before && m.words.len() > 1)
            .map(|m| m.person)
            .filter(|p| fits(*p)),
    )?;
    names
        .people
        .get(found)
        .map(|p| (p.name.clone(), Some(p.span)))
}

/// The participant on the lines above the first turn that shares the label's last name.
fn listed(doc: &Document<'_>, turns: &[Turn], words: &[String]) -> Option<(String, Option<Span>)> {
    let first = turns.first()?.paragraph;
    doc.paragraphs
        .iter()
        .take(first)
        .filter(|p| p.span.len() < 300)
        .find_map(|p| {
            let line = p.span.of(doc.text);
            let name = line.split([',', '(', ';']).next().unwrap_or("").trim();
            let begin = p.words.start;
            let count = name.split_whitespace().count();
            let range = begin
                ..begin
                    + doc
                        .word_at(p.span.begin() + name.len())
                        .saturating_sub(begin);
            let bare = bare::bare_name(doc, &range)?;
            let own = words_of(doc, &bare.name);
            let matches = (2..=6).contains(&count) && own.len() > words.len() && agree(&own, words);
            let span = doc.span_of(&bare.name);
            matches.then(|| (super::clean(span.of(doc.text)), Some(span)))
        })
}

/// "THE PRESIDENT", "FOREIGN MINISTER": who is named with that office on top or in the title.
fn office_holder(
    doc: &Document<'_>,
    names: &Names,
    turns: &[Turn],
    label: Span,
    in_title: &Names,
) -> Option<(String, Option<Span>)> {
    let office: Vec<_> = label
        .of(doc.text)
        .split_whitespace()
        .map(lower)
        .filter(|w| w != "the")
        .collect();
    let office = office.join(" ");
    let first = doc.paragraphs.get(turns.first()?.paragraph)?.words.start;
    let holds = |p: &names::Person| p.offices.contains(&office);
    let on_top = names
        .mentions
        .iter()
        .take(MENTIONS)
        .take_while(|m| m.words.start < first)
        .map(|m| m.person)
        .filter(|p| names.people.get(*p).is_some_and(holds));
    if let Some(found) = only(on_top) {
        return names
            .people
            .get(found)
            .map(|p| (p.name.clone(), Some(p.span)));
    }
    let title = in_title
        .people
        .iter()
        .enumerate()
        .filter(|(_, p)| holds(p))
        .map(|(i, _)| i);
    let found = only(title)?;
    in_title.people.get(found).map(|p| (p.name.clone(), None))
}

/// The one value that all of `all` are.
fn only(all: impl Iterator<Item = usize>) -> Option<usize> {
    let mut found = None;
    for one in all {
        match found {
            None => found = Some(one),
            Some(first) if first == one => {}
            Some(_) => return None,
        }
    }
    found
}
