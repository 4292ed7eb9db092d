//! Extractions kept on disk between runs, so that an archive that was read once is not read for
//! quotes and claims again. May be deleted at any time; is never believed without a check.
//!
//! One file for what is opened together (the names of the inputs decide which). In it an extraction
//! is found by a fingerprint of all that it was made of: text, title, date, source and the other
//! fields of the statement. So a statement that was changed, added or removed costs only itself,
//! wherever it moved to, and nothing stale can be found. The version of the extractor is in the head:
//! what another version made is not read.
//!
//! ```text
//! head: MAGIC, layout (u8), version (u32)   records: `Packed`, as it is in memory…
//! index: postcard([Entry])     foot: offset and length of the index (u64 each), SHA-256 of it
//! ```
//!
//! A save writes a new file and renames it, so that two processes at once each leave a whole one.
//! Every record has a check of its own; one that fails is extracted again.

use super::{Packed, Segment, Snapshot};
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::model::Statement;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The first bytes of our files.
const MAGIC: &[u8; 19] = b"dictum extractions ";
/// Behind them: how what follows is laid out, down to the bytes of a record. What was laid out otherwise is
/// not read.
const LAYOUT: u8 = b'2';
/// Bytes of both and of the version.
const HEAD: usize = MAGIC.len() + 1 + 4;
/// Bytes of the foot: two numbers and a SHA-256.
const FOOT: u64 = 8 + 8 + 32;
/// The ending of the names of our files.
const ENDING: &str = "extractions";

/// Enough of a SHA-256 that no two statements share one by chance.
type Fingerprint = [u8; 16];

/// Where a record stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Entry {
    of: Fingerprint,
    offset: u64,
    length: u32,
    check: [u8; 8],
}

/// The extractions of one archive, as an earlier run left them.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    version: u32,
    entries: HashMap<Fingerprint, Entry>,
    file: Option<Mutex<File>>,
    /// Why what was there is not used.
    fault: Option<String>,
    /// Statements that were asked for and not there.
    missed: AtomicUsize,
}

impl Cache {
    /// Opens what is kept in `folder` for inputs of these names, made by the extractor of this
    /// version. What is not there, damaged or made by another is an empty cache.
    #[must_use]
    pub fn open<'p>(folder: &Path, inputs: impl Iterator<Item = &'p Path>, version: u32) -> Self {
        let path = folder.join(file_name(inputs));
        let (entries, file, fault) = match read_index(&path, version) {
            Ok(Some((entries, file))) => (entries, Some(Mutex::new(file)), None),
            Ok(None) => (HashMap::new(), None, None),
            Err(error) => (HashMap::new(), None, Some(error.to_string())),
        };
        Self {
            path,
            version,
            entries,
            file,
            fault,
            missed: AtomicUsize::new(0),
        }
    }

    /// Why what was there is not used, when something was.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// What was extracted from this very statement; `None` when it is not kept or fails its check.
    #[must_use]
    pub fn get(&self, statement: &Statement) -> Option<Packed> {
        let found = self.read(statement);
        if found.is_none() {
            self.missed.fetch_add(1, Ordering::Relaxed);
        }
        found
    }

    /// Sees to it that these statements of `segment` are extracted: takes them from `cache`, or else extracts them.
    pub fn fill(
        cache: Option<&Self>,
        segment: &Segment,
        at: impl IntoIterator<Item = usize>,
        extractor: &Extractor,
    ) {
        let take = |at: &usize| {
            let statement = segment.statements().get(*at);
            let kept = statement.and_then(|statement| cache?.get(statement));
            kept.map(|kept| segment.put_packed(*at, kept)).is_some()
        };
        // What is there already need not be read.
        let undone = at.into_iter().filter(|at| segment.packed(*at).is_none());
        segment.extract_all(undone.filter(|at| !take(at)), extractor);
    }

    fn read(&self, statement: &Statement) -> Option<Packed> {
        let file = self.file.as_ref()?;
        let entry = self.entries.get(&fingerprint(statement)?)?;
        let mut packed = vec![0; entry.length as usize];
        {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(entry.offset)).ok()?;
            file.read_exact(&mut packed).ok()?;
        }
        if check(&packed) != entry.check {
            return None;
        }
        Packed::of_bytes(packed)
    }

    /// Keeps all that is extracted in `snapshot`, and no more, unless that is what was found already.
    ///
    /// # Errors
    /// When the folder cannot be written to; what was there stays.
    pub fn save(&self, snapshot: &Snapshot) -> Result<()> {
        let same = self.missed.load(Ordering::Relaxed) == 0 && self.entries.len() == snapshot.len();
        if same || snapshot.is_empty() {
            return Ok(());
        }
        self.write(snapshot).map_err(|source| Error::Io {
            what: "cannot keep what was extracted in",
            path: self.path.clone(),
            source,
        })
    }

    fn write(&self, snapshot: &Snapshot) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let mut out = BufWriter::new(file.as_file_mut());
        out.write_all(MAGIC)?;
        out.write_all(&[LAYOUT])?;
        out.write_all(&self.version.to_le_bytes())?;
        let mut offset = HEAD as u64;
        let mut entries = Vec::with_capacity(snapshot.len());
        for doc in 0..snapshot.len() {
            let (Some(statement), Some(packed)) = (snapshot.statement(doc), snapshot.packed(doc))
            else {
                continue;
            };
            let Some(of) = fingerprint(statement) else {
                continue;
            };
            let packed = packed.bytes();
            out.write_all(packed)?;
            let length = u32::try_from(packed.len()).map_err(io::Error::other)?;
            entries.push(Entry {
                of,
                offset,
                length,
                check: check(packed),
            });
            offset += u64::from(length);
        }
        let index = postcard::to_stdvec(&entries).map_err(io::Error::other)?;
        out.write_all(&index)?;
        out.write_all(&offset.to_le_bytes())?;
        out.write_all(&(index.len() as u64).to_le_bytes())?;
        out.write_all(&Sha256::digest(&index))?;
        out.flush()?;
        drop(out);
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// What is kept in `folder`: number of files and their bytes.
///
/// # Errors
/// When the folder is there and cannot be read.
pub fn kept(folder: &Path) -> io::Result<(usize, u64)> {
    let mut all = (0, 0);
    for path in files(folder)? {
        all.0 += 1;
        all.1 += fs::metadata(path)?.len();
    }
    Ok(all)
}

/// Deletes what is kept in `folder`; gives the number of files. Files that are not ours stay.
///
/// # Errors
/// When one cannot be deleted.
pub fn clear(folder: &Path) -> io::Result<usize> {
    let files = files(folder)?;
    files.iter().try_for_each(fs::remove_file)?;
    Ok(files.len())
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let ours = |path: &io::Result<PathBuf>| {
        let Ok(path) = path else { return true };
        path.extension().is_some_and(|ending| ending == ENDING)
    };
    paths.filter(ours).collect()
}

/// A name for inputs of these names, wherever the program was started.
fn file_name<'p>(inputs: impl Iterator<Item = &'p Path>) -> String {
    let mut hasher = Sha256::new();
    for input in inputs {
        let whole = fs::canonicalize(input).unwrap_or_else(|_| input.to_path_buf());
        hasher.update(whole.as_os_str().as_encoded_bytes());
        hasher.update([0]);
    }
    format!("{}.{ENDING}", hex(&hasher.finalize()[..16]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of all that extraction reads of a statement: not of where it was found.
fn fingerprint(statement: &Statement) -> Option<Fingerprint> {
    struct Hashing(Sha256);
    impl Write for Hashing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let s = statement;
    let all = (
        (&s.body, &s.title, &s.date, &s.place, &s.source, &s.author),
        (&s.url, &s.lang, &s.kind, &s.tags, &s.header, &s.extra),
    );
    let hashing = postcard::to_io(&all, Hashing(Sha256::new())).ok()?;
    hashing.0.finalize().get(..16)?.try_into().ok()
}

fn check(bytes: &[u8]) -> [u8; 8] {
    let mut check = [0; 8];
    check.copy_from_slice(&Sha256::digest(bytes)[..8]);
    check
}

/// The index of a file; `None` when there is none, or it is of another version.
fn read_index(
    path: &Path,
    version: u32,
) -> io::Result<Option<(HashMap<Fingerprint, Entry>, File)>> {
    let damaged = || io::Error::new(io::ErrorKind::InvalidData, "it is damaged or not ours");
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let length = file.metadata()?.len();
    let mut head = [0; HEAD];
    if length < head.len() as u64 + FOOT {
        return Err(damaged());
    }
    file.read_exact(&mut head)?;
    if !head.starts_with(MAGIC) {
        return Err(damaged());
    }
    if head.get(MAGIC.len()) != Some(&LAYOUT) || !head.ends_with(&version.to_le_bytes()) {
        return Ok(None);
    }
    let mut foot = [0; FOOT as usize];
    file.seek(SeekFrom::End(-(FOOT as i64)))?;
    file.read_exact(&mut foot)?;
    let number = |at: usize| {
        let bytes = foot.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.map(u64::from_le_bytes).ok_or_else(damaged)
    };
    let (offset, size) = (number(0)?, number(8)?);
    if offset
        .checked_add(size)
        .and_then(|end| end.checked_add(FOOT))
        != Some(length)
    {
        return Err(damaged());
    }
    file.seek(SeekFrom::Start(offset))?;
    let mut index = vec![0; usize::try_from(size).map_err(io::Error::other)?];
    file.read_exact(&mut index)?;
    if !foot.ends_with(&Sha256::digest(&index)) {
        return Err(damaged());
    }
    let entries: Vec<Entry> = postcard::from_bytes(&index).map_err(|_| damaged())?;
    // A record that reaches past the index was never written by us.
    let inside = |entry: &Entry| {
        let end = entry.offset.checked_add(u64::from(entry.length));
        end.is_some_and(|end| end <= offset)
    };
    if !entries.iter().all(inside) {
        return Err(damaged());
    }
    let entries = entries.into_iter().map(|entry| (entry.of, entry));
    Ok(Some((entries.collect(), file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    const BODY: &str = "“We will not yield,” Ms. Lee said on Monday. She urged Beijing to act.";

    fn store(bodies: &[&str]) -> Snapshot {
        let statements = bodies.iter().map(|body| Statement::new(body, body));
        let snapshot = Store::of(statements.collect()).snapshot();
        let extractor = Extractor::new();
        for (_, segment) in snapshot.segments() {
            for at in 0..segment.statements().len() {
                segment.extract(at, &extractor);
            }
        }
        snapshot
    }

    fn open(folder: &Path) -> Cache {
        Cache::open(folder, [Path::new("archive")].into_iter(), 1)
    }

    #[test]
    fn what_was_kept_comes_back_and_what_changed_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = store(&[BODY, "The ministry said nothing."]);
        open(folder.path()).save(&snapshot).unwrap();
        let cache = open(folder.path());
        assert_eq!(cache.fault(), None);
        for doc in 0..2 {
            let statement = snapshot.statement(doc).unwrap();
            assert_eq!(cache.get(statement).as_ref(), snapshot.packed(doc));
            let mut moved = statement.clone();
            moved.origin.path = "elsewhere".into();
            assert_eq!(cache.get(&moved).as_ref(), snapshot.packed(doc));
            let mut changed = statement.clone();
            changed.body = format!("{} Today.", statement.body).into();
            assert_eq!(cache.get(&changed), None);
            let mut renamed = statement.clone();
            renamed.source = Some(crate::model::Stated::given("MOFCOM".to_owned()));
            assert_eq!(cache.get(&renamed), None);
        }
        assert_eq!(kept(folder.path()).unwrap().0, 1);
        assert_eq!(clear(folder.path()).unwrap(), 1);
        assert_eq!(
            open(folder.path()).get(snapshot.statement(0).unwrap()),
            None
        );
    }

    #[test]
    fn another_version_and_other_inputs_find_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = store(&[BODY]);
        open(folder.path()).save(&snapshot).unwrap();
        let statement = snapshot.statement(0).unwrap();
        let newer = Cache::open(folder.path(), [Path::new("archive")].into_iter(), 2);
        assert_eq!((newer.get(statement), newer.fault()), (None, None));
        let other = Cache::open(folder.path(), [Path::new("other")].into_iter(), 1);
        assert_eq!(other.get(statement), None);
    }

    /// Whatever byte is damaged: found out, or of no account; never another extraction.
    #[test]
    fn a_damaged_file_is_never_believed() {
        let folder = tempfile::tempdir().unwrap();
        let snapshot = store(&[BODY]);
        let cache = open(folder.path());
        cache.save(&snapshot).unwrap();
        let whole = fs::read(&cache.path).unwrap();
        let statement = snapshot.statement(0).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            fs::write(&cache.path, &damaged).unwrap();
            let found = open(folder.path()).get(statement);
            assert!(
                found.is_none() || found.as_ref() == snapshot.packed(0),
                "byte {at}"
            );
        }
        for length in (0..whole.len()).step_by(7) {
            fs::write(&cache.path, &whole[..length]).unwrap();
            let cut = open(folder.path());
            assert!(cut.fault().is_some(), "{length} bytes");
            assert_eq!(cut.get(statement), None);
        }
        fs::write(&cache.path, b"somebody else's file, and a long one at that: it has to be longer than a head and a foot").unwrap();
        let foreign = open(folder.path());
        assert!(foreign.fault().is_some());
        foreign.save(&snapshot).unwrap();
        assert_eq!(
            open(folder.path()).get(statement).as_ref(),
            snapshot.packed(0)
        );
    }
}
