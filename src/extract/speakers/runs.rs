//! Runs of capitalised words, where names and bodies are found, and the acronyms given behind them.
//!
//! Works on words alone; must not tell a person from a thing.

use crate::extract::document::Document;
use crate::extract::lexicon::Classes;
use crate::text::Span;
use crate::text::tokens::Kind;
use hashbrown::HashMap;
use std::ops::Range;

/// Longest run of capitalised words that is looked at, in words.
const LONGEST: usize = 16;

/// Runs of capitalised words, with the small words that names hold.
pub fn runs(doc: &Document<'_>) -> Vec<Range<usize>> {
    let skip = Classes::DETERMINER
        .or(Classes::PREPOSITION)
        .or(Classes::CONJUNCTION)
        .or(Classes::SUBORDINATOR)
        .or(Classes::SUBJECT_PRONOUN)
        .or(Classes::POSSESSIVE)
        .or(Classes::ADVERB)
        .or(Classes::AUXILIARY)
        .or(Classes::MONTH)
        .or(Classes::WEEKDAY);
    let mut out = Vec::new();
    let mut at = 0;
    while at < doc.words.len() {
        let start = at;
        while at - start < LONGEST && continues(doc, start, at) {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        // A sentence's first word may be a capital for that reason alone.
        let mut begin = start;
        while begin < at
            && doc
                .word(begin)
                .is_some_and(|w| w.is(skip) && !w.is(Classes::TITLE))
        {
            begin += 1;
        }
        let mut end = at;
        while end > begin
            && doc
                .word(end - 1)
                .is_some_and(|w| !w.capital || w.kind != Kind::Word)
        {
            end -= 1;
        }
        if begin < end {
            out.push(begin..end);
        }
    }
    out
}

/// "European Court of Justice (ECJ)": what stands in brackets is made of the capitals before it.
pub fn acronyms(doc: &Document<'_>, runs: &[Range<usize>]) -> HashMap<String, Range<usize>> {
    let mut out = HashMap::new();
    for run in runs {
        let bracketed = doc.word(run.end).is_some_and(|w| w.first == b'(')
            && doc.word(run.end + 2).is_some_and(|w| w.first == b')');
        let written = doc.written(run.end + 1);
        if !bracketed || !(2..=8).contains(&written.len()) {
            continue;
        }
        let initials: String = run
            .clone()
            .filter(|&i| doc.word(i).is_some_and(|w| w.capital))
            .filter_map(|i| doc.written(i).chars().next())
            .collect();
        // "United Nations Human Rights Council": the run may begin before what is meant.
        if let Some(skip) = initials.find(&written.replace('.', ""))
            && initials.len() == skip + written.replace('.', "").len()
        {
            let start = run
                .clone()
                .filter(|&i| doc.word(i).is_some_and(|w| w.capital))
                .nth(skip)
                .unwrap_or(run.start);
            out.entry(written.to_owned()).or_insert(start..run.end);
        }
    }
    out
}

fn continues(doc: &Document<'_>, start: usize, at: usize) -> bool {
    let Some(word) = doc.word(at) else {
        return false;
    };
    if at > start
        && (word.quotation != doc.word(start).map_or(0, |w| w.quotation) || line_break(doc, at))
    {
        return false;
    }
    if word.kind == Kind::Word && word.capital {
        return at == start || !is_small_word(doc, at);
    }
    if at == start {
        return false;
    }
    let next = |i: usize| {
        doc.word(i)
            .is_some_and(|w| w.capital && w.kind == Kind::Word)
    };
    // The dot of an initial, and the small words of names and offices.
    let dot = word.first == b'.' && doc.written(at - 1).chars().count() == 1 && next(at + 1);
    let small = matches!(
        doc.written(at),
        "of" | "de"
            | "van"
            | "von"
            | "al"
            | "bin"
            | "bint"
            | "del"
            | "da"
            | "la"
            | "der"
            | "ibn"
            | "el"
            | "dos"
    );
    dot || (small && next(at + 1) && next(at - 1))
}

/// Whether a capitalised word is one of a headline's that no name holds: "Before", "Their", "With"; of two
/// letters only those that are no part of names elsewhere ("Moon Jae In").
fn is_small_word(doc: &Document<'_>, at: usize) -> bool {
    let long = doc.written(at).len() >= 3 || doc.reads_any(at, &["at", "on", "by", "as"]);
    long && doc.word(at).is_some_and(|w| {
        w.is(Classes::PREPOSITION
            .or(Classes::CONJUNCTION)
            .or(Classes::POSSESSIVE)
            .or(Classes::RELATIVE))
            && !w.is(Classes::TITLE)
    })
}

/// Whether a line ends between the word at `at` and the one before: names do not run over blank lines.
pub fn line_break(doc: &Document<'_>, at: usize) -> bool {
    match (at.checked_sub(1).and_then(|l| doc.word(l)), doc.word(at)) {
        (Some(l), Some(r)) => {
            let gap = Span::new(l.span.finish(), r.span.begin()).of(doc.text);
            gap.contains('\n') && (gap.matches('\n').count() > 1 || gap.len() > 80)
        }
        _ => true,
    }
}
