//! Finds the place that an annotation means in a text which may have changed since: by position, where the
//! words there are the very words; else by the words, told apart by those around them; else by the
//! stretch that differs from them least, with a number that says how sure that is.

use super::read::Target;
use crate::text::words::words;
use crate::text::{PointIndex, Span};

/// Least likeness, 0 to 1, of a stretch that is taken for an edited version of the words.
const LIKE_ENOUGH: f32 = 0.6;
/// Places with the very words that are looked at.
const MOST_PLACES: usize = 10_000;
/// Words of the text times words of the quote that are compared: some seconds.
const MOST_COMPARED: usize = 400_000_000;
/// Bytes up to which likeness is counted letter by letter; above, word by word.
const BY_LETTER: usize = 4_000;

/// How a place was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The words stand where the annotation says.
    Position,
    /// The words stand elsewhere.
    Quote,
    /// The words stand nowhere; these are the most alike.
    Alike,
}

impl How {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Quote => "quote",
            Self::Alike => "alike",
        }
    }
}

/// A place that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchored {
    /// Where (bytes).
    pub span: Span,
    /// How.
    pub how: How,
    /// How sure, 0 to 1.
    pub sure: f32,
}

/// Finds the place in `body`; `unchanged` says that the text is known to be the one annotated, so that a
/// position can be trusted without words. `Err` says why there is none.
///
/// # Errors
/// A clause for people.
pub fn anchor(body: &str, target: &Target, unchanged: bool) -> Result<Anchored, String> {
    let index = PointIndex::new(body);
    let Some(exact) = target.exact.as_deref().filter(|e| !e.is_empty()) else {
        let span = target.position.and_then(|p| by_points(&index, body, p));
        return match span.filter(|_| unchanged) {
            Some(span) => Ok(found(span, How::Position, 1.0)),
            None if target.position.is_some() => {
                Err("it has a position without words, which cannot be verified".to_owned())
            }
            None => Err("it selects no text by words or position".to_owned()),
        };
    };
    let (points, units) = (
        target.position.and_then(|p| by_points(&index, body, p)),
        target.position.and_then(|p| by_units(body, p)),
    );
    let tries = if target.in_utf16 {
        [units, points]
    } else {
        [points, units]
    };
    let stated = tries
        .into_iter()
        .flatten()
        .find(|span| span.of(body) == exact);
    if let Some(span) = stated {
        return Ok(found(span, How::Position, 1.0));
    }
    let near = tries.into_iter().flatten().next().map(Span::begin);
    by_words(body, exact, target, near)
        .or_else(|| alike(body, exact, near))
        .ok_or_else(|| "neither its words nor any like them are in the text".to_owned())
}

fn found(span: Span, how: How, sure: f32) -> Anchored {
    Anchored { span, how, sure }
}

fn by_points(index: &PointIndex<'_>, body: &str, (start, end): (usize, usize)) -> Option<Span> {
    let span = Span::new(index.byte(start), index.byte(end));
    (start < end && !span.of(body).is_empty()).then_some(span)
}

/// The span of a position in UTF-16 units.
fn by_units(body: &str, (start, end): (usize, usize)) -> Option<Span> {
    let mut at = 0;
    let (mut from, mut to) = (None, None);
    for (byte, c) in body.char_indices() {
        if at == start {
            from = Some(byte);
        }
        if at == end {
            to = Some(byte);
            break;
        }
        at += c.len_utf16();
    }
    if at == end {
        to = to.or(Some(body.len()));
    }
    let span = Span::new(from?, to?);
    (start < end && !span.of(body).is_empty()).then_some(span)
}

/// The place with the very words whose surroundings agree best; of several alike, the one nearest to where
/// the annotation says, and less sure.
fn by_words(body: &str, exact: &str, target: &Target, near: Option<usize>) -> Option<Anchored> {
    let mut places: Vec<(usize, usize)> = occurrences(body, exact)
        .take(MOST_PLACES)
        .map(|at| (at, agreement(body, at, at + exact.len(), target)))
        .collect();
    let best = places.iter().map(|(_, agreed)| *agreed).max()?;
    places.retain(|(_, agreed)| *agreed == best);
    let distance = |at: usize| near.map_or(at, |near| near.abs_diff(at));
    let at = places
        .iter()
        .map(|(at, _)| *at)
        .min_by_key(|at| distance(*at))?;
    let around = target.prefix.chars().count() + target.suffix.chars().count();
    let agreed = if around == 0 {
        1.0
    } else {
        best as f32 / around as f32
    };
    let sure = if places.len() == 1 {
        0.8 + 0.2 * agreed
    } else {
        1.0 / places.len() as f32
    };
    Some(found(Span::new(at, at + exact.len()), How::Quote, sure))
}

/// Where `exact` begins in `body`, places that overlap included: the second half of `ha ha ha` is `ha ha` too.
fn occurrences<'t>(body: &'t str, exact: &'t str) -> impl Iterator<Item = usize> + 't {
    let step = exact.chars().next().map_or(1, char::len_utf8);
    let from = move |start: usize| Some(start + body.get(start..)?.find(exact)?);
    std::iter::successors(from(0), move |at| from(at + step))
}

/// Characters before and after that are those the annotation has there, counted outwards.
fn agreement(body: &str, start: usize, end: usize, target: &Target) -> usize {
    let before = body.get(..start).unwrap_or("").chars().rev();
    let after = body.get(end..).unwrap_or("").chars();
    std::iter::zip(before, target.prefix.chars().rev())
        .take_while(|(a, b)| a == b)
        .count()
        + std::iter::zip(after, target.suffix.chars())
            .take_while(|(a, b)| a == b)
            .count()
}

/// The run of words that takes the fewest changes of a word to become the words sought.
fn alike(body: &str, exact: &str, near: Option<usize>) -> Option<Anchored> {
    let (sought, text) = (words(exact), words(body));
    if sought.is_empty() || sought.len().saturating_mul(text.len()) > MOST_COMPARED {
        return None;
    }
    let (from, to, changes) = fewest_changes(&sought, &text, near)?;
    let span = with_marks(body, exact, &sought, Span::new(from, to));
    let likeness = if exact.len().max(span.len()) <= BY_LETTER {
        strsim::normalized_levenshtein(exact, span.of(body)) as f32
    } else {
        1.0 - (changes as f32 / sought.len() as f32).min(1.0)
    };
    // Another place with the same number of changes may be the one that was meant.
    (likeness >= LIKE_ENOUGH).then(|| found(span, How::Alike, likeness.min(0.99)))
}

/// Bytes of the run, and its changes. A row of the table an end in the text (Sellers): what it costs to get so
/// many of the words sought out of a run that ends there, and where that run begins.
fn fewest_changes(
    sought: &[(String, Span)],
    text: &[(String, Span)],
    near: Option<usize>,
) -> Option<(usize, usize, usize)> {
    let mut row: Vec<(usize, usize)> = (0..=sought.len()).map(|n| (n, 0)).collect();
    let mut best: Option<(Run, usize, usize)> = None;
    for (at, (word, span)) in text.iter().enumerate() {
        let mut corner = (0, at);
        if let Some(first) = row.first_mut() {
            *first = (0, at + 1);
        }
        let mut left = (0, at + 1);
        for ((wanted, _), cell) in sought.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            let kept = (corner.0 + usize::from(wanted != word), corner.1);
            *cell = [kept, (above.0 + 1, above.1), (left.0 + 1, left.1)]
                .into_iter()
                .min_by_key(|(cost, begin)| (*cost, *begin))
                .unwrap_or(kept);
            corner = above;
            left = *cell;
        }
        let (cost, begin) = *row.last()?;
        if begin > at {
            continue;
        }
        let start = text.get(begin)?.1.begin();
        let run = Run {
            changes: cost,
            shortness: usize::MAX - (at - begin),
            distance: near.map_or(start, |near| near.abs_diff(start)),
        };
        if best.as_ref().is_none_or(|(other, ..)| run < *other) {
            best = Some((run, start, span.finish()));
        }
    }
    let (run, start, end) = best.filter(|(run, ..)| run.changes < sought.len())?;
    Some((start, end, run.changes))
}

/// How good a run is, the least best: of those with the fewest changes the longest, since it has more of the
/// words, and of those the nearest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    changes: usize,
    shortness: usize,
    distance: usize,
}

/// The span with the quotation marks and stops that the words sought had at their ends, where the text has them
/// there too.
fn with_marks(body: &str, exact: &str, sought: &[(String, Span)], span: Span) -> Span {
    let first = sought.first().map_or(0, |(_, s)| s.begin());
    let last = sought.last().map_or(exact.len(), |(_, s)| s.finish());
    let head = body.get(..span.begin()).unwrap_or("");
    let tail = body.get(span.finish()..).unwrap_or("");
    let before = exact.get(..first).unwrap_or("").chars().rev();
    let after = exact.get(last..).unwrap_or("").chars();
    let lead: usize = std::iter::zip(head.chars().rev(), before)
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let rest: usize = std::iter::zip(tail.chars(), after)
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Span::new(span.begin() - lead, span.finish() + rest)
}

#[cfg(test)]
mod tests;
