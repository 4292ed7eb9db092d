//! Dates in a claim, resolved against the statement's own date.
//!
//! Reads written dates alone; a date that cannot be resolved keeps its place and has no value. Values are ISO 8601,
//! as exact as the words: a day, a month, a week (`2010-W04`), a year; a quarter or a decade is an interval of them.
//! What words of time mean follows TimeML (Pustejovsky et al. 2003): the past is meant where nothing says otherwise.

mod relative;
mod years;

use super::groups::{Groups, Ways, at_words};
use super::numbers::alternatives;
use crate::model::FoundDate;
use crate::text::Span;
use jiff::civil::Date;
use relative::Told;
use std::cell::LazyCell;
use std::sync::LazyLock;

const MONTHS: &str = "Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?";
const SURE: &str = "January|February|April|June|July|September|October|November|December";
const DAYS: &str = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";

// Boundaries and figures in ASCII, which the fast engine can do. Of two ways that begin at one place the first is meant.
static WAYS: LazyLock<Option<Ways>> = LazyLock::new(|| {
    let (words, ones, tens) = (
        alternatives(|_| true),
        alternatives(|n| n < 10.0),
        alternatives(|n| n >= 20.0),
    );
    let count = format!(r"[0-9]{{1,3}}|an?|(?:{tens})[-\ ](?:{ones})|{words}");
    let lead = r"(?:(?:in|since|until|by|from|of|on|before|after)\ )?";
    // "this Saturday, January 20".
    let day = format!(r"(?:(?:(?:this|last|next)\ (?:past\ |coming\ )?)?(?:{DAYS}),?\ )?");
    let ways = [
        format!(r"(?P<mdy>(?-u:\b){lead}{day}(?P<mdy_m>{MONTHS})\ (?P<mdy_d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\ (?P<mdy_y>[0-9]{{4}})(?-u:\b))"),
        format!(r"(?P<mdl>(?-u:\b){lead}(?P<mdl_m>{MONTHS})\ (?P<mdl_d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\ (?:of\ )?(?P<mdl_y>last|this|next)\ year(?-u:\b))"),
        format!(r"(?P<dmy>(?-u:\b){lead}{day}(?P<dmy_d>[0-9]{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<dmy_m>{MONTHS}),?\ (?P<dmy_y>[0-9]{{4}})(?-u:\b))"),
        r"(?P<iso>(?-u:\b)[0-9]{4}-[0-9]{2}-[0-9]{2}(?-u:\b))".to_owned(),
        r"(?P<quarter>(?-u:\b)(?:(?:the|in|by)\ ){0,2}(?P<q>Q[1-4]|(?i-u:first|second|third|fourth|last)\ quarter)(?:\ (?:of\ )?(?P<q_y>[0-9]{4}|(?:last|this|next)\ year))?(?-u:\b))".to_owned(),
        format!(r"(?P<md>(?-u:\b){lead}{day}(?P<md_m>{MONTHS})\ (?P<md_d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?-u:\b))"),
        format!(r"(?P<dm>(?-u:\b){lead}{day}(?P<dm_d>[0-9]{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<dm_m>{SURE}|May|March|August)(?-u:\b))"),
        format!(r"(?P<my>(?-u:\b)(?:(?:in|since)\ )?(?:(?:early|mid|late)[\ -])?(?P<my_m>{MONTHS}),?\ (?:of\ )?(?P<my_y>[0-9]{{4}})(?-u:\b))"),
        format!(r"(?P<month>(?-u:\b)(?:(?i-u:in|since|last|next|this|until|by|of|from|during)\ )(?:(?:early|mid|late)[\ -])?(?P<m_m>{MONTHS})(?-u:\b)|(?-u:\b)(?P<m_s>{SURE})(?-u:\b))"),
        r"(?P<span>(?-u:\b)(?:(?i-u:by|at|before|until)\ )?the\ (?:end|beginning|start|middle)\ of\ (?P<span_w>last|this|next|the)\ (?P<span_u>year|month|week)(?-u:\b))".to_owned(),
        r"(?P<rel>(?-u:\b)(?i-u:last|this|next|earlier\ (?:in\ the|this)|later\ (?:in\ the|this)|the\ (?:past|coming|following))\ (?P<rel_u>year|month|week)(?-u:\b))".to_owned(),
        r"(?P<after>(?-u:\b)(?i-u:the\ year\ after(?:\ (?:that|next))?)(?-u:\b))".to_owned(),
        format!(r"(?P<ago>(?-u:\b)(?i-u:(?:just\ |about\ |almost\ |more\ than\ |over\ |nearly\ )?(?P<ago_n>{count})\ (?P<ago_u>day|week|month|year|decade)s?\ ago)(?-u:\b))"),
        format!(r"(?P<in>(?-u:\b)(?i-u:in|within)\ (?:the\ next\ )?(?P<in_n>{count})\ (?P<in_u>day|week|month|year)s?(?:’|'|(?-u:\b)))"),
        r"(?P<day>(?-u:\b)(?i-u:today|yesterday|tomorrow|tonight|last\ night|this\ (?:morning|afternoon|evening))(?-u:\b))".to_owned(),
        format!(r"(?P<weekday>(?-u:\b)(?:(?P<wd_w>(?i-u:last|next|this|this\ past|this\ coming))\ )?(?P<wd>{DAYS})(?-u:\b))"),
        r"(?P<decade>(?-u:\b)(?:the\ )?(?:(?:early|mid|late)[\ -]?)?(?P<dec>1[89][0-9]0|20[0-9]0)s(?-u:\b))".to_owned(),
        r"(?P<fiscal>(?-u:\b)(?:(?i-u:fiscal\ year)|FY)\ ?(?P<fy>(?:19|20)[0-9][0-9])(?-u:\b))".to_owned(),
        r"(?P<year>(?-u:\b)(?P<y_p>(?i-u:in|since|until|by|from|to|through|of|before|after|during|between|and|for|the)\ )?(?:(?:early|mid|late)[\ -])?(?P<y>1[5-9][0-9][0-9]|20[0-9][0-9])(?-u:\b))".to_owned(),
    ];
    Ways::new(&ways)
});

/// Small words that dates begin with, in the order of the alphabet.
#[rustfmt::skip]
const OPENERS: [&str; 70] = [
    "a", "about", "after", "almost", "an", "and", "at", "before", "between", "by", "during", "earlier", "early",
    "eight", "eighteen", "eighty", "eleven", "fifteen", "fifty", "first", "fiscal", "five", "for", "forty", "four",
    "fourteen", "fourth", "from", "in", "just", "last", "late", "later", "mid", "more", "nearly", "next", "nine",
    "nineteen", "ninety", "of", "on", "one", "over", "second", "seven", "seventeen", "seventy", "since", "six",
    "sixteen", "sixty", "ten", "the", "third", "thirteen", "thirty", "this", "three", "through", "to", "today",
    "tomorrow", "tonight", "twelve", "twenty", "two", "until", "within", "yesterday",
];

/// What names of months and days begin with, in small letters, in the order of the alphabet.
#[rustfmt::skip]
const NAMES: [&str; 19] = [
    "apr", "aug", "dec", "feb", "fri", "jan", "jul", "jun", "mar", "may", "mon", "nov", "oct", "sat", "sep", "sun", "thu",
    "tue", "wed",
];

/// No word that a date begins with has more letters.
const LETTERS: usize = 9;

/// Whether a date may begin: with a figure, a name of a month or a day, "Q3", "FY2020", or one of the small words, with a capital or
/// without. The ways ask the same, but are dear.
fn may_begin(rest: &str) -> bool {
    let end = rest.bytes().position(|b| !b.is_ascii_alphabetic());
    let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    let mut room = [0; LETTERS];
    let Some(small) = room.get_mut(..word.len()) else {
        return false;
    };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    if small.is_empty() {
        return rest.starts_with(|c: char| c.is_ascii_digit());
    }
    let among = |list: &[&str], word: &[u8]| {
        let found = list.binary_search_by(|known| known.as_bytes().cmp(word));
        found.is_ok()
    };
    let names = word.starts_with(|c: char| c.is_ascii_uppercase())
        && (matches!(&*small, b"q" | b"fy") || small.get(..3).is_some_and(|s| among(&NAMES, s)));
    names || among(&OPENERS, small)
}

/// The dates of `within`, against the day `said` of the statement.
#[must_use]
pub fn dates(text: &str, within: Span, said: Option<Date>) -> Vec<FoundDate> {
    dates_near(text, within, within, said)
}

/// The same, looked for in no more than `near`, a part of `within` that holds whole words.
pub(super) fn dates_near(
    text: &str,
    within: Span,
    near: Span,
    said: Option<Date>,
) -> Vec<FoundDate> {
    let Some(ways) = WAYS.as_ref() else {
        return Vec::new();
    };
    let told = LazyCell::new(|| Told::of(within.of(text)));
    let mut out: Vec<FoundDate> = Vec::new();
    for (at, found) in at_words(ways, near.of(text), may_begin) {
        let begin = near.begin() + at;
        let all = found.whole();
        let mut span = Span::new(begin, begin + all.len());
        if ["mdy", "mdl", "dmy", "md", "dm"]
            .iter()
            .any(|n| found.has(n))
        {
            // A day is named without its preposition, and without "this": the date says which.
            let lead = all
                .find(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                .unwrap_or(0);
            span = Span::new(span.begin() + lead, span.finish());
        }
        if found.has("year") && all.starts_with("the ") {
            span = Span::new(span.begin() + 4, span.finish());
        }
        if found.has("year") && !years::is_year(text, &found, begin) {
            continue;
        }
        // A date that is written out asks for nothing beside it.
        let told = LazyCell::new(|| {
            let before = end_of(Span::new(within.begin(), begin).of(text));
            let after = start_of(Span::new(begin + all.len(), within.finish()).of(text));
            told.beside(before, all, after)
        });
        if found.has("in") && !told.may_come {
            // "in just 20 days, it has": how long, not when.
            continue;
        }
        let base = out.last().and_then(|d| d.iso.as_deref());
        let iso = value(&found, said, &told, base);
        out.push(FoundDate { span, iso });
    }
    out
}

/// What the words of one match stand for.
fn value(
    found: &Groups<'_, '_>,
    said: Option<Date>,
    told: &LazyCell<Told, impl FnOnce() -> Told>,
    base: Option<&str>,
) -> Option<String> {
    let part = |name: &str| found.text(name);
    let has = |name: &str| found.has(name);
    let month = |name: &str| part(name).and_then(month_number);
    if has("mdy") {
        return full(part("mdy_y")?, month("mdy_m")?, part("mdy_d")?);
    }
    if has("mdl") {
        let year = relative::year(part("mdl_y")?, said?)?.to_string();
        return full(&year, month("mdl_m")?, part("mdl_d")?);
    }
    if has("dmy") {
        return full(part("dmy_y")?, month("dmy_m")?, part("dmy_d")?);
    }
    if has("iso") {
        return part("iso")?.parse::<Date>().ok().map(|d| d.to_string());
    }
    if has("quarter") {
        return relative::quarter(part("q")?, part("q_y"), said);
    }
    if has("md") || has("dm") {
        let (m, d) = if has("md") {
            (month("md_m")?, part("md_d")?)
        } else {
            (month("dm_m")?, part("dm_d")?)
        };
        let year = relative::year_of_month(said?, m, told).to_string();
        return full(&year, m, d);
    }
    if has("my") {
        return Some(format!("{}-{:02}", part("my_y")?, month("my_m")?));
    }
    if has("month") {
        let m = month("m_m").or_else(|| month("m_s"))?;
        let year = match part("month")?.split(' ').next()?.to_lowercase().as_str() {
            // "by September": the one to come; "last September": the one gone by.
            "next" | "by" | "until" => relative::coming(said?, m),
            "of" if told.until_its_end && !told.back => relative::coming(said?, m),
            "last" => relative::gone(said?, m),
            _ => relative::year_of_month(said?, m, told),
        };
        return Some(format!("{year}-{m:02}"));
    }
    if has("span") {
        return relative::unit(part("span_w")?, part("span_u")?, said?);
    }
    if has("rel") {
        return relative::unit(part("rel")?, part("rel_u")?, said?);
    }
    if has("after") {
        let year: i16 = match base.and_then(|b| b.get(..4)) {
            Some(year) => year.parse().ok()?,
            None => said?.year(),
        };
        return Some((year + 1).to_string());
    }
    if has("ago") {
        return relative::shifted(part("ago_n")?, part("ago_u")?, -1, said?);
    }
    if has("in") {
        return relative::shifted(part("in_n")?, part("in_u")?, 1, said?);
    }
    if has("day") {
        return relative::day(part("day")?, said?);
    }
    if has("weekday") {
        return relative::weekday(part("wd_w"), part("wd")?, said?, told);
    }
    if has("decade") {
        let first: i16 = part("dec")?.parse().ok()?;
        return Some(format!("{first}/{}", first + 9));
    }
    part("fy").or_else(|| part("y")).map(str::to_owned)
}

/// Nothing further from a date than so many bytes is looked at, so that no text of many dates takes long.
const BESIDE: usize = 120;

/// The last bytes of `text`, from a boundary of characters on.
fn end_of(text: &str) -> &str {
    let mut from = text.len().saturating_sub(BESIDE)..=text.len();
    from.find_map(|from| text.get(from..)).unwrap_or_default()
}

/// The first bytes of `text`, up to a boundary of characters.
fn start_of(text: &str) -> &str {
    let mut to = text.len().min(BESIDE)..=text.len();
    to.find_map(|to| text.get(..to)).unwrap_or_default()
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

fn full(year: &str, month: i8, day: &str) -> Option<String> {
    let date = Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests;
