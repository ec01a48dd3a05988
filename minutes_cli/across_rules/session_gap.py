"""A session of a series is missing.
同一系列的會議中間少了一次。

Why: Whoever follows the decisions of a series has to know all of its meetings.  A gap is a file that was never handed
in, or a number that was counted wrong.
為什麼：要追蹤一個系列的決議，每一次會議的紀錄都要有。少了一次，不是檔案沒有交，就是會次數錯了。

Bad:

    === 4.md
    ---
    series: smart-city
    session: 4
    date: 2024-05-02
    ---
    === 6.md
    ---
    series: smart-city
    session: 6
    date: 2024-06-06
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

from collections.abc import Iterator
from itertools import pairwise

from minutes_cli.diagnostics import WARNING, Diagnostic
from minutes_cli.many.archive import Archive, Finding, Meeting, called
from minutes_cli.say import Say

CODE = "session-gap"
OF_A_FOLDER = True

_HINT = Say("請把缺少的紀錄放進資料夾，或查對會次", "put the missing minutes into the folder, or look up the session")


def check(archive: Archive) -> Iterator[Finding]:
    for series in archive.series():
        known: dict[tuple[int, int], Meeting] = {}
        for meeting in archive.meetings(series):
            known.setdefault((meeting.term or 0, meeting.session), meeting)
        for before, meeting in pairwise(known[key] for key in sorted(known)):
            if meeting.term == before.term and meeting.session > before.session + 1:
                yield _told(archive, meeting, before)._replace(instead=_told(archive, before, meeting))


def _told(archive: Archive, meeting: Meeting, other: Meeting) -> Finding:
    first, last = sorted((meeting.session, other.session))
    name, missing = called(other.term, other.session), _missing(meeting.term, first + 1, last - 1)
    where = archive.shown(archive.numbered(other))
    message = Say(
        f"{called(meeting.term, meeting.session).zh}與{name.zh}（{where}）之間，缺少{missing.zh}的紀錄",
        f"between {called(meeting.term, meeting.session).en} and {name.en} ({where}), the minutes of {missing.en} are missing",
    )
    return Finding(meeting.number, Diagnostic(archive.numbered(meeting).span, CODE, message, WARNING, _HINT))


def _missing(term: int | None, first: int, last: int) -> Say:
    if first == last:
        return called(term, first)
    return Say(f"第{first}次到第{last}次會議", f"sessions {first} to {last}")
