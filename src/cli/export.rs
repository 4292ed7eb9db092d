//! `dictum export`: passages to a file, with everything a citation needs.

use super::Exit;
use super::args::{Common, ExportArgs, Folding, What};
use super::loading::{all, known_types, query, query_and_paths, tell};
use super::print::{Notes, Out};
use super::search::exit;
use crate::collection::CollectionFile;
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::export::{self, Consent, Format, LoadedTexts, Options, Style, Texts, save::save};
use crate::model::{Citable, Passage, PassageKind, Withheld};
use crate::query::{Query, Zone};
use crate::search::{Results, search};
use crate::store::{DocNo, Snapshot};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// Most bytes of a list of ids.
const MOST_BYTES: u64 = 1 << 30;

/// Runs it.
///
/// # Errors
/// A query that is not understood, a format or style that is not known, a file that is there.
pub fn run(args: &ExportArgs, common: &Common) -> Result<Exit> {
    let format = format(args)?;
    let style = match &args.style {
        Some(style) => Style::named(style)?,
        None => Style::named(&Settings::load(common.config.as_deref())?.citation_style)?,
    };
    let writing = Writing {
        args,
        common,
        format,
        style,
    };
    let (line, paths) = query_and_paths(&args.place)?;
    if let Some(basket) = &args.basket {
        return of_collection(&writing, basket, &line, &paths);
    }
    let ids = args.ids.as_deref().map(ids).transpose()?;
    // One that stands for others may not be of the list: what is left of it is folded.
    let folding = Folding {
        fold: args.folding.fold && ids.is_none(),
    };
    let mut query = query(&line, folding)?;
    let zone = match args.what {
        What::Quotes => Some(Zone::Quote),
        What::Claims => Some(Zone::Claim),
        What::Hits => None,
    };
    query.zone = zone.unwrap_or(query.zone);
    let mut loaded = all(&paths, common)?;
    known_types(&query, &line, &loaded.snapshot)?;
    loaded.extract_all(common);
    let Some(mut results) = search(&loaded.snapshot, &query, &|| false) else {
        return Ok(Exit::Nothing);
    };
    let texts = LoadedTexts::of(&loaded.snapshot);
    if let Some(ids) = &ids {
        only(ids, &mut results, &mut loaded.notes, &texts);
        if args.folding.fold {
            results.fold(&loaded.snapshot);
        }
    }
    tell(&results, &mut loaded.notes);
    let limit = args.limit.unwrap_or(usize::MAX);
    let snapshot = &loaded.snapshot;
    let found: Box<dyn Iterator<Item = Passage>> = match zone {
        Some(zone) => Box::new(results.passages(snapshot, &query, zone)),
        None => Box::new(hits(snapshot, &query, &results)),
    };
    // One at a time: what is exported may be more than fits in memory twice.
    let held = RefCell::new(Withheld::new(jiff::Timestamp::now()));
    let mut passages = found
        .filter(|p| args.force || held.borrow_mut().lets_through(p))
        .take(limit)
        .map(Cow::Owned)
        .peekable();
    if passages.peek().is_none() {
        nothing_but(&held.borrow())?;
        loaded.notes.say("nothing matches: nothing was written");
        return Ok(exit(true, &loaded.notes, common));
    }
    writing.write(&mut passages, Some(&texts))?;
    if let Some(told) = held.borrow().told() {
        loaded.notes.say(&format!("{told} ({FORCED})"));
    }
    Ok(exit(false, &loaded.notes, common))
}

/// What the browser, or an import, keeps in a file; the paths are where the whole texts are.
fn of_collection(
    writing: &Writing<'_>,
    basket: &Path,
    line: &str,
    paths: &[PathBuf],
) -> Result<Exit> {
    let args = writing.args;
    if args.ids.is_some() || args.folding.fold || !line.is_empty() {
        return Err(Error::Usage(
            "a collection is exported as it is: leave out the query, --ids and --fold, or --basket"
                .to_owned(),
        ));
    }
    let (_, collection, told) = CollectionFile::open(basket)?;
    if let Some(told) = told {
        super::print::complain(&told);
    }
    let loaded = match paths {
        [] => None,
        paths => Some(all(paths, writing.common)?),
    };
    let texts = loaded.as_ref().map(|l| LoadedTexts::of(&l.snapshot));
    let limit = writing.args.limit.unwrap_or(usize::MAX);
    let held = RefCell::new(Withheld::new(jiff::Timestamp::now()));
    let mut passages = collection
        .iter()
        .filter(|p| writing.args.force || held.borrow_mut().lets_through(p))
        .take(limit)
        .map(Cow::Borrowed)
        .peekable();
    if passages.peek().is_none() {
        nothing_but(&held.borrow())?;
    }
    writing.write(&mut passages, texts.as_ref().map(|t| t as &dyn Texts))?;
    if let Some(told) = held.borrow().told() {
        super::print::complain(&format!("{told} ({FORCED})"));
    }
    Ok(if collection.is_empty() || limit == 0 {
        Exit::Nothing
    } else {
        Exit::Found
    })
}

/// The ids of a file, a line each; `-` is standard input. Empty lines are none.
fn ids(path: &Path) -> Result<Vec<String>> {
    let is_input = path.as_os_str() == "-";
    let failed = |source| Error::Io {
        what: "cannot read",
        path: if is_input {
            "standard input".into()
        } else {
            path.to_owned()
        },
        source,
    };
    let from: Box<dyn Read> = if is_input {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(path).map_err(failed)?)
    };
    let mut ids = Vec::new();
    for line in BufReader::new(from.take(MOST_BYTES)).lines() {
        let line = line.map_err(failed)?;
        let id = line.trim_end_matches('\r');
        if !id.is_empty() {
            ids.push(id.to_owned());
        }
    }
    Ok(ids)
}

/// Leaves those of the ids, in the order of the list; which are not loaded is said.
fn only(ids: &[String], results: &mut Results, notes: &mut Notes, texts: &LoadedTexts<'_>) {
    let mut place: HashMap<DocNo, usize> = HashMap::new();
    let mut unknown: HashSet<&str> = HashSet::new();
    for (at, id) in ids.iter().enumerate() {
        match texts.doc(id) {
            Some(doc) => {
                place.entry(doc).or_insert(at);
            }
            None => {
                if unknown.insert(id) {
                    notes.say(&format!("no statement has the id {id}"));
                }
            }
        }
    }
    results.found.retain(|found| place.contains_key(&found.doc));
    results
        .found
        .sort_by_key(|found| place.get(&found.doc).copied());
}

/// What is said where something was left out that may not be published.
const FORCED: &str = "--force exports them all the same";

/// # Errors
/// [`Error::Usage`] when all that is there may not be published.
fn nothing_but(held: &Withheld) -> Result<()> {
    held.told().map_or(Ok(()), |told| {
        Err(Error::Usage(format!(
            "{told}; nothing else is there ({FORCED})"
        )))
    })
}

/// By its name, else by the file's, else Markdown.
fn format(args: &ExportArgs) -> Result<&'static dyn Format> {
    let by_file = args.output.as_ref().and_then(|path| {
        let name = path.file_name()?.to_str()?;
        // `a.csl.json` is asked for before `a.json`.
        let endings = name
            .match_indices('.')
            .map(|(at, _)| name.get(at + 1..).unwrap_or(""));
        let mut known = endings.filter(|e| export::by_name_or_extension(e).is_some());
        known.next().or_else(|| path.extension()?.to_str())
    });
    let name = args.format.as_deref().or(by_file).unwrap_or("md");
    export::by_name_or_extension(name).ok_or_else(|| {
        let names: Vec<&str> = export::FORMATS.iter().map(|f| f.name()).collect();
        Error::Usage(format!(
            "no export format `{name}`: choose one of {}",
            names.join(", ")
        ))
    })
}

fn hits<'a>(
    snapshot: &'a Snapshot,
    query: &'a Query,
    results: &'a Results,
) -> impl Iterator<Item = Passage> + 'a {
    results.found.iter().flat_map(move |found| {
        let hits = results.hits(snapshot, query, found.doc);
        let extraction = snapshot.extraction(found.doc);
        let citable = snapshot.statement(found.doc).map(Citable::new);
        hits.into_iter().filter_map(move |hit| {
            let citable = citable.as_ref()?;
            Some(citable.span(extraction.as_ref(), PassageKind::Hit, hit.span))
        })
    })
}

/// How and where to.
struct Writing<'a> {
    args: &'a ExportArgs,
    common: &'a Common,
    format: &'static dyn Format,
    style: Style,
}

impl Writing<'_> {
    fn write(
        &self,
        passages: &mut dyn Iterator<Item = Cow<'_, Passage>>,
        texts: Option<&dyn Texts>,
    ) -> Result<()> {
        let options = Options {
            raw_cells: self.args.raw_csv,
            style: self.style.clone(),
            texts,
        };
        let Some(path) = &self.args.output else {
            if self.format.is_binary() && std::io::stdout().is_terminal() {
                return Err(Error::Usage(format!(
                    "{} is no text for a terminal: name a file with -o",
                    self.format.label()
                )));
            }
            let mut out = Out::new(self.common);
            let failed = |source| Error::Io {
                what: "cannot write",
                path: "standard output".into(),
                source,
            };
            self.format
                .write(passages, &mut out, &options)
                .map_err(failed)?;
            return out.flush();
        };
        let consent = if self.args.force {
            Consent::Replace
        } else {
            Consent::Keep
        };
        save(path, consent, |out| {
            self.format.write(passages, out, &options)
        })
    }
}
