"""Arguments in, an exit code out: the click group, and the one place where a failure becomes an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TextIO

import click

from minutes_cli import __version__, errors, language, registry
from minutes_cli.commands import _help, _messages
from minutes_cli.say import Say

INTERRUPTED = 130
BROKEN_PIPE = 141

CODES: dict[int, Say] = {
    0: Say("沒有錯誤", "no fault"),
    1: Say("會議紀錄有錯誤", "faults found in the minutes"),
    errors.MinutesError.exit_code: errors.MinutesError.meaning,
    **{kind.exit_code: kind.meaning for kind in errors.MinutesError.__subclasses__()},
    INTERRUPTED: Say("使用者中斷（Ctrl-C）", "interrupted (Ctrl-C)"),
}


class Group(_help.Command, click.Group):
    """Commands are found by the names of their files and imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(registry.names("commands"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in registry.names("commands"):
            return None
        command: click.Command = registry.load("commands", cmd_name).command
        _help.speak(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands and the exit codes, without importing a command."""
        with formatter.section(_messages.translate("Commands")):
            formatter.write_dl([(name, summary(name).in_(language.current())) for name in self.list_commands(ctx)])
        with formatter.section(Say("結束代碼", "Exit codes").in_(language.current())):
            formatter.write_dl([(str(code), say.in_(language.current())) for code, say in sorted(CODES.items())])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The names of the commands (click would import each), else the options."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [CompletionItem(name, help=summary(name).in_(language.current())) for name in names]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(errors.NothingToDo.exit_code)
        return super().parse_args(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "minutes",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and exit with one of `CODES`, whatever `standalone_mode` says."""
        for stream in (sys.stdout, sys.stderr):
            _speak_utf8(stream)
        language.choose(sys.argv[1:] if args is None else args)
        _help.speak(self)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except BaseException as error:
            code = _code(error)
        sys.exit(code or 0)


def summary(name: str) -> Say:
    """The one-line help of a command, read from the first line of its file."""
    path = os.path.join(os.path.dirname(__file__), "commands", f"{name.replace('-', '_')}.py")  # noqa: PTH118, PTH120
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        chinese, _, english = file.readline().strip().strip('"').partition(" | ")
    return Say(chinese, english)


def _code(error: BaseException) -> int:
    """Tell what happened, in the reader's language, and return the exit code."""
    match error:
        case errors.MinutesError():
            _say(error.say)
            return error.exit_code
        case click.ClickException():
            error.show()
            return errors.NothingToDo.exit_code
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case SystemExit() if os.environ.get("_MINUTES_COMPLETE"):
            return int(error.code or 0)
        case SystemExit() | BrokenPipeError():  # click turns a broken pipe into SystemExit
            _forget_output()
            return BROKEN_PIPE
        case ModuleNotFoundError(name=str(name)) if not name.startswith("minutes_cli"):
            _say(Say(f"缺少元件 {name}；請重新安裝 minutes-cli", f"{name} is missing; install minutes-cli again"))
            return errors.BadEnvironment.exit_code
        case OSError(filename=None):
            _forget_output()
            _say(Say(f"輸出寫不出去：{error.strerror}", f"cannot write the output: {error.strerror}"))
            return errors.UnwritableFile.exit_code
        case _:
            return _internal(error)


def _internal(error: BaseException) -> int:
    if os.environ.get("MINUTES_DEBUG"):
        import traceback

        traceback.print_exception(error)
    what = "".join(f"{note}: " for note in getattr(error, "__notes__", ())) + f"{type(error).__name__}: {error}"
    version = f"minutes {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    _say(
        Say(
            f"工具內部錯誤，不是您的檔案的問題。請把這一行回報給維護者：\n  {what} ({version})\n"
            "加上環境變數 MINUTES_DEBUG=1 再執行一次，可以看到完整的經過。",
            f"internal error, not a fault of your file.  Please report this line:\n  {what} ({version})\n"
            "Run again with MINUTES_DEBUG=1 to see all of it.",
        )
    )
    return errors.MinutesError.exit_code


def _say(say: Say) -> None:
    head = Say(f"錯誤：{say.zh}", f"Error: {say.en}").in_(language.current())
    click.echo(head, err=True)


def _speak_utf8(stream: TextIO) -> None:
    """Whatever the locale is; what UTF-8 has no bytes for (half of a character in a file's name) is written as an
    escape."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output() -> None:
    """Nobody reads any more: let the flush at exit go nowhere, or Python complains about it."""
    with suppress(OSError, ValueError):  # in a test the output is no real file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(f"minutes {__version__}")
        context.exit()


@click.group(
    cls=Group,
    name="minutes",
    say=Say(
        "會議紀錄工具：檢核以 Markdown 寫的會議紀錄，輸出壹／貳／參版面的文字、HTML、DOCX 與 JSON。\n\n"
        "各指令的說明：minutes 指令 --help",
        "Minutes of Taiwanese official meetings: check what is written in Markdown, and render it in the layout "
        "that offices use as text, HTML, DOCX and JSON.\n\nHelp on a command: minutes COMMAND --help",
    ),
)
@_help.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    say=Say("顯示版本後結束。", "Show the version and exit."),
)
def minutes() -> None:
    """The program; what it does stands in `commands/`."""
