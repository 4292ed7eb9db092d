//! What words of time mean on the day they were said.

use crate::extract::numbers::value_in_words;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What the words around tell of time: whether they look ahead or back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// "will", "going to", "upcoming".
    pub ahead: bool,
    /// "was", "has", "had", "did".
    pub back: bool,
    /// "in 20 days" may be a day to come.
    pub may_come: bool,
}

impl Told {
    /// Reads the words of a claim.
    pub fn of(text: &str) -> Self {
        let mut told = Self::default();
        let mut past = false;
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            match word {
                "will" | "shall" | "upcoming" | "ll" | "won’t" | "won't" => told.ahead = true,
                "was" | "were" | "has" | "had" | "have" | "did" | "been" => told.back = true,
                _ if word.ends_with("'ll") || word.ends_with("’ll") => told.ahead = true,
                // "doubled in three years".
                _ => past |= word.ends_with("ed") && word.len() > 4,
            }
        }
        told.may_come = told.ahead || !(told.back || past);
        told
    }
}

/// The year that `last`, `this` or `next` year is.
pub fn year(which: &str, said: Date) -> Option<i16> {
    said.year().checked_add(sign(which).try_into().ok()?)
}

fn sign(words: &str) -> i64 {
    let lower = words.to_lowercase();
    let first = |w: &str| lower.starts_with(w);
    match () {
        () if first("last") || first("the past") => -1,
        () if first("next") || first("the coming") || first("the following") => 1,
        () => 0,
    }
}

/// `unit` is year, month or week; `words` open with last, this, next or the like.
pub fn unit(words: &str, unit: &str, said: Date) -> Option<String> {
    let shift = sign(words);
    match unit.to_lowercase().as_str() {
        "year" => Some(said.year().checked_add(shift.try_into().ok()?)?.to_string()),
        "month" => {
            let d = said.first_of_month().checked_add(shift.months()).ok()?;
            Some(format!("{}-{:02}", d.year(), d.month()))
        }
        _ => {
            let week = said.checked_add(shift.weeks()).ok()?.iso_week_date();
            Some(format!("{}-W{:02}", week.year(), week.week()))
        }
    }
}

/// The year of a month named alone: the nearest, but not one to come where the words look back, nor one gone by
/// where they look ahead.
pub fn year_of_month(said: Date, month: i8, told: &Told) -> i16 {
    if told.ahead {
        return coming(said, month);
    }
    let distance = month - said.month();
    if distance > 6 || told.back && distance > 0 {
        said.year() - 1
    } else {
        said.year()
    }
}

/// The year of the month to come, this one included.
pub fn coming(said: Date, month: i8) -> i16 {
    said.year() + i16::from(month < said.month())
}

/// The year of the month gone by, this one left out.
pub fn gone(said: Date, month: i8) -> i16 {
    said.year() - i16::from(month >= said.month())
}

/// An interval of months; the year is that of the words, else the one of the statement.
pub fn quarter(words: &str, year_words: Option<&str>, said: Option<Date>) -> Option<String> {
    let lower = words.to_lowercase();
    let number = match lower.as_str() {
        "q1" | "first quarter" => 1,
        "q2" | "second quarter" => 2,
        "q3" | "third quarter" => 3,
        "q4" | "fourth quarter" => 4,
        // "the last quarter of the year"; alone it is the one gone by.
        _ if year_words.is_some() => 4,
        _ => {
            let said = said?;
            let (now, year) = ((said.month() - 1) / 3 + 1, said.year());
            return Some(if now == 1 {
                months(year - 1, 4)
            } else {
                months(year, now - 1)
            });
        }
    };
    let year = match year_words {
        Some(w) if w.starts_with(|c: char| c.is_ascii_digit()) => w.parse().ok()?,
        Some(w) => year(w, said?)?,
        None => said?.year(),
    };
    Some(months(year, number))
}

fn months(year: i16, quarter: i8) -> String {
    format!("{year}-{:02}/{year}-{:02}", quarter * 3 - 2, quarter * 3)
}

/// `count` units ago (`sign` -1) or ahead (1): a day for days and weeks, a month for months, a year for years.
pub fn shifted(count: &str, unit: &str, sign: i64, said: Date) -> Option<String> {
    let lower = count.to_lowercase();
    let count = match lower.as_str() {
        "a" | "an" => 1,
        figures if figures.starts_with(|c: char| c.is_ascii_digit()) => figures.parse().ok()?,
        words => value_in_words(words)? as i64,
    };
    let shift = sign * count;
    match unit.to_lowercase().as_str() {
        "day" => said.checked_add(shift.days()).ok().map(|d| d.to_string()),
        "week" => said.checked_add(shift.weeks()).ok().map(|d| d.to_string()),
        "month" => {
            let d = said.first_of_month().checked_add(shift.months()).ok()?;
            Some(format!("{}-{:02}", d.year(), d.month()))
        }
        "year" => Some(said.year().checked_add(shift.try_into().ok()?)?.to_string()),
        _ => Some(
            said.year()
                .checked_add((shift * 10).try_into().ok()?)?
                .to_string(),
        ),
    }
}

/// Today and its neighbours.
pub fn day(words: &str, said: Date) -> Option<String> {
    let shift = match words.to_lowercase().as_str() {
        "yesterday" | "last night" => -1,
        "tomorrow" => 1,
        _ => 0,
    };
    said.checked_add(shift.days()).ok().map(|d| d.to_string())
}

/// The last such day up to and with the day of the statement; the one to come after "next" and where the words look
/// ahead.
pub fn weekday(which: Option<&str>, name: &str, said: Date, told: &Told) -> Option<String> {
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
    let which = which.map(str::to_lowercase);
    let shift = match which.as_deref() {
        Some("next" | "this coming") => 7 - back,
        Some("last") if back == 0 => -7,
        None if told.ahead && back > 0 => 7 - back,
        _ => -back,
    };
    said.checked_add(shift.days()).ok().map(|d| d.to_string())
}
