"""The fields of the front matter as they print: one text for each, in the words of the profile."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from minutes_cli.document import Meta
from minutes_cli.front import calendar
from minutes_cli.front.people import people
from minutes_cli.front.vocabulary import UNKNOWN, root
from minutes_cli.profile import Profile

PEOPLE = ("chair", "recorder", "attendees", "observers", "guests", "leave", "absent")
FIELDS = ("time", "location", "online", *PEOPLE, "quorum")
_KINDS = ("person", "persons", "personsOrNone", "people")  # definitions of the schema
# The fields that share a row, as (label, texts).
Row = tuple[tuple[str, tuple[str, ...]], ...]
_STATUS = {"draft": "初稿", "corrected": "修正"}


def rows(meta: Meta, profile: Profile) -> Iterator[Row]:
    """The rows of the header: for each, its fields as (label, texts).  The first text stands behind the label, further
    ones on lines of their own.  A field that the profile's layout does not name comes last: no word is lost; behind it
    an office's own, where its schema says `x-header`."""
    named = {name for row in profile.header for name in row}
    for row in (*profile.header, *((name,) for name in (*FIELDS, *_own(meta)) if name not in named)):
        if row == ("custom",):
            custom = meta.data.get("custom")
            for key, value in custom.items() if isinstance(custom, dict) else ():
                yield ((str(key), (_plain(value),)),)
            continue
        cells = tuple((_label(meta, profile, name), texts) for name in row if (texts := field(meta, profile, name)))
        if cells:
            yield cells


def _own(meta: Meta) -> list[str]:
    """The fields of the office's own that print."""
    return [key for key, known in root(meta.schema).fields.items() if known.header] if meta.schema else []


def _label(meta: Meta, profile: Profile, name: str) -> str:
    return label(profile, name) if name in profile.labels else root(meta.schema).below(name).label or name


def label(profile: Profile, name: str) -> str:
    """The word that leads a field."""
    return profile.labels.get(name, name)


def field(meta: Meta, profile: Profile, name: str) -> tuple[str, ...]:
    """The texts of one field, () where it is not given or has no value.  A 紀錄 without a value (a draft) is one empty
    text, so that its place is kept."""
    if name == "time":
        return tuple(_times(meta, profile))
    value = meta.data.get(name)
    if value in (None, "", [], {}):
        return ("",) if name == "recorder" and name in meta.data else ()
    known = root(meta.schema).below(name) if meta.schema else UNKNOWN
    if name in PEOPLE or known.kind in _KINDS:
        return tuple(_people(value))
    if name == "quorum":
        counts = value if isinstance(value, list) else [value]
        return ("；".join(_quorum(count, profile) for count in counts if isinstance(count, dict)),)
    if known.read in ("date", "time"):
        return ((date_words(value, profile.date) if known.read == "date" else time_words(value, profile.time)),)
    return (_plain(value),)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{_plain(item)}" for key, item in value.items())
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _people(value: Any) -> Iterator[str]:
    found = people(value)
    if found.text:
        yield found.text
        return
    if any(group.name for group in found.groups):
        yield ""  # the label stands alone, each group on its own line
    if not found.groups:
        yield ""
    for group in found.groups:
        names = "、".join(person.prints for person in group.persons)
        yield f"{group.name}：{names}" if group.name else names


def _quorum(count: dict[str, Any], profile: Profile) -> str:
    expected, present = count.get("expected"), count.get("present")
    values = {"expected": expected, "present": present, "unit": count.get("unit") or "人"}
    if isinstance(expected, int | float) and isinstance(present, int | float) and expected:
        return profile.quorum.format(**values, percent=100 * present / expected)
    counts = (("應到", expected), ("實到", present))
    return "，".join(f"{word}{number}{values['unit']}" for word, number in counts if number is not None)


def _times(meta: Meta, profile: Profile) -> Iterator[str]:
    sittings = meta.data.get("sittings")
    if isinstance(sittings, list) and sittings:
        date = meta.data.get("date")
        for sitting in (s for s in sittings if isinstance(s, dict)):
            date = sitting.get("date") or date
            end = sitting.get("end")
            until = f"至{time_words(end, profile.time)}" if end else ""
            yield date_words(date, profile.date) + time_words(sitting.get("start"), profile.time) + until
        return
    words = date_words(meta.data.get("date"), profile.date) + time_words(meta.data.get("start"), profile.time)
    if words:
        yield words


def date_words(value: Any, form: str) -> str:
    """A canonical date in the words of `form`; any other text as it stands."""
    found = calendar.read_date(value) if isinstance(value, str) else None
    return calendar.date_words(found.date, form) if found else _plain(value)


def time_words(value: Any, form: str) -> str:
    """A canonical time in the words of `form`; any other text as it stands."""
    found: datetime.time | None = calendar.read_time(value) if isinstance(value, str) else None
    return calendar.time_words(found, form) if found else _plain(value)


def title(meta: Meta, profile: Profile) -> str:
    """〈會議名稱〉紀錄: the title with the word for minutes behind it, once."""
    name = _plain(meta.data.get("title")).strip()
    document = _plain(meta.data.get("document")) or profile.document
    for word in (document, "會議紀錄", "會議記錄", "紀錄", "記錄", "議事錄"):
        if name.endswith(word):
            return name
    if name.endswith("會議") and document.startswith("會議"):
        return name + document.removeprefix("會議")
    return name + document


def status(meta: Meta) -> str:
    """「初稿」 or 「修正」, "" for confirmed minutes."""
    return _STATUS.get(_plain(meta.data.get("status")), "")


def adjournment(meta: Meta, profile: Profile) -> str:
    """The 散會 line's text from `end`, or from the last sitting; "" where neither is known."""
    end = meta.data.get("end")
    sittings = meta.data.get("sittings")
    if not end and isinstance(sittings, list) and sittings and isinstance(sittings[-1], dict):
        end = sittings[-1].get("end")
    if not end:
        return ""
    form = profile.adjournment.replace("{label}", label(profile, "adjournment"))
    return time_words(end, form)


def following(meta: Meta, profile: Profile) -> str:
    """When and where the next meeting is, "" where nothing is said of it."""
    value = meta.data.get("next")
    if not isinstance(value, dict):
        return _plain(value)
    when = date_words(value.get("date"), profile.date) + time_words(value.get("start"), profile.time)
    return "，".join(part for part in (when, _plain(value.get("location"))) if part)
