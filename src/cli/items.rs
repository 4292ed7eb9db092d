//! `dictum quotes` and `dictum claims`: extracted items that match a query by themselves.

use super::Exit;
use super::args::{Common, ItemArgs};
use super::loading::{all, known_types, query, query_and_paths, tell};
use super::print::{Emphasis, Out};
use super::search::exit;
use crate::error::{Error, Result};
use crate::export::JsonLine;
use crate::export::citation::kind_words;
use crate::model::{ClaimType, Passage};
use crate::query::Zone;
use crate::search::search;

/// Lists quotes.
///
/// # Errors
/// A query that is not understood, output that fails.
pub fn quotes(args: &ItemArgs, common: &Common) -> Result<Exit> {
    list(args, common, Zone::Quote)
}

/// Lists claims.
///
/// # Errors
/// As [`quotes`].
pub fn claims(args: &ItemArgs, common: &Common) -> Result<Exit> {
    list(args, common, Zone::Claim)
}

fn list(args: &ItemArgs, common: &Common, zone: Zone) -> Result<Exit> {
    let (mut line, paths) = query_and_paths(&args.place)?;
    if let Some(kind) = &args.kind {
        for_this(kind, zone)?;
    }
    // `--speaker` and `--kind` are terms of the query by another name.
    for (field, value) in [("speaker", &args.speaker), ("type", &args.kind)] {
        if let Some(value) = value {
            line = format!("{field}:\"{}\" {line}", value.replace('"', " "));
        }
    }
    let mut query = query(&line, args.folding)?;
    query.zone = zone;
    let mut loaded = all(&paths, common)?;
    known_types(&query, &line, &loaded.snapshot)?;
    loaded.extract_all(common);
    let Some(results) = search(&loaded.snapshot, &query, &|| false) else {
        return Ok(Exit::Nothing);
    };
    tell(&results, &mut loaded.notes);
    let mut out = Out::new(common);
    let mut nothing = true;
    let items = results.passages(&loaded.snapshot, &query, zone);
    let sure = items.filter(|p| p.confidence.is_none_or(|c| c >= args.confidence));
    for passage in sure.take(args.limit.unwrap_or(usize::MAX)) {
        nothing = false;
        if args.json {
            let json = serde_json::to_string(&JsonLine::new(&passage)).unwrap_or_default();
            out.line(&json)?;
        } else {
            print(&passage, &mut out)?;
        }
    }
    out.flush()?;
    Ok(exit(nothing, &loaded.notes, common))
}

/// A quote has no type of claim: asked for one, `quotes` would find nothing and not say why.
fn for_this(kind: &str, zone: Zone) -> Result<()> {
    if zone == Zone::Quote && ClaimType::from_name(kind).is_some() {
        return Err(Error::Usage(format!(
            "`{kind}` is a type of claim: use `dictum claims --kind {kind}`"
        )));
    }
    Ok(())
}

/// `id:offset: kind, speaker: words`
fn print(passage: &Passage, out: &mut Out) -> Result<()> {
    let start = passage.places.first().map_or(0, |place| place.start);
    out.set_off(&format!("{}:{start}: ", passage.statement), Emphasis::Faint)?;
    let kind = passage
        .claim_type
        .as_deref()
        .unwrap_or_else(|| kind_words(passage.kind));
    out.text(&format!("{kind}, "))?;
    out.set_off(
        passage.speaker.as_deref().unwrap_or("no speaker found"),
        Emphasis::Strong,
    )?;
    out.text(": ")?;
    let exact = passage.exact();
    let words = if passage.is_verbatim_speech() {
        format!("\"{exact}\"")
    } else {
        exact
    };
    // A whole turn of a transcript is one quote: on a terminal its beginning is enough.
    out.rest_of_line(&words.replace(['\r', '\n'], " "))
}
