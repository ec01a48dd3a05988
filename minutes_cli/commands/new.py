"""開一份新的會議紀錄檔。 | Start the file of a new meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from minutes_cli.commands import _run
from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from pathlib import Path

    from minutes_cli.authoring.fresh import Draft

_ASKED = ("title", "date", "start", "location", "chair", "recorder")


@click.command(
    cls=Command,
    say=Say(
        "開一份新的會議紀錄檔 FILE（不寫檔名就依會議系列與會次取名）。已經有的檔案絕不覆蓋。\n\n"
        "機關的 minutes.toml 裡的預設值會先填好。"
        "用 --after 接著上一次的會議：會次加一，機關、地點、人員與章節照舊，請假與缺席不帶過來，"
        "還在列管的決議列成追蹤表。還沒有的資料留空，檢核時會指出來。",
        "Start FILE, the file of a new meeting (named by series and session if no name is given). Nothing is ever "
        "overwritten.\n\nThe defaults of the office's minutes.toml are filled in. "
        "With --after it is the meeting after that one: the next session, the same body, place, people "
        "and sections without leave and absence, and a table of the decisions that are still followed up. What is not "
        "known yet is left to fill, and check says so.",
    ),
)
@click.argument("file", required=False, type=click.Path(), metavar="[FILE]")
@option(
    "--after",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    say=Say("上一次會議的紀錄", "The meeting before"),
)
@_run.profile(Say("版面（預設 advisory）", "Layout profile (default: advisory)"))
@option("--title", metavar="TEXT", say=Say("會議名稱", "Title of the meeting"))
@option("--series", metavar="TEXT", say=Say("會議系列", "Series of the meeting"))
@option("--session", type=click.IntRange(1), metavar="N", say=Say("會次", "Session"))
@option("--date", metavar="DATE", say=Say("日期，民國或西元都可以", "Date, as 2026-12-01 or 115/12/1"))
@option("--start", metavar="TIME", say=Say("開始時間", "Time it begins"))
@option("--location", metavar="TEXT", say=Say("地點", "Place"))
@option("--chair", metavar="TEXT", say=Say("主席", "Chair"))
@option("--recorder", metavar="TEXT", say=Say("紀錄", "Recorder"))
@option("--keys", type=click.Choice(["zh", "en"]), say=Say("欄位名稱用中文或英文", "Chinese or English keys"))
@option("--no-comments", is_flag=True, say=Say("不寫各欄位的說明", "Leave out what explains each field"))
@option("--no-input", is_flag=True, say=Say("在終端機上也不要問", "Ask nothing, even on a terminal"))
def command(
    file: str | None,
    after: str | None,
    profile: str | None,
    keys: str | None,
    no_comments: bool,
    no_input: bool,
    **given: Any,
) -> int:
    """Gather what is known, ask for the rest where somebody can answer, and write."""
    from minutes_cli import language
    from minutes_cli.authoring import fresh

    draft, chinese = _draft(after, profile, _defaults(file) | _canonical(given))
    if not no_input and _somebody_is_there():
        draft = _asked(draft)
    style = fresh.Style(chinese if keys is None else keys == "zh", not no_comments, language.current())
    path = _path(file, draft)
    _create(path, fresh.text(draft, style))
    click.echo(str(path))
    return 0


def _draft(after: str | None, profile: str | None, given: dict[str, Any]) -> tuple[Draft, bool]:
    """What is known, and whether the keys are to be Chinese."""
    from pathlib import Path

    from minutes_cli import language, parse
    from minutes_cli import profile as profiles
    from minutes_cli.authoring import fresh
    from minutes_cli.errors import NothingToDo
    from minutes_cli.front import decode
    from minutes_cli.settings import Settings

    if after is None:
        if profile:
            given = {**given, "kind": profile}
        kind = str(given.get("kind") or profiles.DEFAULT)
        return fresh.first(profiles.load(kind), given), language.current() == "zh"
    previous = parse.parse(decode.read(Path(after)), Settings(profile=profile or ""))
    if not previous.whole:
        raise NothingToDo(Say(f"{after} 讀不出會議紀錄", f"{after} holds no minutes"))
    return fresh.after(previous, given), previous.meta.chinese


def _defaults(file: str | None) -> dict[str, Any]:
    """What the office's minutes.toml says of every meeting in the folder of the new file."""
    from pathlib import Path

    from minutes_cli import settings
    from minutes_cli.front import fields

    chosen = settings.in_folder(Path(file).parent if file else Path())
    kind = {"kind": chosen.profile} if chosen.profile else {}
    return kind | fields.defaults(chosen)[0]


def _canonical(given: dict[str, Any]) -> dict[str, Any]:
    """The options that were given, dates and times in their canonical form; NothingToDo for one that is none."""
    from minutes_cli.errors import NothingToDo
    from minutes_cli.front import calendar

    found = {key: value for key, value in given.items() if value is not None}
    for key, read, fault in (
        ("date", calendar.read_date, calendar.date_fault),
        ("start", calendar.read_time, calendar.time_fault),
    ):
        if key in found:
            value = read(found[key])
            if value is None:
                why = fault(found[key])
                raise NothingToDo(why.message if why else Say(found[key], found[key]))
            found[key] = value.date.isoformat() if isinstance(value, calendar.DateFound) else f"{value:%H:%M}"
    return found


def _somebody_is_there() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stderr.isatty()


def _asked(draft: Draft) -> Draft:
    """Ask for each field that a meeting must have; an empty answer leaves it to fill."""
    from msgspec.structs import replace

    from minutes_cli import language
    from minutes_cli.front import vocabulary

    values = dict(draft.values)
    for key in _ASKED:
        label = vocabulary.schema()["properties"][key]["title"] if language.current() == "zh" else key
        answer = click.prompt(label, default=values.get(key) or "", show_default=bool(values.get(key)), err=True)
        if answer and answer != values.get(key):
            values |= _canonical({key: answer})
    return replace(draft, values=values)


def _path(file: str | None, draft: Draft) -> Path:
    """The file named, or one named by series and session in the working directory."""
    import re
    from pathlib import Path

    if file:
        return Path(file)
    name = str(draft.values.get("series") or draft.values.get("title") or "minutes")
    session = draft.values.get("session")
    name = f"{name}-{session}" if session and draft.values.get("series") else name
    return Path(re.sub(r'[\\/:*?"<>|\s]+', "-", name).strip("-.") + ".md")


def _create(path: Path, text: str) -> None:
    """Write a file that must not be there yet."""
    from minutes_cli.errors import NothingToDo, UnwritableFile

    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise NothingToDo(Say(f"{path} 已經有了，不會覆蓋", f"{path} exists already and is not overwritten")) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnwritableFile(Say(f"{path} 無法寫入：{reason}", f"{path} cannot be written: {reason}")) from error
