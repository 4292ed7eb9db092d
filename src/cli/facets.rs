//! `dictum facets`: counts over what a query finds.

use super::Exit;
use super::args::{Common, FacetArgs};
use super::loading::{all, known_types, query, query_and_paths, tell};
use super::print::{Emphasis, Out};
use super::search::exit;
use crate::error::{Error, Result};
use crate::search::{FacetBy, facets, search};
use serde_json::json;

/// Runs it.
///
/// # Errors
/// A query or a field that is not understood, output that fails.
pub fn run(args: &FacetArgs, common: &Common) -> Result<Exit> {
    let (line, paths) = query_and_paths(&args.place)?;
    let query = query(&line, args.folding)?;
    let fields: Vec<(&str, FacetBy)> = args
        .by
        .iter()
        .map(|name| field(name))
        .collect::<Result<_>>()?;
    let mut loaded = all(&paths, common)?;
    known_types(&query, &line, &loaded.snapshot)?;
    loaded.extract_all(common);
    let Some(results) = search(&loaded.snapshot, &query, &|| false) else {
        return Ok(Exit::Nothing);
    };
    tell(&results, &mut loaded.notes);
    // Gathered once for all that is loaded: the counts go by it.
    let identities = fields
        .iter()
        .any(|(_, by)| *by == FacetBy::Speaker)
        .then(|| loaded.snapshot.identities());
    let names = |by: FacetBy, value: &str| {
        let identities = identities.as_ref().filter(|_| by == FacetBy::Speaker)?;
        identities.named(value).filter(|names| names.len() > 1)
    };
    let mut out = Out::new(common);
    for (name, by) in fields {
        let counts = facets(
            &loaded.snapshot,
            results.found.iter().map(|f| f.doc),
            by,
            args.limit,
        );
        if !args.json {
            out.set_off(name, Emphasis::Strong)?;
            out.end_line()?;
        }
        for (value, count) in counts {
            if args.json {
                let mut line = json!({ "schema": 1, "by": name, "value": value, "count": count });
                if let Some(names) = names(by, &value) {
                    line["names"] = json!(names);
                }
                out.line(&line.to_string())?;
            } else {
                out.text(&format!("{count:>8}  {value}"))?;
                out.end_line()?;
            }
        }
    }
    out.flush()?;
    Ok(exit(results.found.is_empty(), &loaded.notes, common))
}

/// `date:month`, as some write it, is the month.
fn field(name: &str) -> Result<(&'static str, FacetBy)> {
    let short = name.strip_prefix("date:").unwrap_or(name);
    FacetBy::ALL
        .into_iter()
        .find(|(known, _)| *known == short)
        .ok_or_else(|| {
            let known: Vec<&str> = FacetBy::ALL.iter().map(|(known, _)| *known).collect();
            Error::Usage(format!(
                "cannot count by `{name}`: choose one of {}",
                known.join(", ")
            ))
        })
}
