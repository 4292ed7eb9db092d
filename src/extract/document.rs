//! A statement's text cut into what every later step reads: paragraphs, quotations, sentences, words.
//!
//! A sentence here never ends inside a quotation, so that a quote and its attribution stay together.
//! Must not decide who said anything.

use super::lexicon::{Classes, Entry, Forms, Lexicon};
use super::lookup;
use super::marks::{self, Region};
use super::weights::{value, value_of, value_of_bytes};
use crate::text::sentences::{paragraphs, sentences_in};
use crate::text::tokens::{Kind, for_each_token};
use crate::text::{Span, spaced_words};
use std::ops::Range;

/// A token with what the lexicon knows of it.
#[derive(Clone, Copy, Debug)]
pub struct Word<'l> {
    /// Its bytes.
    pub span: Span,
    pub kind: Kind,
    /// Lexicon entry of its lower-case form.
    pub entry: Option<&'l Entry>,
    /// Its classes.
    pub classes: Classes,
    /// Begins with a capital.
    pub capital: bool,
    /// First byte, to tell punctuation apart.
    pub first: u8,
    /// Hash of its lower-case form, apostrophes straight.
    pub form: u64,
    /// ASCII without figures: whatever else is hashed of it without regard to case is hashed alike.
    pub plain: bool,
    /// 1 + index of the outermost quotation it stands in; 0: none. Marks themselves count as inside.
    pub quotation: u32,
}

impl Word<'_> {
    pub fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }
    pub fn is_comma(&self) -> bool {
        self.first == b','
    }
    pub fn punctuation(&self) -> bool {
        self.kind == Kind::Punctuation
    }
    /// Forms of the reporting verb it may be.
    pub fn verb(&self) -> Option<(u16, Forms)> {
        self.entry.and_then(|e| e.verb)
    }
}

/// A paragraph: its bytes and its words.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub span: Span,
    pub words: Range<usize>,
    /// No full stop at its end and short: a heading, a date line, a name.
    pub heading: bool,
}

/// A sentence outside quotations: its bytes, its words and its paragraph.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub span: Span,
    pub words: Range<usize>,
    pub paragraph: usize,
}

/// The text and all cuts.
#[derive(Debug)]
pub struct Document<'t> {
    pub text: &'t str,
    pub lexicon: &'t Lexicon,
    pub paragraphs: Vec<Paragraph>,
    pub sentences: Vec<Sentence>,
    pub words: Vec<Word<'t>>,
    /// All quotations; `outermost` lists those that stand in no other.
    pub regions: Vec<Region>,
    pub outermost: Vec<Region>,
    /// First word of the body proper (after the header).
    pub start: usize,
    /// How many words begin before each stretch of so many bytes.
    before: Vec<u32>,
}

/// Bytes of a stretch: a word is found from its first byte by looking at some of one, not at words all over the text.
const STRETCH: usize = 64;

/// Fewer than most texts have, so that few words are moved as their list grows.
const BYTES_A_WORD: usize = 5;

impl<'t> Document<'t> {
    /// Cuts `text`; `header` is left out of all of it.
    pub fn new(text: &'t str, header: Option<Span>, lexicon: &'t Lexicon) -> Self {
        let mut doc = Self {
            text,
            lexicon,
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            words: Vec::with_capacity(text.len() / BYTES_A_WORD),
            regions: Vec::new(),
            outermost: Vec::new(),
            start: 0,
            before: Vec::with_capacity(text.len() / STRETCH + 2),
        };
        let skip = header.map_or(0, Span::finish);
        for span in paragraphs(text) {
            if span.finish() <= skip {
                continue;
            }
            let from = span.begin().max(skip).min(span.finish());
            let span = Span::new(from, span.finish()).trimmed(text);
            if !span.is_empty() {
                doc.add_paragraph(span);
            }
        }
        for (word, index) in doc.words.iter().zip(0..) {
            let stretches = word.span.begin() / STRETCH + 1;
            if doc.before.len() < stretches {
                doc.before.resize(stretches, index);
            }
        }
        doc
    }

    fn add_paragraph(&mut self, span: Span) {
        let first_word = self.words.len();
        let mut found = marks::regions(self.text, span);
        promote_singles(self.text, &mut found);
        let first_outer = self.outermost.len();
        self.outermost
            .extend(found.iter().filter(|r| r.double && !r.nested && !r.title));
        self.regions.append(&mut found);
        let mut next = first_outer;
        let (text, lexicon) = (self.text, self.lexicon);
        let words = &mut self.words;
        let outermost = &self.outermost;
        for_each_token(text, span, |token| {
            while outermost
                .get(next)
                .is_some_and(|r| r.outer().finish() <= token.span.begin())
            {
                next += 1;
            }
            let inside = outermost
                .get(next)
                .is_some_and(|r| r.outer().overlaps(token.span));
            let written = token.span.of(text);
            let (form, plain) = form_of(written);
            let entry = lexicon.of(form);
            words.push(Word {
                span: token.span,
                kind: token.kind,
                entry,
                classes: entry.map(|e| e.classes).unwrap_or_default(),
                capital: written.starts_with(char::is_uppercase),
                first: written.as_bytes().first().copied().unwrap_or(b' '),
                form,
                plain,
                quotation: if inside {
                    u32::try_from(next + 1).unwrap_or(0)
                } else {
                    0
                },
            });
        });
        let last_word = self.words.len();
        let paragraph = self.paragraphs.len();
        let mut at = first_word;
        for sentence in self.sentences_outside_quotations(span, first_outer) {
            let begin = at;
            while self
                .words
                .get(at)
                .is_some_and(|w| at < last_word && w.span.begin() < sentence.finish())
            {
                at += 1;
            }
            if at > begin {
                self.sentences.push(Sentence {
                    span: sentence,
                    words: begin..at,
                    paragraph,
                });
            }
        }
        self.paragraphs.push(Paragraph {
            span,
            words: first_word..last_word,
            heading: is_heading(span.of(self.text)),
        });
    }

    /// Sentences of the paragraph, joined where the end fell inside a quotation, or where a quotation that
    /// ends in `?` or `!` is followed by its attribution.
    fn sentences_outside_quotations(&self, paragraph: Span, first_outer: usize) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        let mut region = first_outer;
        let mut open: Option<Span> = None;
        for sentence in sentences_in(self.text, paragraph) {
            let start = open.map_or(sentence.begin(), Span::begin);
            while self
                .outermost
                .get(region)
                .is_some_and(|r| r.outer().finish() < sentence.finish())
            {
                region += 1;
            }
            let whole = Span::new(start, sentence.finish());
            let inside = self.outermost.get(region).is_some_and(|r| {
                r.open.begin() < sentence.finish() && sentence.finish() < r.outer().finish()
            });
            let asks = whole.of(self.text).ends_with(['"', '”', '\'', '»'])
                && ["?\"", "?”", "!\"", "!”", "?''", "!''", "…”", "...\""]
                    .iter()
                    .any(|e| whole.of(self.text).ends_with(e));
            let too_long = whole.len() > 20_000;
            if !too_long
                && (inside || (asks && self.attribution_follows(sentence.finish(), paragraph)))
            {
                open = Some(whole);
            } else {
                out.push(whole);
                open = None;
            }
        }
        out.extend(open);
        self.unglued(out, first_outer)
    }

    /// `…record of service."I am troubled`: cuts before a quotation that a full stop runs into.
    fn unglued(&self, sentences: Vec<Span>, first_outer: usize) -> Vec<Span> {
        let regions = self.outermost.get(first_outer..).unwrap_or(&[]);
        if regions.is_empty() {
            return sentences;
        }
        let mut opens = regions.iter().map(|r| r.outer().begin()).peekable();
        let mut out = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let mut start = sentence.begin();
            while let Some(at) = opens.next_if(|at| *at < sentence.finish()) {
                let before = self.text.get(start..at).unwrap_or("");
                if before.ends_with(['.', '!', '?']) {
                    out.push(Span::new(start, at));
                    start = at;
                }
            }
            out.push(Span::new(start, sentence.finish()));
        }
        out
    }

    /// Whether the words at `at` read `Name said` or `said Name`.
    fn attribution_follows(&self, at: usize, paragraph: Span) -> bool {
        let rest = Span::new(at, paragraph.finish()).of(self.text);
        let mut lower = String::new();
        for (names, word) in rest.split_whitespace().take(4).enumerate() {
            if word.contains(['"', '“', '”']) {
                return false;
            }
            lower_into(word.trim_end_matches(['.', ',', ':']), &mut lower);
            let entry = self.lexicon.get(&lower);
            let past = entry.and_then(|e| e.verb).is_some_and(|(i, f)| {
                f.any(Forms::PAST.or(Forms::THIRD))
                    && self
                        .lexicon
                        .reporting(i)
                        .is_some_and(|r| r.frames.any(super::lexicon::Frames::QUOTE))
            });
            if past {
                return names > 0;
            }
        }
        false
    }

    /// The written form of a word.
    pub fn written(&self, at: usize) -> &'t str {
        self.words.get(at).map_or("", |w| w.span.of(self.text))
    }

    /// The [key](lookup::key) of a word.
    #[inline]
    pub fn key(&self, word: &Word<'_>) -> u64 {
        match word.plain {
            true => lookup::of_form(word.form),
            false => lookup::key(word.span.of(self.text)),
        }
    }

    /// The hash of the lower-case form of a word.
    pub fn form(&self, at: usize) -> u64 {
        self.words.get(at).map_or(value(b""), |w| w.form)
    }

    /// True when the word reads `word` (lower case).
    #[inline]
    pub fn reads(&self, at: usize, word: &str) -> bool {
        self.words.get(at).is_some_and(|w| self.is(w, word))
    }

    /// True when the word reads one of `words` (lower case).
    #[inline]
    pub fn reads_any(&self, at: usize, words: &[&str]) -> bool {
        let found = self.words.get(at);
        found.is_some_and(|w| words.iter().any(|word| self.is(w, word)))
    }

    /// Most words differ in their length already.
    #[inline]
    fn is(&self, found: &Word<'_>, word: &str) -> bool {
        found.span.len() == word.len() && found.span.of(self.text).eq_ignore_ascii_case(word)
    }

    pub fn word(&self, at: usize) -> Option<&Word<'t>> {
        self.words.get(at)
    }

    /// Bytes from the first to the last word of the range.
    pub fn span_of(&self, range: &Range<usize>) -> Span {
        match (
            self.words.get(range.start),
            range.end.checked_sub(1).and_then(|l| self.words.get(l)),
        ) {
            (Some(first), Some(last)) if range.end > range.start => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// Index of the first word that begins at or after byte `at`.
    pub fn word_at(&self, at: usize) -> usize {
        // No word begins in the stretches that are not there.
        let Some(&before) = self.before.get(at / STRETCH) else {
            return self.words.len();
        };
        let near = self.words.get(before as usize..).unwrap_or_default();
        let earlier = near.iter().take_while(|w| w.span.begin() < at);
        before as usize + earlier.count()
    }

    /// The words of which a part is in the span.
    pub fn touched(&self, span: Span) -> Range<usize> {
        let [first, end] = [span.begin(), span.finish()].map(|at| self.word_at(at));
        let before = first.checked_sub(1).filter(|before| {
            let word = self.words.get(*before);
            word.is_some_and(|w| w.span.finish() > span.begin())
        });
        let first = before.unwrap_or(first);
        first..end.max(first)
    }

    /// The sentence that holds byte `at`, or the last before it.
    pub fn sentence_at(&self, at: usize) -> usize {
        self.sentences
            .partition_point(|s| s.span.begin() <= at)
            .saturating_sub(1)
    }

    /// The outermost quotation that the word stands in.
    pub fn quotation(&self, at: usize) -> Option<&Region> {
        let index = self.words.get(at)?.quotation;
        self.outermost.get((index as usize).checked_sub(1)?)
    }
}

/// In a text that quotes with single marks, they do the work of double ones: where no double mark
/// stands around, a single quotation of four words or more counts as double.
fn promote_singles(text: &str, found: &mut [Region]) {
    if found.iter().any(|r| r.double) {
        return;
    }
    for region in found.iter_mut().filter(|r| r.close.is_some()) {
        if spaced_words(region.inner.of(text)) >= 4 {
            region.double = true;
        }
    }
}

/// Lower case, apostrophes straight.
pub fn lower_into(written: &str, out: &mut String) {
    out.clear();
    if written.is_ascii() {
        out.push_str(written);
        out.make_ascii_lowercase();
    } else {
        out.extend(lower(written));
    }
}

fn lower(written: &str) -> impl Iterator<Item = char> {
    let straight = |c| if c == '’' { '\'' } else { c };
    written.chars().map(straight).flat_map(char::to_lowercase)
}

/// The hash of what [`lower_into`] would write, and whether it is ASCII without figures.
fn form_of(written: &str) -> (u64, bool) {
    if !written.is_ascii() {
        return (value_of(lower(written)), false);
    }
    let mut plain = true;
    let bytes = written.bytes().map(|b| {
        plain &= !b.is_ascii_digit();
        b.to_ascii_lowercase()
    });
    (value_of_bytes(bytes), plain)
}

/// A line that is no sentence: short, and without a mark that ends one.
fn is_heading(text: &str) -> bool {
    let ends = text
        .trim_end_matches(['"', '”', '’', '\'', ')', '»', '*', '_', '」'])
        .ends_with([
            '.', '!', '?', ':', ';', '…', ',', '。', '！', '？', '—', '–',
        ]);
    let marked = text.starts_with('#');
    let short = || text.split_whitespace().nth(30).is_none();
    marked || (!ends && !text.starts_with(['"', '“', '«', '„']) && short())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_found_by_their_bytes(text in "([a-zé]{0,9}[ .,\n“”]{1,3}| {80}){0,40}", begin in 0usize..700, length in 0usize..90) {
            let lexicon = Lexicon::bundled();
            let doc = Document::new(&text, None, &lexicon);
            let span = Span::new(begin, begin + length);
            let words = doc.words.as_slice();
            let at = words.partition_point(|w| w.span.begin() < begin);
            prop_assert_eq!(doc.word_at(begin), at);
            let first = words.partition_point(|w| w.span.finish() <= begin);
            let end = words.partition_point(|w| w.span.begin() < begin + length);
            prop_assert_eq!(doc.touched(span), first..end.max(first));
        }
    }
}
