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

mod sight;

use super::clusters::Clusters;
use super::document::{Document, Word};
use super::lookup::{Lookup, encode as encode_lookup};
use super::tag::{LEARNED, Tag};
use super::weights::feature;
pub use sight::{CERTAIN, GUESSED, Look, Sight, encode_dictionary, entry, starts};
use sight::{OUTSIDE, QUOTED};
use std::ops::Range;

/// The bundled file.
const BUNDLED: &[u8] = include_bytes!("../../assets/models/pos.bin");
/// A word between its neighbours.
pub type Window = [Look; 3];

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
                        .given()
                        .unwrap_or_else(|| best(look, &self.scores(&window, &history)));
                    each(look, tag);
                    history.push(tag);
                }
            }
        }
    }
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
