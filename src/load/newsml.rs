//! NewsML-G2 (items alone, in a message or a package) and NITF, alone or inside of those.

use super::aliases::Ours;
use super::dates::written_date;
use super::decode::decode;
use super::filled::Filled;
use super::format::{Draft, Format, Reason, Sink};
use super::html;
use super::open::Source;
use super::xml::{self, Element};
use crate::model::Stated;
use std::ops::ControlFlow;

/// The format.
pub struct News;

impl Format for News {
    fn name(&self) -> &'static str {
        "newsml"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        let root = || xml::root_name(head).unwrap_or_default();
        matches!(extension, "nitf" | "newsml")
            || (!matches!(extension, "txt" | "md")
                && matches!(
                    root().as_str(),
                    "newsItem"
                        | "newsMessage"
                        | "packageItem"
                        | "nitf"
                        | "contentSet"
                        | "contentMeta"
                        | "conceptItem"
                        | "knowledgeItem"
                        | "planningItem"
                ))
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let bytes = source.all()?;
        let declared = xml::declared_charset(&bytes);
        let decoded = decode(bytes, declared.as_deref())?;
        let root = xml::tree(&decoded.text)?;
        let items = items(&root)?;
        let single = items.len() == 1;
        for (n, item) in (1..).zip(items) {
            let going = match draft(item) {
                Ok(draft) => sink.draft(Draft {
                    record: (!single).then_some(n),
                    charset: decoded.charset,
                    charset_guessed: decoded.guessed,
                    replacements: decoded.replacements,
                    ..draft
                }),
                Err(reason) if single => return Err(reason),
                Err(reason) => sink.bad_record(format!("record {n}"), reason),
            };
            if going.is_break() {
                return Ok(going);
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// What holds one statement each.
fn items(root: &Element) -> Result<Vec<&Element>, Reason> {
    match root.local() {
        "newsItem" | "nitf" => return Ok(vec![root]),
        "contentMeta" => {
            return Err(Reason::new(
                "holds metadata of a news item and no content: there is no text in it",
            ));
        }
        _ => {}
    }
    let mut items = root.all("newsItem");
    if items.is_empty() {
        items = root.all("nitf");
    }
    if items.is_empty() {
        return Err(Reason::new(format!(
            "`{}` holds no news item with a text",
            root.local()
        )));
    }
    Ok(items)
}

fn draft(item: &Element) -> Result<Draft, Reason> {
    let mut draft = Draft::default();
    if let Some(nitf) = if item.local() == "nitf" {
        Some(item)
    } else {
        item.find("nitf")
    } {
        read_nitf(nitf, &mut draft);
    }
    if item.local() == "newsItem" {
        read_item(item, &mut draft);
    }
    if draft.body.is_empty() {
        let links = item.find("contentSet").is_some_and(|set| {
            ["remoteContent", "inlineData"]
                .iter()
                .any(|name| set.child(name).is_some())
        });
        return Err(Reason::new(if links {
            "its content is kept elsewhere or is no text"
        } else {
            "holds no text"
        }));
    }
    Ok(draft)
}

/// What the item's own metadata say; they stand above those of the text inside.
fn read_item(item: &Element, draft: &mut Draft) {
    let mut filled = std::mem::take(&mut draft.filled);
    let meta = item.child("itemMeta");
    let content = item.child("contentMeta");
    let of_meta = |name: &str| meta.and_then(|m| m.child(name));
    let of_content = |name: &str| content.and_then(|m| m.child(name));
    draft.id = filled.attribute(Ours::Id, item, "guid").or(draft.id.take());
    draft.lang = of_content("language")
        .and_then(|language| filled.attribute(Ours::Lang, language, "tag"))
        .or_else(|| filled.attribute(Ours::Lang, item, "lang"))
        .or(draft.lang.take());
    draft.title = line(of_content("headline"), Ours::Title, &mut filled).or(draft.title.take());
    let dates = [
        of_meta("versionCreated"),
        of_content("contentCreated"),
        of_meta("firstCreated"),
    ];
    let mut dates = dates.into_iter();
    let date = dates.find_map(|date| line(date, Ours::Date, &mut filled));
    if let Some(date) = date {
        match written_date(&date) {
            Some(read) => draft.date = Some(read),
            None => draft.odd_date = Some(date),
        }
    }
    let named = |element: Option<&Element>, ours: Ours, filled: &mut Filled| {
        element.and_then(|e| filled.element(ours, e, name_of(e)))
    };
    let source = named(of_meta("provider"), Ours::Source, &mut filled)
        .or_else(|| named(of_content("infoSource"), Ours::Source, &mut filled));
    if let Some(source) = source {
        draft.source = Some(Stated::given(source));
    }
    let place = of_content("dateline").and_then(Element::line).is_none();
    if place {
        let located = named(of_content("located"), Ours::Place, &mut filled);
        draft.place = located.or(draft.place.take());
    }
    draft.author = line(of_content("by"), Ours::Author, &mut filled)
        .or_else(|| named(of_content("creator"), Ours::Author, &mut filled))
        .or(draft.author.take());
    draft.kind = named(of_content("genre"), Ours::Kind, &mut filled);
    if let Some(content) = content {
        let subjects = content
            .elements()
            .filter(|e| matches!(e.local(), "subject" | "keyword"));
        draft.tags.extend(subjects.filter_map(|subject| {
            let name = name_of(subject).or_else(|| subject.line());
            filled.element(Ours::Tags, subject, name)
        }));
    }
    draft.status = of_meta("pubStatus").and_then(|status| {
        let qcode = filled.attribute(Ours::Status, status, "qcode");
        qcode.or_else(|| filled.attribute(Ours::Status, status, "uri"))
    });
    draft.embargo = line(of_meta("embargoed"), Ours::Embargo, &mut filled);
    for (key, value) in [
        ("edNote", of_meta("edNote").and_then(Element::line)),
        ("slugline", of_content("slugline").and_then(Element::line)),
        ("version", item.attribute("version").map(str::to_owned)),
    ] {
        if let Some(value) = value {
            draft.extra.insert(key.to_owned(), value);
        }
    }
    if draft.body.is_empty()
        && let Some(set) = item.child("contentSet")
    {
        let inline = set.child("inlineXML").and_then(|xml| {
            let body = xml.find("body").unwrap_or(xml);
            filled.element(Ours::Body, xml, paragraphs(body))
        });
        let data = || {
            let data = set.child("inlineData")?;
            filled.element(Ours::Body, data, text_of_data(data))
        };
        draft.body = inline.or_else(data).unwrap_or_default();
    }
    if draft.body.is_empty()
        && let Some(description) = of_content("description")
        && let Some(text) = filled.element(Ours::Body, description, paragraphs(description))
    {
        draft.body = text;
        draft.excerpt = true;
    }
    draft.filled = filled;
}

/// What an element is called by: a name in it, a literal, or a code without its scheme.
fn name_of(element: &Element) -> Option<String> {
    let name = element.child("name").and_then(Element::line);
    name.or_else(|| element.attribute("literal").map(str::to_owned))
        .or_else(|| {
            let code = element
                .attribute("qcode")
                .or_else(|| element.attribute("uri"))?;
            let name = code.split_once(':').map_or(code, |(_, name)| name);
            Some(name.to_owned())
        })
}

fn text_of_data(data: &Element) -> Option<String> {
    let text = data.raw();
    let kind = data.attribute("contenttype").unwrap_or("text/plain");
    match kind {
        _ if data.attribute("encoding").is_some() => None,
        _ if kind.contains("html") => html::text_of(&text).ok(),
        _ if kind.starts_with("text/") => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// The line in an element that may be there.
fn line(element: Option<&Element>, ours: Ours, filled: &mut Filled) -> Option<String> {
    element.and_then(|element| filled.element(ours, element, element.line()))
}

fn paragraphs(element: &Element) -> Option<String> {
    let text = element.paragraphs();
    (!text.is_empty()).then_some(text)
}

fn read_nitf(nitf: &Element, draft: &mut Draft) {
    let head = nitf.child("head");
    let data = head.and_then(|h| h.child("docdata"));
    let body_head = nitf.at(&["body", "body.head"]);
    let of_head = |name: &str| body_head.and_then(|h| h.child(name));
    let mut filled = Filled::default();
    let headline = of_head("hedline").and_then(|h| h.child("hl1"));
    let title = || head.and_then(|h| h.child("title"));
    draft.title = line(headline, Ours::Title, &mut filled)
        .or_else(|| line(title(), Ours::Title, &mut filled));
    let byline = of_head("byline");
    let person = byline.and_then(|b| b.find("person"));
    draft.author =
        line(person, Ours::Author, &mut filled).or_else(|| line(byline, Ours::Author, &mut filled));
    let dateline = of_head("dateline");
    let location = dateline.and_then(|d| d.child("location"));
    draft.place = line(location, Ours::Place, &mut filled);
    let norm = |element: Option<&Element>, ours: Ours, filled: &mut Filled| {
        let element = element?;
        filled
            .attribute(ours, element, "norm")
            .or_else(|| line(Some(element), ours, filled))
    };
    let of_data = |name: &str| data.and_then(|d| d.child(name));
    let dates = [
        dateline.and_then(|d| d.child("story.date")),
        of_data("date.issue"),
        of_data("date.release"),
    ];
    let mut dates = dates.into_iter();
    let date = dates.find_map(|date| norm(date, Ours::Date, &mut filled));
    if let Some(date) = date {
        draft.date = written_date(&date);
        if draft.date.is_none() {
            draft.odd_date = Some(date);
        }
    }
    draft.id = of_data("doc-id").and_then(|id| filled.attribute(Ours::Id, id, "id-string"));
    let source = line(of_head("distributor"), Ours::Source, &mut filled).or_else(|| {
        of_data("doc.copyright").and_then(|c| filled.attribute(Ours::Source, c, "holder"))
    });
    draft.source = source.map(Stated::given);
    if let Some(status) = data.and_then(|d| filled.attribute(Ours::Status, d, "management-status"))
    {
        // Of NITF's own words: advisory, embargoed, hold-for-release, withheld, canceled, killed.
        if status == "embargoed" || status == "hold-for-release" {
            draft.embargo = norm(of_data("date.release"), Ours::Embargo, &mut filled);
        }
        draft.status = Some(status);
    }
    if let Some(list) = of_data("key-list") {
        let words = list.elements();
        draft.tags = words
            .filter_map(|k| filled.attribute(Ours::Tags, k, "key"))
            .collect();
    }
    let content = nitf.at(&["body", "body.content"]);
    let body = content.and_then(|e| filled.element(Ours::Body, e, paragraphs(e)));
    let mut summary = || {
        let summary = of_head("abstract")?;
        filled.element(Ours::Body, summary, paragraphs(summary))
    };
    if let Some(text) = body {
        draft.body = text;
    } else if let Some(text) = summary() {
        draft.body = text;
        draft.excerpt = true;
    }
    draft.filled = filled;
    if let Some(end) = nitf.at(&["body", "body.end"]).and_then(Element::line) {
        draft.extra.insert("body.end".to_owned(), end);
    }
}
