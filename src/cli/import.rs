//! `dictum import`: annotations made elsewhere into a collection, each found again in its statement.

use super::Exit;
use super::args::{Common, ImportArgs};
use super::loading::all;
use super::print::{Emphasis, Out};
use super::search::exit;
use crate::collection::{Access, CollectionFile};
use crate::error::{Error, Result};
use crate::import::{Annotation, Finder, Found, Lost, read};
use crate::model::Passage;
use serde_json::json;
use std::io::Read;
use std::path::Path;

/// Most bytes of a file of annotations.
const MOST_BYTES: u64 = 512 << 20;

/// Runs it.
///
/// # Errors
/// Annotations or a collection that cannot be read or written.
pub fn run(args: &ImportArgs, common: &Common) -> Result<Exit> {
    let name = args.annotations.display().to_string();
    let (annotations, faults) = read(&name, &text(&args.annotations)?);
    let mut loaded = all(&args.paths, common)?;
    for fault in &faults {
        loaded.notes.fault(fault);
    }
    let finder = Finder::of(&loaded.snapshot);
    let mut out = Out::new(common);
    let mut passages: Vec<Passage> = Vec::new();
    let mut lost = 0;
    for annotation in &annotations {
        let found = finder.find(annotation);
        report(args.json, annotation, &found, &mut out)?;
        match found {
            Ok(found) => passages.push(found.passage),
            Err(_) => lost += 1,
        }
    }
    out.flush()?;
    let found = passages.len();
    let added = if args.dry_run {
        0
    } else {
        keep(args, passages)?
    };
    loaded.notes.say(&format!(
        "{found} of {} annotations found, {added} new in the collection, {lost} not found",
        annotations.len()
    ));
    loaded.notes.skipped += lost;
    Ok(exit(found == 0, &loaded.notes, common))
}

fn text(path: &Path) -> Result<String> {
    let failed = |source| Error::Io {
        what: "cannot read",
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin()
            .lock()
            .take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
    } else {
        let file = std::fs::File::open(path).map_err(failed)?;
        if !file.metadata().map_err(failed)?.is_file() {
            return Err(failed(std::io::Error::other("it is not a regular file")));
        }
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes)
    };
    read.map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(failed(std::io::Error::other(
            "it is larger than 512 MB; import it in parts",
        )));
    }
    String::from_utf8(bytes)
        .map_err(|_| failed(std::io::Error::other("it is not UTF-8, as JSON must be")))
}

/// Adds what is not there yet; how much that was.
fn keep(args: &ImportArgs, passages: Vec<Passage>) -> Result<usize> {
    if passages.is_empty() {
        return Ok(0);
    }
    let path = match &args.basket {
        Some(path) => path.clone(),
        None => super::browse::default_basket().ok_or_else(|| {
            Error::Usage(
                "there is no folder for your data: name a collection with --basket".to_owned(),
            )
        })?,
    };
    let (file, mut collection, told) = CollectionFile::open(&path)?;
    if let Some(told) = told {
        super::print::complain(&told);
    }
    if file.access() == Access::ReadOnly {
        return Err(Error::Usage(format!(
            "the collection {} is in use: close the browser that has it, or name another with --basket",
            path.display()
        )));
    }
    let added = collection.add_all(passages);
    if added > 0 {
        file.save(&mut collection)?;
    }
    Ok(added)
}

/// One line: how it was found and how sure that is, where, the words; or that it is lost, and why.
fn report(
    as_json: bool,
    annotation: &Annotation,
    found: &std::result::Result<Found, Lost>,
    out: &mut Out,
) -> Result<()> {
    if as_json {
        let line = match found {
            Ok(found) => json!({
                "schema": 1,
                "annotation": annotation.label,
                "found": found.how.name(),
                "sure": (f64::from(found.sure) * 100.0).round() / 100.0,
                "missing": found.missing,
                "passage": found.passage,
            }),
            Err(lost) => json!({
                "schema": 1,
                "annotation": annotation.label,
                "found": null,
                "reason": lost.reason,
                "exact": lost.exact,
            }),
        };
        return out.line(&line.to_string());
    }
    match found {
        Ok(found) => {
            let start = found.passage.places.first().map_or(0, |place| place.start);
            out.set_off(
                &format!("{}:{start}: ", found.passage.statement),
                Emphasis::Faint,
            )?;
            out.text(&format!("by {}, {:.2}", found.how.name(), found.sure))?;
            if !found.missing.is_empty() {
                out.text(&format!(
                    ", {} of its places not found",
                    found.missing.len()
                ))?;
            }
            out.rest_of_line(&format!(
                ": {}",
                found.passage.exact().replace(['\r', '\n'], " ")
            ))
        }
        Err(lost) => {
            out.set_off("not found: ", Emphasis::Strong)?;
            out.text(&format!("{}: {}", annotation.label, lost.reason))?;
            out.rest_of_line(&format!(": {}", lost.exact.replace(['\r', '\n'], " ")))
        }
    }
}
