"""An offset in; where what stands there is defined, and where it is referred to, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutes_cli.body.tracking import Named
from minutes_cli.document import Minutes
from minutes_cli.lsp import places
from minutes_cli.lsp.library import Card, Decided, Library
from minutes_cli.source import Source, Span


class Target(NamedTuple):
    """A place of a file."""

    source: Source
    span: Span


class _Wanted(NamedTuple):
    """A decision that is looked for."""

    series: str | None
    term: int | None
    session: int
    number: int


def definition(minutes: Minutes, offset: int, library: Library) -> list[Target]:
    """The attachment in the front matter, or the decision in its meeting."""
    if number := attachment(minutes, offset):
        return [Target(minutes.source, span) for listed, span in places.listed(minutes) if listed == number]
    return [Target(card.source, decided.span) for card, decided in decided_at(minutes, offset, library)]


def references(minutes: Minutes, offset: int, library: Library, declared: bool) -> list[Target]:
    """Everything that refers to the attachment or decision at an offset; with `declared` itself too."""
    if number := attachment(minutes, offset):
        found = [one.span for one in places.cited(minutes) if one.number == number]
        found += [span for listed, span in places.listed(minutes) if declared and listed == number]
        return [Target(minutes.source, span) for span in sorted(found)]
    targets = []
    for card, decided in decided_at(minutes, offset, library)[:1]:
        targets = [Target(card.source, decided.span)] if declared else []
        targets += _following(card, decided, library)
    return targets


def attachment(minutes: Minutes, offset: int) -> int:
    """The number of the attachment at an offset, cited or listed; 0 for none."""
    for one in places.cited(minutes):
        if places.touches(one.span, offset) or (one.whole.start <= offset < one.span.start):
            return one.number
    return next((number for number, span in places.listed(minutes) if places.touches(span, offset)), 0)


def decided_at(minutes: Minutes, offset: int, library: Library) -> list[tuple[Card, Decided]]:
    """The decision that stands, or is referred to, at an offset, with its meeting."""
    for reference in places.references(minutes):
        if places.touches(reference.span, offset):
            return list(resolved(minutes, reference, library))
    block = places.decision(minutes, offset)
    card = library.own(minutes)
    if block is None or card is None:
        return []
    return [(card, one) for one in card.decided if one.id == block.decision]


def resolved(minutes: Minutes, reference: places.Reference, library: Library) -> Iterator[tuple[Card, Decided]]:
    """The decision that is meant."""
    card = library.own(minutes)
    if card is None:
        return
    named = reference.named
    wanted = _wanted(card, library, named)
    for other in library.series(card.path, wanted.series or ""):
        if _is_of(other, wanted):
            yield from ((other, one) for one in other.decided if one.number == str(wanted.number))


def _wanted(card: Card, library: Library, named: Named) -> _Wanted:
    """A reference in full: the series and term of its own meeting where it names none."""
    series = library.body(card.path, named.body, card)
    session = named.session or (card.session or 1) - 1  # 0 is 上次會議
    own = named.term is None and series == card.series
    return _Wanted(series, card.term if own else named.term, session, named.number)


def _is_of(card: Card, wanted: _Wanted) -> bool:
    return card.session == wanted.session and (wanted.term is None or card.term in (wanted.term, None))


def _following(made: Card, decided: Decided, library: Library) -> Iterator[Target]:
    """The places of the workspace that refer to a decision: of its own series, and of files that name its body."""
    if made.session is None or not decided.number.isdigit():
        return
    cards = [*library.series(made.path, made.series), *library.every(made.path, made.stem or made.series)]
    for card in {card.path: card for card in cards}.values():
        for reference in card.refers:
            if reference.named.session not in (made.session, 0) or str(reference.named.number) != decided.number:
                continue
            wanted = _wanted(card, library, reference.named)
            if wanted.series == made.series and _is_of(made, wanted):
                yield Target(card.source, reference.span)
