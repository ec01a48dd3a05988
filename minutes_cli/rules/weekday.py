"""The weekday is not the one on which the date falls.
星期與日期不符。

Why: People come on the weekday and file by the date.  In real records the year is as often the slip as the weekday:
the file of last year's meeting was copied.
為什麼：大家照星期赴會、照日期歸檔。打錯的不一定是星期，常常是沿用去年的檔案而年份忘了改。

Bad:

    ---
    date: 104年9月24日（星期五）
    ---

Good:

    ---
    date: 104年9月24日（星期四）
    ---
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Edit, Say
from minutes_cli.document import Minutes
from minutes_cli.front.calendar import ROC, WEEKDAYS, read_date
from minutes_cli.rules._scan import body_start, proses
from minutes_cli.source import Span

CODE = "weekday"

_SIGN = re.compile("日[（(星 　]")  # which few texts have; the others are compiled where one has it
_WEEKDAY = r"(?:(?:星期|禮拜|週|周)|[（(])([一二三四五六日天])(?=[）)]|[^日月年]|\Z)"
_IN_TEXT = (
    r"(?:中華民國|民國|西元)?[ 　]*[0-9０-９]{2,4}[ 　]*年[ 　]*[0-9０-９]{1,2}[ 　]*月[ 　]*[0-9０-９]{1,2}[ 　]*日"
    r"[ 　]*(?:[（(](?:星期|禮拜|週|周)?[一二三四五六日天][）)]|星期[一二三四五六日天])"
)


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    for path, typed in minutes.meta.typed.items():
        if path[0] not in minutes.meta.broken:
            yield from _judge(minutes, typed, minutes.meta.where(*path))
    for prose in proses(minutes) if _SIGN.search(minutes.source.text, body_start(minutes)) else ():
        if "年" in prose.text and _SIGN.search(prose.text):
            for found in re.finditer(_IN_TEXT, prose.text):
                yield from _judge(minutes, found[0], prose.span(*found.span()))


def _judge(minutes: Minutes, typed: str, span: Span) -> Iterator[Diagnostic]:
    found = read_date(typed) if isinstance(typed, str) else None
    if found is None or found.weekday is None or found.weekday == found.date.weekday():
        return
    said, true = (f"星期{WEEKDAYS[day]}" for day in (found.weekday, found.date.weekday()))
    date = found.date
    message = Say(
        f"寫的是「{said}」，但 {date.year - ROC}年{date.month}月{date.day}日（{date.isoformat()}）是{true}",
        f"says {said}, but {date.isoformat()} is a {date:%A} ({true})",
    )
    years = "、".join(f"{year - ROC}年（{year}）" for year in _years(date, found.weekday))
    hint = Say(
        f"請查對星期、月日與年份，也可能是年份打錯：{years}的這一天是{said}"
        if years
        else "請查對星期、月日與年份，也可能是年份打錯",
        "look up the weekday and the date; the year may be the wrong one"
        + (f": the day was a {said} in {', '.join(map(str, _years(date, found.weekday)))}" if years else ""),
    )
    fix = _fix(minutes.source.text, span, WEEKDAYS[date.weekday()])
    yield Diagnostic(span, CODE, message, hint=hint, fix=fix, unsafe=bool(fix))


def _fix(text: str, span: Span, right: str) -> tuple[Edit, ...]:
    """The weekday made to fit the date, where it is written in Chinese."""
    found = list(re.compile(_WEEKDAY).finditer(text, *span))
    return (Edit(Span(*found[0].span(1)), right),) if len(found) == 1 else ()


def _years(date: datetime.date, weekday: int) -> list[int]:
    """The years near by in which the day fell on that weekday."""
    near = []
    for year in (date.year - 1, date.year + 1, date.year - 2, date.year + 2):
        try:
            if 1 <= year <= 9999 and date.replace(year=year).weekday() == weekday:
                near.append(year)
        except ValueError:
            continue
    return near
