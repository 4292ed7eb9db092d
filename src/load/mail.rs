//! Mail: one message (.eml) or many (mbox). The text part is taken, or else the HTML part; flowed lines
//! are joined as RFC 3676 says, for their breaks are the sender's program's and not the writer's.
//! Attachments are counted and left alone.

use super::aliases::Ours;
use super::filled::Filled;
use super::format::{Draft, Format, Reason, Sink};
use super::html;
use super::open::{LineFault, Source, too_large};
use crate::model::{IsoDate, Stated};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::ops::ControlFlow;

/// The format: one message, or a box of them.
pub struct Mail {
    /// `mail` or `mbox`.
    pub name: &'static str,
}

/// Headers a message begins with.
const FIRST: [&str; 10] = [
    "return-path",
    "received",
    "from",
    "date",
    "message-id",
    "mime-version",
    "subject",
    "delivered-to",
    "to",
    "content-type",
];

impl Format for Mail {
    fn name(&self) -> &'static str {
        self.name
    }

    fn fits(&self, extension: &str, head: &[u8]) -> bool {
        if self.name == "mbox" {
            return matches!(extension, "mbox" | "mbx") || (extension.is_empty() && is_box(head));
        }
        extension == "eml" || (extension.is_empty() && is_message(head))
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        sink: &mut dyn Sink,
    ) -> Result<ControlFlow<()>, Reason> {
        if self.name == "mbox" || is_box(source.head()?) {
            return each(source, sink);
        }
        let bytes = source.all()?;
        Ok(sink.draft(draft(&bytes)?))
    }
}

/// True for a line `From …` with a header behind it.
fn is_box(head: &[u8]) -> bool {
    let mut lines = head.split(|b| *b == b'\n');
    lines.next().is_some_and(|line| line.starts_with(b"From "))
        && lines.next().is_some_and(|line| header(line).is_some())
}

/// True for lines of headers of which one is found in mail alone.
fn is_message(head: &[u8]) -> bool {
    let mut lines = head.split(|b| *b == b'\n').take(60);
    let first = lines.next().and_then(header);
    first.is_some_and(|name| FIRST.contains(&name.as_str()) || name.starts_with("x-"))
        && lines
            .take_while(|line| !line.trim_ascii().is_empty())
            .filter_map(header)
            .any(|name| matches!(name.as_str(), "message-id" | "mime-version" | "received"))
}

/// The name of a header line.
fn header(line: &[u8]) -> Option<String> {
    let at = memchr::memchr(b':', line)?;
    let name = line.get(..at).filter(|name| !name.is_empty())?;
    name.iter()
        .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        .then(|| String::from_utf8_lossy(name).to_lowercase())
}

/// Reads a box message by message: each begins with `From ` behind a blank line.
fn each(source: &mut Source<'_>, sink: &mut dyn Sink) -> Result<ControlFlow<()>, Reason> {
    let limit = source.limit();
    let mut line = Vec::new();
    let mut message: Vec<u8> = Vec::new();
    let (mut number, mut blank, mut too_long) = (0usize, true, false);
    loop {
        let read = match source.line(&mut line) {
            Ok(read) => read,
            Err(LineFault::Line(_)) => {
                too_long = true;
                continue;
            }
            Err(LineFault::End(reason)) => {
                return Ok(sink.bad_record(format!("message {}", number + 1), reason));
            }
        };
        if !read || (blank && line.starts_with(b"From ")) {
            if number > 0 && (!message.is_empty() || too_long) {
                let place = format!("message {number}");
                let going = match draft(&message) {
                    _ if too_long => sink.bad_record(place, too_large(limit)),
                    Ok(draft) => sink.draft(Draft {
                        record: Some(number),
                        ..draft
                    }),
                    Err(reason) => sink.bad_record(place, reason),
                };
                if going.is_break() {
                    return Ok(going);
                }
            }
            if !read {
                return Ok(ControlFlow::Continue(()));
            }
            number += 1;
            message.clear();
            too_long = false;
            blank = false;
            continue;
        }
        blank = line.is_empty();
        if too_long || (message.len() + line.len()) as u64 > limit {
            too_long = true;
            message.clear();
            continue;
        }
        // A line of the text that began with `From ` was given a mark when it was put into the box.
        let marks = line.iter().take_while(|b| **b == b'>').count();
        let quoted = marks > 0 && line.get(marks..).is_some_and(|l| l.starts_with(b"From "));
        message.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or(&[]));
        message.push(b'\n');
    }
}

fn draft(bytes: &[u8]) -> Result<Draft, Reason> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| Reason::new("is no mail: it has no headers"))?;
    let mut filled = Filled::default();
    let body = body(&message, &mut filled)?;
    let from = message.from().and_then(|a| a.first());
    let name = from.and_then(|a| a.name()).map(str::to_owned);
    let address = from.and_then(|a| a.address()).map(str::to_owned);
    let date = message
        .date()
        .filter(|d| d.is_valid())
        .and_then(|d| IsoDate::new(&d.to_rfc3339()));
    let odd_date = match (&date, message.header_raw("Date")) {
        (None, Some(written)) => Some(written.trim().to_owned()),
        _ => None,
    };
    let line = |text: &str| {
        let text = crate::text::single_spaced(text);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let organization = message.header_raw("Organization").and_then(line);
    let title = message.subject().and_then(line);
    let mut extra = std::collections::BTreeMap::new();
    if let Some(address) = &address {
        extra.insert("from".to_owned(), address.clone());
    }
    let attachments: Vec<String> = message
        .attachments()
        .map(|a| a.attachment_name().unwrap_or("(no name)").to_owned())
        .collect();
    if !attachments.is_empty() {
        extra.insert("attachments".to_owned(), attachments.join(", "));
    }
    let charset = message
        .text_bodies()
        .next()
        .and_then(|p| p.content_type()?.attribute("charset"))
        .and_then(super::decode::known_name)
        .unwrap_or("UTF-8");
    Ok(Draft {
        id: filled.take(
            Ours::Id,
            "Message-ID:",
            message.message_id().map(str::to_owned),
        ),
        title: filled.take(Ours::Title, "Subject:", title),
        date: filled.take(Ours::Date, "Date:", date),
        odd_date,
        source: filled
            .take(Ours::Source, "Organization:", organization)
            .map(Stated::given),
        author: filled.take(Ours::Author, "From:", name.or(address)),
        replacements: body.matches('\u{FFFD}').count(),
        charset,
        body,
        extra,
        filled,
        ..Draft::default()
    })
}

/// The text of all parts that are shown, those of a forwarded message too where there is no other.
fn body(message: &Message<'_>, filled: &mut Filled) -> Result<String, Reason> {
    let parts: Vec<String> = message
        .text_bodies()
        .filter_map(|part| {
            let text = text_of(part).filter(|text| !text.trim().is_empty());
            let from = match part.body {
                PartType::Html(_) => "the HTML part",
                _ => "the text part",
            };
            filled.take(Ours::Body, from, text)
        })
        .collect();
    if !parts.is_empty() {
        return Ok(parts.join("\n\n"));
    }
    Err(Reason::new(if message.attachment_count() > 0 {
        "the message holds attachments and no text"
    } else {
        "the message holds no text"
    }))
}

fn text_of(part: &MessagePart<'_>) -> Option<String> {
    match &part.body {
        PartType::Text(text) => {
            let kind = part.content_type();
            let is = |name: &str, value: &str| {
                kind.and_then(|k| k.attribute(name))
                    .is_some_and(|v| v.eq_ignore_ascii_case(value))
            };
            let text = text.replace("\r\n", "\n");
            let text = if is("format", "flowed") {
                flowed(&text, is("delsp", "yes"))
            } else {
                text
            };
            Some(text.trim_matches('\n').to_owned())
        }
        PartType::Html(page) => html::text_of(page).ok(),
        _ => None,
    }
}

/// Joins the lines of a flowed text: one that ends with a space goes on in the next of its depth.
fn flowed(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of the line that goes on.
    let mut goes_on: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let words = line.get(depth..).unwrap_or("");
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == "-- ";
        if goes_on != Some(depth) || is_signature {
            if !out.is_empty() {
                out.push('\n');
            }
            if depth > 0 {
                out.extend(std::iter::repeat_n('>', depth));
                out.push(' ');
            }
        }
        let flows = words.ends_with(' ') && !is_signature;
        out.push_str(if flows && delete_space {
            words.strip_suffix(' ').unwrap_or(words)
        } else {
            words
        });
        goes_on = flows.then_some(depth);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn flowed_lines_are_joined_and_others_are_not() {
        let text = "We will \nnot yield.\n\n> He said \n> so.\n> > deep \nEnd\n-- \nThe \nOffice";
        assert_eq!(
            flowed(text, false),
            "We will not yield.\n\n> He said so.\n> > deep \nEnd\n-- \nThe Office"
        );
        assert_eq!(flowed("小さ \nい", true), "小さい");
        assert_eq!(flowed(" From here\n  two", false), "From here\n two");
    }

    #[test]
    fn parts_words_and_dates_are_read() {
        let text = "From: =?utf-8?Q?Minist=C3=A8re?= <press@example.org>\r\nSubject: =?iso-8859-1?Q?D=E9claration?=\r\nDate: Sun, 12 Oct 2025 10:00:00 +0800\r\nMessage-ID: <a@b>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>No</p>\r\n--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nNous refusons d=E9sormais.\r\n--x--\r\n";
        let draft = draft(text.as_bytes()).unwrap();
        assert_eq!(draft.body, "Nous refusons désormais.");
        assert_eq!(draft.title.as_deref(), Some("Déclaration"));
        assert_eq!(draft.author.as_deref(), Some("Ministère"));
        assert_eq!(draft.date.unwrap().as_str(), "2025-10-12T10:00:00+08:00");
        assert_eq!(draft.id.as_deref(), Some("a@b"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = draft(&bytes);
            let mut mail = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".to_vec();
            mail.extend(bytes);
            let _ = draft(&mail);
        }
    }
}
