//! A small map in the binary: a word's hash to a 16-bit number, read where it lies.
//!
//! Knows neither words nor what the numbers mean. Only a 16-bit mark of each hash is kept, so an unknown word is taken
//! for a known one about once in five thousand times. Mark and number lie together: what a look-up walks over, and
//! what it finds, share one line of the cache.
//!
//! Layout, little endian: rows (u32), for each a mark (u16; 0: empty) and a number (u16). Open addressing, those
//! written first nearest to their place.

use super::weights::{self, feature, place, value};

/// A mark and a number.
type Row = [[u8; 2]; 2];

/// A map over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Lookup<'b> {
    rows: &'b [Row],
}

impl<'b> Lookup<'b> {
    /// Reads a map from the beginning of `bytes`, and gives the bytes after it; `None` where there is none.
    #[must_use]
    pub fn split(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        let (rows, rest) = bytes.split_first_chunk::<4>()?;
        let length = (u32::from_le_bytes(*rows) as usize).checked_mul(size_of::<Row>())?;
        let (rows, rest) = rest.split_at_checked(length)?;
        let rows = rows.as_chunks().0.as_chunks().0;
        (!rows.is_empty()).then_some((Self { rows }, rest))
    }

    /// Begins a look for this hash: what stands where its word would be first. Who looks for many begins all of them before
    /// [going on](Self::go_on) with any, so that no read waits for what comes of another.
    #[inline]
    #[must_use]
    pub fn begin(&self, hash: u64) -> Begun {
        let first = self.rows.get(place(hash, self.rows.len()));
        Begun(first.copied().unwrap_or_default())
    }

    /// Whether a look for this hash finds nothing at once.
    #[inline]
    #[must_use]
    pub fn lacks(&self, hash: u64) -> bool {
        let Begun([mark, _]) = self.begin(hash);
        mark == EMPTY
    }

    /// The number of the word with this hash, the look for which has begun.
    #[inline]
    #[must_use]
    pub fn go_on(&self, hash: u64, begun: Begun) -> Option<u16> {
        let Begun([found, number]) = begun;
        match found {
            EMPTY => None,
            _ if found == mark(hash) => Some(u16::from_le_bytes(number)),
            _ => self.get(hash),
        }
    }

    /// The number of the word with this hash ([`key`]).
    #[inline]
    #[must_use]
    pub fn get(&self, hash: u64) -> Option<u16> {
        let wanted = mark(hash);
        let first = place(hash, self.rows.len());
        let (before, after) = self.rows.split_at_checked(first)?;
        let ends = |[mark, _]: &&Row| *mark == wanted || *mark == EMPTY;
        let found = after.iter().find(ends).or_else(|| before.iter().find(ends));
        let [mark, number] = *found?;
        (mark == wanted).then(|| u16::from_le_bytes(number))
    }
}

/// A look that has begun.
#[derive(Clone, Copy, Debug, Default)]
pub struct Begun(Row);

/// The mark of a row with nothing in it.
const EMPTY: [u8; 2] = [0; 2];

/// The mark of a hash: never that of an empty row.
#[inline]
fn mark(hash: u64) -> [u8; 2] {
    weights::mark(hash).max(1).to_le_bytes()
}

/// Writes a map; of two hashes that cannot be told apart the first stays. One row in two is used: what is not there
/// is looked for in two and a half rows, where of four rows in five it would be in thirteen.
#[must_use]
pub fn encode(entries: &[(u64, u16)]) -> Vec<u8> {
    let rows = entries.len() * 2 + 1;
    let mut table: Vec<Row> = vec![[EMPTY; 2]; rows];
    for &(hash, number) in entries {
        let mut at = place(hash, rows);
        while table
            .get(at)
            .is_some_and(|[m, _]| *m != EMPTY && *m != mark(hash))
        {
            at = (at + 1) % rows;
        }
        if let Some(row) = table.get_mut(at).filter(|[m, _]| *m == EMPTY) {
            *row = [mark(hash), number.to_le_bytes()];
        }
    }
    let mut out = (rows as u32).to_le_bytes().to_vec();
    out.extend(table.as_flattened().as_flattened());
    out
}

/// The hash of a written word: without regard to case, digits all one, apostrophes straight.
#[inline]
#[must_use]
pub fn key(written: &str) -> u64 {
    let fold = |h: u64, b: u8| {
        let b = if b.is_ascii_digit() {
            b'0'
        } else {
            b.to_ascii_lowercase()
        };
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3)
    };
    let start = value(b"");
    let hash = if written.is_ascii() {
        written.bytes().fold(start, fold)
    } else {
        let mut buffer = [0; 4];
        written
            .chars()
            .flat_map(char::to_lowercase)
            .fold(start, |h, c| {
                let c = if c == '’' { '\'' } else { c };
                c.encode_utf8(&mut buffer).bytes().fold(h, fold)
            })
    };
    of_form(hash)
}

/// The same of the hash of a word's lower-case form, where it is [plain](super::document::Word::plain).
#[inline]
#[must_use]
pub fn of_form(form: u64) -> u64 {
    feature(0, form, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(words in proptest::collection::btree_map("[a-z]{1,9}", 0u16.., 1..200)) {
            let entries: Vec<(u64, u16)> = words.iter().map(|(w, n)| (key(w), *n)).collect();
            let mut bytes = encode(&entries);
            bytes.extend(b"rest");
            let (lookup, rest) = Lookup::split(&bytes).expect("a map");
            prop_assert_eq!(rest, b"rest");
            // Two words in some ten million pairs share mark and place; none here may lose its number otherwise.
            let lost = words.iter().filter(|(w, n)| lookup.get(key(w)) != Some(**n)).count();
            prop_assert!(lost <= 2);
        }
    }

    #[test]
    fn a_key_forgets_case_digits_and_the_form_of_an_apostrophe() {
        assert_eq!(key("DON’T"), key("don't"));
        assert_eq!(key("É1990"), key("é2026"));
        assert_ne!(key("said"), key("says"));
    }

    #[test]
    fn an_unknown_word_or_other_bytes_give_nothing() {
        let bytes = encode(&[(key("said"), 7)]);
        let (lookup, _) = Lookup::split(&bytes).expect("a map");
        assert_eq!(lookup.get(key("unsaid")), None);
        assert!(Lookup::split(&bytes[..5]).is_none());
        assert!(Lookup::split(&[0; 4]).is_none());
    }
}
