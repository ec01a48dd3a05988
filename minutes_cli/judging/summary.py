"""A whole meeting in, what the rules across files need to know of it out."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

from msgspec import msgpack

from minutes_cli.body.tracking import rows
from minutes_cli.document import Meta, Minutes, decided
from minutes_cli.front import naming
from minutes_cli.front.people import bare, entries, person
from minutes_cli.judged import PLACED, Attached, Follow, Seen, Summary

Register = tuple[tuple[str, ...], ...]

_PEOPLE = ("chair", "recorder", "attendees", "observers", "guests", "leave", "absent")
_TOO_MANY = 1_000_000_000  # sessions or terms; whoever writes such a number means none
_BRACKETS = tuple("）)〕]")
_TAIL = re.compile(r"\s*(?:[（(〔\[][^（()）]*[）)〕\]])+$")


def summary(minutes: Minutes, register: Register = ()) -> Summary | None:
    """The summary of a meeting that is whole.  Who is in the office's `register` of people is known by the name that
    comes first there, and is nobody else."""
    if not minutes.whole:
        return None
    meta, people = minutes.meta, tuple(seen(minutes, register))
    return Summary(
        title=_text(meta, "title"),
        organization=_text(meta, "organization"),
        series=_text(meta, "series"),
        term=_number(meta, "term"),
        session=_number(meta, "session"),
        date=_text(meta, "date"),
        excerpt=meta.data.get("excerpt") is True,
        places=tuple((key, meta.places[(key,)].value) for key in PLACED if (key,) in meta.places),
        crowd=msgpack.encode(people),
        marks=marks(people),
        decisions=tuple(block.decision.rpartition("-")[2] for block in decided(minutes)),
        follows=tuple(_follows(minutes)),
        attachments=tuple(_attachments(meta)),
    )


def _text(meta: Meta, key: str) -> str:
    found = meta.data.get(key)
    return found if isinstance(found, str) and key not in meta.broken else ""


def _number(meta: Meta, key: str) -> int | None:
    found = meta.data.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or key in meta.broken:
        return None
    return found if abs(found) < _TOO_MANY else None


def _follows(minutes: Minutes) -> Iterator[Follow]:
    for row in rows(minutes):
        for one in row.named:
            yield Follow(one.body, one.term, one.session, one.number, row.place.span(one.start, one.end))


def seen(minutes: Minutes, register: Register = ()) -> Iterator[Seen]:
    """Everyone named, in the order of the file, so that each name is looked for behind the one before it."""
    meta, text = minutes.meta, minutes.source.text
    known = {bare(spelling): person[0] for person in register for spelling in person}
    for field in _PEOPLE:
        if field not in meta.data or field in meta.broken:
            continue
        at, last = whole = meta.where(field)
        for entry in entries(meta.data[field]):
            name, form, key = _named(entry, known)
            start = text.find(name, at, last)
            if start < 0:
                yield Seen(name, form, field, key, *whole)
            else:
                at = start + len(name)
                yield Seen(name, form, field, key, start, at)


def _named(entry: str | dict[str, Any], known: dict[str, str]) -> tuple[str, str, str]:
    """Name, form and key as in `Seen`."""
    form = ""
    if isinstance(entry, str):
        name = entry.strip()
    elif isinstance(given := entry.get("name"), str):
        name, form = given.strip(), "parts"
    else:
        name = person(entry).prints
    if name.endswith(_BRACKETS):
        name = _TAIL.sub("", name)
    key, titled = naming.key(name)
    form = form or ("titled" if titled else "")
    registered = known.get(bare(name)) if known else None
    if registered is None:
        return name, form, key
    return name, "registered" if registered == bare(name) else form, registered


def marks(people: Iterable[Seen]) -> bytes:
    """For everyone 8 bytes: the upper half of the number that they make stands for the key, the lower one for the name.
    That is enough to see whether a name is written two ways: two that differ in one character never have the same."""
    return array("Q", [_mark(one) for one in people]).tobytes()


def _mark(one: Seen) -> int:
    name = crc32(one.name.encode("utf-8", "surrogatepass"))
    return (name if one.key == one.name else crc32(one.key.encode("utf-8", "surrogatepass"))) << 32 | name


def _attachments(meta: Meta) -> Iterator[Attached]:
    listed = meta.data.get("attachments")
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict) and isinstance(file := entry.get("file"), str):
            checksum = entry.get("sha256")
            given = checksum if isinstance(checksum, str) else ""
            yield Attached(file, given, meta.where("attachments", index, "file"))
