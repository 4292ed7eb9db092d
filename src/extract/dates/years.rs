//! Whether four figures are a year.
//!
//! Looks at the words beside them alone. A number of a law, of an agenda, of people, of miles, of a clock is none:
//! "Act of 2019", "2030 Agenda", "H.R. 1684", "2000 troops", "1100 miles (1770 km)", "1700 UTC".

use super::{end_of, month_number, start_of};
use crate::extract::groups::Groups;

/// What has a number and no year behind it, with a capital or in capitals too.
const NUMBERED: [&str; 22] = [
    "act",
    "agenda",
    "article",
    "bill",
    "bills",
    "chapter",
    "code",
    "flight",
    "law",
    "measure",
    "no",
    "number",
    "numbers",
    "p",
    "page",
    "pages",
    "paragraph",
    "proposition",
    "resolution",
    "resolutions",
    "room",
    "section",
];

/// Laws and papers with a name, in front of the figures or behind them.
const LAWS: [&str; 12] = [
    "Act",
    "Law",
    "Code",
    "Order",
    "Agenda",
    "Directive",
    "Resolution",
    "Treaty",
    "No.",
    "Number",
    "Protocol",
    "Convention",
];

/// Bills and papers by their letters.
const LETTERED: [&str; 15] = [
    "H.R.", "R.", "H.", "S.", "Res.", "H.Res.", "S.Res.", "Con.", "Sec.", "Rept.", "P.L.", "No.",
    "no.", "Art.", "pp.",
];

/// How many about, in the last word before the figures.
const ROUGHLY: [&str; 10] = [
    "almost",
    "approximately",
    "estimated",
    "exceed",
    "exceeded",
    "exceeding",
    "exceeds",
    "nearly",
    "over",
    "roughly",
];

/// The same in two words.
const COMPARED: [[&str; 2]; 7] = [
    ["more", "than"],
    ["fewer", "than"],
    ["less", "than"],
    ["greater", "than"],
    ["at", "least"],
    ["up", "to"],
    ["many", "as"],
];

/// What grows "over 2010" is held against a year.
const GROWTH: [&str; 8] = [
    "gain",
    "growth",
    "improvement",
    "improvements",
    "increase",
    "increases",
    "percent",
    "rise",
];

/// What is measured or counted and does not look like a plural, or stands for one, and the zones of a clock.
#[rustfmt::skip]
const UNITS: [&str; 47] = [
    "BST", "CDT", "CEST", "CET", "CST", "EDT", "EST", "GMT", "GW", "Hz", "IST", "JST", "MDT", "MHz", "MST", "MW", "PDT", "PST",
    "UTC", "acre", "cc", "dollar", "feet", "foot", "ft", "hPa", "hour", "hrs", "kW", "kg", "km", "kph", "kt", "lb",
    "lbs", "m", "mb", "meter", "metre", "mi", "mile", "mm", "mph", "nm", "percent", "square", "ton",
];

/// People that are counted: behind "in" and the like they only follow a year.
const MANY: [&str; 6] = ["children", "men", "people", "police", "staff", "women"];

/// What is of a year though it is a plural: "1990 levels".
#[rustfmt::skip]
const OF_A_YEAR: [&str; 16] = [
    "as", "budgets", "campaigns", "census", "elections", "estimates", "figures", "has", "is", "levels", "prices", "results", "rules",
    "standards", "was", "totals",
];

/// What joins figures to a number of years and things: "a 2000-year history".
const JOINED: [&str; 16] = [
    "acre",
    "foot",
    "hour",
    "kilometer",
    "kilometre",
    "man",
    "member",
    "meter",
    "metre",
    "mile",
    "page",
    "person",
    "pound",
    "seat",
    "ton",
    "year",
];

/// Most figures in a row behind one word: "resolutions 1514, 1803 and 2625".
const ROW: usize = 8;

/// Whether what was `found`, at `offset` of the text, is a year.
pub(super) fn is_year(text: &str, found: &Groups<'_, '_>, offset: usize) -> bool {
    let (Some(year), Some(all)) = (found.get("y"), found.get("year")) else {
        return false;
    };
    let before = end_of(text.get(..offset + all.begin()).unwrap_or_default());
    let after = start_of(text.get(offset + year.finish()..).unwrap_or_default());
    if before.ends_with('(') && figure_ends(before.trim_end_matches('(').trim_end()) {
        // "resolution 242 (1967)".
        return false;
    }
    if before.ends_with(['$', '€', '£', '.', '/', '#'])
        || after.starts_with([',', '.', '-', '%', '/'])
            && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
    {
        // "2008-2016" are two years; "2,000.5" and "2000/31" are none.
        return after.starts_with('-') && !before.ends_with(['$', '€', '£', '.', '/', '#']);
    }
    let lead = found.text("y_p").map(|lead| lead.trim());
    let next = first_word(after.trim_start());
    if measured(next, after) || ranges(after) || numbered_again(after) || clock(after) {
        return false;
    }
    if lead.is_none_or(joins) && behind_number_word(before) {
        return false;
    }
    let (_, last) = split_last(before);
    let names_law = |w: &str| LAWS.contains(&w);
    let plural = next.ends_with('s') && next.starts_with(char::is_lowercase);
    match lead {
        Some(of) if of.eq_ignore_ascii_case("of") => !(names_law(last) || MANY.contains(&next)),
        Some(the) if !the.eq_ignore_ascii_case("the") => {
            let people = joins(the) || the.eq_ignore_ascii_case("for");
            !(plural && next.len() > 4 && !OF_A_YEAR.contains(&next)
                || people && MANY.contains(&next))
        }
        _ => {
            let name_follows = next.starts_with(char::is_uppercase) && names_law(next);
            let name_before = last.starts_with(char::is_uppercase)
                && lead.is_none()
                && !last.ends_with([',', '.', ';'])
                && month_number(last).is_none();
            let counted = lead.is_none()
                && (plural && !OF_A_YEAR.contains(&next)
                    || MANY.contains(&next)
                    || roughly(before, next));
            !(name_follows || name_before || counted)
        }
    }
}

/// What may stand between two numbers of one row.
fn joins(lead: &str) -> bool {
    ["and", "to", "through"]
        .iter()
        .any(|w| lead.eq_ignore_ascii_case(w))
}

fn figure_ends(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// What stands before the last word, and that word.
fn split_last(text: &str) -> (&str, &str) {
    let text = text.trim_end();
    let blank = text.char_indices().rfind(|(_, c)| c.is_whitespace());
    text.split_at(blank.map_or(0, |(at, c)| at + c.len_utf8()))
}

/// "1770 km", "1700 UTC", "a 2000-year history".
fn measured(next: &str, after: &str) -> bool {
    let joined = after.strip_prefix(['-', '–']).map(first_word);
    after.starts_with(' ') && UNITS.contains(&next)
        || joined.is_some_and(|unit| JOINED.contains(&unit))
}

/// "1500 to 2000 people": what is counted stands behind the second.
fn ranges(after: &str) -> bool {
    let second = [" to ", " and ", " or "]
        .iter()
        .find_map(|joint| after.strip_prefix(joint));
    second
        .and_then(|rest| rest.get(4..).filter(|_| first_word(rest).len() == 4))
        .is_some_and(|rest| {
            let next = first_word(rest.trim_start());
            measured(next, rest) || MANY.contains(&next)
        })
}

/// "resolution 1874 (2009)": what has its year behind it is the number of something.
fn numbered_again(after: &str) -> bool {
    after
        .strip_prefix(" (")
        .and_then(|inner| inner.split_once(')'))
        .is_some_and(|(year, _)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}

/// "2024 Friday, UTC", "1700 local time".
fn clock(after: &str) -> bool {
    let mut words = after
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    match words.next() {
        Some("local") => words.next() == Some("time"),
        Some(day) if day.ends_with("day") && day.starts_with(char::is_uppercase) => {
            matches!(words.next(), Some("UTC" | "GMT"))
        }
        _ => false,
    }
}

/// "H.R. 1684", "resolutions 1514, 1803 and": behind a word that numbers, over other numbers.
fn behind_number_word(before: &str) -> bool {
    let (mut rest, mut last) = split_last(before);
    for _ in 0..ROW {
        let bare = last.trim_end_matches(',');
        let figures = bare.len() >= 2 && bare.bytes().all(|b| b.is_ascii_digit());
        if !(figures || joins(last)) {
            break;
        }
        (rest, last) = split_last(rest);
    }
    let last = last.trim_start_matches(['(', '[', '"', '“']);
    LETTERED.contains(&last)
        || NUMBERED
            .iter()
            .any(|w| last.trim_end_matches('.').eq_ignore_ascii_case(w))
}

/// "nearly 2000", "more than 1800", "about 1800 people": how many, and not when.
fn roughly(before: &str, next: &str) -> bool {
    let (rest, last) = split_last(before);
    let (_, ahead) = split_last(rest);
    let is = |word: &str, list: &[&str]| list.iter().any(|w| word.eq_ignore_ascii_case(w));
    if is(last, &["over"]) && (is(ahead, &GROWTH) || ahead.ends_with('%')) {
        return false;
    }
    if is(last, &["about", "around"]) {
        // "a book about 2008": a year where nothing follows that could be counted.
        let noun = next.starts_with(char::is_lowercase) && next.len() > 3;
        return next == "of" || noun && !is(next, &AFTER_A_YEAR);
    }
    is(last, &ROUGHLY)
        || COMPARED
            .iter()
            .any(|[one, two]| ahead.eq_ignore_ascii_case(one) && last.eq_ignore_ascii_case(two))
}

/// Small words that go on behind a year.
#[rustfmt::skip]
const AFTER_A_YEAR: [&str; 18] = [
    "after", "because", "before", "from", "have", "that", "their", "then", "there", "they", "this", "were", "when", "where", "which",
    "while", "will", "with",
];
