//! Concordance: every place in the bodies of what a query finds where its words stand, each with the
//! words around it (key word in context), in an order that brings like contexts together; and the
//! words that stand near them more often than chance would have it. Read off the row of words, the
//! text is looked at only for the lines that are shown.

use super::needs::all_texts;
use super::scan::{How, Scanner};
use super::{Results, search};
use crate::query::Query;
use crate::store::{DocNo, Packed, Position, Segment, Snapshot, WordId, WordIndex};
use crate::text::Span;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Words around a line that are looked at for order, on either side.
const SORTED_BY: usize = 3;

/// The order of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineSort {
    /// As the statements were loaded, then as the text runs.
    #[default]
    Text,
    /// By the first, second or third word to the left, and from there outward.
    Left(usize),
    /// By the first, second or third word to the right, and from there outward.
    Right(usize),
    /// Oldest statement first; without a date last.
    Date,
    /// By whoever says it; nobody's last.
    Speaker,
}

impl LineSort {
    /// All, with the name used on the command line and the screen.
    pub const ALL: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("left1", Self::Left(1)),
        ("left2", Self::Left(2)),
        ("left3", Self::Left(3)),
        ("right1", Self::Right(1)),
        ("right2", Self::Right(2)),
        ("right3", Self::Right(3)),
        ("date", Self::Date),
        ("speaker", Self::Speaker),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(_, sort)| *sort == self);
        known.map_or("text", |(name, _)| name)
    }
}

/// One line, before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// In which statement.
    pub doc: DocNo,
    /// Words of the key, counted from the first of the body.
    start: u32,
    end: u32,
    /// How it matches.
    pub how: How,
}

/// A line with its places in the body of its statement, in bytes. Left, key and right adjoin but for
/// white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The words before.
    pub left: Span,
    /// The words that were asked for.
    pub key: Span,
    /// The words behind.
    pub right: Span,
}

/// A word that stands near the key.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// Folded.
    pub word: String,
    /// How many of its occurrences stand within the window of a key.
    pub near: usize,
    /// How often it stands in the bodies and titles of the whole store.
    pub total: usize,
    /// logDice (Rychlý 2008): 14 when it stands only there and always, one less each time that is
    /// half as sure. Comparable between stores of different size.
    pub score: f64,
}

/// All lines of a query, in order.
#[derive(Clone, Debug, Default)]
pub struct Concordance {
    /// The lines.
    pub lines: Vec<Line>,
    /// What the query found.
    pub results: Results,
}

/// Gathers the lines of every text that the query wants, over the statements that it finds. `stop`
/// as for [`search`].
#[must_use]
pub fn concordance(
    snapshot: &Snapshot,
    query: &Query,
    sort: LineSort,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Concordance> {
    let results = search(snapshot, query, stop)?;
    let wanted = query.texts().len();
    let mut docs: Vec<DocNo> = results.found.iter().map(|found| found.doc).collect();
    docs.sort_unstable();
    let segments: Vec<(DocNo, &Arc<Segment>)> = snapshot.segments().collect();
    let parts: Vec<Vec<Line>> = segments
        .into_par_iter()
        .map(|(start, segment)| {
            let scanner = Scanner::new(all_texts(query), &results.words, segment).until(stop);
            let mut lines = Vec::new();
            for number in 0..wanted {
                let mut from = docs.partition_point(|&doc| doc < start);
                scanner.each_in_segment(number, |doc, title, words, how| {
                    let doc = start + doc as usize;
                    while docs.get(from).is_some_and(|&found| found < doc) {
                        from += 1;
                    }
                    if !title && docs.get(from) == Some(&doc) {
                        lines.push(Line {
                            doc,
                            start: words.start as u32,
                            end: words.end as u32,
                            how,
                        });
                    }
                });
            }
            lines.sort_unstable_by_key(|line| (line.doc, line.start, line.end));
            lines.dedup_by_key(|line| (line.doc, line.start, line.end));
            order_within(segment, start, sort, &mut lines);
            lines
        })
        .collect();
    if stop() {
        return None;
    }
    let lines = match sort {
        LineSort::Text => parts.concat(),
        LineSort::Left(_) | LineSort::Right(_) => merge(snapshot, parts, sort),
        LineSort::Date => by(parts.concat(), |lines| dates_of(snapshot, lines)),
        LineSort::Speaker => by(parts.concat(), |lines| speakers_of(snapshot, lines)),
    };
    Some(Concordance { lines, results })
}

/// Orders by a key, given for all lines of one statement at a time; lines without one come last. Lines with
/// the same key stay as they were.
fn by<K: Ord + Send>(
    lines: Vec<Line>,
    keys: impl Fn(&[Line]) -> Vec<Option<K>> + Sync,
) -> Vec<Line> {
    let mut keyed: Vec<(bool, Option<K>, Line)> = lines
        .par_chunk_by(|a, b| a.doc == b.doc)
        .flat_map_iter(|lines| {
            let keyed = keys(lines).into_iter().zip(lines);
            keyed.map(|(key, line)| (key.is_none(), key, *line))
        })
        .collect();
    keyed.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    keyed.into_iter().map(|(_, _, line)| line).collect()
}

fn dates_of<'s>(snapshot: &'s Snapshot, lines: &[Line]) -> Vec<Option<&'s str>> {
    let statement = lines.first().and_then(|line| snapshot.statement(line.doc));
    let date = statement.and_then(|s| s.date.as_ref());
    vec![date.map(|date| date.value.as_str()); lines.len()]
}

/// Whoever says the key: the speaker of the shortest quote it stands in, as far as extracted.
#[must_use]
pub fn speaker_of<'s>(snapshot: &'s Snapshot, line: &Line) -> Option<&'s str> {
    let lines = std::slice::from_ref(line);
    speakers_of(snapshot, lines).into_iter().next().flatten()
}

/// The same of several lines of one statement, whose quotes are read once.
fn speakers_of<'s>(snapshot: &'s Snapshot, lines: &[Line]) -> Vec<Option<&'s str>> {
    let packed = lines.first().and_then(|line| snapshot.packed(line.doc));
    let quotes = packed.and_then(Packed::quotes);
    let speaker = |line: &Line| {
        let quotes = quotes.as_ref()?;
        let key = context(snapshot, line, 0)?.key;
        let holds = |spans: &[Span]| spans.iter().any(|span| span.contains(key));
        let around = quotes.attributed().filter(|q| holds(quotes.content(q)));
        let quote = around.min_by_key(|quote| quotes.extent(quote).len())?;
        quotes.speaker(quote.speaker).map(|speaker| speaker.name)
    };
    lines.iter().map(speaker).collect()
}

/// The word at `distance` from the key; `None` past the end of the body.
fn neighbour(
    index: &WordIndex,
    body: &Range<Position>,
    line: &Line,
    sort: LineSort,
    further: usize,
) -> Option<WordId> {
    let position = match sort {
        LineSort::Left(distance) => {
            (body.start + line.start).checked_sub((distance + further) as u32)?
        }
        LineSort::Right(distance) => body.start + line.end + (distance + further) as u32 - 1,
        _ => return None,
    };
    let inside = body.contains(&position);
    inside.then(|| index.word_at(position).map(|w| w.id()))?
}

/// Within a segment the numbers of words are in the order of the alphabet.
fn order_within(segment: &Segment, start: DocNo, sort: LineSort, lines: &mut Vec<Line>) {
    if !matches!(sort, LineSort::Left(_) | LineSort::Right(_)) {
        return;
    }
    let index = segment.index();
    let mut keyed: Vec<([Option<WordId>; SORTED_BY], Line)> = lines
        .iter()
        .map(|line| {
            let body = index.body((line.doc - start) as u32);
            let key = std::array::from_fn(|n| neighbour(index, &body, line, sort, n));
            (key, *line)
        })
        .collect();
    keyed.sort_unstable_by_key(|(key, line)| (*key, line.doc, line.start));
    lines.clear();
    lines.extend(keyed.into_iter().map(|(_, line)| line));
}

/// Lines of segments that are in order each, in one order: here the words themselves are compared.
fn merge(snapshot: &Snapshot, parts: Vec<Vec<Line>>, sort: LineSort) -> Vec<Line> {
    let words = |line: &Line| -> [Option<&str>; SORTED_BY] {
        let Some((segment, at)) = snapshot.locate(line.doc) else {
            return [None; SORTED_BY];
        };
        let index = segment.index();
        let body = index.body(at as u32);
        std::array::from_fn(|n| {
            neighbour(index, &body, line, sort, n).map(|id| index.vocabulary().word(id))
        })
    };
    let mut merged: Vec<([Option<&str>; SORTED_BY], Line)> = Vec::new();
    for part in parts {
        let part: Vec<_> = part.iter().map(|line| (words(line), *line)).collect();
        let before = std::mem::take(&mut merged);
        merged.reserve(before.len() + part.len());
        let (mut a, mut b) = (before.into_iter().peekable(), part.into_iter().peekable());
        loop {
            let take_first = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) => x.0.cmp(&y.0) != Ordering::Greater,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            merged.extend(if take_first { a.next() } else { b.next() });
        }
    }
    merged.into_iter().map(|(_, line)| line).collect()
}

/// The places of a line, with so many words on either side; fewer where the body begins or ends.
#[must_use]
pub fn context(snapshot: &Snapshot, line: &Line, window: usize) -> Option<Context> {
    let (segment, at) = snapshot.locate(line.doc)?;
    let index = segment.index();
    let body = index.body(u32::try_from(at).ok()?);
    let text = &segment.statements().get(at)?.body;
    let place = |word: u32| index.place(body.clone(), body.start + word, text);
    let key = place(line.start)?.cover(place(line.end.checked_sub(1)?)?);
    let window = u32::try_from(window).unwrap_or(u32::MAX);
    let words = body.end - body.start;
    let first = line.start.saturating_sub(window);
    let last = line.end.saturating_add(window).min(words);
    let left = if first < line.start {
        place(first)?.begin()
    } else {
        key.begin()
    };
    let right = if last > line.end {
        place(last - 1)?.finish()
    } else {
        key.finish()
    };
    Some(Context {
        left: Span::new(left, key.begin()),
        key,
        right: Span::new(key.finish(), right),
    })
}

/// The words within `window` words of the keys, those that belong there most first.
#[must_use]
pub fn collocates(snapshot: &Snapshot, lines: &[Line], window: usize) -> Vec<Collocate> {
    let mut by_segment: Vec<Vec<Position>> = Vec::new();
    by_segment.resize_with(snapshot.segments().count(), Vec::new);
    for line in lines {
        let Some((n, segment, at)) = snapshot.place(line.doc) else {
            continue;
        };
        let Some(near) = by_segment.get_mut(n) else {
            continue;
        };
        let index = segment.index();
        let body = index.body(at as u32);
        let (start, end) = (body.start + line.start, body.start + line.end);
        let window = u32::try_from(window).unwrap_or(u32::MAX);
        let left = start.saturating_sub(window).max(body.start)..start;
        let right = end..end.saturating_add(window).min(body.end);
        near.extend(left.chain(right));
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ((_, segment), near) in snapshot.segments().zip(&mut by_segment) {
        // A word between two keys is near once.
        near.sort_unstable();
        near.dedup();
        let index = segment.index();
        let mut of_segment: HashMap<WordId, usize> = HashMap::new();
        for &position in near.iter() {
            if let Some(word) = index.word_at(position) {
                *of_segment.entry(word.id()).or_default() += 1;
            }
        }
        for (id, count) in of_segment {
            *counts.entry(index.vocabulary().word(id)).or_default() += count;
        }
    }
    let keys = lines.len() as f64;
    let mut found: Vec<Collocate> = counts
        .into_par_iter()
        .map(|(word, near)| {
            let indexes = snapshot.segments().map(|(_, segment)| segment.index());
            let total = indexes
                .filter_map(|index| Some(index.occurrences(index.vocabulary().find(word)?)))
                .sum::<usize>();
            let dice = 2.0 * near as f64 / (keys + total as f64);
            Collocate {
                word: word.to_owned(),
                near,
                total,
                score: 14.0 + dice.log2(),
            }
        })
        .collect();
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.word.cmp(&b.word))
    });
    found
}
