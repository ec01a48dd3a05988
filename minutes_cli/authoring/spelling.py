"""A section of the model in, its canonical Markdown out: the one way in which `minutes fmt` spells it.

    items       nested lists, `1. `; an item that was a heading stays one
    cases       a heading `### 案由一：…`, its parts bold labels `**說明**：…`
    speeches    a heading, each speaker a heading below it, each reply one below that
    tracking    bullets under the decision, 主辦 協辦 期限 列管 編號

The words of a paragraph are written as they stand in the file; what has no such spelling (a skipped level, a heading
deeper than six) raises `NoSpelling`, and the section stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from minutes_cli.document import Block, Code, Item, Label, Paragraph, Prose, Quote, Rule, Section, Table, Tracking
from minutes_cli.source import Source, Span
from minutes_cli.width import width

_DEEPEST = 6
_TRACKED = ("owner", "helper", "due", "tracked", "number")
_KEYS = {"owner": "主辦", "helper": "協辦", "due": "期限", "tracked": "列管", "number": "編號"}


class NoSpelling(Exception):
    """The block has no canonical spelling."""


class Style(Struct, frozen=True):
    """`speakers` is "heading" or "list": where a speaker goes on behind a reply, only a list can say so."""

    source: Source
    colon: str
    speakers: str = "heading"


class Place(Struct, frozen=True):
    """Where a block is written: below a heading of `depth`; `inside` a list item headings are not to be had."""

    depth: int
    inside: bool = False
    speeches: bool = False


def section(found: Section, style: Style) -> str:
    """The whole section, lines parted by `\\n`, ending with one."""
    lines = [_heading(found, style)]
    body = _blocks(found.children, Place(2), style)
    return "\n".join(lines + ([""] if body else []) + body) + "\n"


def _heading(found: Section, style: Style) -> str:
    name = found.name.text + found.note.text
    if found.colon is False and found.typed:
        return style.source.text[found.heading.start : found.heading.end]
    rest = found.prose.text
    return f"## {name}" + (style.colon if found.colon else "") + rest


def _blocks(blocks: tuple[Block, ...], place: Place, style: Style) -> list[str]:
    """The lines of some blocks, without indentation; a blank line between any two that are not of one tight list."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        written = list(_block(block, place, style))
        if lines and written and not (_in_tight_list(before, place, style) and _in_tight_list(block, place, style)):
            lines.append("")
        lines += written
        before = block
    return lines


def _in_tight_list(block: Block | None, place: Place, style: Style) -> bool:
    """Whether a block is a list item that holds nothing but such items, and so needs no blank lines."""
    if not isinstance(block, Item) or _is_heading(block, place, style):
        return False
    inner = Place(place.depth, inside=True)
    return all(_in_tight_list(child, inner, style) for child in block.children)


def _is_heading(item: Item, place: Place, style: Style) -> bool:
    wanted = style.speakers == "heading" if item.speaker else item.spelling == "heading"
    return wanted and not place.inside


def _block(block: Block, place: Place, style: Style) -> Iterator[str]:
    match block:
        case Item():
            yield from _item(block, place, style)
        case Label():
            yield from _label(block, place, style)
        case Paragraph(prose):
            yield from _prose(prose)
        case Table():
            yield from _table(block)
        case Rule():
            yield "---"
        case Code(span=span) | Quote(span=span):
            yield from _verbatim(span, style.source)


def _prose(prose: Prose) -> list[str]:
    lines = prose.text.split("\n")
    if any(line != line.lstrip(" \t　") or not line.strip() for line in lines):
        raise NoSpelling
    return lines


# ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _item(item: Item, place: Place, style: Style) -> Iterator[str]:
    if item.skipped:
        raise NoSpelling
    if _is_heading(item, place, style):
        yield _marks(place.depth + 1) + item.prose.text
        yield from _below(_children(item, Place(place.depth + 1, speeches=place.speeches), style))
        return
    marker = f"{item.ordinal}. "
    text = _prose(item.prose) if item.prose else []
    inner = _children(item, Place(place.depth, inside=True, speeches=place.speeches), style)
    bullets = _bullets(item.tracking)
    tight = all(isinstance(child, Item) for child in item.children)
    body = text + bullets + (_below(inner) if text and not tight else inner)
    yield marker + body[0] if body else marker.rstrip()
    for line in body[1:]:
        yield " " * len(marker) + line if line else ""


def _children(item: Item, place: Place, style: Style) -> list[str]:
    lines = _blocks(item.children, place, style)
    return lines if place.inside or not item.tracking else [*_bullets(item.tracking), "", *lines]


def _bullets(tracking: Tracking | None) -> list[str]:
    if tracking is None:
        return []
    said = {
        "owner": "、".join(tracking.owners),
        "helper": "、".join(tracking.helpers),
        "due": tracking.due,
        "tracked": tracking.tracked,
        "number": tracking.number,
    }
    given = sorted(tracking.places, key=lambda key: tracking.places[key])
    return [f"- {_KEYS[key]}：{said[key]}" for key in given]


def _below(lines: list[str]) -> list[str]:
    return ["", *lines] if lines else []


def _marks(depth: int) -> str:
    if depth > _DEEPEST:
        raise NoSpelling
    return "#" * depth + " "


# ── labels ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _label(label: Label, place: Place, style: Style) -> Iterator[str]:
    colon = style.colon if label.colon else ""
    heading = label.kind in ("case", "speeches") or (label.kind == "reply" and style.speakers == "heading")
    if heading and not place.inside:
        said = label.prose.text
        yield _marks(place.depth + 1) + label.name + (colon if said or label.kind == "reply" else "") + said
        inner = Place(place.depth + 1, speeches=label.kind == "speeches")
        yield from _below([*_bullets(label.tracking), *_blocks(label.children, inner, style)])
        return
    name = label.name if label.kind in ("reply", "speaker") else f"**{label.name}**"
    yield from _prose(Prose(f"{name}{colon}{label.prose.text}"))
    inner = Place(place.depth, place.inside, label.kind == "speeches")
    yield from _below([*_bullets(label.tracking), *_blocks(label.children, inner, style)])


# ── tables and what is copied ───────────────────────────────────────────────────────────────────────────────────────


def _table(table: Table) -> Iterator[str]:
    """Columns as wide as their widest cell, counted as a terminal shows them."""
    rows = [[cell.text.replace("|", "\\|") for cell in row] for row in table.rows]
    columns = [max(3, *(width(row[i]) for row in rows)) for i in range(len(table.aligns))]
    head, *body = rows
    yield _row(head, columns, table.aligns)
    yield "| " + " | ".join(_rule(align, column) for align, column in zip(table.aligns, columns, strict=True)) + " |"
    for row in body:
        yield _row(row, columns, table.aligns)


def _row(cells: list[str], columns: list[int], aligns: tuple[str, ...]) -> str:
    padded = []
    for cell, column, align in zip(cells, columns, aligns, strict=True):
        space = column - width(cell)
        left = space if align == "right" else space // 2 if align == "center" else 0
        padded.append(" " * left + cell + " " * (space - left))
    return f"| {' | '.join(padded)} |"


def _rule(align: str, column: int) -> str:
    left = ":" if align in ("left", "center") else "-"
    right = ":" if align in ("right", "center") else "-"
    return left + "-" * (column - 2) + right


def _verbatim(span: Span, source: Source) -> list[str]:
    """The lines of a block as they stand, less the indentation of the first."""
    first = source.line_column(span.start)[0]
    last = source.line_column(max(span.start, span.end - 1))[0]
    lines = [source.text[slice(*source.line_span(number))] for number in range(first, last + 1)]
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    if any(line[:indent].strip() for line in lines):
        raise NoSpelling
    return [line[indent:].rstrip() if not line.strip() else line[indent:] for line in lines]
