//! An HTML page: its main text, not its navigation, with headline, byline, date and site as the page
//! states them. The body is the text taken from the page; spans are bytes of that.
//!
//! Needs the feature `html` (on by default): the parser is the largest dependency.

use super::format::{Draft, Format, Reason, Sink, text_start};
use super::open::Source;
use std::ops::ControlFlow;

/// Deeper pages are refused: parsers recurse.
#[cfg(feature = "html")]
const MAX_DEPTH: usize = 2000;

/// The format.
pub struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        let start = text_start(head)
            .get(..15)
            .unwrap_or(b"")
            .to_ascii_lowercase();
        matches!(extension, "html" | "htm" | "xhtml")
            || (!matches!(extension, "txt" | "md")
                && (start.starts_with(b"<!doctype html") || start.starts_with(b"<html")))
    }

    fn read(&self, source: &mut Source, sink: &mut dyn Sink) -> Result<ControlFlow<()>, Reason> {
        let bytes = source.all()?;
        let declared = declared_charset(&bytes);
        let decoded = super::decode::decode(bytes, declared.as_deref())?;
        let draft = page(&decoded.text)?;
        Ok(sink.draft(Draft {
            charset: decoded.charset,
            charset_guessed: decoded.guessed,
            replacements: decoded.replacements,
            ..draft
        }))
    }
}

/// The character set a page declares in its first bytes.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(not(feature = "html"))]
fn page(_page: &str) -> Result<Draft, Reason> {
    Err(Reason {
        what: "this program was built without HTML".into(),
        remedy: "build it with the feature `html`",
    })
}

/// The text of a piece of HTML in a field of a record.
///
/// # Errors
/// When it holds no text, or this program was built without HTML.
pub fn text_of(fragment: &str) -> Result<String, Reason> {
    page(fragment).map(|draft| draft.body)
}

#[cfg(feature = "html")]
fn page(page: &str) -> Result<Draft, Reason> {
    use super::dates::written_date;
    use crate::model::Stated;
    use dom_smoothie::{Config, Readability, TextMode};

    if depth(page) > MAX_DEPTH {
        return Err(Reason::new("its elements nest too deep"));
    }
    let config = Config {
        text_mode: TextMode::Formatted,
        char_threshold: 0,
        ..Config::default()
    };
    // A fragment is put into a page: the reader of main text looks for a body.
    let whole = if page.to_ascii_lowercase().contains("<body") {
        page.to_owned()
    } else {
        format!("<html><body><article>{page}</article></body></html>")
    };
    let failed = |error: dom_smoothie::ReadabilityError| Reason {
        what: format!("its main text was not found: {error}"),
        remedy: "save the statement as text",
    };
    let mut reader = Readability::new(whole, None, Some(config)).map_err(failed)?;
    let article = reader.parse().map_err(failed)?;
    let full = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let date = article
        .published_time
        .as_deref()
        .and_then(|d| written_date(d.trim()));
    let odd_date = if date.is_none() {
        full(article.published_time)
    } else {
        None
    };
    Ok(Draft {
        body: article.text_content.trim().to_owned(),
        title: full(Some(article.title)),
        date,
        odd_date,
        source: full(article.site_name).map(Stated::given),
        author: full(article.byline),
        lang: full(article.lang),
        url: full(article.url),
        ..Draft::default()
    })
}

/// How deep elements nest, counted by tags alone: an upper bound that costs one pass.
#[cfg(feature = "html")]
fn depth(page: &str) -> usize {
    const VOID: [&[u8]; 14] = [
        b"br", b"hr", b"img", b"input", b"meta", b"link", b"area", b"base", b"col", b"embed", b"p",
        b"li", b"source", b"wbr",
    ];
    let bytes = page.as_bytes();
    let (mut now, mut most) = (0usize, 0usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() => {
                let name: Vec<u8> = bytes
                    .iter()
                    .skip(at + 1)
                    .take(12)
                    .take_while(|b| b.is_ascii_alphanumeric())
                    .map(u8::to_ascii_lowercase)
                    .collect();
                if !VOID.contains(&name.as_slice()) {
                    now += 1;
                    most = most.max(now);
                }
            }
            _ => {}
        }
    }
    most
}
