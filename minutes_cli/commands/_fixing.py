"""The options --fix, --diff, --unsafe-fixes and their kin: judged files in, the same, mended, out; and what was done.

--fix           writes what can be mended safely, and reports what remains
--diff          shows what --fix would write, and writes and reports nothing
--unsafe-fixes  with either: also what a person should look at first; alone, reports offer those fixes too
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from minutes_cli.commands._help import option
from minutes_cli.say import NOTHING, Say

if TYPE_CHECKING:
    from minutes_cli.commands._run import Run
    from minutes_cli.judged import Judged
    from minutes_cli.judging.baseline import Baseline
    from minutes_cli.settings import Options
    from minutes_cli.source import Source

_F = TypeVar("_F", bound=Callable[..., Any])


class Wanted(NamedTuple):
    """The values of `options`, by name."""

    fix: bool = False
    diff: bool = False
    unsafe_fixes: bool = False
    fix_only: bool = False
    exit_non_zero_on_fix: bool = False

    @property
    def mends(self) -> bool:
        """Whether files are to be mended, on paper or in earnest."""
        return self.fix or self.diff or self.fix_only


_OPTIONS = (
    option("--fix", is_flag=True, say=Say("能改的就直接改在檔案裡，再列出剩下的", "Mend what can be mended, in place")),
    option(
        "--diff",
        is_flag=True,
        say=Say("只列出 --fix 會改哪些地方，不改檔案", "Show what --fix would do; write nothing"),
    ),
    option(
        "--unsafe-fixes",
        is_flag=True,
        say=Say("連不一定對、要人看過的改法也用", "Also fixes that a person should look at before they are kept"),
    ),
    option("--fix-only", is_flag=True, say=Say("只改，不列出剩下的", "Mend, and do not tell of what remains")),
    option(
        "--exit-non-zero-on-fix", is_flag=True, say=Say("改了東西結束代碼就是 1", "Exit with 1 if anything was mended")
    ),
)


def options(command: _F) -> _F:
    """Those of `Wanted`."""
    for one in reversed(_OPTIONS):
        command = one(command)
    return command


class Fixing:
    """Mends the files of a run.  `count` findings were mended in `files` files; `left` can still be."""

    def __init__(self, wanted: Wanted, run: Run, options: Options, baseline: Baseline | None = None) -> None:
        from minutes_cli.judging.fixes import Fixable

        self.wanted, self.run, self.options, self.baseline = wanted, run, options, baseline
        self.count = self.files = 0
        self.left = Fixable()
        self._piped = {target.name for target in run.targets if target.at is None}

    @property
    def filters(self) -> bool:
        """Whether standard output is for the mended text of standard input."""
        return bool(self._piped) and self.wanted.mends and not self.wanted.diff

    def of(self, judged: Iterable[Judged], reported: Callable[[str | None], bool]) -> Iterator[Judged]:
        """Each file as it is after its fixes; one that is not reported on is left as it is."""
        for one in judged:
            yield self._mended(one) if self.wanted.mends and reported(one.source.at) else one

    def _mended(self, one: Judged) -> Judged:
        from minutes_cli.judging import fixes

        before = one
        if one.source.name not in self._piped:
            if not any(found.fix for found in self._told(one).diagnostics):
                return one
            before = self._again(one)
        mended = fixes.mend(before, fixes.How(self._judge, self._told, self.wanted.unsafe_fixes))
        if self._put(before.source, mended.judged.source) and mended.made:
            self.count += mended.made
            self.files += 1
            return mended.judged
        return one

    def _again(self, one: Judged) -> Judged:
        """What was judged may come from elsewhere or be some seconds old: what is written back is read now."""
        from minutes_cli.front import decode

        assert one.source.path
        source = decode.read(one.source.path, one.source.name)
        return self._judge(source)

    def _judge(self, source: Source) -> Judged:
        from minutes_cli import check, settings

        return check.judge(source, settings.of(source.at, self.options))

    def _told(self, one: Judged) -> Judged:
        """What is to be told, as far as this file alone knows."""
        from minutes_cli import codes, settings
        from minutes_cli.judging import choose
        from minutes_cli.judging.baseline import Baseline

        chosen = settings.of(one.source.at, self.options)
        told = choose.choose(one, chosen, codes.across())
        if self.baseline:
            return Baseline(self.baseline.path, self.baseline.known).new(told, choose.wants(chosen))
        return told

    def _put(self, before: Source, after: Source) -> bool:
        """Write, print or compare the mended text; whether that was done."""
        from minutes_cli.commands import _diff
        from minutes_cli.errors import UnwritableFile
        from minutes_cli.files import writing
        from minutes_cli.judging import fixes

        if self.wanted.diff:
            self.run.show(_diff.unified(before.name, fixes.raw(before), fixes.raw(after)))
        elif before.name in self._piped:
            click.echo(fixes.encoded(after), nl=False)
        elif before.path and fixes.raw(before) != fixes.raw(after):
            try:
                writing.write(before.path, fixes.encoded(after))
            except UnwritableFile as failure:
                self.run.failed(failure)
                return False
        return True

    def offered(self, told: Iterable[Judged]) -> Iterator[Judged]:
        """What is told, with the fixes that are to be offered; those that remain are counted."""
        from minutes_cli.judging import fixes

        for one in told:
            self.left += fixes.fixable(one)
            yield fixes.offered(one, self.wanted.unsafe_fixes)

    def last_words(self) -> Say:
        """What was mended, and what can be."""
        parts = []
        if self.wanted.mends:
            done = Say("會改正", "would be mended") if self.wanted.diff else Say("已改正", "mended")
            zh = f"{done.zh} {self.count} 處（{self.files} 個檔案）。\n" if self.count else "沒有可以改正的地方。\n"
            en = f"{self.count} {done.en} in {self.files} file{'' if self.files == 1 else 's'}.\n"
            parts.append(Say(zh, en if self.count else "nothing to mend.\n"))
        if not self.wanted.diff and not self.wanted.fix_only:
            parts.append(_can_be(self.left.safe, self.left.unsafe))
        return Say("".join(part.zh for part in parts), "".join(part.en for part in parts))


def _can_be(safe: int, unsafe: int) -> Say:
    """How to mend the rest."""
    if safe and unsafe:
        return Say(
            f"其中 {safe} 處可以用 --fix 改正，加上 --unsafe-fixes 再 {unsafe} 處（改完請看過）。\n",
            f"{safe} can be mended with --fix, {unsafe} more with --unsafe-fixes (look at those).\n",
        )
    if safe:
        return Say(f"其中 {safe} 處可以用 --fix 改正。\n", f"{safe} can be mended with --fix.\n")
    if unsafe:
        return Say(
            f"其中 {unsafe} 處可以用 --fix --unsafe-fixes 改正（改完請看過）。\n",
            f"{unsafe} can be mended with --fix --unsafe-fixes (look at those).\n",
        )
    return NOTHING
