//! `dictum check PATH…`: loads only, and reports every file and record that was skipped or guessed,
//! and how many statements are the same.

use super::Exit;
use super::args::{CheckArgs, Common};
use super::loading::{inputs, options};
use super::print::Out;
use crate::error::{Result, Severity};
use crate::load::{Event, Options, load};
use crate::store::{DocNo, Duplicates};
use serde_json::json;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Runs it: 3 when something was skipped.
///
/// # Errors
/// When the output fails.
pub fn run(args: &CheckArgs, common: &Common) -> Result<Exit> {
    let mut out = Out::new(common);
    let (mut loaded, mut skipped, mut noted) = (0usize, 0usize, 0usize);
    let (mut duplicates, mut same) = (Duplicates::default(), Counted::default());
    let mut failed = None;
    let options = Options {
        explain: args.explain,
        ..options(common)?
    };
    load(&inputs(&args.paths), &options, &mut |event| {
        let fault = match event {
            Event::Filled { path, place, keys } => {
                if let Err(error) = out.report(&filled(&path, &place, &keys, args.json), args.json)
                {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
                return ControlFlow::Continue(());
            }
            Event::Statement(statement) => {
                loaded += 1;
                if let Some(again) = duplicates.next(&statement) {
                    same.add(again.first, again.exact);
                }
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
        if let Err(error) = out.report(&line, args.json) {
            failed = Some(error);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    if let Some(error) = failed {
        return Err(error);
    }
    if args.json {
        let summary = json!({ "schema": 1, "report": "summary", "loaded": loaded, "skipped": skipped,
            "notes": noted, "same": { "exact": same.exact, "near": same.near, "groups": same.groups.len() } });
        out.line(&summary.to_string())?;
    } else {
        out.line(&format!(
            "{loaded} statements loaded, {skipped} files or records skipped, {noted} notes"
        ))?;
        if let Some(told) = same.told() {
            out.line(&told)?;
        }
    }
    out.flush()?;
    Ok(if skipped > 0 {
        Exit::BadRecords
    } else {
        Exit::Found
    })
}

/// Statements that are the same as an earlier one.
#[derive(Default)]
struct Counted {
    /// Word for word.
    exact: usize,
    /// Nearly.
    near: usize,
    /// The first of each kind that has others behind it.
    groups: HashSet<DocNo>,
}

impl Counted {
    fn add(&mut self, first: DocNo, exact: bool) {
        self.groups.insert(first);
        if exact {
            self.exact += 1;
        } else {
            self.near += 1;
        }
    }

    /// `None` where all differ.
    fn told(&self) -> Option<String> {
        let all = self.exact + self.near;
        (all > 0).then(|| {
            format!(
                "{all} of them are the same as an earlier one ({} word for word, {} nearly), in {} groups: \
                 --fold takes each group as one",
                self.exact,
                self.near,
                self.groups.len()
            )
        })
    }
}

/// What filled which field of one record.
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
        .map(|(ours, key)| format!("{ours} ← {key}"))
        .collect();
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("{place}: ")
    };
    format!("fields: {path}: {place}{}", pairs.join(", "))
}
