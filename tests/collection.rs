//! The collection: undo of any series of changes, and what happens to its file.
#![allow(missing_docs, clippy::unwrap_used)]

use dictum::collection::{Access, Collection, CollectionFile};
use dictum::model::{Passage, PassageKind, Span, Statement};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn passage(n: usize) -> Passage {
    let body = "word ".repeat(n + 1);
    let span = Span::new(0, body.len());
    Passage::new(&Statement::new("s", &body), PassageKind::Hit, &[span])
}

fn listed(collection: &Collection) -> Vec<Passage> {
    collection.iter().cloned().collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[derive(Clone, Debug)]
enum Step {
    Toggle(usize),
    Remove(usize),
    Note(usize, String),
    Tags(usize, Vec<String>),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0usize..8).prop_map(Step::Toggle),
        (0usize..9).prop_map(Step::Remove),
        (0usize..9, "[ab]{0,1}").prop_map(|(n, note)| Step::Note(n, note)),
        (0usize..9, prop::collection::vec("[ab]", 0..2)).prop_map(|(n, tags)| Step::Tags(n, tags)),
    ]
}

fn take(collection: &mut Collection, step: Step) {
    match step {
        Step::Toggle(n) => _ = collection.toggle(passage(n)),
        Step::Remove(n) => _ = collection.remove(n),
        Step::Note(n, note) => _ = collection.set_note(n, note),
        Step::Tags(n, tags) => _ = collection.set_tags(n, tags),
    }
}

proptest! {
    #[test]
    fn undo_and_redo_walk_through_every_state(steps in prop::collection::vec(step(), 0..60)) {
        let mut collection = Collection::new(vec![passage(20), passage(21)]);
        let mut states = vec![listed(&collection)];
        for step in steps {
            take(&mut collection, step);
            let now = listed(&collection);
            // What changes nothing is no step to undo.
            if Some(&now) != states.last() {
                states.push(now);
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(collection.undo());
            prop_assert_eq!(&listed(&collection), state);
        }
        prop_assert!(!collection.undo());
        for state in states.iter().skip(1) {
            prop_assert!(collection.redo());
            prop_assert_eq!(&listed(&collection), state);
        }
        prop_assert!(!collection.redo());
    }
}

#[test]
fn two_hundred_steps_are_kept_and_a_new_change_ends_what_could_be_redone() {
    let mut collection = Collection::default();
    for n in 0..250 {
        assert!(collection.toggle(passage(n)));
    }
    assert_eq!((0..).take_while(|_| collection.undo()).count(), 200);
    assert_eq!(collection.len(), 50);
    assert!(collection.redo() && collection.set_note(0, "x".into()) && !collection.redo());
    assert!(!collection.set_note(51, "x".into()) && collection.remove(51).is_none());
}

#[test]
fn what_is_saved_is_read_again_and_a_second_instance_only_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.json");
    let (file, mut marks, message) = CollectionFile::open(&path).unwrap();
    assert!(message.is_none() && file.access() == Access::ReadWrite && marks.is_empty());
    marks.toggle(passage(1));
    marks.set_note(0, "see p. 4".into());
    assert!(marks.dirty());
    file.save(&mut marks).unwrap();
    assert!(!marks.dirty());
    let (second, mut read, message) = CollectionFile::open(&path).unwrap();
    assert_eq!(second.access(), Access::ReadOnly);
    assert!(message.unwrap().contains("another dictum has it open"));
    assert!(read.iter().eq(marks.iter()));
    read.remove(0);
    assert!(second.save(&mut read).is_err() && read.dirty());
    drop((file, second));
    let (third, read, message) = CollectionFile::open(&path).unwrap();
    assert!(message.is_none() && third.access() == Access::ReadWrite);
    assert!(read.iter().eq(marks.iter()));
}

#[test]
fn a_file_that_is_not_understood_is_moved_aside_and_no_name_is_overwritten() {
    for (content, reason) in [
        ("{", "EOF"),
        ("", "EOF"),
        ("{\"passages\":[]}", "schema"),
        ("{\"schema\":0,\"passages\":[]}", "schema 0 is not known"),
        // The passages of a newer schema may have any shape.
        (
            "{\"passages\":{\"new\":1},\"schema\":2}",
            "made by a newer dictum (schema 2)",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.json");
        fs::write(&path, content).unwrap();
        fs::write(folder.path().join("c.json.bad-1"), "older").unwrap();
        let (file, mut marks, message) = CollectionFile::open(&path).unwrap();
        let message = message.unwrap();
        assert!(
            message.contains(reason) && message.contains("c.json.bad-2"),
            "{message}"
        );
        marks.toggle(passage(1));
        file.save(&mut marks).unwrap();
        let there = |name| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(there("c.json.bad-1"), "older");
        assert_eq!(there("c.json.bad-2"), content);
        assert!(there("c.json").contains("\"schema\": 1"));
        assert_eq!(
            names(folder.path()),
            ["c.json", "c.json.bad-1", "c.json.bad-2", "c.json.lock"]
        );
    }
}

#[test]
fn a_bad_file_stays_where_it_is_while_another_instance_has_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.json");
    let (_first, _, _) = CollectionFile::open(&path).unwrap();
    fs::write(&path, "{").unwrap();
    let (second, _, message) = CollectionFile::open(&path).unwrap();
    assert!(message.unwrap().contains("stays as it is") && second.access() == Access::ReadOnly);
    assert_eq!(names(folder.path()), ["c.json", "c.json.lock"]);
}

#[test]
fn a_folder_that_is_missing_or_not_writable_opens_read_only_with_a_message() {
    let folder = tempfile::tempdir().unwrap();
    let mut places = vec![folder.path().join("missing/c.json")];
    if cfg!(target_os = "linux") {
        places.push("/proc/self/c.json".into()); // no user can write there, root neither
    }
    for path in places {
        let (file, mut marks, message) = CollectionFile::open(&path).unwrap();
        assert_eq!(file.access(), Access::ReadOnly);
        assert!(message.unwrap().contains("marks made now stay in memory"));
        assert!(marks.toggle(passage(1)) && file.save(&mut marks).is_err());
        assert!(marks.dirty() && marks.len() == 1);
    }
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_write_protected_file_is_read_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.json");
    let (file, mut marks, _) = CollectionFile::open(&path).unwrap();
    marks.toggle(passage(1));
    file.save(&mut marks).unwrap();
    drop(file);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let (file, read, message) = CollectionFile::open(&path).unwrap();
    assert!(message.unwrap().contains("write-protected"));
    assert!(file.access() == Access::ReadOnly && read.iter().eq(marks.iter()));
}

#[test]
fn a_folder_in_the_place_of_the_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = CollectionFile::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains("not a regular file"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_to_the_collection_stays_a_link_and_shares_its_lock() {
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (
        folder.path().join("c.json"),
        folder.path().join("link.json"),
    );
    let (file, mut marks, _) = CollectionFile::open(&path).unwrap();
    file.save(&mut marks).unwrap();
    drop(file);
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let (file, mut marks, _) = CollectionFile::open(&link).unwrap();
    let (second, _, _) = CollectionFile::open(&path).unwrap();
    assert_eq!(second.access(), Access::ReadOnly);
    marks.toggle(passage(3));
    file.save(&mut marks).unwrap();
    assert!(link.is_symlink() && !path.is_symlink());
    drop((file, second));
    assert_eq!(CollectionFile::open(&path).unwrap().1.len(), 1);
}
