"""The text of a line in, the number or the label that it opens with out."""

from __future__ import annotations

import re
from typing import final

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli import labels, numerals
from minutes_cli.body.syntax import Labelled, Numbered
from minutes_cli.document import Prose, Typed
from minutes_cli.source import Span

INDENT = " \t　\u00a0"

_BOLD_NUMBER = r"(\*\*|__)(?:(?!\1)[^\n])+\1[ 　\t]*"
_BOLD_LINE = r"(\*\*|__)([^*_\n]{1,40})\1[ 　\t]*$"
_ALONE = re.compile(
    r"(?:\*\*|__)?[^\W\d_A-Za-z]{2,8}(?:[（(](?:(?![（）()])[^\r\n]){1,12}[）)])?(?:\*\*|__)?[：:]|[【〔①-⑳⑴-⒇㈠-㈩]"
)

# What a line begins with that begins with a number or a label, but for a reply.
FIRST = numerals.FIRST | labels.FIRST


@final
class Number(Struct, frozen=True, gc=False):
    """A number that opens a line, the offset at which it stands, and the marks of a bold type that began before it and
    goes on."""

    found: numerals.Found
    start: int
    bold: str = ""


Opening = Number | labels.Found


def number(line: str) -> Number | None:
    """The number with which a line begins; it may stand in bold type, alone or with the line."""
    if line[:1] not in "*_":
        found = numerals.match(line) if line[0] in numerals.FIRST else None
        return Number(found, 0) if found else None
    bold = re.match(_BOLD_NUMBER, line)
    found = numerals.match(line, 2) if bold else None
    if not bold or not found:
        return None
    if line.startswith(bold[1], found.end):  # **（一）** 甲
        return Number(replace(found, end=bold.end()), 2)
    return Number(found, 2, bold[1]) if bold.end() == len(line) else None


def label(line: str) -> labels.Found | None:
    """The label with which a line begins, or which it is as a whole in bold type."""
    found = labels.match(line)
    if found or not line.startswith(("**", "__")):
        return found
    bold = re.match(_BOLD_LINE, line)
    bare = labels.match_bare(bold[2]) if bold else None
    if not bold or not bare:
        return None
    shift = bold.start(2)
    return replace(bare, start=bare.start + shift, stop=bare.stop + shift, end=len(line))


def stands_alone(line: str) -> bool:
    """Whether a line that begins like this is a line of its own: 「地點：…」, 「【說明】…」, 「①…」."""
    return bool(_ALONE.match(line))


def behind(opening: Opening, line: str) -> tuple[str, int]:
    """The text of a line behind what it opens with, bold type that goes on marked anew, and where that text begins."""
    end = opening.found.end if type(opening) is Number else opening.end
    return opening.bold + line[end:], end - len(opening.bold)


def opened(opening: Opening, at: int, prose: Prose, span: Span) -> Numbered | Labelled:
    """The block that a line opens which begins at the offset `at` of the file."""
    if type(opening) is Number:
        found, start = opening.found, at + opening.start
        return Numbered(
            found.level, Typed(found.typed, found.number, Span(start, start + len(found.typed))), prose, span
        )
    return Labelled(opening, Span(at + opening.start, at + opening.stop), prose, span)
