//! `dictum kwic WORDS PATH…`: a concordance, one place a line; or the words that stand near.

use super::Exit;
use super::args::{Common, KwicArgs};
use super::loading::{all, known_types, query, tell};
use super::print::{Emphasis, Out};
use super::search::exit;
use crate::error::{Error, Result};
use crate::search::{
    Collocate, Line, LineSort, collocates, concordance, context, needs_extraction, speaker_of,
};
use crate::store::Snapshot;
use crate::text::{PointIndex, Shown, Span, single_spaced};
use serde_json::json;

/// Cells of the left context when the words before the key are short.
const LEAST_LEFT: usize = 24;

/// Runs it.
///
/// # Errors
/// A query or an order that is not understood, output that fails.
pub fn run(args: &KwicArgs, common: &Common) -> Result<Exit> {
    let sort = order(&args.sort)?;
    let line = line_of(&args.query);
    let query = query(&line, args.folding)?;
    if query.texts().is_empty() {
        return Err(Error::Usage(
            "a concordance needs at least one word or phrase that it is made of".to_owned(),
        ));
    }
    let mut loaded = all(&args.paths, common)?;
    known_types(&query, &line, &loaded.snapshot)?;
    if needs_extraction(&query) || sort == LineSort::Speaker {
        loaded.extract_all(common);
    }
    let Some(found) = concordance(&loaded.snapshot, &query, sort, &|| false) else {
        return Ok(Exit::Nothing);
    };
    let mut notes = loaded.notes;
    tell(&found.results, &mut notes);
    let mut out = Out::new(common);
    let lines = found.lines.iter().take(args.limit.unwrap_or(usize::MAX));
    if args.count {
        out.line(&found.lines.len().to_string())?;
    } else if let Some(most) = args.collocates {
        let near = collocates(&loaded.snapshot, &found.lines, args.window);
        print_collocates(near.iter().take(most), args.json, &mut out)?;
    } else if args.json {
        for line in lines {
            if let Some(object) = as_json(&loaded.snapshot, line, args.window) {
                out.line(&object.to_string())?;
            }
        }
    } else {
        print_lines(&loaded.snapshot, lines, args.window, &mut out)?;
    }
    out.flush()?;
    Ok(exit(found.lines.is_empty(), &notes, common))
}

/// Nothing is typed behind it any more: the last word is whole. Words with nothing between are what
/// one looks up together: a phrase.
fn line_of(typed: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || c == '\'' || c == '’';
    if typed.split_whitespace().count() > 1 && typed.chars().all(plain) {
        format!("\"{}\"", typed.trim())
    } else {
        format!("{typed} ")
    }
}

fn order(name: &str) -> Result<LineSort> {
    let known = LineSort::ALL.iter().find(|(known, _)| *known == name);
    known.map(|(_, sort)| *sort).ok_or_else(|| {
        let names: Vec<&str> = LineSort::ALL.iter().map(|(name, _)| *name).collect();
        Error::Usage(format!("no order `{name}` of lines: {}", names.join(", ")))
    })
}

/// `left KEY right  id:offset`, the keys below one another.
fn print_lines<'l>(
    snapshot: &Snapshot,
    lines: impl Iterator<Item = &'l Line>,
    window: usize,
    out: &mut Out,
) -> Result<()> {
    let room = (window * 6).max(LEAST_LEFT);
    for line in lines {
        let (Some(context), Some(statement)) = (
            context(snapshot, line, window),
            snapshot.statement(line.doc),
        ) else {
            continue;
        };
        let words = |span: Span| single_spaced(statement.words(span));
        let left = Shown::line(last_words(&words(context.left), room));
        out.text(&format!(
            "{}{left} ",
            " ".repeat(room.saturating_sub(left.width()))
        ))?;
        out.set_off(&words(context.key), Emphasis::Strong)?;
        out.text(&format!(" {}  ", words(context.right)))?;
        let start = PointIndex::new(&statement.body).points(context.key.begin());
        let date = statement.date.as_ref().map_or("", |d| d.value.day_text());
        out.set_off(&format!("{}:{start} {date}", statement.id), Emphasis::Faint)?;
        out.end_line()?;
    }
    Ok(())
}

/// The end of a text, in whole words, that takes no more cells than this.
fn last_words(text: &str, cells: usize) -> &str {
    let mut starts = text
        .char_indices()
        .filter(|&(at, _)| at == 0 || text.get(..at).is_some_and(|before| before.ends_with(' ')));
    let fits = starts.find_map(|(at, _)| {
        let rest = text.get(at..)?;
        (Shown::line(rest).width() <= cells).then_some(rest)
    });
    fits.unwrap_or_default()
}

fn print_collocates<'c>(
    near: impl Iterator<Item = &'c Collocate>,
    as_json: bool,
    out: &mut Out,
) -> Result<()> {
    if !as_json {
        out.set_off("    near     total  logDice", Emphasis::Strong)?;
        out.end_line()?;
    }
    for word in near {
        if as_json {
            let object = json!({
                "schema": 1, "word": word.word, "near": word.near, "total": word.total,
                "log_dice": word.score,
            });
            out.line(&object.to_string())?;
        } else {
            out.text(&format!(
                "{:>8} {:>9} {:>8.2}  {}",
                word.near, word.total, word.score, word.word
            ))?;
            out.end_line()?;
        }
    }
    Ok(())
}

fn as_json(snapshot: &Snapshot, line: &Line, window: usize) -> Option<serde_json::Value> {
    let context = context(snapshot, line, window)?;
    let statement = snapshot.statement(line.doc)?;
    let points = PointIndex::new(&statement.body);
    Some(json!({
        "schema": 1,
        "id": &*statement.id,
        "start": points.points(context.key.begin()),
        "end": points.points(context.key.finish()),
        "left": statement.words(context.left),
        "exact": statement.words(context.key),
        "right": statement.words(context.right),
        "date": statement.date.as_ref().map(|d| d.value.as_str()),
        "source": statement.source.as_ref().map(|s| &s.value),
        "title": statement.title.value,
        "speaker": speaker_of(snapshot, line),
    }))
}
