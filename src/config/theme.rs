//! How each part of the screen is styled: a table of roles and styles, read from TOML.
//!
//! Plain data; the browser turns a [`Style`] into what it draws with. Themes are `default` (the
//! terminal's own 16 colours) and `mono` (no colour), or a file of the user's.

use super::file;
use super::nearest::nearest;
use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Spanned;

/// The themes the program comes with: name and text.
const BUILT_IN: [(&str, &str); 2] = [
    ("default", include_str!("../../assets/themes/default.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

macro_rules! roles {
    ($($variant:ident $name:literal $what:literal;)*) => {
        /// A part of the screen, or a state of it, that has a style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Role {
            $(#[doc = $what] $variant,)*
        }

        impl Role {
            /// Every role, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in a theme.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

roles! {
    Text "text" "Running text.";
    Dim "dim" "What matters less: dates, counts, what the program is not sure of.";
    Title "title" "The title of a pane or a statement.";
    Border "border" "The border of a pane.";
    BorderFocus "border-focus" "The border of the pane in focus.";
    Cursor "cursor" "The row under the cursor.";
    Marked "marked" "A marked row.";
    QuoteDirect "quote-direct" "Words inside quotation marks.";
    QuoteMixed "quote-mixed" "A quote that is partly paraphrase.";
    QuoteIndirect "quote-indirect" "A paraphrase.";
    QuoteScare "quote-scare" "A marked term that is nobody's quote.";
    Claim "claim" "A claim in the text.";
    ClaimCurrent "claim-current" "The claim under the cursor.";
    Hit "hit" "Words that the search found.";
    HitCurrent "hit-current" "The hit that was jumped to.";
    Selection "selection" "The selected stretch of text.";
    Status "status" "The status line.";
    HintKey "hint-key" "A key in the hint line.";
    HintText "hint-text" "What the key does.";
    Error "error" "What went wrong.";
    Warning "warning" "What should be known.";
    Derived "derived" "What the program worked out and the statement does not say.";
    FacetBar "facet-bar" "The bar that shows a count.";
}

impl Role {
    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|r| r.name() == name)
    }
}

/// A colour: one of the terminal's 16, or an exact one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Colour {
    /// 0 to 15 in the order of ANSI: black, red, green, yellow, blue, magenta, cyan, white, then
    /// the bright ones. The terminal decides how they look.
    Ansi(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// Names of the 16 colours; the place is the ANSI number.
const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(name: String) -> std::result::Result<Self, String> {
        if let Some((number, _)) = (0u8..).zip(COLOURS).find(|(_, known)| *known == name) {
            return Ok(Self::Ansi(number));
        }
        if let Some(digits) = name.strip_prefix('#')
            && digits.len() == 6
            && digits.bytes().all(|b| b.is_ascii_hexdigit())
            && let Ok(number) = u32::from_str_radix(digits, 16)
        {
            let [_, red, green, blue] = number.to_be_bytes();
            return Ok(Self::Rgb(red, green, blue));
        }
        Err(match nearest(&name, COLOURS) {
            Some(known) => format!("`{name}` is no colour; did you mean `{known}`?"),
            None => {
                format!("`{name}` is no colour; write one such as `red`, `bright-red`, `#c04040`")
            }
        })
    }
}

/// Colours and attributes. No colour means the terminal's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// Colour of the letters.
    pub fg: Option<Colour>,
    /// Colour behind them.
    pub bg: Option<Colour>,
    /// Heavier letters.
    pub bold: bool,
    /// Fainter letters.
    pub dim: bool,
    /// Slanted letters.
    pub italic: bool,
    /// A line below.
    pub underline: bool,
    /// Letters and background exchanged.
    pub reversed: bool,
}

impl Style {
    /// The same without colours: attributes alone.
    #[must_use]
    pub fn without_colour(self) -> Self {
        Self {
            fg: None,
            bg: None,
            ..self
        }
    }
}

/// A theme as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    styles: BTreeMap<Spanned<String>, Style>,
}

/// A style for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: BTreeMap<Role, Style>,
}

impl Theme {
    /// Names of the themes the program comes with.
    #[must_use]
    pub fn names() -> [&'static str; 2] {
        BUILT_IN.map(|(name, _)| name)
    }

    /// A built-in theme by name, or the file at that path laid over the default theme.
    ///
    /// # Errors
    /// When there is neither such a theme nor such a file, or the file is not a theme.
    pub fn load(name: &str) -> Result<Self> {
        if let Some((name, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
            let path = format!("assets/themes/{name}.toml");
            return Self::plain().patched(Path::new(&path), text);
        }
        let path = Path::new(name);
        if !path.exists() {
            return Err(Error::Usage(format!(
                "there is no theme `{name}`; give {} or the path of a theme file",
                Self::names().join(", ")
            )));
        }
        Self::load("default")?.patched(path, &file::read(path)?)
    }

    /// No style at all, to lay others over; also what is left when nothing can be read.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            styles: BTreeMap::new(),
        }
    }

    /// This theme with the styles of a table in TOML in place of the same roles'.
    ///
    /// # Errors
    /// When a role or a colour is not known; `path` and the line are named.
    pub fn patched(mut self, path: &Path, text: &str) -> Result<Self> {
        let table: Table = file::parse(path, text)?;
        for (name, style) in table.styles {
            let Some(role) = Role::from_name(name.get_ref()) else {
                let remedy = match nearest(name.get_ref(), Role::ALL.iter().map(|r| r.name())) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "the default theme lists all roles".to_owned(),
                };
                let what = format!("there is no role `{}`", name.get_ref());
                return Err(file::bad(path, text, name.span(), what, remedy));
            };
            self.styles.insert(role, style);
        }
        Ok(self)
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(&role).copied().unwrap_or_default()
    }

    /// The same theme with every colour taken out, for NO_COLOR with a theme of the user's.
    #[must_use]
    pub fn without_colour(mut self) -> Self {
        for style in self.styles.values_mut() {
            *style = style.without_colour();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// States that can stand side by side in the running text, with no glyph to tell them apart.
    const IN_TEXT: [Role; 6] = [
        Role::Text,
        Role::Hit,
        Role::HitCurrent,
        Role::Selection,
        Role::Claim,
        Role::ClaimCurrent,
    ];

    #[test]
    fn built_in_themes_style_every_role_and_tell_states_apart_without_colour() {
        for name in Theme::names() {
            let theme = Theme::load(name).unwrap();
            assert_eq!(theme.styles.len(), Role::ALL.len(), "{name}");
            for (at, one) in IN_TEXT.iter().enumerate() {
                for other in IN_TEXT.iter().skip(at + 1) {
                    assert_ne!(
                        theme.style(*one).without_colour(),
                        theme.style(*other).without_colour(),
                        "{name}: {one:?} {other:?}"
                    );
                }
            }
            for pair in [
                [Role::Border, Role::BorderFocus],
                [Role::Text, Role::Cursor],
                [Role::Error, Role::Warning],
                [Role::HintKey, Role::HintText],
                [Role::Text, Role::Derived],
            ] {
                let [one, other] = pair.map(|role| theme.style(role).without_colour());
                assert_ne!(one, other, "{name}: {pair:?}");
            }
        }
    }

    #[test]
    fn the_default_leaves_the_background_and_mono_has_no_colour() {
        let default = Theme::load("default").unwrap();
        for style in default.styles.values() {
            assert_eq!(style.bg, None);
            assert!(!matches!(style.fg, Some(Colour::Rgb(..))));
        }
        let mono = Theme::load("mono").unwrap();
        assert_eq!(mono.clone().without_colour(), mono);
    }

    #[test]
    fn a_user_s_theme_is_laid_over_and_its_faults_are_named() {
        let default = Theme::load("default").unwrap();
        let path = Path::new("mine.toml");
        let mine = default
            .clone()
            .patched(path, "[styles]\nhit = { bg = \"#102030\", bold = true }\n")
            .unwrap();
        assert_eq!(mine.style(Role::Hit).bg, Some(Colour::Rgb(16, 32, 48)));
        assert_eq!(mine.style(Role::Title), default.style(Role::Title));
        for (text, part) in [
            (
                "[styles]\nhitt = {}\n",
                "line 2: there is no role `hitt`; did you mean `hit`?",
            ),
            (
                "[styles]\n\nhit = { fg = \"grene\" }\n",
                "line 3: `grene` is no colour; did you mean `green`?",
            ),
            ("[styles]\nhit = { blink = true }\n", "blink"),
        ] {
            let error = default.clone().patched(path, text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(
            Theme::load("no-such-theme")
                .unwrap_err()
                .to_string()
                .contains("mono")
        );
    }
}
