//! CSV and TSV. A cell that a spreadsheet would run gets a leading `'` unless raw cells are asked
//! for; quoting alone does not stop a formula. Such is a cell that begins with `= + - @` (also full
//! width), if need be behind white space, controls or quotation marks, or with a tab or line end.
//! A reader gets it back by taking one `'` off a cell of that kind. Other cells are as they are,
//! line ends included.

use super::{Format, Options, Passages, citation::offsets};
use crate::model::{Passage, Place, Stated};
use std::io::{self, Write};

/// A table with one row a passage.
pub(super) struct Table {
    name: &'static str,
    label: &'static str,
    delimiter: u8,
}

/// Parted by commas.
pub(super) static CSV: Table = Table {
    name: "csv",
    label: "CSV",
    delimiter: b',',
};
/// Parted by tabs.
pub(super) static TSV: Table = Table {
    name: "tsv",
    label: "TSV",
    delimiter: b'\t',
};

const COLUMNS: [&str; 27] = [
    "exact",
    "kind",
    "speaker",
    "on_behalf_of",
    "source_as_written",
    "cue",
    "claim_type",
    "confidence",
    "title",
    "title_from",
    "source",
    "source_from",
    "author",
    "author_from",
    "date",
    "date_from",
    "place",
    "place_from",
    "url",
    "statement",
    "path",
    "text_sha256",
    "offsets",
    "prefix",
    "suffix",
    "note",
    "tags",
];

impl Format for Table {
    fn name(&self) -> &'static str {
        self.name
    }
    fn extension(&self) -> &'static str {
        self.name
    }
    fn label(&self) -> &'static str {
        self.label
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        options: &Options<'_>,
    ) -> io::Result<()> {
        let mut table = csv::WriterBuilder::new()
            .delimiter(self.delimiter)
            .from_writer(out);
        table.write_record(COLUMNS)?;
        for passage in passages {
            let cells = row(&passage);
            if options.raw_cells {
                table.write_record(cells)?;
            } else {
                table.write_record(cells.into_iter().map(defused))?;
            }
        }
        table.flush()
    }
}

fn row(p: &Passage) -> [String; 27] {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let [title, title_from] = stated(Some(&p.title));
    let [source, source_from] = stated(p.source.as_ref());
    let [author, author_from] = stated(p.author.as_ref());
    let [date, date_from] = stated(p.date.as_ref());
    let [place, place_from] = stated(p.place.as_ref());
    [
        p.exact(),
        p.kind.name().to_owned(),
        text(&p.speaker),
        text(&p.on_behalf_of),
        text(&p.source_as_written),
        text(&p.cue),
        text(&p.claim_type),
        p.confidence.map(|c| c.to_string()).unwrap_or_default(),
        title,
        title_from,
        source,
        source_from,
        author,
        author_from,
        date,
        date_from,
        place,
        place_from,
        text(&p.url),
        p.statement.clone(),
        p.path.clone(),
        p.text_sha256.clone(),
        offsets(p),
        joined(p, |x| &x.prefix),
        joined(p, |x| &x.suffix),
        p.note.clone(),
        p.tags.join(", "),
    ]
}

fn joined(p: &Passage, part: fn(&Place) -> &str) -> String {
    p.places.iter().map(part).collect::<Vec<_>>().join(" … ")
}

fn stated(value: Option<&Stated<String>>) -> [String; 2] {
    value.map_or_else(Default::default, |v| {
        let from = serde_json::to_value(v.from).ok();
        let from = from.as_ref().and_then(|f| f.as_str()).unwrap_or_default();
        [v.value.clone(), from.to_owned()]
    })
}

fn defused(cell: String) -> String {
    if runs(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// True for a cell that a spreadsheet may run, also behind white space and quotation marks. Those
/// that are kept from running are so too, so one `'` less always gives the cell back.
fn runs(cell: &str) -> bool {
    let hidden =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '\u{FEFF}');
    cell.starts_with(['\t', '\r', '\n'])
        || cell
            .trim_start_matches(hidden)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
