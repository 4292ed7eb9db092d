//! The parser: a recursive descent over the line, bounded in depth.

use super::field::{FIELDS, HAS, OTHERS, SORTS, ZONES};
use super::{DateRange, Field, Node, Query, Text, Word, Zone};
use crate::text::fold::{fold, has_accent};
use crate::text::{Span, words::words};
use std::fmt;

/// Groups may nest this deep; more is a slip, and the parser recurses.
const MAX_DEPTH: usize = 32;

/// What is wrong with a line, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// One clause, with the remedy.
    pub message: String,
    /// The bytes of the line it speaks of.
    pub span: Span,
}

impl ParseError {
    /// The line with a caret line under the fault, for a terminal (not cleaned).
    #[must_use]
    pub fn with_caret(&self, line: &str) -> String {
        let before =
            crate::text::Shown::line(line.get(..self.span.begin()).unwrap_or(line)).width();
        let under = crate::text::Shown::line(self.span.of(line)).width().max(1);
        format!(
            "{line}\n{}{}\n{}",
            " ".repeat(before),
            "^".repeat(under),
            self.message
        )
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

/// Parses a line.
///
/// # Errors
/// An unknown field, a bad value, an empty group or alternative; the error names the bytes.
pub fn parse(line: &str) -> Result<Query, ParseError> {
    let mut parser = Parser {
        line,
        at: 0,
        query: Query::everything(),
    };
    let root = parser.all_of(0)?;
    parser.skip_space();
    if parser.at < line.len() {
        return parser.fail("this `)` closes nothing", parser.at, parser.at + 1);
    }
    parser.query.root = root;
    Ok(parser.query)
}

/// The values of a field as they are typed behind its colon: parted by commas, quotation marks taken
/// off.
#[must_use]
pub fn values_of(text: &str) -> Vec<String> {
    let mut parser = Parser {
        line: text,
        at: 0,
        query: Query::everything(),
    };
    let mut values = parser.values();
    values.retain(|value| !value.is_empty());
    values
}

struct Parser<'l> {
    line: &'l str,
    at: usize,
    query: Query,
}

impl<'l> Parser<'l> {
    fn rest(&self) -> &'l str {
        self.line.get(self.at..).unwrap_or("")
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, token: char) -> bool {
        let here = self.rest().starts_with(token);
        if here {
            self.at += token.len_utf8();
        }
        here
    }

    fn fail<T>(
        &self,
        message: impl Into<String>,
        start: usize,
        end: usize,
    ) -> Result<T, ParseError> {
        Err(ParseError {
            message: message.into(),
            span: Span::new(start, end.min(self.line.len())),
        })
    }

    /// Alternatives side by side, until the end or a `)`.
    fn all_of(&mut self, depth: usize) -> Result<Option<Node>, ParseError> {
        let mut nodes = Vec::new();
        loop {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with(')') {
                break;
            }
            if let Some(node) = self.any_of(depth)? {
                nodes.push(node);
            }
        }
        Ok(if nodes.len() > 1 {
            Some(Node::And(nodes))
        } else {
            nodes.pop()
        })
    }

    /// `term | term | …`
    fn any_of(&mut self, depth: usize) -> Result<Option<Node>, ParseError> {
        let mut nodes = Vec::new();
        let mut bars = 0;
        loop {
            let start = self.at;
            self.skip_space();
            if self.rest().starts_with('|') {
                return self.fail("`|` needs something before it", self.at, self.at + 1);
            }
            let node = self.term(depth)?;
            match node {
                Some(node) => nodes.push(node),
                None if bars > 0 => {
                    return self.fail(
                        "`|` needs something after it",
                        start.saturating_sub(1),
                        start,
                    );
                }
                None => {}
            }
            let after = self.at;
            self.skip_space();
            if !self.eat('|') {
                self.at = after;
                break;
            }
            bars += 1;
            if self.rest().trim_start().is_empty() {
                // Still being typed: `a |` finds what `a` finds.
                self.skip_space();
                break;
            }
        }
        Ok(if nodes.len() > 1 {
            Some(Node::Or(nodes))
        } else {
            nodes.pop()
        })
    }

    fn term(&mut self, depth: usize) -> Result<Option<Node>, ParseError> {
        let start = self.at;
        if self.eat('-') {
            if self.rest().is_empty() || self.rest().starts_with(char::is_whitespace) {
                return Ok(None); // a dash alone is punctuation
            }
            let asked = (self.query.zone, self.query.sort);
            let node = self.term(depth)?;
            if asked != (self.query.zone, self.query.sort) {
                return self.fail("`in:` and `sort:` cannot be negated", start, self.at);
            }
            return Ok(node.map(|node| Node::Not(Box::new(exactly(node)))));
        }
        if self.eat('(') {
            if depth >= MAX_DEPTH {
                return self.fail("groups nest too deep", start, self.at);
            }
            let node = self.all_of(depth + 1)?;
            if !self.eat(')') {
                if !self.rest().is_empty() {
                    return self.fail("this group is not closed", start, start + 1);
                }
                self.query.unclosed = Some(Span::new(start, start + 1));
            }
            if node.is_none() && self.at < self.line.len() {
                return self.fail("this group is empty", start, self.at);
            }
            return Ok(node);
        }
        if self.rest().starts_with('"') || self.rest().starts_with('“') {
            return Ok(self.phrase());
        }
        if let Some((name, len)) = self.field_name() {
            return self.field(name, len, start);
        }
        if let Some(len) = self.pattern() {
            let message = "regular expressions are not read: write words, \"a phrase\" or `~word`";
            return self.fail(message, start, start + len);
        }
        let fuzzy = self.eat('~');
        Ok(self.bare_word(fuzzy))
    }

    /// Bytes of `/…/` at this place; a path such as `/usr/lib` is none.
    fn pattern(&self) -> Option<usize> {
        let inside = self.rest().strip_prefix('/')?;
        let end = inside.find('/').filter(|end| *end > 0)?;
        let behind = inside.get(end + 1..)?;
        (behind.is_empty() || behind.starts_with(char::is_whitespace)).then_some(end + 2)
    }

    /// `name:` at this place, when it looks like a field: letters, a colon, no `//` behind.
    fn field_name(&self) -> Option<(&'l str, usize)> {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_ascii_alphabetic())?;
        let after = rest.get(len..)?.strip_prefix(':')?;
        (len > 0 && !after.starts_with("//")).then_some((rest.get(..len)?, len + 1))
    }

    fn field(&mut self, name: &str, len: usize, start: usize) -> Result<Option<Node>, ParseError> {
        let name = name.to_ascii_lowercase();
        self.at += len;
        let value_start = self.at;
        let values = self.values();
        let span = Span::new(start, self.at);
        let value_span = (value_start, self.at.max(value_start + 1));
        let known = FIELDS.iter().find(|(known, _)| *known == name);
        if known.is_none() && !OTHERS.contains(&name.as_str()) {
            let known = FIELDS.iter().map(|(n, _)| *n).chain(OTHERS);
            let message = format!("no field `{name}:`{}", did_you_mean(&name, known));
            return self.fail(message, start, start + len);
        }
        if values.iter().all(String::is_empty) {
            // Still being typed, or a slip.
            self.query.valueless = Some(span);
            return Ok(None);
        }
        if let Some(&(_, field)) = known {
            let cut = |value: &String| -> Vec<String> {
                if field == Field::Type || field == Field::Lang {
                    vec![fold(value)]
                } else {
                    words(value).into_iter().map(|(word, _)| word).collect()
                }
            };
            let values = values.iter().map(cut).filter(|v| !v.is_empty()).collect();
            return Ok(Some(Node::Field {
                field,
                values,
                span,
            }));
        }
        let value = values.join(",");
        let fail = |message: String| ParseError {
            message,
            span: Span::new(value_span.0, value_span.1.min(self.line.len())),
        };
        match name.as_str() {
            "date" => DateRange::parse(&value)
                .map(|range| Some(Node::Date(range, span)))
                .map_err(fail),
            "in" => {
                self.query.zone = pick(&value, &ZONES).map_err(fail)?;
                Ok(None)
            }
            "sort" => {
                self.query.sort = Some(pick(&value, &SORTS).map_err(fail)?);
                Ok(None)
            }
            _ => Ok(Some(Node::Has(pick(&value, &HAS).map_err(fail)?, span))),
        }
    }

    /// Values parted by commas, each plain or in quotation marks, up to white space or `)`.
    fn values(&mut self) -> Vec<String> {
        let mut values = Vec::new();
        loop {
            if self.eat('"') {
                let rest = self.rest();
                let end = rest.find('"').unwrap_or(rest.len());
                if end == rest.len() {
                    self.query.unclosed = Some(Span::new(self.at - 1, self.at));
                }
                values.push(rest.get(..end).unwrap_or("").to_owned());
                self.at += (end + 1).min(rest.len());
            } else {
                let rest = self.rest();
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, ',' | ')' | '|'))
                    .unwrap_or(rest.len());
                values.push(rest.get(..end).unwrap_or("").to_owned());
                self.at += end;
            }
            if !self.eat(',') {
                return values;
            }
        }
    }

    fn phrase(&mut self) -> Option<Node> {
        let start = self.at;
        let open = self.rest().chars().next()?;
        self.at += open.len_utf8();
        let rest = self.rest();
        let end = rest.find(['"', '”', '“']);
        let inside = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        if end.is_none() {
            self.query.unclosed = Some(Span::new(start, self.at));
        }
        self.at += inside.len();
        if let Some(close) = self.rest().chars().next() {
            self.at += close.len_utf8();
        }
        let mut slop = 0;
        if end.is_some() && self.rest().starts_with('~') {
            let digits: String = self
                .rest()
                .chars()
                .skip(1)
                .take_while(char::is_ascii_digit)
                .take(3)
                .collect();
            if let Ok(n) = digits.parse() {
                slop = n;
                self.at += 1 + digits.len();
            }
        }
        let words = query_words(inside);
        let prefix = end.is_none() && !inside.ends_with(char::is_whitespace);
        let span = Span::new(start, self.at);
        (!words.is_empty()).then_some({
            Node::Text(Text {
                words,
                slop,
                prefix,
                fuzzy: false,
                span,
            })
        })
    }

    /// A run up to white space, `|` or a bracket; one that holds several words (`US-China`) is a phrase.
    fn bare_word(&mut self, fuzzy: bool) -> Option<Node> {
        let start = self.at;
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '|' | '(' | ')' | '"'))
            .unwrap_or(rest.len());
        // Always move on, also over a lone bracket or mark.
        let taken = if end == 0 {
            rest.chars().next().map_or(0, char::len_utf8)
        } else {
            end
        };
        self.at += taken;
        let words = query_words(rest.get(..end)?);
        let prefix = self.at == self.line.len();
        let span = Span::new(start, self.at);
        (!words.is_empty()).then_some({
            Node::Text(Text {
                words,
                slop: 0,
                prefix,
                fuzzy,
                span,
            })
        })
    }
}

fn query_words(text: &str) -> Vec<Word> {
    let found = words(text).into_iter();
    found
        .map(|(folded, span)| {
            let typed = span.of(text).to_owned();
            let case = typed.chars().any(char::is_uppercase);
            let accent = has_accent(&typed);
            Word {
                folded,
                typed,
                case,
                accent,
            }
        })
        .collect()
}

/// What must not occur is meant as typed: the beginning of a word would exclude too much.
fn exactly(node: Node) -> Node {
    match node {
        Node::Text(text) => Node::Text(Text {
            prefix: false,
            ..text
        }),
        Node::And(nodes) => Node::And(nodes.into_iter().map(exactly).collect()),
        Node::Or(nodes) => Node::Or(nodes.into_iter().map(exactly).collect()),
        other => other,
    }
}

fn pick<T: Copy>(value: &str, known: &[(&str, T)]) -> Result<T, String> {
    let value = value.to_ascii_lowercase();
    if let Some((_, picked)) = known.iter().find(|(name, _)| *name == value) {
        return Ok(*picked);
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    Err(format!(
        "`{value}` is not one of {}{}",
        names.join(", "),
        did_you_mean(&value, names.iter().copied())
    ))
}

/// `; did you mean …?` when a known name is near.
fn did_you_mean<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = known
        .map(|name| (strsim::damerau_levenshtein(typed, name), name))
        .min();
    match near {
        Some((distance, name)) if distance <= 2 || name.starts_with(typed) => {
            format!("; did you mean `{name}`?")
        }
        _ => String::new(),
    }
}

impl Zone {
    /// True when the words must stand in one item (a quote or a claim), not just anywhere.
    #[must_use]
    pub fn is_item(self) -> bool {
        matches!(self, Self::Quote | Self::Claim)
    }
}

#[cfg(test)]
mod tests;
