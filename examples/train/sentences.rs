//! The two models of sentences: does it hold a claim that can be verified (`worth.bin`), which of Searle's acts
//! does it perform (`acts.bin`).
//!
//! The settings were chosen by leaving documents of the training part out in turn, the development part is only
//! looked at. Both are in `assets/models/README.md`, with what is printed here.

use crate::logistic::{Example, Model, Numbers, Settings, fit};
use crate::scores::{calibrated, macro_f1, print_binary, print_classes, shifts};
use anyhow::{Context, Result};
use dictum::extract::searle::CLASSES;
use dictum::extract::{Extractor, weights};
use serde_json::Value;
use std::path::Path;

/// A sentence read from a gold file.
struct Sentence {
    document: String,
    features: Vec<u64>,
    value: Value,
}

/// How much the sentences that a language model labelled count beside those that people did.
const SILVER: f32 = 1.0;

fn read(extractor: &Extractor, path: &Path, ruled: bool) -> Result<Vec<Sentence>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|line| {
            let value: Value = serde_json::from_str(line)?;
            let id = value["id"].as_str().unwrap_or_default();
            let document = id.split(':').next().unwrap_or_default().to_owned();
            let text = value["text"].as_str().unwrap_or_default();
            let features = extractor.sentence_features(text, ruled);
            Ok(Sentence {
                document,
                features,
                value,
            })
        })
        .collect()
}

/// Trains both and writes them to `assets/models`.
pub fn train(arguments: &[String]) -> Result<()> {
    let gold = Path::new(arguments.first().context("say where the gold is")?);
    let extractor = Extractor::new();
    let to = Path::new("assets/models");
    worth(&extractor, gold, &to.join("worth.bin"))?;
    acts(&extractor, gold, &to.join("acts.bin"))
}

fn worth(extractor: &Extractor, gold: &Path, to: &Path) -> Result<()> {
    let part = |name: &str| read(extractor, &gold.join("policlaim").join(name), false);
    let own = part("train.jsonl")?;
    let silver = part("train_silver_gpt4.jsonl")?;
    let dev = part("dev.jsonl")?;
    let settings = Settings {
        labels: 1,
        epochs: 12,
        rate: 0.05,
        shrink: 1e-3,
        ratio: 0.0,
        runs: 2,
    };
    let sentences = || own.iter().chain(&silver).map(|s| s.features.as_slice());
    let numbers = Numbers::new(sentences(), 8);
    let label = |s: &Sentence| s.value["label"].as_f64().unwrap_or(0.0) as f32;
    let examples = |list: &[Sentence], weight: f32| -> Vec<Example> {
        list.iter()
            .map(|s| Example {
                features: numbers.of(&s.features),
                target: vec![label(s)],
                weight,
            })
            .collect()
    };
    let (of_own, of_silver) = (examples(&own, 1.0), examples(&silver, SILVER));
    let features = numbers.hashes.len();
    println!(
        "worth: {features} features, {} + {} sentences",
        own.len(),
        silver.len()
    );
    // Each document of the hand-labelled part left out in turn.
    let mut documents: Vec<&str> = own.iter().map(|s| s.document.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut held: Vec<(f32, bool)> = Vec::new();
    for out in documents {
        let pairs = || own.iter().zip(&of_own);
        let train: Vec<&Example> = pairs()
            .filter(|(s, _)| s.document != out)
            .map(|(_, e)| e)
            .chain(&of_silver)
            .collect();
        let model = fit(&train, features, &settings);
        held.extend(
            pairs()
                .filter(|(s, _)| s.document == out)
                .map(|(_, e)| (model.scores(&e.features)[0], e.target[0] > 0.5)),
        );
    }
    print_binary("left out", &held);
    let train: Vec<&Example> = of_own.iter().chain(&of_silver).collect();
    let mut model = fit(&train, features, &settings);
    // What was left out tells how far the scores may be trusted.
    let (slope, shift) = calibrated(&held);
    model.weights.iter_mut().for_each(|w| *w *= slope);
    model
        .biases
        .iter_mut()
        .for_each(|b| *b = *b * slope + shift);
    println!("  slope {slope:.2}, shift {shift:.2}");
    let on_dev: Vec<(f32, bool)> = dev
        .iter()
        .map(|s| (model.scores(&numbers.of(&s.features))[0], label(s) > 0.5))
        .collect();
    print_binary("dev", &on_dev);
    write(&model, &numbers, to)
}

fn acts(extractor: &Extractor, gold: &Path, to: &Path) -> Result<()> {
    let part = |name: &str| read(extractor, &gold.join("speechacts").join(name), true);
    let (train, dev) = (part("train.jsonl")?, part("dev.jsonl")?);
    let settings = Settings {
        labels: CLASSES.len(),
        epochs: 4,
        rate: 0.1,
        shrink: 1e-3,
        ratio: 0.7,
        runs: 1,
    };
    let numbers = Numbers::new(train.iter().map(|s| s.features.as_slice()), 4);
    // "Assertive-V", "Commissive-A": the class stands before the dash.
    let class = |s: &Sentence| {
        let label = s.value["label"].as_str().unwrap_or_default().to_lowercase();
        CLASSES
            .iter()
            .position(|c| label.starts_with(c))
            .unwrap_or(0)
    };
    let mut counts = [0f32; CLASSES.len()];
    train.iter().for_each(|s| counts[class(s)] += 1.0);
    // Rare classes count more, by the root of how rare they are.
    let weight = |c: usize| (train.len() as f32 / CLASSES.len() as f32 / counts[c]).sqrt();
    let examples: Vec<Example> = train
        .iter()
        .map(|s| Example {
            features: numbers.of(&s.features),
            target: (0..CLASSES.len())
                .map(|l| f32::from(u8::from(l == class(s))))
                .collect(),
            weight: weight(class(s)),
        })
        .collect();
    let features = numbers.hashes.len();
    println!("acts: {features} features, {} sentences", train.len());
    let mut documents: Vec<&str> = train.iter().map(|s| s.document.as_str()).collect();
    documents.dedup();
    let fold = |s: &Sentence| documents.iter().position(|d| *d == s.document).unwrap_or(0) % 5;
    let mut held: Vec<(Vec<f32>, usize)> = Vec::new();
    for out in 0..5 {
        let pairs = || train.iter().zip(&examples);
        let part: Vec<&Example> = pairs()
            .filter(|(s, _)| fold(s) != out)
            .map(|(_, e)| e)
            .collect();
        let model = fit(&part, features, &settings);
        held.extend(
            pairs()
                .filter(|(s, _)| fold(s) == out)
                .map(|(s, e)| (model.scores(&e.features), class(s))),
        );
    }
    print_classes("left out", &held);
    let shifts = shifts(&held);
    println!(
        "  shifts {shifts:?}: macro-F1 {:.4}",
        macro_f1(&held, &shifts).0
    );
    let all: Vec<&Example> = examples.iter().collect();
    let mut model = fit(&all, features, &settings);
    for (bias, shift) in model.biases.iter_mut().zip(shifts) {
        *bias += shift;
    }
    let on_dev: Vec<(Vec<f32>, usize)> = dev
        .iter()
        .map(|s| (model.scores(&numbers.of(&s.features)), class(s)))
        .collect();
    print_classes("dev", &on_dev);
    write(&model, &numbers, to)
}

/// Writes a model as a table. The scale takes in the largest weight: few words carry a rare class, and cutting their
/// weights costs more than the detail of the small ones.
fn write(model: &Model, numbers: &Numbers, to: &Path) -> Result<()> {
    let labels = model.biases.len();
    let largest = model.weights.iter().fold(1e-6f32, |m, w| m.max(w.abs()));
    let rows: Vec<weights::Trained> = numbers
        .hashes
        .iter()
        .zip(&numbers.counts)
        .zip(model.weights.chunks(labels))
        .map(|((hash, count), row)| (*hash, *count, row.to_vec()))
        .collect();
    let bytes = weights::encode(labels, largest / 127.0, &model.biases, &rows);
    println!("  {}: {} bytes", to.display(), bytes.len());
    std::fs::write(to, bytes).with_context(|| to.display().to_string())
}
