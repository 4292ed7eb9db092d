//! The header of a statement: date, place, agency and title that stand at the beginning of its text.
//!
//! Precision first: what does not look like a header for certain is text. Looks at the first two
//! kilobytes only.

use super::dates::{MONTH, month, written_date};
use crate::model::{IsoDate, Span};
use crate::text::single_spaced;
use regex::Regex;
use std::sync::LazyLock;

/// Bytes that are looked at.
const LOOKED_AT: usize = 2048;
/// Lines before the text that may be header.
const LINES: usize = 8;
/// A title that stands alone on its line is no longer than this (characters).
const LONGEST_TITLE: usize = 200;
/// A place has at most so many words.
const PLACE_WORDS: usize = 5;

/// What a header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Its bytes, from the start of the body up to the first letter of the text proper.
    pub span: Option<Span>,
    /// Date.
    pub date: Option<IsoDate>,
    /// Place, as written.
    pub place: Option<String>,
    /// Agency named in the dateline.
    pub source: Option<String>,
    /// Title on a line of its own.
    pub title: Option<String>,
    /// The date of a line `EMBARGOED UNTIL …`.
    pub embargo: Option<IsoDate>,
}

/// The name of an agency has at most so many characters.
const LONGEST_AGENCY: usize = 31;

/// `CITY, State, Oct. 12, 2025 (Agency) --`: place, then date and agency if they are there, then a
/// dash. How long these may be is asked of what was found: each repetition that is counted here is compiled once more, which
/// would take longer than all else before the first screen; and figures of all scripts longer than those that dates are read of.
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let source = r"(?x)^[\ \t]*
        (?:date\s+(?P<iso>\d{4}-\d{2}-\d{2})\s+)?
        (?:\(\s*)?
        (?P<place>\p{Lu}[\p{L}.'’-]*(?:(?:,\ |\ |/)\p{Lu}[\p{L}.'’-]*)*?)
        (?:,?\ (?P<written>(?i:MONTH)\.?\ \d{1,2}(?:,\ \d{4})?|\d{1,2}\ (?i:MONTH)(?:\ \d{4})?))?
        (?:\s*[(/](?P<agency>\p{Lu}[\p{L}&.\ ]+)[)/])?
        (?:\s*\))?
        \s*(?P<dash>--+|[—–―]|-)\s+"
        .replace("(?i:MONTH)", &format!("(?i-u:{MONTH})"))
        .replace(r"\d", "[0-9]");
    Regex::new(&source).ok()
});

/// Agencies that stand in datelines; without a date or capitals, only one of these makes one.
const AGENCIES: [&str; 12] = [
    "Reuters",
    "AP",
    "AFP",
    "Xinhua",
    "UPI",
    "TASS",
    "PRNewswire",
    "Bloomberg",
    "dpa",
    "CNN",
    "Kyodo",
    "ANI",
];

/// Reads the header of `body`; a date without a year takes that of `known`.
pub fn read(body: &str, known: Option<&IsoDate>) -> Header {
    let end = body.floor_char_boundary(LOOKED_AT);
    let text = body.get(..end).unwrap_or("");
    let mut header = Header::default();
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').take(LINES).enumerate() {
        let begin = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        if let Some(after) = dateline(line, known, &mut header) {
            header.span = Some(Span::new(0, begin + after));
            break;
        }
        let lower = trimmed.to_lowercase();
        if let Some(date) = lower.strip_prefix("date ").and_then(written_date) {
            header.date.get_or_insert(date);
            header.span = Some(Span::new(0, at));
            continue;
        }
        if let Some(until) = lower.strip_prefix("embargoed until") {
            header.embargo = date_in(until);
            header.span = Some(Span::new(0, at));
            continue;
        }
        if lower.starts_with("for immediate release") {
            header.span = Some(Span::new(0, at));
            continue;
        }
        let is_date_line = trimmed.chars().count() <= 60;
        if let Some(date) = is_date_line.then(|| written_date(trimmed)).flatten() {
            header.date.get_or_insert(date);
            header.span = Some(Span::new(0, at));
            continue;
        }
        let after_date = header.date.is_some() && header.title.is_none() && n <= 3;
        if after_date && stands_alone(trimmed, text.get(at..).unwrap_or("")) {
            header.title = Some(single_spaced(trimmed));
            header.span = Some(Span::new(0, at));
            continue;
        }
        break;
    }
    header
}

/// The first date that begins at a word of `text`.
fn date_in(text: &str) -> Option<IsoDate> {
    let begins = text.match_indices(|c: char| !c.is_alphanumeric());
    let begins = std::iter::once(0).chain(begins.map(|(at, mark)| at + mark.len()));
    begins
        .filter_map(|at| text.get(at..))
        .filter(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
        .find_map(written_date)
}

/// A short line with a blank one behind it that does not end as a sentence does.
fn stands_alone(line: &str, rest: &str) -> bool {
    let blank_behind = rest
        .lines()
        .next()
        .is_some_and(|next| next.trim().is_empty());
    blank_behind
        && line.chars().count() <= LONGEST_TITLE
        && !line.ends_with(['.', ':', ',', ';', '”', '"'])
}

/// Reads a dateline at the start of `line`; gives the bytes up to the text behind it.
fn dateline(line: &str, known: Option<&IsoDate>, header: &mut Header) -> Option<usize> {
    let found = DATELINE.as_ref()?.captures(line)?;
    let place = found.name("place")?.as_str();
    let named = found.name("agency").map(|m| m.as_str());
    let agency = named.map(str::trim);
    let iso = found.name("iso").and_then(|m| IsoDate::new(m.as_str()));
    let written = found.name("written").map(|m| m.as_str());
    let known_agency = agency.is_some_and(|a| AGENCIES.iter().any(|k| k.eq_ignore_ascii_case(a)));
    let dash = found.name("dash")?.as_str();
    let city = place.split(',').next().unwrap_or(place);
    // A hyphen alone parts many things; a place in capitals, a date or an agency makes it a dateline.
    let certain =
        iso.is_some() || written.is_some() || known_agency || (is_capitals(city) && dash != "-");
    let behind = line.get(found.get(0)?.end()..)?.trim_end();
    let sentence_follows = behind
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "“\"‘'«(".contains(c));
    if !certain
        || !sentence_follows
        || place.matches([' ', '/']).count() > PLACE_WORDS
        || place.split_whitespace().count() > PLACE_WORDS
        || named.is_some_and(|a| a.chars().count() > LONGEST_AGENCY)
        || is_acronym(place) && iso.is_none() && !known_agency
    {
        return None;
    }
    let date = iso.or_else(|| written.and_then(|w| with_year(w, known)));
    if let Some(date) = date {
        header.date.get_or_insert(date);
    }
    header.place = Some(place.trim_end_matches(',').to_owned());
    header.source = agency.map(str::to_owned);
    Some(found.get(0)?.end())
}

/// `SALT LAKE CITY`, `WASHINGTON`: all letters are capitals, at least two.
fn is_capitals(place: &str) -> bool {
    let letters = || place.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 3 && letters().all(char::is_uppercase)
}

/// `U.S.`, `EU`: names in capitals that are no place of a dateline.
fn is_acronym(place: &str) -> bool {
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let dots = place.chars().filter(|c| *c == '.').count();
    !place.contains([' ', ',']) && (letters <= 3 || dots * 2 >= letters)
}

/// A written date, with the year of `known` when it has none of its own.
fn with_year(written: &str, known: Option<&IsoDate>) -> Option<IsoDate> {
    if let Some(date) = written_date(written) {
        return Some(date);
    }
    let year = known?.as_str().get(..4)?;
    let day: String = written.chars().filter(char::is_ascii_digit).collect();
    let name = written
        .split(|c: char| !c.is_alphabetic())
        .find(|word| month(word).is_some())?;
    IsoDate::new(&format!("{year}-{:02}-{:0>2}", month(name)?, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(body: &str) -> String {
        let header = read(body, IsoDate::new("2025").as_ref());
        let rest = header
            .span
            .map_or(body, |span| body.get(span.finish()..).unwrap());
        let part = |value: Option<String>| value.unwrap_or_else(|| "-".into());
        format!(
            "{}|{}|{}|{}|{}",
            part(header.date.map(|d| d.to_string())),
            part(header.place),
            part(header.source),
            part(header.title),
            rest.trim_start().chars().take(8).collect::<String>()
        )
    }

    #[test]
    fn datelines_of_real_releases_are_read() {
        let table = [
            (
                " date 2025-10-12 BEIJING -- China's commerce",
                "2025-10-12|BEIJING|-|-|China's ",
            ),
            (
                "BEIJING, Oct. 12 (Xinhua) -- China said",
                "2025-10-12|BEIJING|Xinhua|-|China sa",
            ),
            (
                "LONDON (Reuters) - Oil prices rose",
                "-|LONDON|Reuters|-|Oil pric",
            ),
            (
                "WASHINGTON, D.C. – U.S. Senator",
                "-|WASHINGTON, D.C.|-|-|U.S. Sen",
            ),
            (
                "SALT LAKE CITY – Today, Senator",
                "-|SALT LAKE CITY|-|-|Today, S",
            ),
            (
                "NEW YORK, NY, Oct. 12, 2025 /PRNewswire/ -- Acme",
                "2025-10-12|NEW YORK, NY|PRNewswire|-|Acme",
            ),
            (
                "FOR IMMEDIATE RELEASE\n\nWASHINGTON — “We",
                "-|WASHINGTON|-|-|“We",
            ),
            (
                "Monday, January 7, 2019  \n\n\nUnited States",
                "2019-01-07|-|-|-|United S",
            ),
            (
                "date 2022-08-03\n\nG7 Statement on Peace\n\nBegin Text:",
                "2022-08-03|-|-|G7 Statement on Peace|Begin Te",
            ),
            (
                "date 2013-03-21\r\n\r\nTITLE HERE\r\n\r\nWASHINGTON, DC – Rep.",
                "2013-03-21|WASHINGTON, DC|-|TITLE HERE|Rep.",
            ),
            (
                "Geneva, 12 October 2025 – The Council",
                "2025-10-12|Geneva|-|-|The Coun",
            ),
        ];
        for (body, expected) in table {
            assert_eq!(shown(body), expected, "{body}");
        }
    }

    #[test]
    fn ordinary_sentences_are_no_datelines() {
        for body in [
            "On Oct. 12 the minister – who had been ill – spoke.",
            "U.S. – China talks went on.",
            "EU – The Council met.",
            "The deal – signed in May – holds.",
            "China - a responsible country - says so.",
            "Today the Senate -- by a wide margin -- voted.",
            "NATO — the alliance — said so.",
            "Mr. Price - Good afternoon.",
            "ISLAMABAD hosted talks.",
            "A date 2025-10-12 in the text.",
        ] {
            let header = read(body, None);
            assert_eq!(header, Header::default(), "{body}");
        }
    }

    proptest! {
        #[test]
        fn a_header_is_a_prefix(body in "(date 2025-10-12 )?[A-Z]{0,8}[ ,]?\\PC{0,60}(\n\\PC{0,30}){0,3}") {
            if let Some(span) = read(&body, None).span {
                prop_assert_eq!(span.begin(), 0);
                prop_assert!(body.get(span.range()).is_some());
            }
        }
    }
}
