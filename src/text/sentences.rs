//! Paragraphs and sentences of a text.
//!
//! A paragraph ends at a line end, unless the lines are wrapped by hand. A sentence ends at a full stop,
//! question or exclamation mark (and the marks and brackets that close after it) when what follows can
//! begin one. Must not know of quotations or speakers.

use super::Span;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Longest sentence in bytes: a longer run is cut at the next blank, so that no later step can take
/// more than linear time over a text without full stops.
pub const LONGEST: usize = 4000;

static ABBREVIATIONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../assets/lexicon/abbreviations.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// True when `word` (without its full stop) is a known abbreviation.
#[must_use]
pub fn is_abbreviation(word: &str) -> bool {
    word.len() <= 6 && ABBREVIATIONS.contains(word)
}

/// The paragraphs of `text`, in order, without the white space around them; blank ones are left out.
///
/// Each line is one, except where a block of lines is wrapped by hand: all lines but the last
/// between 45 and 100 characters long, and no line indented but the first; and except where a line goes on in the
/// middle of its sentence.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len());
        at += line.len();
        let bare = span.trimmed(text);
        if bare.is_empty() {
            flush(text, &mut block, &mut out);
        } else {
            let indented = line.starts_with("  ") || line.starts_with('\t');
            if indented {
                flush(text, &mut block, &mut out);
            }
            block.push(bare);
        }
    }
    flush(text, &mut block, &mut out);
    out
}

fn flush(text: &str, block: &mut Vec<Span>, out: &mut Vec<Span>) {
    let wrapped = block.len() > 1
        && block.split_last().is_some_and(|(_, lines)| {
            lines.iter().all(|s| {
                (45..=100).contains(&s.of(text).chars().count()) && !s.of(text).ends_with(':')
            })
        });
    match (block.first(), block.last()) {
        (Some(first), Some(last)) if wrapped => out.push(first.cover(*last)),
        _ => {
            for line in block.iter() {
                match out.last_mut() {
                    Some(last) if runs_on(text, *last, *line) => *last = last.cover(*line),
                    _ => out.push(*line),
                }
            }
        }
    }
    block.clear();
}

/// Words that end no line but a broken one.
const UNENDING: [&str; 24] = [
    "the", "a", "an", "of", "and", "or", "to", "in", "for", "by", "with", "on", "at", "from",
    "our", "their", "its", "his", "if", "If", "that", "when", "as", "while",
];

/// Whether a line was broken in the middle of a sentence: it stops at a word that ends nothing, or the next goes on in
/// lower case, without a blank line.
fn runs_on(text: &str, before: Span, line: Span) -> bool {
    let between = Span::new(before.finish(), line.begin()).of(text);
    let (before, line) = (before.of(text), line.of(text));
    let open = || {
        before
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|last| UNENDING.contains(&last.trim_start_matches(['"', '“'])))
    };
    between.bytes().filter(|b| *b == b'\n').count() == 1
        && before.len() >= 45
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && (line.starts_with(char::is_lowercase) || open())
}

/// The sentences of the whole text, paragraph by paragraph.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    paragraphs(text)
        .into_iter()
        .flat_map(|p| sentences_in(text, p))
        .collect()
}

/// The sentences of one paragraph, in order; together they hold all of it but white space.
#[must_use]
pub fn sentences_in(text: &str, paragraph: Span) -> Vec<Span> {
    let part = paragraph.of(text);
    let base = paragraph.begin();
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let push = |from: usize, to: usize, out: &mut Vec<Span>| {
        let span = Span::new(base + from, base + to).trimmed(text);
        if !span.is_empty() {
            out.push(span);
        }
    };
    let char_at = |at: usize| part.get(at..).and_then(|rest| rest.chars().next());
    loop {
        let place = next_place(part, at, start + LONGEST);
        let Some(c) = char_at(place) else { break };
        at = place + c.len_utf8();
        if place - start > LONGEST && c.is_whitespace() {
            push(start, place, &mut out);
            start = place;
            continue;
        }
        let full_width = matches!(c, '。' | '！' | '？');
        if !full_width && !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        // Runs of marks, then what closes after them. A straight mark after a blank opens; it is not reached here because of
        // the blank.
        let more = |c: &char| matches!(c, '.' | '!' | '?' | '…') || is_closer(*c);
        while let Some(next) = char_at(at).filter(more) {
            at += next.len_utf8();
        }
        let end = at;
        let rest = part.get(end..).unwrap_or("");
        if rest.is_empty() {
            break;
        }
        let ends = if full_width {
            true
        } else {
            rest.starts_with(char::is_whitespace)
                && begins_sentence(rest)
                && !(c == '.' && inside_abbreviation(part.get(start..place).unwrap_or(""), rest))
        };
        if ends {
            push(start, end, &mut out);
            start = end;
        }
    }
    push(start, part.len(), &mut out);
    out
}

/// The next place from `at` where a sentence may end by a mark, or the one where it has become too long.
fn next_place(part: &str, at: usize, too_long: usize) -> usize {
    // The first bytes of all such marks; most characters that share one are none.
    let may_end = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | 0xE2 | 0xE3 | 0xEF);
    let near = part.as_bytes().get(at..too_long.min(part.len()));
    let near = near.unwrap_or_default();
    let place = at + near.iter().position(may_end).unwrap_or(near.len());
    (place..part.len())
        .find(|place| part.is_char_boundary(*place))
        .unwrap_or(part.len())
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '”' | '’' | '\'' | '»' | '›' | ')' | ']' | '」' | '』' | '}' | '*' | '_' | '）'
    )
}

/// Whether what follows the blank can begin a sentence: a capital, a digit, an opening mark.
fn begins_sentence(rest: &str) -> bool {
    rest.trim_start()
        .chars()
        .find(|c| !matches!(c, '*' | '_' | '\u{200b}'))
        .is_none_or(|c| {
            !c.is_lowercase() && !matches!(c, ',' | ';' | ':' | '.' | ')' | '…' | '&' | '/')
        })
}

/// Whether the full stop after `before` belongs to an abbreviation inside the sentence.
fn inside_abbreviation(before: &str, rest: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘' | '-' | '—'))
        .next()
        .unwrap_or("");
    let next = rest.split_whitespace().next().unwrap_or("");
    let next_word = next.trim_matches(|c: char| !c.is_alphanumeric());
    if is_abbreviation(word) {
        return match word {
            // `Jr.`, `Inc.` may well end a sentence: only before what continues a name.
            "Jr" | "Sr" | "Inc" | "Corp" | "Co" | "Ltd" | "Bros" => !starts_clause(next_word),
            // "No." is an answer unless a number follows.
            "No" | "Nos" => next.starts_with(|c: char| c.is_ascii_digit()),
            _ => true,
        };
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        // An initial: "John F. Kennedy"; but "Plan B. The" ends.
        (Some(c), None) if c.is_uppercase() && c != 'I' => !starts_clause(next_word),
        // An acronym: "U.S. Senate" goes on, "in the U.S. The" ends.
        _ if word.contains('.') && word.split('.').all(|p| p.chars().count() <= 2) => {
            let clock = matches!(word, "p.m" | "a.m");
            !starts_clause(next_word) && !clock
        }
        _ => false,
    }
}

/// Words that begin a clause rather than go on with a name.
fn starts_clause(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "You"
            | "But"
            | "And"
            | "In"
            | "On"
            | "At"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "His"
            | "Her"
            | "Their"
            | "Its"
            | "Our"
            | "My"
            | "If"
            | "When"
            | "While"
            | "As"
            | "For"
            | "After"
            | "Before"
            | "There"
            | "What"
            | "Who"
            | "How"
            | "Why"
            | "Where"
            | "So"
            | "No"
            | "Not"
            | "With"
            | "To"
            | "From"
            | "By"
            | "Some"
            | "Many"
            | "Most"
            | "Both"
            | "Yet"
            | "Then"
            | "Now"
            | "Since"
            | "Although"
            | "However"
            | "Meanwhile"
            | "According"
            | "Last"
            | "Asked"
            | "Mr"
            | "Ms"
            | "Mrs"
            | "Dr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        for whole in [
            "He met Mr. Li at 2 p.m. on Monday.",
            "The U.S. Senate and Gov. Brown agreed.",
            "John F. Kennedy spoke in Washington, D.C., today.",
            "Biden Jr. was there, as was Acme Inc. of Ohio.",
            "It costs $3.5 million, said No. 10.",
        ] {
            assert_eq!(cut(whole), [whole]);
        }
    }

    #[test]
    fn sentences_end_where_the_next_begins() {
        assert_eq!(
            cut(
                "He left the U.S. The talks go on. “It is over.” She left at 5 p.m. Nobody spoke! Really?"
            ),
            [
                "He left the U.S.",
                "The talks go on.",
                "“It is over.”",
                "She left at 5 p.m.",
                "Nobody spoke!",
                "Really?"
            ]
        );
        assert_eq!(cut("他说。“好。”完了。"), ["他说。", "“好。”", "完了。"]);
        assert_eq!(
            cut("\"Go!\" he said. \"Now.\""),
            ["\"Go!\" he said.", "\"Now.\""]
        );
    }

    #[test]
    fn lines_wrapped_by_hand_are_one_paragraph() {
        let wrapped = "    China said on Monday that it had cut its tariffs on the\nimport of grain, and that the rest would follow in the new\nyear.\n\nShort line\nAnother line\n";
        let found: Vec<_> = paragraphs(wrapped).iter().map(|p| p.of(wrapped)).collect();
        assert_eq!(found.len(), 3);
        assert!(found[0].ends_with("year."));
    }

    #[test]
    fn a_text_without_full_stops_is_still_cut() {
        let text = "word ".repeat(10_000);
        assert!(sentences(&text).iter().all(|s| s.len() <= LONGEST + 8));
    }

    /// Where marks or too much length could end a sentence, character by character.
    fn places(text: &str, mut at: usize, too_long: usize) -> Vec<usize> {
        let mut places = Vec::new();
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if at >= too_long || matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') {
                places.push(at);
            }
            at += c.len_utf8();
        }
        places
    }

    proptest! {
        #[test]
        fn no_place_where_a_sentence_may_end_is_passed_over(text in "[a é’“…。？!. \u{3000}あ]{0,40}", at in 0usize..50, too_long in 0usize..90) {
            let at = (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            let place = next_place(&text, at, too_long);
            prop_assert!(place >= at && text.is_char_boundary(place));
            let first = places(&text, at, too_long).first().copied();
            prop_assert!(place <= first.unwrap_or(text.len()), "{place}, {first:?}");
        }

        #[test]
        fn long_texts_are_cut_at_a_blank_of_any_width(part in "[a é’“あ\u{3000}]{1,40}") {
            let text = part.repeat(2 * LONGEST / part.len() + 1);
            // What has no blank is not cut.
            prop_assume!(part.contains(char::is_whitespace));
            for sentence in cut(&text) {
                prop_assert!(sentence.len() <= LONGEST + 2 * part.len(), "{}", sentence.len());
            }
        }

        #[test]
        fn sentences_hold_everything_but_white_space(text in "[\\PC\n\t]{0,120}") {
            let mut at = 0;
            for s in sentences(&text) {
                prop_assert!(s.begin() >= at);
                prop_assert!(text.get(at..s.begin()).unwrap().trim().is_empty());
                prop_assert!(!s.of(&text).is_empty());
                at = s.finish();
            }
            prop_assert!(text.get(at..).unwrap().trim().is_empty());
        }
    }
}
