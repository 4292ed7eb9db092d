//! schema.org JSON-LD: exact speech as `Quotation`, claims as `Claim`, all else as a `CreativeWork` that
//! says what it is. Never `ClaimReview`: that asserts a verdict, and none is made here.
//!
//! Whether a name is a person's or an organisation's is not known here, so names have no type.

use super::json::list;
use super::reference::{Reference, derived};
use super::{Format, Options, Passages, citation, identity};
use crate::model::{Passage, PassageKind};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// schema.org.
pub(super) struct Linked;

impl Format for Linked {
    fn name(&self) -> &'static str {
        "schema-org"
    }
    fn extension(&self) -> &'static str {
        "schema.jsonld"
    }
    fn label(&self) -> &'static str {
        "schema.org JSON-LD"
    }
    fn write(
        &self,
        passages: Passages<'_, '_>,
        out: &mut dyn Write,
        _: &Options<'_>,
    ) -> io::Result<()> {
        out.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":[")?;
        list(passages, out, |passage| node(&passage))?;
        out.write_all(b"\n]}\n")
    }
}

fn node(passage: &Passage) -> Value {
    let kind = match passage.kind {
        PassageKind::Direct => "Quotation",
        PassageKind::Claim => "Claim",
        _ => "CreativeWork",
    };
    let name = format!("{} {}", identity::place_id(passage), passage.text_sha256);
    let mut node = Map::new();
    let mut add = |key: &str, value: Value| {
        if !value.is_null() {
            node.insert(key.to_owned(), value);
        }
    };
    add("@type", json!(kind));
    add("@id", json!(format!("urn:uuid:{}", identity::uuid(&name))));
    add("identifier", json!(identity::place_id(passage)));
    add("text", json!(passage.exact()));
    let genre = passage
        .claim_type
        .as_deref()
        .unwrap_or(citation::kind_words(passage.kind));
    add("genre", json!(genre));
    let speaker = passage.speaker.as_ref().map(|name| json!({ "name": name }));
    let (who, held) = match passage.kind {
        PassageKind::Direct => ("spokenByCharacter", "isPartOf"),
        PassageKind::Claim => ("author", "appearance"),
        // Whose words a paraphrase is in is not said; who it is about is.
        _ => ("mentions", "isPartOf"),
    };
    add(who, json!(speaker));
    add(held, work(passage));
    if !passage.tags.is_empty() {
        add("keywords", json!(passage.tags));
    }
    if !passage.note.is_empty() {
        add(
            "comment",
            json!({ "@type": "Comment", "text": passage.note }),
        );
    }
    Value::Object(node)
}

/// The statement.
fn work(passage: &Passage) -> Value {
    let facts = Reference::of(passage);
    let mut work = Map::new();
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            work.insert(key.to_owned(), value);
        }
    };
    add("@type", Some(json!("CreativeWork")));
    add("@id", Some(json!(identity::iri(passage))));
    let date = facts.iso_date();
    add("headline", facts.title.map(|t| json!(t)));
    add("author", facts.author.map(|n| json!({ "name": n })));
    add("publisher", facts.container.map(|n| json!({ "name": n })));
    add("datePublished", date.map(|d| json!(d)));
    add(
        "locationCreated",
        facts.place.map(|p| json!({ "@type": "Place", "name": p })),
    );
    add("inLanguage", facts.lang.map(|l| json!(l)));
    add("genre", facts.genre.map(|g| json!(g)));
    add("url", facts.url.map(|u| json!(u)));
    let derived = derived(passage);
    let reservation = (!derived.is_empty()).then(|| json!(derived.join("; ")));
    add("creditText", reservation);
    Value::Object(work)
}
