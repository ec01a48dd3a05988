"""A meeting in; every place of it that refers to an attachment or a decision out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.body import tracking
from minutes_cli.body.tracking import Named
from minutes_cli.document import Item, Label, Minutes, body, prose_of
from minutes_cli.numerals import value
from minutes_cli.rules._attachments import citations
from minutes_cli.source import Span

_NUMBER = re.compile("[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}")
_SHORT = re.compile("[0-9-]+")


class Cited(NamedTuple):
    """附件N: `number` with its place; `whole` is the citation that it stands in, `range` whether that says 至."""

    number: int
    span: Span
    whole: Span
    range: bool


class Reference(NamedTuple):
    """A decision as it is referred to, and where."""

    named: Named
    span: Span


def cited(minutes: Minutes) -> Iterator[Cited]:
    """Every number of every citation, one that is a part of an attachment (the 2 of 附件1-2) left out."""
    for citation in citations(minutes):
        numbers = list(_NUMBER.finditer(citation.text))
        for place, found in enumerate(numbers):
            number = value(found[0])
            if number is None or (place == 1 and number in citation.also):
                continue
            start = citation.span.start + found.start()
            spread = len(citation.numbers) > len(numbers)
            yield Cited(number, Span(start, start + len(found[0])), citation.span, spread or _says_to(citation.text))


def _says_to(text: str) -> bool:
    return bool(re.search("[至到～~–—]", text))


def listed(minutes: Minutes) -> Iterator[tuple[int, Span]]:
    """Each attachment of the front matter with its number."""
    entries = minutes.meta.data.get("attachments")
    for index in range(len(entries) if isinstance(entries, list) else 0):
        place = minutes.meta.places.get(("attachments", index))
        if place:
            yield index + 1, place.value


def references(minutes: Minutes) -> Iterator[Reference]:
    """Every decision that the text names; the short form 1-3 counts in the tracking section alone."""
    followed = [section.span for section in minutes.sections if section.role == "tracking"]
    for prose in prose_of(minutes):
        for named in tracking.named(prose.text):
            span = prose.span(named.start, named.end)
            short = _SHORT.fullmatch(prose.text[named.start : named.end])
            if not short or any(one.start <= span.start < one.end for one in followed):
                yield Reference(named, span)


def decision(minutes: Minutes, offset: int) -> Item | Label | None:
    """The innermost decision in whose own lines, not those of what stands below it, an offset lies."""
    found: Item | Label | None = None
    for block in body(minutes):
        if isinstance(block, Item | Label) and block.span.start <= offset <= block.span.end:
            found = block if block.decision else None if isinstance(block, Label) else found
    return found


def touches(span: Span, offset: int) -> bool:
    """Whether the cursor stands in or at a span."""
    return span.start <= offset <= span.end
