//! Names by which others can speak of a passage: the same for the same passage on every machine and
//! in every run. Must not use a clock or chance.

use crate::export::citation::offsets;
use crate::model::{Passage, PassageKind, fingerprint};

/// `statement#start-end` in code points. What is no quote says so behind a slash, since a claim or a
/// hit may stand in the same place as a quote.
#[must_use]
pub fn place_id(passage: &Passage) -> String {
    let place = format!("{}#{}", passage.statement, offsets(passage));
    match passage.kind {
        PassageKind::Direct | PassageKind::Mixed | PassageKind::Indirect | PassageKind::Scare => {
            place
        }
        kind => match &passage.claim_type {
            Some(claim) => format!("{place}/{}-{claim}", kind.name()),
            None => format!("{place}/{}", kind.name()),
        },
    }
}

/// A UUID made from `what` (version 8: of the maker's own recipe), lower case, without a prefix.
#[must_use]
pub fn uuid(what: &str) -> String {
    let hex = fingerprint(what);
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or("0");
    format!(
        "{}-{}-8{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// A key of letters, digits, `.`, `_` and `-` alone, for formats that allow no more; what gets lost
/// on the way is made up for by a part of a hash, so that two places never share a key.
#[must_use]
pub fn key(passage: &Passage) -> String {
    safe(&place_id(passage))
}

/// The same for a statement, as the name of a file: it does not begin with a dot.
#[must_use]
pub fn statement_key(statement: &str) -> String {
    let key = safe(statement);
    if key.starts_with('.') {
        format!("-{key}")
    } else {
        key
    }
}

fn safe(id: &str) -> String {
    let mut key: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') {
                c
            } else {
                '-'
            }
        })
        .take(80)
        .collect();
    if key != id {
        let hash = fingerprint(id);
        key.push('-');
        key.push_str(hash.get(..8).unwrap_or(&hash));
    }
    key
}

/// The address of the statement where it is one of the web, else a name made of its id.
#[must_use]
pub fn iri(passage: &Passage) -> String {
    match passage.url.as_deref().filter(|url| is_web(url)) {
        Some(url) => percent_encoded(url, |c| !c.is_whitespace() && !"<>\"{}|\\^`".contains(c)),
        None => {
            let id = percent_encoded(&passage.statement, |c| {
                c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
            });
            format!("urn:dictum:{id}")
        }
    }
}

/// True for what may be linked.
#[must_use]
pub fn is_web(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(s, _)| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

fn percent_encoded(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if keep(c) && !c.is_control() {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}
