"""A meeting and an office's register of people in; who is written otherwise than there, out.

The register is `[people]` of minutes.toml: each name, and the other ways in which it is known to be written.
"""

from __future__ import annotations

from collections.abc import Iterator

from minutes_cli.diagnostics import INFO, Diagnostic, Edit, Say
from minutes_cli.document import Item, Minutes, body
from minutes_cli.front.people import bare
from minutes_cli.judging.summary import Register, seen
from minutes_cli.source import Span

CODE = "name-variant"

_HINT = Say("請改成名冊的寫法", "write it as the register does")


def check(minutes: Minutes, register: Register) -> Iterator[Diagnostic]:
    """A finding for each name in the front matter, and each speaker, that is another way of writing a name."""
    text = minutes.source.text
    names = {bare(other): person[0] for person in register for other in person[1:]}
    for name, span in (*_named(minutes), *_speakers(minutes)) if names else ():
        wanted = names.get(bare(name))
        if wanted:
            message = Say(
                f"「{name}」在人員名冊裡寫成「{wanted}」", f"{name} is written {wanted} in the register of people"
            )
            fix = (Edit(span, wanted),) if text[span.start : span.end] == name else ()
            yield Diagnostic(span, CODE, message, INFO, _HINT, fix, unsafe=bool(fix))


def _named(minutes: Minutes) -> Iterator[tuple[str, Span]]:
    for one in seen(minutes):
        yield one.name, one.span


def _speakers(minutes: Minutes) -> Iterator[tuple[str, Span]]:
    text = minutes.source.text
    for block in body(minutes):
        if isinstance(block, Item) and block.speaker:
            start = text.find(block.speaker, block.span.start, block.span.end)
            if start >= 0:
                yield block.speaker, Span(start, start + len(block.speaker))
