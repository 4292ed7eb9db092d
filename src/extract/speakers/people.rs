//! The word lists about people: given names, titles and offices, words of organisations, documents, states.
//!
//! Holds words of the language and of public lists only (`assets/lexicon/people.txt`, `given-names.txt`); must
//! not look at a text.

use crate::extract::lexicon::{ByForm, sectioned};
use crate::extract::weights::{value, value_of};
use std::collections::HashMap;

/// Whether "he" or "she" stands for a person, where a name or a title tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Female,
    Male,
}

/// What a word can be next to a name, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    pub const COURTESY: Self = Self(1);
    pub const MALE: Self = Self(1 << 1);
    pub const FEMALE: Self = Self(1 << 2);
    pub const ROLE: Self = Self(1 << 3);
    pub const PORTFOLIO: Self = Self(1 << 4);
    pub const ORGANISATION: Self = Self(1 << 5);
    pub const DOCUMENT: Self = Self(1 << 6);
    pub const COURT_DOCUMENT: Self = Self(1 << 7);

    const NAMES: [(&'static str, Self); 8] = [
        ("courtesy", Self::COURTESY),
        ("courtesy-male", Self::MALE),
        ("courtesy-female", Self::FEMALE),
        ("role", Self::ROLE),
        ("portfolio", Self::PORTFOLIO),
        ("organisation", Self::ORGANISATION),
        ("document", Self::DOCUMENT),
        ("court-document", Self::COURT_DOCUMENT),
    ];

    /// True when it shares a kind with `other`.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The lists, compiled.
#[derive(Debug, Default)]
pub struct People {
    kinds: ByForm<Kinds>,
    /// `None`: given to women and men alike.
    given: ByForm<Option<Gender>>,
    /// A state's name or adjective to its name.
    states: ByForm<&'static str>,
    /// Codes of three capitals to the state's name.
    codes: HashMap<&'static str, &'static str>,
}

impl People {
    /// Compiles the bundled lists.
    pub fn bundled() -> Self {
        let mut people = Self::default();
        for (section, line) in sectioned(include_str!("../../../assets/lexicon/people.txt")) {
            if section == "state" {
                people.add_state(line);
                continue;
            }
            let Some((_, kind)) = Kinds::NAMES.iter().find(|(name, _)| *name == section) else {
                continue;
            };
            for word in line.split_whitespace() {
                let known = people.kinds.entry(value(word.as_bytes())).or_default();
                *known = known.or(*kind);
            }
        }
        for (section, line) in sectioned(include_str!("../../../assets/lexicon/given-names.txt")) {
            let gender = match section {
                "female" => Some(Gender::Female),
                "male" => Some(Gender::Male),
                _ => None,
            };
            people.given.extend(
                line.split_whitespace()
                    .map(|name| (value(name.as_bytes()), gender)),
            );
        }
        people
    }

    fn add_state(&mut self, line: &'static str) {
        let mut parts = line.split('|').map(str::trim);
        let Some(name) = parts.next() else { return };
        self.states.insert(lower_value(name), name);
        for form in parts.next().unwrap_or_default().split_whitespace() {
            let form = form.replace('-', " ");
            self.states.insert(value(form.as_bytes()), name);
        }
        if let Some(code) = parts.next().filter(|code| !code.is_empty()) {
            self.codes.insert(code, name);
        }
    }

    /// What `word` (lower case) can be next to a name.
    pub fn kinds(&self, word: &str) -> Kinds {
        self.kinds_of(value(word.as_bytes()))
    }

    /// The same of the word with this hash.
    pub fn kinds_of(&self, form: u64) -> Kinds {
        self.kinds.get(&form).copied().unwrap_or_default()
    }

    /// Whether `word` (lower case) is a given name.
    pub fn is_given(&self, word: &str) -> bool {
        self.is_given_of(value(word.as_bytes()))
    }

    /// The same of the word with this hash.
    pub fn is_given_of(&self, form: u64) -> bool {
        self.given.contains_key(&form)
    }

    /// The gender that a given name (lower case) tells.
    pub fn gender(&self, word: &str) -> Option<Gender> {
        self.given.get(&value(word.as_bytes())).copied().flatten()
    }

    /// The state of a code in capitals.
    pub fn state_of_code(&self, code: &str) -> Option<&'static str> {
        self.codes.get(code).copied()
    }

    /// The state that `words` names, as a noun or an adjective.
    pub fn state(&self, words: &str) -> Option<&'static str> {
        self.states.get(&lower_value(words)).copied()
    }

    /// The same of the word with this hash.
    pub fn state_of(&self, form: u64) -> Option<&'static str> {
        self.states.get(&form).copied()
    }
}

/// The hash of words in lower case.
fn lower_value(words: &str) -> u64 {
    value_of(words.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_lists_is_understood() {
        for (section, _) in sectioned(include_str!("../../../assets/lexicon/people.txt")) {
            let known = section == "state" || Kinds::NAMES.iter().any(|(name, _)| *name == section);
            assert!(known, "{section}");
        }
        for (section, _) in sectioned(include_str!("../../../assets/lexicon/given-names.txt")) {
            assert!(["female", "male", "either"].contains(&section), "{section}");
        }
    }

    #[test]
    fn a_state_is_known_by_noun_and_adjective() {
        let people = People::bundled();
        assert_eq!(people.state("Chinese"), Some("China"));
        assert_eq!(people.state("US"), Some("United States"));
        assert_eq!(people.state("South Korean"), Some("South Korea"));
        assert_eq!(people.state("Springfield"), None);
        assert_eq!(people.state_of_code("NOR"), Some("Norway"));
    }
}
