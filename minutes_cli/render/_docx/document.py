"""The main part of a reference in; the text around the minutes, ready to be filled, out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from minutes_cli.render._docx import placeholders
from minutes_cli.render._docx.container import OFFICE, faulty
from minutes_cli.render._docx.package import xml
from minutes_cli.render._docx.placeholders import Filled
from minutes_cli.render._docx.styles import MAIN, W
from minutes_cli.say import Say

# What the paragraphs of the minutes are written with, declared once on our own root.
SPACES = {
    "w": MAIN,
    "r": OFFICE,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
# The name of the placeholder in the paragraph that is the title and nothing else.
TITLE = "the title line"
_CUT = "minutes-cut"
_A4 = (11906 - 2 * 1418, 16838 - 2 * 1418)


class Document(NamedTuple):
    """The main part up to the title's paragraph, from there to the minutes, and what follows.  `titled` says that the
    title has a paragraph of its own, `closed` that a paragraph follows the minutes.  `box` is the width and height of
    the text in twips."""

    pieces: tuple[Filled, Filled, Filled]
    titled: bool
    closed: bool
    box: tuple[int, int]


def document(path: Path, root: Any) -> Document:
    """The main part; BadTemplate where it does not say where the minutes go."""
    title, body = _marked(path, root)
    box, closed = _box(root, body), _is_paragraph(body.getnext())
    titled = title is not None
    if title is None or title.getparent() is not body.getparent():
        title = body
    if body.find(f"{W}pPr/{W}sectPr") is not None:
        # A section of the reference ends here: its paragraph stays, emptied, behind the minutes.
        for child in body.findall(f"{W}*"):
            if child.tag != f"{W}pPr":
                body.remove(child)
        closed = True
        body.addprevious(etree.Comment(_CUT))
    else:
        body.addprevious(etree.Comment(_CUT))
        if title is body:
            title = body.getprevious()
        body.getparent().remove(body)
    title.addprevious(etree.Comment(_CUT))
    first, second, third = xml(spaced(root)).split(f"<!--{_CUT}-->")
    split = placeholders.split
    return Document((split(first), split(second), split(third)), titled, closed, box)


def _marked(path: Path, root: Any) -> tuple[Any | None, Any]:
    """The paragraph that is the title, if there is one, and the one that stands for the minutes."""
    title = body = None
    for paragraph in list(root.iter(f"{W}p")):
        text = placeholders.join(paragraph)
        name = placeholders.only(text)
        if name == placeholders.BODY and body is None:
            body = paragraph
        elif placeholders.BODY in placeholders.names(placeholders.split(text)):
            raise faulty(
                path,
                Say(
                    "{{ body }} 要單獨成一段，而且只能有一個", "{{ body }} must be a paragraph of its own, and only one"
                ),
            )
        elif name == "m.title" and title is None and body is None:
            title = paragraph
            _rename(paragraph)
    if body is None:
        raise faulty(
            path,
            Say("缺少單獨成一段的 {{ body }}（紀錄放的地方）", "no paragraph {{ body }} says where the minutes go"),
        )
    return title, body


def _rename(paragraph: Any) -> None:
    for text in paragraph.iter(f"{W}t"):
        if placeholders.only(text.text or ""):
            text.text = f"{{{{ {TITLE} }}}}"


def spaced(root: Any) -> Any:
    """A root of our own with the same content, on which everything is declared that the minutes are written with."""
    own = etree.Element(root.tag, nsmap={**{key: uri for key, uri in root.nsmap.items() if key}, **SPACES})
    own.attrib.update(root.attrib)
    for child in list(root):
        own.append(child)
    return own


def _is_paragraph(element: Any) -> bool:
    return element is not None and element.tag == f"{W}p"


def _box(root: Any, body: Any) -> tuple[int, int]:
    """The text area of the section in which the minutes stand."""
    behind = False
    for element in root.iter():
        behind = behind or element is body
        if behind and element.tag == f"{W}sectPr":
            size, margin = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
            if size is None or margin is None:
                return _A4
            width = _twips(size, "w") - _twips(margin, "left") - _twips(margin, "right") - _twips(margin, "gutter")
            height = _twips(size, "h") - abs(_twips(margin, "top")) - abs(_twips(margin, "bottom"))
            return (width, height) if min(width, height) > 1000 else _A4
    return _A4


def _twips(element: Any, name: str) -> int:
    value = element.get(W + name, "0")
    return int(value) if value.lstrip("-").isdecimal() else 0
