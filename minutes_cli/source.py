"""One text file, and the only arithmetic between its offsets and its lines and columns.

Offsets are code points into `Source.text` (a byte-order mark at the start is not part of the text).  Lines end at
`\\n`, `\\r\\n` and `\\r` and nowhere else: U+2028 or a form feed ends a line for `str.splitlines`, not for an editor.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, count
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from minutes_cli.diagnostics import Diagnostic

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(Struct, frozen=True, gc=False, order=True, array_like=True):
    """A half-open range of code-point offsets, `start` included, `end` not.  It unpacks as a tuple would, which takes six
    times as long to make, and there are five hundred of them in a meeting."""

    start: int
    end: int

    def __iter__(self) -> Iterator[int]:
        return iter((self.start, self.end))


class Source(Struct, frozen=True, dict=True):
    """`name` is what messages call the file; `at` is where it lies (None for standard input), as text, since of thousands
    of files few are looked at again; `problems` tell what was wrong with its bytes.  `bom` says whether the file began
    with a byte-order mark.  `raw` is the text with the characters that had to be replaced, "" where there was none: what
    is written back is made of it."""

    name: str
    text: str
    at: str | None = None
    problems: tuple[Diagnostic, ...] = ()
    bom: bool = False
    raw: str = ""

    @property
    def path(self) -> Path | None:
        """Where it lies."""
        return None if self.at is None else Path(self.at)

    @cached_property
    def starts(self) -> list[int]:
        """Offsets at which the lines begin; the first is 0."""
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        lengths = map(len, self.text.split("\n"))
        return [0, *map(add, accumulate(lengths), count(1))][:-1]

    @property
    def ending(self) -> str:
        """The line ending that the file uses: its first one, and a return alone only where there is no other."""
        line = self.text.find("\n")
        if line < 0:
            return "\r" if "\r" in self.text else "\n"
        return "\r\n" if self.text.startswith("\r", line - 1, line) else "\n"

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and 1-based column, in code points, of an offset."""
        if not 0 <= offset <= len(self.text):
            offset = 0 if offset < 0 else len(self.text)
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line ending; lines past the end are empty."""
        if line > len(self.starts):
            return Span(len(self.text), len(self.text))
        start = self.starts[line - 1]
        if line == len(self.starts):
            return Span(start, len(self.text))
        end = self.starts[line] - 1
        return Span(start, end - self.text.startswith("\r\n", end - 1) if end > start else end)
