"""JSON, JSON lines, CSV and TSV, read back by csvkit and frictionless."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from frictionless import Dialect, Resource, formats

from common import exact, refuses

DANGEROUS = tuple("=+-@＝＋－＠\t\r\n")


def js(exports):
    """JSON: the same passages as the lines"""
    for what in ("quotes", "claims"):
        whole = json.loads(exports.path("json", what).read_text(encoding="utf-8"))
        lines = [{k: v for k, v in p.items() if k != "schema"} for p in exports.truth[what]]
        assert whole["passages"] == lines
    return f"{len(lines)} claims"


def tables(exports):
    """CSV and TSV: frictionless and csvkit read every row; exact words; no cell that would run"""
    csv.field_size_limit(1 << 30)
    count = 0
    for what in ("quotes", "claims"):
        truth = exports.truth[what]
        for name, delimiter in (("csv", ","), ("tsv", "\t")):
            path = exports.path(name, what)
            text = path.read_bytes().decode("utf-8")
            rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
            assert len(rows) == len(truth)
            for row, passage in zip(rows, truth):
                harmless(row)
                words = row["exact"]
                assert words == exact(passage) or words == "'" + exact(passage), words
            dialect = Dialect(controls=[formats.CsvControl(delimiter=delimiter)])
            resource = Resource(path=path.name, basepath=str(path.parent), dialect=dialect)
            report = resource.validate()
            assert report.valid, report.flatten(["type", "message"])
            assert report.tasks[0].stats["rows"] == len(truth)
            tool = Path(sys.executable).parent / "csvstat"
            said = subprocess.run(
                [tool, "--count", "-d", delimiter, str(path)], capture_output=True, check=True
            ).stdout.decode()
            assert said.strip().split()[-1] == str(len(truth)), said
            count += len(rows)
    refuses(lambda: harmless({"a": "=HYPERLINK(1)"}), "a formula")
    return f"{count} rows"


def harmless(row):
    for name, cell in row.items():
        assert not cell.startswith(DANGEROUS), (name, cell)


CHECKS = [js, tables]
