//! Lists to choose from that are too long to be filtered or counted where the screen is drawn.
#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::panic)]

#[path = "browser/driver.rs"]
mod driver;

use dictum::config::{Code, Key};
use dictum::model::{Stated, Statement};
use dictum::search::{FacetBy, facets, heard};
use dictum::tui::chooser::{AT_ONCE, Chooser};
use dictum::tui::message::{Effect, Msg};
use dictum::tui::popup::Popup;
use dictum::tui::update::update;
use driver::{Driver, Paint};

const GIVEN: [&str; 8] = [
    "Anna", "Boris", "Clara", "David", "Elena", "Frank", "Greta", "Henry",
];
const BEGIN: [&str; 10] = [
    "Ber", "Cal", "Dor", "Fen", "Gar", "Hol", "Kes", "Lam", "Mor", "Tan",
];
const END: [&str; 10] = [
    "ner", "dale", "field", "gren", "hart", "ling", "mann", "sen", "ton", "wick",
];

/// So many statements, each of another speaker and with its number in the title.
fn statements(count: usize) -> Vec<Statement> {
    let statement = |n: usize| {
        let given = GIVEN[n % GIVEN.len()];
        let surname = format!("{}{}", BEGIN[n / 8 % 10], END[n / 80 % 10]);
        let body = format!("\"We will act on matter {n},\" {given} {surname} said on Monday.");
        let mut statement = Statement::new(&format!("s{n}"), &body);
        statement.title = Stated::given(format!("Remarks on matter {n}"));
        statement
    };
    (0..count).map(statement).collect()
}

fn browser(count: usize) -> Driver {
    Driver::on(120, 40, Paint::Colour, statements(count))
}

/// Keys whose effects are given and not carried out, as for somebody quicker than the threads.
fn quickly(driver: &mut Driver, keys: &[Code]) -> Vec<Effect> {
    let press = |code: &Code| update(&mut driver.state, Msg::Key(Key::plain(*code)));
    keys.iter().flat_map(press).collect()
}

fn letters(text: &str) -> Vec<Code> {
    text.chars().map(Code::Char).collect()
}

/// The answers of the thread to what was asked, in order.
fn answers(effects: &[Effect]) -> Vec<Msg> {
    let answer = |effect: &Effect| match effect {
        Effect::Filter(job) => job.answer(&|| false),
        Effect::Count(job) => job.answer(&|| false),
        _ => None,
    };
    effects.iter().filter_map(answer).collect()
}

fn list(driver: &Driver) -> Option<&Chooser> {
    match &driver.state.popup {
        Some(Popup::List(chooser)) => Some(chooser),
        _ => None,
    }
}

fn open_title(driver: &Driver) -> &str {
    &driver.state.open().unwrap().1.title.value
}

#[test]
fn opening_the_jump_made_a_row_for_every_statement() {
    let memory = |count: usize| {
        let mut driver = browser(count);
        let told = allocation_counter::measure(|| {
            let effects = quickly(&mut driver, &letters("f"));
            assert_eq!(list(&driver).unwrap().len(), count);
            drop(driver.text());
            drop(quickly(&mut driver, &letters("matter")));
            drop(effects);
        });
        told.count_total
    };
    let (few, many) = (memory(AT_ONCE + 1), memory(4 * AT_ONCE));
    assert!(many < few + few / 10 + 20, "{few} then {many}");
}

#[test]
fn enter_before_the_answer_chooses_from_the_answer() {
    let mut driver = browser(AT_ONCE + 100);
    quickly(&mut driver, &letters("f"));
    let mut asked = quickly(&mut driver, &letters("577"));
    asked.extend(quickly(&mut driver, &[Code::Enter]));
    // Nothing is chosen of the rows before.
    assert_eq!(list(&driver).unwrap().len(), AT_ONCE + 100);
    let mut answers = answers(&asked);
    let last = answers.pop().unwrap();
    for stale in answers {
        driver.tell(stale);
        assert_eq!(list(&driver).unwrap().len(), AT_ONCE + 100, "stale");
    }
    driver.tell(last);
    assert!(driver.state.popup.is_none());
    assert_eq!(open_title(&driver), "Remarks on matter 577");
}

#[test]
fn keys_before_the_answer_mean_the_rows_to_come_and_what_follows_them() {
    let mut driver = browser(AT_ONCE + 100);
    let mut plain = browser(AT_ONCE + 100);
    plain.keys("f \"matter 57\" Down Down Enter q");
    let keys = [Code::Down, Code::Down, Code::Enter, Code::Char('q')];
    let mut asked = quickly(&mut driver, &letters("fmatter 57"));
    asked.extend(quickly(&mut driver, &keys));
    let effects = update(&mut driver.state, answers(&asked).pop().unwrap());
    assert!(effects.iter().any(|e| matches!(e, Effect::Quit)));
    assert_eq!(open_title(&driver), open_title(&plain));
    // A letter more makes other rows of those that the cursor was to move in.
    let mut driver = browser(AT_ONCE + 100);
    let keys = [Code::Down, Code::Char('7'), Code::Enter];
    let mut asked = quickly(&mut driver, &letters("fmatter 57"));
    asked.extend(quickly(&mut driver, &keys));
    driver.tell(answers(&asked).pop().unwrap());
    assert_eq!(open_title(&driver), "Remarks on matter 577");
}

#[test]
fn closing_a_list_voids_its_answer() {
    let mut driver = browser(AT_ONCE + 100);
    let asked = quickly(&mut driver, &letters("f577"));
    quickly(&mut driver, &[Code::Enter, Code::Esc]);
    assert!(driver.state.popup.is_none());
    let before = open_title(&driver).to_owned();
    for answer in answers(&asked) {
        driver.tell(answer);
        assert!(!driver.state.changed && driver.state.popup.is_none());
    }
    assert_eq!(open_title(&driver), before);
    // Nor is it taken for that of another list.
    quickly(&mut driver, &letters("f12"));
    for answer in answers(&asked) {
        driver.tell(answer);
        assert_eq!(list(&driver).unwrap().len(), AT_ONCE + 100);
    }
}

#[test]
fn the_letters_that_are_taken_back_bring_all_rows_back_at_once() {
    let mut driver = browser(AT_ONCE + 100);
    driver.keys("f \"57\"");
    assert!(list(&driver).unwrap().len() < 100);
    let asked = quickly(&mut driver, &[Code::Backspace]);
    quickly(&mut driver, &[Code::Backspace]);
    assert_eq!(list(&driver).unwrap().len(), AT_ONCE + 100);
    driver.tell(answers(&asked).pop().unwrap());
    assert_eq!(list(&driver).unwrap().len(), AT_ONCE + 100, "stale");
}

#[test]
fn speakers_are_counted_beside_the_screen_and_what_is_typed_meanwhile_filters_them() {
    let mut driver = browser(AT_ONCE + 100);
    let asked = quickly(&mut driver, &letters("gs"));
    assert!(driver.text().contains("counting the results"));
    assert!(answers(&asked).len() == 1);
    assert!(quickly(&mut driver, &letters("greta lam")).is_empty());
    let text = driver.text();
    assert!(
        text.contains("> greta lam") && text.contains("counting"),
        "{text}"
    );
    let counted = answers(&asked).pop().unwrap();
    let filter = update(&mut driver.state, counted);
    quickly(&mut driver, &[Code::Enter]);
    driver.tell(answers(&filter).pop().unwrap());
    let line = driver.state.search.line.text();
    assert!(line.starts_with("speaker:\"Greta Lam"), "{line}");

    let mut driver = browser(AT_ONCE + 100);
    let asked = quickly(&mut driver, &letters("gs"));
    quickly(&mut driver, &[Code::Esc]);
    driver.tell(answers(&asked).pop().unwrap());
    assert!(driver.state.popup.is_none(), "closed meanwhile");
}

#[test]
fn types_are_counted_beside_the_screen_too() {
    let mut driver = browser(AT_ONCE + 100);
    let asked = quickly(&mut driver, &letters("gt"));
    quickly(&mut driver, &[Code::Enter]);
    assert!(driver.text().contains("counting the results"));
    driver.tell(answers(&asked).pop().unwrap());
    let line = driver.state.search.line.text();
    assert!(line.starts_with("type:"), "{line}");
}

#[test]
fn who_is_heard_in_a_statement_is_whom_its_facet_counts_most() {
    for statements in [driver::sample(), statements(40)] {
        let driver = Driver::on(120, 40, Paint::Colour, statements);
        let snapshot = &driver.state.snapshot;
        for gathered in [false, true] {
            let known = gathered.then(|| snapshot.identities());
            let mut silent = 0;
            for doc in 0..snapshot.len() {
                let counts = facets(snapshot, std::iter::once(doc), FacetBy::Speaker, usize::MAX);
                let most: Vec<&str> = counts.iter().take(3).map(|(name, _)| &**name).collect();
                let extraction = snapshot.extraction(doc).expect("an extraction");
                let spoken = extraction.quotes.iter().any(|q| q.speaker.is_some());
                assert_eq!(most.is_empty(), !spoken);
                silent += usize::from(!spoken);
                assert_eq!(heard(snapshot, known.as_deref(), doc), most);
            }
            // In a statement of one voice nobody may be heard, but not in most.
            assert!(silent * 2 < snapshot.len(), "{silent}");
        }
    }
}
