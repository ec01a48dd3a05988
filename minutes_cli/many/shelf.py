"""Judged meetings put aside until all are there, then taken up again by their number.

Of a file in which nothing was found nothing is kept but its name.  The others are kept with their text, so that what is
told of a file is told of the text that was judged.  In memory stays none of it.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from msgspec import msgpack

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.judged import Judged, Suppression
from minutes_cli.many.pile import Pile
from minutes_cli.source import Source


class _Kept(NamedTuple):
    """What lies on the pile: the text as in `Source`, and what is to be told of it."""

    name: str
    at: bytes | None
    text: str
    problems: tuple[Diagnostic, ...]
    bom: bool
    raw: str
    diagnostics: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...]


class Shelf:
    """Numbers are given from 0, in the order in which the meetings are put aside.  Summaries are left out."""

    def __init__(self, pile: Pile) -> None:
        self._pile = pile

    def put(self, one: Judged) -> None:
        """Put a meeting aside."""
        source = one.source
        kept = _Kept(
            source.name,
            os.fsencode(source.at) if source.at else None,  # a name need not be text
            source.text,
            source.problems,
            source.bom,
            source.raw,
            one.diagnostics,
            one.suppressions,
        )
        self._pile.put(msgpack.encode(kept))

    def take(self, number: int) -> Judged:
        """The meeting of a number."""
        kept = msgpack.decode(self._pile.get(number), type=_Kept)
        at = os.fsdecode(kept.at) if kept.at else None
        source = Source(kept.name, kept.text, at, kept.problems, kept.bom, kept.raw)
        return Judged(source, kept.diagnostics, None, kept.suppressions)
