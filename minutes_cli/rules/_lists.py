"""The lines of a body in, the entries of Markdown lists that stand too far left to be sub-entries out.

CommonMark counts an entry as part of the one above only where it stands at least below that one's text: three blanks
under `1. `, four under `10. `.  Two blanks make it a sibling.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec import Struct

from minutes_cli.document import Minutes
from minutes_cli.rules._scan import Line, hidden, lines, once, ruled

_MARKER = re.compile(r"([-*+]|[0-9]{1,9}[.)])([ \t]+)(?=\S)")
# The same at the beginning of a line, with the blanks before it: enough to see that in most files none stands too far left.
_ENTRY = re.compile(r"\n([ \t]*+)((?:[-*+]|[0-9]{1,9}[.)])[ \t]+)(?=\S)")


class Misplaced(Struct, frozen=True):
    """An entry that stands at `start` with `indent` blanks before it and needs `wanted` to be part of the entry whose
    marker is `parent`; `below` are the starts of the lines that move with it."""

    start: int
    marker: str
    indent: int
    wanted: int
    parent: str
    below: tuple[int, ...]


class _Open(Struct):
    """An entry that is open: its line, the column of its text, and how far it has to move right."""

    line: Line
    content: int
    marker: str
    shift: int = 0

    @property
    def indent(self) -> int:
        return self.line.indent


@once
def misplaced(minutes: Minutes) -> tuple[Misplaced, ...]:
    """All of them, in the order of the file."""
    found = _ENTRY.findall(*ruled(minutes))
    if not _any([(len(blanks), len(marker)) for blanks, marker in found]) and not hidden(minutes):
        return ()
    every = tuple(lines(minutes))
    return tuple(_find([line for line in every if _MARKER.match(line.text)], every))


def _any(entries: list[tuple[int, int]]) -> bool:
    """Whether any entry stands deeper than the one above it and yet not below its text; of each is known its indent and
    how far behind that its text begins."""
    stack: list[tuple[int, int]] = []
    for indent, width in entries:
        if not indent:  # as most are
            stack = [(indent, width)]
            continue
        while stack and indent <= stack[-1][0]:
            stack.pop()
        if stack and indent < sum(stack[-1]):
            return True
        stack.append((indent, width))
    return False


def _width(text: str) -> int:
    """How far behind its marker's beginning the text of an entry begins."""
    marker = _MARKER.match(text)
    return marker.end() if marker else 0


def _find(entries: list[Line], all_lines: tuple[Line, ...]) -> Iterator[Misplaced]:
    stack: list[_Open] = []
    ends = _ends(all_lines)
    for line in entries:
        beside = None
        while stack and line.indent <= stack[-1].indent:
            beside = stack.pop()
        marker = line.text.split(None, 1)[0]
        entry = _Open(line, line.indent + _width(line.text), marker)
        above = stack[-1] if stack else None
        if above and line.indent < above.content:
            with_it = beside and beside.shift and beside.indent == line.indent
            if not with_it and (_next(above.marker, marker) or _apart(ends, above.line, line)):
                stack.pop()
            else:
                entry.shift = above.content + above.shift - line.indent
                below = tuple(_below(all_lines, line))
                yield Misplaced(line.start, marker, line.indent, line.indent + entry.shift, above.marker, below)
        stack.append(entry)


def _next(above: str, marker: str) -> bool:
    """Whether `2.` follows `1.`: a sibling, whatever stands before it."""
    return above[:-1].isdigit() and marker[:-1].isdigit() and int(marker[:-1]) == int(above[:-1]) + 1


def _ends(all_lines: tuple[Line, ...]) -> list[int]:
    """Numbers of the lines that end a list: text behind an empty line that is not indented."""
    before, found = -1, []
    for line in all_lines:
        if line.number > before + 1 and line.indent < 2 and not _MARKER.match(line.text):
            found.append(line.number)
        before = line.number
    return found


def _apart(ends: list[int], above: Line, line: Line) -> bool:
    return bisect_left(ends, line.number) > bisect_left(ends, above.number)


def _below(all_lines: tuple[Line, ...], line: Line) -> Iterator[int]:
    """The starts of the lines that are indented deeper than `line`, down to the first that is not."""
    for i in range(bisect_right(all_lines, line), len(all_lines)):
        if all_lines[i].indent <= line.indent:
            return
        yield all_lines[i].start
