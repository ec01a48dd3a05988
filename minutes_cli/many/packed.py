"""A judged meeting in, MessagePack out, and back: what the cache keeps, and what one process hands to another.

To read it can do no harm, and is strict: bytes that do not hold exactly these types give ValueError.  The text of the
file is not part of it.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import msgpack

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.judged import Judged, Summary, Suppression
from minutes_cli.source import Source

VERSION = 3  # of the shape below


class Packed(NamedTuple):
    """What was found in a file, without its text."""

    diagnostics: tuple[Diagnostic, ...]
    summary: Summary | None
    suppressions: tuple[Suppression, ...]

    def of(self, source: Source) -> Judged:
        """The same, of a file."""
        return Judged(source, *self)


def packed(judged: Judged) -> Packed:
    """A judged meeting without its text."""
    return Packed(judged.diagnostics, judged.summary, judged.suppressions)


def pack(judged: Judged) -> bytes:
    """The bytes of a judged meeting."""
    return msgpack.encode(packed(judged))


def unpack(data: bytes) -> Packed:
    """The contents of what `pack` wrote; ValueError for anything else."""
    try:
        return msgpack.decode(data, type=Packed)
    except RecursionError as error:
        raise ValueError(str(error)) from error
