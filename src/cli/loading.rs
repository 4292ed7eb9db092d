//! Loading for a command: everything, with a progress bar on standard error when that is a terminal.

use super::args::{Common, Folding, Where};
use super::print::Notes;
use crate::config::memory::default_memory;
use crate::config::paths::cache_folder;
use crate::error::{Error, Result};
use crate::extract::{Extractor, so_many};
use crate::load::{Event, FieldMap, Input, Options, load};
use crate::model::Statement;
use crate::query::{ParseError, Query, parse};
use crate::search::{Results, unknown_type};
use crate::store::{Cache, DocNo, Snapshot, Store};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::io::IsTerminal;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};

/// What was loaded, and what is to be said about it.
pub struct Loaded {
    /// The statements, searchable.
    pub snapshot: Snapshot,
    /// For what else is to be said.
    pub notes: Notes,
    /// What it was loaded from.
    paths: Vec<PathBuf>,
}

/// Statements that a thread extracts at a time: no more than are extracted together, nor so many that other threads have none.
fn parts(statements: &[Statement]) -> Vec<Range<usize>> {
    let most = statements.len() / (4 * rayon::current_num_threads()) + 1;
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(rest) = statements.get(from..).filter(|rest| !rest.is_empty()) {
        let end = from + so_many(rest.iter()).min(most);
        parts.push(from..end);
        from = end;
    }
    parts
}

impl Loaded {
    /// The place of the statement with this id; that there is none is said.
    pub fn find(&mut self, id: &str) -> Option<DocNo> {
        let found = self.snapshot.find(id);
        if found.is_none() {
            self.notes.say(&format!(
                "no statement has the id {id}: `dictum search --ids` lists them"
            ));
        }
        found
    }

    /// Extracts these statements, on all cores; what was kept from an earlier time is taken from there,
    /// what is new is not kept.
    pub fn extract(&self, docs: &[DocNo], common: &Common) {
        let cache = cache(&self.paths, common);
        let extractor = Extractor::new();
        docs.par_iter().for_each(|doc| {
            if let Some((segment, at)) = self.snapshot.locate(*doc) {
                Cache::fill(cache.as_ref(), segment, [at], &extractor);
            }
        });
    }

    /// Extracts every statement, on all cores; what was kept from an earlier time is taken from there,
    /// what is new is kept.
    pub fn extract_all(&mut self, common: &Common) {
        // Opened here and not while loading: most commands extract nothing.
        let cache = cache(&self.paths, common);
        let extractor = Extractor::new();
        let bar = bar(common);
        bar.set_length(self.snapshot.len() as u64);
        for (_, segment) in self.snapshot.segments() {
            let parts = parts(segment.statements()).into_par_iter();
            parts.for_each(|part| {
                let done = part.len() as u64;
                Cache::fill(cache.as_ref(), segment, part, &extractor);
                bar.inc(done);
            });
        }
        bar.finish_and_clear();
        let Some(cache) = cache else { return };
        if let Some(fault) = cache.fault() {
            self.notes.say(&format!(
                "what was kept of earlier extractions is not used: {fault}"
            ));
        }
        if let Err(error) = cache.save(&self.snapshot) {
            self.notes.say(&error.to_string());
        }
    }
}

/// Extractions of these paths that were kept, and where new ones are to be. `None` where that is not
/// wanted, where there is no home folder, and for standard input and the sample: they have no name.
#[must_use]
pub fn cache(paths: &[PathBuf], common: &Common) -> Option<Cache> {
    let named = !paths.is_empty() && paths.iter().all(|path| path.as_os_str() != "-");
    let folder = (named && !common.no_cache).then(cache_folder)?.ok()?;
    let paths = paths.iter().map(PathBuf::as_path);
    Some(Cache::open(&folder, paths, crate::extract::VERSION))
}

/// Paths as inputs; without any, the bundled sample.
#[must_use]
pub fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    if paths.is_empty() {
        return vec![Input::Sample];
    }
    let input = |path: &PathBuf| {
        if path.as_os_str() == "-" {
            Input::Stdin
        } else {
            Input::Path(path.clone())
        }
    };
    paths.iter().map(input).collect()
}

/// How to load: with what the user says about keys.
///
/// # Errors
/// [`Error::Usage`] for a `--map` that is none.
pub fn options(common: &Common) -> Result<Options> {
    let fields = FieldMap::parse(&common.map).map_err(|e| Error::Usage(format!("--map: {e}")))?;
    Ok(Options {
        fields: fields.into(),
        ..Options::default()
    })
}

/// The same for who keeps what is loaded: no more than there is memory for.
///
/// # Errors
/// As [`options`].
pub fn options_to_keep(common: &Common) -> Result<Options> {
    Ok(Options {
        max_memory: common.max_memory.unwrap_or_else(default_memory),
        ..options(common)?
    })
}

/// Loads everything.
///
/// # Errors
/// When the log cannot be written; what cannot be loaded is only noted.
pub fn all(paths: &[PathBuf], common: &Common) -> Result<Loaded> {
    let mut notes = Notes::new(common)?;
    if paths.is_empty() {
        notes.say("no path given: reading the bundled sample");
    }
    let bar = bar(common);
    let mut store = Store::with_aliases(&crate::config::own_aliases()?);
    load(&inputs(paths), &options_to_keep(common)?, &mut |event| {
        match event {
            Event::Found { bytes, .. } => bar.set_length(bytes),
            Event::Read(bytes) => bar.inc(bytes),
            Event::Filled { .. } => {}
            Event::Fault(fault) => bar.suspend(|| notes.fault(&fault)),
            Event::Statement(statement) => drop(store.add(*statement)),
        }
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    store.seal();
    let loaded = Loaded {
        snapshot: store.snapshot(),
        notes,
        paths: paths.to_vec(),
    };
    something(loaded.snapshot.is_empty(), &loaded.notes, common)?;
    Ok(loaded)
}

/// An error when nothing could be loaded at all: that is not the same as finding nothing. With
/// `--strict` the exit code says so already.
///
/// # Errors
/// [`Error::Usage`] when something was skipped and nothing loaded.
pub fn something(nothing: bool, notes: &Notes, common: &Common) -> Result<()> {
    if nothing && notes.skipped > 0 && !common.strict {
        return Err(Error::Usage(format!(
            "nothing could be loaded: {} files or records were skipped (`dictum check` says why)",
            notes.skipped
        )));
    }
    Ok(())
}

/// Drawn on a terminal only, and not when it is to be quiet.
fn bar(common: &Common) -> ProgressBar {
    let wanted = std::io::stderr().is_terminal() && !common.quiet;
    let bar = ProgressBar::with_draw_target(
        None,
        if wanted {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        },
    );
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {percent:>3} %") {
        bar.set_style(style);
    }
    bar
}

/// Query and paths of a command whose first argument may be either: it is a path when a file or
/// folder of that name exists, or it is `-`.
///
/// # Errors
/// [`Error::Usage`] when the query is not understood.
pub fn query_and_paths(place: &Where) -> Result<(String, Vec<PathBuf>)> {
    let is_path = |word: &str| word == "-" || Path::new(word).exists();
    let (query, paths) = match (&place.query, place.words.split_first()) {
        (Some(query), _) => (query.clone(), place.words.as_slice()),
        (None, Some((first, rest))) if !is_path(first) => (first.clone(), rest),
        (None, _) => (String::new(), place.words.as_slice()),
    };
    Ok((query, paths.iter().map(PathBuf::from).collect()))
}

/// Says which words were read as others, how many statements were folded, and what may help where
/// nothing was found.
pub fn tell(results: &Results, notes: &mut Notes) {
    for correction in &results.corrections {
        notes.say(&format!(
            "`{}` occurs nowhere: searched {}",
            correction.typed,
            correction.used.join(", ")
        ));
    }
    tell_folded(results.folded.values().map(Vec::len).sum(), notes);
    for advice in &results.advice {
        notes.say(advice);
    }
}

/// Says how many statements were folded, where any were.
pub fn tell_folded(count: usize, notes: &mut Notes) {
    if count > 0 {
        notes.say(&format!(
            "{count} statements folded: each is the same as one that stands for it, or nearly so"
        ));
    }
}

/// Refuses a query that asks for a type that is none: neither of claims, nor of quotes, nor of any
/// document loaded.
///
/// # Errors
/// [`Error::Usage`] with a caret under the fault.
pub fn known_types(query: &Query, line: &str, snapshot: &Snapshot) -> Result<()> {
    unknown_type(snapshot, query).map_or(Ok(()), |fault| Err(misunderstood(&fault, line)))
}

/// Parses a query.
///
/// # Errors
/// [`Error::Usage`] with a caret under the fault.
pub fn query(line: &str, folding: Folding) -> Result<Query> {
    let query = parse(line).map_err(|fault| misunderstood(&fault, line))?;
    let fold = folding.fold;
    // What may be so while a line is typed is a slip in a whole one: an empty variable of a script would ask for everything.
    let slip = match (query.unclosed, query.valueless) {
        (Some(span), _) => ("nothing closes this", span),
        (None, Some(span)) => ("this field has no value", span),
        (None, None) => return Ok(Query { fold, ..query }),
    };
    let (message, span) = (slip.0.to_owned(), slip.1);
    Err(misunderstood(&ParseError { message, span }, line))
}

/// On lines of its own, so that the caret stands under the fault.
fn misunderstood(fault: &ParseError, line: &str) -> Error {
    Error::Usage(format!(
        "the query is not understood:\n{}",
        fault.with_caret(line)
    ))
}
