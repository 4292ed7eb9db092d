//! DOCX: the text of an office document, paragraph by paragraph. What tracked changes deleted is left
//! out, what they inserted is in, and that there were any is said. Notes, headers and pictures are not
//! read.

use super::aliases::Ours;
use super::archive::{is_office, named};
use super::filled::Filled;
use super::format::{Draft, Format, Reason, Sink};
use super::open::Source;
use super::xml::{self, Element, Node};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// The format.
pub struct Docx;

/// Elements of which nothing is text, or nothing is there any more.
const LEFT_OUT: [&str; 6] = ["del", "moveFrom", "instrText", "delText", "Fallback", "pPr"];

impl Format for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        head.starts_with(b"PK\x03\x04")
            && (matches!(extension, "docx" | "docm" | "dotx")
                || (extension.is_empty()
                    && is_office(head)
                    && memchr::memmem::find(head, b"word/").is_some()))
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let limit = source.limit();
        let names = ["word/document.xml", "docProps/core.xml"];
        let [document, core] = named(source.all()?, names, limit)?;
        let document = document
            .ok_or_else(|| Reason::new("is no Word document: it has no `word/document.xml`"))?;
        let tree = xml::tree(&super::decode::decode(document, None)?.text)?;
        let mut text = Text::default();
        let body = tree.child("body").unwrap_or(&tree);
        text.walk(body);
        if text.changed {
            let what = "holds tracked changes: what they deleted is left out";
            let going = sink.note(
                String::new(),
                Reason {
                    what: what.to_owned(),
                    remedy: "accept or refuse them before you quote from it",
                },
            );
            if going.is_break() {
                return Ok(going);
            }
        }
        let core = core
            .and_then(|bytes| super::decode::decode(bytes, None).ok())
            .and_then(|decoded| xml::tree(&decoded.text).ok());
        let of_core = |name: &str| core.as_ref().and_then(|c| c.child(name)?.line());
        let mut extra = BTreeMap::new();
        // Who typed the file, and when, is not who said it, nor when it was said.
        for name in ["creator", "created", "modified", "lastModifiedBy"] {
            if let Some(value) = of_core(name) {
                extra.insert(format!("document.{name}"), value);
            }
        }
        let mut filled = Filled::default();
        filled.note(Ours::Body, "<w:body>");
        let title = filled.take(Ours::Title, "paragraph of the style Title", text.title);
        let title = title.or_else(|| {
            let named = of_core("title");
            filled.take(Ours::Title, "<dc:title> of its properties", named)
        });
        let lang = of_core("language");
        Ok(sink.draft(Draft {
            body: text.out.trim().to_owned(),
            title,
            lang: filled.take(Ours::Lang, "<dc:language> of its properties", lang),
            charset: "UTF-8",
            extra,
            filled,
            ..Draft::default()
        }))
    }
}

#[derive(Default)]
struct Text {
    out: String,
    title: Option<String>,
    changed: bool,
}

impl Text {
    fn walk(&mut self, element: &Element) {
        for node in &element.inside {
            let Node::Element(inner) = node else { continue };
            match inner.local() {
                "t" => self.out.push_str(&inner.raw()),
                "tab" => self.out.push('\t'),
                "br" | "cr" => self.out.push('\n'),
                "noBreakHyphen" => self.out.push('\u{2011}'),
                name if LEFT_OUT.contains(&name) => {
                    self.changed |= matches!(name, "del" | "moveFrom");
                }
                "p" => self.paragraph(inner),
                name => {
                    self.changed |= name == "ins" || name == "moveTo";
                    self.walk(inner);
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let begin = self.out.len();
        self.walk(paragraph);
        let written = self.out.get(begin..).unwrap_or("").trim();
        if written.is_empty() {
            self.out.truncate(begin);
            return;
        }
        let style = paragraph
            .at(&["pPr", "pStyle"])
            .and_then(|s| s.attribute("val"));
        if style == Some("Title") && self.title.is_none() {
            self.title = Some(crate::text::single_spaced(written));
        }
        self.out.push_str("\n\n");
    }
}
