"""輸出成文字、HTML、DOCX 或 JSON。 | Render minutes as text, HTML, DOCX or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minutes_cli import registry
from minutes_cli.commands import _choices, _run
from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from minutes_cli.check import Checked
    from minutes_cli.document import Minutes
    from minutes_cli.lines import Printed

    Writer = Callable[[Printed, Minutes], bytes]


@click.command(
    cls=Command,
    say=Say(
        "把 FILES 各檔，以及 FOLDERS 之下每一個有欄位區（---）的 *.md，輸出成 --to 的格式；檔名寫 - 就讀標準輸入。\n\n"
        "有錯誤的檔案，讀得懂的部分照樣輸出，錯誤列在標準錯誤，結束代碼是 1；讀不出會議紀錄的檔案不輸出。",
        "Render FILES, and every *.md with front matter below FOLDERS, in each format of --to. "
        "The file - is standard input.\n\nA file with errors is rendered as far as it can be read, its errors go to "
        "standard error, and the exit code is 1; a file that holds no minutes is not rendered.",
    ),
)
@_run.files
@option(
    "--to",
    "formats",
    type=click.Choice(registry.names("render")),
    multiple=True,
    required=True,
    say=Say("輸出格式，可以寫好幾次", "Output format; may be given several times"),
)
@option(
    "-o",
    "--output",
    type=click.Path(allow_dash=True),
    metavar="FILE|FOLDER|-",
    say=Say(
        "輸出到哪裡：有副檔名的是檔案，其他是資料夾，- 是標準輸出（預設：原檔旁邊）",
        "Where to: a name with a suffix is a file, any other a folder, - is standard output (default: beside the file)",
    ),
)
@_run.profile(_run.OF_THE_FILE)
@_run.templates
@_choices.schema
@option(
    "--reference",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE.docx",
    say=Say("用這份 Word 檔的樣式輸出 DOCX", "Take the styles of the DOCX from this Word file"),
)
def command(
    files: tuple[str, ...], formats: tuple[str, ...], output: str | None, reference: str | None, **layout: str | None
) -> int:
    """Decide every destination, then read, judge and write one meeting at a time."""
    from minutes_cli import targets
    from minutes_cli.commands import _destinations

    choices = _choices.Choices(layout["schema"], layout["profile"], layout["templates"])
    choices.speak(files)
    options = choices.options()
    found = targets.find(files)
    writers = {name: _writer(name, reference) for name in formats}
    suffixes = {name: registry.load("render", name).SUFFIX for name in formats}
    places = _destinations.plan(found, suffixes, output)
    run = _run.Run(found, Say("輸出中", "rendering"))
    written = 0
    for target, source in run.sources():
        checked = run.judge(source, options)
        _tell_errors(run, checked)
        if checked.minutes.whole:
            with _run.naming(source):
                written += _write(checked.minutes, places[target], writers)
    _tell_end(run, written)
    return run.code()


def _writer(name: str, reference: str | None) -> Writer:
    from functools import partial
    from pathlib import Path

    module = registry.load("render", name)
    if reference and name == "docx":
        return partial(module.render, reference=Path(reference))
    render: Writer = module.render
    return render


def _write(minutes: Minutes, places: Mapping[str, Path | None], writers: Mapping[str, Writer]) -> int:
    """Write each format; return how many files there were."""
    from minutes_cli import outline, writing

    bases = {name: _base(minutes.source.path, path) for name, path in places.items()}
    printed = {base: outline.outline(minutes, base) for base in set(bases.values())}
    for name, path in places.items():
        data = writers[name](printed[bases[name]], minutes)
        if path:
            writing.write(path, data)
        else:
            click.echo(data, nl=False)
    return sum(path is not None for path in places.values())


def _base(meeting: Path | None, output: Path | None) -> str:
    """The way from the folder of the output back to that of the meeting, "" where they are one, or on two drives."""
    import os.path
    from urllib.parse import quote

    if meeting is None or output is None:
        return ""
    try:
        way = os.path.relpath(os.path.realpath(meeting.parent), os.path.realpath(output.parent))
    except ValueError:
        return ""
    return "" if way == "." else quote(way.replace(os.sep, "/")) + "/"


def _tell_errors(run: _run.Run, checked: Checked) -> None:
    from minutes_cli import language
    from minutes_cli.diagnostics import ERROR

    source = checked.minutes.source
    for found in checked.diagnostics:
        if found.severity == ERROR:
            run.tell(registry.load("report", "text").finding(source, found, language.current()))
    if not checked.minutes.whole:
        say = Say(f"{source.name}：讀不出會議紀錄，沒有輸出。\n", f"{source.name}: holds no minutes, not rendered.\n")
        run.tell(say.in_(language.current()))


def _tell_end(run: _run.Run, written: int) -> None:
    from minutes_cli import language

    if written:
        files = f"{written} file" + ("" if written == 1 else "s")
        zh = f"寫出 {written} 個檔案" + (f"，原檔有 {run.errors} 個錯誤" if run.errors else "")
        en = f"{files} written" + (f", with {run.errors} errors in the minutes" if run.errors else "")
        run.tell(Say(f"{zh}。\n", f"{en}.\n").in_(language.current()))
