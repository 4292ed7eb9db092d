//! The compiled word lists of `assets/lexicon`: closed classes, reporting verbs and nouns, speech-act words.
//!
//! Holds words of the language only; nothing here may name a document, a person or a country's affairs.

mod classes;
mod inflection;

use super::speakers::people::People;
use super::weights::value;
use crate::model::{Act, ClaimType};
pub use classes::{Classes, Forms, Frames};
use inflection::{conjugate, third};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A reporting verb or noun.
#[derive(Clone, Debug)]
pub struct Reporting {
    /// Base form.
    #[cfg(test)]
    pub lemma: String,
    pub act: Act,
    pub frames: Frames,
    /// Prepositions that lead into the content.
    pub prepositions: Vec<String>,
}

/// What is known of a written word.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub classes: Classes,
    /// Index of the reporting verb, and as which form.
    pub verb: Option<(u16, Forms)>,
    /// Index of the reporting noun.
    pub noun: Option<u16>,
    /// Speech-act classes this word speaks for, with their weights.
    pub acts: Vec<(Signal, i8)>,
}

/// What a word tells about the type or stance of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Type(ClaimType),
    Critical,
    Supportive,
}

/// A map by the hash of a word, which a text's words carry already.
pub type ByForm<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

/// A hasher for keys that are hashes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = value(bytes);
    }
    fn write_u64(&mut self, hash: u64) {
        // The upper bits choose the place in the map; those of short words differ little.
        self.0 = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// All word lists, compiled.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// By the word (`weights::value`).
    entries: ByForm<Entry>,
    reporting: Vec<Reporting>,
    /// Given names, titles, states.
    pub people: People,
}

impl Lexicon {
    /// Compiles the bundled lists. A line that cannot be read is left out; a test makes sure none is.
    pub fn bundled() -> Self {
        let mut lexicon = Self {
            people: People::bundled(),
            ..Self::default()
        };
        lexicon.read_words(include_str!("../../assets/lexicon/words.txt"));
        lexicon.read_cues(include_str!("../../assets/lexicon/cues.txt"));
        lexicon.read_acts(include_str!("../../assets/lexicon/acts.txt"));
        lexicon
    }

    /// What is known of `word`, which must be lower case with straight apostrophes.
    pub fn get(&self, word: &str) -> Option<&Entry> {
        self.of(value(word.as_bytes()))
    }

    /// What is known of the word with this hash.
    pub fn of(&self, hash: u64) -> Option<&Entry> {
        self.entries.get(&hash)
    }

    /// The reporting verb or noun of that index.
    pub fn reporting(&self, index: u16) -> Option<&Reporting> {
        self.reporting.get(usize::from(index))
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        self.entries.entry(value(word.as_bytes())).or_default()
    }

    fn read_words(&mut self, file: &str) {
        for (head, line) in sectioned(file) {
            let Some((_, class)) = Classes::NAMES.iter().find(|(name, _)| *name == head) else {
                continue;
            };
            for word in line.split_whitespace() {
                let entry = self.entry(word);
                entry.classes = entry.classes.or(*class);
            }
        }
    }

    fn read_cues(&mut self, file: &str) {
        let mut known: HashMap<(String, bool), u16> = HashMap::new();
        for (head, line) in sectioned(file) {
            let mut act = Act::Speech;
            let mut frames = Frames::default();
            let mut noun = false;
            let mut prepositions: Vec<String> = Vec::new();
            for word in head.split_whitespace() {
                match word {
                    "speech" => act = Act::Speech,
                    "attitude" => act = Act::Attitude,
                    "noun" => noun = true,
                    _ => {
                        if let Some(p) = word.strip_prefix('+') {
                            prepositions.push(p.to_owned());
                        } else if let Some((_, f)) = Frames::NAMES.iter().find(|(n, _)| *n == word)
                        {
                            frames = frames.or(*f);
                        }
                    }
                }
            }
            let (plus, forms): (Vec<&str>, Vec<&str>) =
                line.split_whitespace().partition(|w| w.starts_with('+'));
            prepositions.extend(
                plus.iter()
                    .filter_map(|p| p.strip_prefix('+'))
                    .map(String::from),
            );
            let Some(&base) = forms.first() else { continue };
            let key = (base.to_owned(), noun);
            let index = *known.entry(key).or_insert_with(|| {
                self.reporting.push(Reporting {
                    #[cfg(test)]
                    lemma: base.to_owned(),
                    act,
                    frames: Frames::default(),
                    prepositions: Vec::new(),
                });
                u16::try_from(self.reporting.len() - 1).unwrap_or(u16::MAX)
            });
            if let Some(reporting) = self.reporting.get_mut(usize::from(index)) {
                reporting.frames = reporting.frames.or(frames);
                reporting.prepositions.extend(prepositions);
            }
            if noun {
                self.entry(base).noun = Some(index);
                self.entry(&third(base)).noun = Some(index);
            } else {
                for (form, which) in conjugate(&forms) {
                    let entry = self.entry(&form);
                    let before = entry.verb.map_or(Forms::default(), |(_, f)| f);
                    entry.verb = Some((index, before.or(which)));
                }
            }
        }
    }

    fn read_acts(&mut self, file: &str) {
        for (head, line) in sectioned(file) {
            let mut parts = head.split_whitespace();
            let name = parts.next().unwrap_or_default();
            let weight: i8 = parts.next().and_then(|w| w.parse().ok()).unwrap_or(1);
            let verbs = parts.next() == Some("verbs");
            let signal = match name {
                "critical" => Signal::Critical,
                "supportive" => Signal::Supportive,
                _ => match ClaimType::from_name(name) {
                    Some(kind) => Signal::Type(kind),
                    None => continue,
                },
            };
            if verbs {
                let forms: Vec<&str> = line.split_whitespace().collect();
                for (form, _) in conjugate(&forms) {
                    self.add_signal(&form, signal, weight);
                }
            } else {
                for word in line.split_whitespace() {
                    self.add_signal(word, signal, weight);
                }
            }
        }
    }

    fn add_signal(&mut self, word: &str, signal: Signal, weight: i8) {
        let acts = &mut self.entry(word).acts;
        if !acts.iter().any(|(s, _)| *s == signal) {
            acts.push((signal, weight));
        }
    }
}

/// The lines of `file` with the `[section]` they stand in; comments and blanks left out.
pub fn sectioned(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut head = "";
    file.lines().filter_map(move |line| {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(section) => {
                head = section;
                None
            }
            None => Some((head, line)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_bundled_lists_is_understood() {
        for (head, _) in sectioned(include_str!("../../assets/lexicon/words.txt")) {
            assert!(Classes::NAMES.iter().any(|(n, _)| *n == head), "{head}");
        }
        for (head, _) in sectioned(include_str!("../../assets/lexicon/cues.txt")) {
            for word in head.split_whitespace() {
                let known = ["speech", "attitude", "noun"].contains(&word)
                    || word.starts_with('+')
                    || Frames::NAMES.iter().any(|(n, _)| *n == word);
                assert!(known, "{word}");
            }
        }
        for (head, _) in sectioned(include_str!("../../assets/lexicon/acts.txt")) {
            let name = head.split_whitespace().next().unwrap();
            assert!(
                ["critical", "supportive"].contains(&name) || ClaimType::from_name(name).is_some(),
                "{head}"
            );
        }
    }

    /// An entry that no text can hit is a mistake in the list, or in how text is cut into words.
    #[test]
    fn every_entry_is_reachable_from_text() {
        use crate::extract::document::Document;
        let lexicon = Lexicon::bundled();
        let mut lost = Vec::new();
        let mut seek = |word: &str, hit: &dyn Fn(&Entry) -> bool| {
            let mut letters = word.chars();
            let capital = letters.next().unwrap().to_uppercase().to_string() + letters.as_str();
            // In the middle, contracted, and as an abbreviation before a name.
            let texts = [
                format!("They {word} it."),
                format!("They{word} it."),
                format!("Then {capital} Lee went."),
            ];
            let found = texts.iter().any(|text| {
                let doc = Document::new(text, None, &lexicon);
                doc.words.iter().filter_map(|w| w.entry).any(hit)
            });
            if !found {
                lost.push(word.to_owned());
            }
        };
        for (head, line) in sectioned(include_str!("../../assets/lexicon/words.txt")) {
            let class = Classes::NAMES.iter().find(|(n, _)| *n == head).unwrap().1;
            for word in line.split_whitespace() {
                seek(word, &|e| e.classes.any(class));
            }
        }
        for (head, line) in sectioned(include_str!("../../assets/lexicon/cues.txt")) {
            let noun = head.split_whitespace().any(|w| w == "noun");
            for form in line.split_whitespace() {
                let form = form.trim_start_matches('+');
                if !form.is_empty() && !line.contains('+') {
                    seek(form, &|e| {
                        if noun {
                            e.noun.is_some()
                        } else {
                            e.verb.is_some()
                        }
                    });
                }
            }
        }
        for (head, line) in sectioned(include_str!("../../assets/lexicon/acts.txt")) {
            if head.ends_with("verbs") {
                for form in line.split_whitespace() {
                    seek(form, &|e| !e.acts.is_empty());
                }
            }
        }
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn reporting_verbs_are_found_by_any_form() {
        let lexicon = Lexicon::bundled();
        let (index, forms) = lexicon.get("said").unwrap().verb.unwrap();
        assert_eq!(lexicon.reporting(index).unwrap().lemma, "say");
        assert!(forms.any(Forms::PAST));
    }
}
