//! Scores attributions: spans, sources and cues against gold, micro-averaged over the whole file.
//!
//! - `exact`: same tokens; `exact_words`: same words, marks and stops aside; `soft`: mean share covered;
//!   `token`: words pooled; `iou@t`: one-to-one matches of that overlap; `sfu@t`: share of gold characters found.
//! - `full`: overlap 0.8 or more and the sources share a word (or both have none); `full_cue` wants a shared cue
//!   word too; `full_exact` wants all three to have the same words.

use crate::marks::{self, Region};
use crate::ratio::{Ratio, Reliability};
use regex::Regex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

const ROLES: [&str; 3] = ["source", "cue", "content"];
const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];
const STOP: &str = "the a an of in on at for from to by with and or 's ’s his her their its our my your der die das des dem den ein eine einer eines";

type Set = BTreeSet<usize>;

/// A text cut into the scorer's tokens; offsets in code points.
struct Doc {
    starts: Vec<usize>,
    ends: Vec<usize>,
    form: Vec<String>,
    word: Vec<bool>,
    regions: Vec<Region>,
}

impl Doc {
    fn new(text: &str, token: &Regex) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut doc = Self {
            starts: vec![],
            ends: vec![],
            form: vec![],
            word: vec![],
            regions: marks::regions(&chars),
        };
        let (mut byte, mut point) = (0, 0);
        for found in token.find_iter(text) {
            point += text[byte..found.start()].chars().count();
            doc.starts.push(point);
            point += found.as_str().chars().count();
            byte = found.end();
            doc.ends.push(point);
            doc.word
                .push(found.as_str().chars().any(char::is_alphanumeric));
            doc.form.push(found.as_str().to_lowercase());
        }
        doc
    }

    fn segment(&self, (s, e): (usize, usize)) -> (usize, usize) {
        (
            self.ends.partition_point(|x| *x <= s),
            self.starts.partition_point(|x| *x < e),
        )
    }
}

/// One attribution as sets of tokens; roles in the order of `ROLES`.
struct Att {
    raw: Vec<(usize, usize)>,
    all: [Set; 3],
    words: [Set; 3],
    key: [Set; 3],
    segments: [BTreeSet<(usize, usize)>; 3],
    /// Content segments with the marks round them.
    marked: BTreeSet<(usize, usize)>,
    confidence: f64,
    kind: String,
    act: Option<String>,
}

impl Att {
    fn new(doc: &Doc, value: &Value, trust_kind: bool) -> Self {
        let mut att = Self {
            raw: spans(&value["content"]),
            all: Default::default(),
            words: Default::default(),
            key: Default::default(),
            segments: Default::default(),
            marked: Default::default(),
            confidence: value["confidence"].as_f64().unwrap_or(1.0),
            kind: String::new(),
            act: value["act"].as_str().map(str::to_owned),
        };
        for (r, role) in ROLES.iter().enumerate() {
            for span in spans(&value[*role]) {
                let (a, b) = doc.segment(span);
                att.all[r].extend(a..b);
                if b > a {
                    att.segments[r].insert((a, b));
                }
            }
            let words: Set = att.all[r]
                .iter()
                .copied()
                .filter(|i| doc.word[*i])
                .collect();
            att.words[r] = if words.is_empty() {
                att.all[r].clone()
            } else {
                words
            };
            let strong: Set = att.words[r]
                .iter()
                .copied()
                .filter(|i| !STOP.split(' ').any(|s| s == doc.form[*i]))
                .collect();
            att.key[r] = if strong.is_empty() {
                att.words[r].clone()
            } else {
                strong
            };
        }
        let given = value["kind"].as_str().filter(|_| trust_kind);
        att.kind = given.map_or_else(
            || {
                let starts = |r: usize| -> Vec<usize> {
                    att.all[r]
                        .iter()
                        .filter(|i| doc.word[**i])
                        .map(|i| doc.starts[*i])
                        .collect()
                };
                let cue = starts(1);
                let anchor = if cue.is_empty() { starts(0) } else { cue };
                marks::kind(&starts(2), &anchor, &doc.regions).to_owned()
            },
            str::to_owned,
        );
        let mark = |i: usize| {
            doc.form
                .get(i)
                .is_some_and(|f| "\"“”„«»‘’'`".contains(f.as_str()))
        };
        att.marked = att.segments[2]
            .iter()
            .map(|&(mut a, mut b)| {
                for _ in 0..2 {
                    if !trust_kind && a > 0 && mark(a - 1) && mark(b) {
                        (a, b) = (a - 1, b + 1);
                    }
                }
                (a, b)
            })
            .collect();
        att
    }
}

fn spans(value: &Value) -> Vec<(usize, usize)> {
    let point = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
    value
        .as_array()
        .map(|list| {
            list.iter()
                .filter_map(|s| Some((point(&s[0])?, point(&s[1])?)))
                .collect()
        })
        .unwrap_or_default()
}

const MEASURES: [&str; 8] = [
    "exact",
    "exact_words",
    "soft",
    "token",
    "iou@0.5",
    "iou@0.8",
    "sfu@0.3",
    "sfu@0.8",
];

/// All figures.
#[derive(Default)]
pub struct Score {
    documents: usize,
    content: [[Ratio; 8]; 4],
    acts: BTreeMap<String, (usize, usize)>,
    given: [[usize; 5]; 2],
    full: [Ratio; 4],
    roles: [[Ratio; 2]; 3],
    /// Content exact with the marks of direct quotes put back, as the corpus counts them.
    marked: Ratio,
    reliability: Reliability,
}

/// Scores records against gold, in the same order.
pub fn score(gold: &[Value], found: &[Value]) -> Score {
    // As the reference tokenizer: words with inner dots, commas, apostrophes and hyphens, else single marks.
    let token = Regex::new(r"\w+(?:[.,'’\-]\w+)*|[^\w\s]")
        .unwrap_or_else(|_| unreachable!("a constant pattern"));
    let mut score = Score {
        documents: gold.len(),
        ..Score::default()
    };
    for (g, p) in gold.iter().zip(found) {
        let doc = Doc::new(g["text"].as_str().unwrap_or_default(), &token);
        let empty = Vec::new();
        let gold_list = g["attributions"].as_array().unwrap_or(&empty);
        let found_list = p["quotes"].as_array().unwrap_or(&empty);
        let gold_atts: Vec<Att> = gold_list.iter().map(|a| Att::new(&doc, a, true)).collect();
        let mut found_atts: Vec<Att> = found_list
            .iter()
            .filter(|q| q["kind"] != "scare")
            .map(|a| Att::new(&doc, a, false))
            .collect();
        let ignored: Set = spans(&g["ignore"])
            .into_iter()
            .flat_map(|s| {
                let (a, b) = doc.segment(s);
                a..b
            })
            .collect();
        found_atts.retain(|a| {
            2 * a.all[2].intersection(&ignored).count() <= a.all[2].len() || ignored.is_empty()
        });
        score.document(&gold_atts, &found_atts);
    }
    score
}

impl Score {
    fn document(&mut self, gold: &[Att], found: &[Att]) {
        let exact = equal(gold, found, |a| a.all[2].clone());
        let exact_words = equal(gold, found, |a| a.words[2].clone());
        let pairs = pairs(gold, found);
        let sfu = [sfu(gold, found, 0.3), sfu(gold, found, 0.8)];
        for (slot, only) in [None, Some(KINDS[0]), Some(KINDS[1]), Some(KINDS[2])]
            .into_iter()
            .enumerate()
        {
            let chosen = |a: &Att| only.is_none_or(|k| a.kind == k);
            let cell = &mut self.content[slot];
            let (g, p): (Vec<usize>, Vec<usize>) = (
                (0..gold.len()).filter(|i| chosen(&gold[*i])).collect(),
                (0..found.len()).filter(|j| chosen(&found[*j])).collect(),
            );
            for (m, ratio) in cell.iter_mut().enumerate() {
                if m != 3 {
                    ratio.gold += g.len() as f64;
                    ratio.predicted += p.len() as f64;
                }
            }
            let hits = |ratio: &mut Ratio, gi: &[usize], pj: &[usize]| {
                ratio.hit_r += g.iter().filter(|i| gi.contains(i)).count() as f64;
                ratio.hit_p += p.iter().filter(|j| pj.contains(j)).count() as f64;
            };
            hits(&mut cell[0], &exact.0, &exact.1);
            hits(&mut cell[1], &exact_words.0, &exact_words.1);
            let union = |list: &[Att], of: &[usize]| -> Set {
                of.iter()
                    .flat_map(|i| list[*i].words[2].iter().copied())
                    .collect()
            };
            let every = |list: &[Att]| -> Set {
                list.iter()
                    .flat_map(|a| a.words[2].iter().copied())
                    .collect()
            };
            let (gold_all, found_all) = (every(gold), every(found));
            let share = |a: &Att, other: &Set| {
                let w = &a.words[2];
                if w.is_empty() {
                    0.0
                } else {
                    w.intersection(other).count() as f64 / w.len() as f64
                }
            };
            cell[2].hit_r += g.iter().map(|i| share(&gold[*i], &found_all)).sum::<f64>();
            cell[2].hit_p += p.iter().map(|j| share(&found[*j], &gold_all)).sum::<f64>();
            let (gold_tokens, found_tokens) = (union(gold, &g), union(found, &p));
            cell[3].gold += gold_tokens.len() as f64;
            cell[3].predicted += found_tokens.len() as f64;
            cell[3].hit_r += gold_tokens.intersection(&found_all).count() as f64;
            cell[3].hit_p += found_tokens.intersection(&gold_all).count() as f64;
            for (m, t) in [(4, 0.5), (5, 0.8)] {
                let (gi, pj): (Vec<usize>, Vec<usize>) = pairs
                    .iter()
                    .filter(|x| x.2 >= t - 1e-9)
                    .map(|x| (x.0, x.1))
                    .unzip();
                hits(&mut cell[m], &gi, &pj);
            }
            for (m, matched) in [(6, &sfu[0]), (7, &sfu[1])] {
                let (gi, pj): (Vec<usize>, Vec<usize>) = matched.iter().copied().unzip();
                hits(&mut cell[m], &gi, &pj);
            }
        }
        for (i, g) in gold.iter().enumerate() {
            if let Some(act) = &g.act {
                let entry = self.acts.entry(act.clone()).or_default();
                entry.0 += 1;
                entry.1 += usize::from(pairs.iter().any(|x| x.0 == i && x.2 >= 0.5 - 1e-9));
            }
        }
        for ratio in &mut self.full {
            ratio.gold += gold.len() as f64;
            ratio.predicted += found.len() as f64;
        }
        for &(i, j, iou) in &pairs {
            let (g, p) = (&gold[i], &found[j]);
            let any = |r: usize| {
                g.key[r].intersection(&p.key[r]).next().is_some()
                    || (g.words[r].is_empty() && p.words[r].is_empty())
            };
            let same = |r: usize| g.words[r] == p.words[r];
            for (n, t) in [(0, 0.5), (1, 0.8)] {
                if iou >= t - 1e-9 {
                    for (cell, yes) in
                        self.given[n]
                            .iter_mut()
                            .zip([true, any(0), same(0), any(1), same(1)])
                    {
                        *cell += usize::from(yes);
                    }
                }
            }
            let hit = [
                iou >= 0.8 - 1e-9 && any(0),
                iou >= 0.8 - 1e-9 && any(0) && any(1),
                iou == 1.0 && same(0) && same(1),
                iou == 1.0 && same(0),
            ];
            for (ratio, hit) in self.full.iter_mut().zip(hit) {
                ratio.hit_p += f64::from(u8::from(hit));
                ratio.hit_r += f64::from(u8::from(hit));
            }
        }
        for (j, p) in found.iter().enumerate() {
            let right = pairs.iter().any(|&(i, k, iou)| {
                let (g, none) = (
                    &gold[i],
                    gold[i].words[0].is_empty() && p.words[0].is_empty(),
                );
                k == j
                    && iou >= 0.8 - 1e-9
                    && (none || g.key[0].intersection(&p.key[0]).next().is_some())
            });
            self.reliability.add(p.confidence, right);
        }
        let marked = |list: &[Att]| -> BTreeSet<(usize, usize)> {
            list.iter().flat_map(|a| a.marked.iter().copied()).collect()
        };
        let (gs, ps) = (marked(gold), marked(found));
        let hit = gs.intersection(&ps).count() as f64;
        self.marked.hit_p += hit;
        self.marked.hit_r += hit;
        self.marked.gold += gs.len() as f64;
        self.marked.predicted += ps.len() as f64;
        for r in 0..3 {
            let all = |list: &[Att]| -> BTreeSet<(usize, usize)> {
                list.iter()
                    .flat_map(|a| a.segments[r].iter().copied())
                    .collect()
            };
            let (gs, ps) = (all(gold), all(found));
            let begins = |s: &BTreeSet<(usize, usize)>| -> Set { s.iter().map(|x| x.0).collect() };
            let (gb, pb) = (begins(&gs), begins(&ps));
            for (ratio, (hit, g, p)) in self.roles[r].iter_mut().zip([
                (gs.intersection(&ps).count(), gs.len(), ps.len()),
                (gb.intersection(&pb).count(), gb.len(), pb.len()),
            ]) {
                ratio.hit_p += hit as f64;
                ratio.hit_r += hit as f64;
                ratio.gold += g as f64;
                ratio.predicted += p as f64;
            }
        }
    }

    /// Prints all figures.
    pub fn print(&self) {
        println!(
            "documents {}, gold attributions {}, predicted {}",
            self.documents, self.full[0].gold, self.full[0].predicted
        );
        for (name, cell) in ["all kinds", "direct", "mixed", "indirect"]
            .iter()
            .zip(&self.content)
        {
            println!("content, {name}");
            for (measure, ratio) in MEASURES.iter().zip(cell) {
                ratio.print(measure);
            }
        }
        let acts: Vec<String> = self
            .acts
            .iter()
            .map(|(a, (n, hit))| format!("{a} {:.2} of {n}", 100.0 * *hit as f64 / *n as f64))
            .collect();
        println!("recall by kind of cue at iou@0.5: {}", acts.join(", "));
        for (t, [n, any, exact, cue_any, cue_exact]) in ["0.5", "0.8"].iter().zip(self.given) {
            let share = |x: usize| {
                if n > 0 {
                    100.0 * x as f64 / n as f64
                } else {
                    0.0
                }
            };
            println!("given a content match at {t} ({n} pairs), accuracy %");
            println!("  source  any {:.2}  exact {:.2}", share(any), share(exact));
            println!(
                "  cue     any {:.2}  exact {:.2}",
                share(cue_any),
                share(cue_exact)
            );
        }
        println!("full attributions");
        for (name, ratio) in ["full", "full_cue", "full_exact", "full_exact_nocue"]
            .iter()
            .zip(&self.full)
        {
            ratio.print(name);
        }
        println!("spans by role");
        for (role, [exact, begin]) in ROLES.iter().zip(&self.roles) {
            exact.print(&format!("{role} exact"));
            begin.print(&format!("{role} begin"));
        }
        self.marked.print("content, marks back");
        self.reliability.print("attributions");
    }

    /// The figures that a regression is watched by, in per cent.
    pub fn figures(&self) -> Vec<(String, f64)> {
        let f1 = |r: &Ratio| 100.0 * r.prf()[2];
        let mut out = vec![
            ("full".to_owned(), f1(&self.full[0])),
            ("content words".to_owned(), f1(&self.content[0][3])),
            ("direct exact words".to_owned(), f1(&self.content[1][1])),
            ("mixed exact words".to_owned(), f1(&self.content[2][1])),
            ("content, marks back".to_owned(), f1(&self.marked)),
            (
                "calibration".to_owned(),
                100.0 - 100.0 * self.reliability.error(),
            ),
        ];
        for (role, [exact, _]) in ROLES.iter().zip(&self.roles) {
            out.push((role.to_string(), f1(exact)));
        }
        out
    }
}

/// One-to-one by equal keys, in order.
fn equal(gold: &[Att], found: &[Att], key: impl Fn(&Att) -> Set) -> (Vec<usize>, Vec<usize>) {
    let mut free: HashMap<Set, Vec<usize>> = HashMap::new();
    for (j, p) in found.iter().enumerate() {
        free.entry(key(p)).or_default().push(j);
    }
    let mut out = (Vec::new(), Vec::new());
    for (i, g) in gold.iter().enumerate() {
        if let Some(j) = free.get_mut(&key(g)).and_then(Vec::pop) {
            out.0.push(i);
            out.1.push(j);
        }
    }
    out
}

/// One-to-one, greedy by overlap of content words, then by shared source, then cue.
fn pairs(gold: &[Att], found: &[Att]) -> Vec<(usize, usize, f64)> {
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in found.iter().enumerate() {
            let common = g.words[2].intersection(&p.words[2]).count();
            if common > 0 {
                let iou = common as f64 / g.words[2].union(&p.words[2]).count() as f64;
                let shared = |r: usize| g.key[r].intersection(&p.key[r]).count();
                candidates.push((iou, shared(0), shared(1), i, j));
            }
        }
    }
    candidates.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(b.1.cmp(&a.1))
            .then(b.2.cmp(&a.2))
            .then(a.3.cmp(&b.3))
            .then(a.4.cmp(&b.4))
    });
    let (mut gi, mut pj, mut out) = (Set::new(), Set::new(), Vec::new());
    for (iou, _, _, i, j) in candidates {
        if !gi.contains(&i) && !pj.contains(&j) {
            gi.insert(i);
            pj.insert(j);
            out.push((i, j, iou));
        }
    }
    out
}

/// In gold order, the free prediction that covers most of the gold's characters, above `t`.
fn sfu(gold: &[Att], found: &[Att], t: f64) -> Vec<(usize, usize)> {
    let mut left: Vec<usize> = (0..found.len()).collect();
    let mut out = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        let size: usize = g.raw.iter().map(|(s, e)| e - s).sum();
        let mut best = None;
        let mut score = t;
        for j in &left {
            let shared: usize = g
                .raw
                .iter()
                .flat_map(|x| {
                    found[*j]
                        .raw
                        .iter()
                        .map(move |y| x.1.min(y.1).saturating_sub(x.0.max(y.0)))
                })
                .sum();
            let covered = if size > 0 {
                shared as f64 / size as f64
            } else {
                0.0
            };
            if covered > score {
                best = Some(*j);
                score = covered;
            }
        }
        if let Some(j) = best {
            left.retain(|x| *x != j);
            out.push((i, j));
        }
    }
    out
}
