"""The text of a new meeting file: from a profile and an office's defaults, or from the meeting before it.

From the meeting before it come what stays (body, place, people, sections) and what follows (the next number, the date
that was announced, the decisions that are still 列管); leave and absence do not: who was on leave is expected again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from minutes_cli import numerals, sections
from minutes_cli.body import tracking
from minutes_cli.document import Minutes, decided
from minutes_cli.front import vocabulary, yamltext
from minutes_cli.front.people import people
from minutes_cli.profile import Profile

# The fields that every new file has, filled or left to fill; any other comes only with a value.
ASKED = ("title", "session", "date", "start", "end", "location", "chair", "recorder", "attendees")
_CARRIED = (
    *("title", "document", "organization", "series", "term", "kind", "location", "online", "chair", "recorder"),
    *("attendees", "observers", "guests", "signatures", "classification", "public", "language", "custom"),
)
_SESSION = r"第[ 　]*([0-9０-９]{1,4}|[一二三四五六七八九十百零〇]{1,7})[ 　]*次"
_CITED = r"附件[ 　]*([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})"
_OF_ONE_MEETING = ("proxy", "mode", "part", "note")
_OPEN = ("繼續列管", "部分解除", "部分解除列管")
_FORM = "| 決議 | 辦理情形 | 列管 |\n| --- | --- | --- |\n"


class Draft(Struct, frozen=True):
    """What a new file holds: `values` by canonical key (None: to fill), the names of its sections, and the decisions
    that it has to follow up, as (printed name, text)."""

    values: dict[str, Any] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    follows: tuple[tuple[str, str], ...] = ()


def first(profile: Profile, values: dict[str, Any]) -> Draft:
    """The first file of a series."""
    return Draft(dict.fromkeys(profile.required_fields) | values, profile.sections)


def after(previous: Minutes, values: dict[str, Any]) -> Draft:
    """The file of the meeting that follows `previous`; `values` override what comes from there."""
    data = previous.meta.data
    carried = {key: _as_always(data[key]) for key in _CARRIED if key in data}
    session = data.get("session")
    if isinstance(session, int):
        carried["session"] = session + 1
    carried["title"] = _next_title(str(data.get("title", "")), session)
    if expected := _expected(data):
        carried["attendees"] = expected
    following = data.get("next")
    if isinstance(following, dict):
        carried |= {key: following[key] for key in ("date", "start", "location") if following.get(key)}
    carried |= values
    if cited := _attachments(carried, data.get("attachments")):
        carried["attachments"] = cited
    follows = tuple(_open_decisions(previous))
    return Draft(carried, _sections(previous, bool(follows)), follows)


def _as_always(value: Any) -> Any:
    """A person without what was true of one meeting only."""
    if isinstance(value, dict):
        return {key: _as_always(below) for key, below in value.items() if key not in _OF_ONE_MEETING}
    return [_as_always(item) for item in value] if isinstance(value, list) else value


def _next_title(title: str, session: Any) -> str:
    """The title with its 第N次 counted on, in the numerals that it has."""

    def count_on(found: re.Match[str]) -> str:
        number = numerals.value(found[1])
        if number is None or (isinstance(session, int) and number != session):
            return found[0]
        return f"第{number + 1 if found[1].isdigit() else numerals.han(number + 1)}次"

    return re.sub(_SESSION, count_on, title)


def _expected(data: dict[str, Any]) -> Any:
    """The attendees, and behind them who was on leave or absent; a reference to a sheet stays one."""
    attendees = data.get("attendees")
    away = [p.prints for key in ("leave", "absent") for p in people(data.get(key)).persons]
    if not away or people(attendees).text:
        return attendees
    if isinstance(attendees, dict) and people(attendees).groups[-1:]:
        return _into_groups(attendees, data)
    listed = attendees if isinstance(attendees, list) else [p.prints for p in people(attendees).persons]
    return [*listed, *(name for name in away if name not in listed)]


def _into_groups(attendees: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Who was away joins the group of the same name, else the last group."""
    groups = {group.name: [p.prints for p in group.persons] for group in people(attendees).groups}
    last = list(groups)[-1]
    for key in ("leave", "absent"):
        for group in people(data.get(key)).groups:
            names = groups[group.name if group.name in groups else last]
            names += [p.prints for p in group.persons if p.prints not in names]
    return {**attendees, **groups}


def _attachments(carried: dict[str, Any], listed: Any) -> list[Any]:
    """The attachments that the carried fields cite, without their files, which were those of the last meeting."""
    cited = [numerals.value(found) or 0 for found in re.findall(_CITED, str(list(carried.values())))]
    if not isinstance(listed, list) or not cited:
        return []
    return [entry.get("title", "") if isinstance(entry, dict) else entry for entry in listed[: max(cited)]]


def _sections(previous: Minutes, follows: bool) -> tuple[str, ...]:
    names = [(s.role, s.name.text) for s in previous.sections if s.role not in ("preamble", "adjournment")]
    if follows and not any(role == "tracking" for role, _ in names):
        place = sum(1 for role, _ in names[:2] if role in ("opening", "confirmation"))
        names.insert(place, ("tracking", sections.ROLES["tracking"][0]))
    return tuple(name for _, name in names)


def _open_decisions(previous: Minutes) -> Iterator[tuple[str, str]]:
    """What the last meeting still had to follow up, then what it decided and put under 列管."""
    for row in tracking.rows(previous):
        if row.disposal in _OPEN:
            yield row.reference, ""
    session = previous.meta.data.get("session")
    for block in decided(previous):
        if block.tracking and block.tracking.tracked not in ("", "否", "解除列管"):
            number = block.decision.rpartition("-")[2]
            name = f"第{session}次會議決議{number}" if isinstance(session, int) else f"決議{number}"
            yield name, block.prose.text.split("\n")[0]


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Style(Struct, frozen=True):
    """How the file is written: with Chinese keys, with comments that explain each field, in which language."""

    chinese: bool = True
    comments: bool = True
    language: str = "zh"


def text(draft: Draft, style: Style) -> str:
    """The file."""
    lines = ["---"]
    for key in vocabulary.schema()["properties"]:
        if key in draft.values or key in ASKED:
            lines += _field(key, draft.values.get(key), style)
    lines += [line for key in draft.values if key.startswith("x-") for line in yamltext.field(key, draft.values[key])]
    lines.append("---")
    return "\n".join(lines) + "\n" + "".join(_section(name, draft) for name in draft.sections)


def _field(key: str, value: Any, style: Style) -> Iterator[str]:
    known = vocabulary.schema()["properties"][key]
    if style.comments:
        words = known["description"] if style.language == "zh" else known.get("x-description", known["description"])
        yield f"# {words}"
    yield from yamltext.field(known["x-aliases"][0] if style.chinese else key, value)


def _section(name: str, draft: Draft) -> str:
    head = f"\n## {name}\n"
    if sections.NAMES.get(name) == "tracking" and draft.follows:
        return f"{head}\n{_FORM}" + "".join(_row(reference, said) for reference, said in draft.follows)
    return head


def _row(reference: str, said: str) -> str:
    words = f"{reference}：{said}" if said else reference
    return f"| {words.replace('|', chr(92) + '|')} |  |  |\n"
