//! A Word file: each passage as a block quotation whose citation is a footnote. The fewest parts that Word,
//! LibreOffice and pandoc read: text, footnotes, styles. Everything from outside is escaped text; no fields, no
//! links, no macros. Keeps the footnotes until the last passage, since they are a file of their own.

use super::archive::{Archive, xml};
use super::{Format, Options, Passages, citation};
use std::io::{self, Write};

/// Word.
pub(super) struct Docx;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

const TYPES: &str = concat!(
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/>",
    "</Types>"
);
const PACKAGE: &str = concat!(
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "</Relationships>"
);
const PARTS: &str = concat!(
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/>",
    "</Relationships>"
);
/// The names are Word's own for block quotations and footnotes, so that templates and converters know them.
const STYLES: &str = concat!(
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"BlockText\"><w:name w:val=\"Block Text\"/><w:basedOn w:val=\"Normal\"/>",
    "<w:pPr><w:spacing w:before=\"120\" w:after=\"120\"/><w:ind w:left=\"720\" w:right=\"720\"/></w:pPr></w:style>",
    "<w:style w:type=\"paragraph\" w:styleId=\"FootnoteText\"><w:name w:val=\"footnote text\"/><w:basedOn w:val=\"Normal\"/>",
    "<w:rPr><w:sz w:val=\"20\"/></w:rPr></w:style>",
    "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote reference\"/>",
    "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>"
);
/// Word wants these two before the first of ours, which therefore has number 2.
const SEPARATORS: &str = concat!(
    "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>",
    "<w:footnote w:type=\"continuationSeparator\" w:id=\"1\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
);
const FIRST_NOTE: usize = 2;

impl Format for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }
    fn extension(&self) -> &'static str {
        "docx"
    }
    fn label(&self) -> &'static str {
        "Word"
    }
    fn is_binary(&self) -> bool {
        true
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        options: &Options<'_>,
    ) -> io::Result<()> {
        let mut archive = Archive::new(out);
        let parts = [
            ("[Content_Types].xml", TYPES.to_owned()),
            ("_rels/.rels", PACKAGE.to_owned()),
            ("word/_rels/document.xml.rels", PARTS.to_owned()),
            (
                "word/styles.xml",
                format!("<w:styles {SPACE}>{STYLES}</w:styles>"),
            ),
        ];
        for (name, text) in parts {
            archive.file(name)?;
            write!(archive, "{HEAD}{text}")?;
        }
        archive.file("word/document.xml")?;
        write!(archive, "{HEAD}<w:document {SPACE}><w:body>")?;
        let mut notes = Vec::new();
        for passage in passages {
            let id = FIRST_NOTE + notes.len();
            write!(
                archive,
                "<w:p><w:pPr><w:pStyle w:val=\"BlockText\"/></w:pPr>{}\
                 <w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r></w:p>",
                runs(&citation::words(&passage))
            )?;
            if !passage.note.is_empty() {
                write!(archive, "<w:p>{}</w:p>", runs(&passage.note))?;
            }
            notes.push(citation::cited(&passage, &options.style));
        }
        write!(archive, "<w:sectPr/></w:body></w:document>")?;
        archive.file("word/footnotes.xml")?;
        write!(archive, "{HEAD}<w:footnotes {SPACE}>{SEPARATORS}")?;
        for (at, note) in notes.iter().enumerate() {
            write!(
                archive,
                "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>\
                 <w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
                FIRST_NOTE + at,
                runs(&format!(" {note}"))
            )?;
        }
        write!(archive, "</w:footnotes>")?;
        archive.finish()
    }
}

/// Text as runs: line ends and tabs are elements there, not characters.
fn runs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for (at, line) in text.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
        if at > 0 {
            out.push_str("<w:r><w:br/></w:r>");
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                out.push_str("<w:r><w:tab/></w:r>");
            }
            if !piece.is_empty() {
                out.push_str("<w:r><w:t xml:space=\"preserve\">");
                out.push_str(&xml(piece));
                out.push_str("</w:t></w:r>");
            }
        }
    }
    out
}
