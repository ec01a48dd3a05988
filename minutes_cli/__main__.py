"""`minutes` and `python -m minutes_cli`."""

from __future__ import annotations

import gc
import os
import sys

_OBJECTS = 50_000  # about as many as are there once everything is loaded


def main() -> None:
    """Run and leave.  Everything is written by then, and Python would spend a sixth of a short run on taking its modules
    apart.  It also looks for rubbish that refers to itself whenever it has made some hundred objects; to read and to
    judge make next to none."""
    gc.set_threshold(_OBJECTS)
    try:
        from minutes_cli.cli import minutes

        minutes()
    except KeyboardInterrupt:  # while importing; later, `cli` sees to it
        os._exit(130)
    except SystemExit as end:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(end.code if isinstance(end.code, int) else 0)


if __name__ == "__main__":
    main()
