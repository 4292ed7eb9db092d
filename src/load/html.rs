//! An HTML page: its main text, not its navigation, with headline, byline, date and site as the page
//! states them. The body is the text taken from the page; spans are bytes of that.
//!
//! Needs the feature `html` (on by default): the parser is the largest dependency.

#[cfg(feature = "html")]
use super::aliases::Ours;
#[cfg(feature = "html")]
use super::filled::Filled;
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

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let bytes = source.all()?;
        let declared = declared_charset(&bytes);
        let decoded = super::decode::decode(bytes, declared.as_deref())?;
        let draft = page(&decoded.text, source.explain)?;
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

/// What of a fragment is no text.
#[cfg(feature = "html")]
const NOT_TEXT: &str = "script, style, noscript, template, head, iframe, object, svg, [hidden], [aria-hidden=\"true\"]";

#[cfg(not(feature = "html"))]
fn page(_page: &str, _explain: bool) -> Result<Draft, Reason> {
    Err(Reason {
        what: "this program was built without HTML".into(),
        remedy: "build it with the feature `html`",
    })
}

/// The text of a piece of HTML in a field of a record: all of it, for nothing there is navigation. A
/// whole page in a field is read as one.
///
/// # Errors
/// When it holds no text, or this program was built without HTML.
pub fn text_of(fragment: &str) -> Result<String, Reason> {
    if is_page(fragment) {
        return page(fragment, false).map(|draft| draft.body);
    }
    fragment_text(fragment)
}

#[cfg(feature = "html")]
fn fragment_text(fragment: &str) -> Result<String, Reason> {
    check(fragment)?;
    let document = dom_query::Document::fragment(fragment);
    document.select(NOT_TEXT).remove();
    let text = document.formatted_text().trim().to_owned();
    if text.is_empty() {
        return Err(Reason::new("its HTML holds no text"));
    }
    Ok(text)
}

#[cfg(not(feature = "html"))]
fn fragment_text(fragment: &str) -> Result<String, Reason> {
    page(fragment, false).map(|draft| draft.body)
}

/// A main text of fewer letters may be one entry of a list.
#[cfg(feature = "html")]
const LETTERS_OF_LITTLE: usize = 1000;

/// What stands round the text of a page.
#[cfg(feature = "html")]
const FRAME: &str = "nav, header, footer, form:has(input[type=\"text\"]), select, button, aside, \
    [role=\"navigation\"], body div[id*=\"menu\"], body div[id*=\"nav\"], body div[id*=\"footer\"], \
    body div[id*=\"sidebar\"], body div[id*=\"breadcrumb\"], body div[id*=\"skip\"], body div[id*=\"logo\"], \
    body ul[id*=\"menu\"], body ul[id*=\"nav\"], body ul[class*=\"menu\"], body ul[class*=\"nav\"], \
    body section[id*=\"menu\"]";

#[cfg(feature = "html")]
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// True for a page that says, or shows by its only `article`, that it holds one text.
#[cfg(feature = "html")]
fn is_one_article(page: &str) -> bool {
    // Not `og:type`: some systems set it for every page.
    let says = ["\"NewsArticle\"", "\"Article\"", "\"ReportageNewsArticle\""];
    says.iter().any(|mark| page.contains(mark)) || page.matches("<article").count() == 1
}

/// The text found to be the main one, unless too little of the page was: one entry of a list of
/// releases, or all of them but some.
#[cfg(feature = "html")]
fn or_all(found: &str, page: &str) -> String {
    let (all, is_main) = all_but_frame(page);
    let (few, most) = (letters(found), letters(&all));
    let too_little = if is_main {
        few * 100 < most * 85
    } else {
        few == 0 || (few < LETTERS_OF_LITTLE && few * 2 < most)
    };
    if too_little { all } else { found.to_owned() }
}

/// What the page itself says is its main part.
#[cfg(feature = "html")]
const MAIN: &str = "main, [role=\"main\"], #block-system-main, #main-content";

/// The text of a page that has no main text, a list of headlines for one: all of its main part where it
/// names one, or else all but what stands round it; and whether it names one.
#[cfg(feature = "html")]
fn all_but_frame(page: &str) -> (String, bool) {
    let document = dom_query::Document::from(page);
    document.select(NOT_TEXT).remove();
    document.select(FRAME).remove();
    let main = document.select(MAIN);
    let text = main.formatted_text().trim().to_owned();
    if letters(&text) > 0 {
        return (text, true);
    }
    for block in document
        .select("body div, body ul, body ol, body table")
        .iter()
    {
        if is_menu(&block) {
            block.remove();
        }
    }
    let body = document.select("body");
    (body.formatted_text().trim().to_owned(), false)
}

/// True for a block that is nothing but short links: a menu, a list of dates.
#[cfg(feature = "html")]
fn is_menu(block: &dom_query::Selection<'_>) -> bool {
    let links = block.select("a");
    let count = links.length();
    if !(4..=200).contains(&count) {
        return false;
    }
    let linked = links.text();
    let words = linked.split_whitespace().count();
    words <= 4 * count && letters(&linked) * 10 >= letters(&block.text()) * 8
}

/// True for a whole page, false for a piece of one.
fn is_page(page: &str) -> bool {
    let head = page.floor_char_boundary(4096);
    let head = page.get(..head).unwrap_or("").to_ascii_lowercase();
    ["<html", "<body", "<head", "<!doctype"]
        .iter()
        .any(|tag| head.contains(tag))
}

#[cfg(feature = "html")]
fn page(page: &str, explain: bool) -> Result<Draft, Reason> {
    use super::dates::written_date;
    use crate::model::Stated;
    use dom_smoothie::{Config, Readability, TextMode};

    check(page)?;
    if !is_page(page) {
        let body = fragment_text(page)?;
        let mut filled = Filled::default();
        filled.note(Ours::Body, "the whole file");
        return Ok(Draft {
            body,
            filled,
            ..Draft::default()
        });
    }
    let config = Config {
        text_mode: TextMode::Formatted,
        char_threshold: 0,
        ..Config::default()
    };
    let failed = |error: dom_smoothie::ReadabilityError| Reason {
        what: format!("its main text was not found: {error}"),
        remedy: "save the statement as text",
    };
    let mut reader = Readability::new(page.to_owned(), None, Some(config)).map_err(failed)?;
    // Asked before: reading takes the page apart.
    let says = explain.then(|| Says::of(&reader));
    let article = reader.parse().map_err(failed)?;
    let filled = says.map(|says| says.filled(&article)).unwrap_or_default();
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
    let found = article.text_content.trim();
    let body = if is_one_article(page) && letters(found) > 0 {
        found.to_owned()
    } else {
        or_all(found, page)
    };
    if letters(&body) == 0 {
        return Err(Reason::new("the page holds no text"));
    }
    Ok(Draft {
        body,
        title: full(Some(article.title)),
        date,
        odd_date,
        source: full(article.site_name).map(Stated::given),
        author: full(article.byline),
        lang: full(article.lang),
        url: full(article.url),
        filled,
        ..Draft::default()
    })
}

/// Where a page states what the reader of its main text takes from it.
#[cfg(feature = "html")]
struct Says {
    /// What its JSON-LD says.
    linked: dom_smoothie::Metadata,
    /// Its `meta` elements: by what they are called, with what they say.
    metas: Vec<(String, String)>,
    /// Its `title`.
    title: String,
}

#[cfg(feature = "html")]
impl Says {
    fn of(reader: &dom_smoothie::Readability) -> Self {
        let meta = |element: dom_query::Selection<'_>| {
            let name = element.attr("property").or_else(|| element.attr("name"))?;
            let content = element.attr("content")?;
            Some((name.to_string(), content.trim().to_owned()))
        };
        Self {
            linked: reader.parse_json_ld().unwrap_or_default(),
            metas: reader.doc.select("meta").iter().filter_map(meta).collect(),
            title: reader.doc.select("title").text().to_string(),
        }
    }

    fn filled(&self, article: &dom_smoothie::Article) -> Filled {
        let mut filled = Filled::default();
        filled.note(Ours::Body, "the main text of the page");
        let linked = &self.linked;
        for (ours, value, linked) in [
            (Ours::Title, Some(&article.title), Some(&linked.title)),
            (
                Ours::Date,
                article.published_time.as_ref(),
                linked.published_time.as_ref(),
            ),
            (
                Ours::Source,
                article.site_name.as_ref(),
                linked.site_name.as_ref(),
            ),
            (
                Ours::Author,
                article.byline.as_ref(),
                linked.byline.as_ref(),
            ),
            (Ours::Url, article.url.as_ref(), linked.url.as_ref()),
        ] {
            if let Some(value) = value.map(|v| v.trim()).filter(|v| !v.is_empty()) {
                let is_linked = linked.is_some_and(|linked| linked.trim() == value);
                filled.note(ours, self.place_of(value, is_linked));
            }
        }
        if article.lang.is_some() {
            filled.note(Ours::Lang, "<html lang>");
        }
        filled
    }

    fn place_of(&self, value: &str, is_linked: bool) -> String {
        if is_linked {
            return "JSON-LD".to_owned();
        }
        if let Some((name, _)) = self.metas.iter().find(|(_, content)| content == value) {
            return format!("<meta {name}>");
        }
        if self.title.contains(value) {
            return "<title>".to_owned();
        }
        "the text of the page".to_owned()
    }
}

/// A tag of more attributes is none of a writer's: parsers compare each with all others.
#[cfg(feature = "html")]
const MOST_ATTRIBUTES: usize = 1000;

/// Refuses what parsers take too long for.
#[cfg(feature = "html")]
fn check(page: &str) -> Result<(), Reason> {
    if depth(page) > MAX_DEPTH {
        return Err(Reason::new("its elements nest too deep"));
    }
    let (mut inside, mut quote, mut space, mut attributes) = (false, None, false, 0usize);
    let mut before = 0;
    for byte in page.bytes() {
        match (inside, quote) {
            (false, _) => inside = before == b'<' && byte.is_ascii_alphabetic(),
            (true, Some(mark)) if byte == mark => quote = None,
            (true, Some(_)) => {}
            (true, None) => match byte {
                b'>' => (inside, attributes) = (false, 0),
                // A mark in a name opens nothing.
                b'"' | b'\'' if matches!(before, b'=' | b' ') => quote = Some(byte),
                _ if byte.is_ascii_whitespace() => space = true,
                _ => {
                    attributes += usize::from(space);
                    space = false;
                }
            },
        }
        if attributes > MOST_ATTRIBUTES {
            return Err(Reason::new(format!(
                "one of its tags has more than {MOST_ATTRIBUTES} attributes"
            )));
        }
        before = byte;
    }
    Ok(())
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
