"""The meeting, or one of its sittings, ends before it starts.
散會（或分段的結束）早於開始。

Why: Both times are printed in the header, where nobody checks them again; most often 下午4時 was typed as 4:00.
為什麼：起訖時間會印在標頭，之後不會再有人核對；最常見的是把下午4時打成 4:00。

Bad:

    ---
    start: 14:00
    end: 4:20
    ---

Good:

    ---
    start: 14:00
    end: 16:20
    ---
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import FieldPath, Minutes

CODE = "end-before-start"

_PLAIN = re.compile(r"[0-9]{1,2}:[0-9]{2}")  # 上午4時 says what was meant
_CLOCK = r"[0-2][0-9]:[0-5][0-9]\Z"


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    data = minutes.meta.data
    yield from _judge(minutes, data, ())
    sittings = data.get("sittings")
    if not isinstance(sittings, list):
        return
    before: dict[str, Any] = {}
    for i, sitting in enumerate(sittings):
        if isinstance(sitting, dict):
            yield from _judge(minutes, sitting, ("sittings", i))
            yield from _overlap(minutes, before, sitting, i)
            before = sitting


def _judge(minutes: Minutes, times: dict[str, Any], path: FieldPath) -> Iterator[Diagnostic]:
    start, end = _clock(times.get("start")), _clock(times.get("end"))
    if not start or not end or end > start:
        return
    message = Say(f"{start} 開始，卻在 {end} 散會", f"starts at {start}, but ends at {end}")
    hour, minute = end.split(":")
    later = f"{int(hour) + 12}:{minute}" if int(hour) < 12 else ""
    place = minutes.meta.where(*path, "end")
    fix = (Edit(place, later),) if not path and later > start and _PLAIN.fullmatch(minutes.source.text, *place) else ()
    hint = Say(
        f"如果是下午，請寫 {later}" if later > start else "請查對開始與散會的時間",
        f"write {later} if it was in the afternoon" if later > start else "look up both times",
    )
    yield Diagnostic(place, CODE, message, hint=hint, fix=fix, unsafe=bool(fix))


def _overlap(minutes: Minutes, before: dict[str, Any], sitting: dict[str, Any], i: int) -> Iterator[Diagnostic]:
    end, start = _clock(before.get("end")), _clock(sitting.get("start"))
    same_day = sitting.get("date", before.get("date")) == before.get("date", minutes.meta.data.get("date"))
    if not end or not start or start >= end or not (same_day or "date" not in sitting):
        return
    message = Say(
        f"這一段 {start} 開始，前一段到 {end} 才結束", f"starts at {start}; the sitting before it ends at {end}"
    )
    hint = Say("請照時間先後排列，並查對時間", "put the sittings in their order and look up the times")
    yield Diagnostic(minutes.meta.where("sittings", i, "start"), CODE, message, hint=hint)


def _clock(value: Any) -> str:
    """HH:MM, which is how times are lifted, or "" for what is no time."""
    return value if isinstance(value, str) and re.match(_CLOCK, value) else ""
