//! The control that decides which word index the store uses: `tantivy` in memory with one document a
//! passage against ours with one statement a passage, over the same passages, the same keystrokes,
//! each once, in one run.
//!
//! `DICTUM_BENCH_CORPUS=… cargo bench -p dictum-engines`. The work is unequal in tantivy's favour:
//! it gives the best 100, ours gives all in order.
#![allow(
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unwrap_used,
    missing_docs
)]

#[path = "../corpus/mod.rs"]
mod corpus;

use dictum::model::Statement;
use dictum::query::parse;
use dictum::search::search;
use dictum::store::{Snapshot, Store};
use dictum::text::sentences;
use dictum::text::words::words;
use std::time::{Duration, Instant};
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};

/// Words and phrases alone: what both engines know.
const QUERIES: [&str; 10] = [
    "sanctions on russia",
    "rare earth",
    "not afraid",
    "climate change paris agreement",
    "nuclear tests treaty",
    "united nations security council",
    "minister s statement",
    "immigration reform border",
    "a new era of peace",
    "\"human rights council\"",
];

fn main() {
    println!("over {}, one passage a document", corpus::name());
    for size in [10_000, 100_000, 1_000_000] {
        let passages: Vec<String> = corpus::statements(size)
            .iter()
            .flat_map(|statement| {
                let body = &statement.body;
                let all = sentences::sentences(body).into_iter();
                all.map(|span| span.of(body).to_owned()).collect::<Vec<_>>()
            })
            .collect();
        let bytes: usize = passages.iter().map(String::len).sum();
        let rate = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();

        let begun = Instant::now();
        let (searcher, field) = tantivy_of(&passages);
        let built = begun.elapsed();
        let theirs = keystrokes(|line| tantivy_search(&searcher, field, line));
        drop(searcher);

        let statements = passages.iter().enumerate();
        let statements = statements.map(|(n, text)| Statement::new(&n.to_string(), text));
        let statements: Vec<Statement> = statements.collect();
        let begun = Instant::now();
        let snapshot = Store::of(statements).snapshot();
        let ours_built = begun.elapsed();
        let ours = keystrokes(|line| our_search(&snapshot, line));
        let held: usize = snapshot.segments().map(|(_, s)| s.index().bytes()).sum();

        println!("{} passages, {:.1} MB", passages.len(), bytes as f64 / 1e6);
        print_row("tantivy, one writer", rate(built), &theirs);
        print_row("ours", rate(ours_built), &ours);
        println!(
            "  our index: {:.2} bytes a byte of text",
            held as f64 / bytes as f64
        );
    }
}

fn print_row(name: &str, rate: f64, taken: &[Duration]) {
    let at = |share: f64| taken[((taken.len() - 1) as f64 * share).round() as usize];
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "  {name:<20} built at {rate:>6.1} MB/s; keystroke p50 {:>7.2}, p90 {:>7.2}, p99 {:>7.2}, max {:>7.2} ms",
        ms(at(0.5)),
        ms(at(0.9)),
        ms(at(0.99)),
        ms(at(1.0))
    );
}

/// Each beginning of each query, once; ascending.
fn keystrokes(mut ask: impl FnMut(&str)) -> Vec<Duration> {
    let mut taken = Vec::new();
    for query in QUERIES {
        for (end, letter) in query.char_indices() {
            let before = Instant::now();
            ask(&query[..end + letter.len_utf8()]);
            taken.push(before.elapsed());
        }
    }
    taken.sort();
    taken
}

fn our_search(snapshot: &Snapshot, line: &str) {
    let query = parse(line).unwrap();
    std::hint::black_box(search(snapshot, &query, &|| false));
}

fn tantivy_of(passages: &[String]) -> (Searcher, Field) {
    let mut builder = Schema::builder();
    let field = builder.add_text_field("text", TEXT);
    let mut writer = Index::builder()
        .schema(builder.build())
        .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), 1 << 30)
        .unwrap();
    for passage in passages {
        let mut document = TantivyDocument::new();
        document.add_text(field, passage);
        writer.add_document(document).unwrap();
    }
    let index = writer.finalize().unwrap();
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
        .unwrap();
    (reader.searcher(), field)
}

/// All words, the last as a beginning; between marks a phrase.
fn tantivy_search(searcher: &Searcher, field: Field, line: &str) {
    let term = |word: &str| Term::from_field_text(field, word);
    let words: Vec<String> = words(line).into_iter().map(|(word, _)| word).collect();
    let Some((last, before)) = words.split_last() else {
        return;
    };
    let query: Box<dyn Query> = if line.starts_with('"') && words.len() > 1 {
        Box::new(PhraseQuery::new(words.iter().map(|w| term(w)).collect()))
    } else {
        let exact = |word: &String| -> Box<dyn Query> {
            Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs))
        };
        let prefix: Box<dyn Query> = Box::new(FuzzyTermQuery::new_prefix(term(last), 0, true));
        let either = BooleanQuery::union(vec![exact(last), prefix]);
        let mut parts: Vec<(Occur, Box<dyn Query>)> = before
            .iter()
            .map(|word| (Occur::Must, exact(word)))
            .collect();
        parts.push((Occur::Must, Box::new(either)));
        Box::new(BooleanQuery::new(parts))
    };
    let best = searcher.search(&query, &TopDocs::with_limit(100).order_by_score());
    std::hint::black_box(best.unwrap());
}
