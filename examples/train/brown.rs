//! Brown clustering (Brown et al. 1992) with a window of clusters (Liang 2005): every word, in order of frequency, becomes
//! a cluster, and each time the two clusters are joined whose joining costs least mutual information.
//!
//! With `h(n) = n log n` the information of a clustering is, but for constants, the sum of `h` over the counts of
//! pairs of clusters less that over the counts of clusters. So what joining `a` and `b` changes is a sum of
//! `g(x, y) = h(x + y) - h(x) - h(y)`, which is 0 where a count is 0: a step looks only at the neighbours of what changed.

/// `count` times the word of rank `after` followed that of rank `before`.
pub struct Pair {
    pub before: u32,
    pub after: u32,
    pub count: u32,
}

/// The clusters, numbered in the order of the tree.
pub struct Tree {
    /// Of each word, by rank.
    pub cluster: Vec<u16>,
    /// First turn in the highest bit.
    pub paths: Vec<u16>,
    pub deepest: usize,
    /// Mutual information of neighbouring clusters, in bits.
    pub information: f64,
}

struct H(Vec<f64>);

impl H {
    fn new() -> Self {
        Self(
            (0..1 << 16)
                .map(|n| {
                    if n < 2 {
                        0.0
                    } else {
                        f64::from(n) * f64::from(n).ln()
                    }
                })
                .collect(),
        )
    }
    #[inline]
    fn h(&self, n: u32) -> f64 {
        self.0
            .get(n as usize)
            .copied()
            .unwrap_or_else(|| f64::from(n) * f64::from(n).ln())
    }
    #[inline]
    fn g(&self, x: u32, y: u32) -> f64 {
        if x == 0 || y == 0 {
            0.0
        } else {
            self.h(x + y) - self.h(x) - self.h(y)
        }
    }
}

/// Counts between the places of the window, one way: `at(a, b)` is how often `b` follows `a`, or the other way round.
struct Counts {
    places: usize,
    cells: Vec<u32>,
}

impl Counts {
    fn at(&self, a: usize, b: usize) -> u32 {
        self.cells[a * self.places + b]
    }
    fn row(&self, a: usize) -> &[u32] {
        &self.cells[a * self.places..(a + 1) * self.places]
    }
    fn set(&mut self, a: usize, b: usize, n: u32) {
        self.cells[a * self.places + b] = n;
    }
}

struct Window {
    places: usize,
    h: H,
    /// Followers, and predecessors: each the other turned over.
    ways: [Counts; 2],
    /// How often a cluster stands first, second in a pair.
    totals: [Vec<u32>; 2],
    /// What joining two changes, `[smaller][larger]`.
    change: Vec<f64>,
    live: Vec<bool>,
}

impl Window {
    fn new(places: usize) -> Self {
        let counts = || Counts {
            places,
            cells: vec![0; places * places],
        };
        Self {
            places,
            h: H::new(),
            ways: [counts(), counts()],
            totals: [vec![0; places], vec![0; places]],
            change: vec![0.0; places * places],
            live: vec![false; places],
        }
    }

    fn cell(&mut self, a: usize, b: usize) -> &mut f64 {
        &mut self.change[a.min(b) * self.places + a.max(b)]
    }

    /// The part of a pair's change that rests on its own counts alone: less what the sum over all neighbours counts
    /// wrongly where the neighbour is one of the two.
    fn own(&self, a: usize, b: usize) -> f64 {
        let h = &self.h;
        let n = |x, y| self.ways[0].at(x, y);
        let (aa, ab, ba, bb) = (n(a, a), n(a, b), n(b, a), n(b, b));
        let wrong = h.g(aa, ba) + h.g(aa, ab) + h.g(ab, bb) + h.g(ba, bb);
        let block = h.h(aa + ab + ba + bb) - h.h(aa) - h.h(ab) - h.h(ba) - h.h(bb);
        let totals: f64 = self.totals.iter().map(|t| h.g(t[a], t[b])).sum();
        block - wrong - totals
    }

    /// Makes a cluster at the free place `s`; `rows`: its counts with each place, as first and as second.
    fn add(&mut self, s: usize, rows: [&[u32]; 2], totals: [u32; 2]) {
        self.live[s] = true;
        for way in 0..2 {
            self.totals[way][s] = totals[way];
            for (b, n) in rows[way].iter().enumerate() {
                self.ways[way].set(s, b, *n);
                self.ways[1 - way].set(b, s, *n);
            }
        }
        let mut sums = vec![0.0; self.places];
        for way in 0..2 {
            let row = self.ways[way].row(s).to_vec();
            let near: Vec<usize> = (0..self.places).filter(|d| row[*d] > 0).collect();
            for (at, &a) in near.iter().enumerate() {
                for &b in near.iter().skip(at + 1) {
                    if a != s && b != s {
                        let more = self.h.g(row[a], row[b]);
                        *self.cell(a, b) += more;
                    }
                }
            }
            for &d in &near {
                for (sum, n) in sums.iter_mut().zip(self.ways[1 - way].row(d)) {
                    *sum += self.h.g(row[d], *n);
                }
            }
        }
        for b in (0..self.places).filter(|b| *b != s) {
            *self.cell(s, b) = sums[b] + self.own(s, b);
        }
    }

    /// Joins two clusters; gives the place that stays and the one that becomes free.
    fn join(&mut self, a: usize, b: usize) -> (usize, usize) {
        let neighbours = |x: usize| {
            let counts = self.ways.iter().flat_map(|w| w.row(x));
            counts.filter(|n| **n > 0).count()
        };
        let (i, j) = if neighbours(a) < neighbours(b) {
            (b, a)
        } else {
            (a, b)
        };
        let both: u32 = [(i, i), (i, j), (j, i), (j, j)]
            .iter()
            .map(|(x, y)| self.ways[0].at(*x, *y))
            .sum();
        let mut sums: Vec<f64> = (0..self.places)
            .map(|b| {
                if b == i || b == j {
                    0.0
                } else {
                    *self.cell(i, b) - self.own(i, b)
                }
            })
            .collect();
        let rows = [0, 1].map(|way| [i, j].map(|x| self.ways[way].row(x).to_vec()));
        for (way, [ri, rj]) in rows.iter().enumerate() {
            let others = || (0..self.places).filter(|d| *d != i && *d != j);
            let few: Vec<usize> = others().filter(|d| rj[*d] > 0).collect();
            let all: Vec<usize> = others().filter(|d| ri[*d] + rj[*d] > 0).collect();
            let (h, back) = (&self.h, &self.ways[1 - way]);
            for &a in &few {
                let (xi, xj) = (ri[a], rj[a]);
                for &b in all.iter().filter(|b| rj[**b] == 0 || **b > a) {
                    let (yi, yj) = (ri[b], rj[b]);
                    self.change[a.min(b) * self.places + a.max(b)] +=
                        h.g(xi + xj, yi + yj) - h.g(xi, yi) - h.g(xj, yj);
                }
                for (sum, y) in sums.iter_mut().zip(back.row(a)) {
                    if *y > 0 {
                        *sum += h.g(xi + xj, *y) - h.g(xi, *y);
                    }
                }
            }
            // The neighbours that were the two themselves.
            for ((sum, yi), yj) in sums.iter_mut().zip(back.row(i)).zip(back.row(j)) {
                *sum += h.g(both, yi + yj) - h.g(ri[i], *yi) - h.g(ri[j], *yj);
            }
        }
        for (way, [ri, rj]) in rows.iter().enumerate() {
            for d in 0..self.places {
                let n = if d == i {
                    both
                } else if d == j {
                    0
                } else {
                    ri[d] + rj[d]
                };
                self.ways[way].set(i, d, n);
                self.ways[1 - way].set(d, i, n);
                self.ways[way].set(j, d, 0);
                self.ways[1 - way].set(d, j, 0);
            }
            self.totals[way][i] += self.totals[way][j];
            self.totals[way][j] = 0;
        }
        self.live[j] = false;
        for b in (0..self.places).filter(|b| *b != i && *b != j) {
            *self.cell(i, b) = sums[b] + self.own(i, b);
            *self.cell(j, b) = 0.0;
        }
        (i, j)
    }

    /// The two whose joining costs least.
    fn best(&self) -> Option<(usize, usize)> {
        let live: Vec<usize> = (0..self.places).filter(|p| self.live[*p]).collect();
        let mut best = None;
        let mut least = f64::NEG_INFINITY;
        for (at, &a) in live.iter().enumerate() {
            let row = &self.change[a * self.places..(a + 1) * self.places];
            for &b in live.iter().skip(at + 1) {
                if row[b] > least {
                    least = row[b];
                    best = Some((a, b));
                }
            }
        }
        best
    }

    /// Mutual information of neighbouring clusters, in bits.
    fn information(&self) -> f64 {
        let total = self.ways[0]
            .cells
            .iter()
            .map(|n| f64::from(*n))
            .sum::<f64>();
        let pairs: f64 = self.ways[0].cells.iter().map(|n| self.h.h(*n)).sum();
        let singles: f64 = self.totals.iter().flatten().map(|n| self.h.h(*n)).sum();
        ((pairs - singles) / total + total.ln()) / std::f64::consts::LN_2
    }
}

/// Clusters `words` words, given the counts of their pairs; words are ranked by frequency.
pub fn tree(words: usize, pairs: &[Pair], clusters: usize) -> Tree {
    let places = clusters + 1;
    let mut window = Window::new(places);
    // Of each word: neighbours with their counts, and totals, as first and as second.
    let mut near: [Vec<Vec<(u32, u32)>>; 2] = [vec![Vec::new(); words], vec![Vec::new(); words]];
    let mut totals = [vec![0u32; words], vec![0u32; words]];
    for pair in pairs {
        near[0][pair.before as usize].push((pair.after, pair.count));
        near[1][pair.after as usize].push((pair.before, pair.count));
        totals[0][pair.before as usize] += pair.count;
        totals[1][pair.after as usize] += pair.count;
    }
    let mut place_of: Vec<Option<usize>> = vec![None; words];
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); places];
    let mut free = 0;
    for word in 0..words {
        place_of[word] = Some(free);
        members[free].push(word);
        let rows = [0, 1].map(|way: usize| {
            let mut row = vec![0; places];
            for (other, count) in &near[way][word] {
                if let Some(place) = place_of[*other as usize] {
                    row[place] += count;
                }
            }
            row
        });
        window.add(
            free,
            [&rows[0], &rows[1]],
            [totals[0][word], totals[1][word]],
        );
        if word + 1 < places {
            free = word + 1;
        }
        if word + 1 >= places
            && let Some((a, b)) = window.best()
        {
            let (kept, freed) = window.join(a, b);
            let moved = std::mem::take(&mut members[freed]);
            moved.iter().for_each(|w| place_of[*w] = Some(kept));
            members[kept].extend(moved);
            free = freed;
        }
    }
    let information = window.information();
    // The hierarchy over the clusters that are left.
    let mut node: Vec<Option<Node>> = members
        .iter()
        .map(|m| (!m.is_empty()).then(|| Node::Leaf(m.clone())))
        .collect();
    while let Some((a, b)) = window.best() {
        let (kept, freed) = window.join(a, b);
        if let (Some(a), Some(b)) = (node[kept].take(), node[freed].take()) {
            node[kept] = Some(Node::Fork(Box::new(a), Box::new(b)));
        }
    }
    let mut out = Tree {
        cluster: vec![0; words],
        paths: Vec::new(),
        deepest: 0,
        information,
    };
    if let Some(root) = node.into_iter().flatten().next() {
        number(&root, 0, 0, &mut out);
    }
    out
}

enum Node {
    Leaf(Vec<usize>),
    Fork(Box<Node>, Box<Node>),
}

fn number(node: &Node, path: u16, depth: usize, out: &mut Tree) {
    match node {
        Node::Leaf(words) => {
            words
                .iter()
                .for_each(|w| out.cluster[*w] = out.paths.len() as u16);
            out.paths.push(path);
            out.deepest = out.deepest.max(depth);
        }
        Node::Fork(left, right) => {
            number(left, path, depth + 1, out);
            let turn = 0x8000u16.checked_shr(depth as u32).unwrap_or(0);
            number(right, path | turn, depth + 1, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A window after some additions and joins, and the counts it must stand for.
    #[test]
    fn changes_kept_up_are_those_counted_afresh() {
        let words = 14u32;
        let pairs: Vec<Pair> = (0..words * words)
            .map(|n| Pair {
                before: n / words,
                after: n % words,
                count: (n * n + 7 * n) % 11 / 4,
            })
            .collect();
        let mut window = Window::new(8);
        let mut place_of: Vec<Option<usize>> = vec![None; words as usize];
        let total = |f: fn(&Pair) -> u32, w: u32| {
            pairs
                .iter()
                .filter(|p| f(p) == w)
                .map(|p| p.count)
                .sum::<u32>()
        };
        let mut free = 0;
        for word in 0..words {
            place_of[word as usize] = Some(free);
            let mut rows = [[0; 8]; 2];
            for p in &pairs {
                if let (true, Some(b)) = (p.before == word, place_of[p.after as usize]) {
                    rows[0][b] += p.count;
                }
                if let (true, Some(a)) = (p.after == word, place_of[p.before as usize]) {
                    rows[1][a] += p.count;
                }
            }
            window.add(
                free,
                [&rows[0], &rows[1]],
                [total(|p| p.before, word), total(|p| p.after, word)],
            );
            free += 1;
            if free == 8 || word >= 8 {
                let (a, b) = window.best().expect("a pair");
                let (kept, freed) = window.join(a, b);
                place_of
                    .iter_mut()
                    .filter(|p| **p == Some(freed))
                    .for_each(|p| *p = Some(kept));
                free = freed;
            }
            for a in (0..8).filter(|a| window.live[*a]) {
                for b in (a + 1..8).filter(|b| window.live[*b]) {
                    let fresh = afresh(&window, a, b);
                    assert!(
                        (fresh - window.change[a * 8 + b]).abs() < 1e-6,
                        "{word}: {a} {b}"
                    );
                }
            }
        }
    }

    fn afresh(window: &Window, a: usize, b: usize) -> f64 {
        let h = &window.h;
        let n = |x, y| window.ways[0].at(x, y);
        let mut change = h.h(n(a, a) + n(a, b) + n(b, a) + n(b, b));
        change -= h.h(n(a, a)) + h.h(n(a, b)) + h.h(n(b, a)) + h.h(n(b, b));
        for d in (0..8).filter(|d| *d != a && *d != b) {
            change += h.g(n(a, d), n(b, d)) + h.g(n(d, a), n(d, b));
        }
        for t in &window.totals {
            change -= h.g(t[a], t[b]);
        }
        change
    }
}
