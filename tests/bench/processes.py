"""A command line in, what it cost out: as the kernel counts it, with the children it waited for."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Cost(NamedTuple):
    """`cpu` is user and system seconds, which other work on the machine hardly changes; `wall` is what a user waits."""

    cpu: float
    wall: float
    megabytes: float
    code: int

    def plus(self, other: Cost) -> Cost:
        peak = max(self.megabytes, other.megabytes)
        return Cost(self.cpu + other.cpu, self.wall + other.wall, peak, self.code or other.code)


def minutes(*arguments: str) -> list[str]:
    """The command as a user types it, or as a module where it is not installed."""
    script = Path(sys.executable).with_name("minutes")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "minutes_cli", *arguments]


# The compiled files of the package are kept, as they are where it is installed.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


KILLED = -9


def run(command: Sequence[str], allowed: Iterable[int] = (0,), patience: float | None = None) -> Cost:
    """Run once, and no longer than `patience`; an exit code that is not `allowed` stops the benchmark, which would else
    measure a failure."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=ENVIRONMENT
    ) as process:
        assert process.stderr is not None
        timer = threading.Timer(patience or 3600, process.kill)
        timer.start()
        told = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        timer.cancel()
    wall = time.perf_counter() - start
    if process.returncode not in allowed:
        sys.exit(f"{' '.join(command[:6])} … exited with {process.returncode}\n{told.decode(errors='replace')[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, process.returncode)


def each(commands: Iterable[Sequence[str]]) -> Cost:
    """Run one after the other, and add up."""
    total = Cost(0, 0, 0, 0)
    for command in commands:
        total = total.plus(run(command))
    return total


def best(times: int, *measures: Callable[[], Cost]) -> list[Cost]:
    """The least of each cost in several runs, taken in turns, so that a busy moment does not fall on one alone."""
    rounds = [[measure() for measure in measures] for _ in range(times)]
    return [Cost(*map(min, zip(*costs, strict=True))) for costs in zip(*rounds, strict=True)]


def on_one_core() -> None:
    """For this process and all that it starts."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def own_peak() -> float:
    """Megabytes of this process, below which the peak of a child cannot be seen: a child begins as its copy."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
