//! Which key, element or header of a record filled which field, and what was worked out where none did:
//! what `check --explain` tells. Must not decide anything: it only keeps what the formats say of themselves.

use super::aliases::Ours;
use super::xml::Element;
use crate::model::{Provenance, Statement};

/// Fields with what filled them, each once, in the order in which they were first looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled(Vec<(&'static str, String)>);

impl Filled {
    /// Keeps what a field is from; the last word stands.
    pub fn note(&mut self, ours: Ours, from: impl Into<String>) {
        let (name, from) = (ours.name(), from.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = from,
            None => self.0.push((name, from)),
        }
    }

    /// Hands on a value; where there is one, keeps what it is from.
    pub fn take<T>(&mut self, ours: Ours, from: &str, value: Option<T>) -> Option<T> {
        if value.is_some() {
            self.note(ours, from);
        }
        value
    }

    /// The same for the text of an element, or of what stands in it.
    pub fn element<T>(&mut self, ours: Ours, element: &Element, value: Option<T>) -> Option<T> {
        if value.is_some() {
            self.note(ours, format!("<{}>", element.name));
        }
        value
    }

    /// The same for an attribute of an element.
    pub fn attribute(&mut self, ours: Ours, element: &Element, name: &str) -> Option<String> {
        let value = element.attribute(name)?.to_owned();
        self.note(ours, format!("<{} {name}>", element.name));
        Some(value)
    }

    /// A key that was put into the record for another is told as that other.
    pub fn told_as(&mut self, key: &str, other: &str) {
        for (_, from) in self.0.iter_mut().filter(|(_, from)| from == key) {
            other.clone_into(from);
        }
    }

    /// Adds what the record does not say of the statement made from it, but its text or its file's name does.
    pub fn worked_out(&mut self, statement: &Statement) {
        let is_derived = "derived from its first line";
        self.by(Ours::Title, Some(statement.title.from), is_derived);
        let date = statement.date.as_ref().map(|date| date.from);
        self.by(Ours::Date, date, "derived");
        let source = statement.source.as_ref().map(|source| source.from);
        self.by(Ours::Source, source, "derived");
        let place = statement.place.as_ref().map(|place| place.from);
        self.by(Ours::Place, place, "derived");
    }

    fn by(&mut self, ours: Ours, from: Option<Provenance>, derived: &str) {
        match from {
            None | Some(Provenance::Given) => {}
            Some(Provenance::Dateline) => self.note(ours, "the header of its text"),
            Some(Provenance::FileName) => self.note(ours, "the name of its file"),
            Some(Provenance::Derived) => self.note(ours, derived),
        }
    }

    /// True when nothing was filled.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields and what filled them.
    pub fn into_pairs(self) -> Vec<(&'static str, String)> {
        self.0
    }
}
