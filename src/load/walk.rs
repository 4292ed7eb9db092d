//! Which files there are to read: sorted, each once, without following links out of the folder or
//! round in circles. Must not read them.

use super::Input;
use super::sample::SAMPLE;
use crate::error::{Fault, Severity};
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where its bytes are.
    pub place: Place,
    /// How it is called in reports and ids: the path as given or found.
    pub label: String,
    /// Bytes on disk, 0 where that is not known.
    pub bytes: u64,
}

/// Where bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On disk.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// In the program.
    Bundled(&'static [u8]),
}

/// All files of `inputs`, in the order given; those of a folder sorted by path. Ignore files are not
/// heeded (an archive may lie in a repository); hidden files are left out of a folder, and that is
/// not reported: no archive keeps its statements there.
pub fn files(inputs: &[Input]) -> (Vec<Found>, Vec<Fault>) {
    let mut walk = Walk::default();
    for input in inputs {
        match input {
            Input::Stdin => walk.found.push(Found {
                place: Place::Stdin,
                label: "-".into(),
                bytes: 0,
            }),
            Input::Sample => walk.found.extend(SAMPLE.iter().map(|(name, bytes)| Found {
                place: Place::Bundled(bytes),
                label: (*name).to_owned(),
                bytes: bytes.len() as u64,
            })),
            Input::Path(path) => walk.path(path),
        }
    }
    (walk.found, walk.faults)
}

#[derive(Default)]
struct Walk {
    found: Vec<Found>,
    faults: Vec<Fault>,
    /// Files already found, so that one named twice is read once.
    seen: HashSet<PathBuf>,
}

impl Walk {
    fn path(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path),
            Ok(meta) => self.file(path, meta.len()),
            Err(error) => self.fault(
                path,
                format!("cannot be found or read: {error}"),
                "check the name and its permissions",
            ),
        }
    }

    fn folder(&mut self, folder: &Path) {
        let inside = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let walk = WalkBuilder::new(folder)
            .standard_filters(false)
            .hidden(true)
            .follow_links(false)
            .sort_by_file_path(Path::cmp)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => {
                    let kind = entry.file_type();
                    if kind.is_some_and(|k| k.is_symlink()) {
                        self.link(entry.path(), &inside);
                    } else if kind.is_some_and(|k| !k.is_dir()) {
                        let bytes = entry.metadata().map_or(0, |m| m.len());
                        self.file(entry.path(), bytes);
                    }
                }
                Err(error) => self.fault(folder, error.to_string(), "check its permissions"),
            }
        }
    }

    /// A link to a file inside the folder is read; any other is only reported.
    fn link(&mut self, path: &Path, inside: &Path) {
        match fs::canonicalize(path) {
            Ok(to) if to.is_dir() => self.fault(
                path,
                "a link to a folder is not followed".into(),
                "name the folder itself",
            ),
            Ok(to) if to.starts_with(inside) => {
                let bytes = fs::metadata(&to).map_or(0, |m| m.len());
                self.file(path, bytes);
            }
            Ok(_) => self.fault(
                path,
                "a link out of the folder is not followed".into(),
                "name the file itself",
            ),
            Err(error) => self.fault(path, format!("a link that leads nowhere: {error}"), ""),
        }
    }

    fn file(&mut self, path: &Path, bytes: u64) {
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(whole) {
            let label = path.to_string_lossy().into_owned();
            self.found.push(Found {
                place: Place::File(path.to_owned()),
                label,
                bytes,
            });
        }
    }

    fn fault(&mut self, path: &Path, reason: String, remedy: &str) {
        self.faults.push(Fault {
            path: path.to_string_lossy().into_owned(),
            place: String::new(),
            reason,
            remedy: remedy.to_owned(),
            severity: Severity::Skipped,
        });
    }
}
