//! What a reference manager wants to know of the statement that a passage stands in. One reading of
//! the facts for CSL, RIS, BibLaTeX and the citation line; must not guess one.
//!
//! - The author is the byline where one is stated, else the issuer or outlet. Names are given whole:
//!   whether a name is a person's or an office's is not known here, and an office must not be cut
//!   into a given and a family name.
//! - What is absent stays absent; the style says what it writes instead (`n.d.`).
//! - What was derived is said in the note.

use super::citation::{self, provenance};
use super::identity;
use crate::model::{Passage, Stated};
use crate::text::single_spaced;
use serde_json::{Map, Value, json};

/// The facts of one item.
pub struct Reference {
    /// Type in the words of CSL.
    pub kind: &'static str,
    /// Title; `None` for an untitled statement.
    pub title: Option<String>,
    /// Who wrote or issued it, whole.
    pub author: Option<String>,
    /// Outlet, where the author is another.
    pub container: Option<String>,
    /// Year, month, day as far as known.
    pub date: Vec<i64>,
    /// Place of the dateline.
    pub place: Option<String>,
    /// Address, if it is one of the web.
    pub url: Option<String>,
    /// Language tag.
    pub lang: Option<String>,
    /// Kind of document.
    pub genre: Option<String>,
}

impl Reference {
    /// The facts of the statement of this passage.
    #[must_use]
    pub fn of(passage: &Passage) -> Self {
        let byline = stated(passage.author.as_ref());
        let source = stated(passage.source.as_ref());
        let url = passage.url.clone().filter(|url| identity::is_web(url));
        let genre = passage.genre.as_deref().and_then(line);
        let container = source
            .clone()
            .filter(|s| byline.as_ref().is_some_and(|b| b != s));
        let kind = kind(genre.as_deref(), container.is_some(), url.is_some());
        Self {
            kind,
            title: line(&passage.title.value),
            author: byline.or(source),
            container,
            date: date_parts(passage),
            place: stated(passage.place.as_ref()),
            url,
            lang: passage.lang.as_deref().and_then(line),
            genre,
        }
    }

    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[must_use]
    pub fn iso_date(&self) -> Option<String> {
        let mut parts = self.date.iter();
        let mut iso = format!("{:04}", parts.next()?);
        parts.for_each(|part| iso.push_str(&format!("-{part:02}")));
        Some(iso)
    }

    /// As an item of CSL-JSON, without notes.
    #[must_use]
    pub fn csl(&self, id: &str) -> Map<String, Value> {
        let mut item = Map::new();
        item.insert("id".into(), json!(id));
        item.insert("type".into(), json!(self.kind));
        let mut add = |key: &str, value: Option<&String>| {
            if let Some(value) = value {
                item.insert(key.into(), json!(value));
            }
        };
        add("title", self.title.as_ref());
        add("container-title", self.container.as_ref());
        add("publisher-place", self.place.as_ref());
        add("genre", self.genre.as_ref());
        add("URL", self.url.as_ref());
        add("language", self.lang.as_ref());
        if let Some(author) = &self.author {
            item.insert("author".into(), json!([{ "literal": author }]));
        }
        if !self.date.is_empty() {
            item.insert("issued".into(), json!({ "date-parts": [self.date] }));
        }
        item
    }
}

/// The words of the passage, who spoke, what is derived: for a field of notes, on one line.
#[must_use]
pub fn note(passage: &Passage) -> String {
    let speaker = passage.speaker.as_deref().unwrap_or("no speaker found");
    let mut note = format!(
        "{} ({speaker}; {})",
        single_spaced(&citation::words(passage)),
        identity::place_id(passage)
    );
    let derived = derived(passage);
    if !derived.is_empty() {
        note.push_str(&format!(" [{}]", derived.join("; ")));
    }
    let own = single_spaced(&passage.note);
    if !own.is_empty() {
        note.push_str(&format!(" Note: {own}"));
    }
    note
}

/// What the file did not state outright: `title derived`, `date from the dateline`.
#[must_use]
pub fn derived(passage: &Passage) -> Vec<String> {
    let date = passage.date.as_ref();
    let facts = [
        ("title", Some(&passage.title)),
        ("source", passage.source.as_ref()),
        ("author", passage.author.as_ref()),
        ("date", date),
        ("place", passage.place.as_ref()),
    ];
    let said = facts.into_iter().filter_map(|(label, fact)| {
        let fact = fact.filter(|f| !f.value.trim().is_empty())?;
        let words = provenance(label, fact.from);
        let words = words.trim_matches([' ', '[', ']']);
        (!words.is_empty()).then(|| words.to_owned())
    });
    said.collect()
}

fn stated(fact: Option<&Stated<String>>) -> Option<String> {
    fact.and_then(|f| line(&f.value))
}

fn line(text: &str) -> Option<String> {
    let text = single_spaced(text);
    (!text.is_empty()).then_some(text)
}

fn kind(genre: Option<&str>, in_outlet: bool, on_web: bool) -> &'static str {
    let genre = genre.unwrap_or_default().to_lowercase();
    let spoken = ["speech", "remarks", "address", "testimony"];
    if spoken.iter().any(|word| genre.contains(word)) {
        "speech"
    } else if in_outlet {
        "article-newspaper"
    } else if on_web {
        "webpage"
    } else {
        "document"
    }
}

/// Year, month, day of a date that begins as ISO 8601 says.
fn date_parts(passage: &Passage) -> Vec<i64> {
    let Some(date) = &passage.date else {
        return Vec::new();
    };
    let day = date.value.get(..10).unwrap_or(&date.value);
    let parts: Option<Vec<i64>> = day.split('-').map(|part| part.parse().ok()).collect();
    parts.filter(|p| p.len() <= 3).unwrap_or_default()
}
