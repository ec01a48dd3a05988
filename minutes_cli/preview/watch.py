"""Files of one folder in, a number that grows with every save out.

Sizes and times are asked again and again, since that survives every way in which an editor saves (in place, by rename,
through a temporary file) and needs nothing that must be started.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

INTERVAL = 0.03
# After so many looks the folder is searched again: a new file is seen within half a second.
_SEARCH = 16

_State = tuple[tuple[str, int, int, int], ...]


class Watch:
    """`version` is 1 when it starts; `wait` returns when it has grown, or after a while."""

    def __init__(self, files: Callable[[], Iterable[Path]]) -> None:
        self._files = files
        self._known = list(files())
        self._looks = 0
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._state = self._look()
        self.version = 1

    def run(self) -> None:
        """Look until `stop` is called."""
        while not self._stopped.wait(INTERVAL):
            state = self._look()
            if state != self._state:
                self._state = state
                with self._changed:
                    self.version += 1
                    self._changed.notify_all()

    def stop(self) -> None:
        """End `run`, and every `wait`."""
        self._stopped.set()
        with self._changed:
            self._changed.notify_all()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def wait(self, seen: int, seconds: float) -> int:
        """The version, as soon as it is not `seen` any more."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != seen or self.stopped, seconds)
            return self.version

    def _look(self) -> _State:
        self._looks += 1
        if self._looks % _SEARCH == 0:
            self._known = list(self._files())
        found = []
        for path in self._known:
            try:
                status = path.stat()
            except OSError:
                continue  # between the two halves of a save by rename
            found.append((str(path), status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(found)
