"""Bytes put on a pile, each taken up again by its number; a pile that has grown lies in a temporary file, not in memory."""

from __future__ import annotations

import io
from array import array
from types import TracebackType
from typing import IO

_IN_MEMORY = 200_000  # bytes


class Pile:
    """Numbers are given from 0."""

    def __init__(self) -> None:
        self._ends = array("Q", [0])
        self._file: IO[bytes] = io.BytesIO()

    def __enter__(self) -> Pile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def put(self, data: bytes) -> None:
        """Put something on the pile."""
        end = self._ends[-1]
        if end > _IN_MEMORY and isinstance(self._file, io.BytesIO):
            self._file = _on_disk(self._file)
        self._file.seek(end)
        self._file.write(data)
        self._ends.append(end + len(data))

    def get(self, number: int) -> bytes:
        """What was put there."""
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start)


def _on_disk(memory: io.BytesIO) -> IO[bytes]:
    from tempfile import TemporaryFile  # late, because it takes a tenth of the time in which a small run is done

    file = TemporaryFile()  # noqa: SIM115  # closed by the pile
    file.write(memory.getbuffer())
    return file
