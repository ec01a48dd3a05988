"""Targets in, judged meetings out, in the order of the targets, a few held at a time.

What the cache knows is taken from there.  The rest is judged here, or in several processes where that is worth starting
them.  A file that cannot be read does not stop the others: `failed` is told, and the run goes on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from minutes_cli.errors import MinutesError, UnreadableFile
from minutes_cli.files import targets
from minutes_cli.files.targets import Target
from minutes_cli.front import decode
from minutes_cli.judged import Asked, Judged
from minutes_cli.many.packed import Packed, pack, packed, unpack
from minutes_cli.settings import Settings
from minutes_cli.source import Source

if TYPE_CHECKING:
    from minutes_cli.many.cache import Cache

Finder = Callable[[str | None], Settings]

_TOGETHER, _BYTES = 32, 1_000_000  # files, and bytes of them, that are looked up at once
_TRIED = 3  # files judged before it is guessed how many more will be
_WORTH = 100  # files to judge for which processes are worth starting


def _raise(failure: MinutesError) -> None:
    raise failure


class Work(NamedTuple):
    """How a run is to be done.  `begins` hears of each target, `failed` of each file that could not be read.  `jobs` is
    the number of processes, 0 for as many as are of use."""

    begins: Callable[[Target], None] = lambda _target: None
    failed: Callable[[MinutesError], None] = _raise
    jobs: int = 1
    cache: Cache | None = None


ALONE = Work()


def judge(named: Sequence[Target], find: Finder, work: Work = ALONE) -> Iterator[Judged]:
    """Judge each target by the settings that `find` has for it.  The text of a file in which nothing was found is left
    out; `decode.whole` reads it again."""
    looked_up = _looked_up(asked(named, find, work), work.cache)
    try:
        yield from _alone(looked_up, work, len(named))
    finally:
        if work.cache:
            work.cache.close()


def asked(named: Iterable[Target], find: Finder, work: Work) -> Iterator[Asked]:
    """Each target that can be read, with its bytes and settings."""
    for target in named:
        work.begins(target)
        lies = target.lies
        try:
            yield Asked(target.name, lies, targets.load(target), find(lies), target.at is not None)
        except UnreadableFile as failure:
            work.failed(failure)


def _looked_up(files: Iterator[Asked], cache: Cache | None) -> Iterator[tuple[Asked, Packed | None]]:
    if cache is None:
        yield from ((asked, None) for asked in files)
        return
    for some in _together(files):
        yield from zip(some, cache.get(some), strict=True)


def _together(files: Iterator[Asked]) -> Iterator[list[Asked]]:
    some: list[Asked] = []
    size = 0
    for asked in files:
        some.append(asked)
        size += len(asked.data)
        if len(some) == _TOGETHER or size > _BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _alone(looked_up: Iterator[tuple[Asked, Packed | None]], work: Work, total: int) -> Iterator[Judged]:
    """In this process, as long as no more are of use."""
    missed = 0
    for seen, (asked, known) in enumerate(looked_up, 1):
        if known:
            yield _of(asked, known)
            continue
        yield _judged(asked, work.cache)
        missed += 1
        if (jobs := of_use(work, missed, missed * (total - seen) // seen, _WORTH)) > 1:
            yield from _apart(looked_up, work, jobs)
            return


def of_use(work: Work, done: int, left: int, worth: int) -> int:
    """How many processes are of use for what is left, once so much was done here.  They begin as copies of one that has
    everything loaded."""
    return work.jobs or (cores() if done >= _TRIED and left >= worth else 1)


def _judged(asked: Asked, cache: Cache | None) -> Judged:
    from minutes_cli import check

    try:
        judged = check.judge(decode.decode(asked.data, asked.name, asked.at), asked.settings)
    except Exception as error:
        error.add_note(asked.name)
        raise
    if cache:
        cache.put(asked, judged, pack(judged))
    return _of(asked, packed(judged))


def _apart(looked_up: Iterable[tuple[Asked, Packed | None]], work: Work, jobs: int) -> Iterator[Judged]:
    from minutes_cli.many import workers

    for asked, found in workers.each(looked_up, _judged_apart, jobs):
        if isinstance(found, bytes):
            judged = _of(asked, unpack(found))
            if work.cache:
                work.cache.put(asked, judged, found)
            yield judged
        else:
            yield _of(asked, found)


def _judged_apart(asked: Asked) -> bytes:
    from minutes_cli import check

    return pack(check.judge(decode.decode(asked.data, asked.name, asked.at), asked.settings))


def _of(asked: Asked, found: Packed) -> Judged:
    if found.diagnostics or found.suppressions or not asked.stays:
        return found.of(decode.decode(asked.data, asked.name, asked.at))
    return found.of(Source(asked.name, "", asked.at))


def cores() -> int:
    """How many processes the machine lets run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
