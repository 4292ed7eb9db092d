//! One stretch of one voice to its claims.

use super::confidence::{self, Signs};
use super::{FEWEST, Voice, clauses, target, wording};
use crate::extract::acts::{self, Act};
use crate::extract::document::{Document, Word};
use crate::extract::lexicon::{Classes, Signal};
use crate::extract::{dates, facets, numbers, skeleton};
use crate::model::{Attributed, Claim, ClaimType, InQuote};
use crate::text::tokens::Kind;
use crate::text::{Span, spaced_words};
use std::ops::Range;

/// Makes claims and keeps them.
pub(super) struct Maker<'d, 't> {
    doc: &'d Document<'t>,
    said: Option<jiff::civil::Date>,
    out: Vec<Claim>,
    /// Room for the parts of a sentence, and for its topics.
    parts: Vec<(Range<usize>, Act)>,
    topics: Vec<wording::Topic>,
}

impl<'d, 't> Maker<'d, 't> {
    pub(super) fn new(doc: &'d Document<'t>, said: Option<jiff::civil::Date>) -> Self {
        Self {
            doc,
            said,
            out: Vec::new(),
            parts: Vec::new(),
            topics: Vec::new(),
        }
    }

    pub(super) fn done(self) -> Vec<Claim> {
        self.out
    }

    /// The claims of one sentence of one voice.
    pub(super) fn stretch(&mut self, span: Span, voice: &Voice<'_>) {
        let doc = self.doc;
        let words = clauses::words_in(doc, span);
        if voice.attribution != Attributed::Narrator && greets(doc, &words) {
            return;
        }
        let question = span
            .of(doc.text)
            .trim_end_matches(['"', '”', '’', '\''])
            .ends_with('?');
        if question
            || (words.len() < 7
                && voice.signals.is_empty()
                && !clauses::predicates(doc, &words)
                && !performs(doc, &words))
            || words
                .clone()
                .filter(|&i| doc.word(i).is_some_and(Word::is_word))
                .count()
                < FEWEST
        {
            return;
        }
        let narrator = voice.attribution == Attributed::Narrator;
        // Cut at every seam, then join neighbours that do the same.
        let mut parts = std::mem::take(&mut self.parts);
        let mut begin = words.start;
        let mut put = |range: Range<usize>| {
            let act = acts::read(doc, &range, voice.heard(range.start == words.start));
            match parts.last_mut() {
                Some((before, last))
                    if last.kind == act.kind
                        && quoted_share(doc, before) == quoted_share(doc, &range)
                        || range.len() < FEWEST =>
                {
                    before.end = range.end;
                }
                _ => parts.push((range, act)),
            }
        };
        if !narrator {
            for (end, next) in clauses::seams(doc, &words) {
                let apart = end >= begin + FEWEST && words.end - next >= FEWEST;
                if apart
                    && (skeleton::stands(doc, &(begin..end)) || clauses::performs(doc, begin, end))
                {
                    put(begin..end);
                    begin = next;
                }
            }
        }
        put(begin..words.end);
        for (range, act) in parts.drain(..) {
            self.claim(range, act, voice);
        }
        self.parts = parts;
    }

    fn claim(&mut self, words: Range<usize>, act: Act, voice: &Voice<'_>) {
        let doc = self.doc;
        let words = clauses::trimmed(doc, words);
        let span = doc.span_of(&words);
        if span.is_empty() || words.len() < FEWEST {
            return;
        }
        // What the writer tells is told as fact; only what it values or wants shows in its words.
        let kind = if voice.attribution == Attributed::Narrator {
            ClaimType::Fact
        } else {
            act.kind
        };
        // Who asks the questions thanks and bids to keep the talk going.
        if voice.attribution == Attributed::Question
            && matches!(
                kind,
                ClaimType::Expressive
                    | ClaimType::Demand
                    | ClaimType::Commitment
                    | ClaimType::Threat
            )
        {
            return;
        }
        // The patterns are dear; most claims hold nothing that they could find.
        let found_dates = match near_time(doc, &words) {
            Some(near) => dates::dates_near(doc.text, span, near, self.said),
            None => Vec::new(),
        };
        let found_numbers = if words.clone().any(|i| counts(doc, i)) {
            numbers::numbers(doc.text, span, &found_dates)
        } else {
            Vec::new()
        };
        let in_quote = match (voice.attribution, quoted_share(doc, &words)) {
            (Attributed::Direct, _) | (_, 2) => InQuote::Full,
            (_, 1) => InQuote::Partial,
            _ => InQuote::None,
        };
        let attribution = match (voice.attribution, in_quote) {
            (Attributed::Mixed, InQuote::None) => Attributed::Indirect,
            (Attributed::Mixed, InQuote::Full) => Attributed::Direct,
            (a, _) => a,
        };
        let facets = facets::facets(span.of(doc.text), kind, &found_numbers, &found_dates);
        let figures = !found_numbers.is_empty();
        self.out.push(Claim {
            id: 0,
            span,
            kind,
            illocution: acts::illocution(kind),
            claimant: voice.claimant.to_vec(),
            speaker: voice.speaker.cloned(),
            source_chain: voice.chain.clone(),
            attribution,
            in_quote,
            cue: voice.cue.to_vec(),
            quote: voice.quote.map(|q| q.id),
            target: target::target(doc, &words, kind),
            stance: act.stance,
            polarity: act.polarity,
            modality: act.modality,
            verifiable: acts::verifiable(kind, figures),
            facets,
            numbers: found_numbers,
            dates: found_dates,
            atoms: clauses::atoms(doc, &words),
            normalized: wording::normalized(doc, &words, voice),
            topics: wording::topics(doc, &words, &mut self.topics),
            // Weighed later.
            worth: 0.0,
            confidence: confidence::confidence(&Signs {
                attribution,
                quote: voice.quote.map(|quote| quote.confidence),
                words: spaced_words(span.of(doc.text)),
            }),
        });
    }
}

/// Whether a word of the stretch performs an act by itself: "thank you", "condolences to".
fn performs(doc: &Document<'_>, words: &Range<usize>) -> bool {
    words.clone().any(|i| {
        doc.word(i).and_then(|w| w.entry).is_some_and(|e| {
            e.acts.iter().any(|(s, n)| {
                matches!(s, Signal::Type(t) if *t != ClaimType::Evaluation) && *n >= 2
            })
        })
    })
}

/// 0: no word in marks, 1: some, 2: all.
fn quoted_share(doc: &Document<'_>, words: &Range<usize>) -> u8 {
    let (mut inside, mut all) = (0usize, 0usize);
    for word in words
        .clone()
        .filter_map(|i| doc.word(i))
        .filter(|w| w.is_word())
    {
        all += 1;
        inside += usize::from(word.quotation != 0);
    }
    if inside == 0 {
        0
    } else if inside == all {
        2
    } else {
        1
    }
}

/// Whether the stretch only greets, thanks for a word, or hands over: what is said to open and close speech.
fn greets(doc: &Document<'_>, words: &Range<usize>) -> bool {
    let at = words.start
        + usize::from(doc.reads_any(
            words.start,
            &["and", "so", "well", "hi", "hello", "okay", "yes", "but"],
        ));
    let at = at + usize::from(doc.word(at).is_some_and(Word::is_comma) && at > words.start);
    let rest = words.end.saturating_sub(at);
    // "It's great to be with you", "Mr. Secretary, welcome back", "Jonathan, thank you".
    let met = doc.reads_any(at, &["it's", "it’s", "it"])
        && (at + 1..words.end.min(at + 5)).any(|i| {
            doc.reads_any(
                i,
                &["great", "good", "wonderful", "nice", "pleasure", "honor"],
            ) && (i + 1..words.end.min(i + 4)).any(|j| {
                doc.reads(j, "to") && doc.reads_any(j + 1, &["be", "see", "have", "meet", "join"])
            })
        })
        && rest <= 12;
    let called = (at..words.end.min(at + 4)).find(|&i| doc.word(i).is_some_and(Word::is_comma));
    let called = called.is_some_and(|comma| {
        (at..comma).all(|i| doc.word(i).is_some_and(|w| w.capital))
            && (doc.reads_any(comma + 1, &["welcome", "thanks"])
                || doc.reads(comma + 1, "thank") && doc.reads(comma + 2, "you"))
    }) && rest <= 9;
    let greeting = doc.reads(at, "good")
        && doc.reads_any(at + 1, &["morning", "afternoon", "evening", "day", "night"])
        || doc.reads_any(at, &["welcome", "hello", "hi"])
        || doc.reads_any(at, &["great", "good", "pleasure", "nice", "pleased"])
            && doc.reads(at + 1, "to")
            && doc.reads_any(at + 2, &["be", "see", "meet", "have"])
        || doc.reads_any(at, &["let's", "let’s"])
            && words.len() <= 12
            && (at..words.end)
                .any(|i| doc.reads_any(i, &["go", "start", "begin", "turn", "talk", "take"]));
    let thanks = (doc.reads(at, "thank") && doc.reads(at + 1, "you") || doc.reads(at, "thanks"))
        && (words.len() <= 12 || doc.reads_any(at + 2, &["so", "very"]) && words.len() <= 16);
    greeting && words.len() <= 25 || thanks || met || called
}

/// No way to write a date has so many words before the one that tells of time, or behind it.
const REACH: usize = 6;

/// The stretch of the claim that could hold dates: around the words that tell of time; `None` where none does.
fn near_time(doc: &Document<'_>, words: &Range<usize>) -> Option<Span> {
    let mut telling = words.clone().filter(|i| tells_time(doc, *i));
    let first = telling.next()?;
    let last = telling.next_back().unwrap_or(first);
    let from = first.saturating_sub(REACH).max(words.start);
    Some(doc.span_of(&(from..(last + 1 + REACH).min(words.end))))
}

/// Whether the word could be of a date: figures, a month, a day of the week, a time.
fn tells_time(doc: &Document<'_>, at: usize) -> bool {
    let times = Classes::MONTH.or(Classes::WEEKDAY).or(Classes::TIME);
    doc.word(at).is_some_and(|w| {
        let is = |words: &[&str]| doc.reads_any(at, words);
        w.kind == Kind::Number
            || w.is(times) && !w.is(Classes::DETERMINER)
            // "Q3", "mid-May", "pre-2008".
            || (!w.plain || w.span.len() > 4)
                && doc.written(at).bytes().any(|b| b == b'-' || b.is_ascii_digit())
            || match w.first {
                b'd' | b'm' | b'q' | b'w' | b'y' => is(&["days", "weeks", "months", "years", "quarter"]),
                b'A' | b'D' | b'F' | b'J' | b'N' | b'O' | b'S' => {
                    is(&["jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"])
                }
                _ => false,
            }
    })
}

/// Whether the word could be a number: figures, or a small number in words.
fn counts(doc: &Document<'_>, at: usize) -> bool {
    doc.word(at)
        .is_some_and(|w| w.kind == Kind::Number || numbers::in_words(doc.written(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;

    #[test]
    fn near_the_words_of_time_are_all_dates() {
        let forms = "The pre-2008 way of doing business in the whole banking sector was over today. \
            Since Sept nothing at all was heard by anyone of those who asked for it on that day. \
            They expect an answer of the other parties within the next eleven months. \
            Nobody knew by the third quarter what to make of all of it. \
            More than twenty-five years ago nobody thought about it in FY2026 or the mid-1990s. \
            At the beginning of the year, not in late-May, they met for the first time.";
        let sample = include_str!("../../../assets/sample/01-g7-taiwan-strait-2022-08-03.txt");
        let lexicon = Lexicon::bundled();
        let said = "2025-10-12".parse().ok();
        let mut found = 0;
        for text in [forms, sample] {
            let doc = Document::new(text, None, &lexicon);
            for sentence in &doc.sentences {
                let span = doc.span_of(&sentence.words);
                let near = near_time(&doc, &sentence.words);
                let near = near.map(|near| dates::dates_near(text, span, near, said));
                let all = dates::dates(text, span, said);
                assert_eq!(near.unwrap_or_default(), all, "{}", span.of(text));
                found += all.len();
            }
        }
        assert!(found >= 10, "{found}");
    }
}
