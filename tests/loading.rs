//! What is loaded: every format from bytes, what is refused and why, and the files of the shared
//! collections one by one.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice
)]

#[path = "loading/corpora.rs"]
mod corpora;
#[path = "loading/formats.rs"]
mod formats;
#[path = "loading/hostile.rs"]
mod hostile;
#[path = "loading/packed.rs"]
mod packed;

use dictum::load::{Event, Input, Options, load};
use dictum::model::Statement;
use std::ops::ControlFlow;
use std::path::Path;

/// Statements and faults of some inputs.
pub fn load_with(inputs: &[Input], options: &Options) -> (Vec<Statement>, Vec<String>) {
    let (mut statements, mut faults) = (Vec::new(), Vec::new());
    load(inputs, options, &mut |event| {
        match event {
            Event::Statement(statement) => statements.push(*statement),
            Event::Fault(fault) => faults.push(fault.to_string()),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    (statements, faults)
}

/// Statements and faults of a file or folder.
pub fn load_path(path: &Path) -> (Vec<Statement>, Vec<String>) {
    load_with(&[Input::Path(path.to_owned())], &Options::default())
}

/// Statements and faults of `bytes` in a file of this name.
pub fn load_bytes(name: &str, bytes: &[u8]) -> (Vec<Statement>, Vec<String>) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let (statements, faults) = load_path(&path);
    let own = format!("{}/", folder.path().display());
    let faults = faults.iter().map(|f| f.replace(&own, "")).collect();
    (statements, faults)
}

/// One statement in a line: id, title, date, source, author, first and last words.
pub fn told(statement: &Statement) -> String {
    let date = statement.date.as_ref().map(|d| d.value.to_string());
    let source = statement.source.as_ref().map(|s| s.value.clone());
    let author = statement.author.as_ref().map(|a| a.value.clone());
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".into());
    format!(
        "{} | {} | {} | {} | {} | {}",
        statement.id,
        statement.title.value,
        dash(date),
        dash(source),
        dash(author),
        statement.body.replace('\n', "/")
    )
}

/// All statements so, and the faults behind them.
pub fn all_told(name: &str, text: &str) -> Vec<String> {
    let (statements, faults) = load_bytes(name, text.as_bytes());
    statements.iter().map(told).chain(faults).collect()
}
