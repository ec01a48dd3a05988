"""The blocks of a body as they are written, before anything is decided about them: pure types.

`ordinary` makes them of the lines that recorders write, `markdown` of all others; `drafts` makes the outline of them.
Paragraphs, tables, code and rules are those of the document.
"""

from __future__ import annotations

from msgspec import Struct

from minutes_cli import labels
from minutes_cli.document import Code, Paragraph, Prose, Rule, Table, Typed
from minutes_cli.source import Span


class Heading(Struct, frozen=True, gc=False):
    """`depth` is 1 for `#` … 6."""

    depth: int
    prose: Prose
    span: Span


class Numbered(Struct, frozen=True, gc=False):
    """一、 （一） 1. (1) 甲、 at the start of a line; `level` is its place in `numerals.STANDARD`, `prose` what stands
    behind it."""

    level: int
    typed: Typed
    prose: Prose
    span: Span


class Labelled(Struct, frozen=True, gc=False):
    """案由： 說明： **決議：** 資訊局回覆; `name` is the place of its name, `prose` what stands behind it."""

    found: labels.Found
    name: Span
    prose: Prose
    span: Span


class Entry(Struct, frozen=True, gc=False):
    """An item of a list; `typed` is None for a bullet, `mark` its sign or what follows its number: - * + . )"""

    typed: Typed | None
    mark: str
    blocks: list[Block]
    span: Span


class List(Struct, frozen=True, gc=False):
    entries: list[Entry]


class Quoted(Struct, frozen=True, gc=False):
    blocks: list[Block]
    span: Span


class Note(Struct, frozen=True, gc=False):
    """The definition of a footnote."""

    label: str
    blocks: list[Block]
    span: Span


Block = Heading | Numbered | Labelled | Paragraph | List | Table | Quoted | Note | Code | Rule
