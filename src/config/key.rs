//! One key press and how it is written: `j`, `C-d`, `S-Tab`, `Enter`, `F1`; `g g` for two in a row.
//!
//! Our own type: knows no terminal library, so that settings and reference tables can name keys.

use super::nearest::nearest;
use std::fmt;
use std::str::FromStr;

/// Which key, without modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A key that types this character; capital letters are their own character.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Delete to the left.
    Backspace,
    /// Delete to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, 1 to 24.
    F(u8),
}

/// Names of keys that type no character of their own; the first name of a key is the one printed.
const NAMES: [(&str, Code); 20] = [
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Space", Code::Char(' ')),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Return", Code::Enter),
    ("Escape", Code::Esc),
    ("Del", Code::Delete),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
];

/// The last function key a terminal can report.
const LAST_FUNCTION_KEY: u8 = 24;

/// A key with its modifiers, in one form for one press (see [`Key::normal`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Held Control.
    pub ctrl: bool,
    /// Held Alt.
    pub alt: bool,
    /// Held Shift; never set with a character, which says so itself (`J`).
    pub shift: bool,
}

impl Key {
    /// Control and `c`, which always quits.
    pub const CTRL_C: Self = Self {
        code: Code::Char('c'),
        ctrl: true,
        alt: false,
        shift: false,
    };

    /// A key without modifiers.
    #[must_use]
    pub fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// A key with Control.
    #[must_use]
    pub fn ctrl(c: char) -> Self {
        Self {
            ctrl: true,
            ..Self::plain(Code::Char(c))
        }
        .normal()
    }

    /// A key with Alt.
    #[must_use]
    pub fn alt(c: char) -> Self {
        Self {
            alt: true,
            ..Self::plain(Code::Char(c))
        }
    }

    /// The same press in the one form that is compared: Shift is dropped from a character, and a
    /// letter with Control is small, because terminals disagree about both.
    #[must_use]
    pub fn normal(self) -> Self {
        match self.code {
            Code::Char(c) => Self {
                code: Code::Char(if self.ctrl { c.to_ascii_lowercase() } else { c }),
                shift: false,
                ..self
            },
            _ => self,
        }
    }

    /// The character this key types into a line, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// The digit this key types, as part of a count.
    #[must_use]
    pub fn digit(self) -> Option<u32> {
        self.typed().and_then(|c| c.to_digit(10))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = String::new();
        for (held, mark) in [(self.ctrl, "C-"), (self.alt, "M-"), (self.shift, "S-")] {
            if held {
                name.push_str(mark);
            }
        }
        match self.code {
            Code::F(number) => name.push_str(&format!("F{number}")),
            code => match (NAMES.iter().find(|(_, c)| *c == code), code) {
                (Some((known, _)), _) => name.push_str(known),
                (None, Code::Char(c)) => name.push(c),
                (None, _) => {}
            },
        }
        f.pad(&name)
    }
}

/// Why a text names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadKey(String);

impl FromStr for Key {
    type Err = BadKey;

    /// Reads `C-` (Control), `M-` (Alt), `S-` (Shift), then a character or a name.
    fn from_str(text: &str) -> Result<Self, BadKey> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        // A mark needs something after it: `-` and `C` alone are characters.
        while let Some((mark, after)) = rest.split_at_checked(2) {
            if after.is_empty() {
                break;
            }
            match mark {
                "C-" => key.ctrl = true,
                "M-" | "A-" => key.alt = true,
                "S-" => key.shift = true,
                _ => break,
            }
            rest = after;
        }
        key.code = code(rest)?;
        if let Code::Char(c) = key.code {
            if key.shift && c != ' ' {
                return Err(BadKey(format!(
                    "`{text}`: write the character that Shift types, such as `{}`",
                    c.to_uppercase()
                )));
            }
            if key.ctrl {
                // The same byte on every terminal, so such a binding would never be reached.
                let twin = match c.to_ascii_lowercase() {
                    'i' => Some("Tab"),
                    'm' => Some("Enter"),
                    '[' => Some("Esc"),
                    _ => None,
                };
                if let Some(twin) = twin {
                    return Err(BadKey(format!("`{text}` reaches a program as {twin}")));
                }
            }
        }
        Ok(key.normal())
    }
}

fn code(name: &str) -> Result<Code, BadKey> {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (None, _) => return Err(BadKey("no key given".to_owned())),
        (Some(c), None) => {
            return if c.is_control() || c.is_whitespace() {
                Err(BadKey(
                    "a key that cannot be seen; write its name, such as `Space`".to_owned(),
                ))
            } else {
                Ok(Code::Char(c))
            };
        }
        _ => {}
    }
    if let Some((_, code)) = NAMES.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
        return Ok(*code);
    }
    if let Some(number) = name.strip_prefix(['F', 'f'])
        && let Ok(number) = number.parse::<u8>()
        && (1..=LAST_FUNCTION_KEY).contains(&number)
    {
        return Ok(Code::F(number));
    }
    Err(BadKey(
        match nearest(name, NAMES.iter().map(|(known, _)| *known)) {
            Some(known) => format!("`{name}` is no key; did you mean `{known}`?"),
            None => format!("`{name}` is no key; keys in a row are written with spaces: `g g`"),
        },
    ))
}

/// Reads keys pressed one after another, written with spaces between: `g g`.
///
/// # Errors
/// When there is no key or one of them is not known.
pub fn parse_sequence(text: &str) -> Result<Vec<Key>, BadKey> {
    let keys: Vec<Key> = text
        .split_whitespace()
        .map(str::parse::<Key>)
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(BadKey("no key given".to_owned()));
    }
    Ok(keys)
}

/// Writes keys pressed one after another as [`parse_sequence`] reads them.
#[must_use]
pub fn print_sequence(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_the_tables_write() {
        for text in [
            "j", "G", "C-d", "M-f", "S-Tab", "Enter", "Space", "PgDn", "F1", "F12", "-", "C--",
            "C", "g g", "]", "é", "C-M-x", "S-Space",
        ] {
            let keys = parse_sequence(text).unwrap();
            let printed = print_sequence(&keys);
            assert_eq!(
                parse_sequence(&printed).unwrap(),
                keys,
                "{text} -> {printed}"
            );
        }
        assert_eq!("C-c".parse::<Key>(), Ok(Key::CTRL_C));
        assert_eq!("C-D".parse::<Key>(), Ok(Key::ctrl('d')));
        assert_eq!("pagedown".parse::<Key>(), Ok(Key::plain(Code::PageDown)));
        assert_eq!(Key::plain(Code::PageDown).to_string(), "PgDn");
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, part) in [
            ("", "no key"),
            ("Entre", "Enter"),
            ("gg", "g g"),
            ("S-j", "`J`"),
            ("C-i", "Tab"),
            ("F0", "no key"),
            ("F25", "no key"),
            ("C-", "no key"),
        ] {
            let error = parse_sequence(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text:?}: {error}");
        }
    }

    #[test]
    fn only_unmodified_characters_are_typed() {
        assert_eq!(Key::plain(Code::Char('Ж')).typed(), Some('Ж'));
        assert_eq!(Key::ctrl('a').typed(), None);
        assert_eq!(Key::alt('a').typed(), None);
        assert_eq!(Key::plain(Code::Enter).typed(), None);
        assert_eq!(Key::plain(Code::Char('7')).digit(), Some(7));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            if let Ok(keys) = parse_sequence(&text) {
                prop_assert_eq!(parse_sequence(&print_sequence(&keys)), Ok(keys));
            }
        }
    }
}
