//! A Rust file as the rules read it: its code without comments and literals, cut into tokens.
//!
//! Not a parser: enough to find paths, imports and macro calls. Must not know any rule.

/// One file under `src/`.
pub struct Source {
    /// From the root of the repository, with `/`: `src/load/mod.rs`.
    pub path: String,
    /// As it stands in the file.
    pub text: String,
    /// Identifiers, `::` and single characters.
    tokens: Vec<Token>,
    /// Index of the first token of the test module at the end; the number of tokens when none.
    tests_from: usize,
    /// All of it is tests.
    is_test_file: bool,
}

/// A piece of code and the line (from 1) it stands on.
struct Token {
    text: String,
    line: usize,
}

/// A path found in the code, with its line.
pub struct Path {
    pub segments: Vec<String>,
    pub line: usize,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let tokens = tokens(&code_only(text));
        let is_test_file = path.ends_with("/tests.rs") || path.contains("/tests/");
        let tests_from = if is_test_file {
            0
        } else {
            start_of_tests(&tokens)
        };
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            tokens,
            tests_from,
            is_test_file,
        }
    }

    /// The module under the root of the crate that this file belongs to: `load`, `error`, `main`.
    pub fn top_module(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let first = inner.split('/').next().unwrap_or(inner);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Paths that start at the root of the crate, whether by `crate::` or by climbing to it,
    /// without that start; imports and paths within code alike, tests too.
    pub fn crate_paths(&self) -> Vec<Path> {
        let mut out = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            if token.text == "crate" && self.is(at + 1, "::") {
                self.tree(at + 2, &[], &mut out);
            } else if token.text == "super" && !self.before(at, "::") {
                let mut climbed = 0;
                let mut next = at;
                while self.is(next, "super") && self.is(next + 1, "::") {
                    climbed += 1;
                    next += 2;
                }
                let inner = usize::from(at >= self.tests_from && !self.is_test_file);
                if climbed > 0 && climbed >= self.depth() + inner {
                    self.tree(next, &[], &mut out);
                }
            }
        }
        out
    }

    /// Lines, outside tests, where the crate `name` is used.
    pub fn uses_of_crate(&self, name: &str) -> Vec<usize> {
        if self.is_local_name(name) {
            return Vec::new();
        }
        let live = self.tokens.iter().enumerate().take(self.tests_from);
        live.filter(|&(at, token)| {
            let from_root = self.before(at, "::")
                && at
                    .checked_sub(2)
                    .and_then(|i| self.tokens.get(i))
                    .is_none_or(|t| !is_identifier(&t.text) || t.text == "use");
            token.text == name
                && (!self.before(at, "::") || from_root)
                && (self.is(at + 1, "::") || self.before(at, "use") || self.before(at, "crate"))
        })
        .map(|(_, token)| token.line)
        .collect()
    }

    /// Lines, outside tests, where the macro `name` is called.
    pub fn calls_of_macro(&self, name: &str) -> Vec<usize> {
        let live = self.tokens.iter().enumerate().take(self.tests_from);
        live.filter(|&(at, token)| token.text == name && self.is(at + 1, "!"))
            .map(|(_, token)| token.line)
            .collect()
    }

    /// True when `name` is a module of this file's own, or brought in from elsewhere in the crate.
    fn is_local_name(&self, name: &str) -> bool {
        let mut imports = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            if token.text == "mod" && self.is(at + 1, name) {
                return true;
            }
            if token.text == "use" {
                self.tree(at + 1, &[], &mut imports);
            }
        }
        imports
            .iter()
            .any(|i| i.segments.len() > 1 && i.segments.last().is_some_and(|last| last == name))
    }

    /// How many modules this file is below the root of the crate.
    fn depth(&self) -> usize {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let is_front = inner.ends_with("/mod.rs");
        inner.split('/').count() - usize::from(is_front)
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.text == text)
    }

    fn before(&self, at: usize, text: &str) -> bool {
        at.checked_sub(1).is_some_and(|i| self.is(i, text))
    }

    /// Reads the tree of paths that starts at token `at`; gives the token after it.
    fn tree(&self, mut at: usize, prefix: &[String], out: &mut Vec<Path>) -> usize {
        let mut segments = prefix.to_vec();
        while let Some(token) = self.tokens.get(at) {
            if token.text == "{" {
                at += 1;
                while at < self.tokens.len() && !self.is(at, "}") {
                    if self.is(at, ",") {
                        at += 1;
                    } else {
                        at = self.tree(at, &segments, out).max(at + 1);
                    }
                }
                return at + 1;
            }
            let named = is_identifier(&token.text) || token.text == "*";
            if named {
                segments.push(token.text.clone());
            }
            if !named || !self.is(at + 1, "::") {
                let end = if named { at + 1 } else { at };
                out.push(Path {
                    segments,
                    line: token.line,
                });
                // `as other` names nothing that is looked for here.
                return if self.is(end, "as") { end + 2 } else { end };
            }
            at += 2;
        }
        at
    }
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The index of the last `#[cfg(test)] mod NAME {`, or the number of tokens.
fn start_of_tests(tokens: &[Token]) -> usize {
    const OPENING: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let found = tokens.windows(OPENING.len() + 2).rposition(|window| {
        let opens = window.iter().zip(OPENING).all(|(t, o)| t.text == o);
        opens && window.last().is_some_and(|t| t.text == "{")
    });
    found.unwrap_or(tokens.len())
}

fn tokens(code: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut line = 1;
    let mut word = String::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let text = std::mem::take(&mut word);
            out.push(Token { text, line });
        }
        match c {
            '\n' => line += 1,
            ':' if chars.peek() == Some(&':') => {
                chars.next();
                let text = "::".to_owned();
                out.push(Token { text, line });
            }
            c if c.is_whitespace() => {}
            c => {
                let text = c.to_string();
                out.push(Token { text, line });
            }
        }
    }
    if !word.is_empty() {
        out.push(Token { text: word, line });
    }
    out
}

/// The code without what its comments and literals say; every line keeps its number.
fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let in_word = at > 0
            && chars
                .get(at - 1)
                .is_some_and(|p| p.is_alphanumeric() || *p == '_');
        let end = match (c, next) {
            ('/', Some('/')) => line_end(&chars, at),
            ('/', Some('*')) => comment_end(&chars, at),
            ('"', _) => string_end(&chars, at + 1),
            ('r', Some('"' | '#')) if !in_word || is_raw_prefix(&chars, at) => {
                match raw_string_end(&chars, at + 1) {
                    Some(end) => end,
                    None => at,
                }
            }
            ('\'', Some('\\')) => char_end(&chars, at + 2),
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
            _ => at,
        };
        if end == at {
            out.push(c);
            at += 1;
            continue;
        }
        out.push(' ');
        let skipped = chars.get(at..end.min(chars.len())).unwrap_or_default();
        out.extend(skipped.iter().filter(|c| **c == '\n'));
        at = end;
    }
    out
}

/// `br"…"`: the `r` follows a lone `b`.
fn is_raw_prefix(chars: &[char], at: usize) -> bool {
    let lone = at < 2
        || !chars
            .get(at - 2)
            .is_some_and(|p| p.is_alphanumeric() || *p == '_');
    at > 0 && chars.get(at - 1) == Some(&'b') && lone
}

fn line_end(chars: &[char], from: usize) -> usize {
    let rest = chars.get(from..).unwrap_or_default();
    rest.iter()
        .position(|c| *c == '\n')
        .map_or(chars.len(), |n| from + n)
}

/// The end of a comment that starts at `from`; comments nest.
fn comment_end(chars: &[char], from: usize) -> usize {
    let mut open = 0_usize;
    let mut at = from;
    while at < chars.len() {
        match (chars.get(at), chars.get(at + 1)) {
            (Some('/'), Some('*')) => {
                open += 1;
                at += 2;
            }
            (Some('*'), Some('/')) => {
                open -= 1;
                at += 2;
                if open == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    chars.len()
}

fn string_end(chars: &[char], mut at: usize) -> usize {
    while let Some(c) = chars.get(at) {
        match c {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The end of a character literal whose escape was opened before `at`.
fn char_end(chars: &[char], at: usize) -> usize {
    // The character after the backslash may itself be a quote mark.
    let rest = chars.get(at + 1..).unwrap_or_default();
    rest.iter()
        .position(|c| *c == '\'')
        .map_or(chars.len(), |n| at + n + 2)
}

/// The end of a raw string whose marks start at `at`; `None` when it is a raw identifier.
fn raw_string_end(chars: &[char], at: usize) -> Option<usize> {
    let rest = chars.get(at..)?;
    let marks = rest.iter().take_while(|c| **c == '#').count();
    if rest.get(marks) != Some(&'"') {
        return None;
    }
    let mut end = at + marks + 1;
    while let Some(c) = chars.get(end) {
        let after = chars.get(end + 1..).unwrap_or_default();
        if *c == '"' && after.iter().take_while(|c| **c == '#').count() >= marks {
            return Some(end + 1 + marks);
        }
        end += 1;
    }
    Some(chars.len())
}
