"""Source in, Front out: the YAML between the two `---` lines as nodes that know their place.

YAML is read with the 1.2 core schema, less its floating-point numbers: `11:30`, `2015-09-24`, `no`, `007`, `1_000` and
`1.10` are words.  Anchors, aliases, merge keys, tags and doubled keys are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.errors import BadEnvironment
from minutes_cli.nodes import List, Map, Node, Pair, Scalar, plain
from minutes_cli.source import Source, Span

__all__ = ["Front", "List", "Map", "Node", "Pair", "Scalar", "load", "plain", "read"]


@dataclass(frozen=True, slots=True)
class Front:
    """`root` is None where there is nothing whole; `span` is the text between the two `---` lines; the Markdown begins
    at `body`.  `broken` names top-level keys, as written, whose value was lost in part or whole to a fault."""

    root: Map | None
    span: Span
    body: int
    problems: tuple[Diagnostic, ...] = ()
    broken: frozenset[str] = frozenset()


def read(source: Source) -> Front:
    """The front matter of a meeting file."""
    text = source.text
    found = re.match(r"---[ \t]*(?:\r\n|\r|\n)(.*?)^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", text, re.S | re.M)
    if not found:
        say = Say("檔案開頭沒有會議資料（兩行 --- 之間的部分）", "the file has no front matter")
        return Front(None, Span(0, 0), 0, (Diagnostic(Span(0, 0), "no-front-matter", say),))
    try:
        root = _compose(found[1], found.start(1))
    except ValueError as error:
        fault = Diagnostic(Span(*found.span(1)), "yaml-syntax", Say(str(error), str(error)))
        return Front(None, Span(*found.span(1)), found.end(), (fault,))
    if root is None:
        root = Map((), Span(*found.span(1)))
    return Front(root if isinstance(root, Map) else None, Span(*found.span(1)), found.end())


def load(text: str) -> Any:
    """The data of one of the project's own YAML files; ValueError, with the line, where it is faulty."""
    return plain(_compose(text, 0))


_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def _compose(text: str, base: int) -> Node | None:
    from yaml import YAMLError, __with_libyaml__

    if not __with_libyaml__:
        raise BadEnvironment(Say("PyYAML 缺少 libyaml", "PyYAML was built without libyaml"))
    from yaml._yaml import CParser

    try:
        return _Composer(CParser(text), base).document()
    except YAMLError as error:
        raise ValueError(str(error)) from error


class _Composer:
    def __init__(self, parser: Any, base: int) -> None:
        self.next = parser.get_event
        self.base = base

    def document(self) -> Node | None:
        self.next()
        event = self.next()
        if type(event).__name__ == "StreamEndEvent":
            return None
        return self.node(self.next())

    def node(self, event: Any) -> Node:
        kind = type(event).__name__
        start = self.base + event.start_mark.index
        if kind == "ScalarEvent":
            text = event.value
            value: str | int | bool | None = text
            if event.implicit[0]:
                value = _WORDS.get(text, text)
                if _INTEGER.match(text):
                    value = int(text)
            return Scalar(value, Span(start, self.base + event.end_mark.index), text)
        if kind == "SequenceStartEvent":
            items = []
            while type(event := self.next()).__name__ != "SequenceEndEvent":
                items.append(self.node(event))
            return List(tuple(items), Span(start, self.base + event.end_mark.index))
        if kind == "MappingStartEvent":
            pairs = []
            while type(event := self.next()).__name__ != "MappingEndEvent":
                key = self.node(event)
                if not isinstance(key, Scalar):
                    raise ValueError(f"line {event.start_mark.line + 1}: a key must be text")
                pairs.append(Pair(key.text, key.span, self.node(self.next())))
            return Map(tuple(pairs), Span(start, self.base + event.end_mark.index))
        raise ValueError(f"line {event.start_mark.line + 1}: {kind}")
