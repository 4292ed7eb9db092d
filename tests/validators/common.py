"""Statements made to be awkward, and what dictum exports of them.

The truth that every format is held against: the passages of the JSON lines export, each of whose words
was first found at its code points in the body that went in.
"""

import json
import re
import subprocess
import tempfile
from pathlib import Path

STATEMENTS = [
    {
        "id": "plain",
        "title": "On Trade & Growth",
        "date": "2025-10-12",
        "source": "Ministry of Commerce",
        "url": "https://example.org/a?b=1&c={2}",
        "lang": "en",
        "type": "press release",
        "text": 'BEIJING -- "Export controls are not export bans," Wang Wentao said on Sunday. '
        'He added: "We will act."',
    },
    {
        "id": "wide/one two",
        "title": "Émigrés 👩‍🚀 & <b>bold</b>",
        "date": "2024-02",
        "source": "Office of the Secretary, Bureau of Trade",
        "author": "Jane Doe",
        "url": "https://example.org/b",
        "text": '👩‍🚀 e\u0301 中国: “Nous n’accepterons pas 👍🏽 this,” Minister Zoë Kravitz said.\r\n'
        '\r\n“It is over.\r\n\r\n“We are done,” she said.\r\n',
    },
    {
        "id": "markup",
        "title": "50% of $x_1 & {y} \\ #3 ~ ^",
        "source": "=cmd|'/c calc'!A1",
        "text": 'The minister said: "</script><script>alert(1)</script> & <i>x</i> ]]> -- `a` \'\'b\'\' 50% $x_1 {y} \\z #3 ~ ^."',
    },
    {
        "id": "bare",
        "text": 'She said, "=HYPERLINK(1) is not\ta formula\\n, nor is this."',
    },
    {
        "id": "controls",
        "title": "Bell \u0007 and escape \u001b[31m",
        "date": "2023",
        "source": "Agency",
        "text": 'He said: "A \u001b[31mred\u001b[0m word and \u202Eturned\u202C."',
    },
    {
        "id": "split",
        "title": "Split",
        "date": "2025-01-02T10:20:30Z",
        "author": "Ministry of Foreign Affairs",
        "text": '"We will never," the spokesperson said, "accept any such demand from anyone," and left. '
        "The ministry denied that it had broken the treaty.",
    },
]
FORMATS = {
    "jsonl": "jsonl", "json": "json", "md": "md", "txt": "txt", "csv": "csv", "tsv": "tsv", "html": "html",
    "report": "html", "docx": "docx", "annotations": "jsonld", "annotation-page": "jsonld",
    "annotation-lines": "jsonl", "csl": "json", "ris": "ris", "biblatex": "bib", "schema-org": "jsonld",
    "qdpx": "qdpx", "brat": "zip",
}


class Exports:
    """A folder with every format, of quotes (`path`) and of claims (`path(..., what="claims")`)."""

    def __init__(self, dictum):
        self.dictum = dictum

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.at = Path(self.folder.name)
        self.input = self.at / "statements.jsonl"
        lines = (json.dumps(s, ensure_ascii=False) for s in STATEMENTS)
        self.input.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        self.bodies = {s["id"]: s["text"] for s in STATEMENTS}
        self.truth = {what: self._truth(what) for what in ("quotes", "claims")}
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def path(self, name, what="quotes"):
        path = self.at / f"{what}-{name}.{FORMATS[name]}"
        if not path.exists():
            self.run("export", "--what", what, "--format", name, str(self.input), "-o", str(path))
        return path

    def run(self, *args):
        env = {"HOME": str(self.at), "PATH": "/usr/bin:/bin"}
        done = subprocess.run([self.dictum, "-q", *args], env=env, capture_output=True, check=False)
        assert done.returncode == 0, (args, done.returncode, done.stderr.decode())
        return done.stdout

    def _truth(self, what):
        lines = self.path("jsonl", what).read_text(encoding="utf-8").split("\n")
        passages = [json.loads(line) for line in lines if line]
        assert len(passages) >= 5, f"only {len(passages)} {what}"
        for passage in passages:
            for place in passage["places"]:
                self.holds(passage["statement"], place["start"], place["end"], place["exact"])
        return passages

    def holds(self, statement, start, end, words):
        """The words stand at these code points of the body."""
        there = self.bodies[statement][start:end]
        assert there == words, (statement, start, end, words, there)


def exact(passage):
    return " … ".join(place["exact"] for place in passage["places"])


def place_id(passage):
    spans = ",".join(f"{p['start']}-{p['end']}" for p in passage["places"])
    tail = f"/claim-{passage['claim_type']}" if passage["kind"] == "claim" else ""
    return f"{passage['statement']}#{spans}{tail}"


def squeezed(text):
    """Single white space, and no controls: formats of one line cannot hold more."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]", "", text).split())


def refuses(check, what):
    """The check fails on what is wrong: a check that cannot fail proves nothing."""
    try:
        check()
    except Exception:
        return
    raise AssertionError(f"passed, and must not: {what}")
