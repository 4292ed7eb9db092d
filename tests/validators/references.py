"""CSL-JSON, RIS and BibLaTeX, read back by pandoc and rispy.

The official schema of CSL-JSON is in no package registry under its name; its rules on keys and types are below,
and pandoc's citation processor reads the same file.
"""

import json
import subprocess

import pypandoc
import rispy
from jsonschema import Draft7Validator

from common import STATEMENTS, exact, place_id, refuses, squeezed

NAME = {"type": "object", "additionalProperties": False, "required": ["literal"], "properties": {"literal": {"type": "string"}}}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array", "minItems": 1, "maxItems": 1,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
STRINGS = ["title", "container-title", "publisher-place", "genre", "URL", "language", "note", "keyword"]
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": ["article-newspaper", "webpage", "document", "speech"]},
            "author": {"type": "array", "minItems": 1, "items": NAME},
            "issued": DATE,
            "custom": {"type": "object"},
            **{name: {"type": "string", "minLength": 1} for name in STRINGS},
        },
    },
}
GIVEN = {s["id"]: s for s in STATEMENTS}


def pandoc(path, reader, *args):
    command = [pypandoc.get_pandoc_path(), "-f", reader, *args, str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def office(passage):
    given = GIVEN[passage["statement"]]
    return given.get("author") or given.get("source")


def csl(exports):
    """CSL-JSON: schema, positive and negative, and the words at their code points"""
    count = 0
    for what in ("quotes", "claims"):
        items = json.loads(exports.path("csl", what).read_text(encoding="utf-8"))
        Draft7Validator(CSL).validate(items)
        assert len({item["id"] for item in items}) == len(items)
        for item, passage in zip(items, exports.truth[what], strict=True):
            assert item["id"] == place_id(passage)
            for place in item["custom"]["places"]:
                exports.holds(item["custom"]["statement"], place["start"], place["end"], place["exact"])
            assert squeezed(exact(passage)) in squeezed(item["note"])
            names = [a["literal"] for a in item.get("author", [])]
            assert names == ([squeezed(office(passage))] if office(passage) else []), names
            day = GIVEN[passage["statement"]].get("date")
            assert ("issued" in item) >= bool(day), "a date was dropped"
            count += 1
    for bad in ({"id": "a"}, {"id": "a", "type": "press"}, {"id": "a", "type": "webpage", "titel": "x"},
                {"id": "a", "type": "webpage", "author": [{"family": "Commerce"}]},
                {"id": "a", "type": "webpage", "issued": {"date-parts": [[]]}}):
        refuses(lambda bad=bad: Draft7Validator(CSL).validate([bad]), bad)
    return f"{count} items"


def cited(exports):
    """CSL-JSON: pandoc cites every item, offices whole"""
    items = json.loads(pandoc(exports.path("csl"), "csljson", "-t", "csljson"))
    truth = exports.truth["quotes"]
    assert [i["id"] for i in items] == [place_id(p) for p in truth]
    text = pandoc(exports.path("csl"), "csljson", "--citeproc", "-t", "plain", "--wrap=none", "-M", "lang=en")
    assert "Ministry of Commerce." in text and "“On Trade & Growth" in text, text
    assert "Office of the Secretary, Bureau of Trade" in text or "Jane Doe" in text, text
    return f"{len(items)} items"


def ris(exports):
    """RIS: rispy and pandoc read every item, offices whole"""
    count = 0
    for what in ("quotes", "claims"):
        path = exports.path("ris", what)
        items = rispy.loads(path.read_text(encoding="utf-8"))
        truth = exports.truth[what]
        assert len(items) == len(truth), (len(items), len(truth))
        for item, passage in zip(items, truth):
            assert item["id"] == place_id(passage)
            assert squeezed(exact(passage)) in squeezed(" ".join(item["notes"]))
            name = office(passage)
            if name and "," not in name:
                assert item["authors"] == [squeezed(name) + ","], item["authors"]
            count += 1
        read = json.loads(pandoc(path, "ris", "-t", "csljson"))
        assert len(read) == len(truth)
        offices = [a for i in read for a in i.get("author", []) if "Commerce" in json.dumps(a)]
        for author in offices:
            assert author in ({"family": "Ministry of Commerce"}, {"literal": "Ministry of Commerce"}), author
    cut = rispy.loads("TY  - GEN\nAU  - Ministry of Commerce\n")
    assert len(cut) != 1, "an item without an end was taken for one"
    return f"{count} items"


def biblatex(exports):
    """BibLaTeX: pandoc reads every entry; title, office, date and words come back"""
    count = 0
    for what in ("quotes", "claims"):
        path = exports.path("biblatex", what)
        truth = exports.truth[what]
        entries = path.read_text(encoding="utf-8")
        assert entries.count("\n}\n") == len(truth)
        assert entries.count("{") - entries.count("\\{") == entries.count("}") - entries.count("\\}"), "braces"
        read = json.loads(pandoc(path, "biblatex", "-t", "csljson"))
        assert len(read) == len(truth), (len(read), len(truth))
        assert len({item["id"] for item in read}) == len(read)
        # Order is the key's there, so each entry is found by the place in its note.
        for passage in truth:
            mine = [r for r in read if f"; {place_id(passage)})" in plain(r.get("annote") or r.get("note", ""))]
            assert len(mine) == 1, (place_id(passage), [r.get("annote") or r.get("note") for r in read][:3])
            note = plain(mine[0].get("annote") or mine[0].get("note"))
            assert straight(exact(passage)) in straight(note), (exact(passage), note)
            name = office(passage)
            names = mine[0].get("author", [])
            if name:
                assert len(names) == 1 and straight(next(iter(names[0].values()))) == straight(name), names
            else:
                assert names == []
            title = GIVEN[passage["statement"]].get("title")
            if title:
                assert straight(plain(mine[0]["title"])) == straight(title), (mine[0]["title"], title)
            count += 1
    return f"{count} entries"


def plain(text):
    """CSL's own markup taken off, as a reference manager would: the words were escaped."""
    for mark in ("<span class=\"nocase\">", "<span class=\"nodecor\">", "</span>"):
        text = text.replace(mark, "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def straight(text):
    """pandoc makes straight marks curly and reads two as one."""
    for curly, mark in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), ("\u00a0", " ")):
        text = text.replace(curly, mark)
    return squeezed(text)


CHECKS = [csl, cited, ris, biblatex]
