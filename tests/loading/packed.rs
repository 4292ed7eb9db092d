//! Compressed files and archives, office documents among them.

use super::{load_bytes, load_with, told};
use dictum::load::{Input, Options};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

const TEXT: &str = "BEIJING, Oct. 12, 2025 (Xinhua) -- We refuse, he said.";

type Pack = fn(&[u8]) -> Vec<u8>;

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        out.append_data(&mut header, name, *bytes).unwrap();
    }
    out.into_inner().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn compressed_files_are_told_by_their_bytes_and_may_be_several_behind_one_another() {
    let packs: [(&str, Pack); 3] = [("gz", gzipped), ("zst", zstd), ("bz2", bzip2)];
    for (ending, pack) in packs {
        let (half, other) = TEXT.split_at(20);
        let bytes = [pack(half.as_bytes()), pack(other.as_bytes())].concat();
        for name in [format!("a.txt.{ending}"), "a.txt".into(), "a".into()] {
            let (statements, faults) = load_bytes(&name, &bytes);
            assert!(faults.is_empty(), "{name}: {faults:?}");
            assert_eq!(
                (&*statements[0].id, &*statements[0].body),
                ("a", TEXT),
                "{name}"
            );
        }
        let twice = pack(&pack(TEXT.as_bytes()));
        let (statements, faults) = load_bytes(&format!("a.txt.{ending}"), &twice);
        assert!(statements.is_empty() && faults.len() == 1, "{faults:?}");
        let cut = &pack(TEXT.as_bytes())[..30];
        assert_eq!(load_bytes("a.txt", cut).0.len(), 0);
    }
}

#[test]
fn members_of_archives_are_read_as_files_are() {
    let members: [(&str, &[u8]); 7] = [
        ("b/one.txt", TEXT.as_bytes()),
        ("b/two.jsonl", b"{\"id\":\"j\",\"text\":\"Two.\"}\n{oops\n"),
        ("../../etc/three.csv", b"id,text\nc,Three.\n"),
        ("__MACOSX/b/._one.txt", b"junk"),
        ("b/.hidden", b"junk"),
        ("b/in.zip", b"PK\x03\x04junk"),
        ("b/p.png", b"\x89PNG\r\n\x1a\n"),
    ];
    for (name, bytes) in [
        ("a.zip", zipped(&members)),
        (
            "a.tgz",
            gzipped(&tarred(
                &members[..2]
                    .iter()
                    .chain(&members[3..])
                    .copied()
                    .collect::<Vec<_>>(),
            )),
        ),
        ("a.tar.zst", zstd(&tarred(&[members[0], members[1]]))),
        ("stdin", zipped(&members)),
    ] {
        let (statements, faults) = load_bytes(name, &bytes);
        let ids: Vec<&str> = statements.iter().map(|s| &*s.id).collect();
        assert_eq!(ids[..2], ["one", "j"], "{name} {faults:?}");
        assert!(
            statements[0]
                .origin
                .path
                .ends_with(&format!("{name}/b/one.txt"))
        );
        let all = faults.join("\n");
        assert!(all.contains("b/two.jsonl: line 2: is not JSON"), "{all}");
        if name == "a.zip" {
            assert_eq!(ids[2], "c");
            assert!(
                all.contains("b/in.zip: it is an archive in an archive"),
                "{all}"
            );
            assert!(all.contains("b/p.png: it is a picture"), "{all}");
        }
        assert!(!all.contains("MACOSX") && !all.contains("hidden"), "{all}");
    }
}

#[test]
fn a_zip_bomb_is_stopped_for_all_its_members_together() {
    let zeros = vec![b'a'; 9 << 20];
    let names: Vec<String> = (0..8).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &zeros[..])).collect();
    let (statements, faults) = load_bytes("bomb.zip", &zipped(&members));
    assert!(
        statements.len() <= 2 && faults.len() >= 6,
        "{}",
        statements.len()
    );
    assert!(
        faults
            .iter()
            .all(|f| f.contains("grows more than 200 times")),
        "{faults:?}"
    );
}

#[test]
fn a_zstd_bomb_is_stopped() {
    let bytes = zstd(&vec![b'a'; 40 << 20]);
    let (statements, faults) = load_bytes("bomb.txt.zst", &bytes);
    assert!(
        statements.is_empty() && faults[0].contains("grows more than"),
        "{faults:?}"
    );
}

#[test]
fn an_office_document_gives_its_paragraphs_and_says_what_was_changed() {
    let document = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>On the </w:t></w:r><w:r><w:t>talks</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del><w:r><w:delText>accept</w:delText></w:r></w:del><w:ins><w:r><w:t>refuse &amp; go</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:body></w:document>"#;
    let core = r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:creator>Clerk</dc:creator><dc:title>Template</dc:title></cp:coreProperties>"#;
    let bytes = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ]);
    for name in ["a.docx", "a"] {
        let (statements, faults) = load_bytes(name, &bytes);
        assert_eq!(
            told(&statements[0]),
            "a | On the talks | - | - | - | On the talks//We refuse & go.//Cell"
        );
        assert_eq!(statements[0].extra["document.creator"], "Clerk");
        assert!(
            faults.len() == 1 && faults[0].contains("tracked changes"),
            "{faults:?}"
        );
    }
    let (statements, faults) = load_bytes("a.docx", &zipped(&[("x", b"y")]));
    assert!(
        statements.is_empty() && faults[0].contains("no Word document"),
        "{faults:?}"
    );
    let sheet = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    let (statements, faults) = load_bytes("a.xlsx", &sheet);
    assert!(
        statements.is_empty() && faults[0].contains("office documents other than"),
        "{faults:?}"
    );
}

#[test]
fn a_member_above_the_cap_is_refused_and_the_next_is_read() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("a.tar");
    let long = "long text ".repeat(2000);
    let members: [(&str, &[u8]); 2] = [("a.txt", long.as_bytes()), ("b.txt", b"Short.")];
    std::fs::write(&path, tarred(&members)).unwrap();
    let options = Options {
        max_text_bytes: 1000,
        ..Options::default()
    };
    let (statements, faults) = load_with(&[Input::Path(path)], &options);
    assert_eq!(statements.len(), 1);
    assert!(
        faults.len() == 1 && faults[0].contains("a.tar/a.txt: is larger"),
        "{faults:?}"
    );
}
