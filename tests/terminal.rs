//! The program in a real terminal: what a user types, sees, and is left with afterwards.
//!
//! `DICTUM_BIN` names another binary to test, such as the one made for release.
#![cfg(unix)]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice
)]

#[path = "terminal/session.rs"]
mod session;

use session::{Piece, Place, Session, binary, forbidden, modes_left, pieces, rows_drawn};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The most that anything asked for may take, on a busy machine.
const SOON: Duration = Duration::from_secs(20);
/// A screen that has not changed for this long is taken for finished.
const QUIET: Duration = Duration::from_millis(200);
/// Words of the statement the bundled sample opens on.
const FIRST_TITLE: &str = "commerce ministry";
/// Words of its text that stand in a direct quote.
const FIRST_QUOTE: &str = "export controls are not export bans";

/// The browser on the bundled sample, once the first statement is there to read.
fn on_the_sample(place: &Place, rows: u16, cols: u16) -> Session {
    let session = Session::start(place, &[], rows, cols, &[]);
    session.wait_for(FIRST_TITLE, SOON);
    // Extraction comes behind the text, on a busy machine a good while.
    session.wait_until("what was extracted", SOON, |session| {
        // The first quote, or its statement's number of quotes where there is room for the list alone.
        session.screen().contains("q1 ") || session.screen().contains(" 14q ")
    });
    session.wait_for_no_change(QUIET);
    session
}

/// The first row: the query and what it found.
fn query_line(session: &Session) -> String {
    let screen = session.screen();
    screen.lines().next().unwrap_or_default().to_owned()
}

fn quits(mut session: Session) {
    session.keys("q");
    assert_eq!(session.wait_exit(SOON), 0);
    session.assert_restored();
}

#[test]
fn opens_on_the_sample_and_quits() {
    let place = Place::new();
    let session = on_the_sample(&place, 24, 80);
    assert!(session.is_on_alternate_screen());
    quits(session);
}

#[test]
fn the_keyboard_s_interrupt_quits_too() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 24, 80);
    session.keys("C-c");
    assert_eq!(session.wait_exit(SOON), 0);
    session.assert_restored();
}

#[test]
fn a_search_shows_its_hits_and_escape_takes_it_back() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 40, 120);
    let before = session.screen();
    session.keys("/");
    session.type_text("rare earths");
    session.wait_for("rare earths", SOON);
    session.keys("ENTER");
    session.wait_until("hits", SOON, |session| query_line(session).contains("hit"));
    session.wait_for_no_change(QUIET);
    let found = session.screen();
    assert!(found.contains(FIRST_TITLE), "{found}");
    assert_ne!(found, before);

    session.keys("ESC");
    session.wait_until("the query gone", SOON, |session| {
        !query_line(session).contains("rare earths")
    });
    session.wait_for(FIRST_TITLE, SOON);
    quits(session);
}

#[test]
fn letters_typed_into_the_search_never_quit() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 24, 80);
    session.keys("/");
    session.type_text("qqqq");
    session.wait_for("qqqq", SOON);
    assert!(session.is_running());
    session.keys("ESC");
    session.wait_until_gone("qqqq", SOON);
    quits(session);
}

#[test]
fn a_word_that_occurs_nowhere_finds_nothing() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 40, 120);
    session.keys("/");
    session.type_text("zzyzxqua");
    session.keys("ENTER");
    session.wait_until("no statement found", SOON, |session| {
        let line = query_line(session);
        line.contains("zzyzxqua") && line.contains(" 0 of ")
    });
    quits(session);
}

#[test]
fn a_marked_quote_is_on_disk_after_quitting_and_there_again_next_time() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 40, 120);
    session.keys("ENTER ]");
    session.wait_for_no_change(QUIET);
    session.keys("m");
    session.wait_for("1 marked", SOON);
    quits(session);
    let saved = place.saved();
    assert!(saved.contains("export control"), "{saved}");

    let session = on_the_sample(&place, 40, 120);
    session.wait_for("1 marked", SOON);
    quits(session);
}

#[test]
fn undo_takes_a_mark_back() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 40, 120);
    session.keys("ENTER ] m");
    session.wait_for("1 marked", SOON);
    session.keys("u");
    session.wait_until_gone("1 marked", SOON);
    quits(session);
}

#[test]
fn the_export_dialog_writes_a_file() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 40, 120);
    session.keys("ENTER ] m");
    session.wait_for("1 marked", SOON);
    session.keys("e");
    session.wait_for("Export", SOON);
    session.wait_for_no_change(QUIET);
    session.keys("ENTER");
    session.wait_until("a Markdown file", SOON, |_| !place.written("md").is_empty());
    let files = place.written("md");
    assert_eq!(files.len(), 1, "{files:?}");
    let first = fs::read_to_string(&files[0]).unwrap();
    assert!(first.lines().any(|line| line.starts_with('>')), "{first}");
    assert!(first.contains("October 12, 2025"), "{first}");

    session.wait_for("exported 1 passages", SOON);
    quits(session);
}

#[test]
fn a_file_that_is_there_was_replaced_behind_the_dialog() {
    let place = Place::new();
    let there = place.work().join("collection.md");
    fs::write(&there, "PRECIOUS").unwrap();
    let mut session = on_the_sample(&place, 24, 80);
    session.keys("ENTER ] m");
    session.wait_for("1 marked", SOON);
    session.keys("e");
    session.wait_for("Export", SOON);
    session.keys("ENTER");
    session.wait_for("y replaces it", SOON);
    for _ in 0..2 {
        session.keys("ENTER");
        session.wait_for("nothing was written", SOON);
        assert_eq!(fs::read_to_string(&there).unwrap(), "PRECIOUS");
        session.keys("ENTER");
        session.wait_for("y replaces it", SOON);
    }
    session.keys("y");
    session.wait_for("exported 1 passages", SOON);
    assert_ne!(fs::read_to_string(&there).unwrap(), "PRECIOUS");
    quits(session);
}

#[test]
fn the_query_of_the_command_line_is_searched_at_once() {
    let place = Place::new();
    let session = Session::start(&place, &["--query", "rare earths"], 24, 80, &[]);
    session.wait_until("fewer statements", SOON, |session| {
        let line = query_line(session);
        line.contains("rare earths") && line.contains("hits") && !line.contains("30 of 30")
    });
    quits(session);
}

#[test]
fn a_copy_goes_to_the_clipboard_and_nothing_else_does() {
    let place = Place::new();
    let mut session = on_the_sample(&place, 40, 120);
    session.keys("ENTER ]");
    session.wait_for_no_change(QUIET);
    let copies = |session: &Session| {
        let pieces = pieces(&session.raw());
        pieces.iter().filter(|p| matches!(p, Piece::Osc(_))).count()
    };
    assert_eq!(copies(&session), 0);
    session.keys("y");
    session.wait_until("a copy", SOON, |session| copies(session) == 1);
    quits(session);
}

#[test]
fn a_storm_of_sizes_does_no_harm() {
    let place = Place::new();
    let session = on_the_sample(&place, 24, 80);
    for round in 0..60_u16 {
        let rows = [1, 60, 12, 2, 24, 40][usize::from(round % 6)];
        let cols = [1, 200, 40, 10, 80, 120, 500][usize::from(round % 7)];
        session.resize(rows, cols);
        std::thread::sleep(Duration::from_millis(5));
    }
    for (rows, cols) in [(12, 40), (24, 80), (40, 120), (60, 200)] {
        session.resize(rows, cols);
        session.wait_for(FIRST_TITLE, SOON);
    }
    session.resize(3, 10);
    session.wait_for("small", SOON);
    session.resize(24, 80);
    session.wait_for(FIRST_TITLE, SOON);
    quits(session);
}

#[test]
fn the_first_quote_can_be_read_at_every_size() {
    let place = Place::new();
    for (rows, cols) in [(12, 40), (24, 80), (40, 120), (60, 200)] {
        let mut session = on_the_sample(&place, rows, cols);
        session.keys("ENTER ] ] ] ]");
        // The quote may be broken over rows anywhere; its longest word may not.
        let words = FIRST_QUOTE.split(' ');
        session.wait_for(words.max_by_key(|word| word.len()).unwrap(), SOON);
        quits(session);
    }
}

#[test]
fn without_colour_nothing_is_coloured() {
    let place = Place::new();
    let session = Session::start(&place, &[], 40, 120, &[("NO_COLOR", "1")]);
    session.wait_for(FIRST_TITLE, SOON);
    session.wait_for_no_change(QUIET);
    for piece in pieces(&session.raw()) {
        let Piece::Csi(inside) = piece else { continue };
        let Some(list) = inside.strip_suffix('m') else {
            continue;
        };
        let coloured = list.split(';').any(|part| {
            let number: u32 = part.parse().unwrap_or(0);
            // 39 and 49 are the terminal's own colours.
            (30..=38).contains(&number)
                || (40..=48).contains(&number)
                || (90..=107).contains(&number)
        });
        assert!(!coloured, "{inside}");
    }
    quits(session);
}

#[test]
fn with_ascii_nothing_but_ascii_frames_the_text() {
    let place = Place::new();
    let session = Session::start(&place, &["--ascii"], 40, 120, &[]);
    session.wait_for(FIRST_TITLE, SOON);
    session.wait_for_no_change(QUIET);
    let screen = session.screen();
    let lines = screen.chars().filter(|c| ('─'..='▟').contains(c));
    assert_eq!(lines.count(), 0, "{screen}");
    quits(session);
}

/// Ends the browser by a signal; the terminal must be as before within half a second.
fn ends_by(signal: &str, code: u32) {
    let place = Place::new();
    let mut session = on_the_sample(&place, 24, 80);
    session.signal(signal);
    let sent = Instant::now();
    session.wait_until("the screen given back", SOON, |session| {
        !session.is_on_alternate_screen()
    });
    // Twice the promise: the machine may be busy with other tests.
    assert!(sent.elapsed() < Duration::from_secs(1));
    assert_eq!(session.wait_exit(SOON), code);
    session.assert_restored();
}

#[test]
fn sigterm_gives_the_terminal_back() {
    ends_by("TERM", 143);
}

#[test]
fn sigint_from_outside_gives_the_terminal_back() {
    ends_by("INT", 130);
}

#[test]
fn sighup_left_a_living_terminal_in_the_alternate_screen() {
    ends_by("HUP", 129);
}

#[test]
fn a_stopped_browser_gives_the_terminal_back_and_draws_again_after() {
    let place = Place::new();
    let session = on_the_sample(&place, 24, 80);
    let before = session.screen();
    session.signal("TSTP");
    session.wait_until("the screen given back", SOON, |session| {
        !session.is_on_alternate_screen()
    });
    session.wait_for_no_change(QUIET);
    let left = modes_left(&session.raw());
    assert!(left.is_empty(), "{left:?}");

    session.signal("CONT");
    session.wait_for(FIRST_TITLE, SOON);
    session.wait_for_no_change(QUIET);
    assert!(session.is_on_alternate_screen());
    assert_eq!(session.screen(), before);
    quits(session);
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let place = Place::new();
    let mut session = Session::start(&place, &["--panic-on", "X"], 24, 80, &[]);
    session.wait_for(FIRST_TITLE, SOON);
    session.keys("X");
    assert_eq!(session.wait_exit(SOON), 101);
    session.assert_restored();
    let raw = String::from_utf8_lossy(&session.raw()).into_owned();
    let (_, after) = raw.rsplit_once("\u{1b}[?1049l").unwrap();
    assert!(after.contains("panicked"), "{after}");
}

#[test]
fn without_a_terminal_it_refuses_and_names_what_to_use() {
    let place = Place::new();
    let output = Command::new(binary())
        .env_clear()
        .envs(place.variables())
        .current_dir(place.work())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("dictum search"), "{said}");
    assert_eq!(pieces(said.replace('\n', "").as_bytes()), [] as [Piece; 0]);
}

#[test]
fn a_quote_as_long_as_a_speech_filled_the_terminal() {
    let place = Place::new();
    let speech = format!("MR PRICE: {}.\n\nQUESTION: Why?\n", "We act ".repeat(600));
    fs::write(place.work().join("speech.txt"), speech).unwrap();
    let mut session = Session::start(&place, &["-q", "quotes", "speech.txt"], 24, 80, &[]);
    assert_eq!(session.wait_exit(SOON), 0);
    let screen = session.screen();
    let rows = screen.lines().filter(|line| line.contains("We act"));
    assert_eq!(rows.count(), 1, "{screen}");
}

#[test]
fn nothing_in_a_file_or_its_name_commands_the_terminal() {
    let payloads = [
        "\u{1b}]0;PWNED\u{7}",
        "\u{1b}]52;c;UFdORUQ=\u{7}",
        "\u{1b}[13t",
        "\u{1b}[6n",
        "\u{1b}P+q544e\u{1b}\\",
        "\u{9b}13t",
        "\u{1b}c",
        "\u{202e}drawkcab",
        "\u{7}\u{8}\u{e}",
    ];
    let place = Place::new();
    let folder = place.work().join("hostile");
    fs::create_dir(&folder).unwrap();
    for (number, payload) in payloads.iter().enumerate() {
        let body = format!("The minister{payload} said: \"We {payload}agree.\"\n");
        let name = format!("{number}{payload}.txt").replace('/', "-");
        fs::write(folder.join(name), body).unwrap();
    }
    let escape = "\\u001b]2;PWNED\\u0007";
    let record = format!(
        r#"{{"id":"x{escape}","title":"T {escape}","source":"S {escape}","text":"B {escape}"}}"#
    );
    let control = "\u{1b}[13t";
    let lines = format!("{record}\nnot a record{control}\n");
    fs::write(folder.join("records.jsonl"), lines).unwrap();

    let mut session = Session::start(&place, &["hostile"], 40, 120, &[]);
    session.wait_for("minister", SOON);
    for _ in 0..payloads.len() + 2 {
        session.keys("j");
        session.wait_for_no_change(Duration::from_millis(50));
    }
    session.keys("!");
    session.wait_for("records.jsonl", SOON);
    session.wait_for_no_change(QUIET);
    let raw = session.raw();
    assert_eq!(forbidden(&raw), [] as [Piece; 0]);
    let text = String::from_utf8(raw).unwrap();
    for payload in ["\u{1b}]", "\u{1b}[13t", "\u{1b}[6n", "\u{202e}"] {
        assert!(!text.contains(payload), "{payload:?}");
    }
    // Shown as there, not taken away.
    assert!(text.contains("PWNED"));
    session.keys("ESC");
    quits(session);
}

// The judge itself: it must find what a bad program does, and clear what a good one does.

#[test]
fn the_judge_finds_modes_left_on() {
    let good = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?1000;1006h\u{1b}[>1u text \
                \u{1b}[<1u\u{1b}[?1006;1000l\u{1b}[?1049l\u{1b}[?25h";
    assert_eq!(modes_left(good.as_bytes()), Vec::<String>::new());
    for bad in [
        "\u{1b}[?1049h",
        "\u{1b}[?25l",
        "\u{1b}[?2004l\u{1b}[?2004h",
        "\u{1b}[?1000;1006h\u{1b}[?1000l",
        "\u{1b}[>1u",
    ] {
        assert_eq!(modes_left(bad.as_bytes()).len(), 1, "{bad:?}");
    }
}

#[test]
fn the_judge_finds_what_may_not_be_written() {
    let good = "\u{1b}[31mtext\u{1b}[0m\r\n\u{1b}[2J\u{1b}]52;c;YQ==\u{7}é\u{1b}7\u{1b}8\u{1b}(B";
    assert_eq!(forbidden(good.as_bytes()), [] as [Piece; 0]);
    for bad in [
        "\u{1b}]0;title\u{7}",
        "\u{1b}]8;;http://a\u{1b}\\",
        "\u{1b}Pq",
        "\u{1b}_G",
        "\u{1b}^x",
        "\u{1b}c",
        "\u{9b}31m",
        "\u{7}",
        "\u{5}",
    ] {
        assert_eq!(forbidden(bad.as_bytes()).len(), 1, "{bad:?}");
    }
    assert_eq!(forbidden(b"\xff"), [Piece::Broken]);
}

#[test]
fn the_judge_tells_which_rows_were_drawn() {
    let rows = |raw: &str| rows_drawn(raw.as_bytes()).into_iter().collect::<Vec<_>>();
    let progress = "\u{1b}[29;152H\u{1b}[2m811\u{1b}[39m\u{1b}[0m\u{1b}[?25l";
    assert_eq!(rows(progress), [29]);
    // The cursor is put somewhere, and nothing is drawn there.
    assert_eq!(rows(&format!("{progress}\u{1b}[?25h\u{1b}[1;9H")), [29]);
    assert_eq!(rows(&format!("\u{1b}[3;1Hrow{progress}")), [3, 29]);
    assert_eq!(rows("\u{1b}[0mrest of a frame"), [0_u16; 0]);
}
