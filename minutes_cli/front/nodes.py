"""The front matter as frozen nodes that know their place: Scalar, List, Map, and Row for the Map of a person.

Spans are offsets into the whole file.  Keys are always text; a key's span leaves its colon out.
"""

from __future__ import annotations

from typing import Any, final

from msgspec import Struct

from minutes_cli.source import Span


@final
class Scalar(Struct, frozen=True, gc=False):
    """`value` is text, an integer, a boolean or None; `text` holds the words themselves (`true`, `007`, `~`), without
    quotation marks and with folded lines joined."""

    value: str | int | bool | None
    span: Span
    text: str


@final
class List(Struct, frozen=True, gc=False):
    items: tuple[Node, ...]
    span: Span


class Pair(Struct, frozen=True, gc=False):
    key: str
    key_span: Span
    node: Node


class Map(Struct, frozen=True, gc=False):
    """Each key stands once; the order is the file's."""

    pairs: tuple[Pair, ...]
    span: Span


class Row(Struct, frozen=True, gc=False):
    """A mapping in brackets that holds nothing but words, {name: 王大明, title: 委員}, as most of a front matter is: `words`
    by their keys, and the `text` that stands at the offset `start`, of which the pairs are made where they are asked
    for.  It is the same as a Map."""

    words: dict[str, str]
    text: str
    start: int

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.start + len(self.text))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """As those of a Map."""
        found, at = [], self.start + 1
        for pair in self.text[1:-1].split(", "):
            key, word = pair.split(": ")
            value = Span(at + len(key) + 2, at + len(pair))
            found.append(Pair(key, Span(at, at + len(key)), Scalar(word, value, word)))
            at += len(pair) + 2
        return tuple(found)


Node = Scalar | List | Map | Row


def plain(node: Node | None) -> Any:
    """The data of a node: dict, list, text, integer, boolean, None."""
    match node:
        case Map(pairs):
            return {pair.key: plain(pair.node) for pair in pairs}
        case Row(words):
            return dict(words)
        case List(items):
            return [plain(item) for item in items]
        case Scalar(value):
            return value
    return None


def of_data(value: Any, span: Span) -> Node:
    """The node of data, as if all of it stood at one place: the reverse of `plain`."""
    if isinstance(value, dict):
        return Map(tuple(Pair(str(key), span, of_data(below, span)) for key, below in value.items()), span)
    if isinstance(value, list):
        return List(tuple(of_data(item, span) for item in value), span)
    if value is None or isinstance(value, str | int):
        text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        return Scalar(value, span, text)
    return Scalar(str(value), span, str(value))
