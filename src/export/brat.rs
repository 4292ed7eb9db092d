//! brat standoff: a zip archive with `ID.txt`, the text of each statement, `ID.ann`, its passages as
//! text-bound annotations in code points, and `annotation.conf`; unpacked, a folder that brat opens.
//!
//! brat's annotations must not hold a line break, so a passage over several lines is written as a split span,
//! a piece a line. Keeps all passages until the last, since those of one statement share a file.

use super::archive::Archive;
use super::{Format, Options, Passages, identity};
use crate::model::{Passage, PassageKind, Place};
use crate::text::single_spaced;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// brat standoff.
pub(super) struct Brat;

impl Format for Brat {
    fn name(&self) -> &'static str {
        "brat"
    }
    fn extension(&self) -> &'static str {
        "brat.zip"
    }
    fn label(&self) -> &'static str {
        "brat standoff (zip)"
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
        let mut by_statement: BTreeMap<String, Vec<Cow<'_, Passage>>> = BTreeMap::new();
        let mut types = BTreeSet::new();
        for passage in passages {
            types.insert(type_of(&passage));
            let same = by_statement.entry(passage.statement.clone()).or_default();
            same.push(passage);
        }
        let mut archive = Archive::new(out);
        for (statement, passages) in &by_statement {
            let Some(first) = passages.first() else {
                continue;
            };
            let name = identity::statement_key(statement);
            let text = options.text_of(first)?;
            archive.file(&format!("{name}.txt"))?;
            archive.write_all(text.as_bytes())?;
            archive.file(&format!("{name}.ann"))?;
            for (at, passage) in passages.iter().enumerate() {
                options.text_of(passage)?;
                annotation(passage, at + 1, &mut archive)?;
            }
        }
        archive.file("annotation.conf")?;
        writeln!(archive, "[entities]")?;
        for kind in &types {
            writeln!(archive, "{kind}")?;
        }
        writeln!(archive, "\n[relations]\n\n[events]\n\n[attributes]")?;
        archive.finish()
    }
}

/// `Direct`, `Claim-demand`… : letters, digits, `-` and `_`, as brat wants.
fn type_of(passage: &Passage) -> String {
    let kind = match passage.kind {
        PassageKind::Direct => "Quote-direct",
        PassageKind::Mixed => "Quote-mixed",
        PassageKind::Indirect => "Quote-indirect",
        PassageKind::Scare => "Term-in-marks",
        PassageKind::Claim => "Claim",
        PassageKind::Hit => "Hit",
        PassageKind::Selection => "Selection",
    };
    let claim = passage.claim_type.as_deref().unwrap_or_default();
    let claim = claim
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-');
    let claim: String = claim.collect();
    if claim.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}-{claim}")
    }
}

fn annotation(passage: &Passage, number: usize, out: &mut dyn Write) -> io::Result<()> {
    let pieces: Vec<(usize, usize, &str)> = passage.places.iter().flat_map(lines).collect();
    if pieces.is_empty() {
        return Ok(());
    }
    let spans: Vec<String> = pieces.iter().map(|(s, e, _)| format!("{s} {e}")).collect();
    let words: Vec<&str> = pieces.iter().map(|(_, _, words)| *words).collect();
    let kind = type_of(passage);
    writeln!(
        out,
        "T{number}\t{kind} {}\t{}",
        spans.join(";"),
        words.join(" ")
    )?;
    let mut notes = Vec::new();
    if let Some(speaker) = &passage.speaker {
        notes.push(format!("speaker: {}", single_spaced(speaker)));
    }
    if let Some(cue) = &passage.cue {
        notes.push(format!("cue: {}", single_spaced(cue)));
    }
    if !passage.note.is_empty() {
        notes.push(format!("note: {}", single_spaced(&passage.note)));
    }
    if !passage.tags.is_empty() {
        notes.push(format!("tags: {}", single_spaced(&passage.tags.join(", "))));
    }
    if !notes.is_empty() {
        writeln!(
            out,
            "#{number}\tAnnotatorNotes T{number}\t{}",
            notes.join("; ")
        )?;
    }
    Ok(())
}

/// The lines of a place that hold anything, with their code points in the body.
fn lines(place: &Place) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut at = place.start;
    place.exact.split(['\n', '\r']).filter_map(move |line| {
        let start = at;
        let end = start + line.chars().count();
        at = end + 1;
        (!line.is_empty()).then_some((start, end, line))
    })
}
