"""A .docx in; what a reader sees, out, by rules of its own: numbers counted, fields and footnotes resolved.

Written against the standard and not against `render/docx.py`, so that each can find the other's mistakes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DIGITS = {
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾"),
    "taiwaneseCountingThousand": ("○一二三四五六七八九", "十"),
}


class Docx:
    """The parts of a .docx, parsed."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            assert bundle.testzip() is None
            self.names = bundle.namelist()
            self.data = {name: bundle.read(name) for name in self.names}
        self.xml = {n: etree.fromstring(d) for n, d in self.data.items() if n.endswith((".xml", ".rels"))}
        self.document = self.xml["word/document.xml"]
        self.styles = {s.get(W + "styleId"): s for s in self.xml["word/styles.xml"].iter(W + "style")}
        self.names_of = {key: _val(s, "name") for key, s in self.styles.items()}
        numbering = self.xml["word/numbering.xml"]
        self.abstracts = {a.get(W + "abstractNumId"): a for a in numbering.iter(W + "abstractNum")}
        self.nums = {n.get(W + "numId"): n for n in numbering.iter(W + "num")}

    def rels(self, part: str) -> dict[str, Any]:
        folder, name = posixpath.split(part)
        root = self.xml.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if root is None else {rel.get("Id"): rel for rel in root}

    def paragraphs(self) -> list[Any]:
        return list(self.document.iter(W + "p"))

    def style(self, paragraph: Any) -> str:
        """The name of a paragraph's style."""
        return self.names_of[_val(paragraph, "pPr/pStyle")] if _val(paragraph, "pPr/pStyle") else "Normal"

    def lines(self) -> list[str]:
        """Every paragraph as it prints, its number in front; then the footnotes."""
        counter = _Counter(self)
        lines = [counter.label(p) + "".join(self._text(p)) for p in self.paragraphs()]
        for note in self.xml["word/footnotes.xml"].iter(W + "footnote"):
            if note.get(W + "type") is None:
                number = self._notes().index(note.get(W + "id")) + 1
                lines.append(f"[{number}]" + "".join(t for p in note.iter(W + "p") for t in self._text(p)))
        return lines

    def _notes(self) -> list[str]:
        return [mark.get(W + "id") for mark in self.document.iter(W + "footnoteReference")]

    def _text(self, paragraph: Any) -> Iterator[str]:
        raised = False
        for element in paragraph.iter():
            if element.tag == W + "t":
                # A further mark of a footnote is a field whose text is the bare number.
                yield f"[{element.text}]" if raised else element.text or ""
            elif element.tag == W + "footnoteReference":
                yield f"[{self._notes().index(element.get(W + 'id')) + 1}]"
            elif element.tag == W + "tab" and element.getparent().tag == W + "r":
                yield "\t"
            elif element.tag == W + "br":
                yield "\n"
            elif element.tag == WP + "docPr":
                yield element.get("descr", "")
            elif element.tag == W + "fldChar":
                raised = element.get(W + "fldCharType") == "separate"


class _Counter:
    """Numbers as Word counts them: a level that was skipped counts one; `w:startOverride` counts once."""

    def __init__(self, docx: Docx) -> None:
        self.docx = docx
        self.counts: dict[str, list[int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        num, level = self._place(paragraph)
        if not num or num == "0":
            return ""
        element = self.docx.nums[num]
        abstract = _val(element, "abstractNumId")
        counts = self.counts.setdefault(abstract, [0] * 9)
        override = element.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        for above in range(level):
            counts[above] = counts[above] or 1
        if override is not None and (num, level) not in self.begun:
            self.begun.add((num, level))
            counts[level] = int(override.get(W + "val"))
        else:
            counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        shape = self.docx.abstracts[abstract].find(f"{W}lvl[@{W}ilvl='{level}']")
        return _val(shape, "lvlText").replace(f"%{level + 1}", _numeral(_val(shape, "numFmt"), counts[level]))

    def _place(self, paragraph: Any) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            return _val(own, "numId"), int(_val(own, "ilvl") or 0)
        style = _val(paragraph, "pPr/pStyle")
        while style:
            element = self.docx.styles[style]
            own = element.find(f"{W}pPr/{W}numPr")
            if own is not None:
                return _val(own, "numId"), int(_val(own, "ilvl") or 0)
            style = _val(element, "basedOn")
        return "", 0


def _val(element: Any, path: str) -> str:
    found = element.find("/".join(W + name for name in path.split("/")))
    return "" if found is None else found.get(W + "val", "")


def _numeral(form: str, number: int) -> str:
    if form == "none":
        return ""
    if form == "decimal":
        return str(number)
    if form == "ideographTraditional":
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    digits, ten = _DIGITS[form]
    if number < 10:
        return digits[number]
    # Word writes 壹拾 where offices write 拾.
    tens = digits[number // 10] if number >= 20 or form == "ideographLegalTraditional" else ""
    return tens + ten + (digits[number % 10] if number % 10 else "")
