//! `dictum keys`: the keys of the browser, as they are bound now.

use super::Exit;
use super::args::{Common, KeysArgs, KeysFormat, When};
use super::print::Out;
use crate::config::KeyMap;
use crate::config::paths::keys_file;
use crate::config::reference::{keys_markdown, keys_table};
use crate::error::Result;
use serde_json::json;

/// Runs it.
///
/// # Errors
/// When the user's key table is wrong, or the output fails.
pub fn run(args: &KeysArgs) -> Result<Exit> {
    let keys = KeyMap::load(keys_file().as_deref())?;
    let plain = Common {
        map: Vec::new(),
        color: When::Never,
        config: None,
        threads: None,
        max_memory: None,
        no_cache: true,
        quiet: false,
        verbose: false,
        log: None,
        strict: false,
    };
    let mut out = Out::new(&plain);
    let format = if args.json {
        KeysFormat::Json
    } else {
        args.format
    };
    match format {
        KeysFormat::Markdown => {
            for line in keys_markdown(&keys).lines() {
                out.line(line)?;
            }
        }
        KeysFormat::Json => {
            for row in keys_table(&keys) {
                out.line(
                    &json!({ "schema": 1, "action": row.action.name(), "keys": row.keys,
                                  "description": row.description, "group": row.group.name() })
                    .to_string(),
                )?;
            }
        }
        KeysFormat::Text => {
            let mut group = None;
            for row in keys_table(&keys) {
                if group != Some(row.group) {
                    group = Some(row.group);
                    out.line(row.group.name())?;
                }
                out.line(&format!(
                    "  {:<12} {:<18} {}",
                    row.keys.join(" "),
                    row.action.name(),
                    row.description
                ))?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Found)
}
