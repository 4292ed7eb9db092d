//! Numbers in a claim with value and unit. Years and days of dates are not numbers here.

use crate::model::{FoundDate, FoundNumber};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<sign>[$€£¥]\ ?)?
        \b(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
        (?:[\ -](?P<scale>hundred|thousand|million|billion|trillion)\b)?
        (?:\ ?(?P<percent>%|percentage\ points?|percent\b|per\ cent\b)
          |[\ -](?P<unit>[a-z]{3,}))?
        ",
    )
    .ok()
});

/// The numbers of `within`, leaving out those in `dates`.
pub fn numbers(text: &str, within: Span, dates: &[FoundDate]) -> Vec<FoundNumber> {
    let Some(pattern) = PATTERN.as_ref() else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for found in pattern.captures_iter(within.of(text)) {
        let (Some(all), Some(digits)) = (found.get(0), found.name("digits")) else {
            continue;
        };
        let part = |name: &str| found.name(name).map(|m| m.as_str());
        let Ok(base) = digits.as_str().replace(',', "").parse::<f64>() else {
            continue;
        };
        let scale = match part("scale") {
            Some("hundred") => 1e2,
            Some("thousand") => 1e3,
            Some("million") => 1e6,
            Some("billion") => 1e9,
            Some("trillion") => 1e12,
            _ => 1.0,
        };
        let unit_word = part("unit").filter(|u| !is_function_word(u));
        let end = match (found.name("unit"), unit_word) {
            (Some(unit), None) => unit.start().saturating_sub(1),
            _ => all.end(),
        };
        let span = Span::new(within.begin() + all.start(), within.begin() + end);
        if dates.iter().any(|d| d.span.overlaps(span)) {
            continue;
        }
        let unit = match (part("sign").map(str::trim), part("percent"), unit_word) {
            (Some("$"), ..) => "USD".to_owned(),
            (Some("€"), ..) => "EUR".to_owned(),
            (Some("£"), ..) => "GBP".to_owned(),
            (Some(_), ..) => "CNY".to_owned(),
            (_, Some(p), _) if p.starts_with("percentage") => "percentage points".to_owned(),
            (_, Some(_), _) => "percent".to_owned(),
            (_, _, Some(u)) => u.to_owned(),
            _ => String::new(),
        };
        out.push(FoundNumber {
            span,
            value: base * scale,
            unit,
        });
    }
    out
}

fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "the"
            | "for"
            | "that"
            | "who"
            | "which"
            | "have"
            | "has"
            | "had"
            | "was"
            | "were"
            | "are"
            | "with"
            | "from"
            | "into"
            | "but"
            | "out"
            | "will"
            | "would"
            | "when"
            | "while"
            | "after"
            | "before"
            | "among"
            | "than"
            | "per"
            | "said"
            | "under"
            | "over"
            | "since"
            | "because"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_scaled_and_units_named() {
        for (text, words, value, unit) in [
            (
                "a tariff of 100 percent on",
                "100 percent",
                100.0,
                "percent",
            ),
            ("in just 20 days, it", "20 days", 20.0, "days"),
            ("raises $1.5 trillion and", "$1.5 trillion", 1.5e12, "USD"),
            ("some 3,000 people", "3,000 people", 3000.0, "people"),
            ("2 million doses", "2 million doses", 2e6, "doses"),
            ("fell 7% in", "7%", 7.0, "percent"),
            ("the 28 that left", "28", 28.0, ""),
        ] {
            let found = numbers(text, Span::new(0, text.len()), &[]);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                (
                    found[0].span.of(text),
                    found[0].value,
                    found[0].unit.as_str()
                ),
                (words, value, unit)
            );
        }
    }
}
