"""What the template of the body is given, ready to be written: paragraphs and tables; and how wide columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import fsum
from typing import NamedTuple

from minutes_cli.render._docx.runs import Run
from minutes_cli.width import width


class Indent(NamedTuple):
    """Measures in twips where the style's are not meant; `hanging` None leaves the first line as the style has it."""

    left: int
    hanging: int | None = None


class Paragraph(NamedTuple):
    """`style` is an id.  `number` is (level, w:numId) where the style's own is not meant, (0, 0) for none; `keep`
    holds it together with the next; `loose` lets its lines grow with an image; `apart` sets it off from a table above;
    `mark` is its bookmark (id, name)."""

    style: str
    runs: Sequence[Run]
    number: tuple[int, int] | None = None
    indent: Indent | None = None
    keep: bool = False
    loose: bool = False
    align: str = ""
    mark: tuple[int, str] | None = None
    apart: bool = False
    kind: str = "paragraph"


class Table(NamedTuple):
    """`rows` are cells of one paragraph each, `rows[0]` the head; `widths` in twips."""

    style: str
    rows: Sequence[Sequence[Paragraph]]
    widths: Sequence[int]
    kind: str = "table"


Block = Paragraph | Table

MOST = 63  # columns that Word can open
_MARGINS = 300  # at both sides of a cell, its borders, and a little for a font that runs wider
# Where Han and Latin characters meet, Word puts a quarter of a cell that nobody typed.
_MEETING = re.compile(r"(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])")
_LEAST = 2  # cells of text that a column is at least wide


def columns(texts: Sequence[Sequence[str]], total: int, cell: int) -> list[int]:
    """Widths in twips that add up to `total`.  A column that would keep its longest text on one line within its fair
    share does so; the others share what is left.  Where all fit, all grow alike."""
    wanted = [max(_lines(row[i]) for row in texts) * cell // 4 + _MARGINS for i in range(len(texts[0]))]
    wanted = [max(need, _LEAST * cell + _MARGINS) for need in wanted]
    left, open_ = total, set(range(len(wanted)))
    for i in sorted(open_, key=lambda i: wanted[i]):
        if wanted[i] > left / len(open_):
            break
        open_.discard(i)
        left -= wanted[i]
    shares = [left / len(open_) if i in open_ else need for i, need in enumerate(wanted)]
    edges = [0, *(round(total * edge) for edge in accumulate(share / fsum(shares) for share in shares))]
    return [right - left for left, right in pairwise(edges)]


def _lines(text: str) -> int:
    """The longest line of a text in quarter cells."""
    return max(2 * width(line) + len(_MEETING.findall(line)) for line in text.split("\n"))
