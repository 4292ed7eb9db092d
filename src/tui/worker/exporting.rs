//! Exports beside the screen: results may be many, and a disk may be slow.

use super::{send, spawn};
use crate::error::{Error, Result};
use crate::export::{LoadedTexts, Options, by_name, save::save};
use crate::extract::Extractor;
use crate::model::{Passage, Withheld};
use crate::query::Zone;
use crate::tui::message::{ExportJob, ExportScope, Msg};
use std::borrow::Cow;
use std::sync::mpsc::Sender;

/// How they are exported nevertheless.
const FORCED: &str = "`dictum export --force` exports them all the same";

/// Starts one export; the browser hears how it ended.
pub fn start(job: ExportJob, to: Sender<Msg>) {
    spawn("export", to, move |to| {
        let msg = match run(&job) {
            Ok((count, left_out)) => Msg::Exported {
                count,
                path: job.path.clone(),
                left_out,
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

/// How many passages were written, and what was left out because it may not be published.
fn run(job: &ExportJob) -> Result<(usize, Option<String>)> {
    let Some(format) = by_name(job.format) else {
        return Err(Error::Usage(format!("no export format `{}`", job.format)));
    };
    let mut passages = passages(job);
    let mut held = Withheld::new(jiff::Timestamp::now());
    passages.retain(|passage| held.lets_through(passage));
    if let (Some(told), true) = (held.told(), passages.is_empty()) {
        return Err(Error::Usage(format!(
            "nothing was exported: {told} ({FORCED})"
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
    let left_out = held.told_in_short();
    Ok((
        passages.len(),
        left_out.map(|told| format!("{told} ({FORCED})")),
    ))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{Consent, Style};
    use crate::model::{Hold, Passage, PassageKind, Statement};
    use crate::query::parse;
    use crate::text::Span;

    fn passage(id: &str, held: bool) -> Passage {
        let mut statement = Statement::new(id, "We refuse.");
        statement.hold = held.then(|| Hold::embargo(None));
        Passage::new(&statement, PassageKind::Selection, &[Span::new(0, 10)])
    }

    #[test]
    fn one_statement_under_embargo_kept_all_the_others_from_being_exported() {
        let folder = tempfile::TempDir::new().unwrap();
        let job = |name: &str, passages: Vec<Passage>| ExportJob {
            scope: ExportScope::Passages(passages),
            format: "txt",
            path: folder.path().join(name),
            consent: Consent::Keep,
            query: parse("").unwrap(),
            results: crate::search::Results::default(),
            snapshot: crate::store::Snapshot::default(),
            style: Style::default(),
        };
        let some = job(
            "some.txt",
            vec![passage("held", true), passage("free", false)],
        );
        let (count, left_out) = run(&some).unwrap();
        let told = left_out.unwrap();
        assert_eq!(count, 1);
        assert!(
            told.contains("held (embargoed") && told.contains("--force"),
            "{told}"
        );
        assert!(
            std::fs::read_to_string(&some.path)
                .unwrap()
                .contains("We refuse.")
        );
        let all = job("all.txt", vec![passage("held", true)]);
        assert!(
            run(&all)
                .unwrap_err()
                .to_string()
                .contains("nothing was exported: 1 passages")
        );
        assert!(!all.path.exists());
        let free = job("free.txt", vec![passage("free", false)]);
        assert_eq!(run(&free).unwrap(), (1, None));
    }
}
