//! Values, units, and numbers that are names.

use super::*;

#[test]
fn values_are_scaled_and_units_named() {
    for (text, words, value, unit) in [
        (
            "a tariff of 100 percent on",
            "100 percent",
            100.0,
            "percent",
        ),
        ("in just 20 days, it", "20 days", 20.0, "days"),
        ("raises $1.5 trillion and", "$1.5 trillion", 1.5e12, "USD"),
        ("some 3,000 people", "3,000 people", 3000.0, "people"),
        ("2 million doses", "2 million doses", 2e6, "doses"),
        ("fell 7% in", "7%", 7.0, "percent"),
        ("the 28 that left", "28", 28.0, ""),
        (
            "eight Syrian prisons",
            "eight Syrian prisons",
            8.0,
            "prisons",
        ),
        (
            "nearly one million people",
            "one million people",
            1e6,
            "people",
        ),
        ("two of its leaders", "two", 2.0, "leaders"),
        (
            "two-thirds of the senators",
            "two-thirds",
            2.0 / 3.0,
            "share",
        ),
        ("80 million dose commitment", "80 million dose", 8e7, "dose"),
        ("at least 75 percent", "75 percent", 75.0, "percent"),
        ("sixty members", "sixty members", 60.0, "members"),
        ("seventeen soldiers", "seventeen soldiers", 17.0, "soldiers"),
    ] {
        let found = numbers(text, Span::new(0, text.len()), &[]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(
            (
                found[0].span.of(text),
                found[0].value,
                found[0].unit.as_str()
            ),
            (words, value, unit)
        );
    }
}

#[test]
fn numbers_that_name_are_left() {
    for text in [
        "pursuant to Executive Order (E.O.) 13894 for",
        "H.R. 503 classifies",
        "the COVID-19 pandemic and COVID 19 relief",
        "Security Council Resolution 1820",
        "one of the reasons that one must",
        "hundreds of thousands of workers",
        "at 2:00 p.m.",
        "the twenty-eighth session on a two-state solution",
        "under [resolution 2832 and",
    ] {
        let found = numbers(text, Span::new(0, text.len()), &[]);
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn a_tally_is_two_numbers_of_votes() {
    let text = "the Senate voted 81-13 to override";
    let found = numbers(text, Span::new(0, text.len()), &[]);
    assert_eq!(
        found.iter().map(|n| n.value).collect::<Vec<_>>(),
        [81.0, 13.0]
    );
    assert_eq!(numbers("pages 81-13", Span::new(0, 11), &[]), []);
}

#[test]
fn twenty_five_percent_were_five() {
    for (text, words, value, unit) in [
        (
            "Twenty-five percent of them",
            "Twenty-five percent",
            25.0,
            "percent",
        ),
        (
            "some forty-two people died",
            "forty-two people",
            42.0,
            "people",
        ),
    ] {
        let found = numbers(text, Span::new(0, text.len()), &[]);
        let found: Vec<_> = found
            .iter()
            .map(|n| (n.span.of(text), n.value, n.unit.as_str()))
            .collect();
        assert_eq!(found, [(words, value, unit)]);
    }
    // Two numbers are no sum.
    let two = "a fifty-fifty chance";
    assert!(
        numbers(two, Span::new(0, two.len()), &[])
            .iter()
            .all(|n| n.value == 50.0)
    );
    let none = "his twenty-eighth year, a twenty-two-state tour, the tenth";
    assert!(numbers(none, Span::new(0, none.len()), &[]).is_empty());
}

#[test]
fn every_number_in_words_is_told_by_its_first_letters() {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    for word in WORDS.iter().map(|(word, _)| *word).chain(["half"]) {
        assert!(in_words(word) && in_words(&capital(word)), "{word}");
        assert!(in_words(&format!("{word}-thirds")));
    }
    for word in ["", "to", "the", "for", "é", "tens", "seventh"] {
        assert!(!in_words(word), "{word}");
    }
}
