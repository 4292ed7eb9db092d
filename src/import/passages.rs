//! Annotations to passages of the statements that are loaded. What was found with less than certainty says so
//! in its note, with the words that were sought, because a changed quotation must not pass for the old one.

use super::anchor::{Anchored, How, anchor};
use super::read::{Annotation, Target};
use crate::export::LoadedTexts;
use crate::model::{Passage, PassageKind, Statement, fingerprint};
use crate::store::{DocNo, Snapshot};
use crate::text::{Span, single_spaced};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Letters that words must have at least to be looked for in statements the annotation does not name.
const TELLING: usize = 24;

/// A passage found again.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The passage.
    pub passage: Passage,
    /// The least sure of the ways its stretches were found.
    pub how: How,
    /// How sure, 0 to 1.
    pub sure: f32,
    /// Stretches that could not be found, with the reason.
    pub missing: Vec<String>,
}

/// An annotation of which nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The words sought.
    pub exact: String,
    /// Why.
    pub reason: String,
}

/// Finds annotations in what is loaded.
pub struct Finder<'s> {
    snapshot: &'s Snapshot,
    texts: LoadedTexts<'s>,
    by_address: HashMap<String, DocNo>,
}

impl<'s> Finder<'s> {
    /// Looks through the statements once.
    #[must_use]
    pub fn of(snapshot: &'s Snapshot) -> Self {
        let mut by_address = HashMap::new();
        for (start, segment) in snapshot.segments() {
            for (at, statement) in segment.statements().iter().enumerate() {
                if let Some(url) = &statement.url {
                    by_address.entry(address(url)).or_insert(start + at);
                }
            }
        }
        Self {
            snapshot,
            texts: LoadedTexts::of(snapshot),
            by_address,
        }
    }

    /// Finds one annotation.
    ///
    /// # Errors
    /// [`Lost`] when none of its stretches is found.
    pub fn find(&self, annotation: &Annotation) -> Result<Found, Lost> {
        let lost = |reason: &str| Lost {
            exact: words_of(annotation),
            reason: reason.to_owned(),
        };
        let statement = self.statement(annotation).ok_or_else(|| {
            let source = annotation.targets.first().map_or("", |t| t.source.as_str());
            lost(&format!("its document is not loaded: {source}"))
        })?;
        let hash = annotation
            .record
            .as_ref()
            .and_then(|r| r.get("text_sha256"));
        let unchanged = hash.and_then(Value::as_str) == Some(&fingerprint(&statement.body));
        let mut places: Vec<Anchored> = Vec::new();
        let mut missing = Vec::new();
        for target in &annotation.targets {
            match anchor(&statement.body, target, unchanged) {
                Ok(place) => places.push(place),
                Err(reason) => missing.push(reason),
            }
        }
        let weakest = places
            .iter()
            .min_by(|a, b| a.sure.total_cmp(&b.sure))
            .copied();
        let Some(weakest) = weakest else {
            return Err(lost(
                missing.first().map_or("it selects nothing", String::as_str),
            ));
        };
        let mut spans: Vec<Span> = places.iter().map(|p| p.span).collect();
        spans.sort_unstable();
        spans.dedup();
        let mut passage = passage(statement, annotation, &spans, unchanged);
        let partly = !missing.is_empty();
        if weakest.how == How::Alike || weakest.sure < 0.8 || partly {
            let words = single_spaced(&words_of(annotation));
            let percent = (weakest.sure * 100.0).round();
            let part = if partly { ", in part only" } else { "" };
            let said = format!("[found again with {percent} % certainty{part}; sought: {words}]");
            passage.note = format!("{}\n{said}", passage.note).trim_start().to_owned();
        }
        Ok(Found {
            passage,
            how: weakest.how,
            sure: weakest.sure,
            missing,
        })
    }

    /// The statement it names by id or address; the only one loaded; the only one that has its words.
    fn statement(&self, annotation: &Annotation) -> Option<&'s Statement> {
        let id = annotation
            .record
            .as_ref()
            .and_then(|r| r.get("statement")?.as_str());
        let source = annotation.targets.first().map_or("", |t| t.source.as_str());
        let urn = source.strip_prefix("urn:dictum:").map(percent_decoded);
        let named = id
            .and_then(|id| self.texts.doc(id))
            .or_else(|| self.texts.doc(urn.as_deref()?))
            .or_else(|| self.by_address.get(&address(source)).copied());
        let only = (self.snapshot.len() == 1).then_some(0);
        let doc = named.or(only).or_else(|| self.with_words(annotation))?;
        self.snapshot.statement(doc)
    }

    fn with_words(&self, annotation: &Annotation) -> Option<DocNo> {
        let exact = annotation.targets.iter().filter_map(|t| t.exact.as_deref());
        let exact = exact
            .filter(|e| e.chars().count() >= TELLING)
            .max_by_key(|e| e.len())?;
        let holding = self.snapshot.segments().flat_map(|(start, segment)| {
            let statements = segment.statements().iter().enumerate();
            let holding = statements.filter(|(_, s)| s.body.contains(exact));
            holding.map(move |(at, _)| start + at)
        });
        let two: Vec<DocNo> = holding.take(2).collect();
        match two.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

fn words_of(annotation: &Annotation) -> String {
    let words = annotation
        .targets
        .iter()
        .filter_map(|t: &Target| t.exact.as_deref());
    words.collect::<Vec<_>>().join(" … ")
}

/// As it was exported where the text is the same; else with the facts of the text there is now.
fn passage(
    statement: &Statement,
    annotation: &Annotation,
    spans: &[Span],
    unchanged: bool,
) -> Passage {
    let fresh = Passage::new(statement, PassageKind::Selection, spans);
    let recorded = annotation.record.clone().and_then(|mut record| {
        record.insert("places".to_owned(), json!([]));
        serde_json::from_value::<Passage>(Value::Object(record)).ok()
    });
    let mut passage = match recorded {
        Some(old) if unchanged => Passage {
            places: fresh.places,
            statement: fresh.statement,
            ..old
        },
        Some(old) => Passage {
            kind: old.kind,
            speaker: old.speaker,
            on_behalf_of: old.on_behalf_of,
            source_as_written: old.source_as_written,
            cue: old.cue,
            claim_type: old.claim_type,
            confidence: old.confidence,
            ..fresh
        },
        None => fresh,
    };
    passage.note.clone_from(&annotation.note);
    passage.tags.clone_from(&annotation.tags);
    passage
}

/// An address without what does not tell documents apart: scheme, `www.`, fragment, last slash, case of the host.
fn address(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url).trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    format!("{host}/{}", path.trim_end_matches('/'))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok());
        let byte = hex.and_then(|h| u8::from_str_radix(h, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or(&[]);
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
