"""輸出成文字、HTML、DOCX 或 JSON。 | Render minutes as text, HTML, DOCX or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minutes_cli import registry
from minutes_cli.commands import _choices, _run, _work
from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from minutes_cli.commands._making import Made
    from minutes_cli.judged import Asked


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
@_work.jobs
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
    files: tuple[str, ...], formats: tuple[str, ...], output: str | None, jobs: int | None, **given: str | None
) -> int:
    """Decide every destination, then make one meeting after the other, and tell what was wrong with each."""
    from pathlib import Path

    from minutes_cli.commands import _destinations, _making
    from minutes_cli.files import targets
    from minutes_cli.many.batch import Work

    choices = _choices.Choices(given["schema"], given["profile"], given["templates"])
    choices.speak(files)
    found = targets.find(files)
    suffixes = {name: registry.load("render", name).SUFFIX for name in formats}
    places = {target.lies: named for target, named in _destinations.plan(found, suffixes, output).items()}
    plan = _making.Plan(places, Path(given["reference"]) if given["reference"] else None)
    run = _run.Run(found, Say("輸出中", "rendering"))
    written = 0
    for asked, made in _making.made(found, choices.options(), plan, Work(run.begins, run.failed, jobs or 0)):
        _tell(run, asked, made)
        written += sum(path is not None for path in places[asked.at].values()) if made.whole else 0
    _tell_end(run, written)
    return run.code()


def _tell(run: _run.Run, asked: Asked, made: Made) -> None:
    from minutes_cli import language
    from minutes_cli.front import decode

    run.errors += len(made.errors)
    source = decode.decode(asked.data, asked.name, asked.at) if made.errors else None
    for found in made.errors:
        run.tell(registry.load("report", "text").finding(source, found, language.current()))
    if not made.whole:
        say = Say(f"{asked.name}：讀不出會議紀錄，沒有輸出。\n", f"{asked.name}: holds no minutes, not rendered.\n")
        run.tell(say.in_(language.current()))
    for data in made.shown:
        click.echo(data, nl=False)


def _tell_end(run: _run.Run, written: int) -> None:
    from minutes_cli import language

    if written:
        files = f"{written} file" + ("" if written == 1 else "s")
        zh = f"寫出 {written} 個檔案" + (f"，原檔有 {run.errors} 個錯誤" if run.errors else "")
        en = f"{files} written" + (f", with {run.errors} errors in the minutes" if run.errors else "")
        run.tell(Say(f"{zh}。\n", f"{en}.\n").in_(language.current()))
