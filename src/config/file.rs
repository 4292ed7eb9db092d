//! Reads a small file of the user's own and says where in it a fault lies.
//! Must not know what the file means.

use crate::error::{Error, Result};
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

/// The longest settings file that is read, in bytes: a wrong path should not fill the memory.
const LONGEST: u64 = 1 << 20;

/// The text of a settings file.
///
/// # Errors
/// When it cannot be read, is not UTF-8, or is longer than 1 MiB.
pub(super) fn read(path: &Path) -> Result<String> {
    let failed = |source| Error::Io {
        what: "cannot read",
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    let refused = |what: &str| Error::BadFile {
        path: path.to_owned(),
        place: "whole file".to_owned(),
        what: what.to_owned(),
        remedy: "give a settings file in TOML".to_owned(),
    };
    if bytes.len() as u64 > LONGEST {
        return Err(refused("longer than 1 MiB"));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("not UTF-8 text"))?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned())
}

/// Reads TOML into `T`, with the line of a fault.
///
/// # Errors
/// [`Error::BadFile`] when the text is not TOML or does not fit `T`.
pub(super) fn parse<T: serde::de::DeserializeOwned>(path: &Path, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let what = error.message().lines().collect::<Vec<_>>().join(" ");
        match error.span() {
            Some(span) => bad(path, text, span, what, "correct that line"),
            None => Error::BadFile {
                path: path.to_owned(),
                place: "whole file".to_owned(),
                what,
                remedy: "correct the file".to_owned(),
            },
        }
    })
}

/// A fault at `span` (bytes) of `text`.
pub(super) fn bad(
    path: &Path,
    text: &str,
    span: Range<usize>,
    what: impl Into<String>,
    remedy: impl Into<String>,
) -> Error {
    let before = text.as_bytes().get(..span.start).unwrap_or(text.as_bytes());
    let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
    Error::BadFile {
        path: path.to_owned(),
        place: format!("line {line}"),
        what: what.into(),
        remedy: remedy.into(),
    }
}
