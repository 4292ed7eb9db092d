//! Articles as the tagger sees them, with what gold and the rules say; and the examples that each step learns from.

use crate::chain::Data;
use crate::gold::{Article, Attribution};
use dictum::extract::training::hints::{self, Ruled};
use dictum::extract::training::keep::{self, Candidate};
use dictum::extract::training::roles::{Between, Question};
use dictum::extract::training::units::Scene;
use dictum::extract::training::{Document, Lexicon, Rules, Sense, cues, find, roles};
use std::collections::BTreeSet;
use std::ops::Range;

/// One scene of an article.
pub struct Stage {
    pub scene: Scene,
    /// What the rules say of any attribution, unit by unit.
    pub any: Vec<u8>,
    pub ruled: Vec<Ruled>,
    pub gold: Vec<Gold>,
}

/// A gold attribution, in units.
pub struct Gold {
    pub cue: Range<usize>,
    source: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

/// All scenes of an article.
pub fn stages(article: &Article, lexicon: &Lexicon, sense: &Sense<'_>) -> Vec<Stage> {
    let doc = Document::new(&article.text, None, lexicon);
    let gold = article.attributions(&doc);
    let ruled = hints::ruled(&doc, &Rules.find(&doc));
    let mut out = Vec::new();
    for (n, sentence) in doc.sentences.iter().enumerate() {
        let mut scene = Scene::default();
        scene.cut(&doc, sense, n);
        let mine = hints::of_sentence(&ruled, &sentence.words).to_vec();
        let mut any = vec![0; scene.units.len()];
        for r in &mine {
            hints::lay(&scene, r, &mut any);
        }
        let gold = gold
            .iter()
            .filter(|a| {
                a.cue
                    .first()
                    .is_some_and(|c| sentence.words.contains(&c.start))
            })
            .map(|a| units(&scene, a))
            .collect();
        out.push(Stage {
            scene,
            any,
            ruled: mine,
            gold,
        });
    }
    out
}

fn units(scene: &Scene, a: &Attribution) -> Gold {
    let all = scene.words(&(0..scene.units.len()));
    let list = |parts: &[Range<usize>]| -> Vec<Range<usize>> {
        parts
            .iter()
            .map(|r| r.start.max(all.start)..r.end.min(all.end))
            .filter(|r| !r.is_empty())
            .map(|r| scene.range(&r))
            .collect()
    };
    Gold {
        cue: list(&a.cue).into_iter().next().unwrap_or(0..0),
        source: list(&a.source),
        content: list(&a.content),
    }
}

/// Examples for the first step.
pub fn cue_examples(stages: &[Stage], data: &mut Data) {
    for stage in stages {
        let mut labels = vec![cues::OUTSIDE; stage.scene.own];
        for g in &stage.gold {
            for (n, slot) in labels
                .iter_mut()
                .enumerate()
                .take(g.cue.end)
                .skip(g.cue.start)
            {
                *slot = if n == g.cue.start {
                    cues::BEGIN
                } else {
                    cues::INSIDE
                };
            }
        }
        for (at, label) in labels.iter().enumerate() {
            data.place(cues::class(&stage.scene, at), *label, |out| {
                cues::features(&stage.scene, &stage.any, at, out);
            });
        }
        data.end();
    }
}

/// Examples for the second step: the cues as they will be found, each with the gold that it touches, and the gold
/// cues that were missed. A cue without gold teaches nothing here; the third step learns to refuse it.
pub fn role_examples(stage: &Stage, found: &[Candidate], data: &mut Data) {
    let mut asked: Vec<(Range<usize>, Option<&Gold>)> = found
        .iter()
        .map(|c| {
            (
                c.cue.clone(),
                stage.gold.iter().find(|g| touch(&g.cue, &c.cue)),
            )
        })
        .collect();
    let missed = stage
        .gold
        .iter()
        .filter(|g| !found.iter().any(|c| touch(&g.cue, &c.cue)));
    asked.extend(missed.map(|g| (g.cue.clone(), Some(g))));
    let cues: Vec<Range<usize>> = asked.iter().map(|(c, _)| c.clone()).collect();
    let (mut own, mut others, mut between) = (Vec::new(), Vec::new(), Between::default());
    for (n, (cue, gold)) in asked.iter().enumerate() {
        let Some(gold) = gold else { continue };
        find::own(&stage.scene, &stage.ruled, cue, &mut own);
        find::others(&stage.scene, &cues, n, &mut others);
        between.count(&stage.scene, cue, &others);
        let labels = role_labels(stage.scene.units.len(), cue, gold);
        let rules = [&own[..], &stage.any];
        let q = Question::new(&stage.scene, cue.clone(), rules, &others, &between);
        let window = roles::window(&stage.scene, cue);
        for (at, label) in labels
            .iter()
            .enumerate()
            .take(window.end)
            .skip(window.start)
        {
            data.place(roles::class(&q, at), *label, |out| {
                roles::features(&q, at, out)
            });
        }
        data.end();
    }
}

fn role_labels(units: usize, cue: &Range<usize>, gold: &Gold) -> Vec<u8> {
    let mut labels = vec![roles::OUTSIDE; units];
    for (parts, begin) in [
        (&gold.content, roles::CONTENT),
        (&gold.source, roles::SOURCE),
    ] {
        for part in parts {
            for i in part.clone() {
                labels[i] = begin + u8::from(i != part.start);
            }
        }
    }
    for i in cue.clone() {
        labels[i] = roles::CUE;
    }
    roles::begin_anew(&mut labels);
    labels
}

/// Examples for the third step.
pub fn keep_examples(stage: &Stage, all: &[Candidate], data: &mut Data) {
    for (i, c) in all
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.content.is_empty())
    {
        let right = stage.gold.iter().map(|g| verdict(&stage.scene, c, g)).max();
        data.place(0, right.unwrap_or(0), |out| {
            keep::features(&stage.scene, all, i, out)
        });
        data.end();
    }
}

/// 2: contents alike by four fifths of their words and sources that share one; 1: the same cue, or half of the content.
fn verdict(scene: &Scene, c: &Candidate, g: &Gold) -> u8 {
    let words = |parts: &[Range<usize>]| -> BTreeSet<usize> {
        parts.iter().flat_map(|r| scene.words(r)).collect()
    };
    let (a, b) = (words(&c.content), words(&g.content));
    let (both, either) = (a.intersection(&b).count(), a.union(&b).count());
    let (s, t) = (words(&c.source), words(&g.source));
    let same = (s.is_empty() && t.is_empty()) || s.intersection(&t).next().is_some();
    if either > 0 && 5 * both >= 4 * either && same {
        2
    } else {
        u8::from(c.cue == g.cue || (either > 0 && 2 * both >= either))
    }
}

fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
