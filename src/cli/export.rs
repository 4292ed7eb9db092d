//! `dictum export`: passages to a file, with everything a citation needs.

use super::Exit;
use super::args::{Common, ExportArgs, What};
use super::loading::{all, known_types, query, query_and_paths, tell};
use super::print::Out;
use super::search::exit;
use crate::collection::CollectionFile;
use crate::error::{Error, Result};
use crate::export::{self, Consent, Format, Options, save::save};
use crate::model::{Passage, PassageKind};
use crate::query::{Query, Zone};
use crate::search::{Results, search};
use crate::store::Snapshot;

/// Runs it.
///
/// # Errors
/// A query that is not understood, a format that is not known, a file that is there.
pub fn run(args: &ExportArgs, common: &Common) -> Result<Exit> {
    let format = format(args)?;
    if let Some(basket) = &args.basket {
        let (_, collection, told) = CollectionFile::open(basket)?;
        if let Some(told) = told {
            super::print::complain(&told);
        }
        let limit = args.limit.unwrap_or(usize::MAX);
        let passages: Vec<Passage> = collection.iter().take(limit).cloned().collect();
        write(args, common, format, &passages)?;
        return Ok(if passages.is_empty() {
            Exit::Nothing
        } else {
            Exit::Found
        });
    }
    let (line, paths) = query_and_paths(&args.place)?;
    let mut query = query(&line)?;
    let zone = match args.what {
        What::Quotes => Some(Zone::Quote),
        What::Claims => Some(Zone::Claim),
        What::Hits => None,
    };
    query.zone = zone.unwrap_or(query.zone);
    let mut loaded = all(&paths, common)?;
    known_types(&query, &line, &loaded.snapshot)?;
    loaded.extract_all(common);
    let Some(results) = search(&loaded.snapshot, &query, &|| false) else {
        return Ok(Exit::Nothing);
    };
    tell(&results, &mut loaded.notes);
    let limit = args.limit.unwrap_or(usize::MAX);
    let passages: Vec<Passage> = match zone {
        Some(zone) => results
            .passages(&loaded.snapshot, &query, zone)
            .take(limit)
            .collect(),
        None => hits(&loaded.snapshot, &query, &results)
            .take(limit)
            .collect(),
    };
    if passages.is_empty() {
        loaded.notes.say("nothing matches: nothing was written");
        return Ok(exit(true, &loaded.notes, common));
    }
    write(args, common, format, &passages)?;
    Ok(exit(false, &loaded.notes, common))
}

/// By its name, else by the file's, else Markdown.
fn format(args: &ExportArgs) -> Result<&'static dyn Format> {
    let by_file = args
        .output
        .as_ref()
        .and_then(|p| p.extension())
        .and_then(|e| e.to_str());
    let name = args.format.as_deref().or(by_file).unwrap_or("md");
    let found = export::FORMATS
        .iter()
        .copied()
        .find(|f| f.name() == name || f.extension() == name);
    found.ok_or_else(|| {
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
        let hits = results.hits(snapshot, query, found.doc).into_iter();
        hits.filter_map(move |hit| {
            let statement = snapshot.statement(found.doc)?;
            Some(Passage::of_span(
                statement,
                snapshot.extraction(found.doc),
                PassageKind::Hit,
                hit.span,
            ))
        })
    })
}

fn write(
    args: &ExportArgs,
    common: &Common,
    format: &dyn Format,
    passages: &[Passage],
) -> Result<()> {
    let options = Options {
        raw_cells: args.raw_csv,
    };
    let Some(path) = &args.output else {
        let mut out = Out::new(common);
        let failed = |source| Error::Io {
            what: "cannot write",
            path: "standard output".into(),
            source,
        };
        format
            .write(&mut passages.iter(), &mut out, &options)
            .map_err(failed)?;
        return out.flush();
    };
    let consent = if args.force {
        Consent::Replace
    } else {
        Consent::Keep
    };
    save(path, consent, |out| {
        format.write(&mut passages.iter(), out, &options)
    })
}
