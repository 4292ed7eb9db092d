//! A complete HTML page. All text is escaped; only http and https are linked; no script, and the page
//! asks the browser to run none. A NUL, which no HTML may hold, reads U+FFFD.

use super::{Format, Options, Passages, citation, identity};
use crate::model::Passage;
use std::io::{self, Write};

/// The beginning of a page.
pub(super) const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Passages</title>\n<style>:root{color-scheme:light dark}body{max-width:42em;margin:2em auto;font-family:serif}article{break-inside:avoid}blockquote p{white-space:pre-wrap}table{border-collapse:collapse}td,th{text-align:left;padding:.1em .8em .1em 0}td.n{text-align:right}</style>\n</head><body>\n";

/// The end of a page.
pub(super) const FOOT: &[u8] = b"</body></html>\n";

/// HTML.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }
    fn extension(&self) -> &'static str {
        "html"
    }
    fn label(&self) -> &'static str {
        "HTML"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        options: &Options<'_>,
    ) -> io::Result<()> {
        out.write_all(HEAD.as_bytes())?;
        for p in passages {
            article(&p, out, options)?;
        }
        out.write_all(FOOT)
    }
}

/// The words, the citation, what else is known.
pub(super) fn article(p: &Passage, out: &mut dyn Write, options: &Options<'_>) -> io::Result<()> {
    let link = p
        .url
        .as_deref()
        .filter(|u| identity::is_web(u))
        .map(escaped);
    let cite = link
        .as_ref()
        .map(|u| format!(" cite=\"{u}\""))
        .unwrap_or_default();
    writeln!(
        out,
        "<article><blockquote{cite}><p dir=\"auto\">{}</p></blockquote>",
        escaped(&citation::words(p))
    )?;
    writeln!(
        out,
        "<p>— {}</p><p><cite>{}</cite>",
        escaped(&citation::cited(p, &options.style)),
        escaped(&p.title.value)
    )?;
    if let Some(date) = &p.date {
        let date = escaped(&date.value);
        writeln!(out, "<time datetime=\"{date}\">{date}</time>")?;
    }
    if let Some(url) = link {
        writeln!(out, "<a href=\"{url}\" rel=\"noreferrer\">{url}</a>")?;
    }
    writeln!(out, "</p><dl>")?;
    for (label, value) in citation::facts(p) {
        writeln!(out, "<dt>{label}</dt><dd>{}</dd>", escaped(&value))?;
    }
    writeln!(out, "</dl></article>")
}

/// Text as HTML may hold it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
