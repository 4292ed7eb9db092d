//! Names by the beginnings of their words: all of them read at once, as one text, and not name by name. Must not know
//! whose they are: a name is a number here.

use crate::text::words::for_each_word;
use memchr::memmem::Finder;
use std::fmt::Display;

/// See the module. The folded words of every name, a tab before each and a line end behind the last: no word holds
/// either, while one may hold a space (`10\u{202f}000` is one word, and folds to `10 000`).
#[derive(Debug, Default)]
pub struct Names {
    text: String,
    /// Where name `n` ends in it.
    ends: Vec<u32>,
}

impl Names {
    /// Adds a name; its number is how many there were.
    pub fn push(&mut self, name: &str) {
        for_each_word(name, |word, _| self.add(word));
        self.end();
    }

    /// Adds a name of one word, which is folded.
    pub fn push_word(&mut self, word: &str) {
        self.add(word);
        self.end();
    }

    fn add(&mut self, word: &str) {
        self.text.push('\t');
        self.text.push_str(word);
    }

    fn end(&mut self) {
        self.text.push('\n');
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
    }

    /// Gives back the room that nothing was added into.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Calls `each` with the names, ascending, of which every one of the folded `words` begins some word; with all names
    /// where there are no words.
    pub fn each_begun(&self, words: &[impl Display], mut each: impl FnMut(usize)) {
        let begins: Vec<String> = words.iter().map(|word| format!("\t{word}")).collect();
        let finders: Vec<Finder<'_>> = begins.iter().map(Finder::new).collect();
        // The longest is the rarest, as far as is known here.
        let Some(rarest) = finders.iter().max_by_key(|finder| finder.needle().len()) else {
            (0..self.len()).for_each(each);
            return;
        };
        let text = self.text.as_bytes();
        let (mut from, mut name) = (0, 0);
        while let Some(at) = text.get(from..).and_then(|rest| rarest.find(rest)) {
            let at = from + at;
            name += self
                .ends
                .get(name..)
                .map_or(0, |ends| ends.partition_point(|end| *end as usize <= at));
            let start = name.checked_sub(1).and_then(|before| self.ends.get(before));
            let start = start.map_or(0, |end| *end as usize);
            let end = self.ends.get(name).map_or(text.len(), |end| *end as usize);
            let whole = text.get(start..end).unwrap_or_default();
            if finders.iter().all(|finder| finder.find(whole).is_some()) {
                each(name);
            }
            // Once is enough.
            from = end;
        }
    }
}
