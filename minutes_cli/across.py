"""Judged meetings in, the same with what is wrong between them out, in the same order.

All are read before the first goes on.  Of each, only what is to be told and what the rules compare is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from minutes_cli import registry
from minutes_cli.archive import Archive, Finding
from minutes_cli.diagnostics import Diagnostic
from minutes_cli.judged import Judged

Wanted = Callable[[Path | None], bool]


def check(judged: Iterable[Judged], wanted: Wanted = lambda _path: True) -> Iterator[Judged]:
    """Every meeting that is `wanted`, with the findings of all rules across files."""
    kept: list[Judged] = []
    archive = Archive(lambda number: kept[number].source)
    for number, one in enumerate(judged):
        kept.append(replace(one, summary=None))
        if one.summary:
            archive.add(number, one.summary)
    chosen = [wanted(one.source.path) for one in kept]
    found = _by_file(archive, chosen)
    for number, one in enumerate(kept):
        if chosen[number]:
            yield _with(one, found.get(number, ()))


def _by_file(archive: Archive, chosen: list[bool]) -> dict[int, list[Diagnostic]]:
    found: dict[int, list[Diagnostic]] = {}
    for name in registry.names("across_rules"):
        for finding in registry.load("across_rules", name).check(archive):
            told: Finding | None = finding if chosen[finding.number] else finding.instead
            if told and chosen[told.number]:
                found.setdefault(told.number, []).append(told.diagnostic)
    return found


def _with(one: Judged, found: Iterable[Diagnostic]) -> Judged:
    if not found:
        return one
    together = sorted((*one.diagnostics, *found), key=lambda diagnostic: (diagnostic.span, diagnostic.code))
    return replace(one, diagnostics=tuple(together))
