//! The alias file: which names are one person's or office's.
//!
//! The form is told at the head of `assets/lexicon/aliases.txt`. Reads text only; must not read files.

use crate::extract::Lexicon;
use crate::text::fold::fold;
use std::collections::{HashMap, HashSet};

/// One identity of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The name to show.
    pub name: String,
    /// All its certain names, as compared; the shown one first.
    pub names: Vec<String>,
}

/// The identities of the bundled file and the user's, with the word lists that names are read by.
#[derive(Debug)]
pub struct Aliases {
    pub(super) known: Vec<Known>,
    /// A certain name to its identity.
    pub(super) certain: HashMap<String, usize>,
    /// A name that may mean others too, to all identities that list it.
    pub(super) possible: HashMap<String, Vec<usize>>,
    pub(super) lexicon: Lexicon,
}

impl Default for Aliases {
    fn default() -> Self {
        Self::with("")
    }
}

impl Aliases {
    /// The bundled file, and `own` (the text of the user's file) on top of it.
    #[must_use]
    pub fn with(own: &str) -> Self {
        let mut aliases = Self {
            known: Vec::new(),
            certain: HashMap::new(),
            possible: HashMap::new(),
            lexicon: Lexicon::bundled(),
        };
        aliases.read(include_str!("../../../assets/lexicon/aliases.txt"));
        aliases.read(own);
        aliases
    }

    fn read(&mut self, file: &str) {
        let lines = file.lines().map(str::trim);
        for line in lines.filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some(gone) = line.strip_prefix('-') {
                self.remove(&compared(gone));
                continue;
            }
            let mut names = line.split('|').map(str::trim).filter(|n| !n.is_empty());
            let Some(shown) = names.next() else { continue };
            let own = compared(shown);
            let index = self.certain.get(&own).copied().unwrap_or_else(|| {
                self.known.push(Known {
                    name: shown.to_owned(),
                    names: Vec::new(),
                });
                self.known.len() - 1
            });
            self.add(index, own);
            for name in names {
                match name.strip_prefix('~') {
                    Some(possible) => {
                        let list = self.possible.entry(compared(possible)).or_default();
                        if !list.contains(&index) {
                            list.push(index);
                        }
                    }
                    None => self.add(index, compared(name)),
                }
            }
        }
    }

    /// Gives a certain name to an identity, and takes it from the one that had it.
    fn add(&mut self, index: usize, name: String) {
        if let Some(before) = self.certain.insert(name.clone(), index)
            && before != index
            && let Some(known) = self.known.get_mut(before)
        {
            known.names.retain(|n| *n != name);
        }
        if let Some(known) = self.known.get_mut(index)
            && !known.names.contains(&name)
        {
            known.names.push(name);
        }
    }

    fn remove(&mut self, name: &str) {
        let Some(index) = self.certain.get(name).copied() else {
            return;
        };
        self.certain.retain(|_, i| *i != index);
        self.possible
            .values_mut()
            .for_each(|l| l.retain(|i| *i != index));
        if let Some(known) = self.known.get_mut(index) {
            known.names.clear();
        }
    }

    /// Names that two identities both claim for certain in one file: none, or the later line holds.
    #[must_use]
    pub fn shown_names(&self) -> HashSet<&str> {
        let live = self.known.iter().filter(|k| !k.names.is_empty());
        live.map(|k| k.name.as_str()).collect()
    }
}

/// A name as names are compared: without case, accents, a leading article, and with single blanks.
#[must_use]
pub fn compared(name: &str) -> String {
    let folded = fold(name);
    let mut words = folded.split_whitespace().peekable();
    if words.peek() == Some(&"the") {
        words.next();
    }
    words.collect::<Vec<_>>().join(" ")
}
