"""Lines of YAML that are written as they should be in, their nodes out, in one pass — or None, where there is more in
them than recorders write.

`slips` has found nothing: a line is `key: value`, `key:`, `- value` or `- key: value`; a value is plain, quoted, or a
list or mapping in brackets that holds no other.  Everything else (comments, text over several lines, escapes, doubled
keys …) is left to libyaml: this is its answer for most files, sooner and without loading it.  A test proves that both
agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli.front.compose import WORDS, plain_value
from minutes_cli.front.nodes import List, Map, Node, Pair, Row, Scalar
from minutes_cli.source import Span

_KEY = r"[^\W\d][\w-]*"
_LINE = re.compile(rf"( *)(- +)?(?:({_KEY}):(?=[ \r\n]|\Z))? *((?:[^\r\n]*[^\r\n ])?) *(?:\r\n|\r|\n|\Z)")
_ITEM = r" *(\"[^\"\\]*\"|'[^']*'|[^,\[\]{}\"'#:]*[^,\[\]{}\"'#: ]) *"
_IN_MAP = re.compile(rf" *({_KEY}): {_ITEM}([,}}])")
_IN_LIST = re.compile(rf"{_ITEM}([,\]])")
# Most of a front matter are people: {name: 王大明, title: 委員}.
_WORD = r"[^-?:,\[\]{}#&*!|>'\"%@`0-9 ][^,\[\]{}\"'#:]*(?<! )"
_ROW = re.compile(rf"\{{{_KEY}: {_WORD}(?:, {_KEY}: {_WORD})*\}}")
_KNOWN = frozenset(WORDS)
_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_DEEPEST = 8
_LONGEST = 100_000  # characters


class _Beyond(Exception):
    """A line that only libyaml knows."""


def read(text: str, span: Span) -> Map | None:
    """The mapping that the lines of a span hold, or None where there is more in them than is read here."""
    if span.end - span.start > _LONGEST:
        return None
    found = [line for line in _LINE.finditer(text, *span) if line[4] or line[3]]
    try:
        return _Reader(found).whole()
    except _Beyond:
        return None


class _Reader:
    """Walks the lines; `at` is the next, `column` where its key or its dash stands."""

    def __init__(self, lines: list[re.Match[str]]) -> None:
        self.lines = lines
        self.at = 0
        self.column = len(lines[0][1]) if lines else 0
        self.inside = False  # behind the dash of the line

    def whole(self) -> Map:
        """The mapping of all lines."""
        if not self.lines or self.column:
            raise _Beyond
        found = self._map(0, 0)
        if self.at < len(self.lines):
            raise _Beyond
        return found

    def _next(self) -> None:
        self.at += 1
        self.inside = False
        self.column = len(self.lines[self.at][1]) if self.at < len(self.lines) else -1

    def _map(self, column: int, depth: int) -> Map:
        """The mapping whose keys stand in a column."""
        if depth > _DEEPEST:
            raise _Beyond
        pairs: dict[str, Pair] = {}
        start, end = self.lines[self.at].start(3), 0
        while self.column == column and (self.inside or not self.lines[self.at][2]):
            line = self.lines[self.at]
            key = line[3]
            if not key or key in pairs or key in WORDS:
                raise _Beyond
            place = Span(*line.span(3))
            self._next()
            node = _value(line[4], line.start(4)) if line[4] else self._below(column, depth, place.end + 1)
            pairs[key] = Pair(key, place, node)
            end = node.span.end
        if self.column > column:
            raise _Beyond  # text that goes on, or is indented for no reason
        return Map(tuple(pairs.values()), Span(start, end))

    def _below(self, column: int, depth: int, nothing: int) -> Node:
        """What stands below a key: a list (which need not be indented), a mapping, or nothing."""
        dashed = self.at < len(self.lines) and self.lines[self.at][2]
        if dashed and self.column >= column:
            return self._list(self.column, depth + 1)
        if self.column > column:
            return self._map(self.column, depth + 1)
        return Scalar(None, Span(nothing, nothing), "")

    def _list(self, column: int, depth: int) -> List:
        """The list whose dashes stand in a column."""
        items: list[Node] = []
        start = self.lines[self.at].end(1)
        while self.column == column and self.lines[self.at][2]:
            line = self.lines[self.at]
            if line[3]:
                self.column, self.inside = column + len(line[2]), True
                items.append(self._map(self.column, depth + 1))
            else:
                self._next()
                items.append(_value(line[4], line.start(4)))
        if self.column > column:
            raise _Beyond
        return List(tuple(items), Span(start, items[-1].span.end))


def _value(text: str, at: int) -> Node:
    """What stands behind a key or a dash."""
    if text[0] == "{":
        return _flow_map(text, at)
    if text == "[]":
        return List((), Span(at, at + 2))
    if text[0] == "[":
        return _flow_list(text, at)
    return _scalar(text, at)


def _scalar(text: str, at: int) -> Scalar:
    span = Span(at, at + len(text))
    if text[0] in "\"'":
        if len(text) < 2 or text[-1] != text[0] or text.find(text[0], 1) < len(text) - 1 or "\\" in text:
            raise _Beyond
        return Scalar(text[1:-1], span, text[1:-1])
    if text[0] in _SIGNS:
        raise _Beyond
    return Scalar(plain_value(text), span, text)


def _flow_map(text: str, at: int) -> Map | Row:
    if _ROW.fullmatch(text) and (words := _words(text)):
        return Row(words, text, at)
    pairs: dict[str, Pair] = {}
    for key, first, word, second in _matched(text):
        if key in pairs or key in WORDS:
            raise _Beyond
        node = _scalar(word, at + second)
        pairs[key] = Pair(key, Span(at + first, at + first + len(key)), node)
    return Map(tuple(pairs.values()), Span(at, at + len(text)))


def _words(text: str) -> dict[str, str] | None:
    """The keys of a row and their words; None where one of them means something else, or stands there twice."""
    found = text[1:-1].replace(", ", ": ").split(": ")
    words = dict(zip(found[::2], found[1::2], strict=True))
    return words if 2 * len(words) == len(found) and _KNOWN.isdisjoint(found) else None


def _matched(text: str) -> Iterator[tuple[str, int, str, int]]:
    """The keys and values of a mapping in brackets, and where each begins in `text`."""
    place, close = 1, ","
    while close == ",":
        found = _IN_MAP.match(text, place)
        if not found:
            raise _Beyond
        key, word, close = found.groups()
        yield key, found.start(1), word, found.start(2)
        place = found.end()
    if place != len(text):
        raise _Beyond


def _flow_list(text: str, at: int) -> List:
    items: list[Node] = []
    place, close = 1, ","
    while close == ",":
        found = _IN_LIST.match(text, place)
        if not found:
            raise _Beyond
        items.append(_scalar(found[1], at + found.start(1)))
        place, close = found.end(), found[2]
    if place != len(text):
        raise _Beyond
    return List(tuple(items), Span(at, at + len(text)))
