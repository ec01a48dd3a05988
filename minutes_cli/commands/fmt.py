"""改寫成標準寫法，意思不變。 | Rewrite in the canonical spelling; the meaning stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minutes_cli.commands import _diff, _run
from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from minutes_cli.files.targets import Target
    from minutes_cli.source import Source


@click.command(
    cls=Command,
    say=Say(
        "把 FILES 各檔，以及 FOLDERS 之下的會議紀錄，改寫成標準寫法：自己打的編號改成清單、標籤、日期時間、"
        "表格對齊、清單縮排。印出來的內容一字不變；註解、換行字元與看不懂的部分照原樣保留。"
        "檔名寫 - 就讀標準輸入、寫標準輸出。\n\n"
        "用 --check 或 --diff 時不改檔案，有檔案需要改寫時結束代碼是 1。",
        "Rewrite FILES, and the minutes below FOLDERS, in the canonical spelling: typed numbers as lists, labels, dates "
        "and times, aligned tables, indentation of lists. What is printed does not change; comments, line endings and "
        "whatever is not understood stay as they are. The file - is standard input, written to standard output.\n\n"
        "With --check or --diff no file is changed, and the exit code is 1 if one would be.",
    ),
)
@_run.files
@option("--check", is_flag=True, say=Say("只說哪些檔案需要改寫", "Only say which files would be rewritten"))
@option("--diff", is_flag=True, say=Say("只列出會改哪些地方", "Only show what would be changed"))
@_run.profile(_run.OF_THE_FILE)
def command(files: tuple[str, ...], check: bool, diff: bool, profile: str | None) -> int:
    """Format one file at a time; what cannot be read is passed over by the formatter itself."""
    from minutes_cli import settings
    from minutes_cli.authoring import format as formatter
    from minutes_cli.files import targets

    options = settings.Options(profile=profile or "")
    run = _run.Run(targets.find(files), Say("改寫中", "formatting"))
    changed = 0
    for target, source in run.sources():
        with _run.naming(source.name):
            text = formatter.format(source, settings.of(source.at, options))
        if text != source.text:
            changed += 1
        if diff:
            run.show(_diff.unified(source.name, source.text, text))
        elif target.path is None and not check:
            run.show(text)
        elif text != source.text:
            _rewrite(run, target, source, None if check else text)
    _tell(run, changed, dry=check or diff)
    return max(run.code(), 1 if changed and (check or diff) else 0)


def _rewrite(run: _run.Run, target: Target, source: Source, text: str | None) -> None:
    """Write the new text in the place of the old one; without it only name the file."""
    from minutes_cli.files import writing

    if text is not None and target.path:
        writing.write(target.path, (("\ufeff" if source.bom else "") + text).encode())
    run.show(f"{source.name}\n")


def _tell(run: _run.Run, changed: int, dry: bool) -> None:
    from minutes_cli import language

    total = len(run.targets)
    zh = f"{total} 個檔案，{changed} 個{'需要改寫' if dry else '已改寫'}。\n"
    en = f"{total} file{'' if total == 1 else 's'}, {changed} {'to be rewritten' if dry else 'rewritten'}.\n"
    run.tell(Say(zh, en).in_(language.current()))
