"""A section's heading in; its number, name, note, colon and the text behind it out.

## 柒、報告事項（報告單位：資訊中心）：簡報如附件5
   typed name  note              colon prose
"""

from __future__ import annotations

import re

from minutes_cli import numerals, sections
from minutes_cli.body.prose import after, typed_number, unbold
from minutes_cli.document import Prose, Section, Typed
from minutes_cli.source import Span

_KNOWN = re.compile("|".join(sorted(sections.NAMES, key=len, reverse=True)))
_NOTE = r"(?<!\])[（(][^\n]*[）)]$"
_NOTE_AND_COLON = re.compile(r"[ 　]*(?:[（(][^（）()\n]*(?:[（(][^（）()\n]*[）)][^（）()\n]*)*[）)])?[ 　]*[：:]")


def section(text: Prose, heading: Span) -> Section:
    """A heading's text as the beginning of a section, its children still missing."""
    text = unbold(text)
    found = numerals.match(text.text)
    if found and found.level in (0, 1, 3):
        return named(after(text, found.end), heading, typed_number(found, text))
    return named(text, heading, None)


def named(text: Prose, heading: Span, typed: Typed | None) -> Section:
    """The same for a text whose number has been taken off already."""
    text = unbold(text)
    name, note, rest, colon = text, Prose(), Prose(), None
    known = _KNOWN.match(text.text)
    behind = text.text[known.end() :].lstrip(" 　") if known else ""
    separate = not known or not behind or behind[0] in "：:（("
    place = _colon(text.text, known.end() if known and separate else None)
    if place is not None:
        name, rest, colon = _head(text, place), after(text, _skip(text.text, place + 1)), True
    elif typed:
        colon = False
    bracket = re.search(_NOTE, name.text) if name.text.endswith(("）", ")")) else None
    if bracket and bracket.start():
        note = after(name, bracket.start())
        name = _head(name, bracket.start())
    role = sections.NAMES.get(name.text.replace(" ", "").replace("　", ""), "")
    return Section(role, name, note, rest, (), heading, heading, typed, colon)


def _colon(text: str, known: int | None) -> int | None:
    """Where the colon behind a section's name stands: behind a known name and its note, or at the very end."""
    if known is not None:
        found = _NOTE_AND_COLON.match(text, known)
        if found:
            return found.end() - 1
    stripped = text.rstrip(" 　")
    return len(stripped) - 1 if stripped.endswith(("：", ":")) and len(stripped) > 1 else None


def _head(text: Prose, end: int) -> Prose:
    return Prose(text.text[:end].rstrip(" 　"), tuple(pair for pair in text.places if pair[0] < max(end, 1)))


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " 　\t":
        start += 1
    return start
