//! Whether a statement, or one quote or claim of it, is what a query asks for. Exact: the engine's
//! candidates pass through here wherever the engine alone cannot decide.

use super::beginnings::begin_words;
use super::needs::{all_texts, asks_for_scare, asks_item, of_items};
use super::scan::{Hit, How, Scanner};
use crate::model::{ClaimType, QuoteKind, Span, Statement};
use crate::query::{Field, Has, Node, Query, Zone};
use crate::store::{ClaimRow, Columns, DocNo, Identities, Identity, Packed, QuoteRow, Segment};
use crate::text::fold::fold;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// A quote or a claim, by its position in the extraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// `quotes[n]`.
    Quote(usize),
    /// `claims[n]`.
    Claim(usize),
}

/// One statement under judgement, its hits found once.
#[derive(Debug)]
pub struct Judge<'s> {
    query: &'s Query,
    statement: &'s Statement,
    packed: Option<&'s Packed>,
    /// Of the quotes and claims what is asked here; read when first asked for.
    columns: OnceCell<Option<Columns<'s>>>,
    /// Where the texts of the query stand in its line, in the order of [`all_texts`]: their identity.
    texts: Vec<Span>,
    /// Whether a speaker, by number, is known by the words that stand here in the query: asked of many quotes and
    /// claims, answered once.
    known: RefCell<HashMap<(*const String, usize), bool>>,
    identities: Option<&'s Identities>,
    /// Its number in what is loaded, by which identities know its speakers.
    doc: DocNo,
    body: Vec<Hit>,
    title: Vec<Hit>,
}

impl<'s> Judge<'s> {
    /// Scans the statement at `at` for the texts of the query, those that must not occur included:
    /// `scanner` must have been made of [`all_texts`] and the segment. `None` past the segment's end.
    #[must_use]
    pub fn new(
        query: &'s Query,
        scanner: &Scanner<'_>,
        segment: &'s Segment,
        at: usize,
    ) -> Option<Self> {
        let doc = u32::try_from(at).ok()?;
        Some(Self {
            query,
            statement: segment.statements().get(at)?,
            packed: segment.packed(at),
            columns: OnceCell::new(),
            texts: all_texts(query).iter().map(|text| text.span).collect(),
            known: RefCell::default(),
            identities: None,
            doc: DocNo::MAX,
            body: scanner.scan(doc, false),
            title: scanner.scan(doc, true),
        })
    }

    /// The same, that finds a speaker by any name of the same person or office; `doc` is the number of the
    /// statement in what is loaded.
    #[must_use]
    pub fn knowing(self, identities: Option<&'s Identities>, doc: DocNo) -> Self {
        Self {
            identities,
            doc,
            ..self
        }
    }

    fn columns(&self) -> Option<&Columns<'s>> {
        let read = || self.packed.and_then(Packed::columns);
        self.columns.get_or_init(read).as_ref()
    }

    /// The statement matches.
    #[must_use]
    pub fn holds(&self) -> bool {
        let Some(root) = &self.query.root else {
            return true;
        };
        if self.query.zone.is_item() {
            return self.items(self.query.zone).next().is_some();
        }
        self.node(root, None)
    }

    /// Quotes (for [`Zone::Quote`]) or claims (for [`Zone::Claim`]) that match by themselves: the
    /// words stand in them, and what is asked of speaker, type and target holds of them.
    pub fn items(&self, zone: Zone) -> impl Iterator<Item = Item> + '_ {
        let quotes = self.columns().map_or(0, |c| c.quotes.len());
        let claims = self.columns().map_or(0, |c| c.claims.len());
        let (quotes, claims) = match zone {
            Zone::Quote => (quotes, 0),
            Zone::Claim => (0, claims),
            _ => (0, 0),
        };
        let all = (0..quotes)
            .map(Item::Quote)
            .chain((0..claims).map(Item::Claim));
        all.filter(move |item| {
            let asked = self.query.root.as_ref();
            (!self.is_scare(*item) || asked.is_some_and(asks_for_scare))
                && asked.is_none_or(|root| self.node(root, Some(*item)))
        })
    }

    /// Hits of the texts that the query wants, in the body, where the query wants them.
    #[must_use]
    pub fn hits(&self, wanted: usize) -> Vec<Hit> {
        let mut hits: Vec<Hit> = match self.query.zone {
            Zone::Title => Vec::new(),
            Zone::Anywhere | Zone::Body => self.body.clone(),
            zone => {
                let items = self.items(zone);
                let spans: Vec<Span> = items.flat_map(|item| self.spans(item)).copied().collect();
                let inside = |hit: &&Hit| spans.iter().any(|s| s.contains(hit.span));
                self.body.iter().filter(inside).copied().collect()
            }
        };
        hits.retain(|hit| hit.text < wanted);
        hits
    }

    /// The quotes that match by themselves, or else the claims, with their places in order; of two
    /// that overlap the first. In place of hits where a query has no words.
    #[must_use]
    pub fn item_hits(&self) -> Vec<(Item, Hit)> {
        let zones = match self.query.zone {
            Zone::Claim => [Zone::Claim, Zone::Claim],
            _ => [Zone::Quote, Zone::Claim],
        };
        let places = |zone| -> Vec<(Span, Item)> {
            let items = self.items(zone);
            items
                .flat_map(|item| self.spans(item).iter().map(move |span| (*span, item)))
                .filter(|(span, _)| !span.is_empty())
                .collect()
        };
        let mut found = zones
            .into_iter()
            .map(places)
            .find(|places| !places.is_empty())
            .unwrap_or_default();
        found.sort_unstable_by_key(|(span, item)| (span.start, span.end, *item));
        let mut hits: Vec<(Item, Hit)> = Vec::with_capacity(found.len());
        for (span, item) in found {
            if hits
                .last()
                .is_none_or(|(_, last)| last.span.end <= span.start)
            {
                let hit = Hit {
                    span,
                    text: 0,
                    how: How::Exact,
                };
                hits.push((item, hit));
            }
        }
        hits
    }

    fn spans(&self, item: Item) -> &[Span] {
        let spans = self.columns().and_then(|columns| match item {
            Item::Quote(n) => columns.quotes.get(n).map(|q| columns.content(q)),
            Item::Claim(n) => columns.claims.get(n).map(|c| std::slice::from_ref(&c.span)),
        });
        spans.unwrap_or_default()
    }

    fn is_scare(&self, item: Item) -> bool {
        matches!(self.quote_of(item), Some(quote) if quote.kind == QuoteKind::Scare && matches!(item, Item::Quote(_)))
    }

    /// The quote itself, or the quote that a claim lies in.
    fn quote_of(&self, item: Item) -> Option<&QuoteRow> {
        let columns = self.columns()?;
        match item {
            Item::Quote(n) => columns.quotes.get(n),
            Item::Claim(n) => columns.quote(columns.claims.get(n)?.quote?),
        }
    }

    fn claim_of(&self, item: Item) -> Option<&ClaimRow> {
        match item {
            Item::Quote(_) => None,
            Item::Claim(n) => self.columns()?.claims.get(n),
        }
    }

    /// The truth of a node about one item, or about the statement as a whole.
    fn node(&self, node: &Node, item: Option<Item>) -> bool {
        match node {
            Node::And(nodes) => {
                let Some(item) = item else {
                    return self.all_of(nodes);
                };
                nodes.iter().all(|n| self.node(n, Some(item)))
            }
            Node::Or(nodes) => nodes.iter().any(|n| self.node(n, item)),
            Node::Not(inner) => !self.node(inner, item),
            Node::Text(_) => self.text(node, item),
            Node::Field { field, values, .. } => match item {
                None if of_items(*field, values) => self.some_item(&[node]),
                _ => values.iter().any(|words| self.field(*field, words, item)),
            },
            Node::Date(range, _) => self
                .statement
                .date
                .as_ref()
                .is_some_and(|date| range.holds(date.value.as_str())),
            Node::Has(has, _) => self.has(*has),
        }
    }

    /// Side by side, what is asked of speaker, type and target must hold of one and the same quote
    /// or claim: `speaker:biden type:demand` is a demand of his.
    fn all_of(&self, nodes: &[Node]) -> bool {
        let (mut items, rest): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|n| asks_item(n));
        // A type is told at a glance, a speaker by the words of its names.
        items.sort_by_key(|n| !matches!(n, Node::Field { field, .. } if *field == Field::Type));
        rest.into_iter().all(|n| self.node(n, None)) && (items.is_empty() || self.some_item(&items))
    }

    fn some_item(&self, nodes: &[&Node]) -> bool {
        // Whether any has the type is told by the kinds alone; whether one has all else too is read below.
        for node in nodes {
            if let Node::Field {
                field: Field::Type,
                values,
                ..
            } = node
            {
                if !self.some_item_is(values) {
                    return false;
                }
                if nodes.len() == 1 {
                    return true;
                }
            }
        }
        let Some(columns) = self.columns() else {
            return false;
        };
        let quotes = (0..columns.quotes.len()).map(Item::Quote);
        let claims = (0..columns.claims.len()).map(Item::Claim);
        quotes
            .chain(claims)
            .any(|item| nodes.iter().all(|n| self.node(n, Some(item))))
    }

    /// Some quote or claim has one of these types.
    fn some_item_is(&self, values: &[Vec<String>]) -> bool {
        let kinds = self.packed.map(Packed::kinds).unwrap_or_default();
        values.iter().filter_map(|words| words.first()).any(|name| {
            let claimed = ClaimType::from_name(name);
            let quoted = QuoteKind::ALL.into_iter().find(|kind| kind.name() == name);
            claimed.is_some_and(|wanted| kinds.claims().any(|kind| kind == wanted))
                || quoted.is_some_and(|wanted| kinds.quotes().any(|kind| kind == wanted))
                || (!kinds.is_empty() && self.is_type(name, None))
        })
    }

    fn text(&self, node: &Node, item: Option<Item>) -> bool {
        let Node::Text(wanted) = node else {
            return false;
        };
        let Some(number) = self.texts.iter().position(|span| *span == wanted.span) else {
            return false;
        };
        let is_this = |hit: &&Hit| hit.text == number;
        match (item, self.query.zone) {
            (Some(item), _) => {
                let spans = self.spans(item);
                self.body
                    .iter()
                    .filter(is_this)
                    .any(|hit| spans.iter().any(|s| s.contains(hit.span)))
            }
            (None, Zone::Title) => self.title.iter().any(|h| h.text == number),
            (None, Zone::Body) => self.body.iter().any(|h| h.text == number),
            (None, _) => self
                .body
                .iter()
                .chain(&self.title)
                .any(|h| h.text == number),
        }
    }

    fn field(&self, field: Field, words: &[String], item: Option<Item>) -> bool {
        let statement = self.statement;
        let holds = |value: Option<&str>| value.is_some_and(|value| begin_words(words, value));
        match field {
            Field::Source | Field::Title | Field::Place => holds(stated(field, statement)),
            Field::Tag => statement.tags.iter().any(|tag| begin_words(words, tag)),
            Field::Lang => {
                let lang = statement.lang.as_deref().map(fold).unwrap_or_default();
                words
                    .first()
                    .is_some_and(|wanted| lang.starts_with(wanted.as_str()))
            }
            Field::Type => words.first().is_some_and(|name| self.is_type(name, item)),
            Field::Speaker => item.is_some_and(|item| self.is_speaker(words, item)),
            Field::Target => {
                let claim = item.and_then(|item| self.claim_of(item));
                holds(
                    claim
                        .and_then(|c| c.target)
                        .map(|target| statement.words(target)),
                )
            }
        }
    }

    fn is_type(&self, name: &str, item: Option<Item>) -> bool {
        let kind = self.statement.kind.as_deref().map(fold).unwrap_or_default();
        if !kind.is_empty() && kind.contains(name) {
            return true;
        }
        let Some(item) = item else { return false };
        let claim = self.claim_of(item);
        claim.is_some_and(|c| c.kind.name() == name)
            || self.quote_of(item).is_some_and(|q| q.kind.name() == name)
    }

    fn is_speaker(&self, words: &[String], item: Item) -> bool {
        let quote = self.quote_of(item);
        let claim = self.claim_of(item);
        let Some(columns) = self.columns() else {
            return false;
        };
        let resolved = match claim {
            Some(claim) => claim.speaker,
            None => quote.and_then(|q| q.speaker),
        };
        let written = match claim {
            Some(claim) => Some(columns.claimant(claim)),
            None => quote.map(|q| columns.source(q)),
        };
        resolved.is_some_and(|number| {
            self.once(words, number, || self.has_name(words, number, columns))
        }) || written.is_some_and(|spans| match spans {
            [span] => begin_words(words, self.statement.words(*span)),
            _ => begin_words(words, &self.statement.words_of(spans)),
        })
    }

    /// The answer about a speaker, worked out when it is first asked for.
    fn once(&self, words: &[String], speaker: usize, answer: impl FnOnce() -> bool) -> bool {
        let asked = (words.as_ptr(), speaker);
        let answered = self.known.borrow().get(&asked).copied();
        answered.unwrap_or_else(|| {
            let answer = answer();
            self.known.borrow_mut().insert(asked, answer);
            answer
        })
    }

    /// By the name it has here, or by another of the same person or office.
    fn has_name(&self, words: &[String], number: usize, columns: &Columns<'_>) -> bool {
        let speaker = columns.speaker(Some(number));
        if speaker.is_some_and(|speaker| begin_words(words, speaker.name)) {
            return true;
        }
        let publisher = self.statement.source.as_ref().map(|s| s.value.as_str());
        let identity = self.identities.and_then(|identities| {
            identities.identity_of(self.doc, number, &columns.speakers, publisher)
        });
        identity.is_some_and(|identity| is_named(identity, words))
    }

    fn has(&self, has: Has) -> bool {
        let kinds = || self.packed.map(Packed::kinds).unwrap_or_default();
        match has {
            Has::Quote => kinds().attributed() > 0,
            Has::Claim => kinds().claimed() > 0,
            Has::Speaker => {
                let voices = self.packed.and_then(Packed::voices);
                voices.is_some_and(|voices| voices.spoken().next().is_some())
            }
            Has::Date => self.statement.date.is_some(),
            Has::Url => self.statement.url.is_some(),
        }
    }
}

/// All `words` begin words of one of its names.
#[must_use]
pub fn is_named(identity: &Identity, words: &[String]) -> bool {
    identity.known_as().any(|name| begin_words(words, name))
}

/// What a statement says of itself in a field that holds one text.
pub fn stated(field: Field, statement: &Statement) -> Option<&str> {
    match field {
        Field::Source => statement.source.as_ref().map(|s| s.value.as_str()),
        Field::Title => Some(&statement.title.value),
        Field::Place => statement.place.as_ref().map(|p| p.value.as_str()),
        _ => None,
    }
}
