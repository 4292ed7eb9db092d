//! A file name from a title. Must give nothing that a shell, a path or another system would take
//! for more than a name.

use crate::text::fold::without_accents;

/// Most bytes of a name, with number and extension.
const MOST: usize = 120;
/// What a name is made of when the title gives nothing.
const FALLBACK: &str = "passages";

/// A safe file name from a title: `[A-Za-z0-9._-]`, at most 120 bytes, no leading dot or dash, no
/// name of a device; `nth` above 1 adds `-nth`. `extension` goes in as far as its letters and
/// digits.
#[must_use]
pub fn suggested_name(title: &str, extension: &str, nth: usize) -> String {
    let mut ending = String::new();
    if nth > 1 {
        ending = format!("-{nth}");
    }
    let extension = extension.chars().filter(char::is_ascii_alphanumeric);
    ending.push('.');
    ending.extend(extension.take(MOST / 4));
    let ending = ending.trim_end_matches('.');
    let mut stem = slug(title);
    if stem.is_empty() {
        stem.push_str(FALLBACK);
    } else if is_device(&stem) {
        stem = format!("{FALLBACK}-{stem}");
    }
    stem.truncate(MOST - ending.len());
    format!("{}{ending}", trimmed(&stem))
}

/// Letters, digits, dots and underscores of the title, runs of all else as one dash.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    // No name is longer, so no more of a long title is read: a letter may fold to several.
    for c in without_accents(&title.chars().take(4 * MOST).collect::<String>()).chars() {
        if c.is_ascii_alphanumeric() || c == '_' || (c == '.' && !slug.ends_with('.')) {
            slug.push(c);
        } else if !slug.ends_with(['-', '.']) && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
        if slug.len() > MOST {
            break;
        }
    }
    trimmed(&slug).to_owned()
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(['.', '-'])
}

/// True for what Windows takes for a device, whatever follows the first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let stem = stem.trim_end_matches('-').to_ascii_uppercase();
    let numbered = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"))
        .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    numbered
        || matches!(
            stem.as_str(),
            "CON" | "PRN" | "AUX" | "NUL" | "CONIN" | "CONOUT"
        )
}
