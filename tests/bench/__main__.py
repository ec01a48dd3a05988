"""`python -m tests.bench`: the table of ratios.

Every comparison is between two costs of the same run, on one core, so that the ratio holds on other machines too."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import hostile, meetings
from . import pages as rendered
from .processes import KILLED, ROOT, Cost, best, minutes, on_one_core, own_peak, run

SCHEMA = str(ROOT / "schemas" / "minutes.schema.json")
SECONDS, MEGABYTES = 1.0, 200.0
PATIENCE = 20.0


class Ratio(NamedTuple):
    what: str
    ours: str
    against: str
    theirs: str
    ratio: float
    target: float | None  # None where the ratio to reach is that of another table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="meetings to check (default: 1000)")
    parser.add_argument("--pages", type=int, default=100, help="meetings to render (default: 100)")
    parser.add_argument("--only", choices=("ratios", "hostile"), help="one of the two tables")
    options = parser.parse_args()
    cores = os.cpu_count()
    on_one_core()
    with tempfile.TemporaryDirectory() as name:
        print(f"{_machine(cores)}\n", flush=True)
        kept = options.only == "hostile" or _ratios(Path(name), options.count, options.pages)
        held = options.only == "ratios" or _hostile(Path(name) / "hostile")
        return 0 if kept and held else 1


def _machine(cores: int | None) -> str:
    model = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ": unknown")
    pandoc = shutil.which("pandoc") or sys.exit("the benchmark compares with pandoc, which is not installed")
    version = os.popen(f"{pandoc} --version").readline().strip()
    return (
        f"{cores} cores ({model.partition(':')[2].strip()}), {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {version}.  CPU time on one core."
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _ratios(folder: Path, count: int, pages: int) -> bool:
    files = list(meetings.write(folder, count))
    size = sum(path.stat().st_size for path in files) / count / 1000
    print(f"{count:,} meetings of {size:.1f} kB on average.\n")
    print("| what | minutes | against | it takes | ratio | target |\n| --- | ---: | --- | ---: | ---: | ---: |")
    kept = True
    for row in _measure(folder, files, pages):
        reached = row.target is None or row.ratio <= row.target
        kept &= reached
        mark = "" if reached else " ✗"
        target = "" if row.target is None else f"≤ {row.target:.2f}"
        print(
            f"| {row.what} | {row.ours} | {row.against} | {row.theirs} | {row.ratio:.2f}{mark} | {target} |",
            flush=True,
        )
    print()
    return kept


def _measure(folder: Path, files: list[Path], pages: int) -> Iterator[Ratio]:
    fronts = sorted(map(str, (folder / "front").iterdir()))
    schema = [sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMA]
    bare = [sys.executable, "-c", "pass"]
    yield _row(
        "`minutes --help`",
        "bare `python -c pass`",
        best(15, lambda: run(minutes("--help")), lambda: run(bare)),
        5,
    )
    yield _row(
        "`check` of one file",
        "check-jsonschema on its front matter",
        best(7, lambda: run(_check(str(files[0]))), lambda: run([*schema, fronts[0]])),
        0.5,
    )
    yield _row(
        f"`check` of {len(files):,} files",
        "check-jsonschema on their front matter",
        best(2, lambda: run(_check(str(folder / "minutes"))), lambda: run([*schema, *fronts])),
        0.45,
    )
    for suffix, writer, _ in rendered.WANTED:  # the ratio to reach is what a user waits: see `many`
        yield _row(
            f"`render --to {suffix}` of {pages} files",
            "pandoc, once a file",
            best(
                2,
                lambda to=suffix: rendered.render(folder, files[:pages], to),
                lambda to=writer: rendered.pandoc(folder, files[:pages], to),
            ),
            None,
        )
    few, many = (run(_check(*map(str, files[:n]))) for n in (len(files) // 10, len(files)))
    what = f"peak memory of `check`, {len(files):,} files"
    yield Ratio(what, _mb(many), f"{len(files) // 10:,} files", _mb(few), many.megabytes / few.megabytes, 1.1)


def _check(*files: str) -> list[str]:
    """In one process, as if each file were seen for the first time."""
    return minutes("check", "--no-cache", "--jobs", "1", "--isolated", *files)


def _row(what: str, against: str, costs: list[Cost], target: float | None) -> Ratio:
    ours, theirs = costs
    return Ratio(what, _seconds(ours), against, _seconds(theirs), ours.cpu / theirs.cpu, target)


def _hostile(folder: Path) -> bool:
    """Every file is tried; the table names the three dearest and all that went over a limit."""
    tried = [(run(_check(str(path)), (0, 1, KILLED), PATIENCE), what) for what, path in hostile.write(folder)]
    tried.sort(key=lambda pair: -pair[0].cpu)
    over = [pair for pair in tried if pair[0].cpu > SECONDS or pair[0].megabytes > MEGABYTES]
    heaviest = max(tried, key=lambda pair: pair[0].megabytes)
    print(
        f"`check` of {len(tried)} files that are meant to hurt, each within {SECONDS:.0f} s and {MEGABYTES:.0f} MB:\n"
    )
    print("| file | CPU seconds | peak memory |\n| --- | ---: | ---: |")
    for cost, what in dict.fromkeys([*over, *tried[:3], heaviest]):
        slow, large = (" ✗" if much else "" for much in (cost.cpu > SECONDS, cost.megabytes > MEGABYTES))
        print(f"| {what} | {cost.cpu:.2f}{slow} | {_mb(cost)}{large} |")
    print(f"\n(The benchmark itself took {own_peak():.0f} MB.)")
    return not over


def _seconds(cost: Cost) -> str:
    return f"{cost.cpu:.1f} s" if cost.cpu > 1 else f"{cost.cpu * 1000:.0f} ms"


def _mb(cost: Cost) -> str:
    return f"{cost.megabytes:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
