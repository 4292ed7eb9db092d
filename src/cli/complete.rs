//! `dictum completions` and `dictum man`: made from the arguments and the key table.

use super::Exit;
use super::args::Cli;
use crate::config::KeyMap;
use crate::config::reference::keys_table;
use crate::error::{Error, Result};
use clap::CommandFactory;
use std::io::{self, Write};

/// Prints completions.
///
/// # Errors
/// When the output fails.
pub fn completions(shell: clap_complete::Shell) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dictum", &mut script);
    io::stdout().write_all(&script).map_err(failed)?;
    Ok(Exit::Found)
}

/// Prints the manual page, with the keys.
///
/// # Errors
/// When the output fails, or the key table is wrong.
pub fn man() -> Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(failed)?;
    page.extend_from_slice(b".SH KEYS\n");
    for row in keys_table(&KeyMap::built_in()?) {
        let keys = row.keys.join(" ").replace('\\', "\\\\").replace('-', "\\-");
        // A line that begins with a dot or a quote would be a request.
        page.extend_from_slice(
            format!(
                ".TP\n\\&{keys}\n{} ({})\n",
                row.description,
                row.action.name()
            )
            .as_bytes(),
        );
    }
    io::stdout().write_all(&page).map_err(failed)?;
    Ok(Exit::Found)
}

fn failed(source: io::Error) -> Error {
    Error::Io {
        what: "cannot write",
        path: "standard output".into(),
        source,
    }
}
