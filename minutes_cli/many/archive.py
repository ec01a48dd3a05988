"""Summaries in, series of meetings out: what the rules across files compare, and no more of it in memory than they need
of every meeting.

Meetings are of one series if they name the same one, and not two organizations.
"""

from __future__ import annotations

import re
import struct
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field, msgpack

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.judged import Summary
from minutes_cli.many.pile import Pile
from minutes_cli.say import Say
from minutes_cli.source import Source, Span

_N = "[0-9０-９]{1,4}|[一二三四五六七八九十百零〇]{1,7}"
_ORDINALS = rf"(?:第[ 　]*(?:{_N})[ 　]*屆)?[ 　]*第[ 　]*(?:{_N})[ 　]*次|會議(?:紀錄)?$"
_FACTS = struct.Struct("=Iii10s?")  # number, term, session, date, whether it follows any decision up
_NO_TERM = -(2**31)
_TOP = Span(0, 3)  # where nothing else can be pointed at


class Place(NamedTuple):
    """A span of the file that stands at `number` in the run."""

    number: int
    span: Span


class Finding(NamedTuple):
    """A diagnostic for the file at `number`.  Where two files disagree, `instead` says the same from the other one's
    side, for a run that reports on that one only."""

    number: int
    diagnostic: Diagnostic
    instead: Finding | None = None


class Meeting(NamedTuple):
    """One meeting of a series, in the file at `number`; `follows` says whether it follows decisions up."""

    term: int | None
    session: int
    date: str
    number: int
    follows: bool


class Series(Struct, eq=False):
    """`files` are the numbers of all files in the order of the run.  `facts` are those of their meetings, packed, since
    there may be ten thousand (and `odd` the dates that are none); what else is known lies on the pile.  `stems` are their
    titles without 第N次 and 會議."""

    name: str
    organization: str
    stems: set[str] = field(default_factory=set)
    files: array[int] = field(default_factory=lambda: array("I"))
    facts: bytearray = field(default_factory=bytearray)
    odd: dict[int, str] = field(default_factory=dict)


class Archive:
    """All series of a run.  `source` gives a file's text again, when a finding has to name a line of it."""

    def __init__(self, source: Callable[[int], Source], pile: Pile) -> None:
        self._source = source
        self._pile = pile
        self._piled = array("I")  # the numbers of what lies on the pile, which ascend
        self._series: dict[str, dict[str, Series]] = {}
        self.summary = lru_cache(64)(self._summary)
        self.meetings = lru_cache(2)(self._meetings)

    def add(self, number: int, summary: Summary) -> None:
        """Take up the meeting that stands at `number` in the run; one without a series is like no other."""
        if not summary.series:
            return
        named = self._series.setdefault(summary.series, {})
        series = named.get(summary.organization)
        if series is None:
            series = named[summary.organization] = Series(summary.series, summary.organization)
        series.stems.add(re.sub(_ORDINALS, "", summary.title))
        series.files.append(number)
        if summary.session is not None:
            date = summary.date if len(summary.date) == 10 and summary.date.isascii() else ""
            if date != summary.date:
                series.odd[number] = summary.date
            term = _NO_TERM if summary.term is None else summary.term
            series.facts += _FACTS.pack(number, term, summary.session, date.encode(), bool(summary.follows))
        self._piled.append(number)
        self._pile.put(msgpack.encode(summary))

    def _summary(self, number: int) -> Summary:
        return msgpack.decode(self._pile.get(bisect_left(self._piled, number)), type=Summary)

    def _meetings(self, series: Series) -> tuple[Meeting, ...]:
        """The meetings of a series of which the session is known, in the order of the run."""
        return tuple(
            Meeting(None if term == _NO_TERM else term, session, _date(date, number, series), number, follows)
            for number, term, session, date, follows in _FACTS.iter_unpack(series.facts)
        )

    def marks(self, series: Series) -> set[int]:
        """The marks of everyone in the files of a series (see `summary.marks`)."""
        return {mark for number in series.files for mark in array("Q", self.summary(number).marks)}

    def series(self) -> Iterator[Series]:
        """Each series, in the order in which they began."""
        for named in self._series.values():
            if len(named) == 2 and "" in named:
                yield _joined(*named.values())
            else:
                yield from named.values()

    def numbered(self, meeting: Meeting) -> Place:
        """Where a meeting's session stands."""
        return self._place(meeting, "session")

    def dated(self, meeting: Meeting) -> Place:
        """Where a meeting's date stands."""
        return self._place(meeting, "date")

    def _place(self, meeting: Meeting, key: str) -> Place:
        return Place(meeting.number, dict(self.summary(meeting.number).places).get(key, _TOP))

    def shown(self, place: Place) -> str:
        """A place as messages name it: `2024/a.md:7`."""
        source = self._source(place.number)
        return f"{source.name}:{source.line_column(place.span.start)[0]}"


def _joined(one: Series, other: Series) -> Series:
    """A series whose meetings name one organization, or none."""
    return Series(
        one.name,
        one.organization or other.organization,
        one.stems | other.stems,
        array("I", sorted(one.files + other.files)),
        bytearray(
            b"".join(sorted(_packed(one.facts) + _packed(other.facts), key=lambda facts: _FACTS.unpack(facts)[0]))
        ),
        one.odd | other.odd,
    )


def _packed(facts: bytearray) -> list[bytes]:
    return [bytes(facts[at : at + _FACTS.size]) for at in range(0, len(facts), _FACTS.size)]


def _date(packed: bytes, number: int, series: Series) -> str:
    return series.odd.get(number, "") if not packed[0] else packed.decode()


def called(term: int | None, session: int) -> Say:
    """A meeting as messages call it: 第5屆第8次會議."""
    if term is None:
        return Say(f"第{session}次會議", f"session {session}")
    return Say(f"第{term}屆第{session}次會議", f"session {session} of term {term}")
