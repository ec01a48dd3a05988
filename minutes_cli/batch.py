"""Targets in, judged meetings out, in the order of the targets, one held at a time.

A file that cannot be read does not stop the others: `failed` is told, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from minutes_cli import check, targets
from minutes_cli.errors import MinutesError, UnreadableFile
from minutes_cli.judged import Judged
from minutes_cli.settings import Settings
from minutes_cli.targets import Target

Finder = Callable[[Path | None], Settings]


def _raise(failure: MinutesError) -> None:
    raise failure


class Work(NamedTuple):
    """How a run is to be done.  `begins` hears of each target, `failed` of each file that could not be read."""

    begins: Callable[[Target], None] = lambda _target: None
    failed: Callable[[MinutesError], None] = _raise


ALONE = Work()


def judge(named: Iterable[Target], find: Finder, work: Work = ALONE) -> Iterator[Judged]:
    """Judge each target by the settings that `find` has for it."""
    for target in named:
        work.begins(target)
        try:
            source = targets.read(target)
        except UnreadableFile as failure:
            work.failed(failure)
            continue
        try:
            yield check.judge(source, find(target.lies))
        except Exception as error:
            error.add_note(target.name)
            raise
