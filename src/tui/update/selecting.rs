//! Moving the end of a selection: by characters, by words, to the ends of a row.

use crate::text::shown::glyphs;
use crate::text::words::for_each_word;
use crate::tui::reader::Reader;
use std::sync::Arc;

/// Moves the cursor by glyphs.
pub fn step_glyphs(reader: &mut Reader, by: isize, height: usize) {
    let mut at = reader.cursor;
    for _ in 0..by.unsigned_abs() {
        at = if by > 0 {
            next_glyph(&reader.body, at)
        } else {
            previous_glyph(&reader.body, at)
        };
    }
    reader.go_to(at.min(last_glyph(&reader.body)), height);
}

/// Moves the cursor to the start of the `by`th word on (or back).
pub fn step_words(reader: &mut Reader, by: isize, height: usize) {
    // Words are looked for in a window round the cursor: a jump costs the same in any text.
    const WINDOW: usize = 4096;
    let body = Arc::clone(&reader.body);
    let mut at = reader.cursor;
    for _ in 0..by.unsigned_abs() {
        let (from, to) = if by > 0 {
            (at, at + WINDOW)
        } else {
            (at.saturating_sub(WINDOW), at)
        };
        let (from, to) = (body.floor_char_boundary(from), body.floor_char_boundary(to));
        let mut starts = Vec::new();
        for_each_word(body.get(from..to).unwrap_or(""), |_, span| {
            starts.push(from + span.begin())
        });
        let next = if by > 0 {
            starts.into_iter().find(|s| *s > at)
        } else {
            starts.into_iter().rfind(|s| *s < at)
        };
        at = next.unwrap_or(if by > 0 { last_glyph(&body) } else { 0 });
    }
    reader.go_to(at, height);
}

/// Moves the cursor to the first or last glyph of its row.
pub fn row_edge(reader: &mut Reader, last: bool) {
    let Some(row) = reader.rows.get(reader.cursor_row()) else {
        return;
    };
    reader.cursor = if last {
        previous_glyph(&reader.body, row.finish()).max(row.begin())
    } else {
        row.begin()
    };
}

fn next_glyph(body: &str, at: usize) -> usize {
    body.get(at..)
        .and_then(|rest| glyphs(rest).next())
        .map_or(at, |g| at + g.source.finish())
}

fn previous_glyph(body: &str, at: usize) -> usize {
    // A cluster is at most a few dozen bytes; look at a little more than that.
    let from = body.floor_char_boundary(at.saturating_sub(128));
    let before = body.get(from..at).unwrap_or("");
    glyphs(before).last().map_or(0, |g| from + g.source.begin())
}

fn last_glyph(body: &str) -> usize {
    previous_glyph(body, body.len())
}
