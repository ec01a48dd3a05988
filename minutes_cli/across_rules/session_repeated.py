"""Two files record the same meeting of a series.
同一系列的同一次會議有兩份紀錄。

Why: A decision is known by its series, session and number; where two meetings bear one number, nobody can tell which of
them decided.  Most often a file was copied and its number was left as it was.
為什麼：決議靠會議系列、會次與號碼辨認；兩次會議同號，就分不出是哪一次的決議。多半是複製上次的檔案，忘了改會次。

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
    session: 4
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

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.many.archive import Archive, Finding, Meeting, called
from minutes_cli.say import Say

CODE = "session-repeated"
OF_A_FOLDER = False


def check(archive: Archive) -> Iterator[Finding]:
    for series in archive.series():
        first: dict[tuple[int | None, int], Meeting] = {}
        for meeting in archive.meetings(series):
            known = first.setdefault((meeting.term, meeting.session), meeting)
            if known is not meeting:
                yield _told(archive, meeting, known)._replace(instead=_told(archive, known, meeting))


def _told(archive: Archive, meeting: Meeting, known: Meeting) -> Finding:
    name, where = called(meeting.term, meeting.session), archive.shown(archive.numbered(known))
    message = Say(f"{name.zh}還有另一份紀錄：{where}", f"{name.en} is recorded twice: see {where}")
    hint = Say("請查對會次；同一次會議只留一份", "look up the session; keep one file of each meeting")
    return Finding(meeting.number, Diagnostic(archive.numbered(meeting).span, CODE, message, hint=hint))
