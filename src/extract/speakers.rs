//! Who a source is: pronouns, "the spokesperson", last names and turns traced inside the document.
//!
//! Takes what is written and what was written before; knows no person and no country. Where nothing fits, the
//! source stays as written.

use super::document::Document;
use super::lexicon::Classes;
use crate::model::{Resolved, Speaker, Statement};
use crate::text::Span;
use crate::text::tokens::Kind;
use std::collections::HashMap;

/// Names of the document, gathered once.
#[derive(Debug)]
pub struct Names<'t> {
    /// Fullest capitalised mention by last word, with its place.
    by_last: HashMap<&'t str, Span>,
    /// Runs of capitalised words by their first word index, in order: (word, span, words).
    runs: Vec<(usize, Span, usize)>,
}

/// What has been resolved so far, nearest last.
#[derive(Debug, Default)]
pub struct Memory {
    people: Vec<(Span, Speaker)>,
    groups: Vec<(Span, Speaker)>,
}

impl<'t> Names<'t> {
    /// Gathers runs of capitalised words.
    pub fn new(doc: &Document<'t>) -> Self {
        let mut names = Self {
            by_last: HashMap::new(),
            runs: Vec::new(),
        };
        let mut at = 0;
        while at < doc.words.len() {
            let start = at;
            while continues_name(doc, start, at) {
                at += 1;
            }
            if at == start {
                at += 1;
                continue;
            }
            let mut begin = start;
            // A sentence's first word may be a capital for that reason alone.
            while begin < at
                && doc.word(begin).is_some_and(|w| {
                    w.is(Classes::DETERMINER
                        .or(Classes::PREPOSITION)
                        .or(Classes::CONJUNCTION)
                        .or(Classes::SUBORDINATOR)
                        .or(Classes::SUBJECT_PRONOUN)
                        .or(Classes::POSSESSIVE)
                        .or(Classes::ADVERB)
                        .or(Classes::WEEKDAY))
                        && !w.is(Classes::TITLE)
                })
            {
                begin += 1;
            }
            let mut end = at;
            while end > begin
                && doc
                    .word(end - 1)
                    .is_some_and(|w| w.punctuation() || w.kind == Kind::Possessive || !w.capital)
            {
                end -= 1;
            }
            if begin < end {
                let span = doc.span_of(&(begin..end));
                names.runs.push((begin, span, end - begin));
                let last = doc.written(end - 1);
                if end - begin <= 8 {
                    let fuller = names
                        .by_last
                        .get(last)
                        .is_none_or(|s| score(doc, span) > score(doc, *s));
                    if fuller {
                        names.by_last.insert(last, span);
                    }
                }
            }
        }
        names
    }
}

/// How full a mention is: words of a name count, a courtesy title alone does not.
fn score(doc: &Document<'_>, span: Span) -> usize {
    span.of(doc.text)
        .split_whitespace()
        .filter(|w| !matches!(*w, "Mr." | "Mrs." | "Ms." | "Dr." | "Mr" | "Ms"))
        .count()
        .min(5)
}

fn continues_name(doc: &Document<'_>, start: usize, at: usize) -> bool {
    let Some(word) = doc.word(at) else {
        return false;
    };
    if at > start && word.quotation != doc.word(start).map_or(0, |w| w.quotation) {
        return false;
    }
    if word.kind == Kind::Word && word.capital {
        // A sentence ends between them.
        return at == start || !sentence_break(doc, at - 1, at);
    }
    if at == start {
        return false;
    }
    // "Secretary of State", "Ludwig van Beethoven".
    let small = ["of", "de", "van", "von", "al", "bin", "del", "da", "la"]
        .iter()
        .any(|p| doc.reads(at, p));
    small
        && doc
            .word(at + 1)
            .is_some_and(|w| w.capital && w.kind == Kind::Word)
        && doc.word(at - 1).is_some_and(|w| w.kind == Kind::Word)
        && at - start < 6
}

fn sentence_break(doc: &Document<'_>, left: usize, right: usize) -> bool {
    match (doc.word(left), doc.word(right)) {
        (Some(l), Some(r)) => Span::new(l.span.finish(), r.span.begin())
            .of(doc.text)
            .contains('\n'),
        _ => true,
    }
}

/// Resolves a source as written.
pub fn resolve(
    doc: &Document<'_>,
    names: &Names<'_>,
    memory: &mut Memory,
    source: &[Span],
    statement: &Statement,
) -> Option<Speaker> {
    let first = source.first().copied()?;
    let speaker = by_form(doc, names, memory, first, statement)?;
    let written = first.of(doc.text);
    let plural = is_plural(doc, first);
    let entry = (first, speaker.clone());
    if plural || matches!(written, "it" | "It") || !can_be_person(doc, first, &speaker) {
        memory.groups.push(entry);
    } else {
        memory.people.push(entry);
    }
    Some(speaker)
}

/// Whether "he" or "she" can stand for it: a name, an office, a person noun; no organisation, no thing.
fn can_be_person(doc: &Document<'_>, span: Span, speaker: &Speaker) -> bool {
    if matches!(speaker.how, Resolved::Pronoun | Resolved::Turn) {
        return true;
    }
    let words = super::clauses::words_in(doc, span);
    let comma = words
        .clone()
        .find(|&i| doc.word(i).is_some_and(super::document::Word::is_comma))
        .unwrap_or(words.end);
    let head = comma.checked_sub(1).and_then(|l| doc.word(l));
    let acronym = |w: &str| w.len() > 1 && !w.contains('.') && w.chars().all(char::is_uppercase);
    let last = comma.checked_sub(1).map_or("", |l| doc.written(l));
    let person = words.clone().any(|i| {
        doc.word(i)
            .is_some_and(|w| w.is(Classes::PERSON_NOUN.or(Classes::TITLE)))
    });
    let named = head.is_some_and(|w| w.capital && !w.is(Classes::COLLECTIVE));
    person || (named && !acronym(last) && !doc.reads(words.start, "the"))
}

fn is_plural(doc: &Document<'_>, span: Span) -> bool {
    let begin = doc.word_at(span.begin());
    let mut any = false;
    let mut at = begin;
    while let Some(word) = doc.word(at).filter(|w| w.span.begin() < span.finish()) {
        if word.is_comma() {
            break;
        }
        any |= word.is(Classes::PLURAL_SOURCE);
        at += 1;
    }
    any || matches!(span.of(doc.text), "they" | "They")
}

fn by_form(
    doc: &Document<'_>,
    names: &Names<'_>,
    memory: &Memory,
    span: Span,
    statement: &Statement,
) -> Option<Speaker> {
    let written = span.of(doc.text);
    let lower = written.to_lowercase().replace('’', "'");
    let before = |list: &[(Span, Speaker)]| {
        list.iter()
            .rev()
            .find(|(s, _)| s.begin() < span.begin())
            .map(|(_, s)| s.clone())
    };
    let traced = |speaker: Speaker, how| Speaker { how, ..speaker };
    match lower.as_str() {
        "he" | "she" | "his" | "her" | "him" => {
            return person_near(doc, names, memory, span).map(|s| traced(s, Resolved::Pronoun));
        }
        "they" | "their" | "them" => {
            return before(&memory.groups).map(|s| traced(s, Resolved::Pronoun));
        }
        "it" | "its" => {
            let group = before(&memory.groups);
            return group
                .or_else(|| before(&memory.people))
                .map(|s| traced(s, Resolved::Pronoun));
        }
        "i" | "we" | "my" | "our" => {
            return statement
                .source
                .as_ref()
                .or(statement.author.as_ref())
                .map(|s| Speaker {
                    name: s.value.clone(),
                    mention: None,
                    how: Resolved::Issuer,
                    on_behalf_of: None,
                });
        }
        "who" | "which" => {
            let at = doc.word_at(span.begin());
            return antecedent(doc, at).map(|s| describe(doc, names, memory, s, Resolved::Pronoun));
        }
        _ => {}
    }
    if lower.len() > 400 {
        return None;
    }
    Some(describe(doc, names, memory, span, Resolved::AsWritten))
}

/// The noun phrase right before a relative pronoun.
fn antecedent(doc: &Document<'_>, at: usize) -> Option<Span> {
    let mut end = at;
    if end > 0
        && doc
            .word(end - 1)
            .is_some_and(super::document::Word::is_comma)
    {
        end -= 1;
    }
    let from = end.saturating_sub(12);
    super::sources::before(doc, from, end).map(|r| doc.span_of(&r))
}

/// For "he" and "she": the person last spoken of, by attribution or by name.
fn person_near(
    doc: &Document<'_>,
    names: &Names<'_>,
    memory: &Memory,
    span: Span,
) -> Option<Speaker> {
    let said = memory
        .people
        .iter()
        .rev()
        .find(|(s, _)| s.begin() < span.begin());
    // A name that opens the sentence before, or this one, is nearer than an attribution further up.
    let last = names
        .runs
        .partition_point(|(_, s, _)| s.begin() < span.begin());
    let floor = said.map_or(0, |(s, _)| s.begin());
    let opening = names
        .runs
        .get(..last)
        .unwrap_or(&[])
        .iter()
        .rev()
        .take(12)
        .find(|(word, s, len)| {
            s.begin() > floor && opens_sentence(doc, *word) && person_like(doc, names, *s, *len)
        });
    match opening {
        Some((_, s, _)) => Some(describe(doc, names, memory, *s, Resolved::Pronoun)),
        None => said.map(|(_, s)| s.clone()),
    }
}

fn opens_sentence(doc: &Document<'_>, word: usize) -> bool {
    let index = doc.sentences.partition_point(|s| s.words.start <= word);
    index
        .checked_sub(1)
        .and_then(|i| doc.sentences.get(i))
        .is_some_and(|s| word - s.words.start <= 1)
}

/// Two or more capitalised words, or a last word known from a longer name.
fn person_like(doc: &Document<'_>, names: &Names<'_>, span: Span, len: usize) -> bool {
    let text = span.of(doc.text);
    let first = doc.word(doc.word_at(span.begin()));
    len >= 2 && first.is_some_and(|w| w.is(Classes::TITLE) || w.classes == Classes::default())
        || (len == 1
            && names
                .by_last
                .get(text)
                .is_some_and(|full| full.len() > span.len()))
}

/// Resolves a description or a name.
fn describe(
    doc: &Document<'_>,
    names: &Names<'_>,
    memory: &Memory,
    span: Span,
    how: Resolved,
) -> Speaker {
    let begin = doc.word_at(span.begin());
    let mut end = begin;
    while doc
        .word(end)
        .is_some_and(|w| w.span.begin() < span.finish())
    {
        end += 1;
    }
    // "Merkel's spokesperson, Steffen Seibert": the name behind the comma; "X, the chairman": before it.
    let comma = (begin..end).find(|&i| doc.word(i).is_some_and(super::document::Word::is_comma));
    let mut range = begin..comma.unwrap_or(end);
    let named_after = comma.filter(|&c| {
        let head = doc.word(c - 1);
        head.is_some_and(|w| !w.capital && w.is(Classes::OFFICE.or(Classes::PERSON_NOUN)))
            && doc.word(c + 1).is_some_and(|w| w.capital)
    });
    if let Some(c) = named_after {
        range = c + 1..end;
        if let Some(next) = (range.start..range.end)
            .find(|&i| doc.word(i).is_some_and(super::document::Word::is_comma))
        {
            range.end = next;
        }
    }
    let on_behalf_of = behalf(doc, names, memory, begin..end);
    let last = range.end.checked_sub(1).filter(|l| *l >= range.start);
    let head = last.map_or("", |l| doc.written(l));
    let mention = doc.span_of(&range);
    let words = range.len();
    let first = doc.word(range.start);
    let definite = doc.reads(range.start, "the");
    let indefinite = doc.reads(range.start, "a") || doc.reads(range.start, "an");
    // A short name: the fullest mention with the same last word.
    let capitals = range
        .clone()
        .all(|i| doc.word(i).is_some_and(|w| w.capital || w.punctuation()));
    if capitals
        && !definite
        && words <= 4
        && let Some(full) = names.by_last.get(head).copied()
        && score(doc, full) > score(doc, mention)
        && (words == 1 || same_person(doc, mention, full))
    {
        return Speaker {
            name: clean(full.of(doc.text)),
            mention: Some(full),
            how: if how == Resolved::AsWritten {
                Resolved::Description
            } else {
                how
            },
            on_behalf_of,
        };
    }
    if definite || indefinite {
        let head_noun = head_of(doc, &range);
        if definite
            && head_noun.is_some_and(|h| doc.word(h).is_some_and(|w| !w.capital))
            && let Some((_, earlier)) =
                memory
                    .people
                    .iter()
                    .chain(&memory.groups)
                    .rev()
                    .find(|(s, _)| {
                        s.begin() < span.begin()
                            && head_noun.is_some_and(|h| contains_word(doc, *s, h))
                    })
        {
            return Speaker {
                name: earlier.name.clone(),
                mention: earlier.mention,
                how: if how == Resolved::AsWritten {
                    Resolved::Description
                } else {
                    how
                },
                on_behalf_of: earlier.on_behalf_of.clone(),
            };
        }
        if definite
            && words <= 3
            && let Some(full) = head_noun.and_then(|h| titled(doc, names, &range, h, span))
        {
            return Speaker {
                name: clean(full.of(doc.text)),
                mention: Some(full),
                how: if how == Resolved::AsWritten {
                    Resolved::Description
                } else {
                    how
                },
                on_behalf_of,
            };
        }
        // "a spokesperson for the ministry": the article goes, "the ministry" is named in full.
        let from = if indefinite && first.is_some() {
            range.start + 1
        } else {
            range.start
        };
        let name = expand(doc, memory, from..range.end, span);
        return Speaker {
            name,
            mention: Some(mention),
            how,
            on_behalf_of,
        };
    }
    Speaker {
        name: clean(mention.of(doc.text)),
        mention: Some(mention),
        how,
        on_behalf_of,
    }
}

/// "the prime minister": a name whose title reads so ("Prime Minister Boris Johnson").
fn titled(
    doc: &Document<'_>,
    names: &Names<'_>,
    range: &std::ops::Range<usize>,
    head: usize,
    span: Span,
) -> Option<Span> {
    let title = doc.span_of(&(range.start + 1..head + 1)).of(doc.text);
    if title.len() < 4 {
        return None;
    }
    names
        .runs
        .iter()
        .filter(|(_, s, len)| *len >= 2 && s.begin() < span.begin())
        .rev()
        .take(60)
        .map(|(_, s, _)| *s)
        .find(|s| {
            let run = s.of(doc.text);
            run.len() > title.len()
                && run
                    .get(..title.len())
                    .is_some_and(|t| t.eq_ignore_ascii_case(title))
                || run
                    .to_lowercase()
                    .contains(&format!(" {} ", title.to_lowercase()))
        })
}

/// Whether two mentions with one last name agree in their first names, courtesy titles aside.
fn same_person(doc: &Document<'_>, short: Span, full: Span) -> bool {
    let full = full.of(doc.text);
    short
        .of(doc.text)
        .split_whitespace()
        .filter(|w| !w.ends_with('.') && !matches!(*w, "Mr" | "Ms" | "Mrs" | "Dr"))
        .all(|w| full.split_whitespace().any(|f| f == w) || super::document::is_title(doc, w))
}

/// The word that heads a description: the last before "for", "of", "with".
fn head_of(doc: &Document<'_>, range: &std::ops::Range<usize>) -> Option<usize> {
    let stop = (range.start + 1..range.end)
        .find(|&i| {
            doc.word(i).is_some_and(|w| {
                w.is(Classes::PREPOSITION) || w.punctuation() || w.is(Classes::RELATIVE)
            })
        })
        .unwrap_or(range.end);
    stop.checked_sub(1).filter(|h| *h > range.start)
}

fn contains_word(doc: &Document<'_>, span: Span, head: usize) -> bool {
    let word = doc.written(head);
    span.of(doc.text)
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|w| w.eq_ignore_ascii_case(word))
}

/// The description with "the ministry" inside it given its full name.
fn expand(
    doc: &Document<'_>,
    memory: &Memory,
    range: std::ops::Range<usize>,
    span: Span,
) -> String {
    let inner = (range.start + 1..range.end).find(|&i| doc.reads(i, "the") && i + 1 < range.end);
    if let Some(the) = inner {
        let head = head_of(doc, &(the..range.end)).unwrap_or(the + 1);
        let earlier = memory
            .people
            .iter()
            .chain(&memory.groups)
            .rev()
            .find(|(s, _)| s.begin() < span.begin() && contains_word(doc, *s, head));
        if let Some((_, full)) = earlier {
            let front = doc.span_of(&(range.start..the)).of(doc.text);
            let back = doc.span_of(&(head + 1..range.end)).of(doc.text);
            return clean(&format!("{front} {} {back}", full.name));
        }
    }
    clean(doc.span_of(&range).of(doc.text))
}

/// For whom a source speaks: the possessor of its office ("China's commerce ministry": China).
fn behalf(
    doc: &Document<'_>,
    names: &Names<'_>,
    memory: &Memory,
    words: std::ops::Range<usize>,
) -> Option<String> {
    let _ = names;
    let possessive = words
        .clone()
        .find(|&i| doc.word(i).is_some_and(|w| w.kind == Kind::Possessive));
    if let Some(p) = possessive {
        let office = (p + 1..words.end).take(5).any(|i| {
            doc.word(i)
                .is_some_and(|w| w.is(Classes::OFFICE.or(Classes::COLLECTIVE)))
        });
        let span = doc.span_of(&(words.start..p));
        let capital = doc.word(words.start).is_some_and(|w| w.capital);
        if office && capital {
            return Some(clean(span.of(doc.text)));
        }
    }
    let the = words
        .clone()
        .find(|&i| (doc.reads(i, "for") || doc.reads(i, "of")) && i + 1 < words.end)?;
    let office = (words.start..the).any(|i| {
        doc.word(i)
            .is_some_and(|w| w.is(Classes::OFFICE.or(Classes::PERSON_NOUN)))
    });
    let lower = the > words.start && doc.word(the - 1).is_some_and(|w| !w.capital);
    if !office || !lower {
        return None;
    }
    let head = words.end - 1;
    let place = doc.word(words.start).map_or(0, |w| w.span.begin());
    let earlier = memory
        .people
        .iter()
        .chain(&memory.groups)
        .rev()
        .find(|(s, _)| {
            s.begin() < place && doc.reads(the + 1, "the") && contains_word(doc, *s, head)
        });
    match earlier {
        Some((_, s)) => Some(s.on_behalf_of.clone().unwrap_or_else(|| s.name.clone())),
        None => Some(clean(doc.span_of(&(the + 1..words.end)).of(doc.text))),
    }
}

/// White space made single, trailing commas off.
fn clean(name: &str) -> String {
    let joined = name.split_whitespace().collect::<Vec<_>>().join(" ");
    joined
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '_'))
        .to_owned()
}
