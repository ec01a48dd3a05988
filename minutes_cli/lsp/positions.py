"""Offsets to the editor's lines and units and back: the only place that knows UTF-8, UTF-16 and UTF-32.

A place outside the text becomes the nearest one inside; one within a character becomes the character's beginning.
"""

from __future__ import annotations

from typing import NamedTuple

from minutes_cli.source import Source, Span

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"


class Place(NamedTuple):
    """A 0-based line, and 0-based units of the negotiated encoding within it."""

    line: int
    character: int


def units(text: str, encoding: str) -> int:
    """How many units a text has."""
    if encoding == UTF32 or text.isascii():
        return len(text)
    if encoding == UTF8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def place(source: Source, offset: int, encoding: str) -> Place:
    """Where an offset lies for the editor."""
    line, column = source.line_column(offset)
    start = source.starts[line - 1]
    return Place(line - 1, units(source.text[start : start + column - 1], encoding))


def offset(source: Source, at: Place, encoding: str) -> int:
    """The offset of a place of the editor's."""
    if at.line < 0:
        return 0
    start, end = source.line_span(at.line + 1)
    text = source.text[start:end]
    if encoding == UTF32 or text.isascii():
        return start + max(0, min(at.character, len(text)))
    return start + _characters(text, at.character, encoding)


def _characters(text: str, wanted: int, encoding: str) -> int:
    """How many characters are whole within `wanted` units."""
    counted = 0
    for number, character in enumerate(text):
        counted += units(character, encoding)
        if counted > wanted:
            return number
    return len(text)


def span(source: Source, start: Place, end: Place, encoding: str) -> Span:
    """The span of a range of the editor's, whichever end comes first."""
    first, last = sorted((offset(source, start, encoding), offset(source, end, encoding)))
    return Span(first, last)
