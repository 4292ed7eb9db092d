//! Standard input answered line by line: the same answer whatever the lines before, so that an input may be split
//! over any number of processes. Must not use a folder of the user's, a clock, or the number of a line in
//! what it answers. Memory is bounded by the longest line.

use super::print::{Out, complain};
use crate::error::{Error, Result};
use crate::load::FieldMap;
use crate::load::jsonl::line_by;
use crate::model::{Statement, fingerprint};
use serde_json::{Value, json};
use std::io::BufRead;

/// Hex digits of the hash that stands for an id where a line has none.
const DIGITS: usize = 16;

/// Answers each line: `answer` gives what is printed for a statement, if anything. A line that is no statement
/// is answered by its id, if it has one, and an `error`; its number is said on standard error unless `quiet`. How many
/// lines were bad.
///
/// # Errors
/// When input or output fails.
pub fn each_line(
    out: &mut Out,
    quiet: bool,
    fields: &FieldMap,
    mut answer: impl FnMut(&Value, Statement) -> Result<Option<String>>,
) -> Result<usize> {
    let failed = |source| Error::Io {
        what: "cannot read",
        path: "standard input".into(),
        source,
    };
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    let mut bad = 0;
    for number in 1.. {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        match line_by(text, number, fields) {
            Ok((id, statement)) => {
                let id = by_content(id, number, &statement);
                if let Some(line) = answer(&id, statement)? {
                    out.line(&line)?;
                }
            }
            Err(fault) => {
                bad += 1;
                if !quiet {
                    complain(&fault.to_string());
                }
                // The id, when that much of the line can be read, so that the answer finds its question.
                let id = serde_json::from_str::<Value>(text)
                    .ok()
                    .and_then(|v| v.get("id").cloned());
                out.line(&json!({ "id": id, "error": fault.reason }).to_string())?;
            }
        }
    }
    out.flush()?;
    Ok(bad)
}

/// A line without an id is named after its number when it is loaded, which differs from split to split: here its
/// text names it.
fn by_content(id: Value, number: usize, statement: &Statement) -> Value {
    if id.as_str() != Some(&format!("stdin#{number}")) {
        return id;
    }
    let hash = fingerprint(&statement.body);
    json!(format!("sha256:{}", hash.get(..DIGITS).unwrap_or(&hash)))
}
