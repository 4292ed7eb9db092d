//! NewsML-G2 (items alone, in a message or a package) and NITF, alone or inside of those.

use super::dates::written_date;
use super::decode::decode;
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
    let meta = item.child("itemMeta");
    let content = item.child("contentMeta");
    let of_meta = |name: &str| meta.and_then(|m| m.child(name)).and_then(Element::line);
    let of_content = |name: &str| content.and_then(|m| m.child(name));
    draft.id = item
        .attribute("guid")
        .map(str::to_owned)
        .or(draft.id.take());
    draft.lang = of_content("language")
        .and_then(|l| l.attribute("tag"))
        .or_else(|| item.attribute("lang"))
        .map(str::to_owned)
        .or(draft.lang.take());
    draft.title = of_content("headline")
        .and_then(Element::line)
        .or(draft.title.take());
    let date = of_meta("versionCreated")
        .or_else(|| of_content("contentCreated").and_then(Element::line))
        .or_else(|| of_meta("firstCreated"));
    if let Some(date) = date {
        match written_date(&date) {
            Some(read) => draft.date = Some(read),
            None => draft.odd_date = Some(date),
        }
    }
    let named = |element: Option<&Element>| {
        let element = element?;
        let name = element.child("name").and_then(Element::line);
        name.or_else(|| element.attribute("literal").map(str::to_owned))
            .or_else(|| {
                let code = element
                    .attribute("qcode")
                    .or_else(|| element.attribute("uri"))?;
                Some(
                    code.split_once(':')
                        .map_or(code, |(_, name)| name)
                        .to_owned(),
                )
            })
    };
    let provider = named(meta.and_then(|m| m.child("provider")));
    if let Some(provider) = provider.or_else(|| named(of_content("infoSource"))) {
        draft.source = Some(Stated::given(provider));
    }
    let place = of_content("dateline").and_then(Element::line).is_none();
    if place {
        draft.place = named(of_content("located")).or(draft.place.take());
    }
    let by = of_content("by").and_then(Element::line);
    draft.author = by
        .or_else(|| named(of_content("creator")))
        .or(draft.author.take());
    draft.kind = named(of_content("genre"));
    if let Some(content) = content {
        let subjects = content
            .elements()
            .filter(|e| matches!(e.local(), "subject" | "keyword"));
        draft
            .tags
            .extend(subjects.filter_map(|s| named(Some(s)).or_else(|| s.line())));
    }
    let status = meta.and_then(|m| m.child("pubStatus"));
    draft.status = status
        .and_then(|s| s.attribute("qcode").or_else(|| s.attribute("uri")))
        .map(str::to_owned);
    draft.embargo = of_meta("embargoed");
    for (key, value) in [
        ("edNote", of_meta("edNote")),
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
        let inline = set.child("inlineXML").map(|xml| {
            xml.find("body")
                .map_or_else(|| xml.paragraphs(), Element::paragraphs)
        });
        let data = set.child("inlineData").and_then(|data| {
            let text = data.raw();
            let kind = data.attribute("contenttype").unwrap_or("text/plain");
            match kind {
                _ if data.attribute("encoding").is_some() => None,
                _ if kind.contains("html") => html::text_of(&text).ok(),
                _ if kind.starts_with("text/") => Some(text.trim().to_owned()),
                _ => None,
            }
        });
        draft.body = inline
            .filter(|t| !t.is_empty())
            .or(data)
            .unwrap_or_default();
    }
    if draft.body.is_empty() {
        let description = of_content("description").map(Element::paragraphs);
        if let Some(text) = description.filter(|t| !t.is_empty()) {
            draft.body = text;
            draft.excerpt = true;
        }
    }
}

fn read_nitf(nitf: &Element, draft: &mut Draft) {
    let head = nitf.child("head");
    let data = head.and_then(|h| h.child("docdata"));
    let body_head = nitf.at(&["body", "body.head"]);
    let of_head = |name: &str| body_head.and_then(|h| h.child(name));
    draft.title = of_head("hedline")
        .and_then(|h| h.child("hl1"))
        .and_then(Element::line)
        .or_else(|| head.and_then(|h| h.child("title")).and_then(Element::line));
    let byline = of_head("byline");
    draft.author = byline
        .and_then(|b| b.find("person"))
        .and_then(Element::line)
        .or_else(|| byline.and_then(Element::line));
    let dateline = of_head("dateline");
    draft.place = dateline
        .and_then(|d| d.child("location"))
        .and_then(Element::line);
    let norm = |element: Option<&Element>| {
        let element = element?;
        element
            .attribute("norm")
            .map(str::to_owned)
            .or_else(|| element.line())
    };
    let date = norm(dateline.and_then(|d| d.child("story.date")))
        .or_else(|| norm(data.and_then(|d| d.child("date.issue"))))
        .or_else(|| norm(data.and_then(|d| d.child("date.release"))));
    if let Some(date) = date {
        draft.date = written_date(&date);
        if draft.date.is_none() {
            draft.odd_date = Some(date);
        }
    }
    draft.id = data
        .and_then(|d| d.child("doc-id"))
        .and_then(|i| i.attribute("id-string"))
        .map(str::to_owned);
    let source = of_head("distributor").and_then(Element::line).or_else(|| {
        let holder = data.and_then(|d| d.child("doc.copyright"));
        holder
            .and_then(|h| h.attribute("holder"))
            .map(str::to_owned)
    });
    draft.source = source.map(Stated::given);
    if let Some(status) = data.and_then(|d| d.attribute("management-status")) {
        // Of NITF's own words: advisory, embargoed, hold-for-release, withheld, canceled, killed.
        draft.status = Some(status.to_owned());
        if status == "embargoed" || status == "hold-for-release" {
            draft.embargo = norm(data.and_then(|d| d.child("date.release")));
        }
    }
    if let Some(list) = data.and_then(|d| d.child("key-list")) {
        let words = list.elements().filter_map(|k| k.attribute("key"));
        draft.tags = words.map(str::to_owned).collect();
    }
    let content = nitf.at(&["body", "body.content"]);
    draft.body = content.map_or_else(String::new, Element::paragraphs);
    if draft.body.is_empty()
        && let Some(text) = of_head("abstract").map(Element::paragraphs)
    {
        draft.excerpt = !text.is_empty();
        draft.body = text;
    }
    if let Some(end) = nitf.at(&["body", "body.end"]).and_then(Element::line) {
        draft.extra.insert("body.end".to_owned(), end);
    }
}
