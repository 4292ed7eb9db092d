//! Dates in a claim, resolved against the statement's own date.
//!
//! Reads written dates alone; a date that cannot be resolved keeps its place and has no value.

use crate::model::FoundDate;
use crate::text::Span;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: &str = "Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?";

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)
        (?P<mdy>\b(?:{MONTHS})\ \d{{1,2}}(?:st|nd|rd|th)?,?\ \d{{4}}\b)
        |(?P<dmy>\b\d{{1,2}}\ (?:{MONTHS})\ \d{{4}}\b)
        |(?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
        |(?P<md>\b(?:{MONTHS})\ \d{{1,2}}(?:st|nd|rd|th)?\b)
        |(?P<my>\b(?:(?:in|since)\ )?(?:{MONTHS})\ (?:of\ )?\d{{4}}\b)
        |(?P<month>\b(?:in|since|last|next|this|until|by|early|late|of)\ (?:{MONTHS})\b)
        |(?P<rel>\b(?i:last|this|next|earlier\ in\ the|earlier\ this|later\ this)\ (?:year|month|week)\b)
        |(?P<day>\b(?i:today|yesterday|tomorrow|tonight)\b)
        |(?P<weekday>\b(?:(?i:last|next|this)\ )?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)
        |(?P<year>\b(?:(?i:in|since|until|by|from|of)\ )?(?:1[89]\d\d|20\d\d)\b)
        "
    ))
    .ok()
});

/// The dates of `within`, against the day `said` of the statement.
pub fn dates(text: &str, within: Span, said: Option<Date>) -> Vec<FoundDate> {
    let Some(pattern) = PATTERN.as_ref() else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for found in pattern.captures_iter(within.of(text)) {
        let Some(all) = found.get(0) else { continue };
        let words = all.as_str();
        let named = |name: &str| found.name(name).is_some();
        let iso = if named("mdy") || named("md") {
            month_first(words, said)
        } else if named("dmy") {
            let parts: Vec<&str> = words.split(' ').collect();
            full(
                parts.get(2).copied(),
                parts.get(1).copied(),
                parts.first().copied(),
            )
        } else if named("iso") {
            words.parse::<Date>().ok().map(|d| d.to_string())
        } else if named("my") {
            let year = words.split(' ').next_back();
            let month = words.split(' ').find_map(month_number);
            year.zip(month).map(|(y, m)| format!("{y}-{m:02}"))
        } else if named("month") {
            // "may" the verb does not follow these; the last or coming one is meant.
            let month = words.split(' ').next_back().and_then(month_number);
            let future =
                words.starts_with("next") || words.starts_with("by") || words.starts_with("until");
            said.zip(month)
                .map(|(d, m)| format!("{}-{m:02}", year_of_month(d, m, future)))
        } else if named("rel") {
            said.and_then(|d| relative(words, d))
        } else if named("day") {
            said.and_then(|d| day(words, d))
        } else if named("weekday") {
            said.and_then(|d| weekday(words, d))
        } else {
            words.split(' ').next_back().map(str::to_owned)
        };
        // A number of a law or of a room is no year: "2030 Agenda" is left, "since 2011" is taken.
        out.push(FoundDate {
            span: Span::new(within.begin() + all.start(), within.begin() + all.end()),
            iso,
        });
    }
    out
}

fn month_number(word: &str) -> Option<i8> {
    let three = word.get(..3)?.to_lowercase();
    let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    months
        .iter()
        .position(|m| *m == three)
        .and_then(|p| i8::try_from(p + 1).ok())
}

fn full(year: Option<&str>, month: Option<&str>, day: Option<&str>) -> Option<String> {
    let day: i8 = day?
        .trim_end_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .ok()?;
    let date = Date::new(year?.parse().ok()?, month_number(month?)?, day).ok()?;
    Some(date.to_string())
}

fn month_first(words: &str, said: Option<Date>) -> Option<String> {
    let mut parts = words.split(' ');
    let (month, day, year) = (parts.next(), parts.next(), parts.next());
    match year {
        Some(_) => full(year, month, day),
        None => {
            let m = month_number(month?)?;
            let said = said?;
            let year = year_of_month(said, m, false).to_string();
            full(Some(&year), month, day)
        }
    }
}

/// The year of a month named alone: the last one gone by, up to three months ahead counting as coming.
fn year_of_month(said: Date, month: i8, future: bool) -> i16 {
    let ahead = month - said.month();
    if future && ahead < 0 {
        said.year() + 1
    } else if !future && ahead > 3 {
        said.year() - 1
    } else {
        said.year()
    }
}

fn relative(words: &str, said: Date) -> Option<String> {
    let lower = words.to_lowercase();
    let sign = if lower.starts_with("last") {
        -1
    } else {
        i64::from(lower.starts_with("next"))
    };
    if lower.ends_with("year") {
        return Some(said.checked_add(sign.years()).ok()?.year().to_string());
    }
    if lower.ends_with("month") {
        let d = said.checked_add(sign.months()).ok()?;
        return Some(format!("{}-{:02}", d.year(), d.month()));
    }
    let d = said.checked_add(sign.weeks()).ok()?;
    let week = d.iso_week_date();
    Some(format!("{}-W{:02}", week.year(), week.week()))
}

fn day(words: &str, said: Date) -> Option<String> {
    let shift = match words.to_lowercase().as_str() {
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => 0,
    };
    said.checked_add(shift.days()).ok().map(|d| d.to_string())
}

/// The last such day up to and with the day of the statement; after "next" the one to come.
fn weekday(words: &str, said: Date) -> Option<String> {
    let name = words.split(' ').next_back()?;
    let day = match name {
        "Monday" => Weekday::Monday,
        "Tuesday" => Weekday::Tuesday,
        "Wednesday" => Weekday::Wednesday,
        "Thursday" => Weekday::Thursday,
        "Friday" => Weekday::Friday,
        "Saturday" => Weekday::Saturday,
        _ => Weekday::Sunday,
    };
    let back = i64::from(said.weekday().since(day));
    let lower = words.to_lowercase();
    let shift = if lower.starts_with("next") {
        7 - back
    } else if lower.starts_with("last") && back == 0 {
        -7
    } else {
        -back
    };
    said.checked_add(shift.days()).ok().map(|d| d.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Vec<(String, Option<String>)> {
        let said = "2025-10-12".parse().ok();
        dates(text, Span::new(0, text.len()), said)
            .into_iter()
            .map(|d| (d.span.of(text).to_owned(), d.iso))
            .collect()
    }

    #[test]
    fn written_and_relative_dates() {
        for (text, words, value) in [
            ("talks on Sunday", "Sunday", "2025-10-12"),
            ("talks on Monday", "Monday", "2025-10-06"),
            ("next Monday", "next Monday", "2025-10-13"),
            ("in September, the", "in September", "2025-09"),
            ("it fell in December", "in December", "2025-12"),
            ("on March 3, 2021", "March 3, 2021", "2021-03-03"),
            ("on 3 March 2021", "3 March 2021", "2021-03-03"),
            ("since 2011", "since 2011", "2011"),
            ("Last year it", "Last year", "2024"),
            ("earlier in the month", "earlier in the month", "2025-10"),
            ("yesterday", "yesterday", "2025-10-11"),
            ("July 4", "July 4", "2025-07-04"),
        ] {
            assert_eq!(
                iso(text),
                [(words.to_owned(), Some(value.to_owned()))],
                "{text}"
            );
        }
        assert_eq!(iso("it may 5 of 3,000"), []);
    }

    #[test]
    fn without_a_dateline_relative_dates_keep_their_place_only() {
        let found = dates("on Monday", Span::new(0, 9), None);
        assert_eq!(found[0].iso, None);
    }
}
