"""The options that say how a run is done, and on which files it reports: --jobs, --cache-dir, --no-cache, --since."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from minutes_cli.commands._help import option
from minutes_cli.say import NOTHING, Say

if TYPE_CHECKING:
    from minutes_cli.commands._run import Run
    from minutes_cli.many.batch import Work
    from minutes_cli.many.cache import Cache

_F = TypeVar("_F", bound=Callable[..., Any])


class Wanted(NamedTuple):
    """The values of `options`, by name."""

    jobs: int | None = None
    cache_dir: str | None = None
    no_cache: bool = False
    since: str | None = None

    def work(self, run: Run) -> Work:
        """How the files of a run are judged."""
        from minutes_cli.many.batch import Work

        return Work(run.begins, run.failed, self.jobs or 0, self._cache())

    def _cache(self) -> Cache | None:
        if self.no_cache:
            return None
        from pathlib import Path

        from minutes_cli.many import cache

        folder = Path(self.cache_dir) if self.cache_dir else cache.folder()
        return None if folder is None else cache.Cache(folder)

    def reported(self, run: Run) -> Callable[[str | None], bool]:
        """Whether there is to be a report on a file; on standard input there always is."""
        if self.since is None:
            return lambda _at: True
        from minutes_cli.many import since

        changed, piped = since.changed(self.since), [target.lies for target in run.targets if target.at is None]
        return lambda at: at in piped or changed(at)

    def last_words(self, run: Run) -> Say:
        """How many files were read only to compare with."""
        if self.since is None:
            return NOTHING
        reported = self.reported(run)
        count = sum(not reported(target.lies) for target in run.targets)
        return Say(
            f"{count} 個檔案在 {self.since} 之後沒有改過，只用來比對。\n",
            f"{count} not changed since {self.since}, read only to compare with.\n",
        )


jobs = option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    say=Say(
        "同時用幾個程序（預設：檔案多的時候，有幾個處理器就幾個）",
        "Processes to work with (default: one for each processor if there are many files)",
    ),
)
_OPTIONS = (
    option(
        "--since",
        metavar="REVISION",
        say=Say(
            "只列出 git 這個版本以後改過的檔案的問題；其他檔案照樣讀，用來比對",
            "Report only on files changed since this git revision; the others are still read, to compare with",
        ),
    ),
    jobs,
    option(
        "--cache-dir",
        type=click.Path(file_okay=False),
        envvar="MINUTES_CACHE_DIR",
        metavar="FOLDER",
        say=Say(
            "檢核結果暫存的資料夾，沒改過的檔案下次不必重做",
            "Where results are kept, so that what has not changed is not checked again",
        ),
    ),
    option("--no-cache", is_flag=True, say=Say("不用暫存的結果，也不暫存", "Use no kept results and keep none")),
)


def options(command: _F) -> _F:
    """Those of `Wanted`."""
    for one in reversed(_OPTIONS):
        command = one(command)
    return command
