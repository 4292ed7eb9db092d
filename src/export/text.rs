//! Plain text: the words, the citation, the rest. Must not mark up.

use super::{Format, Options, Passages, citation};
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
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        options: &Options<'_>,
    ) -> io::Result<()> {
        for passage in passages {
            let cited = citation::passage_with_citation(&passage, &options.style);
            writeln!(out, "{cited}")?;
            for (label, value) in citation::facts(&passage) {
                writeln!(out, "  {label}: {}", value.replace(['\n', '\r'], " "))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
