"""A drawn meeting in, its front matter out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from .drawn import Meeting, Person

ENGLISH, CHINESE = "english", "chinese"

Row = tuple[str, str, str, str]  # English key, Chinese key, canonical value, value in Chinese


def front(meeting: Meeting, keys: str) -> str:
    """The front matter with English keys and canonical values, or as it is typed with Chinese keys."""
    column = 1 if keys == CHINESE else 0
    rows = (*_plain_rows(meeting), *_list_rows(meeting, column))
    return "".join(f"{row[column]}:{row[2 + column]}\n" for row in rows)


def _same(english: str, chinese: str, value: str) -> Row:
    return english, chinese, value, value


def _plain_rows(m: Meeting) -> Iterator[Row]:
    yield _same("title", "會議名稱", f" {m.title}")
    yield _same("organization", "機關", f" {m.organization}")
    yield _same("series", "會議系列", f" {m.series}")
    yield "session", "會次", f" {m.session}", f" 第{m.session}次"
    yield "kind", "類別", " advisory", " 諮詢會議"
    yield "status", "狀態", " confirmed", " 確認"
    yield "date", "日期", f" '{m.start:%Y-%m-%d}'", f" {_chinese_date(m.start)}"
    yield "start", "開始", f" '{m.start:%H:%M}'", f" {_chinese_time(m.start)}"
    yield "end", "散會", f" '{m.end:%H:%M}'", f" {_chinese_time(m.end)}"
    yield _same("location", "地點", f" {m.location}")


def _list_rows(m: Meeting, column: int) -> Iterator[Row]:
    def person(p: Person) -> str:
        keys = (("name", "title", "unit"), ("姓名", "職稱", "單位"))[column]
        return f"{{{', '.join(f'{key}: {value}' for key, value in zip(keys, (p.name, p.title, p.unit), strict=True))}}}"

    yield _same("chair", "主席", f" {person(m.chair)}")
    yield _same("recorder", "紀錄", f" {person(m.recorder)}")
    groups = f"  委員:{_list(map(person, m.members), 4)}\n  機關代表:{_list(map(person, m.officials), 4)}"
    yield _same("attendees", "出席人員", f"\n{groups}")
    yield _same("observers", "列席", f" {'、'.join(map(_in_words, m.observers))}")
    title, url = (("title", "url"), ("名稱", "網址"))[column]
    numbered = enumerate(m.attachments, 1)
    places = (f"{{{title}: {name}, {url}: 'https://data.example.org/{m.series}/{n}'}}" for n, name in numbered)
    yield _same("attachments", "附件", _list(places, 2))


def _in_words(person: Person) -> str:
    return f"{person.unit}{person.name[0]}{person.title}{person.name[1:]}"


def _list(items: Iterable[str], indent: int) -> str:
    return "".join(f"\n{' ' * indent}- {item}" for item in items)


def _chinese_date(day: datetime.date) -> str:
    return f"{day.year - 1911}年{day.month}月{day.day}日（星期{'一二三四五六日'[day.weekday()]}）"


def _chinese_time(when: datetime.datetime) -> str:
    minutes = f"{when.minute}分" if when.minute else ""
    return f"{'上午' if when.hour < 12 else '下午'}{(when.hour - 1) % 12 + 1}時{minutes}"
