//! `dictum show ID PATH…`: one statement with its quotes marked.

use super::Exit;
use super::args::{Common, ShowArgs, ShowFormat};
use super::extract::written;
use super::loading::all;
use super::print::{Emphasis, Out};
use crate::config::Glyphs;
use crate::error::{Error, Result};
use crate::export::{Options, by_name};
use crate::extract::Extractor;
use crate::extract::record::Record;
use crate::model::{Citable, Extraction, Passage, QuoteKind, Span, Statement};
use crate::text::wrap::Rows;
use crate::tui::head::moment;
use std::borrow::Cow;

/// Runs it.
///
/// # Errors
/// When the output fails.
pub fn run(args: &ShowArgs, common: &Common) -> Result<Exit> {
    let mut loaded = all(&args.paths, common)?;
    let doc = loaded.find(&args.id);
    let Some(statement) = doc.and_then(|doc| loaded.snapshot.statement(doc)) else {
        return Ok(Exit::Nothing);
    };
    let extractor = Extractor::new();
    let extraction = || extractor.extract(statement);
    let mut out = Out::new(common);
    match args.format {
        ShowFormat::Json => {
            let id = serde_json::Value::from(&*statement.id);
            let record = Record::of(&extractor, &id, statement);
            out.line(written(&record, &mut Vec::new()))?;
        }
        ShowFormat::Md => markdown(statement, &extraction(), &mut out)?,
        ShowFormat::Text => text(statement, &extraction(), args.width, &mut out)?,
    }
    out.flush()?;
    Ok(Exit::Found)
}

fn markdown(statement: &Statement, extraction: &Extraction, out: &mut Out) -> Result<()> {
    let citable = Citable::new(statement);
    let passages: Vec<Passage> = extraction.attributed().map(|q| citable.quote(q)).collect();
    let Some(format) = by_name("md") else {
        return Ok(());
    };
    let failed = |source| Error::Io {
        what: "cannot write",
        path: "standard output".into(),
        source,
    };
    format
        .write(
            &mut passages.iter().map(Cow::Borrowed),
            out,
            &Options::default(),
        )
        .map_err(failed)
}

/// Title, facts, then the text wrapped, each row with the mark of the quote it holds.
fn text(statement: &Statement, extraction: &Extraction, width: usize, out: &mut Out) -> Result<()> {
    let glyphs = Glyphs::choose(false);
    out.set_off(&statement.title.value, Emphasis::Strong)?;
    if statement.title.from.is_derived() {
        out.text(" (derived)")?;
    }
    out.end_line()?;
    let known = [
        statement
            .hold
            .as_ref()
            .map(|hold| hold.to_string().to_uppercase()),
        statement.excerpt.then(|| "EXCERPT".to_owned()),
        statement.date.as_ref().map(|d| moment(&d.value)),
        statement.place.as_ref().map(|p| p.value.clone()),
        statement.source.as_ref().map(|s| s.value.clone()),
        Some(extraction.layout.name().to_owned()),
        statement.url.clone(),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    out.set_off(&known.join(" | "), Emphasis::Faint)?;
    out.end_line()?;
    out.end_line()?;
    let rows = Rows::new(&statement.body, width.saturating_sub(3));
    for row in (0..rows.len()).filter_map(|n| rows.get(n)) {
        let mark = strongest(extraction, row).map_or("  ", |kind| glyphs.gutter(kind));
        out.text(mark)?;
        out.text(" ")?;
        out.text(statement.words(row))?;
        out.end_line()?;
    }
    Ok(())
}

/// The most exact kind of quote in a row.
fn strongest(extraction: &Extraction, row: Span) -> Option<QuoteKind> {
    let here = extraction
        .quotes
        .iter()
        .filter(|q| q.content.iter().any(|c| c.overlaps(row)));
    here.map(|q| q.kind).min()
}
