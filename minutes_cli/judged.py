"""One meeting file as the reports and the rules across files see it: small, and the same whether it was judged just
now, in another process, or taken from the cache.

Only types stand here, so that a run that finds every file in the cache loads nothing that reads or judges.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, msgpack

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.settings import Settings
from minutes_cli.source import Source, Span


class Asked(NamedTuple):
    """A file that is to be judged: what messages call it, where it lies, its bytes and its settings; and whether it can
    be read again, which standard input cannot."""

    name: str
    at: str | None
    data: bytes
    settings: Settings
    stays: bool = True


class Seen(Struct, frozen=True, gc=False, array_like=True):
    """A person of the meeting, from `start` to `end` of the file.  `name` is the name as written, without the brackets
    behind it; `form` is "parts" where title and name are given apart, "titled" where a title stands in the name,
    "registered" where it is written as the office's register has it, "" for a name alone.  `field` is the field that it
    stands in; `key` what it compares by (see `naming`)."""

    name: str
    form: str
    field: str
    key: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)


class Attached(NamedTuple):
    """An attachment: the file named for it ("" for none), the checksum given ("" for none), its place."""

    file: str
    sha256: str
    span: Span


class Follow(NamedTuple):
    """A decision that the tracking section refers to: the body that made it ("" for this one), the term and session of
    its meeting, its number."""

    body: str
    term: int | None
    session: int
    number: int
    span: Span


PLACED = ("term", "session", "date")


class Summary(Struct, frozen=True, array_like=True):
    """What the rules across files need to know of a meeting.  `places` has the spans of `PLACED`, as far as the file
    itself gives them; `decisions` the numbers of its decisions, as the ends of their ids; `follows` those of earlier
    meetings.  Who was there is looked at for few meetings only, and so stays packed in `crowd`, until somebody asks;
    `marks` tells whether anybody need (see `summary.marks`)."""

    title: str
    organization: str
    series: str
    term: int | None
    session: int | None
    date: str
    excerpt: bool
    places: tuple[tuple[str, Span], ...]
    crowd: bytes
    marks: bytes
    decisions: tuple[str, ...]
    follows: tuple[Follow, ...]
    attachments: tuple[Attached, ...]

    @property
    def people(self) -> tuple[Seen, ...]:
        """Who was there."""
        return msgpack.decode(self.crowd, type=tuple[Seen, ...])


class Suppression(Struct, frozen=True, array_like=True):
    """`<!-- minutes: ignore[code] reason -->`: `codes` with their places, none where it could not be read; `covers` the
    lines that it speaks of, None for the whole file."""

    span: Span
    codes: tuple[tuple[str, Span], ...] = ()
    reason: bool = True
    covers: tuple[Span, ...] | None = None


class Judged(Struct, frozen=True):
    """A file, its findings in the order of the file, its summary (None where it holds no meeting), and what the file
    itself says of findings that are not to be told (`choose` sees to it)."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    summary: Summary | None = None
    suppressions: tuple[Suppression, ...] = ()
