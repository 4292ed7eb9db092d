//! The small closed sets of the model as bytes. The order of a set is part of what is kept on disk: one that
//! changes needs a new version of the layout, in `cache`.

use crate::model::{
    Act, Attributed, ClaimType, Facet, Illocution, InQuote, Layout, Modality, Polarity, QuoteKind,
    Resolved, Stance, Verifiable,
};

/// Bits of a quote's byte that are its kind; above them, shifted by [`ACT`], its act.
pub(super) const KIND: u8 = 3;
/// See [`KIND`].
pub(super) const ACT: u8 = 2;
/// Bits of a quote's byte: its content is one span, its source is one span, it has a speaker.
pub(super) const ONE_CONTENT: u8 = 8;
/// See [`ONE_CONTENT`].
pub(super) const ONE_SOURCE: u8 = 16;
/// See [`ONE_CONTENT`].
pub(super) const SPOKEN: u8 = 32;
/// Bits of a claim's byte that are its type; above them, what of it is written out: that the quote, the
/// speaker, the claimant are not as might be thought, that there is a target.
pub(super) const TYPE: u8 = 15;
/// See [`TYPE`].
pub(super) const OTHER_QUOTE: u8 = 16;
/// See [`TYPE`].
pub(super) const OTHER_SPEAKER: u8 = 32;
/// See [`TYPE`].
pub(super) const OTHER_CLAIMANT: u8 = 64;
/// See [`TYPE`].
pub(super) const TARGET: u8 = 128;

/// A value as a byte: its position in the list of all.
pub(super) trait Code: Copy + PartialEq + 'static {
    /// All values.
    const EVERY: &'static [Self];

    fn code(self) -> u8 {
        let at = Self::EVERY.iter().position(|value| *value == self);
        at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
    }

    /// For [`mixed`].
    fn digit(self) -> Digit {
        (
            self.code(),
            u8::try_from(Self::EVERY.len()).unwrap_or(u8::MAX),
        )
    }

    fn of(code: u8) -> Option<Self> {
        Self::EVERY.get(usize::from(code)).copied()
    }
}

macro_rules! codes {
    ($($set:ident: $all:expr),+ $(,)?) => {
        $(impl Code for $set { const EVERY: &'static [Self] = $all; })+
    };
}

codes! {
    QuoteKind: &Self::ALL,
    Act: &[Self::Speech, Self::Attitude],
    Resolved: &[Self::AsWritten, Self::Pronoun, Self::Description, Self::Turn, Self::Issuer],
    Layout: &[Self::Narrative, Self::Transcript, Self::OneVoice],
    ClaimType: Self::ALL,
    Illocution: Self::ALL,
    Attributed: Self::ALL,
    InQuote: Self::ALL,
    Stance: Self::ALL,
    Polarity: Self::ALL,
    Modality: Self::ALL,
    Verifiable: Self::ALL,
    Facet: Self::ALL,
}

/// A value with how many there are of its kind, to be mixed with others in one byte.
pub(super) type Digit = (u8, u8);

/// Several values in one byte: their kinds must have no more than 256 combinations.
pub(super) fn mixed(digits: &[Digit]) -> u8 {
    let mix = |mixed: u8, (value, of): &Digit| mixed.wrapping_mul(*of).wrapping_add(*value);
    digits.iter().fold(0, mix)
}

/// Takes the last value out again; what is left is that of the values before.
pub(super) fn unmixed<C: Code>(mixed: &mut u8) -> Option<C> {
    let of = u8::try_from(C::EVERY.len()).ok()?;
    let value = C::of(*mixed % of);
    *mixed /= of;
    value
}
