//! Places found again, and doubts that are said.

use super::*;
use proptest::prelude::*;

fn target(exact: &str, prefix: &str, suffix: &str, position: Option<(usize, usize)>) -> Target {
    Target {
        exact: Some(exact.to_owned()),
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
        position,
        ..Target::default()
    }
}

#[test]
fn a_position_is_believed_only_where_the_words_are() {
    let body = "We act. They said: We act.";
    let there = anchor(body, &target("We act.", "", "", Some((19, 26))), false).unwrap();
    assert_eq!((there.span, there.how), (Span::new(19, 26), How::Position));
    let moved = anchor(body, &target("We act.", "said: ", "", Some((3, 10))), false).unwrap();
    assert_eq!((moved.span, moved.how), (Span::new(19, 26), How::Quote));
    let unsaid = Target {
        position: Some((0, 6)),
        ..Target::default()
    };
    assert!(anchor(body, &unsaid, false).is_err());
}

#[test]
fn of_two_places_alike_the_near_one_is_taken_and_the_doubt_is_said() {
    let body = "yes and no, yes and no, yes and no";
    let found = anchor(body, &target("yes", "", "", Some((13, 16))), false).unwrap();
    assert_eq!(found.span, Span::new(12, 15));
    assert!(found.sure < 0.5);
}

#[test]
fn positions_of_a_browser_count_utf16() {
    let body = "👩 said: “We act.” Then she left.";
    let start = body.encode_utf16().take_while(|u| *u != '“' as u16).count();
    let mut wanted = target("“We act.”", "", "", Some((start, start + 9)));
    wanted.in_utf16 = true;
    assert_eq!(anchor(body, &wanted, false).unwrap().how, How::Position);
}

#[test]
fn an_edited_version_is_found_with_its_marks_and_its_doubt() {
    let body = "The minister spoke. \"We will not accept any further tariffs on our steel,\" she said. Then rain.";
    let old = "\"We will not accept further tariffs on steel,\"";
    let found = anchor(body, &target(old, "", "", Some((0, 40))), false).unwrap();
    assert_eq!(found.how, How::Alike);
    assert_eq!(
        found.span.of(body),
        "\"We will not accept any further tariffs on our steel,\""
    );
    assert!((0.6..1.0).contains(&found.sure), "{}", found.sure);
    let strange = "Nothing of this kind was ever uttered here";
    assert!(anchor(body, &target(strange, "", "", None), false).is_err());
}

#[test]
fn a_place_that_overlaps_another_with_the_same_words_is_found() {
    let body = "ha ha ha";
    let found = anchor(body, &target("ha ha", "ha ", "", None), false).unwrap();
    assert_eq!(found.span, Span::new(3, 8));
}

proptest! {
    #[test]
    fn what_is_cut_from_a_text_is_found_in_it(body in "[a-z é中👩.\n]{2,80}", from in 0usize..80, len in 1usize..40, shift in 0usize..5) {
        let points: Vec<usize> = body.char_indices().map(|(at, _)| at).chain([body.len()]).collect();
        let from = from.min(points.len() - 2);
        let to = (from + len).min(points.len() - 1);
        let exact = &body[points[from]..points[to]];
        let before = anchor(&body, &target(exact, "", "", Some((from, to))), false).unwrap();
        prop_assert_eq!(before.span, Span::new(points[from], points[to]));
        // Text put in front moves it: the words are found all the same, told apart by all around them.
        let moved = format!("{}{body}", "#".repeat(shift));
        let wanted = target(exact, &body[..points[from]], &body[points[to]..], None);
        let after = anchor(&moved, &wanted, false).unwrap();
        prop_assert_eq!(after.span.begin(), points[from] + shift);
        prop_assert_eq!(after.span.of(&moved), exact);
    }

    #[test]
    fn no_text_and_no_target_panics(body in "\\PC{0,60}", exact in "\\PC{0,20}", start in 0usize..90, end in 0usize..90) {
        if let Ok(found) = anchor(&body, &target(&exact, "a", "b", Some((start, end))), false) {
            prop_assert!(!found.span.of(&body).is_empty());
        }
    }
}
