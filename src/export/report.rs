//! An HTML report: how often each speaker is quoted, what was said when, then every passage. The tables
//! stand first, so this format keeps all passages until it has seen the last.

use super::html::{FOOT, HEAD, article, escaped};
use super::{Format, Options, Passages};
use crate::model::Passage;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The report.
pub(super) struct Report;

impl Format for Report {
    fn name(&self) -> &'static str {
        "report"
    }
    fn extension(&self) -> &'static str {
        "report.html"
    }
    fn label(&self) -> &'static str {
        "HTML report with speakers and timeline"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        options: &Options<'_>,
    ) -> io::Result<()> {
        let passages: Vec<Cow<'_, Passage>> = passages.collect();
        out.write_all(HEAD.as_bytes())?;
        writeln!(out, "<h1>Passages</h1>\n<p>{} passages</p>", passages.len())?;
        speakers(&passages, out)?;
        timeline(&passages, out)?;
        writeln!(out, "<h2>Passages</h2>")?;
        for (at, passage) in passages.iter().enumerate() {
            writeln!(out, "<a id=\"p{}\"></a>", at + 1)?;
            article(passage, out, options)?;
        }
        out.write_all(FOOT)
    }
}

/// What is counted of a speaker.
#[derive(Default)]
struct Counts {
    all: usize,
    quoted: usize,
    first: Option<String>,
    last: Option<String>,
}

/// A row a speaker, the most quoted first. Only exact speech counts as quoted.
fn speakers(passages: &[Cow<'_, Passage>], out: &mut dyn Write) -> io::Result<()> {
    let mut by_name: BTreeMap<&str, Counts> = BTreeMap::new();
    for passage in passages {
        let name = passage.speaker.as_deref().unwrap_or("no speaker found");
        let counts = by_name.entry(name).or_default();
        counts.all += 1;
        counts.quoted += usize::from(passage.is_verbatim_speech());
        if let Some(day) = day(passage) {
            let earlier = counts
                .first
                .as_ref()
                .is_none_or(|first| day < first.as_str());
            let later = counts.last.as_ref().is_none_or(|last| day > last.as_str());
            if earlier {
                counts.first = Some(day.to_owned());
            }
            if later {
                counts.last = Some(day.to_owned());
            }
        }
    }
    let mut rows: Vec<(&str, Counts)> = by_name.into_iter().collect();
    rows.sort_by(|a, b| b.1.all.cmp(&a.1.all).then(a.0.cmp(b.0)));
    writeln!(
        out,
        "<h2>Speakers</h2>\n<table id=\"speakers\"><thead><tr><th>Speaker</th><th>Passages</th>\
         <th>Quoted word for word</th><th>First</th><th>Last</th></tr></thead><tbody>"
    )?;
    for (name, counts) in rows {
        writeln!(
            out,
            "<tr><td dir=\"auto\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>",
            escaped(name),
            counts.all,
            counts.quoted,
            escaped(counts.first.as_deref().unwrap_or("no date")),
            escaped(counts.last.as_deref().unwrap_or("no date")),
        )?;
    }
    writeln!(out, "</tbody></table>")
}

/// A row a day and speaker, the oldest first; what has no date stands last.
fn timeline(passages: &[Cow<'_, Passage>], out: &mut dyn Write) -> io::Result<()> {
    let mut days: BTreeMap<(bool, &str), BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (at, passage) in passages.iter().enumerate() {
        let day = day(passage);
        let speaker = passage.speaker.as_deref().unwrap_or("no speaker found");
        let speakers = days
            .entry((day.is_none(), day.unwrap_or("no date")))
            .or_default();
        speakers.entry(speaker).or_default().push(at + 1);
    }
    writeln!(
        out,
        "<h2>Timeline</h2>\n<table id=\"timeline\"><thead><tr><th>Date</th><th>Speaker</th>\
         <th>Passages</th></tr></thead><tbody>"
    )?;
    for ((_, day), speakers) in days {
        for (speaker, places) in speakers {
            let links: Vec<String> = places
                .iter()
                .map(|n| format!("<a href=\"#p{n}\">{n}</a>"))
                .collect();
            writeln!(
                out,
                "<tr><td>{}</td><td dir=\"auto\">{}</td><td>{}</td></tr>",
                escaped(day),
                escaped(speaker),
                links.join(" ")
            )?;
        }
    }
    writeln!(out, "</tbody></table>")
}

/// The day of the statement, or as much of it as is known.
fn day(passage: &Passage) -> Option<&str> {
    let date = passage.date.as_ref()?.value.as_str();
    Some(date.get(..10).unwrap_or(date)).filter(|d| !d.trim().is_empty())
}
