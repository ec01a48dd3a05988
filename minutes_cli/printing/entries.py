"""Blocks of the model in, printed lines out, each with its number, level and indentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli.document import Block, Code, Item, Label, Paragraph, Quote, Rule, Table, Tracking
from minutes_cli.inline import Break, Inline, Inlines, Text
from minutes_cli.lines import Entry, Grid, Line
from minutes_cli.printing import header
from minutes_cli.printing.words import Words
from minutes_cli.profile import Profile

# The cell at which an item of each level begins: 一、 and （一） stand below each other, as offices set them.
_INDENT = (0, 1, 1, 2, 3, 4, 5)


class Around(NamedTuple):
    """Where a block stands: the level of the item it belongs to, the cell at which its text begins, quotes around."""

    level: int
    indent: int
    quote: int = 0


class Blocks(Struct, frozen=True):
    """Blocks to lines."""

    words: Words

    def blocks(self, blocks: tuple[Block, ...], around: Around) -> list[Entry]:
        """The lines of some blocks."""
        level, indent, quoted = around
        read = self.words.read
        found: list[Entry] = []
        for block in blocks:
            if type(block) is Item:
                found += self._item(block, around)
                continue
            match block:
                case Label():
                    found += self._label(block, around)
                case Paragraph(prose, span):
                    found.append(Line("paragraph", level, cells=(read(prose),), indent=indent, span=span, quote=quoted))
                case Table(rows, aligns, span):
                    cells = tuple(tuple(read(cell) for cell in row) for row in rows)
                    found.append(Grid(cells, aligns, level, indent, span, quoted))
                case Quote(children):
                    found += self.blocks(children, Around(level, indent + 1, quoted + 1))
                case Code(text, _, span):
                    found.append(Line("code", level, cells=(_code(text),), indent=indent, span=span, quote=quoted))
                case Rule(span):
                    found.append(Line("rule", level, indent=indent, span=span, quote=quoted))
        return found

    def _item(self, item: Item, around: Around) -> list[Entry]:
        indent = max(_INDENT[item.level] + around.quote, around.indent - 1)
        text = self._words(item)
        line = Line(
            "speaker" if item.speaker else "item",
            item.level,
            self.words.profile.levels[item.level].label(item.ordinal),
            item.ordinal,
            cells=(text,),
            indent=indent,
            anchor=anchor(item.decision),
            span=item.span,
            quote=around.quote,
            decision=item.decision,
        )
        if not item.children:
            return [line]
        below = self.blocks(item.children, Around(item.level, indent + 1, around.quote))
        if not text and isinstance(item.children[0], Label):
            # 「一、案由：…」: the number stands before the label.
            first = below.pop(0)
            if isinstance(first, Line):
                line = replace(line, lead=first.lead, cells=first.cells, anchor=first.anchor, decision=first.decision)
        return [line, *below]

    def _label(self, label: Label, around: Around) -> list[Entry]:
        level, indent, quoted = around
        line = Line(
            "reply" if label.kind in ("reply", "speaker") else "label",
            level,
            lead=label.name + ("：" if label.colon else ""),
            cells=(self._words(label),),
            indent=indent,
            anchor=anchor(label.decision),
            span=label.span,
            quote=quoted,
            decision=label.decision,
        )
        # What belongs to a 案由 stands in line with it; what belongs to any other label one cell further in.
        step = 0 if label.kind == "case" else 1
        return [line, *self.blocks(label.children, Around(max(level, label.level), indent + step, quoted))]

    def _words(self, block: Item | Label) -> Inlines:
        words = self.words.read(block.prose)
        return (*words, *self._behind(block.tracking)) if block.tracking else words

    def _behind(self, tracking: Tracking) -> Inlines:
        if self.words.profile.tracking != "behind":
            return ()
        said = "；".join(f"{name}：{text}" for name, text in tracked(tracking, self.words.profile) if text)
        return self.words.text(f"（{said}）") if said else ()


def tracked(tracking: Tracking, profile: Profile) -> Iterator[tuple[str, str]]:
    """The tracking data that print, as (name, words): 主辦, 協辦, 期限, and 列管 where it says more than yes or no."""
    yield header.label(profile, "owner"), "、".join(tracking.owners)
    yield header.label(profile, "helper"), "、".join(tracking.helpers)
    yield header.label(profile, "due"), header.date_words(tracking.due, profile.due)
    yield header.label(profile, "tracked"), "" if tracking.tracked in ("是", "否") else tracking.tracked


def anchor(decision: str) -> str:
    return f"decision-{decision.rpartition('-')[2].rpartition('/')[2]}" if decision else ""


def _code(text: str) -> Inlines:
    nodes: list[Inline] = []
    for line in text.split("\n"):
        nodes += [Break(), Text(line)] if nodes else [Text(line)]
    return tuple(nodes)


def flat(entry: Entry) -> Inlines:
    """A line or a table inside a footnote, as one run of text."""
    if isinstance(entry, Grid):
        return tuple(node for row in entry.rows for cell in row for node in (*cell, Text("　")))
    return (Text(entry.number + entry.lead), *entry.cells[0]) if entry.number + entry.lead else entry.cells[0]
