//! JSON lines: one passage a line. Words are written as they are.

use super::json::SCHEMA;
use super::{Format, Options, Passages};
use crate::model::Passage;
use serde::Serialize;
use std::io::{self, Write};

/// A passage as a line of its own, which must say by itself how it is laid out.
#[derive(Debug, Serialize)]
pub struct Line<'p> {
    schema: u32,
    #[serde(flatten)]
    passage: &'p Passage,
}

impl<'p> Line<'p> {
    /// The line of this passage.
    #[must_use]
    pub fn new(passage: &'p Passage) -> Self {
        Self {
            schema: SCHEMA,
            passage,
        }
    }
}

/// JSON lines.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }
    fn extension(&self) -> &'static str {
        "jsonl"
    }
    fn label(&self) -> &'static str {
        "JSON lines"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        _: &Options<'_>,
    ) -> io::Result<()> {
        for passage in passages {
            serde_json::to_writer(&mut *out, &Line::new(&passage))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
