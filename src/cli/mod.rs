//! The command line: one file per subcommand; the only part that prints.
//!
//! Data goes to standard output, everything else to standard error. A closed pipe is success.

mod args;
mod browse;
mod cache;
mod check;
mod complete;
mod explain;
mod export;
mod extract;
mod facets;
mod filter;
mod import;
mod items;
mod keys;
mod kwic;
mod loading;
mod print;
mod search;
mod show;

pub use args::{Cli, Command, Common};

use crate::error::{Error, Result};
use clap::Parser;
use std::process::ExitCode;

/// How a command ended. The codes are ripgrep's where they have a counterpart there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Found, or done.
    Found,
    /// Nothing matched.
    Nothing,
    /// Wrong usage, or an error of reading or writing.
    Failed,
    /// `check`, or `--strict`, met bad records.
    BadRecords,
    /// Ended by a signal: 128 and its number.
    Signal(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Found => 0,
            Exit::Nothing => 1,
            Exit::Failed => 2,
            Exit::BadRecords => 3,
            Exit::Signal(code) => code,
        })
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap prints help and version to standard output, faults to standard error.
            let shown = error.print();
            let failed = error.use_stderr() || shown.is_err_and(|e| !print::is_closed_pipe(&e));
            return if failed {
                Exit::Failed.into()
            } else {
                Exit::Found.into()
            };
        }
    };
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(Error::Io { source, .. }) if print::is_closed_pipe(&source) => Exit::Found.into(),
        Err(error) => {
            print::complain(&error.to_string());
            Exit::Failed.into()
        }
    }
}

fn run(cli: Cli) -> Result<Exit> {
    let common = &cli.common;
    if let Some(threads) = common.threads {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global();
        pool.map_err(|e| Error::Usage(e.to_string()))?;
    }
    // Settings of one's own may be absent; those asked for by name may not.
    if let Some(path) = &common.config {
        std::fs::metadata(path).map_err(|source| Error::Io {
            what: "cannot read",
            path: path.clone(),
            source,
        })?;
    }
    if let (Some(flag), true) = (cli.browse.given(), cli.command.is_some()) {
        return Err(Error::Usage(format!(
            "{flag} before a command is the browser's: put it behind the command, if it takes it"
        )));
    }
    match cli.command {
        None => browse::run(&cli.browse, common),
        Some(Command::Browse(args)) => browse::run(&args, common),
        Some(Command::Search(args)) => search::run(&args, common),
        Some(Command::Quotes(args)) => items::quotes(&args, common),
        Some(Command::Claims(args)) => items::claims(&args, common),
        Some(Command::Show(args)) => show::run(&args, common),
        Some(Command::Explain(args)) => explain::run(&args, common),
        Some(Command::Extract(args)) => extract::run(&args, common),
        Some(Command::Export(args)) => export::run(&args, common),
        Some(Command::Import(args)) => import::run(&args, common),
        Some(Command::Check(args)) => check::run(&args, common),
        Some(Command::Facets(args)) => facets::run(&args, common),
        Some(Command::Kwic(args)) => kwic::run(&args, common),
        Some(Command::Cache { task }) => cache::run(task, common),
        Some(Command::Keys(args)) => keys::run(&args),
        Some(Command::Completions { shell }) => complete::completions(shell),
        Some(Command::Man) => complete::man(),
    }
}
