"""What stands at an offset, told by the lines alone, so that it can be told while the file is broken: and it always is
while a key is being typed.

In the front matter the indentation tells which keys an entry stands below.  In the body the lines above tell the
section and the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli import labels, numerals
from minutes_cli.body import headings
from minutes_cli.document import Prose
from minutes_cli.front import fence
from minutes_cli.front.vocabulary import Field
from minutes_cli.source import Source, Span

_ENTRY = re.compile(r"(?P<dashes>[ \t]*(?:-(?:[ \t]+|$))*)(?P<rest>.*)", re.DOTALL)
_KEY = re.compile(
    r"[\"']?(?P<key>[^\s#:：\[\]{},\"'&*!|>%@`-][^:：#{}\[\],]*?)[\"']?[ \t　]*(?P<colon>:(?=[ \t]|$)|：)[ \t]*"
)
_FLOW = re.compile(r"(?:^|[{,])\s*(?:(?P<key>[^\s:：{},]+)\s*[:：]\s*)?(?P<typed>[^{},:：]*)$")
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t　]+(?P<text>.*)")
# What may stand before a label: marks of headings, lists and quotes, bold type, a typed number.
_MARKS = re.compile(r"[\s>]*(?:#{1,6}[ \t]+|[-*+][ \t]+|[0-9]{1,3}[.)][ \t]+)*")
_FENCE = re.compile(r"---[ \t]*$")


class Entry(NamedTuple):
    """A line of the front matter: the column of its first dash, of its text, how many dashes, its key ("" for none),
    the column at which the value begins."""

    column: int
    text: int
    dashes: int
    key: str
    value: int


class InFront(NamedTuple):
    """`path` are the keys above, as written, 0 for an element of a list.  `key` is the key whose value is being typed,
    "" where a key is.  `typed` is the part that is being typed, up to the cursor; `rest` what follows it on the line."""

    path: tuple[str | int, ...]
    key: str
    typed: Span
    rest: str


def front(source: Source) -> Span | None:
    """Where the front matter lies, closed or not."""
    cut = fence.cut(source.text)
    if any(problem.code == "yaml-unclosed" for problem in cut.problems):
        return Span(cut.start, _unclosed_end(source, cut.stop))
    if cut.found:
        return Span(cut.start, cut.stop)
    if source.text.startswith("---"):
        return Span(source.line_span(1).end, len(source.text))
    return None


def _unclosed_end(source: Source, stop: int) -> int:
    """Where a front matter that is still being typed ends: at the first section."""
    for line in range(source.line_column(stop)[0], len(source.starts) + 1):
        start, end = source.line_span(line)
        text = source.text[start:end]
        if text.startswith("##") or section_of(text) is not None:
            return max(start, stop)
    return len(source.text)


def in_front(source: Source, offset: int) -> InFront | None:
    """Where the cursor stands in the front matter; None where it stands outside."""
    span = front(source)
    if span is None or not span.start <= offset <= span.end:
        return None
    line, column = source.line_column(offset)
    start, end = source.line_span(line)
    if offset == span.end and _FENCE.match(source.text[start:end]):
        return None
    first = source.line_column(span.start)[0]
    text, cursor = source.text[start:end], column - 1
    entry = entry_of(text)
    steps = _above(source, range(line - 1, first - 1, -1), entry._replace(text=min(entry.text, max(cursor, 0))))
    if not entry.key or cursor < entry.value:
        begin = min(entry.text, cursor)
        return InFront(steps, "", Span(start + begin, offset), text[cursor:])
    value = text[entry.value : cursor]
    if value.startswith("{") and (flow := _FLOW.search(value)):
        typed = Span(offset - len(flow["typed"]), offset)
        return InFront((*steps, entry.key), flow["key"] or "", typed, text[cursor:])
    return InFront(steps, entry.key, Span(start + entry.value, offset), text[cursor:])


def keys(source: Source, span: Span, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, Span]]:
    """The keys below a path (of the top for none), as written, with their places."""
    first, last = source.line_column(span.start)[0], source.line_column(span.end)[0]
    for line in range(first, last + 1):
        start, end = source.line_span(line)
        entry = entry_of(source.text[start:end])
        if entry.key and _above(source, range(line - 1, first - 1, -1), entry) == path:
            yield entry.key, Span(start + entry.text, start + entry.text + len(entry.key))


def entry_of(text: str) -> Entry:
    """A line as an entry."""
    found = _ENTRY.match(text)
    assert found
    dashes, rest = found["dashes"], found["rest"]
    column = len(dashes) - len(dashes.lstrip(" \t"))
    key = _KEY.match(rest)
    at = len(dashes)
    return Entry(column, at, dashes.count("-"), key["key"] if key else "", at + key.end() if key else at)


def field(root: Field, path: tuple[str | int, ...]) -> Field:
    """The field at a path of keys as written."""
    for step in path:
        if isinstance(step, int):
            root = root.items or root
        else:
            root = root.below(root.name(step) or step)
    return root


def _above(source: Source, lines: range, entry: Entry) -> tuple[str | int, ...]:
    """The path of an entry, by the indentation of the lines above it."""
    steps: list[str | int] = [0] * entry.dashes
    limit, dashed = (entry.column, True) if entry.dashes else (entry.text, False)
    for line in lines:
        if limit == 0 and not dashed:
            break
        start, end = source.line_span(line)
        text = source.text[start:end]
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        above = entry_of(text)
        if above.key and (above.text < limit or (dashed and not above.dashes and above.text == limit)):
            steps.insert(0, above.key)
            limit, dashed = above.text, False
        if above.dashes and above.column < limit:
            steps[:0] = [0] * above.dashes
            limit, dashed = above.column, True
    return tuple(steps)


# ── body ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class InBody(NamedTuple):
    """`before` is the line up to the cursor, `marks` what stands at its beginning of heading, list and number;
    `section` the role of the section, `label` the kind of the label above, replies left out."""

    before: str
    marks: str
    section: str
    label: str


def in_body(source: Source, offset: int) -> InBody:
    """Where the cursor stands in the body."""
    span = front(source)
    line, column = source.line_column(offset)
    start = source.line_span(line).start
    before = source.text[start : start + column - 1]
    first = source.line_column(span.end)[0] if span else 1
    role, label = _surrounding(source, range(line - 1, first - 1, -1))
    return InBody(before, _marks(before), role, label)


def _marks(text: str) -> str:
    found = _MARKS.match(text)
    end = found.end() if found else 0
    number = numerals.match(text, end)
    return text[: number.end if number else end]


def _surrounding(source: Source, lines: range) -> tuple[str, str]:
    label = ""
    for line in lines:
        start, end = source.line_span(line)
        text = source.text[start:end]
        opened = section_of(text)
        if opened is not None:
            return opened, label
        label = label or _label(text)
    return "", label


def section_of(line: str) -> str | None:
    """The role of the section that a line opens ("" for an unknown name); None where it opens none."""
    found = _HEADING.match(line)
    if found and len(found["marks"]) <= 2:
        return headings.section(Prose(found["text"]), Span(0, 0)).role
    number = numerals.match(line)
    if number and number.level == 0:
        return headings.section(Prose(line), Span(0, 0)).role
    return None


def _label(line: str) -> str:
    marks = _marks(line)
    found = labels.match(line, len(marks)) or ("#" in marks and labels.match_bare(line[len(marks) :])) or None
    return found.kind if found and found.kind != "reply" else ""
