"""The options that say which files are judged, by which settings, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
from click.shell_completion import CompletionItem

from minutes_cli.commands._help import option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from pathlib import Path

    from minutes_cli.files.search import Search
    from minutes_cli.settings import Options, Settings

_F = TypeVar("_F", bound=Callable[..., Any])

_LEVELS = ("error", "warning", "info", "never")
_FILE = click.Path(exists=True, dir_okay=False)


class Choices(NamedTuple):
    """The values of `options`, by name."""

    schema: str | None = None
    profile: str | None = None
    templates: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: str | None = None
    config: str | None = None
    isolated: bool = False
    stdin_filename: str | None = None
    force_exclude: bool = False
    no_gitignore: bool = False

    def options(self) -> Options:
        """What goes before minutes.toml."""
        from minutes_cli.settings import Options

        return Options(
            _path(self.config),
            self.isolated,
            self.profile or "",
            _path(self.templates),
            _path(self.schema),
            self.select,
            self.ignore,
            self.fail_level or "",
        )

    def search(self) -> Search:
        """How files are looked for."""
        from minutes_cli.files.search import Search

        return Search(self.options(), not self.no_gitignore, self.force_exclude, self.stdin_filename or "")

    def speak(self, files: Sequence[str]) -> None:
        """Turn to the language that the first file's settings name."""
        from minutes_cli import language

        language.prefer(self._settings(files[0]).language)

    def shown(self, files: Sequence[str]) -> str:
        """The settings of each file, as TOML; those of one minutes.toml once."""
        from minutes_cli import language
        from minutes_cli.office import settings_text

        found = {chosen.file: chosen for chosen in map(self._settings, files)}
        pages = (settings_text.write(chosen, self.options(), language.current()) for chosen in found.values())
        return "\n".join(pages)

    def _settings(self, name: str) -> Settings:
        from minutes_cli import settings

        path = _path(self.stdin_filename if name == "-" else name)
        if path and path.is_dir():
            return settings.in_folder(path, self.options())
        return settings.of(path, self.options())


def _path(given: str | None) -> Path | None:
    from pathlib import Path

    return Path(given) if given else None


def _codes(context: click.Context, parameter: click.Parameter, given: Iterable[str]) -> tuple[str, ...]:
    """Every code of a list with commas, which may be given several times; one that is unknown is a usage error."""
    named = tuple(
        code for one in given for code in one.replace("，", ",").replace("、", ",").split(",") if code.strip()
    )
    if named:
        from minutes_cli import codes, language

        for code in named:
            if not codes.meant(code.strip()):
                raise click.BadParameter(codes.unknown(code.strip()).in_(language.current()), context, parameter)
    return tuple(code.strip() for code in named)


def _complete_codes(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """The codes, behind those that are typed already."""
    from minutes_cli import codes

    before, comma, last = typed.rpartition(",")
    return [CompletionItem(f"{before}{comma}{code}") for code in codes.every() if code.startswith(last)]


def _isolated(context: click.Context, parameter: click.Parameter, given: bool) -> bool:
    if given and context.params.get("config"):
        from minutes_cli import language

        say = Say("--config 與 --isolated 不能一起用", "--config does not go with --isolated")
        raise click.UsageError(say.in_(language.current()), context)
    return given


schema = option(
    "--schema",
    type=_FILE,
    metavar="FILE",
    say=Say("機關自訂的 JSON Schema：加欄位、加要求", "A JSON Schema of your office: more fields, more demands"),
)
_OPTIONS = (
    schema,
    option(
        "--select",
        multiple=True,
        callback=_codes,
        shell_complete=_complete_codes,
        metavar="CODES",
        say=Say(
            "只列出這些代碼的問題，用逗號隔開；可以只寫開頭，例如 yaml",
            "Tell only of these codes, separated by commas; what several begin with, as yaml, stands for all of them",
        ),
    ),
    option(
        "--ignore",
        multiple=True,
        callback=_codes,
        shell_complete=_complete_codes,
        metavar="CODES",
        say=Say("不列出這些代碼的問題", "Do not tell of these codes"),
    ),
    option(
        "--fail-level",
        type=click.Choice(_LEVELS),
        say=Say("有這麼嚴重的問題就算不通過（預設 error）", "Fail where something is as bad as this (default: error)"),
    ),
    option(
        "--config",
        type=_FILE,
        is_eager=True,
        metavar="FILE",
        say=Say("用這份設定，不用最近的 minutes.toml", "Read these settings instead of the nearest minutes.toml"),
    ),
    option("--isolated", is_flag=True, callback=_isolated, say=Say("不讀 minutes.toml", "Read no minutes.toml")),
    option(
        "--stdin-filename",
        type=click.Path(),
        metavar="FILE",
        say=Say("標準輸入（-）算是哪個檔案", "The file that standard input (-) stands for"),
    ),
    option(
        "--force-exclude",
        is_flag=True,
        say=Say(
            "指名的檔案若在 exclude 之列，或沒有會議資料，也略過（給 pre-commit 等程式用）",
            "Pass over excluded files, and those without front matter, even where they are named (for pre-commit)",
        ),
    ),
    option("--no-gitignore", is_flag=True, say=Say("不管 .gitignore", "Pay no attention to .gitignore")),
)


def options(command: _F) -> _F:
    """Those of `Choices` but for --profile and --templates."""
    for one in reversed(_OPTIONS):
        command = one(command)
    return command
