"""Commands, options and help pages in both languages, aligned by what a terminal shows.

Click counts code points, so that its columns are ragged and its lines too long as soon as Han characters stand in them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from minutes_cli import language
from minutes_cli.commands import _messages
from minutes_cli.say import NOTHING, Say
from minutes_cli.width import pad, width, wrap

_F = TypeVar("_F", bound=Callable[..., Any])

_COLUMN = 30


class Formatter(click.HelpFormatter):
    """Click's pages with our columns and our wrapping."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        super().__init__(indent_increment, width or _terminal(max_width or 80) - 2)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """「用法：」 and the command; what does not fit goes on below the first argument."""
        usage = _messages.translate("Usage:") if prefix is None else prefix.rstrip()
        start = f"{usage}{'' if usage.endswith('：') else ' '}{prog} "
        for i, line in enumerate(wrap(args, self.width - width(start))):
            self.write(f"{start if i == 0 else ' ' * width(start)}{line}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """A heading of a section, with the colon of its language."""
        self.write(f"{'':>{self.current_indent}}{heading}{'：' if language.current() == 'zh' else ':'}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, with an empty line between them."""
        indent = " " * self.current_indent
        paragraphs = [wrap(part, self.width - self.current_indent) for part in text.split("\n\n")]
        self.write("\n\n".join("\n".join(indent + line for line in lines) for lines in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _COLUMN, col_spacing: int = 2) -> None:
        """Terms and what they mean, in two columns; a term that is too wide has a line to itself."""
        rows = list(rows)
        first = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, meaning in rows:
            lines = wrap(meaning, self.width - self.current_indent - first)
            if width(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
                term = ""
            for i, line in enumerate(lines):
                self.write(f"{indent}{pad(term if i == 0 else '', first)}{line}".rstrip() + "\n")


def _terminal(most: int) -> int:
    """The columns of the terminal, without shutil, which loads three compressors."""
    try:
        columns = int(os.environ.get("COLUMNS", "")) or most
    except ValueError:
        try:
            columns = os.get_terminal_size().columns or most
        except OSError:
            columns = most
    return max(min(columns, most), 52)


class Context(click.Context):
    formatter_class = Formatter


class Option(click.Option):
    """An option whose help is said in both languages."""

    def __init__(self, *args: Any, say: Say = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say = say


class Command(click.Command):
    """A command whose help is said in both languages."""

    context_class = Context

    def __init__(self, *args: Any, say: Say = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings["help_option_names"] = ["-h", "--help"]
        self.say = say
        self.params.extend(_common())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Some of click's errors do not know the command that they are about."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click keeps the option, but the language may have changed."""
        found = super().get_help_option(ctx)
        if found:
            found.help = _messages.translate("Show this message and exit.")
        return found


def option(*names: str, say: Say, **settings: Any) -> Callable[[_F], _F]:
    """`click.option` with its help in both languages."""
    return click.option(*names, cls=Option, say=say, **settings)


def speak(command: click.Command) -> None:
    """Put the reader's language where click looks for help."""
    spoken = language.current()
    if isinstance(command, Command):
        command.help = command.say.in_(spoken)
    for param in command.params:
        if isinstance(param, Option):
            param.help = param.say.in_(spoken)


def _colour(asked: str) -> bool | None:
    """True or False where the user or the environment decides; None leaves it to whether a terminal reads."""
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in ("", "0") else None


def _set_colour(context: click.Context, parameter: click.Parameter, asked: str | None) -> None:
    if asked or context.parent is None:
        context.color = _colour(asked or "auto")


def _common() -> list[click.Parameter]:
    """The options that every command takes, so that it does not matter whether they stand before or behind its name.
    `language.choose` has already read `--lang`."""
    languages = Say("說明與訊息用的語言", "Language of help and messages")
    colours = Say("輸出要不要上色", "Whether to colour the output")
    return [
        Option(["--lang"], type=click.Choice(language.LANGUAGES), expose_value=False, say=languages),
        Option(
            ["--color"],
            type=click.Choice(("auto", "always", "never")),
            expose_value=False,
            is_eager=True,
            callback=_set_colour,
            say=colours,
        ),
    ]
