"""One meeting file in; what is rendered of it written out, and what is to be told of it back: in any process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from minutes_cli.commands._destinations import Places
    from minutes_cli.diagnostics import Diagnostic
    from minutes_cli.document import Minutes
    from minutes_cli.files.targets import Target
    from minutes_cli.judged import Asked
    from minutes_cli.many.batch import Work
    from minutes_cli.settings import Options

_WORTH = 40  # files to render for which processes are worth starting


class Plan(NamedTuple):
    """Where each format of a meeting goes, by the path of the meeting, and the Word file with the styles."""

    places: Mapping[str | None, Places]
    reference: Path | None


class Made(NamedTuple):
    """The errors of a meeting; whether it could be rendered; what goes to standard output."""

    errors: tuple[Diagnostic, ...]
    whole: bool
    shown: tuple[bytes, ...] = ()


def made(named: Sequence[Target], options: Options, plan: Plan, work: Work) -> Iterator[tuple[Asked, Made]]:
    """Each file with what came of it, in order: in this process as long as no more are of use."""
    from minutes_cli import settings
    from minutes_cli.commands import _run
    from minutes_cli.many import batch

    files = batch.asked(named, partial(settings.of, options=options), work)
    for done, asked in enumerate(files, 1):
        with _run.naming(asked.name):
            one = make(plan, asked)
        yield asked, one
        if (jobs := batch.of_use(work, done, len(named) - done, _WORTH)) > 1:
            from minutes_cli.many import workers

            yield from workers.each(((asked, None) for asked in files), partial(make, plan), jobs)


def make(plan: Plan, asked: Asked) -> Made:
    """Judge and render one meeting."""
    from minutes_cli import check
    from minutes_cli.diagnostics import ERROR
    from minutes_cli.front import decode

    checked = check.told(decode.decode(asked.data, asked.name, asked.at), asked.settings)
    errors = tuple(found for found in checked.diagnostics if found.severity == ERROR)
    if not checked.minutes.whole:
        return Made(errors, False)
    return Made(errors, True, tuple(_shown(checked.minutes, plan.places[asked.at], plan.reference)))


def _shown(minutes: Minutes, places: Places, reference: Path | None) -> Iterator[bytes]:
    """Write each format; what has no place is for standard output."""
    from minutes_cli import registry
    from minutes_cli.files import writing
    from minutes_cli.printing import outline

    bases = {name: _base(minutes.source.path, path) for name, path in places.items()}
    printed = {base: outline.outline(minutes, base) for base in set(bases.values())}
    for name, path in places.items():
        more = {"reference": reference} if reference and name == "docx" else {}
        data: bytes = registry.load("render", name).render(printed[bases[name]], minutes, **more)
        if path:
            writing.write(path, data)
        else:
            yield data


def _base(meeting: Path | None, output: Path | None) -> str:
    """The way from the folder of the output back to that of the meeting, "" where they are one, or on two drives."""
    return _way(meeting.parent, output.parent) if meeting and output else ""


@lru_cache(maxsize=16)  # most files of a run lie in one folder
def _way(meeting: Path, output: Path) -> str:
    import os.path
    from urllib.parse import quote

    try:
        way = os.path.relpath(os.path.realpath(meeting), os.path.realpath(output))
    except ValueError:
        return ""
    return "" if way == "." else quote(way.replace(os.sep, "/")) + "/"
