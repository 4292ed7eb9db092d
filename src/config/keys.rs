//! Which keys run which action: the table of `assets/keys.toml`, changed by the user's own file.
//!
//! Looks keys up and prints them; must not know what an action does.

use super::action::{Action, Context};
use super::file;
use super::key::{Key, parse_sequence, print_sequence};
use super::nearest::nearest;
use crate::error::Result;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;

const BUILT_IN: &str = include_str!("../../assets/keys.toml");

/// A key table as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    keys: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

/// Keys in a row and the action they run.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Binding {
    keys: Vec<Key>,
    action: Action,
}

/// What keys pressed so far amount to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// They run this.
    Action(Action),
    /// More must follow: what is still to be pressed, and what it then runs.
    Prefix(Vec<(Vec<Key>, Action)>),
    /// They mean nothing here.
    None,
}

/// All key bindings. In one context no two of them start alike, so keys never have two meanings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMap {
    bindings: Vec<Binding>,
}

impl KeyMap {
    /// The bindings the program comes with.
    ///
    /// # Errors
    /// Only when `assets/keys.toml` is wrong, which a test rules out.
    pub fn built_in() -> Result<Self> {
        let none = Self {
            bindings: Vec::new(),
        };
        none.patched(Path::new("assets/keys.toml"), BUILT_IN)
    }

    /// The built-in bindings, changed by the user's file when there is one.
    ///
    /// # Errors
    /// When the file cannot be read, names an unknown action or key, or gives one key two meanings
    /// in one context; the message has the line and the nearest name.
    pub fn load(user: Option<&Path>) -> Result<Self> {
        let built_in = Self::built_in()?;
        match user {
            Some(path) => built_in.patched(path, &file::read(path)?),
            None => Ok(built_in),
        }
    }

    /// These bindings with those of a table in TOML put in place of the same actions' keys.
    ///
    /// # Errors
    /// As [`KeyMap::load`]; `path` is named in the message.
    pub fn patched(mut self, path: &Path, text: &str) -> Result<Self> {
        let table: Table = file::parse(path, text)?;
        let mut given: Vec<(Binding, Range<usize>)> = Vec::new();
        for (name, chords) in table.keys {
            let Some(action) = Action::from_name(name.get_ref()) else {
                let known = Action::ALL.iter().map(|a| a.name());
                let remedy = match nearest(name.get_ref(), known) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "`dictum keys` lists all actions".to_owned(),
                };
                let what = format!("there is no action `{}`", name.get_ref());
                return Err(file::bad(path, text, name.span(), what, remedy));
            };
            self.bindings.retain(|binding| binding.action != action);
            for chord in chords {
                let keys = parse_sequence(chord.get_ref()).map_err(|wrong| {
                    file::bad(
                        path,
                        text,
                        chord.span(),
                        wrong.to_string(),
                        "give another key",
                    )
                })?;
                if keys.contains(&Key::CTRL_C) && (action != Action::Quit || keys.len() > 1) {
                    let what = format!("`{}` always quits", Key::CTRL_C);
                    return Err(file::bad(
                        path,
                        text,
                        chord.span(),
                        what,
                        "give another key",
                    ));
                }
                given.push((Binding { keys, action }, chord.span()));
            }
        }
        for (binding, span) in given {
            if let Some(other) = self.bindings.iter().find(|other| clash(other, &binding)) {
                let what = format!(
                    "`{}` for `{}` clashes with `{}` for `{}`",
                    print_sequence(&binding.keys),
                    binding.action,
                    print_sequence(&other.keys),
                    other.action
                );
                return Err(file::bad(
                    path,
                    text,
                    span,
                    what,
                    format!("give `{}` other keys too, or [] for none", other.action),
                ));
            }
            self.bindings.push(binding);
        }
        let quits = Binding {
            keys: vec![Key::CTRL_C],
            action: Action::Quit,
        };
        if !self.bindings.contains(&quits) {
            self.bindings.push(quits);
        }
        Ok(self)
    }

    /// What `keys`, pressed one after another, amount to where `context` has the focus.
    #[must_use]
    pub fn find(&self, context: Context, keys: &[Key]) -> Match {
        let mut follow = Vec::new();
        for binding in &self.bindings {
            if !binding.action.works_in(context) {
                continue;
            }
            match binding.keys.strip_prefix(keys) {
                Some([]) => return Match::Action(binding.action),
                Some(rest) => follow.push((rest.to_vec(), binding.action)),
                None => {}
            }
        }
        if follow.is_empty() || keys.is_empty() {
            return Match::None;
        }
        follow.sort();
        Match::Prefix(follow)
    }

    /// The keys of `action` as they are written, the preferred first; empty when it has none.
    #[must_use]
    pub fn keys_for(&self, action: Action) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|binding| binding.action == action)
            .map(|binding| print_sequence(&binding.keys))
            .collect()
    }

    /// The first key of `action`, for a hint; `None` when it has none.
    #[must_use]
    pub fn hint_for(&self, action: Action) -> Option<String> {
        self.keys_for(action).into_iter().next()
    }
}

/// True when the two could both be meant by the same keys.
fn clash(one: &Binding, other: &Binding) -> bool {
    one.action.contexts().overlaps(other.action.contexts())
        && (one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        parse_sequence(text).unwrap()
    }

    fn patch(text: &str) -> Result<KeyMap> {
        KeyMap::built_in()
            .unwrap()
            .patched(Path::new("my-keys.toml"), text)
    }

    #[test]
    fn every_action_has_a_key_and_no_two_clash() {
        let map = KeyMap::built_in().unwrap();
        for &action in Action::ALL {
            assert!(!map.keys_for(action).is_empty(), "{action}");
        }
        for (at, one) in map.bindings.iter().enumerate() {
            for other in map.bindings.iter().skip(at + 1) {
                assert!(!clash(one, other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn the_design_s_keys_do_what_it_says() {
        let map = KeyMap::built_in().unwrap();
        for (pressed, name) in [
            ("j", "next-row"),
            ("Down", "next-row"),
            ("k", "previous-row"),
            ("Up", "previous-row"),
            ("h", "pane-left"),
            ("l", "pane-right"),
            ("Tab", "next-pane"),
            ("S-Tab", "previous-pane"),
            ("4", "pane-4"),
            ("g g", "top"),
            ("G", "bottom"),
            ("Home", "top"),
            ("End", "bottom"),
            ("C-d", "half-page-down"),
            ("C-b", "page-up"),
            ("PgDn", "page-down"),
            ("Enter", "open"),
            ("Esc", "back"),
            ("/", "search"),
            ("n", "next-hit"),
            ("N", "previous-hit"),
            ("]", "next-quote"),
            ("{", "previous-claim"),
            ("f", "fuzzy-jump"),
            ("b", "basket"),
            (":", "palette"),
            ("C-p", "palette"),
            ("C-l", "redraw"),
            ("m", "mark"),
            ("Space", "mark"),
            ("M", "mark-all"),
            ("v", "select"),
            ("o", "swap-ends"),
            ("y", "copy"),
            ("Y", "copy-citation"),
            ("e", "export"),
            ("t", "tag"),
            ("a", "note"),
            ("s", "sort-menu"),
            ("F", "toggle-facets"),
            ("z", "zoom"),
            ("w", "measure"),
            ("u", "undo"),
            ("C-r", "redo"),
            ("!", "load-report"),
            ("?", "help"),
            ("F1", "help"),
            ("q", "quit"),
            ("C-c", "quit"),
            ("C-z", "suspend"),
        ] {
            let action = Action::from_name(name).unwrap();
            assert_eq!(
                map.find(Context::Reader, &keys(pressed)),
                Match::Action(action),
                "{pressed}"
            );
        }
    }

    #[test]
    fn a_prefix_lists_what_may_follow_and_a_context_limits() {
        let map = KeyMap::built_in().unwrap();
        let Match::Prefix(follow) = map.find(Context::List, &keys("g")) else {
            panic!("g is a prefix");
        };
        assert!(follow.contains(&(keys("g"), Action::Top)));
        assert!(follow.contains(&(keys("s"), Action::FilterSpeaker)));
        assert_eq!(map.find(Context::List, &keys("o")), Match::None);
        assert_eq!(map.find(Context::List, &keys("g x")), Match::None);
        assert_eq!(map.find(Context::Popup, &keys("/")), Match::None);
        assert_eq!(map.find(Context::List, &[]), Match::None);
    }

    #[test]
    fn a_user_s_file_is_a_patch() {
        let map = patch(
            "[keys]\nsearch = [\"C-s\"]\nnext-row = [\"k\"]\nprevious-row = [\"j\"]\nquit = []\n",
        )
        .unwrap();
        assert_eq!(map.keys_for(Action::Search), ["C-s"]);
        assert_eq!(map.keys_for(Action::NextRow), ["k"]);
        assert_eq!(map.keys_for(Action::PageDown), ["C-f", "PgDn"]);
        assert_eq!(map.keys_for(Action::Quit), ["C-c"], "always quits");
    }

    #[test]
    fn faults_name_the_line_and_the_nearest_name() {
        for (text, parts) in [
            ("[keys]\nsearhc = [\"/\"]\n", ["line 2", "`search`"]),
            ("[keys]\n\nsearch = [\"Entre\"]\n", ["line 3", "`Enter`"]),
            ("[keys]\nsearch = [\"j\"]\n", ["line 2", "next-row"]),
            ("[keys]\nsearch = [\"g\"]\n", ["line 2", "clashes"]),
            ("[keys]\nsearch = [\"C-c\"]\n", ["line 2", "always quits"]),
            ("[keys]\nsearch = 7\n", ["line 2", "my-keys.toml"]),
            ("[kyes]\n", ["line 1", "kyes"]),
            ("[keys\n", ["line", "my-keys.toml"]),
        ] {
            let error = patch(text).unwrap_err().to_string();
            for part in parts {
                assert!(error.contains(part), "{text:?}: {error}");
            }
        }
    }
}
