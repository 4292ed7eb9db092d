//! The steps from statements to extractions, each over several statements before the next.
//!
//! What a step reads besides the statements, its weights and its code, is more than the near caches hold together with that of the
//! others: with short statements one by one it was fetched anew for each. Statements bear on one another in nothing but time: no
//! step may see another statement than its own.

use super::attribution::{self, Attribution, Tagger};
use super::document::Document;
use super::lexicon::Lexicon;
use super::turns::Turn;
use super::worth::Weigher;
use super::{Choice, claims, layout, quotes, speakers, turns};
use crate::model::{Claim, Extraction, Layout, Quote, QuoteKind, Speaker, Statement};

/// Statements are taken through the steps together until they [take](taken) so many bytes. With half of that there is more to
/// fetch, with twice of it too.
pub const BYTES_TOGETHER: usize = 1 << 16;

/// What a statement takes of those: the bytes of its text, and some for being one, so that not too many are under way where they are
/// very short.
#[must_use]
pub fn taken(statement: &Statement) -> usize {
    const AT_LEAST: usize = 512;
    AT_LEAST + statement.body.len()
}

/// How many of these, from the first on, are taken through the steps together.
pub fn so_many<'s>(statements: impl Iterator<Item = &'s Statement>) -> usize {
    let mut bytes = 0;
    let has_room = |statement: &&Statement| {
        let before = bytes;
        bytes += taken(statement);
        before < BYTES_TOGETHER
    };
    statements.take_while(has_room).count()
}

/// A statement under way.
struct Begun<'s> {
    statement: &'s Statement,
    doc: Document<'s>,
    turns: Vec<Turn>,
    names: speakers::Names,
    choice: Choice,
    issuer: Option<Speaker>,
    /// Of the rules at first, then of the tagger, until quotes are made of them.
    attributions: Vec<Attribution>,
    quotes: Vec<Quote>,
    claims: Vec<Claim>,
}

/// What is extracted from a statement, with the layout that was chosen and why.
pub fn one(lexicon: &Lexicon, tagger: &dyn Tagger, statement: &Statement) -> (Extraction, Choice) {
    let mut begun = [Begun::new(statement, cut(lexicon, statement))];
    go_on(tagger, &mut begun);
    let [begun] = begun;
    begun.done()
}

/// The same of each of some, in their order. Those that are under way at a time are cut into words and more, which takes some
/// twenty bytes a byte of text.
pub fn all(
    lexicon: &Lexicon,
    tagger: &dyn Tagger,
    statements: &[&Statement],
) -> Vec<(Extraction, Choice)> {
    let mut out = Vec::with_capacity(statements.len());
    let mut rest = statements;
    while !rest.is_empty() {
        // At least the first, so this ends.
        let count = so_many(rest.iter().copied());
        let (some, later) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        out.extend(together(lexicon, tagger, some));
        rest = later;
    }
    out
}

fn together<'s>(
    lexicon: &'s Lexicon,
    tagger: &dyn Tagger,
    statements: &[&'s Statement],
) -> impl Iterator<Item = (Extraction, Choice)> {
    let docs: Vec<Document<'_>> = statements.iter().map(|s| cut(lexicon, s)).collect();
    let begun = statements.iter().zip(docs);
    let mut begun: Vec<Begun<'_>> = begun.map(|(s, doc)| Begun::new(s, doc)).collect();
    go_on(tagger, &mut begun);
    begun.into_iter().map(Begun::done)
}

fn cut<'s>(lexicon: &'s Lexicon, statement: &'s Statement) -> Document<'s> {
    Document::new(&statement.body, statement.header, lexicon)
}

/// The steps behind the first.
fn go_on(tagger: &dyn Tagger, begun: &mut [Begun<'_>]) {
    let prose = begun.iter_mut().filter(|b| !b.is_transcript());
    let mut prose: Vec<&mut Begun<'_>> = prose.collect();
    let docs = prose.iter_mut().map(|b| {
        let by_rule = std::mem::take(&mut b.attributions);
        (&b.doc, by_rule)
    });
    let found = tagger.attributions(docs.collect());
    for (b, found) in prose.into_iter().zip(found) {
        b.attributions = found;
    }
    begun.iter_mut().for_each(Begun::quote);
    begun.iter_mut().for_each(Begun::claim);
    let mut weigher = Weigher::default();
    for b in begun {
        weigher.weigh(&b.doc, &mut b.claims);
    }
}

impl<'s> Begun<'s> {
    /// Layout, issuer and names, with what the rules say.
    fn new(statement: &'s Statement, mut doc: Document<'s>) -> Self {
        let turns = turns::turns(&doc);
        let names = speakers::Names::new(&doc);
        let attributions = attribution::Rules.find(&doc);
        let signed = speakers::on_top(&doc, &names);
        let choice = layout::choose(&doc, &turns, &attributions, signed);
        doc.start = choice.body_from;
        let issuer = speakers::issuer(statement, &doc, &names, choice.layout);
        Self {
            statement,
            doc,
            turns,
            names,
            choice,
            issuer,
            attributions,
            quotes: Vec::new(),
            claims: Vec::new(),
        }
    }

    fn is_transcript(&self) -> bool {
        self.choice.layout == Layout::Transcript
    }

    /// Makes the quotes, with their speakers.
    fn quote(&mut self) {
        let (doc, names, issuer) = (&self.doc, &self.names, self.issuer.as_ref());
        if self.is_transcript() {
            let title = &self.statement.title.value;
            let labels = speakers::Labels::new(doc, names, &self.turns, title);
            self.quotes = quotes::of_turns(&self.turns);
            for quote in &mut self.quotes {
                let label = quote.source.first().map_or("", |s| s.of(doc.text));
                quote.speaker = labels.speaker(label);
            }
            return;
        }
        let mut attributions = std::mem::take(&mut self.attributions);
        let one_voice = self.choice.layout == Layout::OneVoice;
        if one_voice {
            // The issuer's own words are not a report of somebody's.
            attribution::without_first_person(doc, &mut attributions);
        }
        self.quotes = quotes::narrative(doc, attributions);
        resolve(doc, names, issuer, &mut self.quotes);
        if let Some(issuer) = issuer.filter(|_| one_voice) {
            let state = speakers::principal(self.statement, doc, issuer);
            without_own(&mut self.quotes, issuer, state);
        }
    }

    /// Makes the claims, but for what they weigh.
    fn claim(&mut self) {
        let (layout, issuer) = (self.choice.layout, self.issuer.as_ref());
        self.claims = claims::claims(&self.doc, self.statement, layout, &self.quotes, issuer);
    }

    fn done(self) -> (Extraction, Choice) {
        let extraction = Extraction {
            layout: self.choice.layout,
            issuer: self.issuer,
            quotes: self.quotes,
            claims: self.claims,
        };
        (extraction, self.choice)
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
