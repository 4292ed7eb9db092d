//! Whose text a one-voice statement is, for words in the first person.
//!
//! Reads, in this order: "attributable to", "X issued the following statement", a line on top that names somebody,
//! the stated author, the title, the state a delegate speaks for, the source. Must not look at quotations.

use super::bare::{is_role, key};
use super::clean;
use super::delegate::state;
use super::names::Names;
use super::phrase::person_in;
use crate::extract::document::{Document, Paragraph};
use crate::model::{Layout, Resolved, Speaker, Statement};
use crate::text::Span;

/// Paragraphs on top that may name the issuer.
const ON_TOP: usize = 6;

/// What is announced to follow.
const TEXTS: [&str; 9] = [
    "statement",
    "statements",
    "remarks",
    "comment",
    "comments",
    "response",
    "letter",
    "speech",
    "reaction",
];
/// How it is announced.
const ISSUES: [&str; 12] = [
    "issued",
    "released",
    "made",
    "issues",
    "releases",
    "delivered",
    "submitted",
    "offered",
    "gave",
    "had",
    "provided",
    "sent",
];

/// Who issued the statement.
pub fn issuer(
    statement: &Statement,
    doc: &Document<'_>,
    names: &Names,
    layout: Layout,
) -> Option<Speaker> {
    let author = statement.author.as_ref().map(|a| a.value.as_str());
    let source = statement.source.as_ref().map(|s| s.value.as_str());
    if layout != Layout::OneVoice {
        let person = author.and_then(|a| named_in(doc, a));
        let name = person.as_deref().or(author).or(source)?;
        return Some(speaker(name, None));
    }
    let tops = || doc.paragraphs.iter().take(ON_TOP);
    let person = author.and_then(|a| named_in(doc, a));
    tops()
        .find_map(|p| attributable(doc, names, p))
        .or_else(|| tops().find_map(|p| released_by(doc, p)))
        .or_else(|| tops().find_map(|p| issued(doc, names, p)))
        .or_else(|| tops().find_map(|p| top_line(doc, names, p)))
        .or_else(|| person.map(|name| speaker(&name, None)))
        .or_else(|| author.map(|name| speaker(name, None)))
        .or_else(|| tops().find_map(|p| office_line(doc, p)))
        .or_else(|| in_title(doc, &statement.title.value))
        .or_else(|| state(doc, statement))
        .or_else(|| opens_title(doc, names, &statement.title.value))
        .or_else(|| source.map(|name| speaker(name, None)))
}

/// Whether a line on top says whose text follows, as a signature does.
pub fn on_top(doc: &Document<'_>, names: &Names) -> bool {
    doc.paragraphs
        .iter()
        .take(2)
        .any(|p| top_line(doc, names, p).is_some() || office_line(doc, p).is_some())
}

pub fn speaker(name: &str, mention: Option<Span>) -> Speaker {
    Speaker {
        name: clean(name),
        mention,
        how: Resolved::Issuer,
        on_behalf_of: None,
    }
}

fn person(doc: &Document<'_>, names: &Names, range: &std::ops::Range<usize>) -> Option<Speaker> {
    let named = person_in(doc, names, range)?;
    let found = named.person.and_then(|p| names.people.get(p));
    let name = found.map_or_else(|| names.display(doc, &named.name), |p| p.name.clone());
    Some(speaker(&name, Some(doc.span_of(&named.name))))
}

/// "The following is attributable to Spokesperson Ned Price:".
fn attributable(doc: &Document<'_>, names: &Names, paragraph: &Paragraph) -> Option<Speaker> {
    let to = paragraph.words.clone().find(|&i| {
        doc.reads(i, "to")
            && i > 0
            && (doc.reads(i - 1, "attributable") || doc.reads(i - 1, "attributed"))
    })?;
    let end = (to + 1..paragraph.words.end)
        .find(|&i| {
            doc.word(i)
                .is_some_and(|w| matches!(w.first, b':' | b'.' | b';') && w.punctuation())
        })
        .unwrap_or(paragraph.words.end);
    let range = to + 1..end;
    person(doc, names, &range).or_else(|| {
        let span = doc.span_of(&super::phrase::without_article(doc, &range));
        (!span.is_empty() && span.len() < 120).then(|| speaker(span.of(doc.text), Some(span)))
    })
}

/// "The text of the following statement was released by the Governments of X and Y on the occasion of Z."
fn released_by(doc: &Document<'_>, paragraph: &Paragraph) -> Option<Speaker> {
    let words = paragraph.words.clone();
    let following = words
        .clone()
        .find(|&i| doc.reads(i, "statement") && i > 0 && doc.reads(i - 1, "following"))?;
    let by = (following..words.end).take(8).find(|&i| {
        doc.reads(i, "by")
            && doc.reads_any(
                i - 1,
                &[
                    "released", "issued", "adopted", "made", "agreed", "approved",
                ],
            )
    })?;
    let end = (by + 1..words.end)
        .find(|&i| {
            doc.reads_any(i, &["on", "at", "following", "after", "during", "today"])
                || doc
                    .word(i)
                    .is_some_and(|w| w.punctuation() && matches!(w.first, b':' | b';' | b'.'))
        })
        .unwrap_or(words.end);
    let span = doc.span_of(&super::phrase::without_article(doc, &(by + 1..end)));
    (!span.is_empty() && span.len() < 400).then(|| speaker(span.of(doc.text), Some(span)))
}

/// "Congressman X, chair of Y, today issued the following statement after Z:".
pub fn issued(doc: &Document<'_>, names: &Names, paragraph: &Paragraph) -> Option<Speaker> {
    announced(doc, names, paragraph).map(|(speaker, _)| speaker)
}

/// The same, with the word that announces what follows.
pub fn announced(
    doc: &Document<'_>,
    names: &Names,
    paragraph: &Paragraph,
) -> Option<(Speaker, usize)> {
    let words = paragraph.words.clone();
    let following = words
        .clone()
        .find(|&i| doc.reads(i, "following") && doc.reads_any(i + 1, &TEXTS));
    let ends = paragraph.span.of(doc.text).trim_end().ends_with(':');
    let at = following.or_else(|| {
        words
            .clone()
            .filter(|_| ends)
            .find(|&i| doc.reads_any(i, &TEXTS))
    })?;
    let verb = (words.start..at)
        .rev()
        .take(12)
        .find(|&i| doc.reads_any(i, &ISSUES))?;
    let mention = names.mentions_in(&(words.start..verb)).first()?;
    let found = names.people.get(mention.person)?;
    Some((speaker(&found.name, Some(found.span)), at))
}

/// "Ned Price, Department Spokesperson"; "Congressman Tom McClintock"; "Remarks by X".
fn top_line(doc: &Document<'_>, names: &Names, paragraph: &Paragraph) -> Option<Speaker> {
    let words = paragraph.words.clone();
    if !paragraph.heading || words.len() > 24 {
        return None;
    }
    let first = names
        .mentions_in(&words)
        .iter()
        .find(|m| m.words.len() >= 2)?;
    let found = names.people.get(first.person)?;
    let before = words.start..first.words.start;
    let titled = !before.is_empty()
        && before.clone().all(|i| {
            is_role(doc, i)
                || doc.reads(i, "of")
                || doc.reads(i, "the")
                || doc.word(i).is_some_and(|w| {
                    w.capital
                        && doc.lexicon.people.kinds_of(doc.form(i))
                            != super::people::Kinds::default()
                })
        });
    let by = before.end > before.start
        && (before.clone())
            .any(|i| doc.reads(i, "by") || doc.reads(i, "of") && doc.reads(words.start, "remarks"));
    let behind = first.words.end..words.end;
    let office = doc.word(behind.start).is_some_and(|w| w.is_comma())
        && behind.clone().any(|i| is_role(doc, i));
    let whole = (before.is_empty() && office)
        || (titled && (behind.is_empty() || office))
        || (by && (behind.is_empty() || office));
    whole.then(|| speaker(&found.name, Some(found.span)))
}

/// "Office of the Spokesperson" alone on a line.
fn office_line(doc: &Document<'_>, paragraph: &Paragraph) -> Option<Speaker> {
    let line = paragraph.span.of(doc.text).trim();
    let whole = paragraph.heading && line.starts_with("Office of ") && paragraph.words.len() <= 8;
    whole.then(|| speaker(line, Some(paragraph.span)))
}

/// The person that an author's field names: "Antony J. Blinken, Secretary of State".
fn named_in(doc: &Document<'_>, author: &str) -> Option<String> {
    let small = Document::new(author, None, doc.lexicon);
    let names = Names::new(&small);
    let first = names.mentions.first()?;
    let person = names.people.get(first.person)?;
    (person.words.len() > 1).then(|| person.name.clone())
}

/// A title that opens with a person, or says by whom: "Langevin Statement on ...", "Statement by Secretary X".
fn in_title(doc: &Document<'_>, title: &str) -> Option<Speaker> {
    let small = Document::new(title, None, doc.lexicon);
    let names = Names::new(&small);
    let by = (0..small.words.len()).find(|&i| small.reads(i, "by"));
    let found = names.mentions.iter().find(|m| match by {
        Some(by) => m.words.start > by && m.words.start <= by + 4,
        None => {
            (0..m.words.start).all(|i| is_role(&small, i)) && opens_statement(&small, m.words.end)
        }
    })?;
    names
        .people
        .get(found.person)
        .map(|p| speaker(&p.name, None))
}

/// "X Statement on ...", "X: ...", "X Remarks at ...": and not "X's Travel to ...".
fn opens_statement(title: &Document<'_>, at: usize) -> bool {
    [
        "statement",
        "remarks",
        "speech",
        "opening",
        "floor",
        "testimony",
        "address",
        "comments",
        "on",
        ":",
    ]
    .iter()
    .any(|word| title.reads(at, word))
}

/// A release's headline opens with whom it is from: "Lee Supports Bill to ...", and not "Lee's Bill ...".
fn opens_title(doc: &Document<'_>, names: &Names, title: &str) -> Option<Speaker> {
    let small = Document::new(title, None, doc.lexicon);
    let own = Names::new(&small);
    let run = own.runs.first().filter(|r| r.start == 0)?;
    let start = run.clone().find(|&i| !is_role(&small, i))?;
    let single = vec![key(small.written(start))];
    let full = vec![key(small.written(start)), key(small.written(start + 1))];
    let (person, end) = match names.find(&full) {
        Some(person) => (person, start + 2),
        None => (names.find(&single)?, start + 1),
    };
    let possessive = small
        .word(end)
        .is_some_and(|w| w.kind == crate::text::tokens::Kind::Possessive);
    let found = names
        .people
        .get(person)
        .filter(|p| !possessive && p.words.len() > 1)?;
    Some(speaker(&found.name, Some(found.span)))
}
