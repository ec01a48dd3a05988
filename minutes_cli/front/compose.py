"""The events of a YAML parser in, nodes out; what the format refuses (anchors, tags, doubled keys …) becomes a fault.

One pass gives values, positions and faults.  A node that is refused is left out, and its top-level key named broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.front import compose_faults as told
from minutes_cli.front.nodes import List, Map, Node, Pair, Scalar
from minutes_cli.han import is_chinese
from minutes_cli.source import Span

DEEPEST = 16
MOST = 25_000  # nodes
TOLD = 100  # faults

_INTEGER = r"-?(?:0|[1-9][0-9]{0,17})\Z"  # a longer one is no number of anything
_DIGITS = frozenset("-0123456789")
_BLOCK_STYLES = ("|", ">")
_NULLS = ("null", "Null", "NULL", "~", "")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(_NULLS, None),
}
_FOLD = r"(\S)(?=[ \t]*(?:\r\n|\r|\n)[ \t]*(\S))"
_MARKS = "\uf8f0\uf8f1\uf8f2\uf8f3"
_PROPERTY = re.compile(r"[^\s,\[\]{}]*")
_INDICATOR = r"[|>][+-]?[0-9]"


def plain_value(text: str) -> str | int | bool | None:
    """What a text without quotation marks means."""
    if text not in WORDS and text[0] not in _DIGITS:
        return text
    return WORDS[text] if text in WORDS else int(text) if re.match(_INTEGER, text) else text


Events = Callable[[], Any]
Place = Callable[[int, int], Span]


class Refused(Exception):
    """What libyaml would read and the format does not; it speaks as the parser's own errors do."""

    context = None
    context_mark = None

    def __init__(self, problem: str, mark: Any) -> None:
        super().__init__(problem)
        self.problem, self.problem_mark = problem, mark


class Composer:
    """Reads one document.  `text` is what the events of `next` come from; `events` gives those of another text;
    `place` turns a range of `text` into a span of the file, `line` an offset of the file into its line."""

    def __init__(self, text: str, events: Callable[[str], Events], place: Place, line: Callable[[int], int]) -> None:
        self.text, self.events, self.place, self.line = text, events, place, line
        self.next = events(text)
        self.faults: list[Diagnostic] = []
        self.broken: set[str] = set()
        self.depth = self.count = 0
        self.top = ""

    def document(self) -> Node | None:
        """The root, or None where there is nothing."""
        self.next()
        if self.next().__class__.__name__ == "StreamEndEvent":
            return None
        root = self._node(self.next())
        self.next()
        if (event := self.next()).__class__.__name__ != "StreamEndEvent":
            raise Refused("a second YAML document", event.start_mark)
        return root

    def _node(self, event: Any) -> Node | None:
        self.count += 1
        if self.count > MOST:
            raise Refused("exceeded maximum number of nodes", event.start_mark)
        kind = event.__class__.__name__
        if kind == "ScalarEvent":
            scalar = self._scalar(event)
            return scalar if event.anchor is None and event.tag is None else self._refused(event)
        if kind == "AliasEvent":
            return self._refused(event)
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused("exceeded maximum nesting depth", event.start_mark)
        node = self._list(event) if kind == "SequenceStartEvent" else self._map(event)
        self.depth -= 1
        return node if event.anchor is None and event.tag is None else self._refused(event)

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        first, last = event.start_mark, event.end_mark
        start, end, style = first.index, last.index, event.style
        if style in _BLOCK_STYLES:
            end = start + len(self.text[start:end].rstrip())
            text = text.rstrip("\n")
        if last.line > first.line:
            text = self._unfolded(event, text, end)
        return Scalar(text if style else plain_value(text), self.place(start, end), text)

    def _unfolded(self, event: Any, text: str, end: int) -> str:
        """The text of a folded scalar without the space that YAML puts between two lines of Han characters: it is read
        again with a mark at the end of each such line."""
        raw = self.text[event.start_mark.index : end]
        mark = next((mark for mark in _MARKS if mark not in raw), "")
        if event.style == "|" or not mark or re.match(_INDICATOR, raw):
            return text
        following = self.events(
            "k: " + re.sub(_FOLD, lambda fold: fold[1] + mark * all(map(is_chinese, fold.groups())), raw)
        )
        for _ in range(4):  # stream, document, mapping, key
            following()
        joined: str = following().value
        return joined.rstrip("\n" if event.style == ">" else "").replace(f"{mark} ", "").replace(mark, "")

    def _list(self, event: Any) -> List:
        start, items = event.start_mark.index, []
        while (event := self.next()).__class__.__name__ != "SequenceEndEvent":
            item = self._node(event)
            if item is not None:
                items.append(item)
        return List(tuple(items), self._extent(start, event.end_mark.index))

    def _map(self, event: Any) -> Map:
        start, pairs = event.start_mark.index, []
        seen: dict[str, Span] = {}
        while (event := self.next()).__class__.__name__ != "MappingEndEvent":
            key = self._node(event)
            if self.depth == 1:
                self.top = key.text if isinstance(key, Scalar) else ""
            node = self._node(self.next())
            if not isinstance(key, Scalar) or key.value.__class__ is not str or key.text in seen or key.text == "<<":
                key = self._odd_key(key, event, seen)
            if key is not None and node is not None:
                seen[key.text] = key.span
                pairs.append(Pair(key.text, key.span, node))
        return Map(tuple(pairs), self._extent(start, event.end_mark.index))

    def _odd_key(self, key: Node | None, event: Any, seen: dict[str, Span]) -> Scalar | None:
        """A key that is doubled, or is not text: a fault.  What can be read as text is taken for it."""
        if key is None:  # refused, and told
            return None
        if not isinstance(key, Scalar) or key.value is None:
            self._tell(told.key_not_text, key.span)
            return None
        if key.text in seen:
            self._tell(told.duplicate, key.span, key.text, self.line(seen[key.text].start))
            return None
        if key.text == "<<" and not event.style:
            self._tell(told.merge, key.span)
            return None
        if not isinstance(key.value, str):
            self._tell(told.key_not_words, key.span, key.text)
        return key

    def _extent(self, start: int, end: int) -> Span:
        """The parser ends a block where the next one begins; its own text ends before that."""
        return self.place(start, start + len(self.text[start:end].rstrip()))

    def _tell(self, fault: Callable[..., Diagnostic], *facts: Any) -> None:
        if len(self.faults) <= TOLD:
            self.faults.append(fault(*facts))

    def _refused(self, event: Any) -> Node | None:
        """An anchor, an alias or a tag: a fault, and no node."""
        fault = told.tag if event.anchor is None else told.anchor
        if event.__class__.__name__ == "AliasEvent":
            fault = told.alias
        start = event.start_mark.index
        word = _PROPERTY.match(self.text, start)
        end = word.end() if word and word.end() > start else start + 1
        self._tell(fault, self.place(start, end), self.text[start:end])
        if self.top:
            self.broken.add(self.top)
        return None
