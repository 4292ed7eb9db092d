//! Trains the steps of the quote tagger: cues, roles, and which attributions to keep.

use crate::chain::{self, Data, Settings};
use crate::gold::{self, Article, Attribution};
use anyhow::{Context, Result};
use dictum::extract::training::chain::Chain;
use dictum::extract::training::find::{self, Room};
use dictum::extract::training::hints::{self, Ruled};
use dictum::extract::training::keep::{self, Candidate};
use dictum::extract::training::roles::{Between, Question};
use dictum::extract::training::units::Scene;
use dictum::extract::training::{Document, Lexicon, Rules, Sense, Tagger, cues, roles};
use dictum::extract::weights::Weights;
use rayon::prelude::*;
use std::ops::Range;

const FOLDS: usize = 5;

/// One scene of an article, with what gold and the rules say of it.
pub struct Stage {
    pub scene: Scene,
    /// Rule labels of any attribution, unit by unit.
    pub any: Vec<u8>,
    pub ruled: Vec<Ruled>,
    /// Gold: units of cue, source, content.
    pub gold: Vec<Gold>,
}

#[derive(Clone, Debug)]
pub struct Gold {
    pub cue: Range<usize>,
    pub source: Vec<Range<usize>>,
    pub content: Vec<Range<usize>>,
}

pub fn stages(article: &Article, lexicon: &Lexicon, sense: &Sense<'_>) -> Vec<Stage> {
    let doc = Document::new(&article.text, None, lexicon);
    let gold = article.attributions(&doc);
    let ruled = hints::ruled(&doc, &Rules.attributions(&doc));
    (0..doc.sentences.len())
        .map(|n| {
            let mut scene = Scene::default();
            scene.cut(&doc, sense, n);
            let words = doc.sentences[n].words.clone();
            let all = scene.words(&(0..scene.units.len()));
            let mine: Vec<Ruled> = ruled
                .iter()
                .filter(|r| {
                    let at = if r.cue.is_empty() {
                        r.content.first().map_or(0, |c| c.start)
                    } else {
                        r.cue.start
                    };
                    words.contains(&at)
                })
                .cloned()
                .collect();
            let mut any = vec![0; scene.units.len()];
            for r in &mine {
                hints::lay(&scene, r, &mut any);
            }
            let gold = gold
                .iter()
                .filter_map(|a: &Attribution| {
                    let cue = a.cue.first()?;
                    if !words.contains(&cue.start) {
                        return None;
                    }
                    let units = |r: &Range<usize>| {
                        scene.range(
                            &(r.start.max(all.start)
                                ..r.end.min(all.end).max(r.start.max(all.start))),
                        )
                    };
                    Some(Gold {
                        cue: units(cue),
                        source: a
                            .source
                            .iter()
                            .map(units)
                            .filter(|r| !r.is_empty())
                            .collect(),
                        content: a
                            .content
                            .iter()
                            .map(units)
                            .filter(|r| !r.is_empty())
                            .collect(),
                    })
                })
                .collect();
            Stage {
                scene,
                any,
                ruled: mine,
                gold,
            }
        })
        .collect()
}

fn cue_data(stages: &[Stage], data: &mut Data) {
    for stage in stages {
        let mut labels = vec![cues::OUTSIDE; stage.scene.own];
        for g in &stage.gold {
            for i in g.cue.clone() {
                if let Some(slot) = labels.get_mut(i) {
                    *slot = if i == g.cue.start {
                        cues::BEGIN
                    } else {
                        cues::INSIDE
                    };
                }
            }
        }
        for (at, label) in labels.iter().enumerate() {
            data.place(cues::class(&stage.scene, at), *label, |out| {
                cues::features(&stage.scene, &stage.any, at, out)
            });
        }
        data.end();
    }
}

fn settings(
    sparse: f32,
    labels: usize,
    classes: usize,
    legal: fn(usize, usize) -> bool,
) -> Settings {
    Settings {
        labels,
        classes,
        legal,
        epochs: env("EPOCHS", 10.0) as usize,
        rate: env("RATE", 0.07),
        least: 3,
        sparse,
        scale: 1.0 / 64.0,
    }
}

fn role_data(stage: &Stage, asked: &[(Range<usize>, Option<&Gold>)], data: &mut Data) {
    let cues: Vec<Range<usize>> = asked.iter().map(|(c, _)| c.clone()).collect();
    let (mut own, mut others, mut between) = (Vec::new(), Vec::new(), Between::default());
    for (n, (cue, gold)) in asked.iter().enumerate() {
        let Some(gold) = gold else { continue };
        find::own(&stage.scene, &stage.ruled, cue, &mut own);
        find::others(&stage.scene, &cues, n, &mut others);
        between.count(&stage.scene, &others);
        let mut labels = vec![roles::OUTSIDE; stage.scene.units.len()];
        for part in &gold.content {
            for i in part.clone() {
                labels[i] = roles::CONTENT + u8::from(i != part.start);
            }
        }
        for part in &gold.source {
            for i in part.clone() {
                labels[i] = roles::SOURCE + u8::from(i != part.start);
            }
        }
        for i in cue.clone() {
            labels[i] = roles::CUE;
        }
        // A part broken by another role begins anew behind it.
        for i in 0..labels.len() {
            let before = if i == 0 { 0 } else { labels[i - 1] as usize };
            if !roles::legal(before, labels[i] as usize) {
                labels[i] -= 1;
            }
        }
        let q = Question {
            scene: &stage.scene,
            cue: cue.clone(),
            own: &own,
            any: &stage.any,
            others: &others,
            between: &between,
        };
        for (at, label) in labels.iter().enumerate() {
            data.place(roles::class(&q, at), *label, |out| {
                roles::features(&q, at, out)
            });
        }
        data.end();
    }
}

fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a candidate is right: contents alike by four fifths of their words, sources share a word.
fn holds(scene: &Scene, c: &Candidate, g: &Gold) -> bool {
    let set = |parts: &[Range<usize>]| -> std::collections::BTreeSet<usize> {
        parts.iter().flat_map(|r| scene.words(r)).collect()
    };
    let (a, b) = (set(&c.content), set(&g.content));
    let both = a.intersection(&b).count();
    let either = a.union(&b).count();
    let (s, t) = (set(&c.source), set(&g.source));
    5 * both >= 4 * either
        && either > 0
        && ((s.is_empty() && t.is_empty()) || s.intersection(&t).next().is_some())
}

/// Whether a candidate has the cue of a gold attribution, or half of its content.
fn partly(scene: &Scene, c: &Candidate, g: &Gold) -> bool {
    let set = |parts: &[Range<usize>]| -> std::collections::BTreeSet<usize> {
        parts.iter().flat_map(|r| scene.words(r)).collect()
    };
    let (a, b) = (set(&c.content), set(&g.content));
    c.cue == g.cue || 2 * a.intersection(&b).count() >= a.union(&b).count()
}

fn keep_data(stage: &Stage, all: &[Candidate], data: &mut Data) {
    for (i, c) in all.iter().enumerate() {
        if c.content.is_empty() {
            continue;
        }
        let label = if stage.gold.iter().any(|g| holds(&stage.scene, c, g)) {
            2
        } else {
            u8::from(stage.gold.iter().any(|g| partly(&stage.scene, c, g)))
        };
        data.place(0, label, |out| keep::features(&stage.scene, all, i, out));
        data.end();
    }
}

struct Fold {
    cues: Vec<u8>,
    roles: Vec<u8>,
}

type Cues<'b> = Chain<'b, { cues::LABELS }>;
type Roles<'b> = Chain<'b, { roles::LABELS }>;

fn chains(fold: &Fold) -> (Cues<'_>, Roles<'_>) {
    (
        Chain::new(
            Weights::new(&fold.cues).expect("cues"),
            cues::CLASSES,
            cues::legal,
        ),
        Chain::new(
            Weights::new(&fold.roles).expect("roles"),
            roles::CLASSES,
            roles::legal,
        ),
    )
}

/// Trains cues on `articles`; roles on them with gold cues and with those of `found`, where there are any.
fn train_fold(articles: &[&Vec<Stage>], found: Option<&[&Vec<Vec<Candidate>>]>) -> Fold {
    let mut data = Data::default();
    for a in articles {
        cue_data(a, &mut data);
    }
    let cues = chain::train(
        &data,
        &settings(
            env("CSPARSE", 3.0),
            cues::LABELS,
            cues::CLASSES,
            cues::legal,
        ),
    );
    let roles = train_roles(articles, found);
    Fold { cues, roles }
}

fn train_roles(articles: &[&Vec<Stage>], found: Option<&[&Vec<Vec<Candidate>>]>) -> Vec<u8> {
    let mut data = Data::default();
    for (n, a) in articles.iter().enumerate() {
        for (m, s) in a.iter().enumerate() {
            match found.map(|f| &f[n][m]) {
                None => {
                    let asked: Vec<(Range<usize>, Option<&Gold>)> =
                        s.gold.iter().map(|g| (g.cue.clone(), Some(g))).collect();
                    role_data(s, &asked, &mut data);
                }
                Some(all) => {
                    // Cues as they will be found, each with the gold it touches; gold cues that were missed too.
                    let mut asked: Vec<(Range<usize>, Option<&Gold>)> = all
                        .iter()
                        .map(|c| (c.cue.clone(), s.gold.iter().find(|g| touch(&g.cue, &c.cue))))
                        .collect();
                    for g in &s.gold {
                        if !all.iter().any(|c| touch(&g.cue, &c.cue)) {
                            asked.push((g.cue.clone(), Some(g)));
                        }
                    }
                    role_data(s, &asked, &mut data);
                }
            }
        }
    }
    chain::train(
        &data,
        &settings(
            env("RSPARSE", 1.5),
            roles::LABELS,
            roles::CLASSES,
            roles::legal,
        ),
    )
}

fn candidates(
    cues: &Cues<'_>,
    roles: Option<&Roles<'_>>,
    room: &mut Room,
    s: &Stage,
) -> Vec<Candidate> {
    let mut all = find::cues(cues, room, &s.scene, &s.any);
    if let Some(roles) = roles {
        find::roles(roles, room, &s.scene, &s.any, &s.ruled, &mut all);
    }
    all
}

pub fn all(train: &str, out: &str) -> Result<()> {
    let lexicon = Lexicon::bundled();
    let sense = Sense::bundled().context("the models of words are not whole")?;
    let articles = gold::read(train)?;
    let t0 = std::time::Instant::now();
    let staged: Vec<Vec<Stage>> = articles
        .par_iter()
        .map(|a| stages(a, &lexicon, &sense))
        .collect();
    let fold_of = |n: usize| n % FOLDS;
    // Cues out of fold.
    let cue_models: Vec<Vec<u8>> = (0..FOLDS)
        .into_par_iter()
        .map(|k| {
            if let Some(b) = cached(&format!("cues{k}")) {
                return b;
            }
            let mut data = Data::default();
            for (n, a) in staged.iter().enumerate() {
                if fold_of(n) != k {
                    cue_data(a, &mut data);
                }
            }
            chain::train(
                &data,
                &settings(
                    env("CSPARSE", 3.0),
                    cues::LABELS,
                    cues::CLASSES,
                    cues::legal,
                ),
            )
        })
        .collect();
    let found: Vec<Vec<Vec<Candidate>>> = staged
        .par_iter()
        .enumerate()
        .map(|(n, a)| {
            let cues = Chain::new(
                Weights::new(&cue_models[fold_of(n)]).expect("cues"),
                cues::CLASSES,
                cues::legal,
            );
            let mut room = Room::default();
            a.iter()
                .map(|s| candidates(&cues, None, &mut room, s))
                .collect()
        })
        .collect();
    for (k, b) in cue_models.iter().enumerate() {
        std::fs::write(format!("/tmp/fold-cues{k}.bin"), b)?;
    }
    eprintln!("cues out of fold: {:?}", t0.elapsed());
    // Roles out of fold, with the cues as found.
    let role_models: Vec<Vec<u8>> = (0..FOLDS)
        .into_par_iter()
        .map(|k| {
            if let Some(b) = cached(&format!("roles{k}")) {
                return b;
            }
            let part: Vec<usize> = (0..staged.len()).filter(|n| fold_of(*n) != k).collect();
            let a: Vec<&Vec<Stage>> = part.iter().map(|n| &staged[*n]).collect();
            let f: Vec<&Vec<Vec<Candidate>>> = part.iter().map(|n| &found[*n]).collect();
            train_roles(&a, Some(&f))
        })
        .collect();
    for (k, b) in role_models.iter().enumerate() {
        std::fs::write(format!("/tmp/fold-roles{k}.bin"), b)?;
    }
    eprintln!("roles out of fold: {:?}", t0.elapsed());
    let mut data = Data::default();
    for (n, a) in staged.iter().enumerate() {
        let fold = Fold {
            cues: cue_models[fold_of(n)].clone(),
            roles: role_models[fold_of(n)].clone(),
        };
        let (cues, roles) = chains(&fold);
        let mut room = Room::default();
        for s in a {
            let all = candidates(&cues, Some(&roles), &mut room, s);
            keep_data(s, &all, &mut data);
        }
    }
    let keep = chain::train(
        &data,
        &Settings {
            labels: keep::LABELS,
            classes: 1,
            legal: |_, _| true,
            epochs: 12,
            rate: env("KRATE", 0.05),
            least: 3,
            sparse: env("KSPARSE", 1.0),
            scale: 1.0 / 64.0,
        },
    );
    let every: Vec<&Vec<Stage>> = staged.iter().collect();
    let f: Vec<&Vec<Vec<Candidate>>> = found.iter().collect();
    let last = train_fold(&every, Some(&f));
    for (name, bytes) in [
        ("cues", &last.cues),
        ("roles", &last.roles),
        ("keep", &keep),
    ] {
        std::fs::write(format!("{out}/{name}.bin"), bytes)?;
        eprintln!("{name}.bin {} bytes", bytes.len());
    }
    eprintln!("{:?}", t0.elapsed());
    Ok(())
}

fn env(name: &str, or: f32) -> f32 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(or)
}

pub fn tune(train: &str, dev: &str, what: &str) -> Result<()> {
    let lexicon = Lexicon::bundled();
    let sense = Sense::bundled().context("the models of words are not whole")?;
    let staged: Vec<Vec<Stage>> = gold::read(train)?
        .iter()
        .map(|a| stages(a, &lexicon, &sense))
        .collect();
    let dev: Vec<Vec<Stage>> = gold::read(dev)?
        .iter()
        .map(|a| stages(a, &lexicon, &sense))
        .collect();
    let score = |hit: usize, found: usize, gold: usize| {
        let (p, r) = (hit as f64 / found as f64, hit as f64 / gold as f64);
        format!(
            "P {:.2} R {:.2} F {:.2}",
            100.0 * p,
            100.0 * r,
            200.0 * p * r / (p + r)
        )
    };
    let mut room = Room::default();
    if what == "cues" {
        let mut data = Data::default();
        for a in &staged {
            cue_data(a, &mut data);
        }
        let bytes = chain::train(
            &data,
            &settings(
                env("CSPARSE", 3.0),
                cues::LABELS,
                cues::CLASSES,
                cues::legal,
            ),
        );
        let cues = Chain::new(
            Weights::new(&bytes).expect("cues"),
            cues::CLASSES,
            cues::legal,
        );
        for cut in [0.2, 0.3, 0.4, 0.5] {
            let (mut hit, mut found, mut gold, mut begin) = (0, 0, 0, 0);
            for s in dev.iter().flatten() {
                let all = candidates(&cues, None, &mut room, s);
                gold += s.gold.len();
                for c in all.iter().filter(|c| c.cue_sure[0] >= cut) {
                    found += 1;
                    hit += usize::from(s.gold.iter().any(|g| g.cue == c.cue));
                    begin += usize::from(s.gold.iter().any(|g| g.cue.start == c.cue.start));
                }
            }
            println!(
                "cues above {cut}: {} begin {}",
                score(hit, found, gold),
                score(begin, found, gold)
            );
        }
    } else {
        let mut data = Data::default();
        for s in staged.iter().flatten() {
            let asked: Vec<(Range<usize>, Option<&Gold>)> =
                s.gold.iter().map(|g| (g.cue.clone(), Some(g))).collect();
            role_data(s, &asked, &mut data);
        }
        let bytes = chain::train(
            &data,
            &settings(
                env("RSPARSE", 1.5),
                roles::LABELS,
                roles::CLASSES,
                roles::legal,
            ),
        );
        let roles = Chain::new(
            Weights::new(&bytes).expect("roles"),
            roles::CLASSES,
            roles::legal,
        );
        let mut n = [0usize; 7];
        for s in dev.iter().flatten() {
            let mut all: Vec<Candidate> = s
                .gold
                .iter()
                .map(|g| Candidate {
                    cue: g.cue.clone(),
                    ..Candidate::default()
                })
                .collect();
            find::roles(&roles, &mut room, &s.scene, &s.any, &s.ruled, &mut all);
            for (c, g) in all.iter().zip(&s.gold) {
                n[0] += c.source.iter().filter(|x| g.source.contains(x)).count();
                n[1] += c.source.len();
                n[2] += g.source.len();
                n[3] += c.content.iter().filter(|x| g.content.contains(x)).count();
                n[4] += c.content.len();
                n[5] += g.content.len();
                n[6] += usize::from(holds(&s.scene, c, g));
            }
        }
        println!(
            "source {} content {} holds {}",
            score(n[0], n[1], n[2]),
            score(n[3], n[4], n[5]),
            n[6]
        );
    }
    Ok(())
}

pub fn masses(dev: &str) -> Result<()> {
    let lexicon = Lexicon::bundled();
    let sense = Sense::bundled().context("the models of words are not whole")?;
    let dev: Vec<Vec<Stage>> = gold::read(dev)?
        .iter()
        .map(|a| stages(a, &lexicon, &sense))
        .collect();
    let cb = std::fs::read("assets/models/cues.bin")?;
    let rb = std::fs::read("assets/models/roles.bin")?;
    let (cw, rw) = (
        Weights::new(&cb).expect("cues"),
        Weights::new(&rb).expect("roles"),
    );
    let mut room = Room::default();
    let cues = Chain::new(cw, cues::CLASSES, cues::legal);
    let (mut cm, mut rm) = (vec![0f64; 120], vec![0f64; 120]);
    let (mut cn, mut rn, mut cands, mut scenes) = (0usize, 0usize, 0usize, 0usize);
    let mut out = Vec::new();
    for s in dev.iter().flatten() {
        scenes += 1;
        for at in 0..s.scene.own {
            out.clear();
            cues::features(&s.scene, &s.any, at, &mut out);
            cn += 1;
            for (i, h) in out.iter().enumerate() {
                let r = cw.sum::<3>(&[*h]);
                cm[i] += f64::from(r.iter().max().unwrap() - r.iter().min().unwrap());
            }
        }
        let all = candidates(&cues, None, &mut room, s);
        cands += all.len();
        let list: Vec<Range<usize>> = all.iter().map(|c| c.cue.clone()).collect();
        let (mut own, mut others, mut between) = (Vec::new(), Vec::new(), Between::default());
        for (n, cue) in list.iter().enumerate() {
            find::own(&s.scene, &s.ruled, cue, &mut own);
            find::others(&s.scene, &list, n, &mut others);
            between.count(&s.scene, &others);
            let q = Question {
                scene: &s.scene,
                cue: cue.clone(),
                own: &own,
                any: &s.any,
                others: &others,
                between: &between,
            };
            for at in 0..s.scene.units.len() {
                if cue.contains(&at) {
                    continue;
                }
                out.clear();
                roles::features(&q, at, &mut out);
                rn += 1;
                for (i, h) in out.iter().enumerate() {
                    let r = rw.sum::<6>(&[*h]);
                    rm[i] += f64::from(r.iter().max().unwrap() - r.iter().min().unwrap());
                }
            }
        }
    }
    println!("scenes {scenes}, cue places {cn}, candidates {cands}, role places {rn}");
    for (name, m, n) in [("cues", cm, cn), ("roles", rm, rn)] {
        let mut l: Vec<(usize, f64)> = m
            .iter()
            .map(|x| x / n as f64)
            .enumerate()
            .filter(|x| x.1 > 0.0)
            .collect();
        l.sort_by(|a, b| b.1.total_cmp(&a.1));
        println!(
            "{name}: {}",
            l.iter()
                .map(|(i, x)| format!("{i}:{x:.2}"))
                .collect::<Vec<_>>()
                .join(" ")
        );
    }
    Ok(())
}

fn cached(name: &str) -> Option<Vec<u8>> {
    std::env::var("REUSE").ok()?;
    std::fs::read(format!("/tmp/fold-{name}.bin")).ok()
}
