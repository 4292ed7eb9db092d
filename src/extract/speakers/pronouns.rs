//! Pronouns: whom "he", "she", "they", "it" and "who" stand for.
//!
//! A pronoun stands for the most prominent fitting mention shortly before it: a subject, the one who spoke last,
//! the nearest. Must not reach over more than a few sentences for a name, nor give a woman's words to a man.

use super::bare::lower;
use super::names::Mention;
use super::people::Gender;
use super::{Scene, Sort};
use crate::extract::document::Word;
use crate::extract::lexicon::{Classes, Forms};
use crate::model::{Resolved, Speaker};
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// How many sentences back a name may stand that was not said to have spoken.
const FAR: usize = 3;

impl Scene<'_, '_> {
    /// "he", "she" and their like.
    pub(super) fn he_or_she(&self, span: Span, written: &str) -> Option<(Speaker, Sort)> {
        let gender = match written {
            "he" | "his" | "him" => Gender::Male,
            _ => Gender::Female,
        };
        let said = self.memory.before(span.begin()).find(|e| match e.sort {
            Sort::Person(person) => {
                // "Each member" is not one of whom "he" goes on to tell.
                let each = self.doc.word_at(e.source.begin());
                self.fits(person, gender) && !self.doc.reads_any(each, &["each", "every", "any"])
            }
            _ => false,
        });
        let at = self.doc.word_at(span.begin());
        let here = self.sentence_of(at);
        let last = self.names.mentions.partition_point(|m| {
            self.doc
                .word(m.words.start)
                .is_some_and(|w| w.span.begin() < span.begin())
        });
        let near = self.names.mentions.get(..last).unwrap_or_default();
        let best = near
            .iter()
            .rev()
            .take(24)
            .filter(|m| self.names.people.get(m.person).is_some_and(|p| p.sure))
            .filter(|m| self.fits(Some(m.person), gender))
            .filter(|m| !self.is_spoken_to(m, at))
            .filter_map(|m| {
                let back = here.checked_sub(self.sentence_of(m.words.start))?;
                (back <= FAR).then(|| (self.prominence(m, back, said.map(|s| s.sort)), m))
            })
            // Of equals the nearest, which comes first.
            .fold(None::<(i32, &Mention)>, |best, (score, m)| match best {
                Some((top, _)) if top >= score => best,
                _ => Some((score, m)),
            });
        if let Some((_, mention)) = best {
            let person = self.names.people.get(mention.person)?;
            let before = self.memory.before(span.begin());
            let on_behalf_of = before
                .filter(|e| e.sort == Sort::Person(Some(mention.person)))
                .find_map(|e| e.speaker.on_behalf_of.clone());
            let speaker = Speaker {
                name: person.name.clone(),
                mention: Some(person.span),
                how: Resolved::Pronoun,
                on_behalf_of,
            };
            return Some((speaker, Sort::Person(Some(mention.person))));
        }
        let said = said?;
        let how = Resolved::Pronoun;
        Some((
            Speaker {
                how,
                ..said.speaker.clone()
            },
            said.sort,
        ))
    }

    /// "Speaking to X of Y, he said": X stands in a phrase that opens the sentence of the pronoun at `at`, and is another.
    fn is_spoken_to(&self, mention: &Mention, at: usize) -> bool {
        let doc = self.doc;
        let sentence = doc.sentences.get(self.sentence_of(at));
        let start = sentence.map_or(at, |s| s.words.start);
        let Some(before) = mention.words.start.checked_sub(1) else {
            return false;
        };
        let opens = doc.word(start).is_some_and(|w| {
            let ing = w.verb().is_some_and(|(_, f)| f.any(Forms::ING));
            ing || w.is(Classes::PREPOSITION) || doc.written(start).ends_with("ing")
        });
        let comma = at > 0 && doc.word(at - 1).is_some_and(Word::is_comma);
        let owns = doc
            .word(mention.words.end)
            .is_some_and(|w| w.kind == Kind::Possessive);
        opens && comma && before >= start && !owns && doc.reads_any(before, &["to", "with", "by"])
    }

    fn fits(&self, person: Option<usize>, gender: Gender) -> bool {
        person
            .and_then(|p| self.names.people.get(p))
            .and_then(|p| p.gender)
            .is_none_or(|g| g == gender)
    }

    /// How much a mention `back` sentences before stands out.
    fn prominence(&self, mention: &Mention, back: usize, said: Option<Sort>) -> i32 {
        let doc = self.doc;
        let mut score = -3 * i32::try_from(back).unwrap_or(9);
        if said == Some(Sort::Person(Some(mention.person))) {
            score += 3;
        }
        let end = mention.words.end;
        let verb = doc.word(end).is_some_and(|w| {
            w.is(Classes::AUXILIARY.or(Classes::VERB)) && w.kind == Kind::Word
                || w.verb()
                    .is_some_and(|(_, f)| f.any(Forms::PAST.or(Forms::THIRD)))
        });
        let comma = doc
            .word(end)
            .is_some_and(crate::extract::document::Word::is_comma);
        let start = doc
            .sentences
            .get(self.sentence_of(mention.words.start))
            .map_or(0, |s| s.words.start);
        let opens = (start..mention.words.start).len() <= 4
            && (start..mention.words.start).all(|i| {
                doc.word(i)
                    .is_some_and(|w| w.capital || w.is(Classes::DETERMINER) || w.punctuation())
            });
        // "said Lee": a subject too, behind its verb.
        let inverted = mention
            .words
            .start
            .checked_sub(1)
            .and_then(|b| doc.word(b))
            .is_some_and(|w| w.verb().is_some_and(|(_, f)| f.any(Forms::PAST)) && !w.capital);
        if verb || opens && comma || inverted {
            score += 4;
        } else if opens {
            score += 3;
        }
        if doc.word(end).is_some_and(|w| w.kind == Kind::Possessive) {
            score -= 2;
        }
        if doc
            .word(mention.words.start)
            .is_some_and(|w| w.quotation != 0)
        {
            score -= 6;
        }
        score
    }

    pub(super) fn sentence_of(&self, word: usize) -> usize {
        self.doc
            .sentences
            .partition_point(|s| s.words.start <= word)
            .saturating_sub(1)
    }

    /// "they": the last source of several, else the subject of the sentence before when that is several.
    pub(super) fn they(&self, span: Span) -> Option<(Speaker, Sort)> {
        let at = self.doc.word_at(span.begin());
        let here = self.sentence_of(at);
        let several = self
            .memory
            .before(span.begin())
            .find(|e| e.sort == Sort::Several);
        let near = several.filter(|e| {
            here.saturating_sub(self.sentence_of(self.doc.word_at(e.source.begin()))) <= FAR
        });
        if let Some(found) = near {
            return Some((as_pronoun(&found.speaker), found.sort));
        }
        for back in 0..=1 {
            if back == 1
                && let Some(two) = self.two_together(here)
            {
                return Some(two);
            }
            let Some(range) = here.checked_sub(back).and_then(|s| self.subject(s, at)) else {
                continue;
            };
            let people = self.doc.word(range.start).is_some_and(|_| {
                let end = super::phrase::head_end(self.doc, &range);
                let head = lower(self.doc.written(end.saturating_sub(1)));
                self.is_plural(&range)
                    || head.ends_with('s') && !head.ends_with("ss")
                    || head == "people"
            });
            if people {
                let speaker = Speaker {
                    name: self.plain(&range),
                    mention: Some(self.doc.span_of(&range)),
                    how: Resolved::Pronoun,
                    on_behalf_of: None,
                };
                return Some((speaker, Sort::Several));
            }
        }
        let body = several.or_else(|| {
            self.memory
                .before(span.begin())
                .find(|e| e.sort == Sort::Body)
        })?;
        Some((as_pronoun(&body.speaker), body.sort))
    }

    /// "X met with Y. They ...": the two persons of the sentence before, if it names just two.
    fn two_together(&self, here: usize) -> Option<(Speaker, Sort)> {
        let words = self.doc.sentences.get(here.checked_sub(1)?)?.words.clone();
        let joined = words
            .clone()
            .any(|i| self.doc.reads(i, "with") || self.doc.reads(i, "met"));
        let from = self
            .names
            .mentions
            .partition_point(|m| m.words.start < words.start);
        let mut people: Vec<usize> = Vec::new();
        for mention in self.names.mentions.get(from..).unwrap_or_default() {
            if mention.words.start >= words.end {
                break;
            }
            if !people.contains(&mention.person) {
                people.push(mention.person);
            }
        }
        let [one, two] = people.as_slice() else {
            return None;
        };
        let (one, two) = (self.names.people.get(*one)?, self.names.people.get(*two)?);
        joined.then(|| {
            let speaker = Speaker {
                name: format!("{} and {}", one.name, two.name),
                mention: Some(one.span),
                how: Resolved::Pronoun,
                on_behalf_of: None,
            };
            (speaker, Sort::Several)
        })
    }

    /// "it": a body that is the subject of the sentence before, or the last body that spoke.
    pub(super) fn it(&self, span: Span) -> Option<(Speaker, Sort)> {
        let at = self.doc.word_at(span.begin());
        let here = self.sentence_of(at);
        let said = self
            .memory
            .before(span.begin())
            .find(|e| e.sort == Sort::Body);
        if let Some(found) = said.filter(|e| {
            here.saturating_sub(self.sentence_of(self.doc.word_at(e.source.begin()))) <= 1
        }) {
            return Some((as_pronoun(&found.speaker), found.sort));
        }
        for back in 1..=2 {
            let Some(range) = here.checked_sub(back).and_then(|s| self.subject(s, at)) else {
                continue;
            };
            let capital = self.doc.word(range.start).is_some_and(|w| w.capital);
            let name = super::phrase::without_article(self.doc, &range);
            let proper = self.doc.word(name.start).is_some_and(|w| w.capital);
            if capital
                && proper
                && super::phrase::person_in(self.doc, self.names, &range).is_none()
                && !self.is_plural(&range)
            {
                let (speaker, sort) = self.one(&range)?;
                return Some((as_pronoun(&speaker), sort));
            }
        }
        said.or_else(|| self.memory.before(span.begin()).next())
            .map(|e| (as_pronoun(&e.speaker), e.sort))
    }

    /// The noun phrase that opens a sentence, up to its verb, before word `limit`.
    pub(super) fn subject(&self, sentence: usize, limit: usize) -> Option<std::ops::Range<usize>> {
        let doc = self.doc;
        let words = doc.sentences.get(sentence)?.words.clone();
        let mut start = words.start;
        while start < words.end
            && doc.word(start).is_some_and(|w| {
                w.punctuation()
                    || w.kind == Kind::Number
                    || w.is(Classes::CONJUNCTION.or(Classes::ADVERB)) && !w.is(Classes::DETERMINER)
            })
        {
            start += 1;
        }
        let first = doc.word(start)?;
        if first.is(Classes::SUBJECT_PRONOUN) || first.is(Classes::PREPOSITION) {
            return None;
        }
        let verb = (start + 1..words.end.min(start + 24).min(limit)).find(|&i| {
            doc.word(i).is_some_and(|w| {
                w.is(Classes::AUXILIARY.or(Classes::MODAL)) && w.kind == Kind::Word
                    || w.is_comma()
                    || w.verb()
                        .is_some_and(|(_, f)| f.any(Forms::PAST.or(Forms::THIRD)))
                        && !w.capital
            })
        })?;
        Some(start..verb)
    }

    /// The noun phrase right before a relative pronoun.
    pub(super) fn antecedent(&self, span: Span) -> Option<Span> {
        let doc = self.doc;
        let at = doc.word_at(span.begin());
        let mut end = at;
        if end > 0 && doc.word(end - 1).is_some_and(Word::is_comma) {
            end -= 1;
        }
        let from = end.saturating_sub(12);
        crate::extract::sources::before(doc, from, end).map(|r| doc.span_of(&r))
    }

    /// Whether what looks like one noun phrase is a clause: an article opens another behind what must be its verb ("Donald
    /// Trump withdrew the US").
    pub(super) fn has_clause(&self, words: &Range<usize>) -> bool {
        let is = |i: usize, classes| self.doc.word(i).is_some_and(|w| w.is(classes));
        let joins = Classes::PREPOSITION
            .or(Classes::CONJUNCTION)
            .or(Classes::DETERMINER);
        let opens = |i: usize| {
            let article = [
                "the", "a", "an", "this", "these", "those", "no", "any", "some", "each", "every",
            ];
            self.doc.reads_any(i, &article) && !is(i - 1, joins)
        };
        let comma = |i: usize| self.doc.word(i).is_some_and(Word::is_comma);
        words.clone().skip(1).any(|i| opens(i) && !comma(i - 1))
    }
}

fn as_pronoun(speaker: &Speaker) -> Speaker {
    Speaker {
        how: Resolved::Pronoun,
        ..speaker.clone()
    }
}
