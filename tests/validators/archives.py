"""REFI-QDA, read by pyrefiqda (its classes are made from the official schema), and brat standoff."""

import tempfile
import zipfile
from pathlib import Path

from pyrefiqda.refiproject import RefiProject

from common import refuses


def qdpx(exports):
    """REFI-QDA: the project opens, and every selection holds its words in its source"""
    count = 0
    for what in ("quotes", "claims"):
        with tempfile.TemporaryDirectory() as folder:
            project = RefiProject.load(exports.path("qdpx", what), folder)
            codes = {code.guid: code.name for code in project.code_book.codes.code}
            expected = sum(len(p["places"]) for p in exports.truth[what])
            for source in project.sources.text_source:
                path = Path(folder) / "sources" / source.plain_text_path.removeprefix("internal://")
                body = path.read_bytes().decode("utf-8")
                assert body == exports.bodies[source.name], source.name
                places = {
                    (place["start"], place["end"]): place["exact"]
                    for passage in exports.truth[what]
                    if passage["statement"] == source.name
                    for place in passage["places"]
                }
                for selection in source.plain_text_selection:
                    span = (selection.start_position, selection.end_position)
                    assert body[span[0]:span[1]] == places[span]
                    assert all(c.code_ref.target_guid in codes for c in selection.coding)
                    assert selection.coding
                    count += 1
                    expected -= 1
            assert expected == 0, f"{expected} selections are missing"
    return f"{count} selections"


def brat(exports):
    """brat: every annotation's offsets hold its words in its text"""
    count = 0
    for what in ("quotes", "claims"):
        with zipfile.ZipFile(exports.path("brat", what)) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            for name in names:
                assert not name.startswith(("/", ".")) and ".." not in name, name
            known = set(archive.read("annotation.conf").decode().split("\n"))
            texts = 0
            for name in (n for n in names if n.endswith(".ann")):
                body = archive.read(name.removesuffix(".ann") + ".txt").decode("utf-8")
                assert body in exports.bodies.values()
                for line in archive.read(name).decode("utf-8").split("\n"):
                    if line.startswith("T"):
                        kind = annotation(line, body)
                        assert kind in known, kind
                        texts += 1
            assert texts == len(exports.truth[what]), (texts, len(exports.truth[what]))
            count += texts
    refuses(lambda: annotation("T1\tQuote 0 4\tword", "a word"), "a wrong offset")
    return f"{count} annotations"


def annotation(line, body):
    _, span, words = line.split("\t", 2)
    kind, _, offsets = span.partition(" ")
    pieces = [tuple(map(int, piece.split())) for piece in offsets.split(";")]
    assert " ".join(body[start:end] for start, end in pieces) == words, line
    assert all("\n" not in body[start:end] for start, end in pieces)
    return kind


CHECKS = [qdpx, brat]
