"""Judged meetings put aside until all are there, then taken up again by their number.

Of a file in which nothing was found nothing is kept but its name.  The others are kept with their text, so that what is
told of a file is told of the text that was judged.
"""

from __future__ import annotations

import pickle
from pathlib import Path

from msgspec.structs import replace

from minutes_cli.judged import Judged
from minutes_cli.pile import Pile
from minutes_cli.source import Source


class Shelf:
    """Numbers are given from 0, in the order in which the meetings are put aside.  Summaries are left out."""

    def __init__(self, pile: Pile) -> None:
        self._places: list[int | tuple[str, Path | None]] = []
        self._pile = pile
        self._piled = 0

    def put(self, one: Judged) -> None:
        """Put a meeting aside."""
        if not (one.diagnostics or one.suppressions or one.source.text):
            self._places.append((one.source.name, one.source.path))
            return
        # Pickle, because nobody but this process ever sees the pile.
        self._pile.put(pickle.dumps(replace(one, summary=None)))
        self._places.append(self._piled)
        self._piled += 1

    def take(self, number: int) -> Judged:
        """The meeting of a number."""
        place = self._places[number]
        if not isinstance(place, int):
            name, path = place
            return Judged(Source(name, "", path), ())
        one: Judged = pickle.loads(self._pile.get(place))
        return one
