//! JSON lines: one passage a line. Words are written as they are.

use super::{Format, Options};
use crate::model::Passage;
use std::io::{self, Write};

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
        passages: &mut dyn Iterator<Item = &Passage>,
        out: &mut dyn Write,
        _: &Options,
    ) -> io::Result<()> {
        for passage in passages {
            serde_json::to_writer(&mut *out, passage)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
