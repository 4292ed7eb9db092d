//! The known word nearest to a mistyped one, for "did you mean". Must not decide anything else.

/// Longer words are not compared: no name in a settings file is that long.
const LONGEST: usize = 40;

/// The candidate that takes the fewest changes, when that is few enough to be a slip.
#[must_use]
pub fn nearest<'n>(word: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let word: Vec<char> = word.to_lowercase().chars().take(LONGEST + 1).collect();
    if word.len() > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .min_by_key(|(changes, _)| *changes)
        .filter(|(changes, _)| *changes <= 1 + word.len() / 4)
        .map(|(_, candidate)| candidate)
}

/// Letters to insert, drop or replace to come from `word` to `candidate` (Levenshtein).
fn distance(word: &[char], candidate: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (down, there) in candidate.to_lowercase().chars().enumerate() {
        let mut diagonal = down;
        let mut left = down + 1;
        let mut next = vec![left];
        for (here, above) in word.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal + usize::from(*here != there);
            left = replaced.min(left + 1).min(above + 1);
            next.push(left);
            diagonal = *above;
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_nothing_else() {
        let names = ["next-row", "next-hit", "search", "quit"];
        assert_eq!(nearest("next-hti", names), Some("next-hit"));
        assert_eq!(nearest("serch", names), Some("search"));
        assert_eq!(nearest("Quit", names), Some("quit"));
        assert_eq!(nearest("concordance", names), None);
        assert_eq!(nearest(&"x".repeat(500), names), None);
    }

    #[test]
    fn counts_changes() {
        let word: Vec<char> = "kitten".chars().collect();
        assert_eq!(distance(&word, "sitting"), 3);
        assert_eq!(distance(&word, "kitten"), 0);
        assert_eq!(distance(&word, ""), 6);
        assert_eq!(distance(&[], "abc"), 3);
    }
}
