"""The printed lines in; the parts of a page out, nested as HTML wants them.

    Part   above · title · header · section · body · next · adjournment · signature · attachment · footnote
    Node   a line, a table, or what holds others: a list, a quote

Nothing is decided here that a reader sees: numbers, words, order and indentation are those of `lines`.  A page only
needs to know what belongs together, so that lists are lists and a decision is set off with all that is below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from minutes_cli import labels
from minutes_cli.inline import plain
from minutes_cli.lines import Entry, Grid, Line
from minutes_cli.render._inline import Surroundings, html, mark_name
from minutes_cli.render._node import Node, grid_node, head_node, line_node
from minutes_cli.render._templates import safe


class Part(NamedTuple):
    """A stretch of the page: its `head` (only a section has one) and its nodes.  `rows` are those of a header, each
    row the nodes that share a line."""

    kind: str
    head: Node | None = None
    nodes: tuple[Node, ...] = ()
    rows: tuple[tuple[Node, ...], ...] = ()


class _Branch(Struct):
    """A line with the lines that belong to it, while the tree grows."""

    entry: Entry
    children: list[_Branch] = field(default_factory=list)


class _Base(NamedTuple):
    """What nodes stand in: how many quotes, the cell at which it begins, whether a section is around."""

    quotes: int = 0
    edge: int = 0
    section: bool = False


_ITEMS = ("item", "speaker")
_HOLDERS = (*_ITEMS, "label", "reply")
_INSIDE = ("paragraph", "code", "grid", "quotes")
_OWN = ("above", "title", "header", "section", "next", "adjournment", "signature", "attachment", "footnote")
_PART_OF = dict(zip(_OWN, _OWN, strict=True)) | {"more": "header"}
_DEEPEST_QUOTE = 8


def parts(entries: Iterable[Entry], around: Surroundings) -> tuple[Part, ...]:
    """The page, from top to bottom."""
    return tuple(_part(kind, head, held, around) for kind, head, held in _stretches(entries))


def contents(parts: Iterable[Part]) -> list[tuple[Node, tuple[Node, ...]]]:
    """The sections that can be linked to, each with the cases in it."""
    return [(part.head, tuple(_cases(part.nodes))) for part in parts if part.head and part.head.id]


def _cases(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.heading:
            yield node
        elif node.kind == "list":
            yield from _cases(node.children)


def _part(kind: str, head: Line | None, held: list[Entry], around: Surroundings) -> Part:
    if kind == "header":
        return Part(kind, rows=tuple(_header(held, around)))
    if head:
        return Part(kind, head_node(head, around), _nodes(_tree(held), around, _Base(section=True)))
    if kind == "body":
        return Part(kind, nodes=_nodes(_tree(held), around, _Base()))
    nodes = tuple(line_node(line, around) for line in held if isinstance(line, Line))
    return Part(kind, nodes=tuple(_with_marks(nodes, around)) if kind == "footnote" else nodes)


def _stretches(entries: Iterable[Entry]) -> Iterator[tuple[str, Line | None, list[Entry]]]:
    """Entries that make one part.  What has no part of its own goes on with the section or the body that it is in."""
    kind, head, held = "", None, list[Entry]()
    for entry in entries:
        own = _stretch(entry)
        if own == "section" or (own != kind and (own != "body" or kind != "section")):
            if kind:
                yield kind, head, held
            kind, head, held = own, None, []
        if own == "section" and isinstance(entry, Line):
            head = entry
        else:
            held.append(entry)
    if kind:
        yield kind, head, held


def _stretch(entry: Entry) -> str:
    return _PART_OF.get(entry.kind, "body") if type(entry) is Line else "body"


def _header(entries: list[Entry], around: Surroundings) -> Iterator[tuple[Node, ...]]:
    """Header rows; a `more` line without a name of its own is a child of the row above it."""
    rows: list[tuple[Line, list[Line]]] = []
    for entry in entries:
        if isinstance(entry, Line) and entry.kind == "more" and not entry.lead and rows:
            rows[-1][1].append(entry)
        elif isinstance(entry, Line):
            rows.append((entry, []))
    for line, more in rows:
        leads = line.leads if len(line.cells) > 1 else (line.lead,)
        first, *others = (
            Node("header", lead=lead, text=safe(html(cell, around)))
            for lead, cell in zip(leads, line.cells, strict=True)
        )
        yield (
            replace(
                first,
                number=line.number,
                ordinal=line.ordinal,
                children=tuple(line_node(other, around) for other in more),
            ),
            *others,
        )


def _tree(entries: Iterable[Entry]) -> list[_Branch]:
    """A line belongs to the nearest item or label above it whose place in the file encloses its own."""
    root: list[_Branch] = []
    open_: list[_Branch] = []
    for entry in entries:
        start = entry.span.start
        while open_ and open_[-1].entry.span.end <= start:
            open_.pop()
        branch = _Branch(entry)
        (open_[-1].children if open_ else root).append(branch)
        if type(entry) is Line and entry.kind in _HOLDERS:
            open_.append(branch)
    return root


def _nodes(branches: list[_Branch], around: Surroundings, base: _Base) -> tuple[Node, ...]:
    """Branches as nodes, items gathered into lists and quoted lines into quotes."""
    out: list[Node] = []
    for kind, run in groupby(branches, lambda branch: _gathers(branch.entry, base.quotes)):
        held = list(run)
        if kind == "quotes":
            edge = min(branch.entry.indent for branch in held)
            inside = _nodes(held, around, _Base(base.quotes + 1, edge, base.section))
            out.append(Node(kind, indent=max(0, edge - base.edge), children=inside))
        else:
            nodes = [_node(branch, around, base) for branch in held]
            out += _lists(nodes) if kind == "list" else nodes
    return tuple(out)


def _gathers(entry: Entry, quotes: int) -> str:
    if quotes < entry.quote and quotes < _DEEPEST_QUOTE:
        return "quotes"
    return "list" if type(entry) is Line and entry.kind in _ITEMS else "single"


def _node(branch: _Branch, around: Surroundings, base: _Base) -> Node:
    entry = branch.entry
    if type(entry) is Grid:
        return grid_node(entry, around, base.edge)
    node = line_node(entry, around, base.edge)
    found = labels.match(entry.lead) if base.section and entry.lead else None
    if found and found.kind == "case":
        name = node.id or around.anchor("case")
        title = node.number + node.lead + plain(entry.cells[0])
        node = replace(node, heading=3, id=name, href=node.href or name, title=title)
    return replace(node, children=_below(branch, node, around, base)) if branch.children else node


def _below(branch: _Branch, node: Node, around: Surroundings, base: _Base) -> tuple[Node, ...]:
    """The children of a node; paragraphs and tables of a numbered line begin where its text does."""
    children = _nodes(branch.children, around, base)
    if not node.number:
        return children
    return tuple(
        replace(child, indent=node.indent, hang=node.hang) if child.kind in _INSIDE else child for child in children
    )


def _lists(nodes: list[Node]) -> Iterator[Node]:
    """Items of one level that follow each other.  Digits of one list hang by the widest, so that 9. and 10. align."""
    for _, run in groupby(nodes, attrgetter("level")):
        items = list(run)
        hangs = {node.hang for node in items if node.number.isascii()}
        if len(hangs) > 1:
            widest = max(hangs)
            items = [replace(node, hang=widest) if node.number.isascii() else node for node in items]
        yield Node("list", children=tuple(items))


def _with_marks(nodes: tuple[Node, ...], around: Surroundings) -> Iterator[Node]:
    """Footnotes with the anchors of their marks, which the text above has left in `cited`."""
    for number, node in enumerate(nodes, 1):
        yield replace(node, marks=tuple(mark_name(number, nth + 1) for nth in range(around.cited[number])))
