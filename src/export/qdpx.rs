//! REFI-QDA (QDPX): a zip archive with `project.qde` and the text of each statement under `sources`, which
//! programs for qualitative analysis import. Each kind of passage is a code, each passage a selection of
//! plain text that is coded with it; positions are code points. Keeps all passages until the last, since the
//! sources stand together and before nothing else.

use super::archive::{Archive, xml};
use super::{Format, Options, Passages, citation, identity};
use crate::model::{Passage, Place};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

/// REFI-QDA.
pub(super) struct Qdpx;

const OPENING: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n",
    "<Project xmlns=\"urn:QDA-XML:project:1.0\" ",
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ",
    "xsi:schemaLocation=\"urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd\" ",
    "name=\"Passages\" origin=\"dictum ",
    env!("CARGO_PKG_VERSION"),
    "\">\n"
);

impl Format for Qdpx {
    fn name(&self) -> &'static str {
        "qdpx"
    }
    fn extension(&self) -> &'static str {
        "qdpx"
    }
    fn label(&self) -> &'static str {
        "REFI-QDA project"
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
        let mut sources: BTreeMap<String, (Arc<str>, Vec<Cow<'_, Passage>>)> = BTreeMap::new();
        let mut codes = BTreeSet::new();
        for passage in passages {
            codes.extend(codes_of(&passage));
            let text = options.text_of(&passage)?;
            let id = passage.statement.clone();
            sources
                .entry(id)
                .or_insert((text, Vec::new()))
                .1
                .push(passage);
        }
        let mut archive = Archive::new(out);
        archive.file("project.qde")?;
        archive.write_all(project(&codes, &sources).as_bytes())?;
        for (id, (text, _)) in &sources {
            archive.file(&format!("sources/{}.txt", guid(&format!("source {id}"))))?;
            archive.write_all(text.as_bytes())?;
        }
        archive.finish()
    }
}

fn guid(what: &str) -> String {
    identity::uuid(what).to_uppercase()
}

/// What it is, and the reader's tags.
fn codes_of(passage: &Passage) -> Vec<String> {
    let kind = match &passage.claim_type {
        Some(claim) => format!("claim: {claim}"),
        None => citation::kind_words(passage.kind).to_owned(),
    };
    let tags = passage.tags.iter().map(|tag| format!("tag: {tag}"));
    std::iter::once(kind).chain(tags).collect()
}

fn project(
    codes: &BTreeSet<String>,
    sources: &BTreeMap<String, (Arc<str>, Vec<Cow<'_, Passage>>)>,
) -> String {
    let mut out = OPENING.to_owned();
    let user = guid("user dictum");
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "<Users><User guid=\"{user}\" name=\"dictum\"/></Users>"
    );
    if !codes.is_empty() {
        out.push_str("<CodeBook><Codes>\n");
        for code in codes {
            let id = guid(&format!("code {code}"));
            let _ = writeln!(
                out,
                "<Code guid=\"{id}\" name=\"{}\" isCodable=\"true\"/>",
                xml(code)
            );
        }
        out.push_str("</Codes></CodeBook>\n");
    }
    if !sources.is_empty() {
        out.push_str("<Sources>\n");
        for (id, (_, passages)) in sources {
            source(id, passages, &user, &mut out);
        }
        out.push_str("</Sources>\n");
    }
    out.push_str("</Project>\n");
    out
}

fn source(id: &str, passages: &[Cow<'_, Passage>], user: &str, out: &mut String) {
    let own = guid(&format!("source {id}"));
    let about = passages
        .first()
        .map(|p| citation::plain(&whole(p)))
        .unwrap_or_default();
    let _ = writeln!(
        out,
        "<TextSource guid=\"{own}\" name=\"{}\" plainTextPath=\"internal://{own}.txt\" creatingUser=\"{user}\">\n\
         <Description>{}</Description>",
        xml(id),
        xml(&about)
    );
    for passage in passages {
        for (at, place) in passage.places.iter().enumerate() {
            selection(passage, at, place, user, out);
        }
    }
    out.push_str("</TextSource>\n");
}

fn selection(passage: &Passage, at: usize, place: &Place, user: &str, out: &mut String) {
    let name = format!("{} {at}", identity::place_id(passage));
    let own = guid(&format!("selection {name}"));
    let shown: String = place.exact.chars().take(80).collect();
    let speaker = passage.speaker.as_deref().unwrap_or("no speaker found");
    let mut about = format!("{speaker}: {}", citation::words(passage));
    if !passage.note.is_empty() {
        about.push_str(&format!("\n{}", passage.note));
    }
    let _ = writeln!(
        out,
        "<PlainTextSelection guid=\"{own}\" name=\"{}\" startPosition=\"{}\" endPosition=\"{}\" creatingUser=\"{user}\">\n\
         <Description>{}</Description>",
        xml(&shown),
        place.start,
        place.end,
        xml(&about)
    );
    for code in codes_of(passage) {
        let coding = guid(&format!("coding {name} {code}"));
        let code = guid(&format!("code {code}"));
        let _ = writeln!(
            out,
            "<Coding guid=\"{coding}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{code}\"/></Coding>"
        );
    }
    out.push_str("</PlainTextSelection>\n");
}

/// The passage as if it were the whole statement, to cite that.
fn whole(passage: &Passage) -> Passage {
    Passage {
        kind: crate::model::PassageKind::Selection,
        places: Vec::new(),
        speaker: None,
        on_behalf_of: None,
        source_as_written: None,
        claim_type: None,
        ..passage.clone()
    }
}
