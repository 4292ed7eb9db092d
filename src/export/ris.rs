//! RIS: an item a passage, a tag a line. A value has no line breaks, so white space is single there.
//!
//! A name ends with a comma: without one, readers cut the last word off an office and take the rest for
//! a given name. Controls read U+FFFD.

use super::{Format, Options, Passages, identity, reference};
use crate::model::Passage;
use crate::text::single_spaced;
use std::io::{self, Write};

/// RIS.
pub(super) struct Ris;

impl Format for Ris {
    fn name(&self) -> &'static str {
        "ris"
    }
    fn extension(&self) -> &'static str {
        "ris"
    }
    fn label(&self) -> &'static str {
        "RIS"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        _: &Options<'_>,
    ) -> io::Result<()> {
        for passage in passages {
            item(&passage, out)?;
        }
        Ok(())
    }
}

fn item(passage: &Passage, out: &mut dyn Write) -> io::Result<()> {
    let item = reference::Reference::of(passage);
    let kind = match item.kind {
        "article-newspaper" => "NEWS",
        "webpage" => "ELEC",
        _ => "GEN",
    };
    let author = item
        .author
        .map(|a| if a.contains(',') { a } else { a + "," });
    let year = item.date.first().map(|y| format!("{y:04}"));
    // Year/month/day/other: the slashes stay where a part is not known.
    let date = item.date.first().map(|year| {
        let part = |n: usize| {
            item.date
                .get(n)
                .map_or(String::new(), |p| format!("{p:02}"))
        };
        format!("{year:04}/{}/{}/", part(1), part(2))
    });
    let tags = [
        ("TY", Some(kind.to_owned())),
        ("ID", Some(identity::place_id(passage))),
        ("TI", item.title),
        ("AU", author),
        ("T2", item.container),
        ("PY", year),
        ("DA", date),
        ("CY", item.place),
        ("M3", item.genre),
        ("LA", item.lang),
        ("UR", item.url),
        ("N1", Some(reference::note(passage))),
    ];
    for (tag, value) in tags {
        line(out, tag, value)?;
    }
    for tag in &passage.tags {
        line(out, "KW", Some(tag.clone()))?;
    }
    out.write_all(b"ER  - \n\n")
}

fn line(out: &mut dyn Write, tag: &str, value: Option<String>) -> io::Result<()> {
    let Some(value) = value.map(|v| single_spaced(&v)).filter(|v| !v.is_empty()) else {
        return Ok(());
    };
    writeln!(
        out,
        "{tag}  - {}",
        value.replace(char::is_control, "\u{FFFD}")
    )
}
