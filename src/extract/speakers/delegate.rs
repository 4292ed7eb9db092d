//! The state whose text a statement is: a delegate's speech, a department's release.
//!
//! Reads titles, codes and the record; must not guess a state from what a text is about.

use super::bare::lower;
use super::issuer::speaker;
use crate::extract::document::Document;
use crate::model::{Speaker, Statement};
use crate::text::Span;

/// The state that the issuer speaks for, where its name or the record says so.
pub fn principal(
    statement: &Statement,
    doc: &Document<'_>,
    issuer: &Speaker,
) -> Option<&'static str> {
    let named = [
        Some(issuer.name.as_str()),
        statement.source.as_ref().map(|s| s.value.as_str()),
        statement.author.as_ref().map(|a| a.value.as_str()),
    ];
    named.into_iter().flatten().find_map(|name| {
        let words: Vec<&str> = name
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|w| !w.is_empty())
            .collect();
        (0..words.len()).find_map(|i| {
            let two = words.get(i..i + 2).map(|w| w.join(" "));
            two.and_then(|two| doc.lexicon.people.state(&two))
                .or_else(|| doc.lexicon.people.state(words.get(i)?))
        })
    })
}

/// A delegate's speech: the state that the title opens with, as fully as the text names it.
pub fn state(doc: &Document<'_>, statement: &Statement) -> Option<Speaker> {
    let debate = statement.title.value.contains("General Debate");
    let own = debate
        || (0..doc.words.len().min(6000)).any(|i| {
            (doc.reads(i, "my") || doc.reads(i, "our"))
                && doc.reads_any(
                    i + 1,
                    &["country", "government", "delegation", "people", "nation"],
                )
        });
    if !own {
        return None;
    }
    let people = &doc.lexicon.people;
    let title = &statement.title.value;
    let head = title.split([',', ':', ';', '(']).next()?.trim();
    let code = |name: &str| {
        let first = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        people.state_of_code(first)
    };
    let file = statement
        .origin
        .path
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or("");
    let name = people
        .state(head)
        .or_else(|| code(title))
        .or_else(|| code(&statement.id))
        .or_else(|| code(file))?;
    let full = [
        "State of",
        "Republic of",
        "Kingdom of",
        "Commonwealth of",
        "Federation of",
        "Union of",
        "Sultanate of",
    ]
    .iter()
    .map(|form| format!("{form} {name}"))
    .find_map(|form| {
        doc.text
            .find(&form)
            .map(|at| Span::new(at, at + form.len()))
    });
    Some(match full {
        Some(span) => {
            // "the Islamic Republic of X", "the United Republic of X".
            let at = doc.word_at(span.begin());
            let mut begin = at;
            while begin > 0
                && doc
                    .word(begin - 1)
                    .is_some_and(|w| w.capital && lower(doc.written(begin - 1)) != "the")
                && at - begin < 3
            {
                begin -= 1;
            }
            let begin = doc.word(begin).map_or(span.begin(), |w| w.span.begin());
            let span = Span::new(begin, span.finish());
            speaker(span.of(doc.text), Some(span))
        }
        None => speaker(name, None),
    })
}
