"""A meeting in, its references to footnotes out, each with its label and place."""

from __future__ import annotations

import re

from msgspec import Struct

from minutes_cli.document import Footnote, Minutes
from minutes_cli.rules._scan import once, proses
from minutes_cli.source import Span

_REFERENCE = r"`[^`]*`|\\.|\[\^([^\]\s]+)\]"


class Reference(Struct, frozen=True):
    label: str
    span: Span


@once
def references(minutes: Minutes) -> tuple[Reference, ...]:
    """Every `[^label]` of the text, whether there is such a footnote or not."""
    return tuple(
        Reference(found[1], prose.span(*found.span()))
        for prose in proses(minutes)
        if "[^" in prose.text
        for found in re.finditer(_REFERENCE, prose.text)
        if found[1]
    )


def mark(minutes: Minutes, note: Footnote) -> Span:
    """The `[^label]:` that opens a footnote."""
    start = minutes.source.text.find("[^", note.span.start)
    return Span(start, start + len(note.label) + 4)
