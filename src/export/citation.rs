//! The citation of a passage as plain text. Says what is absent instead of guessing it, and puts
//! quotation marks around somebody's exact words only.

use super::Style;
use super::identity::place_id;
use super::reference::Reference;
use crate::model::{Passage, PassageKind, Provenance, Stated, Statement};
use crate::text::single_spaced;

/// The kind in plain words.
#[must_use]
pub fn kind_words(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Direct => "quoted",
        PassageKind::Mixed => "partly quoted",
        PassageKind::Indirect => "paraphrased",
        PassageKind::Claim => "claim",
        PassageKind::Scare => "term in marks",
        PassageKind::Hit | PassageKind::Selection => "passage",
    }
}

/// The citation in the default style.
#[must_use]
pub fn citation(passage: &Passage) -> String {
    cited(passage, &Style::default())
}

/// Who, how, in which statement as the style cites it; then, in brackets, what was derived and what is
/// absent; then the statement and the code points of the passage, by which it is found again.
#[must_use]
pub fn cited(passage: &Passage, style: &Style) -> String {
    let item = Reference::of(passage).csl(&passage.statement);
    let Some(statement) = style.cite(&item) else {
        return plain(passage);
    };
    // A style begins with what it has, which may be the date alone.
    let untitled = if item.contains_key("title") {
        ""
    } else {
        "an untitled statement, "
    };
    format!(
        "{}, {} in {untitled}{statement}. [{}] {}.",
        speaker(passage),
        kind_and_type(passage),
        reservations(passage).join("; "),
        place_id(passage)
    )
}

/// The kind, and of a claim its type.
fn kind_and_type(passage: &Passage) -> String {
    let claim = passage.claim_type.as_deref().map(single_spaced);
    let claim = claim.map(|c| format!(" ({c})")).unwrap_or_default();
    format!("{}{claim}", kind_words(passage.kind))
}

/// What was derived and what is absent, which no style says; and the place of the dateline, which most
/// leave out.
fn reservations(passage: &Passage) -> Vec<String> {
    let there = |fact: Option<&Stated<String>>| fact.is_some_and(|f| !f.value.trim().is_empty());
    let mut said = Vec::new();
    if !there(passage.source.as_ref()) {
        said.push("source not named".to_owned());
    }
    if !there(passage.date.as_ref()) {
        said.push("no date".to_owned());
    }
    said.push(match &passage.place {
        Some(place) if !place.value.trim().is_empty() => {
            format!("dateline {}", single_spaced(&place.value))
        }
        _ => "no place".to_owned(),
    });
    if !passage.url.as_deref().is_some_and(super::identity::is_web) {
        let given = passage
            .url
            .as_deref()
            .map(single_spaced)
            .filter(|u| !u.is_empty());
        said.push(given.map_or_else(|| "no URL".to_owned(), |u| format!("address {u}")));
    }
    let derived = super::reference::derived(passage);
    // That a place is from the dateline is said above.
    said.extend(
        derived
            .into_iter()
            .filter(|d| d != "place from the dateline"),
    );
    said
}

/// The citation as one sentence in no style: who, how, in what, by whom published, when, where, at which
/// address; then the statement and the code points. What is absent or derived is said.
#[must_use]
pub fn plain(passage: &Passage) -> String {
    let mut parts = vec![speaker(passage)];
    let title = if passage.title.value.trim().is_empty() {
        "an untitled statement".to_owned()
    } else {
        let from = provenance("title", passage.title.from);
        format!("“{}”{from}", single_spaced(&passage.title.value))
    };
    parts.push(format!("{} in {title}", kind_and_type(passage)));
    parts.push(stated(
        "source",
        passage.source.as_ref(),
        "source not named",
    ));
    parts.push(stated("date", passage.date.as_ref(), "no date"));
    // A dateline is where a place belongs, so that it came from there is no reservation.
    let place = passage.place.as_ref().map(|p| match p.from {
        Provenance::Dateline => Stated::given(p.value.clone()),
        _ => p.clone(),
    });
    parts.push(stated("place", place.as_ref(), "no place"));
    let address = passage
        .url
        .as_deref()
        .map(single_spaced)
        .filter(|u| !u.is_empty());
    let address = address.map_or_else(|| ", no URL".to_owned(), |u| format!(". {u}"));
    format!("{}{address}. {}.", parts.join(", "), place_id(passage))
}

/// The citation of a statement as a whole, in the same order and with the same reservations.
#[must_use]
pub fn citation_of_statement(statement: &Statement, style: &Style) -> String {
    let whole = Passage::new(statement, PassageKind::Selection, &[]);
    let cited = cited(&whole, style);
    // Nobody speaks for a statement as a whole, and it has no offsets.
    let start = "No speaker found, passage in ";
    let cited = cited.strip_prefix(start).unwrap_or(&cited);
    let end = cited.strip_suffix("#/selection.");
    end.map_or_else(|| cited.to_owned(), |cited| format!("{cited}."))
}

/// Who speaks, for whom, and what the text itself calls them where that is not the name.
fn speaker(passage: &Passage) -> String {
    let name = passage
        .speaker
        .as_deref()
        .map(single_spaced)
        .filter(|n| !n.is_empty());
    let mut out = name
        .clone()
        .unwrap_or_else(|| "No speaker found".to_owned());
    let behalf = passage.on_behalf_of.as_deref().map(single_spaced);
    if let Some(behalf) = behalf.filter(|b| !b.is_empty() && !out.contains(b.as_str())) {
        out.push_str(&format!(", on behalf of {behalf}"));
    }
    let written = passage.source_as_written.as_deref().map(single_spaced);
    if let Some(written) = written.filter(|w| !w.is_empty()) {
        let same = name.is_some_and(|n| written.to_lowercase().contains(&n.to_lowercase()));
        if !same {
            out.push_str(&format!(" [in the text: {written}]"));
        }
    }
    out
}

/// The words, set off as what they are, and the citation on the next line.
#[must_use]
pub fn passage_with_citation(passage: &Passage, style: &Style) -> String {
    format!("{}\n— {}", words(passage), cited(passage, style))
}

/// The words as they may be shown: in quotation marks only when they are exact speech.
#[must_use]
pub fn words(passage: &Passage) -> String {
    let exact = passage.exact();
    match passage.kind {
        PassageKind::Direct => format!("“{exact}”"),
        PassageKind::Indirect => format!("[paraphrase] {exact}"),
        PassageKind::Mixed => format!("[partly quoted] {exact}"),
        PassageKind::Claim => format!("[claim] {exact}"),
        PassageKind::Scare | PassageKind::Hit | PassageKind::Selection => {
            format!("[passage] {exact}")
        }
    }
}

/// `start-end` in code points, places parted by commas.
#[must_use]
pub fn offsets(passage: &Passage) -> String {
    let parts: Vec<String> = passage
        .places
        .iter()
        .map(|p| format!("{}-{}", p.start, p.end))
        .collect();
    parts.join(",")
}

/// Everything known beside the words, as label and value; what is absent is left out here because
/// the citation says so.
#[must_use]
pub fn facts(passage: &Passage) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut add = |label, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            facts.push((label, value));
        }
    };
    add("source as written", passage.source_as_written.clone());
    add("cue", passage.cue.clone());
    add("claim type", passage.claim_type.clone());
    add("confidence", passage.confidence.map(|c| format!("{c:.2}")));
    add(
        "author",
        passage
            .author
            .as_ref()
            .map(|a| stated("author", Some(a), "")),
    );
    for place in &passage.places {
        add("words before", Some(place.prefix.clone()));
        add("words after", Some(place.suffix.clone()));
    }
    add("path", Some(passage.path.clone()));
    add("text sha256", Some(passage.text_sha256.clone()));
    add("note", Some(passage.note.clone()));
    add("tags", Some(passage.tags.join(", ")));
    facts
}

/// Where a fact came from, in words; empty when the file gave it.
#[must_use]
pub fn provenance(label: &str, from: Provenance) -> String {
    match from {
        Provenance::Given => String::new(),
        Provenance::Dateline if label == "title" => " [title from the first lines]".to_owned(),
        Provenance::Dateline => format!(" [{label} from the dateline]"),
        Provenance::FileName => format!(" [{label} from the file name]"),
        Provenance::Derived => format!(" [{label} derived]"),
    }
}

fn stated(label: &str, value: Option<&Stated<String>>, absent: &str) -> String {
    value.filter(|v| !v.value.trim().is_empty()).map_or_else(
        || absent.to_owned(),
        |v| format!("{}{}", single_spaced(&v.value), provenance(label, v.from)),
    )
}
