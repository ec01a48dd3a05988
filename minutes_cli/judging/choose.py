"""A file as judged in, the same with what its office and its own comments want to be told out.

select, ignore          by code or the words that codes begin with; the nearer choice counts, of two alike `ignore`
per-file-ignores        by the file's path below the folder of minutes.toml
severity                the nearer choice counts
suppressions            the comments of the file itself (see `suppress`)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from msgspec.structs import replace

from minutes_cli import codes, globs
from minutes_cli.diagnostics import SEVERITIES, Diagnostic
from minutes_cli.judged import Judged
from minutes_cli.settings import Settings, below


def choose(judged: Judged, settings: Settings, across: frozenset[str] = frozenset()) -> Judged:
    """The findings to tell, in the order of the file.  `across` are codes of rules that could not find all they look
    for, because the run is about less than a folder: a comment on one of them may be of use in another run."""
    if not judged.diagnostics and not judged.suppressions:
        return judged
    here = ignored_here(judged.source.at, settings)
    wanted = wants(settings, here)
    chosen = tuple(_weighed(found, settings) for found in judged.diagnostics if wanted(found.code))
    if not judged.suppressions:
        return replace(judged, diagnostics=chosen)
    from minutes_cli.judging import suppress  # which knows how to read a meeting file too, and loads all that takes

    heard = suppress.apply(replace(judged, diagnostics=chosen), lambda code: wanted(code) and code not in across)
    told = tuple(_weighed(found, settings) for found in heard.diagnostics if wanted(found.code))
    return replace(heard, diagnostics=told)


def wants(settings: Settings, here: tuple[str, ...] = ()) -> Callable[[str], bool]:
    """Whether a code is to be told; `here` are codes that the file's path ignores, whatever is selected."""
    select, ignore = settings.select, settings.ignore
    if not (select or ignore or here):
        return lambda _code: True

    def wanted(code: str) -> bool:
        if codes.nearest(here, code):
            return False
        chosen, left = codes.nearest(select, code), codes.nearest(ignore, code)
        return len(chosen) > len(left) if left else bool(chosen or not select)

    return wanted


def ignored_here(path: str | None, settings: Settings) -> tuple[str, ...]:
    """The codes that `per-file-ignores` leaves out for a file."""
    if not settings.per_file_ignores or path is None:
        return ()
    name = below(path, settings)
    return tuple(code for glob, listed in settings.per_file_ignores if _takes(glob, name) for code in listed)


@cache
def _takes(glob: str, name: str) -> bool:
    return globs.below(globs.patterns((glob,)), name)


def _weighed(found: Diagnostic, settings: Settings) -> Diagnostic:
    nearest = codes.nearest(settings.severity, found.code)
    return replace(found, severity=settings.severity[nearest]) if nearest else found


def fails(found: Diagnostic, settings: Settings) -> bool:
    """Whether a finding is as bad as the level at which a run fails."""
    if settings.fail_level not in SEVERITIES:
        return False
    return SEVERITIES.index(found.severity) <= SEVERITIES.index(settings.fail_level)
