//! The identity of each speaker of each statement, as a number: so that counts and filters over everything loaded
//! look up no name. Says nothing of a statement that was extracted since.

use crate::store::DocNo;

/// A speaker of no identity.
const NONE: u32 = u32::MAX;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    /// Of statement `n`: to `ends[n]` of `numbers`, from where those of the one before end.
    ends: Vec<u32>,
    numbers: Vec<u32>,
}

impl Numbered {
    /// Adds the speakers of the next statement; none for one that is not extracted.
    pub fn add(&mut self, speakers: impl Iterator<Item = Option<u32>>) {
        self.numbers.extend(speakers.map(|n| n.unwrap_or(NONE)));
        let end = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
    }

    /// The identity of speaker `number` of a statement with so many: `None` when it is not told here, `None`
    /// inside when it has none.
    #[expect(clippy::option_option, reason = "not told is not none")]
    pub fn of(&self, doc: DocNo, number: usize, speakers: usize) -> Option<Option<u32>> {
        let before = doc.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.copied().unwrap_or(0) as usize;
        let numbers = self.numbers.get(start..*self.ends.get(doc)? as usize)?;
        let told = numbers.get(number).filter(|_| numbers.len() == speakers)?;
        Some((*told != NONE).then_some(*told))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_told_and_what_came_since_is_not() {
        let mut numbered = Numbered::default();
        numbered.add([Some(7), None].into_iter());
        numbered.add(std::iter::empty());
        numbered.add([Some(3)].into_iter());
        assert_eq!(numbered.of(0, 0, 2), Some(Some(7)));
        assert_eq!(numbered.of(0, 1, 2), Some(None));
        assert_eq!(numbered.of(2, 0, 1), Some(Some(3)));
        assert_eq!(numbered.of(1, 0, 4), None, "extracted since");
        assert_eq!(numbered.of(3, 0, 1), None, "loaded since");
    }
}
