"""The options that say what comes of a run; a stream of judged files in, the same, chosen from and counted, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from minutes_cli.commands._help import option
from minutes_cli.say import Say

if TYPE_CHECKING:
    from pathlib import Path

    from minutes_cli.judged import Judged
    from minutes_cli.judging.baseline import Baseline, Files
    from minutes_cli.settings import Options

_F = TypeVar("_F", bound=Callable[..., Any])


class Wanted(NamedTuple):
    """The values of `options`, by name."""

    exit_zero: bool = False
    statistics: bool = False
    verbose: bool = False
    baseline: str | None = None
    write_baseline: str | None = None
    show_settings: bool = False

    def known(self) -> Baseline | None:
        """What is known already and not told."""
        if self.baseline is None:
            return None
        from pathlib import Path

        from minutes_cli.judging import baseline

        return baseline.read(Path(self.baseline))


_OPTIONS = (
    option("--exit-zero", is_flag=True, say=Say("有錯誤時結束代碼也是 0", "Exit with 0 whatever is found")),
    option("--statistics", is_flag=True, say=Say("最後列出各代碼有幾個", "At the end count the findings of each code")),
    option(
        "--verbose", is_flag=True, say=Say("逐一列出略過的檔案與理由", "List each file that is passed over, and why")
    ),
    option(
        "--baseline",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        say=Say("不列出這份基準檔裡已有的問題", "Do not tell of what this baseline has already"),
    ),
    option(
        "--write-baseline",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        say=Say("把現有的問題寫成基準檔，以後只看新的", "Write what there is to a baseline, to see only what is new"),
    ),
    option(
        "--show-settings", is_flag=True, say=Say("印出有效的設定與來源", "Print the settings and where they come from")
    ),
)


def options(command: _F) -> _F:
    """Those of `Wanted`."""
    for one in reversed(_OPTIONS):
        command = one(command)
    return command


class Outcome:
    """What a run tells, by settings and baseline, and how much of it.  `failing` counts the findings at which the run
    fails; `across` are codes that this run cannot find all of."""

    def __init__(
        self, options: Options, baseline: Baseline | None = None, across: frozenset[str] = frozenset()
    ) -> None:
        self.options, self.baseline, self.across = options, baseline, across
        self.files = self.failing = 0
        self.severities: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()

    def of(self, judged: Iterable[Judged]) -> Iterator[Judged]:
        """Each file with what is to be told of it."""
        from minutes_cli import settings
        from minutes_cli.judging import choose

        for one in judged:
            chosen = settings.of(one.source.at, self.options)
            told = choose.choose(one, chosen, self.across)
            if self.baseline:
                told = self.baseline.new(told, choose.wants(chosen))
            self.files += 1
            self.codes.update(found.code for found in told.diagnostics)
            self.severities.update(found.severity for found in told.diagnostics)
            self.failing += sum(choose.fails(found, chosen) for found in told.diagnostics)
            yield told


def record(judged: Iterable[Judged], path: Path) -> Files:
    """The baseline of a run."""
    from minutes_cli.judging import baseline

    files: Files = {}
    for one in judged:
        files |= baseline.entries(one, path)
    return files
