//! A complete HTML page. All text is escaped; only http and https are linked; no script, and the page
//! asks the browser to run none. A NUL, which no HTML may hold, reads U+FFFD.

use super::{Format, Options, citation};
use crate::model::Passage;
use std::io::{self, Write};

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Passages</title>\n<style>:root{color-scheme:light dark}body{max-width:42em;margin:2em auto;font-family:serif}article{break-inside:avoid}blockquote p{white-space:pre-wrap}</style>\n</head><body>\n";

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
        passages: &mut dyn Iterator<Item = &Passage>,
        out: &mut dyn Write,
        _: &Options,
    ) -> io::Result<()> {
        out.write_all(HEAD.as_bytes())?;
        for p in passages {
            let link = p.url.as_deref().filter(|u| is_web(u)).map(escaped);
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
                escaped(&citation::citation(p)),
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
            writeln!(out, "</dl></article>")?;
        }
        out.write_all(b"</body></html>\n")
    }
}

fn is_web(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(s, _)| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

fn escaped(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
