//! Markdown (CommonMark): a blockquote for each passage with the words and the citation, then what
//! else is known as a list.
//!
//! Untrusted words must not become markup: characters that mean something in CommonMark or in the
//! common extensions (tables, strikethrough, bare addresses, pandoc's lists) are escaped where they
//! would, and no others, so that the source stays readable. White space at the ends of lines is left
//! out: there it is markup. Straight marks are not escaped, so a converter that makes them curly
//! (pandoc's `smart`) should be told not to.

use super::{Format, Options, Passages, citation};
use crate::text::single_spaced;
use std::io::{self, Write};

/// Markdown.
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }
    fn extension(&self) -> &'static str {
        "md"
    }
    fn label(&self) -> &'static str {
        "Markdown"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        options: &Options<'_>,
    ) -> io::Result<()> {
        for passage in passages {
            quoted(out, &citation::words(&passage))?;
            writeln!(out, ">")?;
            quoted(
                out,
                &format!("— {}", citation::cited(&passage, &options.style)),
            )?;
            writeln!(out)?;
            for (label, value) in citation::facts(&passage) {
                let value = single_spaced(&value);
                writeln!(out, "- {}", escaped(&format!("{label}: {value}")))?;
            }
            // A rule between passages: two lists in a row would be read as one.
            writeln!(out, "\n---\n")?;
        }
        Ok(())
    }
}

fn quoted(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for line in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let line = escaped(line.trim());
        writeln!(out, "{}", format!("> {line}").trim_end())?;
    }
    Ok(())
}

/// One line without its leading white space, escaped.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let start = line_start(line);
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let rest = line.get(at + c.len_utf8()..).unwrap_or("");
        let means_something = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '^' | '@' | '&' => true,
            // Bare addresses are linked by many readers.
            ':' => at == 0 || rest.starts_with("//"),
            // A sum of money cannot end a formula; any other `$` may begin or end one.
            '$' => !(before == ' ' && rest.starts_with(|c: char| c.is_ascii_digit())),
            '.' => before.eq_ignore_ascii_case(&'w') || start == Some(at),
            _ => start == Some(at),
        };
        if means_something {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// The byte that would begin a block: a heading, a list, a rule, an underlining; the mark behind the
/// number or letter of a list.
fn line_start(line: &str) -> Option<usize> {
    if line.starts_with(['#', '+', '-', '=', '(', '%']) {
        return Some(0);
    }
    let end = line.find(|c: char| !c.is_ascii_alphanumeric())?;
    // `1.`, `a)`, `iv.`: at most nine characters number a list.
    let marks = line.get(end..)?.starts_with(['.', ')']);
    (marks && (1..=9).contains(&end)).then_some(end)
}
