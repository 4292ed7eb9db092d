//! Numbers in a claim with value and unit: figures, scaled figures, small numbers in words that count something, parts.
//!
//! Not numbers here: years and days of dates, the numbers of laws, rooms and names ("Executive Order 13894",
//! "COVID-19"), "one" where it may be a pronoun, "hundreds of thousands".

use super::groups::{Ways, at_words};
use crate::model::{FoundDate, FoundNumber};
use crate::text::Span;
use std::sync::LazyLock;

const WORDS: [(&str, f64); 27] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

/// The words of those numbers that are `meant`, as alternatives of a pattern.
pub(super) fn alternatives(meant: impl Fn(f64) -> bool) -> String {
    let words = WORDS.iter().filter(|(_, n)| meant(*n)).map(|(w, _)| *w);
    words.collect::<Vec<_>>().join("|")
}

// Boundaries and figures in ASCII, which the fast engine can do. Of two ways that begin at one place the first is meant.
static WAYS: LazyLock<Option<Ways>> = LazyLock::new(|| {
    let (words, ones, tens) = (
        alternatives(|_| true),
        alternatives(|n| n < 10.0),
        alternatives(|n| n >= 20.0),
    );
    Ways::new(&[
        r"(?P<part>(?-u:\b)(?i-u:(?P<part_n>one|two|three|four)[-\ ](?P<part_d>half|thirds?|quarters?|fourths?|fifths?)|half)\ (?:of(?-u:\b)|the(?-u:\b)|its(?-u:\b)))".to_owned(),
        r"(?P<tally>(?-u:\b)(?P<yes>[0-9]{1,3})\ ?[-–]\ ?(?P<no>[0-9]{1,3})(?-u:\b))".to_owned(),
        format!(
            r"(?P<sign>(?:US)?[$€£¥]\ ?)?
            (?-u:\b)(?:(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)|(?i-u:(?P<tens>{tens})[-\ ](?P<ones>{ones})|(?P<word>{words}))(?-u:\b))
            (?:[\ -](?P<scale>hundred|thousand|million|billion|trillion|percent|per\ cent)(?-u:\b))?
            (?:\ ?(?P<percent>%|percentage\ points?|percent(?-u:\b)|per\ cent(?-u:\b)))?"
        ),
    ])
});

/// The numbers of `within`, leaving out those in `dates`.
#[must_use]
pub fn numbers(text: &str, within: Span, dates: &[FoundDate]) -> Vec<FoundNumber> {
    let Some(ways) = WAYS.as_ref() else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let claim = within.of(text);
    for (begin, found) in at_words(ways, claim, may_begin) {
        let begin = within.begin() + begin;
        let all = found.whole();
        let part = |name: &str| found.text(name);
        let at = |from: usize, to: usize| Span::new(begin + from, begin + to);
        let whole = at(0, all.len());
        if dates.iter().any(|d| d.span.overlaps(whole)) {
            continue;
        }
        let before = text.get(..whole.begin()).unwrap_or_default();
        if let (Some(yes), Some(no)) = (found.get("yes"), found.get("no")) {
            if votes(before, text.get(whole.finish()..).unwrap_or_default()) {
                for side in [yes, no] {
                    if let Ok(value) = side.of(all).parse() {
                        out.push(FoundNumber {
                            span: at(side.begin(), side.finish()),
                            value,
                            unit: "votes".to_owned(),
                        });
                    }
                }
            }
            continue;
        }
        if found.has("part") {
            let top = part("part_n").map_or(Some(1.0), word_value);
            let below = match part("part_d").unwrap_or("half") {
                d if d.starts_with("third") => 3.0,
                d if d.starts_with("quarter") || d.starts_with("fourth") => 4.0,
                d if d.starts_with("fifth") => 5.0,
                _ => 2.0,
            };
            let end = all.rfind(' ').unwrap_or(all.len());
            if let Some(top) = top {
                out.push(FoundNumber {
                    span: at(0, end),
                    value: top / below,
                    unit: "share".to_owned(),
                });
            }
            continue;
        }
        let word = part("word").or_else(|| part("ones"));
        let base = match (part("digits"), word) {
            (Some(d), _) => d.replace(',', "").parse().ok(),
            (_, Some(w)) => {
                word_value(w).map(|n| n + part("tens").and_then(word_value).unwrap_or(0.0))
            }
            _ => None,
        };
        let Some(base) = base else { continue };
        let scale = match part("scale") {
            Some("hundred") => 1e2,
            Some("thousand") => 1e3,
            Some("million") => 1e6,
            Some("billion") => 1e9,
            Some("trillion") => 1e12,
            _ => 1.0,
        };
        let percent = part("percent").or_else(|| part("scale").filter(|s| s.starts_with("per")));
        let rest = text
            .get(whole.finish()..within.finish())
            .unwrap_or_default();
        let noun = if percent.is_some() {
            None
        } else {
            counted(rest, whole.finish())
        };
        // "Act of 1867": a year that is no date either.
        let year = part("digits")
            .is_some_and(|d| d.len() == 4 && (d.starts_with('1') || d.starts_with("20")));
        if year && noun.is_none() && scale == 1.0 && percent.is_none() && part("sign").is_none() {
            continue;
        }
        // "twenty-eighth", "two-state": a name of a kind; "5 to 9 September": days.
        let kind = word.is_some() && scale == 1.0 && rest.starts_with(['-', '–']);
        let day = dates.iter().any(|d| {
            d.span.begin() >= whole.finish()
                && [" to ", " and ", "-", "–", " through "]
                    .contains(&Span::new(whole.finish(), d.span.begin()).of(text))
        }) && base <= 31.0
            && scale == 1.0;
        if kind || day {
            continue;
        }
        let plain = scale == 1.0 && percent.is_none() && part("sign").is_none();
        let single = part("word").is_some_and(|w| w.eq_ignore_ascii_case("one"));
        let doubtful = single && plain && !before.ends_with(" by ")
            || word.is_some() && noun.is_none() && plain && !rest.starts_with(" of ")
            || plain && part("digits").is_some() && is_name(before, rest);
        if doubtful {
            continue;
        }
        let unit = match (part("sign").map(str::trim), percent) {
            (Some("$" | "US$"), _) => "USD".to_owned(),
            (Some("€"), _) => "EUR".to_owned(),
            (Some("£"), _) => "GBP".to_owned(),
            (Some(_), _) => "CNY".to_owned(),
            (_, Some(p)) if p.starts_with("percentage") => "percentage points".to_owned(),
            (_, Some(_)) => "percent".to_owned(),
            _ => match noun.map_or("", |s| s.of(text)) {
                "dollar" | "dollars" => "USD",
                "euro" | "euros" => "EUR",
                "pound" | "pounds" if scale > 1.0 => "GBP",
                "yuan" | "renminbi" => "CNY",
                word => word,
            }
            .to_owned(),
        };
        let span = match noun {
            Some(noun) if part("sign").is_none() && !rest.starts_with(" of ") => whole.cover(noun),
            _ => whole,
        };
        out.push(FoundNumber {
            span,
            value: base * scale,
            unit,
        });
    }
    out
}

/// Whether a number may begin: figures, one in words, or money. The pattern asks the same, but is dear.
fn may_begin(rest: &str) -> bool {
    let end = rest.bytes().position(|b| !b.is_ascii_alphabetic());
    match rest.get(..end.unwrap_or(rest.len())).unwrap_or_default() {
        "" => rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£' | '¥')),
        "US" => true,
        word => in_words(word),
    }
}

/// Whether the word opens a number in words: "two", "half", "two-thirds".
pub fn in_words(word: &str) -> bool {
    may_open(word) && {
        let head = word.split('-').next().unwrap_or(word);
        head.eq_ignore_ascii_case("half") || word_value(head).is_some()
    }
}

/// Whether its first letters are those of a number: hardly any other word has them, and so few are looked for in the list.
fn may_open(word: &str) -> bool {
    let first = word.as_bytes().first_chunk::<3>();
    first.is_some_and(|letters| {
        #[rustfmt::skip]
        let known = matches!(
            &letters.map(|l| l.to_ascii_lowercase()),
            b"one" | b"two" | b"thr" | b"fou" | b"fiv" | b"six" | b"sev" | b"eig" | b"nin" | b"ten" | b"ele" | b"twe" | b"thi"
                | b"fif" | b"for" | b"hal"
        );
        known
    })
}

/// What a number in words is: "seven", "thirty-seven".
pub(super) fn value_in_words(words: &str) -> Option<f64> {
    words.split(['-', ' ']).map(word_value).sum()
}

fn word_value(word: &str) -> Option<f64> {
    WORDS
        .iter()
        .find(|(w, _)| w.eq_ignore_ascii_case(word))
        .map(|(_, n)| *n)
}

/// What is counted: the last plural within three words, a small one before a name; else the word right behind. Over
/// "of the": "two of its leaders". `at` is where `rest` begins.
fn counted(rest: &str, at: usize) -> Option<Span> {
    let mut inner = rest.strip_prefix([' ', '-'])?;
    if let Some(of) = inner.strip_prefix("of ") {
        let lead = [
            "the ", "its ", "his ", "her ", "their ", "our ", "these ", "those ",
        ];
        inner = lead.iter().find_map(|l| of.strip_prefix(l)).unwrap_or(of);
    }
    let lead = rest.len() - inner.len();
    let (mut first, mut plural): (Option<Span>, Option<(bool, Span)>) = (None, None);
    let mut from = 0;
    for (n, word) in inner.split(' ').take(3).enumerate() {
        let end = word
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'))
            .unwrap_or(word.len());
        let bare = word.get(..end).unwrap_or(word);
        let span = Span::new(at + lead + from, at + lead + from + end);
        if bare.len() < 3
            || is_function_word(bare)
            || bare.starts_with(|c: char| c.is_ascii_digit())
        {
            break;
        }
        let small = bare.starts_with(char::is_lowercase);
        let owner = bare.contains(['\'', '’']);
        let many = bare.ends_with('s') && !bare.ends_with("ss") && !owner
            || ["people", "men", "women", "children", "feet"].contains(&bare);
        // A measure is two words: "acre feet", "square miles".
        let before = inner.get(..from).unwrap_or_default().trim_end();
        let measure = ["acre", "square", "cubic", "metric"]
            .into_iter()
            .find(|m| before.ends_with(m));
        if many && (small || plural.is_none()) && plural.is_none_or(|(s, _)| !s) {
            let start = measure.map_or(span.begin(), |m| span.begin() - m.len() - 1);
            plural = Some((small, Span::new(start, span.finish())));
        }
        if n == 0 && small && !owner {
            first = Some(span);
        }
        if end < word.len() {
            break;
        }
        from += word.len() + 1;
    }
    plural.map(|(_, s)| s).or(first)
}

/// "voted 81-13", "a vote of 252-172", "322-87 vote".
fn votes(before: &str, after: &str) -> bool {
    let near: String = before
        .chars()
        .rev()
        .take(40)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    near.contains("vote")
        || near.contains(" by ")
        || after.trim_start().starts_with("vote")
        || near.contains("passed")
}

/// A number that names: "Order 13894", "H.R. 503", "COVID-19", "Resolution 1820", "[5]".
fn is_name(before: &str, rest: &str) -> bool {
    let glued = before.ends_with(['-', '–', '/', '#', '.', '[', '&', '_'])
        && !before.ends_with("..")
        || before.ends_with(char::is_alphabetic);
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
    let bare = last.trim_matches(['(', ')', '[', '"', '“']);
    let capital = before.ends_with(' ')
        && bare.starts_with(char::is_uppercase)
        && bare.len() > 1
        && !before.trim_end().ends_with([',', ';', ':'])
        && !SENTENCE_STARTS.contains(&bare);
    let small = [
        "no.",
        "number",
        "article",
        "section",
        "chapter",
        "page",
        "room",
        "flight",
        "paragraph",
        "resolution",
    ]
    .iter()
    .any(|w| bare.eq_ignore_ascii_case(w));
    let after_number = before.ends_with('(')
        && before
            .trim_end_matches('(')
            .trim_end()
            .ends_with(|c: char| c.is_ascii_digit());
    let time = after_number
        || rest.starts_with(':')
        || rest.starts_with(" a.m")
        || rest.starts_with(" p.m")
        || rest.starts_with("th")
        || rest.starts_with("st ")
        || rest.starts_with("nd ")
        || rest.starts_with("rd ");
    glued || capital || small || time
}

/// Words with a capital that only open a sentence.
const SENTENCE_STARTS: [&str; 22] = [
    "The", "These", "Those", "Our", "About", "Some", "Over", "Nearly", "Almost", "More", "At",
    "In", "With", "And", "But", "For", "To", "By", "Of", "We", "All", "Another",
];

fn is_function_word(word: &str) -> bool {
    CLOSED.contains(&word)
}

/// Words that are neither counted nor part of what is.
#[rustfmt::skip]
const CLOSED: [&str; 78] = [
    "and", "the", "for", "that", "who", "which", "have", "has", "had", "was", "were", "are",
    "with", "from", "into", "but", "out", "will", "would", "when", "while", "after", "before",
    "among", "than", "per", "said", "under", "over", "since", "because", "its", "their", "his",
    "her", "our", "this", "these", "those", "can", "could", "may", "more", "less", "other",
    "not", "between", "both", "each", "all", "just", "now", "then", "until", "against",
    "through", "during", "about", "as", "is", "to", "of", "in", "on", "at", "by", "or", "an",
    "it", "we", "they", "he", "she", "you", "across", "first", "second", "third",
];

#[cfg(test)]
mod tests;
