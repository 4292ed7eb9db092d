//! Names that must become one, and names that must not.
#![allow(clippy::unwrap_used)]

use super::*;

fn speaker<'a>(name: &'a str, behalf: Option<&'a str>, how: Resolved) -> SpeakerRow<'a> {
    SpeakerRow {
        name,
        on_behalf_of: behalf,
        how,
    }
}

/// Rows of (name, source as written, for whom, publisher, label of a turn).
type Row<'a> = (&'a str, &'a str, Option<&'a str>, Option<&'a str>, bool);

fn groups_of(aliases: &Aliases, rows: &[Row<'_>]) -> Vec<Vec<String>> {
    let mut gathered = Gathered::default();
    for (name, written, behalf, publisher, label) in rows {
        let how = if *label {
            Resolved::Turn
        } else {
            Resolved::AsWritten
        };
        gathered.name(aliases, &speaker(name, *behalf, how), written, *publisher);
    }
    let identities = Identities::new(aliases, &gathered);
    let names = |one: &Identity| one.names().map(str::to_owned).collect();
    identities.all().iter().map(names).collect()
}

#[track_caller]
fn one(rows: &[Row<'_>]) {
    let groups = groups_of(&Aliases::default(), rows);
    assert_eq!(groups.len(), 1, "{groups:?}");
}

#[track_caller]
fn apart(rows: &[Row<'_>]) {
    let groups = groups_of(&Aliases::default(), rows);
    assert_eq!(groups.len(), rows.len(), "{groups:?}");
}

fn plain<'a>(name: &'a str) -> Row<'a> {
    (name, name, None, None, false)
}

#[test]
fn a_full_name_is_one_under_titles_and_initials() {
    one(&[
        plain("Antony J. Blinken"),
        plain("Antony Blinken"),
        plain("Secretary of State Antony Blinken"),
        plain("ANTONY BLINKEN"),
        plain("Antony John Blinken"),
    ]);
    one(&[plain("Recep Tayyip Erdoğan"), plain("Recep Tayyip Erdogan")]);
}

#[test]
fn a_surname_with_an_office_joins_the_one_who_was_named_with_it() {
    let full = (
        "Antony Blinken",
        "Secretary of State Antony Blinken",
        None,
        None,
        false,
    );
    one(&[full, plain("Secretary Blinken")]);
    // Never named as a secretary.
    apart(&[plain("Antony Blinken"), plain("Secretary Blinken")]);
    apart(&[full, plain("Ambassador Blinken")]);
    // Of two surnames the last may be the mother's.
    let echeverria = (
        "Luis Echeverria Alvarez",
        "President Luis Echeverria Alvarez",
        None,
        None,
        false,
    );
    apart(&[echeverria, plain("President Alvarez")]);
}

#[test]
fn a_label_joins_the_one_of_that_surname_at_the_same_publisher() {
    let state = Some("US State Department");
    let ned = ("Ned Price", "MR. PRICE", None, state, true);
    one(&[ned, ("Price", "MR PRICE", None, state, true)]);
    apart(&[ned, ("Price", "MR PRICE", None, Some("Another"), true)]);
    apart(&[ned, ("Price", "Price", None, state, false)]);
    let tom = ("Tom Price", "Secretary Tom Price", None, state, false);
    apart(&[ned, tom, ("Price", "MR PRICE", None, state, true)]);
}

#[test]
fn two_people_of_one_surname_are_never_one() {
    apart(&[plain("George Bush"), plain("Jeb Bush")]);
    apart(&[
        plain("Hillary Clinton"),
        plain("Bill Clinton"),
        plain("Clinton"),
    ]);
    apart(&[
        plain("George W. Bush"),
        plain("George H. W. Bush"),
        plain("George Bush"),
    ]);
    apart(&[plain("Robert Casey"), plain("Robert Casey Jr.")]);
    let secretaries = [
        (
            "Hillary Clinton",
            "Secretary Hillary Clinton",
            None,
            None,
            false,
        ),
        ("Bill Clinton", "President Bill Clinton", None, None, false),
        plain("Secretary Clinton"),
    ];
    apart(&secretaries);
    apart(&[
        plain("Barbara Lee"),
        plain("Mike Lee"),
        plain("Congresswoman Lee"),
    ]);
}

#[test]
fn a_body_of_a_state_is_one_in_other_words() {
    one(&[
        plain("China's commerce ministry"),
        plain("Ministry of Commerce of China"),
        plain("Chinese Commerce Ministry"),
        plain("MOFCOM"),
        plain("Ministry of Commerce"),
        (
            "commerce ministry",
            "the commerce ministry",
            Some("China"),
            None,
            false,
        ),
    ]);
    one(&[plain("United States"), plain("US"), plain("U.S.")]);
    one(&[
        plain("German government"),
        plain("Germany's government"),
        plain("government of Germany"),
    ]);
}

#[test]
fn bodies_of_two_states_stay_two() {
    apart(&[
        plain("China's commerce ministry"),
        plain("India's commerce ministry"),
    ]);
    apart(&[
        plain("Chinese foreign ministry"),
        plain("Russian foreign ministry"),
        plain("foreign ministry"),
    ]);
    apart(&[plain("Ministry of Commerce")]);
    apart(&[
        plain("China's commerce ministry"),
        plain("China's foreign ministry"),
    ]);
    apart(&[
        plain("China's commerce ministry"),
        plain("spokesperson for China's commerce ministry"),
    ]);
}

#[test]
fn what_is_no_person_loses_no_word() {
    apart(&[
        plain("European Economic Community"),
        plain("European Community"),
    ]);
    apart(&[plain("His Imperial Majesty"), plain("His Majesty")]);
    apart(&[plain("Government of Viet Nam"), plain("Viet Nam")]);
    apart(&[plain("Security Council"), plain("Council")]);
    apart(&[plain("Peace Corps"), plain("Senior Corps")]);
    apart(&[
        plain("Great Britain"),
        plain("Foreign Secretary of Great Britain"),
    ]);
}

#[test]
fn the_user_s_file_adds_moves_and_takes_away() {
    let own = Aliases::with("Volodymyr Zelensky | Zelenskyy | Volodymyr Zelenskyy\n-NATO\n");
    let rows = [
        plain("Volodymyr Zelensky"),
        plain("Volodymyr Zelenskyy"),
        plain("Zelenskyy"),
    ];
    assert_eq!(groups_of(&own, &rows).len(), 1);
    assert_eq!(groups_of(&Aliases::default(), &rows).len(), 3);
    let nato = [plain("NATO"), plain("North Atlantic Treaty Organization")];
    assert_eq!(groups_of(&own, &nato).len(), 2);
    assert_eq!(groups_of(&Aliases::default(), &nato).len(), 1);
}

#[test]
fn every_line_of_the_bundled_file_is_an_identity_and_no_name_is_claimed_twice() {
    let file = include_str!("../../../assets/lexicon/aliases.txt");
    let lines = file
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    let mut names = BTreeSet::new();
    let mut shown = 0;
    for line in lines {
        shown += 1;
        for name in line
            .split('|')
            .map(str::trim)
            .filter(|n| !n.starts_with('~'))
        {
            assert!(names.insert(compared(name)), "{name} stands twice");
        }
    }
    assert_eq!(Aliases::default().shown_names().len(), shown);
}

#[test]
fn groups_do_not_depend_on_the_order_of_statements() {
    let rows = [
        ("Ned Price", "MR. PRICE", None, Some("State"), true),
        ("Price", "MR PRICE", None, Some("State"), true),
        plain("Antony J. Blinken"),
        plain("Antony Blinken"),
        plain("MOFCOM"),
        plain("China's commerce ministry"),
    ];
    let mut back = rows;
    back.reverse();
    let aliases = Aliases::default();
    assert_eq!(groups_of(&aliases, &rows), groups_of(&aliases, &back));
}
