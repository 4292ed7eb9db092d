//! Plain text: one file, one statement. Header, date and title are read by `finish`.

use super::aliases::Ours;
use super::decode::decode;
use super::filled::Filled;
use super::format::{Draft, Format, Reason, Sink};
use super::open::Source;
use std::ops::ControlFlow;

/// The format.
pub struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn fits(&self, _extension: &str, _head: &[u8]) -> bool {
        true
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let decoded = decode(source.all()?, None)?;
        let mut filled = Filled::default();
        filled.note(Ours::Body, "the whole file");
        Ok(sink.draft(Draft {
            body: decoded.text,
            charset: decoded.charset,
            charset_guessed: decoded.guessed,
            replacements: decoded.replacements,
            filled,
            ..Draft::default()
        }))
    }
}
