//! A sentence as the tagger sees it: words, each quotation folded into one unit, and what is known of each.
//!
//! Whoever is quoted is quoted with the whole of what stands in the marks, so nothing is decided inside them;
//! and a sentence with a long quotation is as short as one without. (In the training corpus 4 attributions in a
//! thousand cut a quotation, 2 in a thousand have their cue inside one.)

use crate::extract::clusters::Clusters;
use crate::extract::document::{Document, Sentence, Word};
use crate::extract::lexicon::{Classes, Forms};
use crate::extract::pos::{Look, Pos};
use crate::extract::tag::Tag;
use crate::extract::weights::{feature, value};
use crate::model::Act;
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// Longest scene, in units: what lies beyond is not looked at.
pub const LONGEST: usize = 400;

/// A word outside quotations, or a whole quotation with its marks.
#[derive(Clone, Copy, Debug)]
pub struct Unit {
    /// Its first word.
    pub first: u32,
    /// One past its last word.
    pub end: u32,
    /// 1 + index of the outermost quotation; 0 for a word outside any.
    pub quotation: u32,
    /// Hash of the lower-case form; of a marker for numbers and quotations.
    pub form: u64,
    /// Hash of all that hangs on the word alone, whatever its sentence: form (which tells the verb), endings (the longer tells the
    /// shorter), cluster, classes. What words sum to is kept by it: a feature of words that reads more of a unit needs it here.
    pub word: u64,
    /// Coarse kind: 1 a quotation, 2 a comma, 3 a colon, 4 another mark, 5 a reporting word, 6 in lower case, 7 any other; 0 for
    /// what is outside.
    pub kind: u8,
    /// Hashes of the last two and three bytes.
    pub endings: [u32; 2],
    /// How it is written: see the function of that name.
    pub shape: u8,
    /// 1 + part of speech; 0: none.
    pub tag: u8,
    /// Cluster path, left-aligned in 16 bits; 0: unknown.
    pub cluster: u16,
    /// 1 + number of the cluster; 0: unknown.
    pub group: u16,
    pub classes: Classes,
    /// 1 + index of the reporting verb, 0: none.
    pub verb: u16,
    pub forms: Forms,
    /// What may follow the reporting verb.
    pub frames: u16,
    /// 0: no reporting word, 1: of thinking or wanting, 2: of saying.
    pub act: u8,
    /// 1 + index of the reporting noun, 0: none.
    pub noun: u16,
    /// For a quotation: how long, how it ends.
    pub quote: u8,
}

impl Unit {
    /// What stands before the first and behind the last.
    pub const NONE: Self = Self {
        first: 0,
        end: 0,
        quotation: 0,
        form: 1,
        word: 1,
        kind: 0,
        endings: [0, 0],
        shape: 0,
        tag: 0,
        cluster: 0,
        group: 0,
        classes: Classes::NONE,
        verb: 0,
        forms: Forms::NONE,
        frames: 0,
        act: 0,
        noun: 0,
        quote: 0,
    };

    /// The unit with what follows from the rest of it.
    fn told(self) -> Self {
        let kind = match self.shape {
            _ if self.is_quote() => 1,
            b',' => 2,
            b':' => 3,
            16.. => 4,
            _ if self.verb != 0 || self.noun != 0 => 5,
            1 => 6,
            _ => 7,
        };
        let cluster = u64::from(self.cluster) << 16 | u64::from(self.group);
        let word = feature(
            0,
            feature(1, self.form, self.endings[1].into()),
            feature(2, cluster, self.classes.bits().into()),
        );
        Self { word, kind, ..self }
    }

    pub fn is_quote(&self) -> bool {
        self.quotation != 0
    }
    pub fn is_word(&self) -> bool {
        self.quotation == 0 && self.shape < 16
    }
    pub fn is(&self, classes: Classes) -> bool {
        self.quotation == 0 && self.classes.any(classes)
    }
    pub fn is_mark(&self, mark: u8) -> bool {
        self.shape == mark
    }
}

/// The units of a sentence, and of the quotations right behind it that may go on with one of it.
#[derive(Debug, Default)]
pub struct Scene {
    pub units: Vec<Unit>,
    /// How many of them belong to the sentence itself.
    pub own: usize,
    /// Whether any is a quotation.
    pub quoted: bool,
    /// In a heading.
    pub heading: bool,
    /// Units of the sentence are before this paragraph's first sentence end: the sentence opens its paragraph.
    pub opens: bool,
}

/// What is known of words beyond the lexicon: parts of speech and clusters.
#[derive(Clone, Copy, Debug)]
pub struct Sense<'b> {
    pub pos: Pos<'b>,
    pub clusters: Clusters<'b>,
}

impl Sense<'static> {
    /// Those that come with the program.
    #[must_use]
    pub fn bundled() -> Option<Self> {
        Some(Self {
            pos: Pos::bundled()?,
            clusters: Clusters::bundled()?,
        })
    }
}

impl Scene {
    /// Cuts the sentence at `index` of the document.
    pub fn cut(&mut self, doc: &Document<'_>, sense: &Sense<'_>, index: usize) {
        self.units.clear();
        let Some(sentence) = doc.sentences.get(index) else {
            return;
        };
        self.add(doc, sense, &sentence.words);
        self.own = self.units.len();
        let paragraph = doc.paragraphs.get(sentence.paragraph);
        self.heading = paragraph.is_some_and(|p| p.heading);
        self.opens = paragraph.is_some_and(|p| p.words.start == sentence.words.start);
        let colon = self
            .units
            .last()
            .is_some_and(|u| u.is_mark(b':') && u.quotation == 0);
        let mut before = sentence;
        for next in doc.sentences.get(index + 1..).unwrap_or(&[]).iter().take(3) {
            let near = next.paragraph == before.paragraph
                || (colon && next.paragraph == before.paragraph + 1);
            if !near || !all_quoted(doc, next) || self.units.len() >= LONGEST {
                break;
            }
            self.add(doc, sense, &next.words);
            before = next;
        }
        self.units.truncate(LONGEST);
        self.own = self.own.min(LONGEST);
        self.quoted = self.units.iter().any(Unit::is_quote);
    }

    fn add(&mut self, doc: &Document<'_>, sense: &Sense<'_>, words: &Range<usize>) {
        let mut at = words.start;
        let units = &mut self.units;
        // What stands in marks is one unit, whatever its words are.
        let wanted = |word: &Word<'_>| word.quotation == 0;
        sense.pos.tag(doc, words.clone(), wanted, |look, tag| {
            let Some(word) = doc.word(at) else { return };
            let end = at as u32 + 1;
            match units.last_mut() {
                Some(last) if word.quotation != 0 && last.quotation == word.quotation => {
                    last.end = end;
                }
                _ if word.quotation != 0 => units.push(quotation(doc, at, word)),
                _ => units.push(unit(doc, sense, at, word, look, tag)),
            }
            at += 1;
        });
    }

    /// The unit at a place, or what stands outside.
    #[inline]
    pub fn unit(&self, at: usize) -> &Unit {
        self.units.get(at).unwrap_or(&Unit::NONE)
    }

    /// The units that the words touch.
    pub fn range(&self, words: &Range<usize>) -> Range<usize> {
        let (from, to) = (words.start as u32, words.end as u32);
        let first = self.units.partition_point(|u| u.end <= from);
        let end = self.units.partition_point(|u| u.first < to);
        first..end.max(first)
    }

    /// The words of a range of units.
    pub fn words(&self, units: &Range<usize>) -> Range<usize> {
        let first = self.units.get(units.start).map_or(0, |u| u.first);
        let end = units
            .end
            .checked_sub(1)
            .and_then(|e| self.units.get(e))
            .map_or(first, |u| u.end);
        first as usize..end as usize
    }
}

/// Whether the sentence is nothing but a quotation.
fn all_quoted(doc: &Document<'_>, sentence: &Sentence) -> bool {
    sentence
        .words
        .clone()
        .all(|i| doc.word(i).is_none_or(|w| w.quotation != 0 || !w.is_word()))
        && doc
            .word(sentence.words.start)
            .is_some_and(|w| w.quotation != 0)
}

fn unit(
    doc: &Document<'_>,
    sense: &Sense<'_>,
    at: usize,
    word: &Word<'_>,
    look: &Look,
    tag: Tag,
) -> Unit {
    let cluster = match word.kind {
        Kind::Punctuation => sense.clusters.get(doc.key(word)),
        _ => look.cluster(),
    };
    let written = word.span.of(doc.text).as_bytes();
    let (verb, forms) = word
        .verb()
        .map_or((0, Forms::default()), |(v, f)| (v + 1, f));
    let number = word.kind == Kind::Number;
    let noun = word.entry.and_then(|e| e.noun);
    let reporting = word
        .verb()
        .map(|(v, _)| v)
        .or(noun)
        .and_then(|i| doc.lexicon.reporting(i));
    Unit {
        first: at as u32,
        end: at as u32 + 1,
        form: if number { value(b"0") } else { word.form },
        endings: [ending(written, 2), ending(written, 3)],
        shape: shape(word, written),
        tag: 1 + tag as u8,
        cluster: cluster.map_or(0, |c| c.path.max(1)),
        group: cluster.map_or(0, |c| 1 + c.id),
        classes: word.classes,
        verb,
        forms,
        frames: reporting.map_or(0, |r| r.frames.bits()),
        act: reporting.map_or(0, |r| if r.act == Act::Speech { 2 } else { 1 }),
        noun: noun.map_or(0, |n| n + 1),
        ..Unit::NONE
    }
    .told()
}

fn quotation(doc: &Document<'_>, at: usize, word: &Word<'_>) -> Unit {
    let region = doc.outermost.get((word.quotation as usize).wrapping_sub(1));
    let inner = region
        .map_or(Span::default(), |r| r.inner.trimmed(doc.text))
        .of(doc.text);
    let words = inner.split_ascii_whitespace().take(8).count();
    let long = match words {
        0..=1 => 0,
        2..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    let close = match inner.as_bytes().last() {
        Some(b',') => 1,
        Some(b'.') => 2,
        Some(b'!' | b'?') => 3,
        _ if region.is_some_and(|r| r.close.is_none()) => 4,
        _ => 0,
    };
    let capital = u8::from(inner.starts_with(char::is_uppercase));
    Unit {
        first: at as u32,
        end: at as u32 + 1,
        quotation: word.quotation,
        form: value(b"<quotation>"),
        shape: 15,
        quote: 1 + long * 10 + close * 2 + capital,
        ..Unit::NONE
    }
    .told()
}

/// Hash of the last `n` bytes, lower case.
fn ending(written: &[u8], n: usize) -> u32 {
    let tail = written
        .get(written.len().saturating_sub(n)..)
        .unwrap_or(written);
    tail.iter().fold(n as u32, |h, b| {
        (h << 8) | u32::from(b.to_ascii_lowercase())
    })
}

/// How a word is written: 1 lower case, 2 a capital first, 3 capitals, 4 mixed, 5 one capital letter, 6 capital with a dot,
/// 7 a number, 8 a possessive ending, 15 a quotation; for punctuation its byte.
fn shape(word: &Word<'_>, written: &[u8]) -> u8 {
    match word.kind {
        Kind::Punctuation => word.first.max(16),
        Kind::Number => 7,
        Kind::Possessive => 8,
        Kind::Word if !word.capital => {
            if written.iter().any(u8::is_ascii_uppercase) {
                4
            } else {
                1
            }
        }
        Kind::Word if written.last() == Some(&b'.') => 6,
        Kind::Word if written.len() == 1 => 5,
        Kind::Word => {
            let rest = written.get(1..).unwrap_or(&[]);
            if rest.iter().all(|b| !b.is_ascii_lowercase()) {
                3
            } else if rest.iter().any(u8::is_ascii_uppercase) {
                4
            } else {
                2
            }
        }
    }
}
