"""`python -m tests.bench.many`: a whole archive, in as many processes as there are cores, cold and with a warm cache.

The table says what a user waits, since that is what processes are for; it is of use only on a machine that does nothing
else.  rumdl, a linter written in Rust, is what there is to compare with in Markdown.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from . import meetings, pages
from .processes import ROOT, Cost, best, minutes, run

SCHEMA = str(ROOT / "schemas" / "minutes.schema.json")
ROUNDS = 3
PAGES = 100


class Row(NamedTuple):
    what: str
    ours: float
    against: str
    theirs: float
    target: float
    unit: str = "s"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.many", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="meetings to check, and ten times as many")
    count = parser.parse_args().count
    print(f"{os.cpu_count()} cores, {count:,} meetings.\n")
    print("| what | minutes | against | it takes | ratio | target |\n| --- | ---: | --- | ---: | ---: | ---: |")
    kept = True
    with tempfile.TemporaryDirectory() as name:
        for row in _rows(Path(name), count):
            ratio = row.ours / row.theirs
            kept &= ratio <= row.target
            mark = "" if ratio <= row.target else " ✗"
            print(
                f"| {row.what} | {row.ours:.2f} {row.unit} | {row.against} | {row.theirs:.2f} {row.unit} "
                f"| {ratio:.2f}{mark} | ≤ {row.target:.2f} |",
                flush=True,
            )
    return 0 if kept else 1


def _rows(base: Path, count: int) -> Iterator[Row]:
    for _ in meetings.write(base / "few", count):
        pass
    few = base / "few"
    cold, warm, schema, rumdl = best(
        ROUNDS,
        lambda: _cold(few),
        lambda: _warm(few),
        lambda: run([sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMA, *_fronts(few)]),
        lambda: run([_program("rumdl"), "check", "--no-cache", str(few / "minutes")], allowed=(0, 1)),
    )
    yield Row(f"`check` of {count:,} files", cold.wall, "check-jsonschema on their front matter", schema.wall, 0.25)
    yield Row(f"`check` of {count:,} files", cold.wall, "`rumdl check`", rumdl.wall, 5)
    yield Row(f"`check` of {count:,} known files", warm.wall, "`rumdl check`", rumdl.wall, 0.6)
    yield Row(f"CPU of {count:,} known files", warm.cpu, "`rumdl check`", rumdl.cpu, 0.6)
    some = sorted((few / "minutes").iterdir())[:PAGES]
    for suffix, writer, target in pages.WANTED:
        ours, theirs = best(
            2,
            lambda to=suffix: pages.render(base, some, to),
            lambda to=writer: pages.pandoc(base, some, to),
        )
        yield Row(f"`render --to {suffix}` of {PAGES} files", ours.wall, "pandoc, once a file", theirs.wall, target)
    for _ in meetings.write(base / "many", count * 10):
        pass
    for kind, run_ in (("", _cold), (" known", _warm)):
        # The large run takes long enough for the machine to change its pace: as much is run over few files, half of it
        # on each side.
        before, large, behind = _times(5, run_, few), run_(base / "many"), _times(5, run_, few)
        small = (before.wall + behind.wall) / 10
        yield Row(f"`check` of {count * 10:,}{kind} files", large.wall, f"{count:,} files", small, 10.5)
        megabytes = large.megabytes, before.megabytes
        yield Row(f"peak memory, {count * 10:,}{kind} files", megabytes[0], f"{count:,} files", megabytes[1], 1.1, "MB")


def _times(times: int, run_: Callable[[Path], Cost], folder: Path) -> Cost:
    """The sum of several runs, but for the memory, which is the most of any."""
    return reduce(Cost.plus, (run_(folder) for _ in range(times)))


def _cold(folder: Path) -> Cost:
    return run(minutes("check", "--isolated", "--no-cache", str(folder / "minutes")))


def _warm(folder: Path) -> Cost:
    """The first run fills the cache."""
    command = minutes("check", "--isolated", "--cache-dir", str(folder / "cache"), str(folder / "minutes"))
    if not (folder / "cache").exists():
        run(command)
    return run(command)


def _fronts(folder: Path) -> list[str]:
    return sorted(map(str, (folder / "front").iterdir()))


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    return found or sys.exit(f"the benchmark compares with {name}, which is not installed")


if __name__ == "__main__":
    sys.exit(main())
