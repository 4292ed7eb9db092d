//! Exports beside the screen: results may be many, and a disk may be slow.

use super::{send, spawn};
use crate::error::{Error, Result};
use crate::export::{LoadedTexts, Options, by_name, save::save};
use crate::extract::Extractor;
use crate::model::{Passage, without_held};
use crate::query::Zone;
use crate::tui::message::{ExportJob, ExportScope, Msg};
use std::borrow::Cow;
use std::sync::mpsc::Sender;

/// Starts one export; the browser hears how it ended.
pub fn start(job: ExportJob, to: Sender<Msg>) {
    spawn("export", to, move |to| {
        let msg = match run(&job) {
            Ok(count) => Msg::Exported {
                count,
                path: job.path.clone(),
            },
            Err(Error::Exists(_)) => Msg::AskReplace,
            Err(error) => Msg::Done {
                text: error.to_string(),
                failed: true,
            },
        };
        send(to, msg);
    });
}

fn run(job: &ExportJob) -> Result<usize> {
    let Some(format) = by_name(job.format) else {
        return Err(Error::Usage(format!("no export format `{}`", job.format)));
    };
    let mut passages = passages(job);
    if let Some(told) = without_held(&mut passages, jiff::Timestamp::now()) {
        // All or nothing: a dialog has no place to say what a file lacks.
        return Err(Error::Usage(format!(
            "nothing was exported: {told} (narrow the results, or use `dictum export --force`)"
        )));
    }
    let texts = LoadedTexts::of(&job.snapshot);
    let options = Options {
        style: job.style.clone(),
        texts: Some(&texts),
        ..Options::default()
    };
    save(&job.path, job.consent, |out| {
        format.write(&mut passages.iter().map(Cow::Borrowed), out, &options)
    })?;
    Ok(passages.len())
}

fn passages(job: &ExportJob) -> Vec<Passage> {
    let zone = match &job.scope {
        ExportScope::Passages(passages) => return passages.clone(),
        ExportScope::Quotes => Zone::Quote,
        ExportScope::Claims => Zone::Claim,
    };
    // What is exported must be complete, also when the background has not got that far.
    let extractor = Extractor::new();
    for found in &job.results.found {
        if let Some((segment, at)) = job.snapshot.locate(found.doc) {
            segment.extract(at, &extractor);
        }
    }
    job.results
        .passages(&job.snapshot, &job.query, zone)
        .collect()
}
