//! Makes the weights in `assets/models` from gold data.
//!
//! ```text
//! cargo run --release --example train -- sentences GOLD_DIR     worth.bin, acts.bin
//! ```
//!
//! `GOLD_DIR` holds `policlaim/` and `speechacts/`, each with `train.jsonl` and `dev.jsonl`.
#![allow(clippy::print_stdout)]

mod logistic;
mod scores;
mod sentences;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("sentences") => sentences::train(arguments.get(1..).unwrap_or(&[])),
        _ => bail!("say what to train: sentences"),
    }
}
