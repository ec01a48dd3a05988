"""檢核會議紀錄，指出每一處錯誤。 | Check minutes and point at every fault."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from minutes_cli.commands import _choices, _fixing, _outcome, _reports, _run, _words, _work
from minutes_cli.commands._help import Command
from minutes_cli.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from minutes_cli.files.search import Seen
    from minutes_cli.judged import Judged

_FOR_PEOPLE = "text"  # the report that says by itself how many files were judged


class _Asked(NamedTuple):
    """Everything that was asked for, by the room that sees to it."""

    choices: _choices.Choices
    fixing: _fixing.Wanted
    work: _work.Wanted
    outcome: _outcome.Wanted


class _Check(NamedTuple):
    """A run with those who see to it."""

    asked: _Asked
    run: _run.Run
    outcome: _outcome.Outcome
    fixing: _fixing.Fixing


@click.command(
    cls=Command,
    say=Say(
        "檢核 FILES 各檔，以及 FOLDERS 之下每一個有欄位區（---）的 *.md，逐處列出錯誤與改法。"
        "檔名寫 - 就讀標準輸入。設定寫在 minutes.toml，離檔案最近的一份有效。\n\n"
        "有錯誤時結束代碼是 1；只有警告時是 0（可用 --fail-level 改）。",
        "Check FILES, and every *.md with front matter below FOLDERS, and list each fault and how to mend it. "
        "The file - is standard input. Settings are those of the nearest minutes.toml.\n\n"
        "The exit code is 1 if there are errors, 0 if there are only warnings (see --fail-level).",
    ),
)
@_run.files
@_reports.reports
@_fixing.options
@_choices.options
@_work.options
@_run.profile(_run.OF_THE_FILE)
@_run.templates
@_outcome.options
def command(files: tuple[str, ...], reports: tuple[_reports.Wanted, ...], output_file: str | None, **given: Any) -> int:
    """Find the files, judge them, choose what is told, write the reports, and say what was passed over."""
    from minutes_cli.files import targets

    asked = _Asked(*(kind(**{name: given[name] for name in kind._fields}) for kind in _GROUPS))
    asked.choices.speak(files)
    if asked.outcome.show_settings:
        click.echo(asked.choices.shown(files), nl=False)
        return 0
    found = targets.look(files, asked.choices.search())
    check = _check(asked, _run.Run(found.targets, Say("檢核中", "checking")))
    told = _told(check)
    if asked.outcome.write_baseline:
        return _record(check.run, told, asked.outcome.write_baseline)
    wanted = _reports.plan(reports, output_file, (target.path for target in found.targets))
    if asked.fixing.diff or asked.fixing.fix_only:
        return _mend(check, told)
    return _report(check, told, wanted, found.skipped)


_GROUPS: tuple[Any, ...] = (_choices.Choices, _fixing.Wanted, _work.Wanted, _outcome.Wanted)


def _check(asked: _Asked, run: _run.Run) -> _Check:
    from minutes_cli import codes

    options, known = asked.choices.options(), asked.outcome.known()
    missed = frozenset[str]() if _of_a_folder(run) else codes.across()
    return _Check(
        asked, run, _outcome.Outcome(options, known, missed), _fixing.Fixing(asked.fixing, run, options, known)
    )


def _of_a_folder(run: _run.Run) -> bool:
    return any(target.folder is not None for target in run.targets)


def _told(check: _Check) -> Iterator[Judged]:
    """Each file: judged, mended, compared with the others, and chosen from."""
    from functools import partial

    from minutes_cli import settings
    from minutes_cli.many import across, batch

    run, work = check.run, check.asked.work
    find, reported = partial(settings.of, options=check.outcome.options), work.reported(run)
    judged = check.fixing.of(batch.judge(run.targets, find, work.work(run)), reported)
    return check.fixing.offered(check.outcome.of(across.check(judged, _of_a_folder(run), reported)))


def _record(run: _run.Run, told: Iterable[Judged], name: str) -> int:
    """Write the baseline, whole, once every file was judged."""
    from pathlib import Path

    from minutes_cli.files import writing
    from minutes_cli.judging import baseline

    files = _outcome.record(told, Path(name))
    code = run.code()  # raises for a file that could not be read, which would be missing in it
    writing.write(Path(name), baseline.text(files).encode("utf-8", "surrogateescape"))
    count = sum(map(len, files.values()))
    run.say(Say(f"{count} 個問題寫進 {name}。\n", f"{count} findings written to {name}.\n"))
    return code


def _mend(check: _Check, told: Iterator[Judged]) -> int:
    """Only mend, or show how."""
    deque(told, 0)
    check.run.say(check.fixing.last_words())
    wanted = check.asked.fixing
    failed = check.fixing.count and (wanted.diff or wanted.exit_non_zero_on_fix)
    return check.run.code(failed=bool(failed) and not check.asked.outcome.exit_zero)


def _report(check: _Check, told: Iterator[Judged], wanted: Sequence[_reports.Wanted], skipped: Sequence[Seen]) -> int:
    """Write the reports, and behind one for people, or beside one for programs, the last words."""
    run, end, filters = check.run, check.asked.outcome, check.fixing.filters
    _reports.write(told, wanted, run.tell if filters else run.show)
    aside = not any(one.file is None and one.name == _FOR_PEOPLE for one in wanted)
    if aside:
        run.say(_words.tally(check.outcome))
    run.say(_words.last(check.outcome, skipped, end.verbose), aside or filters)
    run.say(check.asked.work.last_words(run), aside or filters)
    run.say(check.fixing.last_words())
    if end.statistics:
        run.say(_words.statistics(check.outcome), aside or filters)
    failed = check.outcome.failing or (check.fixing.count and check.asked.fixing.exit_non_zero_on_fix)
    return run.code(failed=bool(failed) and not end.exit_zero)
