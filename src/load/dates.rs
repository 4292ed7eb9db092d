//! Written dates to ISO dates, as precisely as they are written. A date whose day and month could be
//! taken for each other (`10/12/2025`) is not read: a wrong date is worse than none.

use crate::model::IsoDate;
use jiff::Timestamp;
use regex::Regex;
use std::sync::LazyLock;

/// Nobody's statement is older, and a number below is no year.
const FIRST_YEAR: u32 = 1700;
/// A year after this one is a slip.
const LAST_YEAR: u32 = 2100;
/// A number of seconds above this counts milliseconds.
const MILLISECONDS_FROM: f64 = 1e11;
/// A date is looked for in this many bytes.
const LONGEST: usize = 80;

/// Beginnings of the names of the months.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// What a month may be written as, for patterns.
pub const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

fn pattern(source: &str) -> Option<Regex> {
    // Figures and ends of words in ASCII: those of all scripts take far longer to make ready, and a
    // date is read when the first statement is. The patterns are constants, tested below; one that does not compile
    // reads no date.
    let source = source
        .replace("MONTH", MONTH)
        .replace(r"\d", "[0-9]")
        .replace(r"\b", r"(?-u:\b)");
    Regex::new(&source).ok()
}

macro_rules! patterns {
    ($($name:ident = $source:literal;)*) => {
        $(static $name: LazyLock<Option<Regex>> = LazyLock::new(|| pattern($source));)*
    };
}

patterns! {
    ISO = r"^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?)?)?$";
    COMPACT_TIME = r"^(\d{4})(\d{2})(\d{2})T(\d{2}):?(\d{2})(?::?(\d{2}))?(Z|[+-]\d{2}:?\d{2})?$";
    COMPACT = r"^(\d{4})(\d{2})(\d{2})$";
    SLASHED = r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$";
    EASTERN = r"^(\d{4})年(\d{1,2})月(\d{1,2})日";
    MONTH_FIRST = r"(?i)^(?:[a-z]+day,?\s+)?(MONTH)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b";
    DAY_FIRST = r"(?i)^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?(?:\s+of)?[\s-]+(MONTH)\.?,?[\s-]+(\d{4})\b(?:\s+(\d{2}:\d{2}(?::\d{2})?)\s*(GMT|UTC|UT|Z|[ECMP][SD]T|[+-]\d{4})?)?";
    MONTH_ONLY = r"(?i)^(MONTH)\.?,?\s+(\d{4})$";
    SLASHED_DAY_LAST = r"^(\d{1,2})/(\d{1,2})/(\d{4})$";
    IN_NAME = r"(?:^|[^\d])(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[^\d]|$)";
    MONTH_IN_NAME = r"(?i)(?:^|[-_. ])(MONTH)[-_. ]+(\d{1,2})[-_., ]+(\d{4})(?:[^\d]|$)";
    DAY_IN_NAME = r"(?i)(?:^|[-_. ])(\d{1,2})[-_. ]+(MONTH)[-_., ]+(\d{4})(?:[^\d]|$)";
    YEAR_IN_NAME = r"(?:^|[-_. ])(\d{4})(?:[-_. ]|$)";
}

/// The date that `text` is, or begins with where a time or a remark follows.
pub fn written_date(text: &str) -> Option<IsoDate> {
    let text = text.trim();
    let end = text.floor_char_boundary(LONGEST);
    let text = text.get(..end)?;
    let found = |regex: &'static LazyLock<Option<Regex>>| regex.as_ref()?.captures(text);
    if let Some(c) = found(&ISO) {
        let part = |n: usize| c.get(n).map(|m| m.as_str());
        let mut iso = format!("{}-{}", part(1)?, part(2)?);
        if let Some(day) = part(3) {
            iso = format!("{iso}-{day}");
        }
        if let Some(time) = part(4) {
            // An hour of one digit has its nought left out: `9:56`.
            let nought = if time.find(':') == Some(1) { "0" } else { "" };
            iso = format!("{iso}T{nought}{time}{}", part(5).unwrap_or(""));
        }
        return plausible(&iso);
    }
    if let Some(c) = found(&COMPACT_TIME) {
        let date = day(&c[1], number(&c[2])?, number(&c[3])?)?;
        let part = |n: usize| c.get(n).map_or("", |m| m.as_str());
        let seconds = if part(6).is_empty() { "00" } else { part(6) };
        let time = format!("{}:{}:{seconds}{}", part(4), part(5), part(7));
        return plausible(&format!("{date}T{time}")).or(Some(date));
    }
    if let Some(c) = found(&COMPACT)
        .or_else(|| found(&SLASHED))
        .or_else(|| found(&EASTERN))
    {
        return day(&c[1], number(&c[2])?, number(&c[3])?);
    }
    if let Some(c) = found(&MONTH_FIRST) {
        return day(&c[3], month(&c[1])?, number(&c[2])?);
    }
    if let Some(c) = found(&DAY_FIRST) {
        let date = day(&c[3], month(&c[2])?, number(&c[1])?)?;
        let Some(time) = c.get(4) else {
            return Some(date);
        };
        let zone = match c.get(5).map(|m| m.as_str()) {
            Some("GMT" | "UTC" | "UT" | "Z") => "Z",
            Some("EDT") => "-04:00",
            Some("EST" | "CDT") => "-05:00",
            Some("CST" | "MDT") => "-06:00",
            Some("MST" | "PDT") => "-07:00",
            Some("PST") => "-08:00",
            Some(offset) => offset,
            None => "",
        };
        return plausible(&format!("{date}T{}{zone}", time.as_str())).or(Some(date));
    }
    if let Some(c) = found(&MONTH_ONLY) {
        return plausible(&format!("{}-{:02}", &c[2], month(&c[1])?));
    }
    if let Some(c) = found(&SLASHED_DAY_LAST) {
        let (first, second) = (number(&c[1])?, number(&c[2])?);
        // Only one of the two can be a month, or it does not matter which.
        return match (first <= 12, second <= 12) {
            (true, false) => day(&c[3], first, second),
            (false, true) => day(&c[3], second, first),
            _ if first == second => day(&c[3], first, second),
            _ => None,
        };
    }
    (text.len() == 4).then(|| plausible(text))?
}

/// The day of a count of seconds (or milliseconds) since 1970, with the time in UTC.
pub fn epoch_date(count: f64) -> Option<IsoDate> {
    let seconds = if count.abs() >= MILLISECONDS_FROM {
        count / 1000.0
    } else {
        count
    };
    if !seconds.is_finite() || seconds.abs() > 1e11 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole seconds, and the range was checked"
    )]
    let moment = Timestamp::from_second(seconds as i64).ok()?;
    plausible(&moment.to_string())
}

/// A date in the name of a file: `2021-05-25`, `20130619`, `august-10-2021`, or a year that stands
/// alone.
pub fn date_in_file_name(stem: &str) -> Option<IsoDate> {
    if let Some(c) = IN_NAME.as_ref()?.captures(stem)
        && let Some(date) = day(&c[1], number(&c[2])?, number(&c[3])?)
    {
        return Some(date);
    }
    if let Some(c) = MONTH_IN_NAME.as_ref()?.captures(stem)
        && let Some(date) = day(&c[3], month(&c[1])?, number(&c[2])?)
    {
        return Some(date);
    }
    if let Some(c) = DAY_IN_NAME.as_ref()?.captures(stem)
        && let Some(date) = day(&c[3], month(&c[2])?, number(&c[1])?)
    {
        return Some(date);
    }
    let c = YEAR_IN_NAME.as_ref()?.captures(stem)?;
    plausible(&c[1])
}

fn day(year: &str, month: u32, day: u32) -> Option<IsoDate> {
    plausible(&format!("{year}-{month:02}-{day:02}"))
}

/// A date of the calendar, in a year that can be meant.
fn plausible(iso: &str) -> Option<IsoDate> {
    let year = number(iso.get(..4)?)?;
    (FIRST_YEAR..=LAST_YEAR)
        .contains(&year)
        .then(|| IsoDate::new(iso))?
}

/// Number of a month, from 1, by the first letters of its name.
pub fn month(name: &str) -> Option<u32> {
    let start = name.get(..3)?.to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find(|(_, known)| *known == start)
        .map(|(n, _)| n)
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_in_every_form_named() {
        let forms = [
            ("2025", "2025"),
            ("2025-10", "2025-10"),
            ("2025-10-12", "2025-10-12"),
            ("2025-10-12T14:08", "2025-10-12T14:08"),
            ("2025-10-12 14:08:00+02:00", "2025-10-12T14:08:00+02:00"),
            ("2013-09-03 9:56:06 -0400", "2013-09-03T09:56:06-0400"),
            ("2025-10-12T14:08:00.123Z", "2025-10-12T14:08:00Z"),
            ("20251012", "2025-10-12"),
            ("2025/10/12", "2025-10-12"),
            ("2025年10月2日", "2025-10-02"),
            (
                "Thu, 27 May 2021 13:06:14 +0000",
                "2021-05-27T13:06:14+0000",
            ),
            ("October 12, 2025", "2025-10-12"),
            ("Oct. 12, 2025", "2025-10-12"),
            ("Sept. 3, 2019", "2019-09-03"),
            ("12 October 2025", "2025-10-12"),
            ("12-Oct-2025", "2025-10-12"),
            ("Sunday, October 12, 2025", "2025-10-12"),
            ("Monday, January 7, 2019  ", "2019-01-07"),
            ("June 2, 2021 2:08 p.m. EDT", "2021-06-02"),
            ("October 2025", "2025-10"),
            ("10/25/2025", "2025-10-25"),
            ("25/10/2025", "2025-10-25"),
            ("5/5/2025", "2025-05-05"),
        ];
        for (written, iso) in forms {
            assert_eq!(
                written_date(written).map(|d| d.to_string()).as_deref(),
                Some(iso),
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_not_read() {
        for written in [
            "",
            "soon",
            "10/12/2025",
            "2025-13-01",
            "February 30, 2021",
            "May 5",
            "1234",
            "31-31-2020",
            "9999",
        ] {
            assert_eq!(written_date(written), None, "{written}");
        }
    }

    #[test]
    fn counts_and_file_names() {
        assert_eq!(
            epoch_date(1_760_227_200.0).unwrap().day_text(),
            "2025-10-12"
        );
        assert_eq!(
            epoch_date(1_760_227_200_000.0).unwrap().day_text(),
            "2025-10-12"
        );
        assert_eq!(epoch_date(f64::NAN), None);
        let name = |stem: &str| date_in_file_name(stem).map(|d| d.to_string());
        assert_eq!(
            name("08-fomc-statement-2013-06-19").as_deref(),
            Some("2013-06-19")
        );
        assert_eq!(
            name("department-press-briefing-august-10-2021").as_deref(),
            Some("2021-08-10")
        );
        assert_eq!(name("remarks 5_May_2021").as_deref(), Some("2021-05-05"));
        assert_eq!(name("20130619").as_deref(), Some("2013-06-19"));
        assert_eq!(name("SAU_36_1981").as_deref(), Some("1981"));
        assert_eq!(name("000_1113baafec799338"), None);
        assert_eq!(name("report-12345678"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "\\PC{0,60}") {
            if let Some(date) = written_date(&text) {
                prop_assert!(IsoDate::new(date.as_str()).is_some());
            }
            let _ = date_in_file_name(&text);
        }
    }
}
