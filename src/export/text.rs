//! Plain text: the words, the citation, the rest. Must not mark up.

use super::{Format, Options, citation};
use crate::model::Passage;
use std::io::{self, Write};

/// Plain text.
pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "txt"
    }
    fn extension(&self) -> &'static str {
        "txt"
    }
    fn label(&self) -> &'static str {
        "Plain text"
    }
    fn write(
        &self,
        passages: &mut dyn Iterator<Item = &Passage>,
        out: &mut dyn Write,
        _: &Options,
    ) -> io::Result<()> {
        for passage in passages {
            writeln!(out, "{}", citation::passage_with_citation(passage))?;
            for (label, value) in citation::facts(passage) {
                writeln!(out, "  {label}: {}", value.replace(['\n', '\r'], " "))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
