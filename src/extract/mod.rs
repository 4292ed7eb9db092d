//! A statement to its layout, quotes, speakers and claims.
//!
//! Pure: depends on the statement and the lexicons alone; no clock, no global state, no I/O.
//!
//! The steps, one file each: `document` cuts the text (with `marks`), `turns` reads a transcript's labels, a
//! tagger behind `attribution` finds who said what (`cues`, `sources`, `contents`), `layout` chooses one of
//! three, `quotes` and `speakers` make quotes of it, `claims` (with `clauses`, `phrases`, `skeleton`, `acts`, `numbers`,
//! `dates`, `facets`, and `worth` and `searle` over the features of `sentence`) claims.

mod acts;
mod attribution;
mod claims;
mod clauses;
mod contents;
mod cues;
mod dates;
mod document;
mod facets;
mod layout;
mod lexicon;
mod marks;
mod numbers;
mod phrases;
mod quotes;
pub mod record;
pub mod searle;
mod sentence;
mod skeleton;
mod sources;
mod speakers;
mod turns;
pub mod weights;
mod worth;

use crate::model::{Extraction, Layout, Quote, Resolved, Speaker, Statement};
use crate::text::Span;
use attribution::{Rules, Tagger};
pub use dates::dates;
use document::Document;
pub use layout::Choice;
pub use numbers::numbers;

/// Changes whenever the same text would give another extraction: part of the cache's key.
pub const VERSION: u32 = 4;

/// Holds the compiled lexicons. Build once, share between threads.
#[derive(Debug)]
pub struct Extractor {
    lexicon: lexicon::Lexicon,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// Compiles the bundled lexicons.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lexicon: lexicon::Lexicon::bundled(),
        }
    }

    /// All quotes and claims of `statement`.
    #[must_use]
    pub fn extract(&self, statement: &Statement) -> Extraction {
        self.extract_with_reason(statement).0
    }

    /// The same, with the layout that was chosen and why.
    #[must_use]
    pub fn extract_with_reason(&self, statement: &Statement) -> (Extraction, Choice) {
        let mut doc = Document::new(&statement.body, statement.header, &self.lexicon);
        let turns = turns::turns(&doc);
        let attributions = Rules.attributions(&doc);
        let choice = layout::choose(&doc, &turns, &attributions);
        doc.start = choice.body_from;
        let names = speakers::Names::new(&doc);
        let issuer = issuer(statement, &doc, choice.layout);
        let quotes = if choice.layout == Layout::Transcript {
            let mut quotes = quotes::of_turns(&turns);
            for (quote, turn) in quotes
                .iter_mut()
                .zip(turns.iter().filter(|t| !t.content.is_empty()))
            {
                quote.speaker = turn_speaker(&doc, &turns, turn);
            }
            quotes
        } else {
            let mut attributions = attributions;
            if choice.layout == Layout::OneVoice {
                // The issuer's own words are not a report of somebody's.
                attribution::without_first_person(&doc, &mut attributions);
            }
            let mut quotes = quotes::narrative(&doc, attributions);
            resolve(&doc, &names, statement, &mut quotes);
            quotes
        };
        let claims = claims::claims(&doc, statement, choice.layout, &quotes, issuer.as_ref());
        let extraction = Extraction {
            layout: choice.layout,
            quotes,
            claims,
        };
        (extraction, choice)
    }
}

/// Resolves the sources of all quotes in the order they are written.
fn resolve(
    doc: &Document<'_>,
    names: &speakers::Names<'_>,
    statement: &Statement,
    quotes: &mut [Quote],
) {
    let mut order: Vec<usize> = (0..quotes.len()).collect();
    order.sort_by_key(|&i| {
        quotes
            .get(i)
            .and_then(|q| q.source.first())
            .map_or(u32::MAX, |s| s.start)
    });
    let mut memory = speakers::Memory::default();
    for i in order {
        if let Some(quote) = quotes.get_mut(i) {
            quote.speaker = speakers::resolve(doc, names, &mut memory, &quote.source, statement);
        }
    }
}

/// Who issued the statement, for words in the first person: the stated author, a line on top that names
/// somebody ("Ned Price, Department Spokesperson", "attributable to Spokesperson Ned Price:"), the source.
fn issuer(statement: &Statement, doc: &Document<'_>, layout: Layout) -> Option<Speaker> {
    let named = |name: &str, mention| Speaker {
        name: name.to_owned(),
        mention,
        how: Resolved::Issuer,
        on_behalf_of: None,
    };
    if let Some(author) = &statement.author {
        return Some(named(&author.value, None));
    }
    let on_top = (layout == Layout::OneVoice)
        .then(|| doc.paragraphs.iter().take(4).find_map(|p| top_line(doc, p)))
        .flatten();
    if let Some(span) = on_top {
        return Some(named(span.of(doc.text), Some(span)));
    }
    statement.source.as_ref().map(|s| named(&s.value, None))
}

/// The name that a line on top gives as whose words follow.
fn top_line(doc: &Document<'_>, paragraph: &document::Paragraph) -> Option<Span> {
    let line = paragraph.span.of(doc.text);
    if let Some(at) = line.find("attributable to ") {
        let begin = paragraph.span.begin() + at + "attributable to ".len();
        let span = Span::new(begin, paragraph.span.finish());
        let words = span
            .of(doc.text)
            .trim_end_matches([':', '.'])
            .trim_end()
            .len();
        return Some(Span::new(begin, begin + words)).filter(|s| !s.is_empty() && s.len() < 120);
    }
    let (name, _) = line.split_once(", ").filter(|_| paragraph.heading)?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = doc.word(paragraph.words.start)?;
    let office = paragraph.words.clone().skip(words.len()).any(|i| {
        doc.word(i)
            .is_some_and(|w| w.is(lexicon::Classes::OFFICE.or(lexicon::Classes::PERSON_NOUN)))
    });
    let person = (2..=5).contains(&words.len())
        && first.classes == lexicon::Classes::default()
        && words.iter().all(|w| w.starts_with(char::is_uppercase));
    let begin = paragraph.span.begin();
    (person && office).then(|| Span::new(begin, begin + name.len()))
}

/// The speaker of a turn: its entry in the list of participants, else the label; nobody for `QUESTION:`.
fn turn_speaker(doc: &Document<'_>, turns: &[turns::Turn], turn: &turns::Turn) -> Option<Speaker> {
    if turn.anonymous(doc.text) {
        return None;
    }
    let (name, mention) = turns::participant(doc, turns, turn.label)
        .unwrap_or_else(|| (turn.label.of(doc.text).to_owned(), turn.label));
    Some(Speaker {
        name,
        mention: Some(mention),
        how: Resolved::Turn,
        on_behalf_of: None,
    })
}
