//! One identity for a person or an office over everything loaded: "Ned Price", `MR. PRICE`, "Spokesperson Price".
//!
//! In `store`, because whether a surname is one person's is a fact of the whole load and of no single statement; the
//! facets and the `speaker:` of a query (both in `search`) look here. Pure: names in, groups out. The text of a
//! statement's own speaker stays as written.
//!
//! Two names are one when the alias file says so, or by rules that are safe: a full name with and without titles and
//! middle initials; a surname with an office when one full name of the load bears it and was seen with that office;
//! the surname of a transcript's label when one full name bears it and the same publisher wrote both; one body
//! of one state in other words. Two people of one surname are never one.

mod aliases;
mod cache;
mod forms;
mod numbered;
#[cfg(test)]
mod tests;

pub use aliases::Aliases;
pub use cache::Cache;

use crate::model::{Resolved, Statement};
use crate::store::DocNo;
use crate::store::packed::{Columns, SpeakerRow};
use aliases::compared;
use forms::{Form, form, offices};
use numbered::Numbered;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

/// A name as a key: with for whom it speaks, and for a surname alone with who published it.
type Key<'n> = (&'n str, Option<&'n str>, Option<&'n str>);

/// One person or office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The name to show.
    pub name: String,
    /// All its names in the load, as written, sorted.
    pub names: Vec<String>,
    /// Its names of the alias file, as compared; empty when it is in none.
    pub aliases: Vec<String>,
}

/// What is gathered of a name. Lists and not sets, for most names have one office and one publisher at most.
#[derive(Debug, Default)]
struct Seen<'n> {
    count: usize,
    /// Sorted.
    offices: Vec<Box<str>>,
    /// Sorted.
    publishers: Vec<&'n str>,
    /// Every time as the label of a turn.
    label: bool,
}

/// Names gathered from statements, to be grouped.
#[derive(Debug, Default)]
pub struct Gathered<'n> {
    names: BTreeMap<Key<'n>, Seen<'n>>,
}

impl<'n> Gathered<'n> {
    /// Adds the speakers of a statement's quotes.
    pub fn add(&mut self, aliases: &Aliases, statement: &'n Statement, columns: &Columns<'n>) {
        let publisher = statement.source.as_ref().map(|s| s.value.as_str());
        for quote in columns.attributed() {
            if let Some(speaker) = columns.speaker(quote.speaker) {
                let written = statement.words_of(columns.source(quote));
                self.name(aliases, speaker, &written, publisher);
            }
        }
    }

    /// Adds a speaker, with its source as written.
    pub fn name(
        &mut self,
        aliases: &Aliases,
        speaker: &SpeakerRow<'n>,
        written: &str,
        publisher: Option<&'n str>,
    ) {
        let label = speaker.how == Resolved::Turn;
        let seen = self.names.entry(key(speaker, publisher)).or_default();
        seen.label = label && (seen.count == 0 || seen.label);
        seen.count += 1;
        if written.len() < 120 {
            for office in offices(&aliases.lexicon, written) {
                let known = seen
                    .offices
                    .binary_search_by(|o| (**o).cmp(office.as_str()));
                if let Err(at) = known {
                    seen.offices.reserve_exact(1);
                    seen.offices.insert(at, office.into());
                }
            }
        }
        if let Some(publisher) = publisher
            && let Err(at) = seen.publishers.binary_search(&publisher)
        {
            if seen.publishers.is_empty() {
                seen.publishers.reserve_exact(1);
            }
            seen.publishers.insert(at, publisher);
        }
    }
}

fn key<'n>(speaker: &SpeakerRow<'n>, publisher: Option<&'n str>) -> Key<'n> {
    let single = !speaker.name.contains(' ');
    (
        speaker.name,
        speaker.on_behalf_of,
        publisher.filter(|_| single),
    )
}

/// A key as one text, no part of which runs into the next.
fn text_of((name, behalf, publisher): &Key<'_>) -> String {
    let mut text = String::with_capacity(name.len() + 16);
    for part in [Some(*name), *behalf, *publisher] {
        // The length of each says where it ends, whatever it holds. Writing to a text cannot fail.
        let _ = match part {
            Some(part) => write!(text, "{} {part}", part.len()),
            None => write!(text, "- "),
        };
    }
    text
}

/// A gathered name.
type Node<'g, 'n> = (&'g Key<'n>, &'g Seen<'n>);

/// The identities of a load.
#[derive(Debug, Default)]
pub struct Identities {
    groups: Vec<Identity>,
    /// Numbers of groups by the keys of their names.
    by_key: HashMap<Box<str>, u32>,
    /// The same of the speakers of every statement that was extracted when they were gathered.
    numbered: Numbered,
}

impl Identities {
    /// Groups the names.
    #[must_use]
    pub fn new(aliases: &Aliases, gathered: &Gathered<'_>) -> Self {
        let nodes: Vec<Node<'_, '_>> = gathered.names.iter().collect();
        let forms: Vec<Form> = nodes
            .iter()
            .map(|((name, behalf, _), _)| form(&aliases.lexicon, name, *behalf))
            .collect();
        let mut labels: Vec<String> = Vec::with_capacity(nodes.len());
        let middles = middles(&forms);
        let office_of = |index: usize| match aliases
            .known
            .get(index)
            .map(|k| form(&aliases.lexicon, &k.name, None))
        {
            Some(Form::Office(office)) => format!("office {office}"),
            _ => format!("alias {index}"),
        };
        for (((name, _, publisher), _), form) in nodes.iter().zip(&forms) {
            let plain = compared(name);
            labels.push(match (aliases.certain.get(&plain), form) {
                (Some(index), _) => office_of(*index),
                (
                    None,
                    Form::Full {
                        given,
                        middle,
                        surname,
                    },
                ) => {
                    let split = middles.get(&(given, surname)).is_some_and(|m| !m.agree);
                    let middle = if split {
                        middle.join(" ")
                    } else {
                        String::new()
                    };
                    format!("person {given} {middle}. {surname}")
                }
                (None, Form::Office(office)) => format!("office {office}"),
                (None, Form::Single(word)) => {
                    format!("single {word} {}", publisher.unwrap_or(""))
                }
                (None, Form::Other(name)) => format!("name {name}"),
                (None, _) => format!("name {plain}"),
            });
        }
        claim_possible(aliases, &nodes, &office_of, &mut labels);
        join_surnames(&nodes, &forms, &mut labels);
        Self::grouped(aliases, &nodes, &forms, &labels, &office_of)
    }

    /// Numbers the speakers of the next statement, in the order of loading; `None` when it is not extracted.
    fn number(&mut self, columns: Option<&Columns<'_>>, publisher: Option<&str>) {
        let speakers = columns.map_or(&[][..], |columns| &columns.speakers);
        let by_key = &self.by_key;
        self.numbered.add(
            speakers
                .iter()
                .map(|s| by_key.get(&*text_of(&key(s, publisher))).copied()),
        );
    }

    /// The number, in [`Identities::all`], of a speaker of a statement published by `publisher`.
    #[must_use]
    pub fn number_of(
        &self,
        doc: DocNo,
        speaker: usize,
        columns: &Columns<'_>,
        publisher: Option<&str>,
    ) -> Option<usize> {
        let told = self.told(doc, speaker, columns.speakers.len());
        told.unwrap_or_else(|| {
            let key = key(columns.speakers.get(speaker)?, publisher);
            let number = self.by_key.get(&*text_of(&key))?;
            Some(*number as usize)
        })
    }

    /// Who that is.
    #[must_use]
    pub fn identity_of(
        &self,
        doc: DocNo,
        speaker: usize,
        columns: &Columns<'_>,
        publisher: Option<&str>,
    ) -> Option<&Identity> {
        let number = self.number_of(doc, speaker, columns, publisher)?;
        self.all().get(number)
    }

    /// The number as it was told when they were gathered; `None` inside of a speaker of no identity. `speakers`
    /// is how many the statement has.
    pub(in crate::store) fn told(
        &self,
        doc: DocNo,
        speaker: usize,
        speakers: usize,
    ) -> Option<Option<usize>> {
        let told = self.numbered.of(doc, speaker, speakers)?;
        Some(told.map(|number| number as usize))
    }

    /// All names in the load of those that are shown as `name`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Vec<&str>> {
        let shown = self.groups.iter().filter(|g| g.name == name);
        let names: BTreeSet<&str> = shown.flat_map(|g| &g.names).map(String::as_str).collect();
        (!names.is_empty()).then(|| names.into_iter().collect())
    }

    /// All, in a fixed order.
    #[must_use]
    pub fn all(&self) -> &[Identity] {
        &self.groups
    }

    fn grouped(
        aliases: &Aliases,
        nodes: &[Node<'_, '_>],
        forms: &[Form],
        labels: &[String],
        office_of: &dyn Fn(usize) -> String,
    ) -> Self {
        let mut by_label: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, label) in labels.iter().enumerate() {
            by_label.entry(label).or_default().push(at);
        }
        let known: HashMap<String, usize> = (0..aliases.known.len())
            .filter(|&i| aliases.known.get(i).is_some_and(|k| !k.names.is_empty()))
            .map(|i| (office_of(i), i))
            .collect();
        let mut out = Self::default();
        for (label, members) in by_label {
            let listed = known.get(label).and_then(|i| aliases.known.get(*i));
            let named = members
                .iter()
                .filter_map(|&m| nodes.get(m).zip(forms.get(m)));
            let names: BTreeSet<&str> = named.clone().map(|(((name, ..), _), _)| *name).collect();
            // A full name without titles, then the one written most, then the longer.
            let best = named
                .max_by_key(|(((name, ..), seen), form)| {
                    let bare = match form {
                        Form::Full { given, .. } => compared(name).starts_with(given.as_str()),
                        _ => false,
                    };
                    let last = std::cmp::Reverse(*name);
                    (bare, seen.count, name.len(), last)
                })
                .map(|(((name, ..), _), _)| (*name).to_owned())
                .unwrap_or_default();
            for &m in &members {
                if let Some((key, _)) = nodes.get(m) {
                    let group = u32::try_from(out.groups.len()).unwrap_or(u32::MAX);
                    out.by_key.insert(text_of(key).into(), group);
                }
            }
            out.groups.push(Identity {
                name: match (listed, state_of(label)) {
                    (Some(known), _) => known.name.clone(),
                    (None, Some(state)) => state.to_owned(),
                    (None, None) => best,
                },
                names: names.into_iter().map(str::to_owned).collect(),
                aliases: listed.map(|k| k.names.clone()).unwrap_or_default(),
            });
        }
        out
    }
}

/// The state that a group's label is for, when it is for no body of it.
fn state_of(label: &str) -> Option<&str> {
    label.strip_prefix("office ")?.strip_suffix("||")
}

/// The middle names met between one given name and one surname.
#[derive(Default)]
struct Middles<'f> {
    met: Vec<&'f [String]>,
    agree: bool,
}

/// "George W. Bush" and "George H. W. Bush" part; "Antony J. Blinken" and "Antony John Blinken" do not.
fn middles(forms: &[Form]) -> HashMap<(&String, &String), Middles<'_>> {
    let mut out: HashMap<(&String, &String), Middles<'_>> = HashMap::new();
    for form in forms {
        if let Form::Full {
            given,
            middle,
            surname,
        } = form
        {
            let entry = out.entry((given, surname)).or_default();
            if !middle.is_empty() && !entry.met.contains(&middle.as_slice()) && entry.met.len() < 8
            {
                entry.met.push(middle);
            }
        }
    }
    for middles in out.values_mut() {
        middles.agree = middles.met.iter().all(|a| {
            middles.met.iter().all(|b| {
                a.len() == b.len()
                    && a.iter().zip(*b).all(|(x, y)| {
                        x == y
                            || (x.len() == 1 || y.len() == 1)
                                && x.chars().next() == y.chars().next()
                    })
            })
        });
    }
    out
}

/// Gives names that may mean several identities to the only one that the load holds otherwise.
fn claim_possible(
    aliases: &Aliases,
    nodes: &[Node<'_, '_>],
    office_of: &dyn Fn(usize) -> String,
    labels: &mut [String],
) {
    let held: BTreeSet<String> = labels.iter().cloned().collect();
    for (((name, ..), _), label) in nodes.iter().zip(labels) {
        let Some(list) = aliases.possible.get(&compared(name)) else {
            continue;
        };
        if label.starts_with("office ") {
            continue;
        }
        let mut present = list
            .iter()
            .map(|i| office_of(*i))
            .filter(|l| held.contains(l));
        if let (Some(one), None) = (present.next(), present.next()) {
            *label = one;
        }
    }
}

/// Joins surnames, with an office or as a label, to the one full name that bears them.
fn join_surnames(nodes: &[Node<'_, '_>], forms: &[Form], labels: &mut [String]) {
    #[derive(Default)]
    struct Bearer<'b> {
        /// Met without a second name before the surname, which might be the surname itself.
        plain: bool,
        offices: BTreeSet<&'b str>,
        publishers: BTreeSet<&'b str>,
    }
    let mut bearers: HashMap<String, BTreeMap<String, Bearer<'_>>> = HashMap::new();
    for (((_, seen), form), label) in nodes.iter().zip(forms).zip(labels.iter()) {
        if let Form::Full {
            surname, middle, ..
        } = form
        {
            let bare = surname.split(' ').next().unwrap_or(surname).to_owned();
            let bearer = bearers
                .entry(bare)
                .or_default()
                .entry(label.clone())
                .or_default();
            bearer.plain |= middle.iter().all(|m| m.chars().count() == 1);
            bearer.offices.extend(seen.offices.iter().map(|o| &**o));
            bearer.publishers.extend(&seen.publishers);
        }
    }
    for (((_, seen), form), label) in nodes.iter().zip(forms).zip(labels) {
        let (surname, office) = match form {
            Form::Titled { surname, office } => (surname, Some(office)),
            Form::Single(surname) if seen.label => (surname, None),
            _ => continue,
        };
        let Some(one) = bearers.get(surname).filter(|b| b.len() == 1) else {
            continue;
        };
        for (full, bearer) in one.iter().filter(|(_, b)| b.plain) {
            let fits = match office {
                Some(office) => bearer.offices.contains(office.as_str()),
                None => seen
                    .publishers
                    .iter()
                    .any(|p| bearer.publishers.contains(p)),
            };
            if fits {
                label.clone_from(full);
            }
        }
    }
}
