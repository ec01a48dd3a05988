"""檢核會議紀錄，指出每一處錯誤。 | Check minutes and point at every fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from minutes_cli.commands import _choices, _fixing, _outcome, _reports, _run, _work
from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from minutes_cli.baseline import Baseline
    from minutes_cli.judged import Judged
    from minutes_cli.settings import Options

_PEOPLE = ("text", "concise")  # reports in which there is room for a word more


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
@option("--exit-zero", is_flag=True, say=Say("有錯誤時結束代碼也是 0", "Exit with 0 whatever is found"))
@option("--statistics", is_flag=True, say=Say("最後列出各代碼有幾個", "At the end count the findings of each code"))
@option("--verbose", is_flag=True, say=Say("逐一列出略過的檔案與理由", "List each file that is passed over, and why"))
@option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    say=Say("不列出這份基準檔裡已有的問題", "Do not tell of what this baseline has already"),
)
@option(
    "--write-baseline",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    say=Say("把現有的問題寫成基準檔，以後只看新的", "Write what there is to a baseline, to see only what is new"),
)
@option("--show-settings", is_flag=True, say=Say("印出有效的設定與來源", "Print the settings and where they come from"))
def command(files: tuple[str, ...], reports: tuple[_reports.Wanted, ...], output_file: str | None, **given: Any) -> int:
    """Find the files, judge them, choose what is told, write the reports, and say what was passed over."""
    from collections import deque

    from minutes_cli import targets

    choices = _choices.Choices(**{name: given.pop(name) for name in _choices.Choices._fields})
    mend = _fixing.Wanted(**{name: given.pop(name) for name in _fixing.Wanted._fields})
    work = _work.Wanted(**{name: given.pop(name) for name in _work.Wanted._fields})
    choices.speak(files)
    if given["show_settings"]:
        click.echo(choices.shown(files), nl=False)
        return 0
    found = targets.look(files, choices.search())
    run = _run.Run(found.targets, Say("檢核中", "checking"))
    outcome = _outcome.Outcome(choices.options(), _baseline(given["baseline"]), _not_all(run))
    fixing = _fixing.Fixing(mend, run, choices.options(), outcome.baseline)
    told = fixing.offered(outcome.of(_judged(run, choices.options(), fixing, work)))
    if given["write_baseline"]:
        _record(run, told, given["write_baseline"])
        return run.code()
    wanted = _reports.plan(reports, output_file, (target.path for target in run.targets))
    if mend.diff or mend.fix_only:
        deque(told, 0)
        run.say(fixing.last_words())
        failed = fixing.count and (mend.diff or mend.exit_non_zero_on_fix)
        return run.code(failed=bool(failed) and not given["exit_zero"])
    _reports.write(told, wanted, run.tell if fixing.filters else run.show)
    aside = not any(one.file is None and one.name in _PEOPLE for one in wanted)
    if aside:
        run.say(_outcome.tally(outcome))
    run.say(_outcome.last_words(outcome, found.skipped, given["verbose"]), aside or fixing.filters)
    run.say(fixing.last_words())
    if given["statistics"]:
        run.say(_outcome.statistics(outcome), aside or fixing.filters)
    failed = outcome.failing or (fixing.count and mend.exit_non_zero_on_fix)
    return run.code(failed=bool(failed) and not given["exit_zero"])


def _judged(run: _run.Run, options: Options, fixing: _fixing.Fixing, work: _work.Wanted) -> Iterator[Judged]:
    from functools import partial

    from minutes_cli import across, batch, settings

    find, reported = partial(settings.of, options=options), work.reported()
    judged = batch.judge(run.targets, find, work.work(run))
    return across.check(fixing.of(judged, reported), _of_a_folder(run), reported)


def _not_all(run: _run.Run) -> frozenset[str]:
    """The codes that a run over single files cannot find all of."""
    from minutes_cli import codes

    return frozenset() if _of_a_folder(run) else codes.across()


def _of_a_folder(run: _run.Run) -> bool:
    return any(target.inside is not None for target in run.targets)


def _baseline(path: str | None) -> Baseline | None:
    from pathlib import Path

    from minutes_cli import baseline

    return baseline.read(Path(path)) if path else None


def _record(run: _run.Run, told: Iterable[Judged], name: str) -> None:
    """Write the baseline, whole, once every file was judged."""
    from pathlib import Path

    from minutes_cli import baseline, writing

    files = _outcome.record(told, Path(name))
    run.code()  # a file that could not be read would be missing in it
    writing.write(Path(name), baseline.text(files).encode("utf-8", "surrogateescape"))
    count = sum(map(len, files.values()))
    run.say(Say(f"{count} 個問題寫進 {name}。\n", f"{count} findings written to {name}.\n"))
