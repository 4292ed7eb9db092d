//! An extraction in few bytes: one record a statement, which the store holds in memory and `cache` on disk.
//!
//! As a tree of lists and texts the extractions of an archive take five times its text. Here they take a
//! small part of it:
//!
//! - the **columns** (`columns`): what filters, facets, identities and lists read, as it stands, so that
//!   they unpack nothing;
//! - the **rest** (`rest`): everything else, field by field, a text by its place in the statement where it
//!   stands there, and all of that compressed.
//!
//! ```text
//! length   columns   length   what of the rest is as good as random
//! length of the rest unpacked, 0 when it is not compressed   the rest, zstd
//! ```
//!
//! Nothing is lost: unpacking gives an equal extraction. A record is of one text and means nothing without
//! it. Must not judge what it holds.

mod bytes;
mod codes;
mod columns;
mod rest;
mod restated;
#[cfg(test)]
mod tests;

pub use columns::{ClaimRow, Columns, Kinds, QuoteRow, SpeakerRow, Voices};

use crate::model::Extraction;
use bytes::{Reader, Writer};
use columns::Speakers;
use std::cell::RefCell;
use zstd::bulk::{Compressor, Decompressor};

/// Measured on an archive: the next level packs a hundredth better and takes half as long again.
const LEVEL: i32 = 3;
/// What the rest may unpack to at most: more than any statement's.
const MOST_UNPACKED: usize = 1 << 30;

thread_local! {
    // Their tables are larger than most records: made once a thread.
    static PACKING: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKING: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// One packed extraction; see the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed(Box<[u8]>);

impl Packed {
    /// Packs what was extracted from `body`.
    #[must_use]
    pub fn new(extraction: &Extraction, body: &str) -> Self {
        let speakers = Speakers::of(extraction);
        let (mut columns, mut rest) = (Writer::default(), Writer::default());
        let mut noise = Writer::default();
        columns::write(extraction, &speakers, &mut columns);
        rest::write(extraction, &speakers, body, &mut rest, &mut noise);
        let most = columns.0.len() + noise.0.len() + rest.0.len();
        let mut out = Writer(Vec::with_capacity(most + 16));
        for part in [&columns, &noise] {
            out.count(part.0.len());
            out.0.extend_from_slice(&part.0);
        }
        // A few bytes only grow; and a compressor that finds no memory must not lose what was read.
        match compressed(&rest.0).filter(|packed| packed.len() < rest.0.len()) {
            Some(packed) => {
                out.count(rest.0.len());
                out.0.extend_from_slice(&packed);
            }
            None => {
                out.count(0);
                out.0.extend_from_slice(&rest.0);
            }
        }
        Self(out.0.into())
    }

    /// A record that was kept; `None` when its columns are none. What is behind them is checked when it
    /// is unpacked: the caller has made sure that the bytes are as they were written.
    #[must_use]
    pub fn of_bytes(bytes: Vec<u8>) -> Option<Self> {
        let packed = Self(bytes.into());
        packed.columns().is_some().then_some(packed)
    }

    /// The bytes to keep.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn parts(&self) -> Option<(&[u8], Reader<'_>)> {
        let mut reader = Reader(&self.0);
        let columns = reader.count()?;
        Some((reader.bytes(columns)?, reader))
    }

    /// How many quotes and claims of each kind: a look at the first bytes.
    #[must_use]
    pub fn kinds(&self) -> Kinds<'_> {
        let parts = self.parts();
        parts
            .and_then(|(columns, _)| columns::kinds(columns))
            .unwrap_or_default()
    }

    /// What filters read.
    #[must_use]
    pub fn columns(&self) -> Option<Columns<'_>> {
        Columns::read(self.parts()?.0)
    }

    /// What filters read of speakers and quotes; the claims are left out.
    #[must_use]
    pub fn quotes(&self) -> Option<Columns<'_>> {
        Columns::of_quotes(self.parts()?.0)
    }

    /// Who speaks and how often, for lists and counts.
    #[must_use]
    pub fn voices(&self) -> Option<Voices<'_>> {
        Voices::read(self.parts()?.0)
    }

    /// All of it; `body` must be the text it was packed with.
    #[must_use]
    pub fn unpack(&self, body: &str) -> Option<Extraction> {
        let (_, mut reader) = self.parts()?;
        let columns = self.columns()?;
        let noise = reader.count()?;
        let noise = Reader(reader.bytes(noise)?);
        match usize::try_from(reader.number()?).ok()? {
            0 => rest::read(&columns, body, reader, noise),
            length => {
                let rest = decompressed(reader.0, length)?;
                rest::read(&columns, body, Reader(&rest), noise)
            }
        }
    }
}

fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    PACKING.with_borrow_mut(|packing| {
        let made = match packing {
            Some(made) => made,
            None => packing.insert(Compressor::new(LEVEL).ok()?),
        };
        made.compress(bytes).ok()
    })
}

fn decompressed(bytes: &[u8], length: usize) -> Option<Vec<u8>> {
    if length > MOST_UNPACKED {
        return None;
    }
    UNPACKING.with_borrow_mut(|unpacking| {
        let made = match unpacking {
            Some(made) => made,
            None => unpacking.insert(Decompressor::new().ok()?),
        };
        made.decompress(bytes, length).ok()
    })
}
