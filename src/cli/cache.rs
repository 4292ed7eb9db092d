//! `dictum cache`: where extractions are kept, how much there is, and their end.

use super::Exit;
use super::args::{CacheTask, Common};
use super::print::Out;
use crate::config::paths::cache_folder;
use crate::error::{Error, Result};
use crate::store::cache::{clear, kept};

/// Runs it.
///
/// # Errors
/// Without a home folder; when the folder cannot be read or a file not deleted.
pub fn run(task: CacheTask, common: &Common) -> Result<Exit> {
    let folder = cache_folder()?;
    let failed = |what: &'static str| {
        let path = folder.clone();
        move |source| Error::Io { what, path, source }
    };
    let mut out = Out::new(common);
    match task {
        CacheTask::Path => out.line(&folder.to_string_lossy())?,
        CacheTask::Info => {
            let (files, bytes) = kept(&folder).map_err(failed("cannot read"))?;
            out.line(&format!("folder    {}", folder.display()))?;
            out.line(&format!("archives  {files}"))?;
            out.line(&format!("bytes     {bytes}"))?;
        }
        CacheTask::Clear => {
            let files = clear(&folder).map_err(failed("cannot empty"))?;
            out.line(&format!("deleted {files}"))?;
        }
    }
    out.flush()?;
    Ok(Exit::Found)
}
