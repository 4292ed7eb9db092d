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
    /// "by the end" stands in front.
    pub until_its_end: bool,
}

/// So many words beside a date tell whether it is to come.
const NEAR: usize = 10;

/// What is said of what is to come: behind these a date is the next one.
#[rustfmt::skip]
const AWAITED: [&str; 10] = [
    "anticipate", "anticipated", "anticipates", "expect", "expected", "expecting", "expects", "projected", "scheduled", "slated",
];

/// The same with "to" behind.
#[rustfmt::skip]
const MEANT: [&str; 18] = [
    "aim", "aims", "forecast", "hope", "hopes", "hoping", "intend", "intending", "intends", "plan", "planned", "planning", "plans",
    "poised", "predicted", "preparing", "required", "set",
];

/// What is due: "due to begin", but not "due to rain".
#[rustfmt::skip]
const DUE: [&str; 20] = [
    "appear", "arrive", "be", "begin", "close", "come", "end", "expire", "finish", "go", "hold", "launch", "leave", "meet", "open",
    "resume", "return", "start", "take", "vote",
];

/// Verbs of the past that speak of what is to come as often as of what was.
#[rustfmt::skip]
const ANNOUNCED: [&str; 22] = [
    "agreed", "announced", "asked", "called", "decided", "invited", "needed", "offered", "pledged", "postponed", "promised", "proposed",
    "pushed", "requested", "rescheduled", "revealed", "suggested", "urged", "vowed", "wanted", "warned", "delayed",
];

/// Behind these a word in "-ed" is of a noun or of what is to come: "the accused", "those interested", "to be signed".
#[rustfmt::skip]
const NOUNS: [&str; 20] = [
    "a", "an", "are", "be", "being", "been", "get", "her", "his", "is", "its", "my", "no", "our", "the", "their", "these", "those",
    "to", "your",
];

/// Behind these another clause or phrase goes on, or the verb is of no past.
#[rustfmt::skip]
const CLOSES: [&str; 27] = [
    "after", "and", "are", "as", "at", "before", "but", "by", "can", "could", "for", "from", "if", "is", "may", "must", "on", "should",
    "than", "those", "to", "unless", "when", "which", "who", "with", "would",
];

impl Told {
    /// Reads the words of a claim.
    pub fn of(text: &str) -> Self {
        let mut told = Self::default();
        let mut past = false;
        let mut all = words(text).peekable();
        while let Some(word) = all.next() {
            match word {
                "will" | "shall" | "upcoming" | "ll" | "won’t" | "won't" => told.ahead = true,
                // A duty: "we have to finish".
                "has" | "have" if all.peek() == Some(&"to") => {}
                "was" | "were" | "has" | "had" | "have" | "did" | "been" => told.back = true,
                _ if word.ends_with("'ll") || word.ends_with("’ll") => told.ahead = true,
                // "doubled in three years".
                _ => past |= past_form(word),
            }
        }
        told.may_come = told.ahead || !(told.back || past);
        told
    }

    /// The same as seen from a `date` between `before` and `after`: the nearest word before it that tells of time is
    /// meant ("scheduled for"), else a verb of the past that it leads in ("in December the council accepted").
    pub fn beside(mut self, before: &str, date: &str, after: &str) -> Self {
        let until = ["by ", "until "].iter().any(|lead| date.starts_with(lead))
            || before.trim_end().ends_with("till");
        self.until_its_end = ["by the end", "until the end", "before the end"]
            .iter()
            .any(|lead| before.trim_end().ends_with(lead));
        let ahead = Self {
            ahead: true,
            back: false,
            may_come: true,
            ..self
        };
        let back = Self { back: true, ..self };
        let clause = before.rsplit([';', ':']).next().unwrap_or(before);
        let mut words_before = clause.rsplit(between).filter(|w| !w.is_empty());
        let nearest = words_before.clone().next();
        // The words behind the one looked at, the nearest first.
        let mut behind = [""; 2];
        for _ in 0..NEAR {
            let Some(word) = words_before.next() else {
                break;
            };
            let leads = |list: &[&str]| list.contains(&word);
            let awaited = leads(&AWAITED)
                || behind[0] == "to" && leads(&MEANT)
                || word == "planned" && behind[0] == "for"
                || word == "due"
                    && (["on", "in", "by", "back", "for"].contains(&behind[0])
                        || behind[0] == "to" && DUE.contains(&behind[1]));
            let mut ahead_of = words_before.clone();
            let (one, two) = (ahead_of.next(), ahead_of.next());
            // "from the July 13th meeting": one that is known.
            let known = nearest.is_some_and(|w| matches!(w, "the" | "from" | "since" | "after"));
            if awaited && known {
                return self;
            }
            if awaited && !matches!(one, Some("than" | "as")) {
                // What was expected once has come, or has not: neither is told.
                let once = |w: Option<&str>| matches!(w, Some("was" | "were" | "had"));
                return if once(one) || once(two) {
                    Self {
                        ahead: false,
                        back: false,
                        ..self
                    }
                } else {
                    ahead
                };
            }
            if matches!(word, "was" | "were" | "had" | "did" | "will" | "would") {
                return self;
            }
            // "to reply by March": it was asked for and has not come.
            if is_past(word, one.unwrap_or_default()) && !self.ahead && !until {
                return back;
            }
            behind = [word, behind[0]];
        }
        // "In December the council accepted": the date opens the clause, and its verb is of the past.
        let lead = before.trim_end();
        let opens = lead.is_empty() || lead.ends_with(',') || lead.ends_with("that");
        if self.ahead || !opens {
            return self;
        }
        let clause = after.split([';', ':', '.']).next().unwrap_or(after);
        let open = words(clause)
            .take(NEAR)
            .take_while(|word| !CLOSES.contains(word));
        let mut before = "";
        for word in open {
            if is_past(word, before) {
                return back;
            }
            before = word;
        }
        self
    }
}

/// Whether the word behind `before` is a verb of the past that tells what was done.
fn is_past(word: &str, before: &str) -> bool {
    let of_a_noun = NOUNS.iter().any(|lead| before.eq_ignore_ascii_case(lead));
    past_form(word) && !of_a_noun && !ANNOUNCED.contains(&word)
}

fn between(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(between).filter(|word| !word.is_empty())
}

/// "doubled", by its ending; "flood-damaged" is said of what it stands before.
fn past_form(word: &str) -> bool {
    word.ends_with("ed")
        && word.len() > 4
        && word.starts_with(char::is_lowercase)
        && !word.contains('-')
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
