//! Word clusters from plain text: counts the words and the pairs, has `brown` build the tree, writes the file.

use crate::brown::{Pair, tree};
use crate::corpus;
use anyhow::{Context, Result};
use dictum::extract::training::{Clusters, encode_clusters, key};
use dictum::text::sentences::paragraphs;
use dictum::text::tokens::for_each_token;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

const WORDS: usize = 30_000;
const CLUSTERS: usize = 512;
/// Stands between two paragraphs.
const BREAK: u32 = u32::MAX;

#[derive(Default)]
struct Text {
    numbers: HashMap<String, u32>,
    counts: Vec<u64>,
    tokens: Vec<u32>,
    bytes: usize,
}

impl Text {
    fn add(&mut self, text: &str) {
        self.bytes += text.len();
        let mut folded = String::new();
        for paragraph in paragraphs(text) {
            for_each_token(text, paragraph, |token| {
                folded.clear();
                for c in token.span.of(text).chars().flat_map(char::to_lowercase) {
                    folded.push(match c {
                        '’' => '\'',
                        '0'..='9' => '0',
                        _ => c,
                    });
                }
                let number = self.number(&folded);
                self.tokens.push(number);
            });
            self.tokens.push(BREAK);
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let number = self.counts.len() as u32;
                self.numbers.insert(word.to_owned(), number);
                self.counts.push(0);
                number
            }
        };
        self.counts[number as usize] += 1;
        number
    }

    /// The most frequent words, most frequent first.
    fn frequent(&self) -> Vec<(&str, u32)> {
        let mut words: Vec<(&str, u32)> =
            self.numbers.iter().map(|(w, n)| (w.as_str(), *n)).collect();
        words.sort_by_key(|(w, n)| (std::cmp::Reverse(self.counts[*n as usize]), *w));
        words.truncate(WORDS);
        words
    }

    /// How often which frequent word follows which, by rank.
    fn pairs(&self, frequent: &[(&str, u32)]) -> Vec<Pair> {
        let mut rank = vec![BREAK; self.counts.len()];
        for (at, (_, number)) in frequent.iter().enumerate() {
            rank[*number as usize] = at as u32;
        }
        let rank = |token: u32| rank.get(token as usize).copied().unwrap_or(BREAK);
        let mut all: Vec<(u32, u32)> = self
            .tokens
            .windows(2)
            .map(|w| (rank(w[0]), rank(w[1])))
            .filter(|(a, b)| *a != BREAK && *b != BREAK)
            .collect();
        all.sort_unstable();
        all.chunk_by(|a, b| a == b)
            .map(|same| Pair {
                before: same[0].0,
                after: same[0].1,
                count: same.len() as u32,
            })
            .collect()
    }
}

pub fn train(corpus: &Path, polnear: &Path) -> Result<()> {
    let start = Instant::now();
    let mut text = Text::default();
    corpus::read(corpus, |body| text.add(body))?;
    corpus::read(polnear, |body| text.add(body))?;
    let frequent = text.frequent();
    let pairs = text.pairs(&frequent);
    let seen: u64 = frequent.iter().map(|(_, n)| text.counts[*n as usize]).sum();
    println!(
        "{:.1} MB, {} tokens, {} different; the {} most frequent (at least {} times) are {:.1} % of them; {} pairs; {:.0} s",
        text.bytes as f64 / 1e6,
        text.tokens.len(),
        text.counts.len(),
        frequent.len(),
        frequent.last().map_or(0, |(_, n)| text.counts[*n as usize]),
        100.0 * seen as f64 / text.tokens.iter().filter(|t| **t != BREAK).count() as f64,
        pairs.len(),
        start.elapsed().as_secs_f64(),
    );
    let tree = tree(frequent.len(), &pairs, CLUSTERS);
    let words: Vec<(u64, u16)> = frequent
        .iter()
        .zip(&tree.cluster)
        .map(|((w, _), c)| (key(w), *c))
        .collect();
    let bytes = encode_clusters(&tree.paths, &words);
    show(&bytes, &frequent, &tree.cluster)?;
    fs::write("assets/models/clusters.bin", &bytes)?;
    println!(
        "{} clusters, deepest {} turns, mutual information {:.4} bits, {} bytes, {:.0} s",
        tree.paths.len(),
        tree.deepest,
        tree.information,
        bytes.len(),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Prints the company of a few words.
fn show(bytes: &[u8], frequent: &[(&str, u32)], cluster: &[u16]) -> Result<()> {
    let clusters = Clusters::new(bytes).context("the file just made cannot be read")?;
    for word in [
        "said",
        "announced",
        "says",
        "monday",
        "senator",
        "iran",
        "he",
        "quickly",
        "million",
    ] {
        let found = clusters
            .get(key(word))
            .with_context(|| format!("no cluster of {word}"))?;
        let company: Vec<&str> = frequent
            .iter()
            .zip(cluster)
            .filter(|(_, c)| **c == found.id)
            .map(|((w, _), _)| *w)
            .take(12)
            .collect();
        println!("{:016b} {word}: {}", found.path, company.join(" "));
    }
    Ok(())
}
