//! The part-of-speech tagger: dictionary by counting, weights by an averaged perceptron that follows its own tags.

use crate::corpus;
use crate::masc::{self, Document};
use anyhow::{Context, Result};
use dictum::extract::training::{
    CERTAIN, Clusters, Cut, Cutter, GUESSED, History, LEARNED, Look, Pos, Sight, Tag, Window,
    advance, best, encode_dictionary, encode_weights, entry, features, key,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

const EPOCHS: usize = 8;
/// Into so many parts the documents are cut, in turn.
const PARTS: usize = 8;
/// A word seen less often is unknown to the dictionary, so that the model learns what to do with unknown words.
const SEEN: u32 = 3;
/// A word seen this often bears no tag that it never bore.
const SURE: u32 = 12;
/// A tag rarer than this share of a word's is taken for a mistake of the corpus.
const MISTAKE: f64 = 0.006;
/// A word without a label is taken into the dictionary when it was seen this often,
const GUESSES: u32 = 8;
/// with the tags that make up this share of its guesses,
const DOUBT: f64 = 0.1;
/// the most frequent ones.
const MOST_GUESSED: usize = 40_000;
/// Rows of weights that are kept.
const ROWS: usize = 15_000;

pub fn train(folder: &Path, corpus: &Path) -> Result<()> {
    let start = Instant::now();
    let sources = masc::read(folder)?;
    let cutter = Cutter::default();
    let documents: Vec<Document<'_>> = sources.iter().map(|s| s.cut(&cutter)).collect();
    let clusters = Clusters::bundled().context("no clusters")?;
    // A first tagger reads much text without labels; what it says of words that the corpus hardly knows makes the
    // dictionary of the second.
    let first = made(&[], clusters, &documents)?;
    let first = Pos::new(&first, clusters).context("the first tagger cannot be read")?;
    let guesses = guessed(corpus, &cutter, &first)?;
    let bytes = made(&guesses, clusters, &documents)?;
    fs::write("assets/models/pos.bin", &bytes)?;
    println!(
        "{} documents, {} of them held out; {} bytes; {:.0} s",
        documents.len(),
        documents.iter().filter(|d| d.held_out).count(),
        bytes.len(),
        start.elapsed().as_secs_f64()
    );
    let (sight, _) = Sight::split(&bytes, clusters).context("the dictionary cannot be read")?;
    let pos = Pos::new(&bytes, clusters).context("the file just made cannot be read")?;
    for (name, of) in [
        ("trained on", (|d| !d.held_out) as fn(&Document<'_>) -> bool),
        ("held out", |d| d.held_out),
        ("held out, newswire", |d| d.held_out && d.newswire),
    ] {
        let chosen: Vec<&Document<'_>> = documents.iter().filter(|d| of(d)).collect();
        score(name, &chosen, &pos, &sight);
    }
    speed(&documents, &pos);
    Ok(())
}

/// The file: a dictionary, filled up with `guesses`, and weights, both from what is not held out.
fn made(
    guesses: &[(u64, u32)],
    clusters: Clusters<'_>,
    documents: &[Document<'_>],
) -> Result<Vec<u8>> {
    // The model must not see words as better known than they will be: it learns from each part of the documents with
    // a dictionary of the others.
    let mut sentences = Vec::new();
    for part in 0..PARTS {
        let bytes = dictionary(guesses, documents, Some(part));
        let (sight, _) = Sight::split(&bytes, clusters).context("the dictionary cannot be read")?;
        let own = documents
            .iter()
            .enumerate()
            .filter(|(at, d)| at % PARTS == part && !d.held_out);
        sentences.extend(own.flat_map(|(_, d)| looks(&sight, d)));
    }
    let mut bytes = dictionary(guesses, documents, None);
    let whole = Model::train(&sentences, None);
    let model = Model::train(&sentences, Some(&whole.most_useful(ROWS)));
    let weights = model.averaged();
    let mut sizes: Vec<f32> = weights
        .iter()
        .flat_map(|(_, r)| r.iter().map(|w| w.abs()))
        .collect();
    sizes.sort_by(f32::total_cmp);
    let largest = sizes
        .get(sizes.len() * 9995 / 10_000)
        .copied()
        .unwrap_or(1.0);
    println!(
        "dictionary {} bytes; {} features seen, {} kept",
        bytes.len(),
        whole.rows.len(),
        weights.len()
    );
    bytes.extend(encode_weights(&weights, largest));
    Ok(bytes)
}

/// The dictionary of what is not held out, without the documents of `part`.
fn dictionary(guesses: &[(u64, u32)], documents: &[Document<'_>], part: Option<usize>) -> Vec<u8> {
    let mut words = counted(&counts(documents, part));
    let known: HashSet<u64> = words.iter().map(|(word, _)| *word).collect();
    words.extend(guesses.iter().filter(|(word, _)| !known.contains(word)));
    let classes: BTreeSet<u32> = words.iter().map(|(_, class)| *class).collect();
    let classes: Vec<u32> = classes.into_iter().collect();
    let number = |class: &u32| classes.binary_search(class).unwrap_or(0) as u16;
    let entries: Vec<(u64, u16)> = words
        .iter()
        .map(|(word, class)| (*word, number(class)))
        .collect();
    if part.is_none() {
        println!(
            "{} words in {} classes, {} of them seen with labels",
            words.len(),
            classes.len(),
            known.len()
        );
    }
    encode_dictionary(&classes, &entries)
}

type Counts = BTreeMap<u64, [u32; LEARNED]>;

/// How often which word bears which tag, in what is not held out, without the documents of `part`.
fn counts(documents: &[Document<'_>], part: Option<usize>) -> Counts {
    let mut counts = Counts::new();
    let used = documents
        .iter()
        .enumerate()
        .filter(|(at, d)| Some(at % PARTS) != part && !d.held_out);
    for (_, document) in used {
        for sentence in &document.sentences {
            for word in sentence.clone() {
                if let Some(tag) = document.gold[word] {
                    count(
                        &mut counts,
                        &document.cut,
                        document.text,
                        sentence,
                        word,
                        tag,
                    );
                }
            }
        }
    }
    counts
}

fn count(
    counts: &mut Counts,
    cut: &Cut<'_>,
    text: &str,
    sentence: &Range<usize>,
    word: usize,
    tag: Tag,
) {
    let (capital, first) = cut.capital(sentence, word);
    // Where any word has a capital, a name tells itself by its tag.
    let capital = capital && (!first || matches!(tag, Tag::Nnp | Tag::Nnps));
    let key = key(cut.span(word).of(text));
    counts.entry(entry(key, capital)).or_insert([0; LEARNED])[tag as usize] += 1;
}

/// The class of each word that was seen often enough.
fn counted(counts: &Counts) -> Vec<(u64, u32)> {
    let mut words = Vec::new();
    for (word, tags) in counts {
        let seen: u32 = tags.iter().sum();
        if seen >= SEEN {
            let least = if seen < SURE {
                1
            } else {
                1 + (MISTAKE * f64::from(seen)) as u32
            };
            let certain = if seen < SURE { 0 } else { CERTAIN };
            words.push((*word, certain | class(tags, least)));
        }
    }
    words
}

/// The tags that were counted at least so often.
fn class(tags: &[u32; LEARNED], least: u32) -> u32 {
    tags.iter()
        .enumerate()
        .fold(0, |class, (tag, n)| class | u32::from(*n >= least) << tag)
}

/// The class of each word of `corpus` by what `pos` says of it there.
fn guessed(corpus: &Path, cutter: &Cutter, pos: &Pos<'_>) -> Result<Vec<(u64, u32)>> {
    let mut counts = Counts::new();
    let mut tags = Vec::new();
    corpus::read(corpus, |text| {
        let cut = cutter.cut(text);
        for sentence in cut.sentences() {
            cut.tag(pos, sentence.clone(), &mut tags);
            for (word, tag) in sentence.clone().zip(&tags) {
                if (*tag as usize) < LEARNED {
                    count(&mut counts, &cut, text, &sentence, word, *tag);
                }
            }
        }
    })?;
    let mut words: Vec<(u32, u64, u32)> = Vec::new();
    for (word, tags) in counts {
        let seen: u32 = tags.iter().sum();
        if seen >= GUESSES {
            let least = 1 + (DOUBT * f64::from(seen)) as u32;
            words.push((seen, word, GUESSED | class(&tags, least)));
        }
    }
    words.sort_by_key(|(seen, word, _)| (Reverse(*seen), *word));
    Ok(words
        .into_iter()
        .take(MOST_GUESSED)
        .map(|(_, word, class)| (word, class))
        .collect())
}

/// The words of a sentence as the model sees them, with two outside at each end.
struct Sentence {
    looks: Vec<Look>,
    gold: Vec<Option<Tag>>,
}

fn looks(sight: &Sight<'_>, document: &Document<'_>) -> Vec<Sentence> {
    let outside = document.cut.look(sight, &(0..0), 0);
    let each = |sentence: &Range<usize>| Sentence {
        looks: sentence
            .clone()
            .map(|w| document.cut.look(sight, sentence, w))
            .chain([outside])
            .collect(),
        gold: document.gold[sentence.clone()].to_vec(),
    };
    document.sentences.iter().map(each).collect()
}

/// Weights of a feature: now, summed over time up to `since`, and how often they were changed.
#[derive(Clone)]
struct Row {
    now: [f32; LEARNED],
    sum: [f64; LEARNED],
    since: u64,
    changes: u32,
}

impl Row {
    fn bring(&mut self, time: u64) {
        let gone = (time - self.since) as f64;
        for (sum, now) in self.sum.iter_mut().zip(self.now) {
            *sum += gone * f64::from(now);
        }
        self.since = time;
    }
}

struct Model {
    rows: HashMap<u64, Row>,
    time: u64,
}

impl Model {
    /// Learns from `sentences`, with the features `allowed` alone where given.
    fn train(sentences: &[Sentence], allowed: Option<&HashSet<u64>>) -> Self {
        let mut model = Self {
            rows: HashMap::new(),
            time: 0,
        };
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        let mut random = 0x1234_5678_9ABC_DEF1u64;
        for _ in 0..EPOCHS {
            for at in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(at, (random % (at as u64 + 1)) as usize);
            }
            for &sentence in &order {
                model.learn(&sentences[sentence], allowed);
            }
        }
        for row in model.rows.values_mut() {
            row.bring(model.time);
        }
        model
    }

    fn learn(&mut self, sentence: &Sentence, allowed: Option<&HashSet<u64>>) {
        let mut found = Vec::new();
        let [first, .., outside] = sentence.looks.as_slice() else {
            return;
        };
        let mut window: Window = [*outside, *outside, *first];
        let mut history = History::default();
        for (gold, next) in sentence.gold.iter().zip(sentence.looks.iter().skip(1)) {
            advance(&mut window, *next);
            let look = &window[1];
            let tag = if let Some(tag) = look.given() {
                tag
            } else {
                found.clear();
                features(&window, &history, |f| {
                    if allowed.is_none_or(|a| a.contains(&f)) {
                        found.push(f);
                    }
                });
                let mut scores = [0.0f32; LEARNED];
                for f in &found {
                    if let Some(row) = self.rows.get(f) {
                        scores.iter_mut().zip(row.now).for_each(|(s, w)| *s += w);
                    }
                }
                let tag = best(look, &scores);
                if let Some(gold) = gold.filter(|g| look.allows(*g as usize)) {
                    self.time += 1;
                    if gold != tag {
                        self.change(&found, gold, tag);
                    }
                }
                tag
            };
            history.push(tag);
        }
    }

    fn change(&mut self, features: &[u64], right: Tag, wrong: Tag) {
        let fresh = Row {
            now: [0.0; LEARNED],
            sum: [0.0; LEARNED],
            since: self.time,
            changes: 0,
        };
        for f in features {
            let row = self.rows.entry(*f).or_insert_with(|| fresh.clone());
            row.bring(self.time);
            row.now[right as usize] += 1.0;
            row.now[wrong as usize] -= 1.0;
            row.changes += 1;
        }
    }

    /// The features whose weights were changed most and lie farthest apart.
    fn most_useful(&self, rows: usize) -> HashSet<u64> {
        let mut worth: Vec<(f64, u64)> = self
            .rows
            .iter()
            .map(|(f, row)| {
                let most = row.sum.iter().fold(f64::MIN, |a, b| a.max(*b));
                let least = row.sum.iter().fold(f64::MAX, |a, b| a.min(*b));
                (
                    (most - least) / self.time as f64 * f64::from(row.changes).sqrt(),
                    *f,
                )
            })
            .collect();
        worth.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        worth.iter().take(rows).map(|(_, f)| *f).collect()
    }

    /// The averaged weights, those changed most often first: they are met most often too, and lie together in memory.
    fn averaged(&self) -> Vec<(u64, Vec<f32>)> {
        let mean = |sum: &f64| (sum / self.time as f64) as f32;
        let mut rows: Vec<(&u64, &Row)> = self.rows.iter().collect();
        rows.sort_by_key(|(feature, row)| (Reverse(row.changes), **feature));
        rows.iter()
            .map(|(feature, row)| (**feature, row.sum.iter().map(mean).collect()))
            .collect()
    }
}

fn score(name: &str, documents: &[&Document<'_>], pos: &Pos<'_>, sight: &Sight<'_>) {
    let (mut right, mut all, mut words, mut model, mut model_right) = (0, 0, 0, 0, 0);
    for document in documents {
        for sentence in &document.sentences {
            let mut tags = Vec::new();
            document.cut.tag(pos, sentence.clone(), &mut tags);
            words += sentence.len();
            for (word, tag) in sentence.clone().zip(tags) {
                let Some(gold) = document.gold[word] else {
                    continue;
                };
                all += 1;
                let decided = document.cut.look(sight, sentence, word).given().is_none();
                model += u32::from(decided);
                if tag == gold {
                    right += 1;
                    model_right += u32::from(decided);
                }
            }
        }
    }
    let percent = |a: u32, b: u32| 100.0 * f64::from(a) / f64::from(b);
    println!(
        "{name}: {words} tokens, {all} of them words with a tag; right {:.2} % of these; the model decides {:.0} %, right {:.2} %",
        percent(right, all),
        percent(model, all),
        percent(model_right, model)
    );
}

fn speed(documents: &[Document<'_>], pos: &Pos<'_>) {
    let mut tags = Vec::new();
    let mut least = f64::MAX;
    let mut words = 0;
    for _ in 0..5 {
        let start = Instant::now();
        words = 0;
        for document in documents {
            for sentence in &document.sentences {
                document.cut.tag(pos, sentence.clone(), &mut tags);
                words += sentence.len();
            }
        }
        least = least.min(start.elapsed().as_secs_f64());
    }
    println!(
        "{words} tokens in {:.0} ms, {:.2} million tokens/s on one core",
        1e3 * least,
        words as f64 / 1e6 / least
    );
}
