"""A part of the reference with {{ m.title }} in it, in; literal text and names in turn, out, ready to be filled.

Word may split what was typed in one go over several runs (for spelling, for language, for a changed letter), so the
runs between {{ and }} are joined, and only those: the formatting around a placeholder stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from minutes_cli.render._docx.container import escape
from minutes_cli.render._docx.styles import W

# Literal, name, literal, name, … literal.
Filled = tuple[str, ...]
BODY = "body"
_TAG = re.compile(r"\{\{[\s\u00a0\u3000]*([^{}<>]*?)[\s\u00a0\u3000]*\}\}")


def join(paragraph: Any) -> str:
    """Make each placeholder of a `w:p` stand whole in one `w:t`; the paragraph's text."""
    texts = [text for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}p")) is paragraph]
    whole = "".join(text.text or "" for text in texts)
    for tag in reversed(list(_TAG.finditer(whole))):
        _join(texts, *tag.span())
    return whole


def _join(texts: list[Any], start: int, end: int) -> None:
    at = 0
    first = None
    for text in texts:
        said = text.text or ""
        here, at = at, at + len(said)
        if first is None and start < at:
            first = text
            head, inside, tail = said[: start - here], said[start - here : end - here], said[end - here :]
            text.text = head + inside + (tail if end <= at else "")
        elif first is not None and here < end:
            first.text += said[: end - here]
            text.text = said[end - here :]
        if end <= at:
            return


def only(paragraph: str) -> str:
    """The name of the placeholder that a paragraph's text consists of, "" if it has other text too."""
    found = _TAG.fullmatch(paragraph.strip())
    return found[1] if found else ""


def split(xml: str) -> Filled:
    """Serialised XML, cut at its placeholders."""
    return tuple(_TAG.split(xml))


def names(filled: Filled) -> Iterator[str]:
    """The names of the placeholders."""
    yield from filled[1::2]


def fill(filled: Filled, value: Callable[[str], str]) -> str:
    """The XML with every placeholder replaced by its escaped value."""
    if len(filled) == 1:
        return filled[0]
    return "".join(escape(value(part)) if index % 2 else part for index, part in enumerate(filled))
