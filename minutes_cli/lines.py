"""What is printed, line by line: the one outline that text, HTML, DOCX and JSON all dress.

A writer computes no number and decides no order; it sees only these types.
"""

from __future__ import annotations

from typing import final

from msgspec import Struct

from minutes_cli.inline import Inlines
from minutes_cli.source import Span

# The kinds of line, in the order in which a meeting usually has them.
KINDS = (
    "above",        # what stands above the title: 文號, 密等
    "title",        # 〈會議名稱〉紀錄
    "header",       # 壹、時間：…  `cells` has two texts where chair and recorder share a line
    "more",         # a further line of the header row above it (one more group of people); not numbered
    "section",      # 陸、專題分享：
    "item",         # 一、 （一） 1. (1) …
    "speaker",      # an item below 發言重點
    "label",        # 說明：…
    "reply",        # 標準檢驗局回覆
    "paragraph",    # text that belongs to the line above it
    "quote",
    "code",         # a Break between the lines
    "rule",         # a thematic break; prints a rule, holds no text
    "next",         # 下次會議：…
    "adjournment",  # 散會：（上午11:30）
    "signature",    # 主席：＿＿＿＿
    "attachment",   # the list of attachments, where a profile prints it
    "footnote",     # `number` is its mark, `ordinal` its number
)  # fmt: skip


class Line(Struct, frozen=True, gc=False):
    """One printed paragraph.

    `number` is the printed label ("陸、", "（一）"), "" for none; `ordinal` its value, 0 for none.  `level` is 0 for a
    header row or section, 1–6 for items; for other kinds the level of the item or label that it belongs to, so that a
    paragraph below （一） has level 2.  `lead` is the name before the text, colon included ("時間：", "說明：",
    "專題分享：", "標準檢驗局回覆"); `cells` the text, usually one; a header row of two people has two, each with its own
    lead in `leads`.  `indent` counts full-width cells from the margin to the line's first character.  `anchor` is
    a name that is unique in the meeting, "" where nothing points here.  `decision` is the id of the decision that the
    line opens, else ""; what is printed behind it（主辦：…）is a Text of its own at the end of the last cell.  `span` is
    where it comes from; `quote` the depth of block quotes around it.
    """

    kind: str
    level: int = 0
    number: str = ""
    ordinal: int = 0
    lead: str = ""
    cells: tuple[Inlines, ...] = ((),)
    leads: tuple[str, ...] = ()
    indent: int = 0
    anchor: str = ""
    span: Span = Span(0, 0)
    quote: int = 0
    decision: str = ""


@final
class Grid(Struct, frozen=True, gc=False):
    """A table: `rows[0]` is the head; `aligns` one of "", "left", "center", "right" a column.  `level` and `indent`
    as for a paragraph at its place."""

    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[str, ...]
    level: int = 0
    indent: int = 0
    span: Span = Span(0, 0)
    quote: int = 0
    caption: str = ""


Entry = Line | Grid


class Printed(Struct, frozen=True):
    """The whole outline of one meeting.  `title` is the printed title; `language` a BCP 47 tag; `date` the ISO date of
    the meeting ("" if unknown); `organization`, `status` ("初稿" …) and `annex` as plain text for page headers;
    `files` are the attachments: (printed title, link or "")."""

    title: str
    entries: tuple[Entry, ...]
    language: str = "zh-Hant-TW"
    date: str = ""
    organization: str = ""
    status: str = ""
    files: tuple[tuple[str, str], ...] = ()
