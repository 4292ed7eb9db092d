//! Numbers of identities by the keys of their names. Of a key a fingerprint is held and not its text: there are tens
//! of thousands, asked for only while they are gathered and while statements are still extracted.

use super::Key;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// See the module: fingerprints of keys with their numbers. That two of a hundred thousand keys share their 64 bits has a
/// chance of one in four thousand million, and no text can bring it about: every run hashes otherwise.
#[derive(Debug, Default)]
pub(super) struct Keyed(HashMap<u64, u32>);

impl Keyed {
    /// With room for so many.
    pub fn with_room(keys: usize) -> Self {
        Self(HashMap::with_capacity(keys))
    }

    /// Adds a key that is not there.
    pub fn add(&mut self, key: &Key<'_>, number: u32) {
        self.0.insert(self.print(key), number);
    }

    /// Its number.
    pub fn get(&self, key: &Key<'_>) -> Option<u32> {
        self.0.get(&self.print(key)).copied()
    }

    fn print(&self, key: &Key<'_>) -> u64 {
        self.0.hasher().hash_one(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_key_runs_into_the_next() {
        let keys: [Key<'_>; 5] = [
            ("Lee", None, None),
            ("Lee", Some(""), None),
            ("Lee", None, Some("")),
            ("Le", Some("e"), None),
            ("L", Some("e"), Some("e")),
        ];
        let mut keyed = Keyed::with_room(2);
        for (key, number) in keys.iter().zip(0..) {
            assert_eq!(keyed.get(key), None);
            keyed.add(key, number);
        }
        for (key, number) in keys.iter().zip(0..) {
            assert_eq!(keyed.get(key), Some(number));
        }
    }
}
