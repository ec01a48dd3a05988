"""A span in, the lines of the file that it covers out, with where to underline them in display columns."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from minutes_cli.source import Source, Span
from minutes_cli.width import widths

_TAB = 4
_COLUMNS = 76
_BEFORE = 24  # columns of context that stay before a range in a line that is too long
_JOINER = "\u200d"
_STRETCH = 2_000  # characters of a line that is too long to be looked at as a whole


class Row(NamedTuple):
    """One line as shown: its number ("" where lines were left out), its text, and the columns to underline."""

    number: str
    text: str
    indent: int = 0
    length: int = 0


def snippet(source: Source, span: Span) -> list[Row]:
    """The lines of the span; of more than three, the first and the last."""
    first, _ = source.line_column(span.start)
    last, _ = source.line_column(max(span.start, span.end - 1))
    if last - first < 3:
        return [_row(source, line, span) for line in range(first, last + 1)]
    return [_row(source, first, span), Row("", "⋮"), _row(source, last, span)]


def printable(text: str) -> str:
    """`text` with what a terminal would obey, or not show, made visible."""
    if text.isprintable():
        return text
    return "".join(char if _joins(text, i) else _visible(char) for i, char in enumerate(text))


def _row(source: Source, line: int, span: Span) -> Row:
    near = _near(source.line_span(line), span.start)
    text = source.text[near.start : near.end]
    cells, places = _cells(text)
    start = places[max(0, min(span.start - near.start, len(text)))]
    end = places[max(0, min(span.end - near.start, len(text)))]
    if line > source.line_column(span.start)[0]:
        start = max(start, places[len(text) - len(text.lstrip(" \t\u3000"))])
    length = max(1, end - start)
    shown, cut = _clip(cells, places, start, length)
    return Row(str(line), shown, start - cut, min(length, max(1, _COLUMNS - (start - cut))))


def _near(line: Span, place: int) -> Span:
    """The line, or of a very long one the stretch with `place` in it, the one before and the one behind: findings that
    are neighbours look at the same."""
    if line.end - line.start <= 2 * _STRETCH:
        return line
    stretch = (max(line.start, min(place, line.end)) - line.start) // _STRETCH
    start = line.start + max(0, stretch - 1) * _STRETCH
    return Span(start, min(start + 3 * _STRETCH, line.end))


@lru_cache(maxsize=2)  # one line may hold thousands of findings
def _cells(text: str) -> tuple[list[tuple[str, int]], list[int]]:
    """Each character as shown with its columns, and the column at which each begins (one more for the end)."""
    cells: list[tuple[str, int]] = []
    places = [0]
    for i, (char, columns) in enumerate(zip(text, widths(text), strict=True)):
        if char == "\t":
            columns = _TAB - places[-1] % _TAB
            cells.append((" " * columns, columns))
        elif _joins(text, i):
            cells.append((char, 0))
        else:
            seen = _visible(char)
            cells.append((seen, columns if seen == char else 1))
        places.append(places[-1] + cells[-1][1])
    return cells, places


def _clip(cells: list[tuple[str, int]], places: list[int], start: int, length: int) -> tuple[str, int]:
    """The part of a line around the range that begins at column `start`, and how many columns the rest stands further
    left than in the line."""
    if places[-1] <= _COLUMNS:
        return "".join(seen for seen, _ in cells), 0
    left = 0 if start + length <= _COLUMNS - 1 else max(0, start - _BEFORE)
    first = bisect_left(places, left + 1) if left else 0  # one column is for the mark
    begin = places[first]
    last = bisect_right(places, begin + _COLUMNS - 2) - 1
    shown = "".join(seen for seen, _ in cells[first:last])
    return ("…" if begin else "") + shown + ("…" if last < len(cells) else ""), begin - (1 if begin else 0)


def _joins(text: str, i: int) -> bool:
    """Whether the character makes one emoji of two; elsewhere a joiner only hides."""
    return text[i] == _JOINER and 0 < i < len(text) - 1 and ord(text[i + 1]) > 0x2000


def _visible(char: str) -> str:
    if " " <= char <= "~":
        return char
    if char < " ":
        return chr(0x2400 + ord(char))
    # Format characters could turn the line round or hide; a lone surrogate cannot be written at all.
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char
