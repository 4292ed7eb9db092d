//! Input made to harm: any bytes under any name give statements or faults, and nothing else.

use super::load_bytes;
use proptest::prelude::*;

const NAMES: [&str; 17] = [
    "a.csv", "a.tsv", "a.xml", "a.rss", "a.atom", "a.nitf", "a.eml", "a.mbox", "a.sgm", "a.docx",
    "a.zip", "a.tar", "a.json", "a.jsonl", "a.html", "a.md", "a",
];

/// Beginnings that lead into each parser.
const BEGINNINGS: [&[u8]; 16] = [
    b"",
    b"id,text\n",
    b"<rss><channel><item><title>",
    b"<feed><entry><content type=\"html\">",
    b"<nitf><body><body.content><p>",
    b"<newsItem><contentSet><inlineXML>",
    b"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"From x\nSubject: y\n\n",
    b"<REUTERS NEWID=\"1\"><TEXT><TITLE>",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"\x28\xb5\x2f\xfd",
    b"BZh91AY&SY",
    b"{\"uri\":\"u\",\"versioncreated\":1,\"bodies\":[",
    b"---\n",
    b"<!DOCTYPE html><html><body><p>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn any_bytes_under_any_name_are_read_or_refused(
        name in 0..NAMES.len(),
        beginning in 0..BEGINNINGS.len(),
        rest in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..300),
            "[<>a-c/\"'&;=, \n{}\\[\\]:-]{0,200}".prop_map(String::into_bytes),
        ],
    ) {
        let bytes = [BEGINNINGS[beginning], &rest].concat();
        let (statements, faults) = load_bytes(NAMES[name], &bytes);
        // Nothing is dropped silently: a file gives something to read or a reason.
        prop_assert!(!statements.is_empty() || !faults.is_empty() || NAMES[name].contains("csv")
            || NAMES[name].contains("tsv") || NAMES[name].contains("json") || NAMES[name].contains("tar")
            || NAMES[name].contains("zip") || NAMES[name].contains("mbox"));
        for statement in statements {
            prop_assert!(!statement.body.trim().is_empty());
        }
    }
}

#[test]
fn entities_that_grow_and_files_named_in_xml_are_refused() {
    let lol = "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><rss><item><title>&b;</title></item></rss>";
    let file = "<!DOCTYPE rss [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><rss><item><title>&f;</title></item></rss>";
    let declared = format!("<?xml version=\"1.0\"?>\n{lol}");
    for text in [lol, file, &declared] {
        let (statements, faults) = load_bytes("a.xml", text.as_bytes());
        assert!(statements.is_empty(), "{text}");
        assert!(faults[0].contains("entities of its own"), "{faults:?}");
    }
    // A document type that declares nothing is common in old feeds, and not fetched.
    let old = "<!DOCTYPE rss PUBLIC \"-//x\" \"http://x.example/rss.dtd\"><rss><item><title>T</title></item></rss>";
    assert_eq!(load_bytes("a.xml", old.as_bytes()).0.len(), 1);
}

#[test]
fn deep_xml_is_refused_at_once() {
    let deep = format!("<rss>{}", "<a>".repeat(100_000));
    let (statements, faults) = load_bytes("a.xml", deep.as_bytes());
    assert!(
        statements.is_empty() && faults[0].contains("nest deeper"),
        "{faults:?}"
    );
}

#[test]
fn a_tag_of_fifty_thousand_attributes_is_refused_and_a_long_value_is_not() {
    let many: String = (0..50_000).map(|n| format!(" a{n}=\"{n}\"")).collect();
    let (statements, faults) = load_bytes("a.html", format!("<p{many}>We refuse.</p>").as_bytes());
    assert!(
        statements.is_empty() && faults[0].contains("attributes"),
        "{faults:?}"
    );
    let long = "word ".repeat(5_000);
    let text = format!("<p title='{long}' class=\"{long}\">It's <b>here</b>.</p>");
    assert_eq!(
        &*load_bytes("a.html", text.as_bytes()).0[0].body,
        "It's here."
    );
}
