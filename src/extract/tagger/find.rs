//! The steps in a row over one scene: cues, for each its roles, and what makes it sure.

use super::chain::{Chain, Lattice};
use super::hints::{self, Ruled};
use super::keep::Candidate;
use super::roles::{Between, Question, Scores};
use super::units::{Scene, Unit};
use super::{cues, roles};
use crate::extract::lexicon::Classes;
use crate::extract::tag::Tag;
use crate::extract::weights::adjacent::MARGIN;
use crate::extract::weights::{Added, Adjacent, Batch, Sums};
use std::ops::Range;

/// Added to the score of a cue's begin: better one candidate too many, since the last step judges each; and more where
/// the sentence holds a quotation, which somebody must have said (chosen on dev).
const EAGER: [f32; 2] = [1.6, 2.0];

/// A cue less probable than this has no roles looked for, even where the rules take it for one (chosen on dev, where 0.15 finds
/// 0.1 points more words of contents, and 0.3 loses more).
const LEAST: f32 = 0.2;

/// A word less probably of a cue than this by the first features is outside, and the others are not asked for: seven words
/// of ten. Chosen on dev, where nothing is lost up to here.
const DOUBT: f32 = 0.1;
/// Most cues looked at in one scene.
const MOST: usize = 40;

/// Room for one scene after another, read with the same weights: some of what these say is kept.
#[derive(Debug, Default)]
pub struct Room {
    cues: Lattice<{ cues::LABELS }, { cues::LANES }>,
    roles: Lattice<{ roles::LABELS }, { roles::LANES }>,
    /// Of each unit that may be of a cue: the probability that it begins one, and that it is of one at all.
    sure: Vec<[f32; 2]>,
    spans: Vec<Range<usize>>,
    seconds: Vec<Candidate>,
    /// Candidates of sentences gone by, for their room.
    old: Vec<Candidate>,
    others: Vec<bool>,
    own: Vec<u8>,
    between: Between,
    scores: Scores,
    words: Adjacent,
    settings: Added<{ cues::SETTINGS }>,
    /// Sums of the first features, word by word, between [margins](MARGIN).
    early: Vec<Sums>,
    batch: Batch,
    /// Words that the first features leave in doubt.
    doubtful: Vec<usize>,
}

/// The words that may be cues, with how sure. First a few features are asked of each word and read along the sentence, then the
/// others where that leaves doubt (structured prediction cascade; Weiss and Taskar 2010).
pub fn cues(
    chain: &Chain<'_, { cues::LABELS }, { cues::LANES }>,
    room: &mut Room,
    scene: &Scene,
    any: &[u8],
    ruled: &[Ruled],
    out: &mut Vec<Candidate>,
) {
    let lattice = &mut room.cues;
    lattice.clear();
    let (early, batch) = (&mut room.early, &mut room.batch);
    early.clear();
    early.resize(scene.own + 2 * MARGIN, Sums::default());
    // Those of the sentence, what is outside before the first, and the one behind the last.
    let word = |number: usize| scene.unit(number.wrapping_sub(1));
    let words = (0..scene.own + 2).map(|number| word(number).word ^ 1 << 62);
    room.words.ask(words, 0, early, batch, |number, part, out| {
        cues::word(part, word(number), out);
    });
    let own = MARGIN..MARGIN + scene.own;
    let places = early.get_mut(own.clone()).unwrap_or_default();
    let settings = (0..scene.own).map(|at| cues::settings(scene, any, at));
    room.settings.ask(settings, places, batch, |_, key, out| {
        cues::beside(key, out);
    });
    let sums = batch.sums::<{ cues::LABELS }>(chain.weights());
    room.settings.learn(sums, places);
    room.words.learn(sums, early);
    let early = early.get_mut(own).unwrap_or_default();
    for (at, sums) in early.iter().enumerate() {
        lattice.push_scores(cues::class(scene, at), chain.scaled(*sums));
    }
    chain.sums(lattice);
    let in_doubt = |at: &usize| 1.0 - chain.marginal(lattice, *at, cues::OUTSIDE.into()) >= DOUBT;
    room.doubtful.clear();
    room.doubtful.extend((0..scene.own).filter(in_doubt));
    room.old.append(out);
    if room.doubtful.is_empty() {
        // Nor would a cue of the rules alone be as probable as the least that is looked at.
        return;
    }
    for at in &room.doubtful {
        room.batch.place(|out| cues::others(scene, any, *at, out));
    }
    lattice.nodes.fill(cues::PLAINLY_OUTSIDE);
    let others = room.batch.sums::<{ cues::LABELS }>(chain.weights());
    for (at, others) in room.doubtful.iter().zip(others) {
        if let (Some(node), Some(sums)) = (lattice.nodes.get_mut(*at), early.get_mut(*at)) {
            *sums += *others;
            *node = chain.scaled(*sums);
        }
    }
    chain.sums(lattice);
    room.sure.clear();
    room.sure.extend((0..scene.own).map(|at| {
        [
            chain.marginal(lattice, at, cues::BEGIN.into()),
            1.0 - chain.marginal(lattice, at, cues::OUTSIDE.into()),
        ]
    }));
    let sure = &room.sure;
    let [plain, marked] = EAGER;
    let eager = if scene.quoted { marked } else { plain };
    for [_, begin, _] in &mut lattice.nodes {
        *begin += eager;
    }
    chain.decode(lattice);
    let old = &mut room.old;
    let mut candidate = |cue: Range<usize>| Candidate {
        cue_sure: [
            sure.get(cue.start).map_or(0.0, |p| p[0]),
            cue.clone()
                .filter_map(|at| sure.get(at))
                .fold(1.0, |least: f32, p| least.min(p[1])),
        ],
        cue,
        ..old.pop().map(Candidate::emptied).unwrap_or_default()
    };
    room.spans.clear();
    parts(&lattice.labels, cues::BEGIN, &mut room.spans);
    out.extend(room.spans.drain(..).map(&mut candidate));
    // What only the rules take for a cue is looked at too.
    for cue in ruled.iter().map(|r| scene.range(&r.cue)) {
        let cue = cue.start..cue.end.min(scene.own);
        let at = out.partition_point(|c| c.cue.end <= cue.start);
        if !cue.is_empty() && out.get(at).is_none_or(|c| cue.end <= c.cue.start) {
            out.insert(at, candidate(cue));
        }
    }
    out.retain(|c| c.cue_sure[0] >= LEAST);
    if out.len() > MOST {
        // More than any sentence of prose has: the surest stay, in their order.
        let mut sure: Vec<f32> = out.iter().map(|c| c.cue_sure[0]).collect();
        sure.sort_by(|a, b| b.total_cmp(a));
        let least = sure.get(MOST).copied().unwrap_or(0.0);
        out.retain(|c| c.cue_sure[0] > least);
    }
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
    chain: &Chain<'_, { roles::LABELS }, { roles::LANES }>,
    room: &mut Room,
    scene: &Scene,
    any: &[u8],
    ruled: &[Ruled],
    all: &mut Vec<Candidate>,
) {
    room.spans.clear();
    room.spans.extend(all.iter().map(|c| c.cue.clone()));
    room.scores.begin(scene);
    for (n, candidate) in all.iter_mut().enumerate() {
        others(scene, &room.spans, n, &mut room.others);
        let rule = own(scene, ruled, &candidate.cue, &mut room.own);
        room.between.count(scene, &candidate.cue, &room.others);
        let rules = [&room.own[..], any];
        let q = Question::new(
            scene,
            candidate.cue.clone(),
            rules,
            &room.others,
            &room.between,
        );
        let lattice = &mut room.roles;
        lattice.clear();
        let window = roles::window(scene, &q.cue);
        let sums = room.scores.around(chain.weights(), &q, window.clone());
        for (at, sums) in window.clone().zip(sums) {
            let scores = roles::allowed(&q, at, chain.scaled(*sums));
            lattice.push_scores(roles::class(&q, at), scores);
        }
        let best = chain.decode(lattice);
        chain.sums(lattice);
        judge(chain, lattice, candidate, best, window.start);
        let Some(rule) = rule else {
            mend(scene, candidate);
            continue;
        };
        candidate.ruled = 1 + rule.sure;
        // The reading of the rules stands beside that of the weights: the third step chooses.
        labels(scene, &q.cue, rule, &window, &mut lattice.labels);
        let score = chain.score(lattice);
        let mut second = Candidate {
            cue: candidate.cue.clone(),
            cue_sure: candidate.cue_sure,
            ruled: candidate.ruled,
            by_rule: true,
            ..room.old.pop().map(Candidate::emptied).unwrap_or_default()
        };
        judge(chain, lattice, &mut second, score, window.start);
        mend(scene, candidate);
        let edges =
            |list: &[Range<usize>]| (list.first().map(|r| r.start), list.last().map(|r| r.end));
        let same = [
            edges(&second.content) == edges(&candidate.content),
            second.source.first() == candidate.source.first(),
        ];
        candidate.same = same;
        second.same = same;
        let marked = |parts: &[Range<usize>]| {
            let mut units = parts.iter().cloned().flatten();
            units.all(|i| scene.units.get(i).is_some_and(|u| !u.is_word()))
        };
        second.plain = marked(&second.content)
            && !second.source.is_empty()
            && (candidate.source.is_empty() || !marked(&candidate.content));
        if same != [true, true] && !second.content.is_empty() {
            room.seconds.push(second);
        }
        if candidate.source.is_empty() {
            // "said the spokesperson, adding that": who said the one said the other.
            let source = scene.range(&rule.source);
            candidate
                .source
                .extend(Some(source).filter(|s| !s.is_empty()));
        }
    }
    all.append(&mut room.seconds);
}

/// Takes the roles from the labels of `lattice`, and how sure they are; `score` is that of the labels.
fn judge(
    chain: &Chain<'_, { roles::LABELS }, { roles::LANES }>,
    lattice: &Lattice<{ roles::LABELS }, { roles::LANES }>,
    candidate: &mut Candidate,
    score: f32,
    start: usize,
) {
    candidate.roles_sure = (score - lattice.total()).exp().min(1.0);
    candidate.source.clear();
    candidate.content.clear();
    parts(&lattice.labels, roles::SOURCE, &mut candidate.source);
    parts(&lattice.labels, roles::CONTENT, &mut candidate.content);
    candidate.source_sure = sure(chain, lattice, &candidate.source, roles::SOURCE);
    candidate.content_sure = sure(chain, lattice, &candidate.content, roles::CONTENT);
    for part in candidate.source.iter_mut().chain(&mut candidate.content) {
        *part = part.start + start..part.end + start;
    }
}

/// What the rules say of a cue as labels of the units of its window.
fn labels(
    scene: &Scene,
    cue: &Range<usize>,
    rule: &Ruled,
    window: &Range<usize>,
    out: &mut Vec<u8>,
) {
    out.clear();
    out.resize(window.len(), roles::OUTSIDE);
    let mut lay = |words: &Range<usize>, begin: u8| {
        for (n, at) in scene.range(words).enumerate() {
            let place = at.checked_sub(window.start).and_then(|i| out.get_mut(i));
            if let Some(slot) = place {
                *slot = begin + u8::from(n > 0);
            }
        }
    };
    for part in &rule.content {
        lay(part, roles::CONTENT);
    }
    lay(&rule.source, roles::SOURCE);
    for slot in out
        .iter_mut()
        .skip(cue.start - window.start)
        .take(cue.len())
    {
        *slot = roles::CUE;
    }
    roles::begin_anew(out);
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

/// Adds the parts that `begin` opens.
fn parts(labels: &[u8], begin: u8, out: &mut Vec<Range<usize>>) {
    for (at, label) in labels.iter().enumerate() {
        if *label == begin {
            out.push(at..at + 1);
        } else if *label == begin + 1
            && let Some(last) = out.last_mut()
        {
            last.end = at + 1;
        }
    }
}

/// The least probability of a begin, and of an end, over the parts.
fn sure(
    chain: &Chain<'_, { roles::LABELS }, { roles::LANES }>,
    lattice: &Lattice<{ roles::LABELS }, { roles::LANES }>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::document::Document;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::tagger::units::Sense;
    use crate::extract::weights::Weights;

    #[test]
    fn what_is_kept_of_words_adds_up_to_what_each_asks_for() {
        let text = include_str!("../../../assets/sample/01-g7-taiwan-strait-2022-08-03.txt");
        let (lexicon, sense) = (Lexicon::bundled(), Sense::bundled().unwrap());
        let weights = Weights::new(include_bytes!("../../../assets/models/cues.bin")).unwrap();
        let chain = Chain::new(weights, cues::CLASSES, cues::legal);
        let doc = Document::new(text, None, &lexicon);
        let (mut scene, mut room) = (Scene::default(), Room::default());
        // The second time all of it is kept.
        for sentence in (0..doc.sentences.len()).chain(0..doc.sentences.len()) {
            scene.cut(&doc, &sense, sentence);
            let hints: Vec<u8> = (0..scene.units.len()).map(|n| (n % 7 / 4) as u8).collect();
            super::cues(&chain, &mut room, &scene, &hints, &[], &mut Vec::new());
            let early = room.early.iter().skip(MARGIN).take(scene.own);
            for (at, sums) in early.enumerate() {
                let (mut asked, mut others) = (Vec::new(), Vec::new());
                cues::features(&scene, &hints, at, &mut asked);
                cues::others(&scene, &hints, at, &mut others);
                if !room.doubtful.contains(&at) {
                    asked.truncate(asked.len() - others.len());
                }
                assert_eq!(sums.scores(), weights.sum::<{ cues::LABELS }>(&asked));
            }
        }
    }
}
