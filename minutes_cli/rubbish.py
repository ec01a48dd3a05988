"""Python looks for rubbish that refers to itself after every few hundred new objects, which takes a fifth of the time in
which a file is judged and finds next to nothing.  Over many files it is enough to look now and then.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_FILES = 500


@contextmanager
def left_alone() -> Iterator[Callable[[], None]]:
    """Nobody looks for rubbish, but once in so many calls of what is given: one for each file that makes any."""
    was_on, count = gc.isenabled(), 0

    def made() -> None:
        nonlocal count
        count += 1
        if count % _FILES == 0:
            gc.collect()

    gc.disable()
    try:
        yield made
    finally:
        if was_on:
            gc.enable()
