//! What the columns leave out of an extraction, one field of all quotes or claims after the other, so that
//! like stands beside like and packs well. Read back together with the columns and the text.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

use super::codes::Code;
use crate::model::Facet;

/// What a claim has: a byte of these.
mod has {
    pub const OTHER_CUE: u8 = 1;
    pub const ATOMS: u8 = 2;
    pub const NUMBERS: u8 = 4;
    pub const DATES: u8 = 8;
    pub const CHAIN: u8 = 16;
    pub const RESTATED: u8 = 32;
    /// Facets in another order than that of all, or twice.
    pub const ODD_FACETS: u8 = 64;
}

/// Facets as bits, when they are in order and each once.
fn set_of(facets: &[Facet]) -> Option<u8> {
    let set = facets.iter().fold(0, |set, facet| set | 1 << facet.code());
    (facets_of(set) == facets).then_some(set)
}

fn facets_of(set: u8) -> Vec<Facet> {
    let all = Facet::ALL.iter().copied();
    all.filter(|facet| set & 1 << facet.code() != 0).collect()
}
