"""Judged meetings in, a report for people out: each finding with its lines (see `_prose`), then how many there were.

The first line of each finding is what editors and CI know how to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutes_cli.judged import Judged
from minutes_cli.report._count import Tally
from minutes_cli.report._prose import finding as finding
from minutes_cli.report._prose import summary


def write(judged: Iterable[Judged], language: str) -> Iterator[str]:
    """One chunk a finding, then the count."""
    tally = Tally()
    for one in tally.of(judged):
        for found in one.diagnostics:
            yield finding(one.source, found, language)
    yield summary(tally, language)
