//! What a linear model sees of a sentence: its words, pairs of words, frame of closed-class words, figures, length.
//!
//! Decides nothing. The same function makes the features when the models of `worth` and `searle` are trained and
//! when they are used. Method: bag of n-grams for a linear classifier (Wang and Manning 2012, "Baselines and
//! bigrams"), with the frame features of check-worthiness work (Hassan et al. 2017, ClaimBuster).

use super::acts::{self, Act, Heard};
use super::document::Document;
use super::lexicon::{Classes, Forms, Signal};
use super::weights::{Batch, MOST_ROWS, Weights, feature};
use super::{Extractor, clauses};
use crate::text::Span;
use crate::text::tokens::Kind;
use std::ops::Range;

/// Beyond this many words a sentence is cut: lists and tables, and a bound on the work.
const LONGEST: usize = 160;

/// The closed classes whose members keep their place in the frame of a sentence.
const CLOSED: [Classes; 12] = [
    Classes::SUBJECT_PRONOUN,
    Classes::POSSESSIVE,
    Classes::DETERMINER,
    Classes::PREPOSITION,
    Classes::CONJUNCTION,
    Classes::SUBORDINATOR,
    Classes::MODAL,
    Classes::BE,
    Classes::HAVE,
    Classes::DO,
    Classes::NEGATION,
    Classes::ADVERB,
];

/// The features of one sentence after another.
#[derive(Debug, Default)]
pub(super) struct Features {
    hashes: Vec<u64>,
    /// Those met, to have each once: at the place that the hash gives, or behind it; 0 where there is none.
    met: Vec<u64>,
}

impl Features {
    /// Reads the features of `words`, each once; `for_acts` with those that tell speech acts and nothing else.
    pub(super) fn read(&mut self, doc: &Document<'_>, words: &Range<usize>, for_acts: bool) {
        self.hashes.clear();
        features(doc, words, for_acts, &mut self.hashes);
        self.met.clear();
        self.met
            .resize((2 * self.hashes.len()).next_power_of_two(), 0);
        let met = &mut self.met;
        self.hashes.retain(|hash| is_first(*hash, met));
    }

    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }
}

/// Whether a hash is not among those `met`, of which there is room for more than it holds, a power of two; puts it there.
fn is_first(hash: u64, met: &mut [u64]) -> bool {
    let mask = met.len() - 1;
    let mut at = hash as usize & mask;
    while let Some(place) = met.get_mut(at) {
        if *place == 0 {
            *place = hash;
            return true;
        }
        if *place == hash {
            return false;
        }
        at = (at + 1) & mask;
    }
    true
}

/// Adds the features of `words`.
fn features(doc: &Document<'_>, words: &Range<usize>, for_acts: bool, out: &mut Vec<u64>) {
    let words = words.start..words.end.min(words.start + LONGEST);
    let mut one = 1u64;
    let (mut frame, mut frame_before) = (1u64, 2u64);
    let (mut count, mut figures, mut names, mut money) = (0u64, 0u64, 0u64, 0u64);
    let (mut pasts, mut at_place) = (0u64, 0u64);
    for i in words.clone() {
        let Some(word) = doc.word(i) else { break };
        let written = doc.written(i);
        let key = match word.plain {
            true => word.form,
            false => folded(written),
        };
        out.push(feature(1, key, 0));
        out.push(feature(2, one, key));
        if at_place < 3 {
            out.push(feature(5, key, at_place));
            at_place += 1;
        }
        let class = class_of(word, written);
        out.push(feature(6, frame, class));
        if for_acts {
            out.push(feature(7, frame_before, feature(0, frame, class)));
            out.push(feature(9, frame, key));
        }
        if word.kind == Kind::Word && written.len() > 4 {
            out.push(feature(10, folded(tail(written, 3)), 0));
            out.push(feature(11, folded(head(written, 5)), 0));
        }
        if let Some(entry) = word.entry {
            for (signal, weight) in &entry.acts {
                let weight = u64::from((*weight).unsigned_abs());
                out.push(feature(12, signal_of(*signal), weight));
                if for_acts {
                    out.push(feature(
                        19,
                        feature(0, frame_before, weight),
                        signal_of(*signal),
                    ));
                }
            }
        }
        (frame_before, frame) = (frame, class);
        count += u64::from(word.is_word());
        figures += u64::from(word.kind == Kind::Number);
        names += u64::from(word.capital && i > words.start && word.classes == Classes::default());
        money += u64::from(matches!(word.first, b'$' | b'%'));
        pasts += u64::from(written.ends_with("ed"));
        one = key;
    }
    form(doc, &words, out);
    out.push(feature(2, one, 3));
    out.push(feature(13, count.min(60).div_ceil(4), 0));
    out.push(feature(14, figures.min(4), 0));
    out.push(feature(15, names.min(6), 0));
    out.push(feature(16, money.min(2), 0));
    out.push(feature(17, pasts.min(3), 0));
    out.push(feature(
        18,
        figures.min(1) * 4 + names.min(1) * 2 + pasts.min(1),
        0,
    ));
}

/// Whether it asks or bids, by its first words and its last mark.
fn form(doc: &Document<'_>, words: &Range<usize>, out: &mut Vec<u64>) {
    let plain = |i: &usize| doc.word(*i).is_some_and(|w| w.is_word());
    let asks = words
        .clone()
        .rev()
        .take(4)
        .take_while(|i| !plain(i))
        .any(|i| doc.reads(i, "?"));
    out.push(feature(20, u64::from(asks), 0));
    let Some(first) = words.clone().take(4).find(plain) else {
        return;
    };
    let Some(word) = doc.word(first) else { return };
    let next = doc
        .word(first + 1)
        .map_or(0, |w| class_of(w, doc.written(first + 1)));
    let base = word.verb().is_some_and(|(_, f)| f.any(Forms::BASE));
    let open = word.kind == Kind::Word && word.classes == Classes::default();
    let kind = match () {
        () if base => 1,
        () if word.is(Classes::RELATIVE) => 2,
        () if word.is(Classes::AUXILIARY) => 3,
        () if open => 4,
        () => 5,
    };
    out.push(feature(21, kind, 0));
    out.push(feature(22, kind, next));
    out.push(feature(23, kind, u64::from(asks)));
    out.push(feature(24, folded(doc.written(first)), next));
}

/// Adds what the rules of `acts` read in the sentence: the model of speech acts weighs it with the rest. Whoever
/// changes those rules trains the model anew.
pub(super) fn add_act(act: Act, out: &mut Vec<u64>) {
    let kind = act.kind as u64;
    out.push(feature(25, kind, 0));
    out.push(feature(
        26,
        kind,
        act.modality as u64 * 2 + act.polarity as u64,
    ));
}

/// What sentences score: asked of several, and looked up together.
#[derive(Debug, Default)]
pub(super) struct Scorer {
    batch: Batch,
    /// How many features each has.
    lengths: Vec<usize>,
}

impl Scorer {
    /// Asks for the sentence with these features.
    pub(super) fn ask(&mut self, features: &[u64]) {
        for part in features.chunks(MOST_ROWS) {
            self.batch.place(|out| out.extend_from_slice(part));
        }
        self.lengths.push(features.len());
    }

    /// The scores of the labels of `weights`, in the model's own terms, for each sentence that was asked for. The sum is divided by
    /// the root of the number of features, so that long sentences do not shout.
    pub(super) fn scores<const LABELS: usize>(
        &mut self,
        weights: &Weights<'_>,
    ) -> impl Iterator<Item = [f32; LABELS]> {
        let mut parts = self.batch.sums::<LABELS>(weights).iter();
        self.lengths.drain(..).map(move |features| {
            let mut sums = [0; LABELS];
            for part in parts.by_ref().take(features.div_ceil(MOST_ROWS)) {
                part.onto(&mut sums);
            }
            let part = weights.scale() / (features.max(1) as f32).sqrt();
            let mut label = 0;
            sums.map(|sum| {
                let bias = weights.bias(label) as f32;
                label += 1;
                sum as f32 * part + bias * weights.scale()
            })
        })
    }
}

/// Lower case, figures alike: "2,500" and "1,300" are one word, so are two years.
fn folded(written: &str) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325u64;
    let year = written.len() == 4
        && (written.starts_with("19") || written.starts_with("20"))
        && written.bytes().all(|b| b.is_ascii_digit());
    if year {
        return 0x59;
    }
    let mut digits = false;
    for byte in written.bytes() {
        let byte = if byte.is_ascii_digit() || (digits && matches!(byte, b',' | b'.')) {
            if digits {
                continue;
            }
            digits = true;
            b'0'
        } else {
            digits = false;
            byte.to_ascii_lowercase()
        };
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash
}

fn class_of(word: &super::document::Word<'_>, written: &str) -> u64 {
    if word.kind == Kind::Number {
        return 100;
    }
    if word.punctuation() {
        return 101 + u64::from(word.first);
    }
    if let Some(at) = CLOSED.iter().position(|c| word.is(*c)) {
        return 10 + at as u64;
    }
    match () {
        () if word.capital => 30,
        () if written.ends_with("ed") => 31,
        () if written.ends_with("ing") => 32,
        () if written.ends_with("ly") => 33,
        () if written.ends_with('s') => 34,
        () => 35,
    }
}

fn signal_of(signal: Signal) -> u64 {
    match signal {
        Signal::Type(kind) => kind as u64,
        Signal::Critical => 20,
        Signal::Supportive => 21,
    }
}

/// The first bytes of a word up to a boundary of characters.
fn head(word: &str, bytes: usize) -> &str {
    word.get(..bytes).unwrap_or(word)
}

/// The last bytes of a word from a boundary of characters.
fn tail(word: &str, bytes: usize) -> &str {
    word.get(word.len().saturating_sub(bytes)..).unwrap_or(word)
}

impl Extractor {
    /// The features of a sentence that stands alone, as the sentence models see it, for training and trying them;
    /// for the model of speech acts with what the rules read in it.
    #[must_use]
    pub fn sentence_features(&self, sentence: &str, for_acts: bool) -> Vec<u64> {
        let doc = Document::new(sentence, None, &self.lexicon);
        let all = clauses::words_in(&doc, Span::new(0, sentence.len()));
        let mut features = Features::default();
        features.read(&doc, &all, for_acts);
        let mut out = features.hashes;
        // Weights are trained in an order that no list of templates decides.
        out.sort_unstable();
        if for_acts {
            let heard = Heard {
                cue: &[],
                own_words: true,
            };
            add_act(acts::read(&doc, &all, heard), &mut out);
        }
        out
    }
}
