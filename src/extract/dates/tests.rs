//! Written and relative dates, and the calendar by property.

use super::*;
use jiff::ToSpan;
use proptest::prelude::*;

fn iso(text: &str) -> Vec<(String, Option<String>)> {
    on("2025-10-12", text)
}

fn on(said: &str, text: &str) -> Vec<(String, Option<String>)> {
    dates(text, Span::new(0, text.len()), said.parse().ok())
        .into_iter()
        .map(|d| (d.span.of(text).to_owned(), d.iso))
        .collect()
}

/// The one value found in `text`.
fn one(said: Date, text: &str) -> Option<String> {
    let found = dates(text, Span::new(0, text.len()), Some(said));
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found[0].iso.clone()
}

#[test]
fn written_and_relative_dates() {
    for (text, words, value) in [
        ("talks on Sunday", "Sunday", "2025-10-12"),
        ("talks on Monday", "Monday", "2025-10-06"),
        ("it will meet on Monday", "Monday", "2025-10-13"),
        ("next Monday", "next Monday", "2025-10-13"),
        ("in September, the", "in September", "2025-09"),
        ("it closes in December", "in December", "2025-12"),
        ("it was closed in December", "in December", "2024-12"),
        ("it will open in March", "in March", "2026-03"),
        ("in late July, he", "in late July", "2025-07"),
        ("on March 3, 2021", "March 3, 2021", "2021-03-03"),
        (
            "on Tuesday, March 3, 2020",
            "Tuesday, March 3, 2020",
            "2020-03-03",
        ),
        ("on 3 March 2021", "3 March 2021", "2021-03-03"),
        (
            "since December 22, last year",
            "December 22, last year",
            "2024-12-22",
        ),
        (
            "the evening of September 11th",
            "September 11th",
            "2025-09-11",
        ),
        ("since 2011", "since 2011", "2011"),
        ("the 2020 election", "2020", "2020"),
        ("Last year it", "Last year", "2024"),
        ("Last week they", "Last week", "2025-W40"),
        ("earlier in the month", "earlier in the month", "2025-10"),
        ("by the end of the year", "by the end of the year", "2025"),
        ("yesterday", "yesterday", "2025-10-11"),
        ("last night", "last night", "2025-10-11"),
        ("July 4", "July 4", "2025-07-04"),
        ("three weeks ago", "three weeks ago", "2025-09-21"),
        ("they will come in 20 days", "in 20 days", "2025-11-01"),
        (
            "the first quarter of 2024",
            "the first quarter of 2024",
            "2024-01/2024-03",
        ),
        ("in Q3", "in Q3", "2025-07/2025-09"),
        ("the 1990s", "the 1990s", "1990/1999"),
        ("fiscal year 2022", "fiscal year 2022", "2022"),
    ] {
        assert_eq!(
            iso(text),
            [(words.to_owned(), Some(value.to_owned()))],
            "{text}"
        );
    }
}

#[test]
fn numbers_of_laws_and_of_things_are_no_dates() {
    for text in [
        "it may 5 of 3,000",
        "the Tenure of Office Act of 1867",
        "Electronic Commerce Directive 2000 provides",
        "the 2030 Agenda for Development",
        "2000 troops left",
        "it cost $2000",
        "in just 20 days, it has introduced measures",
        "prices doubled in three years",
    ] {
        assert_eq!(iso(text), [], "{text}");
    }
}

#[test]
fn without_a_dateline_relative_dates_keep_their_place_only() {
    let found = dates("on Monday", Span::new(0, 9), None);
    assert_eq!(found[0].iso, None);
}

#[test]
fn the_year_after_counts_from_the_year_named() {
    let found = on("2010-02-04", "not next year or the year after");
    assert_eq!(found[1].1.as_deref(), Some("2012"));
}

fn any_day() -> impl Strategy<Value = Date> {
    (1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day"))
}

proptest! {
    #[test]
    fn a_weekday_is_the_last_one_or_the_coming_one(said in any_day(), shift in 0i64..7) {
        let day = said.checked_sub(shift.days()).unwrap();
        let name = format!("{:?}", day.weekday());
        prop_assert_eq!(one(said, &format!("they met on {name}")), Some(day.to_string()));
        let coming = if shift == 0 { said } else { day.checked_add(7.days()).unwrap() };
        prop_assert_eq!(one(said, &format!("they will meet on {name}")), Some(coming.to_string()));
        let next = day.checked_add(7.days()).unwrap();
        prop_assert_eq!(one(said, &format!("they will meet next {name}")), Some(next.to_string()));
    }

    #[test]
    fn counted_days_and_weeks_move_the_calendar(said in any_day(), n in 1i64..=90) {
        let (ahead, back) = (said.checked_add(n.days()).unwrap(), said.checked_sub(n.days()).unwrap());
        prop_assert_eq!(one(said, &format!("it will end in {n} days")), Some(ahead.to_string()));
        prop_assert_eq!(one(said, &format!("it ended {n} days ago")), Some(back.to_string()));
        let weeks = said.checked_sub(n.weeks()).unwrap();
        prop_assert_eq!(one(said, &format!("it ended {n} weeks ago")), Some(weeks.to_string()));
    }

    #[test]
    fn years_and_months_beside_this_one(said in any_day()) {
        prop_assert_eq!(one(said, "last year"), Some((said.year() - 1).to_string()));
        prop_assert_eq!(one(said, "next year"), Some((said.year() + 1).to_string()));
        let before = said.first_of_month().yesterday().unwrap();
        prop_assert_eq!(one(said, "last month"), Some(format!("{:04}-{:02}", before.year(), before.month())));
        let after = said.last_of_month().tomorrow().unwrap();
        prop_assert_eq!(one(said, "next month"), Some(format!("{:04}-{:02}", after.year(), after.month())));
        let week = said.checked_sub(7.days()).unwrap().iso_week_date();
        prop_assert_eq!(one(said, "last week"), Some(format!("{:04}-W{:02}", week.year(), week.week())));
    }

    #[test]
    fn a_month_named_alone_is_within_a_year(said in any_day(), month in 1i8..=12) {
        let name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][month as usize - 1];
        let at = |text: String| -> Date { format!("{}-01", one(said, &text).unwrap()).parse().unwrap() };
        let this = said.first_of_month();
        let ahead = at(format!("it will open in {name}"));
        prop_assert!(ahead >= this && ahead < this.checked_add(1.year()).unwrap());
        let back = at(format!("it was opened in {name}"));
        prop_assert!(back <= this && back > this.checked_sub(1.year()).unwrap());
        let last = at(format!("it opened last {name}"));
        prop_assert!(last < this && last >= this.checked_sub(1.year()).unwrap());
    }

    #[test]
    fn a_full_date_is_that_date(said in any_day(), day in any_day()) {
        let name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][day.month() as usize - 1];
        let value = Some(day.to_string());
        prop_assert_eq!(one(said, &format!("on {name} {}, {}", day.day(), day.year())), value.clone());
        prop_assert_eq!(one(said, &format!("on {} {name} {}", day.day(), day.year())), value.clone());
        prop_assert_eq!(one(said, &format!("on {day}")), value);
    }

    #[test]
    fn a_quarter_is_three_months(said in any_day(), year in 1900i16..2100, quarter in 1i8..=4) {
        let name = ["first", "second", "third", "fourth"][quarter as usize - 1];
        let value = one(said, &format!("in the {name} quarter of {year}")).unwrap();
        let (from, to) = value.split_once('/').unwrap();
        let first: Date = format!("{from}-01").parse().unwrap();
        let last: Date = format!("{to}-01").parse().unwrap();
        prop_assert_eq!(first.checked_add(2.months()).unwrap(), last);
        prop_assert_eq!(first.year(), year);
        prop_assert_eq!((first.month() + 2) / 3, quarter);
    }
}

#[test]
fn a_decade_behind_another_began_with_the_blank_before_it() {
    let found = iso("in the 1950s and 1960s");
    assert_eq!(
        found,
        [
            ("the 1950s".to_owned(), Some("1950/1959".to_owned())),
            ("1960s".to_owned(), Some("1960/1969".to_owned())),
        ]
    );
}

#[test]
fn no_date_begins_with_another_word() {
    assert!(OPENERS.is_sorted() && NAMES.is_sorted());
    let names = MONTHS
        .split('|')
        .chain(SURE.split('|'))
        .chain(DAYS.split('|'));
    for name in names {
        let bare: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
        let known = may_begin(&bare) && may_begin(&format!("{bare} 3"));
        // What is left of "Jan(?:uary|\\.)?" behind the stroke is no name.
        assert!(known || bare.is_empty(), "{name}");
    }
    for number in alternatives(|_| true).split('|') {
        let capital = number[..1].to_uppercase() + &number[1..];
        assert!(may_begin(number) && may_begin(&capital), "{number}");
    }
    for word in [
        "Q1", "FY2020", "FY 2020", "mid1990s", "In", "THE", "3", "Tomorrow",
    ] {
        assert!(may_begin(word), "{word}");
    }
    for word in ["", "Smith", "may", "Questions", "Internationally", "_", "é"] {
        assert!(!may_begin(word), "{word}");
    }
    let ways = WAYS.as_ref().expect("patterns");
    let samples = [
        include_str!("../../../assets/sample/01-g7-taiwan-strait-2022-08-03.txt"),
        // What the other tests read.
        include_str!("tests.rs"),
    ];
    let mut found = 0;
    for text in samples {
        let all = |meant: fn(&str) -> bool| -> Vec<usize> {
            at_words(ways, text, meant).map(|(at, _)| at).collect()
        };
        assert_eq!(all(may_begin), all(|_| true));
        found += all(may_begin).len();
    }
    assert!(found > 50, "{found}");
}

#[test]
fn twenty_five_years_ago_was_five() {
    assert_eq!(
        iso("twenty-five years ago"),
        [("twenty-five years ago".to_owned(), Some("2000".to_owned()))]
    );
    for count in [
        "one",
        "nine",
        "twelve",
        "seventeen",
        "forty",
        "sixty-one",
        "ninety nine",
    ] {
        let text = format!("{count} weeks ago");
        let found: Vec<String> = iso(&text).into_iter().map(|(words, _)| words).collect();
        assert_eq!(found, [text]);
    }
}

#[test]
fn clock_times_numbers_of_bills_and_quantities_were_years() {
    for text in [
        "the quake struck at midday (1700 UTC)",
        "it struck at 1700 local time",
        "she introduced H.R. 1684 and",
        "she introduced S. 1978, the",
        "under H.Res. 1531 it",
        "as resolution 1514 demands",
        "resolutions 1718 (2006), 1874 (2009) and",
        "resolutions 1514, 1803 and 1920 demand",
        "it lies 1100 miles (1770 km) away",
        "over 1800 people",
        "nearly 2000 people",
        "approximately 2000 people",
        "more than 1900 were hurt",
        "at least 1600 of them",
        "about 1800 homes",
        "a 2000-year history",
        "from 1500 to 2000 people",
    ] {
        assert_eq!(iso(text), [], "{text}");
    }
    for (text, words, value) in [
        ("(2024 Friday, UTC)", "Friday", "2025-10-10"),
        ("in 2024", "in 2024", "2024"),
        ("by 1999", "by 1999", "1999"),
        ("since 1999 people have", "since 1999", "1999"),
        ("a book about 1968.", "1968", "1968"),
        ("an increase over 2010.", "2010", "2010"),
        ("down to 1990 levels", "to 1990", "1990"),
        ("the census of 2010", "of 2010", "2010"),
        ("it was lower than in 1850 (see below)", "in 1850", "1850"),
    ] {
        let found = (words.to_owned(), Some(value.to_owned()));
        assert_eq!(iso(text), [found], "{text}");
    }
}

#[test]
fn what_is_awaited_was_looked_for_in_the_past() {
    for (text, value) in [
        ("the vote is scheduled for September", "2026-09"),
        ("work has been scheduled for December", "2025-12"),
        ("it closes by the end of January", "2026-01"),
        ("work is anticipated to begin in January", "2026-01"),
        (
            "the storm is forecast to reach the coast Monday",
            "2025-10-13",
        ),
        ("it is expected on Tuesday", "2025-10-14"),
        ("she intends to resign in May", "2026-05"),
        (
            "the rules are required to take effect in January",
            "2026-01",
        ),
        ("he is due to appear on Friday", "2025-10-17"),
        ("it is expected to be completed in August", "2026-08"),
        (
            "the council has announced the dates expected in May",
            "2026-05",
        ),
        ("a decision is expected in 20 days", "2025-11-01"),
        // What was is still looked for in the past.
        ("it was required to report by law in May", "2025-05"),
        ("sales were lower than expected in August", "2025-08"),
        ("the delays due to flooding in May", "2025-05"),
        ("the police arrested him on Monday", "2025-10-06"),
        ("it was done by the end of July", "2025-07"),
        ("the bridge set in stone in May", "2025-05"),
    ] {
        let values: Vec<_> = iso(text).into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, [Some(value.to_owned())], "{text}");
    }
}

#[test]
fn a_verb_of_the_past_beside_a_month_was_not_seen() {
    for (text, value) in [
        (
            "it was revealed that in December the council accepted it",
            "2024-12",
        ),
        (
            "revealed that in December the council accepted it",
            "2024-12",
        ),
        ("the council approved the plan in December", "2024-12"),
        ("it closes in December", "2025-12"),
        ("it closes in December for those registered", "2025-12"),
        ("they announced a meeting in December", "2025-12"),
        ("it will be signed in December", "2025-12"),
        ("the talks to be completed in December", "2025-12"),
    ] {
        let values: Vec<_> = iso(text).into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, [Some(value.to_owned())], "{text}");
    }
}

#[test]
fn a_day_of_the_week_before_its_date_was_another_date() {
    for (text, words, value) in [
        (
            "this Saturday, January 20, 2001 at noon",
            "Saturday, January 20, 2001",
            "2001-01-20",
        ),
        (
            "this past Saturday, January 20, 2001",
            "Saturday, January 20, 2001",
            "2001-01-20",
        ),
        (
            "on this Saturday, 20 January 2001",
            "Saturday, 20 January 2001",
            "2001-01-20",
        ),
        (
            "this Saturday, October 18",
            "Saturday, October 18",
            "2025-10-18",
        ),
        ("on Saturday 4 October", "Saturday 4 October", "2025-10-04"),
        ("this Saturday", "this Saturday", "2025-10-11"),
    ] {
        let found = (words.to_owned(), Some(value.to_owned()));
        assert_eq!(iso(text), [found], "{text}");
    }
}
