//! Compressed streams, told by their first bytes and never by their name. One level: what comes out is
//! not looked at again. Caps on what comes out are `open`'s.

use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};

/// How a stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// gzip, of one member or several.
    Gzip,
    /// Zstandard, of one frame or several.
    Zstd,
    /// bzip2, of one stream or several.
    Bzip2,
}

/// Endings of names by compression, and what a name ends with then.
const ENDINGS: [(Compression, &[(&str, &str)]); 3] = [
    (Compression::Gzip, &[(".tgz", ".tar"), (".gz", "")]),
    (
        Compression::Zstd,
        &[(".tzst", ".tar"), (".zst", ""), (".zstd", "")],
    ),
    (
        Compression::Bzip2,
        &[(".tbz2", ".tar"), (".tbz", ".tar"), (".bz2", "")],
    ),
];

impl Compression {
    /// Of a stream with these first bytes.
    pub fn of(head: &[u8]) -> Option<Self> {
        // The first block of bzip2, or the end of an empty one: `BZh` alone may begin a text.
        let block = head.get(4..10);
        let is_bzip2 = head.starts_with(b"BZh")
            && (block == Some(b"1AY&SY") || block == Some(b"\x17\x72\x45\x38\x50\x90"));
        match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => is_bzip2.then_some(Self::Bzip2),
        }
    }

    /// Decompresses `inner` while it is read.
    ///
    /// # Errors
    /// When the decoder cannot be made.
    pub fn decoder<'s>(self, inner: impl Read + 's) -> io::Result<Box<dyn Read + 's>> {
        Ok(match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(inner)),
            // Windows above 128 MiB are refused by the decoder itself.
            Self::Zstd => Box::new(zstd::stream::read::Decoder::new(inner)?),
            Self::Bzip2 => Box::new(MultiBzDecoder::new(inner)),
        })
    }

    /// A file's name without the ending of this compression.
    pub fn without_ending(self, name: &str) -> String {
        let endings = ENDINGS.iter().filter(|(kind, _)| *kind == self);
        let found = endings
            .flat_map(|(_, endings)| endings.iter())
            .find_map(|(ending, instead)| Some(format!("{}{instead}", cut(name, ending)?)));
        found.unwrap_or_else(|| name.to_owned())
    }
}

/// A file's name without the ending of any compression.
pub fn plain_name(name: &str) -> &str {
    let endings = ENDINGS.iter().flat_map(|(_, endings)| endings.iter());
    let found = endings.filter_map(|(ending, _)| cut(name, ending)).next();
    found.unwrap_or(name)
}

/// `name` without `ending`, in any case.
fn cut<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let at = name.len().checked_sub(ending.len())?;
    name.get(at..)?
        .eq_ignore_ascii_case(ending)
        .then(|| name.get(..at))?
}
