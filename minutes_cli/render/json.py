"""The whole lifted model and what is printed of it, as JSON that `schemas/document.schema.json` describes.

Keys are sorted, every key is always there, and what does not apply is null: a reader never has to ask whether.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Any

from minutes_cli.body import decisions, tracking
from minutes_cli.document import Item, Label, Minutes, Section, walk
from minutes_cli.front import people
from minutes_cli.inline import plain
from minutes_cli.lines import Entry, Grid, Printed
from minutes_cli.printing import header, words
from minutes_cli.printing.outline import section_numbers
from minutes_cli.render._model import Model, blocks, place, prose

SUFFIX = ".json"
VERSION = 1

Json = dict[str, Any]
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def render(printed: Printed, minutes: Minutes) -> bytes:
    """The document as UTF-8, indented by two."""
    model = Model(minutes, printed, words.note_numbers(minutes))
    sections = _sections(minutes, model)
    document = {
        "schema": "urn:minutes-cli:schema:document",
        "version": VERSION,
        "file": PurePath(minutes.source.name).name,
        "profile": minutes.profile.name,
        "language": printed.language,
        "title": printed.title,
        "organization": printed.organization or None,
        "status": printed.status or None,
        "date": printed.date or None,
        "meta": minutes.meta.data,
        "people": _people(minutes),
        "sections": sections,
        "decisions": _decisions(minutes, model),
        "tracking": [_tracked(row, model) for row in tracking.rows(minutes)],
        "attachments": _attachments(minutes),
        "footnotes": _footnotes(minutes, model),
        "printed": [_entry(entry, model) for entry in printed.entries],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode("utf-8", "replace")


def _people(minutes: Minutes) -> list[Json]:
    """The fields that name people, in the order of the layout's own list."""
    data = minutes.meta.data
    given = [(field, people.people(data[field])) for field in header.PEOPLE if data.get(field) is not None]
    return [
        {
            "field": field,
            "label": header.label(minutes.profile, field),
            "text": found.text or None,
            "groups": [
                {"name": group.name or None, "persons": [_person(person) for person in group.persons]}
                for group in found.groups
            ],
        }
        for field, found in given
    ]


_PARTS = ("name", "title", "surname", "organization", "unit", "role", "proxy", "mode", "part", "note")


def _person(person: people.Person) -> Json:
    parts = {part: getattr(person, part) or None for part in _PARTS}
    return {"prints": person.prints, "acting": person.acting, **parts}


def _sections(minutes: Minutes, model: Model) -> list[Json]:
    numbers = {id(section): (ordinal, label) for section, ordinal, label in section_numbers(minutes)}
    return [_section(section, numbers.get(id(section), (0, "")), model) for section in minutes.sections]


def _section(section: Section, numbered: tuple[int, str], model: Model) -> Json:
    ordinal, number = numbered
    return {
        "role": section.role or None,
        "number": number or None,
        "ordinal": ordinal or None,
        "typed": section.typed.text if section.typed else None,
        "name": prose(section.name, model),
        "note": prose(section.note, model) if section.note else None,
        "prose": prose(section.prose, model) if section.prose else None,
        "anchor": model.anchors.get(section.heading) or None,
        "blocks": blocks(section.children, model),
        **place(section.span, model),
    }


def _decisions(minutes: Minutes, model: Model) -> list[Json]:
    numbers = {id(section): label for section, _, label in section_numbers(minutes)}
    return [
        _decision(block, minutes, {"section": numbers.get(id(section))}, model)
        for section in minutes.sections
        for block in walk(section.children)
        if isinstance(block, Item | Label) and block.decision
    ]


def _decision(block: Item | Label, minutes: Minutes, where: Json, model: Model) -> Json:
    said = block.tracking
    number = block.decision.removeprefix(decisions.prefix(minutes.meta.data))
    due = said.due if said else ""
    return {
        "id": block.decision,
        "number": number,
        "name": f"{_meeting(minutes.meta.data)}決議{number}",
        **where,
        "anchor": model.anchors.get(block.span) or None,
        **prose(block.prose, model),
        "owners": list(said.owners) if said else [],
        "helpers": list(said.helpers) if said else [],
        "due": due or None,
        "due_date": due if _ISO.fullmatch(due) else None,
        "tracked": (said.tracked if said else "") or None,
        **place(block.span, model),
    }


def _meeting(data: Json) -> str:
    """「第5屆第2次會議」, "" where no session is known."""
    term, session = data.get("term"), data.get("session")
    if not isinstance(session, int):
        return ""
    return (f"第{term}屆" if isinstance(term, int) else "") + f"第{session}次會議"


def _tracked(row: tracking.Row, model: Model) -> Json:
    return {
        "reference": row.reference,
        "decisions": [
            {"body": one.body or None, "term": one.term, "session": one.session, "number": one.number}
            for one in row.named
        ],
        "said": row.said or None,
        "disposal": row.disposal or None,
        **place(row.span, model),
    }


def _attachments(minutes: Minutes) -> list[Json]:
    listed = minutes.meta.data.get("attachments")
    given = [entry if isinstance(entry, dict) else {} for entry in listed] if isinstance(listed, list) else []
    return [
        {
            "number": number,
            "title": file.title,
            "file": str(entry["file"]) if entry.get("file") else None,
            "url": str(entry["url"]) if entry.get("url") else None,
            "link": file.href or None,
        }
        for number, (file, entry) in enumerate(zip(words.attachments(minutes), given, strict=True), 1)
    ]


def _footnotes(minutes: Minutes, model: Model) -> list[Json]:
    notes = sorted(minutes.footnotes, key=lambda note: model.notes[note.label])
    return [
        {
            "number": model.notes[note.label],
            "label": note.label,
            "blocks": blocks(note.children, model),
            **place(note.span, model),
        }
        for note in notes
    ]


def _entry(entry: Entry, model: Model) -> Json:
    common = {"level": entry.level, "indent": entry.indent, "quote": entry.quote, **place(entry.span, model)}
    if isinstance(entry, Grid):
        rows = [[plain(cell) for cell in row] for row in entry.rows]
        return {"kind": "table", "caption": entry.caption or None, "aligns": list(entry.aligns), "rows": rows, **common}
    leads = entry.leads if len(entry.cells) > 1 else (entry.lead,)
    cells = [{"lead": lead or None, "text": plain(cell)} for lead, cell in zip(leads, entry.cells, strict=True)]
    return {
        "kind": entry.kind,
        "number": entry.number or None,
        "ordinal": entry.ordinal or None,
        **cells[0],
        "beside": cells[1:],
        "anchor": entry.anchor or None,
        "decision": entry.decision or None,
        **common,
    }
