"""The tracking section (歷次會議決議追蹤) as rows: which decision, what was done, whether it stays 列管.

The section is a table or a list, one row a decision.  A decision is named 第1次會議結論3 (another body's name may stand
before it), or by the end of its id, 1-3 or 5-1-3 with the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli.document import Block, Item, Minutes, Prose, Table, walk
from minutes_cli.numerals import value
from minutes_cli.source import Span

DISPOSALS = ("部分解除列管", "部分解除", "繼續列管", "解除列管", "自行列管")

_N = "[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5}"
_NAMED = (
    rf"(?P<body>[^\s，。；：、第]{{2,40}}?)?"
    rf"(?:(?:第(?P<term>{_N})屆)?第(?P<session>{_N})次|[上前]一?次)(?:[^\s，。；：、]{{0,12}}?會議?)?"
    rf"(?:決議|結論|裁示|決定)(?:事項)?第?(?P<number>{_N})"
)
_I = "[1-9][0-9]{0,2}"
_SHORT = rf"(?<![0-9-])(?:(?P<term>{_I})-)?(?P<session>{_I})-(?P<number>{_I})(?![-0-9年月日時天])"
_DISPOSAL = "|".join(DISPOSALS)
_REST = "(?:其他|其餘).{0,12}?解除列管"
_DONE = "辦理情形|執行情形|辦理進度|處理情形"
_KEPT = "列管|管考"


class Named(Struct, frozen=True):
    """A decision as it is referred to: the body that made it ("" for this one), term and session (0 for 上次), its
    number."""

    body: str
    term: int | None
    session: int
    number: int
    start: int
    end: int


class Row(Struct, frozen=True):
    """One decision followed up.  `said` is 辦理情形; `disposal` one of `DISPOSALS`, "" where nothing is said of it.
    `place` is the text that `reference` is the beginning of, so that each of `named` can be found in the file."""

    reference: str
    named: tuple[Named, ...]
    said: str
    disposal: str
    span: Span
    place: Prose


def rows(minutes: Minutes) -> tuple[Row, ...]:
    """The rows of every tracking section."""
    own = minutes.meta.data.get("session")
    found = (_rows(s.children) for s in minutes.sections if s.role == "tracking")
    return tuple(_absolute(row, own) for section in found for row in section)


def _absolute(row: Row, own: object) -> Row:
    """上次會議 with its number, where this meeting has one."""
    if all(one.session for one in row.named):
        return row
    before = own - 1 if isinstance(own, int) else 0
    known = (one if one.session else replace(one, session=before) for one in row.named)
    return replace(row, named=tuple(one for one in known if one.session > 0))


def releases_rest(text: str) -> bool:
    """Whether a sentence releases whatever was still open: 「其他追蹤事項解除列管」."""
    return bool(re.search(_REST, text))


def named(text: str) -> tuple[Named, ...]:
    """The decisions that a text refers to.

    >>> [(n.session, n.number) for n in named("第2次會議結論2、第1次會議決議3，以及 4-12")]
    [(2, 2), (1, 3), (4, 12)]
    >>> named("中華民國113-05-02"), named("約3-5年")
    ((), ())
    >>> [(n.body, n.session, n.number) for n in named("本小組上次會議決議2")]
    [('本小組', 0, 2)]
    """
    found = [_named(match) for pattern in (_NAMED, _SHORT) for match in re.finditer(pattern, text)]
    return tuple(sorted((one for one in found if one), key=lambda one: one.start))


def _named(match: re.Match[str]) -> Named | None:
    groups = match.groupdict()
    session, number = value(groups["session"]) if groups["session"] else 0, value(groups["number"])
    term = value(groups["term"]) if groups["term"] else None
    if session is None or number is None:
        return None
    return Named(groups.get("body") or "", term, session, number, match.start(), match.end())


def _rows(blocks: tuple[Block, ...]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Item):
            yield _item(block)


def _table(table: Table) -> Iterator[Row]:
    head = [cell.text for cell in table.rows[0]]
    done = next((i for i, name in enumerate(head) if re.search(_DONE, name)), None)
    kept = next((i for i, name in enumerate(head) if re.search(_KEPT, name) and i != done), None)
    for row in table.rows[1:]:
        reference = row[0].text
        said = row[done].text if done is not None else ""
        judged = row[kept].text if kept is not None else " ".join(cell.text for cell in row)
        yield Row(reference, named(reference), said, _disposal(judged), _row_span(row, table.span), row[0])


def _row_span(row: tuple[Prose, ...], otherwise: Span) -> Span:
    cells = [cell for cell in row if cell]
    if not cells:
        return otherwise
    return Span(cells[0].at(0), cells[-1].at(len(cells[-1].text)))


def _item(item: Item) -> Row:
    reference, _, said = item.prose.text.replace(":", "：", 1).partition("：")
    below = [block.prose.text for block in walk(item.children) if block.prose.text]
    whole = " ".join([item.prose.text, *below])
    return Row(
        reference, named(reference), "\n".join(filter(None, [said, *below])), _disposal(whole), item.span, item.prose
    )


def _disposal(text: str) -> str:
    found = re.findall(_DISPOSAL, text)
    return found[-1] if found else ""
