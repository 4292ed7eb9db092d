//! The steps in a row over one scene: cues, for each its roles, and what makes it sure.

use super::chain::{Chain, Lattice};
use super::hints::{self, Ruled};
use super::keep::Candidate;
use super::roles::{Between, Question};
use super::units::{Scene, Unit};
use super::{cues, roles};
use crate::extract::lexicon::Classes;
use crate::extract::tag::Tag;
use std::ops::Range;

/// Added to the score of a cue's begin: better one candidate too many, since the last step judges each.
const EAGER: f32 = 2.0;

/// Most cues looked at in one scene.
const MOST: usize = 40;

/// Room for one scene after another.
#[derive(Debug, Default)]
pub struct Room {
    cues: Lattice<{ cues::LABELS }>,
    roles: Lattice<{ roles::LABELS }>,
    others: Vec<bool>,
    own: Vec<u8>,
    between: Between,
}

/// The words that may be cues, with how sure.
pub fn cues(
    chain: &Chain<'_, { cues::LABELS }>,
    room: &mut Room,
    scene: &Scene,
    any: &[u8],
) -> Vec<Candidate> {
    let lattice = &mut room.cues;
    lattice.clear();
    for at in 0..scene.own {
        chain.push(lattice, cues::class(scene, at), |out| {
            cues::features(scene, any, at, out)
        });
    }
    chain.sums(lattice);
    let sure: Vec<f32> = (0..scene.own)
        .map(|at| 1.0 - chain.marginal(lattice, at, cues::OUTSIDE.into()))
        .collect();
    let begins: Vec<f32> = (0..scene.own)
        .map(|at| chain.marginal(lattice, at, cues::BEGIN.into()))
        .collect();
    for [_, begin, _] in &mut lattice.nodes {
        *begin += EAGER;
    }
    chain.decode(lattice);
    let mut out: Vec<Candidate> = Vec::new();
    for (at, label) in lattice.labels.iter().enumerate() {
        let p = sure.get(at).copied().unwrap_or(0.0);
        match *label {
            cues::BEGIN => out.push(Candidate {
                cue: at..at + 1,
                cue_sure: [begins.get(at).copied().unwrap_or(0.0), p],
                ..Candidate::default()
            }),
            cues::INSIDE => {
                if let Some(last) = out.last_mut() {
                    last.cue.end = at + 1;
                    last.cue_sure[1] = last.cue_sure[1].min(p);
                }
            }
            _ => {}
        }
    }
    if out.len() > MOST {
        // More than any sentence of prose has: the surest stay, in their order.
        let mut sure: Vec<f32> = out.iter().map(|c| c.cue_sure[0]).collect();
        sure.sort_by(|a, b| b.total_cmp(a));
        let least = sure.get(MOST).copied().unwrap_or(0.0);
        out.retain(|c| c.cue_sure[0] > least);
    }
    out
}

/// What the rules say of the cue, laid over the scene; which of them it was.
pub fn own<'r>(
    scene: &Scene,
    ruled: &'r [Ruled],
    cue: &Range<usize>,
    out: &mut Vec<u8>,
) -> Option<&'r Ruled> {
    out.clear();
    out.resize(scene.units.len(), 0);
    let words = scene.words(cue);
    let found = ruled
        .iter()
        .find(|r| r.cue.start < words.end && words.start < r.cue.end);
    if let Some(r) = found {
        hints::lay(scene, r, out);
    }
    found
}

/// Marks the units of all cues but the one at `index`.
pub fn others(scene: &Scene, all: &[Range<usize>], index: usize, out: &mut Vec<bool>) {
    out.clear();
    out.resize(scene.units.len(), false);
    for (n, cue) in all.iter().enumerate() {
        if n != index {
            for slot in out.iter_mut().skip(cue.start).take(cue.len()) {
                *slot = true;
            }
        }
    }
}

/// Fills in the roles of every candidate.
pub fn roles(
    chain: &Chain<'_, { roles::LABELS }>,
    room: &mut Room,
    scene: &Scene,
    any: &[u8],
    ruled: &[Ruled],
    all: &mut [Candidate],
) {
    let cues: Vec<Range<usize>> = all.iter().map(|c| c.cue.clone()).collect();
    for (n, candidate) in all.iter_mut().enumerate() {
        others(scene, &cues, n, &mut room.others);
        let rule = own(scene, ruled, &candidate.cue, &mut room.own);
        room.between.count(scene, &room.others);
        let q = Question {
            scene,
            cue: candidate.cue.clone(),
            own: &room.own,
            any,
            others: &room.others,
            between: &room.between,
        };
        let lattice = &mut room.roles;
        lattice.clear();
        let window = roles::window(scene, &q.cue);
        for at in window.clone() {
            chain.push(lattice, roles::class(&q, at), |out| {
                roles::features(&q, at, out)
            });
            let is_cue = q.cue.contains(&at);
            if let Some(node) = lattice.nodes.last_mut() {
                for (label, score) in node.iter_mut().enumerate() {
                    if (label == usize::from(roles::CUE)) != is_cue {
                        *score += super::chain::NEVER / 10.0;
                    }
                }
            }
        }
        let best = chain.decode(lattice);
        chain.sums(lattice);
        candidate.roles_sure = (best - lattice.total).exp().min(1.0);
        candidate.source = parts(&lattice.labels, roles::SOURCE);
        candidate.content = parts(&lattice.labels, roles::CONTENT);
        candidate.source_sure = sure(chain, lattice, &candidate.source, roles::SOURCE);
        candidate.content_sure = sure(chain, lattice, &candidate.content, roles::CONTENT);
        for part in candidate.source.iter_mut().chain(&mut candidate.content) {
            *part = part.start + window.start..part.end + window.start;
        }
        mend(scene, candidate);
        if let Some(rule) = rule {
            candidate.ruled = 1 + rule.sure;
            let units: Vec<Range<usize>> = rule.content.iter().map(|r| scene.range(r)).collect();
            let edges =
                |list: &[Range<usize>]| (list.first().map(|r| r.start), list.last().map(|r| r.end));
            candidate.same[0] = edges(&units) == edges(&candidate.content);
            let source = Some(scene.range(&rule.source)).filter(|_| !rule.source.is_empty());
            candidate.same[1] = source.as_ref() == candidate.source.first();
            if candidate.source.is_empty() {
                // "said the spokesperson, adding that": who said the one said the other.
                candidate.source.extend(source.filter(|s| !s.is_empty()));
            }
        }
    }
}

/// Takes from the content what the sentence itself parts from it: `"A," she said, adding that B` (B has a cue
/// of its own), `As for the rest, she said, "A"` (no clause, so nothing that she said).
fn mend(scene: &Scene, candidate: &mut Candidate) {
    if candidate.content.len() < 2 {
        return;
    }
    let units = |r: &Range<usize>| scene.units.get(r.clone()).unwrap_or(&[]);
    let quoted = |r: &Range<usize>| units(r).iter().any(Unit::is_quote);
    let marked: Vec<bool> = candidate.content.iter().map(quoted).collect();
    if !marked.iter().any(|m| *m) {
        return;
    }
    let cue = candidate.cue.clone();
    candidate.content.retain(|part| {
        let first = units(part).iter().find(|u| u.is_word());
        let participle =
            part.start >= cue.end && first.is_some_and(|u| u.tag == 1 + Tag::Vbg as u8);
        let phrase = part.end <= cue.start
            && !units(part)
                .iter()
                .any(|u| cues::is_finite(u.tag) || u.is(Classes::AUXILIARY));
        quoted(part) || !(participle || phrase)
    });
}

fn parts(labels: &[u8], begin: u8) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        if *label == begin {
            out.push(at..at + 1);
        } else if *label == begin + 1
            && let Some(last) = out.last_mut()
        {
            last.end = at + 1;
        }
    }
    out
}

/// The least probability of a begin, and of an end, over the parts.
fn sure(
    chain: &Chain<'_, { roles::LABELS }>,
    lattice: &Lattice<{ roles::LABELS }>,
    parts: &[Range<usize>],
    begin: u8,
) -> f32 {
    let mut least = 1.0f32;
    for part in parts {
        least = least.min(chain.marginal(lattice, part.start, begin.into()));
        let inside = |at: usize| {
            chain.marginal(lattice, at, begin.into())
                + chain.marginal(lattice, at, usize::from(begin) + 1)
        };
        least = least.min(inside(part.end - 1));
        if part.end < lattice.len() {
            least = least.min(1.0 - chain.marginal(lattice, part.end, usize::from(begin) + 1));
        }
    }
    if parts.is_empty() { 0.5 } else { least }
}
