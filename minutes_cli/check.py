"""Source in, Checked out: the only assembly.  Command line, editor, tests and batches all call `check`.

The stages are gates: bytes → text and front matter → schema → rules.  Where reading found nothing whole, nothing is
judged; a field that could not be read, or that the schema calls badly shaped, is taken out before the rules run, so
that one slip is told once and no rule meets a list where a text should be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from minutes_cli import codes, parse, profile, registry
from minutes_cli import settings as settings_files
from minutes_cli.body import drafts
from minutes_cli.diagnostics import Diagnostic, limited
from minutes_cli.document import Meta, Minutes
from minutes_cli.judged import Judged
from minutes_cli.judging import defaults, fixes, register, schema, suppress
from minutes_cli.judging.choose import choose
from minutes_cli.judging.summary import summary
from minutes_cli.settings import NONE, Settings
from minutes_cli.source import Source

BAD_SHAPE = ("schema-type", "value-missing")


class Checked(Struct, frozen=True):
    """A meeting and all that is wrong with it, in the order of the file."""

    minutes: Minutes
    diagnostics: tuple[Diagnostic, ...]


def check(source: Source, settings: Settings = NONE, drafts: parse.Drafts = drafts.drafts) -> Checked:
    """Read and judge one meeting; never raises for what stands in the file.  `drafts` as for `parse`."""
    if settings.defaults:
        defaults.verify(settings)
    minutes = parse.parse(source, settings, drafts)
    return Checked(minutes, _in_order(_stages(minutes, settings), source))


def told(source: Source, settings: Settings) -> Checked:
    """A meeting and what is to be told of it alone: for whoever needs the meeting too."""
    found = check(source, settings)
    judged = Judged(source, found.diagnostics, None, suppress.read(found.minutes))
    return replace(found, diagnostics=choose(judged, settings, codes.across()).diagnostics)


def judge(source: Source, settings: Settings = NONE) -> Judged:
    """What reports, cache and rules across files need of a meeting.  Everything found is in it: `choose` takes out what
    is not to be told, once the rules across files have spoken too."""
    found = check(source, settings)
    return Judged(source, found.diagnostics, summary(found.minutes, settings.people), suppress.read(found.minutes))


def forget() -> None:
    """Read anew whatever an office lays down — minutes.toml, its schema, its layout: for a program that goes on while they
    are edited."""
    for room in (settings_files, schema, profile):
        room.forget()


def _stages(minutes: Minutes, settings: Settings) -> Iterator[Diagnostic]:
    yield from (_on_its_line(problem, minutes) for problem in minutes.source.problems)
    yield from minutes.problems
    if not minutes.whole:
        return
    faults = tuple(schema.check(minutes))
    yield from faults
    meta = without_broken(minutes.meta, faults)
    judged = minutes if meta is minutes.meta else replace(minutes, meta=meta)  # what is known of one holds for both
    for name in registry.names("rules"):
        yield from limited(registry.load("rules", name).check(judged))
    yield from register.check(judged, settings.people)


def _on_its_line(found: Diagnostic, minutes: Minutes) -> Diagnostic:
    """A line of the front matter cannot be cut in two: there a separator becomes the space that it is read as."""
    if found.code != "line-separator" or not found.unsafe or found.span.start >= minutes.meta.span.end:
        return found
    return replace(found, fix=tuple(edit._replace(text=" ") for edit in found.fix), unsafe=False)


def without_broken(meta: Meta, faults: Iterable[Diagnostic] = ()) -> Meta:
    """`meta` without the values that cannot be judged; `broken` goes on naming their keys, so that a rule can tell an
    unreadable field from a missing one."""
    starts = [fault.span.start for fault in faults if fault.code in BAD_SHAPE]
    tops = [(path, place.value) for path, place in meta.places.items() if len(path) == 1] if starts else []
    broken = meta.broken | {str(path[0]) for path, at in tops if any(at.start <= start <= at.end for start in starts)}
    if not broken:
        return meta
    return replace(meta, data={key: value for key, value in meta.data.items() if key not in broken}, broken=broken)


def _in_order(diagnostics: Iterable[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """Sorted by place and code; what two stages found alike is told once.  Fixes get the file's own line ending."""
    unique = {(found.span, found.code, found.message): found for found in diagnostics}
    found = sorted(unique.values(), key=lambda found: (found.span, found.code))
    if "\r" in source.text and any(one.fix for one in found):
        return tuple(fixes.fitted(one, source.ending) for one in found)
    return tuple(found)
