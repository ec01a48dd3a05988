"""A meeting's date is not in the order of the sessions of its series.
會議日期跟會次的先後不合。

Why: The later session was held later.  Where the dates say otherwise, a date or a number is wrong, most often the year.
為什麼：會次在後，日期也應該在後。不合的時候，不是日期就是會次打錯，最常打錯的是年份。

Bad:

    === 4.md
    ---
    series: smart-city
    session: 4
    date: 2024-05-02
    ---
    === 5.md
    ---
    series: smart-city
    session: 5
    date: 2023-06-06
    ---

Good:

    === 4.md
    ---
    series: smart-city
    session: 4
    date: 2024-05-02
    ---
    === 5.md
    ---
    series: smart-city
    session: 5
    date: 2024-06-06
    ---
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.many.archive import Archive, Finding, Meeting, called
from minutes_cli.say import Say

CODE = "session-order"
OF_A_FOLDER = False

_HINT = Say("請查對日期（最常打錯的是年份）與會次", "look up the date (most often it is the year) and the session")


def check(archive: Archive) -> Iterator[Finding]:
    for series in archive.series():
        for with_term in (False, True):
            yield from _check(archive, _in_order(archive.meetings(series), with_term))


def _in_order(meetings: Sequence[Meeting], with_term: bool) -> list[Meeting]:
    """The meetings that have a date, by term and session, each once."""
    known: dict[tuple[int, int], Meeting] = {}
    for meeting in meetings:
        if (meeting.term is not None) is with_term and _date(meeting):
            known.setdefault((meeting.term or 0, meeting.session), meeting)
    return [meeting for _, meeting in sorted(known.items())]


def _check(archive: Archive, meetings: list[Meeting]) -> Iterator[Finding]:
    """As few dates as possible are called wrong: those outside the longest row of meetings that are in order."""
    right = _longest([meeting.date for meeting in meetings])
    for position, meeting in enumerate(meetings):
        if position in right:
            continue
        before = max((known for known in right if known < position), default=None)
        if before is not None and meetings[before].date > meeting.date:
            other = meetings[before]
        else:
            other = meetings[min(known for known in right if known > position)]
        yield _told(archive, meeting, other)._replace(instead=_told(archive, other, meeting))


def _longest(dates: Sequence[str]) -> set[int]:
    """The positions of a longest row without a step back; of several, one that holds on to the earlier positions."""
    ends: list[str] = []  # the latest date that a row of each length may begin with, turned round to be ascending
    heads: list[int] = []
    following: dict[int, int | None] = {}
    for position in range(len(dates) - 1, -1, -1):
        turned = _turned(dates[position])
        length = bisect_right(ends, turned)
        following[position] = heads[length - 1] if length else None
        ends[length : length + 1] = [turned]
        heads[length : length + 1] = [position]
    row: set[int] = set()
    at = heads[-1] if heads else None
    while at is not None:
        row.add(at)
        at = following[at]
    return row


def _turned(date: str) -> str:
    """A text that sorts the other way round."""
    return "".join(chr(ord("9") - ord(char) + ord("0")) if char.isdigit() else char for char in date)


def _date(meeting: Meeting) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.date.fromisoformat(meeting.date)
    return None


def _told(archive: Archive, meeting: Meeting, other: Meeting) -> Finding:
    mine, theirs = called(meeting.term, meeting.session), called(other.term, other.session)
    where = archive.shown(archive.dated(other))
    zh, en = ("早於", "before") if meeting.date < other.date else ("晚於", "after")
    message = Say(
        f"{mine.zh}的日期 {_words(meeting)} {zh}{theirs.zh}的 {_words(other)}（{where}）",
        f"{mine.en} is dated {meeting.date}, {en} {theirs.en} of {other.date} ({where})",
    )
    return Finding(meeting.number, Diagnostic(archive.dated(meeting).span, CODE, message, hint=_HINT))


def _words(meeting: Meeting) -> str:
    from minutes_cli.front import calendar  # late, because most folders are in order

    date = _date(meeting)
    return calendar.date_words(date, "{roc}年{month}月{day}日") if date else meeting.date
