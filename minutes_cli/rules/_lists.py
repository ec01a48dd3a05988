"""The lines of a body in, the entries of Markdown lists that stand too far left to be sub-entries out.

CommonMark counts an entry as part of the one above only where it stands at least below that one's text: three blanks
under `1. `, four under `10. `.  Two blanks make it a sibling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from minutes_cli.document import Minutes
from minutes_cli.rules._scan import Line, lines, once

_MARKER = re.compile(r"([-*+]|[0-9]{1,9}[.)])([ \t]+)(?=\S)")


class Misplaced(NamedTuple):
    """An entry that stands at `start` with `indent` blanks before it and needs `wanted` to be part of the entry whose
    marker is `parent`; `below` are the starts of the lines that move with it."""

    start: int
    marker: str
    indent: int
    wanted: int
    parent: str
    below: tuple[int, ...]


@dataclass(slots=True)
class _Open:
    indent: int
    content: int
    marker: str
    shift: int = 0


@once
def misplaced(minutes: Minutes) -> tuple[Misplaced, ...]:
    """All of them, in the order of the file."""
    return tuple(_find(lines(minutes)))


def _find(found: tuple[Line, ...]) -> Iterator[Misplaced]:
    stack: list[_Open] = []
    last = -1
    for i, line in enumerate(found):
        marker = _MARKER.match(line.text) if line.text[0] in "-*+0123456789" else None
        if marker is None:
            if line.number > last + 1 and stack and line.indent < stack[0].content:
                stack = []
            last = line.number
            continue
        last = line.number
        while stack and line.indent <= stack[-1].indent:
            stack.pop()
        entry = _Open(line.indent, line.indent + marker.end(), marker[1])
        above = stack[-1] if stack else None
        if above and line.indent < above.content and not _next(above.marker, entry.marker):
            entry.shift = above.content + above.shift - line.indent
            below = tuple(_below(found, i, line.indent))
            yield Misplaced(line.start, marker[1], line.indent, line.indent + entry.shift, above.marker, below)
        elif above and line.indent < above.content:
            stack.pop()
        stack.append(entry)


def _next(above: str, marker: str) -> bool:
    """Whether `2.` follows `1.`: a sibling, whatever stands before it."""
    return above[:-1].isdigit() and marker[:-1].isdigit() and int(marker[:-1]) == int(above[:-1]) + 1


def _below(found: tuple[Line, ...], i: int, indent: int) -> Iterator[int]:
    for line in found[i + 1 :]:
        if line.indent <= indent:
            return
        yield line.start
