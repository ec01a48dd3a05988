"""A meeting in, the pieces that rules look at out: blocks by type, prose, and lines by their first character.

Each scan is done once a meeting, however many rules ask for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct, field

from minutes_cli.document import Block, Code, Item, Label, Minutes, Prose, Table
from minutes_cli.source import Span

T = TypeVar("T")
_START = attrgetter("start")


def once(scan: Callable[[Minutes], T]) -> Callable[[Minutes], T]:
    """Remember the answer for the meeting that was asked about last.  Compared by identity, since the front matter is a
    mapping and has no hash; one tuple, so that two threads never mix a meeting with another's answer."""
    last: tuple[Minutes, T] | None = None

    def remembered(minutes: Minutes) -> T:
        nonlocal last
        known = last
        if known is None or known[0] is not minutes:
            known = last = (minutes, scan(minutes))
        return known[1]

    return remembered


# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Blocks(Struct):
    """Every block of the body by its type, in the order of the file; `groups` are the runs of children as they stand
    under one parent; `proses` is every piece of inline text, names of sections included."""

    items: list[Item] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    groups: list[tuple[Block, ...]] = field(default_factory=list)
    proses: list[Prose] = field(default_factory=list)


@once
def blocks(minutes: Minutes) -> Blocks:
    """The blocks of the whole body, footnotes last."""
    found = Blocks()
    for section in minutes.sections:
        found.proses += [piece for piece in (section.name, section.note, section.prose) if piece.text]
        _collect(section.children, found)
    for note in minutes.footnotes:
        _collect(note.children, found)
    return found


def _collect(children: tuple[Block, ...], found: Blocks) -> None:
    found.groups.append(children)
    for block in children:
        if isinstance(block, Item):
            found.items.append(block)
        elif isinstance(block, Label):
            found.labels.append(block)
        elif isinstance(block, Table):
            found.tables.append(block)
            found.proses += [cell for row in block.rows for cell in row if cell.text]
        elif isinstance(block, Code):
            found.codes.append(block)
        if block.prose.text:
            found.proses.append(block.prose)
        if block.children:
            _collect(block.children, found)


def proses(minutes: Minutes) -> list[Prose]:
    """Every piece of inline text of the body."""
    return blocks(minutes).proses


def holding(minutes: Minutes, *signs: str) -> list[Prose]:
    """The pieces of inline text that hold one of some signs; most files hold none."""
    text = minutes.source.text
    found = [sign for sign in signs if sign in text]
    if len(found) == 1:
        return [prose for prose in proses(minutes) if found[0] in prose.text]
    return [prose for prose in proses(minutes) if any(sign in prose.text for sign in found)] if found else []


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────

BULLETS = "·•‧・∙⁃●◎◆◇▪➢►▶○◦"
_OPENINGS = frozenset("#＃>-－*＊+0123456789\u3000\u00a0" + BULLETS)


class Line(Struct, frozen=True, gc=False, order=True):
    """A line of the body outside code and comments: its number (0-based), the offset of its first character that is no
    blank, how many blanks stand before that, and the text from there on, without blanks at its end."""

    number: int
    start: int
    indent: int
    text: str


def body_start(minutes: Minutes) -> int:
    """The offset at which the Markdown begins: behind the line that closes the front matter."""
    source, end = minutes.source, minutes.meta.span.end
    if not end:
        return 0
    line, column = source.line_column(end)
    if column > 1:
        line += 1
    return source.starts[line] if line < len(source.starts) else len(source.text)


def lines(minutes: Minutes) -> Iterator[Line]:
    """Every line that holds something."""
    return _lines(minutes, None)


@once
def openings(minutes: Minutes) -> dict[str, list[Line]]:
    """The lines that begin with a mark of Markdown, or what looks like one, by their first character."""
    found: dict[str, list[Line]] = {}
    for line in _lines(minutes, _OPENINGS):
        found.setdefault(line.text[0], []).append(line)
    return found


def opening(minutes: Minutes, characters: str) -> Iterator[Line]:
    """The lines whose first character is one of `characters`."""
    found = openings(minutes)
    for character in characters:
        if character in found:
            yield from found[character]


def _lines(minutes: Minutes, wanted: frozenset[str] | None) -> Iterator[Line]:
    text, starts = minutes.source.text, minutes.source.starts
    first = minutes.source.line_column(body_start(minutes))[0] - 1
    hidden = _hidden(minutes)
    begins = wanted and wanted | {" ", "\t"}
    for number, (begin, end) in enumerate(pairwise((*starts[first:], len(text))), first):
        if begin == end or (begins and text[begin] not in begins):
            continue  # told by the first character alone: most lines are plain text
        opens = text[begin:end].lstrip(" \t")
        bare = opens.rstrip()
        if bare and (wanted is None or bare[0] in wanted) and number not in hidden:
            indent = end - begin - len(opens)
            yield Line(number, begin + indent, indent, bare)


def _hidden(minutes: Minutes) -> set[int]:
    """Numbers of the lines that are code or wholly inside a comment."""
    source = minutes.source
    spans = [code.span for code in blocks(minutes).codes]
    spans += comments(minutes)
    found: set[int] = set()
    for start, end in spans:
        first = source.line_column(start)[0] - 1
        found.update(range(first, source.line_column(max(start, end - 1))[0]))
    return found


@once
def comments(minutes: Minutes) -> list[Span]:
    """The places of `<!-- … -->` in the body, outside code; an unclosed one reaches to the end of its line."""
    text, found = minutes.source.text, list[Span]()
    start = text.find("<!--", body_start(minutes))
    if start < 0:
        return found
    codes = sorted(code.span for code in blocks(minutes).codes)
    line, counted, ticks = Span(0, 0), 0, 0
    closes = True
    while start >= 0:
        if start >= line.end:
            line = minutes.source.line_span(minutes.source.line_column(start)[0])
            counted, ticks = line.start, 0
        ticks += text.count("`", counted, start)
        counted = start
        close = text.find("-->", start + 4) if closes else -1
        closes = close >= 0
        end = close + 3 if closes else line.end
        hidden = ticks % 2 or within(codes, start)
        if not hidden:
            found.append(Span(start, end))
        start = text.find("<!--", start + 4 if hidden else end)
    return found


def within(spans: list[Span], place: int) -> bool:
    """Whether one of `spans`, which are sorted and apart, holds the offset `place`."""
    before = bisect_right(spans, place, key=_START)
    return before > 0 and place < spans[before - 1].end
