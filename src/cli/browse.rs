//! `dictum [PATH…]`: opens the browser.

use super::Exit;
use super::args::{BrowseArgs, Cli, Common, Folding, When};
use super::loading::{cache, inputs, options_to_keep, query};
use crate::config::paths::{data_folder, keys_file};
use crate::config::{ColourChoice, Environment, Glyphs, KeyMap, Settings, Theme, nearest};
use crate::error::{Error, Result};
use crate::tui::state::Look;
use crate::tui::{self, Start};
use clap::CommandFactory;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Runs it.
///
/// # Errors
/// When there is no terminal, or a file of the user's own is wrong.
pub fn run(args: &BrowseArgs, common: &Common) -> Result<Exit> {
    there(&args.paths)?;
    if !std::io::stdout().is_terminal() {
        return Err(Error::Usage(
            "standard output is not a terminal: use `dictum search`, `dictum quotes`, `dictum claims` or \
             `dictum export` there"
                .into(),
        ));
    }
    let line = args.query.clone().unwrap_or_default();
    query(&line, Folding::default())?;
    let mut settings = Settings::load(common.config.as_deref())?;
    if let Some(theme) = &args.theme {
        settings.theme.clone_from(theme);
    }
    crate::export::Style::named(&settings.citation_style)?;
    settings.ascii |= args.ascii;
    settings.mouse &= !args.no_mouse;
    settings.fold |= args.fold;
    let choice = match common.color {
        When::Auto => ColourChoice::Auto,
        When::Always => ColourChoice::Always,
        When::Never => ColourChoice::Never,
    };
    let theme = Theme::load(&settings.theme)?;
    let colour = Environment::of_process().wants_colour(choice, true);
    let look = Look {
        theme: if colour {
            theme
        } else {
            theme.without_colour()
        },
        glyphs: Glyphs::choose(settings.ascii),
        ascii: settings.ascii,
        keys: KeyMap::load(keys_file().as_deref())?,
    };
    let started = tui::run(Start {
        inputs: inputs(&args.paths),
        load: options_to_keep(common)?,
        cache: cache(&args.paths, common),
        settings,
        look,
        query: line,
        collection: args.basket.clone().or_else(default_basket),
        panic_on: args.panic_on,
    })?;
    Ok(started
        .and_then(|code| u8::try_from(code).ok())
        .map_or(Exit::Found, Exit::Signal))
}

/// An error when nothing that was named is there, or when the first of it looks like a command
/// with a slip: an empty browser would explain neither.
fn there(paths: &[PathBuf]) -> Result<()> {
    let is_there = |path: &PathBuf| path.as_os_str() == "-" || path.symlink_metadata().is_ok();
    let Some(first) = paths.first().filter(|path| !is_there(path)) else {
        return Ok(());
    };
    let name = first.to_string_lossy();
    let commands: Vec<String> = Cli::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    let near = nearest(&name, commands.iter().map(String::as_str));
    if near.is_none() && paths.iter().any(is_there) {
        return Ok(());
    }
    let hint = near.map_or_else(
        || "; `dictum --help` lists the commands".to_owned(),
        |near| format!("; did you mean `dictum {near}`?"),
    );
    Err(Error::Usage(format!(
        "there is no file, folder or command `{name}`{hint}"
    )))
}

/// Where marks are kept, in a folder that is made when it is not there.
pub fn default_basket() -> Option<PathBuf> {
    let folder = data_folder().ok()?;
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("collection.json"))
}
