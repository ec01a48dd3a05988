"""Summaries in, series of meetings out: what the rules across files compare, and no more of it than they need.

Meetings are of one series if they name the same one, and not two organizations.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.judged import Follow, Summary
from minutes_cli.say import Say
from minutes_cli.source import Source, Span

_BITS = 24  # of an offset, since no file is longer
_N = "[0-9０-９]{1,4}|[一二三四五六七八九十百零〇]{1,7}"
_ORDINALS = re.compile(rf"(?:第[ 　]*(?:{_N})[ 　]*屆)?[ 　]*第[ 　]*(?:{_N})[ 　]*次|會議(?:紀錄)?$")


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
    """One meeting of a series: `place` is where its session stands, `dated` where its date does."""

    term: int | None
    session: int
    date: str
    place: Place
    dated: Place
    decisions: tuple[str, ...]
    excerpt: bool
    follows: tuple[Follow, ...]


class Way(NamedTuple):
    """A way to write a name: its words, its `form` as in `judged.Seen`, the field that it stands in."""

    name: str
    form: str
    field: str


@dataclass(slots=True)
class Series:
    """`meetings` in the order of the run.  `stems` are their titles without 第N次 and 會議.  `names` holds, by the key of a
    name, each way that it is written, with the places where it is, each as one number (see `placed`)."""

    name: str
    organization: str
    stems: set[str] = field(default_factory=set)
    meetings: list[Meeting] = field(default_factory=list)
    names: dict[str, dict[tuple[str, str, str], array[int]]] = field(default_factory=dict)


class Archive:
    """All series of a run.  `source` gives a file's text again, when a finding has to name a line of it."""

    def __init__(self, source: Callable[[int], Source]) -> None:
        self._source = source
        self._series: dict[str, dict[str, Series]] = {}

    def add(self, number: int, summary: Summary) -> None:
        """Take up the meeting that stands at `number` in the run; one without a series is like no other."""
        if not summary.series:
            return
        named = self._series.setdefault(summary.series, {})
        series = named.get(summary.organization)
        if series is None:
            series = named[summary.organization] = Series(summary.series, summary.organization)
        series.stems.add(_ORDINALS.sub("", summary.title))
        _meet(series, number, summary)
        _name(series, number, summary)

    def series(self) -> Iterator[Series]:
        """Each series, in the order in which they began."""
        for named in self._series.values():
            if len(named) == 2 and "" in named:
                yield _joined(*named.values())
            else:
                yield from named.values()

    def shown(self, place: Place) -> str:
        """A place as messages name it: `2024/a.md:7`."""
        source = self._source(place.number)
        return f"{source.name}:{source.line_column(place.span.start)[0]}"


def _meet(series: Series, number: int, summary: Summary) -> None:
    if summary.session is None:
        return
    places = dict(summary.places)
    top = Span(0, 3)
    series.meetings.append(
        Meeting(
            summary.term,
            summary.session,
            summary.date,
            Place(number, places.get("session", top)),
            Place(number, places.get("date", top)),
            summary.decisions,
            summary.excerpt,
            summary.follows,
        )
    )


def _name(series: Series, number: int, summary: Summary) -> None:
    names, here = series.names, number << _BITS
    for name, form, where, key, start, _ in summary.people:
        ways = names.get(key)
        if ways is None:
            ways = names[key] = {}
        places = ways.get((name, form, where))
        if places is None:
            places = ways[name, form, where] = array("Q")
        places.append(here | start)


def placed(way: Way, packed: int) -> Place:
    """A place of a name out of the number that `Series.names` has for it."""
    start = packed & (1 << _BITS) - 1
    return Place(packed >> _BITS, Span(start, start + len(way.name)))


def _joined(one: Series, other: Series) -> Series:
    """A series whose meetings name one organization, or none."""
    whole = Series(one.name, one.organization or other.organization, one.stems | other.stems)
    whole.meetings = sorted(one.meetings + other.meetings, key=lambda meeting: meeting.place)
    for part in (one, other):
        for key, ways in part.names.items():
            for way, places in ways.items():
                whole.names.setdefault(key, {}).setdefault(way, array("Q")).extend(places)
    return whole


def called(term: int | None, session: int) -> Say:
    """A meeting as messages call it: 第5屆第8次會議."""
    if term is None:
        return Say(f"第{session}次會議", f"session {session}")
    return Say(f"第{term}屆第{session}次會議", f"session {session} of term {term}")
