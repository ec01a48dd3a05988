"""One printed line or table in, one node of a page out: its words as finished HTML, its place and its classes."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli.inline import Inlines, Strong, Text, plain
from minutes_cli.lines import Grid, Line
from minutes_cli.render._inline import Surroundings, escape, html
from minutes_cli.render._templates import safe
from minutes_cli.width import width

_HUNG_BY_LEAD = ("label", "reply")
_NAMED = ("speaker", "adjournment")  # which begin with a name, whether or not it is the lead


class Node(Struct, frozen=True, gc=False):
    """`kind` is that of the line, or "grid", "list", "quotes".  `number` (with its value `ordinal`, 0 for none), `lead`
    and `title` are plain text, `title` being what a table of contents calls a heading; `text` is finished HTML, `html`
    the whole line as finished HTML.  `indent` counts full-width cells from the edge of what the node stands in; `hang`
    half cells by which all but the first line hang.  `heading` is the level of the heading that the line is, or 0.
    `marks` are the anchors from which a footnote is cited; `rows` those of a table, each cell with its classes;
    `children` what is below the line."""

    kind: str
    number: str = ""
    ordinal: int = 0
    lead: str = ""
    title: str = ""
    text: str = ""
    html: str = ""
    indent: int = 0
    hang: int = 0
    level: int = 0
    heading: int = 0
    id: str = ""
    href: str = ""
    decision: str = ""
    children: tuple[Node, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def classes(self) -> str:
        """For the style sheet: what it is, how far in it begins, how far it hangs."""
        return _classes(self.kind, self.indent, self.hang)


@lru_cache(maxsize=1000)  # the same few stand on every page
def _classes(kind: str, indent: int, hang: int) -> str:
    hanging = " hang" if hang and kind in _HUNG_BY_LEAD else ""
    return kind + (f" i{min(indent, 24)}" if indent else "") + (f" h{min(hang, 24)}" if hang else "") + hanging


_width = lru_cache(maxsize=1000)(width)  # of numbers and names, which are the same few too
# In half cells: under a longer name there would be little room for the text.
_WIDEST_HANGING_LEAD = 12
_SHORT = 14  # half cells that stay together in a table
# The name before the text, where the line has no lead of its own: 馮委員玉：同意 · 散會：（下午4:20）.
_NAME = re.compile(r"[^：:]{1,40}[：:]")


def head_node(line: Line, around: Surroundings) -> Node:
    """A section's heading; where its name holds more than plain words, the name is the first node of the text."""
    text = line.cells[0]
    name: Inlines = (Text(line.lead),)
    if not line.lead:
        name, text = (text[:1], text[1:]) if text and isinstance(text[0], Strong) else (text, ())
    node = line_node(replace(line, cells=(text,)), around)
    title = line.number + plain(name).rstrip("：: ")
    return replace(node, title=title, lead=safe(html(name, around)), heading=2)


def line_node(line: Line, around: Surroundings, edge: int = 0) -> Node:
    """Any line but a section's heading; it stands in something that begins at the cell `edge`."""
    lead, text, note = _split(line)
    markup = html(text, around)
    if line.kind == "code":
        markup = markup.replace("<br>", "\n")
    hang = _width(line.number) if line.number else _width(line.lead) if line.kind in _HUNG_BY_LEAD else 0
    name = around.anchor(line.anchor) if line.anchor else ""
    return Node(
        line.kind,
        line.number,
        line.ordinal,
        line.lead,
        text=safe(markup),
        html=safe(_whole(line.number, lead, markup, note)),
        indent=max(0, line.indent - edge),
        hang=hang if line.number or hang <= _WIDEST_HANGING_LEAD else 0,
        level=line.level,
        id=name,
        href=quote(name, safe="/-._~!$&'()*+,;=:@") if name else "",
        decision=line.decision,
    )


def _split(line: Line) -> tuple[str, Inlines, str]:
    """The name before the text, the text, and what is printed behind a decision."""
    lead, text, note = line.lead, line.cells[0], ""
    if not line.decision and (lead or line.kind not in _NAMED):  # as most are
        return lead, text, note
    last = text[-1] if line.decision and len(text) > 1 else None
    if type(last) is Text and last.text.startswith("（"):
        text, note = text[:-1], last.text
    first = text[0] if text else None
    if not lead and line.kind in _NAMED and isinstance(first, Text):
        found = _NAME.match(first.text)
        if found:
            lead, text = found[0], (Text(first.text[found.end() :]), *text[1:])
        elif line.kind == "speaker" and len(text) == 1:
            lead, text = first.text, ()
    return lead, text, note


def _whole(number: str, lead: str, markup: str, note: str) -> str:
    """The line with its pieces marked: `number`, `lead`, `text`, `note`."""
    return (
        (f'<span class="number">{escape(number)}</span>' if number else "")
        + (f'<b class="lead">{escape(lead)}</b>' if lead else "")
        + (f'<span class="text">{markup}</span>' if markup else "")
        + (f'<span class="note">{escape(note)}</span>' if note else "")
    )


def grid_node(grid: Grid, around: Surroundings, edge: int) -> Node:
    """A table, each cell with its classes; `edge` as for a line."""
    rows = (zip_longest(row, grid.aligns[: len(row)], fillvalue=()) for row in grid.rows)
    marked = tuple(tuple((safe(html(cell, around)), _cell_classes(cell, align)) for cell, align in row) for row in rows)
    return Node("grid", lead=grid.caption, indent=max(0, grid.indent - edge), rows=marked)


def _cell_classes(cell: Inlines, align: str | tuple[()]) -> str:
    """What is aligned to the left needs no word; a few characters stay on one line."""
    short = 0 < width(plain(cell)) <= _SHORT
    return " ".join(([str(align)] if align in ("center", "right") else []) + (["short"] if short else []))
