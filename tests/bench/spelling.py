"""A drawn meeting in, its text out: the same meeting in each of the spellings that recorders use."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from typing import NamedTuple

ENGLISH, CHINESE = "english", "chinese"


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


def front(meeting: Meeting, keys: str, canonical: bool = False) -> str:
    """The front matter as a recorder types it with these keys; or the same, in canonical keys and values."""
    chinese = keys == CHINESE
    column = 1 if chinese and not canonical else 0
    rows = _rows(meeting, _person_in_words if chinese else _person_in_parts)
    return "".join(f"{row[column]}:{row[2 + column]}\n" for row in rows)


def _rows(m: Meeting, person: Callable[[Person], str]) -> Iterator[tuple[str, str, str, str]]:
    """English key, Chinese key, canonical value, value in Chinese."""

    def same(english: str, chinese: str, value: str) -> tuple[str, str, str, str]:
        return english, chinese, value, value

    yield same("title", "會議名稱", f" {m.title}")
    yield same("organization", "機關", f" {m.organization}")
    yield same("series", "會議系列", f" {m.series}")
    yield "session", "會次", f" {m.session}", f" 第{m.session}次"
    yield "kind", "類別", " advisory", " 諮詢會議"
    yield "status", "狀態", " confirmed", " 確認"
    yield "date", "日期", f" '{m.start:%Y-%m-%d}'", f" {_chinese_date(m.start)}"
    yield "start", "開始", f" '{m.start:%H:%M}'", f" {_chinese_time(m.start)}"
    yield "end", "散會", f" '{m.end:%H:%M}'", f" {_chinese_time(m.end)}"
    yield same("location", "地點", f" {m.location}")
    yield same("chair", "主席", f" {person(m.chair)}")
    yield same("recorder", "紀錄", f" {person(m.recorder)}")
    groups = f"  委員:{_list(map(person, m.members), 4)}\n  機關代表:{_list(map(person, m.officials), 4)}"
    yield same("attendees", "出席人員", f"\n{groups}")
    yield same("observers", "列席", _list(map(person, m.observers), 2))
    yield same("attachments", "附件", _list(m.attachments, 2))


def _person_in_parts(person: Person) -> str:
    return f"{{name: {person.name}, title: {person.title}, unit: {person.unit}}}"


def _person_in_words(person: Person) -> str:
    return f"{person.unit}{person.name[0]}{person.title}{person.name[1:]}"


def _list(items: Iterable[str], indent: int) -> str:
    return "".join(f"\n{' ' * indent}- {item}" for item in items)


def _chinese_date(day: datetime.date) -> str:
    return f"{day.year - 1911}年{day.month}月{day.day}日（星期{'一二三四五六日'[day.weekday()]}）"


def _chinese_time(when: datetime.datetime) -> str:
    minutes = f"{when.minute}分" if when.minute else ""
    return f"{'上午' if when.hour < 12 else '下午'}{(when.hour - 1) % 12 + 1}時{minutes}"


def body(meeting: Meeting, name: str) -> str:
    """The sections in one spelling, or in each in turn where `name` is none of them."""
    writers = cycle([BODIES[name]] if name in BODIES else BODIES.values())
    return "\n".join(f"## {section.name}\n\n{_below(section, next(writers))}\n" for section in meeting.sections)


def _below(section: Section, write: Callable[[Section], str]) -> str:
    if section.rows:
        rows = "\n".join(f"| {row.decision} | {row.done} | {row.state} |" for row in section.rows)
        return f"| 決議 | 辦理情形 | 列管 |\n| --- | --- | :-: |\n{rows}"
    return section.text or write(section).strip()


def _bullets(owner: str, indent: str) -> Iterator[str]:
    if owner:
        yield f"{indent}- 主辦：{owner}"
        yield f"{indent}- 期限：下次會議"
        yield f"{indent}- 列管：是"


# Nested lists below bold labels.


def _lists(section: Section) -> str:
    lines = [*_list_points(section.points)]
    if section.speakers:
        lines += ["", "**發言重點**：", "", *_list_speakers(section.speakers)]
    for number, case in zip("一二三四", section.cases, strict=False):
        lines += ["", f"**案由{number}**：{case.text}", "", "**說明**：", "", *_list_points(case.reasons)]
        lines += ["", "**擬辦：**", "", *_list_points(case.plans), "", "**發言重點**：", ""]
        lines += [*_list_speakers(case.speakers), "", f"**決議：**{case.decision}"]
    return "\n".join(lines)


def _list_points(points: tuple[Point, ...], indent: str = "") -> Iterator[str]:
    for number, point in enumerate(points, 1):
        yield f"{indent}{number}. {point.text}"
        yield from _list_points(point.points, indent + "   ")
        yield from _bullets(point.owner, indent + "   ")


def _list_speakers(speakers: tuple[Speaker, ...]) -> Iterator[str]:
    for number, speaker in enumerate(speakers, 1):
        yield f"{number}. {speaker.name}"
        yield from _list_points(speaker.points, "   ")
        if speaker.reply:
            yield from ("", f"   {speaker.unit}回覆", "", *_list_points(speaker.reply, "   "), "")


# Headings down to the speakers and their replies.


def _headings(section: Section) -> str:
    lines = [*_list_points(section.points)]
    if section.speakers:
        lines += ["", "### 發言重點", "", *_heading_speakers(section.speakers, "####")]
    for number, case in zip("一二三四", section.cases, strict=False):
        lines += ["", f"### 案由{number}：{case.text}", "", "#### 說明", "", *_list_points(case.reasons)]
        lines += ["", "#### 擬辦", "", *_list_points(case.plans), "", "#### 發言重點", ""]
        lines += [*_heading_speakers(case.speakers, "#####"), "", "#### 決議", "", case.decision]
    return "\n".join(lines)


def _heading_speakers(speakers: tuple[Speaker, ...], marks: str) -> Iterator[str]:
    for speaker in speakers:
        yield from (f"{marks} {speaker.name}", "", *_list_points(speaker.points), "")
        if speaker.reply:
            yield from (f"{marks}# {speaker.unit}回覆", "", *_list_points(speaker.reply), "")


# Chinese numbers at the start of the line, without indentation and without blank lines.

_LABELS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{'一二三四五六七八九'[n - 1]}、",
    lambda n: f"（{'一二三四五六七八九'[n - 1]}）",
    lambda n: f"{n}.",
)


def _natural(section: Section) -> str:
    lines = [*_natural_points(section.points)]
    if section.speakers:
        lines += ["發言重點：", *_natural_speakers(section.speakers)]
    for number, case in zip("一二三四", section.cases, strict=False):
        lines += [f"案由{number}：{case.text}", "說　明：", *_natural_points(case.reasons)]
        lines += ["擬　辦：", *_natural_points(case.plans), "發言重點：", *_natural_speakers(case.speakers)]
        lines += [f"決　議：{case.decision}"]
    return "\n".join(lines)


def _natural_points(points: tuple[Point, ...], level: int = 0) -> Iterator[str]:
    for number, point in enumerate(points, 1):
        yield f"{_LABELS[level](number)}{point.text}"
        yield from _natural_points(point.points, level + 1)
        yield from _bullets(point.owner, "")


def _natural_speakers(speakers: tuple[Speaker, ...]) -> Iterator[str]:
    for number, speaker in enumerate(speakers, 1):
        yield f"{_LABELS[1](number)}{speaker.name}"
        yield from _natural_points(speaker.points, 2)
        if speaker.reply:
            yield from (f"{speaker.unit}回覆", *_natural_points(speaker.reply, 2))


BODIES: dict[str, Callable[[Section], str]] = {"lists": _lists, "headings": _headings, "natural": _natural}
