//! One text of a query in one title or body: where its words stand there, as they are written. Read off the row of
//! words; the text is looked at only for what the row does not tell. Must not know more than one statement.

use super::phrase::Phrase;
use super::scan::How;
use super::vocabulary::{Corrections, Terms};
use crate::model::Statement;
use crate::query::{Text, Word};
use crate::store::{Position, Row, RowWord, WordIndex};
use crate::text::fold::without_accents;
use crate::text::{Form, Span};
use std::ops::{ControlFlow, Range};

/// One text and what its words stand for.
pub struct Wanted<'q> {
    /// The text.
    pub text: &'q Text,
    /// Its words.
    pub words: Vec<WantedWord<'q>>,
    /// The rarest of them: where the text stands, this one does.
    pub rarest: usize,
    /// The others, the rare before the frequent: what stands seldom tells soonest that the text does not.
    others: Vec<usize>,
}

/// One word of a text.
pub struct WantedWord<'q> {
    /// The words it stands for.
    pub terms: Terms,
    word: &'q Word,
    form: Form,
}

/// A title or a body.
pub struct ZoneOf<'s> {
    /// Of its segment.
    pub index: &'s WordIndex,
    /// Where its words stand in the row.
    pub positions: Range<Position>,
    /// The statement it is of.
    pub statement: &'s Statement,
    /// The title, not the body.
    pub is_title: bool,
}

impl<'s> ZoneOf<'s> {
    /// As written. Asked for only where the row does not tell: it lies elsewhere in memory.
    fn text(&self) -> &'s str {
        if self.is_title {
            &self.statement.title.value
        } else {
            &self.statement.body
        }
    }

    /// Its words.
    pub fn row(&self) -> Row<'s> {
        self.index.row(self.positions.clone())
    }

    /// The word at a place of it.
    #[inline]
    fn word(&self, at: usize) -> Option<RowWord> {
        let position = self.positions.start + u32::try_from(at).ok()?;
        let inside = position < self.positions.end;
        inside.then(|| self.index.word_at(position)).flatten()
    }

    /// The bytes from the first to the last of these words, counted from the first of the zone.
    pub fn span(&self, words: Range<usize>) -> Option<Span> {
        let place = |n: usize| {
            let position = self.positions.start + u32::try_from(n).ok()?;
            self.index
                .place(self.positions.clone(), position, self.text())
        };
        let first = place(words.start)?;
        let last = if words.len() == 1 {
            first
        } else {
            place(words.end - 1)?
        };
        Some(first.cover(last))
    }
}

impl<'q> Wanted<'q> {
    /// Looks its words up.
    pub fn new(text: &'q Text, corrections: &Corrections, index: &WordIndex) -> Self {
        let last = text.words.len().saturating_sub(1);
        let word = |(at, word): (usize, &'q Word)| WantedWord {
            terms: Terms::of(&word.folded, text.prefix && at == last, corrections, index),
            word,
            form: Form::of(&word.typed),
        };
        let words: Vec<WantedWord<'_>> = text.words.iter().enumerate().map(word).collect();
        // One word with nothing beside it, if there is one: its positions are at hand.
        let frequency = |at: &usize| {
            let terms = words.get(*at).map(|w| &w.terms);
            terms.map(|t| (t.only().is_none(), t.frequency(index)))
        };
        let rarest = (0..words.len()).min_by_key(frequency).unwrap_or(0);
        let mut others: Vec<usize> = (0..words.len()).filter(|at| *at != rarest).collect();
        others.sort_by_key(|at| words.get(*at).map(|w| w.terms.frequency(index)));
        Self {
            text,
            words,
            rarest,
            others,
        }
    }
}

impl Wanted<'_> {
    /// Calls `each` with the words of the zone that make up the text, counted from the first of the
    /// zone, and how they do, in the order of their ends, until that says to stop. `rarest`: where the
    /// rarest word of the text stands in the zone, ascending.
    pub fn each_in(
        &self,
        zone: &ZoneOf<'_>,
        rarest: &mut dyn Iterator<Item = usize>,
        mut each: impl FnMut(Range<usize>, How) -> ControlFlow<()>,
    ) {
        if self.text.slop == 0 {
            for at in rarest {
                let Some(start) = at.checked_sub(self.rarest) else {
                    continue;
                };
                let mut places = self.words.iter().zip(start..);
                let worst = places.try_fold(How::Exact, |worst, (word, at)| {
                    word.at(zone, at).map(|how| worst.max(how))
                });
                if let Some(how) = worst
                    && each(start..start + self.words.len(), how).is_break()
                {
                    return;
                }
            }
            return;
        }
        // Round each place of the rarest word there is room for the whole text and no more; what was
        // read for the place before is not read again.
        let reach = self.reach();
        let mut read = 0;
        let mut phrase = Phrase::new(self.text);
        let mut flow = ControlFlow::Continue(());
        for at in rarest {
            for near in read.max(at.saturating_sub(reach))..=at + reach {
                let Some(stands) = zone.word(near) else {
                    continue;
                };
                for (w, word) in self.words.iter().enumerate() {
                    if let Some(how) = word.reads(stands, zone, near) {
                        phrase.meet(w, how, near, |words, how| {
                            if flow.is_continue() {
                                flow = each(words, how);
                            }
                        });
                    }
                }
            }
            read = at + reach + 1;
            if flow.is_break() {
                return;
            }
        }
    }

    /// Where the rarest word stands in a zone and the text may stand round it, read off the row.
    pub fn rarest_in(&self, zone: &ZoneOf<'_>) -> Vec<usize> {
        let mut places = Vec::new();
        if let Some(rarest) = self.words.get(self.rarest) {
            let row = zone.row();
            rarest.terms.each_in(row, !rarest.is_strict(), |at, _| {
                places.extend(self.may_stand(row, at).then_some(at));
                ControlFlow::Continue(())
            });
        }
        places
    }

    /// False where the text does not stand round this place of its rarest word, told by the numbers of the words
    /// alone: nearly all places are done with here. A place that is passed over is part of no place of the text,
    /// so what is met round the others is the same.
    pub fn may_stand(&self, row: Row<'_>, at: usize) -> bool {
        let mut others = self
            .others
            .iter()
            .filter_map(|w| Some((w, self.words.get(*w)?)));
        if self.text.slop == 0 {
            return others.all(|(w, word)| {
                let at = (at + w).checked_sub(self.rarest);
                at.is_some_and(|at| word.terms.may_stand_at(row, at, !word.is_strict()))
            });
        }
        let reach = self.reach();
        let near = row.part(at.saturating_sub(reach)..row.len().min(at + reach + 1));
        others.all(|(_, word)| word.may_stand_in(near))
    }

    /// How far from one word of the text another may stand.
    fn reach(&self) -> usize {
        self.words.len() - 1 + self.text.slop
    }
}

impl WantedWord<'_> {
    /// Case or accents count.
    #[must_use]
    #[inline]
    pub fn is_strict(&self) -> bool {
        self.word.case || self.word.accent
    }

    /// False where it is not in the stretch; what is true may be so by mistake.
    fn may_stand_in(&self, stretch: Row<'_>) -> bool {
        self.terms.may_stand_in(stretch, !self.is_strict())
    }

    /// How it matches the word at a place of the zone, as that is written.
    #[inline]
    pub fn at(&self, zone: &ZoneOf<'_>, at: usize) -> Option<How> {
        self.reads(zone.word(at)?, zone, at)
    }

    /// The same of the word that stands there.
    #[inline]
    fn reads(&self, stands: RowWord, zone: &ZoneOf<'_>, at: usize) -> Option<How> {
        let how = self.terms.how(stands.id())?;
        if !self.is_strict() {
            return Some(how);
        }
        let written = || {
            zone.span(at..at + 1)
                .map_or("", |span| span.of(zone.text()))
        };
        self.agrees(how, stands.form(), written).then_some(how)
    }

    /// Case and accents agree with what was typed, where they were typed. Reads the text only where
    /// the form does not tell.
    fn agrees<'t>(&self, how: How, form: Form, written: impl FnOnce() -> &'t str) -> bool {
        if how == How::Alike {
            return true;
        }
        if form == Form::Other {
            return agrees(self.word, written(), how);
        }
        if self.word.accent {
            return false;
        }
        match (how, form) {
            (How::Prefix, Form::Capitals) => {
                !self.word.typed.bytes().any(|b| b.is_ascii_lowercase())
            }
            _ => form == self.form,
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
