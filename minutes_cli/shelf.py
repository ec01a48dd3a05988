"""Judged meetings put aside until all are there, then taken up again by their number.

Of a file in which nothing was found nothing is kept but its name.  The others lie in a temporary file as soon as they
are many, their text with them, so that what is told of a file is told of the text that was judged.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO

from minutes_cli.judged import Judged
from minutes_cli.source import Source

_IN_MEMORY = 8_000_000  # bytes


class Shelf:
    """Numbers are given from 0, in the order in which the meetings are put aside.  Summaries are left out."""

    def __init__(self) -> None:
        self._places: list[int | tuple[str, Path | None]] = []
        self._file: IO[bytes] = io.BytesIO()

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def put(self, one: Judged) -> None:
        """Put a meeting aside."""
        if not (one.diagnostics or one.suppressions or one.source.text):
            self._places.append((one.source.name, one.source.path))
            return
        end = self._file.seek(0, io.SEEK_END)
        if end > _IN_MEMORY and isinstance(self._file, io.BytesIO):
            self._file = _on_disk(self._file)
        self._places.append(end)
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


def _on_disk(memory: io.BytesIO) -> IO[bytes]:
    from tempfile import TemporaryFile  # late, because it takes a tenth of the time in which a small run is done

    file = TemporaryFile()  # noqa: SIM115  # closed by the shelf; pickle, because nobody else ever sees it
    file.write(memory.getbuffer())
    return file
