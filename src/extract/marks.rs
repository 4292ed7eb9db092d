//! Quotation marks: which open, which close, and what stands between.
//!
//! Knows marks alone, no words and no speakers. Worked out paragraph by paragraph, in one pass. An unclosed
//! double mark runs to its paragraph's end (a quotation of several paragraphs opens each anew and closes
//! once); an unclosed single mark is an apostrophe or a slip and is no quotation. Apostrophes and elisions
//! are not marks.

use crate::text::Span;

/// A quotation as marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The opening mark.
    pub open: Span,
    /// What stands between the marks.
    pub inner: Span,
    /// The closing mark; `None` where the paragraph ended first.
    pub close: Option<Span>,
    /// Marked with double marks (or those that count as such: « » 「 」).
    pub double: bool,
    /// Stands inside another one.
    pub nested: bool,
    /// Marks of a title (《 》), not of speech.
    pub title: bool,
}

impl Region {
    /// Marks and all.
    pub fn outer(&self) -> Span {
        let end = self.close.map_or(self.inner.finish(), Span::finish);
        Span::new(self.open.begin(), end)
    }
}

#[derive(Clone, Copy)]
struct Open {
    mark: Span,
    family: char,
    double: bool,
}

/// Deepest nesting followed; a text of ten thousand opening marks must not take quadratic time.
const DEEPEST: usize = 8;

/// The quotations of one paragraph, in order of their opening mark.
pub fn regions(text: &str, paragraph: Span) -> Vec<Region> {
    let part = paragraph.of(text);
    let base = paragraph.begin();
    let mut out: Vec<Region> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    // Most of a text is never a mark.
    let may_be = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`') || !byte.is_ascii();
    let mut next_at = 0;
    let ahead = |from: usize| Some(from + part.as_bytes().get(from..)?.iter().position(may_be)?);
    while let Some(at) = ahead(next_at) {
        let (before, rest) = part.split_at(at);
        let Some(c) = rest.chars().next() else { break };
        let previous = before.chars().next_back().unwrap_or(' ');
        let mut width = c.len_utf8();
        if matches!(c, '`' | '\'') && rest.get(width..).is_some_and(|r| r.starts_with(c)) {
            // Of three, the first closes a single quotation inside: ''He said, 'No.'''
            let inner = stack.last().is_some_and(|o| !o.double);
            let three = rest.starts_with("'''");
            if !(inner && three) {
                width += 1;
            }
        }
        next_at = at + width;
        let rest = part.get(next_at..).unwrap_or("");
        let next = rest.chars().next().unwrap_or(' ');
        let mark = Span::new(base + at, base + at + width);
        if let Some((opens, double)) = read(c, width, previous, next, rest, &stack) {
            if opens {
                if stack.len() < DEEPEST {
                    stack.push(Open {
                        mark,
                        family: c,
                        double,
                    });
                }
            } else {
                close(&mut stack, mark, double, &mut out);
            }
        }
    }
    let end = base + part.len();
    for (depth, open) in stack.iter().enumerate() {
        if open.double && end > open.mark.finish() {
            let nested = stack.iter().take(depth).any(|o| o.double);
            out.push(region(open, end, None, nested));
        }
    }
    out.sort_by_key(|r| (r.open.start, std::cmp::Reverse(r.inner.end)));
    out
}

fn region(open: &Open, end: usize, close: Option<Span>, nested: bool) -> Region {
    Region {
        open: open.mark,
        inner: Span::new(open.mark.finish(), end),
        close,
        double: open.double,
        nested,
        title: open.family == '《',
    }
}

fn close(stack: &mut Vec<Open>, mark: Span, double: bool, out: &mut Vec<Region>) {
    let Some(depth) = stack.iter().rposition(|o| o.double == double) else {
        return;
    };
    let nested = |n: usize, stack: &[Open]| stack.iter().take(n).any(|o| o.double);
    if let Some(open) = stack.get(depth)
        && mark.begin() > open.mark.finish()
    {
        out.push(region(open, mark.begin(), Some(mark), nested(depth, stack)));
    }
    for (n, inner) in stack.iter().enumerate().skip(depth + 1) {
        if inner.double && mark.begin() > inner.mark.finish() {
            out.push(region(inner, mark.begin(), None, nested(n, stack)));
        }
    }
    stack.truncate(depth);
}

/// Whether `c` opens (`true`) or closes (`false`), and whether it counts as double; `None`: no mark here.
fn read(
    c: char,
    width: usize,
    previous: char,
    next: char,
    rest: &str,
    stack: &[Open],
) -> Option<(bool, bool)> {
    let blank = |x: char| x.is_whitespace();
    let wordy = char::is_alphanumeric;
    let last_double = stack.iter().rev().find(|o| o.double).map(|o| o.family);
    if width == 2 && matches!(c, '`' | '\'') {
        // Two apostrophes close; some newspapers open with them too.
        let opens = c == '`'
            || (last_double.is_none()
                && !blank(next)
                && !wordy(previous)
                && !matches!(previous, '.' | ',' | '!' | '?'));
        return Some((opens, true));
    }
    match c {
        '„' | '‟' | '「' | '『' | '《' => Some((true, true)),
        '」' | '』' | '》' => Some((false, true)),
        '“' => Some((last_double != Some('„'), true)),
        '”' => match last_double {
            Some(_) => Some((false, true)),
            None => (blank(previous) && !blank(next)).then_some((true, true)),
        },
        '«' => Some((last_double != Some('»'), true)),
        '»' => match last_double {
            Some('«') => Some((false, true)),
            _ => ((blank(previous) || previous == '(') && !blank(next)).then_some((true, true)),
        },
        '"' => match last_double {
            Some(_) => Some((false, true)),
            None if !blank(next) && !wordy(previous) => Some((true, true)),
            None if blank(next) && blank(previous) => Some((true, true)),
            None => None,
        },
        '‘' | '‚' | '‹' => (!blank(next) && !wordy(previous)).then_some((true, false)),
        '\'' | '’' | '›' => {
            let open = stack.iter().any(|o| !o.double);
            if open && !blank(previous) && !wordy(next) {
                Some((false, false))
            } else if c == '\''
                && wordy(next)
                && !wordy(previous)
                && !matches!(previous, '.' | ',' | '!' | '?')
                && !elision(rest)
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

/// Whether an apostrophe before `rest` stands for letters left out: 'em, 'til, '90s.
fn elision(rest: &str) -> bool {
    let word: String = rest
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .take(6)
        .collect();
    let lower = word.to_lowercase();
    matches!(
        lower.as_str(),
        "em" | "til" | "tis" | "twas" | "cause" | "n" | "bout" | "round" | "s" | "t"
    ) || (lower.len() <= 3
        && lower.chars().take(2).all(|c| c.is_ascii_digit())
        && lower.len() >= 2
        && lower.chars().nth(2).is_none_or(|c| c == 's'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        regions(text, Span::new(0, text.len()))
            .iter()
            .map(|r| r.inner.of(text))
            .collect()
    }

    #[test]
    fn every_style_of_marks() {
        for (text, inner) in [
            ("He said “one two”.", "one two"),
            ("He said \"one two\".", "one two"),
            ("He said ``one two''.", "one two"),
            ("He said ''one two''.", "one two"),
            ("He said ‘one two’.", "one two"),
            ("He said 'one two'.", "one two"),
            ("Er sagte „one two“.", "one two"),
            ("Il dit « one two ».", " one two "),
            ("Er sagte »one two«.", "one two"),
            ("彼は「one two」と", "one two"),
            ("He said 『one two』.", "one two"),
        ] {
            assert_eq!(found(text), [inner], "{text}");
        }
    }

    #[test]
    fn apostrophes_are_not_marks() {
        for text in [
            "It isn't the ministers' fault, it's '90s rock 'n' roll.",
            "Don’t ask the workers’ union about ’em.",
            "6'2\" tall",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn nested_and_unclosed() {
        assert_eq!(
            found("“She said ‘no’ twice,” he said."),
            ["She said ‘no’ twice,", "no"]
        );
        assert_eq!(found("“This goes on"), ["This goes on"]);
        assert_eq!(
            found("''He said, 'Eight years.'''"),
            ["He said, 'Eight years.'", "Eight years."]
        );
    }

    proptest! {
        #[test]
        fn regions_lie_between_their_marks(text in "[a-z“”\"'‘’«»`„「」 .,]{0,60}") {
            let all = Span::new(0, text.len());
            for r in regions(&text, all) {
                prop_assert!(all.contains(r.outer()));
                prop_assert_eq!(r.open.end, r.inner.start);
                prop_assert!(!r.inner.of(&text).is_empty());
                if let Some(close) = r.close { prop_assert_eq!(r.inner.end, close.start); }
            }
        }
    }
}
