"""Judged meetings in, the same with what is wrong between them out, in the same order.

All are read before the first goes on: of each, only what the rules compare is held, and what is to be told is put on a
shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from minutes_cli import registry
from minutes_cli.diagnostics import Diagnostic
from minutes_cli.front import decode
from minutes_cli.judged import Judged
from minutes_cli.many.archive import Archive, Finding
from minutes_cli.many.pile import Pile
from minutes_cli.many.shelf import Shelf

Wanted = Callable[[str | None], bool]

_REGISTERED = "name-variant"  # says of a name what `person-two-ways` would say, and knows better


def check(judged: Iterable[Judged], folder: bool = True, wanted: Wanted = lambda _at: True) -> Iterator[Judged]:
    """Every meeting that is `wanted`, with the findings of all rules across files.  Where the run is not about a whole
    `folder`, what is not among its files is not missed."""
    with Pile() as found_pile, Pile() as details:
        shelf = Shelf(found_pile)
        archive = Archive(lru_cache(16)(lambda number: decode.whole(shelf.take(number).source)), details)
        chosen = bytearray()
        for number, one in enumerate(judged):
            shelf.put(one)
            chosen.append(wanted(one.source.at))
            if one.summary:
                archive.add(number, one.summary)
        found = _by_file(archive, folder, chosen)
        for number, is_chosen in enumerate(chosen):
            if is_chosen:
                yield _with(shelf.take(number), found.get(number, ()))


def _by_file(archive: Archive, folder: bool, chosen: Sequence[int]) -> dict[int, list[Diagnostic]]:
    found: dict[int, list[Diagnostic]] = {}
    for name in registry.names("across_rules"):
        rule = registry.load("across_rules", name)
        for finding in rule.check(archive) if folder or not rule.OF_A_FOLDER else ():
            told: Finding | None = finding if chosen[finding.number] else finding.instead
            if told and chosen[told.number]:
                found.setdefault(told.number, []).append(told.diagnostic)
    return found


def _with(one: Judged, found: Iterable[Diagnostic]) -> Judged:
    known = {told.span for told in one.diagnostics if told.code == _REGISTERED}
    added = [diagnostic for diagnostic in found if diagnostic.span not in known]
    if not added:
        return one
    together = sorted((*one.diagnostics, *added), key=lambda diagnostic: (diagnostic.span, diagnostic.code))
    return replace(one, source=decode.whole(one.source), diagnostics=tuple(together))
