//! Whether words as typed begin words of a name, a place or another field of a statement. Must not know which.

use crate::text::words::for_each_word;

/// False where the bytes alone tell that the word begins none of `value`: nearly everywhere, and many names are
/// looked at.
fn may_begin(word: &str, value: &str) -> bool {
    // Only here is a word folded byte by byte, and are letters side by side of one word.
    if !value.is_ascii() || value.contains('.') || word.is_empty() {
        return true;
    }
    let mut inside = false;
    value.as_bytes().windows(word.len()).any(|part| {
        let begins = !inside && part.eq_ignore_ascii_case(word.as_bytes());
        inside = part.first().is_some_and(u8::is_ascii_alphanumeric);
        begins
    })
}

/// Every wanted word begins some word of `value`.
pub fn begin_words(wanted: &[String], value: &str) -> bool {
    wanted.iter().all(|word| {
        if !may_begin(word, value) {
            return false;
        }
        let mut found = false;
        for_each_word(value, |folded, _| {
            found |= folded.starts_with(word.as_str())
        });
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Against a reading of every word: what the bytes tell is told rightly.
        #[test]
        fn a_word_begins_what_a_plain_reading_finds(
            word in "[abéus1,]{1,3}",
            value in "([aAbBéÉuUsS1.,'’_-]{1,5}[ /\n]){0,5}",
        ) {
            let mut found = false;
            for_each_word(&value, |folded, _| found |= folded.starts_with(&word));
            prop_assert_eq!(begin_words(&[word], &value), found);
        }
    }

    #[test]
    fn all_words_must_begin_one() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(begin_words(&words("pri spokes"), "Spokesperson Ned Price"));
        assert!(!begin_words(&words("rice"), "Spokesperson Ned Price"));
        assert!(begin_words(&words("us"), "the U.S. Treasury"));
        assert!(begin_words(&words("sanchez"), "Pedro SÁNCHEZ"));
    }
}
