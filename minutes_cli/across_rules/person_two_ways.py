"""A person's name is written two ways in one series.
同一個人的姓名，在同一系列的紀錄裡有兩種寫法。

Why: 溫平 and 温平, 周　翊 and 周翊, 馬主任正維 and 馬正維 are one person to a reader, and two to whoever searches the
minutes or counts attendance.  Two people may of course bear such names: this is only a notice.
為什麼：溫平與温平、周　翊與周翊、馬主任正維與馬正維，看的人知道是同一個人，搜尋或統計出席時卻成了兩個人。
也可能真的是兩個人，所以只是提醒。

Bad:

    === 4.md
    ---
    series: smart-city
    session: 4
    attendees: [溫平, 周翊]
    ---
    === 5.md
    ---
    series: smart-city
    session: 5
    attendees: [温平, 周翊]
    ---

Good:

    === 4.md
    ---
    series: smart-city
    session: 4
    attendees: [溫平, 周翊]
    ---
    === 5.md
    ---
    series: smart-city
    session: 5
    attendees: [溫平, 周翊]
    ---
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

from minutes_cli.diagnostics import INFO, Diagnostic
from minutes_cli.many.archive import Archive, Finding, Place, Series
from minutes_cli.say import Say
from minutes_cli.source import Span

CODE = "person-two-ways"
OF_A_FOLDER = False

_HINT = Say("若是同一個人，請統一成一種寫法", "if this is one person, write the name in one way")

_Ways = dict["Way", list[Place]]
_Feature = Callable[["Way"], Hashable]


class Way(NamedTuple):
    """A way to write a name: its words, its `form` as in `judged.Seen`, the field that it stands in."""

    name: str
    form: str
    field: str


def check(archive: Archive) -> Iterator[Finding]:
    for series in archive.series():
        for ways in _differing(archive, series):
            yield from _check(archive, ways)


def _differing(archive: Archive, series: Series) -> Iterable[_Ways]:
    """The ways of each name that is written in more than one."""
    marks = archive.marks(series)
    if len({mark >> 32 for mark in marks}) == len(marks):
        return ()
    found: dict[str, _Ways] = {}
    for number in series.files:
        for one in archive.summary(number).people:
            way = Way(one.name, one.form, one.field)
            found.setdefault(one.key, {}).setdefault(way, []).append(Place(number, one.span))
    return found.values()


def _check(archive: Archive, ways: _Ways) -> Iterator[Finding]:
    """Each comparison in turn; a place is told of once."""
    from minutes_cli.front.naming import one_form  # late, because in most folders there is nothing to compare
    from minutes_cli.front.people import bare

    plain = {way: bare(way.name) for way in ways}
    compared: tuple[tuple[_Feature, _Feature], ...] = (  # what is alike, and what then must not differ
        (lambda way: one_form(plain[way]), lambda way: plain[way]),
        (lambda way: (_kind(way), plain[way]), lambda way: way.name),
        (lambda way: (_kind(way), way.form == "parts"), lambda way: way.form),
    )
    told: set[Place] = set()
    for within, by in compared:
        for alternatives in _grouped(ways, within, by):
            if len(alternatives) > 1:
                yield from _odd(archive, ways, alternatives, told)


def _kind(way: Way) -> str:
    """Who is in the chair is written with a title where a list of members is not, and a list may be padded."""
    return way.field if way.field in ("chair", "recorder") else "list"


def _grouped(ways: _Ways, within: _Feature, by: _Feature) -> Iterator[list[list[Way]]]:
    groups: dict[Hashable, dict[Hashable, list[Way]]] = {}
    for way in ways:
        groups.setdefault(within(way), {}).setdefault(by(way), []).append(way)
    return (list(alternatives.values()) for alternatives in groups.values())


def _odd(archive: Archive, ways: _Ways, alternatives: list[list[Way]], told: set[Place]) -> Iterator[Finding]:
    """A finding for each file that does not write the name as the register has it, or else as most files do (of two as
    many: as the first does)."""
    places = [_places(ways, alternative) for alternative in alternatives]
    registered = [any(way.form == "registered" for way in alternative) for alternative in alternatives]
    best = max(range(len(places)), key=lambda n: (registered[n], len(places[n]), -min(places[n])))
    usual = places[best]
    name, where = usual[min(usual)]
    for found in places:
        if found is not usual:
            for number, (odd, span) in sorted(found.items()):
                place = Place(number, span)
                if place not in told:
                    told.add(place)
                    yield Finding(number, _told(odd, span, name, archive.shown(Place(min(usual), where))))


def _places(ways: _Ways, alternative: list[Way]) -> dict[int, tuple[str, Span]]:
    """The first place in each file where a name is written one of these ways."""
    found: dict[int, tuple[str, Span]] = {}
    for way in alternative:
        for number, span in ways[way]:
            if number not in found or span.start < found[number][1].start:
                found[number] = (way.name, span)
    return found


def _told(odd: str, span: Span, name: str, where: str) -> Diagnostic:
    message = Say(f"「{odd}」在 {where} 寫成「{name}」", f"{odd} is written {name} in {where}")
    return Diagnostic(span, CODE, message, INFO, _HINT)
