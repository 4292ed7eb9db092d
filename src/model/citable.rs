//! A statement as passages are taken from it: what all of them say alike is found out once.
//!
//! Its fingerprint and where its code points are cost a reading of the whole body each, which thousands of quotes of one
//! long statement would pay anew.

use super::passage::fingerprint;
use super::{Claim, Extraction, Passage, PassageKind, Place, Quote, Span, Stated, Statement};
use crate::text::{PointIndex, around};

/// Code points of context kept on either side of a passage.
const CONTEXT_POINTS: usize = 32;

/// A statement, ready to be cited from.
#[derive(Debug)]
pub struct Citable<'s> {
    statement: &'s Statement,
    points: PointIndex<'s>,
    sha256: String,
}

impl<'s> Citable<'s> {
    /// Reads the body of `statement`.
    #[must_use]
    pub fn new(statement: &'s Statement) -> Self {
        Self {
            statement,
            points: PointIndex::new(&statement.body),
            sha256: fingerprint(&statement.body),
        }
    }

    /// A passage of `spans` (bytes, in order, not empty).
    #[must_use]
    pub fn passage(&self, kind: PassageKind, spans: &[Span]) -> Passage {
        let statement = self.statement;
        Passage {
            statement: statement.id.to_string(),
            kind,
            places: spans.iter().map(|s| self.place(*s)).collect(),
            speaker: None,
            on_behalf_of: None,
            source_as_written: None,
            cue: None,
            claim_type: None,
            confidence: None,
            title: statement.title.clone(),
            source: statement.source.clone(),
            author: statement.author.clone(),
            date: statement
                .date
                .as_ref()
                .map(|d| Stated::new(d.value.to_string(), d.from)),
            place: statement.place.clone(),
            url: statement.url.clone(),
            lang: statement.lang.clone(),
            genre: statement.kind.clone(),
            path: statement.origin.path.clone(),
            text_sha256: self.sha256.clone(),
            hold: statement.hold.clone(),
            note: String::new(),
            tags: Vec::new(),
        }
    }

    /// A quote as a passage.
    #[must_use]
    pub fn quote(&self, quote: &Quote) -> Passage {
        let mut passage = self.passage(quote.kind.into(), &quote.content);
        self.attribute(&mut passage, quote);
        passage
    }

    /// A claim as a passage; `extraction` tells whether its words are quoted.
    #[must_use]
    pub fn claim(&self, extraction: &Extraction, claim: &Claim) -> Passage {
        let mut passage = self.passage(PassageKind::Claim, &[claim.span]);
        if let Some(quote) = claim.quote.and_then(|id| extraction.quote(id)) {
            self.attribute(&mut passage, quote);
        }
        passage.claim_type = Some(claim.kind.name().to_owned());
        passage.confidence = Some(claim.confidence);
        if let Some(speaker) = &claim.speaker {
            passage.speaker = Some(speaker.name.clone());
            passage.on_behalf_of.clone_from(&speaker.on_behalf_of);
        }
        passage
    }

    /// A hit or a selection as a passage. The speaker is filled in only when one quote holds it all.
    #[must_use]
    pub fn span(&self, extraction: Option<&Extraction>, kind: PassageKind, span: Span) -> Passage {
        let mut passage = self.passage(kind, &[span]);
        let holder = extraction.and_then(|e| {
            e.attributed()
                .find(|q| q.content.iter().any(|c| c.contains(span)))
        });
        if let Some(quote) = holder {
            self.attribute(&mut passage, quote);
        }
        passage
    }

    fn attribute(&self, passage: &mut Passage, quote: &Quote) {
        let written = self.statement.words_of(&quote.source);
        passage.speaker = quote.speaker.as_ref().map(|s| s.name.clone());
        passage.on_behalf_of = quote.speaker.as_ref().and_then(|s| s.on_behalf_of.clone());
        passage.source_as_written = (!written.is_empty()).then_some(written);
        passage.cue = (!quote.cue.is_empty()).then(|| self.statement.words_of(&quote.cue));
        passage.confidence = Some(quote.confidence);
    }

    fn place(&self, span: Span) -> Place {
        let (body, points) = (&self.statement.body, &self.points);
        let (start, end) = (points.points(span.begin()), points.points(span.finish()));
        let before = points.byte(start.saturating_sub(CONTEXT_POINTS));
        let after = points.byte(end + CONTEXT_POINTS);
        let before = around::before(body, before, span.begin());
        let after = around::after(body, span.finish(), after);
        Place {
            start,
            end,
            exact: span.of(body).to_owned(),
            prefix: before.of(body).to_owned(),
            suffix: after.of(body).to_owned(),
        }
    }
}
