"""The model of a meeting file: frozen types, no behaviour beyond finding a place.

    Minutes ─ Meta (front matter)  ─ Section* ─ Block*

The body is one tree, whichever way it was written (nested lists, headings, natural Chinese numbering):

    Section   壹、 … a `##` heading and all below it
    Item      a numbered entry: 一、（一） 1. … ; below 發言重點 it is a speaker
    Label     a named part, not numbered: 案由： 說明： 發言重點： 決議： 〈單位〉回覆
    Paragraph, Table, Quote, Code, Rule       what else CommonMark has
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from msgspec import Struct, field

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.profile import Profile
from minutes_cli.source import Source, Span


class Prose(Struct, frozen=True, gc=False):
    """Inline Markdown of one paragraph.  `places` pairs offsets in `text` with offsets in the file, one pair a line,
    so that a finding inside the text can be shown at its true place."""

    text: str = ""
    places: tuple[tuple[int, int], ...] = ((0, 0),)

    def at(self, offset: int) -> int:
        """The offset in the file of an offset in `text`."""
        several = len(self.places) > 1
        start, place = self.places[max(0, bisect_right(self.places, (offset, 1 << 60)) - 1) if several else 0]
        return place + offset - start

    def span(self, start: int, end: int) -> Span:
        """The span in the file of a range of `text`."""
        return Span(self.at(start), self.at(end - 1) + 1 if end > start else self.at(start))

    def __bool__(self) -> bool:
        return bool(self.text)


class Typed(Struct, frozen=True, gc=False):
    """A number as the recorder typed it: `text` "(一)" with its `value` 1 and its place."""

    text: str
    value: int
    span: Span


class Tracking(Struct, frozen=True, gc=False):
    """What is to become of a decision: 主辦、協辦、期限、列管、編號.  `due` is an ISO date, or the words that were
    written (下次會議).  `places` holds the span of each bullet by its key: owner, helper, due, tracked, number."""

    owners: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    due: str = ""
    tracked: str = ""
    number: str = ""
    places: dict[str, Span] = field(default_factory=dict)


# A block without words of its own, with nothing below it, or that never is a decision, says so itself: whoever walks the
# tree need not ask.
_NO_PROSE = Prose()


class Paragraph(Struct, frozen=True, gc=False):
    children: ClassVar[tuple[Block, ...]] = ()
    decision: ClassVar[str] = ""
    prose: Prose
    span: Span


class Item(Struct, frozen=True, gc=False):
    """`level` is the printed level: 1 一、  2（一） 3 1.  4 (1)  5 甲、 6（甲）; `ordinal` the computed number in its
    run; `typed` what stood in the file (None for bullets).  `spelling` is "list", "heading" or "natural".
    `skipped` says that a level was left out above it.  `speaker` is the speaker's name below 發言重點, else ""."""

    level: int
    ordinal: int
    prose: Prose
    children: tuple[Block, ...]
    span: Span
    typed: Typed | None = None
    spelling: str = "list"
    skipped: bool = False
    speaker: str = ""
    tracking: Tracking | None = None
    decision: str = ""


class Label(Struct, frozen=True, gc=False):
    """`kind` is one of `labels.KINDS`; `name` is the label as it prints, without colon (案由一, 資訊中心回覆); `prose`
    is the text behind the colon.  `colon` is False only for a reply written without one.  `level` is the level at
    which its items begin, less one.  `typed` is the number in the name (案由二: 2), `ordinal` the computed one."""

    kind: str
    name: str
    prose: Prose
    children: tuple[Block, ...]
    span: Span
    name_span: Span
    level: int = 0
    colon: bool = True
    typed: Typed | None = None
    ordinal: int = 0
    tracking: Tracking | None = None
    decision: str = ""


class Table(Struct, frozen=True, gc=False):
    """`rows[0]` is the head; `aligns` one of "", "left", "center", "right" for each column."""

    children: ClassVar[tuple[Block, ...]] = ()
    decision: ClassVar[str] = ""
    prose: ClassVar[Prose] = _NO_PROSE
    rows: tuple[tuple[Prose, ...], ...]
    aligns: tuple[str, ...]
    span: Span


class Quote(Struct, frozen=True, gc=False):
    decision: ClassVar[str] = ""
    prose: ClassVar[Prose] = _NO_PROSE
    children: tuple[Block, ...]
    span: Span


class Code(Struct, frozen=True, gc=False):
    children: ClassVar[tuple[Block, ...]] = ()
    decision: ClassVar[str] = ""
    prose: ClassVar[Prose] = _NO_PROSE
    text: str
    language: str
    span: Span


class Rule(Struct, frozen=True, gc=False):
    """A thematic break."""

    children: ClassVar[tuple[Block, ...]] = ()
    decision: ClassVar[str] = ""
    prose: ClassVar[Prose] = _NO_PROSE
    span: Span


Block = Paragraph | Item | Label | Table | Quote | Code | Rule


class Footnote(Struct, frozen=True, gc=False):
    label: str
    children: tuple[Block, ...]
    span: Span


class Section(Struct, frozen=True, gc=False):
    """`role` is one of `sections.ROLES`, "" for any other name, "preamble" for what stands before the first heading.
    `name` is the heading's text without number, note and colon; `note` the bracketed note behind it; `prose` what
    stands behind the colon on the heading's line.  `colon` is True or False as typed, None where the profile decides.
    `span` covers the whole section, `heading` only its heading."""

    role: str
    name: Prose
    note: Prose
    prose: Prose
    children: tuple[Block, ...]
    span: Span
    heading: Span
    typed: Typed | None = None
    colon: bool | None = None


class Place(Struct, frozen=True, gc=False):
    """Where a field stands: its key (None for an element of a list) and its value."""

    key: Span | None
    value: Span


FieldPath = tuple[str | int, ...]


class Meta(Struct, frozen=True):
    """The front matter in canonical keys and canonical values (dates ISO, times HH:MM, 第2次 as 2): what the schema
    validates.  `places` finds each path ("attachments", 0, "file") in the file; `keys` has the spelling of each
    top-level key as written; `typed` the words of each value that was lifted (「104年9月24日（星期四）」 for 2015-09-24);
    `broken` names top-level keys whose value could not be read: later stages are silent about them.
    `span` is the text between the two `---` lines (empty at 0 where there is no front matter); `schema` the office's
    own schema that it was read by, None for ours alone."""

    data: dict[str, Any] = field(default_factory=dict)
    places: Mapping[FieldPath, Place] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    typed: dict[FieldPath, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    span: Span = Span(0, 0)
    chinese: bool = False
    schema: Path | None = None

    def where(self, *path: str | int) -> Span:
        """The value's span of the longest prefix of `path` that stands in the file, else the front matter's first
        line."""
        while path:
            if place := self.places.get(path):
                return place.value
            path = path[:-1]
        return Span(0, min(3, self.span.end))


class Minutes(Struct, frozen=True):
    """One meeting.  `problems` are the faults met while reading; `whole` is False where what could be read is not
    enough to judge or to print (no front matter, not text)."""

    source: Source
    meta: Meta
    profile: Profile
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    whole: bool = True


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block below, in the order of the file, a parent before its children."""
    ahead = list(reversed(blocks))
    while ahead:
        block = ahead.pop()
        yield block
        if block.children:
            ahead += reversed(block.children)


def body(minutes: Minutes) -> Iterator[Block]:
    """Every block of every section."""
    for section in minutes.sections:
        yield from walk(section.children)
    for note in minutes.footnotes:
        yield from walk(note.children)


def decided(minutes: Minutes) -> list[Item | Label]:
    """Everything in the body that was decided, in the order of the file."""
    found: list[Item | Label] = []
    for section in minutes.sections:
        _decided(section.children, found)
    for note in minutes.footnotes:
        _decided(note.children, found)
    return found


def _decided(blocks: tuple[Block, ...], found: list[Item | Label]) -> None:
    for block in blocks:
        if block.decision and isinstance(block, Item | Label):
            found.append(block)
        if block.children:
            _decided(block.children, found)


def prose_of(minutes: Minutes) -> Iterator[Prose]:
    """Every piece of inline text of the body, in the order of the file but for footnotes, which come last."""
    for section in minutes.sections:
        yield from (piece for piece in (section.name, section.note, section.prose) if piece)
        for block in walk(section.children):
            yield from _prose(block)
    for note in minutes.footnotes:
        for block in walk(note.children):
            yield from _prose(block)


def _prose(block: Block) -> Iterator[Prose]:
    if block.prose.text:
        yield block.prose
    elif isinstance(block, Table):
        for row in block.rows:
            yield from (cell for cell in row if cell)
