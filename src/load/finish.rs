//! A draft to a statement: id, header, date with its provenance, derived title; and what should be
//! told about it.

use super::compression::plain_name;
use super::dateline;
use super::dates::{date_in_file_name, written_date};
use super::format::Draft;
use super::title::derived_title;
use crate::error::{Fault, Severity};
use crate::model::{Hold, IsoDate, Origin, Provenance, Stated, Statement};
use jiff::Timestamp;
use std::collections::HashMap;

/// Makes statements; knows which ids are taken.
#[derive(Debug, Default)]
pub struct Finisher {
    path: String,
    format: &'static str,
    /// Id → how often it was asked for.
    ids: HashMap<String, usize>,
}

impl Finisher {
    /// Begins a file.
    pub fn begin(&mut self, path: &str, format: &'static str) {
        path.clone_into(&mut self.path);
        self.format = format;
    }

    /// The file under way.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How a record of it is called; empty when the file holds one statement.
    pub fn place(&self, record: Option<usize>) -> String {
        let name = match self.format {
            "jsonl" => "line",
            "csv" | "tsv" => "row",
            "mbox" => "message",
            _ => "record",
        };
        record.map_or(String::new(), |n| format!("{name} {n}"))
    }

    /// The statement, unless the draft holds no text; and what is to be told.
    pub fn finish(&mut self, draft: Draft) -> (Option<Statement>, Vec<Fault>) {
        let mut faults = Vec::new();
        let place = self.place(draft.record);
        let path = self.path.clone();
        let mut tell = |reason: String, remedy: &str, severity| {
            faults.push(Fault {
                path: path.clone(),
                place: place.clone(),
                reason,
                remedy: remedy.to_owned(),
                severity,
            });
        };
        if draft.body.trim().is_empty() {
            tell("holds no text".into(), "", Severity::Skipped);
            return (None, faults);
        }
        if u32::try_from(draft.body.len()).is_err() {
            tell(
                "is larger than 4 GiB of text".into(),
                "split it",
                Severity::Skipped,
            );
            return (None, faults);
        }
        if draft.charset_guessed {
            tell(
                format!("its character set was guessed: {}", draft.charset),
                "save it as UTF-8 to be sure",
                Severity::Warning,
            );
        }
        if draft.replacements > 0 {
            let reason = format!(
                "{} characters could not be decoded from {} and read U+FFFD",
                draft.replacements, draft.charset
            );
            tell(reason, "do not quote them", Severity::Warning);
        }
        if let Some(odd) = &draft.odd_date {
            tell(
                format!("its date `{odd}` is in no form that is known"),
                "",
                Severity::Warning,
            );
        }
        let wanted = draft
            .id
            .clone()
            .unwrap_or_else(|| self.id_of_place(draft.record));
        let (id, taken) = self.unique(wanted);
        if let Some(taken) = taken {
            tell(
                format!("its id `{taken}` is taken: it is called `{id}` here"),
                "",
                Severity::Warning,
            );
        }
        (Some(self.statement(&id, draft)), faults)
    }

    fn statement(&self, id: &str, draft: Draft) -> Statement {
        let header = dateline::read(&draft.body, draft.date.as_ref());
        let mut statement = Statement::new(id, &draft.body);
        statement.header = header.span;
        statement.title = match (draft.title, header.title) {
            (Some(title), _) => Stated::given(title),
            (None, Some(title)) => Stated::new(title, Provenance::Dateline),
            (None, None) => {
                let (title, from) = derived_title(&draft.body, header.span, self.stem());
                Stated::new(title, from)
            }
        };
        let in_name = || -> Option<IsoDate> { date_in_file_name(self.stem()) };
        statement.date = draft
            .date
            .map(Stated::given)
            .or_else(|| {
                header
                    .date
                    .map(|date| Stated::new(date, Provenance::Dateline))
            })
            .or_else(|| in_name().map(|date| Stated::new(date, Provenance::FileName)));
        statement.place = draft.place.map(Stated::given).or_else(|| {
            header
                .place
                .map(|place| Stated::new(place, Provenance::Dateline))
        });
        statement.source = draft.source.or_else(|| {
            header
                .source
                .map(|source| Stated::new(source, Provenance::Dateline))
        });
        statement.author = draft.author.map(Stated::given);
        statement.url = draft.url;
        statement.lang = draft.lang;
        statement.kind = draft.kind;
        statement.tags = draft.tags;
        statement.extra = draft.extra;
        if let Some(odd) = draft.odd_date {
            statement.extra.insert("date".into(), odd);
        }
        statement.excerpt = draft.excerpt;
        statement.hold = hold(draft.status.as_deref(), draft.embargo.as_deref())
            .or_else(|| header.embargo.map(|until| Hold::embargo(Some(until))))
            .filter(|hold| hold.stands(Timestamp::now()));
        statement.origin = Origin {
            path: self.path.clone(),
            record: draft.record,
            format: self.format,
            charset: draft.charset,
            charset_guessed: draft.charset_guessed,
            replacements: draft.replacements,
        };
        statement
    }

    /// Name of the file without folders and extensions.
    fn stem(&self) -> &str {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path);
        let name = plain_name(name);
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    fn id_of_place(&self, record: Option<usize>) -> String {
        let stem = if self.path == "-" {
            "stdin"
        } else {
            self.stem()
        };
        record.map_or_else(|| stem.to_owned(), |n| format!("{stem}#{n}"))
    }

    /// The id, or the id with the first free `~2`, `~3`, …; and the id when it was taken.
    fn unique(&mut self, wanted: String) -> (String, Option<String>) {
        let asked = self.ids.entry(wanted.clone()).or_insert(0);
        *asked += 1;
        if *asked == 1 {
            return (wanted, None);
        }
        let mut n = *asked;
        loop {
            let id = format!("{wanted}~{n}");
            if !self.ids.contains_key(&id) {
                self.ids.insert(id.clone(), 1);
                return (id, Some(wanted));
            }
            n += 1;
        }
    }
}

/// What keeps a statement from being published now. An embargo whose time cannot be read stands.
fn hold(status: Option<&str>, embargo: Option<&str>) -> Option<Hold> {
    let now = Timestamp::now();
    let of_status = status
        .filter(|s| embargo.is_none() || !s.contains("embargo"))
        .and_then(Hold::of_status);
    let of_time = embargo
        .filter(|e| !e.trim().is_empty())
        .map(|e| Hold::embargo(written_date(e)));
    of_status.or(of_time).filter(|hold| hold.stands(now))
}
