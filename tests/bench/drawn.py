"""A made-up meeting, before it is spelled in one way or another."""

from __future__ import annotations

import datetime
from typing import NamedTuple


class Person(NamedTuple):
    name: str
    unit: str
    title: str


class Point(NamedTuple):
    text: str
    points: tuple[Point, ...] = ()
    owner: str = ""


class Speaker(NamedTuple):
    name: str
    points: tuple[Point, ...]
    unit: str
    reply: tuple[Point, ...]


class Case(NamedTuple):
    text: str
    reasons: tuple[Point, ...]
    plans: tuple[Point, ...]
    speakers: tuple[Speaker, ...]
    decision: str


class Row(NamedTuple):
    decision: str
    done: str
    state: str


class Section(NamedTuple):
    name: str
    points: tuple[Point, ...] = ()
    text: str = ""
    speakers: tuple[Speaker, ...] = ()
    cases: tuple[Case, ...] = ()
    rows: tuple[Row, ...] = ()


class Meeting(NamedTuple):
    title: str
    organization: str
    series: str
    session: int
    start: datetime.datetime
    end: datetime.datetime
    location: str
    chair: Person
    recorder: Person
    members: tuple[Person, ...]
    officials: tuple[Person, ...]
    observers: tuple[Person, ...]
    attachments: tuple[str, ...]
    sections: tuple[Section, ...]
