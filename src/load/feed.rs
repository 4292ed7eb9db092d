//! Feeds: RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom; one statement an entry. The text is the fullest an
//! entry has; where that is a summary only, the statement is marked as an excerpt. Links are kept, never
//! followed.

use super::aliases::Ours;
use super::dates::written_date;
use super::decode::decode;
use super::filled::Filled;
use super::format::{Draft, Format, Reason, Sink};
use super::html;
use super::open::Source;
use super::xml::{self, Element, Node};
use crate::model::Stated;
use std::ops::ControlFlow;

/// The format.
pub struct Feed;

/// Elements that hold one entry.
const ENTRIES: [&str; 2] = ["item", "entry"];

impl Format for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        matches!(extension, "rss" | "atom")
            || (!matches!(extension, "txt" | "md" | "json" | "jsonl")
                && xml::root_name(head).is_some_and(|root| {
                    let root = root.to_ascii_lowercase();
                    matches!(root.as_str(), "rss" | "feed" | "rdf" | "entry" | "channel")
                }))
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let bytes = source.all()?;
        let declared = xml::declared_charset(&bytes);
        let decoded = decode(bytes, declared.as_deref())?;
        let site = site(&decoded.text);
        let mut number = 0;
        let mut going = ControlFlow::Continue(());
        let mut rest = decoded.text.as_str();
        loop {
            let read = xml::each(rest, &ENTRIES, &mut |entry| {
                number += 1;
                going = match draft(&entry, &site) {
                    Ok(draft) => sink.draft(Draft {
                        record: Some(number),
                        charset: decoded.charset,
                        charset_guessed: decoded.guessed && number == 1,
                        replacements: if number == 1 { decoded.replacements } else { 0 },
                        ..draft
                    }),
                    Err(reason) => sink.bad_record(format!("record {number}"), reason),
                };
                going
            });
            if going.is_break() {
                return Ok(going);
            }
            let broken = match read {
                Ok(_) if number == 0 => return Err(Reason::new("the feed holds no entries")),
                Ok(_) => return Ok(going),
                Err(broken) => broken,
            };
            // One bad entry does not take the others with it.
            let behind = rest.get(broken.at..).and_then(next_entry);
            let Some(behind) = behind.filter(|_| broken.at > 0) else {
                return match number {
                    0 => Err(broken.reason),
                    _ => Ok(sink.bad_record(format!("record {}", number + 1), broken.reason)),
                };
            };
            number += 1;
            let reason = Reason {
                remedy: "the entries behind it were read",
                ..broken.reason
            };
            if sink
                .bad_record(format!("record {number}"), reason)
                .is_break()
            {
                return Ok(ControlFlow::Break(()));
            }
            rest = behind;
        }
    }
}

/// `text` from where its next entry begins; the one it begins in is passed over.
fn next_entry(text: &str) -> Option<&str> {
    let begins = ENTRIES
        .iter()
        .flat_map(|name| [format!("<{name}>"), format!("<{name} ")]);
    let at = begins.filter_map(|tag| text.find(&tag)).min()?;
    text.get(at..)
}

/// What the feed says of itself, before its first entry.
#[derive(Debug, Default)]
struct Site {
    title: Option<String>,
    link: Option<String>,
    lang: Option<String>,
    author: Option<String>,
}

/// Reads the head of a feed; stops at its first entry.
fn site(text: &str) -> Site {
    let behind = next_entry(text).map_or(0, str::len);
    let head = text.get(..text.len() - behind).unwrap_or(text);
    // The elements are open still: what they hold is told one by one.
    let mut site = Site::default();
    let names = [
        "title",
        "link",
        "author",
        "language",
        "image",
        "textinput",
        "textInput",
    ];
    let _ = xml::each(head, &names, &mut |element| {
        match element.local() {
            "title" => site.title = site.title.take().or_else(|| plain_line(&element)),
            "link" => site.link = site.link.take().or_else(|| link(&element)),
            "author" => site.author = site.author.take().or_else(|| person(&element)),
            "language" => site.lang = site.lang.take().or_else(|| element.line()),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    site
}

/// The address of a link element of either kind; not that of the feed itself.
fn link(element: &Element) -> Option<String> {
    match element.attribute("href") {
        Some(href) if matches!(element.attribute("rel"), None | Some("alternate")) => {
            Some(href.to_owned())
        }
        Some(_) => None,
        None => element.line(),
    }
}

/// The name of a person, or all that is said of them.
fn person(element: &Element) -> Option<String> {
    let name = element.child("name");
    name.map_or_else(|| element.line(), Element::line)
}

/// The first element of these names that holds a line.
fn line(entry: &Element, names: &[&str], ours: Ours, filled: &mut Filled) -> Option<String> {
    let mut found = names.iter().filter_map(|name| entry.child(name));
    found.find_map(|element| filled.element(ours, element, element.line()))
}

fn draft(entry: &Element, site: &Site) -> Result<Draft, Reason> {
    let mut filled = Filled::default();
    let (body, excerpt) = body(entry, &mut filled)?;
    let title = entry
        .child("title")
        .and_then(|title| filled.element(Ours::Title, title, plain_line(title)));
    let dates = [
        "pubDate",
        "published",
        "issued",
        "dc:date",
        "date",
        "updated",
        "modified",
    ];
    let date = line(entry, &dates, Ours::Date, &mut filled);
    let read = date.as_deref().and_then(written_date);
    let authors = entry.elements().filter(|e| {
        matches!(
            e.name.as_str(),
            "author" | "dc:creator" | "creator" | "atom:author"
        )
    });
    let authors: Vec<String> = authors
        .filter_map(|author| filled.element(Ours::Author, author, person(author)))
        .collect();
    let of_site = |filled: &mut Filled, ours, name: &str, value: &Option<String>| {
        filled.take(ours, &format!("<{name}> of the feed"), value.clone())
    };
    let author = (!authors.is_empty())
        .then(|| authors.join(", "))
        .or_else(|| of_site(&mut filled, Ours::Author, "author", &site.author));
    let tags = entry
        .elements()
        .filter(|e| matches!(e.local(), "category" | "keywords") || e.name == "dc:subject");
    let tags = tags
        .filter_map(|t| {
            let tag = t.attribute("term").map(str::to_owned).or_else(|| t.line());
            filled.element(Ours::Tags, t, tag)
        })
        .collect();
    let own = entry.child("source");
    let source = own
        .and_then(|s| {
            let title = s.child("title").map_or_else(|| s.line(), Element::line);
            filled.element(Ours::Source, s, title)
        })
        .or_else(|| {
            let names = ["dc:publisher", "dc:source"];
            line(entry, &names, Ours::Source, &mut filled)
        })
        .or_else(|| of_site(&mut filled, Ours::Source, "title", &site.title));
    let mut links = entry.elements().filter(|e| e.local() == "link");
    let url = links
        .find_map(|e| filled.element(Ours::Url, e, link(e)))
        .or_else(|| filled.attribute(Ours::Url, entry, "about"));
    let lang = filled
        .attribute(Ours::Lang, entry, "lang")
        .or_else(|| of_site(&mut filled, Ours::Lang, "language", &site.lang));
    let id = line(entry, &["guid", "id"], Ours::Id, &mut filled).or_else(|| url.clone());
    let mut extra = std::collections::BTreeMap::new();
    if let Some(site) = &site.link {
        extra.insert("feed".to_owned(), site.clone());
    }
    Ok(Draft {
        id,
        title,
        odd_date: if read.is_none() { date } else { None },
        date: read,
        source: source.map(Stated::given),
        author,
        url,
        lang,
        tags,
        body,
        excerpt,
        extra,
        filled,
        ..Draft::default()
    })
}

/// A title: feeds put HTML into it, whole or as references to references.
fn plain_line(element: &Element) -> Option<String> {
    let line = element.line()?;
    if !line.contains('&') && !line.contains('<') {
        return Some(line);
    }
    let text = html::text_of(&line).unwrap_or(line);
    Some(crate::text::single_spaced(&text))
}

/// The fullest text of an entry, and whether it is only a summary; the title where there is no other.
fn body(entry: &Element, filled: &mut Filled) -> Result<(String, bool), Reason> {
    let full = ["content:encoded", "body", "content", "fulltext"];
    let short = ["description", "summary", "subtitle"];
    let mut text = |names: &[&str]| {
        let mut found = names.iter().filter_map(|name| entry.child(name));
        found.find_map(|element| filled.element(Ours::Body, element, text_of(element)))
    };
    if let Some(text) = text(&full) {
        return Ok((text, false));
    }
    // A description without markup or of a few sentences is what a feed shows of a longer text.
    if let Some(text) = text(&short) {
        return Ok((text, true));
    }
    let title = entry.child("title");
    title
        .and_then(|title| filled.element(Ours::Body, title, plain_line(title)))
        .map(|title| (title, true))
        .ok_or_else(|| Reason::new("the entry holds no text"))
}

/// The text of one element: XHTML inside, HTML in text, or text.
fn text_of(element: &Element) -> Option<String> {
    let is_markup = element.elements().next().is_some();
    if is_markup {
        let text = element.paragraphs();
        return (!text.is_empty()).then_some(text);
    }
    let written: String = element
        .inside
        .iter()
        .filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        })
        .collect();
    if written.trim().is_empty() {
        return None;
    }
    let kind = element.attribute("type").unwrap_or("");
    let plain = matches!(kind, "text" | "text/plain");
    if plain || !(written.contains('<') || written.contains('&')) {
        return Some(written.trim().to_owned());
    }
    html::text_of(&written).ok()
}
