//! Makes the files of `assets/models`, one step each.
//!
//! ```text
//! cargo run --release --example train -- clusters CORPUS.jsonl[.gz] POLNEAR.jsonl
//! cargo run --release --example train -- pos MASC_FOLDER CORPUS.jsonl[.gz]
//! cargo run --release --example train -- quotes POLNEAR.jsonl
//! cargo run --release --example train -- sentences GOLD_FOLDER     (claims/sentences of the gold data)
//! ```
//!
//! Every step is deterministic and prints the figures that `assets/models/README.md` gives.
#![allow(clippy::print_stdout, clippy::string_slice)]

mod brown;
mod chain;
mod clusters;
mod corpus;
mod gold;
mod logistic;
mod masc;
mod pos;
mod quotes;
mod scores;
mod sentences;
mod stage;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["clusters", corpus, polnear] => clusters::train(corpus.as_ref(), polnear.as_ref()),
        ["quotes", polnear] => quotes::train(polnear, "assets/models".as_ref()),
        ["pos", masc, corpus] => pos::train(masc.as_ref(), corpus.as_ref()),
        ["sentences", gold] => sentences::train(&[(*gold).to_owned()]),
        _ => bail!(
            "give a step and its data: clusters CORPUS.jsonl[.gz] POLNEAR.jsonl | pos MASC_FOLDER CORPUS.jsonl[.gz] | quotes POLNEAR.jsonl | sentences GOLD_FOLDER"
        ),
    }
}
