//! `dictum check PATH…`: loads only, and reports every file and record that was skipped or guessed.

use super::Exit;
use super::args::{CheckArgs, Common};
use super::loading::{inputs, options};
use super::print::Out;
use crate::error::{Result, Severity};
use crate::load::{Event, Options, load};
use serde_json::json;
use std::ops::ControlFlow;

/// Runs it: 3 when something was skipped.
///
/// # Errors
/// When the output fails.
pub fn run(args: &CheckArgs, common: &Common) -> Result<Exit> {
    let mut out = Out::new(common);
    let (mut loaded, mut skipped, mut noted) = (0usize, 0usize, 0usize);
    let mut failed = None;
    let options = Options {
        explain: args.explain,
        ..options(common)?
    };
    load(&inputs(&args.paths), &options, &mut |event| {
        let fault = match event {
            Event::Filled { path, place, keys } => {
                if let Err(error) = out.line(&filled(&path, &place, &keys, args.json)) {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
                return ControlFlow::Continue(());
            }
            Event::Statement(_) => {
                loaded += 1;
                return ControlFlow::Continue(());
            }
            Event::Fault(fault) => fault,
            Event::Found { .. } | Event::Read(_) => return ControlFlow::Continue(()),
        };
        let what = match fault.severity {
            Severity::Skipped => {
                skipped += 1;
                "skipped"
            }
            Severity::Warning => {
                noted += 1;
                "note"
            }
        };
        let line = if args.json {
            json!({ "schema": 1, "report": what, "path": fault.path, "place": fault.place,
                    "reason": fault.reason, "remedy": fault.remedy })
            .to_string()
        } else {
            format!("{what}: {fault}")
        };
        if let Err(error) = out.line(&line) {
            failed = Some(error);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    if let Some(error) = failed {
        return Err(error);
    }
    if args.json {
        out.line(&json!({ "schema": 1, "report": "summary", "loaded": loaded, "skipped": skipped, "notes": noted }).to_string())?;
    } else {
        out.line(&format!(
            "{loaded} statements loaded, {skipped} files or records skipped, {noted} notes"
        ))?;
    }
    out.flush()?;
    Ok(if skipped > 0 {
        Exit::BadRecords
    } else {
        Exit::Found
    })
}

/// Which key filled which field of one record.
fn filled(path: &str, place: &str, keys: &[(&str, String)], as_json: bool) -> String {
    if as_json {
        let keys: serde_json::Map<String, serde_json::Value> = keys
            .iter()
            .map(|(ours, key)| ((*ours).to_owned(), key.as_str().into()))
            .collect();
        return json!({ "schema": 1, "report": "fields", "path": path, "place": place, "fields": keys })
            .to_string();
    }
    let pairs: Vec<String> = keys
        .iter()
        .map(|(ours, key)| format!("{ours}={key}"))
        .collect();
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("{place}: ")
    };
    format!("fields: {path}: {place}{}", pairs.join(" "))
}
