//! What a speaker's name is by its form: a person in full, a surname with or without office, an office of a state.
//!
//! Reads one name; must not compare two.

use super::aliases::compared;
use crate::extract::{Classes, Kinds, Lexicon};

/// The form of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Given name, middle names, surname with suffix.
    Full {
        given: String,
        middle: Vec<String>,
        surname: String,
    },
    /// A surname with an office before it.
    Titled { office: String, surname: String },
    /// One word alone.
    Single(String),
    /// A body of a state: `china|ministry|commerce`.
    Office(String),
    /// Anything else, without the titles before it.
    Untitled(String),
    /// Anything else: the whole of it, as compared.
    Other,
}

/// Reads a name; `behalf` is for whom it is said to speak.
pub fn form(lexicon: &Lexicon, name: &str, behalf: Option<&str>) -> Form {
    let plain = compared(name);
    if let Some(state) = lexicon.people.state(&plain) {
        return Form::Office(format!("{state}||"));
    }
    if let Some(office) = office(lexicon, name, behalf) {
        return Form::Office(office);
    }
    let proper = name
        .split_whitespace()
        .all(|w| w.starts_with(|c: char| c.is_uppercase()) || is_particle(w));
    if !proper || plain.contains(" and ") || plain.contains(',') {
        return Form::Other;
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let first = words.iter().position(|w| !leads(lexicon, w));
    let Some(start) = first.filter(|s| *s < words.len()) else {
        return Form::Other;
    };
    let (title, own) = words.split_at(start);
    // "Government of Viet Nam" is no Nam with a title.
    let body = |w: &&str| {
        lexicon.people.kinds(w).any(Kinds::ORGANISATION)
            || lexicon
                .get(w)
                .is_some_and(|e| e.classes.any(Classes::COLLECTIVE))
    };
    let several = own
        .first()
        .and_then(|w| w.strip_suffix('s'))
        .is_some_and(|w| leads(lexicon, w));
    let of_something = title.last() == Some(&"of");
    if title.iter().any(body) || several || of_something {
        return Form::Other;
    }
    let (suffix, own): (Vec<&str>, Vec<&str>) = own.iter().partition(|w| is_suffix(w));
    if own.iter().any(|w| is_thing(lexicon, w)) {
        return Form::Other;
    }
    match own.as_slice() {
        [] => Form::Other,
        [surname] if title.is_empty() => Form::Single((*surname).to_owned()),
        [surname] => match office_word(title) {
            Some(office) => Form::Titled {
                office,
                surname: (*surname).to_owned(),
            },
            // "Ms. Okafor"; but "Peace Corps" is no Corps.
            None if title
                .iter()
                .all(|w| lexicon.people.kinds(w).any(Kinds::COURTESY)) =>
            {
                Form::Single((*surname).to_owned())
            }
            None => Form::Other,
        },
        // A word that is no given name may be one of a thing's ("European Economic Community"): only initials go.
        [given, middle @ .., _]
            if own.len() > 5
                || !lexicon.people.is_given(given) && middle.iter().any(|m| !is_initial(m)) =>
        {
            Form::Untitled(words.get(start..).unwrap_or_default().join(" "))
        }
        [given, middle @ .., surname] => Form::Full {
            given: (*given).to_owned(),
            middle: middle
                .iter()
                .map(|m| m.trim_end_matches('.').to_owned())
                .collect(),
            surname: [&[*surname], suffix.as_slice()].concat().join(" "),
        },
    }
}

fn is_initial(word: &str) -> bool {
    word.trim_end_matches('.').chars().count() == 1
}

/// The offices in a source as written, before a name: "secretary", one word each that counts.
pub fn offices(lexicon: &Lexicon, written: &str) -> Vec<String> {
    let plain = compared(written);
    let words: Vec<&str> = plain.split_whitespace().collect();
    words
        .iter()
        .filter(|w| leads(lexicon, w))
        .filter_map(|w| office_word(&[w]))
        .collect()
}

/// The office that a title tells, by one word, short forms made long; none for a courtesy.
fn office_word(title: &[&str]) -> Option<String> {
    let found = title.iter().rev().find_map(|w| {
        Some(
            match w.trim_end_matches('.') {
                "rep" | "representative" | "congressman" | "congresswoman" => "representative",
                "sen" | "senator" => "senator",
                "gov" | "governor" => "governor",
                "secretary" | "sec" => "secretary",
                "spokesperson" | "spokesman" | "spokeswoman" => "spokesperson",
                "chair" | "chairman" | "chairwoman" | "chairperson" => "chair",
                "president" | "minister" | "ambassador" | "chancellor" | "speaker" | "mayor"
                | "judge" | "justice" | "general" | "admiral" | "king" | "queen" | "prince"
                | "princess" | "pope" | "premier" | "commissioner" | "director"
                | "administrator" | "coordinator" | "envoy" | "attorney" | "leader" => {
                    return Some((*w).to_owned());
                }
                _ => return None,
            }
            .to_owned(),
        )
    });
    // A deputy's office is another one.
    let deputy = title.iter().find(|w| {
        matches!(
            **w,
            "vice"
                | "deputy"
                | "former"
                | "acting"
                | "assistant"
                | "under"
                | "prime"
                | "foreign"
                | "defense"
                | "defence"
        )
    });
    found.map(|office| match deputy {
        Some(deputy) => format!("{deputy} {office}"),
        None => office,
    })
}

/// `state|body|portfolio`, with the role before it for who speaks for a body.
fn office(lexicon: &Lexicon, name: &str, behalf: Option<&str>) -> Option<String> {
    let people = &lexicon.people;
    let plain = compared(name).replace("'s ", " 's ");
    let words: Vec<&str> = plain.split_whitespace().filter(|w| *w != "'s").collect();
    let bodies = [
        "ministry",
        "department",
        "government",
        "embassy",
        "parliament",
        "cabinet",
    ];
    let body = words.iter().find(|w| bodies.contains(w))?;
    let mut state = None;
    let mut role = None;
    let mut portfolio: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let two = words.get(at..at + 2).map(|w| w.join(" "));
        if let Some(found) = two.as_deref().and_then(|t| people.state(t)) {
            state = Some(found);
            at += 2;
            continue;
        }
        if let Some(found) = people.state(word) {
            state = Some(found);
        } else if word.starts_with("spokes") {
            role = Some("spokesperson");
        } else if word == body || matches!(*word, "of" | "for" | "the" | "and" | "a" | "affairs") {
        } else if people.kinds(word).any(Kinds::PORTFOLIO) {
            portfolio.push(word);
        } else {
            return None;
        }
        at += 1;
    }
    let state = state.or_else(|| behalf.and_then(|b| people.state(&compared(b))))?;
    if portfolio.is_empty() && matches!(*body, "ministry" | "department") {
        return None;
    }
    portfolio.sort_unstable();
    let role = role.map_or(String::new(), |r| format!("{r} "));
    Some(format!("{role}{state}|{body}|{}", portfolio.join(" ")))
}

fn leads(lexicon: &Lexicon, word: &str) -> bool {
    let kinds = lexicon.people.kinds(word);
    if lexicon.people.is_given(word) {
        return false;
    }
    kinds.any(Kinds::COURTESY.or(Kinds::ROLE).or(Kinds::PORTFOLIO))
        || word == "of"
        || lexicon.people.state(word).is_some()
        || lexicon.get(word).is_some_and(|e| {
            e.classes
                .any(Classes::TITLE.or(Classes::OFFICE).or(Classes::PERSON_NOUN))
        })
}

/// Whether a word makes a name no person's.
fn is_thing(lexicon: &Lexicon, word: &str) -> bool {
    let given = lexicon.people.is_given(word);
    let classes = lexicon.get(word).map(|e| e.classes).unwrap_or_default();
    let not = Classes::COLLECTIVE
        .or(Classes::PLURAL_SOURCE)
        .or(Classes::PREPOSITION)
        .or(Classes::DETERMINER);
    let particle = is_particle(word);
    !given && !particle && (lexicon.people.kinds(word).any(Kinds::ORGANISATION) || classes.any(not))
        || word.contains(|c: char| c.is_ascii_digit())
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "van"
            | "von"
            | "al"
            | "bin"
            | "del"
            | "da"
            | "la"
            | "der"
            | "el"
            | "ibn"
            | "dos"
            | "of"
    )
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "jr" | "sr" | "ii" | "iii" | "iv"
    )
}
