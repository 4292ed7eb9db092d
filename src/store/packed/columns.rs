//! What filters, facets, identities, lists and concordances read of an extraction: of each quote and claim
//! its kind, speaker and places. Kept as it stands, so that a query over all statements unpacks none.
//!
//! ```text
//! number of quotes, of claims   of each quote, of each claim a byte: kind, and what follows further on
//! speakers, each once   of each quote: speaker, content, source
//! of each claim, where it is not as might be thought: quote, speaker, span, claimant, target
//! ```

mod voices;
mod write;

pub use voices::Voices;
pub(super) use write::{Speakers, write};

use super::bytes::Reader;
use super::codes::{self, Code};
use crate::model::{Act, ClaimType, QuoteKind, Resolved};
use crate::text::Span;
use std::ops::Range;

/// A speaker without the place of its name; each once in a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SpeakerRow<'b> {
    /// Canonical name inside the statement.
    pub name: &'b str,
    /// For whom they speak.
    pub on_behalf_of: Option<&'b str>,
    /// How it was found.
    pub how: Resolved,
}

/// A quote, as far as kept here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteRow {
    /// Direct, mixed, indirect or scare.
    pub kind: QuoteKind,
    /// Speech or attitude.
    pub act: Act,
    /// Number of the speaker, in [`Columns::speakers`].
    pub speaker: Option<usize>,
    content: Range<u32>,
    source: Range<u32>,
}

/// A claim, as far as kept here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    /// What it does.
    pub kind: ClaimType,
    /// Where it stands.
    pub span: Span,
    /// The quote (by id) that it lies in.
    pub quote: Option<u32>,
    /// Number of the speaker, in [`Columns::speakers`].
    pub speaker: Option<usize>,
    /// Whom or what it is about, as written.
    pub target: Option<Span>,
    claimant: Range<u32>,
}

/// The columns of one statement; see the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns<'b> {
    /// Speakers, each once.
    pub speakers: Vec<SpeakerRow<'b>>,
    /// Quotes, in the order of the extraction.
    pub quotes: Vec<QuoteRow>,
    /// Claims, in the order of the extraction.
    pub claims: Vec<ClaimRow>,
    spans: Vec<Span>,
}

/// How many quotes and claims of each kind: what stands first in the columns, read without the rest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kinds<'b> {
    quotes: &'b [u8],
    claims: &'b [u8],
}

impl Kinds<'_> {
    /// The kind of each quote.
    pub fn quotes(&self) -> impl Iterator<Item = QuoteKind> {
        self.quotes
            .iter()
            .filter_map(|&code| Code::of(code & codes::KIND))
    }

    /// The type of each claim.
    pub fn claims(&self) -> impl Iterator<Item = ClaimType> {
        self.claims
            .iter()
            .filter_map(|&code| Code::of(code & codes::TYPE))
    }

    /// Number of quotes that somebody is said to have said: all but scare quotes.
    #[must_use]
    pub fn attributed(&self) -> usize {
        self.quotes()
            .filter(|kind| *kind != QuoteKind::Scare)
            .count()
    }

    /// True without quotes and claims.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quotes.is_empty() && self.claims.is_empty()
    }

    /// Number of claims.
    #[must_use]
    pub fn claimed(&self) -> usize {
        self.claims.len()
    }

    fn read<'b>(reader: &mut Reader<'b>) -> Option<Kinds<'b>> {
        let (quotes, claims) = (reader.count()?, reader.count()?);
        Some(Kinds {
            quotes: reader.bytes(quotes)?,
            claims: reader.bytes(claims)?,
        })
    }
}

/// The kinds at the head of columns.
pub(super) fn kinds(columns: &[u8]) -> Option<Kinds<'_>> {
    Kinds::read(&mut Reader(columns))
}

impl<'b> Columns<'b> {
    /// All columns.
    pub(super) fn read(columns: &'b [u8]) -> Option<Self> {
        let (mut read, kinds, mut reader) = Self::begin(columns)?;
        read.read_claims(&kinds, &mut reader)?;
        reader.0.is_empty().then_some(read)
    }

    /// Those of the speakers and quotes, for who does not look at claims.
    pub(super) fn of_quotes(columns: &'b [u8]) -> Option<Self> {
        Self::begin(columns).map(|(read, ..)| read)
    }

    /// Up to the claims, and what is behind.
    fn begin(columns: &'b [u8]) -> Option<(Self, Kinds<'b>, Reader<'b>)> {
        let mut reader = Reader(columns);
        let kinds = Kinds::read(&mut reader)?;
        let mut read = Self::default();
        read.read_quotes(&kinds, &mut reader)?;
        Some((read, kinds, reader))
    }

    fn read_quotes(&mut self, kinds: &Kinds<'_>, reader: &mut Reader<'b>) -> Option<()> {
        self.speakers = read_speakers(reader)?;
        self.quotes.reserve_exact(kinds.quotes.len());
        self.spans.reserve(2 * kinds.quotes.len());
        let mut from = 0;
        for &code in kinds.quotes {
            let speaker = match code & codes::SPOKEN {
                0 => None,
                _ => Some(reader.count_below(self.speakers.len())?),
            };
            let content = self.more_spans(code & codes::ONE_CONTENT, reader, &mut from)?;
            let source = self.more_spans(code & codes::ONE_SOURCE, reader, &mut { from })?;
            self.quotes.push(QuoteRow {
                kind: Code::of(code & codes::KIND)?,
                act: Code::of((code >> codes::ACT) & 1)?,
                speaker,
                content,
                source,
            });
        }
        Some(())
    }

    fn read_claims(&mut self, kinds: &Kinds<'_>, reader: &mut Reader<'_>) -> Option<()> {
        self.claims.reserve_exact(kinds.claims.len());
        let (mut from, mut id, mut speaker) = (0, None, None);
        for &code in kinds.claims {
            let has = |bit: u8| code & bit != 0;
            if has(codes::OTHER_QUOTE) {
                id = match reader.number()?.checked_sub(1) {
                    None => None,
                    Some(id) => Some(u32::try_from(id).ok()?),
                };
            }
            let quote = id.and_then(|id: u32| self.quotes.get((id as usize).checked_sub(1)?));
            if id.is_some() {
                speaker = quote.and_then(|q| q.speaker);
            }
            if has(codes::OTHER_SPEAKER) {
                speaker = reader.count_below(self.speakers.len() + 1)?.checked_sub(1);
            }
            let source = quote.map_or(0..0, |q| q.source.clone());
            let span = reader.span(from)?;
            from = span.end;
            let claimant = if has(codes::OTHER_CLAIMANT) {
                let count = reader.count()?;
                self.add_spans(reader, span.start, count)?
            } else {
                source
            };
            let target = match has(codes::TARGET) {
                true => Some(reader.span(span.start)?),
                false => None,
            };
            self.claims.push(ClaimRow {
                kind: Code::of(code & codes::TYPE)?,
                span,
                quote: id,
                speaker,
                target,
                claimant,
            });
        }
        Some(())
    }

    /// One span, or a list with its count; `from` is moved to its end.
    fn more_spans(
        &mut self,
        one: u8,
        reader: &mut Reader<'_>,
        from: &mut u32,
    ) -> Option<Range<u32>> {
        let count = if one == 0 { reader.count()? } else { 1 };
        let added = self.add_spans(reader, *from, count)?;
        if count > 0 {
            *from = self.spans.last()?.end;
        }
        Some(added)
    }

    fn add_spans(
        &mut self,
        reader: &mut Reader<'_>,
        from: u32,
        count: usize,
    ) -> Option<Range<u32>> {
        let start = u32::try_from(self.spans.len()).ok()?;
        reader.spans(from, count, &mut self.spans)?;
        Some(start..u32::try_from(self.spans.len()).ok()?)
    }

    fn spans(&self, range: &Range<u32>) -> &[Span] {
        let range = range.start as usize..range.end as usize;
        self.spans.get(range).unwrap_or_default()
    }

    /// What is attributed by a quote, in order.
    #[must_use]
    pub fn content(&self, quote: &QuoteRow) -> &[Span] {
        self.spans(&quote.content)
    }

    /// From the first to the last byte of a quote's content.
    #[must_use]
    pub fn extent(&self, quote: &QuoteRow) -> Span {
        let content = self.content(quote);
        let first = content.first().copied().unwrap_or_default();
        content.iter().fold(first, |all, span| all.cover(*span))
    }

    /// Who a quote is of, as written.
    #[must_use]
    pub fn source(&self, quote: &QuoteRow) -> &[Span] {
        self.spans(&quote.source)
    }

    /// Who makes a claim, as written.
    #[must_use]
    pub fn claimant(&self, claim: &ClaimRow) -> &[Span] {
        self.spans(&claim.claimant)
    }

    /// The speaker of this number.
    #[must_use]
    pub fn speaker(&self, number: Option<usize>) -> Option<&SpeakerRow<'b>> {
        self.speakers.get(number?)
    }

    /// The quote with this id.
    #[must_use]
    pub fn quote(&self, id: u32) -> Option<&QuoteRow> {
        self.quotes.get((id as usize).checked_sub(1)?)
    }

    /// Quotes that somebody is said to have said: all but scare quotes.
    pub fn attributed(&self) -> impl Iterator<Item = &QuoteRow> {
        self.quotes.iter().filter(|q| q.kind != QuoteKind::Scare)
    }
}

fn read_speakers<'b>(reader: &mut Reader<'b>) -> Option<Vec<SpeakerRow<'b>>> {
    let count = reader.count()?;
    let mut speakers = Vec::with_capacity(count);
    for _ in 0..count {
        let code = reader.byte()?;
        speakers.push(SpeakerRow {
            name: reader.text()?,
            on_behalf_of: match code & 1 {
                0 => None,
                _ => Some(reader.text()?),
            },
            how: Code::of(code >> 1)?,
        });
    }
    Some(speakers)
}
