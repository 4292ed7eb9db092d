//! What keys, mouse and messages do to the browser's state, without threads or a terminal.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::panic)]

#[path = "browser/driver.rs"]
mod driver;

use dictum::config::Action;
use dictum::query::Sort;
use dictum::search::{Item, Results};
use dictum::tui::message::{Effect, ExportScope, Msg};
use dictum::tui::popup::Popup;
use dictum::tui::state::Pane;
use dictum::tui::update::update;
use driver::{Driver, Paint};
use std::time::Duration;

fn browser() -> Driver {
    Driver::new(120, 40, Paint::Colour)
}

/// Ids of the statements listed, in order.
fn listed(driver: &Driver) -> Vec<String> {
    let found = driver.state.found().iter();
    found
        .map(|f| {
            driver
                .state
                .snapshot
                .statement(f.doc)
                .unwrap()
                .id
                .to_string()
        })
        .collect()
}

fn open_id(driver: &Driver) -> String {
    driver.state.open().unwrap().1.id.to_string()
}

#[test]
fn hits_are_gone_to_across_statements_and_back() {
    let mut driver = browser();
    driver.keys("/ \"said\" Enter");
    let first = open_id(&driver);
    let hits = driver.state.reader.as_ref().unwrap().hits.len();
    assert!(listed(&driver).len() > 1 && hits > 0);
    for _ in 1..hits {
        driver.keys("n");
        assert_eq!(open_id(&driver), first);
    }
    driver.keys("n");
    assert_ne!(open_id(&driver), first, "the next statement with a hit");
    assert_eq!(driver.state.reader.as_ref().unwrap().hit, Some(0));
    driver.keys("N");
    assert_eq!(open_id(&driver), first);
    assert_eq!(driver.state.reader.as_ref().unwrap().hit, Some(hits - 1));
}

#[test]
fn a_claim_selects_its_words_and_the_words_their_claim() {
    let mut driver = browser();
    driver.keys("3 j j j");
    let reader = driver.state.reader.as_ref().unwrap();
    let item = reader.items[3].0;
    assert_eq!(reader.item(), Some(item));
    assert_eq!(reader.cursor, reader.item_span().unwrap().begin());
    driver.keys("2 g g G");
    let reader = driver.state.reader.as_ref().unwrap();
    let here = reader.item_at(reader.cursor);
    assert_eq!(reader.item(), here);
    if let Some(item) = here {
        assert_eq!(reader.items[driver.state.items.selected].0, item);
    }
}

#[test]
fn quotes_and_claims_are_gone_to_in_turn() {
    let mut driver = browser();
    driver.keys("Enter ]");
    assert!(matches!(
        driver.state.reader.as_ref().unwrap().item(),
        Some(Item::Quote(0))
    ));
    driver.keys("] ] [");
    assert!(matches!(
        driver.state.reader.as_ref().unwrap().item(),
        Some(Item::Quote(1))
    ));
    driver.keys("g g }");
    assert!(matches!(
        driver.state.reader.as_ref().unwrap().item(),
        Some(Item::Claim(0))
    ));
}

#[test]
fn a_count_repeats_and_a_digit_below_five_is_a_pane() {
    let mut driver = browser();
    driver.keys("5 j");
    assert_eq!(
        driver.state.list.selected,
        driver.state.found().len() - 1,
        "stops at the end"
    );
    driver.keys("2");
    assert_eq!(driver.state.focus, Pane::Reader);
    driver.keys("9 j");
    assert_eq!(driver.state.reader.as_ref().unwrap().cursor_row(), 9);
}

#[test]
fn a_broken_query_keeps_the_last_results() {
    let mut driver = browser();
    driver.keys("/ \"taiwan\"");
    let before = listed(&driver);
    driver.tell(Msg::Paste(" speeker:x".into()));
    assert!(driver.state.search.fault.is_some());
    assert_eq!(listed(&driver), before);
    driver.keys("Esc");
    assert_eq!(driver.state.search.line.text(), "");
    assert_eq!(listed(&driver).len(), 4);
}

#[test]
fn a_stale_answer_is_dropped() {
    let mut driver = browser();
    let before = listed(&driver);
    let ticket = driver.state.search.ticket - 1;
    update(
        &mut driver.state,
        Msg::Results {
            ticket,
            results: Results::default(),
            took: Duration::ZERO,
        },
    );
    assert_eq!(listed(&driver), before);
}

#[test]
fn a_speaker_and_a_type_narrow_through_the_query_line() {
    let mut driver = browser();
    driver.keys("g t \"demand\" Enter");
    assert_eq!(driver.state.search.line.text(), "type:demand ");
    let demands = listed(&driver).len();
    assert!((1..=4).contains(&demands));
    driver.keys("g t \"threat\" Enter");
    assert_eq!(
        driver.state.search.line.text(),
        "type:threat ",
        "another type takes its place"
    );
    assert!(listed(&driver).len() < 4, "not every statement threatens");
    driver.keys("Esc");
    assert_eq!(driver.state.search.line.text(), "");
    driver.keys("g s Enter");
    assert!(driver.state.search.line.text().starts_with("speaker:"));
}

#[test]
fn sorting_turns_and_keeps_the_open_statement() {
    let mut driver = browser();
    driver.keys("j");
    let open = open_id(&driver);
    driver.keys("s");
    assert_eq!(driver.state.search.sort, Sort::Newest);
    let dates: Vec<String> = driver
        .state
        .found()
        .iter()
        .filter_map(|f| {
            driver
                .state
                .snapshot
                .statement(f.doc)?
                .date
                .as_ref()
                .map(|d| d.value.to_string())
        })
        .collect();
    assert!(dates.windows(2).all(|w| w[0] >= w[1]), "{dates:?}");
    assert_eq!(open_id(&driver), open);
    assert_eq!(listed(&driver)[driver.state.list.selected], open);
}

#[test]
fn a_selection_becomes_a_passage_with_its_exact_words() {
    let mut driver = browser();
    driver.keys("Enter v w w w h h m");
    let passage = driver.state.collection.iter().next().unwrap().clone();
    let (_, statement, _) = driver.state.open().unwrap();
    let place = &passage.places[0];
    let words: String = statement
        .body
        .chars()
        .skip(place.start)
        .take(place.end - place.start)
        .collect();
    assert_eq!(passage.exact(), words);
    assert!(!words.is_empty() && driver.state.reader.as_ref().unwrap().anchor.is_none());
}

#[test]
fn marks_notes_and_tags_are_undone_one_by_one() {
    let mut driver = browser();
    driver.keys("Enter ] m a \"look\" Enter t \"trade, asia\" Enter");
    let passage = driver.state.collection.iter().next().unwrap();
    assert_eq!(
        (passage.note.as_str(), passage.tags.as_slice()),
        ("look", ["trade".to_owned(), "asia".to_owned()].as_slice())
    );
    driver.keys("u");
    assert!(
        driver
            .state
            .collection
            .iter()
            .next()
            .unwrap()
            .tags
            .is_empty()
    );
    driver.keys("u u");
    assert!(driver.state.collection.is_empty());
    driver.keys("C-r C-r C-r");
    assert_eq!(driver.state.collection.iter().next().unwrap().tags.len(), 2);
}

#[test]
fn the_mouse_scrolls_selects_and_focuses() {
    let mut driver = browser();
    driver.tell(Msg::Click {
        column: 50,
        row: 10,
    });
    assert_eq!(driver.state.focus, Pane::Reader);
    driver.tell(Msg::Wheel {
        column: 50,
        row: 10,
        rows: 3,
    });
    assert_eq!(driver.state.reader.as_ref().unwrap().top, 3);
    driver.tell(Msg::Click { column: 3, row: 4 });
    assert_eq!(
        (driver.state.focus, driver.state.list.selected),
        (Pane::List, 1)
    );
    let effects = {
        driver.keys("g m");
        update(&mut driver.state, Msg::Tick)
    };
    assert!(!driver.state.mouse && effects.is_empty());
}

#[test]
fn an_export_keeps_the_order_and_the_filter_of_the_screen() {
    let mut driver = browser();
    driver.keys("s / \"China\" Enter e");
    let Some(Popup::Export(dialog)) = &driver.state.popup else {
        panic!("no dialog")
    };
    assert!(!dialog.preview.is_empty());
    // From the quotes of this statement on to those of all results.
    driver.keys("l l");
    let effects = update(&mut driver.state, Msg::Key("Enter".parse().unwrap()));
    let job = effects
        .into_iter()
        .find_map(|e| {
            if let Effect::Export(job) = e {
                Some(job)
            } else {
                None
            }
        })
        .unwrap();
    assert!(matches!(job.scope, ExportScope::Quotes));
    assert_eq!(job.results.found, driver.state.found());
    assert_eq!(job.query, driver.state.query());
}

#[test]
fn escape_goes_back_one_step_at_a_time() {
    let mut driver = browser();
    driver.keys("/ \"China\" Enter 2 z v");
    driver.keys("Esc");
    assert!(driver.state.reader.as_ref().unwrap().anchor.is_none() && driver.state.zoom);
    driver.keys("Esc");
    assert!(!driver.state.zoom && driver.state.focus == Pane::Reader);
    driver.keys("Esc");
    assert_eq!(
        (driver.state.focus, driver.state.search.line.text()),
        (Pane::List, "China")
    );
    driver.keys("Esc");
    assert_eq!(driver.state.search.line.text(), "");
}

#[test]
fn more_statements_loaded_leave_the_reader_where_it_is() {
    let mut driver = browser();
    driver.keys("j Enter 9 j");
    let (open, cursor) = (
        open_id(&driver),
        driver.state.reader.as_ref().unwrap().cursor,
    );
    let segments: Vec<_> = driver
        .state
        .snapshot
        .segments()
        .map(|(_, s)| std::sync::Arc::clone(s))
        .collect();
    for segment in segments {
        driver.tell(Msg::Segment(segment));
    }
    driver.tell(Msg::Tick);
    assert_eq!(driver.state.found().len(), 8);
    assert_eq!(
        (
            open_id(&driver),
            driver.state.reader.as_ref().unwrap().cursor
        ),
        (open, cursor)
    );
}

#[test]
fn every_command_of_the_palette_runs_from_every_pane() {
    for action in Action::ALL {
        for pane in ["1", "2", "3", "4", "b"] {
            let mut driver = browser();
            driver.keys(pane);
            driver.keys("Esc");
            if pane != "b" {
                driver.keys(pane);
            }
            driver.keys(":");
            driver.keys(&format!("\"{}\" Enter", action.name().replace('-', " ")));
            let _ = driver.text();
        }
    }
}

#[test]
fn a_paste_goes_into_the_line_being_typed_and_nowhere_else() {
    let mut driver = browser();
    driver.tell(Msg::Paste("q\nquit".into()));
    assert!(driver.state.search.line.text().is_empty());
    driver.keys("/");
    driver.tell(Msg::Paste("rare\u{1b}[31m earths\nq".into()));
    assert!(
        driver.state.search.editing && !driver.state.search.line.text().contains(['\n', '\u{1b}'])
    );
}

/// The effects of one key.
fn effects_of(driver: &mut Driver, key: &str) -> Vec<Effect> {
    update(&mut driver.state, Msg::Key(key.parse().unwrap()))
}

fn exports(effects: &[Effect]) -> usize {
    effects
        .iter()
        .filter(|e| matches!(e, Effect::Export(_)))
        .count()
}

#[test]
fn a_file_was_replaced_by_pressing_enter_on_a_question_nobody_could_see() {
    let mut driver = Driver::new(80, 24, Paint::Colour);
    driver.keys("Enter ] m e");
    assert_eq!(exports(&effects_of(&mut driver, "Enter")), 1);
    // It is being written: nothing is started twice.
    assert_eq!(exports(&effects_of(&mut driver, "Enter")), 0);
    driver.tell(Msg::AskReplace);
    for words in ["a file of that name is there", "y replaces it"] {
        assert!(driver.text().contains(words), "{}", driver.text());
    }
    assert_eq!(exports(&effects_of(&mut driver, "Enter")), 0);
    assert!(driver.text().contains("nothing was written"));
    assert_eq!(exports(&effects_of(&mut driver, "Enter")), 1);
    driver.tell(Msg::AskReplace);
    assert_eq!(exports(&effects_of(&mut driver, "y")), 1);
    driver.tell(Msg::Exported {
        count: 1,
        path: "collection.md".into(),
        left_out: None,
    });
    assert!(driver.state.popup.is_none(), "the dialog closes");
    assert!(
        driver
            .text()
            .contains("exported 1 passages to collection.md")
    );
}

#[test]
fn an_export_says_what_the_file_lacks() {
    let mut driver = Driver::new(120, 40, Paint::Colour);
    driver.keys("Enter ] m e");
    driver.tell(Msg::Exported {
        count: 2,
        path: "a.md".into(),
        left_out: Some("left out 1: b (withheld)".into()),
    });
    let told = "exported 2 passages, left out 1: b (withheld); to a.md";
    assert!(driver.text().contains(told), "{}", driver.text());
    assert!(driver.state.notice.as_ref().unwrap().failed);
}

#[test]
fn messages_were_lost_behind_the_collection() {
    let mut driver = Driver::new(80, 24, Paint::Colour);
    driver.keys("Enter ] m b u");
    assert!(
        driver.text().contains("undone: 0 marked"),
        "{}",
        driver.text()
    );
}

#[test]
fn the_query_of_the_command_line_was_only_written_into_the_line() {
    let mut driver = browser();
    let all = listed(&driver).len();
    driver.tell(Msg::Begin("taiwan".into()));
    assert!((1..all).contains(&listed(&driver).len()));
    assert!(!driver.state.reader.as_ref().unwrap().hits.is_empty());
    driver.tell(Msg::Begin("speeker:x".into()));
    assert!(driver.state.notice.as_ref().unwrap().failed);
}

#[test]
fn marking_all_was_undone_mark_by_mark() {
    let mut driver = browser();
    driver.keys("Enter ] m M");
    let all = driver.state.collection.len();
    assert!(all > 2);
    driver.keys("u");
    assert_eq!(driver.state.collection.len(), 1);
    driver.keys("C-r");
    assert_eq!(driver.state.collection.len(), all);
    driver.keys("M");
    assert_eq!(driver.state.collection.len(), 0, "all are there: all go");
    driver.keys("u");
    assert_eq!(driver.state.collection.len(), all);
}

#[test]
fn marking_all_says_of_what() {
    let mut driver = browser();
    driver.keys("M");
    assert!(driver.text().contains("marks of this statement added"));
    driver.keys("M / \"china\" Enter M");
    assert!(
        driver.text().contains("marks of the results added"),
        "{}",
        driver.text()
    );
    let help = Action::MarkAll.description();
    assert!(
        help.contains("matches the query") && help.contains("this statement"),
        "{help}"
    );
}

#[test]
fn the_collection_showed_neither_tags_nor_notes_nor_its_keys() {
    for (columns, rows) in [(40, 12), (80, 24), (200, 60)] {
        let mut driver = Driver::new(columns, rows, Paint::Colour);
        driver.keys("Enter ] m a \"look\" Enter t \"asia\" Enter ] ] m b");
        let text = driver.text();
        assert!(text.contains("#asia  note: look"), "{text}");
        assert!(text.contains("Esc close"), "{text}");
        driver.keys("9 j");
        let _ = driver.text();
    }
    let mut driver = Driver::new(80, 24, Paint::Colour);
    driver.keys("Enter ] m b");
    assert!(driver.text().contains("m take out"), "{}", driver.text());
}

#[test]
fn a_filter_by_type_did_not_show_what_it_found() {
    let mut driver = browser();
    driver.keys("g t \"demand\" Enter");
    let claim = |driver: &Driver| {
        let (reader, statement, extraction) = driver.state.open().unwrap();
        let Some(Item::Claim(n)) = reader.item() else {
            panic!("no claim is gone to: {:?}", reader.item())
        };
        let claim = &extraction.unwrap().claims[n];
        assert_eq!(claim.kind.name(), "demand");
        assert_eq!(reader.cursor, claim.span.begin());
        assert_eq!(
            reader.items[driver.state.items.selected].0,
            Item::Claim(n),
            "the claims pane follows"
        );
        (statement.id.to_string(), n)
    };
    let first = claim(&driver);
    driver.keys("n");
    let second = claim(&driver);
    assert_ne!(first, second);
    driver.keys("N");
    assert_eq!(claim(&driver), first);
    driver.keys("m");
    let marked = driver.state.collection.iter().next().unwrap();
    assert_eq!(marked.claim_type.as_deref(), Some("demand"));
}

#[test]
fn the_claims_pane_stayed_at_the_top_whatever_was_read() {
    let mut driver = browser();
    driver.keys("/ \"said\" Enter n n n");
    let reader = driver.state.reader.as_ref().unwrap();
    assert!(reader.cursor > 0);
    let (_, span) = reader.items[driver.state.items.selected];
    assert!(span.begin() <= reader.cursor && driver.state.items.selected > 0);
}

#[test]
fn a_hit_come_to_is_marked_and_not_the_quote_gone_to_before() {
    let mut driver = browser();
    driver.keys("/ \"china\" Enter ] ] n m");
    let marked = driver.state.collection.iter().next().unwrap();
    assert_eq!(marked.kind, dictum::model::PassageKind::Hit);
}

#[test]
fn marks_were_not_shown_among_quotes_and_claims() {
    let mut driver = Driver::new(120, 40, Paint::Ascii);
    driver.keys("3 j");
    assert!(!driver.text().contains(">*c1"));
    driver.keys("m");
    assert!(driver.text().contains(">*c1"), "{}", driver.text());
    driver.keys("m");
    assert!(!driver.text().contains("*c1"));
}

#[test]
fn an_export_of_this_statement_ignored_the_filter() {
    let mut driver = browser();
    driver.keys("g t \"demand\" Enter e");
    let Some(Popup::Export(dialog)) = &driver.state.popup else {
        panic!("no dialog")
    };
    let (_, _, extraction) = driver.state.open().unwrap();
    let demands = extraction
        .unwrap()
        .claims
        .iter()
        .filter(|c| c.kind.name() == "demand");
    assert_eq!(dialog.count, Some(demands.count()));
    assert!(
        driver
            .text()
            .contains("claims of this statement that match"),
        "{}",
        driver.text()
    );
}

#[test]
fn a_capital_that_hides_everything_is_said() {
    let mut driver = browser();
    driver.keys("/ \"CHina\" Enter");
    assert!(listed(&driver).is_empty());
    assert!(
        driver.text().contains("a capital or an accent"),
        "{}",
        driver.text()
    );
}

#[test]
fn a_statement_can_be_cited_where_no_passage_is() {
    let mut driver = browser();
    let copied = |effects: Vec<Effect>| {
        effects.into_iter().find_map(|e| match e {
            Effect::Copy { text, .. } => Some(text),
            _ => None,
        })
    };
    assert_eq!(copied(effects_of(&mut driver, "y")), None, "in the list");
    assert!(driver.text().contains("cites the statement"));
    let cited = copied(effects_of(&mut driver, "Y")).unwrap();
    assert!(cited.starts_with('“'), "{cited}");
    assert!(
        cited.contains("October 12, 2025") && cited.ends_with("] 00-mofcom-export-controls."),
        "{cited}"
    );
}

#[test]
fn escape_stops_the_load_before_it_drops_the_query() {
    let mut driver = browser();
    driver.keys("/ \"china\" Enter");
    driver.state.loading.done = false;
    let effects = effects_of(&mut driver, "Esc");
    assert!(effects.iter().any(|e| matches!(e, Effect::StopLoading)));
    assert_eq!(driver.state.search.line.text(), "china");
    driver.keys("Esc");
    assert_eq!(driver.state.search.line.text(), "");
}

#[test]
fn a_second_speaker_of_the_facets_took_the_place_of_the_first() {
    let mut driver = browser();
    driver.keys("F j");
    let all = listed(&driver);
    driver.keys("Space");
    let one = driver.state.search.line.text().to_owned();
    assert!(one.starts_with("speaker:") && !one.contains(','), "{one}");
    driver.keys("j Enter");
    let two = driver.state.search.line.text().to_owned();
    assert!(
        two.starts_with(one.trim()) && two.contains(','),
        "{one} then {two}"
    );
    assert!(driver.state.search.fault.is_none() && !listed(&driver).is_empty());
    driver.keys("Space");
    assert_eq!(driver.state.search.line.text(), one);
    driver.keys("k Space");
    assert_eq!(driver.state.search.line.text(), "");
    assert_eq!(listed(&driver), all);
}

#[test]
fn a_filter_showed_what_its_letters_stand_in_here_and_there() {
    let mut driver = browser();
    driver.keys("? \"exp\"");
    let Some(Popup::List(chooser)) = &driver.state.popup else {
        panic!("no help")
    };
    for n in 0..chooser.len() {
        let row = chooser.row(n).unwrap();
        let whole = format!("{} {}", row.text, row.detail).to_lowercase();
        assert!(whole.contains("exp"), "{whole}");
    }
    // Where nothing holds the letters together they are looked for apart.
    driver.keys("C-u \"nxtrw\"");
    let Some(Popup::List(chooser)) = &driver.state.popup else {
        panic!("no help")
    };
    assert!(!chooser.is_empty());
}

#[test]
fn the_warning_before_quitting_was_cut() {
    for (columns, rows) in [(40, 12), (80, 24)] {
        let mut driver = Driver::new(columns, rows, Paint::Colour);
        // Nothing is saved here, so that a mark stays unsaved.
        driver.keys("Enter ] m q");
        let text = driver.text();
        for words in [
            "The collection could not be saved:",
            "quitting loses the last marks.",
            "y quits, any other key stays.",
        ] {
            assert!(text.contains(words), "{text}");
        }
    }
}

#[test]
fn a_click_goes_to_the_row_that_is_clicked_whatever_stands_above_it() {
    let mut driver = Driver::new(80, 24, Paint::Colour);
    let head = u16::try_from(driver.state.head().rows()).unwrap();
    assert!(head > 2, "a title that takes two rows here");
    let area = driver.state.areas().body(Pane::Reader).unwrap();
    driver.tell(Msg::Click {
        column: area.x + 8,
        row: area.y + head + 3,
    });
    assert_eq!(driver.state.reader.as_ref().unwrap().cursor_row(), 3);
}

/// Rows of the concordance, without frame and heading.
fn rows_of(driver: &Driver) -> Vec<String> {
    let text = driver.text();
    let rows: Vec<&str> = text.lines().collect();
    let rows = &rows[3..rows.len() - 3];
    rows.iter()
        .map(|row| row.trim_matches(['┃', '>', ' ']).to_owned())
        .filter(|row| !row.is_empty())
        .collect()
}

#[test]
fn the_keys_of_a_concordance_stand_below_one_another() {
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 60)] {
        let mut driver = Driver::new(columns, rows, Paint::Colour);
        driver.keys("/ \"china\" Enter K");
        assert!(matches!(driver.state.popup, Some(Popup::Concordance)));
        let text = driver.text();
        let folded = text.to_lowercase();
        let lines: Vec<&str> = folded.lines().collect();
        let lines = &lines[3..lines.len() - 3];
        let cells: Vec<Vec<char>> = lines.iter().map(|line| line.chars().collect()).collect();
        let key: Vec<char> = "china".chars().collect();
        let at = |column: usize| {
            cells
                .iter()
                .filter(|c| c[column..].starts_with(&key))
                .count()
        };
        let most = (0..usize::from(columns) - 5)
            .filter(|&column| cells.iter().all(|c| column <= c.len()))
            .map(at)
            .max()
            .unwrap();
        let shown = driver
            .state
            .concordance
            .as_ref()
            .unwrap()
            .len()
            .min(cells.len());
        assert!(most >= shown.min(6), "{most} of {shown}: {text}");
    }
}

#[test]
fn a_line_of_the_concordance_is_opened_at_its_key_and_come_back_to() {
    let mut driver = browser();
    driver.keys("/ \"china\" Enter K G");
    let screen = driver.state.concordance.as_ref().unwrap();
    let (last, line) = (screen.len() - 1, *screen.gathered.lines.last().unwrap());
    assert_eq!(screen.scroll.selected, last);
    driver.keys("Enter");
    assert!(driver.state.popup.is_none());
    assert_eq!(driver.state.focus, Pane::Reader);
    let (reader, statement, _) = driver.state.open().unwrap();
    assert_eq!(reader.doc, line.doc);
    let key = dictum::search::context(&driver.state.snapshot, &line, 0)
        .unwrap()
        .key;
    assert_eq!(reader.cursor, key.begin());
    assert!(reader.hit.is_some(), "the hit is the one gone to");
    assert!(statement.words(key).to_lowercase().starts_with("china"));
    driver.keys("K");
    let screen = driver.state.concordance.as_ref().unwrap();
    assert_eq!(screen.scroll.selected, last, "where it was left");
    assert_eq!(screen.ticket, 1, "nothing was gathered again");
    driver.keys("q");
    assert!(driver.state.popup.is_none());
    driver.keys("K Esc");
    assert!(driver.state.popup.is_none());
}

#[test]
fn a_concordance_is_sorted_by_every_order_in_turn() {
    use dictum::search::LineSort;
    let mut driver = browser();
    driver.keys("/ \"said\" Enter K");
    let loaded = rows_of(&driver);
    let mut orders = Vec::new();
    for (name, sort) in LineSort::ALL {
        let screen = driver.state.concordance.as_ref().unwrap();
        assert_eq!(screen.sort, sort);
        assert!(driver.text().contains(&format!("by {name}")), "{name}");
        let mut rows = rows_of(&driver);
        orders.push(rows.clone());
        rows.sort();
        let mut same = loaded.clone();
        same.sort();
        assert_eq!(rows, same, "{name}: the same lines");
        driver.keys("G s");
        assert_eq!(
            driver.state.concordance.as_ref().unwrap().scroll.selected,
            0
        );
    }
    assert_eq!(
        driver.state.concordance.as_ref().unwrap().sort,
        LineSort::Text
    );
    orders.sort();
    orders.dedup();
    assert!(orders.len() > 3, "orders that differ: {}", orders.len());
}

#[test]
fn the_words_near_are_shown_and_left_again() {
    let mut driver = browser();
    driver.keys("/ \"china\" Enter K j c");
    let screen = driver.state.concordance.as_ref().unwrap();
    let near = screen.near.as_ref().unwrap();
    assert!(near.len() > 3 && near.windows(2).all(|w| w[0].score >= w[1].score));
    let first = near[0].word.clone();
    let text = driver.text();
    assert!(text.contains("logDice") && text.contains(&first), "{text}");
    driver.keys("j j Enter");
    let screen = driver.state.concordance.as_ref().unwrap();
    assert!(screen.table && screen.near_scroll.selected == 2);
    driver.keys("c");
    let screen = driver.state.concordance.as_ref().unwrap();
    assert!(!screen.table && screen.scroll.selected == 1);
}

#[test]
fn a_concordance_needs_words_or_a_selection() {
    let mut driver = browser();
    driver.keys("K");
    assert!(driver.state.popup.is_none());
    let told = driver.state.notice.as_ref().unwrap();
    assert!(told.text.contains("/ searches"), "{}", told.text);
    driver.keys("Enter j j v w w K");
    let (reader, statement, _) = driver.state.open().unwrap();
    let selected = statement.words(reader.selection().unwrap()).to_lowercase();
    let screen = driver.state.concordance.as_ref().unwrap();
    assert!(!screen.is_empty(), "{}", screen.asked);
    let key = |driver: &Driver| {
        let screen = driver.state.concordance.as_ref().unwrap();
        let line = screen.gathered.lines[screen.scroll.selected];
        let snapshot = &driver.state.snapshot;
        let place = dictum::search::context(snapshot, &line, 0).unwrap().key;
        let statement = snapshot.statement(line.doc).unwrap();
        (place, statement.words(place).to_lowercase())
    };
    let (place, words) = key(&driver);
    let first = |text: &str| text.split_whitespace().next().map(str::to_owned);
    assert_eq!(first(&words), first(&selected));
    driver.keys("Enter");
    let reader = driver.state.reader.as_ref().unwrap();
    assert_eq!(reader.selection(), Some(place), "shown where it stands");
    driver.keys("K");
    assert!(matches!(driver.state.popup, Some(Popup::Concordance)));
    driver.keys("Esc Esc / \"speeker:x\" Enter K");
    assert!(driver.state.popup.is_none());
    assert!(driver.state.notice.as_ref().unwrap().failed);
}

#[test]
fn an_answer_to_an_older_question_is_no_line_of_the_newer_one() {
    use dictum::tui::message::Gathered;
    let mut driver = browser();
    driver.keys("/ \"china\" Enter");
    let effects = effects_of(&mut driver, "K");
    assert!(matches!(effects.as_slice(), [Effect::Gather(_)]));
    assert!(driver.text().contains("gathering…"), "{}", driver.text());
    let effects = effects_of(&mut driver, "s");
    let [Effect::Gather(job)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let lines = |sort| {
        let found = dictum::search::concordance(&job.snapshot, &job.query, sort, &|| false);
        Gathered {
            lines: found.unwrap().lines,
            ..Gathered::default()
        }
    };
    let ticket = job.ticket;
    let mut answer = |ticket, gathered| {
        update(&mut driver.state, Msg::Gathered { ticket, gathered });
        let screen = driver.state.concordance.as_ref().unwrap();
        (screen.is_answered(), screen.len())
    };
    assert_eq!(answer(ticket - 1, lines(Default::default())), (false, 0));
    let (answered, len) = answer(ticket, lines(job.sort));
    assert!(answered && len > 0);
    // Left open while more is loaded, it says so.
    let segment = driver.state.snapshot.segments().next().unwrap().1.clone();
    driver.tell(Msg::Segment(segment));
    let text = driver.text();
    assert!(text.contains("more was loaded: K gathers again"), "{text}");
    driver.keys("K");
    let screen = driver.state.concordance.as_ref().unwrap();
    assert_eq!(screen.len(), 2 * len);
    assert!(!driver.text().contains("more was loaded"));
}

#[test]
fn a_line_shows_nothing_that_commands_the_terminal() {
    let mut driver = browser();
    let body = format!(
        "\u{1b}]0;x\u{7}東京\u{202e}\t{} zebra\u{200b} \u{9b}31m {}",
        "長".repeat(9000),
        "x".repeat(90_000)
    );
    let mut statement = driver.state.snapshot.statement(0).unwrap().clone();
    statement.body = body.into();
    let store = dictum::store::Store::of(vec![statement]);
    for (_, segment) in store.snapshot().segments() {
        driver.tell(Msg::Segment(segment.clone()));
    }
    driver.keys("/ \"zebra\" Enter K");
    for (columns, rows) in [(20, 6), (40, 12), (80, 24), (200, 60)] {
        driver.resize(columns, rows);
        let text = driver.text();
        assert!(text.contains("zebra"), "{text}");
        let hidden = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200b}".contains(c);
        assert!(!text.contains(hidden), "{text:?}");
    }
}

#[test]
fn the_concordance_has_its_own_hints_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (200, 60)] {
        let mut driver = Driver::new(columns, rows, Paint::Colour);
        driver.keys("/ \"china\" Enter K");
        let text = driver.text();
        assert!(
            text.contains("Esc close") && text.contains("show in text"),
            "{text}"
        );
        let screen = driver.state.concordance.as_ref().unwrap();
        let (lines, statements) = (screen.len(), screen.gathered.statements);
        assert!(
            text.contains(&format!("{lines} lines in {statements} statement")),
            "{text}"
        );
        if columns >= 80 {
            assert!(
                text.contains("s sort") && text.contains("c words near"),
                "{text}"
            );
        }
    }
}

#[test]
fn while_statements_are_extracted_a_question_is_asked_again_when_enough_of_them_are() {
    // Wide enough for the facets, which count what is said.
    let mut driver = Driver::new(160, 40, Paint::Colour);
    assert!(driver.state.areas().pane(Pane::Facets).is_some());
    let statement = driver.state.snapshot.statement(0).unwrap().clone();
    let store = dictum::store::Store::of(vec![statement; 100]);
    let snapshot = store.snapshot();
    for (_, segment) in snapshot.segments() {
        driver.tell(Msg::Segment(segment.clone()));
    }
    driver.tell(Msg::Tick);
    let asked = driver.state.search.ticket;
    let extractor = dictum::extract::Extractor::new();
    for doc in 0..snapshot.len() {
        let (segment, at) = snapshot.locate(doc).unwrap();
        segment.extract(at, &extractor);
        driver.tell(Msg::Extracted);
        driver.tell(Msg::Tick);
    }
    let asked = driver.state.search.ticket - asked;
    assert!((10..60).contains(&asked), "{asked}");
    // And at the end of it, for what is shown last must be all.
    assert_eq!(driver.state.search.extracted, driver.state.snapshot.len());
}

#[test]
fn who_is_whom_gathered_anew_asks_again_only_where_a_speaker_is_asked_for() {
    let mut driver = browser();
    for (line, asks) in [("speaker:price", true), ("china", false)] {
        driver.keys(&format!("/ C-u \"{line}\" Enter"));
        let asked = driver.state.search.ticket;
        driver.tell(Msg::Identified);
        driver.tell(Msg::Tick);
        assert_eq!(driver.state.search.ticket > asked, asks, "{line}");
    }
}

#[test]
fn the_last_results_looked_like_an_answer_to_a_broken_query() {
    let mut driver = browser();
    driver.keys("/ \"taiwan\"");
    driver.tell(Msg::Paste(" date:2021-13".into()));
    // Kept, and another key pressed: what is wrong is still told.
    driver.keys("Enter j");
    let screen = driver.text();
    assert!(screen.contains("not understood; before: "), "{screen}");
    assert!(screen.contains("2021-13` is not a date"), "{screen}");
}
