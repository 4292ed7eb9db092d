//! Where the words of a query stand in one text: the exact spans that are highlighted, counted and
//! jumped to. Reads the text once, with the same words as the index.

use super::vocabulary::Corrections;
use crate::query::{Text, Word};
use crate::text::fold::without_accents;
use crate::text::{Span, words::for_each_word};
use std::collections::HashMap;

/// How a hit matches what was typed. Better ways first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The word itself (all words of a phrase).
    Exact,
    /// A longer word that begins with it.
    Prefix,
    /// A word spelt alike: shown as such.
    Alike,
}

/// One place where a text of the query stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the searched text.
    pub span: Span,
    /// How it matches.
    pub how: How,
    /// Which text of the query, counted as the scanner was given them.
    pub text: usize,
}

/// The texts of a query, ready to be looked for.
#[derive(Debug)]
pub struct Scanner<'q> {
    texts: Vec<&'q Text>,
    /// Folded word → (text, word in text, how).
    exact: HashMap<&'q str, Vec<(usize, usize, How)>>,
    /// Beginnings: (folded, text, word in text).
    beginnings: Vec<(&'q str, usize, usize)>,
}

impl<'q> Scanner<'q> {
    /// Prepares `texts`; `corrections` as `vocabulary` found them.
    #[must_use]
    pub fn new(texts: Vec<&'q Text>, corrections: &'q Corrections) -> Self {
        let mut exact: HashMap<&str, Vec<(usize, usize, How)>> = HashMap::new();
        let mut beginnings = Vec::new();
        for (t, text) in texts.iter().enumerate() {
            for (w, word) in text.words.iter().enumerate() {
                exact
                    .entry(&word.folded)
                    .or_default()
                    .push((t, w, How::Exact));
                for alike in corrections.get(&word.folded).into_iter().flatten() {
                    exact.entry(alike).or_default().push((t, w, How::Alike));
                }
                if text.prefix && w + 1 == text.words.len() {
                    beginnings.push((word.folded.as_str(), t, w));
                }
            }
        }
        Self {
            texts,
            exact,
            beginnings,
        }
    }

    /// True when there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// All hits in `body`, in order of their first byte. Time linear in the text.
    #[must_use]
    pub fn scan(&self, body: &str) -> Vec<Hit> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut hits = Vec::new();
        let mut partial: Vec<Vec<Partial>> = self.texts.iter().map(|_| Vec::new()).collect();
        let mut position = 0usize;
        for_each_word(body, |folded, span| {
            let mut step = |t: usize, w: usize, how: How| {
                let Some((text, word)) = self.texts.get(t).and_then(|x| Some((x, x.words.get(w)?)))
                else {
                    return;
                };
                if agrees(word, span.of(body), how) {
                    advance(
                        text,
                        t,
                        w,
                        how,
                        span,
                        position,
                        partial.get_mut(t),
                        &mut hits,
                    );
                }
            };
            for &(t, w, how) in self.exact.get(folded).into_iter().flatten() {
                step(t, w, how);
            }
            for &(beginning, t, w) in &self.beginnings {
                if folded.len() > beginning.len() && folded.starts_with(beginning) {
                    step(t, w, How::Prefix);
                }
            }
            position += 1;
        });
        hits.sort_by_key(|hit: &Hit| (hit.span.start, hit.span.end, hit.text));
        hits.dedup_by_key(|hit| (hit.span, hit.text));
        hits
    }
}

/// A phrase whose first words have been met.
#[derive(Clone, Copy, Debug)]
struct Partial {
    /// Words met.
    met: usize,
    /// Position of the last of them.
    last: usize,
    /// Words skipped between them.
    skipped: usize,
    start: u32,
    how: How,
}

#[expect(
    clippy::too_many_arguments,
    reason = "the state of one pass, in one place"
)]
fn advance(
    text: &Text,
    t: usize,
    w: usize,
    how: How,
    span: Span,
    position: usize,
    partial: Option<&mut Vec<Partial>>,
    hits: &mut Vec<Hit>,
) {
    let whole = text.words.len();
    if whole == 1 {
        hits.push(Hit { span, how, text: t });
        return;
    }
    let Some(partial) = partial else { return };
    // What can no longer be completed goes, so that the list stays as short as the slop.
    partial.retain(|p| position - p.last <= text.slop + 1);
    if w == 0 {
        partial.push(Partial {
            met: 1,
            last: position,
            skipped: 0,
            start: span.start,
            how,
        });
        return;
    }
    let mut grown = Vec::new();
    for p in partial.iter().filter(|p| p.met == w && p.last < position) {
        let skipped = p.skipped + (position - p.last - 1);
        if skipped <= text.slop {
            grown.push(Partial {
                met: w + 1,
                last: position,
                skipped,
                how: p.how.max(how),
                ..*p
            });
        }
    }
    for p in grown {
        if p.met == whole {
            hits.push(Hit {
                span: Span {
                    start: p.start,
                    end: span.end,
                },
                how: p.how,
                text: t,
            });
        } else {
            partial.push(p);
        }
    }
}

/// Case and accents agree with what was typed, where they were typed.
fn agrees(word: &Word, raw: &str, how: How) -> bool {
    if (!word.case && !word.accent) || how == How::Alike {
        return true;
    }
    let form = |text: &str| -> String {
        let text: String = text
            .chars()
            .filter(|&c| c != '.')
            .map(|c| if c == '’' { '\'' } else { c })
            .collect();
        let text = if word.accent {
            text
        } else {
            without_accents(&text)
        };
        if word.case { text } else { text.to_lowercase() }
    };
    let (raw, typed) = (form(raw), form(&word.typed));
    if how == How::Prefix {
        raw.starts_with(&typed)
    } else {
        raw == typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn found(line: &str, body: &str) -> Vec<String> {
        let query = parse(line).unwrap();
        let none = Corrections::new();
        let hits = Scanner::new(query.texts(), &none).scan(body);
        hits.iter().map(|h| h.span.of(body).to_owned()).collect()
    }

    #[test]
    fn words_and_phrases_are_found_where_they_stand() {
        let body = "Grain corridors: the grain corridor, and the Grain-Corridor deal.";
        assert_eq!(found("corridor ", body), ["corridor", "Corridor"]);
        assert_eq!(found("corrid", body), ["corridors", "corridor", "Corridor"]);
        assert_eq!(
            found("\"grain corridor\"", body),
            ["grain corridor", "Grain-Corridor"]
        );
        assert_eq!(
            found("\"grain cor", body),
            ["Grain corridors", "grain corridor", "Grain-Corridor"]
        );
        assert_eq!(found("\"grain deal\"~1", body), ["Grain-Corridor deal"]);
        assert_eq!(found("\"corridor grain\"", body), Vec::<String>::new());
    }

    #[test]
    fn a_phrase_that_begins_twice_is_found_once_it_holds() {
        assert_eq!(found("\"a a b\"", "a a a b"), ["a a b"]);
        assert_eq!(found("\"no no\"", "no no no"), ["no no", "no no"]);
    }

    #[test]
    fn capitals_and_accents_count_when_typed() {
        let body = "Polish polish Sánchez Sanchez U.S. us";
        assert_eq!(found("Polish ", body), ["Polish"]);
        assert_eq!(found("polish ", body), ["Polish", "polish"]);
        assert_eq!(found("sanchez ", body), ["Sánchez", "Sanchez"]);
        assert_eq!(found("sánchez ", body), ["Sánchez"]);
        assert_eq!(found("US ", body), ["U.S"]);
    }
}
