"""Markdown, HTML and Word, read back by pandoc, html5lib and python-docx."""

import json
import subprocess

import docx
import html5lib
import pypandoc

from common import exact, place_id, refuses, squeezed


def tree(path, reader):
    command = [pypandoc.get_pandoc_path(), "-f", reader, "-t", "json", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def text(node):
    """The words of a pandoc tree; footnotes apart."""
    if isinstance(node, list):
        return "".join(text(item) for item in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return content
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Note":
        return ""
    if kind in ("Para", "Plain"):
        return text(content) + " "
    if kind == "Quoted":
        marks = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
        return marks[0] + text(content[1]) + marks[1]
    return text(content)


def nodes(node, kind):
    if isinstance(node, list):
        for item in node:
            yield from nodes(item, kind)
    elif isinstance(node, dict):
        if node.get("t") == kind:
            yield node["c"]
        else:
            yield from nodes(node.get("c", []), kind)


def shown(passage):
    """The words as a passage of its kind may show them."""
    prefix = {"indirect": "[paraphrase] ", "mixed": "[partly quoted] ", "claim": "[claim] ", "direct": "“"}
    words = prefix.get(passage["kind"], "[passage] ") + exact(passage)
    return squeezed(words + ("”" if passage["kind"] == "direct" else ""))


def markdown(exports):
    """Markdown: pandoc finds a block quotation for each passage, with its exact words and no markup"""
    count = 0
    for what in ("quotes", "claims"):
        whole = tree(exports.path("md", what), "markdown-smart")
        quotes = list(nodes(whole["blocks"], "BlockQuote"))
        truth = exports.truth[what]
        assert len(quotes) == len(truth), (len(quotes), len(truth))
        for quote, passage in zip(quotes, truth):
            words = "".join(text(block) for block in quote)
            head, _, cited = words.rpartition("— ")
            assert squeezed(head) == shown(passage), (head, shown(passage))
            assert squeezed(place_id(passage)) in squeezed(cited), cited
            for kind in ("RawInline", "Math", "Link", "Image", "Code", "Header"):
                assert not list(nodes(quote, kind)), (kind, words)
            count += 1
    return f"{count} quotations"


def html(exports):
    """HTML and report: html5lib finds no error, no script, and every passage; tables add up"""
    count = 0
    for what in ("quotes", "claims"):
        truth = exports.truth[what]
        for name in ("html", "report"):
            source = exports.path(name, what).read_text(encoding="utf-8")
            page = parsed(source)
            quotes = page.findall(".//blockquote")
            assert len(quotes) == len(truth)
            for quote, passage in zip(quotes, truth):
                assert squeezed("".join(quote.itertext())) == shown(passage)
            assert not page.findall(".//script")
            links = [a.get("href") for a in page.iter("a") if a.get("href")]
            assert all(link.startswith(("http://", "https://", "#")) for link in links), links
            count += len(quotes)
        rows = page.findall(".//table[@id='speakers']/tbody/tr")
        assert sum(int(row.findall("td")[1].text) for row in rows) == len(truth), "speakers"
        rows = page.findall(".//table[@id='timeline']/tbody/tr")
        assert sum(len(row.findall(".//a")) for row in rows) == len(truth), "timeline"
        dates = [row.find("td").text for row in rows]
        known = [d for d in dates if d != "no date"]
        assert known == sorted(known) and dates == known + ["no date"] * (len(dates) - len(known))
    refuses(lambda: parsed("<!DOCTYPE html><p></b>"), "a broken page")
    return f"{count} quotations"


def parsed(source):
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    page = parser.parse(source)
    # A character reference or a character that no HTML may hold is ours to avoid; markup errors above all.
    errors = [e for e in parser.errors if e[1] not in ("invalid-codepoint",)]
    assert not errors, errors[:5]
    return page


def word(exports):
    """Word: pandoc and python-docx read a block quotation and a footnote for each passage"""
    count = 0
    for what in ("quotes", "claims"):
        path = exports.path("docx", what)
        truth = exports.truth[what]
        blocks = list(nodes(tree(path, "docx")["blocks"], "BlockQuote"))
        # pandoc joins neighbours of one style into one quotation of several paragraphs.
        paragraphs = [p for quote in blocks for p in quote]
        notes = list(nodes(paragraphs, "Note"))
        assert len(paragraphs) == len(notes) == len(truth), (len(paragraphs), len(notes), len(truth))
        for paragraph, note, passage in zip(paragraphs, notes, truth):
            assert squeezed(text(paragraph)) == shown(passage), (text(paragraph), shown(passage))
            assert squeezed(place_id(passage)) in squeezed(text(note)), text(note)
        document = docx.Document(str(path))
        styles = [p.style.name for p in document.paragraphs]
        assert styles == ["Block Text"] * len(truth), styles
        count += len(truth)
    return f"{count} quotations"


def plain(exports):
    """Plain text: every passage and its place"""
    source = squeezed(exports.path("txt").read_text(encoding="utf-8"))
    for passage in exports.truth["quotes"]:
        assert shown(passage) in source and squeezed(place_id(passage)) in source
    return f"{len(exports.truth['quotes'])} passages"


CHECKS = [markdown, html, word, plain]
