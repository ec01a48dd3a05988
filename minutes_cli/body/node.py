"""The nodes of a tree that is still being built, and the counts that are going on in them: pure types.

`tree` places them, `decisions` freezes them.
"""

from __future__ import annotations

from msgspec import Struct, field

from minutes_cli import labels
from minutes_cli.document import Block, Prose, Typed
from minutes_cli.source import Span


class Run(Struct, frozen=True, gc=False):
    """A count that is going on: the typed level of its labels (None for a Markdown list or headings), the last number
    as typed, and the last as computed."""

    shape: int | None
    typed: int
    ordinal: int


class Node(Struct, eq=False):
    """An open section, item, label or quote.  `level` is an item's printed level, else the level above that of the
    items that begin in it.  `depth` is a heading's 1–6, else 0; `shape` the typed level of a natural item; `shift` what
    is added to typed levels in a frame; `labelled` whether a label stands right below; `cases`
    whether its items are cases, each with labels of its own; `speaker` whether it is someone who speaks."""

    kind: str
    level: int
    span: Span
    prose: Prose = Prose()
    frame: bool = True
    forced: bool = False
    depth: int = 0
    shape: int | None = None
    shift: int | None = None
    spelling: str = ""
    typed: Typed | None = None
    ordinal: int = 0
    skipped: bool = False
    speeches: bool = False
    label: labels.Found | None = None
    labelled: bool = False
    cases: bool = False
    speaker: bool = False
    runs: dict[int, Run] = field(default_factory=dict)
    children: list[Node | Block] = field(default_factory=list)

    def is_label(self, *kinds: str) -> bool:
        """Whether it is a label (of one of these kinds)."""
        return self.label is not None and (not kinds or self.label.kind in kinds)
