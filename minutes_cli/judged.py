"""One meeting file as the reports and the rules across files see it: small, and the same whether it was judged just
now, in another process, or taken from the cache."""

from __future__ import annotations

from dataclasses import dataclass

from minutes_cli.diagnostics import Diagnostic
from minutes_cli.document import Item, Label, Meta, Minutes, body
from minutes_cli.people import keys, people
from minutes_cli.source import Source, Span
from minutes_cli.tracking import Named, rows


@dataclass(frozen=True, slots=True)
class Seen:
    """A person of the meeting: the name as printed, the field it stands in, its place."""

    name: str
    keys: frozenset[str]
    field: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment: its number, the file named for it ("" for none), the checksum given ("" for none), its place."""

    number: int
    file: str
    sha256: str
    span: Span


@dataclass(frozen=True, slots=True)
class Summary:
    """What the rules across files need to know of a meeting.  `places` has the span of each top-level value; `decisions`
    the ids of its decisions; `follows` the decisions that its tracking section refers to, with their places."""

    title: str = ""
    organization: str = ""
    series: str = ""
    term: int | None = None
    session: int | None = None
    date: str = ""
    places: tuple[tuple[str, Span], ...] = ()
    people: tuple[Seen, ...] = ()
    decisions: tuple[str, ...] = ()
    follows: tuple[tuple[Named, Span], ...] = ()
    attachments: tuple[Attached, ...] = ()

    def where(self, key: str) -> Span:
        """The span of a field's value; the start of the file where it is not given."""
        return dict(self.places).get(key, Span(0, 3))


@dataclass(frozen=True, slots=True)
class Suppression:
    """`<!-- minutes: ignore[code] reason -->`: `codes` with their places, none where it could not be read; `covers` the
    lines that it speaks of, None for the whole file."""

    span: Span
    codes: tuple[tuple[str, Span], ...] = ()
    reason: bool = True
    covers: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A file, its findings in the order of the file, its summary (None where it holds no meeting), and what the file
    itself says of findings that are not to be told (`choose` sees to it)."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    summary: Summary | None = None
    suppressions: tuple[Suppression, ...] = ()


_PEOPLE = ("chair", "recorder", "attendees", "observers", "guests", "leave", "absent")


def summary(minutes: Minutes) -> Summary | None:
    """The summary of a meeting that is whole."""
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
        places=tuple((str(path[0]), place.value) for path, place in meta.places.items() if len(path) == 1),
        people=_people(meta),
        decisions=tuple(b.decision for b in body(minutes) if isinstance(b, Item | Label) and b.decision),
        follows=tuple((named, row.span) for row in rows(minutes) for named in row.named),
        attachments=_attachments(meta),
    )


def _text(meta: Meta, key: str) -> str:
    found = meta.data.get(key)
    return found if isinstance(found, str) else ""


def _number(meta: Meta, key: str) -> int | None:
    found = meta.data.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _people(meta: Meta) -> tuple[Seen, ...]:
    found = []
    for field in _PEOPLE:
        for person in people(meta.data.get(field)).persons:
            found.append(Seen(person.prints, keys(person), field, _place_of(meta, field, person.prints)))
    return tuple(found)


def _place_of(meta: Meta, field: str, name: str) -> Span:
    """The deepest place below a field whose words are the name, else the field's own."""
    for path, place in meta.places.items():
        if len(path) > 1 and path[0] == field and _value(meta, path) == name:
            return place.value
    return meta.where(field)


def _value(meta: Meta, path: tuple[str | int, ...]) -> object:
    value: object = meta.data
    for step in path:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _attachments(meta: Meta) -> tuple[Attached, ...]:
    listed = meta.data.get("attachments")
    found = []
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        given = entry if isinstance(entry, dict) else {}
        file, checksum = str(given.get("file") or ""), str(given.get("sha256") or "")
        found.append(Attached(index + 1, file, checksum, meta.where("attachments", index, "file")))
    return tuple(found)
