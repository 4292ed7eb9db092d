//! Trains everything under `assets/models` from the gold files.
#![allow(clippy::print_stdout, clippy::string_slice)]

mod chain;
mod gold;
mod quotes;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["quotes", train, out] => quotes::all(train, out),
        _ => bail!("what to train?"),
    }
}
