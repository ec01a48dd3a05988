"""Blocks of the model in, plain data out, each with its words, its computed number and its lines in the file."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from msgspec import Struct

from minutes_cli.body.inlines import inlines
from minutes_cli.document import Block, Code, Item, Label, Minutes, Paragraph, Prose, Quote, Rule, Table, Typed
from minutes_cli.inline import plain
from minutes_cli.lines import Line, Printed
from minutes_cli.source import Span

Json = dict[str, Any]


class Model(Struct, frozen=True, dict=True):
    """What blocks must know of the meeting: its text and layout, what is printed of it, the number of each footnote."""

    minutes: Minutes
    printed: Printed
    notes: dict[str, int]

    @cached_property
    def anchors(self) -> dict[Span, str]:
        """The anchor of each section and decision, by its place."""
        return {e.span: e.anchor for e in self.printed.entries if isinstance(e, Line) and e.anchor}

    @cached_property
    def numbers(self) -> dict[Span, str]:
        """The printed number of each item, by its place."""
        return {e.span: e.number for e in self.printed.entries if isinstance(e, Line) and e.number}

    def number(self, item: Item) -> str:
        """The number of an item; one inside a footnote has no line of its own."""
        return self.numbers.get(item.span) or self.minutes.profile.levels[item.level].label(item.ordinal)


def place(span: Span, model: Model) -> Json:
    """The first and last line of the file that `span` covers; null where what is printed stands nowhere in it."""
    if span.end <= span.start:
        return {"line": None, "end_line": None}
    return {
        "line": model.minutes.source.line_column(span.start)[0],
        "end_line": model.minutes.source.line_column(span.end - 1)[0],
    }


def prose(text: Prose, model: Model) -> Json:
    """The words of a text, and its Markdown."""
    return {"text": plain(inlines(text.text, model.notes)), "markdown": text.text}


def blocks(found: tuple[Block, ...], model: Model) -> list[Json]:
    """Each block with what is below it."""
    return [{**_block(block, model), **place(block.span, model)} for block in found]


def _block(block: Block, model: Model) -> Json:
    match block:
        case Paragraph():
            return {"type": "paragraph", **prose(block.prose, model)}
        case Item():
            return _item(block, model)
        case Label():
            return _label(block, model)
        case Table(rows, aligns):
            cells = [[prose(cell, model) for cell in row] for row in rows]
            return {"type": "table", "aligns": list(aligns), "rows": cells}
        case Quote(children):
            return {"type": "quote", "blocks": blocks(children, model)}
        case Code(text, language):
            return {"type": "code", "text": text, "language": language or None}
        case Rule():
            return {"type": "rule"}


def _item(item: Item, model: Model) -> Json:
    return {
        "type": "item",
        "level": item.level,
        "number": model.number(item),
        "ordinal": item.ordinal,
        "typed": _typed(item.typed),
        "speaker": item.speaker or None,
        **prose(item.prose, model),
        "decision": item.decision or None,
        "blocks": blocks(item.children, model),
    }


def _label(label: Label, model: Model) -> Json:
    return {
        "type": "label",
        "kind": label.kind,
        "name": label.name,
        "ordinal": label.ordinal or None,
        "typed": _typed(label.typed),
        **prose(label.prose, model),
        "decision": label.decision or None,
        "blocks": blocks(label.children, model),
    }


def _typed(typed: Typed | None) -> str | None:
    return typed.text if typed else None
