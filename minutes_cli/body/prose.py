"""The text of a paragraph, a heading or a cell: lines and where they stand in, a Prose that knows the place of each of
its characters out."""

from __future__ import annotations

import re

from minutes_cli import numerals
from minutes_cli.document import Prose, Table, Typed
from minutes_cli.source import Span


def of_lines(lines: list[str], places: list[int]) -> Prose:
    """Lines and where each begins, as one Prose."""
    if len(lines) == 1:
        return Prose(lines[0], ((0, places[0]),))
    pairs: list[tuple[int, int]] = []
    offset = 0
    for line, place in zip(lines, places, strict=True):
        pairs.append((offset, place))
        offset += len(line) + 1
    return Prose("\n".join(lines), tuple(pairs) or ((0, 0),))


def worded(lines: list[str], places: list[int]) -> Prose:
    """The same without the empty lines that it begins with."""
    empty = 0
    while empty < len(lines) - 1 and not lines[empty]:
        empty += 1
    return of_lines(lines[empty:], places[empty:]) if empty else of_lines(lines, places)


def cells(words: list[str], row: str, at: int) -> tuple[Prose, ...]:
    """The cells of a table's row, whose text begins at `at`."""
    found, position = [], 0
    for cell in words:
        position = max(row.find(cell, position), position)
        found.append(Prose(cell, ((0, at + position),)))
        position += len(cell)
    return tuple(found)


def squared(rows: list[tuple[Prose, ...]], aligns: list[str], span: Span) -> Table:
    """The table of some rows, all made as wide as the widest."""
    width = max(map(len, rows))
    return Table(
        tuple(row + (Prose(),) * (width - len(row)) for row in rows), (*aligns, *[""] * (width - len(aligns))), span
    )


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
    return of_lines([first[marks:-marks], *more], [places[0] + marks, *places[1:]])


def typed_number(found: numerals.Found, text: Prose, start: int = 0) -> Typed:
    """The number that stands in `text` at `start`."""
    return Typed(found.typed, found.number, text.span(start, start + len(found.typed)))
