"""Judged meetings put aside until all are there, then taken up again by their number.

Of a file in which nothing was found nothing is kept but its name.  The others are kept with their text, so that what is
told of a file is told of the text that was judged.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from msgspec import msgpack

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.judged import Judged, Suppression
from minutes_cli.many.pile import Pile
from minutes_cli.source import Source


class _Kept(NamedTuple):
    """What lies on the pile: the text as in `Source`, and what is to be told of it."""

    text: str
    problems: tuple[Diagnostic, ...]
    bom: bool
    raw: str
    diagnostics: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...]


class Shelf:
    """Numbers are given from 0, in the order in which the meetings are put aside.  Summaries are left out."""

    def __init__(self, pile: Pile) -> None:
        self._places: list[tuple[str, Path | None, int | None]] = []
        self._pile = pile
        self._piled = 0

    def put(self, one: Judged) -> None:
        """Put a meeting aside."""
        source = one.source
        if not (one.diagnostics or one.suppressions or source.text):
            self._places.append((source.name, source.path, None))
            return
        kept = _Kept(source.text, source.problems, source.bom, source.raw, one.diagnostics, one.suppressions)
        self._pile.put(msgpack.encode(kept))
        self._places.append((source.name, source.path, self._piled))
        self._piled += 1

    def take(self, number: int) -> Judged:
        """The meeting of a number."""
        name, path, place = self._places[number]
        if place is None:
            return Judged(Source(name, "", path), ())
        text, problems, bom, raw, diagnostics, suppressions = msgpack.decode(self._pile.get(place), type=_Kept)
        return Judged(Source(name, text, path, problems, bom, raw), diagnostics, None, suppressions)
