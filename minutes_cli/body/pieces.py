"""A body in, the pieces out that can be read each by itself: it falls apart before each line `## `, unless a code block
or a comment may hold that line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from minutes_cli.source import Source

Line = tuple[str, int]
"""The text of a line without its ending, and the offset in the file at which it begins."""

# What may hold a line that looks like a section's: fenced code, and a comment.
_CODE = ("```", "~~~", "<!-->", "<!--->")  # or a comment of which it is not clear where it ends
_COMMENT = r"(?s:<!--.*?(?:-->|\Z))"


def cut(text: str, start: int) -> list[tuple[int, int]]:
    """Where the pieces of the body that begins at `start` begin and end."""
    if any(text.find(mark, start) >= 0 for mark in _CODE):
        return [(start, len(text))]
    edges = list(_sections(text, start + 1))
    if edges and text.find("<!--", start) >= 0:
        comments = [found.span() for found in re.compile(_COMMENT).finditer(text, start)]
        edges = [edge for edge in edges if not _within(edge, comments)]
    return list(pairwise((start, *edges, len(text))))


def _sections(text: str, start: int) -> Iterator[int]:
    """Where `## ` begins a line."""
    at = text.find("##", start)
    while at >= 0:
        if text[at - 1] in "\r\n" and text[at + 2 : at + 3] in (" ", "\t"):
            yield at
        at = text.find("##", at + 2)


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    before = bisect_left(spans, (place, 0)) - 1
    return before >= 0 and place < spans[before][1]


def lines(source: Source, start: int, end: int) -> list[Line]:
    """The lines of a piece."""
    text, starts = source.text, source.starts
    begins = [start, *starts[bisect_right(starts, start) : bisect_left(starts, end)]]
    if text.find("\r", start, end) < 0:
        return list(zip(text[start:end].split("\n"), begins, strict=False))  # behind the last line ending is none
    return [(text[a:b].rstrip("\r\n"), a) for a, b in pairwise((*begins, end))]
