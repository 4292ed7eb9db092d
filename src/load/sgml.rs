//! Reuters-21578: news in SGML as that collection of 1987 has it, many to a file. No other SGML is read.
//! The collection's files are no XML (references to control characters, several roots), and each of
//! their records has the same few elements, so they are looked up by name.

use super::aliases::Ours;
use super::dates::written_date;
use super::decode::decode;
use super::filled::Filled;
use super::format::{Draft, Format, Reason, Sink};
use super::open::Source;
use crate::model::Stated;
use std::ops::ControlFlow;

/// The format.
pub struct Reuters;

impl Format for Reuters {
    fn name(&self) -> &'static str {
        "reuters-sgml"
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        let start = super::format::text_start(head);
        matches!(extension, "sgm" | "sgml")
            || start.starts_with(b"<!DOCTYPE lewis")
            || start.starts_with(b"<REUTERS ")
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        let decoded = decode(source.all()?, None)?;
        let mut number = 0;
        let mut rest = decoded.text.as_str();
        while let Some((_, after)) = rest.split_once("<REUTERS") {
            number += 1;
            let place = format!("record {number}");
            let Some((record, behind)) = after.split_once("</REUTERS>") else {
                return Ok(sink.bad_record(place, Reason::new("the record is cut off")));
            };
            rest = behind;
            let going = match draft(record) {
                Ok(draft) => sink.draft(Draft {
                    record: Some(number),
                    charset: decoded.charset,
                    charset_guessed: decoded.guessed && number == 1,
                    replacements: if number == 1 { decoded.replacements } else { 0 },
                    ..draft
                }),
                Err(reason) => sink.bad_record(place, reason),
            };
            if going.is_break() {
                return Ok(going);
            }
        }
        if number == 0 {
            return Err(Reason::new("is SGML, but holds no <REUTERS> record"));
        }
        Ok(ControlFlow::Continue(()))
    }
}

fn draft(record: &str) -> Result<Draft, Reason> {
    let (attributes, inside) = record.split_once('>').unwrap_or(("", record));
    let text = between(inside, "TEXT").unwrap_or("");
    // Some records have no BODY: their text stands in TEXT, behind the title.
    let mut filled = Filled::default();
    let in_body = filled.take(Ours::Body, "<BODY>", between(text, "BODY"));
    let body = in_body.unwrap_or_else(|| {
        filled.note(Ours::Body, "<TEXT>");
        let (_, content) = text.split_once('>').unwrap_or(("", text));
        let ends = ["</TITLE>", "</AUTHOR>", "</DATELINE>"];
        ends.iter().fold(content, |rest, end| {
            rest.rsplit_once(end).map_or(rest, |(_, body)| body)
        })
    });
    let body = resolved(body);
    let body = body.trim_end_matches(['\u{3}', '\n', ' ', '\r']);
    let body = body.trim_start_matches(['\u{2}', '\n', '\r']);
    if body.trim().is_empty() {
        return Err(Reason::new("holds no text"));
    }
    let mut line = |ours: Ours, name: &str, inside: &str| {
        let text = resolved(between(inside, name)?);
        let text = crate::text::single_spaced(&text);
        let text = text.trim().trim_end_matches(['-', ' ']).to_owned();
        filled.take(
            ours,
            &format!("<{name}>"),
            (!text.is_empty()).then_some(text),
        )
    };
    let date = line(Ours::Date, "DATE", inside);
    let title = line(Ours::Title, "TITLE", text);
    let author = line(Ours::Author, "AUTHOR", text);
    // `    LONDON, March 3`: the place stands before the first comma that a month follows.
    let dateline = line(Ours::Place, "DATELINE", text);
    let place = dateline.as_deref().map(place);
    let read = date.as_deref().and_then(written_date);
    let mut tags = Vec::new();
    for list in [
        "TOPICS",
        "PLACES",
        "PEOPLE",
        "ORGS",
        "EXCHANGES",
        "COMPANIES",
    ] {
        let mut rest = between(inside, list).unwrap_or("");
        while let Some(word) = between(rest, "D") {
            filled.note(Ours::Tags, "<D>");
            tags.push(resolved(word));
            rest = rest.split_once("</D>").map_or("", |(_, rest)| rest);
        }
    }
    let id = attributes
        .split_once("NEWID=\"")
        .and_then(|(_, id)| id.split('"').next());
    filled.note(Ours::Source, "the collection");
    let id = id.map(|id| format!("reuters-{id}"));
    Ok(Draft {
        id: filled.take(Ours::Id, "<REUTERS NEWID>", id),
        body: body.to_owned(),
        title,
        odd_date: if read.is_none() { date } else { None },
        date: read,
        place: place.filter(|p| !p.is_empty()),
        source: Some(Stated::given("Reuters".to_owned())),
        author,
        tags,
        filled,
        ..Draft::default()
    })
}

/// The place of a dateline: without the date behind it.
fn place(dateline: &str) -> String {
    let parts: Vec<&str> = dateline.split(", ").collect();
    let kept = parts.iter().take_while(|part| {
        let word = part.split(' ').next().unwrap_or("");
        super::dates::month(word).is_none()
    });
    kept.copied().collect::<Vec<_>>().join(", ")
}

/// What stands in the first element of a name, attributes and all where it has any.
fn between<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let open = format!("<{name}");
    let mut rest = text;
    let inside = loop {
        let (_, after) = rest.split_once(&open)?;
        match after.chars().next()? {
            '>' => break after.get(1..)?,
            c if c.is_whitespace() => break after,
            // Another name that begins alike: DATELINE, when DATE is asked for.
            _ => rest = after,
        }
    };
    inside
        .split_once(&format!("</{name}>"))
        .map(|(inside, _)| inside)
}

/// Text with its references resolved: only these occur.
fn resolved(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let character = reference.and_then(|(name, _)| match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?),
        });
        match (character, reference) {
            (Some(character), Some((_, behind))) => {
                out.push(character);
                rest = behind;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_record_of_the_collection_is_read() {
        let record = " TOPICS=\"YES\" NEWID=\"14\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>cocoa</D><D>trade</D></TOPICS>\n<PLACES><D>usa</D></PLACES>\n<PEOPLE></PEOPLE>\n<UNKNOWN>\n&#5;&#5;f0704</UNKNOWN>\n<TEXT>&#2;\n<TITLE>AT&amp;T SAYS &lt;T> WILL SELL</TITLE>\n<DATELINE>    NEW YORK, Feb 26 - </DATELINE><BODY>The minister said &lt;no>.\n Reuter\n&#3;</BODY></TEXT>\n";
        let draft = draft(record).unwrap();
        assert_eq!(draft.id.as_deref(), Some("reuters-14"));
        assert_eq!(draft.title.as_deref(), Some("AT&T SAYS <T> WILL SELL"));
        assert_eq!(draft.place.as_deref(), Some("NEW YORK"));
        assert_eq!(draft.date.unwrap().as_str().get(..10), Some("1987-02-26"));
        assert_eq!(draft.tags, ["cocoa", "trade", "usa"]);
        assert_eq!(draft.body, "The minister said <no>.\n Reuter");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(<REUTERS|>|</?(TEXT|BODY|TITLE|D|DATE|DATELINE)>?|&#?[a-z0-9]{0,9};?|\\PC{0,5}){0,30}") {
            let _ = (draft(&text), between(&text, "D"), resolved(&text));
        }
    }
}
