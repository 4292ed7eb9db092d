//! The user's settings: `config.toml`, and what the environment asks for about colour.
//!
//! Typed and checked here; arguments of the command line are laid over them by the caller.

use super::{file, paths};
use crate::error::Result;
use serde::Deserialize;
use std::path::Path;

/// The narrowest measure, in columns: below it every row is a word or two.
const NARROWEST: u16 = 20;

/// How wide the text being read is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "RawMeasure")]
pub enum Measure {
    /// At this many columns, or the pane's width when that is less.
    Columns(u16),
    /// At the pane's width.
    Full,
}

impl Measure {
    /// The next of 60, 80, full; from another width, 60.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Columns(60) => Self::Columns(80),
            Self::Columns(80) => Self::Full,
            Self::Columns(_) | Self::Full => Self::Columns(60),
        }
    }

    /// The columns to wrap at in a pane of `pane` columns.
    #[must_use]
    pub fn columns(self, pane: u16) -> u16 {
        match self {
            Self::Columns(columns) => columns.min(pane),
            Self::Full => pane,
        }
    }
}

/// A measure as it stands in a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawMeasure {
    Columns(i64),
    Word(String),
}

impl TryFrom<RawMeasure> for Measure {
    type Error = String;

    fn try_from(raw: RawMeasure) -> std::result::Result<Self, String> {
        match raw {
            RawMeasure::Columns(columns) => u16::try_from(columns)
                .ok()
                .filter(|columns| *columns >= NARROWEST)
                .map(Self::Columns)
                .ok_or(format!(
                    "a measure of {columns} columns; give {NARROWEST} or more"
                )),
            RawMeasure::Word(word) if word == "full" => Ok(Self::Full),
            RawMeasure::Word(word) => Err(format!(
                "`{word}` is no measure; give a number of columns or \"full\""
            )),
        }
    }
}

/// A confidence from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize)]
#[serde(try_from = "f64")]
pub struct Confidence(f32);

impl Confidence {
    /// The number.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }
}

impl TryFrom<f64> for Confidence {
    type Error = String;

    fn try_from(number: f64) -> std::result::Result<Self, String> {
        if (0.0..=1.0).contains(&number) {
            Ok(Self(number as f32))
        } else {
            Err(format!(
                "{number} is no confidence; give a number from 0 to 1"
            ))
        }
    }
}

/// What `config.toml` may hold; what it leaves out is as in [`Settings::default`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Name or path of a theme.
    pub theme: String,
    /// Draw with ASCII alone.
    pub ascii: bool,
    /// React to the mouse.
    pub mouse: bool,
    /// How wide the text is wrapped.
    pub measure: Measure,
    /// The order statements start in, as after `sort:` in a query.
    pub sort: String,
    /// Citation style: a name as `dictum export --style` takes it, or the path of a `.csl` file.
    pub citation_style: String,
    /// Statements that are the same, or nearly so, are listed as one.
    pub fold: bool,
    /// Quotes and claims below this confidence are drawn dim.
    pub confidence_threshold: Confidence,
    /// No borders, one pane, nothing that moves: for a screen reader.
    pub plain: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "default".to_owned(),
            ascii: false,
            mouse: true,
            measure: Measure::Columns(80),
            sort: "relevance".to_owned(),
            citation_style: crate::export::DEFAULT_STYLE.to_owned(),
            fold: false,
            confidence_threshold: Confidence(0.5),
            plain: false,
        }
    }
}

impl Settings {
    /// The settings in the file the user names, else in the settings folder, else the defaults.
    ///
    /// # Errors
    /// When the file cannot be read or says something that is no setting; the line is named.
    pub fn load(named: Option<&Path>) -> Result<Self> {
        match named.map(Path::to_owned).or_else(paths::settings_file) {
            Some(path) => Self::parse(&path, &file::read(&path)?),
            None => Ok(Self::default()),
        }
    }

    /// The settings in `text`; `path` is named in a message.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn parse(path: &Path, text: &str) -> Result<Self> {
        file::parse(path, text)
    }
}

/// When to write colours, as `--color` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourChoice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What the environment says about colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set, not empty and not `0`.
    pub force_color: bool,
    /// `TERM` is missing, empty or `dumb`.
    pub dumb: bool,
}

impl Environment {
    /// Reads the environment of the process.
    #[must_use]
    pub fn of_process() -> Self {
        Self::read(|name| std::env::var_os(name).map(|v| v.to_string_lossy().into_owned()))
    }

    /// Reads an environment given as a function from name to value.
    #[must_use]
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| value(name).filter(|v| !v.is_empty());
        Self {
            no_color: set("NO_COLOR").is_some(),
            force_color: set("CLICOLOR_FORCE").is_some_and(|v| v != "0"),
            // Windows sets no TERM and draws colours all the same.
            dumb: set("TERM").map_or(cfg!(unix), |v| v == "dumb"),
        }
    }

    /// Whether to write colours: the argument decides, then `NO_COLOR`, then `CLICOLOR_FORCE`,
    /// then whether the output is a terminal that can show them.
    #[must_use]
    pub fn wants_colour(self, choice: ColourChoice, is_terminal: bool) -> bool {
        match choice {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => {
                !self.no_color && (self.force_color || (is_terminal && !self.dumb))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Settings> {
        Settings::parse(Path::new("config.toml"), text)
    }

    #[test]
    fn what_is_left_out_is_the_default() {
        assert_eq!(parse("").unwrap(), Settings::default());
        let some = parse("measure = \"full\"\nascii = true\nconfidence-threshold = 0.8\n").unwrap();
        assert_eq!(some.measure, Measure::Full);
        assert_eq!(some.confidence_threshold.get(), 0.8);
        assert!(some.ascii && some.mouse);
        assert_eq!(parse("measure = 72").unwrap().measure, Measure::Columns(72));
    }

    #[test]
    fn faults_name_file_and_line() {
        for (text, part) in [
            (
                "ascii = true\ncolour = 1\n",
                "config.toml: line 2: unknown field `colour`",
            ),
            ("\nmouse = \"yes\"\n", "config.toml: line 2"),
            ("measure = 3\n", "line 1: a measure of 3 columns"),
            ("confidence-threshold = 2.0\n", "2 is no confidence"),
            ("theme = \n", "config.toml: line 1"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn a_named_file_must_be_there() {
        assert!(Settings::load(Some(Path::new("no/such/config.toml"))).is_err());
    }

    #[test]
    fn the_measure_goes_round_and_never_exceeds_the_pane() {
        let start = Measure::Columns(60);
        assert_eq!(start.next().next().next(), start);
        assert_eq!(Measure::Columns(80).columns(40), 40);
        assert_eq!(Measure::Full.columns(200), 200);
    }

    #[test]
    fn colour_follows_argument_then_environment_then_terminal() {
        let read = |pairs: &[(&str, &str)]| {
            Environment::read(|name| {
                pairs
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, v)| (*v).to_owned())
            })
        };
        let xterm = read(&[("TERM", "xterm")]);
        assert!(xterm.wants_colour(ColourChoice::Auto, true));
        assert!(!xterm.wants_colour(ColourChoice::Auto, false));
        assert!(xterm.wants_colour(ColourChoice::Always, false));
        let bare = read(&[
            ("TERM", "xterm"),
            ("NO_COLOR", "1"),
            ("CLICOLOR_FORCE", "1"),
        ]);
        assert!(!bare.wants_colour(ColourChoice::Auto, true));
        let empty = read(&[("TERM", "xterm"), ("NO_COLOR", "")]);
        assert!(
            empty.wants_colour(ColourChoice::Auto, true),
            "an empty NO_COLOR asks nothing"
        );
        let forced = read(&[("CLICOLOR_FORCE", "1")]);
        assert!(forced.wants_colour(ColourChoice::Auto, false));
        let dumb = read(&[("TERM", "dumb")]);
        assert!(!dumb.wants_colour(ColourChoice::Auto, true));
    }
}
