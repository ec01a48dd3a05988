"""Dates and times as recorders type them in, `datetime` values out, and back into the words of a layout.

A year below 1000 is a 民國 year.  What cannot be read is None here, and `date_fault` or `time_fault` tells why.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from minutes_cli.diagnostics import NOTHING, Say
from minutes_cli.numerals import fold, value

WEEKDAYS = "一二三四五六日"
ROC = 1911

_HALF = str.maketrans("：﹕︰／．。－‐‑‒–—−（）〔〕［］【】", ":::/..-------()()()()", "\u200b\ufeff")
# Of which `_number` says whether it is a number: to name the signs here would take a millisecond to compile.
_N = r"[0-9]{1,4}|(?:[^\W\da-z_]|○){1,7}?"
_WEEKDAY = (
    r"(?:\(?(?:星期|禮拜|週|周)(?P<week>.)\)?|\((?P<day_only>[一二三四五六日天])\)"
    r"|,?\(?(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?\)?)?"
)
_DATE = re.compile(
    rf"(?P<era>中華民國|民國|西元|公元)?(?:(?P<y>{_N})年(?P<m>{_N})月(?P<d>{_N})[日號]"
    r"|(?P<y2>[0-9]{1,4})(?P<mark>[-/.])(?P<m2>[0-9]{1,2})(?P=mark)(?P<d2>[0-9]{1,2})"
    rf"|(?P<y3>[0-9]{{2,4}})(?P<m3>[0-9]{{2}})(?P<d3>[0-9]{{2}})){_WEEKDAY}"
)
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MORNING = ("上午", "早上", "清晨", "凌晨", "am")
_NOON = ("中午", "正午")
_LATE = ("下午", "午後", "傍晚", "晚上", "夜間", "pm")
_PERIOD = "|".join((*_MORNING[:-1], *_NOON, *_LATE[:-1], r"a\.?m\.?", r"p\.?m\.?"))
_TIME = re.compile(
    rf"\(?(?P<period>{_PERIOD})?(?:(?P<h>{_N})[時點](?:(?P<half>半)|(?![整正])(?P<m>{_N})分?|)[整正]?"
    r"|(?P<h2>[0-9]{1,2}):(?P<m2>[0-9]{2})(?::00)?[分整正]?|(?P<h3>[0-9]{2})(?P<m3>[0-9]{2}))"
    r"(?P<after>[ap]\.?m\.?)?\)?"
)


class DateFound(NamedTuple):
    """A date, and the weekday as typed behind it (0 = Monday), which may be another one."""

    date: datetime.date
    weekday: int | None


class Fault(NamedTuple):
    """Why a date or a time cannot be read, and what to do.  `right` is what was meant, where only one thing can be."""

    code: str
    message: Say
    hint: Say = NOTHING
    right: str = ""


class _Date(NamedTuple):
    era: str
    year: int
    month: int
    day: int
    week: str

    @property
    def gregorian(self) -> int:
        return self.year + ROC if self.year < 1000 else self.year


class _Time(NamedTuple):
    period: str
    hour: int
    minute: int


def _plain(text: str) -> str:
    return "".join(fold(text).translate(_HALF).split()).lower()


def _number(text: str) -> int:
    """A numeral of a date: 一○四 and 二○一五 are read digit by digit; -1 if it is none."""
    found = value(text)
    if found is None and len(text) == 4 and all(c in "○一二三四五六七八九" for c in text):
        found = int("".join(str("○一二三四五六七八九".index(c)) for c in text))
    if found is None and text.strip("0○") == "":
        found = 0
    return -1 if found is None else found


def _date_parts(text: str) -> _Date | None:
    found = _DATE.fullmatch(_plain(text))
    if not found:
        return None
    year, month, day = (_number(found[k] or found[k + "2"] or found[k + "3"]) for k in "ymd")
    if -1 in (year, month, day):
        return None
    week = found["week"] or found["day_only"] or ""
    if found["english"]:
        week = WEEKDAYS[_ENGLISH.index(found["english"])]
    return _Date(found["era"] or "", year, month, day, week.replace("天", "日"))


def read_date(text: str) -> DateFound | None:
    """The date that `text` writes in any of the forms of docs/format.md, or None.

    >>> read_date("民國104年9月24日（星期四）")
    DateFound(date=datetime.date(2015, 9, 24), weekday=3)
    >>> read_date("1131023").date.isoformat(), read_date("2015-02-30")
    ('2024-10-23', None)
    """
    parts = _date_parts(text)
    if parts is None or _date_slip(parts):
        return None
    date = datetime.date(parts.gregorian, parts.month, parts.day)
    return DateFound(date, WEEKDAYS.index(parts.week) if parts.week else None)


def _date_slip(parts: _Date) -> Say | None:
    """What is impossible about a date that has the right shape."""
    era, year, month, day, week = parts
    if year < 1 or (era and (year >= 1000) == era.endswith("民國")) or parts.gregorian > 9999:
        return Say(f"沒有{era or '民國'}{year}年", f"there is no year {era}{year}")
    if not 1 <= month <= 12:
        return Say(f"沒有{month}月", f"there is no month {month}")
    if not 1 <= day <= _days(parts.gregorian, month):
        return Say(f"{year}年{month}月沒有{day}日", f"{parts.gregorian}-{month:02} has no day {day}")
    if week and week not in WEEKDAYS:
        return Say(f"沒有「星期{week}」", f"there is no weekday 星期{week}")
    return None


def _days(year: int, month: int) -> int:
    first = datetime.date(year, month, 1)
    return 31 if month == 12 else (first.replace(month=month + 1) - first).days


DATE_HINT = Say(
    "日期可以寫成 2015-09-24、104年9月24日、104/9/24 或 1040924",
    "write a date as 2015-09-24, 104年9月24日, 104/9/24 or 1040924",
)
TIME_HINT = Say("時間可以寫成 14:30 或 下午2時30分", "write a time as 14:30 or 下午2時30分")
_CLOCK = r"[0-9]:[0-9]{2}|[0-9一二三四五六七八九十][時點]"


def _quoted(text: str) -> tuple[str, str]:
    """`text` as a message quotes it, in Chinese and in English."""
    short = text if len(text) <= 24 else text[:23] + "…"
    return f"「{short}」", repr(short)


def date_fault(text: str) -> Fault | None:
    """Why `text` is no date; None where it is one."""
    parts = _date_parts(text)
    if parts is not None:
        slip = _date_slip(parts)
        return Fault("date-unreadable", slip, DATE_HINT) if slip else None
    zh, en = _quoted(text)
    if re.search(_CLOCK, _plain(text)):
        message = Say(f"{zh}裡還有時間，這裡只寫日期", f"{en} holds a time as well; this is for a date only")
        return Fault(
            "date-unreadable", message, Say("時間請寫在「開始」與「散會」", "put the times into start and end")
        )
    return Fault("date-unreadable", Say(f"{zh}讀不出日期", f"{en} is not a date"), DATE_HINT)


def _time_parts(text: str) -> _Time | None:
    found = _TIME.fullmatch(_plain(text))
    if not found or (found["period"] and found["after"]):
        return None
    hour = _number(found["h"] or found["h2"] or found["h3"])
    minute = 30 if found["half"] else _number(found["m"] or found["m2"] or found["m3"] or "0")
    period = (found["period"] or found["after"] or "").replace(".", "")
    return None if -1 in (hour, minute) else _Time(period, hour, minute)


def _hour(period: str, hour: int) -> int | None:
    """The hour of the day; None where the period does not go with the hour.  上午12時 may mean noon or midnight."""
    if period in _MORNING:
        return 0 if hour == 12 and period in ("凌晨", "am") else hour if hour < 12 else None
    if period in _NOON:
        return hour if hour in (11, 12) else 13 if hour == 1 else None
    if period in _LATE:
        return 12 if hour in (0, 12) and period in ("下午", "午後", "pm") else hour + 12 if 0 < hour < 12 else None
    return hour


def read_time(text: str) -> datetime.time | None:
    """The time that `text` writes, or None.

    >>> [str(read_time(t)) for t in ("9:00", "下午2時30分", "14：00", "中午12時", "下午14時")]
    ['09:00:00', '14:30:00', '14:00:00', '12:00:00', 'None']
    """
    parts = _time_parts(text)
    hour = _hour(parts.period, parts.hour) if parts else None
    if parts is None or hour is None or not (0 <= hour < 24 and 0 <= parts.minute < 60):
        return None
    return datetime.time(hour, parts.minute)


def time_fault(text: str) -> Fault | None:
    """Why `text` is no time; None where it is one."""
    parts = _time_parts(text)
    if parts is None:
        return _not_a_time(text)
    period, hour, minute = parts
    if not 0 <= minute < 60:
        return Fault("time-unreadable", Say(f"沒有{minute}分", f"there is no minute {minute}"), TIME_HINT)
    if not 0 <= hour < 24:
        return Fault("time-unreadable", Say(f"一天沒有{hour}時", f"there is no hour {hour}"), TIME_HINT)
    if _hour(period, hour) is not None:
        return None
    if hour == 12:
        message = Say(f"「{period}12時」可能是中午，也可能是半夜", f"{period} 12 may be noon or midnight")
        return Fault("hour-and-period", message, Say("請寫 12:00 或 00:00", "write 12:00 or 00:00"))
    message = Say(f"寫了「{period}」，鐘點卻是 {hour} 時", f"{period} does not go with the hour {hour}")
    plain = f"{hour:02}:{minute:02}"
    hint = Say(f"如果是 {plain}，請不要寫「{period}」", f"write {plain}, if that is meant")
    return Fault("hour-and-period", message, hint, plain if period in _LATE and hour > 12 else "")


def _not_a_time(text: str) -> Fault:
    zh, en = _quoted(text)
    if len(re.findall(_CLOCK, _plain(text))) > 1:
        message = Say(f"{zh}裡有兩個時間，這裡只寫一個", f"{en} holds two times; this is for one")
        return Fault("time-unreadable", message, Say("起訖請分別寫在「開始」與「散會」", "put them into start and end"))
    return Fault("time-unreadable", Say(f"{zh}讀不出時間", f"{en} is not a time"), TIME_HINT)


def date_words(date: datetime.date, form: str) -> str:
    """`date` in the words of a profile's form; its fields: roc, year, month, day, weekday (星期四).

    >>> date_words(datetime.date(2015, 9, 24), "{roc}年{month:02}月{day:02}日（{weekday}）")
    '104年09月24日（星期四）'
    """
    weekday = "星期" + WEEKDAYS[date.weekday()]
    return form.format(roc=date.year - ROC, year=date.year, month=date.month, day=date.day, weekday=weekday)


def time_words(time: datetime.time, form: str) -> str:
    """`time` in the words of a profile's form; its fields: hour, minute, hour12, period (上午; from 12:00 on 下午) and
    minutes (20分; nothing at the full hour).

    >>> time_words(datetime.time(16, 20), "{period}{hour12}:{minute:02}")
    '下午4:20'
    """
    hour12 = time.hour - 12 if time.hour > 12 else time.hour
    period = "上午" if time.hour < 12 else "下午"
    minutes = f"{time.minute}分" if time.minute else ""
    return form.format(hour=time.hour, minute=time.minute, hour12=hour12, period=period, minutes=minutes)
