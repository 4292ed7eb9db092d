//! Tables made from the actions and the key bindings in use: for `dictum keys`, the help, the
//! manual page and the README. Nothing here is written by hand, so none of them can go stale.

use super::action::{Action, Group};
use super::keys::KeyMap;

/// One action as a reference lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The action.
    pub action: Action,
    /// Its keys, the preferred first; empty when only the palette reaches it.
    pub keys: Vec<String>,
    /// What the reader gets.
    pub description: &'static str,
    /// Its heading.
    pub group: Group,
}

/// Every action, group by group, in the order of the action table.
#[must_use]
pub fn keys_table(keys: &KeyMap) -> Vec<KeyRow> {
    Group::ALL
        .into_iter()
        .flat_map(|group| Action::ALL.iter().filter(move |a| a.group() == group))
        .map(|&action| KeyRow {
            action,
            keys: keys.keys_for(action),
            description: action.description(),
            group: action.group(),
        })
        .collect()
}

/// The table in Markdown, for the README and the manual.
#[must_use]
pub fn keys_markdown(keys: &KeyMap) -> String {
    let mut out = String::from("| Keys | Action | What it does |\n|---|---|---|\n");
    for row in keys_table(keys) {
        let codes: Vec<String> = row.keys.iter().map(|k| code(k)).collect();
        out.push_str(&format!(
            "| {} | {} | {} |\n",
            codes.join(" "),
            row.action,
            row.description
        ));
    }
    out
}

/// A key as code in a cell of a Markdown table; a bar would end the cell.
fn code(key: &str) -> String {
    format!("`{}`", key.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_lists_every_action_once_by_group() {
        let rows = keys_table(&KeyMap::built_in().unwrap());
        assert_eq!(rows.len(), Action::ALL.len());
        assert!(rows.windows(2).all(|w| w[0].group <= w[1].group));
        for &action in Action::ALL {
            assert_eq!(rows.iter().filter(|r| r.action == action).count(), 1);
        }
    }

    #[test]
    fn markdown_has_three_cells_in_every_row() {
        let text = keys_markdown(&KeyMap::built_in().unwrap());
        assert_eq!(text.lines().count(), Action::ALL.len() + 2);
        for line in text.lines() {
            assert_eq!(line.replace("\\|", "").matches('|').count(), 4, "{line}");
        }
        assert!(text.contains("| `g g` `Home` | top |"));
    }
}
