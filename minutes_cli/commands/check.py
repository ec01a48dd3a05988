"""檢核會議紀錄，指出每一處錯誤。 | Check minutes and point at every fault."""

from __future__ import annotations

import click

from minutes_cli.commands import _reports, _run
from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say


@click.command(
    cls=Command,
    say=Say(
        "檢核 FILES 各檔，以及 FOLDERS 之下每一個有欄位區（---）的 *.md，逐處列出錯誤與改法。"
        "檔名寫 - 就讀標準輸入。\n\n"
        "有錯誤時結束代碼是 1；只有警告時是 0。",
        "Check FILES, and every *.md with front matter below FOLDERS, and list each fault and how to mend it. "
        "The file - is standard input.\n\nThe exit code is 1 if there are errors, 0 if there are only warnings.",
    ),
)
@_run.files
@_reports.reports
@option(
    "--schema",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    say=Say("機關自訂的 JSON Schema，另外再驗一次", "A JSON Schema of your office, to be checked as well"),
)
@_run.profile(_run.OF_THE_FILE)
@_run.templates
def command(
    files: tuple[str, ...], reports: tuple[_reports.Wanted, ...], output_file: str | None, **judged_by: str | None
) -> int:
    """Write the reports chunk by chunk, so that memory does not grow with the number of files."""
    from minutes_cli import targets
    from minutes_cli.judged import Judged

    run = _run.Run(targets.find(files), Say("檢核中", "checking"))
    wanted = _reports.plan(reports, output_file, (target.path for target in run.targets))
    checked = (run.judge(source, **judged_by) for _, source in run.sources())
    judged = (Judged(one.minutes.source, one.diagnostics) for one in checked)
    _reports.write(judged, wanted, run.show)
    return run.code()
