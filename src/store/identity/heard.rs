//! Who says most in each statement, found out when the identities are gathered: for lists of all statements, which are
//! read while somebody waits. Says nothing of a statement that was extracted since.

use crate::store::DocNo;
use std::cmp::Reverse;

/// So many are told of a statement at the most.
const MOST: usize = 3;
/// No identity stands here, or in any place of the statement.
const NONE: u32 = u32::MAX;
const UNTOLD: u32 = u32::MAX - 1;

/// See the module. Twelve bytes a statement.
#[derive(Debug, Default)]
pub(super) struct Heard(Vec<[u32; MOST]>);

impl Heard {
    /// Adds the next statement: who speaks in it, by name and number, with how many quotes are their own. `None` for one
    /// that is not extracted or where somebody has no number.
    pub fn add(&mut self, spoken: Option<Vec<(&str, u32, usize)>>) {
        let mut told = [NONE; MOST];
        match spoken {
            Some(spoken) => {
                let most = most_heard(spoken);
                told.iter_mut().zip(most).for_each(|(to, who)| *to = who);
            }
            None => told = [UNTOLD; MOST],
        }
        self.0.push(told);
    }

    /// The numbers of those with the most quotes in a statement; `None` when it is not told here.
    pub fn of(&self, doc: DocNo) -> Option<impl Iterator<Item = u32>> {
        let told = self.0.get(doc).filter(|told| told[0] != UNTOLD)?;
        Some(told.iter().copied().take_while(|number| *number != NONE))
    }
}

/// Of those who speak in a statement, each a name and a number of quotes, the ones with the most, and of equals the
/// first by name. Those of one name are one.
pub fn most_heard<W>(mut spoken: Vec<(&str, W, usize)>) -> impl Iterator<Item = W> {
    spoken.sort_by_key(|(name, ..)| *name);
    spoken.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.2 += if same { next.2 } else { 0 };
        same
    });
    spoken.sort_by_key(|(.., quotes)| Reverse(*quotes));
    spoken.into_iter().take(MOST).map(|(_, who, _)| who)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_one_name_are_one_and_of_equals_the_first_goes_first() {
        let mut heard = Heard::default();
        heard.add(Some(vec![
            ("Cruz", 4, 1),
            ("Baker", 1, 2),
            ("Abel", 2, 1),
            ("Cruz", 3, 1),
            ("Dietz", 5, 1),
        ]));
        heard.add(None);
        heard.add(Some(vec![]));
        let of = |doc| heard.of(doc).map(Iterator::collect::<Vec<u32>>);
        assert_eq!(of(0), Some(vec![1, 4, 2]));
        assert_eq!(of(1), None, "not extracted");
        assert_eq!(of(2), Some(vec![]), "nobody speaks");
        assert_eq!(of(3), None, "loaded since");
    }
}
