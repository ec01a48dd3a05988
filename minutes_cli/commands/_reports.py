"""The options --report and --output-file in, one stream of judged meetings out as all the reports that were asked for.

--report NAME           on standard output
--report NAME=FILE      in a file; may be given several times, beside one on standard output
--output-file FILE      the one report that has no file of its own

Without --report it is `text`, in a step of GitHub Actions `github`; where that one is written, the job's summary gets
the whole table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
from click.shell_completion import CompletionItem

from minutes_cli import language, registry
from minutes_cli.commands._help import option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from minutes_cli.judged import Judged

_F = TypeVar("_F", bound=Callable[..., Any])


class Wanted(NamedTuple):
    """A report and its file, None for standard output; `added` behind what the file holds already."""

    name: str
    file: Path | None = None
    added: bool = False


def _read(context: click.Context, parameter: click.Parameter, given: Iterable[str]) -> tuple[Wanted, ...]:
    known = click.Choice(registry.names("report"))
    parts = [one.partition("=") for one in given]
    return tuple(
        Wanted(known.convert(name, parameter, context), Path(file) if file not in ("", "-") else None)
        for name, _, file in parts
    )


def _complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in registry.names("report") if name.startswith(typed)]


def reports(command: _F) -> _F:
    """The options --report and --output-file."""
    names = "、".join(registry.names("report")), ", ".join(registry.names("report"))
    formats = Say(
        f"結果的格式：{names[0]}。加上 =FILE 就寫進檔案，可以一次寫好幾種（預設 text）",
        f"Format of the report: {names[1]}. With =FILE it is written there; may be given several times (default: text)",
    )
    file = Say("結果寫進檔案，不印在畫面上", "Write the report to a file, not to standard output")
    several = {"multiple": True, "callback": _read, "shell_complete": _complete}
    wanted = option("--report", "reports", metavar="NAME[=FILE]", say=formats, **several)
    return wanted(option("--output-file", type=click.Path(), metavar="FILE", say=file)(command))


def plan(asked: Sequence[Wanted], output_file: str | None, sources: Iterable[Path | None]) -> tuple[Wanted, ...]:
    """Every report with its place; a usage error where two would meet, or one would take the place of a source."""
    wanted = list(asked) or [Wanted(_default(output_file))]
    if output_file is not None:
        open_ = [i for i, one in enumerate(wanted) if one.file is None]
        if len(open_) != 1:
            raise _usage(
                "--output-file 只放得下一種結果；其他的請用 --report NAME=FILE",
                "--output-file holds one report; write the others as --report NAME=FILE",
            )
        wanted[open_[0]] = wanted[open_[0]]._replace(file=Path(output_file))
    places = [os.path.realpath(one.file) if one.file else "" for one in wanted]
    if len(set(places)) < len(places):
        raise _usage(
            "兩種結果不能寫到同一個地方；請用 --report NAME=FILE 各寫一個檔案",
            "two reports cannot be written to one place; give each a file with --report NAME=FILE",
        )
    if any(places) and not {os.path.realpath(source) for source in sources if source}.isdisjoint(places):
        raise _usage("結果會蓋掉會議紀錄，請換個檔名", "the report would overwrite the minutes; choose another file")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(one.name == "github" for one in wanted):
        wanted.append(Wanted("markdown", Path(summary), added=True))
    return tuple(wanted)


def _default(output_file: str | None) -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" and output_file is None else "text"


def _usage(zh: str, en: str) -> click.UsageError:
    return click.UsageError(Say(zh, en).in_(language.current()))


def write(judged: Iterable[Judged], wanted: Sequence[Wanted], show: Callable[[str], None]) -> None:
    """Show each piece as it comes; a file is written at the end, whole."""
    from minutes_cli.files import writing

    pieces: list[list[str]] = [[] for _ in wanted]
    for index, piece in _side_by_side(judged, [one.name for one in wanted]):
        if wanted[index].file is None:
            show(piece)
        else:
            pieces[index].append(piece)
    for one, written in zip(wanted, pieces, strict=True):
        if one.file is not None:
            data = click.unstyle("".join(written)).encode("utf-8", "backslashreplace")
            (writing.append if one.added else writing.write)(one.file, data)


def _side_by_side(judged: Iterable[Judged], names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The pieces of several reports over one stream.  The one that is furthest behind goes on, so that only the
    meetings between the first and the last of them are held."""
    passed = [0] * len(names)

    def counted(index: int, stream: Iterator[Judged]) -> Iterator[Judged]:
        for one in stream:
            passed[index] += 1
            yield one

    going = {
        index: registry.load("report", name).write(counted(index, stream), language.current())
        for index, (name, stream) in enumerate(zip(names, tee(judged, len(names)), strict=True))
    }
    while going:
        behind = min(going, key=passed.__getitem__)
        piece = next(going[behind], None)
        if piece is None:
            del going[behind]
        else:
            yield behind, piece
