"""Where a body stands in its file: the tokens' offsets and lines in, the source's offsets and spans out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minutes_cli import numerals
from minutes_cli.document import Prose, Typed
from minutes_cli.source import Source, Span

if TYPE_CHECKING:
    from markdown_it.token import Token


class Ground:
    """The body's place in the file: offsets and lines of the tokens to offsets of the source."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        self.text = source.text[start:]
        self.first_line = source.line_column(start)[0]
        self.plain = "\r" not in self.text
        flat = self.text if self.plain else self.text.replace("\r\n", "\n").replace("\r", "\n")
        self._starts = [] if self.plain else [0, *(m.end() for m in re.finditer("\n", flat))]
        self._lines = list(self._spans())

    def _spans(self) -> Iterator[Span]:
        """Where each line of the body begins, and where the text of it or else of the last line before it ends."""
        starts, text = self.source.starts[self.first_line - 1 :], self.source.text
        end = self.start
        for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
            line = text[start:stop].rstrip(" \t\r\n")
            end = start + len(line) if line else end
            yield Span(max(start, self.start), end)

    def at(self, offset: int) -> int:
        """The source's offset of an offset in the body as the tokens count it."""
        if self.plain:
            return self.start + offset
        line = bisect_right(self._starts, offset) - 1
        return self.source.starts[self.first_line - 1 + line] + offset - self._starts[line]

    def lines(self, token: Token) -> Span:
        """The span of a token's lines, trailing blank lines left out."""
        first, stop = token.map or [0, 0]
        start, end = self._lines[first].start, self._lines[max(stop - 1, first)].end
        return Span(start, max(start, end))

    def prose(self, inline: Token, drop: int = 0) -> Prose:
        """The prose of an inline token, without its first `drop` lines and without leading empty lines."""
        lines = inline.content.split("\n")
        places = [self.at(place) for place in inline.meta["at"]]
        while drop < len(lines) - 1 and not lines[drop]:
            drop += 1
        return prose(lines[drop:], places[drop:])


def prose(lines: list[str], places: list[int]) -> Prose:
    """Lines and where each begins, as one Prose."""
    pairs: list[tuple[int, int]] = []
    offset = 0
    for line, place in zip(lines, places, strict=True):
        pairs.append((offset, place))
        offset += len(line) + 1
    return Prose("\n".join(lines), tuple(pairs) or ((0, 0),))


def after(text: Prose, start: int, bold: str = "") -> Prose:
    """`text` from the offset `start` on, leading line breaks left out; `bold` are the marks of a bold type that began
    before and goes on."""
    while start < len(text.text) and text.text[start] == "\n":
        start += 1
    kept = [(max(0, at - start), place + max(0, start - at)) for at, place in text.places]
    first = max((i for i, (at, _) in enumerate(text.places) if at <= start), default=0)
    places = [(max(0, at + (len(bold) if at else 0)), place - (0 if at else len(bold))) for at, place in kept[first:]]
    return Prose(bold + text.text[start:], tuple(places))


_BOLD = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1).)+)\1")


def bold(text: Prose) -> str:
    """The marks of bold type between which the whole first line stands, or ""."""
    found = _BOLD.fullmatch(text.text.split("\n", 1)[0]) if text.text[:2] in ("**", "__") else None
    return found[1] if found else ""


def unbold(text: Prose) -> Prose:
    """`text` without those marks."""
    marks = len(bold(text))
    if not marks:
        return text
    first, *more = text.text.split("\n")
    places = [place for _, place in text.places]
    return prose([first[marks:-marks], *more], [places[0] + marks, *places[1:]])


def typed_number(found: numerals.Found, text: Prose, start: int = 0) -> Typed:
    """The number that stands in `text` at `start`."""
    return Typed(found.typed, found.number, text.span(start, start + len(found.typed)))
