//! Which words are used alike: a word's place in a binary tree of word clusters, learned from text without labels.
//!
//! Only looks up; `examples/train/clusters.rs` makes the file. Two words whose paths begin alike stand in like
//! company. Must not know what a cluster is used for.
//!
//! Layout, little endian: `DTC2`, clusters (u32), the path of each (u16), then a `lookup` from word to cluster.

use super::lookup::{Begun, Lookup, encode as encode_lookup};

/// The bundled file.
const BUNDLED: &[u8] = include_bytes!("../../assets/models/clusters.bin");

/// A word's cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its number, from 0, in the order of the tree.
    pub id: u16,
    /// The way to it from the root, first turn in the highest bit, filled with zeros. Where the tree is deeper than 16
    /// turns, a few clusters share a path.
    pub path: u16,
}

impl Cluster {
    /// The first `bits` turns (1 to 16) of the path.
    #[inline]
    #[must_use]
    pub fn prefix(self, bits: u32) -> u16 {
        self.path >> 16u32.saturating_sub(bits).min(15)
    }
}

/// All clusters, over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Clusters<'b> {
    paths: &'b [[u8; 2]],
    words: Lookup<'b>,
}

impl Clusters<'static> {
    /// The clusters that come with the program.
    #[must_use]
    pub fn bundled() -> Option<Self> {
        Self::new(BUNDLED)
    }
}

impl<'b> Clusters<'b> {
    /// Reads the file; `None` where the bytes are none.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Option<Self> {
        let (count, rest) = bytes.strip_prefix(b"DTC2")?.split_first_chunk::<4>()?;
        let length = (u32::from_le_bytes(*count) as usize).checked_mul(2)?;
        let (paths, rest) = rest.split_at_checked(length)?;
        let (words, rest) = Lookup::split(rest)?;
        rest.is_empty().then_some(Self {
            paths: paths.as_chunks().0,
            words,
        })
    }

    /// The cluster of the word with this hash ([`super::lookup::key`]); `None` for a rare word.
    #[inline]
    #[must_use]
    pub fn get(&self, key: u64) -> Option<Cluster> {
        self.go_on(key, self.begin(key))
    }

    /// Begins to look for a word: who looks for many begins with all of them, so that no read waits for another.
    #[inline]
    #[must_use]
    pub fn begin(&self, key: u64) -> Begun {
        self.words.begin(key)
    }

    /// Goes on with a look that has begun.
    #[inline]
    #[must_use]
    pub fn go_on(&self, key: u64, begun: Begun) -> Option<Cluster> {
        let id = self.words.go_on(key, begun)?;
        let path = u16::from_le_bytes(*self.paths.get(usize::from(id))?);
        Some(Cluster { id, path })
    }

    /// How many clusters there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.paths.len()
    }
}

/// Writes the file: the path of each cluster, and the cluster of each word by its key.
#[must_use]
pub fn encode(paths: &[u16], words: &[(u64, u16)]) -> Vec<u8> {
    let mut out = b"DTC2".to_vec();
    out.extend((paths.len() as u32).to_le_bytes());
    out.extend(paths.iter().flat_map(|p| p.to_le_bytes()));
    out.extend(encode_lookup(words));
    out
}

#[cfg(test)]
mod tests {
    use super::super::lookup::key;
    use super::*;

    fn of(word: &str) -> Cluster {
        let clusters = Clusters::bundled().expect("bundled clusters");
        clusters.get(key(word)).expect(word)
    }

    #[test]
    fn words_used_alike_stand_near_each_other() {
        for (a, b, far) in [
            ("said", "replied", "president"),
            ("monday", "Thursday", "because"),
            ("january", "october", "officials"),
            ("he", "she", "government"),
            ("john", "michael", "announced"),
            ("iran", "russia", "quickly"),
        ] {
            let (a, b, far) = (of(a), of(b), of(far));
            assert_eq!(a.prefix(4), b.prefix(4));
            let shared = |x: Cluster, y: Cluster| (x.path ^ y.path).leading_zeros();
            assert!(shared(a, b) > shared(a, far), "{a:?} {b:?} {far:?}");
        }
    }

    #[test]
    fn a_prefix_is_the_beginning_of_the_path() {
        let cluster = Cluster {
            id: 3,
            path: 0b1011_0010_0000_0001,
        };
        assert_eq!(cluster.prefix(4), 0b1011);
        assert_eq!(cluster.prefix(16), cluster.path);
    }

    #[test]
    fn an_unknown_word_or_other_bytes_give_nothing() {
        let clusters = Clusters::bundled().expect("bundled clusters");
        assert_eq!(clusters.get(key("qwxzqwxz")), None);
        assert!((400..=700).contains(&clusters.count()));
        assert!(Clusters::new(b"DTC2").is_none());
    }
}
