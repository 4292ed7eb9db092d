//! Trains the steps of the quote tagger: cues, roles, and which attributions to keep.
//!
//! Each step learns from what the one before makes of articles that it was not trained on, as it will at work: five
//! folds, then the final models on all articles.

use crate::chain::{self, Data, Settings};
use crate::gold;
use crate::stage::{Stage, cue_examples, keep_examples, role_examples, stages};
use anyhow::{Context, Result};
use dictum::extract::training::chain::Chain;
use dictum::extract::training::find::{self, Room};
use dictum::extract::training::keep::{self, Candidate};
use dictum::extract::training::{Lexicon, Sense, cues, roles};
use dictum::extract::weights::Weights;
use rayon::prelude::*;
use std::path::Path;
use std::time::Instant;

const FOLDS: usize = 5;
/// How many orders of the examples the final models are the mean of.
const ORDERS: u64 = 3;

const CUES: Settings = Settings {
    labels: cues::LABELS,
    classes: cues::CLASSES,
    legal: cues::legal,
    // Of the rates and penalties tried, by five folds: 0.05 and 3 find as much, with far more loss on what is held out.
    epochs: 10,
    rate: 0.03,
    least: 3,
    sparse: 8.0,
    scale: 1.0 / 64.0,
    orders: 1,
};
const ROLES: Settings = Settings {
    labels: roles::LABELS,
    classes: roles::CLASSES,
    legal: roles::legal,
    sparse: 3.0,
    ..CUES
};
const KEEP: Settings = Settings {
    labels: keep::LABELS,
    classes: 1,
    legal: |_, _| true,
    epochs: 12,
    rate: 0.05,
    sparse: 1.0,
    orders: ORDERS,
    ..CUES
};

type Cues<'b> = Chain<'b, { cues::LABELS }, { cues::LANES }>;
type Roles<'b> = Chain<'b, { roles::LABELS }, { roles::LANES }>;

fn cue_chain(bytes: &[u8]) -> Result<Cues<'_>> {
    let weights = Weights::new(bytes).context("just made")?;
    Ok(Chain::new(weights, cues::CLASSES, cues::legal))
}

fn role_chain(bytes: &[u8]) -> Result<Roles<'_>> {
    let weights = Weights::new(bytes).context("just made")?;
    Ok(Chain::new(weights, roles::CLASSES, roles::legal))
}

/// Trains on the articles of `polnear` and writes three files into `models`.
pub fn train(polnear: &str, models: &Path) -> Result<()> {
    let start = Instant::now();
    let lexicon = Lexicon::bundled();
    let sense = Sense::bundled().context("the models of words are not whole")?;
    let articles: Vec<Vec<Stage>> = gold::read(polnear)?
        .par_iter()
        .map(|a| stages(a, &lexicon, &sense))
        .collect();
    let others = |fold: usize| {
        articles
            .iter()
            .enumerate()
            .filter(move |(n, _)| n % FOLDS != fold)
    };

    let cue_folds: Vec<Vec<u8>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let mut data = Data::default();
            others(fold).for_each(|(_, a)| cue_examples(a, &mut data));
            chain::train(&data, &CUES)
        })
        .collect();
    let found: Vec<Vec<Vec<Candidate>>> = articles
        .par_iter()
        .enumerate()
        .map(|(n, article)| {
            let (chain, mut room) = (cue_chain(&cue_folds[n % FOLDS])?, Room::default());
            let found = |s: &Stage| {
                let mut found = Vec::new();
                find::cues(&chain, &mut room, &s.scene, &s.any, &s.ruled, &mut found);
                found
            };
            Ok(article.iter().map(found).collect())
        })
        .collect::<Result<_>>()?;
    println!("cues, fold by fold: {:.0?}", start.elapsed());

    let role_data = |articles: &mut dyn Iterator<Item = (usize, &Vec<Stage>)>| {
        let mut data = Data::default();
        for (n, article) in articles {
            for (stage, found) in article.iter().zip(&found[n]) {
                role_examples(stage, found, &mut data);
            }
        }
        data
    };
    let role_folds: Vec<Vec<u8>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| chain::train(&role_data(&mut others(fold)), &ROLES))
        .collect();
    println!("roles, fold by fold: {:.0?}", start.elapsed());

    let mut data = Data::default();
    // One for each fold: it keeps what the weights say.
    let mut rooms: [Room; FOLDS] = std::array::from_fn(|_| Room::default());
    for (n, article) in articles.iter().enumerate() {
        let chain = role_chain(&role_folds[n % FOLDS])?;
        let room = &mut rooms[n % FOLDS];
        for (s, found) in article.iter().zip(&found[n]) {
            let mut all = found.clone();
            find::roles(&chain, room, &s.scene, &s.any, &s.ruled, &mut all);
            keep_examples(s, &all, &mut data);
        }
    }
    write(models, "keep.bin", &chain::train(&data, &KEEP))?;

    let mut data = Data::default();
    articles.iter().for_each(|a| cue_examples(a, &mut data));
    write(
        models,
        "cues.bin",
        &chain::train(
            &data,
            &Settings {
                orders: ORDERS,
                ..CUES
            },
        ),
    )?;
    let data = role_data(&mut articles.iter().enumerate());
    write(
        models,
        "roles.bin",
        &chain::train(
            &data,
            &Settings {
                orders: ORDERS,
                ..ROLES
            },
        ),
    )?;
    println!("all: {:.0?}", start.elapsed());
    Ok(())
}

fn write(models: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    println!("{name}: {} bytes", bytes.len());
    std::fs::write(models.join(name), bytes).with_context(|| format!("cannot write {name}"))
}
