//! JSON: one object with every passage. Words are written as they are.

use super::{Format, Options, Passages};
use crate::model::Passage;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// Version of the layout of the object.
pub const SCHEMA: u32 = 1;

/// JSON.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }
    fn extension(&self) -> &'static str {
        "json"
    }
    fn label(&self) -> &'static str {
        "JSON"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        _: &Options<'_>,
    ) -> io::Result<()> {
        let tool = concat!("dictum ", env!("CARGO_PKG_VERSION"));
        write!(
            out,
            "{{\"schema\":{SCHEMA},\"tool\":\"{tool}\",\"passages\":["
        )?;
        list(passages, out, |passage| passage)?;
        out.write_all(b"\n]}\n")
    }
}

/// The members of a JSON array, each on a line of its own, without the brackets.
///
/// # Errors
/// What the writer says.
pub(super) fn list<'p, T: Serialize>(
    passages: impl Iterator<Item = Cow<'p, Passage>>,
    out: &mut dyn Write,
    member: impl Fn(Cow<'p, Passage>) -> T,
) -> io::Result<()> {
    for (at, passage) in passages.enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &member(passage))?;
    }
    Ok(())
}
