//! MASC as the part-of-speech tagger sees it: its sentences written out as plain text, cut by the program, each word
//! with the tag of the first Penn token it overlaps.

use anyhow::{Context, Result};
use dictum::extract::training::{Cut, Cutter, Tag};
use dictum::text::tokens::Kind;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One in so many documents, in order of path, is held out.
const HELD_OUT: usize = 10;

/// A document: its text, and the tokens of Penn with their bytes.
pub struct Source {
    text: String,
    tokens: Vec<(Range<usize>, Option<Tag>)>,
    pub newswire: bool,
    pub held_out: bool,
}

/// A document cut by the program.
pub struct Document<'t> {
    pub text: &'t str,
    pub cut: Cut<'t>,
    pub sentences: Vec<Range<usize>>,
    /// Of each word; `None` where the corpus gives none that is of use.
    pub gold: Vec<Option<Tag>>,
    pub newswire: bool,
    pub held_out: bool,
}

/// All documents under `folder`, in order of path.
pub fn read(folder: &Path) -> Result<Vec<Source>> {
    let categories = fs::read_to_string(folder.join("categories.txt"))
        .context("no categories.txt in the folder")?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for part in ["spoken", "written"] {
        for entry in fs::read_dir(folder.join(part))? {
            paths.push(entry?.path());
        }
    }
    paths.sort();
    let mut out = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let name = path
            .file_name()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        let newswire = categories
            .lines()
            .any(|l| l.contains(name) && l.contains("newspaper"));
        let tagged = String::from_utf8_lossy(&fs::read(path)?).into_owned();
        let mut source = Source {
            text: String::new(),
            tokens: Vec::new(),
            newswire,
            held_out: at % HELD_OUT == 4,
        };
        source.write_out(&tagged);
        out.push(source);
    }
    Ok(out)
}

impl Source {
    fn write_out(&mut self, tagged: &str) {
        for line in tagged.lines() {
            if !self.text.is_empty() && !self.text.ends_with("\n\n") {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            let mut open = false;
            let mut glued = true;
            for token in line.split_whitespace() {
                let Some((word, penn)) = token.rsplit_once('_') else {
                    continue;
                };
                let quote = matches!(word, "\"" | "''" | "``");
                let closes = quote && open;
                let lower = word.to_ascii_lowercase();
                let tail = matches!(
                    lower.as_str(),
                    "n't" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "'"
                ) || matches!(
                    word,
                    "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "..." | "”" | "’s"
                ) || (lower == "not"
                    && self.text.to_ascii_lowercase().ends_with(" can"))
                    || (matches!(lower.as_str(), "na" | "ta" | "me")
                        && ["gon", "wan", "got", "gim", "lem"]
                            .iter()
                            .any(|h| self.text.ends_with(h)));
                if !glued && !tail && !closes && self.text.len() > start {
                    self.text.push(' ');
                }
                let begin = self.text.len();
                self.text.push_str(word);
                self.tokens.push((begin..self.text.len(), tag(word, penn)));
                glued = matches!(word, "(" | "[" | "$" | "“" | "#")
                    || (quote && !open)
                    || (word.len() > 2
                        && word.ends_with('-')
                        && word.starts_with(char::is_alphanumeric));
                open ^= quote;
            }
        }
    }

    /// The document cut into words, each with its tag.
    pub fn cut<'t>(&'t self, cutter: &'t Cutter) -> Document<'t> {
        let cut = cutter.cut(&self.text);
        let sentences: Vec<Range<usize>> = cut.sentences().collect();
        let words = sentences.last().map_or(0, |s| s.end);
        let mut next = 0;
        let gold = (0..words)
            .map(|word| {
                let span = cut.span(word).range();
                while self
                    .tokens
                    .get(next)
                    .is_some_and(|(t, _)| t.end <= span.start)
                {
                    next += 1;
                }
                let (token, tag) = self.tokens.get(next)?;
                match cut.kind(word) {
                    Kind::Punctuation => None,
                    // A part of a date or a telephone number.
                    Kind::Number if is_number(cut.span(word).of(&self.text)) => Some(Tag::Cd),
                    _ => (token.start < span.end).then_some(*tag)?,
                }
            })
            .collect();
        Document {
            text: &self.text,
            cut,
            sentences,
            gold,
            newswire: self.newswire,
            held_out: self.held_out,
        }
    }
}

/// The tag of ours for one of MASC, where it tells anything.
fn tag(word: &str, penn: &str) -> Option<Tag> {
    let first = word.chars().next()?;
    let mapped = match penn {
        // Slips that the corpus repeats on words of which there is but one reading.
        "NN" | "NNP" if matches!(word, "the" | "a" | "an") => Tag::Dt,
        "IN" if word.eq_ignore_ascii_case("to") => Tag::To,
        "NN" if word == "cannot" => Tag::Md,
        "PDT" => Tag::Dt,
        "JJR" | "JJS" => Tag::Jj,
        "RBR" | "RBS" => Tag::Rb,
        "WP$" => Tag::Wp,
        "FW" => Tag::Nn,
        // The corpus has nearly every abbreviation as a common noun: `Mr._NN`, `U.S._NN`.
        "NN" if first.is_uppercase() && word.ends_with('.') => Tag::Nnp,
        // Sums: `$100_NN`.
        "NN" if first == '$' && word.ends_with(|c: char| c.is_ascii_digit()) => Tag::Cd,
        _ => Tag::named(penn)?,
    };
    ((mapped as usize) < dictum::extract::training::LEARNED).then_some(mapped)
}

fn is_number(word: &str) -> bool {
    word.bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
}
