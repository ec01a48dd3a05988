"""A person is listed both as present and as absent or on leave.
同一個人既列在出席，又列在請假或缺席。

Why: Who was present decides the quorum and the votes.  Lists are carried over from meeting to meeting, and the leave of
the last one stays behind.
為什麼：出席的人數關係到開會與表決的門檻。名單常沿用上一次的，上次的請假就這樣留了下來。

Basis: 會議規範第11條（議事紀錄記載出席、列席、請假的人）；政府資訊公開法第7條（合議制機關公開出席會議成員名單）。

Bad:

    ---
    attendees: [王委員一, 李委員二]
    leave: [李委員二]
    ---

Good:

    ---
    attendees: [王委員一]
    leave: [李委員二]
    ---
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from minutes_cli.diagnostics import Diagnostic, Say
from minutes_cli.document import Minutes
from minutes_cli.front.people import Person, keys, people
from minutes_cli.source import Span

CODE = "present-and-absent"

_HERE = (
    ("chair", Say("主席", "in the chair")),
    ("attendees", Say("出席", "present")),
    ("observers", Say("列席", "observing")),
    ("recorder", Say("紀錄", "recording")),
)
_AWAY = (("leave", Say("請假", "on leave")), ("absent", Say("缺席", "absent")))


def check(minutes: Minutes) -> Iterator[Diagnostic]:
    data = minutes.meta.data
    if not any(data.get(field) for field, _ in _AWAY):
        return
    if not _doubled(minutes):
        return
    here: dict[str, Say] = {}
    for field, role in _HERE:
        for person in people(data.get(field)).persons:
            if not _part_time(person):
                here.update((key, role) for key in keys(person) if key not in here)
    for field, away in _AWAY:
        for person in people(data.get(field)).persons:
            found = next((here[key] for key in keys(person) if key in here), None)
            if found and not _part_time(person):
                yield _fault(minutes, field, person, (found, away))


def _doubled(minutes: Minutes) -> bool:
    """Whether any name of those away stands in the front matter more than once: most meetings end here."""
    span = minutes.meta.span
    front = unicodedata.normalize("NFC", "".join(minutes.source.text[span.start : span.end].split()))
    away = [person for field, _ in _AWAY for person in people(minutes.meta.data.get(field)).persons]
    return any(sum(front.count(key) for key in keys(person)) > 1 for person in away)


def _part_time(person: Person) -> bool:
    """Present for a part of the day, or by proxy: on both lists with good reason."""
    return bool(person.part or person.proxy) or any(word in person.prints for word in ("上午", "下午", "代理", "君代"))


def _fault(minutes: Minutes, field: str, person: Person, words: tuple[Say, Say]) -> Diagnostic:
    name = person.name or person.prints
    message = Say(
        f"「{name}」既列在{words[0].zh}，又列在{words[1].zh}",
        f"{name} is listed as {words[0].en} and as {words[1].en}",
    )
    hint = Say(
        "請從其中一個名單刪掉；只參加一段時間的，請註明（上午）或（下午）",
        "take the name off one list; for a part of the day write （上午） or （下午） behind it",
    )
    return Diagnostic(_place(minutes, field, name), CODE, message, hint=hint)


def _place(minutes: Minutes, field: str, name: str) -> Span:
    """Where the name stands within the field, or else the field."""
    whole = minutes.meta.where(field)
    start = minutes.source.text.find(name, whole.start, whole.end)
    return Span(start, start + len(name)) if start >= 0 else whole
