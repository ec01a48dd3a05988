"""What commands over many files share: files named in, sources one by one, progress, and the exit code at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from minutes_cli import language
from minutes_cli.commands._help import option
from minutes_cli.say import Say
from minutes_cli.width import pad, width

if TYPE_CHECKING:
    from minutes_cli.errors import MinutesError
    from minutes_cli.files.targets import Target
    from minutes_cli.source import Source

_F = TypeVar("_F", bound=Callable[..., Any])

_COLUMNS = 76  # of the line that tells the progress


class Run:
    """One run over many files.  A file that cannot be read is told at the end, and the others are still done."""

    def __init__(self, targets: Sequence[Target], doing: Say) -> None:
        self.targets = targets
        self.errors = 0
        self._failures: list[MinutesError] = []
        self._progress = Progress(len(targets), doing)

    def sources(self) -> Iterator[tuple[Target, Source]]:
        """Each target with its text; only one text is held at a time."""
        from minutes_cli.errors import UnreadableFile
        from minutes_cli.files import targets

        for target in self.targets:
            self.begins(target)
            try:
                source = targets.read(target)
            except UnreadableFile as failure:
                self.failed(failure)
                continue
            yield target, source
        self._progress.hide()

    def begins(self, target: Target) -> None:
        """One more file is being read."""
        self._progress.step(target.name)

    def failed(self, failure: MinutesError) -> None:
        """A file could not be read."""
        self._failures.append(failure)

    def show(self, text: str) -> None:
        """Write a piece of output, with the progress out of its way."""
        self._progress.hide()
        click.echo(text, nl=False)

    def tell(self, text: str) -> None:
        """Write to standard error, with the progress out of its way."""
        self._progress.hide()
        click.echo(text, nl=False, err=True)

    def say(self, say: Say, aside: bool = True) -> None:
        """A word to people, on standard error or, where the output is for people, behind it."""
        (self.tell if aside else self.show)(say.in_(language.current()))

    def code(self, failed: bool = False) -> int:
        """The exit code: 1 where there was an error.  Raises what could not be read, all in one."""
        self._progress.hide()
        if not self._failures:
            return 1 if self.errors or failed else 0
        says = [failure.say for failure in self._failures]
        together = Say("\n".join(say.zh for say in says), "\n".join(say.en for say in says))
        raise type(self._failures[0])(together) from self._failures[0]


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Where the tool itself fails, say at which file."""
    try:
        yield
    except Exception as error:
        error.add_note(name)
        raise


class Progress:
    """A line on standard error that says how far a run has come: only on a terminal, only after a second."""

    def __init__(self, total: int, doing: Say) -> None:
        self._total, self._doing, self._done = total, doing, 0
        self._next = time.monotonic() + 1 if sys.stderr.isatty() else float("inf")
        self._shown = False

    def step(self, name: str) -> None:
        """One more file begins."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + 0.1
            self._shown = True
            text = f"{self._doing.in_(language.current())} {self._done}/{self._total} {name}"
            click.echo(f"\r{pad(_cut(text), _COLUMNS)}", nl=False, err=True)
        self._done += 1

    def hide(self) -> None:
        """Clear the line."""
        if self._shown:
            click.echo(f"\r{' ' * _COLUMNS}\r", nl=False, err=True)
            self._shown = False


def _cut(text: str) -> str:
    while width(text) > _COLUMNS:
        text = text[:-1]
    return text


def files(command: _F) -> _F:
    """The argument FILES; completion offers files and folders."""
    kind = click.Path(allow_dash=True)
    return click.argument("files", nargs=-1, required=True, type=kind, metavar="FILES|FOLDERS...")(command)


def complete_profile(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The profiles that ship."""
    from minutes_cli import resources

    folders = resources.folder("templates").glob("*/profile.yaml")
    return [CompletionItem(path.parent.name) for path in sorted(folders) if path.parent.name.startswith(typed)]


def profile(say: Say) -> Callable[[_F], _F]:
    """The option --profile; completion offers what ships."""
    return option("--profile", metavar="NAME", shell_complete=complete_profile, say=say)


OF_THE_FILE = Say("版面（預設依檔案的「類別」）", "Layout profile (default: by the file's `kind`)")


def templates(command: _F) -> _F:
    """The option --templates."""
    say = Say("機關自己的版面，由 minutes template 交出後修改", "Your own layout, as `minutes template` handed it out")
    kind = click.Path(exists=True, file_okay=False)
    return option("--templates", type=kind, metavar="FOLDER", say=say)(command)
