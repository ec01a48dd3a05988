"""The lines of the outline in; paragraphs and tables out, each with its style, for the template to write as XML.

A numbered paragraph carries its style and no more; what has no number stands in line with what it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from msgspec.structs import replace

from minutes_cli.inline import Image, Inlines, plain
from minutes_cli.lines import Entry, Grid, Line
from minutes_cli.render._docx.blocks import MOST, Block, Indent, Paragraph, Table, columns
from minutes_cli.render._docx.numbering import LISTED, ROLES
from minutes_cli.render._docx.runs import Gathered, Look, Run, loose, runs, said
from minutes_cli.render._docx.setting import Setting
from minutes_cli.width import width

_ROLES = {"next": "closing", "adjournment": "closing", "footnote": "note"}
# Roles whose style stands in the list.
_LISTED = (*ROLES, "speaker")
# Whose lead is set off from its text; in the other kinds the style is bold as a whole, or nothing is.
_LED = ("header", "more", "label", "reply", "item", "speaker", "paragraph", "next")
# What stands behind their lead is not bold, though the style is.
_LIGHT = ("section", "next")
# What may have something below it, and what may belong to it.
_HEADED = ("item", "speaker", "label", "reply")
_BELOW = (*_HEADED, "paragraph", "quote", "code")
_SHORT = 12  # rows
_NOWHERE = -1  # the index of a line that the outline does not have
_HANGING = 8  # cells that a lead may hang out


class _Around(NamedTuple):
    """What follows a line, and whether a table stands above it."""

    after: Entry | None
    apart: bool


def blocks(entries: Iterable[tuple[int, Entry]], setting: Setting, gathered: Gathered) -> Iterator[Block]:
    """The paragraphs and tables of some entries, each given with its index among all."""
    listed = [*entries]
    before = None
    for (index, entry), after in zip_longest(listed, (entry for _, entry in listed[1:])):
        if isinstance(entry, Grid):
            if isinstance(before, Grid) and not entry.caption:
                yield Paragraph(setting.reference.ids["cell"], ())  # two tables in a row would grow together
            yield from _grid(entry, setting, gathered)
        else:
            around = _Around(after, isinstance(before, Grid))
            for place, line in _rows(index, entry, setting):
                yield _paragraph((place, line), around, setting, gathered)
        before = entry


def _rows(index: int, line: Line, setting: Setting) -> Iterator[tuple[int, Line]]:
    """The line; where the second of two people finds no room on it, a line for each."""
    tab, cell = setting.reference.sign_tab, setting.reference.cell
    if (
        len(line.cells) == 2
        and tab + _wide(line.leads[1] + plain(line.cells[1]), cell) > setting.reference.document.box[0]
    ):
        yield index, replace(line, cells=line.cells[:1], leads=line.leads[:1])
        yield _NOWHERE, Line("more", lead=line.leads[1], leads=line.leads[1:], cells=line.cells[1:])
    else:
        yield index, line


def _keeps(line: Line, after: Entry | None) -> bool:
    """Whether a line must stand on one page with what follows it: a name with its text, an item with what is below it,
    a table with the line that announces it."""
    if line.kind in ("label", "reply") and not plain(line.cells[0]):
        return True
    if after is None or isinstance(after, Grid):
        return after is not None
    if line.kind in ("signature", "attachment"):
        return after.kind == line.kind
    if line.kind not in _HEADED:
        return after.kind == "paragraph" and _is_image(after.cells[0])
    beside = _HEADED if line.kind in ("label", "reply") else ("item", "speaker")
    return after.level > line.level or (after.level == line.level and after.kind in _BELOW and after.kind not in beside)


def _paragraph(placed: tuple[int, Line], around: _Around, setting: Setting, gathered: Gathered) -> Paragraph:
    index, line = placed
    role = _role(line)
    pieces = [*_number(index, line, role, setting), *_text(line, role, setting, gathered)]
    return Paragraph(
        setting.reference.ids[role],
        pieces,
        number=_renumbered(index, line, role, setting),
        indent=_indent(index, line, role, setting),
        keep=_keeps(line, around.after),
        loose=loose(pieces),
        apart=around.apart,
        mark=gathered.bookmark(line.anchor),
    )


def _role(line: Line) -> str:
    if line.quote:
        return "quote"
    if line.kind == "header" and len(line.cells) > 1:
        return "sign"
    if line.kind == "more" and line.lead:
        return "header"
    if line.kind == "item" or (line.kind == "speaker" and line.level != 2):
        return f"item{min(max(line.level, 1), 6)}"
    if line.kind in ("label", "reply"):
        return "reply" if line.level >= 2 else "label"
    if line.kind == "paragraph" and _is_image(line.cells[0]):
        return "figure"
    return _ROLES.get(line.kind, line.kind)


def _is_image(nodes: Inlines) -> bool:
    return len(nodes) == 1 and isinstance(nodes[0], Image)


def _number(index: int, line: Line, role: str, setting: Setting) -> Iterator[Run]:
    """The number as text, where the list does not print it."""
    spot = setting.spots.get(index)
    if line.number and (spot is None or spot in setting.spelled):
        yield from said(line.number, _lead_look(line, role, setting) if line.kind == "header" else ())
        if spot is not None and setting.level(spot).suff == "tab":
            yield "tab", "", "", None


def _lead_look(line: Line, role: str, setting: Setting) -> Look:
    return ("lead",) if line.kind in _LED and role not in setting.reference.bold else ()


def _text(line: Line, role: str, setting: Setting, gathered: Gathered) -> Iterator[Run]:
    light: Look = ("light",) if line.kind in _LIGHT and line.lead and role in setting.reference.bold else ()
    leads = line.leads if len(line.cells) > 1 else (line.lead,)
    for nth, (lead, cell) in enumerate(zip_longest(leads, line.cells, fillvalue=None)):
        if nth:
            yield "tab", "", "", None
        yield from said(lead or "", _lead_look(line, role, setting))
        yield from runs(cell or (), gathered, light)


def _renumbered(index: int, line: Line, role: str, setting: Setting) -> tuple[int, int] | None:
    if index in setting.starts:
        return setting.spots[index][1], setting.starts[index][0]
    listed = role in _LISTED or (role in ("header", "sign") and setting.profile.numbered)
    return (0, setting.silent()) if listed and index not in setting.spots else None


def _indent(index: int, line: Line, role: str, setting: Setting) -> Indent | None:
    """Where a line stands that is not numbered."""
    if line.kind in ("label", "reply") and role != "quote":
        return _label(index, line, setting)
    if index in setting.spots:
        return None
    if role in ("paragraph", "code", "quote"):
        begin, cell = _begin(line.level, setting), setting.reference.cell
        return Indent(begin + 2 * cell * max(0, line.quote - 1), None if role == "paragraph" else 0)
    if role in ("attachment", "header", "closing"):
        hanging = _lead(line, setting.reference.cell)
        begin = setting.header_left if line.kind == "more" else 0
        return Indent(begin + hanging, hanging) if hanging or (role == "header" and setting.profile.numbered) else None
    if role in _LISTED:
        return Indent(_begin(line.level, setting) if line.level else 0, 0)
    return None


def _begin(level: int, setting: Setting) -> int:
    """Where the text that belongs to an item begins; below a section, where its items do."""
    if not level:
        return setting.levels[LISTED[1]].start
    return setting.levels[LISTED[min(level, len(LISTED) - 1)]].left


def _label(index: int, line: Line, setting: Setting) -> Indent | None:
    """A label stands in line with the items below it; its text hangs behind it."""
    hanging = _lead(line, setting.reference.cell)
    spot = setting.spots.get(index)
    deeper = line.level + 1
    if spot is not None:
        left = setting.level(spot).left
    else:
        left = setting.levels[LISTED[deeper]].start if deeper < len(LISTED) else _begin(line.level, setting)
    return Indent(left + hanging, hanging) if hanging or spot is None else None


def _lead(line: Line, cell: int) -> int:
    """How far the text of a line hangs behind its lead; 0 where it has no text, or two."""
    text = len(line.cells) == 1 and plain(line.cells[0])
    return _wide(line.lead, cell) if text and width(line.lead) <= 2 * _HANGING else 0


def _wide(text: str, cell: int) -> int:
    return width(text) * cell // 2


def _grid(grid: Grid, setting: Setting, gathered: Gathered) -> Iterator[Block]:
    ids = setting.reference.ids
    if grid.caption:
        yield Paragraph(ids["caption"], list(said(grid.caption)))
    most = max(len(row) for row in grid.rows)
    rows = [[*row, *[()] * (most - len(row))] for row in grid.rows]
    if most > MOST:
        for row in rows:
            yield Paragraph(
                ids["cell"], [run for cell in row for run in (*runs(cell, gathered), ("tab", "", "", None))]
            )
        return
    aligns = [*grid.aligns, *[""] * most]
    # A short table stays on one page; of a long one no row is left alone.
    kept = range(len(rows) - 1) if len(rows) <= _SHORT else (0, len(rows) - 2)
    cells = [
        [
            _cell(cell, ids["cell" if nth else "head"], align, gathered)._replace(keep=nth in kept)
            for cell, align in zip(row, aligns, strict=False)
        ]
        for nth, row in enumerate(rows)
    ]
    texts = [[plain(cell) for cell in row] for row in rows]
    widths = columns(texts, setting.reference.document.box[0], setting.reference.table_cell)
    yield Table(ids["table"], cells, widths)


def _cell(text: Inlines, style: str, align: str, gathered: Gathered) -> Paragraph:
    pieces = list(runs(text, gathered))
    return Paragraph(style, pieces, loose=loose(pieces), align=align)
