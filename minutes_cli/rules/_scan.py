"""A meeting in, the pieces that rules look at out: blocks by type, prose, and lines by their first character.

Each scan is done once a meeting, however many rules ask for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct, field

from minutes_cli.document import Block, Code, Item, Label, Minutes, Prose, Table
from minutes_cli.source import Span

T = TypeVar("T")
_Kinds = dict[type[Block], list[Any]]  # where a block of a type is put
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
    kinds: _Kinds = {Item: found.items, Label: found.labels, Table: found.tables, Code: found.codes}
    for section in minutes.sections:
        found.proses += [piece for piece in (section.name, section.note, section.prose) if piece.text]
        _collect(section.children, found, kinds)
    for note in minutes.footnotes:
        _collect(note.children, found, kinds)
    return found


def _collect(children: tuple[Block, ...], found: Blocks, kinds: _Kinds) -> None:
    found.groups.append(children)
    for block in children:
        kind = type(block)
        if kind in kinds:
            kinds[kind].append(block)
        if block.prose.text:
            found.proses.append(block.prose)
        elif isinstance(block, Table):
            found.proses += [cell for row in block.rows for cell in row if cell.text]
        if block.children:
            _collect(block.children, found, kinds)


def proses(minutes: Minutes) -> list[Prose]:
    """Every piece of inline text of the body."""
    return blocks(minutes).proses


def holding(minutes: Minutes, *signs: str) -> list[Prose]:
    """The pieces of inline text that hold one of some signs; most files hold none."""
    text = minutes.source.text
    found = [sign for sign in signs if sign[0] in text and sign in text]  # one character is found much sooner
    if len(found) == 1:
        return [prose for prose in proses(minutes) if found[0] in prose.text]
    return [prose for prose in proses(minutes) if any(sign in prose.text for sign in found)] if found else []


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────────

BULLETS = "·•‧・∙⁃●◎◆◇▪➢►▶○◦"
# A line that begins with a mark of Markdown, or what looks like one, and yet is no heading and no entry of a list.
_ODD = re.compile(rf"\n[ \t]*+(?=[>＃＊－\u3000\u00a0{BULLETS}]|[-*+](?! )|#+(?![# \t]))")


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


def ruled(minutes: Minutes) -> tuple[str, int]:
    """The text with each line behind a \\n, and the offset of the one before the body: what an expression for the
    beginnings of lines searches, four times as fast as for both characters that may end one."""
    return minutes.source.text.replace("\r", "\n"), max(0, body_start(minutes) - 1)


def lines(minutes: Minutes) -> Iterator[Line]:
    """Every line that holds something."""
    source, unseen = minutes.source, hidden(minutes)
    for number in range(source.line_column(body_start(minutes))[0], len(source.starts) + 1):
        start, end = source.line_span(number)
        opens = source.text[start:end].lstrip(" \t")
        bare = opens.rstrip()
        if bare and number - 1 not in unseen:
            indent = end - start - len(opens)
            yield Line(number - 1, start + indent, indent, bare)


@once
def odd(minutes: Minutes) -> dict[str, list[Line]]:
    """The lines that look as if they were a heading, a quote or an entry of a list, but are written otherwise, by their
    first character; a quote is always among them."""
    source = minutes.source
    found: dict[str, list[Line]] = {}
    for look in _ODD.finditer(*ruled(minutes)):
        at = look.end()
        line, column = source.line_column(at)
        bare = source.text[at : source.line_span(line).end].rstrip()
        if bare and line - 1 not in hidden(minutes):
            found.setdefault(bare[0], []).append(Line(line - 1, at, column - 1, bare))
    return found


def opening(minutes: Minutes, characters: str) -> Iterator[Line]:
    """The odd lines whose first character is one of `characters`."""
    found = odd(minutes)
    for character in characters if found else "":
        yield from found.get(character, ())


@once
def hidden(minutes: Minutes) -> set[int]:
    """Numbers (0-based) of the lines that are code or wholly inside a comment."""
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
