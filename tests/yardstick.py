"""Work in, how dear it is out: as a multiple of what reading as much ordinary text costs, in the same process and at the
same time, so that a bound holds on a slow or busy machine too."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

from minutes_cli.parse import parse
from minutes_cli.source import Source

ORDINARY = (Path(__file__).parent.parent / "examples" / "moea-open-data-2.md").read_text(encoding="utf-8")


def seconds(work: Callable[[], object]) -> float:
    """The CPU time of one run, without what Python needs to look for rubbish through all that other tests have left."""
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()


def times_ordinary(work: Callable[[], object], characters: int) -> float:
    """How many times as dear as reading so many characters of ordinary minutes `work` is."""
    spent = min(seconds(work) for _ in range(2))
    # Read between two looks at the clock that are far enough apart for a clock of small steps.
    ordinary = min(seconds(lambda: [parse(Source("m.md", ORDINARY)) for _ in range(3)]) for _ in range(3)) / 3
    return spent / (ordinary * max(1, characters / len(ORDINARY)))
