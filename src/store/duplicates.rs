//! Which statements are the same as an earlier one: the same words, or nearly the same (one release on
//! two sites, a corrected version). Each belongs to the first of its kind; nothing is dropped.
//!
//! Candidates come from a sketch of the shingles (runs of [`SHINGLE`] words): one-permutation MinHash,
//! cut into bands. Each candidate is then compared exactly. The same input gives the same groups. Work
//! is linear in the text: a statement is compared with nine others at most.
//! The texts of the first of each kind are held.

use super::DocNo;
use crate::model::Statement;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Bands of a sketch. Two texts that share three quarters of their shingles meet in one of them with a
/// chance of 0.95, at nine tenths of 0.999.
const BANDS: usize = 8;
/// Bins of a band.
const ROWS: usize = 4;
/// Bins of a sketch.
const BINS: usize = BANDS * ROWS;
/// Nearly the same: so much of all shingles is in both (thousandths).
const SHARED: usize = 700;
/// Nearly the same, and days apart, are two statements: a committee repeats most of its words.
const DAYS_APART: i32 = 7;
/// Texts of fewer words must also have the same title: `Read more` is no statement said twice.
const SHORT: usize = 20;

/// That a statement is the same as an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Same {
    /// Number of the first of its kind.
    pub first: DocNo,
    /// The same words, whatever their case and what stands between them; else nearly the same.
    pub exact: bool,
}

/// Finds them, statement by statement in the order of loading.
#[derive(Debug, Default)]
pub struct Duplicates {
    /// Band of a sketch → the first of a kind that had it, as its place in `firsts`.
    bands: HashMap<u32, u32>,
    firsts: Vec<First>,
    /// Statements seen.
    seen: DocNo,
}

/// The first of a kind, as far as others are compared with it.
#[derive(Debug)]
struct First {
    doc: DocNo,
    /// Shared with the statement.
    body: Arc<str>,
    title: u64,
    day: Option<Date>,
}

impl Duplicates {
    /// Takes the next statement; gives the first of its kind, when that is another.
    pub fn next(&mut self, statement: &Statement) -> Option<Same> {
        let own = Shingles::of(&statement.body);
        let new = First {
            doc: self.seen,
            body: Arc::clone(&statement.body),
            title: Shingles::of(&statement.title.value).whole,
            day: statement.date.as_ref().and_then(|d| d.value.day()),
        };
        self.seen += 1;
        let keys = own.keys();
        let mut candidates: Vec<u32> = keys
            .iter()
            .filter_map(|key| self.bands.get(key).copied())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let same = candidates
            .into_iter()
            .filter_map(|at| self.firsts.get(at as usize))
            .find_map(|first| {
                let exact = compared(&new, &own, first)?;
                let first = first.doc;
                Some(Same { first, exact })
            });
        if same.is_some() {
            return same;
        }
        if let Ok(at) = u32::try_from(self.firsts.len()) {
            for key in keys {
                self.bands.entry(key).or_insert(at);
            }
            self.firsts.push(new);
        }
        None
    }
}

/// Whether every word is the same, of two that are the same; `None` of two others.
fn compared(new: &First, own: &Shingles, first: &First) -> Option<bool> {
    let others = Shingles::of(&first.body);
    let exact = own.whole == others.whole;
    let same = if own.words < SHORT || others.words < SHORT {
        exact && new.title == first.title
    } else {
        exact || (near_in_time(new, first) && own.shares(&others) >= SHARED)
    };
    same.then_some(exact)
}

fn near_in_time(one: &First, other: &First) -> bool {
    match (one.day, other.day) {
        (Some(one), Some(other)) => one
            .until(other)
            .is_ok_and(|span| span.get_days().abs() <= DAYS_APART),
        _ => true,
    }
}

/// The shingles of a text, as hashes.
struct Shingles {
    /// Sorted, each once.
    hashes: Vec<u64>,
    /// Hash of all words in order.
    whole: u64,
    words: usize,
}

impl Shingles {
    fn of(text: &str) -> Self {
        let mut last = [0u64; SHINGLE];
        let (mut hashes, mut whole, mut words) = (Vec::new(), 0u64, 0usize);
        each_word(text, &mut |word| {
            last.rotate_left(1);
            if let Some(place) = last.last_mut() {
                *place = word;
            }
            words += 1;
            whole = mix(whole ^ word);
            if words >= SHINGLE {
                hashes.push(last.iter().fold(0, |hash, word| mix(hash ^ word)));
            }
        });
        if hashes.is_empty() {
            hashes.push(whole);
        }
        hashes.sort_unstable();
        hashes.dedup();
        Self {
            hashes,
            whole,
            words,
        }
    }

    /// Shingles in both, of those in either, in thousandths.
    fn shares(&self, other: &Self) -> usize {
        let (mut one, mut two) = (
            self.hashes.iter().peekable(),
            other.hashes.iter().peekable(),
        );
        let (mut both, mut either) = (0usize, 0usize);
        loop {
            match (one.peek(), two.peek()) {
                (None, None) => break,
                (Some(a), Some(b)) if a == b => {
                    both += 1;
                    one.next();
                    two.next();
                }
                (Some(a), Some(b)) if a < b => drop(one.next()),
                (Some(_), None) => drop(one.next()),
                (_, Some(_)) => drop(two.next()),
            }
            either += 1;
        }
        both * 1000 / either.max(1)
    }

    /// The bands of the sketch, and the text as a whole.
    fn keys(&self) -> Vec<u32> {
        let mut bins = [u64::MAX; BINS];
        for hash in &self.hashes {
            // The upper bits choose the bin, so the first of a bin is its least.
            let bin = (hash >> (u64::BITS - BINS.ilog2())) as usize;
            if let Some(least) = bins.get_mut(bin) {
                *least = (*least).min(*hash);
            }
        }
        // An empty bin takes what the next full one behind it has.
        let mut next = bins.iter().copied().find(|b| *b != u64::MAX).unwrap_or(0);
        for bin in bins.iter_mut().rev() {
            if *bin == u64::MAX {
                *bin = mix(next);
            } else {
                next = *bin;
            }
        }
        let bands = bins.chunks(ROWS).enumerate();
        let mut keys: Vec<u32> = bands
            .map(|(n, band)| {
                let hash = band.iter().fold(n as u64, |hash, bin| mix(hash ^ bin));
                (hash >> 32) as u32
            })
            .collect();
        keys.push((mix(self.whole ^ BANDS as u64) >> 32) as u32);
        keys
    }
}

/// Hands on the hash of each word: letters and digits in any case. A Chinese or Japanese character is a
/// word, for none is parted from the next.
fn each_word(text: &str, each: &mut dyn FnMut(u64)) {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    let mut word = START;
    let add = |word: u64, code: u32| (word ^ u64::from(code)).wrapping_mul(0x0000_0100_0000_01b3);
    for character in text.chars() {
        let alone = matches!(u32::from(character), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0x20000..);
        if character.is_ascii_alphanumeric() {
            word = add(word, u32::from(character.to_ascii_lowercase()));
        } else if character.is_alphanumeric() && !alone {
            word = character
                .to_lowercase()
                .fold(word, |word, c| add(word, u32::from(c)));
        } else if !matches!(character, '\'' | '\u{2019}') {
            if word != START {
                each(mix(word));
                word = START;
            }
            if alone && character.is_alphanumeric() {
                each(mix(add(START, u32::from(character))));
            }
        }
    }
    if word != START {
        each(mix(word));
    }
}

/// A hash of a number: each bit of it changes half of the bits.
fn mix(number: u64) -> u64 {
    let mut x = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{IsoDate, Stated};
    use proptest::prelude::*;

    /// The first of the kind of each.
    fn firsts(texts: &[(&str, &str)]) -> Vec<Option<usize>> {
        let statements: Vec<Statement> = texts
            .iter()
            .map(|(date, text)| {
                let mut statement = Statement::new("x", text);
                statement.date = IsoDate::new(date).map(Stated::given);
                statement
            })
            .collect();
        let mut duplicates = Duplicates::default();
        let firsts = statements.iter().map(|s| duplicates.next(s));
        firsts.map(|same| Some(same?.first)).collect()
    }

    fn release(change: &[(usize, &str)]) -> String {
        let mut words: Vec<String> = (0..120).map(|n| format!("word{n}")).collect();
        for (at, word) in change {
            words[*at] = (*word).to_owned();
        }
        words.join(" ")
    }

    #[test]
    fn the_same_release_elsewhere_and_corrected_is_one_and_others_are_not() {
        let plain = release(&[]);
        let shouted = plain.to_uppercase().replace(' ', "\n");
        let corrected = release(&[(5, "other"), (60, "figure")]);
        let framed = format!("Our site home news. {plain} Share this on. Contact us here today.");
        let half = release(&(0..60).map(|n| (n, "new")).collect::<Vec<_>>());
        let day = "2025-10-12";
        assert_eq!(
            firsts(&[
                (day, &plain),
                ("2025-10-20", &shouted),
                ("2025-10-13", &corrected),
                ("", &framed),
                (day, &half),
                ("2025-10-30", &corrected),
                ("2025-10-31", &corrected),
            ]),
            [None, Some(0), Some(0), Some(0), None, None, Some(5)]
        );
    }

    #[test]
    fn short_texts_need_the_same_title_too() {
        let mut other = Statement::new("b", "Read more");
        other.title.value = "Other".into();
        let first = Statement::new("a", "Read more");
        let known = [first.clone(), other.clone(), first.clone()];
        let mut duplicates = Duplicates::default();
        let same: Vec<_> = known.iter().map(|s| duplicates.next(s)).collect();
        let again = Same {
            first: 0,
            exact: true,
        };
        assert_eq!(same, [None, None, Some(again)]);
    }

    #[test]
    fn chinese_is_compared_character_by_character() {
        let one = "商务部发言人十二日就近期中方相关经贸政策措施情况答记者问时表示，中方不愿打，但也不怕打，这一立场是一贯的。".repeat(2);
        let two = one.replace("一贯", "明确");
        assert_eq!(firsts(&[("", &one), ("", &two)]), [None, Some(0)]);
    }

    proptest! {
        #[test]
        fn one_changed_word_of_many_is_found(at in 0usize..120, word in "[a-z]{1,8}") {
            let (one, two) = (release(&[]), release(&[(at, &word)]));
            prop_assert_eq!(firsts(&[("", &one), ("", &two)])[1], Some(0));
        }

        #[test]
        fn any_texts_are_grouped_alike_each_time(texts in proptest::collection::vec("[ab ]{0,12}|\\PC{0,30}", 0..6)) {
            let texts: Vec<(&str, &str)> = texts.iter().map(|t| ("", t.as_str())).collect();
            let once = firsts(&texts);
            prop_assert_eq!(&once, &firsts(&texts));
            for (n, first) in once.iter().enumerate() {
                prop_assert!(first.is_none_or(|f| f < n && once[f].is_none()));
            }
        }
    }
}
