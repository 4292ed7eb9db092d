//! The rows above the text: the whole title, then what is known of the statement. Worked out alike by
//! `update` (how many rows are left for the text?) and by `view`.

use crate::model::{Extraction, IsoDate, Provenance, Stated, Statement};
use crate::text::Shown;
use crate::text::wrap::Rows;

/// Characters of a title that are shown.
const LONGEST_TITLE: usize = 400;

/// The rows, for [`Head::rows`] rows of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The title, wrapped, with its origin behind it.
    pub title: Vec<String>,
    /// What is said behind a title that the file does not state.
    pub origin: &'static str,
    /// The facts, wrapped between two of them.
    pub facts: Vec<String>,
}

impl Head {
    /// For a pane of `height` rows and `width` cells; a low pane keeps its rows for the text.
    #[must_use]
    pub fn new(
        statement: &Statement,
        extraction: Option<&Extraction>,
        width: usize,
        height: usize,
        separator: &str,
    ) -> Self {
        let most = match height {
            0..=9 => 1,
            10..=24 => 2,
            _ => 3,
        };
        let origin = match statement.title.from {
            Provenance::Given | Provenance::Dateline => "",
            Provenance::FileName => " (file name)",
            Provenance::Derived => " (derived)",
        };
        let title: String = statement.title.value.chars().take(LONGEST_TITLE).collect();
        // The origin stays on one row with the end of the title, whatever is cut.
        let room = width.saturating_sub(origin.len()).max(1);
        let mut title = wrapped(Shown::line(&title).as_str(), room, most);
        if let Some(last) = title.last_mut() {
            *last = format!("{}{origin}", Shown::line(last).cut(room).as_str());
        }
        let facts = filled(&facts(statement, extraction), width, most, separator);
        Self {
            title,
            origin,
            facts,
        }
    }

    /// Rows in all.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.title.len() + self.facts.len()
    }
}

/// At most `most` rows; the last holds all that is left.
fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let rows = Rows::new(text, width);
    let mut out: Vec<String> = (0..rows.len().min(most))
        .filter_map(|n| Some(rows.get(n)?.of(text).trim_end().to_owned()))
        .collect();
    if rows.len() > most
        && let (Some(last), Some(from)) = (out.last_mut(), rows.get(most - 1))
    {
        *last = text.get(from.begin()..).unwrap_or("").to_owned();
    }
    if out.is_empty() {
        out.push(String::new());
    }
    out
}

/// Puts facts side by side while they fit; at most `most` rows, the last of which holds the rest.
fn filled(facts: &[String], width: usize, most: usize, separator: &str) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for fact in facts {
        let fits = rows.last().is_some_and(|row| {
            let joined = format!("{row} {separator} {fact}");
            rows.len() == most || Shown::line(&joined).width() <= width
        });
        match rows.last_mut().filter(|_| fits) {
            Some(row) => *row = format!("{row} {separator} {fact}"),
            None => rows.push(fact.clone()),
        }
    }
    rows
}

/// Day and minute: what a reader needs of `2021-08-13T22:37:35+0000`.
#[must_use]
pub fn moment(date: &IsoDate) -> String {
    let text = date.as_str();
    text.get(..16).unwrap_or(text).replace('T', " ")
}

/// What is known, most telling first; what the file did not state is said to be derived.
fn facts(statement: &Statement, extraction: Option<&Extraction>) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(
        statement
            .hold
            .as_ref()
            .map(|h| h.to_string().to_uppercase()),
    );
    if statement.excerpt {
        facts.push("EXCERPT".to_owned());
    }
    let date = statement
        .date
        .as_ref()
        .map(|d| Stated::new(moment(&d.value), d.from));
    facts.push(date.as_ref().map_or("no date".to_owned(), fact));
    facts.extend(statement.place.as_ref().map(fact));
    facts.push(
        statement
            .source
            .as_ref()
            .map_or("no source named".to_owned(), fact),
    );
    facts.extend(statement.author.as_ref().map(fact));
    facts.extend(extraction.map(|e| e.layout.name().to_owned()));
    let origin = &statement.origin;
    if origin.charset_guessed {
        facts.push(format!("{} (guessed)", origin.charset));
    }
    if origin.replacements > 0 {
        facts.push(format!(
            "{} characters lost in decoding",
            origin.replacements
        ));
    }
    facts.extend(statement.url.clone());
    facts
}

/// A fact, said to be derived when it is.
fn fact(stated: &Stated<String>) -> String {
    match stated.from {
        Provenance::Given | Provenance::Dateline => stated.value.clone(),
        Provenance::FileName => format!("{} (from the file name)", stated.value),
        Provenance::Derived => format!("{} (derived)", stated.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_long_title_and_the_address_could_not_be_read() {
        let mut statement = Statement::new("x", "Text.");
        statement.title = Stated::new("word ".repeat(20) + "end", Provenance::Derived);
        let date = IsoDate::new("2021-08-13T22:37:35+0000").unwrap();
        statement.date = Some(Stated::given(date));
        statement.source = Some(Stated::given("Ministry".into()));
        statement.url = Some("https://example.org/a".into());
        let head = Head::new(&statement, None, 50, 40, "|");
        assert!(head.title.len() == 3 && head.title[2].ends_with("end (derived)"));
        assert_eq!(
            head.facts,
            ["2021-08-13 22:37 | Ministry", "https://example.org/a"]
        );
        let low = Head::new(&statement, None, 50, 9, "|");
        assert_eq!((low.title.len(), low.facts.len()), (1, 1));
        assert!(low.title[0].ends_with("… (derived)"), "{:?}", low.title);
        for width in 0..60 {
            let head = Head::new(&statement, None, width, 40, "|");
            assert!((2..=6).contains(&head.rows()));
        }
    }
}
