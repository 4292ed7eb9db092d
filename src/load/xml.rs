//! XML to small trees, for the formats made of it. The only file that names the parser.
//!
//! A document may declare nothing and fetch nothing: entities of its own are refused, external ones do
//! not exist, those of HTML stand for their characters. Depth is capped, and no walk here recurses
//! deeper than that.

use super::format::Reason;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::ops::ControlFlow;

/// Elements may nest this deep.
const MAX_DEPTH: usize = 200;

/// An element with all it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Name with its prefix as written: `dc:date`.
    pub name: String,
    /// Attributes, names with their prefix as written.
    pub attributes: Vec<(String, String)>,
    /// What is inside, in order.
    pub inside: Vec<Node>,
}

/// A piece of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, entities resolved.
    Text(String),
}

/// Elements that begin a new paragraph in any of the formats.
const BLOCKS: [&str; 34] = [
    "p",
    "div",
    "block",
    "hl1",
    "hl2",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "blockquote",
    "bq",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "media",
    "byline",
    "dateline",
    "distributor",
    "lead",
    "para",
    "hr",
];

impl Element {
    /// Name without prefix.
    pub fn local(&self) -> &str {
        local(&self.name)
    }

    /// An attribute, by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| local(n) == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements right inside.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element right inside of this name, with or without prefix.
    pub fn child(&self, name: &str) -> Option<&Element> {
        let mut elements = self.elements();
        if name.contains(':') {
            return elements.find(|e| e.name.eq_ignore_ascii_case(name));
        }
        elements.find(|e| e.local().eq_ignore_ascii_case(name))
    }

    /// The elements of this name at any depth, in order, not those inside of a found one.
    pub fn all<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found = Vec::new();
        let mut open: Vec<&Element> = vec![self];
        while let Some(element) = open.pop() {
            if element.local() == name {
                found.push(element);
            } else {
                let inside: Vec<&Element> = element.elements().collect();
                open.extend(inside.into_iter().rev());
            }
        }
        found
    }

    /// The first element of this name at any depth.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }

    /// The element at a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter()
            .try_fold(self, |element, name| element.child(name))
    }

    /// Its text in one line; `None` when there is none.
    pub fn line(&self) -> Option<String> {
        let text = crate::text::single_spaced(&self.raw());
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Its text as written.
    pub fn raw(&self) -> String {
        let mut text = String::new();
        self.walk(&mut |step| {
            if let Step::Text(piece) = step {
                text.push_str(piece);
            }
        });
        text
    }

    /// Its text in paragraphs with a blank line between them.
    pub fn paragraphs(&self) -> String {
        let mut text = String::new();
        // A paragraph ended, and no word has come since.
        let mut ended = false;
        self.walk(&mut |step| match step {
            Step::Text(piece) => {
                for (n, word) in piece.split(char::is_whitespace).enumerate() {
                    if n > 0 && !ended && !text.is_empty() && !text.ends_with([' ', '\n']) {
                        text.push(' ');
                    }
                    if ended && !word.is_empty() {
                        text.truncate(text.trim_end().len());
                        if !text.is_empty() {
                            text.push_str("\n\n");
                        }
                        ended = false;
                    }
                    text.push_str(word);
                }
            }
            Step::Open("br") if !ended => {
                text.truncate(text.trim_end_matches(' ').len());
                text.push('\n');
            }
            Step::Open(name) | Step::Close(name) => ended |= BLOCKS.contains(&name),
        });
        text.trim().to_owned()
    }

    /// Goes through it in order. Recursion is as deep as [`MAX_DEPTH`] at most.
    fn walk<'e>(&'e self, each: &mut dyn FnMut(Step<'e>)) {
        for node in &self.inside {
            match node {
                Node::Text(text) => each(Step::Text(text)),
                Node::Element(element) => {
                    each(Step::Open(element.local()));
                    element.walk(each);
                    each(Step::Close(element.local()));
                }
            }
        }
    }
}

enum Step<'e> {
    Open(&'e str),
    Close(&'e str),
    Text(&'e str),
}

/// A name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Reads `text` and hands on each element whose name without prefix is one of `names` (none of them
/// inside of another), then, at the end, the rest of the document: root and all that was not handed on.
///
/// # Errors
/// When the XML cannot be read any further; what was handed on before stands.
pub fn each(
    text: &str,
    names: &[&str],
    take: &mut dyn FnMut(Element) -> ControlFlow<()>,
) -> Result<Option<Element>, Broken> {
    let mut at = 0;
    read(text, names, take, &mut at).map_err(|reason| Broken { reason, at })
}

/// XML that cannot be read any further.
#[derive(Debug)]
pub struct Broken {
    /// Why.
    pub reason: Reason,
    /// The byte where what is wrong begins; past the end where nothing behind it may be read.
    pub at: usize,
}

fn read(
    text: &str,
    names: &[&str],
    take: &mut dyn FnMut(Element) -> ControlFlow<()>,
    place: &mut usize,
) -> Result<Option<Element>, Reason> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    // What is read from the middle on closes what it did not open.
    config.allow_unmatched_ends = true;
    let mut open = vec![Element::default()];
    // How many of the open elements stand outside of what is handed on.
    let mut outside = None;
    loop {
        let at = reader.buffer_position();
        *place = usize::try_from(at).unwrap_or(usize::MAX);
        let bad = |what: String| Reason {
            what: format!("is not well-formed XML at byte {at}: {what}"),
            remedy: "what follows was not read",
        };
        let event = reader.read_event().map_err(|e| bad(e.to_string()))?;
        match event {
            Event::Start(start) => {
                if open.len() > MAX_DEPTH {
                    return Err(Reason::new(format!(
                        "its elements nest deeper than {MAX_DEPTH} (byte {at})"
                    )));
                }
                let element = element(&start).map_err(bad)?;
                if outside.is_none() && names.contains(&element.local()) {
                    outside = Some(open.len());
                }
                open.push(element);
            }
            Event::End(_) if open.len() == 1 => {}
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                if outside == Some(open.len()) {
                    outside = None;
                    if take(done).is_break() {
                        return Ok(None);
                    }
                } else if let Some(parent) = open.last_mut() {
                    parent.inside.push(Node::Element(done));
                }
            }
            Event::Text(text) => push(&mut open, &text.xml10_content()),
            Event::CData(data) => push(&mut open, &data.xml10_content()),
            Event::GeneralRef(reference) => push(&mut open, &resolved(&reference)),
            Event::DocType(doctype) => {
                let doctype = doctype.into_inner();
                if doctype.contains("<!ENTITY") {
                    // There is no going on behind this.
                    *place = usize::MAX;
                    return Err(Reason::new(
                        "declares entities of its own, which are never expanded: it is not read",
                    ));
                }
            }
            Event::Eof => {
                if open.len() > 1 {
                    let name = open.last().map_or("", |e| e.name.as_str());
                    return Err(bad(format!("`{name}` is not closed")));
                }
                let root = open.pop().unwrap_or_default();
                return Ok(root.elements().next().cloned());
            }
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// The whole document as one tree.
///
/// # Errors
/// When it is not well-formed, or holds no element.
pub fn tree(text: &str) -> Result<Element, Reason> {
    let root = each(text, &[], &mut |_| ControlFlow::Continue(())).map_err(|b| b.reason)?;
    root.ok_or_else(|| Reason::new("holds no XML element"))
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.html_attributes().with_checks(false) {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let value = attribute
            .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity)
            .map_or_else(|_| attribute.value.to_string(), |v| v.into_owned());
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(Element {
        name: start.name().as_ref().to_owned(),
        attributes,
        inside: Vec::new(),
    })
}

/// The characters a reference stands for; one that is not known stays as written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.xml10_content();
    resolve_html5_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

fn push(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else {
        return;
    };
    match element.inside.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => element.inside.push(Node::Text(text.to_owned())),
    }
}

/// The character set an XML declaration names in the first bytes.
pub fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
    let (declaration, _) = head.split_once("?>")?;
    let (_, after) = declaration.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = after.get(1..)?.split(quote).next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Name without prefix of the root element, as far as the first bytes show it.
pub fn root_name(head: &[u8]) -> Option<String> {
    let text = super::format::text_start(head);
    let mut text = String::from_utf8_lossy(text.get(..16 << 10).unwrap_or(text)).into_owned();
    if memchr::memchr(0, head).is_some() {
        // UTF-16 and UTF-32: the letters of the root are ASCII in any case.
        text = head
            .iter()
            .filter(|b| b.is_ascii() && **b != 0)
            .map(|b| char::from(*b))
            .collect();
    }
    let mut rest = text.as_str();
    loop {
        let (_, after) = rest.split_once('<')?;
        rest = if let Some(comment) = after.strip_prefix("!--") {
            comment.split_once("-->")?.1
        } else if after.starts_with(['?', '!']) {
            after
        } else {
            let name: String = after
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.'))
                .collect();
            return (!name.is_empty()).then(|| local(&name).to_owned());
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_and_references() {
        let text = "<r><p>A &amp; b&#8217;s\n  c&nbsp;d &who;</p><p>Two<br/>lines <b>bold</b>.</p>tail</r>";
        let tree = tree(text).unwrap();
        assert_eq!(
            tree.paragraphs(),
            "A & b\u{2019}s c d &who;\n\nTwo\nlines bold.\n\ntail"
        );
        assert_eq!(
            tree.child("p").unwrap().line().unwrap(),
            "A & b\u{2019}s c d &who;"
        );
    }

    #[test]
    fn entities_of_its_own_depth_and_breakage_are_refused() {
        assert!(tree("<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>").is_err());
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        assert!(tree(&deep).unwrap_err().what.contains("deeper"));
        assert!(tree("<a><b></a>").is_err());
        assert!(tree("<a>cut").is_err());
        assert!(tree("plain").is_err());
    }

    #[test]
    fn what_came_before_a_break_is_handed_on() {
        let mut seen = 0;
        let read = each("<r><i>1</i><i>2</i><i>", &["i"], &mut |_| {
            seen += 1;
            ControlFlow::Continue(())
        });
        assert!(read.is_err() && seen == 2);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(<[a-c/!?]{0,3}[ =\"'&;a-c>]{0,8}|\\PC{0,6}|<!\\[CDATA\\[|\\]\\]>|&#x?[0-9]{0,9};){0,40}") {
            if let Ok(tree) = tree(&text) {
                let _ = (tree.paragraphs(), tree.line());
            }
        }

        #[test]
        fn any_bytes_have_a_root_name_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = (root_name(&bytes), declared_charset(&bytes));
        }
    }
}
