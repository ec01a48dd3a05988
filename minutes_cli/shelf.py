"""Judged meetings put aside until all are there, then taken up again by their number.

Of a file in which nothing was found nothing is kept but its name.  The others lie in a temporary file as soon as they
are many, their text with them, so that what is told of a file is told of the text that was judged.
"""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from minutes_cli.judged import Judged
from minutes_cli.source import Source

_IN_MEMORY = 8_000_000  # bytes


class Shelf:
    """Numbers are given from 0, in the order in which the meetings are put aside.  Summaries are left out."""

    def __init__(self) -> None:
        self._places: list[int | tuple[str, Path | None]] = []
        # Pickle: nobody but this process ever sees the file.
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed by `__exit__`

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def put(self, one: Judged) -> None:
        """Put a meeting aside."""
        if not (one.diagnostics or one.suppressions or one.source.text):
            self._places.append((one.source.name, one.source.path))
            return
        self._places.append(self._file.seek(0, 2))
        pickle.dump(replace(one, summary=None), self._file)

    def take(self, number: int) -> Judged:
        """The meeting of a number."""
        place = self._places[number]
        if not isinstance(place, int):
            name, path = place
            return Judged(Source(name, "", path), ())
        self._file.seek(place)
        one: Judged = pickle.load(self._file)
        return one
