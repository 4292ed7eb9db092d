//! Scores extraction on a gold file, with the definitions of the gold's own scorers.
//!
//! ```text
//! cargo run --release --example evaluate -- GOLD.jsonl      quotations: one document a line
//! cargo run --release --example evaluate -- GOLD.json       claims: the text lies next to it as .txt
//! cargo run --release --example evaluate -- SENTENCES.jsonl sentences with a label: check-worthiness, speech acts
//! cargo run --release --example evaluate -- --records FILE  prints the records instead of scores
//! ... --floors FILE    fails where a figure is more than half a point below the one that FILE names
//! ```
//!
//! A line of `GOLD.jsonl` is `{"id", "text", "attributions": [{"source", "cue", "content", "kind"}]}`, with spans
//! in Unicode code points.
#![allow(clippy::print_stdout, clippy::string_slice)]

mod claims;
mod marks;
mod quotes;
mod ratio;
mod sentences;

use anyhow::{Context, Result, bail};
use dictum::extract::Extractor;
use dictum::extract::record::Record;
use dictum::model::{IsoDate, Span, Stated, Statement};
use serde_json::Value;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let records = arguments.iter().any(|a| a == "--records");
    let floors = arguments
        .iter()
        .position(|a| a == "--floors")
        .and_then(|n| arguments.get(n + 1));
    let path = arguments
        .iter()
        .find(|a| !a.starts_with("--") && Some(*a) != floors);
    let Some(path) = path else {
        bail!("give a gold file: GOLD.jsonl (quotations) or GOLD.json (claims, with its .txt)");
    };
    let path = Path::new(path);
    let extractor = Extractor::new();
    if path.extension().is_some_and(|e| e == "jsonl") {
        let file = read(path)?;
        let gold: Vec<Value> = file
            .lines()
            .filter(|l| !l.trim().is_empty())
            .map(|l| serde_json::from_str(l).context("a line that is no JSON"))
            .collect::<Result<_>>()?;
        if sentences::are(&gold) {
            sentences::score(&extractor, &gold);
            return Ok(());
        }
        let start = Instant::now();
        let mut bytes = 0;
        let found: Vec<Value> = gold
            .iter()
            .map(|d| {
                let text = d["text"].as_str().unwrap_or_default();
                bytes += text.len();
                let statement = Statement::new(d["id"].as_str().unwrap_or_default(), text);
                record_of(&extractor, &d["id"], &statement)
            })
            .collect::<Result<_>>()?;
        let seconds = start.elapsed().as_secs_f64();
        if records {
            found.iter().for_each(|r| println!("{r}"));
        } else {
            let score = quotes::score(&gold, &found);
            score.print();
            if let Some(floors) = floors {
                hold(&score.figures(), Path::new(floors))?;
            }
            println!(
                "extraction: {bytes} bytes in {seconds:.2} s, {:.1} MB/s on one core",
                bytes as f64 / 1e6 / seconds
            );
        }
    } else {
        let text = read(&path.with_extension("txt"))?;
        let statement = with_header(&text);
        let found = record_of(&extractor, &"document".into(), &statement)?;
        if records {
            println!("{found}");
        } else {
            let gold: Value = serde_json::from_str(&read(path)?)?;
            let score = claims::score(&gold, &found);
            score.print();
            let (wanted, found, right) = score.claims();
            println!("claims strictly right: {right} of {found} found and {wanted} wanted");
        }
    }
    Ok(())
}

/// Compares figures with those of a file of `name = per cent` lines.
fn hold(figures: &[(String, f64)], floors: &Path) -> Result<()> {
    let mut fallen = Vec::new();
    let file = read(floors)?;
    for line in file
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
    {
        let (name, floor) = line
            .split_once('=')
            .context("a line that is not `name = figure`")?;
        let floor: f64 = floor.trim().parse().with_context(|| line.to_owned())?;
        let found = figures.iter().find(|(n, _)| n == name.trim());
        let found = found
            .with_context(|| format!("no figure is called {name}"))?
            .1;
        println!("{name}: {found:.2}, was {floor:.2}");
        if found < floor - 0.5 {
            fallen.push(line);
        }
    }
    if fallen.is_empty() {
        return Ok(());
    }
    bail!("fell by more than half a point: {}", fallen.join("; "))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn record_of(extractor: &Extractor, id: &Value, statement: &Statement) -> Result<Value> {
    serde_json::to_value(Record::of(extractor, id, statement)).context("a record is no JSON")
}

/// A statement whose first line begins `date YYYY-MM-DD`, perhaps with a place before ` -- `.
fn with_header(text: &str) -> Statement {
    let mut statement = Statement::new("document", text);
    let lead = text.len() - text.trim_start().len();
    let line = text.trim_start().lines().next().unwrap_or_default();
    if let Some(date) = line
        .strip_prefix("date ")
        .and_then(|r| r.get(..10))
        .and_then(IsoDate::new)
    {
        statement.date = Some(Stated::given(date));
        let end = line.find("-- ").map_or(line.len(), |at| at + 3);
        statement.header = Some(Span::new(0, lead + end));
    }
    statement
}
