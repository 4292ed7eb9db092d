//! Parts of speech: one tag a word, left to right, by a linear model over a word's looks and its neighbours.
//!
//! A mark takes its tag from its character and a word that is always the same from the dictionary; the model decides
//! the others. `examples/train/pos.rs` makes the file, with the [`Look`]s and [`features`] of this one, so that
//! training and use see the same. Must not know what the tags are used for. Allocates nothing.
//!
//! Layout, little endian: `DTP2`, classes (u32), the tags of each class (u32, a bit each, see [`CERTAIN`]), a `lookup` from
//! word to class, a `lookup` from feature to row, the rows: one `i8` a learned tag. Not a table of `weights`: most
//! features of a word have no row here, and to find that out should touch one line of the cache; and rows are so long
//! that empty ones would cost more than their numbers do.

use super::clusters::{Cluster, Clusters};
use super::document::{Document, Word};
use super::lookup::{Begun, Lookup, encode as encode_lookup};
use super::tag::{LEARNED, Tag};
use super::weights::feature;
use crate::text::tokens::Kind;
use std::ops::Range;

/// The bundled file.
const BUNDLED: &[u8] = include_bytes!("../../assets/models/pos.bin");
/// In a class: the word was seen often enough that it will bear no other tag.
pub const CERTAIN: u32 = 1 << 31;
/// In a class: its tags are those that the tagger itself gave the word in other text.
pub const GUESSED: u32 = 1 << 28;
/// Before the first word of a sentence and after the last.
const OUTSIDE: Look = Look {
    class: 1 << 30,
    cluster: None,
    suffix: 0,
    shape: 0,
    given: Some(Tag::Mark),
};
/// A quotation mark, and a word that is not to be tagged.
const QUOTED: Look = Look {
    class: 1 << 29 | Tag::Quote as u32,
    given: Some(Tag::Quote),
    ..OUTSIDE
};
/// A word between its neighbours.
pub type Window = [Look; 3];

/// What the tagger sees of a word.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Tags the dictionary gives it; 0: unknown.
    class: u32,
    cluster: Option<Cluster>,
    /// Its last four bytes, in lower case; nothing where its tag is given.
    suffix: u32,
    /// How it is written; the same.
    shape: u8,
    /// Its tag, where that needs no model.
    given: Option<Tag>,
}

impl Look {
    /// Its tag, where that needs no model.
    #[must_use]
    pub fn given(&self) -> Option<Tag> {
        self.given
    }

    /// Its cluster; `None` for a mark too, whose cluster is not looked up.
    #[inline]
    #[must_use]
    pub fn cluster(&self) -> Option<Cluster> {
        self.cluster
    }

    /// Whether the word may bear `tag`.
    #[inline]
    #[must_use]
    pub fn allows(&self, tag: usize) -> bool {
        self.class & CERTAIN == 0 || self.class >> tag & 1 == 1
    }
}

/// A look that has begun: the key of the word, and what stands first where it would be.
#[derive(Clone, Copy, Debug, Default)]
struct Begin {
    key: u64,
    class: Begun,
    cluster: Begun,
}

/// What the tagger knows of words before the model: dictionary and clusters.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'b> {
    classes: &'b [[u8; 4]],
    words: Lookup<'b>,
    clusters: Clusters<'b>,
}

impl<'b> Sight<'b> {
    /// Reads the dictionary; gives the bytes after it too.
    #[must_use]
    pub fn split(bytes: &'b [u8], clusters: Clusters<'b>) -> Option<(Self, &'b [u8])> {
        let (count, rest) = bytes.strip_prefix(b"DTP2")?.split_first_chunk::<4>()?;
        let length = (u32::from_le_bytes(*count) as usize).checked_mul(4)?;
        let (classes, rest) = rest.split_at_checked(length)?;
        let (words, rest) = Lookup::split(rest)?;
        let sight = Self {
            classes: classes.as_chunks().0,
            words,
            clusters,
        };
        Some((sight, rest))
    }

    /// Begins to look for a word in the dictionary and among the clusters.
    #[inline]
    fn begin(&self, doc: &Document<'_>, word: &Word<'_>) -> Begin {
        if word.punctuation() {
            return Begin::default();
        }
        let key = doc.key(word);
        Begin {
            key,
            class: self.words.begin(entry(key, word.capital)),
            cluster: self.clusters.begin(key),
        }
    }

    /// The look of the word at `at`; `words` is its sentence.
    #[must_use]
    pub fn look(&self, doc: &Document<'_>, words: &Range<usize>, at: usize) -> Look {
        let begin = doc.word(at).map(|word| self.begin(doc, word));
        self.go_on(doc, words, at, begin.unwrap_or_default())
    }

    /// The same, where the look has begun.
    fn go_on(&self, doc: &Document<'_>, words: &Range<usize>, at: usize, begin: Begin) -> Look {
        let Some(word) = doc.word(at).filter(|_| words.contains(&at)) else {
            return OUTSIDE;
        };
        let written = doc.written(at);
        if word.kind == Kind::Punctuation {
            let tag = Tag::of_mark(written);
            return Look {
                class: 1 << 29 | tag as u32,
                given: Some(tag),
                ..OUTSIDE
            };
        }
        let first = starts(doc, words, at);
        let class = self.class_of(begin, word.capital, first);
        let number = word.kind == Kind::Number
            && written
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        let class = if number {
            1 << Tag::Cd as u32 | CERTAIN
        } else {
            class
        };
        let tags = class & !CERTAIN;
        let known = class & CERTAIN != 0 && tags.is_power_of_two();
        let given = known.then(|| Tag::from_index(tags.trailing_zeros() as usize));
        let (suffix, shape) = match given {
            Some(_) => (0, 0),
            None => (suffix(written), shape(word, written, first)),
        };
        Look {
            class,
            cluster: self.clusters.go_on(begin.key, begin.cluster),
            suffix,
            shape,
            given,
        }
    }

    /// A capital tells a name from a word, but not where every word would have one.
    fn class_of(&self, begin: Begin, capital: bool, first: bool) -> u32 {
        let of = |number: Option<u16>| {
            let class = self.classes.get(usize::from(number?));
            class.map(|c| u32::from_le_bytes(*c))
        };
        let written = of(self.words.go_on(entry(begin.key, capital), begin.class));
        match (capital, first) {
            (false, _) => written,
            // In a heading any word has one, so that even a word never seen as a name may be one.
            (true, false) => written.map(|class| class | 1 << Tag::Nnp as u32),
            (true, true) => match (of(self.words.get(entry(begin.key, false))), written) {
                (Some(a), Some(b)) => Some((a | b) & !CERTAIN | (a & b & CERTAIN)),
                (a, b) => a.or(b),
            },
        }
        .unwrap_or(0)
    }
}

/// Under what the dictionary keeps a word: its key, and whether it is written with a capital.
#[inline]
#[must_use]
pub fn entry(key: u64, capital: bool) -> u64 {
    if capital { feature(1, key, 0) } else { key }
}

/// Whether a word begins a sentence, a quotation, or what follows a colon.
#[must_use]
pub fn starts(doc: &Document<'_>, words: &Range<usize>, at: usize) -> bool {
    at == words.start
        || at
            .checked_sub(1)
            .and_then(|b| doc.word(b))
            .is_some_and(|w| {
                w.punctuation()
                    && !matches!(
                        w.first,
                        b',' | b'-' | b'\'' | b'/' | b'&' | b'%' | b'$' | b';'
                    )
            })
}

fn suffix(written: &str) -> u32 {
    let bytes = written.as_bytes();
    let last = bytes.last_chunk::<4>().copied().unwrap_or_else(|| {
        let mut short = [b'_'; 4];
        for (place, byte) in short.iter_mut().rev().zip(bytes.iter().rev()) {
            *place = *byte;
        }
        short
    });
    u32::from_le_bytes(last.map(|b| b.to_ascii_lowercase()))
}

fn shape(word: &Word<'_>, written: &str, first: bool) -> u8 {
    let bytes = written.as_bytes();
    let second = bytes.get(1).is_some_and(u8::is_ascii_uppercase);
    let capitals = second
        && bytes
            .last()
            .is_some_and(|b| b.is_ascii_uppercase() || *b == b'.');
    u8::from(word.capital)
        | u8::from(capitals) << 1
        | u8::from(bytes.contains(&b'-')) << 2
        | u8::from(word.kind == Kind::Number) << 3
        | u8::from(bytes.contains(&b'.')) << 4
        | u8::from(first) << 5
        | u8::from(word.kind == Kind::Possessive) << 6
}

/// What was tagged so far in the sentence, as far as it bears on the next word.
#[derive(Clone, Copy, Debug, Default)]
pub struct History {
    before: Tag,
    before2: Tag,
    /// The last word that was a verb, opened a clause or parted it.
    verb: Tag,
}

impl History {
    /// Goes on past a word.
    #[inline]
    pub fn push(&mut self, tag: Tag) {
        self.before2 = self.before;
        self.before = tag;
        let opens = matches!(tag, Tag::Md | Tag::To | Tag::Wdt | Tag::Wp | Tag::Wrb);
        let parts = tag as usize >= LEARNED && !matches!(tag, Tag::Quote | Tag::Mark);
        if tag.is_verb() || opens || parts {
            self.verb = tag;
        }
    }
}

/// How many features a word has.
const FEATURES: usize = 9;

/// Calls `each` with the hash of every feature of the word in the middle, given the tags before it. What the dictionary and the
/// clusters know of a word stands for the word itself: with twelve more, of words and of what stands further away, no more words
/// were right.
#[inline]
pub fn features(window: &Window, history: &History, mut each: impl FnMut(u64)) {
    let [l, w, r] = window;
    let (t1, t2) = (history.before as u64, history.before2 as u64);
    let class = |look: &Look| u64::from(look.class & !CERTAIN);
    // 0: none.
    let path = |look: &Look| look.cluster.map_or(0, |c| 1 + u64::from(c.path));
    let shape = u64::from(w.shape);
    let suffix = |bytes: u32| u64::from(w.suffix >> (32 - 8 * bytes));
    each(feature(7, class(w), class(r)));
    each(feature(10, t1 << 8 | t2, 0));
    each(feature(11, suffix(3), shape));
    each(feature(12, suffix(2), t1));
    each(feature(13, path(w), shape));
    each(feature(15, path(l), class(w)));
    each(feature(16, shape, t1));
    each(feature(21, suffix(4), 0));
    each(feature(22, class(w), history.verb as u64));
}

/// The best tag of a scored word.
#[inline]
#[must_use]
pub fn best<S: Copy + PartialOrd>(look: &Look, scores: &[S]) -> Tag {
    let mut found: Option<(usize, S)> = None;
    for (tag, &score) in scores.iter().enumerate().take(LEARNED) {
        if look.allows(tag) && found.is_none_or(|(_, most)| score > most) {
            found = Some((tag, score));
        }
    }
    found.map_or(Tag::Nn, |(tag, _)| Tag::from_index(tag))
}

/// Moves the window on by one word.
#[inline]
pub fn advance(window: &mut Window, next: Look) {
    let [_, w, r] = *window;
    *window = [w, r, next];
}

/// So many words are looked for at once.
const TOGETHER: usize = 16;

/// The tagger.
#[derive(Clone, Copy, Debug)]
pub struct Pos<'b> {
    sight: Sight<'b>,
    features: Lookup<'b>,
    rows: &'b [[u8; LEARNED]],
}

impl Pos<'static> {
    /// The tagger that comes with the program.
    #[must_use]
    pub fn bundled() -> Option<Self> {
        Self::new(BUNDLED, Clusters::bundled()?)
    }
}

impl<'b> Pos<'b> {
    /// Reads the file; `None` where the bytes are none.
    #[must_use]
    pub fn new(bytes: &'b [u8], clusters: Clusters<'b>) -> Option<Self> {
        let (sight, rest) = Sight::split(bytes, clusters)?;
        let (features, rest) = Lookup::split(rest)?;
        let (rows, rest) = rest.as_chunks();
        rest.is_empty().then_some(Self {
            sight,
            features,
            rows,
        })
    }

    /// The scores of the word in the middle, in steps in which no read waits for what comes of another: most features are unknown,
    /// which mostly the first mark tells; then which rows there are; then what they say.
    #[inline]
    fn scores(&self, window: &Window, history: &History) -> [i16; LEARNED] {
        let mut maybe = [0u64; FEATURES];
        let (mut count, mut asked) = (0, 0);
        features(window, history, |hash| {
            asked += 1;
            if let Some(place) = maybe.get_mut(count) {
                *place = hash;
            }
            // Without a branch, which would be guessed wrong.
            count += usize::from(!self.features.lacks(hash));
        });
        debug_assert_eq!(asked, FEATURES);
        let mut rows = [0u16; FEATURES];
        let mut known = 0;
        for hash in maybe.iter().take(count) {
            if let (Some(row), Some(place)) = (self.features.get(*hash), rows.get_mut(known)) {
                *place = row;
                known += 1;
            }
        }
        let mut scores = [0; LEARNED];
        for row in rows.iter().take(known) {
            if let Some(row) = self.rows.get(usize::from(*row)) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i16::from(i8::from_le_bytes([*weight]));
                }
            }
        }
        scores
    }

    /// Tags the words of one sentence of `doc` that are `wanted`; `each` is told of every word in turn. The others are taken for
    /// quotation marks.
    pub fn tag(
        &self,
        doc: &Document<'_>,
        words: Range<usize>,
        wanted: impl Fn(&Word<'_>) -> bool,
        mut each: impl FnMut(&Look, Tag),
    ) {
        let mut window = [OUTSIDE; 3];
        let mut history = History::default();
        // One look further than there are words: at what is outside.
        for from in (words.start..=words.end).step_by(TOGETHER) {
            let part = from..(words.end + 1).min(from + TOGETHER);
            let mut begun = [None; TOGETHER];
            for (at, begun) in part.clone().zip(&mut begun) {
                let word = doc.word(at).filter(|word| wanted(word));
                *begun = word.map(|word| self.sight.begin(doc, word));
            }
            for (at, begun) in part.zip(begun) {
                let next = match begun {
                    Some(begun) => self.sight.go_on(doc, &words, at, begun),
                    None if at < words.end => QUOTED,
                    None => OUTSIDE,
                };
                advance(&mut window, next);
                if at > words.start {
                    let [_, look, _] = &window;
                    let tag = look
                        .given
                        .unwrap_or_else(|| best(look, &self.scores(&window, &history)));
                    each(look, tag);
                    history.push(tag);
                }
            }
        }
    }
}

/// Writes the dictionary: the tags of each class, and the class of each [`entry`].
#[must_use]
pub fn encode_dictionary(classes: &[u32], words: &[(u64, u16)]) -> Vec<u8> {
    let mut out = b"DTP2".to_vec();
    out.extend((classes.len() as u32).to_le_bytes());
    out.extend(classes.iter().flat_map(|c| c.to_le_bytes()));
    out.extend(encode_lookup(words));
    out
}

/// Writes the weights: values are rounded so that `largest` becomes 127. At most 65,536 features.
#[must_use]
pub fn encode_weights(weights: &[(u64, Vec<f32>)], largest: f32) -> Vec<u8> {
    let entries: Vec<(u64, u16)> = weights.iter().map(|(f, _)| *f).zip(0..=u16::MAX).collect();
    let mut out = encode_lookup(&entries);
    for (_, row) in weights.iter().zip(&entries).map(|(w, _)| w) {
        let round =
            |w: &f32| ((w / largest * 127.0).round().clamp(-127.0, 127.0) as i8).to_le_bytes()[0];
        out.extend(
            row.iter()
                .map(round)
                .chain(std::iter::repeat(0))
                .take(LEARNED),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn tags(text: &str) -> Vec<String> {
        let lexicon = Lexicon::bundled();
        let doc = Document::new(text, None, &lexicon);
        let pos = Pos::bundled().expect("bundled weights");
        let mut out = Vec::new();
        for sentence in &doc.sentences {
            let mut found = Vec::new();
            pos.tag(
                &doc,
                sentence.words.clone(),
                |_| true,
                |_, tag| found.push(tag),
            );
            let words = sentence.words.clone().zip(found);
            out.extend(words.map(|(at, t)| format!("{}_{}", doc.written(at), t.penn())));
        }
        out
    }

    /// Tagged by hand: at least 19 words in 20 must come out so.
    const SENTENCES: &[&str] = &[
        "The_DT minister_NN said_VBD that_IN talks_NNS would_MD continue_VB ._.",
        "Officials_NNS have_VBP repeatedly_RB denied_VBN the_DT allegations_NNS ,_, according_VBG to_TO the_DT report_NN ._.",
        "“_\" We_PRP are_VBP ready_JJ to_TO talk_VB ,_, ”_\" she_PRP told_VBD reporters_NNS in_IN Geneva_NNP ._.",
        "Mr._NNP Smith_NNP ,_, who_WP runs_VBZ the_DT agency_NN ,_, did_VBD not_RB respond_VB ._.",
        "He_PRP accused_VBD them_PRP of_IN spreading_VBG false_JJ claims_NNS about_IN his_PRP$ record_NN ._.",
        "There_EX is_VBZ no_DT evidence_NN for_IN this_DT ,_, the_DT company_NN 's_POS lawyers_NNS wrote_VBD ._.",
        "What_WP the_DT senator_NN wants_VBZ remains_VBZ unclear_JJ ._.",
    ];

    #[test]
    fn plain_sentences_are_tagged_as_by_hand() {
        let (mut right, mut all) = (0, 0);
        let mut wrong = Vec::new();
        for sentence in SENTENCES {
            let gold: Vec<&str> = sentence.split(' ').collect();
            let words = gold
                .iter()
                .filter_map(|w| w.rsplit_once('_'))
                .map(|(w, _)| w);
            let mut text = String::new();
            for word in words {
                if !text.is_empty()
                    && !text.ends_with('“')
                    && !matches!(word, "," | "." | "”" | "'s")
                {
                    text.push(' ');
                }
                text.push_str(word);
            }
            let found = tags(&text);
            assert_eq!(found.len(), gold.len(), "{text}");
            for (f, g) in found.iter().zip(gold) {
                all += 1;
                if f == g {
                    right += 1
                } else {
                    wrong.push(format!("{f} for {g}"))
                }
            }
        }
        assert!(right * 20 >= all * 19, "{right} of {all}: {wrong:?}");
    }

    #[test]
    fn a_word_takes_its_tag_from_its_place() {
        let report = tags("They report that the report is late.");
        assert_eq!(report[1], "report_VBP");
        assert_eq!(report[4], "report_NN");
        let noted = tags("The noted economist noted it.");
        assert_eq!(noted[3], "noted_VBD");
    }

    #[test]
    fn any_text_is_tagged() {
        for text in [
            "",
            "—",
            "商务部 said",
            "\u{200b}…",
            "don’t ’s 's",
            "É É É É 1,2.3. 50% $5",
        ] {
            let _ = tags(text);
        }
    }

    #[test]
    fn other_bytes_are_no_tagger() {
        let clusters = Clusters::bundled().expect("bundled clusters");
        assert!(Pos::new(b"DTP2", clusters).is_none());
        assert!(Pos::new(&BUNDLED[..BUNDLED.len() - 1], clusters).is_none());
    }
}
