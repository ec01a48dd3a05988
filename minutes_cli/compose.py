"""The events of a YAML parser in, nodes out; what the format refuses (anchors, tags, doubled keys …) becomes a fault.

One pass gives values, positions and faults.  A node that is refused is left out, and its top-level key named broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from minutes_cli import compose_faults as told
from minutes_cli.diagnostics import Diagnostic
from minutes_cli.nodes import List, Map, Node, Pair, Scalar
from minutes_cli.source import Span

DEEPEST = 16

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")  # a longer one is no number of anything
_NULLS = ("null", "Null", "NULL", "~", "")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(_NULLS, None),
}
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef\U00020000-\U0003ffff]"
_WIDE_FOLD = re.compile(rf"({_WIDE})(?=[ \t]*(?:\r\n|\r|\n)[ \t]*{_WIDE})")
_MARKS = "\uf8f0\uf8f1\uf8f2\uf8f3"
_PROPERTY = re.compile(r"[^\s,\[\]{}]*")
_INDICATOR = re.compile(r"[|>][+-]?[0-9]")

Events = Callable[[], Any]


class TooDeep(Exception):  # noqa: N818  # it is caught beside the parser's own errors, and speaks as they do
    """A node below the deepest level."""

    context = None
    problem = "exceeded maximum nesting depth"

    def __init__(self, mark: Any) -> None:
        super().__init__(self.problem)
        self.context_mark = self.problem_mark = mark


@dataclass
class Composer:
    """Reads one document.  `text` is what the events of `next` come from; `events` gives those of another text;
    `place` turns a range of `text` into a span of the file, `line` an offset of the file into its line."""

    text: str
    events: Callable[[str], Events]
    place: Callable[[int, int], Span]
    line: Callable[[int], int]
    faults: list[Diagnostic] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    depth: int = 0
    top: str = ""

    def document(self) -> Node | None:
        """The root, or None where there is nothing."""
        self.next = self.events(self.text)
        self.next()
        if self.next().__class__.__name__ == "StreamEndEvent":
            return None
        return self._node(self.next())

    def _node(self, event: Any) -> Node | None:
        kind = event.__class__.__name__
        if kind == "ScalarEvent":
            scalar = self._scalar(event)
            return None if self._refused(event) else scalar
        if kind == "AliasEvent":
            self._refuse(told.alias, event)
            return None
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooDeep(event.start_mark)
        refused = self._refused(event)
        node = self._list(event) if kind == "SequenceStartEvent" else self._map(event)
        self.depth -= 1
        return None if refused else node

    def _scalar(self, event: Any) -> Scalar:
        text, start, end = event.value, event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
            text = text.rstrip("\n")
        if "\n" in text or " " in text:
            text = self._unfolded(event, text, end)
        span = self.place(start, end)
        if event.style:
            return Scalar(text, span, text)
        if text in _WORDS:
            return Scalar(_WORDS[text], span, text)
        return Scalar(int(text) if _INTEGER.match(text) else text, span, text)

    def _unfolded(self, event: Any, text: str, end: int) -> str:
        """The text of a folded scalar without the space that YAML puts between two lines of Han characters: it is read
        again with a mark at the end of each such line."""
        raw = self.text[event.start_mark.index : end]
        mark = next((mark for mark in _MARKS if mark not in raw), "")
        if event.style == "|" or not mark or not _WIDE_FOLD.search(raw) or _INDICATOR.match(raw):
            return text
        following = self.events("k: " + _WIDE_FOLD.sub(rf"\1{mark}", raw))
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
            if self._takes(key, event, seen) and isinstance(key, Scalar) and node is not None:
                seen[key.text] = key.span
                pairs.append(Pair(key.text, key.span, node))
        return Map(tuple(pairs), self._extent(start, event.end_mark.index))

    def _takes(self, key: Node | None, event: Any, seen: dict[str, Span]) -> bool:
        """Whether a key can stand where it stands; if not, it is a fault."""
        if not isinstance(key, Scalar) or key.value is None:
            if key is not None:
                self.faults.append(told.key_not_text(key.span))
            return False
        if key.text == "<<" and not event.style:
            self.faults.append(told.merge(key.span))
            return False
        if key.text in seen:
            self.faults.append(told.duplicate(key.span, key.text, self.line(seen[key.text].start)))
            return False
        if not isinstance(key.value, str):
            self.faults.append(told.key_not_words(key.span, key.text))
        return True

    def _extent(self, start: int, end: int) -> Span:
        """The parser ends a block where the next one begins; its own text ends before that."""
        return self.place(start, start + len(self.text[start:end].rstrip()))

    def _refused(self, event: Any) -> bool:
        if event.anchor is not None:
            self._refuse(told.anchor, event)
        elif event.tag is not None:
            self._refuse(told.tag, event)
        return event.anchor is not None or event.tag is not None

    def _refuse(self, fault: Callable[[Span, str], Diagnostic], event: Any) -> None:
        start = event.start_mark.index
        word = _PROPERTY.match(self.text, start)
        end = word.end() if word and word.end() > start else start + 1
        self.faults.append(fault(self.place(start, end), self.text[start:end]))
        if self.top:
            self.broken.add(self.top)
