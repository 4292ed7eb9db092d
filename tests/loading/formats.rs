//! Every format, from a small file of it: what fills which fact, what is refused with which words.

use super::{all_told, load_bytes, load_with};
use dictum::load::{Event, FieldMap, Input, Options, load};
use std::ops::ControlFlow;

#[test]
fn tables_of_any_delimiter_are_read_and_ragged_rows_told_by_number() {
    let rows = all_told(
        "a.csv",
        "\u{feff}Doc ID,Published At,Headline,Source,Text\n\
         7,2025-10-12,\"One, two\",Ministry,\"He said: \"\"no\"\".\nTwice.\"\n\
         8,2025-10-13,Cut,Ministry,We refuse, he said.\n\
         9,2025-10-14,Short,Ministry\n\
         \n\
         10,2025-10-15,Last,Ministry,The end.\n",
    );
    assert_eq!(
        rows[..4],
        [
            "7 | One, two | 2025-10-12 | Ministry | - | He said: \"no\"./Twice.",
            "10 | Last | 2025-10-15 | Ministry | - | The end.",
            "a.csv: row 2: has 6 cells where the first row has 5: its text may be cut off \
             (put cells that hold the delimiter between quotation marks)",
            "a.csv: row 3: has 4 cells where the first row has 5",
        ]
    );
    assert!(
        rows[4].starts_with("a.csv: row 3: has no text under any known key") && rows.len() == 5
    );
    for (name, text) in [
        ("b.csv", "id;text;date\n1;a, b, c;2025\n"),
        ("b.tsv", "id\ttext\tdate\n1\ta, b, c\t2025\n"),
        ("b.csv", "id\ttext\tdate\n1\ta, b, c\t2025\n"),
        ("b.csv", "id|text|date\n1|a, b, c|2025\n"),
    ] {
        assert_eq!(
            all_told(name, text),
            ["1 | a, b, c | 2025 | - | - | a, b, c"]
        );
    }
    let latin = b"id,text\n1,caf\xe9 ferm\xe9 \xe0 midi, a d\xe9clar\xe9\n2,\"caf\xe9 ferm\xe9\"\n";
    let (statements, _) = load_bytes("c.csv", latin);
    assert_eq!(&*statements[0].body, "café fermé");
}

#[test]
fn a_row_that_nothing_closes_takes_in_no_more_than_the_cap() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("a.csv");
    let text = format!("id,text\n1,good\n2,\"{}", "never closed\n".repeat(9_000));
    std::fs::write(&path, text).unwrap();
    let options = Options {
        max_text_bytes: 20_000,
        ..Options::default()
    };
    let (statements, faults) = load_with(&[Input::Path(path)], &options);
    assert_eq!(statements.len(), 1);
    assert!(
        faults.len() == 1 && faults[0].contains("row 2"),
        "{faults:?}"
    );
}

const RSS: &str = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ministry</title><link>https://m.example</link><language>en</language>
<item><title>A &amp;amp; B</title><guid>u1</guid><link>https://m.example/1</link>
<pubDate>Thu, 02 May 2013 11:27:00 EST</pubDate><dc:creator>Wang Wei</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>We &#8220;refuse&#8221;.</p><script>x()</script><p>Twice.</p>]]></content:encoded></item>
<item><title>Two</title><link>https://m.example/2</link><description>&lt;b&gt;Only&lt;/b&gt; a part…</description></item>
<item><enclosure url="x"/></item>
</channel></rss>"#;

#[test]
fn feeds_give_the_fullest_text_and_say_what_is_an_excerpt() {
    assert_eq!(
        all_told("a.xml", RSS),
        [
            "u1 | A & B | 2013-05-02T11:27:00-05:00 | Ministry | Wang Wei | We “refuse”.//Twice.",
            "https://m.example/2 | Two | - | Ministry | - | Only a part…",
            "a.xml: record 3: the entry holds no text",
        ]
    );
    let (statements, _) = load_bytes("a.xml", RSS.as_bytes());
    assert_eq!(
        statements.iter().map(|s| s.excerpt).collect::<Vec<_>>(),
        [false, true]
    );
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Office</title><author><name>Her</name></author>
<entry><id>e1</id><title type="html">T &amp;lt; U</title><updated>2025-10-12T10:00:00Z</updated>
<link rel="self" href="https://no.example"/><link href="https://o.example/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two <em>words</em>.</p></div></content></entry>
<entry><id>e2</id><title>S</title><published>2025-10-11</published><summary type="text">A &lt;b&gt; stays.</summary></entry></feed>"#;
    assert_eq!(
        all_told("b.atom", atom),
        [
            "e1 | T < U | 2025-10-12T10:00:00Z | Office | Her | One.//Two words.",
            "e2 | S | 2025-10-11 | Office | Her | A <b> stays.",
        ]
    );
    let (statements, _) = load_bytes("b.atom", atom.as_bytes());
    assert_eq!(statements[0].url.as_deref(), Some("https://o.example/1"));
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Site","items":[
        {"id":"1","content_html":"<p>All.</p>","date_published":"2025-10-12"},
        {"id":"2","title":"T","summary":"A part."}]}"#;
    assert_eq!(
        all_told("c.json", json),
        [
            "1 | All. | 2025-10-12 | Site | - | All.",
            "2 | T | - | Site | - | A part.",
        ]
    );
    let (statements, _) = load_bytes("c.json", json.as_bytes());
    assert_eq!(
        statements.iter().map(|s| s.excerpt).collect::<Vec<_>>(),
        [false, true]
    );
}

#[test]
fn a_feed_that_breaks_off_gives_what_came_before() {
    let cut = &RSS[..RSS.find("<item><enclosure").unwrap()];
    let rows = all_told("a.xml", cut);
    assert_eq!(rows.len(), 3);
    assert!(
        rows[2].starts_with("a.xml: record 3: is not well-formed XML"),
        "{}",
        rows[2]
    );
}

#[test]
fn one_broken_entry_does_not_take_the_others_with_it() {
    let text = "<rss><channel><title>S</title><item><title>a & b</titel></item><item><title>ok</title></item><item><title>fine</title></item></channel></rss>";
    let rows = all_told("a.xml", text);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(
        rows[0].contains("| ok |") && rows[1].contains("| fine |"),
        "{rows:?}"
    );
    assert!(
        rows[2].starts_with("a.xml: record 1: is not well-formed XML"),
        "{rows:?}"
    );
}

#[test]
fn json_in_every_shape_is_read() {
    let one = r#"{"id":"x","text":"We said so.","date":1760227200,"source":{"id":"m","name":"Ministry"},"authors":[{"name":"A"},{"name":"B"}]}"#;
    let told = "x | We said so. | 2025-10-12T00:00:00Z | Ministry | A, B | We said so.";
    for (name, text) in [
        ("a.json", one.to_owned()),
        ("a.json", format!("[{one}]")),
        ("a.json", format!("{{\"meta\":1,\"articles\":[{one}]}}")),
        ("a.json", format!("\u{feff}{one}")),
        ("a.jsonl", format!("{one}\n")),
        ("a", one.to_owned()),
    ] {
        assert_eq!(all_told(name, &text), [told], "{text}");
    }
    let graph = r##"{"@context":"https://schema.org","@graph":[
        {"@type":"Organization","@id":"#m","name":"Ministry"},
        {"@type":["NewsArticle"],"@id":"#a","headline":"H","articleBody":"We said so.","datePublished":"2025-10-12","publisher":{"@id":"#m"},"author":[{"@type":"Person","name":"A"}]}]}"##;
    assert_eq!(
        all_told("a.json", graph),
        ["#a | H | 2025-10-12 | Ministry | A | We said so."]
    );
}

#[test]
fn the_user_says_which_key_holds_what_and_is_told_what_filled_what() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("a.json");
    let text = r#"{"text":"No.","data":{"parts":["skip","We refuse."]},"a.b":"2025-10-12","Headline":"T"}"#;
    std::fs::write(&path, text).unwrap();
    let fields = FieldMap::parse(&["body=none", "body=data.parts.1", "date=a.b"]).unwrap();
    let options = Options {
        fields: fields.into(),
        explain: true,
        ..Options::default()
    };
    let (mut body, mut filled) = (String::new(), Vec::new());
    load(&[Input::Path(path)], &options, &mut |event| {
        match event {
            Event::Statement(statement) => body = statement.body.to_string(),
            Event::Filled { keys, .. } => filled = keys,
            _ => {}
        }
        ControlFlow::Continue(())
    });
    assert_eq!(body, "We refuse.");
    let filled: Vec<String> = filled
        .iter()
        .map(|(ours, key)| format!("{ours}={key}"))
        .collect();
    assert_eq!(filled, ["body=data.parts.1", "title=Headline", "date=a.b"]);
    assert!(
        FieldMap::parse(&["speech=x"])
            .unwrap_err()
            .contains("choose one of id, title")
    );
    assert!(
        FieldMap::parse(&["body"])
            .unwrap_err()
            .contains("body=articleBody")
    );
}

#[test]
fn ninjs_of_three_versions_with_what_holds_it_back() {
    let body = "We refuse.";
    for record in [
        format!(
            r#"{{"uri":"u","type":"text","versioncreated":"2025-10-12T10:00:00Z","headline":"H","byline":"B","body_text":"{body}"}}"#
        ),
        format!(
            r#"{{"uri":"u","type":"text","versioncreated":"2025-10-12T10:00:00Z","by":"B","headlines":[{{"role":"x","value":"No"}},{{"role":"main","value":"H"}}],"bodies":[{{"contenttype":"text/html","value":"<p>No</p>"}},{{"contenttype":"text/plain","value":"{body}"}}],"pubstatus":"usable","subject":[{{"name":"trade"}}]}}"#
        ),
        format!(
            r#"{{"standard":{{"name":"ninjs","version":"3.0"}},"uri":"u","versionCreated":"2025-10-12T10:00:00Z","by":"B","headlines":[{{"value":"H"}}],"bodies":[{{"contentType":"text/html","value":"<p>{body}</p>"}}],"pubStatus":"usable","embargoed":"2020-01-01T00:00:00Z"}}"#
        ),
    ] {
        assert_eq!(
            all_told("a.json", &record),
            ["u | H | 2025-10-12T10:00:00Z | - | B | We refuse."],
            "{record}"
        );
        assert_eq!(load_bytes("a.json", record.as_bytes()).0[0].hold, None);
    }
    for (fields, hold) in [
        (r#""pubstatus":"withheld""#, "withheld"),
        (r#""pubStatus":"canceled""#, "canceled"),
        (
            r#""embargoed":"2099-01-01T12:00:00Z""#,
            "embargoed until 2099-01-01 12:00:00Z",
        ),
        (r#""embargoed":"until noon""#, "embargoed"),
    ] {
        let record = format!(r#"{{"uri":"u","versioncreated":"2025","body_text":"T.",{fields}}}"#);
        let held = load_bytes("a.json", record.as_bytes()).0.remove(0).hold;
        assert_eq!(held.unwrap().to_string(), hold, "{fields}");
    }
}

#[test]
fn newsml_g2_and_nitf_are_read_with_what_holds_them_back() {
    let nitf = |head: &str| {
        format!(
            r#"<nitf><head><docdata {head}><doc-id id-string="d1"/><date.issue norm="20251012T100000Z"/><date.release norm="2099-01-01T00:00:00Z"/></docdata></head>
<body><body.head><hedline><hl1>Head</hl1></hedline><byline>By <person>Wang Wei</person></byline><distributor>Agency</distributor>
<dateline><location>Beijing</location></dateline></body.head>
<body.content><block><p>We &quot;refuse&quot;.</p><p>Twice.</p></block></body.content></body></nitf>"#
        )
    };
    let told = "d1 | Head | 2025-10-12T10:00:00Z | Agency | Wang Wei | We \"refuse\".//Twice.";
    assert_eq!(all_told("a.xml", &nitf("")), [told]);
    let held = |text: &str| {
        let hold = load_bytes("a.xml", text.as_bytes()).0.remove(0).hold;
        hold.map(|h| h.to_string())
    };
    assert_eq!(held(&nitf("")), None);
    assert_eq!(
        held(&nitf("management-status=\"embargoed\"")).as_deref(),
        Some("embargoed until 2099-01-01 00:00:00Z")
    );
    let g2 = |meta: &str, content: &str| {
        format!(
            r#"<?xml version="1.0"?><newsMessage><itemSet><newsItem guid="g1" xml:lang="en"><itemMeta><provider qcode="p:X"><name>Agency</name></provider>
<versionCreated>2025-10-12T10:00:00+08:00</versionCreated>{meta}</itemMeta>
<contentMeta><located><name>Beijing</name></located><headline>Head</headline><by>Wang Wei</by><subject><name>trade</name></subject></contentMeta>
<contentSet>{content}</contentSet></newsItem></itemSet></newsMessage>"#
        )
    };
    let told = "g1 | Head | 2025-10-12T10:00:00+08:00 | Agency | Wang Wei | We \"refuse\".//Twice.";
    for content in [
        format!("<inlineXML contenttype=\"application/nitf+xml\">{}</inlineXML>", nitf("")),
        "<inlineXML><html><head><title>x</title></head><body><p>We \"refuse\".</p><p>Twice.</p></body></html></inlineXML>".to_owned(),
        "<inlineData contenttype=\"text/plain\">We \"refuse\".\n\nTwice.</inlineData>".to_owned(),
    ] {
        assert_eq!(all_told("a.xml", &g2("", &content)), [told], "{content}");
        assert_eq!(
            held(&g2("<pubStatus qcode=\"stat:canceled\"/>", &content)).as_deref(),
            Some("canceled")
        );
        assert_eq!(held(&g2("<embargoed>2020-01-01T00:00:00Z</embargoed>", &content)), None);
    }
    let rows = all_told("a.xml", &g2("", "<remoteContent href=\"x\"/>"));
    assert_eq!(rows, ["a.xml: its content is kept elsewhere or is no text"]);
}

#[test]
fn mail_and_boxes_of_it_are_read() {
    let mail = "From: Wang Wei <w@example.org>\nSubject: Talks\nDate: Sun, 12 Oct 2025 10:00:00 +0800\nMessage-ID: <m1@x>\nContent-Type: text/plain; format=flowed\n\nWe \nrefuse.\n\n>From the office\n";
    let told = "m1@x | Talks | 2025-10-12T10:00:00+08:00 | - | Wang Wei | We refuse.";
    assert_eq!(
        all_told("a.eml", mail),
        [format!("{told}//> From the office")]
    );
    let other = mail.replace("m1@x", "m2@x").replace("Subject: Talks\n", "");
    let mbox = format!(
        "From w@example.org Sun Oct 12 10:00:00 2025\n{mail}\nFrom x Sun Oct 12 10:00:00 2025\n{other}"
    );
    for name in ["a.mbox", "a"] {
        assert_eq!(
            all_told(name, &mbox),
            [
                format!("{told}//From the office"),
                "m2@x | We refuse. | 2025-10-12T10:00:00+08:00 | - | Wang Wei | We refuse.//From the office".to_owned(),
            ]
        );
    }
}

#[test]
fn reuters_sgml_is_read_record_by_record() {
    let record = |id: u8, body: &str| {
        format!(
            "<REUTERS TOPICS=\"NO\" NEWID=\"{id}\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS></TOPICS>\n<TEXT>&#2;\n<TITLE>A &lt;B></TITLE>\n<DATELINE>    LONDON, Feb 26 - </DATELINE>{body}</TEXT>\n</REUTERS>\n"
        )
    };
    let text = format!(
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n{}{}<REUTERS NEWID=\"3\">\n<TEXT>",
        record(1, "<BODY>He said no.\n&#3;</BODY>"),
        record(2, "")
    );
    assert_eq!(
        all_told("reut2-000.sgm", &text),
        [
            "reuters-1 | A <B> | 1987-02-26T15:01:01 | Reuters | - | He said no.",
            "reut2-000.sgm: record 2: holds no text",
            "reut2-000.sgm: record 3: the record is cut off",
        ]
    );
}

#[test]
fn html_pages_give_their_main_text_and_fragments_all_of_it() {
    let page = r#"<!DOCTYPE html><html lang="en"><head><title>Talks | Ministry</title><meta property="og:site_name" content="Ministry">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Talks","datePublished":"2025-10-12","author":{"name":"Wang Wei"},"publisher":{"name":"Ministry"}}</script></head>
<body><nav><a href="/">Home</a> <a href="/b">Budget</a></nav><article><h1>Talks</h1><p>The minister said on Sunday that the talks had not been broken off, and would go on.</p><p>“We refuse,” he said, “to be hurried by anybody, whoever it is.”</p></article><footer>All rights reserved</footer></body></html>"#;
    let (statements, faults) = load_bytes("a.html", page.as_bytes());
    let statement = &statements[0];
    assert!(faults.is_empty());
    assert!(
        statement.body.contains("We refuse")
            && !statement.body.contains("Budget")
            && !statement.body.contains("rights")
    );
    let told = super::told(statement);
    assert!(
        told.starts_with("a | Talks | 2025-10-12 | Ministry | Wang Wei | "),
        "{told}"
    );
    assert_eq!(
        all_told(
            "b.html",
            "<p>One <b>bold</b>.</p><style>p{}</style><ul><li>Two</li></ul>"
        ),
        ["b | One bold. | - | - | - | One bold.//Two"]
    );
}

#[test]
fn xml_of_another_kind_is_refused_by_its_root() {
    assert_eq!(
        all_told(
            "a.xml",
            "<?xml version=\"1.0\"?><!-- x --><opml><body/></opml>"
        ),
        [
            "a.xml: XML of a kind that is not known: its root is `opml` (convert it to text, JSON lines, Markdown or HTML)"
        ]
    );
}

#[test]
fn an_embargo_in_the_header_of_a_text_holds_until_its_day() {
    let hold = |until: &str| {
        let text = format!("EMBARGOED UNTIL {until}\n\nWASHINGTON -- We refuse, he said.");
        let hold = load_bytes("a.txt", text.as_bytes()).0.remove(0).hold;
        hold.map(|h| h.to_string())
    };
    assert_eq!(
        hold("10:00 a.m. EST, Monday, January 5, 2099").as_deref(),
        Some("embargoed until 2099-01-05")
    );
    assert_eq!(hold("10:00 a.m. EST, January 5, 2009"), None);
    assert_eq!(hold("DELIVERY"), None);
}

/// What filled which field of the first record of a file, in a line.
fn filled(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let options = Options {
        explain: true,
        ..Options::default()
    };
    let mut told = Vec::new();
    load(&[Input::Path(path)], &options, &mut |event| {
        if let Event::Filled { keys, .. } = event {
            let pairs = keys.iter().map(|(ours, from)| format!("{ours} ← {from}"));
            told.push(pairs.collect::<Vec<_>>().join(", "));
        }
        ControlFlow::Continue(())
    });
    told.first().cloned().unwrap_or_default()
}

#[test]
fn what_filled_which_field_was_told_of_keys_alone() {
    let worked_out = "title ← derived from its first line";
    let dated = "date ← the header of its text";
    for (name, text, expected) in [
        (
            "a.rss",
            "<rss><channel><title>Site</title><item><guid>1</guid><title>T</title><link>u</link>\
             <pubDate>Sun, 12 Oct 2025 10:00:00 GMT</pubDate><dc:creator>A</dc:creator>\
             <description>We refuse.</description></item></channel></rss>",
            "body ← <description>, title ← <title>, date ← <pubDate>, author ← <dc:creator>, \
             source ← <title> of the feed, url ← <link>, id ← <guid>"
                .to_owned(),
        ),
        (
            "a.atom",
            "<feed><entry><id>1</id><title>T</title><updated>2025-10-12</updated><link href='u'/>\
             <author><name>A</name></author><content>We refuse.</content></entry></feed>",
            "body ← <content>, title ← <title>, date ← <updated>, author ← <author>, url ← <link>, id ← <id>"
                .to_owned(),
        ),
        (
            "a.json",
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"Site","items":[{"id":"1","url":"u","summary":"We refuse."}]}"#,
            format!("body ← summary, id ← id, source ← title of the feed, url ← url, {worked_out}"),
        ),
        (
            "a.nitf",
            "<nitf><head><docdata management-status='usable'><doc-id id-string='1'/><date.issue norm='20251012'/>\
             </docdata></head><body><body.head><hedline><hl1>H</hl1></hedline><byline>By <person>A</person></byline>\
             <distributor>Agency</distributor><dateline><location>Geneva</location></dateline></body.head>\
             <body.content><p>We refuse.</p></body.content></body></nitf>",
            "title ← <hl1>, author ← <person>, place ← <location>, date ← <date.issue norm>, id ← <doc-id id-string>, \
             source ← <distributor>, status ← <docdata management-status>, body ← <body.content>"
                .to_owned(),
        ),
        (
            "a.xml",
            "<newsItem guid='g'><itemMeta><provider qcode='nprov:AFP'/><versionCreated>2025-10-12</versionCreated>\
             <embargoed>2020-01-01</embargoed></itemMeta><contentMeta><headline>H</headline><by>A</by></contentMeta>\
             <contentSet><inlineData contenttype='text/plain'>We refuse.</inlineData></contentSet></newsItem>",
            "id ← <newsItem guid>, title ← <headline>, date ← <versionCreated>, source ← <provider>, author ← <by>, \
             embargo ← <embargoed>, body ← <inlineData>"
                .to_owned(),
        ),
        (
            "a.eml",
            "From: Press <p@example.org>\nSubject: T\nDate: Sun, 12 Oct 2025 10:00:00 +0000\nMessage-ID: <1@x>\n\
             Organization: Ministry\nMIME-Version: 1.0\nContent-Type: text/plain\n\nWe refuse.\n",
            "body ← the text part, id ← Message-ID:, title ← Subject:, date ← Date:, source ← Organization:, author ← From:"
                .to_owned(),
        ),
        (
            "a.sgm",
            "<REUTERS NEWID=\"1\"><DATE>26-FEB-1987</DATE><PLACES><D>usa</D></PLACES><TEXT><TITLE>T</TITLE>\
             <DATELINE>LONDON, Feb 26 - </DATELINE><BODY>We refuse.</BODY></TEXT></REUTERS>",
            "body ← <BODY>, date ← <DATE>, title ← <TITLE>, place ← <DATELINE>, tags ← <D>, source ← the collection, \
             id ← <REUTERS NEWID>"
                .to_owned(),
        ),
        (
            "a.md",
            "---\ntitle: T\npubDate: 2025-10-12\n---\nWe refuse.\n",
            "body ← the text behind the front matter, title ← title, date ← pubDate".to_owned(),
        ),
        (
            "a.csv",
            "Headline,Text\nT,We refuse.\n",
            "body ← Text, title ← Headline".to_owned(),
        ),
        (
            "2025-10-12-a.txt",
            "We refuse.\n",
            format!("body ← the whole file, {worked_out}, date ← the name of its file"),
        ),
        (
            "b.txt",
            " date 2025-10-12 BEIJING -- We refuse.\n",
            format!("body ← the whole file, {worked_out}, {dated}, place ← the header of its text"),
        ),
    ] {
        assert_eq!(filled(name, text.as_bytes()), expected, "{name}");
    }
}

#[test]
fn where_a_page_states_what_is_told() {
    let page = "<html lang='en'><head><title>H | Ministry</title><meta property='og:title' content='H'>\
        <meta property='article:published_time' content='2025-10-12'><meta name='author' content='A'>\
        <script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
        \"publisher\":{\"name\":\"Ministry\"}}</script></head><body><article><p>We refuse, the ministry said on Sunday.</p>\
        </article></body></html>";
    assert_eq!(
        filled("a.html", page.as_bytes()),
        "body ← the main text of the page, title ← <meta og:title>, date ← <meta article:published_time>, \
         source ← JSON-LD, author ← <meta author>, lang ← <html lang>"
    );
    let piece = "<p>We refuse.</p>";
    assert_eq!(
        filled("b.html", piece.as_bytes()),
        "body ← the whole file, title ← derived from its first line"
    );
}

#[test]
fn the_first_of_two_texts_under_one_key_was_lost_without_a_word() {
    let record = r#"{"id":"a","text":"We refuse.","text":"We agree."}"#;
    let line = "a | We agree. | - | - | - | We agree.";
    let told = "an object has `text` twice: the last one counts";
    assert_eq!(
        all_told("a.json", record),
        [line, &format!("a.json: {told}")]
    );
    assert_eq!(
        all_told("a.jsonl", record),
        [line, &format!("a.jsonl: line 1: {told}")]
    );
}
