//! Plain text to learn from: JSON lines, perhaps compressed, with `id` and `text`.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Of the speeches in the United Nations one in so many is read: they are five sixths of the corpus, and few of the
/// statements people read are like them.
const SPEECHES: usize = 5;

/// Calls `each` with the text of every line, most speeches aside.
pub fn read(path: &Path, mut each: impl FnMut(&str)) -> Result<()> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let plain: Box<dyn Read> = if path.extension().is_some_and(|e| e == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut speeches = 0;
    for line in BufReader::new(plain).lines() {
        let line: serde_json::Value = serde_json::from_str(&line?)?;
        if line["id"]
            .as_str()
            .is_some_and(|id| id.starts_with("ungdc"))
        {
            speeches += 1;
            if speeches % SPEECHES != 0 {
                continue;
            }
        }
        each(line["text"].as_str().unwrap_or_default());
    }
    Ok(())
}
