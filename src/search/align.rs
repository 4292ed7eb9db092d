//! How well the letters of a pattern stand in a short field, and where: the best way to find all of them in order.
//!
//! The scores and places of skim's second matcher, as `fuzzy` has them from the crate: what a letter is worth goes by
//! whether a word begins there and whether the letter before it stands beside it, and a gap costs its length. Ours for
//! long lists, because the scores of the crate hang on what its matcher saw before, and one made for each field takes
//! five times as long. Knows no case and no accents: both sides come folded.

/// A letter that matches.
const MATCH: i32 = 16;
/// A gap between two letters, and each letter in it.
const GAP: i32 = -3;
const GAP_LETTER: i32 = -1;
/// The letter stands beside the one before.
const BESIDE: i32 = 4;
/// The letter is the first behind a blank or a bracket, behind another mark.
const WORD: i32 = 8;
const PART_OF_WORD: i32 = 7;
/// No way to get here; far enough from where sums turn over.
const NONE: i32 = i16::MIN as i32;

/// How the best score of a cell came about: the letter before stands beside this one; the gap behind it begins here.
const BESIDE_IT: u8 = 1;
const BEGINS: u8 = 2;

/// Best scores up to a place of the field: with the letter standing there, and with a gap there.
type Cell = (i32, i32);

/// Aligns patterns with fields; keeps its room from one to the next.
#[derive(Debug, Default)]
pub struct Aligner {
    field: Vec<char>,
    /// Where each letter of the pattern stands at the earliest and at the latest.
    earliest: Vec<usize>,
    latest: Vec<usize>,
    before: Vec<Cell>,
    row: Vec<Cell>,
    /// By letter and place, how it was come by.
    ways: Vec<u8>,
    places: Vec<usize>,
}

impl Aligner {
    /// Takes the field that patterns are aligned with from now on.
    pub fn take(&mut self, field: &str) {
        self.field.clear();
        self.field.extend(field.chars());
    }

    /// What a letter is worth at a place of the field.
    fn worth(field: &[char], at: usize) -> i32 {
        match at.checked_sub(1).map(|before| field.get(before)) {
            None => 2 * WORD,
            Some(before) => before.map_or(0, |c| worth_behind(*c)),
        }
    }

    /// The score of `pattern` in the field; `None` when its letters do not all stand there in order.
    pub fn score(&mut self, pattern: &[char]) -> Option<i32> {
        self.places.clear();
        match pattern {
            [] => return Some(0),
            [letter] => return self.score_letter(*letter),
            _ => self.bounds(pattern)?,
        }
        let width = self.field.len() + 1;
        for row in [&mut self.before, &mut self.row] {
            row.resize(width.max(row.len()), (NONE, NONE));
        }
        // What stands before the first letter costs no more the longer it is.
        self.before
            .iter_mut()
            .take(width)
            .for_each(|cell| *cell = (NONE, GAP_LETTER));
        self.ways.clear();
        self.ways.resize(pattern.len() * width, 0);
        for (n, letter) in pattern.iter().enumerate() {
            self.letter(n, *letter, width)?;
            std::mem::swap(&mut self.before, &mut self.row);
        }
        let (first, last) = (*self.earliest.last()?, self.latest.last()? + 1);
        let ends = self.before.get(first..=last)?.iter().enumerate();
        // Of equals the last.
        let (end, (score, _)) = ends.max_by_key(|(_, cell)| cell.0)?;
        let score = *score;
        self.trace(pattern.len(), first + end, width);
        Some(score)
    }

    /// The same of one letter, the first that is typed, for which all rows of a list are looked at.
    fn score_letter(&mut self, letter: char) -> Option<i32> {
        let all = self.field.iter().enumerate();
        let places = all.filter(|(_, c)| **c == letter);
        let worths = places.map(|(at, _)| (Self::worth(&self.field, at), at));
        // Of equals the last.
        let (worth, at) = worths.max()?;
        self.places.push(at);
        Some(MATCH + GAP_LETTER + worth)
    }

    /// Where the letters of the pattern aligned last stand, as numbers of characters, ascending.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// Where each letter may stand.
    fn bounds(&mut self, pattern: &[char]) -> Option<()> {
        self.earliest.clear();
        self.latest.clear();
        let mut from = 0;
        for letter in pattern {
            let rest = self.field.get(from..)?;
            let at = from + rest.iter().position(|c| c == letter)?;
            self.earliest.push(at);
            from = at + 1;
        }
        let mut until = self.field.len();
        for letter in pattern.iter().rev() {
            let rest = self.field.get(..until)?;
            until = rest.iter().rposition(|c| c == letter)?;
            self.latest.push(until);
        }
        self.latest.reverse();
        Some(())
    }

    /// The cells of one letter, of `before` and into `row`; a place counts from 1 there.
    fn letter(&mut self, n: usize, letter: char, width: usize) -> Option<()> {
        let from = *self.earliest.get(n)?;
        // Behind that neither it nor the gap to the next letter leads anywhere.
        let until = match self.latest.get(n + 1) {
            Some(next) => *next,
            None => self.latest.get(n)? + 1,
        };
        *self.row.get_mut(from)? = (NONE, NONE);
        let (mut here, mut gap) = (NONE, NONE);
        let cells = self.row.get_mut(from + 1..=until)?.iter_mut();
        let ways = self
            .ways
            .get_mut(n * width + from + 1..=n * width + until)?;
        let before = self.before.get(from..until)?;
        let places = (from..until).zip(self.field.get(from..until)?).zip(before);
        for (((at, c), before), (cell, way)) in places.zip(cells.zip(ways)) {
            let standing = if *c == letter {
                let worth = Self::worth(&self.field, at);
                let beside = before.0 + worth.max(BESIDE);
                let apart = before.1 + worth;
                if beside >= apart {
                    *way |= BESIDE_IT;
                }
                beside.max(apart) + MATCH
            } else {
                NONE
            };
            let (begun, longer) = (here + GAP + GAP_LETTER, gap + GAP_LETTER);
            if begun >= longer {
                *way |= BEGINS;
            }
            (here, gap) = (standing, begun.max(longer));
            *cell = (here, gap);
        }
        Some(())
    }

    /// Goes the way back from where the last letter stands.
    fn trace(&mut self, mut letters: usize, mut at: usize, width: usize) {
        let first = self.earliest.first().copied().unwrap_or(0);
        let (mut standing, mut next) = (true, true);
        while letters > 0 && at > first {
            if next {
                self.places.push(at - 1);
            }
            let way = self.ways.get((letters - 1) * width + at).copied();
            let way = way.unwrap_or(0);
            if standing {
                next = way & BESIDE_IT != 0;
                letters -= 1;
            } else {
                next = way & BEGINS != 0;
            }
            at -= 1;
            standing = next;
        }
        self.places.reverse();
    }
}

/// What a letter is worth behind this one.
fn worth_behind(before: char) -> i32 {
    match before {
        '\0' | ' ' | '/' | '\\' | '|' | '(' | ')' | '[' | ']' | '{' | '}' => WORD,
        '!'..='\'' | '*'..='.' | ':'..='@' | '^'..='`' | '~' => PART_OF_WORD,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fuzzy_matcher::FuzzyMatcher;
    use fuzzy_matcher::skim::SkimMatcherV2;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn it_is_what_a_matcher_of_skim_says_that_saw_nothing_before(
            field in "[abcé ./-]{0,40}",
            other in "[abcé ./-]{0,40}",
            pattern in "[abcé.]{0,6}",
        ) {
            let mut aligner = Aligner::default();
            let letters: Vec<char> = pattern.chars().collect();
            aligner.take(&other);
            aligner.score(&letters);
            aligner.take(&field);
            let score = aligner.score(&letters);
            let skim = SkimMatcherV2::default().fuzzy_indices(&field, &pattern);
            let ours = score.map(|score| (i64::from(score), aligner.places().to_vec()));
            prop_assert_eq!(ours, skim);
        }
    }
}
