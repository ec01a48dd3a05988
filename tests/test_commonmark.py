"""Every example of the CommonMark specification as the body of a meeting: no format crashes, and no visible character
of the page is missing from the text or from the Word document."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from minutes_cli import parse, registry
from minutes_cli.front import decode
from minutes_cli.printing import outline

HEAD = "---\ntitle: 測試會議\ndate: 2024-05-02\nstart: 14:00\nlocation: 甲\nchair: 乙\nrecorder: 丙\nattendees: 丁\n---\n\n"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.S | re.M)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Page(HTMLParser):
    """The text of the record itself: what stands in `main`, less what only serves the reader on a screen."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("img", "br", "hr", "wbr", "meta", "link", "col"):
            hidden = (
                tag in ("nav", "style") or "aria-hidden" in dict(attrs) or "anchor" in (dict(attrs).get("class") or "")
            )
            self.open.append(f"{tag} hidden" if hidden else tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().split()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "main" in self.open and not any(tag.endswith("hidden") for tag in self.open):
            self.text.append(data)


def _characters(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


def _word(data: bytes) -> str:
    """All text of a document and its footnotes; numbers that Word counts itself are not in it."""
    from lxml import etree

    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in ("word/document.xml", "word/footnotes.xml"):
            if name in package.namelist():
                texts += [node.text or "" for node in etree.fromstring(package.read(name)).iter(f"{W}t")]
    return "".join(texts)


@pytest.mark.slow
def test_every_example_in_every_format(npm_module: Callable[[str], Path]) -> None:
    spec = (npm_module("commonmark-spec") / "spec.txt").read_text(encoding="utf-8")
    examples = [found[1].replace("→", "\t") for found in EXAMPLE.finditer(spec)]
    assert len(examples) == 652
    lost = []
    for number, body in enumerate(examples, 1):
        minutes = parse.parse(decode.decode((HEAD + body).encode(), "m.md"))
        printed = outline.outline(minutes)
        made = {name: registry.load("render", name).render(printed, minutes) for name in registry.names("render")}
        page = Page()
        page.feed(made["html"].decode())
        shown = _characters("".join(page.text))
        numbers = _characters("".join(getattr(entry, "number", "") for entry in printed.entries))
        for name, characters in (
            ("text", _characters(made["text"].decode())),
            ("docx", _characters(_word(made["docx"])) + numbers),
        ):
            missing = shown - characters
            if missing:
                lost.append((number, name, dict(missing)))
    assert lost == []
