"""A whole meeting in, what the rules across files need to know of it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_cli import naming
from minutes_cli.document import Item, Label, Meta, Minutes, body
from minutes_cli.judged import Attached, Follow, Seen, Summary
from minutes_cli.people import bare, people
from minutes_cli.source import Span
from minutes_cli.tracking import rows

Register = tuple[tuple[str, ...], ...]

_PEOPLE = ("chair", "recorder", "attendees", "observers", "guests", "leave", "absent")
_TAIL = re.compile(r"\s*(?:[（(〔\[][^（()）]*[）)〕\]])+$")


def summary(minutes: Minutes, register: Register = ()) -> Summary | None:
    """The summary of a meeting that is whole.  Who is in the office's `register` of people is known by the name that
    comes first there, and is nobody else."""
    if not minutes.whole:
        return None
    meta = minutes.meta
    return Summary(
        title=_text(meta, "title"),
        organization=_text(meta, "organization"),
        series=_text(meta, "series"),
        term=_number(meta, "term"),
        session=_number(meta, "session"),
        date=_text(meta, "date"),
        excerpt=meta.data.get("excerpt") is True,
        places=tuple((str(path[0]), place.value) for path, place in meta.places.items() if len(path) == 1),
        people=tuple(seen(minutes, register)),
        decisions=tuple(_decisions(minutes)),
        follows=tuple(_follows(minutes)),
        attachments=tuple(_attachments(meta)),
    )


def _text(meta: Meta, key: str) -> str:
    found = meta.data.get(key)
    return found if isinstance(found, str) and key not in meta.broken else ""


def _number(meta: Meta, key: str) -> int | None:
    found = meta.data.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) and key not in meta.broken else None


def _decisions(minutes: Minutes) -> Iterator[str]:
    for block in body(minutes):
        if isinstance(block, Item | Label) and block.decision:
            yield block.decision.rpartition("-")[2]


def _follows(minutes: Minutes) -> Iterator[Follow]:
    for row in rows(minutes):
        for one in row.named:
            yield Follow(one.body, one.term, one.session, one.number, row.place.span(one.start, one.end))


def seen(minutes: Minutes, register: Register = ()) -> Iterator[Seen]:
    """Everyone named, in the order of the file, so that each name is looked for behind the one before it."""
    meta, text = minutes.meta, minutes.source.text
    known = {bare(spelling): bare(person[0]) for person in register for spelling in person}
    for field in _PEOPLE:
        found = people(meta.data.get(field)).persons if field not in meta.broken else ()
        whole = meta.where(field)
        at = whole.start
        for person in found:
            written = person.name or person.prints
            name = _TAIL.sub("", written)
            key, titled = naming.key(name)
            start = text.find(name, at, whole.end)
            span = Span(start, start + len(name)) if start >= 0 else whole
            at = max(at, start + len(name))
            form = "parts" if person.name else "titled" if titled else ""
            yield Seen(name, known.get(bare(name), key), form, field, span)


def _attachments(meta: Meta) -> Iterator[Attached]:
    listed = meta.data.get("attachments")
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict) and isinstance(file := entry.get("file"), str):
            checksum = entry.get("sha256")
            given = checksum if isinstance(checksum, str) else ""
            yield Attached(file, given, meta.where("attachments", index, "file"))
