//! The folders where the user's settings, collection and cache live, as the system wants them
//! (XDG; known folders on Windows). Only names them: reads and makes nothing.

use crate::error::{Error, Result};
use etcetera::BaseStrategy;
use std::path::PathBuf;

/// Our folder inside each of the system's.
const OURS: &str = "dictum";

/// Holds `config.toml`, `keys.toml` and themes.
///
/// # Errors
/// When the system names no home folder.
pub fn config_folder() -> Result<PathBuf> {
    Ok(strategy()?.config_dir().join(OURS))
}

/// Holds the collection: what the user made and must not lose.
///
/// # Errors
/// When the system names no home folder.
pub fn data_folder() -> Result<PathBuf> {
    Ok(strategy()?.data_dir().join(OURS))
}

/// Holds what can be made again and may be deleted at any time.
///
/// # Errors
/// When the system names no home folder.
pub fn cache_folder() -> Result<PathBuf> {
    Ok(strategy()?.cache_dir().join(OURS))
}

/// The user's key table, when there is one.
#[must_use]
pub fn keys_file() -> Option<PathBuf> {
    existing("keys.toml")
}

/// The user's settings, when there are any.
#[must_use]
pub fn settings_file() -> Option<PathBuf> {
    existing("config.toml")
}

/// The user's names of speakers, when there is such a file.
#[must_use]
pub fn aliases_file() -> Option<PathBuf> {
    existing("aliases.txt")
}

/// A file of the settings folder, when it is there.
fn existing(name: &str) -> Option<PathBuf> {
    let path = config_folder().ok()?.join(name);
    path.exists().then_some(path)
}

fn strategy() -> Result<impl BaseStrategy> {
    etcetera::choose_base_strategy().map_err(|_| {
        Error::Usage("there is no home folder; set HOME, or name the files yourself".to_owned())
    })
}
