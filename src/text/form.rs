//! How a word is written, apart from which word it is: the little that smart case has to know,
//! small enough to be kept for every word of an archive.

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// ASCII without capitals.
    Plain,
    /// ASCII, a capital first and nowhere else; `A` alone is this.
    Capitalized,
    /// ASCII, several capitals and no small letters.
    Capitals,
    /// Anything else, such as an accent or a capital within: the word itself must be looked at.
    Other,
}

impl Form {
    /// Of a word as written. Dots, which fall out of acronyms, do not count.
    #[must_use]
    pub fn of(written: &str) -> Self {
        if !written.is_ascii() {
            return Self::Other;
        }
        let mut letters = written.bytes().filter(|&b| b != b'.');
        let first = letters.next().is_some_and(|b| b.is_ascii_uppercase());
        let (mut capital, mut small) = (false, false);
        for letter in letters {
            capital |= letter.is_ascii_uppercase();
            small |= letter.is_ascii_lowercase();
        }
        match (first, capital, small) {
            (false, false, _) => Self::Plain,
            (true, false, _) => Self::Capitalized,
            (_, true, false) => Self::Capitals,
            _ => Self::Other,
        }
    }

    /// Two bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            Self::Plain => 0,
            Self::Capitalized => 1,
            Self::Capitals => 2,
            Self::Other => 3,
        }
    }

    /// The form of these bits.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        match bits {
            0 => Self::Plain,
            1 => Self::Capitalized,
            2 => Self::Capitals,
            _ => Self::Other,
        }
    }
}
