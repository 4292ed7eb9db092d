//! A title for a statement that has none: its first sentence, cut. Always marked as derived.

use crate::model::Span;
use crate::text::sentences::sentences;

/// Longest title, in characters, with the ellipsis.
const LONGEST: usize = 90;
/// Bytes of the body that are looked at.
const LOOKED_AT: usize = 4096;
/// Lines that say nothing of what a statement is about.
const FURNITURE: [&str; 6] = [
    "for immediate release",
    "press release",
    "embargoed until",
    "begin text",
    "media contact",
    "contact:",
];

/// The first sentence behind the header (or its first line, if that is shorter), white space made
/// single, cut at a word to 90 characters. Empty for an empty body.
pub fn derived_title(body: &str, header: Option<Span>) -> String {
    let from = header.map_or(0, Span::finish);
    let mut end = body.len().min(from + LOOKED_AT);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let text = body.get(from..end).unwrap_or("");
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| line.chars().any(char::is_alphanumeric));
    let line = lines
        .clone()
        .find(|line| !is_furniture(line))
        .or_else(|| lines.clone().next())
        .unwrap_or("");
    let first = sentences(line)
        .into_iter()
        .next()
        .map_or(line, |span| span.of(line));
    cut(&first.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn is_furniture(line: &str) -> bool {
    let line = line.to_lowercase();
    FURNITURE.iter().any(|words| line.starts_with(words))
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut title = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let more = word.chars().count() + usize::from(!title.is_empty());
        if length + more + 1 > LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
        length += more;
    }
    if title.is_empty() {
        title = text.chars().take(LONGEST - 1).collect();
    }
    title + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_sentence_stands_for_a_title() {
        assert_eq!(
            derived_title("FOR IMMEDIATE RELEASE\n\nWe  object. And more.", None),
            "We object."
        );
        assert_eq!(
            derived_title("date x -- China said so. Then", Some(Span::new(0, 10))),
            "China said so."
        );
        assert_eq!(derived_title(" \n ", None), "");
        let long = "word ".repeat(60);
        let title = derived_title(&long, None);
        assert!(title.ends_with("word…") && title.chars().count() <= LONGEST);
    }

    proptest! {
        #[test]
        fn any_body_gives_a_short_line(body in "\\PC{0,300}", header in 0usize..40) {
            let title = derived_title(&body, Some(Span::new(0, header)));
            prop_assert!(title.chars().count() <= LONGEST && !title.contains('\n'));
        }
    }
}
