//! Scores the models of sentences: `{"text", "label": 0 | 1}` (does it hold a claim that can be verified) and
//! `{"text", "label": "Assertive-V"}` (which of Searle's acts, told by the part before the dash).

use dictum::extract::Extractor;
use dictum::extract::searle::CLASSES;
use serde_json::Value;

/// Whether these lines are sentences with labels.
pub fn are(gold: &[Value]) -> bool {
    gold.first()
        .is_some_and(|g| g.get("label").is_some() && g.get("attributions").is_none())
}

/// Prints all figures.
pub fn score(extractor: &Extractor, gold: &[Value]) {
    if gold.iter().all(|g| g["label"].is_number()) {
        worth(extractor, gold);
    } else {
        acts(extractor, gold);
    }
}

fn text(value: &Value) -> &str {
    value["text"].as_str().unwrap_or_default()
}

fn f1(hit: f64, said: f64, gold: f64) -> f64 {
    2.0 * hit / (said + gold).max(1.0)
}

fn worth(extractor: &Extractor, gold: &[Value]) {
    let mut scored: Vec<(f32, bool)> = gold
        .iter()
        .map(|g| (extractor.worth(text(g)), g["label"] == 1))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positive = scored.iter().filter(|s| s.1).count() as f64;
    let (mut hits, mut precision) = (0.0, 0.0);
    for (n, (_, yes)) in scored.iter().enumerate() {
        if *yes {
            hits += 1.0;
            precision += hits / (n as f64 + 1.0);
        }
    }
    let count = |yes: bool, said: bool| {
        let same = |s: &&(f32, bool)| s.1 == yes && (s.0 >= 0.5) == said;
        scored.iter().filter(same).count() as f64
    };
    let (tp, fp, missed, tn) = (
        count(true, true),
        count(false, true),
        count(true, false),
        count(false, false),
    );
    let (yes, no) = (f1(tp, tp + fp, tp + missed), f1(tn, tn + missed, tn + fp));
    println!("sentences {}, with a claim {positive}", scored.len());
    println!("  average precision {:.4}", precision / positive.max(1.0));
    println!("  f1 {yes:.4}, macro-f1 {:.4}", (yes + no) / 2.0);
    println!("  said, was right, of");
    for tenth in scored.chunks(scored.len().div_ceil(10).max(1)) {
        let n = tenth.len() as f32;
        let said: f32 = tenth.iter().map(|s| s.0).sum::<f32>() / n;
        let right = tenth.iter().filter(|s| s.1).count() as f32 / n;
        println!("  {said:.3} {right:.3} {n}");
    }
}

fn acts(extractor: &Extractor, gold: &[Value]) {
    let class = |g: &Value| {
        let label = g["label"].as_str().unwrap_or_default().to_lowercase();
        CLASSES.iter().position(|c| label.starts_with(c))
    };
    let mut table = [[0usize; CLASSES.len()]; CLASSES.len()];
    for g in gold {
        let (said, _) = extractor.speech_act(text(g));
        let said = CLASSES.iter().position(|c| *c == said);
        if let (Some(of), Some(said)) = (class(g), said) {
            table[of][said] += 1;
        }
    }
    let mut sum = 0.0;
    println!("sentences {}", gold.len());
    for (of, name) in CLASSES.iter().enumerate() {
        let all: usize = table[of].iter().sum();
        let said: usize = table.iter().map(|row| row[of]).sum();
        let f1 = f1(table[of][of] as f64, said as f64, all as f64);
        sum += f1;
        println!("  {name}: f1 {f1:.4} of {all}");
    }
    println!("  macro-f1 {:.4}", sum / CLASSES.len() as f64);
}
