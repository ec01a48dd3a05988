"""A file and its settings in, what was found in it in an earlier run out, if all is still as it was then.

The key of an entry is made of the tool, the settings and the bytes of the file.  What else a judgement rests on, the
files beside the meeting that its attachments name, is kept with it and looked at again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from minutes_cli.judged import Asked, Judged
from minutes_cli.many import identity, packed
from minutes_cli.many.packed import Packed
from minutes_cli.many.store import Entry, Store
from minutes_cli.settings import Settings

FILE_NAME = "judged-1.sqlite3"  # the number is that of its shape

_MISSING = "attachment-file"  # what the rule says of a file that is not there


def folder() -> Path | None:
    """Where the cache lies if nobody says otherwise: where this system keeps caches; None where there is no home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):  # noqa: PTH117
        return Path(given) / "minutes"
    with suppress(RuntimeError):
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "minutes" / "Cache"
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "minutes"
    return None


class Cache:
    """The cache in a folder.  What is put in is kept after `close`.  Standard input is none of its business."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder / FILE_NAME)
        self._beginnings: dict[int, tuple[Settings, bytes]] = {}
        self.close = self._store.close

    def get(self, asked: Sequence[Asked]) -> list[Packed | None]:
        """What is known of each; of several at once, because each look into the store takes its time."""
        keys = [self._key(one) if one.stays else b"" for one in asked]
        found = self._store.get(keys) if any(keys) else {}
        return [_read(found.get(key), one.at) for key, one in zip(keys, asked, strict=True)]

    def put(self, asked: Asked, judged: Judged, data: bytes) -> None:
        """Keep what was found in a file; `data` is the same, packed."""
        if asked.at is None or not asked.stays:
            return
        states = identity.states(asked.at, judged.summary.attachments) if judged.summary else {}
        if any(map(identity.is_fresh, states.values())):
            return
        if None in states.values() and not any(found.code == _MISSING for found in judged.diagnostics):
            return  # the file went after the rule had seen it
        self._store.put(self._key(asked), Entry(json.dumps(states) if states else "", data))

    def _key(self, asked: Asked) -> bytes:
        known = self._beginnings.get(id(asked.settings))
        if known is None:
            start = f"{identity.tool()} {identity.settings(asked.settings)}"
            known = self._beginnings[id(asked.settings)] = (asked.settings, hashlib.sha256(start.encode()).digest())
        return hashlib.blake2b(asked.data, digest_size=16, key=known[1]).digest()


def _read(entry: Entry | None, meeting: str | None) -> Packed | None:
    """What an entry holds, if the files that it rests on have not changed."""
    if entry is None or meeting is None:
        return None
    try:
        states = json.loads(entry.head) if entry.head else {}
        if all(identity.state(meeting, file) == state for file, state in states.items()):
            return packed.unpack(entry.data)
    except (TypeError, ValueError, AttributeError):
        pass
    return None
