"""在瀏覽器裡看印出來的樣子，存檔就更新。 | Show the printed page in a browser, and again at every save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from minutes_cli.commands._help import Command, option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from pathlib import Path

    from minutes_cli.preview.server import Server, Show


@click.command(
    cls=Command,
    say=Say(
        "在瀏覽器裡看 FILE 印出來的樣子；FOLDER 則列出其中的會議紀錄。存檔之後馬上更新，捲到哪裡就留在哪裡，"
        "錯誤與行號列在上方。只有這台電腦看得到。按 Ctrl-C 結束。",
        "Show FILE as it prints, or the list of the minutes in FOLDER. The page is renewed at every save and stays where "
        "it was scrolled to; faults and their lines stand above it. Only this machine can see it. Ctrl-C ends it.",
    ),
)
@click.argument("path", type=click.Path(exists=True), metavar="FILE|FOLDER")
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    say=Say("連接埠（預設由系統挑）", "Port (default: any)"),
)
@option("--no-open", is_flag=True, say=Say("不要打開瀏覽器", "Do not open the browser"))
def command(path: str, port: int, no_open: bool) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    import signal

    from minutes_cli.errors import NothingToDo
    from minutes_cli.preview.server import Server

    try:
        server = Server(_show(path), port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise NothingToDo(Say(f"連接埠 {port} 不能用：{reason}", f"port {port} cannot be used: {reason}")) from error
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.stop())
    _tell(server, no_open)
    server.run()
    return 0


def _show(path: str) -> Show:
    from pathlib import Path

    from minutes_cli import language
    from minutes_cli.files import targets
    from minutes_cli.preview.server import Show

    root = Path(path)
    if root.is_dir():
        targets.find([path])  # a folder without minutes is told at once
        return Show(root, None, lambda: _below(path), language.current())
    return Show(root.parent, root, lambda: [root], language.current())


def _below(folder: str) -> list[Path]:
    """The meetings of a folder, which may be empty for a while."""
    from minutes_cli.errors import MinutesError
    from minutes_cli.files import targets

    try:
        return [target.path for target in targets.find([folder]) if target.path]
    except MinutesError:
        return []


def _tell(server: Server, no_open: bool) -> None:
    import webbrowser

    from minutes_cli import language

    say = Say(f"{server.address}（按 Ctrl-C 結束）", f"{server.address} (Ctrl-C ends it)")
    click.echo(say.in_(language.current()))
    if not no_open:
        webbrowser.open(server.address)
