//! `dictum extract`: JSON lines in, JSON lines out.
//!
//! On standard input a pure filter: one line out for each line in, in order, the same whatever the
//! split; no cache, no terminal, no folder of the user's. Memory is bounded by the longest line and what is extracted together;
//! of files, by the longest statement and that.

use super::Exit;
use super::args::{Common, ExtractArgs};
use super::filter::{Gathered, each_line};
use super::loading::{inputs, options, something, tell_folded};
use super::print::{Notes, Out};
use super::search::exit;
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::extract::record::Record;
use crate::load::{Event, load};
use crate::model::Statement;
use crate::store::Duplicates;
use serde_json::Value;
use std::ops::ControlFlow;

/// Runs it.
///
/// # Errors
/// When input or output fails; a bad line is answered by a line of its own.
pub fn run(args: &ExtractArgs, common: &Common) -> Result<Exit> {
    let mut out = Out::new(common);
    if args.paths.iter().all(|path| path.as_os_str() == "-") {
        if args.folding.fold {
            return Err(Error::Usage(
                "standard input is answered line by line: --fold needs files or folders".to_owned(),
            ));
        }
        let extractor = Extractor::new();
        let fields = options(common)?.fields;
        let bad = each_line(&mut out, common.quiet, &fields, |asked, out| {
            print(&extractor, &asked, out)
        })?;
        return Ok(if bad > 0 && common.strict {
            Exit::BadRecords
        } else {
            Exit::Found
        });
    }
    let extractor = Extractor::new();
    let mut notes = Notes::new(common)?;
    let mut failed = None;
    let mut nothing = true;
    let (mut duplicates, mut folded) = (Duplicates::default(), 0);
    let options = options(common)?;
    let mut gathered = Gathered::default();
    load(&inputs(&args.paths), &options, &mut |event| {
        match event {
            Event::Fault(fault) => notes.fault(&fault),
            Event::Statement(statement) => {
                nothing = false;
                if args.folding.fold && duplicates.next(&statement).is_some() {
                    folded += 1;
                    return ControlFlow::Continue(());
                }
                let id = Value::from(&*statement.id);
                if let Some(enough) = gathered.add((id, *statement))
                    && let Err(error) = print(&extractor, &enough, &mut out)
                {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            Event::Found { .. } | Event::Read(_) | Event::Filled { .. } => {}
        }
        ControlFlow::Continue(())
    });
    match failed {
        Some(error) => Err(error),
        None => {
            print(&extractor, &gathered.rest(), &mut out)?;
            out.flush()?;
            tell_folded(folded, &mut notes);
            something(nothing, &notes, common)?;
            Ok(exit(nothing, &notes, common))
        }
    }
}

/// Prints the records of some statements with their ids, in their order.
fn print(extractor: &Extractor, statements: &[(Value, Statement)], out: &mut Out) -> Result<()> {
    let texts: Vec<&Statement> = statements.iter().map(|(_, statement)| statement).collect();
    let extracted = extractor.extract_all(&texts);
    let mut room = Vec::new();
    for ((id, statement), (extraction, layout)) in statements.iter().zip(extracted) {
        let record = Record {
            id,
            statement,
            extraction,
            layout,
        };
        out.line(written(&record, &mut room))?;
    }
    Ok(())
}

/// One line of output; `room` is what it is written into.
pub fn written<'r>(record: &Record<'_>, room: &'r mut Vec<u8>) -> &'r str {
    room.clear();
    // A record has no keys but texts and no numbers that JSON could not hold, so it can always be written, and is text.
    match serde_json::to_writer(&mut *room, record) {
        Ok(()) => str::from_utf8(room).unwrap_or_default(),
        Err(_) => "",
    }
}
