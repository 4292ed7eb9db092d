//! `dictum explain PATH --at OFFSET`: why a place of a statement was read as it was.

use super::Exit;
use super::args::{Common, ExplainArgs};
use super::loading::all;
use super::print::{Emphasis, Out};
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::extract::explain::{Explainer, to_json};
use crate::text::PointIndex;

/// Runs it.
///
/// # Errors
/// When the offset is no place of the statement, the input holds several and none is named, or the output fails.
pub fn run(args: &ExplainArgs, common: &Common) -> Result<Exit> {
    let mut loaded = all(&args.paths, common)?;
    let doc = match &args.id {
        Some(id) => loaded.find(id),
        None if loaded.snapshot.len() == 1 => Some(0),
        None => {
            return Err(Error::Usage(format!(
                "{} statements: name one with --id (`dictum search --ids` lists them)",
                loaded.snapshot.len()
            )));
        }
    };
    let Some(statement) = doc.and_then(|doc| loaded.snapshot.statement(doc)) else {
        return Ok(Exit::Nothing);
    };
    let index = PointIndex::new(&statement.body);
    let length = index.points(statement.body.len());
    if args.at >= length {
        return Err(Error::Usage(format!(
            "--at {}: the statement has {length} characters, counted from 0",
            args.at
        )));
    }
    let extractor = Extractor::new();
    let lines = Explainer::new(&extractor, statement).lines(index.byte(args.at));
    let mut out = Out::new(common);
    if args.json {
        let id = serde_json::Value::from(&*statement.id);
        out.line(&to_json(&id, args.at, &lines).to_string())?;
    } else {
        for line in &lines {
            if line.depth == 0 {
                out.set_off(&line.text, Emphasis::Strong)?;
            } else {
                out.text(&"  ".repeat(line.depth.into()))?;
                out.text(&line.text)?;
            }
            out.end_line()?;
        }
    }
    out.flush()?;
    Ok(Exit::Found)
}
