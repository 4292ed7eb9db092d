//! A statement to its layout, quotes, speakers and claims.
//!
//! Pure: depends on the statement and the lexicons alone; no clock, no global state, no I/O.
//!
//! The steps, one file each: `document` cuts the text (with `marks`), `turns` reads a transcript's labels, a
//! tagger behind `attribution` finds who said what (`cues`, `sources`, `contents`), `layout` chooses one of
//! three, `quotes` and `speakers` make quotes of it, `claims` (with `clauses`, `phrases`, `skeleton`, `acts`, `numbers`,
//! `dates`, `facets`, and `worth` and `searle` over the features of `sentence`) claims. `tagger` is the
//! learned one, over the rules; `pos` (with `tag`) and `clusters`, read through `lookup`, are what it sees of a word;
//! `training` opens all to `examples/train`.

mod acts;
#[expect(
    missing_docs,
    reason = "reached from outside by `examples/train` alone"
)]
mod attribution;
mod claims;
mod clauses;
mod clusters;
mod contents;
mod cues;
mod dates;
#[expect(
    missing_docs,
    reason = "reached from outside by `examples/train` alone"
)]
mod document;
pub mod explain;
mod facets;
mod groups;
mod layout;
mod lexicon;
mod lookup;
mod marks;
mod numbers;
mod phrases;
mod pos;
mod quotes;
pub mod record;
pub mod searle;
mod sentence;
mod skeleton;
mod sources;
mod speakers;
mod tag;
#[expect(
    missing_docs,
    reason = "reached from outside by `examples/train` alone"
)]
mod tagger;
pub mod training;
mod turns;
pub mod weights;
mod worth;

use crate::model::{Extraction, Layout, Quote, QuoteKind, Speaker, Statement};
use attribution::Tagger;
pub use dates::dates;
use document::Document;
pub use layout::Choice;
pub(crate) use lexicon::{Classes, Lexicon};
pub use numbers::numbers;
pub(crate) use speakers::people::Kinds;
use tagger::Learned;

/// Changes whenever the same text would give another extraction: part of the cache's key.
pub const VERSION: u32 = 16;

/// Holds the compiled lexicons. Build once, share between threads.
#[derive(Debug)]
pub struct Extractor {
    lexicon: lexicon::Lexicon,
    tagger: Box<dyn Tagger>,
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
            tagger: match Learned::bundled() {
                Some(learned) => Box::new(learned),
                None => Box::new(attribution::Rules),
            },
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
        let names = speakers::Names::new(&doc);
        let by_rule = attribution::Rules.find(&doc);
        let signed = speakers::on_top(&doc, &names);
        let choice = layout::choose(&doc, &turns, &by_rule, signed);
        doc.start = choice.body_from;
        let issuer = speakers::issuer(statement, &doc, &names, choice.layout);
        let quotes = if choice.layout == Layout::Transcript {
            let labels = speakers::Labels::new(&doc, &names, &turns, &statement.title.value);
            let mut quotes = quotes::of_turns(&turns);
            for quote in &mut quotes {
                let label = quote.source.first().map_or("", |s| s.of(doc.text));
                quote.speaker = labels.speaker(label);
            }
            quotes
        } else {
            let mut attributions = self.tagger.attributions(&doc, by_rule);
            if choice.layout == Layout::OneVoice {
                // The issuer's own words are not a report of somebody's.
                attribution::without_first_person(&doc, &mut attributions);
            }
            let mut quotes = quotes::narrative(&doc, attributions);
            resolve(&doc, &names, issuer.as_ref(), &mut quotes);
            if let Some(issuer) = issuer
                .as_ref()
                .filter(|_| choice.layout == Layout::OneVoice)
            {
                let state = speakers::principal(statement, &doc, issuer);
                without_own(&mut quotes, issuer, state);
            }
            quotes
        };
        let claims = claims::claims(&doc, statement, choice.layout, &quotes, issuer.as_ref());
        let extraction = Extraction {
            layout: choice.layout,
            issuer,
            quotes,
            claims,
        };
        (extraction, choice)
    }
}

/// Resolves the sources of all quotes in the order they are written.
fn resolve(
    doc: &Document<'_>,
    names: &speakers::Names,
    issuer: Option<&Speaker>,
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
            quote.speaker = speakers::resolve(doc, names, &mut memory, &quote.source, issuer);
        }
    }
    speakers::inherit(doc, names, quotes);
}

/// "The United States urges ..." in a statement of the United States is no report: the issuer speaks.
fn without_own(quotes: &mut Vec<Quote>, issuer: &Speaker, state: Option<&str>) {
    quotes.retain(|q| {
        let own = |name: &str| name == issuer.name || Some(name) == state;
        q.kind != QuoteKind::Indirect || !q.speaker.as_ref().is_some_and(|s| own(&s.name))
    });
    let old: Vec<u32> = quotes.iter().map(|q| q.id).collect();
    let new = |id: u32| {
        let at = old.binary_search(&id).ok()?;
        u32::try_from(at + 1).ok()
    };
    for quote in quotes.iter_mut() {
        quote.id = new(quote.id).unwrap_or(u32::MAX);
        quote.continues = quote.continues.and_then(new);
    }
}
