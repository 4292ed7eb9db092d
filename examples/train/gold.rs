//! Gold attributions as ranges of the library's own words.

use anyhow::{Context, Result};
use dictum::extract::training::Document;
use serde_json::Value;
use std::ops::Range;

/// One attribution; ranges are of words.
#[derive(Clone, Debug)]
pub struct Attribution {
    pub source: Vec<Range<usize>>,
    pub cue: Vec<Range<usize>>,
    pub content: Vec<Range<usize>>,
}

/// One article.
pub struct Article {
    pub text: String,
    pub spans: Vec<[Vec<(usize, usize)>; 3]>,
}

pub fn read(path: &str) -> Result<Vec<Article>> {
    let file = std::fs::read_to_string(path).with_context(|| path.to_owned())?;
    let mut out = Vec::new();
    for line in file.lines().filter(|l| !l.trim().is_empty()) {
        let d: Value = serde_json::from_str(line)?;
        let text = d["text"].as_str().unwrap_or_default().to_owned();
        let mut bytes: Vec<usize> = text.char_indices().map(|(b, _)| b).collect();
        bytes.push(text.len());
        let spans = |v: &Value| -> Vec<(usize, usize)> {
            v.as_array()
                .into_iter()
                .flatten()
                .map(|s| {
                    (
                        bytes[s[0].as_u64().unwrap_or(0) as usize],
                        bytes[s[1].as_u64().unwrap_or(0) as usize],
                    )
                })
                .collect()
        };
        let list = d["attributions"].as_array().cloned().unwrap_or_default();
        out.push(Article {
            spans: list
                .iter()
                .map(|a| [spans(&a["source"]), spans(&a["cue"]), spans(&a["content"])])
                .collect(),
            text,
        });
    }
    Ok(out)
}

/// The words that a span of bytes touches.
pub fn words(doc: &Document<'_>, (s, e): (usize, usize)) -> Range<usize> {
    let first = doc.words.partition_point(|w| w.span.finish() <= s);
    let end = doc.words.partition_point(|w| w.span.begin() < e);
    first..end.max(first)
}

impl Article {
    pub fn attributions(&self, doc: &Document<'_>) -> Vec<Attribution> {
        self.spans
            .iter()
            .map(|s| {
                let role = |r: usize| -> Vec<Range<usize>> {
                    s[r].iter()
                        .map(|x| words(doc, *x))
                        .filter(|r| !r.is_empty())
                        .collect()
                };
                Attribution {
                    source: role(0),
                    cue: role(1),
                    content: role(2),
                }
            })
            .collect()
    }
}
