"""The layout as plain text: one line a paragraph, indented with full-width spaces; what tests, diffs and mail use."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.document import Minutes
from minutes_cli.inline import spelled_out
from minutes_cli.lines import Entry, Grid, Line, Printed
from minutes_cli.width import width

SUFFIX = ".txt"
_BETWEEN = "　　　　　　"


def render(printed: Printed, minutes: Minutes) -> bytes:
    """The text as UTF-8, each line ended by one line feed."""
    return "".join(f"{line.rstrip(' 　')}\n" for entry in printed.entries for line in _lines(entry)).encode()


def _lines(entry: Entry) -> Iterator[str]:
    if isinstance(entry, Grid):
        yield from _grid(entry)
        return
    first, *rest = _text(entry).split("\n")
    yield "　" * entry.indent + first
    yield from ("　" * (entry.indent + 1) + line for line in rest)


def _text(line: Line) -> str:
    if line.kind == "footnote":
        return line.number + spelled_out(line.cells[0])
    leads = line.leads if len(line.cells) > 1 else (line.lead,)
    return line.number + _BETWEEN.join(lead + spelled_out(cell) for lead, cell in zip(leads, line.cells, strict=True))


def _grid(grid: Grid) -> Iterator[str]:
    """Columns aligned by display width; no rules, so that nothing stands here that is not in the table."""
    if grid.caption:
        yield "　" * grid.indent + grid.caption
    rows = [[spelled_out(cell).replace("\n", " ") for cell in row] for row in grid.rows]
    columns = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (column - width(cell)) for cell, column in zip(row, columns, strict=True))
        yield "　" * grid.indent + "  ".join(cells)
