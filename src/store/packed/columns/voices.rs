//! Who speaks in a statement, and how often: read without where, for lists and counts over many statements.

use super::{Kinds, SpeakerRow, read_speakers};
use crate::model::QuoteKind;
use crate::store::packed::bytes::Reader;
use crate::store::packed::codes::{self, Code};

/// The speakers of one statement, with how many quotes are their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices<'b> {
    /// Speakers, each once: those of [`Columns::speakers`](super::Columns::speakers).
    pub speakers: Vec<SpeakerRow<'b>>,
    /// Of each, the quotes that it is said to have said: all but scare quotes.
    quotes: Vec<usize>,
}

impl<'b> Voices<'b> {
    /// What stands before the claims. Places are passed over, not looked at.
    pub(in crate::store::packed) fn read(columns: &'b [u8]) -> Option<Self> {
        let mut reader = Reader(columns);
        let kinds = Kinds::read(&mut reader)?;
        let speakers = read_speakers(&mut reader)?;
        let mut quotes = vec![0; speakers.len()];
        for &code in kinds.quotes {
            if code & codes::SPOKEN != 0 {
                let own = quotes.get_mut(reader.count_below(speakers.len())?)?;
                *own += usize::from(QuoteKind::of(code & codes::KIND)? != QuoteKind::Scare);
            }
            for one in [codes::ONE_CONTENT, codes::ONE_SOURCE] {
                let spans = match code & one {
                    0 => reader.count()?,
                    _ => 1,
                };
                // A span is two numbers.
                reader.skip(spans.checked_mul(2)?)?;
            }
        }
        Some(Self { speakers, quotes })
    }

    /// The numbers of those who say something, each with how many quotes are its own.
    pub fn spoken(&self) -> impl Iterator<Item = (usize, usize)> {
        let all = self.quotes.iter().copied().enumerate();
        all.filter(|(_, quotes)| *quotes > 0)
    }
}
