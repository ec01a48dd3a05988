"""Sibling entries in, slips of their typed numbers out; and a typed number written anew in its own manner.

A run is what one parent holds, from an entry that is counted as the first up to the next such entry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from minutes_cli import numerals
from minutes_cli.diagnostics import Edit
from minutes_cli.document import Block, Item, Label, Minutes, Typed
from minutes_cli.rules._lists import misplaced
from minutes_cli.rules._scan import blocks, once, within

WRONG, REPEATED, MISSING = "wrong", "repeated", "missing"
LARGEST = 99

_NUMERAL = (
    r"(?P<digit>[0-9]+)|(?P<wide>[０-９]+)|(?P<stem>[甲乙丙丁戊己庚辛壬癸])"
    r"|(?P<legal>[壹貳參肆伍陸柒捌玖拾佰叁参貮零]+)|(?P<han>[一二三四五六七八九十百廿卅〇零ㄧ]+)"
)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


class Slip(Struct, frozen=True):
    """`before` is the entry that stands before it (None at the beginning of a run), `expected` the number that belongs
    here, `edits` put it and all that follow up to the next slip right."""

    kind: str
    typed: Typed
    before: Typed | None
    expected: int
    edits: tuple[Edit, ...]


class _Entry(Struct, frozen=True):
    typed: Typed
    ordinal: int


@lru_cache(maxsize=1000)  # one run after the other counts 一、二、三、
def renumber(typed: str, number: int) -> str:
    """The label `typed` with another number, in the same numerals and marks.

    >>> renumber("(二)", 3), renumber("１．", 12), renumber("拾、", 11)
    ('(三)', '１２．', '拾壹、')
    """
    found = re.search(_NUMERAL, typed)
    if not found:
        return typed
    kind = found.lastgroup
    text = numerals.WRITERS.get(kind or "", str)(number)
    if kind == "wide":
        text = text.translate(_WIDE)
    return typed[: found.start()] + text + typed[found.end() :]


@once
def slips(minutes: Minutes) -> tuple[Slip, ...]:
    """All slips of numbering, in the order of the file."""
    found = blocks(minutes)
    counted: list[Item | Label] = [*found.items, *found.labels]
    if all(block.typed is None or block.typed.value == block.ordinal for block in counted):
        return ()
    excerpt = minutes.meta.data.get("excerpt") is True
    all_slips = (slip for run in _runs(minutes) for slip in _judge(run, excerpt))
    return tuple(sorted(all_slips, key=lambda slip: slip.typed.span))


def of_kind(minutes: Minutes, kind: str) -> Iterator[Slip]:
    """The slips of one kind."""
    return (slip for slip in slips(minutes) if slip.kind == kind)


@once
def large_numbers(minutes: Minutes) -> list[Item]:
    """The outermost entries whose number is too large to be one: 2015. of 「2015. 9. 24」."""
    found: list[Item] = []
    for item in blocks(minutes).items:
        number = item.typed.value if item.typed is not None else 0
        if number > LARGEST and number > item.ordinal and (not found or item.span.start >= found[-1].span.end):
            found.append(item)
    return found


def _runs(minutes: Minutes) -> Iterator[list[_Entry]]:
    """Entries below such a number count nothing."""
    large = [item.span for item in large_numbers(minutes)]
    displaced = {place for slip in misplaced(minutes) for place in (slip.start, slip.start - slip.indent)}
    for group in blocks(minutes).groups:
        if not group or within(large, group[0].span.start):
            continue
        yield from _items(group, displaced)
        yield from _split([_Entry(b.typed, b.ordinal) for b in group if isinstance(b, Label) and b.typed])


def _items(group: tuple[Block, ...], displaced: set[int]) -> Iterator[list[_Entry]]:
    """Entries without a typed number end a run, and those that only stand too far left (`list-indent`) count nothing."""
    run: list[_Entry] = []
    spellings: set[str] = set()
    for block in group:
        if not isinstance(block, Item) or _start(block) in displaced:
            continue
        if (block.ordinal == 1 or not block.typed) and run:
            yield from _typed_run(run, spellings)
            run, spellings = [], set()
        if block.typed:
            run.append(_Entry(block.typed, run[0].ordinal + len(run) if run else block.ordinal))
            spellings.add(block.spelling)
    if run:
        yield from _typed_run(run, spellings)


def _start(item: Item) -> int:
    return item.typed.span.start if item.typed else item.span.start


def _typed_run(run: list[_Entry], spellings: set[str]) -> Iterator[list[_Entry]]:
    """A Markdown list may count 1. 1. 1., and a number such as 104. is another rule's."""
    ones = spellings == {"list"} and all(entry.typed.value == 1 for entry in run)
    if not ones and not any(entry.typed.value > max(LARGEST, entry.ordinal) for entry in run):
        yield run


def _split(run: list[_Entry]) -> Iterator[list[_Entry]]:
    starts = [i for i, entry in enumerate(run) if i == 0 or entry.ordinal == 1]
    for start, end in zip(starts, [*starts[1:], len(run)], strict=False):
        yield run[start:end]


def _judge(run: list[_Entry], excerpt: bool) -> Iterator[Slip]:
    found = list(_kinds([entry.typed.value for entry in run], run[0].ordinal))
    if excerpt:
        found = [(i, kind, expected) for i, kind, expected in found if kind != MISSING and i > 0]
    ends = [*(i for i, _, _ in found[1:]), len(run)]
    for (i, kind, expected), end in zip(found, ends, strict=False):
        edits = () if excerpt else tuple(_edits(run[i:end]))
        yield Slip(kind, run[i].typed, run[i - 1].typed if i else None, expected, edits)


def _kinds(values: list[int], first: int) -> Iterator[tuple[int, str, int]]:
    """(index, kind, the number that belongs there) of each slip; one slip is told once, whatever it shifts."""
    last, seen, ahead = first - 1, set[int](), Counter(values)
    for i, value in enumerate(values):
        expected, following = last + 1, values[i + 1] if i + 1 < len(values) else None
        last, known = value, value in seen
        seen.add(value)
        ahead[value] -= 1
        if value == expected:
            continue
        alone = following == expected + 1 or (i > 0 and value > expected and ahead[expected] > 0)
        if known:
            kind = REPEATED
        elif i == 0 or value < expected or alone:
            kind = WRONG
        else:
            kind = MISSING
        if alone or (kind == WRONG and i > 0):
            last = expected
        yield i, kind, expected


def _edits(run: list[_Entry]) -> Iterator[Edit]:
    for entry in run:
        if entry.typed.value != entry.ordinal:
            yield Edit(entry.typed.span, renumber(entry.typed.text, entry.ordinal))
