"""A meeting in, the pieces that rules look at out: blocks by type, prose, and lines by their first character.

Each scan is done once a meeting, however many rules ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from minutes_cli.document import Block, Code, Item, Label, Minutes, Paragraph, Prose, Quote, Rule, Table, prose_of
from minutes_cli.source import Source, Span

T = TypeVar("T")


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


@dataclass(slots=True)
class Blocks:
    """Every block of the body by its type, in the order of the file; `groups` are the runs of children as they stand
    under one parent."""

    items: list[Item] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    breaks: list[Rule] = field(default_factory=list)
    groups: list[tuple[Block, ...]] = field(default_factory=list)


@once
def blocks(minutes: Minutes) -> Blocks:
    """The blocks of the whole body, footnotes last."""
    found = Blocks()
    for section in minutes.sections:
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
        elif isinstance(block, Paragraph):
            found.paragraphs.append(block)
        elif isinstance(block, Table):
            found.tables.append(block)
        elif isinstance(block, Code):
            found.codes.append(block)
        elif isinstance(block, Rule):
            found.breaks.append(block)
        if isinstance(block, Item | Label | Quote) and block.children:
            _collect(block.children, found)


@once
def proses(minutes: Minutes) -> tuple[Prose, ...]:
    """Every piece of inline text of the body."""
    return tuple(prose_of(minutes))


class Line(NamedTuple):
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


@once
def lines(minutes: Minutes) -> tuple[Line, ...]:
    """The lines that hold something, but for those of code blocks and comments."""
    return tuple(_lines(minutes.source, body_start(minutes), _hidden(minutes)))


@once
def openings(minutes: Minutes) -> dict[str, list[Line]]:
    """`lines` by their first character: a rule about headings looks at those that begin with # and at no other."""
    found: dict[str, list[Line]] = {}
    for line in lines(minutes):
        found.setdefault(line.text[0], []).append(line)
    return found


def opening(minutes: Minutes, characters: str) -> Iterator[Line]:
    """The lines whose first character is one of `characters`."""
    found = openings(minutes)
    for character in characters:
        yield from found.get(character, ())


def _lines(source: Source, start: int, hidden: set[int]) -> Iterator[Line]:
    text, starts = source.text, source.starts
    first = source.line_column(start)[0] - 1
    ends = [*starts[first + 1 :], len(text)]
    for number, (begin, end) in enumerate(zip(starts[first:], ends, strict=True), first):
        full = text[begin:end].rstrip()
        bare = full.lstrip(" \t")
        if bare and number not in hidden:
            indent = len(full) - len(bare)
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


def comments(minutes: Minutes) -> list[Span]:
    """The places of `<!-- … -->` in the body, outside code blocks; an unclosed one reaches to the end of its line."""
    text, found = minutes.source.text, list[Span]()
    if "<!--" not in text:
        return found
    codes = [code.span for code in blocks(minutes).codes]
    start = text.find("<!--", body_start(minutes))
    while start >= 0:
        if not any(code.start <= start < code.end for code in codes):
            close = text.find("-->", start + 4)
            end = close + 3 if close >= 0 else minutes.source.line_span(minutes.source.line_column(start)[0]).end
            found.append(Span(start, end))
            start = text.find("<!--", end)
        else:
            start = text.find("<!--", start + 4)
    return found
