//! Every step of a save made to fail, one after the other, and what is then on disk.

use super::*;
use std::cell::Cell;
use std::fs::{self, File};
use std::path::PathBuf;
use tempfile::NamedTempFile;

/// A disk whose n-th step fails.
struct Faulty {
    /// Steps left before the one that fails.
    left: Cell<usize>,
    /// Name of the step that failed.
    failed: Cell<&'static str>,
}

impl Faulty {
    fn at(n: usize) -> Self {
        Self {
            left: Cell::new(n),
            failed: Cell::new(""),
        }
    }

    fn step(&self, name: &'static str) -> io::Result<()> {
        let left = self.left.get();
        self.left.set(left.wrapping_sub(1));
        if left == 1 {
            self.failed.set(name);
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        Ok(())
    }
}

impl Disk for Faulty {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        self.step("create")?;
        Real.create(folder)
    }
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        if let Err(full) = self.step("write") {
            // A full disk takes what still fits.
            let half = bytes.get(..bytes.len() / 2).unwrap_or(&[]);
            Real.write(file, half)?;
            return Err(full);
        }
        // Short writes are allowed, so the caller must go on.
        Real.write(file, bytes.get(..bytes.len().min(5000)).unwrap_or(bytes))
    }
    fn flush(&self, file: &mut File) -> io::Result<()> {
        self.step("flush")?;
        Real.flush(file)
    }
    fn set_permissions(&self, file: &File, permissions: Permissions) -> io::Result<()> {
        self.step("permissions")?;
        Real.set_permissions(file, permissions)
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        self.step("sync")?;
        Real.sync(file)
    }
    fn persist(&self, file: NamedTempFile, path: &Path, consent: Consent) -> io::Result<()> {
        self.step("persist")?;
        Real.persist(file, path, consent)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("sync folder")?;
        Real.sync_folder(folder)
    }
}

fn names(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into())
        .collect()
}

#[test]
fn whatever_step_fails_the_file_is_the_old_or_the_new_one() {
    let new = "new ".repeat(6000);
    for (consent, old) in [(Consent::Replace, Some("old")), (Consent::Keep, None)] {
        let mut steps = Vec::new();
        for n in 1.. {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.txt");
            if let Some(old) = old {
                fs::write(&path, old).unwrap();
            }
            let disk = Faulty::at(n);
            let saved = save_on(&disk, &path, consent, |o| o.write_all(new.as_bytes()));
            let there = fs::read_to_string(&path).ok();
            let Err(error) = saved else {
                assert_eq!(there.as_deref(), Some(new.as_str()));
                break;
            };
            steps.push(disk.failed.get());
            let said = error.to_string();
            if disk.failed.get() == "sync folder" {
                assert_eq!(there.as_deref(), Some(new.as_str()));
                assert!(
                    said.starts_with("saved, but a power cut may undo it"),
                    "{said}"
                );
            } else {
                assert_eq!(there.as_deref(), old, "after {}", disk.failed.get());
                assert!(said.starts_with("cannot save"), "{said}");
            }
            // Nothing else is left lying about.
            let expected: Vec<PathBuf> = there.iter().map(|_| PathBuf::from("a.txt")).collect();
            assert_eq!(names(folder.path()), expected);
        }
        let permissions: &[&str] = if old.is_some() { &["permissions"] } else { &[] };
        let tail = [&["flush"], permissions, &["sync", "persist", "sync folder"]].concat();
        assert!(
            steps.starts_with(&["create", "write", "write"]),
            "{steps:?}"
        );
        assert!(steps.ends_with(&tail), "{steps:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_as_open_as_the_umask_allows_and_a_replaced_one_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (plain, saved) = (folder.path().join("plain"), folder.path().join("saved"));
    fs::write(&plain, "").unwrap();
    save(&saved, Consent::Keep, |_| Ok(())).unwrap();
    assert_eq!(mode(&plain), mode(&saved));
    fs::set_permissions(&saved, Permissions::from_mode(0o640)).unwrap();
    save(&saved, Consent::Replace, |_| Ok(())).unwrap();
    assert_eq!(mode(&saved), 0o640);
}

#[cfg(unix)]
#[test]
fn links_folders_and_devices_are_neither_followed_nor_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (target, link) = (folder.path().join("target"), folder.path().join("link"));
    let dangling = folder.path().join("dangling");
    fs::write(&target, "old").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    std::os::unix::fs::symlink("nowhere", &dangling).unwrap();
    for path in [&link, &dangling, &folder.path().to_owned()] {
        let kept = save(path, Consent::Keep, |_| Ok(()));
        assert!(matches!(kept, Err(Error::Exists(_))), "{kept:?}");
        let refused = save(path, Consent::Replace, |_| Ok(())).unwrap_err();
        assert!(refused.to_string().contains("it is "), "{refused}");
    }
    assert!(link.is_symlink() && dangling.is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap(), "old");
    assert!(!folder.path().join("nowhere").exists());
}

proptest::proptest! {
    #[test]
    fn suggested_names_are_only_names(
        title in "(?s).{0,200}|[-./ a\u{e9}]{0,150}|(?i)(con|nul|com1|lpt9|aux)[-. ]{0,3}[a-z.]{0,3}",
        nth in 0usize..,
        extension in "[a-z]{0,5}",
    ) {
        let name = suggested_name(&title, &extension, nth);
        let stem = name.split('.').next().unwrap_or("").to_ascii_uppercase();
        proptest::prop_assert!(name.len() <= 120, "{}", name);
        proptest::prop_assert!(!stem.is_empty() && !name.starts_with(['.', '-']), "{}", name);
        proptest::prop_assert!(
            name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)), "{}", name
        );
        proptest::prop_assert!(
            !["CON", "NUL", "AUX", "PRN", "COM1", "LPT9"].contains(&stem.as_str()), "{}", name
        );
        proptest::prop_assert!(name.ends_with(&extension), "{}", name);
    }
}
