//! BibLaTeX: an entry a passage. Names and titles stand in double braces, so that an office stays
//! whole and no style changes the case of a title. Characters that mean something to TeX are escaped,
//! what TeX would join (`--`, two apostrophes) is held apart, and white space is single.

use super::{Format, Options, Passages, identity, reference};
use crate::model::Passage;
use crate::text::single_spaced;
use std::io::{self, Write};

/// BibLaTeX.
pub(super) struct BibLatex;

impl Format for BibLatex {
    fn name(&self) -> &'static str {
        "biblatex"
    }
    fn extension(&self) -> &'static str {
        "bib"
    }
    fn label(&self) -> &'static str {
        "BibLaTeX"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        _: &Options<'_>,
    ) -> io::Result<()> {
        for passage in passages {
            entry(&passage, out)?;
        }
        Ok(())
    }
}

fn entry(passage: &Passage, out: &mut dyn Write) -> io::Result<()> {
    let item = reference::Reference::of(passage);
    let date = item.iso_date();
    let whole = |text: Option<String>| text.map(|t| format!("{{{}}}", escaped(&t)));
    let plain = |text: Option<String>| text.map(|t| escaped(&t));
    let (kind, holder) = match item.kind {
        "article-newspaper" => ("article", "journaltitle"),
        "webpage" => ("online", "organization"),
        _ => ("misc", "organization"),
    };
    let keywords = (!passage.tags.is_empty()).then(|| passage.tags.join(", "));
    let fields = [
        ("author", whole(item.author)),
        ("title", whole(item.title)),
        (holder, whole(item.container)),
        ("date", date),
        ("location", plain(item.place)),
        ("type", plain(item.genre)),
        ("url", item.url.map(|url| address(&url))),
        ("keywords", plain(keywords)),
        ("annotation", plain(Some(reference::note(passage)))),
    ];
    write!(out, "@{kind}{{{}", identity::key(passage))?;
    for (name, value) in fields {
        if let Some(value) = value {
            write!(out, ",\n  {name} = {{{value}}}")?;
        }
    }
    out.write_all(b"\n}\n\n")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in single_spaced(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '`' => out.push_str("\\`{}"),
            '\'' if before == '\'' => out.push_str("{}\\textquotesingle{}"),
            '-' if before == '-' => out.push_str("{}-"),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// An address, which BibLaTeX takes word for word: what would end the field is percent-encoded.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}
