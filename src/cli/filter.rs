//! Standard input answered line by line: the same answer whatever the lines before, so that an input may be split
//! over any number of processes. Must not use a folder of the user's, a clock, or the number of a line in
//! what it answers. Memory is bounded by the longest line and what is answered together.

use super::print::{Out, complain};
use crate::error::{Error, Result};
use crate::extract::{BYTES_TOGETHER, taken};
use crate::load::FieldMap;
use crate::load::jsonl::line_by;
use crate::model::{Statement, fingerprint};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};

/// Hex digits of the hash that stands for an id where a line has none.
const DIGITS: usize = 16;

/// Statements with their ids, until they are enough to be extracted together.
#[derive(Default)]
pub struct Gathered {
    statements: Vec<(Value, Statement)>,
    bytes: usize,
}

impl Gathered {
    /// Adds one; gives all where they are enough.
    pub fn add(&mut self, (id, statement): (Value, Statement)) -> Option<Vec<(Value, Statement)>> {
        self.bytes += taken(&statement);
        self.statements.push((id, statement));
        (self.bytes >= BYTES_TOGETHER).then(|| self.rest())
    }

    /// Gives those that are there.
    pub fn rest(&mut self) -> Vec<(Value, Statement)> {
        std::mem::take(self).statements
    }
}

/// Answers each line: `answer` prints what is to be said of some statements, with their ids, in their order and of each what would
/// be said of it alone; it is given several as far as they are at hand, since to extract several takes less time. A line that is no
/// statement is answered by its id, if it has one, and an `error`; its number is said on standard error unless `quiet`. How many
/// lines were bad.
///
/// # Errors
/// When input or output fails.
pub fn each_line(
    out: &mut Out,
    quiet: bool,
    fields: &FieldMap,
    mut answer: impl FnMut(Vec<(Value, Statement)>, &mut Out) -> Result<()>,
) -> Result<usize> {
    let failed = |source| Error::Io {
        what: "cannot read",
        path: "standard input".into(),
        source,
    };
    // With a smaller buffer fewer lines would be at hand than can be answered together.
    let mut input = BufReader::with_capacity(BYTES_TOGETHER, std::io::stdin().lock());
    let mut line = Vec::new();
    let mut bad = 0;
    let mut gathered = Gathered::default();
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
                if let Some(statements) = gathered.add((id, statement)) {
                    answer(statements, out)?;
                }
            }
            Err(fault) => {
                answer(gathered.rest(), out)?;
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
        // Who writes a line and waits for its answer gets it; and when reading fails, or the input ends, nothing is left unanswered.
        if !input.buffer().contains(&b'\n') {
            answer(gathered.rest(), out)?;
            out.flush()?;
        }
    }
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
