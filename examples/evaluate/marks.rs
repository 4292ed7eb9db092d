//! The scorer's own idea of what stands in quotation marks, by which it tells direct, mixed and indirect apart.
//! Kept apart from the library's: a scorer must not follow what it scores.

use std::ops::Range;

/// A stretch in marks, in code points; whether the marks are double.
pub type Region = (usize, usize, bool);

struct Open {
    at: usize,
    double: bool,
    family: char,
}

/// Regions of the whole text, line by line, sorted.
pub fn regions(text: &[char]) -> Vec<Region> {
    let mut out = Vec::new();
    let mut base = 0;
    for line in text.split(|c| *c == '\n') {
        line_regions(line, base, &mut out);
        base += line.len() + 1;
    }
    out.sort_unstable();
    out
}

fn line_regions(line: &[char], base: usize, out: &mut Vec<Region>) {
    let mut stack: Vec<Open> = Vec::new();
    let mut i = 0;
    let n = line.len();
    while i < n {
        let c = line[i];
        let previous = if i > 0 { line[i - 1] } else { ' ' };
        let wide = matches!(c, '`' | '\'') && line.get(i + 1) == Some(&c);
        let width = if wide { 2 } else { 1 };
        let next = line.get(i + width).copied().unwrap_or(' ');
        if let Some((opens, double)) = reading(line, i, c, wide, previous, next, &stack) {
            if opens {
                stack.push(Open {
                    at: i + width,
                    double,
                    family: c,
                });
            } else if let Some(k) = stack.iter().rposition(|s| s.double == double) {
                if i > stack[k].at {
                    out.push((base + stack[k].at, base + i, double));
                }
                for inner in &stack[k + 1..] {
                    if inner.double && i > inner.at {
                        out.push((base + inner.at, base + i, true));
                    }
                }
                stack.truncate(k);
            }
        }
        i += width;
    }
    for open in stack.iter().filter(|s| s.double && n > s.at) {
        out.push((base + open.at, base + n, true));
    }
}

fn reading(
    line: &[char],
    i: usize,
    c: char,
    wide: bool,
    previous: char,
    next: char,
    stack: &[Open],
) -> Option<(bool, bool)> {
    let blank = char::is_whitespace;
    let last = stack.iter().rev().find(|s| s.double).map(|s| s.family);
    let stops = |x: char| matches!(x, '.' | ',' | '!' | '?');
    if wide {
        let opens = c == '`'
            || (last.is_none() && !blank(next) && !previous.is_alphanumeric() && !stops(previous));
        return Some((opens, true));
    }
    let late_open = || (blank(previous) && !blank(next)).then_some((true, true));
    match c {
        '„' => Some((true, true)),
        '“' | '‟' => Some((last != Some('„'), true)),
        '”' => last.map_or_else(late_open, |_| Some((false, true))),
        '«' => Some((last != Some('»'), true)),
        '»' => {
            if last == Some('«') {
                Some((false, true))
            } else {
                late_open()
            }
        }
        '"' => match last {
            Some(_) => Some((false, true)),
            None if !blank(next) && !previous.is_alphanumeric() => Some((true, true)),
            None if blank(next) && blank(previous) => Some((true, true)),
            None => None,
        },
        '‘' | '‚' | '‹' => {
            (!blank(next) && !previous.is_alphanumeric()).then_some((true, false))
        }
        '\'' | '’' | '›' => {
            if stack.iter().any(|s| !s.double) && !blank(previous) && !next.is_alphanumeric() {
                Some((false, false))
            } else if c == '\''
                && next.is_alphanumeric()
                && !previous.is_alphanumeric()
                && !stops(previous)
                && !elision(&line[i + 1..])
            {
                Some((true, false))
            } else {
                None
            }
        }
        '`' => (!blank(next)).then_some((true, false)),
        _ => None,
    }
}

fn elision(rest: &[char]) -> bool {
    let word: String = rest
        .iter()
        .take_while(|c| c.is_alphanumeric() || **c == '_')
        .take(8)
        .flat_map(|c| c.to_lowercase())
        .collect();
    let known = ["em", "til", "tis", "twas", "cause", "n", "bout", "round"];
    let bytes = word.as_bytes();
    let decade = matches!(bytes, [a, b] | [a, b, b's'] if a.is_ascii_digit() && b.is_ascii_digit());
    known.contains(&word.as_str()) || decade
}

/// How the words of a content stand to the marks: `direct`, `mixed` or `indirect`. `words` of content, cue and
/// source are the starts of their words; a region that also holds the anchor does not count.
pub fn kind(content: &[usize], anchor: &[usize], regions: &[Region]) -> &'static str {
    let inside = |p: usize, r: &Region| {
        (Range {
            start: r.0,
            end: r.1,
        })
        .contains(&p)
    };
    let first = content.iter().min().copied().unwrap_or(0);
    let last = content.iter().max().copied().unwrap_or(0);
    let used: Vec<&Region> = regions
        .iter()
        .filter(|r| r.0 <= last && r.1 > first && !anchor.iter().any(|p| inside(*p, r)))
        .collect();
    let quoted = content
        .iter()
        .filter(|p| used.iter().any(|r| inside(**p, r)))
        .count();
    match quoted {
        0 => "indirect",
        n if n == content.len() => "direct",
        _ => "mixed",
    }
}
