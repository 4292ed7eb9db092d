//! `dictum search QUERY PATH…`: one hit a line, or one JSON object a statement.

use super::args::{Common, SearchArgs};
use super::filter::each_line;
use super::loading::{all, known_types, query, tell};
use super::print::{Emphasis, Out};
use super::{Exit, print::Notes};
use crate::error::{Error, Result};
use crate::extract::Extractor;
use crate::model::Statement;
use crate::query::Query;
use crate::search::{Hit, How, Results, may_match, needs_extraction, search};
use crate::store::{DocNo, Segment, Snapshot};
use crate::text::{PointIndex, around};
use serde_json::{Value, json};
use std::sync::Arc;

/// Runs it.
///
/// # Errors
/// A query that is not understood, output that fails.
pub fn run(args: &SearchArgs, common: &Common) -> Result<Exit> {
    if args.query.starts_with("--") {
        // A query may begin with `-`, so that a flag with a slip comes here.
        return Err(Error::Usage(format!(
            "`dictum search` has no flag `{}`: `dictum search --help` lists them",
            args.query
        )));
    }
    let line = match &args.zone {
        Some(zone) => format!("in:{zone} {}", args.query),
        None => args.query.clone(),
    };
    let mut query = query(&line, args.folding)?;
    if args.filter {
        query.as_typed = true;
        return filter(&query, common);
    }
    let mut loaded = all(&args.paths, common)?;
    known_types(&query, &line, &loaded.snapshot)?;
    if needs_extraction(&query) {
        loaded.extract_all(common);
    }
    let Some(mut results) = search(&loaded.snapshot, &query, &|| false) else {
        return Ok(Exit::Nothing);
    };
    if !args.count && !results.unread.is_empty() {
        // The order is that of the browser: by what is said in the best matches, too.
        loaded.extract(&results.unread, common);
        results = search(&loaded.snapshot, &query, &|| false).unwrap_or(results);
    }
    let mut notes = loaded.notes;
    tell(&results, &mut notes);
    let mut out = Out::new(common);
    if args.count {
        out.line(&results.found.len().to_string())?;
    } else {
        print_found(args, &loaded.snapshot, &query, &results, &mut out)?;
    }
    out.flush()?;
    Ok(exit(results.found.is_empty(), &notes, common))
}

/// Each line of standard input by itself. That none matches is no failure: another part of the input may hold
/// what matches.
fn filter(query: &Query, common: &Common) -> Result<Exit> {
    let mut out = Out::new(common);
    let extractor = needs_extraction(query).then(Extractor::new);
    let fields = super::loading::options(common)?.fields;
    let answer = |(id, statement): (Value, Statement)| {
        if !may_match(query, &statement) {
            return Ok(None);
        }
        // Not through a store: that would start a thread for each.
        let mut snapshot = Snapshot::default();
        snapshot.push(Arc::new(Segment::new(vec![statement])));
        if let Some(extractor) = &extractor {
            for (_, segment) in snapshot.segments() {
                segment.extract(0, extractor);
            }
        }
        let Some(results) = search(&snapshot, query, &|| false) else {
            return Ok(None);
        };
        if results.found.is_empty() {
            return Ok(None);
        }
        let Some(statement) = snapshot.statement(0) else {
            return Ok(None);
        };
        let mut line = as_json(statement, &results.hits(&snapshot, query, 0), 0.0);
        if let Some(fields) = line.as_object_mut() {
            // How well it matches depends on the others.
            fields.remove("score");
            fields.insert("id".to_owned(), id);
        }
        Ok(Some(line.to_string()))
    };
    let bad = each_line(&mut out, common.quiet, &fields, |asked, out| {
        let mut lines = asked.into_iter().map(answer);
        lines.try_for_each(|line| line?.map_or(Ok(()), |line| out.line(&line)))
    })?;
    Ok(if bad > 0 && common.strict {
        Exit::BadRecords
    } else {
        Exit::Found
    })
}

/// Nothing found is 1; what was skipped counts only when asked to be strict.
pub fn exit(nothing: bool, notes: &Notes, common: &Common) -> Exit {
    match (common.strict && notes.skipped > 0, nothing) {
        (true, _) => Exit::BadRecords,
        (false, true) => Exit::Nothing,
        (false, false) => Exit::Found,
    }
}

fn print_found(
    args: &SearchArgs,
    snapshot: &Snapshot,
    query: &Query,
    results: &Results,
    out: &mut Out,
) -> Result<()> {
    for found in results.found.iter().take(args.limit.unwrap_or(usize::MAX)) {
        let Some(statement) = snapshot.statement(found.doc) else {
            continue;
        };
        if args.ids {
            out.line(&statement.id)?;
            continue;
        }
        let hits = results.hits(snapshot, query, found.doc);
        if args.json {
            let mut json = as_json(statement, &hits, found.score);
            if query.fold {
                json["same"] = behind(snapshot, results, found.doc).into();
            }
            out.line(&json.to_string())?;
        } else {
            print_hits(statement, &hits, args.context, out)?;
            let same = behind(snapshot, results, found.doc);
            if !same.is_empty() {
                out.set_off(&format!("{}: ", statement.id), Emphasis::Faint)?;
                out.text(&format!(
                    "the same in {} more: {}",
                    same.len(),
                    same.join(", ")
                ))?;
                out.end_line()?;
            }
        }
    }
    Ok(())
}

/// Ids of the statements folded behind one.
fn behind(snapshot: &Snapshot, results: &Results, doc: DocNo) -> Vec<String> {
    let behind = results.folded.get(&doc).into_iter().flatten();
    behind
        .filter_map(|doc| Some(snapshot.statement(*doc)?.id.to_string()))
        .collect()
}

/// `id:offset: text round the hit`; a statement that matches by its title or a field alone has one
/// line with its title.
fn print_hits(statement: &Statement, hits: &[Hit], context: usize, out: &mut Out) -> Result<()> {
    let index = PointIndex::new(&statement.body);
    if hits.is_empty() {
        out.set_off(&format!("{}: ", statement.id), Emphasis::Faint)?;
        out.text(&statement.title.value)?;
        return out.end_line();
    }
    for hit in hits {
        let start = index.points(hit.span.begin());
        let end = index.points(hit.span.finish());
        let from = index.byte(start.saturating_sub(context));
        let before = around::before(&statement.body, from, hit.span.begin());
        let after = around::after(
            &statement.body,
            hit.span.finish(),
            index.byte(end + context),
        );
        out.set_off(&format!("{}:{start}: ", statement.id), Emphasis::Faint)?;
        out.text(
            &statement
                .words(before)
                .trim_start()
                .replace(['\r', '\n'], " "),
        )?;
        out.set_off(statement.words(hit.span), Emphasis::Strong)?;
        out.text(&statement.words(after).trim_end().replace(['\r', '\n'], " "))?;
        out.end_line()?;
    }
    Ok(())
}

fn as_json(statement: &Statement, hits: &[Hit], score: f32) -> serde_json::Value {
    let index = PointIndex::new(&statement.body);
    let hits: Vec<serde_json::Value> = hits
        .iter()
        .map(|hit| {
            json!({
                "start": index.points(hit.span.begin()),
                "end": index.points(hit.span.finish()),
                "exact": statement.words(hit.span),
                "match": match hit.how {
                    How::Exact => "exact",
                    How::Prefix => "prefix",
                    How::Alike => "alike",
                },
            })
        })
        .collect();
    json!({
        "schema": 1,
        "id": &*statement.id,
        "title": statement.title.value,
        "date": statement.date.as_ref().map(|d| d.value.as_str()),
        "source": statement.source.as_ref().map(|s| &s.value),
        "url": statement.url,
        "score": score,
        "hits": hits,
    })
}
