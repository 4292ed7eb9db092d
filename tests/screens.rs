//! Every screen at four sizes: what is drawn, and in which styles, in colour and without.
//!
//! The browser's own `update` and `view` run here, on real statements; only the threads are left
//! out: a search is answered on the spot.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "browser/driver.rs"]
mod driver;

use dictum::model::{Hold, IsoDate, Statement};
use driver::{Driver, Paint, sample};

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

/// Draws what `keys` lead to, at every size.
fn screens(name: &str, keys: &str) {
    screens_of(name, keys, sample);
}

/// The same on other statements than the sample's.
fn screens_of(name: &str, keys: &str, statements: impl Fn() -> Vec<Statement>) {
    for (columns, rows) in SIZES {
        let mut driver = Driver::on(columns, rows, Paint::Colour, statements());
        driver.keys(keys);
        insta::assert_snapshot!(format!("{name}-{columns}x{rows}"), driver.text());
    }
}

/// The same, with the style of every cell, in colour and mono.
fn styles(name: &str, keys: &str) {
    styles_of(name, keys, sample);
}

fn styles_of(name: &str, keys: &str, statements: impl Fn() -> Vec<Statement>) {
    for (columns, rows) in SIZES {
        for (paint, label) in [(Paint::Colour, "colour"), (Paint::Mono, "mono")] {
            let mut driver = Driver::on(columns, rows, paint, statements());
            driver.keys(keys);
            insta::assert_snapshot!(format!("{name}-{columns}x{rows}-{label}"), driver.styles());
        }
    }
}

#[test]
fn the_list_of_statements() {
    screens("list", "j");
    styles("list", "j");
}

#[test]
fn the_text_with_its_quotes() {
    screens("reader", "Enter ] ] ] ]");
    styles("reader", "Enter ] ] ] ]");
}

#[test]
fn quotes_and_claims() {
    screens("claims", "3 j j j");
    styles("claims", "3 j j j");
}

#[test]
fn a_search_with_hits() {
    screens("search", "/ \"China export\" Enter n");
    styles("search", "/ \"China export\" Enter n");
}

#[test]
fn a_query_that_is_not_understood() {
    screens("fault", "/ \"speeker:x\"");
    styles("fault", "/ \"speeker:x\"");
}

#[test]
fn a_search_that_finds_nothing() {
    screens("nothing", "/ \"zzyzx\" Enter");
}

#[test]
fn a_selection() {
    screens("selection", "Enter j j v w w w");
    styles("selection", "Enter j j v w w w");
}

#[test]
fn the_help() {
    screens("help", "?");
}

#[test]
fn the_palette_filtered() {
    screens("palette", ": \"exp\"");
    styles("palette", ": \"exp\"");
}

#[test]
fn the_jump() {
    screens("jump", "f \"taiwan\"");
}

#[test]
fn the_speakers() {
    screens("speakers", "g s");
}

#[test]
fn the_facets() {
    screens("facets", "F j j");
}

#[test]
fn the_collection() {
    screens("collection", "Enter ] m ] ] ] m b");
    styles("collection", "Enter ] m ] ] ] m b");
}

#[test]
fn the_export_dialog() {
    screens("export", "Enter ] ] ] ] m e");
}

#[test]
fn the_load_report() {
    screens("report", "!");
}

#[test]
fn a_note_being_typed() {
    screens("note", "Enter ] a \"check this\"");
}

#[test]
fn keys_that_wait_for_more() {
    screens("prefix", "g");
}

#[test]
fn the_zoomed_text() {
    screens("zoom", "Enter z");
}

#[test]
fn the_concordance() {
    screens("concordance", "/ \"china\" Enter K j j");
    styles("concordance", "/ \"china\" Enter K j j");
}

#[test]
fn the_concordance_sorted_by_the_word_on_the_right() {
    screens("concordance-right", "/ \"the\" Enter K s s s s G");
}

#[test]
fn the_words_that_stand_near() {
    screens("near", "/ \"china\" Enter K c j");
    styles("near", "/ \"china\" Enter K c j");
}

#[test]
fn a_concordance_without_lines() {
    screens("concordance-empty", "/ \"zzyzx\" Enter K");
}

/// The sample with its first statement on two sites more, once corrected.
fn repeated() -> Vec<Statement> {
    let mut statements = sample();
    let mut again = statements[0].clone();
    again.id = "again".into();
    let mut corrected = statements[0].clone();
    corrected.id = "corrected".into();
    corrected.body = corrected.body.replacen("commerce", "trade", 1).into();
    statements.extend([again, corrected]);
    statements
}

#[test]
fn statements_that_are_the_same_each_by_itself_and_folded() {
    screens_of("repeated", "", repeated);
    screens_of("folded", "=", repeated);
    styles_of("folded", "=", repeated);
}

/// The sample, each statement held back for a reason of its own or only an excerpt.
fn held() -> Vec<Statement> {
    let mut statements = sample();
    let embargo = Hold::embargo(IsoDate::new("2099-01-01T12:00"));
    let holds = [Some(embargo), Hold::of_status("withheld"), None, None];
    for (statement, hold) in statements.iter_mut().zip(holds) {
        statement.excerpt = hold.is_none();
        statement.hold = hold;
    }
    // Both at once.
    statements[3].hold = Hold::of_status("canceled");
    statements
}

#[test]
fn the_badges_of_what_is_held_back_or_an_excerpt() {
    screens_of("badges", "j", held);
    styles_of("badges", "j", held);
    screens_of("badges-reader", "Enter", held);
    styles_of("badges-reader", "Enter", held);
    screens_of("badges-both", "G Enter", held);
}

#[test]
fn ascii_alone_draws_no_other_character() {
    for (columns, rows) in SIZES {
        let mut driver = Driver::new(columns, rows, Paint::Ascii);
        for keys in [
            "Enter ] ] ] ]",
            "Esc Esc",
            "/ \"China\" Enter",
            "?",
            "Esc",
            "F",
            "Esc b",
            "Esc K",
            "c",
            "Esc e",
        ] {
            driver.keys(keys);
            let text = driver.text();
            assert!(text.is_ascii(), "{keys}: {text}");
        }
        driver.keys("Esc Esc Esc Esc Enter");
        insta::assert_snapshot!(format!("ascii-{columns}x{rows}"), driver.text());
    }
}

#[test]
fn a_terminal_that_is_too_small_says_so() {
    for (columns, rows) in [(19, 40), (80, 5), (9, 1), (1, 1), (0, 0)] {
        let mut driver = Driver::new(columns, rows, Paint::Colour);
        driver.keys("j Enter");
        let text = driver.text();
        assert!(columns < 9 || text.contains("too small"), "{text}");
    }
}

#[test]
fn every_size_can_be_drawn() {
    for columns in (0..130).step_by(7) {
        for rows in (0..45).step_by(4) {
            let mut driver = Driver::new(columns, rows, Paint::Colour);
            for keys in [
                "Enter ]",
                "?",
                "Esc e",
                "Esc m b",
                "Esc f",
                "Esc : \"x\"",
                "Esc / \"a\" Enter v w",
                "F 4 j",
                "K j",
                "c j",
            ] {
                driver.keys(keys);
                let _ = driver.text();
            }
        }
    }
}

#[test]
fn resizing_keeps_the_place() {
    let mut driver = Driver::new(80, 24, Paint::Colour);
    driver.keys("Enter ] ] ] ] ] ] ] ]");
    let cursor = driver.state.reader.as_ref().unwrap().cursor;
    for (columns, rows) in [(40, 12), (200, 60), (61, 15), (80, 24)] {
        driver.resize(columns, rows);
        let reader = driver.state.reader.as_ref().unwrap();
        assert_eq!(reader.cursor, cursor);
        let row = reader.cursor_row();
        let height = driver.state.height(dictum::tui::state::Pane::Reader);
        assert!(
            row >= reader.top && row < reader.top + height,
            "{columns}x{rows}"
        );
    }
}
