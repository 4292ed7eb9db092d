//! A loaded statement and where each of its facts came from.

use super::Hold;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Where a fact about a statement came from. Anything but `Given` is shown as derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// A field of the file said so.
    Given,
    /// Read from the statement's own header or dateline.
    Dateline,
    /// Read from the file's name.
    FileName,
    /// Guessed from the text (a title from the first sentence).
    Derived,
}

impl Provenance {
    /// True for what the file did not state outright.
    #[must_use]
    pub fn is_derived(self) -> bool {
        self != Self::Given
    }
}

/// A value with its provenance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub from: Provenance,
}

impl<T> Stated<T> {
    /// A value the file stated.
    pub fn given(value: T) -> Self {
        Self {
            value,
            from: Provenance::Given,
        }
    }

    /// A value from elsewhere.
    pub fn new(value: T, from: Provenance) -> Self {
        Self { value, from }
    }
}

/// A date as precisely as it is known, in ISO 8601: `2025`, `2025-10`, `2025-10-12` or
/// `2025-10-12T14:08` (with seconds and offset where given). Sorts as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IsoDate(String);

impl IsoDate {
    /// Takes a string that already has the form above; `None` otherwise.
    #[must_use]
    pub fn new(iso: &str) -> Option<Self> {
        let bytes = iso.as_bytes();
        let digits = |range: std::ops::Range<usize>| {
            bytes
                .get(range)
                .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
        };
        let shape = match bytes.len() {
            4 => digits(0..4),
            7 => digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7),
            10 => digits(0..4) && digits(5..7) && digits(8..10),
            n if n >= 16 => {
                digits(0..4) && digits(5..7) && digits(8..10) && bytes.get(10) == Some(&b'T')
            }
            _ => false,
        };
        if !shape {
            return None;
        }
        let month_ok = bytes.len() < 7 || iso.get(0..7)?.parse_month();
        let day_ok = bytes.len() < 10 || iso.get(0..10)?.parse::<jiff::civil::Date>().is_ok();
        (month_ok && day_ok).then(|| Self(iso.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The calendar day, when known that precisely.
    #[must_use]
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.0.get(0..10)?.parse().ok()
    }

    /// The first `YYYY-MM-DD` characters, or all there is.
    #[must_use]
    pub fn day_text(&self) -> &str {
        self.0.get(0..10).unwrap_or(&self.0)
    }

    /// `YYYY-MM`, when known.
    #[must_use]
    pub fn month(&self) -> Option<&str> {
        self.0.get(0..7)
    }
}

trait ParseMonth {
    fn parse_month(&self) -> bool;
}

impl ParseMonth for str {
    fn parse_month(&self) -> bool {
        self.get(5..7)
            .and_then(|m| m.parse::<u8>().ok())
            .is_some_and(|m| (1..=12).contains(&m))
    }
}

impl fmt::Display for IsoDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Where a statement was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The path as the user gave it (or found below a folder), `-` for standard input. A label:
    /// may hold anything a file name may, so it is cleaned before it is shown.
    pub path: String,
    /// 1-based record number in a file that holds several; its line number for JSONL.
    pub record: Option<usize>,
    /// Format it was read as: `text`, `markdown`, `json`, `jsonl`, `html`…
    pub format: &'static str,
    /// Character set it was decoded from, as encoding standards name it (`UTF-8`).
    pub charset: &'static str,
    /// True when the character set was guessed.
    pub charset_guessed: bool,
    /// Characters that could not be decoded and read U+FFFD in the body.
    pub replacements: usize,
}

/// A loaded document: one text, whole, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Unique in what is loaded; stable from run to run for the same input.
    pub id: Arc<str>,
    /// The decoded text, never altered. All spans are bytes of it.
    pub body: Arc<str>,
    /// Headline; derived from the first sentence where the file has none.
    pub title: Stated<String>,
    /// Date of the statement.
    pub date: Option<Stated<IsoDate>>,
    /// Place of the dateline.
    pub place: Option<Stated<String>>,
    /// Who issued or published it: a ministry, an agency, an outlet.
    pub source: Option<Stated<String>>,
    /// Byline or speaker as the file states it.
    pub author: Option<Stated<String>>,
    /// Address, as given. Only http and https are ever opened or linked.
    pub url: Option<String>,
    /// Language tag, as given.
    pub lang: Option<String>,
    /// Kind of document as given: `remarks`, `press release`, …
    pub kind: Option<String>,
    /// Keywords, as given.
    pub tags: Vec<String>,
    /// What keeps it from being published, as its sender says.
    pub hold: Option<Hold>,
    /// Only an excerpt of it is there: what a feed shows of it.
    pub excerpt: bool,
    /// The stretch at the start of the body that is a header (date, place, agency), not speech.
    pub header: Option<Span>,
    /// Fields of the record that have no place above, as text.
    pub extra: BTreeMap<String, String>,
    /// Where it was read from.
    pub origin: Origin,
}

impl Statement {
    /// A statement with an id and a body and nothing else known: title is empty and derived.
    #[must_use]
    pub fn new(id: &str, body: &str) -> Self {
        Self {
            id: id.into(),
            body: body.into(),
            title: Stated::new(String::new(), Provenance::Derived),
            date: None,
            place: None,
            source: None,
            author: None,
            url: None,
            lang: None,
            kind: None,
            tags: Vec::new(),
            hold: None,
            excerpt: false,
            header: None,
            extra: BTreeMap::new(),
            origin: Origin::default(),
        }
    }

    /// The words of a span of this statement.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.body)
    }

    /// Words of several spans, joined by ` … ` where something was left out between them.
    #[must_use]
    pub fn words_of(&self, spans: &[Span]) -> String {
        let parts: Vec<&str> = spans.iter().map(|s| s.of(&self.body)).collect();
        parts.join(" … ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_keep_their_precision() {
        for good in [
            "2025",
            "2025-10",
            "2025-10-12",
            "2025-10-12T14:08",
            "2025-10-12T14:08:00-04:00",
        ] {
            assert_eq!(IsoDate::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "25",
            "2025-13",
            "2025-02-30",
            "2025/10/12",
            "October",
            "２０２５",
        ] {
            assert_eq!(IsoDate::new(bad), None, "{bad}");
        }
    }
}
