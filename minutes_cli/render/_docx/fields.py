"""A placeholder in, {{ m.organization }} or {{ m.主席 }} or {{ m.custom.案號 }}; its text in one meeting out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from minutes_cli.document import Minutes
from minutes_cli.errors import BadTemplate
from minutes_cli.front import vocabulary
from minutes_cli.inline import plain
from minutes_cli.lines import Line, Printed
from minutes_cli.printing import header
from minutes_cli.render._docx import placeholders
from minutes_cli.render._docx.container import faulty
from minutes_cli.render._docx.document import TITLE
from minutes_cli.render._docx.reference import Reference
from minutes_cli.say import Say

# Names beside those of the front matter's fields, and the fields that they stand for.
_OTHER = {"time": "time", "org": "organization", "author": "recorder", "annex": "custom.annex"}
_OWN = ("custom.", "x-")


def check(reference: Reference, schema: Path | None) -> None:
    """BadTemplate where the reference has a placeholder that no meeting can fill; `schema` is the office's own."""
    fields = vocabulary.root(schema)
    for name in _names(reference):
        key = name.removeprefix("m.")
        known = key in _OTHER or fields.name(key) or key.startswith(_OWN)
        if name != TITLE and not (name.startswith("m.") and known):
            raise _unknown(reference, name, (*fields.names, *_OTHER))


def _names(reference: Reference) -> Iterator[str]:
    for filled in (*reference.document.pieces, *reference.filled.values()):
        yield from placeholders.names(filled)


def _unknown(reference: Reference, name: str, known: Sequence[str]) -> BadTemplate:
    close = get_close_matches(name.removeprefix("m."), known, 1, 0.5)
    meant = f"m.{close[0]}" if close else "m.title"
    return faulty(
        reference.path,
        Say(
            f"不認得 {{{{ {name} }}}}；是不是 {{{{ {meant} }}}}？",
            f"unknown {{{{ {name} }}}}; did you mean {{{{ {meant} }}}}?",
        ),
    )


def text(name: str, printed: Printed, minutes: Minutes) -> str:
    """What a placeholder prints; "" where the meeting says nothing."""
    if name == TITLE:
        lines = (entry for entry in printed.entries if isinstance(entry, Line) and entry.kind == "title")
        return next((plain(line.cells[0]) for line in lines), printed.title)
    key = name.removeprefix("m.")
    key = vocabulary.root(minutes.meta.schema).name(key) or _OTHER.get(key, key)
    shown = {
        "title": printed.title,
        "organization": printed.organization,
        "status": printed.status,
        "date": header.date_words(printed.date, minutes.profile.date),
    }
    return shown[key] if key in shown else _field(key, minutes)


def _field(key: str, minutes: Minutes) -> str:
    meta, profile = minutes.meta, minutes.profile
    if key in header.FIELDS or _is_of_the_office(key, minutes):
        return "；".join(part for part in header.field(meta, profile, key) if part)
    value: Any = meta.data
    for step in key.split(".", 1):
        value = value.get(step) if isinstance(value, dict) else None
    return header.time_words(value, profile.time) if key in ("start", "end") else _words(value)


def _is_of_the_office(key: str, minutes: Minutes) -> bool:
    return key in vocabulary.root(minutes.meta.schema).fields and key not in vocabulary.root().fields


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_words(item) for item in value)
    if isinstance(value, dict):
        return "；".join(f"{key}：{_words(item)}" for key, item in value.items())
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
