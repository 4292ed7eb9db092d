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
mod heard;
mod keyed;
mod numbered;
#[cfg(test)]
mod tests;

pub use aliases::Aliases;
pub use cache::Cache;
pub use heard::most_heard;

use crate::model::{Resolved, Statement};
use crate::store::DocNo;
use crate::store::packed::{Columns, SpeakerRow, Voices};
use aliases::compared;
use forms::{Form, form, offices};
use heard::Heard;
use keyed::Keyed;
use numbered::Numbered;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A name as a key: with for whom it speaks, and for a surname alone with who published it.
type Key<'n> = (&'n str, Option<&'n str>, Option<&'n str>);

/// One person or office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The name to show.
    pub name: Box<str>,
    /// `None` for one that has no name but that, as nearly all.
    more: Option<Box<More>>,
}

/// What else an identity is called.
#[derive(Clone, Debug, PartialEq, Eq)]
struct More {
    /// All its names in the load, as written, sorted.
    names: Box<[Box<str>]>,
    /// Its names of the alias file, as compared; empty when it is in none.
    aliases: Box<[String]>,
}

impl Identity {
    /// All its names in the load, as written, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let only = self.more.is_none().then_some(&self.name);
        let names = self.more.iter().flat_map(|more| &more.names);
        only.into_iter().chain(names).map(|name| &**name)
    }

    /// All it is known as: the name that is shown, the others of the load, and those of the alias file.
    pub fn known_as(&self) -> impl Iterator<Item = &str> {
        let names = self.more.iter().flat_map(|more| &more.names);
        let aliases = self.more.iter().flat_map(|more| &more.aliases);
        let names = std::iter::once(&self.name).chain(names).map(|name| &**name);
        names.chain(aliases.map(String::as_str))
    }
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

/// A gathered name.
type Node<'g, 'n> = (&'g Key<'n>, &'g Seen<'n>);

/// The identities of a load.
#[derive(Debug, Default)]
pub struct Identities {
    groups: Box<[Identity]>,
    /// Numbers of groups by the keys of their names.
    by_key: Keyed,
    /// The same of the speakers of every statement that was extracted when they were gathered.
    numbered: Numbered,
    heard: Heard,
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
                (None, Form::Untitled(name)) => format!("name {name}"),
                (None, Form::Titled { .. } | Form::Other) => format!("name {plain}"),
            });
        }
        drop(middles);
        claim_possible(aliases, &nodes, &office_of, &mut labels);
        join_surnames(&nodes, &forms, &mut labels);
        let is_bare = |(node, form): (&Node<'_, '_>, &Form)| match form {
            Form::Full { given, .. } => compared(node.0.0).starts_with(given.as_str()),
            _ => false,
        };
        let bare: Vec<bool> = nodes.iter().zip(&forms).map(is_bare).collect();
        // Their room is for the groups.
        drop(forms);
        Self::grouped(aliases, &nodes, &bare, &labels, &office_of)
    }

    /// Numbers the speakers of the next statement, in the order of loading; `None` when it is not extracted.
    fn number(&mut self, voices: Option<&Voices<'_>>, publisher: Option<&str>) {
        let speakers = voices.map_or(&[][..], |voices| &voices.speakers);
        let number_of = |speaker| self.by_key.get(&key(speaker, publisher));
        let numbers: Vec<Option<u32>> = speakers.iter().map(number_of).collect();
        let named = |(speaker, quotes): (usize, usize)| {
            let number = *numbers.get(speaker)?;
            let name = &*self.groups.get(number? as usize)?.name;
            Some((name, number?, quotes))
        };
        let spoken = voices.and_then(|voices| voices.spoken().map(named).collect());
        self.heard.add(spoken);
        self.numbered.add(numbers.into_iter());
    }

    /// Those with the most quotes in a statement, three at the most; `None` where that was not known when they were
    /// gathered.
    #[must_use]
    pub fn heard(&self, doc: DocNo) -> Option<Vec<&Identity>> {
        let numbers = self.heard.of(doc)?;
        numbers
            .map(|number| self.groups.get(number as usize))
            .collect()
    }

    /// The number, in [`Identities::all`], of one of the `speakers` of a statement published by `publisher`.
    #[must_use]
    pub fn number_of(
        &self,
        doc: DocNo,
        speaker: usize,
        speakers: &[SpeakerRow<'_>],
        publisher: Option<&str>,
    ) -> Option<usize> {
        let told = self.told(doc, speaker, speakers.len());
        told.unwrap_or_else(|| {
            let key = key(speakers.get(speaker)?, publisher);
            Some(self.by_key.get(&key)? as usize)
        })
    }

    /// Who that is.
    #[must_use]
    pub fn identity_of(
        &self,
        doc: DocNo,
        speaker: usize,
        speakers: &[SpeakerRow<'_>],
        publisher: Option<&str>,
    ) -> Option<&Identity> {
        let number = self.number_of(doc, speaker, speakers, publisher)?;
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
        let shown = self.groups.iter().filter(|g| &*g.name == name);
        let names: BTreeSet<&str> = shown.flat_map(Identity::names).collect();
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
        bare: &[bool],
        labels: &[String],
        office_of: &dyn Fn(usize) -> String,
    ) -> Self {
        let label = |at: &u32| labels.get(*at as usize).map_or("", String::as_str);
        let mut order: Vec<u32> = (0..).take(labels.len()).collect();
        order.sort_unstable_by(|a, b| label(a).cmp(label(b)).then(a.cmp(b)));
        let same = |a: &u32, b: &u32| label(a) == label(b);
        let known: HashMap<String, usize> = (0..aliases.known.len())
            .filter(|&i| aliases.known.get(i).is_some_and(|k| !k.names.is_empty()))
            .map(|i| (office_of(i), i))
            .collect();
        let mut groups = Vec::with_capacity(order.chunk_by(same).count());
        let mut by_key = Keyed::with_room(nodes.len());
        for members in order.chunk_by(same) {
            let label = members.first().map_or("", label);
            let listed = known.get(label).and_then(|i| aliases.known.get(*i));
            let named = members.iter().filter_map(|&m| {
                let bare = bare.get(m as usize)?;
                Some((nodes.get(m as usize)?, bare))
            });
            for ((key, _), _) in named.clone() {
                by_key.add(key, u32::try_from(groups.len()).unwrap_or(u32::MAX));
            }
            let names: BTreeSet<&str> = named.clone().map(|(((name, ..), _), _)| *name).collect();
            // A full name without titles, then the one written most, then the longer.
            let best = named
                .max_by_key(|(((name, ..), seen), bare)| {
                    (*bare, seen.count, name.len(), std::cmp::Reverse(*name))
                })
                .map_or("", |(((name, ..), _), _)| *name);
            let name: Box<str> = match (listed, state_of(label)) {
                (Some(known), _) => known.name.as_str().into(),
                (None, Some(state)) => state.into(),
                (None, None) => best.into(),
            };
            let only = listed.is_none() && names.len() == 1 && names.contains(&*name);
            let more = || More {
                names: names.iter().map(|name| (*name).into()).collect(),
                aliases: listed.map_or(Box::default(), |known| known.names.as_slice().into()),
            };
            groups.push(Identity {
                more: (!only).then(|| Box::new(more())),
                name,
            });
        }
        Self {
            groups: groups.into(),
            by_key,
            numbered: Numbered::default(),
            heard: Heard::default(),
        }
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
    /// The full name that bears a surname.
    #[derive(Default)]
    struct Bearer<'b> {
        label: &'b str,
        /// Another bears it too.
        shared: bool,
        /// Met without a second name before the surname, which might be the surname itself.
        plain: bool,
        offices: BTreeSet<&'b str>,
        publishers: BTreeSet<&'b str>,
    }
    let mut bearers: HashMap<&str, Bearer<'_>> = HashMap::new();
    for (((_, seen), form), label) in nodes.iter().zip(forms).zip(labels.iter()) {
        if let Form::Full {
            surname, middle, ..
        } = form
        {
            let bare = surname.split(' ').next().unwrap_or(surname);
            let bearer = bearers.entry(bare).or_insert_with(|| Bearer {
                label,
                ..Bearer::default()
            });
            bearer.shared |= bearer.label != label;
            bearer.plain |= middle.iter().all(|m| m.chars().count() == 1);
            if !bearer.shared {
                bearer.offices.extend(seen.offices.iter().map(|o| &**o));
                bearer.publishers.extend(&seen.publishers);
            }
        }
    }
    let joined = |((_, seen), form): (&Node<'_, '_>, &Form)| {
        let (surname, office) = match form {
            Form::Titled { surname, office } => (surname, Some(office)),
            Form::Single(surname) if seen.label => (surname, None),
            _ => return None,
        };
        let bearer = bearers.get(surname.as_str())?;
        let fits = match office {
            Some(office) => bearer.offices.contains(office.as_str()),
            None => seen
                .publishers
                .iter()
                .any(|publisher| bearer.publishers.contains(publisher)),
        };
        (fits && bearer.plain && !bearer.shared).then(|| bearer.label.to_owned())
    };
    let named = nodes.iter().zip(forms).enumerate();
    let joined: Vec<(usize, String)> = named
        .filter_map(|(at, node)| Some((at, joined(node)?)))
        .collect();
    for (at, label) in joined {
        if let Some(own) = labels.get_mut(at) {
            *own = label;
        }
    }
}
