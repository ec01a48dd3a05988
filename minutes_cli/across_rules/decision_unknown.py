"""The tracking section refers to a decision that its meeting did not make.
追蹤的決議，在那次會議的紀錄裡找不到。

Why: 「第4次會議決議9」 must lead to a decision.  A number that leads nowhere is most often one that changed when the
minutes of the earlier meeting were corrected.
為什麼：「第4次會議決議9」要找得到那一項決議。找不到的號碼，多半是前次紀錄修正之後號碼變了，追蹤表沒有跟著改。

Bad:

    === 4.md
    ---
    series: smart-city
    session: 4
    ---

    ## 決議事項

    一、同意。
    === 5.md
    ---
    series: smart-city
    session: 5
    ---

    ## 歷次會議決議追蹤

    一、第4次會議決議3：已完成，解除列管。

Good:

    === 4.md
    ---
    series: smart-city
    session: 4
    ---

    ## 決議事項

    一、同意。
    === 5.md
    ---
    series: smart-city
    session: 5
    ---

    ## 歷次會議決議追蹤

    一、第4次會議決議1：已完成，解除列管。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from minutes_cli.diagnostics import ERROR, WARNING, Diagnostic
from minutes_cli.judged import Follow, Summary
from minutes_cli.many.archive import Archive, Finding, Meeting, Place, Series, called
from minutes_cli.say import Say

CODE = "decision-unknown"
OF_A_FOLDER = False

# What stands before the name of a body and is no part of it, and what an office calls itself.
_BEFORE = r"(?:有關|關於|依據|依|查|經|前述|上述|前揭|前開|歷次)+"
_OURS = r"本(?:[部府院局處署校縣市]|公司)?"
_HINT = Say("請查對會次與決議的號碼", "look up the session and the number of the decision")

_Sessions = dict[int, list[Meeting]]


def check(archive: Archive) -> Iterator[Finding]:
    every = list(archive.series())
    sessions = lru_cache(2)(lambda series: _sessions(archive.meetings(series)))
    for series in every:
        for meeting in archive.meetings(series):
            for follow in archive.summary(meeting.number).follows if meeting.follows else ():
                body = _body(follow.body, series, every)
                if body is series:
                    yield from _ours(archive, meeting, follow, sessions(body))
                elif body:
                    yield from _made(archive, meeting, follow, _of_term(sessions(body), follow, follow.term))


def _sessions(meetings: Iterable[Meeting]) -> _Sessions:
    found: _Sessions = {}
    for meeting in meetings:
        found.setdefault(meeting.session, []).append(meeting)
    return found


def _of_term(sessions: _Sessions, follow: Follow, term: int | None) -> list[Meeting]:
    """The meetings of the number that is meant; of any term where none is known."""
    found = sessions.get(follow.session, [])
    return [one for one in found if one.term == term] if term is not None else found


def _body(text: str, own: Series, every: list[Series]) -> Series | None:
    """The series whose body is meant: this one where none is named; None where it cannot be told."""
    before = re.match(_BEFORE, text)
    name = text[before.end() :] if before else text
    ours = re.match(_OURS, name)
    name = name[ours.end() :] if ours else name
    if not name:
        return own
    whole = [series for series in every if series.name == name or any(stem and stem in name for stem in series.stems)]
    ends = whole or [series for series in every if any(stem.endswith(name) for stem in series.stems)]
    if own in ends:
        return own
    return ends[0] if len(ends) == 1 else None


def _ours(archive: Archive, meeting: Meeting, follow: Follow, sessions: _Sessions) -> Iterator[Finding]:
    term = meeting.term if follow.term is None else follow.term
    ahead = term == meeting.term and follow.session > meeting.session
    if ahead and (meeting.term is None or follow.term is not None):
        yield _ahead(meeting, follow)
        return
    found = [] if ahead else [one for one in sessions.get(follow.session, []) if one.term == term]
    if not found and follow.term is None:  # a session of an earlier term, which nobody named
        found = [one for one in sessions.get(follow.session, []) if one.number != meeting.number]
    yield from _made(archive, meeting, follow, found)


def _ahead(meeting: Meeting, follow: Follow) -> Finding:
    mine, theirs = called(meeting.term, meeting.session), called(follow.term, follow.session)
    message = Say(
        f"這是{mine.zh}，還不會有{theirs.zh}的決議",
        f"these are the minutes of {mine.en}: {theirs.en} has not decided anything yet",
    )
    return Finding(meeting.number, Diagnostic(follow.span, CODE, message, hint=_HINT))


def _made(archive: Archive, meeting: Meeting, follow: Follow, targets: list[Meeting]) -> Iterator[Finding]:
    """A finding, if the meeting that is meant stands in the folder and none that may be meant made the decision."""
    if not targets or any(_may_have(archive.summary(target.number), follow.number) for target in targets):
        return
    target, made = targets[0], archive.summary(targets[0].number).decisions
    name, where = called(target.term, target.session), archive.shown(archive.numbered(target))
    message = _lacking(f"{name.zh}（{where}）", f"{name.en} ({where})", made, follow.number)
    severity = ERROR if made else WARNING
    told = Diagnostic(follow.span, CODE, message, severity, _HINT)
    referred = archive.shown(Place(meeting.number, follow.span))
    other = Say(
        f"{referred} 追蹤這次會議的決議{follow.number}，這裡沒有這一項",
        f"{referred} follows up decision {follow.number} of this meeting, which is not here",
    )
    instead = Diagnostic(archive.numbered(target).span, CODE, other, severity, _HINT)
    yield Finding(meeting.number, told, Finding(target.number, instead))


def _may_have(meeting: Summary, number: int) -> bool:
    return meeting.excerpt or str(number) in meeting.decisions or f"案{number}" in meeting.decisions


def _lacking(zh: str, en: str, made: tuple[str, ...], number: int) -> Say:
    if not made:
        return Say(f"{zh}的紀錄裡沒有決議", f"the minutes of {en} hold no decision")
    return Say(
        f"{zh}沒有決議{number}，只有 {'、'.join(made)}", f"{en} made no decision {number}, only {', '.join(made)}"
    )
