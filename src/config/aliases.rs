//! The user's own names of speakers, laid over the bundled ones. Reads the file; `store` knows what it means.

use super::{file, paths};
use crate::error::Result;

/// The text of `aliases.txt` in the settings folder; empty when there is none.
///
/// # Errors
/// When it cannot be read, is not UTF-8, or is longer than 1 MiB.
pub fn own_aliases() -> Result<String> {
    paths::aliases_file().map_or_else(|| Ok(String::new()), |path| file::read(&path))
}
