//! Lists of matches, ascending, put together: time linear in their lengths. Must not know what they match.

use super::Match;

/// What is in both; scores add up.
pub fn intersection(a: &[Match], b: &[Match]) -> Vec<Match> {
    let mut b = b.iter().peekable();
    let both = a.iter().filter_map(|m| {
        while b.next_if(|other| other.doc < m.doc).is_some() {}
        let other = b.next_if(|other| other.doc == m.doc)?;
        Some(Match {
            doc: m.doc,
            score: m.score + other.score,
        })
    });
    both.collect()
}

/// What is in either; scores add up.
pub fn union(a: &[Match], b: &[Match]) -> Vec<Match> {
    let mut out = Vec::with_capacity(a.len().max(b.len()));
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x.doc == y.doc => {
                out.push(Match {
                    doc: x.doc,
                    score: x.score + y.score,
                });
                a.next();
                b.next();
            }
            (Some(x), y) if y.is_none_or(|y| x.doc < y.doc) => {
                out.push(**x);
                a.next();
            }
            (_, Some(y)) => {
                out.push(**y);
                b.next();
            }
            (None, None) => return out,
            (Some(_), None) => {}
        }
    }
}

/// What is in the first alone.
pub fn difference(mut a: Vec<Match>, b: &[Match]) -> Vec<Match> {
    let mut b = b.iter().peekable();
    a.retain(|m| {
        while b.next_if(|other| other.doc < m.doc).is_some() {}
        b.next_if(|other| other.doc == m.doc).is_none()
    });
    a
}
