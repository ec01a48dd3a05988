"""What the template of the body is given, ready to be written: paragraphs and tables; and how wide columns are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minutes_cli.render._docx_runs import Run
from minutes_cli.width import width


class Indent(NamedTuple):
    """Measures in twips where the style's are not meant; `hanging` None leaves the first line as the style has it."""

    left: int
    hanging: int | None = None


class Paragraph(NamedTuple):
    """`style` is an id.  `number` is (level, w:numId) where the style's own is not meant, (0, 0) for none; `keep`
    holds it together with the next; `loose` lets its lines grow with an image; `mark` is its bookmark (id, name)."""

    style: str
    runs: Sequence[Run]
    number: tuple[int, int] | None = None
    indent: Indent | None = None
    keep: bool = False
    loose: bool = False
    align: str = ""
    mark: tuple[int, str] | None = None
    kind: str = "paragraph"


class Table(NamedTuple):
    """`rows` are cells of one paragraph each, `rows[0]` the head; `widths` in twips."""

    style: str
    rows: Sequence[Sequence[Paragraph]]
    widths: Sequence[int]
    kind: str = "table"


Block = Paragraph | Table

MOST = 63  # columns that Word can open
_LEAST, _WIDEST = 4, 36


def columns(texts: Sequence[Sequence[str]], total: int) -> list[int]:
    """Widths in twips that add up to `total`, by the text of the columns: a short column keeps what it needs, a long
    one does not take all."""
    weights = [max(_weight(row[i]) for row in texts) for i in range(len(texts[0]))]
    edges = [round(total * sum(weights[:i]) / sum(weights)) for i in range(len(weights) + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def _weight(text: str) -> int:
    longest = max((width(line) for line in text.split("\n")), default=0)
    return min(max(longest, _LEAST), _WIDEST) + 2
