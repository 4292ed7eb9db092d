//! What the user can set: the table of actions, key bindings, themes, glyphs, settings, folders.
//!
//! Plain data and its readers. Knows nothing of a terminal library: the browser turns these into
//! what it draws with, and the command line prints them.

pub mod action;
mod aliases;
mod file;
pub mod glyphs;
pub mod key;
pub mod keys;
pub mod memory;
mod nearest;
pub mod paths;
pub mod reference;
pub mod settings;
pub mod theme;

pub use action::{Action, Context, Contexts, Group, Hint};
pub use aliases::own_aliases;
pub use glyphs::Glyphs;
pub use key::{Code, Key};
pub use keys::{KeyMap, Match};
pub use nearest::nearest;
pub use settings::{ColourChoice, Confidence, Environment, Measure, Settings};
pub use theme::{Colour, Role, Style, Theme};
