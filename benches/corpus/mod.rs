//! The statements that benches run over: those of `DICTUM_BENCH_CORPUS`, else made from the bundled
//! sample, seeded, with a vocabulary that grows as it does in real text.
#![allow(dead_code, reason = "no bench uses all of it")]

use dictum::load::{Event, Input, Options, load};
use dictum::model::Statement;
use dictum::text::sentences;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Where the corpus is: a path that `dictum` can load.
pub fn path() -> Option<PathBuf> {
    std::env::var_os("DICTUM_BENCH_CORPUS").map(PathBuf::from)
}

/// What the figures were had with, for the head of a bench's output.
pub fn name() -> &'static str {
    match path() {
        Some(_) => "the corpus of DICTUM_BENCH_CORPUS",
        None => "a corpus made of the bundled sample",
    }
}

/// How many passages benches run over, growing: to a million, or to as many as `DICTUM_BENCH_PASSAGES` says.
pub fn sizes() -> impl Iterator<Item = usize> {
    let largest: usize = std::env::var("DICTUM_BENCH_PASSAGES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1_000_000);
    let all = [10_000, 100_000, 1_000_000, 5_000_000];
    all.into_iter().filter(move |size| *size <= largest)
}

/// Sentences of a body.
pub fn passages(statement: &Statement) -> usize {
    sentences::sentences(&statement.body).len()
}

/// Statements until they hold so many passages; fewer where a given corpus ends.
pub fn statements(wanted: usize) -> Vec<Statement> {
    let all = match path() {
        Some(path) => loaded(Input::Path(path)),
        None => made(wanted),
    };
    let mut held = 0;
    let fits = |statement: &Statement| {
        let before = held;
        held += passages(statement);
        before < wanted
    };
    all.into_iter().take_while(fits).collect()
}

/// All statements of an input.
pub fn loaded(input: Input) -> Vec<Statement> {
    let mut all = Vec::new();
    load(&[input], &Options::default(), &mut |event| {
        if let Event::Statement(statement) = event {
            all.push(*statement);
        }
        ControlFlow::Continue(())
    });
    assert!(!all.is_empty(), "nothing could be loaded");
    all
}

/// Writes statements as JSON lines.
///
/// # Errors
/// When that is not possible.
pub fn write(statements: &[Statement], to: &mut impl Write) -> std::io::Result<()> {
    for s in statements {
        let source = s.source.as_ref().map(|source| &source.value);
        let date = s.date.as_ref().map(|date| date.value.as_str());
        let line = serde_json::json!({
            "id": &*s.id, "title": s.title.value, "date": date, "source": source, "text": &*s.body,
        });
        writeln!(to, "{line}")?;
    }
    to.flush()
}

/// Sentences of the sample in a random order, one word in eight redrawn: mostly from the words met
/// before, by Zipf's law, and ever less often a new one (Heaps' law).
fn made(wanted: usize) -> Vec<Statement> {
    let sample = loaded(Input::Sample);
    let pool: Vec<&str> = sample
        .iter()
        .flat_map(|s| {
            sentences::sentences(&s.body)
                .into_iter()
                .map(|span| span.of(&s.body))
        })
        .collect();
    let mut random = Random(0x5eed);
    let mut words = 0_u64;
    let mut new = 0_u64;
    let mut all = Vec::new();
    let mut held = 0;
    while held < wanted {
        let mut body = String::new();
        let length = 20 + random.below(120);
        for _ in 0..length {
            for word in pool[random.below(pool.len())].split_whitespace() {
                words += 1;
                if !random.below(8).is_multiple_of(8) {
                    body.push_str(word);
                } else if (new as f64) < 40.0 * (words as f64).powf(0.55) {
                    new += 1;
                    body.push_str(&syllables(new));
                } else {
                    let rank = (1.0 / (1e-6 + random.share())).min(new as f64) as u64;
                    body.push_str(&syllables(rank));
                }
                body.push(' ');
            }
        }
        held += length;
        all.push(Statement::new(&format!("made:{}", all.len()), &body));
    }
    all
}

/// A word for a number, distinct for distinct numbers.
fn syllables(mut number: u64) -> String {
    let mut word = String::new();
    while number > 0 || word.is_empty() {
        let (consonant, vowel) = ((number % 17) as usize, (number / 17 % 5) as usize);
        word.push(char::from(b"bcdfghjklmnprstvz"[consonant]));
        word.push(char::from(b"aeiou"[vowel]));
        number /= 85;
    }
    word
}

/// xorshift: the same numbers in every run.
pub struct Random(pub u64);

impl Random {
    /// The next below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        self.below(1 << 20) as f64 / f64::from(1 << 20)
    }
}
