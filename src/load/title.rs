//! A title for a statement that has none: a heading, its first sentence, or the name of its file. Always
//! marked as derived or as the file's name.

use crate::model::{Provenance, Span};
use crate::text::sentences::sentences;
use crate::text::single_spaced;

/// Longest title, in characters, with the ellipsis.
const LONGEST: usize = 90;
/// Bytes of the body that are looked at.
const LOOKED_AT: usize = 4096;
/// Lines that say nothing of what a statement is about.
const FURNITURE: [&str; 6] = [
    "for immediate release",
    "press release",
    "embargoed until",
    "begin text",
    "media contact",
    "contact:",
];

/// Words of offices: a short line with one of these says who issues, not what about.
const OFFICES: [&str; 16] = [
    "office of",
    "bureau of",
    "department of",
    "ministry of",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "secretary",
    "minister",
    "ambassador",
    "president",
    "director",
    "chairman",
    "commissioner",
    "governor",
    "senator",
];
/// A line of an office, a place or an hour has at most so many words.
const SHORT_LINE: usize = 8;
/// A heading under such lines has at least so many.
const HEADING: usize = 4;
/// A file's name says something from so many words on.
const NAME: usize = 3;

/// A title for a body that has none, and where it is from. The first sentence behind the header (or
/// its first line, if that is shorter), white space made single, cut at a word to 90 characters;
/// empty for an empty body. Lines of offices, hours, dates and places at the top are passed over for
/// a heading under them; where none follows, the name of the file says more than its first sentence,
/// if it is made of words.
pub fn derived_title(body: &str, header: Option<Span>, stem: &str) -> (String, Provenance) {
    let from = header.map_or(0, Span::finish);
    let end = body.floor_char_boundary(from + LOOKED_AT);
    let text = body.get(from..end).unwrap_or("");
    let lines = || {
        text.lines()
            .map(str::trim)
            .filter(|line| line.chars().any(char::is_alphanumeric))
    };
    let furniture = lines().take_while(|line| is_furniture(line)).count();
    let behind = lines().nth(furniture);
    let under = lines().take(furniture).any(|line| !begins_furniture(line));
    if under
        && !behind.is_some_and(is_heading)
        && let Some(title) = title_of_name(stem)
    {
        return (title, Provenance::FileName);
    }
    let line = behind.or_else(|| lines().next()).unwrap_or("");
    let first = sentences(line)
        .into_iter()
        .next()
        .map_or(line, |span| span.of(line));
    let title = cut(&single_spaced(first));
    (title, Provenance::Derived)
}

fn begins_furniture(line: &str) -> bool {
    let line = line.to_lowercase();
    FURNITURE.iter().any(|words| line.starts_with(words))
}

/// A line that says nothing of what the statement is about.
fn is_furniture(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let digits = line.chars().filter(|c| c.is_numeric()).count();
    begins_furniture(line)
        || line.starts_with("**")
        || letters < 2
        || words <= SHORT_LINE && (digits > letters || is_hour(line) || is_office(line))
}

/// `2:13 p.m. EDT`
fn is_hour(line: &str) -> bool {
    let line = line.to_lowercase();
    line.starts_with(|c: char| c.is_ascii_digit())
        && ["a.m.", "p.m.", "am ", "pm "]
            .iter()
            .any(|half| line.contains(half))
}

/// `Office of the Spokesperson`, `Ned Price, Department Spokesperson`: names in capitals, no sentence.
fn is_office(line: &str) -> bool {
    let lower = line.to_lowercase();
    let small = line
        .split_whitespace()
        .filter(|w| w.starts_with(char::is_lowercase) && w.chars().count() > 3);
    OFFICES.iter().any(|office| lower.contains(office))
        && !line.ends_with(['.', '!', '?', ':', '”', '"'])
        && !line.contains(": ")
        && (line.contains(", ")
            || lower.starts_with("office of")
            || lower.starts_with("bureau of")
            || line == line.to_uppercase())
        && small.count() == 0
}

/// A line that stands for itself: some words, and neither a sentence nor a turn of somebody speaking.
fn is_heading(line: &str) -> bool {
    line.split_whitespace().count() >= HEADING
        && line.chars().count() <= 2 * LONGEST
        && !line.ends_with(['.', '!', '?', ':', ',', ';', '”', '"', ']'])
        && !line.contains(": ")
        && sentences(line).len() == 1
}

/// The words of a file's name: `press-briefing-may-5` → `Press briefing may 5`.
fn title_of_name(stem: &str) -> Option<String> {
    let words: Vec<&str> = stem
        .split(['-', '_', ' ', '.'])
        .filter(|w| !w.is_empty())
        .collect();
    let spoken = words
        .iter()
        .filter(|w| w.len() > 2 && w.chars().all(char::is_alphabetic));
    if spoken.count() < NAME {
        return None;
    }
    let title = words.join(" ");
    let mut letters = title.chars();
    let first = letters.next()?;
    Some(cut(&format!(
        "{}{}",
        first.to_uppercase(),
        letters.as_str()
    )))
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut title = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let more = word.chars().count() + usize::from(!title.is_empty());
        if length + more + 1 > LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
        length += more;
    }
    if title.is_empty() {
        title = text.chars().take(LONGEST - 1).collect();
    }
    title + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_sentence_stands_for_a_title() {
        let derived_title = |body: &str, header| derived_title(body, header, "a-file-of-words").0;
        assert_eq!(
            derived_title("FOR IMMEDIATE RELEASE\n\nWe  object. And more.", None),
            "We object."
        );
        assert_eq!(
            derived_title("date x -- China said so. Then", Some(Span::new(0, 10))),
            "China said so."
        );
        assert_eq!(derived_title(" \n ", None), "");
        let long = "word ".repeat(60);
        let title = derived_title(&long, None);
        assert!(title.ends_with("word…") && title.chars().count() <= LONGEST);
    }

    #[test]
    fn an_office_an_hour_or_a_date_was_the_title() {
        let name = "department-press-briefing-august-10-2021";
        let from_name = "Department press briefing august 10 2021";
        for (body, title) in [
            (
                "Office of the Spokesperson\n\nThe two met today. They",
                from_name,
            ),
            (
                "Ned Price, Department Spokesperson\n\n2:13 p.m. EDT\n\nMR PRICE: Good",
                from_name,
            ),
            (
                "Antony J. Blinken, Secretary of State\n\nAmman, Jordan\n\nSECRETARY",
                from_name,
            ),
            (
                "Office of the Spokesperson\n\n***SUBJECT TO CHANGE***\n\n1:00 p.m. The",
                from_name,
            ),
            (
                "01.03.01\n\t LEE RE-ELECTED AS REGIONAL WHIP \n\tWashington",
                "LEE RE-ELECTED AS REGIONAL WHIP",
            ),
            (
                "The Secretary met the President, he said. Then",
                "The Secretary met the President, he said.",
            ),
            (
                "Secretary Blinken Meets Foreign Ministers in Rome\n\nThey",
                "Secretary Blinken Meets Foreign Ministers in Rome",
            ),
        ] {
            assert_eq!(derived_title(body, None, name).0, title, "{body}");
        }
        let (title, from) = derived_title("Office of the Spokesperson\n\nThey met.", None, "x1");
        assert_eq!((title.as_str(), from), ("They met.", Provenance::Derived));
    }

    proptest! {
        #[test]
        fn any_body_gives_a_short_line(body in "\\PC{0,300}", header in 0usize..40) {
            let (title, _) = derived_title(&body, Some(Span::new(0, header)), "some-file-name");
            prop_assert!(title.chars().count() <= LONGEST && !title.contains('\n'));
        }
    }
}
